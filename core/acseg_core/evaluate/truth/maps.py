"""Ground truth in maps: class indices in PNG files, and the region maps of several people as in BSDS."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL.PngImagePlugin import PngImageFile

from acseg_core.evaluate.metrics import components, count_regions
from acseg_core.evaluate.truth.truth_set import (
    Truth,
    TruthError,
    TruthKind,
    TruthSet,
    component_count,
    first_line,
    same_size,
)

_USUAL_VOID = 255
_MOST_CLASSES = 256
_INDEX_MODES = frozenset({"1", "L", "P", "I", "I;16", "I;16B"})
SEGMENT_FOLDERS = ("segmentations", "groundTruth")


class PngTruth(TruthSet):
    """``images/``, ``labels/NAME.png`` of class indices, and perhaps ``classes.json``.

    The latter is ``{"classes": ["sky", ...], "void": 11}``; void may be a list. Without it, 255 is void.

    Raises:
        TruthError: The class names do not read, or no image has a class map.
    """

    kind = TruthKind.PNG

    def __init__(self, folder: Path, found: tuple[str, ...]) -> None:
        names, self._void = _class_names(folder / "classes.json")
        super().__init__(folder, names, len(names) or _MOST_CLASSES)
        self._file_of = {name: folder / "labels" / PurePosixPath(name).with_suffix(".png") for name in found}
        have = {name for name, file in self._file_of.items() if file.is_file()}
        self._match(found, have, "no class map in labels/")

    def read(self, name: str, size: tuple[int, int]) -> Truth:
        """Read a class map; its regions are the connected components. See `TruthSet.read`."""
        file = self._file_of[name]
        indices = _read_indices(file, size)
        void = np.isin(indices, self._void)
        highest = int(indices[~void].max(initial=0))
        if highest >= self.class_count:
            raise TruthError(
                f"{file}: class {highest} is not one of the {self.class_count} classes; add it to classes.json, or "
                "make it void there"
            )
        classes = np.where(void, -1, indices).astype(np.int32)
        return Truth(classes, (components(classes),))

    def region_counts(self, truth: Truth) -> dict[str, float]:
        """Connected components of the classes."""
        assert truth.classes is not None
        return {"components": component_count(truth.classes)}


class BsdsTruth(TruthSet):
    """``images/`` and ``segmentations/NAME.npz`` (one array per person) or ``NAME.mat`` as BSDS500 ships them.

    Raises:
        TruthError: No image has a segmentation.
    """

    kind = TruthKind.BSDS

    def __init__(self, folder: Path, found: tuple[str, ...]) -> None:
        super().__init__(folder, (), 0)
        place = segments_folder(folder)
        if place is None:
            raise TruthError(
                f"{folder}: there is no folder segmentations/ in it; make one with NAME.npz or NAME.mat for each image"
            )
        self._file_of = {
            name: file
            for name in found
            for suffix in (".mat", ".npz")  # the later one wins
            if (file := place / PurePosixPath(name).with_suffix(suffix)).is_file()
        }
        self._match(found, set(self._file_of), f"no segmentation in {place.name}/")

    def read(self, name: str, size: tuple[int, int]) -> Truth:
        """Read the region maps of all people; see `TruthSet.read`."""
        file = self._file_of[name]
        maps = _read_segments(file)
        if not maps:
            raise TruthError(f"{file}: there is no segmentation in it; download the file again, or remove it")
        for segments in maps:
            same_size(file, segments.shape, size)
        return Truth(None, tuple(_numbered(segments) for segments in maps))

    def region_counts(self, truth: Truth) -> dict[str, float]:
        """Mean over the people."""
        return {"people": float(np.mean([count_regions(segments) for segments in truth.regions]))}


def segments_folder(folder: Path) -> Path | None:
    """Where the segmentations of a folder lie, or None."""
    return next((folder / name for name in SEGMENT_FOLDERS if (folder / name).is_dir()), None)


def _class_names(file: Path) -> tuple[tuple[str, ...], list[int]]:
    """Class names (empty when there is no such file) and the indices that are void."""
    if not file.is_file():
        return (), [_USUAL_VOID]
    try:
        content = json.loads(file.read_bytes())
        names = tuple(str(name) for name in content["classes"])
        void = content.get("void", _USUAL_VOID)
        return names, [int(index) for index in (void if isinstance(void, list) else [void])]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        remedy = 'write it as {"classes": ["sky", ...], "void": 11}'
        raise TruthError(f"{file}: the file cannot be read ({first_line(error)}); {remedy}") from error


def _read_indices(file: Path, size: tuple[int, int]) -> NDArray[np.int64]:
    """(H, W) class indices of a PNG of that size; a palette's colours do not matter."""
    try:
        with PngImageFile(file) as picture:  # Image.open would warn of large images
            mode = picture.mode
            same_size(file, (picture.height, picture.width), size)  # before there is room made for so many pixels
            indices = np.asarray(picture) if mode in _INDEX_MODES else None
    except TruthError:
        raise
    except Exception as error:  # decoders meet hostile bytes
        raise TruthError(
            f"{file}: the class map cannot be read ({first_line(error)}); download or export it again"
        ) from error
    if indices is None:
        raise TruthError(f"{file}: a class map has one index per pixel, not {mode} colours; convert it")
    return indices.astype(np.int64)


def _read_segments(file: Path) -> list[NDArray[Any]]:
    try:
        if file.suffix == ".npz":
            with file.open("rb") as stream, np.load(stream) as arrays:
                return [arrays[key] for key in sorted(arrays.files, key=lambda key: (len(key), key))]
        return _from_matlab(file)
    except Exception as error:  # NumPy and SciPy have many ways to say that a file is damaged
        raise TruthError(f"{file}: the segmentation cannot be read ({first_line(error)}); download it again") from error


def _from_matlab(file: Path) -> list[NDArray[Any]]:
    from scipy.io import loadmat

    people = loadmat(file)["groundTruth"].ravel()
    return [np.asarray(person["Segmentation"][0, 0]) for person in people]


def _numbered(segments: NDArray[Any]) -> NDArray[np.int32]:
    """(H, W) the same regions, numbered 0.. without gaps."""
    return np.unique(segments, return_inverse=True)[1].reshape(segments.shape).astype(np.int32)
