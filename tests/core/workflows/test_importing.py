"""Labelled images of other tools come into a project: whole or not at all, once, and as one step."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from acseg_core.errors import LabelFileError
from acseg_core.formats.labelled import FileImage, FileLabel, FileShape, LabelledFiles, Outline
from acseg_core.formats.matching import Match
from acseg_core.formats.placing import Overlaps
from acseg_core.formats.remarks import Remarks
from acseg_core.interruptible import run_to_end
from acseg_core.store import create_project, open_project, queries
from acseg_core.store.edits import history, remarks, suggestions
from acseg_core.store.edits.labels import create_label
from acseg_core.store.edits.shape_import import ImportedAs, Onto
from acseg_core.types import ImageStatus
from acseg_core.workflows.importing import ImportSettings, import_files
from acseg_core.workflows.scanning import scan_images
from acseg_core.workflows.suggesting import suggest_for_all

FILE = Path("labels.json")
NAMES = ("a.png", "sub/b.png", "c.png")


@pytest.fixture
def folder(tmp_path):
    for number, name in enumerate(NAMES):
        place = tmp_path / "images" / name
        place.parent.mkdir(exist_ok=True, parents=True)
        Image.fromarray(np.full((6, 8, 3), 40 * number, np.uint8)).save(place)
    with create_project(tmp_path / "project", image_root=tmp_path / "images") as project:
        run_to_end(scan_images(project), lambda tick: None)
    return tmp_path / "project"


@pytest.fixture
def project(folder):
    with open_project(folder) as opened:
        yield opened


def _box(label, left=1, right=3):
    ring = np.array([(left, 1), (right, 1), (right, 4), (left, 4)], float)
    return FileShape(label, Outline(((ring,),)))


def _files(*images, labels=("cat", "dog")):
    listed = [each if isinstance(each, FileLabel) else FileLabel(each) for each in labels]
    return LabelledFiles(tuple(listed), tuple(image.name for image in images), lambda: iter(images))


def _import(project, files, **settings):
    return run_to_end(import_files(project, FILE, files, ImportSettings(**settings)), lambda tick: None)


def _named(project):
    names = {label.id: label.name for label in queries.labels(project)}
    return {
        record.path: sorted(names[region.label_id] for region in regions if region.label_id)
        for record, regions in queries.image_regions(project)
    }


def _statuses(project):
    return {image.path: image.status for image in queries.images(project)}


def test_names_and_shapes_come_in_as_one_step(project):
    images = [FileImage("b.png", [_box("cat"), _box("dog", 4, 7)]), FileImage("c.png", [], is_negative=True)]
    report = _import(project, _files(*images))
    assert (report.images, report.regions, report.labels) == (1, 2, ("cat", "dog"))
    assert _named(project) == {"a.png": [], "sub/b.png": ["cat", "dog"], "c.png": []}
    assert _statuses(project) == {"a.png": ImageStatus.NEW, "sub/b.png": ImageStatus.DONE, "c.png": ImageStatus.DONE}
    history.undo(project)
    assert queries.labels(project) == []
    assert set(_statuses(project).values()) == {ImageStatus.NEW}
    assert history.state(project).undo is None


def test_a_file_says_what_labels_are_and_their_numbers_are_kept(project):
    create_label(project, "dog", color="#123456")
    labels = [FileLabel("sky", 7, "#00ff00", "stuff", is_thing=False), FileLabel("Dog", 9), FileLabel("odd", 1)]
    _import(project, _files(FileImage("a.png", [_box("Dog")]), labels=labels))
    found = {label.name: label for label in queries.labels(project)}
    assert list(found) == ["dog", "sky", "odd"]
    assert (found["sky"].category_id, found["sky"].color, found["sky"].is_thing) == (7, "#00ff00", False)
    assert found["dog"].category_id == 1
    assert found["dog"].color == "#123456"
    assert found["odd"].category_id not in (1, 7), "1 is taken"


def test_importing_twice_changes_nothing(project):
    files = _files(FileImage("a.png", [_box("cat"), _box("dog", 2, 7)]))
    _import(project, files)
    before = _named(project), history.operations(project)
    report = _import(project, files)
    assert (report.regions, report.unchanged) == (0, 1)
    assert (_named(project), history.operations(project)) == before


def test_what_is_stopped_is_whole_and_goes_on(project):
    files = _files(*(FileImage(name, [_box("cat")]) for name in NAMES))
    work = import_files(project, FILE, files, ImportSettings())
    next(work)
    next(work)
    work.close()
    assert sum(map(len, _named(project).values())) == 1
    assert _import(project, files).regions == 2
    assert sum(map(len, _named(project).values())) == 3
    history.undo(project)  # on the code of before, what was imported first was a step of its own
    assert queries.labels(project) == []
    assert history.state(project).undo is None


def test_what_was_edited_meanwhile_is_a_step_between(project):
    files = _files(*(FileImage(name, [_box("cat")]) for name in NAMES))
    work = import_files(project, FILE, files, ImportSettings())
    next(work)
    next(work)
    work.close()
    create_label(project, "cow")
    _import(project, files)
    verbs = [operation.verb for operation in history.operations(project)]
    assert sorted(verbs) == ["Create label", "Import labelled images", "Import labelled images"]


def test_a_stopped_import_that_was_undone_or_is_done_otherwise_is_another_step(project):
    files = _files(*(FileImage(name, [_box("cat")]) for name in NAMES))
    for _ in range(2):
        work = import_files(project, FILE, files, ImportSettings())
        next(work)
        next(work)
        work.close()
        history.undo(project)
        assert _import(project, files).regions == 3
        history.undo(project)
        assert queries.labels(project) == []
    work = import_files(project, FILE, files, ImportSettings())
    next(work)
    next(work)
    work.close()
    _import(project, files, keep_open=True)
    assert len(history.operations(project)) == 2


def test_names_can_be_replaced_or_left_out(project):
    files = _files(FileImage("a.png", [_box("kitty"), _box("dirt", 4, 7)]), labels=("kitty", "dirt"))
    report = _import(project, files, names={"kitty": "cat", "dirt": ""})
    assert report.labels == ("cat",)
    assert _named(project)["a.png"] == ["cat"]
    with pytest.raises(LabelFileError, match=r'labels\.json: it has no label "kity"'):
        _import(project, files, names={"kity": "cat"})


@pytest.mark.parametrize("label", ["a\x07b", "\x00", "\n", "\u2028"])
def test_a_name_that_is_none_is_refused_before_anything_changes(project, label):
    with pytest.raises(LabelFileError, match=r"labels\.json: label ") as error:
        _import(project, _files(FileImage("a.png", []), labels=(label,)))
    assert len(str(error.value).splitlines()) == 1


def test_names_of_images_are_told_in_one_line(project):
    with pytest.raises(LabelFileError, match="none of its images") as error:
        _import(project, _files(FileImage("z\n.png" + "x" * 5000, [])))
    assert len(str(error.value).splitlines()) == 1
    assert len(str(error.value)) < 700


def test_suggested_names_and_images_that_stay_open(project):
    files = _files(FileImage("a.png", [_box("cat")]))
    _import(project, files, as_=ImportedAs.SUGGESTED)
    assert _statuses(project)["a.png"] is ImageStatus.IN_REVIEW
    assert _named(project)["a.png"] == []
    _import(project, _files(FileImage("c.png", [_box("cat")])), keep_open=True)
    assert _statuses(project)["c.png"] is ImageStatus.IN_REVIEW
    assert _named(project)["c.png"] == ["cat"]


def test_images_that_could_be_two_are_refused_and_nothing_changes(project, folder):
    Image.fromarray(np.zeros((6, 8, 3), np.uint8)).save(folder.parent / "images" / "sub" / "c.png")
    run_to_end(scan_images(project), lambda tick: None)
    with pytest.raises(LabelFileError, match=r'labels.json: "x/c.jpg" could be "c.png", "sub/c.png"; match by path'):
        _import(project, _files(FileImage("a.png", [_box("cat")]), FileImage("x/c.jpg", [_box("cat")])))
    with pytest.raises(LabelFileError, match=r'"a.png", "z/a.png" all match a.png; match by path'):
        _import(project, _files(FileImage("a.png", [_box("cat")]), FileImage("z/a.png", [_box("cat")])))
    assert queries.labels(project) == []


def test_images_of_nobody_are_told(project):
    report = _import(project, _files(FileImage("a.png", [_box("cat")]), FileImage("z.png", [_box("cat")])))
    assert report.unmatched == ("z.png",)
    with pytest.raises(
        LabelFileError, match=r'none of its images is in the project: the file names "z.png", the project has'
    ):
        _import(project, _files(FileImage("z.png", [_box("cat")])))
    with pytest.raises(LabelFileError, match="none of its images"):
        _import(project, _files(FileImage("a.jpg", [_box("cat")])), match=Match.NAME)


def test_images_that_cannot_be_used_are_left_alone_and_told(project, folder):
    (folder.parent / "images" / "a.png").unlink()
    run_to_end(scan_images(project), lambda tick: None)
    files = _files(
        FileImage("a.png", [_box("cat")]),
        FileImage("b.png", [_box("cat")]),
        FileImage("c.png", [_box("cat")], size=(5, 20)),
    )
    report = _import(project, files)
    assert [(file.path, file.reason) for file in report.left_out] == [
        ("a.png", "missing"),
        ("c.png", "made for 20 x 5 pixels, but the photo has 8 x 6"),
    ]
    assert report.regions == 1


def test_shapes_without_a_pixel_of_their_own_are_counted(project):
    report = _import(project, _files(FileImage("a.png", [_box("cat"), _box("dog"), _box("cat", 40, 50)])))
    assert (report.regions, report.empty, report.covered) == (1, 2, 1)
    assert _named(project)["a.png"] == ["dog"]


def test_a_list_of_labels_comes_in_as_one_step(project):
    create_label(project, "Dog", color="#111111", hotkey="1")
    listed = [FileLabel("dog", color="#222222", hotkey="2"), FileLabel("sky", hotkey=""), FileLabel("kitty")]
    files = LabelledFiles(tuple(listed), (), lambda: iter(()), notes=("a note",), is_list=True)
    report = _import(project, files, names={"kitty": "cat"})
    assert (report.labels, report.changed, report.notes, report.is_list) == (
        ("sky", "cat"),
        ("Dog",),
        ("a note",),
        True,
    )
    labels = {label.name: label for label in queries.labels(project)}
    assert list(labels) == ["Dog", "sky", "cat"]
    assert (labels["Dog"].color, labels["Dog"].hotkey, labels["sky"].hotkey) == ("#222222", "1", None)
    assert not labels["sky"].is_thing, "a new label is what its name sounds like"
    history.undo(project)
    assert [label.name for label in queries.labels(project)] == ["Dog"]
    assert _import(project, files, names={"kitty": "", "sky": ""}).labels == ()


def test_what_a_file_suggests_stays_until_a_person_decides(project):
    """On the code of before, the first suggestions of a model took those of the file away."""
    _import(project, _files(FileImage("a.png", [_box("cat"), _box("dog", 4, 7)])), as_=ImportedAs.SUGGESTED)
    before = {region.id: region.suggestion_id for region in queries.regions(project, 1) if region.suggestion_id}
    assert len(before) == 2
    run_to_end(suggest_for_all(project), lambda tick: None)
    first, second = before
    suggestions.save_suggestions(project, [first, second], [before[second], suggestions.NO_LABEL], [0.9, 0.0])
    after = {region.id: region.suggestion_id for region in queries.regions(project, 1) if region.suggestion_id}
    assert after == before


def test_small_shapes_under_a_large_one_come_in_by_the_way_that_the_command_line_names(project):
    """`--overlaps smaller --onto all`, as they are under a region of an import by then."""
    files = _files(FileImage("a.png", [_box("cat", 2, 3), _box("dog", 1, 6)]))
    assert _import(project, files).covered == 1
    report = _import(project, files, overlaps=Overlaps.SMALLER, onto=Onto.ALL)
    assert (report.regions, report.covered) == (2, 0)
    assert _named(project)["a.png"] == ["cat", "dog"]


def _remarks(project):
    return {image.path: (image.comment, image.is_reviewed) for image in queries.images(project)}


def test_comments_and_reviews_come_in_and_what_is_there_stays(project):
    ids = {image.path: image.id for image in queries.images(project)}
    remarks.write_comment(project, ids["sub/b.png"], "mine")
    said = Remarks("blurred\r\nedges ", is_reviewed=True)
    images = [
        FileImage("a.png", [_box("cat")], remarks=said),
        FileImage("b.png", [_box("cat")], remarks=said),
        FileImage("c.png", [], remarks=Remarks("nobody looked")),
    ]
    report = _import(project, _files(*images))
    assert _remarks(project) == {
        "a.png": ("blurred\nedges", True),
        "sub/b.png": ("mine", True),
        "c.png": ("nobody looked", False),
    }
    assert report.comments == 2
    assert [part.line for part in report.unused] == [
        "1 comments on images that have another one, which stays: sub/b.png"
    ]
    history.undo(project)
    assert _remarks(project) == {"a.png": ("", False), "sub/b.png": ("mine", False), "c.png": ("", False)}


@pytest.mark.parametrize("settings", [{"names": {"dog": ""}}, {"keep_open": True}, {"as_": ImportedAs.SUGGESTED}])
def test_what_is_not_all_that_was_reviewed_is_not_reviewed(project, settings):
    image = FileImage("a.png", [_box("cat"), _box("dog", 4, 7)], remarks=Remarks(is_reviewed=True))
    _import(project, _files(image), **settings)
    assert _remarks(project)["a.png"] == ("", False)


def test_a_review_of_before_stays_where_only_a_comment_comes_in_and_ends_where_shapes_do(project):
    first = FileImage("a.png", [_box("cat")])
    _import(project, _files(first))
    (image_id,) = [image.id for image in queries.images(project) if image.path == "a.png"]
    remarks.set_reviewed(project, [image_id], is_reviewed=True)
    _import(project, _files(FileImage("a.png", [_box("cat")], remarks=Remarks("later"))))
    assert _remarks(project)["a.png"] == ("later", True)
    more = FileImage("a.png", [_box("cat"), _box("dog", 4, 7)], remarks=Remarks(is_reviewed=True))
    _import(project, _files(more))
    assert _remarks(project)["a.png"] == ("later", False), "nobody looked at both together"
