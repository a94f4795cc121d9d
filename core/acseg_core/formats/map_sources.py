"""Layers of a map with what is known of their labels: which field says them, and what our own files say beside."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from acseg_core.errors import LabelFileError, UnclearFieldError, quoted
from acseg_core.formats.class_names import ClassNames, read_class_names
from acseg_core.formats.label_colors import read_color
from acseg_core.formats.labelled import FileLabel
from acseg_core.formats.map_fields import label_field, label_of, listed, place_of
from acseg_core.formats.map_images import MapOptions
from acseg_core.formats.map_layers import Features, MapLayer
from acseg_core.formats.remarks import NO_REMARKS, Remarks, read_remarks

_HEAD_BYTES = 1 << 16
_IMAGE = "image"
_OWN_FIELDS = ("label_id", "color", "supercategory", "isthing", _IMAGE)
"""What our own files say in each feature, of its label and image."""


@dataclasses.dataclass(slots=True, eq=False)
class MapSource:
    """One layer with what is known of its labels.

    Attributes:
        layer: The layer.
        field: That says the labels; None where the layer's name does.
        fields: That could.
        names: Of numbers, where they are known.
        image: The image or scene that the file says it is of, or "".
        is_done: Whether it says that all of that is labelled.
        remarks: What people said of that image.
        seen: The features that lie near an image.
        settled: Of these, those that cover a pixel, or of which it is told why not.
    """

    layer: MapLayer
    field: str | None
    fields: tuple[str, ...]
    names: ClassNames | None
    image: str = ""
    is_done: bool = False
    remarks: Remarks = NO_REMARKS
    seen: set[int] = dataclasses.field(default_factory=set)
    settled: set[int] = dataclasses.field(default_factory=set)

    @property
    def columns(self) -> list[str]:
        """The fields that are read."""
        there = {each.name for each in self.layer.fields}
        own = [each for each in _OWN_FIELDS if each in there]
        return list(dict.fromkeys([*([self.field] if self.field else []), *own]))

    def name(self, features: Features, number: int) -> str:
        """Name of the label of a feature; "" for none."""
        return self._label(features, number)[0]

    def label(self, features: Features, number: int) -> FileLabel:
        """The label of a feature, with all that the feature says of it."""
        name, category_id = self._label(features, number)
        known = self.names.known.get(category_id) if self.names is not None and category_id is not None else None
        if known is not None:
            return known
        own = {key: _plain(features.values[key][number]) for key in _OWN_FIELDS if key in features.values}
        color, above, thing = own.get("color"), own.get("supercategory"), own.get("isthing")
        return FileLabel(
            name,
            category_id=category_id if category_id is not None else _positive(own.get("label_id")),
            color=read_color(color),
            supercategory=above if isinstance(above, str) else None,
            is_thing=bool(thing) if thing in (0, 1) else None,
        )

    def image_of(self, features: Features, number: int) -> str:
        """The image or scene that a feature says it is of; "" for none."""
        values = features.values.get(_IMAGE)
        said = None if values is None else values[number]
        return said if isinstance(said, str) else ""

    def where(self, feature: int) -> str:
        """How a message names a feature."""
        return f"{quoted(self.layer.name)} {feature}"

    def _label(self, features: Features, number: int) -> tuple[str, int | None]:
        if self.field is None:
            return self.layer.name, None
        return label_of(_plain(features.values[self.field][number]), self.names)


def open_sources(path: Path, layers: Sequence[tuple[Path, str]], options: MapOptions) -> list[MapSource]:
    """Open the layers that may have polygons.

    Args:
        path: What was chosen, for messages.
        layers: Files and the names of their layers.
        options: Which of them, and which field.

    Raises:
        LabelFileError: There is no such layer or field, or there are points and lines only.
        UnclearFieldError: Several fields could say the labels.
    """
    if options.layer:
        known = dict.fromkeys(name for _, name in layers)
        layers = [(file, name) for file, name in layers if name == options.layer]
        if not layers:
            raise LabelFileError(
                f'{path}: there is no layer "{quoted(options.layer)}" (the layers: {listed(known)}); '
                "choose another one (--layer)"
            )
    opened = [MapLayer(file, name) for file, name in layers]
    flat = [each for each in opened if not re.search("Point|LineString", each.geometry)]
    if not flat:
        raise LabelFileError(f"{path}: it has points or lines only, and labels need polygons; choose another file")
    names = {folder: read_class_names(folder) for folder in {each.path.parent for each in flat}}
    return [_source(each, names[each.path.parent], options, is_only=len(opened) == 1) for each in flat]


def _source(layer: MapLayer, names: ClassNames | None, options: MapOptions, *, is_only: bool) -> MapSource:
    place = place_of(layer.path, layer.name, is_only=is_only)
    could = tuple(each.name for each in layer.fields if each.may_be_label)
    try:
        found = label_field(place, layer.fields, wanted=options.field, has_names=names is not None)
    except UnclearFieldError as error:
        raise UnclearFieldError(str(error), fields=could) from error
    own = _own_head(layer.path)
    if not own:
        return MapSource(layer, found, could, names)
    return MapSource(layer, found, could, names, own["image"], own.get("done") is True, read_remarks(own))


def _own_head(path: Path) -> dict[str, Any]:
    """What a GeoJSON file of our own says before its features; nothing of any other."""
    if path.suffix.lower() != ".geojson":
        return {}
    with path.open("rb") as file:
        start, found, _ = file.read(_HEAD_BYTES).partition(b', "features": [')
    try:
        head = json.loads(start + b"}") if found else {}
    except (ValueError, RecursionError):
        return {}
    return head if isinstance(head, dict) and isinstance(head.get("image"), str) else {}


def _plain(value: object) -> object:
    """A value of an array as Python has it."""
    return value.item() if isinstance(value, np.generic) else value


def _positive(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None
