"""The list of images with its bar: filtered, sorted, emptied and found again."""

from desktop.image_list.desk import choose, click, menu, open_menu, paths, search, selected
from PySide6.QtCore import QPoint

from acseg_core.store import queries
from acseg_core.store.edits import review
from acseg_core.types import ImageStatus


def test_nothing_found_offers_a_way_back(desk):
    search(desk, "zebra", 0)
    strip = desk.window.strip
    assert strip.empty.isVisible()
    assert strip.nothing.text() == "No images match."
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

    order("By region count", natural)
    desk.click(strip.direction)
    desk.rest()
    assert paths(desk) == [*natural[2:], *natural[:2]]
    order("By status", [*natural[2:], natural[0], natural[1]])
    order("By last change", [natural[1], natural[0], *natural[2:]])
    order("By path", natural)
    assert not desk.window.images.listing.descending


def test_the_menu_is_for_what_is_clicked(desk):
    click(desk, 0)
    open_menu(desk, 2)
    assert selected(desk) == [2]
    assert desk.window.viewer.record.path == "a1.png", "the right button shows no other image"
    menu(desk).close()


def test_whether_regions_are_drawn_is_remembered(hands, make_window, project_folder):
    hands.open(project_folder)
    hands.click(hands.window.strip.overlays)
    hands.rest()
    hands.close()
    again = make_window()
    assert again.window.strip.overlays.isChecked()
    assert again.window.thumbnails.with_regions


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
