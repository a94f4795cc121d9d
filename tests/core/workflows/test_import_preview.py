"""What an import would do is told, and nothing is done."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from acseg_core.formats.labelled import FileImage, FileLabel, FileShape, LabelledFiles, Outline, Unused
from acseg_core.formats.matching import Match
from acseg_core.formats.placing import Overlaps
from acseg_core.interruptible import run_to_end
from acseg_core.shapes import masks
from acseg_core.store import create_project, open_project, queries
from acseg_core.store.edits import history, review
from acseg_core.store.edits.labels import create_label
from acseg_core.workflows.import_preview import SHOWN, preview_import
from acseg_core.workflows.importing import ImportSettings, import_files
from acseg_core.workflows.scanning import scan_images

FILE = Path("labels.json")


@pytest.fixture
def project(tmp_path):
    for number in range(SHOWN + 3):
        place = tmp_path / "images" / f"{number:02}.png"
        place.parent.mkdir(exist_ok=True)
        Image.fromarray(np.full((6, 8, 3), number, np.uint8)).save(place)
    with create_project(tmp_path / "project", image_root=tmp_path / "images") as made:
        run_to_end(scan_images(made), lambda tick: None)
    with open_project(tmp_path / "project", read_only=True) as opened:
        yield opened


def _box(label, left=1, right=3):
    return FileShape(label, Outline(((np.array([(left, 1), (right, 1), (right, 4), (left, 4)], float),),)))


def _files(*images, labels=("cat", "dog"), left_out=None):
    listed = tuple(FileLabel(each) for each in labels)
    return LabelledFiles(listed, tuple(image.name for image in images), lambda: iter(images), left_out or Unused())


def _preview(project, files, **options):
    return run_to_end(preview_import(project, FILE, files, **options), lambda tick: None)


def test_all_is_counted_and_few_are_made_masks(project):
    images = [FileImage(f"{number:02}.png", [_box("cat"), _box("cat"), _box("dog")]) for number in range(SHOWN + 3)]
    left_out = Unused()
    left_out.add("with a box but no outline", "annotation 7")
    preview = _preview(project, _files(*images, FileImage("else.png", [_box("cat")]), left_out=left_out))
    assert preview.shapes == {"cat": 2 * SHOWN + 6, "dog": SHOWN + 3}, "shapes of images that are not there do not come"
    assert (preview.total, len(preview.matches.paths), preview.matches.unknown) == (SHOWN + 4, SHOWN + 3, ("else.png",))
    assert [image.record.path for image in preview.images] == [f"{number:02}.png" for number in range(SHOWN)]
    assert preview.unused[0].line == "1 with a box but no outline: annotation 7"
    assert preview.is_complete
    assert not preview.problem


def test_what_is_known_is_told_while_the_rest_is_read(project):
    images = [FileImage(f"{number:02}.png", [_box("cat")]) for number in range(5)]
    ticks = list(preview_import(project, FILE, _files(*images), most=3))
    assert [(tick.done, tick.total, tick.preview.shapes.get("cat", 0)) for tick in ticks] == [
        (0, 5, 0),
        (1, 5, 1),
        (2, 5, 2),
        (3, 5, 3),
    ]
    assert not ticks[-1].preview.is_complete


def test_shapes_are_placed_as_the_import_places_them(project):
    shapes = [_box("cat", 1, 7), _box("dirt", 0, 8), _box("dog", 2, 4)]
    (image,) = _preview(project, _files(FileImage("00.png", shapes), labels=("cat", "dirt", "dog"))).images
    placed = image.placed({"dirt": "", "dog": "cat"}, Overlaps.LATER)
    with open_project(project.folder) as writable:
        settings = ImportSettings(names={"dirt": "", "dog": "cat"})
        files = _files(FileImage("00.png", shapes), labels=("cat", "dirt", "dog"))
        run_to_end(import_files(writable, FILE, files, settings), lambda tick: None)
        regions = [region for region in queries.regions(writable, 1) if region.label_id]
    assert [(name, mask) for name, mask in placed] == [("cat", region.mask) for region in regions]
    assert sum(masks.area(mask) for _, mask in placed) == 18


def test_nothing_is_changed_and_a_reader_of_the_project_may_look(project):
    before = history.operations(project)
    _preview(project, _files(FileImage("00.png", [_box("cat")])))
    assert queries.labels(project) == []
    assert history.operations(project) == before


@pytest.mark.parametrize(
    ("names", "match", "problem"),
    [
        (["x.png", "y.png"], None, 'none of its images is in the project: the file names "x.png", "y.png"'),
        (["a/00.png", "b/00.png"], Match.NAME, '"a/00.png", "b/00.png" all match 00.png; match by path'),
    ],
)
def test_what_the_import_would_refuse_is_said(project, names, match, problem):
    preview = _preview(project, _files(*(FileImage(name, [_box("cat")]) for name in names)), match=match)
    assert problem in preview.problem


def test_work_and_images_that_are_left_alone_are_counted(project, tmp_path):
    project.close()
    with open_project(tmp_path / "project") as writable:
        create_label(writable, "Cat")
        review.accept_image(writable, 1)
        images = [FileImage("00.png", [_box("cat")]), FileImage("01.png", [_box("cat")], (100, 8))]
        preview = _preview(writable, _files(*images))
    assert preview.worked_on == 1
    assert preview.images[0].has_work
    assert [(file.path, file.reason) for file in preview.left_out] == [
        ("01.png", "made for 8 x 100 pixels, but the photo has 8 x 6")
    ]
    assert preview.left_out_count == 1
    assert preview.shapes == {"cat": 1}
    assert preview.is_known("CAT")
    assert not preview.is_known("dog")


def test_a_list_of_labels_has_its_names_only(project):
    files = LabelledFiles((FileLabel("cat"),), (), lambda: iter(()), is_list=True, notes=("a note",))
    preview = _preview(project, files)
    assert (preview.is_list, preview.problem, preview.notes, preview.total) == (True, "", ("a note",), 0)
