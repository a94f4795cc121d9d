"""Edits in the place of an earlier one: one step with it, or none of its business."""

from acseg_core.store.edits import cuts, history
from acseg_core.store.edits.labels import create_label


def test_an_edit_in_the_place_of_another_is_one_step_with_it_or_leaves_it_alone(world):
    project = world.create(images=1)
    world.propose_tree(project, [1])
    before = world.rows()
    first = cuts.recut_image(project, 1, 1.0)
    both = cuts.recut_image(project, 1, 0.0, instead_of=first.operation_id)
    assert both.image_ids == {1}
    assert history.operations(project, limit=1)[0].id == both.operation_id
    assert first.operation_id not in [record.id for record in history.operations(project)]
    create_label(project, "cat")
    after = cuts.recut_image(project, 1, 1.0, instead_of=both.operation_id)
    assert [record.verb for record in history.operations(project)][:3] == [
        "Change granularity",
        "Create label",
        "Change granularity",
    ]
    nothing = cuts.recut_image(project, 1, 0.0, instead_of=after.operation_id)
    assert (nothing.verb, nothing.operation_id, nothing.image_ids) == ("", None, {1}), "taken back, and nothing is new"
    assert history.state(project).redo == "Change granularity"
    for _ in range(2):
        history.undo(project)
    assert world.rows() == before
