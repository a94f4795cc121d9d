"""Which images leave, as the form of an export says it before it writes; before, all of them left without a word."""

import json

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from acseg_core.reports import LeftOut
from acseg_core.store import open_project, queries
from acseg_core.store.edits import review
from acseg_core.types import ImageStatus
from acseg_desktop.dialogs.export_form import ExportForm


@pytest.fixture
def folder(project_folder):
    """Of four images, two have regions and a name; the first and the last are done."""
    with open_project(project_folder) as project:
        ids = queries.image_ids(project)
        for image_id in ids[:2]:
            review.name_regions_as(project, [queries.regions(project, image_id)[0].id], "sky")
        review.set_image_statuses(project, [ids[0], ids[3]], ImageStatus.DONE)
    return project_folder


def opened(hands, folder):
    hands.open(folder)
    hands.window.commands.project.export()
    form = hands.dialog(ExportForm)
    counted(hands, form)
    return form


def counted(hands, form):
    hands.wait(lambda: form.images.preview is not None)
    links = {reason: link.text() for reason, link in form.images.reasons.items() if link.isVisible()}
    return form.images.counts.text(), links


def test_done_images_are_counted_before_anything_is_written(hands, folder, tmp_path):
    form = opened(hands, folder)
    assert form.images.done.isChecked()
    assert not form.images.selected.isVisible()
    assert counted(hands, form) == (
        "2 images, 1 region, 0 of them things, 1 image without regions",
        {LeftOut.NOT_DONE: "2 images left out: not done"},
    )
    hands.click(form.images.named)
    text, links = counted(hands, form)
    assert text.startswith("2 images, 2 regions")
    assert links == {LeftOut.NOT_NAMED: "2 images left out: nothing named"}
    hands.click(form.all_regions)
    assert counted(hands, form)[0].startswith("2 images, 8 regions")
    hands.click(form.images.done)
    counted(hands, form)
    form.out.field.setText(str(tmp_path / "out.json"))
    hands.click(form.confirm)
    hands.wait(form.outcome.isVisible)
    written = json.loads((tmp_path / "out.json").read_text())
    assert (len(written["images"]), len(written["annotations"])) == (2, 4)
    form.reject()


def test_nothing_done_says_what_to_do(hands, project_folder):
    form = opened(hands, project_folder)
    assert counted(hands, form)[0] == "No image is done yet. Finish one or choose other images."
    assert not form.confirm.isEnabled()
    hands.click(form.images.everything)
    counted(hands, form)
    assert form.confirm.isEnabled()
    form.reject()


def test_files_replaced_since_the_last_scan_are_found_and_shown(hands, folder):
    hands.open(folder)
    project = hands.window.session.project
    first, *_, last = queries.images(project)
    (project.image_root / last.path).unlink()
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(255)
    assert image.save(str(project.image_root / first.path), "PNG")
    hands.window.commands.project.export()
    form = hands.dialog(ExportForm)
    text, links = counted(hands, form)
    assert text == "Nothing to export.", "there are done images, but none whose file is there"
    assert links[LeftOut.MISSING] == "1 image left out: file missing"
    assert links[LeftOut.CHANGED] == "1 image left out: file changed since it was labelled"
    hands.rest()
    hands.click(form.images.with_problems)
    assert counted(hands, form)[0].startswith("2 images")
    hands.click(form.images.with_problems)
    counted(hands, form)
    hands.click(form.images.reasons[LeftOut.CHANGED])
    hands.rest()
    assert QApplication.activeModalWidget() is None
    assert hands.window.strip.search.text() == "status:done queue:changed"
    assert [hands.window.images.row(0).record.path] == [first.path]
    assert hands.window.images.rowCount() == 1


def test_a_form_that_is_left_counts_no_more(hands, folder):
    hands.open(folder)
    hands.window.commands.project.export()
    form = hands.dialog(ExportForm)
    form.reject()
    hands.rest()
    assert form.images.preview is None
