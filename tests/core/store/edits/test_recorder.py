"""One operation may touch a row any number of times and ways; undo and redo see only its beginning and its end."""

import pytest

from acseg_core.store.edits import history
from acseg_core.store.edits.recorder import edit
from acseg_core.store.schema import IMAGE, LABEL, REGION

SUN = {"name": "sun", "name_key": "sun", "color": "#ffff00", "hotkey": None, "supercategory": "", "is_thing": True}


def _update_twice(recording):
    for area in (100, 200):
        recording.update(REGION, REGION.c.id == 1, {"area": area, "counts": b"%d" % area, "confidence": area / 700})
    recording.update(REGION, REGION.c.id == 1, {"area": 300})


def _update_and_delete(recording):
    recording.update(REGION, REGION.c.id.in_([1, 2]), {"node": None, "origin": "drawn", "descriptor": None})
    recording.delete(REGION, REGION.c.id == 1)


def _insert_and_update(recording):
    (label_id,) = recording.insert(LABEL, [SUN])
    recording.update(LABEL, LABEL.c.id == label_id, {"name": "Sun", "is_thing": False, "hotkey": "7"})
    recording.update(REGION, REGION.c.id < 4, {"label_id": label_id})


def _insert_and_delete(recording):
    (label_id,) = recording.insert(LABEL, [SUN])
    recording.update(LABEL, LABEL.c.id == label_id, {"hotkey": "7"})
    recording.delete(LABEL, LABEL.c.id == label_id)
    recording.update(IMAGE, IMAGE.c.id == 1, {"problem": 'it\'s "odd"; -- \U0001f408'})


def _there_and_back(recording):
    recording.update(REGION, REGION.c.id == 1, {"area": 1})
    recording.update(REGION, REGION.c.id == 2, {"area": 2})
    recording.update(REGION, REGION.c.id == 1, {"area": 3})


@pytest.mark.parametrize(
    "work", [_update_twice, _update_and_delete, _insert_and_update, _insert_and_delete, _there_and_back]
)
def test_undo_and_redo_are_exact(world, work):
    project = world.create(images=1, regions=5)
    before = world.rows()
    with edit(project, "Work") as recording:
        work(recording)
    after = world.rows()
    assert after != before
    for _ in range(2):
        history.undo(project)
        assert world.rows() == before
        history.redo(project)
        assert world.rows() == after


def test_a_row_made_and_dropped_within_an_operation_leaves_no_trace(world):
    project = world.create(images=1, regions=2)
    with edit(project, "Work") as recording:
        _insert_and_delete(recording)
    assert world.sql("SELECT count(*) FROM removed_label") == [(0,)]
    assert world.sql("SELECT count(*) FROM change WHERE entity = 'label'") == [(0,)]


def test_an_error_inside_an_edit_undoes_all_of_it(world):
    project = world.create(images=1, regions=3)
    before = world.rows()

    def fail():
        with edit(project, "Work") as recording:
            _insert_and_update(recording)
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        fail()
    assert world.rows() == before
    assert history.state(project).undo == "Propose"
    assert world.sql("SELECT count(*) FROM change WHERE operation_id > 1") == [(0,)]
