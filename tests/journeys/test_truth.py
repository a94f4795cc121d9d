"""What a person sees as finished is what leaves: labelled in the window by keys, exported by the form's defaults, read
by pycocotools."""

import contextlib
import io
import warnings

import numpy as np
import pytest
from desktop.conftest import propose_quarters
from PIL import Image
from pycocotools.coco import COCO
from PySide6.QtCore import Qt

from acseg_core.images.files import inspect_image
from acseg_core.shapes import masks
from acseg_core.shapes.parts import count_parts
from acseg_core.store import open_project, queries
from acseg_core.store.edits import ingest, painting, suggestions
from acseg_core.store.edits.label_list import move_labels
from acseg_core.store.edits.labels import create_label
from acseg_core.types import ImageStatus, OpChanges, PixelPatch
from acseg_desktop.dialogs.export_form import ExportForm

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def five(project_folder, photos):
    """Five photos, the third without regions; one region of the first has two parts, the second has suggested names."""
    Image.fromarray(np.full((72, 96, 3), 90, np.uint8)).save(photos / "z.png")
    with open_project(project_folder) as project:
        ingest.add_images(project, [inspect_image(photos, "z.png")])
        first, second, *others = queries.image_ids(project)
        propose_quarters(project, others[1:])
        region = queries.regions(project, first)[0]
        x, y, width, height = (int(value) for value in region.bbox)
        record = queries.image(project, first)
        left, top = (x + width) % record.width, (y + height) % record.height  # the quarter across
        far = PixelPatch(left + 20, top + 14, np.ones((9, 9), bool))
        painting.paint(project, first, far, region_id=region.id)
        sky, _ = create_label(project, "sky", is_thing=False)
        ids = [each.id for each in queries.regions(project, second)]
        suggestions.save_suggestions(project, ids[:3], [sky.id] * 3, [0.9, 0.95, 0.99])
    return project_folder


def _name(hands, region_id, name):
    hands.window.canvas.select([region_id])
    hands.press(Qt.Key.Key_Slash)
    hands.type(name)
    hands.press(Qt.Key.Key_Return)
    hands.rest()


def _enter(hands):
    hands.press(Qt.Key.Key_Return)
    hands.rest()


def _export(hands, out):
    hands.press(Qt.Key.Key_E, CTRL)
    form = hands.dialog(ExportForm)
    form.out.field.setText(str(out))
    hands.wait(lambda: form.images.preview is not None)
    counted = form.images.counts.text()
    hands.click(form.confirm)
    hands.wait(lambda: form.outcome.isVisible() or form.error.text())
    if "there already" in form.error.text():
        hands.click(form.confirm)
        hands.wait(form.outcome.isVisible)
    form.reject()
    with contextlib.redirect_stdout(io.StringIO()):
        return COCO(str(out)), counted


def _seen(project):
    """Of every image that is done, the pixels of each name as they are on the screen, and how many parts of things."""
    labels = {label.id: label for label in queries.labels(project)}
    seen = {}
    for record, regions in queries.image_regions(project):
        if record.status is ImageStatus.DONE:
            named = [region for region in regions if region.label_id is not None]
            parts = sum(count_parts(each.mask) if labels[each.label_id].is_thing else 1 for each in named)
            shown = {}
            for each in named:
                name = labels[each.label_id].name
                shown[name] = shown.get(name, False) | masks.decode(each.mask)
            seen[record.path] = (shown, parts)
    return seen


def _read(file):
    read = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # pycocotools on NumPy 2
        for image in file.imgs.values():
            annotations = file.loadAnns(file.getAnnIds(image["id"]))
            found = {}
            for each in annotations:
                name = file.cats[each["category_id"]]["name"]
                found[name] = found.get(name, False) | file.annToMask(each).astype(bool)
            read[image["file_name"]] = (found, len(annotations))
    return read


def _assert_same(read, seen):
    assert read.keys() == seen.keys()
    for path, (shown, count) in seen.items():
        assert read[path][1] == count, path
        assert read[path][0].keys() == shown.keys(), path
        assert all(np.array_equal(read[path][0][name], mask) for name, mask in shown.items()), path


def test_what_is_on_the_screen_is_what_leaves(hands, five, tmp_path):
    hands.open(five)
    project = hands.window.session.require()
    in_parts = next(each for each in hands.window.viewer.regions if count_parts(each.mask) == 2)
    whole = next(each for each in hands.window.viewer.regions if count_parts(each.mask) == 1)
    _name(hands, in_parts.id, "car")
    _name(hands, whole.id, "road")
    _enter(hands)
    _enter(hands)  # the second image: four suggested names, all alike and so unsure
    assert hands.window.banners.question.text.text() == "4 names are unsure"
    hands.press(Qt.Key.Key_Y)
    hands.rest()
    _enter(hands)  # the third: nothing is named, so it is asked about
    hands.press(Qt.Key.Key_Y)
    hands.rest()
    _name(hands, hands.window.viewer.regions[0].id, "car")  # the fourth stays in review, the fifth untouched
    statuses = [image.status for image in queries.images(project)]
    assert statuses == [ImageStatus.DONE] * 3 + [ImageStatus.IN_REVIEW, ImageStatus.PROPOSED]

    file, counted = _export(hands, tmp_path / "out.json")
    assert counted.startswith("3 images, 6 regions")
    seen = _seen(project)
    assert [seen[path][1] for path in sorted(seen, key=list(seen).index)] == [3, 4, 0]
    _assert_same(_read(file), seen)
    things = {category["name"]: category["isthing"] for category in file.cats.values()}
    assert things == {"sky": 0, "car": 1, "road": 0}

    ids = {category["name"]: category["id"] for category in file.cats.values()}
    labels = queries.labels(project)
    move_labels(project, [labels[-1].id], before=labels[0].id)
    hands.window.session.note_changes(project, OpChanges(labels=True))
    again, _ = _export(hands, tmp_path / "out.json")
    assert {category["name"]: category["id"] for category in again.cats.values()} == ids
    _assert_same(_read(again), seen)
