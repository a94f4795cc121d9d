"""The frame of all forms: what it is called, what is wrong in it, and captions that are level with their fields."""

import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from acseg_desktop.dialogs.form import Form, caption, form_rows


@pytest.mark.parametrize("percent", [100, 200])
def test_a_caption_is_as_high_as_its_field(hands, percent):
    hands.window.commands.settings.choose_text_size(percent)
    place = QWidget(hands.window)
    rows, line, text = form_rows(), QLineEdit("x"), caption("Name")
    rows.addRow(text, line)
    QVBoxLayout(place).addLayout(rows)
    place.resize(400, 160)
    place.show()
    hands.rest()
    assert text.height() == pytest.approx(line.height(), abs=2)
    assert text.buddy() is line
    place.deleteLater()


def test_an_error_is_shown_until_it_is_mended(hands):
    form = Form(hands.window, title="Test", confirm="Go")
    form.open()
    assert not form.error.isVisible()
    form.show_error("that is wrong")
    assert form.error.isVisible()
    form.show_error("")
    assert not form.error.isVisible()
    form.reject()
