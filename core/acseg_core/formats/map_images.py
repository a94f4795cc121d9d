"""Images of a project as places on a map: what a reader of labels on a map is asked about.

Such labels name no image. A reader that has some (`LabelledFiles.place`) is given the images that have map coordinates,
and gives back what lies on each of them, as any other reader does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from acseg_core.images.georef import GeoReference, georeference_of
from acseg_core.images.image_paths import file_of_tile
from acseg_core.types import ImageRecord

_EDGE_POINTS = 33
"""Points on each side of an image that say where it is in another coordinate system."""


@dataclass(frozen=True, slots=True)
class MapOptions:
    """How labels on a map are read.

    Attributes:
        field: The attribute that says which label a shape has; "" to find it out.
        layer: The one layer that is read; "" for all.
    """

    field: str = ""
    layer: str = ""


AS_IT_IS = MapOptions()
"""All layers, and the field that says labels by what it is called."""


@dataclass(frozen=True, slots=True)
class MapImage:
    """One image and where it lies.

    Attributes:
        path: In the project.
        height: Rows as displayed.
        width: Pixels per row.
        reference: Of the picture as displayed.
        file: Path of the scene that it is a tile of; of all other images its own.
    """

    path: str
    height: int
    width: int
    reference: GeoReference
    file: str

    @property
    def is_tile(self) -> bool:
        """Whether it is a part of a scene."""
        return self.file != self.path

    def is_said(self, image: str) -> bool:
        """Whether a file that says of which image or scene it is means this one."""
        return image in (self.path, self.file)

    def border(self) -> NDArray[np.float64]:
        """(n, 2) map coordinates of points all along its border."""
        steps = np.linspace(0.0, 1.0, _EDGE_POINTS)
        none, all_ = np.zeros_like(steps), np.ones_like(steps)
        x = np.concatenate((steps, all_, steps, none)) * self.width
        y = np.concatenate((none, steps, all_, steps)) * self.height
        return self.reference.to_map(np.stack((x, y), axis=1))


def to_pixels(points: NDArray[np.float64], reference: GeoReference) -> NDArray[np.float64]:
    """Positions in an image of map coordinates: the way back of `GeoReference.to_map`.

    Args:
        points: (n, 2) x, y.
        reference: Of the image.

    Returns:
        (n, 2) float64 x, y in pixels from the image's top left corner; not finite where the coordinates are not.
    """
    x, right_x, down_x, y, right_y, down_y = reference.transform
    east, north = (points - (x, y)).T
    size = right_x * down_y - right_y * down_x
    with np.errstate(invalid="ignore"):  # of what is nowhere
        return np.stack((east * down_y - north * down_x, north * right_x - east * right_y), axis=1) / size


def map_images(records: Iterable[ImageRecord]) -> tuple[list[MapImage], list[str]]:
    """The images of a project that lie on a map, and the paths of those that do not, both in their order."""
    placed: list[MapImage] = []
    elsewhere: list[str] = []
    for record in records:
        reference = georeference_of(record.info)
        if reference is None or not reference.pixel_area:
            elsewhere.append(record.path)
        else:
            info = record.info
            file = info.path if info.tile is None else file_of_tile(info.path)
            placed.append(MapImage(info.path, info.height, info.width, reference, file))
    return placed, elsewhere
