"""One class raster: where it lies, and what its numbers mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from acseg_core.errors import ImageError, LabelFileError
from acseg_core.formats.class_names import ClassNames
from acseg_core.formats.image_index import IndexedImage
from acseg_core.formats.labelled import FileLabel
from acseg_core.formats.raster_names import raster_names
from acseg_core.images.georef import GeoReference, from_text, note_georeference
from acseg_core.images.scenes.raster import opened, read_header


@dataclass(frozen=True, slots=True, eq=False)
class ClassRaster:
    """One class raster.

    Attributes:
        path: Of the file.
        name: From the folder that was chosen.
        width: Columns.
        height: Rows.
        reference: Where it lies.
        names: Of its numbers; None where nothing says any.
        colors: Of its numbers, "#rrggbb".
        said: Of which image it is, where an export of our own says so.
    """

    path: Path
    name: str
    width: int
    height: int
    reference: GeoReference
    names: ClassNames | None
    colors: Mapping[int, str]
    said: IndexedImage | None

    def labels(self) -> dict[int, FileLabel]:
        """The labels of the numbers that have names."""
        if self.names is None:
            return {}
        if self.names.known:
            return dict(self.names.known)
        return {
            number: self._label(number, name)
            for number, name in self.names.by_number.items()
            if self.names.is_label(name) and number not in self.names.void and number != self.reference.nodata
        }

    def unnamed(self, number: int) -> FileLabel:
        """The label of a number without a name, in a raster where none has one."""
        return FileLabel(f"class {number}", category_id=number if number > 0 else None, color=self.colors.get(number))

    def is_nothing(self, number: int) -> bool:
        """Whether a number that is no label says nothing that should be told."""
        names = self.names
        is_said = names is not None and (number in names.void or number in names.by_number)
        return number in (0, self.reference.nodata) or is_said

    def _label(self, number: int, name: str) -> FileLabel:
        keeps_number = self.names is not None and self.names.are_numbered and number > 0
        return FileLabel(name, category_id=number if keeps_number else None, color=self.colors.get(number))


def open_raster(file: Path, root: Path, index: Mapping[str, IndexedImage]) -> ClassRaster:
    """Read what the header of a raster says, and the names of its numbers.

    Args:
        file: The raster.
        root: The folder that was chosen, or that of the file.
        index: The images of rasters, by their names from there.

    Raises:
        LabelFileError: It is no class raster, or lies nowhere.
        StorageError: It cannot be read.
    """
    try:
        header = read_header(file)
        colors = _colors(file)
    except ImageError as error:
        raise LabelFileError(str(error)) from error
    if len(header.dtypes) != 1:
        raise LabelFileError(f"{file}: a class raster has one band, and this has {len(header.dtypes)}; choose another")
    if np.dtype(header.dtypes[0]).kind not in "uif":
        raise LabelFileError(f"{file}: its pixels are {header.dtypes[0]}, not whole numbers; choose another file")
    reference = header.reference or _tagged(file)
    if reference is None:
        raise LabelFileError(f"{file}: it has no map coordinates, so it lies on no image; choose another file")
    name = file.relative_to(root).as_posix()
    names = raster_names(file, root)
    return ClassRaster(file, name, header.width, header.height, reference, names, colors, index.get(name))


def _tagged(file: Path) -> GeoReference | None:
    """What a file's own tags say; GDAL takes coordinates that are those of the pixels for none."""
    with file.open("rb") as content:
        return from_text(note_georeference(file, content))


def _colors(file: Path) -> dict[int, str]:
    """The table of colours of a raster; empty if it has none."""
    with opened(file) as source:
        try:
            table = source.colormap(1)
        except ValueError:
            return {}
    return {number: "#{:02x}{:02x}{:02x}".format(*color[:3]) for number, color in table.items()}
