"""Fuzzy matching: finding a label by a few typed letters."""

from __future__ import annotations

from collections.abc import Iterable

from acseg_core.store.records import name_key
from acseg_core.types import Label

_INITIALS = 300
"""Score of initials: above what only has the letters somewhere, below what has them side by side."""


def score(query: str, name: str) -> int | None:
    """How well ``name`` answers ``query``, higher is better; None when its letters are not there in order."""
    query, name = name_key(query).strip(), name_key(name)
    if not query:
        return 0
    if name == query:
        return 1000
    if name.startswith(query):
        return 800 - len(name)
    at = name.find(query)
    if at >= 0:
        return (600 if not name[at - 1].isalnum() else 400) - at - len(name)
    if _initials(name).startswith(query):
        return _INITIALS - len(name)
    position, gaps = -1, 0
    for char in query:
        found = name.find(char, position + 1)
        if found < 0:
            return None
        gaps += found - position - 1
        position = found
    return 200 - gaps - len(name)


def is_meant(query: str, name: str) -> bool:
    """Whether a name has the query in one piece, or as its initials, and not merely its letters somewhere."""
    query, name = name_key(query).strip(), name_key(name)
    return query in name or _initials(name).startswith(query)


def rank(query: str, labels: Iterable[Label]) -> list[Label]:
    """Labels that answer ``query``, best first, those that are meant before all others; equal ones by name."""
    scored = [(found, label) for label in labels if (found := score(query, label.name)) is not None]
    scored.sort(key=lambda pair: (not is_meant(query, pair[1].name), -pair[0], pair[1].name.casefold()))
    return [label for _, label in scored]


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split())
