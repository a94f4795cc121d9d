"""Class GeoTIFF: for each image a map of the numbers of its labels, of the same size and at the same place on the map.

The GeoTIFF tags of the image are carried over as they are; only where the picture was turned by EXIF, or lies where it
does by a world file, are they written anew. As in label maps, 0 is what has no name, 1, 2 and so on are the labels in
the order of their ids, and the highest number, 255 or 65535, is void and GDAL's nodata. Up to 254 labels are 8 bits
with a table of colours. The names are where GDAL keeps them, in an `.aux.xml` beside each file, and all that is known
of the labels is in `classes.json`, of the images in `images.jsonl`.

A scene is one map of its size, written by GDAL a row of tiles at a time; tiles that do not leave are void.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

from acseg_core.errors import ExportError
from acseg_core.formats.class_list import write_classes
from acseg_core.formats.class_tiff import class_tiff
from acseg_core.formats.dataset import Dataset, ExportedImage, Frame
from acseg_core.formats.image_index import INDEX_FILE, add_scene_to_index, add_to_index
from acseg_core.formats.mosaics import Mosaic
from acseg_core.formats.painted_maps import Palette, paint, palette_of
from acseg_core.formats.scene_bands import bands
from acseg_core.images.georef import GeoReference
from acseg_core.images.scenes.raster_writer import NumberRaster, number_raster
from acseg_core.output.folders import OutputFolder

_VOID, _VOID_DEEP = 255, 65535


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Of labels in maps.

    Attributes:
        void: The number of what is to be ignored.
        names: By number.
        palette: None where there are more than 8 bits.
    """

    void: int
    names: Mapping[int, str]
    palette: Palette | None


def write_geotiff(dataset: Dataset, folder: OutputFolder) -> Iterator[ExportedImage]:
    """Write a folder of class maps; every image has a georeference.

    Raises:
        ExportError: There are more labels than 16 bits have numbers.
        ExtraMissingError: There is a scene, and rasterio is not installed.
        StorageError: A map cannot be written.
    """
    numbers = _numbers_of(dataset)
    write_classes(dataset, folder, {each.number: each.number + 1 for each in dataset.categories}, numbers.void)
    with folder.open(INDEX_FILE) as index:
        for split in dataset.splits:
            for mosaic in dataset.mosaics(split):
                name = _file_name(mosaic.name, split)
                reference = mosaic.reference(as_stored=dataset.settings.frame is Frame.STORED)
                assert reference is not None  # others are left out
                if mosaic.scene is None:
                    for image in dataset.read(mosaic.image_ids):
                        _write_photo(folder, image, reference, name, numbers)
                        add_to_index(index, image, name)
                        yield image
                else:
                    yield from _write_scene(dataset, folder, mosaic, reference, name, numbers)
                    add_scene_to_index(index, mosaic, name)


def _numbers_of(dataset: Dataset) -> _Numbers:
    count = len(dataset.categories)
    if count >= _VOID_DEEP:
        raise ExportError(f"class maps have room for {_VOID_DEEP - 1} labels, and there are {count}; write GeoJSON")
    void = _VOID if count < _VOID else _VOID_DEEP
    names = {each.number + 1: each.name for each in dataset.categories}
    names |= {void: dataset.void_labels[0].name} if dataset.void_labels and void == _VOID else {}
    return _Numbers(void, names, _palette(dataset) if void == _VOID else None)


def _file_name(name: str, split: str | None) -> str:
    """Where in the folder the map of an image or a scene is."""
    return "/".join(filter(None, (split, str(PurePosixPath(name).with_suffix(".tif")))))


def _write_photo(
    folder: OutputFolder, image: ExportedImage, reference: GeoReference, name: str, numbers: _Numbers
) -> None:
    painted = paint(image, [shape.category.number + 1 for shape in image.shapes], numbers.void)
    with folder.open(name) as file:
        file.write(class_tiff(painted, reference, palette=numbers.palette, nodata=numbers.void))
    with folder.open(f"{name}.aux.xml") as file:
        file.write(_names_file(numbers.names, reference).encode())


def _write_scene(
    dataset: Dataset, folder: OutputFolder, mosaic: Mosaic, reference: GeoReference, name: str, numbers: _Numbers
) -> Iterator[ExportedImage]:
    scene = mosaic.scene
    assert scene is not None

    def painted(image: ExportedImage) -> NDArray[np.uint32]:
        return paint(image, [shape.category.number + 1 for shape in image.shapes], numbers.void)

    raster = NumberRaster(scene.width, scene.height, reference, numbers.void, numbers.palette)
    dtype = np.uint16 if numbers.palette is None else np.uint8
    path = folder.place(name)
    with folder.errors(name), number_raster(path, raster, shown=folder.target / name) as write:
        for band in bands(scene, dataset.read(mosaic.image_ids), painted, numbers.void, dtype):
            write(band.top, band.numbers)
            yield from band.images
    with folder.open(f"{name}.aux.xml") as file:
        file.write(_names_file(numbers.names, reference).encode())


def _palette(dataset: Dataset) -> Palette:
    colors = {each.number + 1: each.color for each in dataset.categories}
    if dataset.void_labels:
        colors[_VOID] = dataset.void_labels[0].color
    return palette_of(colors)


def _names_file(names: Mapping[int, str], reference: GeoReference) -> str:
    """What GDAL reads beside a file: the names of its numbers from 0, and a system that no tag can say."""
    lines = ["<PAMDataset>"]
    system = reference.system
    if system is not None and system.epsg is None and system.wkt:
        lines.append(f"  <SRS>{_xml(system.wkt)}</SRS>")
    lines += ['  <PAMRasterBand band="1">', "    <CategoryNames>"]
    titles = [names.get(number, "") for number in range(max(names, default=0) + 1)]
    lines += [f"      <Category>{_xml(title)}</Category>" for title in titles]
    lines += ["    </CategoryNames>", "  </PAMRasterBand>", "</PAMDataset>", ""]
    return "\n".join(lines)


def _xml(text: str) -> str:
    """Without what XML cannot hold."""
    return escape("".join(each if each >= " " else "?" for each in text).encode("utf-8", "replace").decode())
