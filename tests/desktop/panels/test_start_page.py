"""The start page: ways to begin, recent projects, folders dropped on it or on the window.

Covers: dialogs.new_project.
"""

import sys

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from scene_files import write_scene

from acseg_core.images.scenes import choosing
from acseg_core.store import queries
from acseg_desktop.dialogs.new_project import NewProjectForm


def test_start_page_has_ways_to_begin(hands):
    start = hands.window.start
    assert start.isVisible()
    hands.click(start.new_button)
    hands.dialog(NewProjectForm).reject()
    assert not hands.window.actions_["project.export"].isEnabled()
    assert not hands.window.tools.isVisible()


def test_the_sample_orthophoto_is_offered_where_scenes_can_be_read(hands, make_window, monkeypatch):
    assert hands.window.start.scene_button.isVisible()
    monkeypatch.setattr("acseg_desktop.panels.start_page.scenes_are_read", lambda: False)
    assert not make_window().window.start.scene_button.isVisible()


def test_recent_projects_are_offered(hands, make_window, project_folder):
    hands.open(project_folder)
    hands.close()
    again = make_window()
    buttons = again.window.start.recent_buttons
    assert [button.toolTip() for button in buttons] == [str(project_folder)]
    # On the code of before it was the folder's name, which is "project" for most.
    assert buttons[0].text().split()[0] == "Test"
    recent = again.window.menus.recent
    recent.aboutToShow.emit()
    assert recent.actions()[0].text() == f"Test\t{project_folder}"
    again.click(buttons[0])
    again.wait(lambda: again.window.viewer.record is not None)
    again.rest()
    assert again.window.images.rowCount() == 4


def drop(widget, folder):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    widget.dropEvent(event)


def test_dropped_folder_becomes_a_project(hands, photos):
    drop(hands.window.start, photos)
    form = hands.dialog(NewProjectForm)
    hands.wait(form.confirm.isEnabled)
    hands.click(form.confirm)
    hands.wait(lambda: hands.window.viewer.record is not None)
    hands.rest()
    assert hands.window.images.rowCount() == 4


def test_dropped_project_is_opened(hands, project_folder):
    drop(hands.window, project_folder)
    hands.wait(lambda: hands.window.session.is_open)
    hands.rest()


def test_a_scene_is_chosen_as_a_file_and_becomes_a_project_of_its_tiles(hands, tmp_path, monkeypatch):
    monkeypatch.setattr(choosing, "LARGEST_MAP", 100)
    scene = write_scene(tmp_path / "maps" / "land.tif")
    write_scene(tmp_path / "maps" / "other.tif")
    hands.click(hands.window.start.new_button)
    form = hands.dialog(NewProjectForm)
    assert form.images.file_button.isVisible()
    form.images.set_path(scene)
    hands.wait(form.confirm.isEnabled)
    assert form.found.text() == "1 scene, 1 tile of about 896 px"
    assert (form.folder.path, form.name.text()) == (tmp_path / "maps" / "land-labels", "land")
    hands.click(form.confirm)
    hands.wait(lambda: hands.window.viewer.record is not None)
    hands.rest()
    assert [record.path for record in queries.images(hands.window.session.project)] == ["land#r1c1.tif"]


def test_a_folder_of_scenes_and_photos_is_told_of(hands, photos, monkeypatch):
    monkeypatch.setattr(choosing, "LARGEST_MAP", 100)
    write_scene(photos / "land.tif")
    hands.window.commands.project.new_from(photos)
    form = hands.dialog(NewProjectForm)
    hands.wait(form.confirm.isEnabled)
    assert form.found.text() == "4 images found, 1 scene, 1 tile of about 896 px"
    form.reject()


def test_without_rasterio_a_scene_alone_is_refused_with_the_way_to_it(hands, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "rasterio", None)
    (tmp_path / "land.jp2").touch()
    hands.window.commands.project.new_from(tmp_path / "land.jp2")
    form = hands.dialog(NewProjectForm)
    hands.wait(lambda: "acseg-desktop[geo]" in form.error.text())
    assert not form.confirm.isEnabled()
    form.reject()
