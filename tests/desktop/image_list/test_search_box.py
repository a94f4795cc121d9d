"""The search above the list of images: its words, their completion, and what is said of wrong ones."""

from desktop.image_list.desk import CTRL, paths, search
from PySide6.QtCore import Qt

from acseg_core.store import queries
from acseg_core.store.edits import review
from acseg_core.store.edits.labels import create_label


def test_search_follows_the_words(desk):
    project = desk.window.session.project
    name = queries.regions(project, queries.image_ids(project)[1])[0].id
    desk.window.session.edit(lambda project: review.name_regions_as(project, [name], "traffic light"))
    desk.rest()
    search(desk, 'label:"traffic light"', 1)
    assert paths(desk) == ["a2.png"]
    assert desk.window.strip.count.text() == "1 of 4 images"
    search(desk, "-regions>0", 2)
    assert paths(desk) == ["a10.jpg", "sub/b.png"]


def test_the_search_brings_the_list_back_and_is_off_in_the_browser(desk):
    window = desk.window
    window.docks.images.hide()
    desk.press(Qt.Key.Key_F, CTRL)
    assert window.docks.images.isVisible()
    desk.wait(window.strip.search.hasFocus)
    desk.press(Qt.Key.Key_Escape)
    assert window.canvas.hasFocus()
    desk.press(Qt.Key.Key_G)
    desk.rest()
    assert window.commands.clusters.is_open
    assert not window.actions_["image.search"].isEnabled()


def test_a_name_is_completed_by_keys(desk):
    desk.window.session.edit(lambda project: create_label(project, "traffic light"))
    desk.rest()
    box = desk.window.strip.search
    desk.press(Qt.Key.Key_F, CTRL)
    desk.type("-la")
    desk.wait(box._popup.isVisible)
    assert box._choices.stringList() == ["label:", "labels>"]
    desk.qtbot.keyClick(box, Qt.Key.Key_Tab)
    assert box.text() == "-label:"
    assert box.hasFocus()
    desk.wait(box._popup.isVisible)
    desk.qtbot.keyClick(box._popup, Qt.Key.Key_Return)
    assert box.text() == '-label:"traffic light" '
    desk.wait(lambda: str(desk.window.images.listing.search) == '-label:"traffic light"')


def test_what_begins_like_a_key_is_still_a_text(desk):
    desk.press(Qt.Key.Key_F, CTRL)
    desk.type("su")
    box = desk.window.strip.search
    desk.wait(box._popup.isVisible)
    desk.qtbot.keyClick(box._popup, Qt.Key.Key_Return)
    desk.wait(lambda: paths(desk) == ["sub/b.png"])
    assert box.text() == "su"


def test_a_bad_word_is_said_and_the_list_stays(desk):
    strip = desk.window.strip
    search(desk, "a1", 2)
    desk.press(Qt.Key.Key_F, CTRL)
    desk.type("conf<7")
    assert not strip.complaint.isVisible(), "not while one types"
    desk.press(Qt.Key.Key_Return)
    assert strip.complaint.isVisible()
    assert "write conf<0.6" in strip.complaint.text()
    assert strip.search.hasFocus()
    assert desk.window.images.rowCount() == 2
    strip.search.selectAll()
    desk.type("label:dog ")
    desk.wait(lambda: "no labels yet" in strip.complaint.text())
    assert desk.window.images.rowCount() == 2
    strip.search.selectAll()
    desk.type("sub")
    desk.wait(lambda: desk.window.images.rowCount() == 1)
    assert not strip.complaint.isVisible()


def test_a_complaint_comes_by_itself_after_a_while(desk):
    desk.press(Qt.Key.Key_F, CTRL)
    desk.type("lable:car ")
    desk.wait(lambda: "did you mean label?" in desk.window.strip.complaint.text())


def test_search_by_name_and_status(desk):
    window = desk.window
    desk.click(window.strip.search)
    desk.type("sub")
    desk.wait(lambda: window.images.rowCount() == 1)
    assert window.viewer.record.path == "a1.png", "typing D or A in the field must not change the image"
    desk.press(Qt.Key.Key_Return)
    desk.wait(window.canvas.hasFocus)
    desk.rest()
    assert window.session.history.undo == "Propose", "Enter in the field must not accept the image"
    window.strip.clear_filter()
    desk.wait(lambda: window.images.rowCount() == 4)
    desk.press(Qt.Key.Key_F, CTRL)
    desk.type("status:prop")
    desk.wait(window.strip.search._popup.isVisible)
    desk.qtbot.keyClick(window.strip.search._popup, Qt.Key.Key_Return)
    assert window.strip.search.text() == "status:proposed "
    desk.wait(lambda: window.images.rowCount() == 2)
