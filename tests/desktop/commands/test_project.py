"""Commands on the project as a whole: closed, looked through again, and a folder of photos told from a project."""

from PySide6.QtCore import Qt

from acseg_desktop.dialogs.new_project import NewProjectForm


def test_closing_a_project_shows_the_start_page(hands, project_folder):
    hands.open(project_folder)
    hands.press(Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    hands.wait(hands.window.start.isVisible)
    hands.rest()
    assert not hands.window.session.is_open
    assert hands.window.images.rowCount() == 0
    hands.open(project_folder)


def test_new_images_are_listed_when_the_folder_is_looked_through_again(hands, project_folder, photos, write_photo):
    hands.open(project_folder)
    write_photo(photos / "new.png", seed=9)
    hands.window.commands.project.rescan()
    hands.rest()
    assert hands.window.images.rowCount() == 5
    assert "1 new image" in hands.window.status.currentMessage()


def test_a_folder_of_photos_is_not_opened_but_offered_as_a_new_project(hands, photos, project_folder):
    hands.window.commands.project.open_dropped(photos)
    form = hands.dialog(NewProjectForm)
    assert form.images.path == photos
    form.reject()
    hands.window.commands.project.open_dropped(project_folder)
    hands.wait(lambda: hands.window.session.is_open)
    hands.rest()
    assert hands.window.session.project.folder == project_folder
