"""A project that is hard to write in any format: what is in it is known to the pixel, and has to come back so.

It has holes, islands in holes, parts that touch in a corner only, one pixel, shapes along every edge, crumbs, noise,
void, regions without a name, a name that nobody accepted, sub-folders, two images of one stem, names in Persian and
with all that YAML, XML and JSON take for their own, 300 labels, an image that is done and empty, one that is not done,
and a photo that its EXIF data turns.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from acseg_core.formats.labelled import FileImage, FileLabel, FileShape, LabelledFiles
from acseg_core.interruptible import run_to_end
from acseg_core.shapes import masks
from acseg_core.store import Project, create_project, queries
from acseg_core.store.edits import remarks, review
from acseg_core.store.edits.shape_import import ImportedAs
from acseg_core.types import ImageStatus, RegionStatus
from acseg_core.workflows.importing import ImportSettings, import_files
from acseg_core.workflows.scanning import scan_images

LabelMap = NDArray[np.int32]
"""(h, w) int32, the number of each pixel's shape as displayed, 0 for none."""

VOID = "to be ignored"
THING, STUFF = "thing", "sky, wide"
NAMES = (
    THING,
    STUFF,
    VOID,
    "درخت",
    "می‌خواهم",
    "日本 木",
    "🌳",
    "it's “one” 'two' \"three\"",
    "key: value # no comment",
    "back\\slash\\n",
    "a/b|c",
    "<b>&amp; ]]> <!--",
    "yes",
    "null",
    "007",
    "1e3",
    "- dash",
    "{x}",
    "[y]",
    "%percent",
    "@at",
    "*star",
    "&amp",
    "!bang",
    "?",
    "#ff0000",
    "~",
    "=SUM(A1)",
    "-",
)
"""Names of labels that formats may take for something else."""

LABELS = (*NAMES, *(f"class {number:03}" for number in range(300 - len(NAMES))))

TURNED = "turned.jpg"
EMPTY = "done and empty.png"
NOT_DONE = "not done.png"
SUGGESTED = "suggested.png"
UNNAMED = "نام ندارد.png"
ONE_STEM = ("a/x.jpg", "a/x.png")
ALL_LABELS = "پوشه/۳۰۰ نام.png"
_QUOTE = "'" if os.name == "nt" else '"'
EDGES = f"deep/er/pixels & {_QUOTE}edges{_QUOTE} 100%; it's #1.png"
NOISE = "noise.png"
RINGS = "rings.png"


def label_maps() -> dict[str, tuple[LabelMap, dict[int, str]]]:
    """Every image that has named shapes, and the names of these, by the path of the image."""
    noise = np.random.default_rng(18).random((61, 97))
    return {
        RINGS: (_rings(), {1: THING, 2: STUFF, 3: "درخت", 4: "class 001"}),
        EDGES: (_edges(), {1: THING, 2: STUFF, 3: "yes", 4: "null", 5: VOID}),
        NOISE: ((noise * 4).astype(np.int32), {1: STUFF, 2: "class 002", 3: "درخت"}),
        ALL_LABELS: (_tiles(), {number: name for number, name in enumerate(LABELS, 1) if name != VOID}),
        TURNED: (_halves(17, 29), {1: THING, 2: "日本 木"}),
        ONE_STEM[0]: (_halves(12, 13), {1: "it's “one” 'two' \"three\"", 2: THING}),
        ONE_STEM[1]: (_halves(13, 12), {1: "back\\slash\\n", 2: "<b>&amp; ]]> <!--"}),
        "b/a/x.jpg": (_halves(15, 15), {1: "key: value # no comment", 2: THING}),
        UNNAMED: (_rings(), {1: "class 003"}),
        NOT_DONE: (_halves(20, 20), {1: THING, 2: STUFF}),
    }


def make_hard_project(folder: Path) -> Path:
    """Make it: the photos in "photos" below a folder, the project in "project", whose path is returned."""
    _write_photos(folder / "photos")
    path = folder / "project"
    with create_project(path, image_root=folder / "photos", name='Hard & "fast" <project>') as project:
        run_to_end(scan_images(project), lambda tick: None)
        _import(project, [_file_image(name, *content) for name, content in label_maps().items()], ImportedAs.ACCEPTED)
        _import(project, [_file_image(SUGGESTED, _halves(14, 14), {1: THING})], ImportedAs.SUGGESTED)
        ids = {record.path: record.id for record in queries.images(project)}
        review.set_image_statuses(project, [ids[EMPTY], ids[SUGGESTED]], ImageStatus.DONE)
        review.set_image_status(project, ids[NOT_DONE], ImageStatus.IN_REVIEW)
        remarks.write_comment(project, ids[NOISE], "dark\nlook “again”")
        remarks.set_reviewed(project, [ids[RINGS]], is_reviewed=True)
    return path


def empty_copy(project: Path, folder: Path) -> Path:
    """A project of the same photos without any labels, in a folder that is made."""
    folder.mkdir(parents=True)
    with create_project(folder / "copy", image_root=project.parent / "photos") as copy:
        run_to_end(scan_images(copy), lambda tick: None)
    return folder / "copy"


Shapes = Mapping[str, Counter[tuple[str, bytes]]]
"""What images have: their accepted regions as name and mask, by the path of the image."""


def named_shapes(project: Project, *, void: bool = True) -> Shapes:
    """The regions with accepted names of all images that have some, with those of void labels or without."""
    names = {label.id: label.name for label in queries.labels(project) if void or not label.is_void}
    found = {
        record.path: Counter(
            (names[region.label_id], region.mask.counts)
            for region in regions
            if region.label_id in names and region.status is RegionStatus.ACCEPTED
        )
        for record, regions in queries.image_regions(project)
    }
    return {path: shapes for path, shapes in found.items() if shapes}


def named_pixels(shapes: Shapes, project: Project) -> dict[str, dict[str, bytes]]:
    """The mask of all pixels of each name, by the path of the image: what is left where instances are lost."""
    sizes = {record.path: (record.height, record.width) for record in queries.images(project)}
    found: dict[str, dict[str, bytes]] = {}
    for path, theirs in shapes.items():
        height, width = sizes[path]
        for name in sorted({name for name, _ in theirs}):
            of_name = [masks.Rle(counts, height, width) for each, counts in theirs if each == name]
            found.setdefault(path, {})[name] = masks.union(of_name).counts
    return found


def _rings() -> LabelMap:
    """A hole with an island in it that has a hole; parts across a corner; parts apart; a crumb."""
    numbers = np.zeros((41, 53), np.int32)
    numbers[2:24, 2:26] = 1
    numbers[5:21, 5:23] = 2  # stuff, in the hole of the thing
    numbers[8:18, 8:20] = 1  # an island of the thing
    numbers[11:15, 11:17] = 0  # and its hole, where nothing is named
    numbers[24:30, 26:33] = 1  # joined across a corner
    numbers[30:38, 2:10] = 1
    numbers[30:38, 40:53] = 1
    numbers[32:34, 44:46] = 3
    numbers[34:36, 46:48] = 3  # holes that touch in a corner
    numbers[39, 20] = 1  # a crumb
    numbers[0:2, 30:50] = 2
    numbers[10:20:2, 36:46:2] = 4  # single pixels, none of which touches another
    return numbers


def _edges() -> LabelMap:
    """One pixel in every corner, the last column and the last row, a region of all that is left, and void."""
    numbers = np.full((19, 23), 2, np.int32)
    numbers[:, -1] = 1
    numbers[-1, :-1] = 4
    numbers[0, 0] = numbers[0, -1] = numbers[-1, 0] = 3
    numbers[5:9, 0] = 5
    numbers[12:14, 10:14] = 5
    numbers[8, 8] = 1
    return numbers


def _tiles() -> LabelMap:
    """Three hundred tiles of three by two pixels."""
    return np.arange(1, 301, dtype=np.int32).reshape(15, 20).repeat(2, axis=0).repeat(3, axis=1)


def _halves(height: int, width: int) -> LabelMap:
    """A triangle, a piece of what is beside it, and nothing in between."""
    ys, xs = np.mgrid[:height, :width]
    numbers = np.zeros((height, width), np.int32)
    numbers[xs < height - ys] = 1
    numbers[xs > height - ys + 2] = 2
    return numbers


def _file_image(name: str, numbers: LabelMap, names: Mapping[int, str]) -> FileImage:
    found = masks.encode_label_map(numbers)
    shapes = [FileShape(names[number], found[number], is_object=False) for number in sorted(found) if number in names]
    return FileImage(name, shapes, (numbers.shape[0], numbers.shape[1]))


def _import(project: Project, images: list[FileImage], as_: ImportedAs) -> None:
    labels = tuple(
        FileLabel(
            name,
            color=f"#{(number * 7919) % 2**24:06x}",
            supercategory="group" if number == 0 else None,
            is_thing=name != STUFF,
            is_void=name == VOID,
        )
        for number, name in enumerate(LABELS)
    )
    files = LabelledFiles(labels, tuple(image.name for image in images), lambda: iter(images))
    run_to_end(import_files(project, Path("hard"), files, ImportSettings(as_=as_)), lambda tick: None)


def _write_photos(folder: Path) -> None:
    sizes = {name: numbers.shape for name, (numbers, _) in label_maps().items()}
    sizes |= {EMPTY: (16, 21), SUGGESTED: (14, 14)}
    for number, (name, (height, width)) in enumerate(sizes.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        turned = name == TURNED
        pixels = np.random.default_rng(number).integers(0, 255, (height, width, 3), np.uint8)
        photo = Image.fromarray(np.rot90(pixels) if turned else pixels)  # counterclockwise; EXIF 6 turns it back
        exif = Image.Exif()
        if turned:
            exif[0x0112] = 6
        photo.save(path, exif=exif)
