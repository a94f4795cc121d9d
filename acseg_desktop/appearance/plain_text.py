"""Texts that are shown as they are: names of files and labels are somebody else's, and none of them is HTML.

Qt takes a text that looks like HTML for HTML, in labels and in tips: a label called "<img src='file:///…'>" would make
it read that file, and "<b>" would be gone. So labels are `PlainLabel`, and tips go through `tip`.
"""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as QtText
from PySide6.QtWidgets import QLabel, QWidget


class PlainLabel(QLabel):
    """A label that shows its text as it is."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        wordWrap: bool = False,  # noqa: N803  # as Qt calls it
        alignment: Qt.AlignmentFlag | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wordWrap)
        if alignment is not None:
            self.setAlignment(alignment)
        self.setText(text)


def tip(text: str, *, wraps: bool = False) -> str:
    """A text for a tip, which shows it as it is.

    Args:
        text: Plain, with its line breaks.
        wraps: Break the lines of a long one: Qt does that in HTML only.
    """
    if wraps:
        return f"<p>{html.escape(text)}</p>"
    if QtText.mightBeRichText(text):
        return f"<p style='white-space: pre'>{html.escape(text)}</p>"
    return text
