"""Shapes painted over each other, as CVAT and ISAT have them: their order, what is one object, and what is a hole.

Neither tool has holes in its polygons. Both have people draw what shall be a hole as a polygon of the background on top
of the others: it takes pixels from all that is under it, and is no object itself.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from acseg_core.formats.labelled import FileShape, Geometry, Outline, Unused
from acseg_core.formats.placing import mask_of
from acseg_core.shapes import masks
from acseg_core.types import MAX_PIXELS

_BACKGROUND = frozenset({"background", "_background_", "__background__"})


def is_background(label: str) -> bool:
    """Whether shapes of a label are holes in those under them."""
    return label.casefold() in _BACKGROUND


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One shape among others.

    Attributes:
        label: Name of its label.
        geometry: Where it is; a mask must be of the image's size.
        place: Where in the file it stands.
        group: Shapes of one label and one group are one object; None for a shape that is one by itself.
        depth: What it is sorted by before it is painted; the greatest is topmost.
    """

    label: str
    geometry: Geometry
    place: str
    group: Hashable | None = None
    depth: float = 0.0


def objects_of(layers: Iterable[Layer], size: tuple[int, int] | None, left_out: Unused) -> list[FileShape]:
    """The objects that shapes make together.

    Outlines stay outlines wherever that says the same. Where something is cut out, or another shape lies between those
    of one object, each object is the mask of the pixels that are seen of it.

    Args:
        layers: In the order of the file, which counts where depths are the same.
        size: (height, width) of the image, None if not known.
        left_out: Gets what cannot be done without it.

    Returns:
        From the lowest to the topmost; an object of which nothing is seen has an empty mask.
    """
    layers = sorted(layers, key=lambda layer: layer.depth)
    groups = _groups(layers)
    holes = [layer for layer in layers if is_background(layer.label)]
    whole = [_as_one(layers, numbers) for numbers in groups]
    if not _cuts(layers) and all(whole):
        return [shape for shape in whole if shape is not None]
    if size and size[0] * size[1] <= MAX_PIXELS:
        for layer in holes:
            left_out.add("of the background, which cut holes into what is under them", layer.place)
        return _painted(layers, groups, size)
    for layer in holes:
        left_out.add("of the background, which cut no holes as the size of their image is not known", layer.place)
    return list(_apart(layers, groups, left_out))


def _groups(layers: Sequence[Layer]) -> list[list[int]]:
    """The numbers of the layers of each object, by its lowest."""
    members: dict[Hashable, list[int]] = {}
    for number, layer in enumerate(layers):
        if not is_background(layer.label):
            key = number if layer.group is None else (layer.label, layer.group)
            members.setdefault(key, []).append(number)
    return list(members.values())


def _cuts(layers: Sequence[Layer]) -> bool:
    """Whether there is background on top of anything."""
    holes = [is_background(layer.label) for layer in layers]
    return False in holes and any(holes[holes.index(False) :])


def _as_one(layers: Sequence[Layer], numbers: Sequence[int]) -> FileShape | None:
    """An object that one geometry can say, with nothing between its parts; None where it cannot."""
    first = layers[numbers[0]]
    if len(numbers) == 1:
        return FileShape(first.label, first.geometry, first.place)
    given = [layers[number].geometry for number in numbers]
    outlines = [geometry for geometry in given if isinstance(geometry, Outline)]
    if len(outlines) < len(given) or numbers[-1] - numbers[0] + 1 != len(numbers):
        return None
    return FileShape(first.label, Outline(tuple(part for each in outlines for part in each.parts)), first.place)


def _apart(layers: Sequence[Layer], groups: Sequence[Sequence[int]], left_out: Unused) -> Iterator[FileShape]:
    """Objects where they can be said, and the single shapes of the others, from the lowest to the topmost."""
    for numbers in sorted(_parted(layers, groups), key=lambda numbers: numbers[0]):
        shape = _as_one(layers, numbers)
        if shape is not None:
            yield shape
    for numbers in groups:
        if _as_one(layers, numbers) is None:
            left_out.add(
                "groups that are not one object, as the size of their image is not known", layers[numbers[0]].place
            )


def _parted(layers: Sequence[Layer], groups: Sequence[Sequence[int]]) -> Iterator[Sequence[int]]:
    for numbers in groups:
        if _as_one(layers, numbers) is None:
            yield from ([number] for number in numbers)
        else:
            yield numbers


def _painted(layers: Sequence[Layer], groups: Sequence[Sequence[int]], size: tuple[int, int]) -> list[FileShape]:
    """The pixels that are seen of each object."""
    height, width = size
    painted = masks.paint_label_map([mask_of(layer.geometry, size) for layer in layers], height=height, width=width)
    object_of = np.full(len(layers) + 1, -1, np.int32)  # the last one for pixels of no layer, which are -1
    for number, numbers in enumerate(groups):
        object_of[list(numbers)] = number
    seen = masks.encode_label_map(object_of[painted])
    nothing = masks.empty(height=height, width=width)
    return [
        FileShape(layers[numbers[0]].label, seen.get(number, nothing), layers[numbers[0]].place)
        for number, numbers in enumerate(groups)
    ]
