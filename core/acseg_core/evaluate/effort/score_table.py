"""Score table of a simulated annotator: what is labelled, what it cost, and the accuracy after every action."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from acseg_core.evaluate.effort.costs import NAME, SPLIT, STROKE, VIEW

NAMELESS = -1


@dataclass(frozen=True, slots=True)
class Point:
    """The state of the whole set after so much work.

    Attributes:
        stage: "names" while regions or clusters are named, then "checks", "splits" and "strokes".
        actions: Views, names, splits and strokes so far.
        names: Names given, as a part of the actions.
        seconds: They took.
        accuracy: Of all known pixels; those without a name are wrong.
        miou: Mean IoU over the classes that occur.
    """

    stage: str
    actions: int
    names: int
    seconds: float
    accuracy: float
    miou: float


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Pixels of one image that have one name at a time.

    Attributes:
        image: Its index in the labelled set.
        leaves: (k,) leaves of the image's tree that it has pixels of.
        pixels: (k, C) int64, its known pixels by leaf and class.
        key: Value of the image's key map where its pixels are; 0 for images without one.
    """

    image: int
    leaves: NDArray[np.intp]
    pixels: NDArray[np.int64]
    key: int = 0

    @property
    def known(self) -> NDArray[np.int64]:
        """(C,) int64 pixels of each class."""
        return np.asarray(self.pixels.sum(axis=0), np.int64)


class ScoreTable:
    """Pieces, their names, the clock, and the curve of both.

    Attributes:
        pieces: Those that cover all images; those that were split have made room for their parts.
        names: Class that every piece is given, `NAMELESS` without one.
        curve: A point for every action.
        stage: Of the points to come.
    """

    def __init__(self, pieces: Sequence[Piece], classes: int) -> None:
        self.pieces: list[Piece] = list(pieces)
        self.names: list[int] = [NAMELESS] * len(self.pieces)
        self.stage = "names"
        self._known = [piece.known for piece in self.pieces]
        self._true = np.sum(self._known, axis=0) if self._known else np.zeros(classes, np.int64)
        self._occurring = self._true > 0
        self._agreed, self._given = np.zeros(classes, np.int64), np.zeros(classes, np.int64)
        self._actions = self._named = 0
        self._seconds = 0.0
        self.curve: list[Point] = [self._point()]

    def oracle(self, pieces: Sequence[int]) -> int:
        """The class that most known pixels of some pieces have; `NAMELESS` when none is known."""
        known = np.sum([self._known[piece] for piece in pieces], axis=0)
        return int(known.argmax()) if known.any() else NAMELESS

    def mistaken(self, pieces: Sequence[int]) -> int:
        """Known pixels that one name for all these pieces gets wrong, and a name for each would not."""
        known = np.stack([self._known[piece] for piece in pieces])
        return int(known.max(axis=1).sum() - known.sum(axis=0).max())

    def view(self) -> None:
        """View something and leave it as it is."""
        self.spend(VIEW)

    def spend(self, seconds: float, *, actions: int = 1) -> None:
        """Let the clock go on."""
        self._actions += actions
        self._seconds += seconds
        self.curve.append(self._point())

    def name(self, pieces: Sequence[int]) -> None:
        """Give some pieces together the oracle's name; without known pixels that is a rejection, and as much work."""
        self._rename(pieces, [self.oracle(pieces)] * len(pieces))
        self._named += 1
        self.spend(NAME)

    def assume(self, pieces: Sequence[int], names: Sequence[int]) -> None:
        """Take names for given that the machine suggests: no action, no time."""
        self._rename(pieces, names)
        self.curve[-1] = self._point()

    def split(self, piece: int, parts: Sequence[Piece]) -> list[int]:
        """Put parts in the place of a piece; they keep its name. Returns their numbers: the first is the piece's."""
        numbers = [piece, *range(len(self.pieces), len(self.pieces) + len(parts) - 1)]
        name = self.names[piece]
        self.pieces[piece], self._known[piece] = parts[0], parts[0].known
        for part in parts[1:]:
            self.pieces.append(part)
            self._known.append(part.known)
            self.names.append(name)
        self.spend(SPLIT)
        return numbers

    def stroke(self, label: int, covered: NDArray[np.int64]) -> None:
        """Paint known pixels of one class in its colour.

        Args:
            label: The class.
            covered: (C + 1,) int64, how many pixels had each name before; the last are those without one.
        """
        self._given -= covered[:-1]
        gained = int(covered.sum())
        self._agreed[label] += gained
        self._given[label] += gained
        self.spend(STROKE)

    def _rename(self, pieces: Sequence[int], names: Sequence[int]) -> None:
        for piece, name in zip(pieces, names, strict=True):
            before = self.names[piece]
            if name == before:
                continue
            known = self._known[piece]
            for label, sign in ((before, -1), (name, 1)):
                if label != NAMELESS:
                    self._agreed[label] += sign * known[label]
                    self._given[label] += sign * known.sum()
            self.names[piece] = int(name)

    def _point(self) -> Point:
        union = (self._given + self._true - self._agreed)[self._occurring]
        return Point(
            stage=self.stage,
            actions=self._actions,
            names=self._named,
            seconds=self._seconds,
            accuracy=float(self._agreed.sum() / max(int(self._true.sum()), 1)),
            miou=float((self._agreed[self._occurring] / union).mean()) if len(union) else 0.0,
        )
