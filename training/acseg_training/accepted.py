"""What people accepted in images, as maps of classes: what the weights of merges are chosen by."""

from __future__ import annotations

from abc import ABC, abstractmethod

import cv2
import numpy as np
from numpy.typing import NDArray

from acseg_core.shapes import masks
from acseg_core.store import Project, queries
from acseg_core.types import ImageStatus, RegionStatus
from acseg_training.corpus import Corpus, CorpusImage

_VOID = -1


class Accepted(ABC):
    """What people accepted in some of the images of a corpus."""

    @abstractmethod
    def places(self, corpus: Corpus) -> tuple[int, ...]:
        """Places in the corpus of the images in which enough is accepted to tell partitions apart."""

    @abstractmethod
    def classes(self, image: CorpusImage, size: tuple[int, int]) -> NDArray[np.int32] | None:
        """The class of every pixel of one of these images.

        Args:
            image: One of the corpus.
            size: Height and width of the map.

        Returns:
            (h, w) int32 from 0, -1 where nothing is known; None where it tells nothing any more.
        """


class AcceptedInProject(Accepted):
    """Regions that people accepted, by their labels.

    What no accepted region covers, and what has a label of void, is not known. Only in an image that is done, and whose
    regions have one label, the rest counts as another class: else any partition would do.
    """

    def __init__(self, project: Project) -> None:
        self._project = project

    def places(self, corpus: Corpus) -> tuple[int, ...]:
        """Places of the images with two labels or more, or with one label and done."""
        labels, done = queries.accepted_labels(self._project), self._done()
        ids = [image.image_id or 0 for image in corpus.images]
        return tuple(place for place, id_ in enumerate(ids) if labels.get(id_, 0) > (0 if id_ in done else 1))

    def classes(self, image: CorpusImage, size: tuple[int, int]) -> NDArray[np.int32] | None:
        """The labels of the accepted regions, numbered."""
        if image.image_id is None:
            return None
        found = np.full(size, _VOID, np.int32)
        numbers: dict[int, int] = {}
        for label_id, mask in accepted_masks(self._project, image.image_id, size):
            found[mask] = numbers.setdefault(label_id, len(numbers))
        if len(numbers) == 1 and image.image_id in self._done():
            found[(found == _VOID) & ~self._is_void(image.image_id, size)] = 1
        return found if int(found.max()) > 0 else None

    def _done(self) -> set[int]:
        return set(queries.image_ids(self._project, status=ImageStatus.DONE))

    def _is_void(self, image_id: int, size: tuple[int, int]) -> NDArray[np.bool_]:
        """(h, w) bool, pixels with a label of void."""
        found = np.zeros(size, np.bool_)
        for _, mask in accepted_masks(self._project, image_id, size, void=True):
            found |= mask
        return found


def accepted_masks(
    project: Project, image_id: int, size: tuple[int, int], *, void: bool = False
) -> list[tuple[int, NDArray[np.bool_]]]:
    """The regions that people accepted in an image: their labels, and their (h, w) masks, none of which is empty.

    Args:
        project: Open.
        image_id: Of the image.
        size: Height and width of the masks.
        void: Those with labels of void, instead of all others.
    """
    ids = {label.id for label in queries.labels(project) if label.is_void is void}
    found = []
    for region in queries.regions(project, image_id):
        if region.status is not RegionStatus.ACCEPTED or region.label_id is None or region.label_id not in ids:
            continue
        mask = masks.decode(region.mask)
        if mask.shape != size:
            mask = cv2.resize(mask.astype(np.uint8), (size[1], size[0]), interpolation=cv2.INTER_NEAREST) > 0
        if mask.any():
            found.append((region.label_id, np.asarray(mask, np.bool_)))
    return found
