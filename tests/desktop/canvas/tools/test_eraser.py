"""The eraser takes pixels away; what is bare goes to the neighbours."""

import numpy as np
from desktop.canvas.tools.painter import CONTROL, Key, corner_ids, swept


def test_the_eraser_takes_from_the_region_where_it_begins(painter):
    before = painter.stored()
    fourth = corner_ids(before)[3]
    painter.press(Key.Key_E)
    painter.size(8)
    places = painter.drag((62, 60), (61, 44), (10, 44))
    rubbed = swept(places, 8) & (before == fourth)
    after = painter.stored()
    assert np.array_equal(after == fourth, (before == fourth) & ~rubbed)
    assert np.array_equal(after[~rubbed], before[~rubbed])
    painter.press(Key.Key_Z, CONTROL)
    assert np.array_equal(painter.stored(), before)
