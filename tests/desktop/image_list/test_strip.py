"""The list of images: searched, filtered, sorted and worked on by real keys and mouse."""

import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from acseg_core.store import open_project, queries
from acseg_core.store.edits import history, review, suggestions
from acseg_core.store.edits.labels import create_label, update_label
from acseg_core.types import ImageStatus, RegionStatus
from acseg_desktop.dialogs.export_form import ExportForm
from acseg_desktop.image_list.thumbnail_delegate import picture_size
from acseg_desktop.operations.images import set_status
from acseg_desktop.operations.project import scan

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def desk(hands, project_folder):
    hands.open(project_folder)
    return hands


@pytest.fixture
def many(hands, many_images):
    hands.open(many_images)
    return hands


def paths(desk):
    """Paths as the list shows them."""
    images = desk.window.images
    desk.wait(lambda: all(images.row(number) is not None for number in range(images.rowCount())))
    return [images.row(number).record.path for number in range(images.rowCount())]


def selected(desk):
    return [desk.window.images.row_of(image_id) for image_id in desk.window.strip.view.selected_ids()]


def click(desk, row, modifier=NONE, button=Qt.MouseButton.LeftButton):
    view = desk.window.strip.view
    at = view.visualRect(desk.window.images.index(row)).center()
    assert view.viewport().rect().contains(at), "click on what can be seen only"
    desk.qtbot.mouseClick(view.viewport(), button, modifier, at)


def search(desk, text, count):
    desk.press(Qt.Key.Key_F, CTRL)
    assert desk.window.strip.search.hasFocus()
    desk.type(text)
    desk.press(Qt.Key.Key_Return)
    desk.wait(lambda: desk.window.images.rowCount() == count)
    desk.wait(desk.window.canvas.hasFocus)
    desk.rest()


def menu(desk):
    """The menu of the selected images."""
    found = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMenu) and widget.isVisible()]
    assert len(found) == 1
    return found[0]


def choose(desk, text):
    shown = menu(desk)
    action = next(action for action in shown.actions() if action.text() == text)
    assert action.isEnabled()
    desk.qtbot.mouseClick(shown, Qt.MouseButton.LeftButton, pos=shown.actionGeometry(action).center())
    desk.rest()


def open_menu(desk, row):
    view = desk.window.strip.view
    at = view.visualRect(desk.window.images.index(row)).center()
    click(desk, row, button=Qt.MouseButton.RightButton)
    view.customContextMenuRequested.emit(at)  # the platform's part


# Search


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


def test_nothing_found_offers_a_way_back(desk):
    search(desk, "zebra", 0)
    strip = desk.window.strip
    assert strip.empty.isVisible()
    assert strip.nothing.text() == "No image matches."
    desk.click(strip.show_all)
    desk.wait(lambda: desk.window.images.rowCount() == 4)
    assert strip.view.isVisible()
    assert strip.search.text() == ""


def test_the_menu_writes_the_search(desk):
    strip = desk.window.strip
    for text, count, written in (
        ("Proposed", 2, "status:proposed"),
        ("New", 4, "status:proposed,new"),
        ("With unnamed regions", 2, "status:proposed,new queue:unnamed"),
        ("Proposed", 0, "status:new queue:unnamed"),
    ):
        strip.menu.popup(QPoint(10, 10))
        choose(desk, text)
        assert strip.search.text() == written
        desk.wait(lambda count=count: desk.window.images.rowCount() == count)
    strip.menu.popup(QPoint(10, 10))
    assert [action.text() for action in strip.menu.actions() if action.isChecked()] == ["New", "With unnamed regions"]
    choose(desk, "Clear search")
    desk.wait(lambda: desk.window.images.rowCount() == 4)


# Order, and what follows it


def test_orders_and_directions(desk):
    strip = desk.window.strip
    second = queries.image_ids(desk.window.session.project)[1]
    desk.window.session.edit(lambda project: review.set_image_status(project, second, ImageStatus.DONE))
    desk.rest()
    natural = paths(desk)

    def order(text, expected):
        strip.order.setCurrentText(text)
        strip.order.activated.emit(strip.order.currentIndex())
        desk.rest()
        assert paths(desk) == expected

    order("By regions", natural)
    desk.click(strip.direction)
    desk.rest()
    assert paths(desk) == [*natural[2:], *natural[:2]]
    order("By status", [*natural[2:], natural[0], natural[1]])
    order("By last change", [natural[1], natural[0], *natural[2:]])
    order("By path", natural)
    assert not desk.window.images.listing.descending


def test_the_keys_follow_the_filtered_list(many):
    window = many.window
    done = [3, 12, 13]
    window.session.edit(lambda project: review.set_image_statuses(project, done, ImageStatus.DONE))
    many.rest()
    search(many, "1", 12)
    listed = paths(many)
    assert listed == ["1.png", *(f"{n}.png" for n in range(10, 20)), "21.png"]
    names = {queries.image(window.session.project, image_id).path for image_id in done}
    assert names & set(listed)

    def press(*key):
        many.press(*key)
        many.rest()
        return window.viewer.record.path

    assert press(Qt.Key.Key_D) == "1.png", "0.png is not in the list: one begins at its start"
    assert press(Qt.Key.Key_D) == "10.png"
    following = [path for path in listed[2:] if path not in names]
    assert press(Qt.Key.Key_D, CTRL | SHIFT) == following[0]
    assert press(Qt.Key.Key_Return) == following[1], "Enter accepts and goes on in the list"
    assert press(Qt.Key.Key_D, CTRL | SHIFT) == following[2]
    assert press(Qt.Key.Key_A, CTRL | SHIFT) == following[1]
    for _ in range(12):
        press(Qt.Key.Key_D, CTRL | SHIFT)
    assert window.viewer.record.path == following[-1]
    assert "some before it are not" in window.status.currentMessage()
    set_status(window.session, window.images.ids[:-1], ImageStatus.DONE)
    many.rest()
    press(Qt.Key.Key_D, CTRL | SHIFT)
    assert "clear the search" in window.status.currentMessage()


# Several


def test_images_are_selected_by_mouse_and_keys(many):
    view = many.window.strip.view
    shown = many.window.viewer.image_id
    click(many, 1, CTRL)
    click(many, 3, CTRL)
    assert selected(many) == [0, 1, 3]
    assert many.window.viewer.image_id == shown, "one selects without leaving the image"
    click(many, 3, CTRL)
    assert selected(many) == [0, 1]
    click(many, 2)
    many.rest()
    assert many.window.viewer.image_id == many.window.images.image_id(2)
    assert selected(many) == [2]
    click(many, 5, SHIFT)
    assert selected(many) == [2, 3, 4, 5]
    click(many, 0, SHIFT)
    assert selected(many) == [0, 1, 2]
    view.setFocus()
    click(many, 2)
    for _ in range(3):
        many.press(Qt.Key.Key_Right, SHIFT)
    assert selected(many) == [2, 3, 4, 5]
    many.press(Qt.Key.Key_Left, SHIFT)
    assert selected(many) == [2, 3, 4]
    many.press(Qt.Key.Key_Right)
    many.rest()
    assert many.window.viewer.image_id == many.window.images.image_id(5)
    assert selected(many) == [5]
    many.press(Qt.Key.Key_End, SHIFT)
    assert selected(many) == list(range(5, 24))
    many.press(Qt.Key.Key_Home)
    many.rest()
    assert selected(many) == [0]
    many.press(Qt.Key.Key_A, CTRL)
    assert selected(many) == list(range(24))
    count = many.window.strip.count
    assert count.toolTip() == "24 of 24 images selected"
    for width, text in ((2000, "24 of 24 images selected"), (many.window.minimumSizeHint().width(), "24 / 24")):
        many.window.resize(width, 800)
        many.rest()
        assert count.text() in (text, "")
        assert count.fontMetrics().horizontalAdvance(count.text()) <= count.width()
        assert count.text() or width < 2000


def test_ctrl_a_on_the_canvas_still_means_regions(desk):
    desk.window.canvas.setFocus()
    desk.press(Qt.Key.Key_A, CTRL)
    assert len(desk.window.canvas.selection) == 4
    assert selected(desk) == [0]


def test_going_on_leaves_the_selection(many):
    click(many, 1, CTRL)
    many.window.canvas.setFocus()
    many.press(Qt.Key.Key_D)
    many.rest()
    assert selected(many) == [0, 1], "the image that comes is among them"
    many.press(Qt.Key.Key_D)
    many.rest()
    assert selected(many) == [2]


def test_status_of_many_is_one_step(many):
    window = many.window
    click(many, 2)
    click(many, 5, SHIFT)
    open_menu(many, 4)
    choose(many, "Set status: Done")
    project = window.session.project
    done = [record.status is ImageStatus.DONE for record in queries.images(project)]
    assert done == [2 <= number <= 5 for number in range(24)]
    assert window.status.currentMessage() == "4 images: Done"
    assert selected(many) == [2, 3, 4, 5]
    window.canvas.setFocus()
    many.press(Qt.Key.Key_Z, CTRL)
    many.rest()
    assert not any(record.status is ImageStatus.DONE for record in queries.images(project))


def test_suggestions_in_many_are_accepted_at_once(desk):
    def suggest(project):
        label, _ = create_label(project, "sky")
        ids = [region.id for image_id in first_two for region in queries.regions(project, image_id)[:2]]
        return suggestions.save_suggestions(project, ids, [label.id] * 4, [0.9] * 4)

    window = desk.window
    first_two = queries.image_ids(window.session.project)[:2]
    window.session.edit(suggest)
    desk.rest()
    click(desk, 0)
    click(desk, 1, CTRL)
    open_menu(desk, 1)
    choose(desk, "Accept all suggestions")
    project = window.session.project

    def accepted():
        return [sum(r.status is RegionStatus.ACCEPTED for r in queries.regions(project, i)) for i in first_two]

    assert accepted() == [2, 2]
    assert history.state(project).undo == "Accept suggestions"
    window.canvas.setFocus()
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.rest()
    assert accepted() == [0, 0]


def test_paths_are_copied(desk):
    click(desk, 2)
    click(desk, 3, CTRL)
    open_menu(desk, 3)
    choose(desk, "Copy paths")
    assert QGuiApplication.clipboard().text() == "a10.jpg\nsub/b.png"


def test_only_the_selected_images_are_exported(desk, tmp_path):
    click(desk, 1)
    click(desk, 2, CTRL)
    open_menu(desk, 2)
    choose(desk, "Export only these…")
    form = desk.dialog(ExportForm)
    assert "Only the 2 images" in " ".join(label.text() for label in form.findChildren(QLabel))
    form.out.set_path(tmp_path / "two.json")
    desk.click(form.all_regions)
    desk.click(form.confirm)
    desk.wait((tmp_path / "two.json").is_file)
    desk.rest()
    written = json.loads((tmp_path / "two.json").read_text())
    assert [image["file_name"] for image in written["images"]] == ["a2.png", "a10.jpg"]
    assert len(written["annotations"]) == 4
    assert {annotation["image_id"] for annotation in written["annotations"]} == {written["images"][0]["id"]}
    form.reject()


def test_the_menu_is_for_what_is_clicked(desk):
    click(desk, 0)
    open_menu(desk, 2)
    assert selected(desk) == [2]
    assert desk.window.viewer.record.path == "a1.png", "the right button shows no other image"
    menu(desk).close()


# The grid


def test_one_row_or_several(many):
    window, view = many.window, many.window.strip.view
    assert not view.wraps
    assert view.columns == 24
    assert view.verticalScrollBar().maximum() == 0
    many.press(Qt.Key.Key_End)
    click(many, 0)
    view.setFocus()
    many.press(Qt.Key.Key_End)
    many.rest()
    assert window.viewer.record.path == "23.png"
    last = view.visualRect(window.images.index(23))
    assert view.viewport().rect().contains(last.adjusted(0, 0, -1, -20))
    many.click(window.strip.taller)
    many.wait(lambda: view.wraps)
    assert window.strip.taller.isChecked()
    columns = view.columns
    assert 3 < columns < 12
    assert view.horizontalScrollBar().maximum() == 0
    assert view.viewport().rect().intersects(view.visualRect(window.images.index(23)))
    many.press(Qt.Key.Key_Up)
    many.rest()
    assert window.viewer.record.path == f"{23 - columns}.png"
    many.press(Qt.Key.Key_Home)
    many.rest()
    first = view.visualRect(window.images.index(0))
    assert (first.left(), first.top()) == (0, 0)
    assert view.visualRect(window.images.index(columns)).top() == first.height()
    for number in (0, columns - 1, columns, columns + 1):
        assert view.indexAt(view.visualRect(window.images.index(number)).center()).row() == number
    many.click(window.strip.taller)
    many.wait(lambda: not view.wraps)


def test_dragging_beside_the_cells_selects_what_it_touches(many):
    view = many.window.strip.view
    many.click(many.window.strip.taller)
    many.wait(lambda: view.wraps)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    columns = view.columns
    start = view.viewport().rect().bottomRight() - QPoint(3, 3)
    assert not view.indexAt(start).isValid()
    end = view.visualRect(many.window.images.index(23)).center()
    many.qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    many.qtbot.mouseMove(view.viewport(), end)
    many.qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert selected(many)[-1] == 23
    assert all(row % columns >= 23 % columns for row in selected(many))


def test_the_thumbnail_of_an_image_that_is_back_is_made_again(hands, project_folder, photos):
    photo = (photos / "a1.png").read_bytes()
    (photos / "a1.png").unlink()
    with open_project(project_folder) as project:
        for path in project.thumbnails_dir.rglob("*.jpg"):
            path.unlink()
        record = queries.image_by_path(project, "a1.png")
    thumbnails = hands.window.thumbnails
    hands.open(project_folder)
    hands.wait(lambda: thumbnails.get(record) is not None)
    assert thumbnails.get(record).isNull()
    (photos / "a1.png").write_bytes(photo)
    scan(hands.window.session)
    hands.rest()
    hands.wait(lambda: thumbnails.get(record) is not None)
    assert not thumbnails.get(record).isNull()


# Regions over the thumbnails


def test_regions_are_drawn_over_thumbnails_and_follow_edits(desk):
    window = desk.window
    images = window.images

    def color(row=0):
        pixmap = images.thumbnail(images.row(row))
        return None if pixmap is None or pixmap.isNull() else pixmap.toImage().pixelColor(20, 20).name()

    desk.wait(lambda: images.row(0) is not None and color() is not None)
    bare, other = color(), color(2)
    desk.click(window.strip.overlays)
    desk.wait(lambda: color() not in (None, bare))
    tinted = color()
    region = window.viewer.regions[0].id
    window.session.edit(lambda project: review.name_regions_as(project, [region], "red"))
    desk.rest()
    label = next(iter(window.session.labels.values()))
    window.session.edit(lambda project: update_label(project, label.id, color="#ff0000"))
    desk.wait(lambda: color() is not None and int(color()[1:3], 16) > int(color()[3:5], 16) + 60)
    red = color()
    window.session.edit(lambda project: update_label(project, label.id, color="#0000ff"))
    desk.wait(lambda: color() != red and int(color()[5:7], 16) > int(color()[3:5], 16) + 60)
    for _ in range(3):
        window.session.edit(history.undo)
    desk.wait(lambda: color() == tinted)
    assert color(2) == other, "an image without regions looks as before"
    desk.click(window.strip.overlays)
    desk.wait(lambda: color() == bare)
    desk.rest()


def test_whether_regions_are_drawn_is_remembered(hands, make_window, project_folder):
    hands.open(project_folder)
    hands.click(hands.window.strip.overlays)
    hands.rest()
    hands.close()
    again = make_window()
    assert again.window.strip.overlays.isChecked()
    assert again.window.thumbnails.with_regions


def test_larger_text_has_room_below_the_thumbnails(desk):
    window, view = desk.window, desk.window.strip.view
    before = view.visualRect(window.images.index(0)).size()
    window.theme.set_text_size(160)
    try:
        after = view.visualRect(window.images.index(0)).size()
        assert after.height() > before.height() + round(0.6 * 26)
        assert after.width() > before.width()
        assert view.minimumHeight() > after.height()
        click(desk, 1)
        desk.rest()
        assert window.viewer.record.path == "a2.png"
    finally:
        window.theme.set_text_size(100)


@pytest.mark.parametrize("percent", [100, 125, 200])
def test_names_below_thumbnails_can_be_told_apart_in_large_text(desk, percent):
    """Beside the count, nothing was left of them but the first letter and the last."""
    window, view = desk.window, desk.window.strip.view
    window.theme.set_text_size(percent)
    try:
        desk.press(Qt.Key.Key_D)
        desk.press(Qt.Key.Key_D)
        desk.rest()
        cells = [view.visualRect(window.images.index(row)) for row in (0, 1)]
        below = picture_size().height() + 10
        texts = [view.viewport().grab(cell.adjusted(4, below, -4, -4)).toImage() for cell in cells]
        assert [window.images.row(row).record.path for row in (0, 1)] == ["a1.png", "a2.png"]
        assert [window.images.row(row).regions for row in (0, 1)] == [4, 4]
        assert texts[0].size() == texts[1].size()
        assert texts[0] != texts[1]
    finally:
        window.theme.set_text_size(100)


def test_another_project_begins_without_a_search(desk, many_images):
    window = desk.window
    search(desk, "sub", 1)
    listed = []
    window.images.listed.connect(lambda: listed.append(window.images.rowCount()))
    window.open(many_images)
    desk.wait(lambda: window.session.is_open and listed)
    assert listed[0] == 24
    assert window.strip.search.text() == ""
    desk.rest()
