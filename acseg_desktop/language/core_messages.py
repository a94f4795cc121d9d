"""Messages of the core when something is wrong, translated into the language of the window.

The core knows no Qt and speaks English. Its sentences are read off its sources (`tests/translations.py`), with {0},
{1}... for what is filled in: so a sentence that arrives is known again, translated, and filled in anew. What is not
known, such as the words of the operating system, stays as it is.
"""

from __future__ import annotations

import functools
import json
import re

from acseg_core.reports import UnusedPart
from acseg_desktop.language.words import Words, number
from acseg_resources import resource_path

_tr = Words("Core")

_PLACE = re.compile(r"(\{\d+\})")
_COLON = ": "


def translated(message: object) -> str:
    """An error, or the reason of one, in the language of the window."""
    text = str(message)
    found = _known(text)
    if found is not None:
        return found
    start = text.find(_COLON)
    while start >= 0:  # a path, and a reason that is said of others, too
        head, tail = text[: start + len(_COLON)], text[start + len(_COLON) :]
        found = _known(tail)
        if found is not None:
            return head + found
        start = text.find(_COLON, start + 1)
    return text


def translated_part(part: UnusedPart) -> str:
    """What cannot be used as it is meant for one reason, and how much, in the language of the window."""
    return f"{number(part.count)} {translated(part.reason)}"


def _known(text: str) -> str | None:
    """None if it is not known."""
    for pattern, sentence in _sentences():
        match = pattern.fullmatch(text)
        if match is not None:
            return _tr(sentence).format(*(_part(each) for each in match.groups()))
    return None


def _part(text: str) -> str:
    """What was filled in is a name, a path or a number; or another sentence, in the middle of one."""
    return translated(text) if " " in text else text


@functools.cache
def _sentences() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Those that say most come first: a short one may be the beginning of a longer one."""
    listed = json.loads(resource_path("translations", "core.json").read_text(encoding="utf-8"))
    ordered = sorted(listed, key=lambda sentence: -len(_PLACE.sub("", sentence)))
    return tuple((_pattern(sentence), sentence) for sentence in ordered)


def _pattern(sentence: str) -> re.Pattern[str]:
    parts = _PLACE.split(sentence)
    return re.compile("".join("(.*?)" if _PLACE.fullmatch(part) else re.escape(part) for part in parts), re.DOTALL)
