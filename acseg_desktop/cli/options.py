"""Arguments and options that several commands of `acseg` share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from acseg_core.config import INPUT_SIZES, BackboneConfig, SegmenterConfig
from acseg_core.images.label_maps import RULE

DEFAULT_GRANULARITY = 0.5
"""Default granularity of `acseg_core.proposals.tree`, which is too heavy to import for a help text."""


class PresetChoice(StrEnum):
    """How much is trained."""

    QUICK = "quick"
    THOROUGH = "thorough"


class DeviceChoice(StrEnum):
    """Device to run the model on."""

    AUTO = "auto"
    CPU = "cpu"
    CUDA = "cuda"
    MPS = "mps"


class FineChoice(StrEnum):
    """What regions are put together from."""

    CELLS = "cells"
    WARD = "ward"
    GENERATOR = "generator"


class EngineChoice(StrEnum):
    """Where regions are found."""

    LOCAL = "local"
    PROCESSES = "processes"
    RAY = "ray"


class MethodChoice(StrEnum):
    """How regions are found."""

    TREE = "tree"
    ACSEG = "acseg"


class PagesChoice(StrEnum):
    """Which pages of a file become images."""

    FIRST = "first"
    ALL = "all"


class TilesChoice(StrEnum):
    """Which files are divided into tiles."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class TruthChoice(StrEnum):
    """Form of a ground truth; auto takes the one that is there."""

    AUTO = "auto"
    COCO = "coco"
    PNG = "png"
    BSDS = "bsds"


class ClassTruthChoice(StrEnum):
    """Form of a ground truth that has classes."""

    AUTO = "auto"
    COCO = "coco"
    PNG = "png"


def input_size(text: str) -> int:
    """Read a preset's name or a number of pixels.

    Raises:
        typer.BadParameter: It is neither.
    """
    size = INPUT_SIZES.get(text, 0) or (int(text) if text.isdecimal() else 0)
    if not 64 <= size <= 4096:
        raise typer.BadParameter(f"{text!r} is not a size; give fast, balanced, fine or a number from 64 to 4096")
    return size


def _granularity(value: float | None) -> float | None:
    if value is not None and not 0 <= value <= 1:  # nan is neither
        raise typer.BadParameter("give a number from 0 (coarse) to 1 (fine)")
    return value


def segmenter_config(
    backbone: str, weights: Path | None, *, input_size: int, device: DeviceChoice, batch: int, model: Path | None
) -> SegmenterConfig:
    """What the options of a model say, put together."""
    chosen = BackboneConfig(name=backbone, weights=weights, input_size=input_size, device=device.value, batch=batch)
    return SegmenterConfig(backbone=chosen, generator=model)


ProjectArgument = Annotated[Path, typer.Argument(metavar="PROJECT", help="Project folder.", show_default=False)]
LabelMapsOption = Annotated[bool, typer.Option("--label-maps", help=f"Treat label maps as photos too. {RULE}")]
DeviceOption = Annotated[DeviceChoice, typer.Option("--device", help="Device to run the model on.")]
BackboneOption = Annotated[str, typer.Option("--backbone", help="Name of a vision transformer in timm.")]
WeightsOption = Annotated[
    Path | None, typer.Option("--weights", help="safetensors file with the weights of the backbone.")
]
InputSizeOption = Annotated[
    int,
    typer.Option(
        "--input-size",
        parser=input_size,
        metavar="fast|balanced|fine|N",
        help="Pixels per side that the model sees: fast is 336, balanced 448, fine 672, or a number from 64 to 4096.",
    ),
]
GranularityOption = Annotated[
    float,
    typer.Option("--granularity", callback=_granularity, help="How fine the regions are, from 0 (coarse) to 1 (fine)."),
]
OwnGranularityOption = Annotated[
    float | None,
    typer.Option(
        "--granularity",
        callback=_granularity,
        help="How fine the regions are, from 0 (coarse) to 1 (fine); if left out, the project's default granularity.",
        show_default=False,
    ),
]
BatchOption = Annotated[int, typer.Option("--batch", min=1, help="Largest number of images processed at once.")]
FineOption = Annotated[
    FineChoice,
    typer.Option(
        "--fine",
        help="What regions are put together from: cells of pixels, clusters of patches (ward), or the generator.",
    ),
]
MethodOption = Annotated[
    MethodChoice,
    typer.Option(
        "--method",
        help="How regions are found: tree, a concept tree from the scene to the pixel; or acseg, ACSeg as published "
        "(CVPR 2023): at most five regions an image, whose number its network chooses.",
    ),
]
ModelOption = Annotated[Path | None, typer.Option("--model", help="Model file made by `acseg train`.")]

FolderArgument = Annotated[
    Path, typer.Argument(metavar="DIR", help="Folder with images/ and their ground truth.", show_default=False)
]
_TRUTH_HELP = "Format of the ground truth; auto takes what is there."
TruthOption = Annotated[TruthChoice, typer.Option("--truth", help=_TRUTH_HELP)]
ClassTruthOption = Annotated[ClassTruthChoice, typer.Option("--truth", help=_TRUTH_HELP)]
LimitOption = Annotated[
    int | None, typer.Option("--limit", min=1, help="Use at most this many images, spread evenly over the set.")
]
SeedOption = Annotated[int, typer.Option("--seed", min=0, max=2**31 - 1, help="Random seed.")]
JsonOption = Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write all figures to this file.")]
PlotOption = Annotated[Path | None, typer.Option("--plot", metavar="FILE", help="Draw the figures into this PNG file.")]
