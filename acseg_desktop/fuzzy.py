"""Finding a label by a few typed letters."""

from __future__ import annotations

from collections.abc import Iterable

from acseg_core.store.records import folded
from acseg_core.types import Label


def score(query: str, name: str) -> int | None:
    """How well ``name`` answers ``query``, higher is better; None when its letters are not there in order."""
    query, name = folded(query).strip(), folded(name)
    if not query:
        return 0
    if name == query:
        return 1000
    if name.startswith(query):
        return 800 - len(name)
    at = name.find(query)
    if at >= 0:
        return (600 if not name[at - 1].isalnum() else 400) - at - len(name)
    position, gaps = -1, 0
    for char in query:
        found = name.find(char, position + 1)
        if found < 0:
            return None
        gaps += found - position - 1
        position = found
    return 200 - gaps - len(name)


def rank(query: str, labels: Iterable[Label]) -> list[Label]:
    """Labels that answer ``query``, best first; equal ones by name."""
    scored = [(found, label) for label in labels if (found := score(query, label.name)) is not None]
    return [label for _, label in sorted(scored, key=lambda pair: (-pair[0], pair[1].name.casefold()))]
