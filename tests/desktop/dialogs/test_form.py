"""Fields of forms: numbers stand where other text does."""

import pytest
from PySide6.QtWidgets import (
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from acseg_desktop.dialogs.form import number_field


def test_numbers_stand_as_far_from_the_edge_as_other_text(hands):
    """In the light theme: where the text's first dark pixel is, in both kinds of field."""
    place = QWidget(hands.window)
    rows = QVBoxLayout(place)
    fields = number_field(minimum=0, maximum=999, value=500), QLineEdit("500")
    for field in fields:
        rows.addWidget(field)
    place.resize(160, 100)
    place.show()
    hands.rest()

    def left(field):
        image, middle = field.grab().toImage(), field.height() // 2
        dark = (
            x
            for x in range(4, image.width())
            for y in range(middle - 5, middle + 5)
            if image.pixelColor(x, y).value() < 90
        )
        return min(dark)

    number, text = map(left, fields)
    assert number == pytest.approx(text, abs=2)
    place.deleteLater()
