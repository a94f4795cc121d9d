"""Content that is higher than the screen scrolls; what fits is shown as it is."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from acseg_desktop.dialogs.tall_content import TallContent


def content(rows: int) -> QWidget:
    inside = QWidget()
    layout = QVBoxLayout(inside)
    for number in range(rows):
        layout.addWidget(QLabel(f"row {number}"))
    return inside


def test_what_fits_is_as_high_as_it_is_and_the_rest_scrolls(qtbot):
    few, many = TallContent(content(3), rest=100), TallContent(content(300), rest=100)
    for each in (few, many):
        qtbot.addWidget(each)
        each.show()
    room = many.screen().availableGeometry().height()
    assert few.sizeHint().height() == few.widget().sizeHint().height()
    assert many.sizeHint().height() < room < many.widget().sizeHint().height()
    assert few.minimumSizeHint().height() <= few.sizeHint().height()
