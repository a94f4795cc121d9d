"""Fields for numbers: their text stands where that of others does."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

import acseg_desktop
from acseg_desktop.appearance.number_field import decimal_field, number_field


@pytest.mark.parametrize("percent", [100, 200])
def test_numbers_stand_as_far_from_the_edge_as_other_text(hands, percent):
    """In the light theme: where the text's first dark pixel is, in every kind of field."""
    hands.window.commands.settings.choose_text_size(percent)
    place = QWidget(hands.window)
    rows = QVBoxLayout(place)
    whole, share = number_field(minimum=0, maximum=999, value=500), decimal_field(minimum=0, maximum=900, step=0.5)
    share.setValue(500)
    fields = whole, share, QLineEdit("500")
    for field in fields:
        rows.addWidget(field)
    place.resize(300, 240)
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

    number, decimal, text = map(left, fields)
    assert number == pytest.approx(text, abs=2)
    assert decimal == pytest.approx(text, abs=2)
    for field in (whole, share):
        line = field.lineEdit()
        beside = line.textMargins().left() + line.textMargins().right()
        assert line.width() - beside >= line.fontMetrics().horizontalAdvance(line.text()), "nothing is cut off"
    place.deleteLater()
    hands.window.commands.settings.choose_text_size(100)


def test_fields_for_numbers_are_made_here_only():
    """On the code of before, those of the export form and of the brush had their text at their left edge."""
    folder = Path(acseg_desktop.__file__).parent
    made = [file.name for file in sorted(folder.rglob("*.py")) if "SpinBox(" in file.read_text(encoding="utf-8")]
    assert made == ["number_field.py"]
