"""The labelled set that the annotator is simulated on: every image's regions, their descriptors and true classes."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from acseg_core.config import SegmenterConfig
from acseg_core.evaluate import metrics
from acseg_core.evaluate.regions.image_loop import ImageLoop
from acseg_core.evaluate.truth.truth_set import Truth, TruthError, TruthKind, TruthSet
from acseg_core.images.files import load_image
from acseg_core.names import dense
from acseg_core.output.atomic_write import write_aside
from acseg_core.output.kept_arrays import needed, next_array
from acseg_core.proposals.image_tree import ImageTree
from acseg_core.proposals.tokens import PatchTokens, TokenCache, tokens_of
from acseg_core.types import Progress, RunInfo, SkippedFile

Labels = NDArray[np.int32]

SPECK = 0.001
"""Share of an image that a connected component of a class must have to count as a mask."""


@dataclass(frozen=True, slots=True, eq=False)
class LabelledImage:
    """One image of a labelled set: its regions are the cut of its concept tree.

    Attributes:
        name: Relative to the set's ``images``.
        tree: Of n leaves.
        region_of: (n,) int32, region of every leaf, 0..R - 1, the largest first.
        descriptors: (R, D) float16, L2-normalised.
        tokens: Tokens and keys of the patches, without the multi-crop view.
        attention: (h, w) float32 of the CLS token, or None.
        pixels: (n, C) int64, known pixels of each class in every leaf.
        instances: Masks that a person would draw: annotated instances, or connected components of the classes that
            are not mere specks.
        multi_crop_file: The multi-crop view, which is too large for memory, or None where nobody asked for one.
    """

    name: str
    tree: ImageTree
    region_of: NDArray[np.int32]
    descriptors: NDArray[np.float16]
    tokens: PatchTokens
    attention: NDArray[np.float32] | None
    pixels: NDArray[np.int64]
    instances: int
    multi_crop_file: Path | None = None

    @property
    def all_tokens(self) -> PatchTokens:
        """Its tokens, with the multi-crop view where there is one; raises StorageError when that is gone or damaged."""
        path = self.multi_crop_file
        if path is None:
            return self.tokens
        with needed(path, remedy="run the evaluation again"), path.open("rb") as file:
            return replace(self.tokens, multi_crop=next_array(file))

    @property
    def regions(self) -> int:
        """Number of regions."""
        return len(self.descriptors)

    @property
    def label_map(self) -> Labels:
        """(H, W) int32, region of every pixel."""
        return self.region_of[self.tree.leaf_map]


@dataclass(frozen=True, slots=True, eq=False)
class LabelledSet:
    """All images of a set with classes; their pixels and truth are read again where they are needed.

    Attributes:
        truth: Of the set.
        images: Those that could be read.
        config: How the regions were made.
        run: Provenance.
        skipped: Images that are not in it, and why.
        compute: The backbone's features, for augmented views of labelled images.
    """

    truth: TruthSet
    images: tuple[LabelledImage, ...]
    config: SegmenterConfig
    run: RunInfo
    skipped: tuple[SkippedFile, ...]
    compute: dense.ComputeFeatures

    @property
    def classes(self) -> int:
        """C, the number of classes that may occur."""
        return self.truth.class_count

    def load(self, index: int) -> NDArray[np.uint8]:
        """(H, W, 3) uint8 RGB."""
        return load_image(self.truth.folder / "images" / self.images[index].name)

    def augmented_tokens(self, index: int, augmentation: dense.Augmentation) -> PatchTokens:
        """Tokens of an augmented view of an image: computed once, then kept beside its multi-crop view."""
        file = self.images[index].multi_crop_file
        assert file is not None, "the set was read without multi-crop views"
        cache = TokenCache(file.parent, self.run.backbone)
        tokens = cache.get(file.stem, multi_crop=True, augmentation=augmentation.key)
        if tokens is None:
            tokens = dense.augmented_view(self.compute, self.load(index), augmentation)
            cache.put(file.stem, tokens, augmentation=augmentation.key)
        return tokens

    def true_classes(self, index: int) -> Labels:
        """(H, W) int32, class of every pixel, -1 where it is void."""
        image = self.images[index]
        height, width = image.tree.leaf_map.shape
        return known_classes(self.truth, image.name, (height, width))


def read_labelled_set(
    truth: TruthSet,
    names: Sequence[str],
    config: SegmenterConfig,
    *,
    granularity: float,
    ticks: int,
    multi_crops: Path | None = None,
) -> Generator[Progress, None, LabelledSet]:
    """Run the backbone on all images once, and partition them.

    Args:
        truth: Of a set with classes.
        names: Images of it.
        config: How regions are made.
        granularity: Of the cut.
        ticks: Of the whole work that this is the beginning of.
        multi_crops: Folder for multi-crop views of the images, as dense propagation needs them; None makes none.

    Yields:
        A tick per image.

    Raises:
        TruthError: The set has no classes, or a truth does not read.
        ImageError: No image can be read.
    """
    if truth.kind is TruthKind.BSDS:
        raise TruthError(f"{truth.folder}: its ground truth has no classes to name; give COCO instances or class maps")
    yield Progress(0, ticks, "loading the model")
    loop = ImageLoop(truth, config, (), truth.folder, seed=0, workers=None)
    images = []
    for number, (name, image, features) in enumerate(loop.with_features(names)):
        if image is not None and features is not None:
            made = loop.segmenter.partition(image, features, granularity=granularity)
            height, width = image.shape[:2]
            known = truth.read(name, (height, width))
            assert known.classes is not None
            attention = features.cls_attention
            kept = None if multi_crops is None else multi_crops / f"{number}.npy"
            if kept is not None:
                view = dense.multi_crop_view(loop.segmenter.backbone.features, image)
                with write_aside(kept, durable=False) as file:
                    np.save(file, view)
            images.append(
                LabelledImage(
                    name=name,
                    tree=made.tree,
                    region_of=_regions_of_leaves(made.label_map, made.tree),
                    descriptors=np.stack([region.descriptor for region in made.regions]),
                    tokens=tokens_of(features),
                    attention=None if attention is None else attention.cpu().numpy(),
                    pixels=class_table(made.tree.leaf_map, known.classes, made.tree.tree.leaves, truth.class_count),
                    instances=_outlined(truth, known),
                    multi_crop_file=kept,
                )
            )
        yield Progress(number + 1, ticks)
    if not images:
        raise loop.nothing_left()
    segmenter = loop.segmenter
    skipped = truth.skipped + tuple(loop.skipped)
    return LabelledSet(truth, tuple(images), config, segmenter.run_info, skipped, segmenter.backbone.features)


def known_classes(truth: TruthSet, name: str, size: tuple[int, int]) -> Labels:
    """(H, W) int32 classes of an image of a set that has them, -1 where they are void."""
    classes = truth.read(name, size).classes
    assert classes is not None
    return classes


def class_table(
    parts: NDArray[np.integer], classes: NDArray[np.int32], count: int, class_count: int
) -> NDArray[np.int64]:
    """(count, class_count) int64, known pixels of each class in every part of an image."""
    table = np.zeros((count, class_count), np.int64)
    found = metrics.contingency(parts, classes)
    table[: len(found), : found.shape[1]] = found
    return table


def _outlined(truth: TruthSet, known: Truth) -> int:
    """Masks that a person would draw: the background, and specks in a class map, get none."""
    if truth.kind is TruthKind.COCO:
        return metrics.count_regions(known.regions[0]) - bool((known.regions[0] == 0).any())
    parts = known.regions[0]
    sizes = np.bincount(parts[parts >= 0])
    return int((sizes >= SPECK * parts.size).sum())


def _regions_of_leaves(label_map: NDArray[np.uint16], tree: ImageTree) -> NDArray[np.int32]:
    """(n,) int32; every leaf lies in one region, so any of its pixels tells which."""
    region_of = np.zeros(tree.tree.leaves, np.int32)
    region_of[tree.leaf_map.ravel()] = label_map.ravel()
    return region_of
