"""Ticks of a training: its phase, how long it will still take, and what its curves gained since the last one."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from acseg_core.types import Progress

_TRUST = 3.0
"""Units of work that a rate known from before counts as, beside those that were just measured."""


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A point of one of the curves of a training.

    Attributes:
        curve: Which: "loss", "validation loss", "validation modularity".
        step: Of the optimiser.
        value: There.
    """

    curve: str
    step: int
    value: float


@dataclass(frozen=True, slots=True)
class TrainingTick(Progress):
    """One tick of a training: ``done`` of ``total`` units of its phase.

    Attributes:
        phase: "features", "projection", "merges", "generator" or "comparing".
        seconds_left: Until the whole training is done; None while nothing is known.
        points: What the curves gained since the last tick.
        interim: A model of what has been learned so far, which was just written; else None.
    """

    phase: str = ""
    seconds_left: float | None = None
    points: tuple[CurvePoint, ...] = ()
    interim: Path | None = None


class Clock:
    """Time left of work in phases, each of so many units of about the same cost.

    A phase's rate is the one known from before (of the last run, or measured on one image) until units were done here;
    the more were, the less the old rate counts.
    """

    def __init__(
        self,
        units: Mapping[str, int],
        rates: Mapping[str, float],
        *,
        done: Mapping[str, int] | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._units = dict(units)
        self._known = dict(rates)
        self._done = dict.fromkeys(units, 0) | dict(done or {})
        self._spent = dict.fromkeys(units, 0.0)
        self._measured = dict.fromkeys(units, 0)
        self._now = now
        self._phase = ""
        self._since = now()

    def enter(self, phase: str, *, units: int | None = None, done: int = 0) -> None:
        """Begin a phase.

        Args:
            phase: Its name.
            units: Of it, if that is better known now.
            done: Of these, in an earlier session.
        """
        self._phase, self._since = phase, self._now()
        self._units[phase] = self._units.get(phase, 0) if units is None else units
        self._done[phase] = done
        self._spent.setdefault(phase, 0.0)
        self._measured.setdefault(phase, 0)

    def go_on(self) -> None:
        """Work goes on after others had their turn, whose time does not count."""
        self._since = self._now()

    def advance(self, count: int = 1, *, measured: bool = True) -> None:
        """Units of the phase are done; those that took no work (they were done before) say nothing about its rate."""
        now = self._now()
        self._done[self._phase] += count
        if measured:
            self._spent[self._phase] += now - self._since
            self._measured[self._phase] += count
        self._since = now

    def rate(self, phase: str) -> float | None:
        """Seconds a unit of a phase; None while nothing is known."""
        known, units = self._known.get(phase), self._measured.get(phase, 0)
        if known is None:
            return self._spent[phase] / units if units else None
        return (known * _TRUST + self._spent.get(phase, 0.0)) / (_TRUST + units)

    def rates(self) -> dict[str, float]:
        """Seconds a unit of each phase: as measured here, else as known from before."""
        return self._known | {phase: self._spent[phase] / units for phase, units in self._measured.items() if units}

    def seconds_left(self) -> float | None:
        """Until all phases are done; None while one of them is unknown."""
        total = 0.0
        for phase, units in self._units.items():
            left = max(0, units - self._done.get(phase, 0))
            rate = self.rate(phase)
            if left and rate is None:
                return None
            total += left * (rate or 0.0)
        return total


def spelled_out(seconds: float) -> str:
    """A time as people say it: "40 s", "12 min", "3.5 h"."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
