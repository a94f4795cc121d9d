"""Draws headers and crops of the concept browser's grid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QLinearGradient, QPainter, QPainterPath, QPen, QPixmap

from acseg_core.types import Label
from acseg_core.workflows.cluster_reading import Section
from acseg_desktop.appearance.icons import icon, swatch
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.appearance.theme import Tones, current_tones
from acseg_desktop.browser.crop_texts import CellText, section_facts, section_title
from acseg_desktop.language.words import Words, number
from acseg_desktop.panels.rows import paint_swatch

tr = Words("Concept browser")

_PAD = 4
_ROUND = 8.0
_FOOT = 22
_SECOND = 17
"""Distance between the two lines of a foot, in pixels."""
_TICK = 17
_ALIGN_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_ALIGN_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class CellState:
    """How a cell or a header stands."""

    selected: bool = False
    current: bool = False
    hovered: bool = False


def paint_cell(
    painter: QPainter, box: QRect, pixmap: QPixmap | None, text: CellText, state: CellState, *, dim: bool = False
) -> None:
    """Draw one crop with what is known of it."""
    tones = current_tones()
    picture = QRectF(box).adjusted(_PAD, _PAD, -_PAD, -_PAD)
    clip = QPainterPath()
    clip.addRoundedRect(picture, _ROUND, _ROUND)
    painter.save()
    painter.setClipPath(clip)
    painter.fillRect(picture, QColor(tones.hover))
    if pixmap is not None and not pixmap.isNull():
        painter.setOpacity(0.45 if dim else 1.0)
        painter.drawPixmap(picture.toRect(), pixmap)
        painter.setOpacity(1.0)
    if text.text or text.note:
        _paint_foot(painter, picture, text)
    painter.restore()
    if text.is_guess:
        painter.setPen(QPen(QColor(text.color), 2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(picture.adjusted(1, 1, -1, -1), _ROUND - 1, _ROUND - 1)
    _paint_frame(painter, picture, state, tones)


def paint_header(
    painter: QPainter,
    box: QRect,
    section: Section,
    labels: Mapping[int, Label],
    state: CellState,
    *,
    toggle: str,
) -> QRect:
    """Draw a section's header; returns where its toggle is (empty without one)."""
    tones = current_tones()
    ground = QRectF(box).adjusted(6, 4, -6, -2)
    painter.setPen(Qt.PenStyle.NoPen)
    if state.selected or state.hovered:
        painter.setBrush(QColor(tones.accent_soft if state.selected else tones.hover))
        painter.drawRoundedRect(ground, 8, 8)
    if state.selected:
        painter.setBrush(QColor(tones.accent))
        painter.drawRoundedRect(QRectF(ground.left(), ground.top() + 6, 4, ground.height() - 12), 2, 2)
    if state.current:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tones.accent), 1.5))
        painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
    line = ground.toRect().adjusted(12, 0, -10, 0)
    toggle_box = _paint_toggle(painter, line, toggle, tones)
    right = (toggle_box.left() if toggle else line.right()) - 16
    record, left = section.record, line.left()
    if record is not None and record.unnamed == 0:
        left = _paint_tick(painter, line)
    title = section_title(section)
    left = _paint_words(painter, line, title, bold=True, color=tones.text, left=left, right=right) + 12
    if record is None:
        return toggle_box
    left = _paint_words(painter, line, section_facts(section), left=left, color=tones.muted, right=right) + 14
    for label_id, count in sorted(record.label_counts.items(), key=lambda pair: -pair[1])[:4]:
        label = labels.get(label_id)
        if label is not None and left < right - 60:
            left = paint_swatch(painter, line, left, swatch(label.color, size=13)) + 5
            words = f"{label.name} {number(count)}"
            left = _paint_words(painter, line, words, left=left, color=tones.text, right=right) + 12
    return toggle_box


def _paint_tick(painter: QPainter, line: QRect) -> int:
    """A tick for what is all named; returns where it ends."""
    side = scaled(_TICK)
    box = QRect(line.left(), line.center().y() - side // 2, side, side)
    icon("check-circle", tone="good").paint(painter, box)
    return box.right() + 7


def _paint_words(
    painter: QPainter, line: QRect, words: str, *, color: str, right: int, left: int | None = None, bold: bool = False
) -> int:
    """Write words from ``left``, cut before ``right``; returns where they end."""
    left = line.left() if left is None else left
    if right - left < 12:
        return left
    font = QFont(painter.font())
    font.setBold(bold)
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, right - left)
    painter.save()
    painter.setFont(font)
    painter.setPen(QColor(color))
    painter.drawText(QRect(left, line.top(), right - left, line.height()), _ALIGN_LEFT, shown)
    painter.restore()
    return left + metrics.horizontalAdvance(shown)


def _paint_toggle(painter: QPainter, line: QRect, words: str, tones: Tones) -> QRect:
    if not words:
        return QRect()
    width = painter.fontMetrics().horizontalAdvance(words)
    box = QRect(line.right() - width, line.top(), width, line.height())
    painter.setPen(QColor(tones.accent))
    painter.drawText(box, _ALIGN_RIGHT, words)
    return box.adjusted(-8, 0, 8, 0)


def _paint_foot(painter: QPainter, picture: QRectF, text: CellText) -> None:
    """A dark foot that carries the name on any photo; below it, what the name may be instead."""
    height, rows = scaled(_FOOT), 2 if text.other else 1
    below = scaled(_SECOND)
    depth = height + (rows - 1) * below + 8
    foot = QRectF(picture.left(), picture.bottom() - depth, picture.width(), depth)
    shade = QLinearGradient(foot.topLeft(), foot.bottomLeft())
    shade.setColorAt(0.0, QColor(0, 0, 0, 0))
    shade.setColorAt(0.45 / rows, QColor(0, 0, 0, 150))
    shade.setColorAt(1.0, QColor(0, 0, 0, 200))
    painter.fillRect(foot, shade)
    line = QRect(round(picture.left()) + 7, round(picture.bottom()) - height, round(picture.width()) - 14, height - 2)
    font = QFont(painter.font())
    font.setPointSizeF(max(7.5, font.pointSizeF() - 1))
    painter.setFont(font)
    metrics = painter.fontMetrics()
    painter.setPen(QColor(255, 255, 255, 210))
    painter.drawText(line, _ALIGN_RIGHT, text.note)
    room = line.width() - (metrics.horizontalAdvance(text.note) + 6 if text.note else 0)
    if text.other:
        _paint_name(painter, line.translated(0, -below), text.text, text.color, hollow=False, room=line.width())
        _paint_name(painter, line, text.other, text.other_color, hollow=True, room=room)
    elif text.text:
        _paint_name(painter, line, text.text, text.color, hollow=text.is_guess, room=room)


def _paint_name(painter: QPainter, line: QRect, name: str, color: str, *, hollow: bool, room: int) -> None:
    """A swatch and a name, cut where there is no more room."""
    painter.setPen(Qt.PenStyle.NoPen)
    taken = paint_swatch(painter, line, line.left(), swatch(color, size=11, hollow=hollow)) + 5 - line.left()
    painter.setPen(QColor("#ffffff"))
    shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room - taken)
    painter.drawText(line.adjusted(taken, 0, 0, 0), _ALIGN_LEFT, shown)


def _paint_frame(painter: QPainter, picture: QRectF, state: CellState, tones: Tones) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if state.selected:
        painter.setPen(QPen(QColor(tones.accent), 3))
        painter.drawRoundedRect(picture.adjusted(-0.5, -0.5, 0.5, 0.5), _ROUND, _ROUND)
    elif state.hovered:
        painter.setPen(QPen(QColor(tones.accent), 1.5))
        painter.drawRoundedRect(picture, _ROUND, _ROUND)
    if state.current:
        painter.setPen(QPen(QColor(tones.text), 1, Qt.PenStyle.DotLine))
        painter.drawRoundedRect(picture.adjusted(-2.5, -2.5, 2.5, 2.5), _ROUND + 2, _ROUND + 2)
