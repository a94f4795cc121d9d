"""A region in several parts gets the name of a thing: the bar offers to split it, once."""

import numpy as np
import pytest
from desktop.panels.label_desk import make_label, undo
from PySide6.QtCore import Qt

from acseg_core.store import open_project
from acseg_core.store.edits import painting
from acseg_core.types import PixelPatch


@pytest.fixture
def parted(hands, project_folder):
    """The largest region of the first image, top left (60 x 40), is cut in three by strips of its neighbour."""
    with open_project(project_folder) as project:
        for left in (15, 35):
            painting.paint(project, 1, PixelPatch(left, 0, np.ones((40, 5), bool)), region_id=2)
    hands.open(project_folder)
    return hands


def name(desk, text, x=5, y=5):
    desk.click_region(x, y)
    desk.press(Qt.Key.Key_Slash)
    desk.type(text)
    desk.press(Qt.Key.Key_Return)
    desk.rest()


def rows(desk):
    model = desk.window.regions.model
    return [(model.name(region), model.parts_text(region)) for region in desk.window.viewer.regions]


def test_naming_a_thing_in_parts_offers_to_split_it(parted):
    """On the code of before, nothing said that one region was several cars."""
    assert rows(parted)[0][1] == "3 parts"
    banner = parted.window.banners.parts
    assert not banner.isVisible()
    name(parted, "car")
    parted.wait(banner.isVisible)
    assert banner.text.text() == "This “car” has 3 parts. Is each one a separate object?"
    assert [button.text() for button in banner.buttons] == ["Split (Shift+C)", "Keep together"]
    parted.click(banner.buttons[0])
    parted.rest()
    assert not banner.isVisible()
    assert rows(parted).count(("car", "")) == 3
    assert len(parted.window.viewer.regions) == 6
    assert len(parted.window.canvas.selection) == 3
    undo(parted)
    assert len(parted.window.viewer.regions) == 4


def test_shift_c_splits_and_takes_the_offer_away(parted):
    name(parted, "car")
    parted.wait(parted.window.banners.parts.isVisible)
    parted.press(Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier)
    parted.rest()
    assert len(parted.window.viewer.regions) == 6
    assert not parted.window.banners.parts.isVisible()


def test_what_is_kept_is_in_the_project_and_not_asked_about_again(make_window, project_folder, parted):
    """On the code of before only the window knew: one annotation a part left, and after a restart it asked again."""
    name(parted, "car")
    banner = parted.window.banners.parts
    parted.wait(banner.isVisible)
    parted.click(banner.buttons[1])
    parted.rest()
    assert not banner.isVisible()
    assert rows(parted)[0] == ("car", "3 parts, one thing")
    assert parted.window.session.history.undo == "Keep together"
    name(parted, "bus")
    assert not banner.isVisible()
    parted.close()
    again = make_window()
    again.open(project_folder)
    assert rows(again)[0] == ("bus", "3 parts, one thing")
    name(again, "car")
    assert not again.window.banners.parts.isVisible()
    undo(again)
    undo(again)
    undo(again)
    assert rows(again)[0] == ("car", "3 parts"), "the answer is taken back"


def test_shift_c_splits_what_was_kept_together(parted):
    name(parted, "car")
    parted.wait(parted.window.banners.parts.isVisible)
    parted.click(parted.window.banners.parts.buttons[1])
    parted.rest()
    parted.click_region(5, 5)
    parted.press(Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier)
    parted.rest()
    assert rows(parted).count(("car", "")) == 3
    assert not any(region.is_together for region in parted.window.viewer.regions)


def test_stuff_has_no_number_and_nothing_is_asked(parted):
    name(parted, "sky")
    assert not parted.window.banners.parts.isVisible()
    assert rows(parted)[0] == ("sky", "")
    assert not next(iter(parted.window.session.labels.values())).is_thing


def test_another_image_takes_the_offer_away(parted):
    make_label(parted, "car")
    parted.click_region(5, 5)
    parted.press(Qt.Key.Key_1)
    parted.rest()
    assert parted.window.banners.parts.isVisible()
    parted.press(Qt.Key.Key_D)
    parted.rest()
    assert not parted.window.banners.parts.isVisible()
