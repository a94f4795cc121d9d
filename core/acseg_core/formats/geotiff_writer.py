"""Class GeoTIFF: for each image a map of the numbers of its labels, of the same size and at the same place on the map.

The GeoTIFF tags of the image are carried over as they are; only where the picture was turned by EXIF, or lies where it
does by a world file, are they written anew. As in label maps, 0 is what has no name, 1, 2 and so on are the labels in
the order of their ids, and the highest number, 255 or 65535, is void and GDAL's nodata. Up to 254 labels are 8 bits
with a table of colours. The names are where GDAL keeps them, in an `.aux.xml` beside each file, and all that is known
of the labels is in `classes.json`, of the images in `images.jsonl`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from xml.sax.saxutils import escape

from acseg_core.errors import ExportError
from acseg_core.formats.class_list import write_classes
from acseg_core.formats.class_tiff import class_tiff
from acseg_core.formats.dataset import Dataset, ExportedImage, Frame
from acseg_core.formats.image_index import INDEX_FILE, add_to_index
from acseg_core.formats.painted_maps import Palette, paint, palette_of
from acseg_core.images.georef import GeoReference, georeference_of
from acseg_core.output.folders import OutputFolder

_VOID, _VOID_DEEP = 255, 65535


def write_geotiff(dataset: Dataset, folder: OutputFolder) -> Iterator[ExportedImage]:
    """Write a folder of class maps; every image has a georeference.

    Raises:
        ExportError: There are more labels than 16 bits have numbers.
    """
    count = len(dataset.categories)
    if count >= _VOID_DEEP:
        raise ExportError(f"class maps have room for {_VOID_DEEP - 1} labels, and there are {count}; write GeoJSON")
    void = _VOID if count < _VOID else _VOID_DEEP
    names = {each.number + 1: each.name for each in dataset.categories}
    names |= {void: dataset.void_labels[0].name} if dataset.void_labels and void == _VOID else {}
    palette = _palette(dataset) if void == _VOID else None
    write_classes(dataset, folder, {each.number: each.number + 1 for each in dataset.categories}, void)
    with folder.open(INDEX_FILE) as index:
        for split in dataset.splits:
            for image in dataset.images(split):
                reference = georeference_of(image.record.info, as_stored=dataset.settings.frame is Frame.STORED)
                assert reference is not None  # others are left out
                numbers = paint(image, [shape.category.number + 1 for shape in image.shapes], void)
                name = file_name(image)
                with folder.open(name) as file:
                    file.write(class_tiff(numbers, reference, palette=palette, nodata=void))
                with folder.open(f"{name}.aux.xml") as file:
                    file.write(_names_file(names, reference).encode())
                add_to_index(index, image, name)
                yield image


def file_name(image: ExportedImage) -> str:
    """Where in the folder the map of an image is."""
    name = str(PurePosixPath(image.name).with_suffix(".tif"))
    return "/".join(filter(None, (image.split, name)))


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
