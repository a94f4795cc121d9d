"""Class rasters on the images of a project: which images they lie on, and which pixels of these have which number."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.errors import ImageError, LabelFileError
from acseg_core.formats.class_raster import ClassRaster
from acseg_core.formats.labelled import FileImage, FileLabel, FileShape, Unused
from acseg_core.formats.map_fields import listed
from acseg_core.formats.map_images import MapImage
from acseg_core.formats.map_systems import Systems, Way, short_name
from acseg_core.formats.raster_sampling import meets, sampled
from acseg_core.formats.remarks import NO_REMARKS
from acseg_core.images.scenes.raster import opened
from acseg_core.shapes.masks import encode_label_map
from acseg_core.types import Progress

_MOST_UNNAMED = 256
"""Different numbers without names that a raster of classes may have."""


class RasterPlacing:
    """Labels of class rasters, image by image.

    Args:
        path: What was chosen, for messages.
        rasters: What there is; of two that say something of a pixel, the later one counts.
        images: Of the project.
        left_out: Gets what cannot be used.

    Attributes:
        labels: All of them, by name.
        found: The images on which rasters lie.
    """

    def __init__(
        self, path: Path, rasters: Sequence[ClassRaster], images: Sequence[MapImage], left_out: Unused
    ) -> None:
        self.labels: dict[str, FileLabel] = {}
        self.found: list[MapImage] = []
        self._path = path
        self._rasters = rasters
        self._images = images
        self._left_out = left_out
        self._systems = Systems()
        self._paths = {image.path for image in images if not image.is_tile}
        self._known = {raster: raster.labels() for raster in rasters}
        self._told: set[tuple[str, int]] = set()

    def look(self) -> Generator[Progress, None, None]:
        """Find out which images rasters lie on, and which labels there are; a tick for each image.

        Raises:
            LabelFileError: There are none, or the numbers are no classes.
        """
        met: set[ClassRaster] = set()
        for number, image in enumerate(self._images, 1):
            here = [raster for raster in self._rasters if self._lies_on(raster, image)]
            for raster in here:
                if raster.names is None:
                    self._note_numbers(raster, image)
            met.update(here)
            if here:
                self.found.append(image)
            yield Progress(number, len(self._images))
        if not met:
            raise LabelFileError(f"{self._path}: {self._nothing_found()}")
        for raster in self._rasters:
            for label in self._known[raster].values():
                self.labels.setdefault(label.name, label)
            if raster not in met:
                self._left_out.add("outside of all images", raster.name)

    def images(self) -> Iterator[FileImage]:
        """The images, each label one shape.

        Raises:
            LabelFileError: A raster cannot be read, or has no whole numbers.
        """
        for image in self.found:
            here = [raster for raster in self._rasters if self._lies_on(raster, image)]
            shapes = self._shapes(image, here)
            own = [raster.said for raster in here if raster.said is not None and image.is_said(raster.said.name)]
            is_negative = not shapes and any(said.is_done for said in own)
            remarks = next((said.remarks for said in own if said.name == image.path), NO_REMARKS)
            size = (image.height, image.width)
            yield FileImage(image.path, shapes, size, is_negative=is_negative, remarks=remarks)

    def notes(self) -> tuple[str, ...]:
        """What was decided about the files, and not by them."""
        notes = []
        unnamed = [raster.name for raster in self._rasters if raster.names is None]
        if unnamed:
            notes.append(f"nothing says the names of its numbers, so they are called by these: {listed(unnamed)}")
        if any(self._systems.of(raster.reference.system) is None for raster in self._rasters):
            notes.append("it says no coordinate system, so its coordinates are taken for those of the images")
        return tuple(notes)

    def _way(self, raster: ClassRaster, image: MapImage) -> Way:
        return self._systems.way(self._systems.of(image.reference.system), self._systems.of(raster.reference.system))

    def _lies_on(self, raster: ClassRaster, image: MapImage) -> bool:
        """A raster that says its image lies on no other, as images may lie on each other; tiles do not."""
        if raster.said is not None and raster.said.name in self._paths and raster.said.name != image.path:
            return False
        way = self._way(raster, image)
        return meets(image, way, raster.reference, width=raster.width, height=raster.height)

    def _shapes(self, image: MapImage, rasters: Sequence[ClassRaster]) -> list[FileShape]:
        names: dict[str, int] = {}
        classes = np.full((image.height, image.width), -1, np.int32)
        for raster in rasters:
            for rows, numbers, inside in self._sampled(raster, image):
                found, where = np.unique(numbers[inside], return_inverse=True)
                table = np.array([self._place(raster, names, number) for number in found.tolist()], np.int32)
                if len(table):
                    here = classes[rows]
                    values = table[where.reshape(-1)]
                    here[inside] = np.where(values >= 0, values, here[inside])
        listed_names = list(names)
        place = ", ".join(raster.name for raster in rasters)
        return [
            FileShape(listed_names[number], mask, f"{place}: {listed_names[number]}", is_object=False)
            for number, mask in encode_label_map(classes).items()
        ]

    def _place(self, raster: ClassRaster, names: dict[str, int], number: int) -> int:
        """The place of a number's label in a list of names, which grows; -1 where it has none."""
        label = self._known[raster].get(number)
        if label is not None:
            return names.setdefault(label.name, len(names))
        if not raster.is_nothing(number) and (raster.name, number) not in self._told:
            self._told.add((raster.name, number))
            self._left_out.add("areas of a number or colour without a name", f"{raster.name}: {number}")
        return -1

    def _note_numbers(self, raster: ClassRaster, image: MapImage) -> None:
        """Make labels of the numbers that a raster without names has on an image."""
        known = self._known[raster]
        for _, numbers, inside in self._sampled(raster, image):
            for number in np.unique(numbers[inside]).tolist():
                if not raster.is_nothing(number):
                    known.setdefault(number, raster.unnamed(number))
            if len(known) > _MOST_UNNAMED:
                raise LabelFileError(
                    f"{raster.path}: it has more than {_MOST_UNNAMED} different numbers and no names, so it looks like "
                    "a picture, not like classes; choose another file, or write the names into classes.json beside it"
                )

    def _sampled(
        self, raster: ClassRaster, image: MapImage
    ) -> Iterator[tuple[slice, NDArray[np.int64], NDArray[np.bool_]]]:
        """The numbers of a raster on an image, as whole ones."""
        try:
            with opened(raster.path) as source:
                for rows, numbers, inside in sampled(source, image, self._way(raster, image), raster.reference):
                    yield rows, *self._as_whole(raster, numbers, inside)
        except ImageError as error:
            raise LabelFileError(str(error)) from error

    def _as_whole(
        self, raster: ClassRaster, numbers: NDArray[Any], inside: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """The same as integers; what is no number is nowhere."""
        if numbers.dtype.kind != "f":
            return numbers.astype(np.int64), inside
        inside = inside & np.isfinite(numbers)
        if raster.reference.nodata is not None:
            inside &= numbers != raster.reference.nodata
        whole = np.where(inside, numbers, 0).astype(np.int64)
        if (whole != np.where(inside, numbers, 0)).any():
            raise LabelFileError(
                f"{raster.path}: its numbers are not whole, so they are no classes; choose another file"
            )
        return whole, inside

    def _nothing_found(self) -> str:
        theirs = dict.fromkeys(short_name(self._systems.of(raster.reference.system)) for raster in self._rasters)
        ours = dict.fromkeys(short_name(self._systems.of(image.reference.system)) for image in self._images)
        return (
            f"none of it lies on an image of the project (the file: {listed(theirs)}; the images: {listed(ours)}); "
            "check the coordinate systems"
        )
