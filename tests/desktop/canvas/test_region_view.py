"""Regions over a photo: which are selected, hidden and found at a point, and what another image does to that."""

import numpy as np
import pytest
from desktop.canvas.mouse import BESIDE, IN, click, rgb
from desktop.canvas.samples import LABELS, flat_photo, quarters, regions_of
from PySide6.QtCore import QPointF
from PySide6.QtTest import QTest

from acseg_desktop.canvas.overlay import WHITE


def test_the_same_selection_again_is_no_change(four, qtbot):
    four.select([10])
    with qtbot.assertNotEmitted(four.selection_changed):
        four.select([10, 999])
        click(four, IN[10])


def test_select_all_and_invert_leave_out_the_hidden(four):
    four.set_hidden([40, 999])
    assert four.hidden == {40}
    four.select_all()
    assert four.selection == {10, 20, 30}
    four.select([10])
    four.invert_selection()
    assert four.selection == {20, 30}


def test_colours_mix_with_the_photo_by_opacity(canvas, grabbed):
    label_map = quarters()
    canvas.show_image(flat_photo(color=(100, 120, 140)))
    canvas.show_regions(label_map, regions_of(label_map, [1]), LABELS)
    for opacity in (0.0, 0.5, 1.0):
        canvas.set_overlay_opacity(opacity)
        expected = np.array([100, 120, 140]) * (1 - opacity) + np.array([0x00, 0x72, 0xB2]) * opacity
        assert np.abs(grabbed()[60, 60] - expected).max() <= 1


def test_hiding_shows_the_photo(four, grabbed):
    four.set_outlines(False)
    four.set_hidden([20])
    image = grabbed()
    assert (image[100, 500] == (100, 120, 140)).all()
    assert (image[100, 100] != (100, 120, 140)).any()
    four.set_overlay_visible(False)
    assert (grabbed()[42:438, 22:618] == (100, 120, 140)).all()


def test_the_selection_stays_outlined_while_colours_are_off(four, grabbed):
    four.set_overlay_visible(False)
    click(four, IN[40])
    QTest.mouseMove(four, BESIDE)
    image = grabbed()
    assert (image[350, 380:382] == rgb(WHITE)).all()
    assert (image[360, 500] == (100, 120, 140)).all()


def test_region_at(four):
    assert {point: four.region_at(QPointF(point)) for point in IN.values()} == {v: k for k, v in IN.items()}
    assert four.region_at(QPointF(BESIDE)) is None
    assert four.region_at(QPointF(379.9, 100)) == 10
    assert four.region_at(QPointF(380.0, 100)) == 20
    four.set_hidden([20])
    assert four.region_at(QPointF(IN[20])) is None


def test_centring_on_a_region(four):
    four.zoom_by(4)
    four.centre_on_region(40)
    assert four.region_at(QPointF(320, 240)) == 40
    assert four._viewport.to_image(320, 240) == pytest.approx((240, 160), abs=0.1)
    four.centre_on_region(999)


def test_a_region_in_sight_is_revealed_without_moving_the_picture(four):
    """On the code of before "Look" pushed half of a fitted picture out of sight."""
    before = four._viewport.picture
    four.reveal_region(40)
    assert four._viewport.picture == before
    assert four._viewport.fitted
    four.zoom_by(4)
    four.centre_on_region(10)
    four.reveal_region(40)
    assert four._viewport.to_image(320, 240) == pytest.approx((240, 160), abs=0.1)
    four.reveal_region(999)


def test_regions_that_still_exist_stay_selected_and_hidden(four, qtbot):
    four.select([10, 30])
    four.set_hidden([20, 40])
    label_map = quarters()
    label_map[label_map == 2] = 0
    label_map[label_map == 3] = 2
    regions = [region for region in regions_of(quarters()) if region.id != 30]
    with qtbot.waitSignal(four.selection_changed) as caught:
        four.show_regions(label_map, regions, LABELS)
    assert caught.args == [frozenset({10})]
    assert four.hidden == {20, 40}
    assert four.region_at(QPointF(IN[30])) == 10


def test_another_image_has_no_regions_and_nothing_selected(four, grabbed):
    four.select([10])
    four.set_hidden([20])
    four.show_image(flat_photo(color=(1, 2, 3)))
    assert four.selection == frozenset() == four.hidden
    assert (grabbed()[42:438, 22:618] == (1, 2, 3)).all()


def test_a_label_map_of_another_size_is_refused(four):
    with pytest.raises(ValueError, match="size"):
        four.show_regions(np.zeros((5, 5), np.int32), [], LABELS)


def test_no_regions_at_all(four, grabbed):
    four.show_regions(np.full((200, 300), -1, np.int32), [], {})
    assert (grabbed()[42:438, 22:618] == (100, 120, 140)).all()
    four.select_all()
    assert four.selection == frozenset()
