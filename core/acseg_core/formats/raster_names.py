"""Names of the numbers of a class raster: from a file of names beside it, or from GDAL's `.aux.xml`.

GDAL keeps names in two ways: a list of them by number (CategoryNames), or a table of attributes with a column for the
numbers and one for the names (GDALRasterAttributeTable), which is what QGIS and ArcGIS write.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from acseg_core.formats.class_names import ClassNames, read_class_names
from acseg_core.formats.map_fields import USUAL_FIELDS
from acseg_core.formats.xml_stream import Element, elements

_LIST, _TABLE = "CategoryNames", "GDALRasterAttributeTable"
_TEXT = "2"
_NAME, _VALUE, _LEAST = "2", "5", "3"
"""What GDAL's table says of columns: they are the names, the numbers, or where a range of numbers begins."""
_VALUES = ("value", "class", "code", "id")
_NAMES = ("classname", "class_name", *USUAL_FIELDS)


def raster_names(path: Path, root: Path) -> ClassNames | None:
    """The names of a raster's numbers; None where nothing says any.

    Args:
        path: Of the raster.
        root: The folder that was chosen, where names may be, too.

    Raises:
        LabelFileError: What is beside it makes no sense.
        StorageError: It cannot be read.
    """
    return read_class_names(path.parent) or read_class_names(root) or _names_of_gdal(path)


def has_gdal_names(path: Path) -> bool:
    """Whether GDAL has names beside a raster, by a look at the file they would be in."""
    beside = _beside(path)
    if not beside.is_file():
        return False
    content = beside.read_bytes()
    return _LIST.encode() in content or _TABLE.encode() in content


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.aux.xml")


def _names_of_gdal(path: Path) -> ClassNames | None:
    beside = _beside(path)
    if not beside.is_file():
        return None
    for found in elements(beside, (_LIST, _TABLE)):
        names = _of_list(found) if found.tag == _LIST else _of_table(found)
        if names:
            return ClassNames(names, are_numbered=True)
    return None


def _of_list(found: Element) -> dict[int, str]:
    names = (child.text.strip() for child in found.children if child.tag == "Category")
    return {number: name for number, name in enumerate(names) if name}


def _of_table(found: Element) -> dict[int, str]:
    columns = [child for child in found.children if child.tag == "FieldDefn"]
    value = _column(columns, (_VALUE, _LEAST), _VALUES, is_text=False)
    name = _column(columns, (_NAME,), _NAMES, is_text=True)
    names: dict[int, str] = {}
    for row in (child for child in found.children if child.tag == "Row"):
        cells = [cell.text.strip() for cell in row.children if cell.tag == "F"]
        if value is None or name is None or len(cells) <= max(value, name):
            continue
        number = _whole(cells[value])
        if number is not None and cells[name]:
            names[number] = cells[name]
    return names


def _column(columns: Sequence[Element], usages: Sequence[str], names: Sequence[str], *, is_text: bool) -> int | None:
    """The place of a column: by what GDAL says it is for, by its name, or as the only one of texts."""
    for usage in usages:
        for place, column in enumerate(columns):
            if column.child_text("Usage") == usage:
                return place
    for name in names:
        for place, column in enumerate(columns):
            is_of_kind = (column.child_text("Type") == _TEXT) == is_text
            if is_of_kind and column.child_text("Name").casefold() == name:
                return place
    texts = [place for place, column in enumerate(columns) if column.child_text("Type") == _TEXT]
    return texts[0] if is_text and len(texts) == 1 else None


def _whole(text: str) -> int | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return int(value) if value.is_integer() else None
