"""The palette of names: a few letters, Enter, and the label is given or made."""

from desktop.commands.reviewing import name_of, regions
from PySide6.QtCore import Qt

from acseg_core.store import open_project
from acseg_core.store.edits.labels import create_label
from acseg_core.types import ImageStatus, RegionStatus
from acseg_desktop.appearance.scaling import scaled


def test_typing_makes_a_label_and_digit_gives_it_again(desk):
    desk.click_region(10, 10)
    first = next(iter(desk.window.canvas.selection))
    desk.press(Qt.Key.Key_Slash)
    assert desk.window.search.isVisible()
    desk.type("Green House")
    desk.press(Qt.Key.Key_Return)
    desk.rest()
    assert name_of(desk, first) == "Green House"
    assert [label.hotkey for label in desk.window.session.labels.values()] == ["1"]
    desk.click_region(80, 10)
    second = next(iter(desk.window.canvas.selection))
    assert second != first
    desk.press(Qt.Key.Key_1)
    desk.rest()
    assert name_of(desk, second) == "Green House"
    assert regions(desk)[1].status is RegionStatus.ACCEPTED
    assert desk.window.viewer.record.status is ImageStatus.IN_REVIEW
    assert desk.window.labels.model.rowCount() == 1


def test_search_finds_by_few_letters(desk):
    for name in ("sky", "skyscraper", "grass"):
        desk.click_region(10, 10)
        desk.press(Qt.Key.Key_Slash)
        desk.type(name)
        if name == "sky":
            desk.press(Qt.Key.Key_Return)
        else:
            desk.press(Qt.Key.Key_Up)
            assert desk.window.search.list.currentItem().text().startswith("Create label")
            desk.press(Qt.Key.Key_Return)
        desk.rest()
    desk.click_region(10, 10)
    desk.press(Qt.Key.Key_Slash)
    desk.type("gr")
    assert desk.window.search.list.currentItem().text().startswith("grass")
    desk.press(Qt.Key.Key_Escape)
    assert not desk.window.search.isVisible()
    assert desk.window.canvas.hasFocus()


def test_a_new_label_is_a_thing_or_stuff_as_it_sounds_or_as_is_chosen(desk):
    """On the code of before, every label was made a thing unasked."""
    for typed, is_thing, first in (("sky", False, "stuff"), ("dog", True, "things")):
        desk.click_region(10, 10)
        desk.press(Qt.Key.Key_Slash)
        desk.type(typed)
        assert first in desk.window.search.list.item(0).text()
        desk.press(Qt.Key.Key_Return)
        desk.rest()
        assert {label.name: label.is_thing for label in desk.window.session.labels.values()}[typed] is is_thing
    desk.click_region(10, 10)
    desk.press(Qt.Key.Key_Slash)
    desk.type("foam")
    rows = desk.window.search.list
    desk.qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualItemRect(rows.item(1)).center())
    desk.rest()
    assert {label.name: label.is_thing for label in desk.window.session.labels.values()}["foam"] is True
    assert name_of(desk, regions(desk)[0].id) == "foam"


def test_a_new_name_is_not_taken_for_another_with_its_letters(desk):
    for typed in ("traffic light", "tail", "tl"):
        desk.click_region(10, 10)
        desk.press(Qt.Key.Key_Slash)
        desk.type(typed)
        desk.press(Qt.Key.Key_Return)
        desk.rest()
        expected = "traffic light" if typed == "tl" else typed
        assert name_of(desk, regions(desk)[0].id) == expected


def test_the_palette_of_names_is_whole_over_a_low_canvas(hands, project_folder):
    with open_project(project_folder) as project:
        for number in range(9):
            create_label(project, f"label {number}")
    hands.open(project_folder)
    window, search = hands.window, hands.window.search
    for percent, height in ((100, 760), (150, 700), (200, 640)):
        window.commands.settings.choose_text_size(percent)
        window.resize(1100, height)
        try:
            hands.rest()
            hands.click_region(10, 10)
            hands.press(Qt.Key.Key_Slash)
            hands.wait(search.isVisible)
            assert search.geometry().bottom() < window.workspace.height(), percent
            assert search.hint.geometry().bottom() <= search.height(), percent
            assert search.list.height() >= 2 * scaled(32), percent
            hands.qtbot.keyClick(search.field, Qt.Key.Key_Up)  # to the last one
            box = search.list.visualItemRect(search.list.currentItem())
            assert search.list.viewport().rect().contains(box.center()), percent
            hands.qtbot.keyClick(search.field, Qt.Key.Key_Escape)
        finally:
            window.commands.settings.choose_text_size(100)
