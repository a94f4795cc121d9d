"""Class rasters on a map: GeoTIFF, and whatever else GDAL reads, of one band whose numbers are classes (extra ``geo``).

Each image of the project gets the numbers that lie under the centres of its pixels, whatever grid and coordinate system
the raster has. 0 and the value for no data are nothing unless they have a name.
"""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path

from acseg_core.errors import LabelFileError
from acseg_core.formats.class_names import has_class_names
from acseg_core.formats.class_raster import ClassRaster, open_raster
from acseg_core.formats.image_index import read_index
from acseg_core.formats.labelled import LabelledFiles, Unused
from acseg_core.formats.map_images import AS_IT_IS, MapImage, MapOptions
from acseg_core.formats.raster_names import has_gdal_names
from acseg_core.formats.raster_placing import RasterPlacing
from acseg_core.images.scenes.raster import load_rasterio
from acseg_core.images.tiff import directory_of_page
from acseg_core.images.tiff_header import TiffError
from acseg_core.images.tiff_layout import PALETTE
from acseg_core.types import Progress

_LOOKED_AT = 16
"""Files of a folder whose heads say what all are."""
_SAMPLES, _PHOTOMETRIC = 277, 262
_SUFFIXES = (".tif", ".tiff")


@contextlib.contextmanager
def open_class_rasters(path: Path) -> Iterator[LabelledFiles]:
    """Read a class raster, or a folder of those that are GeoTIFF.

    Raises:
        LabelFileError: It is none, or there is none in the folder.
        StorageError: The system refused to read it.
        ExtraMissingError: rasterio is not installed.
    """
    load_rasterio()
    left_out = Unused()
    rasters = list(_rasters(path, left_out)) if path.is_dir() else [open_raster(path, path.parent, {})]
    if not rasters:
        raise LabelFileError(f"{path}: there is no class raster (.tif) in it; choose the folder with them")
    yield LabelledFiles(
        (), (), lambda: iter(()), place=lambda images, how: _placed(path, rasters, left_out, images, how)
    )


def looks_like_class_rasters(path: Path) -> bool:
    """Whether it is a GeoTIFF of one band whose numbers have names or colours, or a folder of such with names."""
    if not path.is_dir():
        has_colors = _has_one_band(path) if path.suffix.lower() in _SUFFIXES else None
        return has_colors is not None and (has_colors or has_class_names(path.parent) or has_gdal_names(path))
    files = _tiffs(path)
    if not files or any(_has_one_band(file) is None for file in files[:_LOOKED_AT]):
        return False
    return has_class_names(path) or has_gdal_names(files[0])


def _rasters(folder: Path, left_out: Unused) -> Iterator[ClassRaster]:
    index = read_index(folder)
    for file in _tiffs(folder):
        try:
            yield open_raster(file, folder, index)
        except LabelFileError as error:
            left_out.add("that are no class rasters", str(error))


def _tiffs(folder: Path) -> list[Path]:
    return sorted(each for each in folder.rglob("*") if each.suffix.lower() in _SUFFIXES and each.is_file())


def _has_one_band(path: Path) -> bool | None:
    """Whether a TIFF of one band has a table of colours; None if it has more bands, or is none."""
    try:
        with path.open("rb") as file:
            directory = directory_of_page(file)
            if directory is None or directory.number(_SAMPLES, 1) != 1:
                return None
            return directory.number(_PHOTOMETRIC, 0) == PALETTE
    except (TiffError, OSError):
        return None


def _placed(
    path: Path, rasters: Sequence[ClassRaster], left_out: Unused, images: Sequence[MapImage], options: MapOptions
) -> Generator[Progress, None, LabelledFiles]:
    """Find the images on which rasters lie, and their labels.

    Raises:
        LabelFileError: There are none, or the numbers are no classes.
    """
    if options != AS_IT_IS:
        raise LabelFileError(f"{path}: a raster has no fields and layers; leave out --field and --layer")
    placing = RasterPlacing(path, rasters, images, left_out)
    yield from placing.look()
    return LabelledFiles(
        tuple(placing.labels.values()),
        tuple(image.path for image in placing.found),
        placing.images,
        left_out,
        placing.notes(),
        by_place=True,
    )
