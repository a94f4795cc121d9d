"""Importing in the window: a look that says more and more, and an import that tells of the images it is done with."""

import pytest
from desktop.labelled import write_coco
from desktop.operations.running import refused, run, verbs

from acseg_core.formats.format import format_called
from acseg_core.formats.matching import Match
from acseg_core.store import queries
from acseg_core.store.edits import history
from acseg_core.verbs import Verb
from acseg_core.workflows.importing import ImportSettings
from acseg_desktop.operations import importing
from acseg_desktop.operations.importing import ImportRequest


@pytest.fixture
def file(tmp_path):
    return write_coco(tmp_path / "labels.json", ["a1.png", "sub/b.png", "else.png"])


def request_of(path, **settings):
    return ImportRequest(path, format_called("coco"), ImportSettings(**settings))


def test_a_look_says_what_it_is_then_what_would_come(session, qtbot, file):
    looks = list(importing.looking(session.project, file, key=None, match=None))
    assert [look.format and look.format.key for look in looks[:2]] == [None, "coco"]
    assert [look.preview.read for look in looks[2:]] == [0, 1, 2, 3]
    last = run(qtbot, importing.look(session, file, key="coco", match=Match.NAME))
    assert last.preview.shapes == {"kitty": 4, "person": 2}
    assert last.preview.matches.unknown == ("else.png",)
    assert queries.labels(session.project) == []


def test_what_is_no_file_with_labels_says_so(session, qtbot, tmp_path):
    (tmp_path / "x.json").write_text('{"a": 1}')
    assert "the format was not recognised" in refused(
        qtbot, importing.look(session, tmp_path / "x.json", key=None, match=None)
    )
    assert run(qtbot, importing.guess(session, tmp_path / "x.json")) is None


def test_an_import_is_one_step_and_tells_of_its_images(session, qtbot, file):
    told = []
    session.changed.connect(told.append)
    report = run(qtbot, importing.start(session, request_of(file, names={"kitty": "cat"})))
    assert (report.images, report.regions, report.labels) == (2, 6, ("cat", "person"))
    ids = {record.path: record.id for record in queries.images(session.project)}
    qtbot.waitUntil(lambda: set().union(*(each.image_ids for each in told)) == {ids["a1.png"], ids["sub/b.png"]})
    assert {label.name for label in session.labels.values()} == {"cat", "person"}
    assert verbs(session)[0] is Verb.IMPORT_SHAPES
    history.undo(session.project)
    assert queries.labels(session.project) == []


def test_what_was_stopped_goes_on(session, qtbot, file):
    work = importing.importing(session, session.project, request_of(file))
    while next(work).done < 1:
        pass
    work.close()
    qtbot.waitUntil(lambda: not session.jobs.running())
    named = [
        record.path for record, regions in queries.image_regions(session.project) if any(r.label_id for r in regions)
    ]
    assert named == ["a1.png"]
    report = run(qtbot, importing.start(session, request_of(file)))
    assert (report.images, report.unchanged) == (1, 1)
    qtbot.waitUntil(lambda: not session.jobs.running())
