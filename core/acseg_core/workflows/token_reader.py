"""Patch tokens of a project's images: read from its cache, else computed by the backbone, a few images at once.

Importing it loads no torch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from acseg_core.errors import ImageError
from acseg_core.images.files import load_added
from acseg_core.images.photos import Photo
from acseg_core.names import dense
from acseg_core.nets.halo import features_of
from acseg_core.proposals.tokens import PatchTokens, TokenCache, tokens_of
from acseg_core.store import Project
from acseg_core.store.edits import ingest
from acseg_core.types import ImageRecord, SkippedFile

if TYPE_CHECKING:
    from acseg_core.proposals.segmenter import Segmenter

ReadImage = tuple[ImageRecord, NDArray[np.uint8] | None, PatchTokens]
"""Record of an image, its (H, W, 3) pixels where they were asked for, and its tokens."""


class TokenReader:
    """Reads the patch tokens of images; those of a tile of a scene are computed with what is around it.

    Multi-crop and augmented views are of the tile alone: they are compared with others of their kind only.

    Args:
        project: Open for writing, as images that cannot be read are marked.
        segmenter: Its backbone computes what is not in the cache.
        multi_crop: Read multi-crop views, too.

    Attributes:
        skipped: Images that could not be read.
        left: Images that `read` has still to yield.
        valid: Masks of valid pixels, (H, W) bool by image id, of the images read last that have void ones.
        multi_crop: As given.
    """

    def __init__(self, project: Project, segmenter: Segmenter, *, multi_crop: bool) -> None:
        self._project, self._backbone, self.multi_crop = project, segmenter.backbone, multi_crop
        self._cache = TokenCache(project.cache_dir / "tokens", segmenter.token_identity)
        self.skipped: list[SkippedFile] = []
        self.valid: dict[int, NDArray[np.bool_]] = {}
        self.left = 0

    def read(self, records: Sequence[ImageRecord], *, with_pixels: bool) -> Iterator[ReadImage]:
        """Yield images that can be read, in order; multi-crop views are computed one image at a time."""
        self.left = len(records)
        step = max(1, self._backbone.batch)
        for start in range(0, len(records), step):
            chunk = records[start : start + step]
            cached = {record.id: self._cache.get(record.info.shown_as, multi_crop=self.multi_crop) for record in chunk}
            unread = [record for record in chunk if with_pixels or not self._is_enough(cached[record.id])]
            self.valid.clear()
            photos = {record.id: photo for record in unread if (photo := self._load(record)) is not None}
            fresh = [record for record in chunk if record.id in photos and cached[record.id] is None]
            for record, tokens in zip(fresh, self._compute([photos[record.id] for record in fresh]), strict=True):
                cached[record.id] = tokens
                if not self.multi_crop:
                    self._cache.put(record.info.shown_as, tokens)
            for record in chunk:
                self.left -= 1
                known = cached[record.id]
                image = photos[record.id].rgb if record.id in photos else None
                if known is not None and image is not None and not self._is_enough(known):
                    known = replace(known, multi_crop=dense.multi_crop_view(self._backbone.features, image))
                    self._cache.put(record.info.shown_as, known)
                if known is not None and self._is_enough(known) and (image is not None or not with_pixels):
                    yield record, image if with_pixels else None, known

    def read_augmented(self, record: ImageRecord, augmentation: dense.Augmentation) -> PatchTokens | None:
        """The tokens of an augmented view of an image, or None when it can no longer be read."""
        tokens = self._cache.get(record.info.shown_as, multi_crop=True, augmentation=augmentation.key)
        if tokens is None or tokens.multi_crop is None:
            photo = self._load(record)
            if photo is None:
                return None
            tokens = dense.augmented_view(self._backbone.features, photo.rgb, augmentation)
            self._cache.put(record.info.shown_as, tokens, augmentation=augmentation.key)
        return tokens

    def _is_enough(self, tokens: PatchTokens | None) -> bool:
        return tokens is not None and (tokens.multi_crop is not None or not self.multi_crop)

    def _load(self, record: ImageRecord) -> Photo | None:
        try:
            photo = load_added(self._project.image_root, record.info, with_halo=True)
            if photo.valid is not None:
                self.valid[record.id] = photo.valid
            return photo
        except ImageError as error:
            self.skipped.append(SkippedFile(record.path, error.reason))
            ingest.mark_problems(self._project, {record.path: error.reason})
            return None

    def _compute(self, photos: list[Photo]) -> list[PatchTokens]:
        return [tokens_of(each) for each in (features_of(self._backbone, photos) if photos else [])]
