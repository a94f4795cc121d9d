"""What is drawn around the picture."""

import pytest
from PySide6.QtGui import (
    QColor,
    QPalette,
)


@pytest.mark.parametrize(("window", "low", "high"), [("#f3f4f6", 200, 240), ("#1d2026", 10, 40)])
def test_the_backdrop_is_neutral_and_follows_the_palette(four, grabbed, window, low, high):
    palette = QPalette(four.palette())
    palette.setColor(QPalette.ColorRole.Window, QColor(window))
    four.setPalette(palette)
    color = grabbed()[5, 5]
    assert len(set(color.tolist())) == 1
    assert low < color[0] < high
