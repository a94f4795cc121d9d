"""Arguments and options that several commands of `acseg` share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from acseg_core.config import INPUT_SIZES
from acseg_core.images.label_maps import RULE

DEFAULT_GRANULARITY = 0.5
"""Default granularity of `acseg_core.proposals.tree`, which is too heavy to import for a help text."""


class DeviceChoice(StrEnum):
    """Where the model runs."""

    AUTO = "auto"
    CPU = "cpu"
    CUDA = "cuda"
    MPS = "mps"


class FineChoice(StrEnum):
    """Where the fine concepts come from that regions are put together from."""

    WARD = "ward"
    GENERATOR = "generator"


class PagesChoice(StrEnum):
    """Which pages of a file become images."""

    FIRST = "first"
    ALL = "all"


def input_size(text: str) -> int:
    """Read a preset's name or a number of pixels.

    Raises:
        typer.BadParameter: It is neither.
    """
    size = INPUT_SIZES.get(text, 0) or (int(text) if text.isdecimal() else 0)
    if not 64 <= size <= 4096:
        raise typer.BadParameter(f"{text!r} is neither fast, balanced, fine nor a number from 64 to 4096")
    return size


def _granularity(value: float) -> float:
    if not 0 <= value <= 1:  # nan is neither
        raise typer.BadParameter("must be from 0 (coarse) to 1 (fine)")
    return value


ProjectArgument = Annotated[Path, typer.Argument(metavar="PROJECT", help="Folder of the project.", show_default=False)]
LabelMapsOption = Annotated[bool, typer.Option("--label-maps", help=f"Take label maps as photos, too. {RULE}")]
DeviceOption = Annotated[DeviceChoice, typer.Option("--device", help="Where the model runs.")]
BackboneOption = Annotated[str, typer.Option("--backbone", help="timm name of a vision transformer.")]
WeightsOption = Annotated[Path | None, typer.Option("--weights", help="safetensors file of the backbone.")]
InputSizeOption = Annotated[
    int,
    typer.Option(
        "--input-size",
        parser=input_size,
        metavar="fast|balanced|fine|N",
        help="Model's input: 336, 448 or 672 pixels square, or that many.",
    ),
]
GranularityOption = Annotated[
    float,
    typer.Option("--granularity", callback=_granularity, help="How fine the regions are, from 0 to 1."),
]
BatchOption = Annotated[
    int, typer.Option("--batch", min=1, help="Images in one forward pass (on a CPU: side by side), at most.")
]
FineOption = Annotated[
    FineChoice,
    typer.Option("--fine", help="Fine concepts: from the image's own patches (ward), or from the generator."),
]
ModelOption = Annotated[Path | None, typer.Option("--model", help="Model made by `acseg train`.")]
