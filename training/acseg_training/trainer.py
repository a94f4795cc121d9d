"""Trains a concept generator on cached tokens: modularity, and beside it a quantisation term."""

from __future__ import annotations

import json
import logging
import math
import pickle
from collections.abc import Generator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

import torch
from torch import Tensor

from acseg_core.config import BackboneConfig
from acseg_core.errors import StorageError, WeightsMismatchError
from acseg_core.nets.backbone import Backbone
from acseg_core.nets.generator import ConceptGenerator, GeneratorConfig, similarity
from acseg_core.nets.modularity import modularity_loss
from acseg_core.output.protected import write_output
from acseg_core.types import Progress
from acseg_core.version import __version__
from acseg_training.corpus import Corpus
from acseg_training.features import FeatureFiles, cache_features, load_tokens
from acseg_training.projection import fit_projection
from acseg_training.quantisation import quantisation_loss
from acseg_training.soft_kmeans import start_as_soft_kmeans

_log = logging.getLogger(__name__)

_CHECKPOINT_EVERY = 100
_FEWEST_PROJECTED = 50
_MOST_SAMPLED, _TOKENS_SAMPLED = 500, 40
"""Views, and tokens of each, that the start is found from."""

_BYTES_IN_MEMORY = 2 * 1024**3
_BOUNDS = {
    "prototypes": (1, 256),
    "blocks": (1, 64),
    "expansion": (1, 16),
    "steps": (1, 10**9),
    "batch": (1, 4096),
    "tokens": (2, 10**6),
    "views": (1, 1000),
    "projected": (0, 10**6),
    "seed": (0, 2**31 - 1),  # times the factor in _Run._draw, plus the steps, it stays far below torch's 2**63
}


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """Everything a training run depends on, besides the images.

    Attributes:
        backbone: The frozen backbone.
        prototypes: K, the most concepts in an image; 1 to 256.
        blocks: Of the generator.
        expansion: Of the generator's feed-forward networks. A few concepts need no wide ones, and reading their weights
            is most of what the generator does.
        steps: Of the optimiser.
        batch: Views in one step.
        tokens: Drawn at random from each view in one step.
        learning_rate: Peak of the cosine schedule.
        warmup: Steps of linear rise to the peak.
        weight_decay: Of AdamW.
        gamma: Resolution of the modularity.
        modularity: Weight of the modularity loss.
        quantisation: Weight of the quantisation loss; 0 is the paper.
        start: Where the weights begin: "prototypes" lets the blocks add nothing, "soft-kmeans" makes each one a step
            of soft k-means, from the centres of the corpus's tokens (`soft_kmeans`).
        temperature: Of the quantisation's softmax, at the first step and at the last.
        views: Of every image in the feature cache.
        projected: Images, at most, that the projection which goes into the same file is fitted to; 0 fits none. Nor do
            fewer than 50 images, which tell less than the bundled projection knows.
        seed: Of everything random; 0 to 2**31 - 1.
    """

    backbone: BackboneConfig = field(default_factory=BackboneConfig)
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
    views: int = 4
    projected: int = 500
    seed: int = 0
    start: Literal["prototypes", "soft-kmeans"] = "prototypes"

    def __post_init__(self) -> None:
        for name, (least, most) in _BOUNDS.items():
            value = getattr(self, name)
            if not least <= value <= most:
                raise ValueError(f"{name} must be from {least} to {most}, got {value}")
        if min(self.temperature) <= 0 or self.learning_rate <= 0:
            raise ValueError("temperature and learning_rate must be above 0")
        if self.start not in ("prototypes", "soft-kmeans"):
            raise ValueError(f'start must be "prototypes" or "soft-kmeans", got {self.start!r}')

    def note(self) -> dict[str, object]:
        """The settings as plain JSON values."""
        plain: dict[str, object] = json.loads(json.dumps(asdict(self), default=str))
        return plain


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What came of it.

    Attributes:
        path: The generator file.
        steps: Taken in all, those before a resume included.
        loss: Mean over the last tenth of the steps taken in this session.
        features: The views trained on, and the images left out.
        projected: How many images the projection in the file was fitted to; 0 where it holds none.
    """

    path: Path
    steps: int
    loss: float
    features: FeatureFiles
    projected: int


def train(
    corpus: Corpus, out: Path, config: TrainingConfig, *, cache: Path, resume: bool = False
) -> Generator[Progress, None, TrainingReport]:
    """Train a generator and write it to ``out``; stopping it keeps a checkpoint beside ``out``.

    So does a file of the cache that is gone or damaged.

    The projection of `acseg_core.proposals.projection` is fitted to the same images and goes into the same file.

    Args:
        corpus: The images.
        out: The generator file to write.
        config: The settings.
        cache: Folder of the feature cache; what is there is used.
        resume: Go on from the checkpoint of an earlier run with the same settings, if there is one.

    Yields:
        A tick that says how much disk the cache takes, one per image while tokens are computed, one per step, then one
        per image that the projection is fitted to.

    Raises:
        ImagesNotFoundError: No image can be read.
        ModelError: The backbone cannot be had, or the checkpoint does not fit the settings.
        StorageError: ``out`` or the cache cannot be written; of ``out`` that is known before anything is computed.
    """
    checkpoint = checkpoint_path(out)
    for path in (out, checkpoint):
        corpus.check_output(path, weights=config.backbone.weights)
    backbone = Backbone(config.backbone)
    run = _Run(config, backbone.dim, backbone.device)
    if resume and checkpoint.exists():
        run.restore(checkpoint)
    features = yield from cache_features(
        corpus, backbone, cache, views=config.views, input_size=config.backbone.input_size
    )
    shelf = _Shelf(features.paths)
    if run.step == 0:
        run.begin(shelf)
    losses: list[float] = []
    try:
        while run.step < config.steps:
            losses.append(run.advance(shelf))
            if run.step % _CHECKPOINT_EVERY == 0:
                run.keep(checkpoint)
            yield Progress(run.step, config.steps, f"loss {losses[-1]:.4f}")
        fitted = None
        readable = corpus.without(features.skipped).sample(config.projected, seed=config.seed)
        if len(readable.paths) >= _FEWEST_PROJECTED:
            fitted = yield from fit_projection(readable, backbone)
    except (GeneratorExit, StorageError):
        run.keep(checkpoint)
        raise
    tail = losses[-max(1, len(losses) // 10) :]
    loss = sum(tail) / len(tail) if tail else math.nan
    note = {**config.note(), "images": len(corpus.paths), "loss": loss, "version": __version__}
    packed = fitted.projection.packed(fitted=fitted.note) if fitted else None
    run.generator.save(out, training={**note, "backbone_sha256": backbone.weights_sha256}, projection=packed)
    checkpoint.unlink(missing_ok=True)
    return TrainingReport(out, run.step, loss, features, len(readable.paths) if fitted else 0)


def checkpoint_path(out: Path) -> Path:
    """Where a stopped run that was to write ``out`` keeps its checkpoint."""
    return out.parent / f"{out.name}.checkpoint"


class _Shelf:
    """Views by number; up to two gigabytes of them stay in memory, the rest is read when drawn."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        self._paths = paths
        self._kept: dict[int, Tensor] = {}
        self._room = _BYTES_IN_MEMORY

    def __len__(self) -> int:
        return len(self._paths)

    def tokens(self, number: int) -> Tensor:
        """(N, D) float16 tokens of one view.

        Raises:
            StorageError: Its file is gone or damaged.
        """
        if number in self._kept:
            return self._kept[number]
        tokens = torch.from_numpy(load_tokens(self._paths[number])).flatten(0, 1)
        if tokens.nbytes <= self._room:
            self._room -= tokens.nbytes
            self._kept[number] = tokens
        return tokens


class _Run:
    """Network, optimiser and step count of one training run.

    What a step draws at random depends on the seed and the step's number only, so that a resumed run is the same run.
    """

    def __init__(self, config: TrainingConfig, dim: int, device: torch.device) -> None:
        self.config = config
        self.step = 0
        self._device = device
        heads = next(count for count in (6, 4, 3, 2, 1) if dim % count == 0)
        shape = GeneratorConfig(
            dim=dim,
            prototypes=config.prototypes,
            blocks=config.blocks,
            heads=heads,
            expansion=config.expansion,
            backbone=config.backbone.name,
        )
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(config.seed)
            self.generator = ConceptGenerator(shape).to(device).train()
        self.generator.start_at_prototypes()
        self._optimiser = torch.optim.AdamW(
            self.generator.parameters(), lr=config.learning_rate, weight_decay=config.weight_decay
        )

    def begin(self, shelf: _Shelf) -> None:
        """Set the weights that training begins with, where the corpus has a say in them."""
        if self.config.start != "soft-kmeans":
            return
        random = torch.Generator().manual_seed(self.config.seed)
        views = torch.randperm(len(shelf), generator=random)[:_MOST_SAMPLED].tolist()
        drawn = [shelf.tokens(view) for view in views]
        sample = [tokens[torch.randperm(len(tokens), generator=random)[:_TOKENS_SAMPLED]] for tokens in drawn]
        start_as_soft_kmeans(self.generator, torch.cat(sample).float().to(self._device), seed=self.config.seed)

    def advance(self, shelf: _Shelf) -> float:
        """Take one optimiser step; returns the loss."""
        share = self.step / self.config.steps
        for group in self._optimiser.param_groups:
            group["lr"] = self._learning_rate()
        tokens = self._draw(shelf)
        assignment = similarity(tokens, self.generator(tokens))
        loss = tokens.new_zeros(())
        if self.config.modularity:
            loss = loss + self.config.modularity * modularity_loss(tokens, assignment, gamma=self.config.gamma)
        if self.config.quantisation:
            first, last = self.config.temperature
            temperature = first * (last / first) ** share
            loss = loss + self.config.quantisation * quantisation_loss(assignment, temperature=temperature)
        self._optimiser.zero_grad()
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(self.generator.parameters(), 1.0)
        self._optimiser.step()
        self.step += 1
        return loss.item()

    def keep(self, path: Path) -> None:
        """Write a checkpoint."""
        state = {
            "settings": json.dumps(self.config.note(), sort_keys=True),
            "step": self.step,
            "generator": self.generator.state_dict(),
            "optimiser": self._optimiser.state_dict(),
        }
        with write_output(path) as file:
            torch.save(state, file)

    def restore(self, path: Path) -> None:
        """Go on from a checkpoint.

        Raises:
            WeightsMismatchError: It was made with other settings, or is damaged.
        """
        remedy = (
            f"{path}: this checkpoint belongs to a run with other settings, or is damaged; start again without --resume"
        )
        try:
            state: dict[str, Any] = torch.load(path, map_location=self._device, weights_only=True)
            if state["settings"] != json.dumps(self.config.note(), sort_keys=True):
                raise WeightsMismatchError(remedy)
            self.generator.load_state_dict(state["generator"])
            self._optimiser.load_state_dict(state["optimiser"])
            self.step = state["step"]
        except (RuntimeError, LookupError, EOFError, ValueError, OSError, pickle.UnpicklingError) as error:
            raise WeightsMismatchError(remedy) from error

    def _draw(self, shelf: _Shelf) -> Tensor:
        """(B, N, D) float32: random tokens of random views."""
        random = torch.Generator().manual_seed(self.config.seed * 1_000_003 + self.step)
        drawn = []
        for number in torch.randint(len(shelf), (self.config.batch,), generator=random).tolist():
            tokens = shelf.tokens(number)
            count = len(tokens)
            indices = torch.randperm(count, generator=random)
            if count < self.config.tokens:  # a tiny or very long image: draw again from what there is
                indices = indices.repeat(-(-self.config.tokens // count))
            drawn.append(tokens[indices[: self.config.tokens]])
        return torch.stack(drawn).float().to(self._device)

    def _learning_rate(self) -> float:
        peak, warmup = self.config.learning_rate, self.config.warmup
        if self.step < warmup:
            return peak * (self.step + 1) / warmup
        share = (self.step - warmup) / max(1, self.config.steps - warmup)
        return peak * 0.5 * (1 + math.cos(math.pi * min(1.0, share)))
