"""The form for an export: where the file goes, and what is not written over."""

import json
import os

import numpy as np
import pytest

from acseg_core.store import open_project
from acseg_core.store.edits import painting
from acseg_core.types import PixelPatch
from acseg_desktop.dialogs.export_form import ExportForm
from acseg_desktop.dialogs.form import with_ending


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
