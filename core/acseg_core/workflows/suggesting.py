"""Names that spread: from the regions that have one to those that look alike, and from pixels to whole images.

Both are generators that can be stopped anywhere: what was suggested by then stays. Importing it loads no torch.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from acseg_core.config import RefineConfig, SegmenterConfig
from acseg_core.errors import EditError, ImageError
from acseg_core.images.files import load_added
from acseg_core.names import dense
from acseg_core.names.classify import NameMemory, TokenMemory
from acseg_core.proposals.regions import mean_tokens, region_descriptors
from acseg_core.proposals.tokens import PatchTokens, TokenCache, tokens_of
from acseg_core.shapes import masks
from acseg_core.store import Project, queries
from acseg_core.store.edits import ingest, suggestions
from acseg_core.store.edits.suggestions import NO_LABEL
from acseg_core.types import (
    ImageRecord,
    ImageStatus,
    OpChanges,
    PredictedRegion,
    Progress,
    SkippedFile,
    SuggestReport,
)
from acseg_core.workflows.fallback_cache import read_hints

if TYPE_CHECKING:
    from acseg_core.proposals.segmenter import Segmenter

LEAST_CONFIDENCE = 0.2
"""A region whose suggestion would be less sure than this gets none: it looks like nothing that has a name."""

MOST_TEACHERS = 200
"""Images that dense propagation learns from, at most."""

_REGIONS_AT_ONCE = 8192

_Look = tuple[ImageRecord, NDArray[np.uint8] | None, PatchTokens]
"""An image, its (H, W, 3) pixels where they were asked for, and its tokens."""


def suggest_for_all(project: Project) -> Generator[Progress, None, SuggestReport]:
    """Suggest a name for every undecided region from those that are named, by what they look like.

    Earlier suggestions are brought up to date or taken back. Images that are done are left alone. Not undoable. A label
    that is deleted or merged meanwhile is not suggested, and told of.

    Yields:
        One tick per eight thousand regions; their suggestions are saved by then.
    """
    started = time.perf_counter()
    named, labels = suggestions.named_descriptors(project)
    # A hint of a label that is gone is no better than what is found now; undo brings the label and its hints back.
    names = {label.id: label.name for label in queries.labels(project)}
    hints = read_hints(project).of_labels(names)
    if not len(named) and not len(hints):
        changes = suggestions.clear_suggestions(project)
        return SuggestReport(seconds=time.perf_counter() - started, changes=changes, learned=False)
    unnamed = suggestions.unnamed_descriptors(project)
    if not len(unnamed):
        return SuggestReport(seconds=time.perf_counter() - started)
    touched: set[int] = set()
    suggested: dict[int, int] = {}
    everything = [named.descriptors, unnamed.descriptors] if len(named) else [unnamed.descriptors]
    centre = np.concatenate(everything).mean(axis=0, dtype=np.float32)
    memory = NameMemory(named.descriptors, labels, centre=centre) if len(named) else None
    for start in range(0, len(unnamed), _REGIONS_AT_ONCE):
        rows = slice(start, start + _REGIONS_AT_ONCE)
        ids = unnamed.region_ids[rows]
        found, confidences = np.full(len(ids), NO_LABEL, np.int64), np.zeros(len(ids), np.float32)
        if memory is not None:
            found, confidences = memory.suggest(unnamed.descriptors[rows])
        found, confidences = hints.better(ids, found, confidences)
        sure = confidences >= LEAST_CONFIDENCE
        touched |= suggestions.save_suggestions(
            project, ids.tolist(), np.where(sure, found, NO_LABEL).tolist(), confidences.tolist()
        ).image_ids
        suggested |= dict(zip(ids[sure].tolist(), found[sure].tolist(), strict=True))
        yield Progress(min(rows.stop, len(unnamed)), len(unnamed), "suggesting names")
    gone = names.keys() - {label.id for label in queries.labels(project)}
    learned = {*labels.tolist(), *hints.labels.tolist()}
    forgotten = tuple(name for id_, name in names.items() if id_ in gone and id_ in learned)
    suggested = {region_id: label_id for region_id, label_id in suggested.items() if label_id not in gone}
    images = queries.images_of_regions(project, suggested)
    changes = OpChanges(verb="Suggest names", image_ids=frozenset(touched)) if touched else OpChanges()
    seconds = time.perf_counter() - started
    return SuggestReport(len(suggested), len(images), seconds=seconds, changes=changes, forgotten=forgotten)


def propagate(
    project: Project,
    config: SegmenterConfig,
    *,
    image_ids: Collection[int] | None = None,
    closer: bool = True,
    segmenter: Segmenter | None = None,
) -> Generator[Progress, None, SuggestReport]:
    """Suggest a new partition of images, pixel by pixel, from the pixels that are named: one undo step per image.

    Pixels that a person has made or decided about stay as they are. When a label is deleted or merged meanwhile, it is
    learned anew without it, and the images that are left get the names that are left.

    Args:
        project: Open for writing.
        config: Model settings, for the backbone and the edges.
        image_ids: Which images; all that are not done if left out.
        closer: Look at the quarters of images, too (`dense.look_closer`), and at the images that teach in other light
            (`dense.look_again`): better, and five times the work at first, fifteen times for those that teach.
        segmenter: Already loaded with ``config``; loaded if left out.

    Yields:
        One tick per image learned from and per image predicted (which is saved by then), named by its path; one before
        each further look at an image that teaches, and one per image that is guessed about before it is predicted.

    Raises:
        ModelError: The backbone cannot be had.
    """
    started = time.perf_counter()
    teachers = _teachers(project)
    wanted = _wanted(project, image_ids)
    if not teachers or not wanted:
        return SuggestReport(kept=len(wanted), seconds=time.perf_counter() - started, learned=bool(teachers))
    total = len(teachers) + len(wanted)
    yield Progress(0, total, "loading the model")
    segmenter = segmenter or _load_segmenter(config)
    eye = _Eye(project, segmenter, closer=closer)
    lesson = _Lesson(project, lambda: _Eye(project, segmenter, closer=closer))
    for left, path in lesson.learn(teachers, wanted):
        yield Progress(len(teachers) - left, total, path)
    regions = images = kept = 0
    touched: set[int] = set()
    for record, pixels, seen in eye.look(wanted, with_pixels=True) if lesson.memory else ():
        assert pixels is not None
        predicted, saved = [], OpChanges()
        while True:
            if lesson.is_outdated:
                for _, path in lesson.learn(_teachers(project), wanted):
                    yield Progress(total - eye.left - 1, total, path)
            if not lesson.memory:
                break
            valid = eye.valid.get(record.id)
            predicted = _predicted_regions(project, record, pixels, seen, lesson.memory, config.refine, valid)
            try:
                saved = OpChanges()
                if predicted:
                    saved = suggestions.save_prediction(project, record.id, predicted, valid=valid)
            except EditError:  # since it was looked at, a label went, or a person edited the image
                if lesson.is_outdated:
                    continue
                predicted = []
            break
        if not lesson.memory:
            kept += 1 + eye.left
            break
        regions, images, kept = regions + len(predicted), images + bool(predicted), kept + (not predicted)
        touched |= saved.image_ids
        yield Progress(total - eye.left, total, record.path)
    changes = OpChanges(verb="Suggest partition", images=True, image_ids=frozenset(touched)) if touched else OpChanges()
    skipped = (*lesson.skipped, *eye.skipped)
    seconds = time.perf_counter() - started
    return SuggestReport(regions, images, kept, skipped, seconds, changes, forgotten=lesson.forgotten)


class _Lesson:
    """What is learned from the images with names; a label that goes meanwhile is unlearned, and nothing else.

    Args:
        project: Open.
        make_eye: Makes an eye to look with.

    Attributes:
        memory: Empty before the first lesson, and when no label is left.
    """

    def __init__(self, project: Project, make_eye: Callable[[], _Eye]) -> None:
        self._project, self._eye = project, make_eye()
        self._glance = make_eye()  # what it cannot read is met again, and told then
        self._names: dict[int, str] = {}
        self._forgotten: set[int] = set()
        self.memory = dense.memory_for(0)

    @property
    def skipped(self) -> list[SkippedFile]:
        """Teachers that could not be read."""
        return self._eye.skipped

    @property
    def is_outdated(self) -> bool:
        """Whether a label that was learned is gone: deleted, or merged into another."""
        return bool(self._gone())

    @property
    def forgotten(self) -> tuple[str, ...]:
        """Names of the labels that were unlearned, in the order they were made."""
        return tuple(self._names[id_] for id_ in sorted(self._forgotten))

    def learn(self, teachers: Sequence[ImageRecord], wanted: Sequence[ImageRecord]) -> Iterator[tuple[int, str]]:
        """Learn from images in place of what was known; yields how many are left and the path of each one.

        Before every further look at an image, that image is still left. When none is left, what the names look like in
        images that want them is guessed (`dense.guessed`).
        """
        self._forgotten |= self._gone()
        self._names |= {label.id: label.name for label in queries.labels(self._project)}
        memory = dense.memory_for(len(teachers))
        for number, (record, _, seen) in enumerate(self._eye.look(teachers, with_pixels=False)):
            label_map = _label_map(self._project, record)
            memory.add(dense.compared(seen), label_map)
            for light in dense.lights_for(number) if self._eye.is_thorough else ():
                yield self._eye.left + 1, record.path
                again = self._eye.look_again(record, light)
                if again is None:
                    break
                memory.add(dense.compared(again), light.place(label_map))
            yield self._eye.left, record.path
        named = {record.id for record in teachers}
        nameless = [record for record in wanted if record.id not in named]
        for record, _, seen in self._glance.look(dense.guessed(nameless, len(teachers)), with_pixels=False):
            if memory:
                memory.guess(dense.compared(seen))
            yield 0, record.path
        self.memory = memory

    def _gone(self) -> set[int]:
        return {int(id_) for id_ in self.memory.labels} - {label.id for label in queries.labels(self._project)}


class _Eye:
    """Looks at images: tokens from the cache, else from the backbone, a few images at once.

    Attributes:
        skipped: Images that could not be read.
        left: Images of the current look that are still to come.
        valid: Of the images read last that are void somewhere: (H, W) bool, False where they are.
        is_thorough: Whether it looks closer, and at teachers in other light.
    """

    def __init__(self, project: Project, segmenter: Segmenter, *, closer: bool) -> None:
        self._project, self._backbone, self.is_thorough = project, segmenter.backbone, closer
        self._cache = TokenCache(project.cache_dir / "tokens", segmenter.token_identity)
        self.skipped: list[SkippedFile] = []
        self.valid: dict[int, NDArray[np.bool_]] = {}
        self.left = 0

    def look(self, records: Sequence[ImageRecord], *, with_pixels: bool) -> Iterator[_Look]:
        """Yield what can be seen of images, in order; the closer look is taken one image at a time."""
        self.left = len(records)
        step = max(1, self._backbone.batch)
        for start in range(0, len(records), step):
            chunk = records[start : start + step]
            cached = {record.id: self._cache.get(record.info.sha256, closer=self.is_thorough) for record in chunk}
            unread = [record for record in chunk if with_pixels or not self._is_enough(cached[record.id])]
            self.valid.clear()
            pixels = {record.id: image for record in unread if (image := self._read(record)) is not None}
            fresh = [record for record in chunk if record.id in pixels and cached[record.id] is None]
            for record, seen in zip(fresh, self._compute([pixels[record.id] for record in fresh]), strict=True):
                cached[record.id] = seen
                if not self.is_thorough:
                    self._cache.put(record.info.sha256, seen)
            for record in chunk:
                self.left -= 1
                known, image = cached[record.id], pixels.get(record.id)
                if known is not None and image is not None and not self._is_enough(known):
                    known = replace(known, closer=dense.look_closer(self._backbone.features, image))
                    self._cache.put(record.info.sha256, known)
                if known is not None and self._is_enough(known) and (image is not None or not with_pixels):
                    yield record, image if with_pixels else None, known

    def look_again(self, record: ImageRecord, light: dense.Light) -> PatchTokens | None:
        """What an image shows in another light, or None when it can no longer be read."""
        seen = self._cache.get(record.info.sha256, closer=True, light=light.key)
        if seen is None or seen.closer is None:
            image = self._read(record)
            if image is None:
                return None
            seen = dense.look_again(self._backbone.features, image, light)
            self._cache.put(record.info.sha256, seen, light=light.key)
        return seen

    def _is_enough(self, seen: PatchTokens | None) -> bool:
        return seen is not None and (seen.closer is not None or not self.is_thorough)

    def _read(self, record: ImageRecord) -> NDArray[np.uint8] | None:
        try:
            photo = load_added(self._project.image_root, record.info)
            if photo.valid is not None:
                self.valid[record.id] = photo.valid
            return photo.rgb
        except ImageError as error:
            self.skipped.append(SkippedFile(record.path, error.reason))
            ingest.mark_problems(self._project, {record.path: error.reason})
            return None

    def _compute(self, images: list[NDArray[np.uint8]]) -> list[PatchTokens]:
        return [tokens_of(each) for each in (self._backbone.features(images) if images else [])]


def _load_segmenter(config: SegmenterConfig) -> Segmenter:
    from acseg_core.proposals.segmenter import Segmenter

    return Segmenter(config)


def _wanted(project: Project, image_ids: Collection[int] | None) -> list[ImageRecord]:
    usable = [record for record in queries.images(project) if not record.problem]
    if image_ids is None:
        return [record for record in usable if record.status is not ImageStatus.DONE]
    asked = set(image_ids)
    return [record for record in usable if record.id in asked]


def _teachers(project: Project) -> list[ImageRecord]:
    """Images with named pixels; of very many, those that show each label most, label by label in turn."""
    by_label = suggestions.labelled_images(project)
    usable = {record.id: record for record in queries.images(project) if not record.problem}
    in_turn = (id_ for ids in zip_longest(*by_label.values()) for id_ in ids if id_ in usable)
    chosen = set(list(dict.fromkeys(in_turn))[:MOST_TEACHERS])
    return [record for id_, record in usable.items() if id_ in chosen]


def _label_map(project: Project, record: ImageRecord) -> NDArray[np.int64]:
    """(H, W) int64, the label of every pixel that is named, -1 elsewhere."""
    named = [region for region in queries.regions(project, record.id) if region.label_id is not None]
    owner = masks.paint_label_map([region.mask for region in named], height=record.height, width=record.width)
    return np.array([*(region.label_id for region in named), -1], np.int64)[owner]


def _predicted_regions(
    project: Project,
    record: ImageRecord,
    pixels: NDArray[np.uint8],
    seen: PatchTokens,
    memory: TokenMemory,
    config: RefineConfig,
    valid: NDArray[np.bool_] | None,
) -> list[PredictedRegion]:
    """One region for each label that the memory sees in what is free of an image, and valid."""
    free = suggestions.free_pixels(project, record.id)
    if valid is not None:
        free &= valid
    if not free.any():
        return []
    seen_labels = dense.recognise(memory, seen, pixels, config)
    there, index = np.unique(seen_labels.label_map[free], return_inverse=True)
    regions = np.full(free.shape, len(there), np.uint8)  # the last number stands for what is not free
    regions[free] = index
    descriptors = region_descriptors(regions, seen.looks.astype(np.float32), len(there) + 1)
    means = mean_tokens(regions, seen_labels.probabilities, len(there) + 1)
    found = masks.encode_label_map(regions)
    return [
        PredictedRegion(
            mask=found[number],
            descriptor=descriptors[number],
            label_id=int(seen_labels.labels[column]),
            confidence=float(np.clip(means[number, column], 0, 1)),
        )
        for number, column in enumerate(there)
    ]
