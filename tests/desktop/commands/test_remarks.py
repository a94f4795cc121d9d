"""A person comments an image and marks it as reviewed, by keys and mouse.

On the code of before there was nothing of it.

Covers: panels.comment_bar.
"""

from desktop.commands.reviewing import regions
from PySide6.QtCore import Qt

from acseg_core.store import queries

CTRL = Qt.KeyboardModifier.ControlModifier


def record(desk, image_id):
    return queries.image(desk.window.session.project, image_id)


def name_and_accept(desk):
    desk.click_region(10, 10)
    desk.press(Qt.Key.Key_Slash)
    desk.type("sky")
    desk.press(Qt.Key.Key_Return)
    desk.rest()
    desk.press(Qt.Key.Key_Return)
    desk.rest()


def comment(desk, text):
    desk.press(Qt.Key.Key_M, CTRL)
    desk.type(text)


def test_a_comment_is_written_shown_changed_and_undone(desk):
    window, bar = desk.window, desk.window.comment_bar
    first = window.viewer.image_id
    assert not bar.isVisible()
    comment(desk, "too dark 1")
    assert len(regions(desk)) == 4, "letters and digits are the text's"
    desk.press(Qt.Key.Key_Return)
    desk.rest()
    assert record(desk, first).comment == "too dark 1"
    assert bar.isVisible()
    assert window.canvas.hasFocus()
    desk.press(Qt.Key.Key_D)
    desk.rest()
    assert not bar.isVisible(), "the next image has none"
    desk.press(Qt.Key.Key_A)
    desk.rest()
    assert (bar.isVisible(), bar.field.text()) == (True, "too dark 1")
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.rest()
    assert (record(desk, first).comment, bar.isVisible()) == ("", False)
    desk.press(Qt.Key.Key_Y, CTRL)
    desk.rest()
    assert (record(desk, first).comment, bar.field.text()) == ("too dark 1", "too dark 1")


def test_esc_calls_a_comment_off_and_a_click_elsewhere_keeps_it(desk):
    first = desk.window.viewer.image_id
    comment(desk, "nonsense")
    desk.press(Qt.Key.Key_Escape)
    desk.rest()
    assert (record(desk, first).comment, desk.window.comment_bar.isVisible()) == ("", False)
    comment(desk, "dark")
    desk.click_region(10, 10)
    desk.rest()
    assert record(desk, first).comment == "dark"


def test_a_comment_that_is_being_written_belongs_to_its_image(desk):
    """Nothing is lost and nothing goes astray when another image comes by a click in the list."""
    window = desk.window
    first, second = queries.image_ids(window.session.project)[:2]
    comment(desk, "of the first")
    window.commands.browse.show(second)
    desk.rest()
    assert record(desk, first).comment == "of the first"
    assert record(desk, second).comment == ""
    assert window.comment_bar.field.text() == ""


def test_a_region_named_meanwhile_leaves_the_text_that_is_typed(desk):
    comment(desk, "half a sen")
    desk.window.viewer.reload()
    desk.rest()
    assert desk.window.comment_bar.field.text() == "half a sen"


def test_a_second_person_marks_an_image_as_reviewed(desk):
    window = desk.window
    first = window.viewer.image_id
    desk.press(Qt.Key.Key_R, CTRL)
    desk.rest()
    assert "not done yet" in window.status.currentMessage()
    assert not window.actions_["image.reviewed"].isChecked()
    name_and_accept(desk)
    desk.press(Qt.Key.Key_A)
    desk.rest()
    desk.press(Qt.Key.Key_R, CTRL)
    desk.rest()
    assert record(desk, first).is_reviewed
    assert window.actions_["image.reviewed"].isChecked()
    assert window.header.status.text() == "Done, reviewed"
    desk.press(Qt.Key.Key_R, CTRL)
    desk.rest()
    assert not record(desk, first).is_reviewed
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.rest()
    assert record(desk, first).is_reviewed


def test_editing_a_reviewed_image_ends_its_review(desk):
    window = desk.window
    first = window.viewer.image_id
    name_and_accept(desk)
    desk.press(Qt.Key.Key_A)
    desk.rest()
    desk.press(Qt.Key.Key_R, CTRL)
    desk.rest()
    desk.click_region(80, 50)
    desk.press(Qt.Key.Key_1)
    desk.rest()
    assert not record(desk, first).is_reviewed
    assert window.header.status.text() == "Done"
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.rest()
    assert window.header.status.text() == "Done, reviewed"


def test_remarks_are_found_in_the_list(desk):
    window = desk.window
    first = window.viewer.image_id
    comment(desk, "Dark")
    desk.press(Qt.Key.Key_Return)
    desk.rest()
    desk.press(Qt.Key.Key_F, CTRL)
    desk.type("comm")
    desk.press(Qt.Key.Key_Tab)
    assert window.strip.search.text() == "comment:"
    desk.type("dark")
    desk.press(Qt.Key.Key_Return)
    desk.rest()
    assert list(window.images.ids) == [first]
    window.strip.search.clear()
    desk.rest()
    desk.press(Qt.Key.Key_F, CTRL)
    desk.type("-is:commented")
    desk.press(Qt.Key.Key_Return)
    desk.rest()
    assert len(window.images.ids) == 3


def test_a_read_only_project_keeps_its_comments(desk, make_window, project_folder):
    other = make_window()
    other.window.session.open(project_folder, read_only=True)
    other.wait(lambda: other.window.viewer.record is not None)
    other.rest()
    other.press(Qt.Key.Key_M, CTRL)
    assert not other.window.comment_bar.isVisible()
