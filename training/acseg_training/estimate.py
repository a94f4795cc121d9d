"""What a training will cost, from rates measured on this machine: those of the last run, or on one image."""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from acseg_core.config import TreeConfig
from acseg_core.errors import ImageError, ImagesNotFoundError
from acseg_core.nets.backbone import Backbone
from acseg_core.output.atomic_write import keep
from acseg_core.proposals.patches import Patches
from acseg_core.types import Progress
from acseg_training.corpus import Corpus
from acseg_training.dividing import reduced
from acseg_training.features import bytes_of_view
from acseg_training.generator_run import GeneratorRun
from acseg_training.holding_out import usual_share
from acseg_training.merges import describer_of, scores_of
from acseg_training.projection import Scatter, regions_of_patches
from acseg_training.settings import TrainingConfig

_log = logging.getLogger(__name__)

_FILE = "rates.json"

COMPARED_VIEWS = 3
"""Views of an image that a comparison looks at: the image, its mirror image and a crop."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Seconds and bytes on this machine.

    Attributes:
        seconds: A unit of each phase: "features" a view, "projection" and "merges" an image, "generator" a step,
            "comparing" an image.
        view_bytes: Of a view in the feature cache.
    """

    seconds: Mapping[str, float]
    view_bytes: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a training will cost.

    Attributes:
        seconds: In all.
        disk_bytes: Of the feature cache.
        phases: Seconds of each phase.
    """

    seconds: float
    disk_bytes: int
    phases: Mapping[str, float]


def phase_units(count: int, held_out: int, config: TrainingConfig, *, accepted: int = 0) -> dict[str, int]:
    """Units of each phase, in their order.

    Args:
        count: Images that are trained on.
        held_out: Images that the model is judged by.
        config: The settings.
        accepted: Of those trained on, images in which people accepted enough.
    """
    found: dict[str, int] = {}
    if config.trains("generator"):
        found["features"] = count * config.views + held_out
    if config.trains("projection"):
        found["projection"] = min(count, config.projected)
    if config.trains("merges") and accepted >= config.fewest_accepted and config.weighed:
        found["merges"] = min(accepted, config.weighed)
    if config.trains("generator"):
        found["generator"] = config.steps
    if held_out and config.compared:
        found["comparing"] = min(held_out, config.compared)
    return found


def estimate(
    count: int, config: TrainingConfig, *, rates: Rates, held_out: int | None = None, accepted: int = 0
) -> Estimate:
    """What a training on so many images takes, at most: tokens that are kept and an early end make it shorter.

    Args:
        count: Images, those held out counted.
        config: The settings.
        rates: Of this machine.
        held_out: Images held out; the usual share if left out.
        accepted: Images in which people accepted enough, those held out counted.
    """
    held = round(count * usual_share(count, config.hold_out)) if held_out is None else held_out
    left = round(accepted * (count - held) / max(1, count))
    units = phase_units(count - held, held, config, accepted=left)
    phases = {phase: number * rates.seconds.get(phase, 0.0) for phase, number in units.items()}
    disk = min(units.get("features", 0) * rates.view_bytes, config.cache_budget)
    return Estimate(sum(phases.values()), disk, phases)


def measure_rates(corpus: Corpus, config: TrainingConfig) -> Generator[Progress, None, Rates]:
    """Measure on one image and one step: some seconds.

    Yields:
        A tick per phase.

    Raises:
        ImagesNotFoundError: No image can be read.
        ModelError: The backbone cannot be had.
    """
    yield Progress(0, 1, "measuring the speed of this machine")
    return rates_on(_first_image(corpus), config, Backbone(config.backbone))


def rates_of(corpus: Corpus, config: TrainingConfig, backbone: Backbone) -> Rates:
    """The same with a backbone that is there.

    Raises:
        ImagesNotFoundError: No image can be read.
    """
    return rates_on(_first_image(corpus), config, backbone)


def rates_on(image: NDArray[np.uint8], config: TrainingConfig, backbone: Backbone) -> Rates:
    """What an image, (H, W, 3) uint8 RGB, and a step cost; all once without looking at the clock, which loads code."""
    tree_config = TreeConfig()
    for pixels in (image[:64, :64], image):
        start = time.perf_counter()
        features = backbone.features([np.ascontiguousarray(pixels)])[0]
        seen = time.perf_counter()
        patches = Patches.of(features, None)
        described = patches.described(key_share=tree_config.key_share, value_share=tree_config.value_share)
        leaf, region = regions_of_patches(pixels, patches, described)
        divided = time.perf_counter()
        found = Scatter.empty(described.shape[2])
        found.add(described, leaf, region)
        added = time.perf_counter()
    view, tree = seen - start, divided - seen
    seconds = {
        "features": view,
        "projection": added - start,
        "comparing": COMPARED_VIEWS * (view + 2 * tree),
    }
    if config.trains("merges"):
        seconds["merges"] = _merges_seconds(image, config, backbone)
    if config.trains("generator"):
        seconds["generator"] = _step_seconds(config, backbone)
    return Rates(seconds, bytes_of_view(backbone, config.backbone.input_size))


def last_rates(cache: Path, config: TrainingConfig) -> Rates | None:
    """What the last run with such settings measured; None where there was none, or its record does not read."""
    try:
        told = json.loads((cache / _FILE).read_text("utf-8"))[_key(config)]
        seconds = {str(phase): float(value) for phase, value in told["seconds"].items()}
        rates = Rates(seconds, int(told["view_bytes"]))
    except (OSError, LookupError, ValueError, TypeError, AttributeError):
        return None
    needed = set(phase_units(1, 1, config, accepted=config.fewest_accepted))
    usable = needed <= set(seconds) and all(0 <= value < 1e6 for value in seconds.values())
    return rates if usable else None


def keep_rates(cache: Path, config: TrainingConfig, rates: Rates) -> None:
    """Note for next time what a run measured; what cannot be written is measured again."""
    try:
        told = json.loads((cache / _FILE).read_text("utf-8"))
        told = dict(told)
    except (OSError, ValueError, TypeError):
        told = {}
    told[_key(config)] = {"seconds": dict(rates.seconds), "view_bytes": rates.view_bytes}
    text = json.dumps(told, sort_keys=True).encode()
    keep(cache / _FILE, lambda file: file.write(text), what="measured speeds are")


def _key(config: TrainingConfig) -> str:
    """What rates depend on."""
    backbone = config.backbone
    model = (backbone.name, str(backbone.weights), backbone.input_size, backbone.device, backbone.precision)
    shape = (config.prototypes, config.blocks, config.expansion, config.batch, config.tokens)
    return hashlib.sha256(repr((model, shape, torch.get_num_threads())).encode()).hexdigest()[:16]


def _first_image(corpus: Corpus) -> NDArray[np.uint8]:
    reason = "there are no images"
    for image in corpus.images:
        try:
            return image.load()
        except ImageError as error:
            reason = str(error)
    raise ImagesNotFoundError(f"{reason}; none of the images can be used for training")


def _merges_seconds(image: NDArray[np.uint8], config: TrainingConfig, backbone: Backbone) -> float:
    """Of trying all weights of merges on an image, whatever was accepted in it."""
    picture = reduced(image)
    start = time.perf_counter()
    features = backbone.features([picture])[0]
    scores_of(picture, np.zeros(picture.shape[:2], np.int32), features, describer_of(config.backbone, None))
    return time.perf_counter() - start


def _step_seconds(config: TrainingConfig, backbone: Backbone) -> float:
    """Of one optimiser step, on tokens that say nothing."""
    run = GeneratorRun(config, backbone.dim, backbone.device)
    random = torch.Generator().manual_seed(0)
    tokens = torch.randn(config.batch, config.tokens, backbone.dim, generator=random).half()
    run.advance(tokens)
    start = time.perf_counter()
    run.advance(tokens)
    return time.perf_counter() - start
