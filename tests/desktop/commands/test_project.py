"""Commands on the project as a whole: closed, looked through again, and a folder of photos told from a project."""

from PySide6.QtCore import Qt

from acseg_desktop.dialogs.message import Message
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


def test_the_keys_are_in_the_line_for_the_photos_when_a_project_is_asked_for(hands, photos):
    hands.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = hands.dialog(NewProjectForm)
    hands.wait(form.images.field.hasFocus)
    hands.type(str(photos))
    assert form.images.path == photos
    form.reject()


def test_what_was_typed_is_there_again_when_making_a_project_fails(hands, photos, tmp_path):
    """A file is where a folder above the project would be made."""
    (tmp_path / "file").write_text("no folder")
    hands.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = hands.dialog(NewProjectForm)
    hands.wait(form.images.field.hasFocus)
    hands.type(str(photos))
    form.folder.field.setFocus()
    form.folder.field.selectAll()
    hands.type(str(tmp_path / "file" / "project"))
    form.name.setFocus()
    form.name.selectAll()
    hands.type("Streets")
    hands.wait(form.confirm.isEnabled)
    hands.click(form.confirm)
    hands.wait(lambda: not form.isVisible())
    again = hands.dialog(NewProjectForm)
    assert again is not form
    assert (again.images.path, again.folder.path, again.name.text()) == (
        photos,
        tmp_path / "file" / "project",
        "Streets",
    )
    assert again.error.text()
    again.folder.field.setFocus()
    again.folder.field.selectAll()
    hands.type(str(tmp_path / "good"))
    hands.wait(again.confirm.isEnabled)
    hands.click(again.confirm)
    hands.wait(lambda: hands.window.session.is_open)
    assert hands.window.session.project.name == "Streets"


def test_photos_from_elsewhere_are_copied_when_that_is_agreed_to(hands, project_folder, photos, tmp_path, write_photo):
    (tmp_path / "trip").mkdir()
    write_photo(tmp_path / "trip" / "new.png", seed=9)
    hands.open(project_folder)
    hands.window.commands.project.add([tmp_path / "trip"])
    message = hands.dialog(Message)
    hands.click(hands.button(message, "Copy and add"))
    hands.wait(lambda: hands.window.images.rowCount() == 5)
    hands.rest()
    assert (photos / "trip" / "new.png").read_bytes() == (tmp_path / "trip" / "new.png").read_bytes()
