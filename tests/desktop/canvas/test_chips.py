"""Names on the picture: in the middle of their regions, and only where they fit."""

import numpy as np
from desktop.canvas.samples import LABELS, flat_photo, quarters, regions_of


def test_names_are_drawn_where_they_fit_and_can_be_turned_off(canvas, grabbed):
    label_map = quarters()
    canvas.show_image(flat_photo())
    canvas.show_regions(label_map, regions_of(label_map, [1, 2]), LABELS)
    canvas.set_outlines(False)
    canvas.set_names(False)
    plain = grabbed()
    canvas.set_names(True)
    named = (grabbed() != plain).any(axis=2)
    assert named[40:280, 20:380].any()
    assert named[40:280, 380:620].any()
    assert not named[280:].any()
    rows, columns = np.nonzero(named[40:280, 20:380])
    assert abs(rows.mean() + 40 - 160) < 8
    assert abs(columns.mean() + 20 - 200) < 8
    canvas.zoom_by(0.35)
    canvas.set_names(False)
    plain = grabbed()
    canvas.set_names(True)
    named = (grabbed() != plain).any(axis=2)
    assert named[:, :341].any()
    assert not named[:, 341:].any()  # the long name has no room any more
