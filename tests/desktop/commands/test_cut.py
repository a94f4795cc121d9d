"""A person makes regions coarser and finer by keys and slider.

Covers: panels.granularity_bar.
"""

import threading

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from acseg_core.shapes import masks
from acseg_core.store import open_project, queries
from acseg_core.types import OpChanges
from acseg_desktop.dialogs.message import Message

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def review(hands, tree_project):
    hands.open(tree_project)
    return hands


def count(review):
    """Regions stored, which must be those on the canvas and in the list, and partition the image."""
    stored = queries.regions(review.window.session.project, review.window.viewer.image_id)
    assert {region.id for region in stored} == {region.id for region in review.window.viewer.regions}
    assert review.window.regions.model.rowCount() == len(stored)
    assert sum(masks.decode(region.mask).astype(int) for region in stored).tolist() == [[1] * 96] * 64
    return len(stored)


def granularity(review):
    return queries.image(review.window.session.project, review.window.viewer.image_id).granularity


def press(review, key, modifier=Qt.KeyboardModifier.NoModifier):
    review.press(key, modifier)
    review.rest()


def name(review, x, y, text):
    review.click_region(x, y)
    review.press(Qt.Key.Key_Slash)
    review.type(text)
    press(review, Qt.Key.Key_Return)


def place(slider, share):
    """Where the handle's middle is at a share of the slider's range; its ends are its very edges."""
    if share in (0, 1):
        return QPoint(round(share * (slider.width() - 1)), slider.height() // 2)
    inset = 8
    return QPoint(round(inset + share * (slider.width() - 2 * inset)), slider.height() // 2)


def drag(review, *shares, saved=True):
    """Drag the handle from the first place to the last, by all places between; what is shown on the way is saved."""
    slider, cuts = review.window.granularity.slider, review.window.cut_slider
    review.qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=place(slider, shares[0]))
    for share in shares[1:]:
        review.qtbot.mouseMove(slider, place(slider, share))
        review.wait(lambda: not cuts._preview.isActive() and not (saved and cuts._job))
    review.qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=place(slider, shares[-1]))


def test_keys_make_one_region_more_or_fewer_and_undo_restores(review):
    before = {region.id for region in review.window.viewer.regions}
    assert count(review) == 4
    press(review, Qt.Key.Key_Period)
    assert count(review) == 5
    assert review.window.status.currentMessage() == "5 regions"
    assert review.window.granularity.count.text() == "5 regions"
    press(review, Qt.Key.Key_Comma)
    press(review, Qt.Key.Key_Comma)
    assert count(review) == 3
    for _ in range(3):
        press(review, Qt.Key.Key_Z, CTRL)
    assert count(review) == 4
    assert {region.id for region in review.window.viewer.regions} == before
    press(review, Qt.Key.Key_Y, CTRL)
    assert count(review) == 5


def test_keys_stop_at_the_ends(review):
    for key, end, word in ((Qt.Key.Key_Period, 8, "finer"), (Qt.Key.Key_Comma, 1, "coarser")):
        for _ in range(9):
            press(review, key)
        assert count(review) == end
        assert review.window.status.currentMessage() == f"The regions cannot get any {word}"


def test_quick_keys_are_all_done(review):
    for _ in range(3):
        review.press(Qt.Key.Key_Period)
    review.rest()
    assert count(review) == 7


def test_cyrillic_keys_at_the_places_of_comma_and_period(review):
    none = Qt.KeyboardModifier.NoModifier
    for scan, text, expected in ((60, "ю", 5), (59, "б", 4)):
        event = QKeyEvent(QEvent.Type.KeyPress, ord(text.upper()), none, scan, 0, 0, text)
        QApplication.sendEvent(review.window.canvas, event)
        review.rest()
        assert count(review) == expected


def test_a_drag_is_shown_as_it_goes_and_is_one_undo_step(review):
    window, seen = review.window, set()
    window.viewer.regions_shown.connect(lambda: seen.add(len(window.viewer.regions)))
    undo = window.session.history.undo
    drag(review, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
    review.rest()
    assert count(review) == 8
    assert granularity(review) == 1
    assert window.granularity.slider.value() == 100
    assert seen - {4, 8}, "nothing was shown while the handle was on its way"
    press(review, Qt.Key.Key_Z, CTRL)
    assert count(review) == 4
    assert window.granularity.slider.value() == 50
    assert window.session.history.undo == undo
    press(review, Qt.Key.Key_Y, CTRL)
    assert count(review) == 8
    assert window.granularity.slider.value() == 100


def test_two_drags_are_two_undo_steps(review):
    drag(review, 0.5, 0.7, 1.0)
    drag(review, 1.0, 0.4, 0.0)
    review.rest()
    assert count(review) == 1
    press(review, Qt.Key.Key_Z, CTRL)
    assert count(review) == 8
    press(review, Qt.Key.Key_Z, CTRL)
    assert count(review) == 4


def test_a_drag_that_begins_before_the_last_one_is_saved_does_not_swallow_it(review):
    """Somebody else writes meanwhile, so that every cut has to wait."""
    going_on = threading.Event()
    session = review.window.session
    session.edit(lambda project: going_on.wait(20) and OpChanges())
    drag(review, 0.5, 0.7, 1.0, saved=False)
    drag(review, 1.0, 0.4, 0.0, saved=False)
    going_on.set()
    review.rest()
    assert count(review) == 1
    press(review, Qt.Key.Key_Z, CTRL)
    assert count(review) == 8
    press(review, Qt.Key.Key_Z, CTRL)
    assert count(review) == 4


def test_a_click_brings_the_handle_and_a_double_click_the_default(review):
    slider = review.window.granularity.slider
    review.qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=place(slider, 0.0))
    review.rest()
    assert count(review) == 1
    undo = review.window.session.history.undo
    review.qtbot.mouseDClick(slider, Qt.MouseButton.LeftButton, pos=place(slider, 1.0))
    review.rest()
    assert (count(review), granularity(review), slider.value()) == (4, 0.5, 50)
    press(review, Qt.Key.Key_Z, CTRL)
    assert (count(review), review.window.session.history.undo) == (1, undo)


def test_keys_on_the_slider_are_one_undo_step(review):
    slider = review.window.granularity.slider
    slider.setFocus()
    for _ in range(4):
        review.press(Qt.Key.Key_Left)
    review.press(Qt.Key.Key_Home)
    review.rest()
    assert slider.hasFocus()
    assert (count(review), slider.value()) == (1, 0)
    press(review, Qt.Key.Key_Z, CTRL)
    assert (count(review), slider.value()) == (4, 50)


def test_undo_right_after_a_drag_takes_it_back(review):
    drag(review, 0.5, 0.8, 1.0)
    review.press(Qt.Key.Key_Z, CTRL)
    review.rest()
    assert (count(review), review.window.granularity.slider.value()) == (4, 50)


def test_another_edit_between_two_cuts_of_a_drag_is_not_taken_back(review):
    slider = review.window.granularity.slider
    review.qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=place(slider, 0.5))
    review.qtbot.mouseMove(slider, place(slider, 0.9))
    review.wait(lambda: len(review.window.viewer.regions) != 4)
    review.click_region(10, 10)
    review.press(Qt.Key.Key_Slash)
    review.type("sky")
    review.press(Qt.Key.Key_Return)
    review.wait(lambda: any(region.label_id is not None for region in review.window.viewer.regions))
    review.qtbot.mouseMove(slider, place(slider, 0.0))
    review.qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=place(slider, 0.0))
    review.rest()
    named = [region for region in review.window.viewer.regions if region.label_id is not None]
    assert len(named) == 1
    assert count(review) >= 2


def test_a_named_region_keeps_its_label_and_its_pixels(review):
    name(review, 10, 10, "sky")
    (kept,) = (region for region in review.window.viewer.regions if region.label_id is not None)
    for shares in ((0.5, 1.0), (1.0, 0.0), (0.0, 0.7)):
        drag(review, *shares)
        review.rest()
        assert count(review) > 1
        (now,) = (region for region in review.window.viewer.regions if region.label_id is not None)
        assert (now.mask, now.label_id, now.status) == (kept.mask, kept.label_id, kept.status)


def test_the_slider_shows_each_images_own_cut(review):
    slider = review.window.granularity.slider
    drag(review, 0.5, 1.0)
    review.rest()
    press(review, Qt.Key.Key_D)
    assert (slider.value(), count(review)) == (50, 4)
    press(review, Qt.Key.Key_A)
    assert (slider.value(), count(review)) == (100, 8)


def test_split_selects_both_parts_and_upwards_the_survivor(review):
    review.click_region(10, 10)
    press(review, Qt.Key.Key_X)
    assert count(review) == 5
    selected = review.window.canvas.selection
    parts = [region for region in review.window.viewer.regions if region.id in selected]
    assert [region.area for region in parts] == [30 * 36, 20 * 36]
    review.click_region(40, 10)
    (alone,) = review.window.canvas.selection
    assert alone == parts[1].id
    press(review, Qt.Key.Key_U)
    assert count(review) == 4
    (survivor,) = review.window.canvas.selection
    assert review.window.viewer.region(survivor).area == 50 * 36
    press(review, Qt.Key.Key_Z, CTRL)
    press(review, Qt.Key.Key_Z, CTRL)
    assert count(review) == 4


def test_what_cannot_be_split_says_so(review):
    for _ in range(4):
        press(review, Qt.Key.Key_Period)
    review.click_region(10, 10)
    review.press(Qt.Key.Key_X)
    message = review.dialog(Message)
    assert message.isVisible()
    message.reject()
    review.rest()
    assert count(review) == 8
    press(review, Qt.Key.Key_A, CTRL)
    press(review, Qt.Key.Key_X)
    assert review.window.status.currentMessage() == "Select only one region"


def test_one_granularity_for_all_images_and_one_undo(review):
    window = review.window
    project = window.session.project
    ids = queries.image_ids(project)
    drag(review, 0.5, 1.0)
    review.rest()
    titles = []
    window.jobs.started.connect(lambda job: titles.append(job.title))
    window.actions_["cut.all"].trigger()
    assert not window.actions_["propose.all"].isEnabled()
    review.rest()
    assert titles == ["Updating all images"]
    assert [len(queries.regions(project, image_id)) for image_id in ids] == [8, 8, 8, 0]
    assert "updated" in window.status.currentMessage()
    press(review, Qt.Key.Key_Z, CTRL)
    assert [len(queries.regions(project, image_id)) for image_id in ids] == [8, 4, 4, 0]
    assert window.actions_["propose.all"].isEnabled()


def test_without_a_tree_it_is_off_and_says_why(hands, project_folder):
    hands.open(project_folder)
    window = hands.window
    bar = window.granularity
    assert not bar.slider.isEnabled()
    assert "press I" in bar.slider.toolTip()
    for action in ("cut.coarser", "cut.finer", "cut.all", "region.split", "region.merge_upwards"):
        assert not window.actions_[action].isEnabled(), action
    hands.press(Qt.Key.Key_Period)
    assert "no proposed regions yet" in window.status.currentMessage()
    assert bar.count.text() == "4 regions"


def test_read_only_it_is_off(hands, tree_project):
    with open_project(tree_project):
        hands.window.session.open(tree_project, read_only=True)
        hands.wait(lambda: hands.window.viewer.record is not None)
        hands.rest()
        assert not hands.window.granularity.slider.isEnabled()
        assert "read-only" in hands.window.granularity.slider.toolTip()
        hands.window.session.close()
        hands.rest()
