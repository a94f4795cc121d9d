"""How regions look on the screen: outlines, tints and stripes, to the pixel."""

import numpy as np
import pytest
from desktop.canvas.mouse import IN, rgb
from desktop.canvas.samples import LABELS, flat_photo, quarters, region_of, regions_of
from PySide6.QtCore import QPointF

from acseg_core.types import RegionStatus
from acseg_desktop.canvas.overlay import DARK, WHITE


def test_selecting_changes_the_region_and_its_outline_and_nothing_else(four, grabbed):
    before = grabbed()
    four.select([20])
    during = grabbed()
    changed = (before != during).any(axis=2)
    rows, columns = np.nonzero(changed)
    # Region 20 lies at 380..620 x 40..280; a dark line runs around it.
    assert (columns.min(), columns.max(), rows.min(), rows.max()) == (379, 620, 39, 280)
    assert changed[39:281, 379:621].all()
    assert (during[100, 380:382] == rgb(WHITE)).all()
    assert (during[278:280, 500] == rgb(WHITE)).all()
    dark_on = np.array([100, 120, 140]) * (1 - (DARK >> 24) / 255) + np.array(rgb(DARK))
    assert np.abs(during[100, 379] - dark_on).max() <= 1
    four.select([])
    assert np.array_equal(grabbed(), before)


def test_selected_at_the_edge_of_the_window_the_outline_does_not_follow_the_window(four, grabbed):
    four.zoom_by(4, QPointF(100, 100))
    four.select([10])
    image = grabbed()
    assert (image[200, 0] != rgb(WHITE)).any()


@pytest.mark.parametrize("zoom", [0.37, 1.0, 2.0, 5.5])
def test_outlines_are_one_pixel_wide_at_every_zoom(canvas, grabbed, zoom):
    label_map = np.zeros((600, 900), np.int32)
    label_map[:, 450:] = 1
    canvas.show_image(flat_photo(600, 900))
    canvas.show_regions(label_map, regions_of(label_map, [1, 1]), LABELS)
    canvas.set_names(False)
    canvas.zoom_by(zoom / canvas.zoom)
    canvas._viewport.centre_on(450, 300)
    image = grabbed()
    row = image[240]
    assert (image[235:245] == row).all()
    fill = row[300]
    odd = np.flatnonzero((row[200:440] != fill).any(axis=1)) + 200
    assert len(odd) == 1
    canvas.set_outlines(False)
    assert (grabbed()[240, 200:440] == fill).all()


def test_neighbours_without_names_differ(four, grabbed):
    image = grabbed()
    colors = {tuple(image[point.y(), point.x()].tolist()) for point in IN.values()}
    assert len(colors) == 4


def test_rejected_regions_are_striped_and_suggested_ones_pale_with_stripes(canvas, grabbed):
    label_map = quarters()
    regions = [
        region_of(label_map, 0, status=RegionStatus.REJECTED, label_id=1),
        region_of(label_map, 1, status=RegionStatus.ACCEPTED, label_id=2),
        region_of(label_map, 2, status=RegionStatus.SUGGESTED, suggestion_id=2),
        region_of(label_map, 3),
    ]
    canvas.show_image(flat_photo(color=(128, 128, 128)))
    canvas.show_regions(label_map, regions, LABELS)
    canvas.set_names(False)
    image = grabbed().astype(int)
    assert len(np.unique(image[60:200, 60:200].reshape(-1, 3), axis=0)) == 2
    accepted, suggested = image[100, 500], np.median(image[360:420, 60:200].reshape(-1, 3), axis=0)
    assert len(np.unique(image[360:420, 60:200].reshape(-1, 3), axis=0)) == 2
    assert accepted[0] - accepted[2] > suggested[0] - suggested[2] > 0


def test_names_of_hidden_rejected_or_invisible_regions_are_not_drawn(canvas):
    label_map = quarters()
    regions = [
        region_of(label_map, 0, status=RegionStatus.ACCEPTED, label_id=1),
        region_of(label_map, 1, status=RegionStatus.REJECTED, label_id=1),
        *regions_of(label_map)[2:],
    ]
    canvas.show_image(flat_photo())
    canvas.show_regions(label_map, regions, LABELS)
    assert [chip.index for chip in canvas._layer.chips()] == [0]
    canvas.set_hidden([10])
    assert canvas._layer.chips() == []
