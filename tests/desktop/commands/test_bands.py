"""A person changes bands and contrast by keys and mouse: preview, canvas, thumbnails, one step to undo.

Covers: dialogs.bands_form.
"""

import numpy as np
import pytest
from desktop.conftest import make_project
from PySide6.QtCore import Qt
from rasters import collar, ground, write_raster

from acseg_core.images.rendering import from_text
from acseg_core.store import queries
from acseg_core.store.edits.renderings import choice_for_new_images
from acseg_desktop.dialogs.bands_form import BandsForm

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def maps(tmp_path, write_photo):
    """A closed project: two rasters of four bands, the first with void, and a photo."""
    folder = tmp_path / "maps"
    folder.mkdir()
    bands = np.where(collar()[..., None], 0, ground(4)).astype(np.uint16)
    write_raster(folder / "a.tif", bands, nodata=0)
    write_raster(folder / "b.tif", ground(4)[::-1].astype(np.uint16))
    write_photo(folder / "c.png", seed=1)
    return make_project(tmp_path / "project", folder)


@pytest.fixture
def form(hands, maps):
    hands.open(maps)
    hands.window.actions_["image.bands"].trigger()
    form = hands.dialog(BandsForm)
    hands.wait(form.confirm.isEnabled)
    return form


def choose(hands, form, box, text):
    box.setFocus()
    hands.qtbot.keyClick(box, Qt.Key.Key_Home)
    for _ in range(box.findText(text, Qt.MatchFlag.MatchStartsWith)):
        hands.qtbot.keyClick(box, Qt.Key.Key_Down)
    hands.wait(lambda: not form.is_waiting)


def shown(hands):
    return [from_text(record.info.rendering) for record in queries.images(hands.window.session.project)]


def thumbnail(hands):
    window = hands.window
    record = queries.image(window.session.project, window.viewer.image_id)
    hands.wait(lambda: window.thumbnails.get(record) is not None)
    return window.thumbnails.get(record).toImage()


def picture(form):
    return form.picture.pixmap().toImage()


def test_another_preset_is_previewed_applied_to_the_canvas_and_undone(hands, form):
    window = hands.window
    assert [form.bands[0].itemText(place) for place in range(4)] == ["1 (grey)", "2", "3", "4"]
    before, first = picture(form), shown(hands)
    choose(hands, form, form.preset, "Near infrared")
    assert picture(form) != before
    assert "band 4: " in form.note.text()
    assert [box.currentData() for box in form.bands] == [4, 1, 2]
    assert not any(box.isEnabled() for box in form.bands)
    assert shown(hands) == first, "a preview changes nothing"
    hands.click(form.confirm)
    hands.rest()
    assert [each and each.bands for each in shown(hands)] == [(4, 1, 2), (1, 2, 3), None]
    assert window.status.currentMessage() == "1 image shown otherwise"
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.rest()
    assert shown(hands) == first


def test_the_canvas_shows_what_was_chosen(hands, form):
    window = hands.window
    seen, small = window.viewer.photo.copy(), thumbnail(hands)
    painted = window.canvas.grab().toImage()
    choose(hands, form, form.preset, "One band")
    assert [box.isEnabled() for box in form.bands] == [True, False, False]
    choose(hands, form, form.bands[0], "4")
    hands.click(form.confirm)
    hands.rest()
    assert shown(hands)[0].bands == (4,)
    assert not np.array_equal(window.viewer.photo, seen)
    assert window.canvas.grab().toImage() != painted
    assert thumbnail(hands) != small
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.rest()
    assert np.array_equal(window.viewer.photo, seen)
    assert thumbnail(hands) == small


def test_all_images_and_those_added_later_in_one_step(hands, form):
    choose(hands, form, form.preset, "Three bands")
    choose(hands, form, form.bands[0], "3")
    choose(hands, form, form.bands[2], "1")
    form.low.setFocus()
    form.low.selectAll()
    hands.qtbot.keyClicks(form.low, "10")
    choose(hands, form, form.scope, "All images")
    hands.click(form.default)
    hands.wait(lambda: not form.is_waiting and form.confirm.isEnabled())
    hands.click(form.confirm)
    hands.rest()
    assert [each.bands for each in shown(hands)] == [(3, 2, 1)] * 3
    project = hands.window.session.project
    assert (choice_for_new_images(project).bands, choice_for_new_images(project).low) == ("3,2,1", 10)
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.rest()
    assert [each and each.bands for each in shown(hands)] == [(1, 2, 3), (1, 2, 3), None]


def test_reset_shows_images_as_they_were_added(hands, form):
    first = shown(hands)
    choose(hands, form, form.preset, "One band")
    hands.click(form.confirm)
    hands.rest()
    assert shown(hands) != first
    hands.window.actions_["image.bands"].trigger()
    again = hands.dialog(BandsForm)
    hands.wait(again.confirm.isEnabled)
    assert again.preset.currentText() == "One band in grey"
    hands.click(again.reset)
    hands.wait(lambda: not again.is_waiting and again.confirm.isEnabled())
    assert not again.low.isEnabled()
    hands.click(again.confirm)
    hands.rest()
    assert shown(hands) == first


def test_what_cannot_be_is_said_in_the_form_and_esc_changes_nothing(hands, form):
    first = shown(hands)
    choose(hands, form, form.preset, "Red, green")
    form.low.setFocus()
    form.low.selectAll()
    hands.qtbot.keyClicks(form.low, "99")
    hands.wait(form.error.isVisible)
    assert form.error.text().startswith("Percentiles 99 and 98 do not fit")
    assert not form.confirm.isEnabled()
    form.high.setFocus()
    form.high.selectAll()
    hands.qtbot.keyClicks(form.high, "100")
    hands.wait(form.confirm.isEnabled)
    assert not form.error.isVisible()
    hands.qtbot.keyClick(form, Qt.Key.Key_Escape)
    hands.rest()
    assert shown(hands) == first


def test_a_photo_has_no_near_infrared(hands, maps):
    hands.open(maps)
    hands.press(Qt.Key.Key_D)
    hands.press(Qt.Key.Key_D)
    hands.rest()
    hands.window.actions_["image.bands"].trigger()
    form = hands.dialog(BandsForm)
    hands.wait(form.confirm.isEnabled)
    assert form.preset.currentText() == "As when it was added"
    choose(hands, form, form.preset, "Near infrared")
    hands.wait(form.error.isVisible)
    assert "no near infrared among 3 bands" in form.error.text()
    assert not form.confirm.isEnabled()
