"""Everything a training depends on besides the images, and the two presets that people choose from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal

from acseg_core.config import BackboneConfig

PHASES = ("projection", "merges", "generator")
"""What can be trained, in the order in which it is; each goes into the model file as a part of its own. Merges are
learned only where people accepted enough, and are left out where no other weights are better."""

_BOUNDS = {
    "prototypes": (1, 256),
    "blocks": (1, 64),
    "expansion": (1, 16),
    "steps": (1, 10**9),
    "batch": (1, 4096),
    "tokens": (2, 10**6),
    "views": (1, 1000),
    "projected": (0, 10**6),
    "fewest": (1, 10**6),
    "weighed": (0, 10**6),
    "fewest_accepted": (1, 10**6),
    "validate_every": (1, 10**9),
    "patience": (0, 10**6),
    "compared": (0, 10**6),
    "cache_budget": (0, 2**60),
    "seed": (0, 2**31 - 1),  # times the factor of a step's draw, plus the steps, it stays far below torch's 2**63
}

_OF_THIS_MACHINE = ("cache_budget", "compared")
"""Settings that no weight depends on: a run may go on with others."""


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """Everything a training run depends on, besides the images.

    Attributes:
        backbone: The frozen backbone.
        phases: Which of `PHASES` are trained.
        prototypes: K, the most concepts in an image; 1 to 256.
        blocks: Of the generator.
        expansion: Of the generator's feed-forward networks. A few concepts need no wide ones, and reading their weights
            is what generating takes the time for.
        steps: Optimiser steps of the generator, at most.
        batch: Views per step, over all processes together.
        tokens: Tokens drawn from each view.
        learning_rate: At its highest, after ``warmup`` steps; then it falls along a cosine to 0.
        warmup: Steps.
        weight_decay: Of AdamW.
        gamma: Resolution of modularity; 1 is the paper's.
        modularity: Weight of the modularity loss.
        quantisation: Weight of the quantisation loss; 0 is the paper.
        temperature: Of the quantisation's softmax, at the first step and at the last.
        start: Where the weights begin: "prototypes" lets the blocks add nothing, "soft-kmeans" makes each one a step
            of soft k-means, from the centres of the corpus's tokens (`soft_kmeans`).
        views: Of every image in the feature cache, at most; the generator's.
        projected: Images, at most, that the projection is fitted to.
        fewest: Images, at least, that it is fitted to: fewer tell less than the bundled projection knows.
        weighed: Images with accepted regions, at most, that the weights of merges are chosen by.
        fewest_accepted: Such images, at least: fewer tell nothing.
        hold_out: Share of the images that the comparison is made on, where the caller holds out none itself.
        validate_every: Steps between two looks at the images held out.
        patience: Looks without a better one after which the generator's training ends early; 0 never ends it.
        compared: Images held out, at most, that the comparison before and after is made on; 0 makes none.
        cache_budget: Bytes that the feature cache may take.
        seed: Of everything random; 0 to 2**31 - 1.

    Raises:
        ValueError: A setting is out of range.
    """

    backbone: BackboneConfig = field(default_factory=BackboneConfig)
    phases: tuple[str, ...] = PHASES
    prototypes: int = 8
    blocks: int = 6
    expansion: int = 1
    steps: int = 1500
    batch: int = 16
    tokens: int = 192
    learning_rate: float = 5e-4
    warmup: int = 100
    weight_decay: float = 0.01
    gamma: float = 1.0
    modularity: float = 0.05
    quantisation: float = 1.0
    temperature: tuple[float, float] = (0.1, 0.02)
    start: Literal["prototypes", "soft-kmeans"] = "prototypes"
    views: int = 4
    projected: int = 500
    fewest: int = 20
    weighed: int = 60
    fewest_accepted: int = 5
    hold_out: float = 0.2
    validate_every: int = 50
    patience: int = 10
    compared: int = 20
    cache_budget: int = 20 * 1024**3
    seed: int = 0

    def __post_init__(self) -> None:
        for name, (least, most) in _BOUNDS.items():
            value = getattr(self, name)
            if not least <= value <= most:
                raise ValueError(f"{name} must be from {least} to {most}, got {value}")
        if min(self.temperature) <= 0 or self.learning_rate <= 0:
            raise ValueError("temperature and learning_rate must be above 0")
        if self.start not in ("prototypes", "soft-kmeans"):
            raise ValueError(f'start must be "prototypes" or "soft-kmeans", got {self.start!r}')
        if not self.phases or not set(self.phases) <= set(PHASES):
            raise ValueError(f"phases must be some of {', '.join(PHASES)}, got {self.phases!r}")
        if not 0 <= self.hold_out < 1:
            raise ValueError(f"the share held out must be from 0 to below 1, got {self.hold_out}")

    def trains(self, phase: str) -> bool:
        """Whether a phase is one of this training."""
        return phase in self.phases

    def note(self) -> dict[str, object]:
        """The settings as plain JSON values."""
        plain: dict[str, object] = json.loads(json.dumps(asdict(self), default=str))
        return plain

    def to_json(self) -> str:
        """All settings as one line of JSON with sorted keys."""
        return json.dumps(self.note(), sort_keys=True)

    def identity(self) -> str:
        """The settings that weights depend on, as JSON: what a checkpoint has to agree with."""
        return json.dumps({k: v for k, v in self.note().items() if k not in _OF_THIS_MACHINE}, sort_keys=True)


PRESETS: Mapping[str, TrainingConfig] = MappingProxyType(
    {"quick": TrainingConfig(phases=("projection", "merges")), "thorough": TrainingConfig(phases=PHASES)}
)
"""Quick learns what default proposals use, the projection and the weights of merges: minutes. Thorough trains a
generator, too."""

FEWEST_COMPARED = 6
"""Images held out, at least, on which two models are compared: fewer tell nothing."""

PAPER: Mapping[str, Any] = MappingProxyType(
    {
        "phases": ("generator",),
        "prototypes": 5,
        "quantisation": 0.0,
        "modularity": 1.0,
        "start": "soft-kmeans",
        "learning_rate": 4e-5,
        "warmup": 20,
        "steps": 900,
        "batch": 8,
    }
)
"""Settings of the paper's configuration; those that the paper leaves open were chosen by measurement."""


def chosen_settings(
    backbone: BackboneConfig, *, preset: str | None = None, paper: bool = False, **given: Any
) -> TrainingConfig:
    """The settings that people chose: those of a preset or of the paper, but for what they gave themselves.

    Args:
        backbone: The frozen backbone.
        preset: One of `PRESETS`; if it is None, "thorough" where a setting of the generator is given, else "quick".
        paper: Take `PAPER` instead.
        given: Fields of `TrainingConfig`; None is not given.

    Raises:
        ValueError: There is no such preset, or a setting is out of range.
    """
    own = {name: value for name, value in given.items() if value is not None}
    if preset is None:
        preset = "thorough" if {"steps", "prototypes", "views"} & set(own) else "quick"
    if preset not in PRESETS:
        raise ValueError(f"there is no preset {preset!r}; choose {' or '.join(PRESETS)}")
    return replace(PRESETS[preset], backbone=backbone, **{**(PAPER if paper else {}), **own})
