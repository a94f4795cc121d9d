"""Icons from the Material Design font, tinted by the palette, and small drawn marks."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from acseg_core.types import ImageStatus, Label
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.appearance.theme import Tones, current_tones
from acseg_desktop.language.words import Words
from acseg_resources import resource_path

tr = Words("Image status")

SMALL = QSize(16, 16)
LARGE = QSize(20, 20)
BADGE = 17
"""Side of the badge of an image beside text of the usual size."""
SWATCH = 14
"""Side of a swatch beside text of the usual size."""


def icon(name: str, *, tone: str = "text") -> QIcon:
    """An icon in one of the theme's tones, greyed when disabled."""
    tones = current_tones()
    return _tinted(name, getattr(tones, tone), tones.accent, tones.faint)


@cache
def _tinted(name: str, color: str, active: str, disabled: str) -> QIcon:
    import qtawesome

    made = qtawesome.icon(f"mdi6.{name}", color=color, color_active=color, color_on=active, color_disabled=disabled)
    return QIcon(made)


def application_icon() -> QIcon:
    """The program's own icon."""
    return QIcon(str(resource_path("icons", "acseg.svg")))


def swatch(color: str, *, size: int = SWATCH, hollow: bool = False, ratio: float = 2.0) -> QPixmap:
    """A rounded square of a label's colour; hollow for unnamed regions. It is as much larger as the text is."""
    pixmap, painter = _blank(size, scaled(size), ratio)
    box = QRectF(1, 1, size - 2, size - 2)
    if hollow:
        painter.setPen(QPen(QColor(color), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        painter.setPen(QPen(QColor(0, 0, 0, 50), 1))
        painter.setBrush(QColor(color))
    painter.drawRoundedRect(box, 3, 3)
    painter.end()
    return pixmap


def label_swatch(label: Label) -> QPixmap:
    """A label's colour: a square for things, a disc for stuff, and crossed out where its pixels are to be ignored."""
    return _label_swatch(label.color, label.is_thing, label.is_void, scaled(SWATCH))


@cache
def _label_swatch(
    color: str, is_thing: bool, is_void: bool, side: int, size: int = SWATCH, ratio: float = 2.0
) -> QPixmap:
    pixmap, painter = _blank(size, side, ratio)
    box = QRectF(1, 1, size - 2, size - 2)
    round_by = 3 if is_thing else box.width() / 2
    painter.setPen(QPen(QColor(0, 0, 0, 50), 1))
    painter.setBrush(QColor(color))
    painter.drawRoundedRect(box, round_by, round_by)
    if is_void:
        inset = 3.5
        for width, pen in ((3.0, QColor(255, 255, 255, 230)), (1.5, QColor("#1c2028"))):
            painter.setPen(QPen(pen, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(QPointF(inset, size - inset), QPointF(size - inset, inset))
    painter.end()
    return pixmap


def _blank(size: int, side: int, ratio: float) -> tuple[QPixmap, QPainter]:
    """A transparent square of ``side`` pixels, and a painter that takes it for one of ``size``."""
    pixmap = QPixmap(QSize(side, side) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(side / size, side / size)
    return pixmap, painter


def swatch_icon(color: str) -> QIcon:
    """A label's colour as an icon that stays the same when its row is selected.

    Kept, as lists of thousands of labels are filled anew with every letter that is typed.
    """
    return _swatch_icon(color, scaled(SWATCH))


@cache
def _swatch_icon(color: str, _side: int) -> QIcon:
    made, pixmap = QIcon(), swatch(color)
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected, QIcon.Mode.Active):
        made.addPixmap(pixmap, mode)
    return made


_STATUS_TEXT = {
    ImageStatus.NEW: tr.mark("New"),
    ImageStatus.PROPOSED: tr.mark("Proposed"),
    ImageStatus.IN_REVIEW: tr.mark("In review"),
    ImageStatus.DONE: tr.mark("Done"),
}


def status_text(status: ImageStatus) -> str:
    """The status of an image in a word or two."""
    return tr(_STATUS_TEXT[status])


def paint_status(painter: QPainter, box: QRectF, status: ImageStatus, *, problem: bool, tones: Tones) -> None:
    """Draw the badge of an image, as large as its box: distinguished by shape as well as by colour."""
    painter.save()
    painter.translate(box.topLeft())
    painter.scale(box.width() / BADGE, box.height() / BADGE)
    box = QRectF(0, 0, BADGE, BADGE)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(0, 0, 0, 70), 1))
    painter.setBrush(QColor(tones.panel))
    painter.drawEllipse(box)
    inner = box.adjusted(3, 3, -3, -3)
    painter.setPen(Qt.PenStyle.NoPen)
    if problem:
        painter.setPen(QPen(QColor(tones.danger), 2))
        middle = inner.center()
        painter.drawLine(QPointF(middle.x(), inner.top()), QPointF(middle.x(), inner.bottom() - 4))
        painter.drawPoint(QPointF(middle.x(), inner.bottom()))
    elif status is ImageStatus.NEW:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tones.faint), 1.6))
        painter.drawEllipse(inner.adjusted(1, 1, -1, -1))
    elif status is ImageStatus.PROPOSED:
        painter.setBrush(QColor(tones.accent))
        painter.drawEllipse(inner.adjusted(1, 1, -1, -1))
    elif status is ImageStatus.IN_REVIEW:
        painter.setBrush(QColor(tones.warning))
        painter.drawPie(inner, 90 * 16, 180 * 16)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tones.warning), 1.4))
        painter.drawEllipse(inner)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tones.good))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        pen = QPen(QColor(tones.panel), 1.8)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        left, low, right = inner.left() + 0.5, inner.center().y() + 2.2, inner.right() - 0.5
        painter.drawPolyline(
            [
                QPointF(left, inner.center().y()),
                QPointF(inner.center().x() - 1, low),
                QPointF(right, inner.top() + 2),
            ]
        )
    painter.restore()
