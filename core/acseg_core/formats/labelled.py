"""What a file of any format says about labelled images: between the readers and the project.

A reader knows its format and nothing of a project; `matching` finds the images of the project that a file means,
`placing` turns shapes into masks of these, `workflows.importing` puts them in.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from acseg_core.formats.map_images import MapImage, MapOptions
from acseg_core.formats.remarks import NO_REMARKS, Remarks
from acseg_core.reports import UnusedPart
from acseg_core.types import PixelPatch, Progress, Rle


@dataclass(frozen=True, slots=True)
class FileLabel:
    """A label as a file describes it; what the file does not say is None.

    Attributes:
        name: Its name.
        category_id: Its number in the file, for formats whose numbers are kept.
        color: "#rrggbb".
        supercategory: COCO supercategory.
        is_thing: Countable thing, or stuff.
        is_void: Its pixels are to be ignored.
        hotkey: "1".."9", or "" where the file says that it has none.
    """

    name: str
    category_id: int | None = None
    color: str | None = None
    supercategory: str | None = None
    is_thing: bool | None = None
    is_void: bool | None = None
    hotkey: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """A shape given by polygons.

    Attributes:
        parts: The shape is all of these together. Each is a tuple of rings, (n, 2) float64 points x, y; a pixel is in
            the part when it is inside of an odd number of them, so that rings inside of others are holes.
        in_shares: Whether coordinates are shares of the width and height, 0..1, not pixels from the upper left corner.
        as_coco: Whether they are filled by the rule of COCO's own tools, not by that of the pixels' centres.
    """

    parts: tuple[tuple[NDArray[np.float64], ...], ...]
    in_shares: bool = False
    as_coco: bool = False


Geometry: TypeAlias = Outline | Rle | PixelPatch
"""Where a shape is: polygons, a mask of the whole image, or pixels in a box."""


@dataclass(frozen=True, slots=True, eq=False)
class FileShape:
    """One labelled shape of an image.

    Attributes:
        label: Name of its label.
        geometry: Where it is.
        place: Where in the file it stands ("annotation 7"), for messages.
        is_object: Whether the file tells it from others of its label; if not, its parts may be several things.
    """

    label: str
    geometry: Geometry
    place: str = ""
    is_object: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class FileImage:
    """One image as a file names it, with its shapes from the lowest to the topmost.

    Attributes:
        name: As the file says it, perhaps with folders; forward slashes.
        shapes: They may overlap.
        size: (height, width) that masks and coordinates are of; None when the file does not say.
        is_negative: Whether an image without shapes is known to have none, not just not labelled yet.
        remarks: What people said of it.
    """

    name: str
    shapes: Sequence[FileShape]
    size: tuple[int, int] | None = None
    is_negative: bool = False
    remarks: Remarks = NO_REMARKS


@dataclass(slots=True)
class Unused:
    """What a reader could not use, counted by reason, with the first places of each.

    Attributes:
        places: By reason, such as "without an outline": how many, and where the first few are.
    """

    places: dict[str, tuple[int, list[str]]] = field(default_factory=dict)

    def add(self, reason: str, place: str) -> None:
        """Count one thing."""
        count, places = self.places.get(reason, (0, []))
        self.places[reason] = (count + 1, places if len(places) >= _TOLD else [*places, place])

    def add_all(self, reason: str, places: Sequence[str]) -> None:
        """Count several of a kind."""
        if places:
            count, known = self.places.get(reason, (0, []))
            self.places[reason] = (count + len(places), [*known, *places][:_TOLD])

    def join(self, other: Unused) -> None:
        """Count what another one counted, and let it count here from now on."""
        for reason, (more, theirs) in other.places.items():
            count, places = self.places.get(reason, (0, []))
            self.places[reason] = (count + more, [*places, *theirs][:_TOLD])
        other.places = self.places

    def parts(self) -> tuple[UnusedPart, ...]:
        """What there is for each reason."""
        return tuple(UnusedPart(reason, count, tuple(places)) for reason, (count, places) in self.places.items())

    def lines(self) -> list[str]:
        """One line for each reason."""
        return [part.line for part in self.parts()]


_TOLD = 5


@dataclass(frozen=True, slots=True, eq=False)
class LabelledFiles:
    """The content of a file or folder of labels, image by image, so that memory stays flat.

    Attributes:
        labels: All labels it has, in its order.
        names: The images it has, as `FileImage.name`.
        images: Begins to read the images, in any order.
        left_out: What of it cannot be used; grows while images are read.
        notes: What else of it is not kept, one line each.
        is_list: It is a list of labels, and has no images.
        place: Of labels on a map, which name no images: finds those that they lie on, and what lies on each. The files
            that it returns have the labels and names that these have not.
        by_place: Whether its images were found so; their names are paths in the project.
        fields: The attributes that could say the labels.
        field: The one that does, or "" for none.
    """

    labels: tuple[FileLabel, ...]
    names: tuple[str, ...]
    images: Callable[[], Iterator[FileImage]]
    left_out: Unused = field(default_factory=Unused)
    notes: tuple[str, ...] = ()
    is_list: bool = False
    place: Placing | None = None
    by_place: bool = False
    fields: tuple[str, ...] = ()
    field: str = ""


Placing: TypeAlias = "Callable[[Sequence[MapImage], MapOptions], Generator[Progress, None, LabelledFiles]]"
"""Finds what lies on images; a tick for each image. Raises `LabelFileError`."""
