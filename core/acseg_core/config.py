"""Settings: one frozen, validated class for each stage; `to_json` gives the provenance a run is stored with."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

DEFAULT_BACKBONE = "vit_small_patch14_dinov2"
"""The bundled backbone: DINOv2 ViT-S/14, by its timm name."""

INPUT_SIZES = {"fast": 336, "balanced": 448, "fine": 672}
"""Presets of `BackboneConfig.input_size`: half, once and two and a half times the time per image."""

KEY_SHARE = 0.65
"""Weight of the last block's keys beside the tokens, where nothing else is said."""

DEFAULT_TEXT_MODEL = "ViT-B-32:laion2b_s34b_b79k"
"""A text model of moderate size, by its open_clip name and tag of weights; not bundled."""

Device = Literal["auto", "cpu", "cuda", "mps"]
Precision = Literal["auto", "float32", "bfloat16"]
Fine = Literal["cells", "ward", "generator"]
Method = Literal["tree", "acseg"]


@dataclass(frozen=True, slots=True)
class BackboneConfig:
    """Which backbone, and how it runs.

    Attributes:
        name: timm name of a vision transformer.
        weights: A local safetensors file; None takes the bundled file for the default backbone, the hub otherwise.
        input_size: Side in pixels of the square whose area the resized image has at most; the aspect is kept and
            both sides are multiples of the patch.
        device: "auto" takes cuda, then mps, then cpu.
        precision: "auto" takes bfloat16 autocast where the device does it natively, float32 elsewhere.
        batch: Images in one forward pass, or side by side on a CPU, at most; out of memory halves it.
    """

    name: str = DEFAULT_BACKBONE
    weights: Path | None = None
    input_size: int = INPUT_SIZES["balanced"]
    device: Device = "auto"
    precision: Precision = "auto"
    batch: int = 4

    def __post_init__(self) -> None:
        if self.input_size < 32:
            raise ValueError(f"input_size must be at least 32, got {self.input_size}")
        if self.batch < 1:
            raise ValueError(f"batch must be at least 1, got {self.batch}")


@dataclass(frozen=True, slots=True)
class TextConfig:
    """Which model compares images with words, and how it runs.

    Attributes:
        model: open_clip name, with the tag of its weights after a colon where there are several.
        weights: A local file of weights; None looks for those of the tag on this machine, then on the hub.
        device: "auto" takes cuda, then mps, then cpu.
        batch: Crops in one forward pass.
    """

    model: str = DEFAULT_TEXT_MODEL
    weights: Path | None = None
    device: Device = "auto"
    batch: int = 32

    def __post_init__(self) -> None:
        if not self.model.partition(":")[0]:
            raise ValueError("the text model needs a name")
        if self.batch < 1:
            raise ValueError(f"batch must be at least 1, got {self.batch}")

    @property
    def architecture(self) -> str:
        """The open_clip name without the tag."""
        return self.model.partition(":")[0]

    @property
    def tag(self) -> str:
        """The tag of the weights, or ""."""
        return self.model.partition(":")[2]


@dataclass(frozen=True, slots=True)
class RefineConfig:
    """How the similarity maps become crisp edges.

    Attributes:
        temperature: Of the softmax over concepts before filtering.
        margin: Added to the similarity of each patch's best concept, so that boundaries lie between patches and a
            small concept is not smoothed away.
        radius: Of the guided filter, in pixels of the working image; rounded to the filter's samples, six pixels apart
            where the image is not small.
        epsilon: Regulariser of the guided filter, for guides in 0..1.
        max_side: Longest side in pixels at which the filter works; larger images are filtered at this size and the
            maps enlarged bilinearly.
    """

    temperature: float = 0.02
    margin: float = 0.02
    radius: int = 24
    epsilon: float = 1e-2
    max_side: int = 1024

    def __post_init__(self) -> None:
        positive = self.temperature > 0 and self.epsilon > 0 and self.margin >= 0
        if not positive or self.radius < 1 or self.max_side < 64:
            raise ValueError(f"refinement settings out of range: {self}")


@dataclass(frozen=True, slots=True)
class TreeConfig:
    """How the concept tree of an image is made; the defaults were chosen by measurement (docs/research/).

    Attributes:
        fine: Where the leaves come from: "cells" takes the cells of the image's pixels (`CellConfig`; the settings
            below say nothing then, but for what patches are compared by), "ward" clusters its patches, "generator"
            takes the concepts that the generator adapted to the image, settles them, and merges those above
            ``leaves``.
        leaves: Fine concepts of one image, at most.
        settle: k-means steps on tokens and keys from the generator's concepts; only for "generator".
        key_share: Weight of the last block's keys, beside the tokens, in how alike two patches are.
        value_share: Weight of the last block's values likewise.
        projected: Whether a projection maps these descriptions: the one in the model's file, else the bundled one,
            where it was fitted to them.
        colour: Weight of the distance of mean colours (CIELAB in units of 100), in the merges only.
        saliency: Exponent of the CLS attention in the weight of a patch, in merges that do not lie well below the
            default cut; 0 weighs all patches alike.
        size_exponent: Exponent of the size term in Ward's criterion; 1 is Ward's own, less spares small regions.
        contact: How much cheaper a merge is for two regions that touch all around, 0..1.
        contrast: Exponent of the strength of the boundary between two regions in the cost of merging them.
        steps: Exponent with which the difference of neighbouring patches raises an image's number of regions.
        parts: Exponent with which the number of connected parts of a dozen regions does so.
        own_heights: Exponent with which low merges of the image do so: 1 takes all heights relative to the image's own.
    """

    fine: Fine = "cells"
    leaves: int = 32
    settle: int = 3
    key_share: float = 0.4
    value_share: float = 0.3
    projected: bool = True
    colour: float = 0.3
    saliency: float = 0.4
    size_exponent: float = 0.85
    contact: float = 0.3
    contrast: float = 0.3
    steps: float = 0.45
    parts: float = 0.4
    own_heights: float = 0.4

    def __post_init__(self) -> None:
        if self.fine not in ("cells", "ward", "generator"):
            raise ValueError(f'fine must be "cells", "ward" or "generator", got {self.fine!r}')
        if not 2 <= self.leaves <= 64:
            raise ValueError(f"leaves must be between 2 and 64, got {self.leaves}")
        powers = (self.saliency, self.size_exponent, self.contrast, self.steps, self.parts, self.own_heights)
        shares_fit = min(self.key_share, self.value_share) >= 0 and self.key_share + self.value_share <= 1
        if not 0 <= self.contact < 1 or not shares_fit or min(*powers, self.colour, self.settle) < 0:
            raise ValueError(f"settings of the tree out of range: {self}")


@dataclass(frozen=True, slots=True)
class CellConfig:
    """How an image is divided into cells, and these are merged; chosen by measurement (docs/research/cells.md).

    Attributes:
        count: Cells of one image, about.
        any_below: Regions left when any two may merge, whether they touch or not.
        colour: What the variance of colours counts for, where they are no noise; see `cell_merging`.
        surroundings: The same of the differences from the surroundings, while only neighbours merge.
        saliency: Exponent of the CLS attention in the weight of a pixel, when any two may merge; 0 weighs all alike.
        size_exponent: Exponent of the size term in Ward's criterion; 1 is Ward's own, less spares small regions.
        contact: How much cheaper a merge is for two regions that touch all around, 0..1.
        contrast: Exponent of the strength of the border between two regions in the cost of merging them.
    """

    count: int = 1000
    any_below: int = 400
    colour: float = 0.07
    surroundings: float = 0.04
    saliency: float = 0.3
    size_exponent: float = 0.5
    contact: float = 0.3
    contrast: float = 0.3

    def __post_init__(self) -> None:
        if not 2 <= self.count <= 4000 or self.any_below < 1:
            raise ValueError(f"2 to 4000 cells, and 1 or more before any two may merge: {self}")
        if (
            not 0 <= self.contact < 1
            or min(self.colour, self.surroundings, self.saliency, self.size_exponent, self.contrast) < 0
        ):
            raise ValueError(f"settings of the cells out of range: {self}")


@dataclass(frozen=True, slots=True)
class SegmenterConfig:
    """One image, end to end.

    Attributes:
        backbone: The frozen vision transformer.
        generator: A model file, which need not hold a generator: what it lacks comes from the bundled model. None takes
            the bundled one.
        refine: Edge refinement.
        tree: The concept tree.
        cells: The cells it grows from, where it does.
        kmeans_steps: Spherical k-means steps that start from the generated concepts; 0 is the paper's inference.
        method: "tree" grows the concept tree. "acseg" is ACSeg as published (CVPR 2023): each patch belongs to the most
            similar of the concepts that a generator adapts to the image (where ``generator`` is None, the bundled one
            of that configuration), without k-means steps; an image has at most as many regions as that has prototypes.
            Of ``tree`` only what merges compare says something then, and ``cells`` nothing.
    """

    backbone: BackboneConfig = field(default_factory=BackboneConfig)
    generator: Path | None = None
    refine: RefineConfig = field(default_factory=RefineConfig)
    tree: TreeConfig = field(default_factory=TreeConfig)
    cells: CellConfig = field(default_factory=CellConfig)
    kmeans_steps: int = 5
    method: Method = "tree"

    def __post_init__(self) -> None:
        if self.kmeans_steps < 0:
            raise ValueError(f"kmeans_steps must not be negative, got {self.kmeans_steps}")
        if self.method not in ("tree", "acseg"):
            raise ValueError(f'method must be "tree" or "acseg", got {self.method!r}')

    def to_json(self) -> str:
        """All settings as one line of JSON with sorted keys."""
        return json.dumps(asdict(self), default=str, sort_keys=True)
