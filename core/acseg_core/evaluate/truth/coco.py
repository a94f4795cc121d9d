"""COCO instances as ground truth: unlabelled pixels are the class background, and small instances lie on top."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pycocotools import mask as coco_mask

from acseg_core.errors import quoted
from acseg_core.evaluate.metrics import count_regions
from acseg_core.evaluate.truth.truth_set import (
    Truth,
    TruthError,
    TruthKind,
    TruthSet,
    component_count,
    first_line,
    same_size,
)
from acseg_core.shapes import masks
from acseg_core.shapes.run_lengths import sound_areas
from acseg_core.types import Rle, SkippedFile

BACKGROUND = "background"
"""Class 0: pixels that no instance covers."""

_SHORTEST_POLYGON = 6


class CocoTruth(TruthSet):
    """``images/`` and one JSON file of COCO instances.

    Raises:
        TruthError: The file does not read, or has no image of the folder.
    """

    kind = TruthKind.COCO

    def __init__(self, folder: Path, found: tuple[str, ...]) -> None:
        file = instances_file(folder)
        if file is None:
            raise TruthError(f"{folder}: there is no COCO file in it; put one with instances (.json) beside images/")
        self._file = file
        content = _read(file)
        try:
            categories = sorted(content["categories"], key=lambda category: int(category["id"]))
            self._class_of = {int(category["id"]): index + 1 for index, category in enumerate(categories)}
            names = (BACKGROUND, *(str(category["name"]) for category in categories))
            records = {str(image["file_name"]): image for image in content["images"]}
            id_of = {name: int(record["id"]) for name, record in records.items()}
            sizes = {name: _size(record) for name, record in records.items()}
            self._instances: dict[int, list[dict[str, Any]]] = {number: [] for number in id_of.values()}
            for annotation in content["annotations"]:
                if not isinstance(annotation, dict):
                    raise TypeError("an annotation that is not an object")
                self._instances.setdefault(int(annotation["image_id"]), []).append(annotation)
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise TruthError(f"{file}: not a COCO instances file ({first_line(error)}); export it again") from error
        super().__init__(folder, names, len(names))
        self._sizes = sizes
        self._id_of = id_of
        self._match(found, set(records), f"no entry in {file.name}")
        gone = sorted(set(records) - set(found))
        self.skipped += tuple(SkippedFile(name, f"in {file.name}, but not in images/") for name in gone)

    def read(self, name: str, size: tuple[int, int]) -> Truth:
        """Paint the instances, largest first; see `TruthSet.read`."""
        told = self._sizes[name]
        if told is not None:
            same_size(self._file, told, size)
        painted = []
        for annotation in self._instances[self._id_of[name]]:
            mask = self._mask(annotation, size)
            if mask is not None and mask.any():
                painted.append((int(mask.sum()), self._class(annotation), mask))
        painted.sort(key=lambda instance: -instance[0])
        classes = np.zeros(size, np.int32)
        regions = np.zeros(size, np.int32)
        for index, (_, label, mask) in enumerate(painted):
            classes[mask] = label
            regions[mask] = index + 1
        return Truth(classes, (regions,), rest=0)

    def region_counts(self, truth: Truth) -> dict[str, float]:
        """Instances with the background, and connected components of the classes."""
        assert truth.classes is not None
        return {"instances": count_regions(truth.regions[0]), "components": component_count(truth.classes)}

    def _class(self, annotation: dict[str, Any]) -> int:
        category = annotation.get("category_id")
        known = self._class_of.get(category) if isinstance(category, int) else None
        if known is None:
            raise self._broken(annotation, f"category {quoted(category)} is not among the categories")
        return known

    def _mask(self, annotation: dict[str, Any], size: tuple[int, int]) -> NDArray[np.bool_] | None:
        """(H, W) bool, or None where there is no outline."""
        shape = annotation.get("segmentation")
        if not shape:
            return None
        try:
            if isinstance(shape, dict):
                same_size(self._file, tuple(int(side) for side in shape["size"]), size)
                encoded = shape
                if isinstance(shape["counts"], list):
                    if sum(shape["counts"]) != size[0] * size[1]:
                        raise ValueError(f"its run lengths add up to {sum(shape['counts'])} pixels")
                    encoded = coco_mask.frPyObjects(shape, *size)
            else:
                rings = [ring for ring in _as_rings(shape) if len(ring) >= _SHORTEST_POLYGON]
                if not rings:
                    return None
                points = [np.asarray(ring[: len(ring) // 2 * 2], np.float64).reshape(-1, 2) for ring in rings]
                if not all(np.isfinite(ring).all() for ring in points):
                    raise ValueError("a corner of it is not a number")
                return masks.decode(masks.fill_as_coco(points, height=size[0], width=size[1]))
            counts = encoded["counts"]
            data = counts.encode("ascii") if isinstance(counts, str) else bytes(counts)
            if sound_areas([data], [size[0] * size[1]])[0] < 0:
                raise ValueError("its run lengths do not add up to the size of the image")
            return masks.decode(Rle(counts=data, height=size[0], width=size[1]))
        except Exception as error:  # pycocotools meets hostile numbers
            raise self._broken(annotation, first_line(error)) from error

    def _broken(self, annotation: dict[str, Any], why: str) -> TruthError:
        return TruthError(
            f"{self._file}: annotation {quoted(annotation.get('id'))} is not valid ({why}); correct or remove it"
        )


def instances_file(folder: Path) -> Path | None:
    """The one COCO file of a folder, or None; names that begin with "instances" go first.

    Raises:
        TruthError: Several files may be meant.
    """
    files = sorted(path for path in folder.glob("*.json") if path.name != "classes.json" and path.is_file())
    preferred = [path for path in files if path.name.startswith("instances")] or files
    if len(preferred) > 1:
        raise TruthError(
            f"{folder}: there are several COCO files ({', '.join(path.name for path in preferred)}); keep only one "
            "there"
        )
    return preferred[0] if preferred else None


def _read(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise TruthError(f"{file}: this is not valid JSON ({first_line(error)}); export it again") from error
    if not isinstance(content, dict):
        raise TruthError(f"{file}: not a COCO instances file; export it again")
    return content


def _size(record: dict[str, Any]) -> tuple[int, int] | None:
    """Height and width that an image's entry tells, if it does."""
    if "height" not in record or "width" not in record:
        return None
    return int(record["height"]), int(record["width"])


def _as_rings(shape: Any) -> list[list[float]]:
    """Polygons as a list of rings, whether the file has one flat ring or several."""
    if not isinstance(shape, list):
        raise TypeError("neither polygons nor run lengths")
    return [shape] if isinstance(shape[0], int | float) else shape
