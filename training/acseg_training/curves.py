"""The curves of a training: what is drawn as it runs, and goes into the card of its model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from acseg_training.progress import CurvePoint

_MOST = 400
"""Points of the curve of the loss, which each step adds to."""


class Curves:
    """Points of several curves by their names.

    The loss of every step goes into a point with those of the steps beside it, so that long trainings have no longer
    curves.
    """

    def __init__(self, steps: int) -> None:
        self._stride = -(-steps // _MOST)
        self._points: dict[str, list[list[float]]] = {}
        self._waiting: list[float] = []

    def add(self, curve: str, step: int, value: float) -> tuple[CurvePoint, ...]:
        """Add the value of one step; returns the points that the curve gained."""
        self._waiting.append(value)
        if len(self._waiting) < self._stride:
            return ()
        mean = sum(self._waiting) / len(self._waiting)
        self._waiting.clear()
        return self.add_all(step, {curve: mean})

    def add_all(self, step: int, values: Mapping[str, float]) -> tuple[CurvePoint, ...]:
        """Add a point to each of some curves; returns them."""
        for curve, value in values.items():
            self._points.setdefault(curve, []).append([float(step), value])
        return tuple(CurvePoint(curve, step, value) for curve, value in values.items())

    def last_tenth(self, curve: str) -> float:
        """Mean of the last tenth of a curve; NaN where it has no points."""
        values = [value for _, value in self._points.get(curve, [])]
        tail = values[-max(1, len(values) // 10) :]
        return sum(tail) / len(tail) if tail else float("nan")

    def points(self) -> tuple[CurvePoint, ...]:
        """All points, curve by curve."""
        return tuple(
            CurvePoint(curve, round(step), value) for curve, points in self._points.items() for step, value in points
        )

    def told(self) -> dict[str, list[list[float]]]:
        """All points, as JSON values."""
        return {curve: [list(point) for point in points] for curve, points in self._points.items()}

    @property
    def waiting(self) -> list[float]:
        """Values of steps that are not part of a point yet."""
        return list(self._waiting)

    def restore(self, told: Mapping[str, list[list[float]]], waiting: Iterable[float] = ()) -> None:
        """Go on from what `told` and ``waiting`` gave.

        Raises:
            ValueError: It is no such thing.
            TypeError: Likewise.
        """
        self._points = {
            str(curve): [[float(step), float(value)] for step, value in points] for curve, points in told.items()
        }
        self._waiting = [float(value) for value in waiting]
