"""COCO instances read: polygons, compressed and uncompressed run lengths; however large the file is, memory stays flat.

Annotations may come in any order, so they are put aside, by image, in a temporary database of SQLite's own.
"""

from __future__ import annotations

import contextlib
import json
import math
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.errors import LabelFileError
from acseg_core.formats.coco_lists import CocoLists, image_id, told_crowds, whole
from acseg_core.formats.json_stream import has_keys, items
from acseg_core.formats.labelled import FileImage, FileShape, Geometry, LabelledFiles, Outline, Unused
from acseg_core.shapes.run_lengths import edges_between, joined, rle_of, rle_of_text
from acseg_core.types import Rle

_AT_ONCE = 500
"""Annotations that are put aside by one call."""

_FARTHEST = 1e7
"""Pixels from the corner that no coordinate of a picture is beyond."""

_MOST_PIXELS = 2**31 - 1


@contextlib.contextmanager
def open_coco(path: Path) -> Iterator[LabelledFiles]:
    """Read a COCO file of instances, or those of all splits of a data set in its folder.

    Raises:
        LabelFileError: It is none, or damaged; the message names the place.
        StorageError: It cannot be read.
    """
    files = _files_in(path) if path.is_dir() else [path]
    if not files:
        raise LabelFileError(f"{path}: there is no COCO file of instances in it; choose the file itself")
    with contextlib.ExitStack() as stack:
        found = [_Reading(each, stack).files() for each in files]
        yield found[0] if len(found) == 1 else _joined(found)


def _files_in(folder: Path) -> list[Path]:
    """The COCO files of instances of a data set: in its folder, or as COCO itself has them, in "annotations".

    Those called so are enough, where there are some: files of keypoints have the same shapes once more.
    """
    places = [place for place in (folder, folder / "annotations") if place.is_dir()]
    listed = [file for place in places for file in sorted(place.glob("*.json")) if not file.name.startswith(".")]
    called = [file for file in listed if file.name.startswith("instances")]
    return [file for file in called or listed if looks_like_coco_file(file)]


def _joined(found: Sequence[LabelledFiles]) -> LabelledFiles:
    """Several files as one; labels are known by name."""
    labels = {label.name: label for files in reversed(found) for label in files.labels}
    left_out = found[0].left_out
    for files in found[1:]:
        left_out.join(files.left_out)
    names = tuple(name for files in found for name in files.names)
    notes = tuple(note for files in found for note in files.notes)
    return LabelledFiles(
        tuple(labels.values()), names, lambda: (image for files in found for image in files.images()), left_out, notes
    )


class _Reading:
    """One file that is being read."""

    def __init__(self, path: Path, stack: contextlib.ExitStack) -> None:
        self._path = path
        self._left_out = Unused()
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="acseg-"))
        self._aside = stack.enter_context(contextlib.closing(sqlite3.connect(Path(folder) / "annotations.db")))
        self._aside.execute("PRAGMA journal_mode = OFF")
        self._aside.execute("PRAGMA synchronous = OFF")
        self._aside.execute("CREATE TABLE annotation (image INTEGER, number INTEGER, body TEXT)")
        self._lists = CocoLists(path, "instances")
        self._categories = self._lists.categories()
        self._images = self._lists.images()
        self._crowds = Unused()
        self._put_aside()

    def files(self) -> LabelledFiles:
        return LabelledFiles(
            labels=tuple(self._categories.values()),
            names=tuple(image.name for image in self._images.values()),
            images=self._walk,
            left_out=self._left_out,
            notes=told_crowds(self._crowds),
        )

    def _put_aside(self) -> None:
        places = {id_: place for place, id_ in enumerate(self._images)}  # ids can be texts, or too large for SQLite
        rows: list[tuple[int, int, str]] = []
        for number, (place, item) in enumerate(self._lists.items("annotations"), 1):
            if "segments_info" in item:
                raise self._wrong("it is a file of COCO panoptic; read it as that, with its PNG files beside it")
            image = image_id(item)
            if image not in places:
                self._left_out.add("in images that the file does not list", place)
                continue
            if whole(item.get("category_id")) not in self._categories:
                self._left_out.add("in categories that the file does not list", place)
                continue
            if item.get("iscrowd"):
                self._crowds.add("", place)
            body = {key: item.get(key) for key in ("category_id", "segmentation")}
            rows.append((places[image], number, json.dumps(body)))
            if len(rows) == _AT_ONCE:
                self._aside.executemany("INSERT INTO annotation VALUES (?, ?, ?)", rows)
                rows.clear()
        self._aside.executemany("INSERT INTO annotation VALUES (?, ?, ?)", rows)
        self._aside.execute("CREATE INDEX by_image ON annotation (image, number)")

    def _walk(self) -> Iterator[FileImage]:
        query = "SELECT number, body FROM annotation WHERE image = ? ORDER BY number"
        for listed, image in enumerate(self._images.values()):
            shapes = []
            for number, body in self._aside.execute(query, (listed,)):
                place = f"annotation {number}"
                fields = json.loads(body)
                geometry = self._geometry(fields["segmentation"], image.size, place)
                if geometry is not None:
                    label = self._categories[int(fields["category_id"])].name
                    shapes.append(FileShape(label, geometry, place))
            is_empty = image.is_done and not shapes
            yield FileImage(image.name, shapes, image.size, is_negative=is_empty, remarks=image.remarks)

    def _geometry(self, segmentation: Any, size: tuple[int, int] | None, place: str) -> Geometry | None:
        if segmentation in (None, [], {}):
            self._left_out.add("with a box but no outline", place)
            return None
        if isinstance(segmentation, dict):
            return self._run_lengths(segmentation, size, place)
        if isinstance(segmentation, list):
            return self._polygons(segmentation, place)
        raise self._wrong(f"{place} has a segmentation that is neither polygons nor run lengths")

    def _polygons(self, rings: Sequence[Any], place: str) -> Outline | None:
        parts: list[tuple[NDArray[np.float64], ...]] = []
        for ring in rings if isinstance(rings[0], list) else [rings]:
            if not isinstance(ring, list) or not all(_is_number(value) for value in ring):
                raise self._wrong(f"{place} has a polygon that is not a list of numbers")
            if not all(math.isfinite(value) and abs(value) <= _FARTHEST for value in ring):
                raise self._wrong(f"{place} has a coordinate that cannot lie in an image")
            if len(ring) % 2:
                raise self._wrong(f"{place} has a polygon with an odd number of values")
            if len(ring) >= 6:
                parts.append((np.array(ring, np.float64).reshape(-1, 2),))
        if not parts:
            self._left_out.add("with polygons of fewer than three points", place)
            return None
        return Outline(tuple(parts), as_coco=True)

    def _run_lengths(self, fields: dict[str, Any], size: tuple[int, int] | None, place: str) -> Rle:
        given = fields.get("size")
        sides = [whole(value) for value in given] if isinstance(given, list) and len(given) == 2 else []
        if len(sides) != 2 or not all(sides) or (size is not None and tuple(sides) != size):
            raise self._wrong(f"{place} has a mask of size {given}, which is not the size of its image")
        height, width = (int(value or 0) for value in sides)
        if not 0 < height * width <= _MOST_PIXELS:
            raise self._wrong(f"{place} has a mask of size {given}, which is not the size of an image")
        counts = fields.get("counts")
        if isinstance(counts, str):
            rle = rle_of_text(counts, height=height, width=width)
        elif (lengths := _lengths(counts)) is not None:
            bounds = np.cumsum(lengths)
            is_sound = len(bounds) > 0 and bounds[-1] == height * width
            rle = rle_of(joined(edges_between(bounds)), height=height, width=width) if is_sound else None
        else:
            raise self._wrong(f"{place} has run lengths that are neither text nor numbers")
        if rle is None:
            raise self._wrong(f"{place} has run lengths that do not add up to {height} x {width} pixels")
        return rle

    def _wrong(self, what: str) -> LabelFileError:
        return self._lists.wrong(what)


def _lengths(counts: Any) -> NDArray[np.int64] | None:
    """Uncompressed run lengths; None if one is no count of pixels."""
    lengths = [whole(value) for value in counts] if isinstance(counts, list) else [None]
    sound = [length for length in lengths if length is not None and 0 <= length <= _MOST_PIXELS]
    return np.array(sound, np.int64) if len(sound) == len(lengths) else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def looks_like_coco(path: Path) -> bool:
    """Whether it is a COCO file of instances, or a folder with some."""
    return bool(_files_in(path)) if path.is_dir() else looks_like_coco_file(path)


def looks_like_coco_file(path: Path) -> bool:
    """Whether a file is JSON with the lists of COCO instances, and has an image; without, it is a list of labels."""
    if not has_keys(path, {"images", "annotations", "categories"}):
        return False
    try:
        return next(items(path, "images"), None) is not None
    except LabelFileError:  # damaged, which reading it says in full
        return True
