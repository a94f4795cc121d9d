"""Verbs on the list of labels: each does what it says, and is one undo step."""

import pytest
from desktop.operations.running import run, verbs

from acseg_core.formats.format import recognised
from acseg_core.formats.label_files import LabelFormat
from acseg_core.store import queries
from acseg_core.store.edits import review
from acseg_core.workflows.importing import ImportSettings
from acseg_desktop.operations import importing, labels
from acseg_desktop.operations.importing import ImportRequest


def names(session):
    return [label.name for label in queries.labels(session.project)]


@pytest.fixture
def ids(session, qtbot):
    """Labels sky, car and dog; their ids by name."""
    for name in ("sky", "car", "dog"):
        made = {"color": None, "hotkey": None, "supercategory": "", "is_thing": True, "is_void": False}
        run(qtbot, labels.create(session, name=name, **made))
    return {label.name: label.id for label in queries.labels(session.project)}


def test_new_labels_have_different_colours_and_the_next_keys(session, ids):
    found = queries.labels(session.project)
    assert [label.hotkey for label in found] == ["1", "2", "3"]
    assert len({label.color for label in found}) == 3


def test_what_a_label_is_can_be_changed(session, ids, qtbot):
    changed = {"name": "cloud", "color": "#123456", "hotkey": "9", "supercategory": "air"}
    run(qtbot, labels.update(session, ids["sky"], **changed, is_thing=False, is_void=True))
    label = next(label for label in queries.labels(session.project) if label.id == ids["sky"])
    assert {name: getattr(label, name) for name in changed} == changed
    assert (label.is_thing, label.is_void) == (False, True)


def test_one_is_renamed_and_one_recoloured(session, ids, qtbot):
    run(qtbot, labels.rename(session, ids["car"], "truck"))
    run(qtbot, labels.recolor(session, ids["dog"], "#00ff00"))
    assert names(session) == ["sky", "truck", "dog"]
    assert queries.labels(session.project)[2].color == "#00ff00"
    run(qtbot, labels.recolor_all(session))
    assert queries.labels(session.project)[2].color != "#00ff00"
    assert verbs(session)[0] == "Recolour labels"


def test_several_are_changed_moved_and_deleted_at_once(session, ids, qtbot):
    run(qtbot, labels.change(session, [ids["car"], ids["dog"]], supercategory="thing", is_thing=False))
    assert [label.supercategory for label in queries.labels(session.project)] == ["", "thing", "thing"]
    run(qtbot, labels.move(session, [ids["dog"]], before=ids["sky"]))
    assert names(session) == ["dog", "sky", "car"]
    run(qtbot, labels.delete(session, [ids["sky"], ids["dog"]]))
    assert names(session) == ["car"]
    assert verbs(session)[:3] == ["Delete labels", "Move label", "Change labels"]


def test_merged_labels_keep_the_regions_of_all(session, ids, qtbot):
    first, second, *_ = (region.id for region in queries.regions(session.project, 1))
    review.name_regions(session.project, [first], ids["car"])
    review.name_regions(session.project, [second], ids["dog"])
    run(qtbot, labels.merge(session, [ids["dog"]], target_id=ids["car"]))
    found = queries.regions_by_id(session.project, [first, second])
    assert {region.label_id for region in found.values()} == {ids["car"]}
    assert names(session) == ["sky", "car"]


def test_a_file_that_was_written_is_read_back_and_merged_by_name(session, ids, qtbot, tmp_path):
    path = tmp_path / "labels.json"
    assert run(qtbot, labels.write_file(session, path, LabelFormat.ACSEG)) == ()
    run(qtbot, labels.delete(session, [ids["car"]]))
    request = ImportRequest(path, recognised(path), ImportSettings())
    assert run(qtbot, importing.start(session, request)).labels == ("car",)
    qtbot.waitUntil(lambda: not session.jobs.running())
    assert sorted(names(session)) == ["car", "dog", "sky"]
