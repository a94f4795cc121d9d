"""COCO instances read: polygons, compressed and uncompressed run lengths; however large the file is, memory stays flat.

Annotations may come in any order, so they are put aside, by image, in a temporary database of SQLite's own. Labels are
known by name: the numbers of categories start at 0 in some files, and have gaps in others.
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
from acseg_core.formats.json_stream import check_depth, has_keys, items
from acseg_core.formats.labelled import FileImage, FileLabel, FileShape, Geometry, LabelledFiles, Outline, Unused
from acseg_core.shapes.run_lengths import edges_between, joined, rle_of, rle_of_text
from acseg_core.types import Rle

_AT_ONCE = 500
"""Annotations that are put aside by one call."""

_FARTHEST = 1e7
"""Pixels from the corner that no coordinate of a picture is beyond."""

_MOST_PIXELS = 2**31 - 1


@contextlib.contextmanager
def open_coco(path: Path) -> Iterator[LabelledFiles]:
    """Read a COCO file of instances.

    Raises:
        LabelFileError: It is none, or damaged; the message names the place.
        StorageError: It cannot be read.
    """
    with contextlib.ExitStack() as stack:
        reading = _Reading(path, stack)
        yield reading.files()


class _Reading:
    """One file that is being read."""

    def __init__(self, path: Path, stack: contextlib.ExitStack) -> None:
        self._path = path
        self._left_out = Unused()
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="acseg-"))
        self._aside = stack.enter_context(contextlib.closing(sqlite3.connect(Path(folder) / "annotations.db")))
        self._aside.execute("PRAGMA journal_mode = OFF")
        self._aside.execute("PRAGMA synchronous = OFF")
        self._aside.execute("CREATE TABLE annotation (image, number INTEGER, body TEXT)")
        check_depth(path)
        self._categories = self._read_categories()
        self._images = self._read_images()
        self._put_aside()

    def files(self) -> LabelledFiles:
        return LabelledFiles(
            labels=tuple(self._categories.values()),
            names=tuple(name for name, _ in self._images.values()),
            images=self._walk,
            left_out=self._left_out,
        )

    def _items(self, key: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """The objects of one of the file's lists, with their places."""
        for number, item in enumerate(items(self._path, key), 1):
            place = f"{_SINGULAR[key]} {number}"
            if not isinstance(item, dict):
                raise self._wrong(f"{place} is no object")
            yield place, item

    def _read_categories(self) -> dict[int, FileLabel]:
        found: dict[int, FileLabel] = {}
        for place, item in self._items("categories"):
            id_, name = _whole(item.get("id")), item.get("name")
            if id_ is None or not isinstance(name, str | int) or isinstance(name, bool) or not str(name).strip():
                raise self._wrong(f"{place} has no id and name")
            if id_ in found:
                raise self._wrong(f"{place} has the id {id_}, as another one has")
            above = item.get("supercategory")
            is_thing = item.get("isthing")
            found[id_] = FileLabel(
                name=str(name),
                category_id=id_,
                supercategory=above if isinstance(above, str) else None,
                is_thing=None if is_thing not in (0, 1) else bool(is_thing),
            )
        if not found:
            raise self._wrong("it has no categories; choose a COCO file of instances")
        return found

    def _read_images(self) -> dict[Any, tuple[str, tuple[int, int] | None]]:
        found: dict[Any, tuple[str, tuple[int, int] | None]] = {}
        for place, item in self._items("images"):
            id_, name = item.get("id"), item.get("file_name")
            if not isinstance(id_, int | str) or not isinstance(name, str) or not name.strip():
                raise self._wrong(f"{place} has no id and file_name")
            if id_ in found:
                raise self._wrong(f"{place} has the id {id_}, as another one has")
            height, width = _whole(item.get("height")), _whole(item.get("width"))
            size = (height, width) if height and width and 0 < height * width <= _MOST_PIXELS else None
            found[id_] = (name, size)
        if not found:
            raise self._wrong("it has no images; choose a COCO file of instances")
        return found

    def _put_aside(self) -> None:
        rows: list[tuple[Any, int, str]] = []
        for number, (place, item) in enumerate(self._items("annotations"), 1):
            if "segments_info" in item:
                raise self._wrong("it is a file of COCO panoptic; its masks are in PNG files beside it")
            if item.get("image_id") not in self._images:
                self._left_out.add("of images that the file does not list", place)
                continue
            if _whole(item.get("category_id")) not in self._categories:
                self._left_out.add("of categories that the file does not list", place)
                continue
            body = {key: item.get(key) for key in ("category_id", "segmentation")}
            rows.append((item["image_id"], number, json.dumps(body)))
            if len(rows) == _AT_ONCE:
                self._aside.executemany("INSERT INTO annotation VALUES (?, ?, ?)", rows)
                rows.clear()
        self._aside.executemany("INSERT INTO annotation VALUES (?, ?, ?)", rows)
        self._aside.execute("CREATE INDEX by_image ON annotation (image, number)")

    def _walk(self) -> Iterator[FileImage]:
        query = "SELECT number, body FROM annotation WHERE image = ? ORDER BY number"
        for id_, (name, size) in self._images.items():
            shapes = []
            for number, body in self._aside.execute(query, (id_,)):
                place = f"annotation {number}"
                fields = json.loads(body)
                geometry = self._geometry(fields["segmentation"], size, place)
                if geometry is not None:
                    label = self._categories[int(fields["category_id"])].name
                    shapes.append(FileShape(label, geometry, place))
            yield FileImage(name, shapes, size)

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
                raise self._wrong(f"{place} has a polygon that is no list of numbers")
            if not all(math.isfinite(value) and abs(value) <= _FARTHEST for value in ring):
                raise self._wrong(f"{place} has a coordinate that is no place in a picture")
            if len(ring) % 2:
                raise self._wrong(f"{place} has a polygon with an odd number of values")
            if len(ring) >= 6:
                parts.append((np.array(ring, np.float64).reshape(-1, 2),))
        if not parts:
            self._left_out.add("with polygons of less than three points", place)
            return None
        return Outline(tuple(parts), as_coco=True)

    def _run_lengths(self, fields: dict[str, Any], size: tuple[int, int] | None, place: str) -> Rle:
        given = fields.get("size")
        whole = [_whole(value) for value in given] if isinstance(given, list) and len(given) == 2 else []
        if len(whole) != 2 or not all(whole) or (size is not None and tuple(whole) != size):
            raise self._wrong(f"{place} has a mask of the size {given}, not that of its image")
        height, width = (int(value or 0) for value in whole)
        if not 0 < height * width <= _MOST_PIXELS:
            raise self._wrong(f"{place} has a mask of the size {given}, which is no picture's")
        counts = fields.get("counts")
        if isinstance(counts, str):
            rle = rle_of_text(counts, height=height, width=width)
        elif isinstance(counts, list) and all(_whole(value) is not None and value >= 0 for value in counts):
            bounds = np.cumsum(np.array(counts, np.int64))
            is_sound = len(bounds) > 0 and bounds[-1] == height * width
            rle = rle_of(joined(edges_between(bounds)), height=height, width=width) if is_sound else None
        else:
            raise self._wrong(f"{place} has run lengths that are neither a text nor numbers")
        if rle is None:
            raise self._wrong(f"{place} has run lengths that do not add up to {height} x {width} pixels")
        return rle

    def _wrong(self, what: str) -> LabelFileError:
        remedy = "" if ";" in what else "; export it anew"
        return LabelFileError(f"{self._path}: {what}{remedy}")


_SINGULAR = {"categories": "category", "images": "image", "annotations": "annotation"}


def _whole(value: Any) -> int | None:
    """A whole number, also where it is written as 3.0 or "3"; None of anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and value.strip().isdecimal() and len(value) < 19:
        return int(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value if isinstance(value, int) and abs(value) < 2**63 else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def looks_like_coco(path: Path) -> bool:
    """Whether a file is JSON with the lists of COCO instances, and has an image; without, it is a list of labels."""
    if not has_keys(path, {"images", "annotations", "categories"}):
        return False
    try:
        return next(items(path, "images"), None) is not None
    except LabelFileError:  # damaged, which reading it says in full
        return True
