"""Messages: text as it is, remedies as buttons, details to copy."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from acseg_desktop.dialogs.message import Message, Remedy


@pytest.fixture
def make(hands):
    def make(**known):
        message = Message(hands.window, title="Title", text="Text", **known)
        message.open()
        return message

    return make


def buttons(message):
    return {button.text(): button for button in message.findChildren(QPushButton)}


def test_a_remedy_closes_the_message_and_is_done(make, hands):
    done = []
    message = make(remedies=(Remedy("Restore", lambda: done.append(message.isVisible()), primary=True),))
    assert list(buttons(message)) == ["Close", "Restore"]
    assert buttons(message)["Restore"].isDefault()
    hands.click(buttons(message)["Restore"])
    assert done == [False], "closed first: what is done may open another dialog"


def test_leaving_does_nothing(make, hands):
    done = []
    message = make(remedies=(Remedy("Replace", lambda: done.append(1)),), leave="Keep my work")
    assert buttons(message)["Keep my work"].isDefault()
    hands.qtbot.keyClick(message, Qt.Key.Key_Escape)
    assert not message.isVisible()
    assert done == []


def test_details_are_copied(make, hands):
    message = make(details="Traceback: <b>line</b>")
    assert message.findChild(QPlainTextEdit, "details").toPlainText() == "Traceback: <b>line</b>"
    hands.click(buttons(message)["Copy details"])
    assert QGuiApplication.clipboard().text() == "Traceback: <b>line</b>"
    message.reject()
    assert "Copy details" not in buttons(make())
