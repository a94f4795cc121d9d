"""Fields for numbers, their text as far from the edge as in other fields.

A style sheet cannot say that: the padding of a spin box is not that of the line in it.
"""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QSpinBox

BESIDE_TEXT = 8
"""Pixels at both sides of a field's text, as the style sheet has them for other fields in any size of text."""


def number_field(*, minimum: int, maximum: int, value: int | None = None, suffix: str = "") -> QSpinBox:
    """A field for a whole number; its value is the minimum if none is given."""
    field = QSpinBox(minimum=minimum, maximum=maximum, suffix=suffix)
    if value is not None:
        field.setValue(value)
    _set_in(field)
    return field


def decimal_field(*, minimum: float, maximum: float, step: float, suffix: str = "") -> QDoubleSpinBox:
    """A field for a number with one digit after the point."""
    field = QDoubleSpinBox(minimum=minimum, maximum=maximum, singleStep=step, decimals=1, suffix=suffix)
    _set_in(field)
    return field


def _set_in(field: QAbstractSpinBox) -> None:
    field.lineEdit().setTextMargins(BESIDE_TEXT, 0, BESIDE_TEXT, 0)
