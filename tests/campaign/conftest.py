"""A campaign: many cases of bad luck and bad will, each of its own seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from campaign.hostile_reader import Figures, HostileReader

_SHOWN, _PROGRESS = 12, 50


@dataclass
class Campaign:
    """Which cases are tried.

    Attributes:
        size: How many were asked for; None where none were, as in the ordinary tests.
        seed: Of all cases.
        only: The one case that is tried, or None.
        told: Of how many faults it was told already.
    """

    size: int | None
    seed: int
    only: int | None
    told: int = 0

    def cases(self, kind: str, usual: int) -> Iterator[tuple[int, random.Random]]:
        """The numbers of cases, each with its own generator of random numbers."""
        numbers = range(self.size or usual) if self.only is None else [self.only]
        for number in numbers:
            yield number, random.Random(f"{self.seed} {kind} {number}")

    def progress(self, kind: str, figures: Figures) -> None:
        """Print how far a long campaign has come, and a fault when it turns up."""
        if self.size is not None and (figures.cases % _PROGRESS == 0 or len(figures.faults) > self.told):
            new, self.told = figures.faults[self.told :], len(figures.faults)
            print(f"{kind}: {figures.cases} cases, {len(figures.faults)} faults", *new, sep="\n", flush=True)

    def judge(self, kind: str, figures: Figures) -> None:
        """Print what was seen, and fail if anything went wrong."""
        print(f"\n{kind}, seed {self.seed}: {figures}")
        if figures.faults:
            shown = "\n".join(figures.faults[:_SHOWN])
            again = f"--campaign-seed {self.seed} --campaign-case N tries one of them alone"
            pytest.fail(f"{len(figures.faults)} of {figures.cases} cases went wrong ({again}):\n{shown}", pytrace=False)


@pytest.fixture
def campaign(request: pytest.FixtureRequest) -> Campaign:
    """What the command line asks for."""
    option = request.config.getoption
    return Campaign(option("--campaign"), option("--campaign-seed"), option("--campaign-case"))


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[HostileReader]:
    """A process that reads files as the product does."""
    made = HostileReader(tmp_path)
    yield made
    made.close()
