"""Renamed and moved photos in the window: told in a sentence, asked about where it is not certain; copied projects.

Covers: dialogs.moved_file.
"""

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from acseg_core.images.files import inspect_image
from acseg_core.images.image_paths import OUTSIDE
from acseg_core.store import open_project, queries
from acseg_core.store.edits import ingest, review
from acseg_desktop.dialogs.moved_file import MovedFileForm


def rescan(hands):
    hands.window.commands.project.rescan()
    hands.rest()


def banner(hands):
    shown = hands.window.commands.project._context.banners.project
    return shown if shown.isVisible() else None


def listed(hands):
    return {record.path: record.problem for record in queries.images(hands.window.session.require())}


@pytest.fixture
def first(hands, project_folder):
    """The path of the first image, which is on the canvas; somebody named a region in it and in the second."""
    with open_project(project_folder) as project:
        for image_id in queries.image_ids(project)[:2]:
            review.name_regions_as(project, [queries.regions(project, image_id)[0].id], "cat")
    hands.open(project_folder)
    return hands.window.viewer.record.path


def test_a_moved_photo_stays_on_the_canvas_with_its_regions(hands, first, photos):
    regions = {region.id for region in hands.window.viewer.regions}
    assert regions
    (photos / "sub").mkdir(exist_ok=True)
    (photos / first).rename(photos / "sub" / "renamed.png")
    rescan(hands)
    assert hands.window.viewer.record.path == "sub/renamed.png"
    assert {region.id for region in hands.window.viewer.regions} == regions
    assert hands.window.viewer.photo is not None
    assert banner(hands).text.text() == "1 image was moved; its regions moved with it."
    assert hands.window.images.rowCount() == 4
    assert set(listed(hands).values()) == {""}


def test_a_second_empty_image_on_the_canvas_gives_way(hands, project_folder, photos):
    """As older versions left it; whoever looks at the empty one is shown another image, not an error."""
    with open_project(project_folder) as project:
        first = queries.images(project)[0].path
        (photos / first).rename(photos / "zzz.png")
        ingest.add_images(project, [inspect_image(photos, "zzz.png")])
        ingest.mark_problems(project, {first: "missing"})
        empty = queries.image_by_path(project, "zzz.png").id
    hands.window.session.open(project_folder)
    hands.wait(lambda: hands.window.session.is_open)
    hands.window.commands.browse.show(empty)
    hands.rest()
    assert listed(hands)["zzz.png"] == ""
    assert hands.window.images.rowCount() == 4
    assert hands.window.viewer.record is not None
    assert hands.window.viewer.record.id != empty
    assert banner(hands).text.text() == "1 image was moved; its regions moved with it."
    hands.window.commands.browse.show(queries.image_by_path(hands.window.session.require(), "zzz.png").id)
    hands.rest()
    assert len(hands.window.viewer.regions) == 4


def test_which_of_two_equal_photos_it_is_now_is_asked(hands, first, photos):
    regions = {region.id for region in hands.window.viewer.regions}
    shutil.copy(photos / first, photos / "one.png")
    (photos / first).rename(photos / "two.png")
    rescan(hands)
    assert "1 missing image may have been renamed: choose the right file." in banner(hands).text.text()
    assert banner(hands).text.text().count("missing") == 1, "told once"
    hands.click(hands.button(banner(hands), "Choose…"))
    form = hands.dialog(MovedFileForm)
    assert [form.list.item(row).text() for row in range(form.list.count())] == ["one.png", "two.png"]
    QTest.keyClick(form.list, Qt.Key.Key_Down)
    QTest.keyClick(form.list, Qt.Key.Key_Return)
    hands.rest()
    assert listed(hands)["two.png"] == listed(hands)["one.png"] == ""
    assert first not in listed(hands)
    assert hands.window.viewer.record.path == "two.png"
    assert {region.id for region in hands.window.viewer.regions} == regions
    assert banner(hands) is None or "Choose" not in [button.text() for button in banner(hands).buttons]


def test_one_question_can_be_left_for_the_next(hands, first, photos):
    second = next(path for path in listed(hands) if path != first)
    for path, name in ((first, "a"), (second, "b")):
        shutil.copy(photos / path, photos / f"new {name}1.png")
        (photos / path).rename(photos / f"new {name}2.png")
    rescan(hands)
    hands.click(hands.button(banner(hands), "Choose…"))
    form = hands.dialog(MovedFileForm)
    assert form.list.item(0).text() == "new a1.png"
    hands.click(hands.button(form, "Skip (1 more)"))
    hands.wait(lambda: any(f.isVisible() and f.list.item(0).text() == "new b1.png" for f in forms(hands)))
    form = next(form for form in forms(hands) if form.isVisible())
    hands.click(form.confirm)
    hands.rest()
    assert "new b1.png" in listed(hands)
    assert second not in listed(hands)
    assert listed(hands)[first] == "missing", "what was skipped is asked again"
    assert "1 missing image may" in banner(hands).text.text()


def forms(hands):
    return hands.window.findChildren(MovedFileForm)


def test_a_project_copied_with_its_photos_says_so_once(hands, project_folder, photos, tmp_path):
    place = tmp_path / "copy"
    shutil.copytree(project_folder, place / project_folder.relative_to(tmp_path))
    shutil.copytree(photos, place / photos.relative_to(tmp_path))
    copied = place / project_folder.relative_to(tmp_path)
    hands.open(copied)
    access = hands.window.commands.project._context.banners.access
    assert access.isVisible()
    told = f"This project was copied together with its photos. It now uses the copies, not the photos in {photos}."
    assert access.text.text() == told
    assert hands.window.session.project.image_root == place / photos.relative_to(tmp_path)
    hands.window.commands.project.close()
    hands.wait(lambda: not hands.window.session.is_open)
    hands.rest()
    hands.open(copied)
    assert not access.isVisible()


def test_an_image_outside_the_folder_is_shown_as_that(hands, project_folder, photos):
    with open_project(project_folder) as project:
        first = queries.images(project)[0].path
        with project.write() as connection:
            connection.exec_driver_sql("UPDATE image SET path = ?, sort_key = '!' WHERE path = ?", ("../a.png", first))
    (photos / first).rename(photos.parent / "a.png")
    hands.open(project_folder)
    assert hands.window.viewer.record.problem == OUTSIDE
    assert hands.window.viewer.photo is None
    image = hands.window.commands.project._context.banners.image
    assert image.isVisible()
    assert image.text.text() == f"../a.png: {OUTSIDE}. Its regions are kept."
    assert banner(hands) is None, "one banner a matter"


def test_relocating_to_a_folder_with_other_names_keeps_the_regions(hands, first, photos, tmp_path):
    """It was refused where every photo had another name; and those renamed were missing."""
    regions = {region.id for region in hands.window.viewer.regions}
    (photos / "deep").mkdir()
    for path in list(listed(hands)):
        (photos / path).rename(photos / "deep" / path.replace("/", "_").upper())
    photos.rename(tmp_path / "elsewhere")
    hands.window.commands.project.relocate_to(tmp_path / "elsewhere")
    hands.rest()
    assert set(listed(hands).values()) == {""}
    assert hands.window.viewer.record.path == f"deep/{first.upper()}"
    assert {region.id for region in hands.window.viewer.regions} == regions
    assert banner(hands).text.text() == "4 images were moved; their regions moved with them."
    assert "4 images found and checked" in hands.window.status.currentMessage()
