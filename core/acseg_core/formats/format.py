"""The table of formats: every kind of file or folder that labelled images come in or leave as.

`FORMATS` is the only place that lists them; the command line, the forms of the window and their help are made from it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from acseg_core.errors import LabelFileError, UnknownFormatError
from acseg_core.formats import (
    ade20k_writer,
    cityscapes_writer,
    label_map_writer,
    labelme_writer,
    voc_writer,
    yolo_writer,
)
from acseg_core.formats.ade20k_reader import looks_like_ade20k, open_ade20k
from acseg_core.formats.ade20k_writer import write_ade20k
from acseg_core.formats.cityscapes_reader import looks_like_cityscapes, open_cityscapes
from acseg_core.formats.cityscapes_writer import write_cityscapes
from acseg_core.formats.coco_reader import looks_like_coco, open_coco
from acseg_core.formats.coco_writer import write_coco, write_coco_file
from acseg_core.formats.cvat_reader import looks_like_cvat, open_cvat
from acseg_core.formats.cvat_writer import write_cvat, write_cvat_file
from acseg_core.formats.dataset import Dataset, ExportedImage, Kept
from acseg_core.formats.geojson_writer import write_geojson
from acseg_core.formats.geotiff_writer import write_geotiff
from acseg_core.formats.image_files import ImageFiles
from acseg_core.formats.isat_reader import looks_like_isat, open_isat
from acseg_core.formats.label_files import LabelFormat
from acseg_core.formats.label_folder import check_unpacked
from acseg_core.formats.label_list_reader import check_meant_as_list, list_reader
from acseg_core.formats.label_map_reader import looks_like_label_maps, looks_like_voc, open_label_maps, open_voc
from acseg_core.formats.label_map_writer import write_label_maps
from acseg_core.formats.label_studio_reader import looks_like_label_studio, open_label_studio
from acseg_core.formats.labelled import LabelledFiles
from acseg_core.formats.labelme_reader import looks_like_labelme, open_labelme
from acseg_core.formats.labelme_writer import write_labelme
from acseg_core.formats.panoptic_reader import looks_like_panoptic, open_panoptic
from acseg_core.formats.panoptic_writer import write_panoptic
from acseg_core.formats.voc_writer import write_voc
from acseg_core.formats.yolo_reader import looks_like_yolo, open_yolo
from acseg_core.formats.yolo_writer import write_yolo
from acseg_core.images.finding import IMAGE_SUFFIXES
from acseg_core.output.folders import OutputFolder


def in_images(image: ExportedImage) -> str:
    """Where image files are if a format does not say: in "images", and there in the folder of their split."""
    return "/".join(filter(None, ("images", image.split, image.name)))


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    Attributes:
        key: What it is called on the command line.
        title: What it is called in the window.
        suffixes: Of its files.
        opener: Opens a file or folder of it; the images are read while it is open. None where it is only written.
        is_it: Whether a file or folder looks like it, judged by a piece of its content.
        is_folder: Whether a folder can be given, too.
        labels_only: Whether it is a list of labels, without images.
        write: Writes a folder of it, and yields each image when its labels are written; None where it is only read.
        write_file: The same, as one file; None where it is always a folder.
        keeps: What it can say of what formats may lose.
        image_files: Whether image files come along if nobody says otherwise: what reads it wants them there or not.
        image_name: Where in the folder the file of an image is.
        by_stem: Whether labels and images belong together by all of their names but the ending.
        has_polygons: Whether shapes may be polygons.
        only_polygons: Whether they are, always.
        most_labels: So many it has numbers for; None for any number.
        is_polygons: Whether shapes that may be polygons are if nobody says otherwise.
        own_labels: Names in lower case that do not count there, as the format has a number for each.
        needs_map: Whether only images that have map coordinates can leave as it.
        is_outlined: Whether shapes are polygons with holes, always, along the edges of pixels.
    """

    key: str
    title: str
    suffixes: tuple[str, ...]
    opener: Callable[[Path], AbstractContextManager[LabelledFiles]] | None = None
    is_it: Callable[[Path], bool] = lambda _path: False
    is_folder: bool = False
    write: Callable[[Dataset, OutputFolder], Iterator[ExportedImage]] | None = None
    write_file: Callable[[Dataset, IO[bytes]], Iterator[ExportedImage]] | None = None
    keeps: frozenset[Kept] = frozenset()
    image_files: ImageFiles = ImageFiles.NONE
    image_name: Callable[[ExportedImage], str] = in_images
    by_stem: bool = False
    has_polygons: bool = False
    only_polygons: bool = False
    most_labels: int | None = None
    is_polygons: bool = False
    labels_only: bool = False
    own_labels: frozenset[str] = frozenset()
    needs_map: bool = False
    is_outlined: bool = False

    def read(self, path: Path) -> AbstractContextManager[LabelledFiles]:
        """Open a file or folder; the images are read while it is open.

        Raises:
            LabelFileError: It is not there, packed, or of another format.
            StorageError: It cannot be read.
        """
        _check_place(path)
        if self.opener is None:
            raise LabelFileError(f"{path}: {self.title} is written, but not read; choose another format")
        if path.is_dir() and not self.is_folder:
            raise LabelFileError(f"{path}: this is a folder; choose the file of {self.title} in it")
        return self.opener(path)


FORMATS: tuple[Format, ...] = (
    Format(
        "panoptic",
        "COCO panoptic",
        (".json",),
        open_panoptic,
        looks_like_panoptic,
        is_folder=True,
        write=write_panoptic,
        keeps=frozenset(Kept) - {Kept.VOID},
        image_name=lambda image: f"images/{image.name}",
        by_stem=True,
    ),
    Format(
        "coco",
        "COCO instances",
        (".json",),
        open_coco,
        looks_like_coco,
        is_folder=True,
        write=write_coco,
        write_file=write_coco_file,
        keeps=frozenset(Kept) - {Kept.VOID},
        image_name=lambda image: f"images/{image.name}",
        has_polygons=True,
    ),
    Format(
        "yolo",
        "YOLO segmentation",
        (".yaml", ".yml"),
        open_yolo,
        looks_like_yolo,
        is_folder=True,
        write=write_yolo,
        keeps=frozenset({Kept.INSTANCES, Kept.PARTS, Kept.NEGATIVES}),
        image_files=ImageFiles.COPY,
        image_name=yolo_writer.image_name,
        by_stem=True,
        has_polygons=True,
        only_polygons=True,
        is_polygons=True,
    ),
    Format(
        "labelme",
        "labelme",
        (".json",),
        open_labelme,
        looks_like_labelme,
        is_folder=True,
        write=write_labelme,
        keeps=frozenset({Kept.INSTANCES, Kept.PARTS, Kept.NEGATIVES}),
        image_files=ImageFiles.COPY,
        image_name=labelme_writer.image_name,
        by_stem=True,
        has_polygons=True,
        is_polygons=True,
    ),
    Format(
        "cvat",
        "CVAT for images",
        (".xml",),
        open_cvat,
        looks_like_cvat,
        is_folder=True,
        write=write_cvat,
        write_file=write_cvat_file,
        keeps=frozenset({Kept.INSTANCES, Kept.PARTS, Kept.COLORS}),
        has_polygons=True,
    ),
    Format("labelstudio", "Label Studio", (".json",), open_label_studio, looks_like_label_studio),
    Format("isat", "ISAT", (".json",), open_isat, looks_like_isat, is_folder=True),
    Format(
        "voc",
        "Pascal VOC",
        (),
        open_voc,
        looks_like_voc,
        is_folder=True,
        write=write_voc,
        keeps=frozenset(Kept),
        image_files=ImageFiles.COPY,
        image_name=voc_writer.image_name,
        by_stem=True,
        most_labels=voc_writer.MOST_CLASSES,
    ),
    Format(
        "cityscapes",
        "Cityscapes",
        (),
        open_cityscapes,
        looks_like_cityscapes,
        is_folder=True,
        write=write_cityscapes,
        keeps=frozenset(Kept) - {Kept.VOID},
        image_files=ImageFiles.COPY,
        image_name=cityscapes_writer.image_name,
        by_stem=True,
        most_labels=cityscapes_writer.MOST_OTHERS,
        own_labels=cityscapes_writer.OWN_NAMES,
    ),
    Format(
        "ade20k",
        "ADE20K",
        (),
        open_ade20k,
        looks_like_ade20k,
        is_folder=True,
        write=write_ade20k,
        keeps=frozenset(Kept) - {Kept.VOID, Kept.INSTANCES},
        image_files=ImageFiles.COPY,
        image_name=ade20k_writer.image_name,
        by_stem=True,
        most_labels=ade20k_writer.MOST_CLASSES,
    ),
    Format(
        "png",
        "Label maps (PNG)",
        (),
        open_label_maps,
        looks_like_label_maps,
        is_folder=True,
        write=write_label_maps,
        keeps=frozenset(Kept) - {Kept.INSTANCES},
        image_files=ImageFiles.COPY,
        image_name=label_map_writer.image_name,
        by_stem=True,
    ),
    Format(
        "geotiff",
        "Class maps (GeoTIFF)",
        (".tif", ".tiff"),
        write=write_geotiff,
        keeps=frozenset(Kept) - {Kept.INSTANCES},
        by_stem=True,
        needs_map=True,
    ),
    Format(
        "geojson",
        "GeoJSON",
        (".geojson",),
        write=write_geojson,
        keeps=frozenset(Kept) - {Kept.VOID},
        by_stem=True,
        needs_map=True,
        is_outlined=True,
    ),
    Format("labels-acseg", "ACSeg labels", (".json",), **list_reader(LabelFormat.ACSEG), labels_only=True),
    Format("labels-coco", "COCO categories", (".json",), **list_reader(LabelFormat.COCO), labels_only=True),
    Format("labels-cvat", "CVAT labels", (".json",), **list_reader(LabelFormat.CVAT), labels_only=True),
    Format("labels-yolo", "YOLO names", (".yaml", ".yml"), **list_reader(LabelFormat.YOLO), labels_only=True),
    Format("labels-labelme", "labelme label list", (".txt",), **list_reader(LabelFormat.LABELME), labels_only=True),
    Format("labels-text", "Plain text list", (".txt", ".csv"), **list_reader(LabelFormat.TEXT), labels_only=True),
)
"""All formats, in the order in which they are shown and tried."""

ARCHIVES = frozenset({".7z", ".bz2", ".gz", ".rar", ".tar", ".tgz", ".xz", ".zip"})
"""Endings of packed files; no format is written as one."""

ENDINGS = frozenset(suffix for each in FORMATS for suffix in each.suffixes) | ARCHIVES | IMAGE_SUFFIXES
"""Endings that say of a file what is in it, so that nothing else should be called so."""


def _check_place(path: Path) -> None:
    """Refuse what is not there, and an archive: none is unpacked here, so that none can write anywhere."""
    if not path.exists():
        raise LabelFileError(f"{path}: no such file or folder; check the path, or connect the drive it is on")
    check_unpacked(path)


def format_called(key: str) -> Format:
    """The format of that key.

    Raises:
        LabelFileError: There is none.
    """
    for each in FORMATS:
        if each.key == key:
            return each
    raise LabelFileError(f'"{key}" is not a format; choose one of {", ".join(each.key for each in FORMATS)}')


def guessed(path: Path) -> Format | None:
    """The format of a file or folder, by its content; None if it is not there, or of none that is read."""
    for each in FORMATS:
        if each.is_folder or not path.is_dir():
            with contextlib.suppress(OSError):
                if path.exists() and each.is_it(path):
                    return each
    return None


def recognised(path: Path) -> Format:
    """The format of a file or folder, by its content.

    Raises:
        LabelFileError: It is not there, or packed.
        LabelListError: It was meant as a list of labels, and something in it makes no sense.
        UnknownFormatError: It is of none that is read.
    """
    _check_place(path)
    found = guessed(path)
    if found is not None:
        return found
    known = ", ".join(each.title for each in FORMATS if each.opener and not each.labels_only)
    check_meant_as_list(path)
    raise UnknownFormatError(f"{path}: the format was not recognised (supported: {known}); choose one with --format")
