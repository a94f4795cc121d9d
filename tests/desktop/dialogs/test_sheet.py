"""Dialogs are as high as what they hold, also when it comes later."""

from PySide6.QtWidgets import QLineEdit

from acseg_desktop.dialogs.form import Form, form_rows, muted


def test_a_dialog_grows_with_lines_that_come_later(hands):
    form = Form(hands.window, title="Title", confirm="Go")
    rows, field = form_rows(), QLineEdit()
    words = muted("Many words, which need several lines at any width that a dialog has. " * 6)
    rows.addRow("", words)
    rows.addRow("Name", field)
    rows.setRowVisible(words, False)
    form.content.addLayout(rows)
    form.open()
    hands.wait(form.isVisible)
    before = form.height()
    rows.setRowVisible(words, True)
    hands.wait(lambda: form.height() > before)
    hands.rest()
    assert words.height() >= words.heightForWidth(words.width())
    assert field.height() >= field.sizeHint().height()
    assert form.confirm.height() >= form.confirm.sizeHint().height()
    width, height = form.width(), form.height()
    form.resize(width + 200, height + 50)
    hands.rest()
    assert form.height() == height + 50, "who makes it larger, has it larger"
    form.reject()
