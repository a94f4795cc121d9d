"""Labels made, changed and merged: names, colours and hotkeys are unique, and each edit is one step."""

import pytest

from acseg_core.errors import EditError
from acseg_core.store import queries
from acseg_core.store.edits import history, review
from acseg_core.store.edits.labels import create_label, merge_labels, update_label
from acseg_core.store.edits.palette import PALETTE
from acseg_core.types import OpChanges


@pytest.fixture
def project(world):
    """Three images with four regions each: 1-4, 5-8, 9-12."""
    return world.create(images=3, regions=4)


def _region(project, region_id):
    return queries.regions_by_id(project, [region_id])[region_id]


def _operations(project):
    return [record.verb for record in history.operations(project)]


def test_labels_get_colours_and_hotkeys_by_themselves(project):
    made = [create_label(project, f"label {n}")[0] for n in range(40)]
    assert [label.color for label in made[: len(PALETTE)]] == list(PALETTE)
    assert len({label.color for label in made}) == 40
    assert [label.hotkey for label in made[:10]] == [*"123456789", None]
    assert queries.labels(project) == made


def test_making_a_label_with_everything_given(project):
    create_label(project, "dog")
    label, changes = create_label(
        project, "road", color="#ABCDEF", hotkey="1", supercategory=" ground ", is_thing=False
    )
    assert changes == OpChanges(verb="Create label", labels=True)
    assert (label.color, label.hotkey, label.supercategory, label.is_thing) == ("#abcdef", "1", "ground", False)
    assert [stored.hotkey for stored in queries.labels(project)] == [None, "1"]


@pytest.mark.parametrize("twin", ["cat", "CAT", " cat ", "caT"])
def test_label_names_are_unique_whatever_their_case(project, twin):
    create_label(project, "Cat")
    create_label(project, "dog")
    with pytest.raises(EditError, match="already"):
        create_label(project, twin)
    with pytest.raises(EditError, match="already"):
        update_label(project, 2, name=twin)


def test_label_names_are_compared_in_any_script(project):
    create_label(project, "Straße")
    with pytest.raises(EditError, match="already"):
        create_label(project, "STRASSE")
    create_label(project, "caf\u00e9")
    with pytest.raises(EditError, match="already"):
        create_label(project, "CAFE\u0301")


def test_changing_a_label(project):
    create_label(project, "cat")
    create_label(project, "dog")
    changes = update_label(project, 1, name="Cats", color="#010203", supercategory="animal", is_thing=False)
    assert changes == OpChanges(verb="Change label", labels=True)
    cat = queries.labels(project)[0]
    assert (cat.name, cat.color, cat.hotkey, cat.supercategory, cat.is_thing) == (
        "Cats",
        "#010203",
        "1",
        "animal",
        False,
    )
    update_label(project, 1, name="CATS")
    assert queries.labels(project)[0].name == "CATS"


def test_a_hotkey_changes_hands_and_back(project):
    create_label(project, "cat")
    create_label(project, "dog")
    update_label(project, 1, hotkey="2")
    assert [label.hotkey for label in queries.labels(project)] == ["2", None]
    history.undo(project)
    assert [label.hotkey for label in queries.labels(project)] == ["1", "2"]
    history.redo(project)
    update_label(project, 1, hotkey=None)
    assert [label.hotkey for label in queries.labels(project)] == [None, None]


def test_merging_labels(project):
    for region_id, name in ((1, "cat"), (2, "kitten"), (5, "tomcat"), (6, "dog")):
        review.name_regions_as(project, [region_id], name)
    changes = merge_labels(project, [2, 3, 1], target_id=1)
    assert (changes.labels, changes.image_ids) == (True, {1, 2})
    assert [label.name for label in queries.labels(project)] == ["cat", "dog"]
    assert [_region(project, n).label_id for n in (1, 2, 5, 6)] == [1, 1, 1, 4]
    history.undo(project)
    assert [label.name for label in queries.labels(project)] == ["cat", "kitten", "tomcat", "dog"]
    assert [_region(project, n).label_id for n in (1, 2, 5, 6)] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda p: create_label(p, ""), "needs a name"),
        (lambda p: create_label(p, "cat", color="red"), "is not a colour"),
        (lambda p: create_label(p, "cat", hotkey="0"), "is not a hotkey"),
        (lambda p: update_label(p, 7, name="x"), "label 7 is no longer in the project"),
        (lambda p: merge_labels(p, [7], target_id=8), "label 7 is no longer in the project"),
        (lambda p: merge_labels(p, [8], target_id=8), "at least two labels"),
    ],
)
def test_nonsense_is_refused_and_leaves_no_trace(world, project, edit, message):
    before, operations = world.rows(), _operations(project)
    with pytest.raises(EditError, match=message):
        edit(project)
    assert world.rows() == before
    assert _operations(project) == operations
