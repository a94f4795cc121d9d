"""Ground truth of a labelled set: what every form of it answers, and what is known of one image."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from acseg_core.errors import AcsegError, quoted
from acseg_core.evaluate.metrics import components, count_regions
from acseg_core.types import SkippedFile


class TruthError(AcsegError):
    """The ground truth is missing, does not read, or does not fit its images."""


class TruthKind(StrEnum):
    """Forms of ground truth; "auto" takes the one that is there."""

    AUTO = "auto"
    COCO = "coco"
    PNG = "png"
    BSDS = "bsds"


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """What is known of one image.

    Attributes:
        classes: (H, W) int32 class of every pixel, -1 where it is void; None for a set without classes.
        regions: One (H, W) int32 region map for each annotator, -1 where it is void.
        rest: The region that is no part by itself, but what nobody labelled; None where there is none.
    """

    classes: NDArray[np.int32] | None
    regions: tuple[NDArray[np.int32], ...]
    rest: int | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Height and width."""
        height, width = self.regions[0].shape
        return height, width


class TruthSet(ABC):
    """The ground truth of one folder.

    Attributes:
        kind: Its form.
        folder: The folder that holds ``images`` and the truth.
        class_names: Names by class; empty for a set without classes.
        class_count: Number of classes that may occur; 0 for a set without.
        images: Images with a truth, relative to ``folder / "images"``, in natural order.
        skipped: Images without one, and truth without an image.
    """

    kind: TruthKind

    def __init__(self, folder: Path, class_names: tuple[str, ...], class_count: int) -> None:
        self.folder = folder
        self.class_names = class_names
        self.class_count = class_count
        self.images: tuple[str, ...] = ()
        self.skipped: tuple[SkippedFile, ...] = ()

    @abstractmethod
    def read(self, name: str, size: tuple[int, int]) -> Truth:
        """Read the truth of one of the images.

        Args:
            name: One of ``images``.
            size: Height and width of the image as displayed.

        Raises:
            TruthError: It does not read, or has another size than the image.
        """

    @abstractmethod
    def region_counts(self, truth: Truth) -> dict[str, float]:
        """Number of regions that the truth has, by each way of counting that fits its form."""

    def _match(self, found: tuple[str, ...], have_truth: set[str], missing: str) -> None:
        """Split the images found into those with and those without truth."""
        self.images = tuple(name for name in found if name in have_truth)
        self.skipped = tuple(SkippedFile(name, missing) for name in found if name not in have_truth)
        if not self.images:
            raise TruthError(f"{self.folder}: none of its {len(found)} images has ground truth; check the file names")


def same_size(file: Path, truth: tuple[int, ...], image: tuple[int, int]) -> None:
    """Check that a truth is as high and wide as its image.

    Raises:
        TruthError: It is not.
    """
    if tuple(truth) != image:
        shown = " x ".join(str(side) for side in reversed(truth))
        raise TruthError(
            f"{file}: the ground truth is {shown}, but the image is {image[1]} x {image[0]} (turned upright); "
            "make both the same size, or remove the image"
        )


def component_count(classes: NDArray[np.int32]) -> int:
    """Number of connected components of a class map."""
    return count_regions(components(classes))


def first_line(error: BaseException) -> str:
    """The first line of what an error says, for one-line messages."""
    return quoted((str(error).strip() or type(error).__name__).splitlines()[0])
