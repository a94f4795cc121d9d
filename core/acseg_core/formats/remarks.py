"""Remarks of people about an image, in extra keys as COCO files and `images.jsonl` have them.

``done`` says that all of it is labelled, ``comment`` what somebody noted, ``reviewed`` that a second person found it
right. Other tools pass these keys by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from acseg_core.types import ImageRecord, ImageStatus


@dataclass(frozen=True, slots=True)
class Remarks:
    """What a file says that people remarked about an image.

    Attributes:
        comment: "" where there is none.
        is_reviewed: Whether a second person found it right.
    """

    comment: str = ""
    is_reviewed: bool = False


NO_REMARKS = Remarks()


def remarks_of(record: ImageRecord) -> dict[str, Any]:
    """The extra keys of an image, those that say something."""
    entry: dict[str, Any] = {}
    if record.status is ImageStatus.DONE:
        entry["done"] = True
    if record.comment:
        entry["comment"] = record.comment
    if record.is_reviewed:
        entry["reviewed"] = True
    return entry


def read_remarks(entry: Mapping[str, Any]) -> Remarks:
    """What the extra keys of an image say; those of other tools that mean something else are passed by."""
    comment = entry.get("comment")
    return Remarks(comment if isinstance(comment, str) else "", entry.get("reviewed") is True)
