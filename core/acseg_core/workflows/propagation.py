"""Dense label propagation over a project: a new partition of images, pixel by pixel, learned from named pixels.

A generator that can be stopped anywhere: what was saved by then stays. Importing it loads no torch.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from acseg_core.config import RefineConfig, SegmenterConfig
from acseg_core.errors import EditError
from acseg_core.images.shrinking import shrunk
from acseg_core.images.void_filling import without_void
from acseg_core.names import dense
from acseg_core.names.dense_training import DenseTraining
from acseg_core.names.pixel_classifier import PixelClassifier
from acseg_core.proposals.regions import mean_tokens, region_descriptors
from acseg_core.proposals.tokens import PatchTokens
from acseg_core.reports import SuggestReport
from acseg_core.shapes import masks
from acseg_core.store import Project, queries
from acseg_core.store.edits import suggestions
from acseg_core.store.edits.void import void_pixels
from acseg_core.types import ImageRecord, ImageStatus, OpChanges, PredictedRegion, Progress, SkippedFile
from acseg_core.verbs import Verb
from acseg_core.workflows.local_engine import load_segmenter
from acseg_core.workflows.token_reader import TokenReader

if TYPE_CHECKING:
    from acseg_core.proposals.segmenter import Segmenter

MOST_LABELLED = 200
"""Labelled images that dense propagation learns from, at most."""


def propagate(
    project: Project,
    config: SegmenterConfig,
    *,
    image_ids: Collection[int] | None = None,
    multi_crop: bool = True,
    segmenter: Segmenter | None = None,
) -> Generator[Progress, None, SuggestReport]:
    """Suggest a new partition of images, pixel by pixel, from the pixels that are named: one undo step per image.

    Pixels that a person has made or decided about stay as they are. When a label is deleted or merged meanwhile, it is
    learned anew without it, and the images that are left get the names that are left.

    Args:
        project: Open for writing.
        config: Model settings, for the backbone and the edges.
        image_ids: Which images; all that are not done if left out.
        multi_crop: Use multi-crop views of images, too (`dense.multi_crop_view`), and augmented views of the labelled
            ones (`dense.augmented_view`): better, and five times the work at first, fifteen times for those.
        segmenter: Already loaded with ``config``; loaded if left out.

    Yields:
        One tick per image learned from and per image predicted (which is saved by then), named by its path; one before
        each augmented view of a labelled image, and one per image that gets pseudo-labels before it is predicted.

    Raises:
        ModelError: The backbone cannot be had.
    """
    started = time.perf_counter()
    labelled = _labelled_images(project)
    wanted = _wanted(project, image_ids)
    if not labelled or not wanted:
        return SuggestReport(kept=len(wanted), seconds=time.perf_counter() - started, learned=bool(labelled))
    total = len(labelled) + len(wanted)
    yield Progress(0, total, "loading the model")
    segmenter = segmenter or load_segmenter(config)
    reader = TokenReader(project, segmenter, multi_crop=multi_crop)
    training = _Training(project, lambda: TokenReader(project, segmenter, multi_crop=multi_crop))
    for left, path in training.learn(labelled, wanted):
        yield Progress(len(labelled) - left, total, path)
    regions = images = kept = 0
    touched: set[int] = set()
    for record, pixels, tokens in reader.read(wanted, with_pixels=True) if training.classifier else ():
        assert pixels is not None
        predicted, saved = [], OpChanges()
        while True:
            if training.is_outdated:
                for _, path in training.learn(_labelled_images(project), wanted):
                    yield Progress(total - reader.left - 1, total, path)
            if not training.classifier:
                break
            valid = reader.valid.get(record.id)
            predicted = _predicted_regions(project, record, pixels, tokens, training, config.refine, valid)
            try:
                saved = OpChanges()
                if predicted:
                    saved = suggestions.save_prediction(project, record.id, predicted, valid=valid)
            except EditError:  # since it was read, a label went, or a person edited the image
                if training.is_outdated:
                    continue
                predicted = []
            break
        if not training.classifier:
            kept += 1 + reader.left
            break
        regions, images, kept = regions + len(predicted), images + bool(predicted), kept + (not predicted)
        touched |= saved.image_ids
        yield Progress(total - reader.left, total, record.path)
    changes = (
        OpChanges(verb=Verb.SUGGEST_PARTITION, images=True, image_ids=frozenset(touched)) if touched else OpChanges()
    )
    skipped = (*training.skipped, *reader.skipped)
    seconds = time.perf_counter() - started
    return SuggestReport(regions, images, kept, skipped, seconds, changes, forgotten=training.forgotten)


class _Training:
    """Trains the classifier on the labelled images; a label that goes meanwhile is unlearned, and nothing else.

    Args:
        project: Open.
        make_reader: Makes a reader of tokens.

    Attributes:
        classifier: Of patches; empty before the first training, and when no label is left.
        pixels: Corrects it where that is better.
    """

    def __init__(self, project: Project, make_reader: Callable[[], TokenReader]) -> None:
        self._project, self._reader = project, make_reader()
        self._unlabelled = make_reader()  # what it cannot read is met again, and reported then
        self._names: dict[int, str] = {}
        self._forgotten: set[int] = set()
        self.classifier = dense.classifier_for(0)
        self.pixels = PixelClassifier(0)

    @property
    def skipped(self) -> list[SkippedFile]:
        """Labelled images that could not be read."""
        return self._reader.skipped

    @property
    def is_outdated(self) -> bool:
        """Whether a label that was learned is gone: deleted, or merged into another."""
        return bool(self._gone())

    @property
    def forgotten(self) -> tuple[str, ...]:
        """Names of the labels that were unlearned, in the order they were made."""
        return tuple(self._names[id_] for id_ in sorted(self._forgotten))

    def learn(self, labelled: Sequence[ImageRecord], wanted: Sequence[ImageRecord]) -> Iterator[tuple[int, str]]:
        """Learn from labelled images in place of what was known; yields how many are left and the path of each one.

        Before every augmented view of an image, that image is still left. When none is left, some of the images that
        are wanted get pseudo-labels (`dense.to_pseudo_label`); then pixels of some labelled ones are learned from.
        """
        self._forgotten |= self._gone()
        self._names |= {label.id: label.name for label in queries.labels(self._project)}
        learning = DenseTraining(len(labelled))
        numbers: dict[int, int] = {}
        for number, (record, _, tokens) in enumerate(self._reader.read(labelled, with_pixels=False)):
            label_map = _label_map(self._project, record)
            numbers[record.id] = number
            learning.add(number, tokens, label_map)
            for augmentation in dense.augmentations_for(number) if self._reader.multi_crop else ():
                yield self._reader.left + 1, record.path
                view = self._reader.read_augmented(record, augmentation)
                if view is None:
                    break
                learning.add(number, view, augmentation.align(label_map))
            yield self._reader.left, record.path
        learned = {record.id for record in labelled}
        unlabelled = dense.to_pseudo_label([record for record in wanted if record.id not in learned], len(labelled))
        for record, _, tokens in self._unlabelled.read(unlabelled, with_pixels=False):
            if learning.patches:
                seen = dense.patch_descriptors(tokens)
                known = _valid_patches(self._project, record, (seen.shape[0], seen.shape[1]))
                if known is None or known.any():
                    learning.patches.add_pseudo_labelled(seen if known is None else seen[known][None])
            yield 0, record.path
        again = [record for record in labelled if learning.wants_pixels(numbers.get(record.id, -1))]
        for record, pixels, tokens in self._unlabelled.read(again, with_pixels=True):
            assert pixels is not None
            filled = without_void(pixels, self._unlabelled.valid.get(record.id))
            learning.add_pixels(numbers[record.id], tokens, filled, _label_map(self._project, record))
            yield 0, record.path
        learning.finish()
        self.classifier, self.pixels = learning.patches, learning.pixels

    def _gone(self) -> set[int]:
        return {int(id_) for id_ in self.classifier.labels} - {label.id for label in queries.labels(self._project)}


def _valid_patches(project: Project, record: ImageRecord, grid: tuple[int, int]) -> NDArray[np.bool_] | None:
    """(h, w), the patches of which at least half is not void, as the image's tree knows; None where nothing is void."""
    with project.read() as connection:
        void = void_pixels(connection, record.id)
    return None if void is None else np.asarray(shrunk(void.astype(np.float32), grid[::-1])) <= 0.5


def _wanted(project: Project, image_ids: Collection[int] | None) -> list[ImageRecord]:
    usable = [record for record in queries.images(project) if not record.problem]
    if image_ids is None:
        return [record for record in usable if record.status is not ImageStatus.DONE]
    asked = set(image_ids)
    return [record for record in usable if record.id in asked]


def _labelled_images(project: Project) -> list[ImageRecord]:
    """Images with named pixels; of very many, those that show each label most, label by label in turn."""
    by_label = suggestions.labelled_images(project)
    usable = {record.id: record for record in queries.images(project) if not record.problem}
    in_turn = (id_ for ids in zip_longest(*by_label.values()) for id_ in ids if id_ in usable)
    chosen = set(list(dict.fromkeys(in_turn))[:MOST_LABELLED])
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
    tokens: PatchTokens,
    learned: _Training,
    config: RefineConfig,
    valid: NDArray[np.bool_] | None,
) -> list[PredictedRegion]:
    """One region for each label that the classifier finds in what is free of an image, and valid."""
    free = suggestions.free_pixels(project, record.id)
    if valid is not None:
        free &= valid
    if not free.any():
        return []
    filled = without_void(pixels, valid)
    labels = dense.predict_pixels(learned.classifier, tokens, filled, config, pixels=learned.pixels)
    there, index = np.unique(labels.label_map[free], return_inverse=True)
    regions = np.full(free.shape, len(there), np.uint8)  # the last number stands for what is not free
    regions[free] = index
    descriptors = region_descriptors(regions, tokens.description_tokens.astype(np.float32), len(there) + 1)
    means = mean_tokens(regions, labels.probabilities, len(there) + 1)
    found = masks.encode_label_map(regions)
    return [
        PredictedRegion(
            mask=found[number],
            descriptor=descriptors[number],
            label_id=int(labels.labels[column]),
            confidence=float(np.clip(means[number, column], 0, 1)),
        )
        for number, column in enumerate(there)
    ]
