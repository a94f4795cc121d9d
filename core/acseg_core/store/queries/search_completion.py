"""Completion of what one types to find images: words of the search language, labels and statuses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from acseg_core.store.database import folded
from acseg_core.store.queries.image_search import MARKS, QUEUES, STATUSES, NameKey, NumberKey, quoted, with_narrow_colon


class Completion(NamedTuple):
    """What may stand at the cursor.

    Attributes:
        start: Where what is typed of it begins; it ends at the cursor.
        choices: What may stand there, best first.
    """

    start: int
    choices: tuple[str, ...]


def complete(text: str, cursor: int, *, labels: Iterable[str]) -> Completion:
    """What may be typed on at ``cursor``: keys, and names after a key with a colon.

    A choice ends with a space when its word is complete.
    """
    start = _word_start(text[:cursor])
    word = text[start:cursor]
    sign = word.startswith("-")
    key, colon, value = with_narrow_colon(word[sign:]).partition(":")
    if not colon:
        numbers = (f"{name}{'<' if name is NumberKey.CONFIDENCE else '>'}" for name in NumberKey)
        keys = (*(f"{name}:" for name in NameKey), *numbers)
        return Completion(start + sign, tuple(choice for choice in keys if key and choice[:-1].startswith(folded(key))))
    names: Iterable[str] = ()
    match folded(key):
        case NameKey.LABEL | NameKey.SUGGESTED:
            names = labels
        case NameKey.STATUS:
            names = STATUSES
        case NameKey.QUEUE:
            names = QUEUES
        case NameKey.IS:
            names = MARKS
    begun = _last_name(value)
    wanted = folded(value[begun:].strip('"'))
    fitting = sorted(
        (name for name in names if wanted in folded(name)), key=lambda name: not folded(name).startswith(wanted)
    )
    return Completion(start + sign + len(key) + 1 + begun, tuple(f"{quoted(name)} " for name in fitting))


def _word_start(text: str) -> int:
    """Where the word begins that ends with the text; a quote may still be open."""
    start, quoted = 0, False
    for place, char in enumerate(text):
        if char == '"':
            quoted = not quoted
        elif char.isspace() and not quoted:
            start = place + 1
    return start


def _last_name(value: str) -> int:
    """Where the last of several names begins."""
    start, quoted = 0, False
    for place, char in enumerate(value):
        if char == '"':
            quoted = not quoted
        elif char == "," and not quoted:
            start = place + 1
    return start
