"""A labelled set as a person would work through it: every image's regions, what they look like, and what they are."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from acseg_core.config import SegmenterConfig
from acseg_core.evaluate import metrics
from acseg_core.evaluate.regions.image_loop import Walk
from acseg_core.evaluate.truth.truth_set import Truth, TruthError, TruthKind, TruthSet
from acseg_core.images.files import load_image
from acseg_core.names import dense
from acseg_core.proposals.tokens import PatchTokens, TokenCache, tokens_of
from acseg_core.proposals.tree import ImageTree
from acseg_core.types import Progress, RunInfo, SkippedFile

Labels = NDArray[np.int32]

SPECK = 0.001
"""Share of an image that a connected component of a class must have to count as a mask."""


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One image: its regions are the cut of its concept tree.

    Attributes:
        name: Relative to the set's ``images``.
        tree: Of n leaves.
        region_of: (n,) int32, region of every leaf, 0..R - 1, the largest first.
        descriptors: (R, D) float16, L2-normalised.
        seen: Tokens and keys of the patches, without the closer look.
        attention: (h, w) float32 of the CLS token, or None.
        pixels: (n, C) int64, known pixels of each class in every leaf.
        instances: Masks that a person would draw: annotated instances, or connected components of the classes that
            are not mere specks.
        closer: File of the closer look, which is too large for memory, or None where nobody asked for one.
    """

    name: str
    tree: ImageTree
    region_of: NDArray[np.int32]
    descriptors: NDArray[np.float16]
    seen: PatchTokens
    attention: NDArray[np.float32] | None
    pixels: NDArray[np.int64]
    instances: int
    closer: Path | None = None

    @property
    def seen_closer(self) -> PatchTokens:
        """What was seen of it, with the closer look where there is one."""
        return self.seen if self.closer is None else replace(self.seen, closer=np.load(self.closer))

    @property
    def regions(self) -> int:
        """Number of regions."""
        return len(self.descriptors)

    @property
    def label_map(self) -> Labels:
        """(H, W) int32, region of every pixel."""
        return self.region_of[self.tree.leaf_map]


@dataclass(frozen=True, slots=True, eq=False)
class Album:
    """All pages of a set with classes; images and their truth are read again where pixels are needed.

    Attributes:
        truth: Of the set.
        pages: One for each image that could be read.
        config: How the regions were made.
        run: Provenance.
        skipped: Images that are not in it, and why.
        look: The backbone's, for further looks at the pages that teach.
    """

    truth: TruthSet
    pages: tuple[Page, ...]
    config: SegmenterConfig
    run: RunInfo
    skipped: tuple[SkippedFile, ...]
    look: dense.Look

    @property
    def classes(self) -> int:
        """C, the number of classes that may occur."""
        return self.truth.class_count

    def image(self, index: int) -> NDArray[np.uint8]:
        """(H, W, 3) uint8 RGB."""
        return load_image(self.truth.folder / "images" / self.pages[index].name)

    def seen_again(self, index: int, light: dense.Light) -> PatchTokens:
        """What a page shows in another light: seen once, then kept beside its closer look."""
        closer = self.pages[index].closer
        assert closer is not None, "the album was filled without the closer look"
        cache = TokenCache(closer.parent, self.run.backbone)
        seen = cache.get(closer.stem, closer=True, light=light.key)
        if seen is None:
            seen = dense.look_again(self.look, self.image(index), light)
            cache.put(closer.stem, seen, light=light.key)
        return seen

    def true_classes(self, index: int) -> Labels:
        """(H, W) int32, class of every pixel, -1 where it is void."""
        page = self.pages[index]
        height, width = page.tree.leaf_map.shape
        return known_classes(self.truth, page.name, (height, width))


def fill_album(
    truth: TruthSet,
    names: Sequence[str],
    config: SegmenterConfig,
    *,
    granularity: float,
    ticks: int,
    closer: Path | None = None,
) -> Generator[Progress, None, Album]:
    """Look at all images once.

    Args:
        truth: Of a set with classes.
        names: Images of it.
        config: How regions are made.
        granularity: Of the cut.
        ticks: Of the whole work that this is the beginning of.
        closer: Folder for what a closer look at the images sees, as dense propagation needs it; None takes none.

    Yields:
        A tick per image.

    Raises:
        TruthError: The set has no classes, or a truth does not read.
        ImageError: No image can be read.
    """
    if truth.kind is TruthKind.BSDS:
        raise TruthError(f"{truth.folder}: its truth has no classes to name; give COCO instances or class maps")
    yield Progress(0, ticks, "loading the model")
    walk = Walk(truth, config, (), truth.folder, seed=0, workers=None)
    pages = []
    for number, (name, image, features) in enumerate(walk.with_features(names)):
        if image is not None and features is not None:
            made = walk.segmenter.partition(image, features, granularity=granularity)
            height, width = image.shape[:2]
            known = truth.read(name, (height, width))
            assert known.classes is not None
            attention = features.cls_attention
            kept = None if closer is None else closer / f"{number}.npy"
            if kept is not None:
                np.save(kept, dense.look_closer(walk.segmenter.backbone.features, image))
            pages.append(
                Page(
                    name=name,
                    tree=made.tree,
                    region_of=_regions_of_leaves(made.label_map, made.tree),
                    descriptors=np.stack([region.descriptor for region in made.regions]),
                    seen=tokens_of(features),
                    attention=None if attention is None else attention.cpu().numpy(),
                    pixels=class_table(made.tree.leaf_map, known.classes, made.tree.tree.leaves, truth.class_count),
                    instances=_outlined(truth, known),
                    closer=kept,
                )
            )
        yield Progress(number + 1, ticks)
    if not pages:
        raise walk.nothing_left()
    segmenter = walk.segmenter
    skipped = truth.skipped + tuple(walk.skipped)
    return Album(truth, tuple(pages), config, segmenter.run_info, skipped, segmenter.backbone.features)


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


def _regions_of_leaves(label_map: NDArray[np.uint8], tree: ImageTree) -> NDArray[np.int32]:
    """(n,) int32; every leaf lies in one region, so any of its pixels tells which."""
    region_of = np.zeros(tree.tree.leaves, np.int32)
    region_of[tree.leaf_map.ravel()] = label_map.ravel()
    return region_of
