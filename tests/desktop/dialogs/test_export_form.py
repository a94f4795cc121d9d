"""The form for an export: formats, what they lose, where files go, and what is not written over.

Covers: dialogs.export_format, dialogs.export_options, dialogs.export_texts.
"""

import json
import os
import sys

import numpy as np
import pytest
from labelled_scene import scene_numbers, scene_project

from acseg_core.formats.format import FORMATS
from acseg_core.store import open_project, queries
from acseg_core.store.edits import painting, review
from acseg_core.types import PixelPatch
from acseg_desktop.appearance.theme import Theme
from acseg_desktop.dialogs.export_form import ExportForm
from acseg_desktop.dialogs.form import with_ending
from acseg_desktop.language import words


def choose(hands, form, button):
    hands.click(button)
    hands.wait(lambda: form.images.preview is not None)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("flowers", "flowers.json"),
        ("flowers.v2", "flowers.v2.json"),
        ("flowers.v2.JSON", "flowers.v2.JSON"),
        ("2024.06.01", "2024.06.01.json"),
        (".hidden", ".hidden.json"),
    ],
)
def test_a_name_gets_the_ending_of_its_kind(hands, project_folder, tmp_path, typed, written):
    hands.open(project_folder)
    hands.window.commands.project.export()
    form = hands.dialog(ExportForm)
    choose(hands, form, form.images.everything)
    form.out.field.setText(str(tmp_path / typed))
    hands.click(form.confirm)
    hands.wait(form.outcome.isVisible)
    assert written in form.outcome.text()
    assert (tmp_path / written).is_file()
    form.reject()


def test_a_name_of_another_kind_of_file_is_refused(hands, project_folder, tmp_path):
    """On the code of before, this wrote "flowers.zip.json"; in a shell, JSON into "flowers.zip"."""
    hands.open(project_folder)
    hands.window.commands.project.export()
    form = hands.dialog(ExportForm)
    choose(hands, form, form.images.everything)
    form.out.field.setText(str(tmp_path / "flowers.zip"))
    hands.click(form.confirm)
    hands.wait(form.error.isVisible)
    assert form.error.text().endswith("is written as .json; call it flowers.json, and pack it yourself")
    form.out.field.setText(str(tmp_path / "flowers.json"))
    assert not form.error.isVisible()
    hands.click(form.confirm)
    hands.wait(form.outcome.isVisible)
    assert [file.name for file in tmp_path.glob("flowers*")] == ["flowers.json"]
    form.reject()


def test_what_is_there_and_no_file_keeps_its_name(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder.v2").mkdir()
    for name in ("pipe", "folder.v2"):
        assert with_ending(tmp_path / name, ".json") == tmp_path / name
    assert with_ending(tmp_path / ("x" * 300), ".json").name.endswith("x.json")


def test_a_photo_is_not_written_over(hands, project_folder):
    hands.open(project_folder)
    photo = next(hands.window.session.project.image_root.rglob("*.png"))
    before = photo.read_bytes()
    trap = photo.with_name("annotations.json")
    trap.symlink_to(photo)
    hands.window.commands.project.export()
    form = hands.dialog(ExportForm)
    choose(hands, form, form.images.everything)
    form.out.field.setText(str(trap))
    hands.click(form.confirm)  # it is there already
    hands.click(form.confirm)
    hands.wait(form.error.isVisible)
    hands.wait(lambda: "this is a photo of the project" in form.error.text())
    assert photo.read_bytes() == before
    form.reject()


def test_polygons_say_what_a_tolerance_costs(hands, project_folder, tmp_path):
    with open_project(project_folder) as project:
        painting.paint(project, 1, PixelPatch(20, 40, np.ones((3, 3), bool)), region_id=1)
    hands.open(project_folder)
    hands.window.commands.project.export()
    form = hands.dialog(ExportForm)
    assert form.parts.isChecked()
    hands.click(form.all_regions)
    form.all_regions.setChecked(True)
    assert form.whole.isChecked(), "all regions cover the image once"
    form.polygons.setChecked(True)
    assert form.tolerance.isEnabled()
    assert form.tolerance.text() == "exact"
    form.out.field.setText(str(tmp_path / "out.json"))
    hands.click(form.images.everything)
    hands.wait(form.confirm.isEnabled)
    hands.click(form.confirm)
    hands.wait(form.outcome.isVisible)
    assert "All polygons are exactly the masks: " in form.outcome.text()
    form.tolerance.setFocus()
    form.tolerance.selectAll()
    hands.qtbot.keyClicks(form.tolerance, "5")
    assert not form.outcome.isVisible()
    hands.click(form.confirm)
    hands.wait(form.outcome.isVisible)
    assert "2 polygons not exact: 18 pixels changed" in form.outcome.text()
    assert all(
        isinstance(a["segmentation"], list) for a in json.loads((tmp_path / "out.json").read_text())["annotations"]
    )
    form.reject()


def opened(hands, project_folder):
    with open_project(project_folder) as project:
        review.name_regions_as(project, [queries.regions(project, 1)[0].id], "sky")
    hands.open(project_folder)
    hands.window.commands.project.export()
    form = hands.dialog(ExportForm)
    choose(hands, form, form.images.everything)
    hands.wait(lambda: form.format._job is None)
    return form


def choose_format(hands, form, title):
    form.format.box.setFocus()
    hands.qtbot.keyClicks(form.format.box, title)
    assert form.format.box.currentText().startswith(title)
    hands.wait(lambda: form.format._job is None)


def test_every_format_that_is_written_is_offered_and_says_what_it_loses(hands, project_folder):
    """On the code of before there was COCO only."""
    form = opened(hands, project_folder)
    offered = [form.format.box.itemData(index) for index in range(form.format.box.count())]
    assert offered == [each.key for each in FORMATS if each.write is not None]
    assert form.format.losses.text() == "COCO instances keeps everything in this export."
    choose_format(hands, form, "YOLO")
    assert form.format.losses.text().startswith("YOLO segmentation does not keep: ")
    assert "label" in form.format.losses.text()
    assert not form.masks.isVisible()
    assert form.polygons.isChecked()
    assert form.out.path.name.endswith("-yolo")
    form.reject()


def test_yolo_is_exported_with_a_split_and_its_images_and_all_is_remembered(hands, project_folder, tmp_path):
    form = opened(hands, project_folder)
    choose_format(hands, form, "YOLO")
    assert not form.options.split.isVisible()
    hands.click(form.advanced)
    assert form.options.split.isVisible()
    form.options.split.setEditText("train=1,foo")
    form.out.field.setText(str(tmp_path / "set"))
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "mine.txt").write_text("mine")
    hands.click(form.confirm)
    assert "is not a split" in form.error.text()
    form.options.split.setEditText("train=.5, val=.5")
    hands.click(form.confirm)
    assert "contains other files" in form.error.text()
    assert form.confirm.text() == "Write into it"
    assert not (tmp_path / "set" / "data.yaml").exists()
    hands.click(form.confirm)
    hands.wait(form.outcome.isVisible)
    assert "train 2, val 2" in form.outcome.text()
    assert (tmp_path / "set" / "mine.txt").read_text() == "mine"
    images = sorted(file for file in (tmp_path / "set" / "images").rglob("*") if file.is_file())
    labels = sorted((tmp_path / "set" / "labels").rglob("*.txt"))
    assert len(images) == len(labels) == 4
    form.reject()
    hands.window.commands.project.export()
    again = hands.dialog(ExportForm)
    assert again.format.format.key == "yolo"
    assert again.options.split.currentText() == "train=.5, val=.5"
    assert again.advanced.isChecked(), "what is not as usual is seen"
    again.reject()


def test_the_outcome_is_german_in_the_german_window(hands, project_folder, tmp_path, qapp):
    """On the code of before its last lines were English: splits, and what readers of the format expect."""
    words.use(qapp, "de")
    try:
        form = opened(hands, project_folder)
        choose_format(hands, form, "Pascal")
        hands.click(form.advanced)
        form.options.split.setEditText("train=.5, val=.5")
        form.out.field.setText(str(tmp_path / "set"))
        hands.click(form.confirm)
        hands.wait(form.outcome.isVisible)
        said = form.outcome.text().splitlines()
    finally:
        words.use(qapp, "en")
    assert "weder nahezu gleiche Bilder noch Videosequenzen unter den Bildern gefunden" in said
    assert any("Leseprogramme von Pascal VOC" in line for line in said)
    assert not any("kept" in line or "expect" in line or "found" in line for line in said)
    form.reject()


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_place_and_the_button_stay_in_sight_whatever_scrolls(hands, qapp, project_folder, tmp_path, language):
    """At 200 % on a low screen; on the code of before the field for the place scrolled out of sight."""
    theme = Theme(qapp)
    try:
        words.use(qapp, language)
        theme.set_text_size(200)
        form = opened(hands, project_folder)
        form.resize(form.width(), 560)
        hands.click(form.advanced)
        hands.rest()
        assert form._scroll.verticalScrollBar().maximum() > 0, "there is something to scroll"
        bar = form._scroll.verticalScrollBar()
        for value in (bar.minimum(), bar.maximum()):
            bar.setValue(value)
            hands.rest()
            for widget in (form.out.field, form.out.button, form.confirm, form.leave):
                corner = widget.mapTo(form, widget.rect().bottomRight())
                assert form.rect().contains(corner), widget
                assert widget.visibleRegion().boundingRect() == widget.rect(), widget
        captions = (form._rows.labelForField(form.format.box), form._place)
        fields = (form.format.box, form.out.field)
        left = [widget.mapTo(form, widget.rect().topLeft()).x() for widget in (*captions, *fields)]
        assert left[0] == left[1]
        assert left[2] == left[3], "the field is below the others"
        form.out.field.setText(str(tmp_path / "out.json"))
        hands.click(form.confirm)
        hands.wait(form.outcome.isVisible)
        hands.wait(lambda: not form.outcome.visibleRegion().isEmpty())
        form.reject()
    finally:
        words.use(qapp, "en")
        theme.set_text_size(100)


def test_scenes_leave_as_geopackage_simplified_and_a_missing_extra_is_one_line(hands, tmp_path, monkeypatch):
    pyogrio = pytest.importorskip("pyogrio")
    shapely = pytest.importorskip("shapely")
    with scene_project(tmp_path, scene_numbers(100, 140)):
        pass
    hands.open(tmp_path / "project")
    hands.window.commands.project.export()
    form = hands.dialog(ExportForm)
    hands.click(form.images.with_problems)
    form.format.box.setCurrentIndex(form.format.box.findData("gpkg"))
    hands.wait(form.confirm.isEnabled)
    assert form.out.path.name == "project-gpkg.gpkg"
    assert (form.masks.isVisible(), form.polygons.isVisible(), form.tolerance.isEnabled()) == (False, False, True)
    form.tolerance.setValue(1.5)
    form.out.field.setText(str(tmp_path / "out.gpkg"))
    hands.wait(form.confirm.isEnabled)
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "pyogrio", None)
        hands.click(form.confirm)
        hands.wait(form.error.isVisible)
    assert 'pip install "acseg-desktop[geo]"' in form.error.text()
    assert "\n" not in form.error.text()
    hands.click(form.confirm)
    hands.wait(form.outcome.isVisible)
    _, _, shapes, _ = pyogrio.raw.read(tmp_path / "out.gpkg", layer="map")
    assert shapely.coverage_is_valid(shapely.from_wkb(shapes))
    form.reject()


def test_chips_and_coordinates_are_asked_for_where_a_format_has_them(hands, tmp_path):
    pytest.importorskip("rasterio")
    with scene_project(tmp_path, scene_numbers(100, 140)):
        pass
    hands.open(tmp_path / "project")
    hands.window.commands.project.export()
    form = hands.dialog(ExportForm)
    hands.click(form.images.with_problems)
    hands.click(form.advanced)
    form.format.box.setCurrentIndex(form.format.box.findData("geojson"))
    hands.wait(form.confirm.isEnabled)
    options = form.options
    assert (options.coordinates.isEnabled(), options.chip_size.isEnabled()) == (True, False)
    options.coordinates.setCurrentIndex(1)
    form.out.field.setText(str(tmp_path / "json"))
    hands.wait(form.confirm.isEnabled)
    hands.click(form.confirm)
    hands.wait(form.outcome.isVisible)
    assert "crs" not in json.loads((tmp_path / "json" / "map.geojson").read_text())
    form.format.box.setCurrentIndex(form.format.box.findData("coco"))
    hands.wait(form.confirm.isEnabled)
    assert (options.coordinates.isEnabled(), options.chip_size.isEnabled()) == (False, True)
    options.chip_size.setValue(8)
    form.out.field.setText(str(tmp_path / "chips"))
    hands.wait(form.confirm.isEnabled)
    hands.click(form.confirm)
    hands.wait(form.error.isVisible)
    assert "too small" in form.error.text()
    options.chip_size.setValue(64)
    options.chip_stride.setValue(40)
    hands.click(form.confirm)
    hands.wait(form.outcome.isVisible)
    assert {file.name for file in (tmp_path / "chips" / "images").iterdir()} >= {"map_x0_y0.png", "map_x40_y0.png"}
    form.reject()
