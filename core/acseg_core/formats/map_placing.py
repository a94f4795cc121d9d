"""Features of a map on the images of a project: which images they lie on, and which pixels of these they cover."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from acseg_core.errors import LabelFileError
from acseg_core.formats.labelled import FileImage, FileLabel, FileShape, Unused
from acseg_core.formats.map_fields import listed
from acseg_core.formats.map_images import MapImage
from acseg_core.formats.map_layers import Bounds, Features
from acseg_core.formats.map_shapes import box_of, has_area, masks_on, repaired
from acseg_core.formats.map_sources import MapSource
from acseg_core.formats.map_systems import Systems, Way, short_name
from acseg_core.formats.remarks import NO_REMARKS
from acseg_core.shapes.run_lengths import is_empty
from acseg_core.types import Progress

_AT_ONCE = 2000
"""Features that are made masks together."""


class MapPlacing:
    """Labels of some layers, image by image.

    Args:
        path: What was chosen, for messages.
        sources: The layers.
        images: Of the project.

    Attributes:
        labels: Those that are near an image, by name.
        found: The images that have some, or of which a file says that they have none.
        left_out: What cannot be used.
    """

    def __init__(self, path: Path, sources: Sequence[MapSource], images: Sequence[MapImage]) -> None:
        self.labels: dict[str, FileLabel] = {}
        self.found: list[MapImage] = []
        self.left_out = Unused()
        self._path = path
        self._sources = sources
        self._images = images
        self._systems = Systems()
        self._paths = {image.path for image in images if not image.is_tile}

    def look(self) -> Generator[Progress, None, None]:
        """Find out which images there are labels of, and which; a tick for each image.

        Raises:
            LabelFileError: There are none.
        """
        for source in self._sources:
            boxes = (self._box(source, image) for image in self._images if self._may_be_of(source.image, image))
            source.layer.expect([box for box in boxes if box is not None])
        for number, image in enumerate(self._images, 1):
            said = [self._has(source, image) for source in self._sources]  # of all, for their labels
            if any(said):
                self.found.append(image)
            yield Progress(number, len(self._images))
        if not self.found:
            raise LabelFileError(f"{self._path}: {self._nothing_found()}")
        yield from self._tell_the_rest()

    def images(self) -> Iterator[FileImage]:
        """The images with their shapes; only such that cover a pixel."""
        for image in self.found:
            shapes = [shape for source in self._sources for shape in self._shapes(source, image)]
            own = [source for source in self._sources if image.is_said(source.image)]
            is_negative = not shapes and any(source.is_done for source in own)
            remarks = next((source.remarks for source in own if source.image == image.path), NO_REMARKS)
            size = (image.height, image.width)
            yield FileImage(image.path, shapes, size, is_negative=is_negative, remarks=remarks)
        for source in self._sources:
            left = sorted(source.seen - source.settled)
            self.left_out.add_all("that cover the centre of no pixel", [source.where(each) for each in left])

    def notes(self) -> tuple[str, ...]:
        """What was decided about the file, and not by it."""
        notes = []
        fields = dict.fromkeys(source.field for source in self._sources if source.field)
        if fields:
            notes.append(f"labels are from the field {listed(fields)}")
        layers = dict.fromkeys(source.layer.name for source in self._sources if source.field is None)
        if layers:
            notes.append(f"no field says labels, so each layer is one: {listed(layers)}")
        if any(source.layer.system is None for source in self._sources):
            notes.append("it says no coordinate system, so its coordinates are taken for those of the images")
        return tuple(notes)

    def _may_be_of(self, said: str, image: MapImage) -> bool:
        """What says its image is of no other, as images may lie on each other; tiles do not."""
        return said not in self._paths or said == image.path

    def _ways(self, source: MapSource, image: MapImage) -> tuple[Way, Way]:
        """From the coordinates of an image to those of a layer, and back."""
        system = self._systems.of(image.reference.system)
        return self._systems.way(system, source.layer.system), self._systems.way(source.layer.system, system)

    def _box(self, source: MapSource, image: MapImage) -> Bounds | None:
        """Where an image is in a layer; None where the layer has nothing there."""
        box, bounds = box_of(image, self._ways(source, image)[0]), source.layer.bounds
        if box is None or bounds is None:
            return None
        is_apart = box[0] > bounds[2] or box[1] > bounds[3] or box[2] < bounds[0] or box[3] < bounds[1]
        return None if is_apart else box

    def _near(self, source: MapSource, image: MapImage, *, with_geometry: bool) -> tuple[Features, Bounds] | None:
        box = self._box(source, image) if self._may_be_of(source.image, image) else None
        if box is None:
            return None
        return source.layer.near(box, source.columns, with_geometry=with_geometry), box

    def _has(self, source: MapSource, image: MapImage) -> bool:
        """Whether a layer says something of an image; notes the labels."""
        near = self._near(source, image, with_geometry=False)
        has_labels = False
        for number, feature in enumerate([] if near is None else near[0].ids.tolist()):
            assert near is not None
            source.seen.add(feature)
            if not self._may_be_of(source.image_of(near[0], number), image):
                continue
            name = source.name(near[0], number)
            if name and name not in self.labels:
                self.labels[name] = source.label(near[0], number)
            elif not name:
                self._settle(source, feature, "without a label")
            has_labels = has_labels or bool(name)
        says_something = image.is_said(source.image) and (source.is_done or source.remarks != NO_REMARKS)
        return has_labels or says_something

    def _shapes(self, source: MapSource, image: MapImage) -> Iterator[FileShape]:
        near = self._near(source, image, with_geometry=True)
        if near is None:
            return
        features, box = near
        back = self._ways(source, image)[1]
        geometries, _ = repaired(features.geometries)
        chosen = [number for number in range(len(features.ids)) if self._is_wanted(source, image, features, number)]
        chosen = [number for number in chosen if self._covers(source, int(features.ids[number]), geometries[number])]
        for start in range(0, len(chosen), _AT_ONCE):
            numbers = chosen[start : start + _AT_ONCE]
            masks = masks_on([geometries[number] for number in numbers], image, box, back)
            for number, mask in zip(numbers, masks, strict=True):
                feature = int(features.ids[number])
                if mask is not None and not is_empty(mask):
                    source.settled.add(feature)
                    yield FileShape(source.name(features, number), mask, source.where(feature))

    def _is_wanted(self, source: MapSource, image: MapImage, features: Features, number: int) -> bool:
        return bool(source.name(features, number)) and self._may_be_of(source.image_of(features, number), image)

    def _covers(self, source: MapSource, feature: int, geometry: Any) -> bool:
        """Whether a feature has an area; it is told if not."""
        if geometry is None:
            self._settle(source, feature, "of a kind that is not read")
        elif not has_area(geometry):
            self._settle(source, feature, "that are points or lines, which cover nothing")
        else:
            return True
        return False

    def _settle(self, source: MapSource, feature: int, reason: str) -> None:
        """Tell once why a feature is not used."""
        if feature not in source.settled:
            source.settled.add(feature)
            self.left_out.add(reason, source.where(feature))

    def _tell_the_rest(self) -> Generator[Progress, None, None]:
        """Count the features that lie on no image, or nowhere."""
        for source in self._sources:
            for ids, boxes in source.layer.boxes():
                nowhere = np.isnan(boxes).any(axis=0)
                others = [each for each in ids[~nowhere].tolist() if each not in source.seen]
                nowheres = [source.where(each) for each in ids[nowhere].tolist()]
                self.left_out.add_all("without a geometry", nowheres)
                self.left_out.add_all("outside of all images", [source.where(each) for each in others])
                yield Progress(len(self._images), len(self._images))

    def _nothing_found(self) -> str:
        if any(source.seen for source in self._sources):
            return "no feature that lies on an image has a label; choose the field with the labels (--field)"
        theirs = dict.fromkeys(short_name(source.layer.system) for source in self._sources)
        ours = dict.fromkeys(short_name(self._systems.of(image.reference.system)) for image in self._images)
        return (
            f"none of its features lies on an image of the project (the file: {listed(theirs)}; the images: "
            f"{listed(ours)}); check the coordinate systems"
        )
