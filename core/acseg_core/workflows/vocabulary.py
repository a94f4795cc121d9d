"""Names from a typed list: what regions or clusters look like in words, suggested for those that have no name.

Importing it loads no torch; the model comes with `acseg_core.nets.text` (extra `text`).
"""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Generator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from acseg_core.config import TextConfig
from acseg_core.errors import EditError, ImageError
from acseg_core.images.files import load_image
from acseg_core.names.fallback import Hints
from acseg_core.shapes import masks
from acseg_core.store import Project, queries
from acseg_core.store.edits import ingest, suggestions
from acseg_core.store.edits.labels import create_labels
from acseg_core.store.queries import cluster_queries
from acseg_core.store.records import name_key
from acseg_core.types import (
    Box,
    ImageRecord,
    ImageStatus,
    Label,
    OpChanges,
    Progress,
    Region,
    RegionStatus,
    SkippedFile,
    SuggestReport,
)
from acseg_core.workflows.fallback_cache import add_hints, read_hints

if TYPE_CHECKING:
    from acseg_core.nets.text import TextModel

LOOKS = 6
"""Members of a cluster that are looked at: its most typical ones."""

LEAST_CONFIDENCE = 0.2
"""Below that no name is suggested: nothing in the list says what a region shows."""

MOST_CLASSES = 1000

_SURROUNDINGS = 1.4
"""Side of the crop that shows a region in its place, in longer sides of its box."""

_MARGIN = 1.05
"""The same for the crop that shows nothing but the region."""


@dataclass(frozen=True, slots=True)
class ClassName:
    """One class of a list.

    Attributes:
        name: Of the label.
        words: What it is called in sentences, the name first.
    """

    name: str
    words: tuple[str, ...]


def parse_classes(text: str) -> tuple[ClassName, ...]:
    """Read a list of class names: between commas, semicolons or lines; `car|automobile` has a second word.

    Raises:
        EditError: It names nothing, or too much.
    """
    found: dict[str, ClassName] = {}
    for entry in re.split(r"[,;\n]", text):
        words = tuple(word for part in entry.split("|") if (word := " ".join(part.split())))
        if words:
            found.setdefault(name_key(words[0]), ClassName(words[0], words))
    if not found:
        raise EditError("the list names nothing; write class names with commas between, such as: car, road, sky")
    if len(found) > MOST_CLASSES:
        raise EditError(f"the list has {len(found):,} names, at most {MOST_CLASSES:,} can be compared")
    return tuple(found.values())


def suggest_from_list(
    project: Project,
    classes: Sequence[ClassName],
    config: TextConfig,
    *,
    image_ids: Collection[int] | None = None,
    by_cluster: bool = False,
    model: TextModel | None = None,
) -> Generator[Progress, None, SuggestReport]:
    """Suggest names of a list for regions that have none, by what their pixels show; nothing a person set is touched.

    Labels that are missing are made: one undo step. Suggestions are not undoable, like all of them. What looks most
    like a label that is deleted or merged meanwhile gets none.

    Args:
        project: Open for writing.
        classes: From `parse_classes`.
        config: Of the text model.
        image_ids: Which images; all that are not done if left out.
        by_cluster: Look at a few members of every cluster, and suggest for all of them: much faster, and the members
            outvote a single misleading crop.
        model: Already loaded with ``config``; loaded if left out.

    Yields:
        One tick per image looked at, named by its path; of single regions, suggestions are saved by then.

    Raises:
        ModelError: The text model cannot be had; nothing was changed.
        EditError: There are no clusters yet.
    """
    started = time.perf_counter()
    yield Progress(0, 0, "loading the text model")
    seer = _Seer(project, classes, model or _load(config))
    wanted = _looks_at_clusters(project, image_ids) if by_cluster else _looks_at_regions(project, image_ids)
    labels, changes = create_labels(project, [each.name for each in classes])
    ledger = _Ledger(project, labels, wanted.standing)
    tally, kept = _Tally(), 0
    try:
        for done, look in enumerate(wanted.looks, start=1):
            if len(ledger.gone()) == len(labels):
                kept = len(wanted.looks) - done + 1
                break
            found = seer.look(look)
            if by_cluster:
                tally.add(wanted.cluster_of, found)
            else:
                ledger.suggest(found)
            yield Progress(done, len(wanted.looks), look.record.path)
        ledger.suggest(tally.spread(wanted.members))
    finally:
        ledger.remember()
    gone, suggested = ledger.gone(), ledger.suggested
    if gone:
        suggested = {id_ for id_, each in queries.regions_by_id(project, suggested).items() if each.suggestion_id}
    return SuggestReport(
        regions=len(suggested),
        images=len({wanted.standing[region_id].image_id for region_id in suggested}),
        kept=kept,
        skipped=tuple(seer.skipped),
        seconds=time.perf_counter() - started,
        changes=OpChanges("Suggest names", labels=changes.labels, image_ids=frozenset(ledger.touched)),
        forgotten=gone,
    )


@dataclass(frozen=True, slots=True)
class _Look:
    """Regions of one image that are looked at."""

    record: ImageRecord
    regions: tuple[Region, ...]


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where a region is, and what is suggested for it now."""

    image_id: int
    suggestion_id: int | None
    confidence: float


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be looked at, and for what.

    Attributes:
        looks: Image by image.
        standing: Of every region that may get a name.
        cluster_of: Of every region that is looked at; empty where each stands for itself.
        members: Regions that may get a name, by cluster.
    """

    looks: tuple[_Look, ...]
    standing: dict[int, _Standing]
    cluster_of: dict[int, int] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)


class _Tally:
    """Sums of probabilities by cluster."""

    def __init__(self) -> None:
        self._sums: dict[int, NDArray[np.float32]] = {}
        self._counts: dict[int, int] = {}

    def add(self, cluster_of: dict[int, int], found: dict[int, NDArray[np.float32]]) -> None:
        for region_id, probabilities in found.items():
            cluster = cluster_of[region_id]
            self._sums[cluster] = self._sums.get(cluster, np.float32(0)) + probabilities
            self._counts[cluster] = self._counts.get(cluster, 0) + 1

    def spread(self, members: dict[int, list[int]]) -> dict[int, NDArray[np.float32]]:
        """The mean of every cluster, for each of its members."""
        return {
            region_id: np.asarray(total / self._counts[cluster], np.float32)
            for cluster, total in self._sums.items()
            for region_id in members[cluster]
        }


class _Ledger:
    """Suggests what is likely enough, unless what is suggested already is surer and was not read off a list.

    Attributes:
        touched: Images in which something changed.
        suggested: Regions that have a name of the list now.
    """

    def __init__(self, project: Project, labels: Sequence[Label], standing: dict[int, _Standing]) -> None:
        self._project, self._labels, self._standing = project, labels, standing
        before = read_hints(project)
        self._hinted = dict(zip(before.region_ids.tolist(), before.labels.tolist(), strict=True))
        self._fresh: dict[int, tuple[int, float]] = {}
        self.touched: set[int] = set()
        self.suggested: set[int] = set()

    def suggest(self, found: dict[int, NDArray[np.float32]]) -> None:
        """Save what (C,) float32 probabilities of regions say."""
        fresh = {
            region_id: (self._labels[int(shares.argmax())].id, float(shares.max()))
            for region_id, shares in found.items()
            if shares.max() >= LEAST_CONFIDENCE
        }
        self._fresh |= fresh
        ids = [region_id for region_id, (_, sure) in fresh.items() if self._is_open_to(region_id, sure)]
        changes = suggestions.save_suggestions(
            self._project, ids, [fresh[id_][0] for id_ in ids], [fresh[id_][1] for id_ in ids]
        )
        self.touched |= changes.image_ids
        self.suggested |= set(ids)

    def gone(self) -> tuple[str, ...]:
        """Names of the list whose labels were deleted, or merged into others, since."""
        there = {label.id for label in queries.labels(self._project)}
        return tuple(label.name for label in self._labels if label.id not in there)

    def remember(self) -> None:
        """Keep what was found, for when names are suggested from named regions."""
        ids = sorted(self._fresh)
        if ids:
            labels, sure = zip(*(self._fresh[id_] for id_ in ids), strict=True)
            hints = Hints(np.array(ids, np.int64), np.array(labels, np.int64), np.array(sure, np.float32))
            add_hints(self._project, hints)

    def _is_open_to(self, region_id: int, sure: float) -> bool:
        now = self._standing[region_id]
        is_free = now.suggestion_id is None or now.suggestion_id == self._hinted.get(region_id)
        return is_free or sure > now.confidence


class _Seer:
    """Looks at regions in two ways, in their place and alone, and says which class they show.

    Attributes:
        skipped: Images that could not be read.
    """

    def __init__(self, project: Project, classes: Sequence[ClassName], model: TextModel) -> None:
        self._project, self._model = project, model
        self._names = model.name_vectors([each.words for each in classes])  # (C, E)
        self._sharpness = model.sharpness
        self.skipped: list[SkippedFile] = []

    def look(self, look: _Look) -> dict[int, NDArray[np.float32]]:
        """(C,) float32 probabilities of every region of an image; none where it cannot be read."""
        record = look.record
        try:
            pixels = load_image(self._project.image_root / record.path, expected_sha256=record.info.sha256)
        except ImageError as error:
            self.skipped.append(SkippedFile(record.path, error.reason))
            ingest.mark_problems(self._project, {record.path: error.reason})
            return {}
        owner = masks.paint_label_map(
            [region.mask for region in look.regions], height=record.height, width=record.width
        )
        size, fill = self._model.size, self._model.fill
        crops = [
            crop
            for number, region in enumerate(look.regions)
            for crop in crops_of(pixels, owner == number, region.bbox, size=size, fill=fill)
        ]
        vectors = self._model.crop_vectors(crops).reshape(len(look.regions), 2, -1).mean(axis=1)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        logits = self._sharpness * (vectors @ self._names.T)
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares = np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)
        return {region.id: each for region, each in zip(look.regions, shares, strict=True)}


def crops_of(
    pixels: NDArray[np.uint8], mask: NDArray[np.bool_], box: Box, *, size: int, fill: NDArray[np.uint8]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """A region in its surroundings, and alone.

    Args:
        pixels: (H, W, 3) uint8 RGB.
        mask: (H, W), the region.
        box: Of the region: x, y, width, height.
        size: Side of the crops.
        fill: (3,) uint8, the colour of what is not shown.

    Returns:
        Two (size, size, 3) uint8.
    """
    alone = _square(pixels, box, _MARGIN, size=size, fill=fill, mask=mask)
    return _square(pixels, box, _SURROUNDINGS, size=size, fill=fill), alone


def _square(
    pixels: NDArray[np.uint8],
    box: Box,
    scale: float,
    *,
    size: int,
    fill: NDArray[np.uint8],
    mask: NDArray[np.bool_] | None = None,
) -> NDArray[np.uint8]:
    """A square around a box; only as much is copied as is shown."""
    height, width = pixels.shape[:2]
    x, y, across, down = box
    side = max(1.0, scale * max(across, down))
    left, top = x + across / 2 - side / 2, y + down / 2 - side / 2
    x0, x1 = (int(np.clip(edge, 0, width)) for edge in (np.floor(left), np.ceil(left + side)))
    y0, y1 = (int(np.clip(edge, 0, height)) for edge in (np.floor(top), np.ceil(top + side)))
    shown = pixels[y0:y1, x0:x1]
    if mask is not None:
        shown = np.where(mask[y0:y1, x0:x1, None], shown, fill)
    zoom = size / side
    columns, rows = min(size, max(1, round((x1 - x0) * zoom))), min(size, max(1, round((y1 - y0) * zoom)))
    shrunk = cv2.resize(shown, (columns, rows), interpolation=cv2.INTER_AREA if zoom < 1 else cv2.INTER_CUBIC)
    square = np.broadcast_to(fill, (size, size, 3)).copy()
    column = int(np.clip(round((x0 - left) * zoom), 0, size - columns))
    row = int(np.clip(round((y0 - top) * zoom), 0, size - rows))
    square[row : row + rows, column : column + columns] = shrunk
    return square


def _load(config: TextConfig) -> TextModel:
    from acseg_core.nets.text import TextModel

    return TextModel(config)


def _looks_at_regions(project: Project, image_ids: Collection[int] | None) -> _Wanted:
    looks: list[_Look] = []
    standing: dict[int, _Standing] = {}
    for record in _records(project, image_ids):
        regions = tuple(region for region in queries.regions(project, record.id) if _is_open(region))
        standing |= {region.id: _standing(region) for region in regions}
        if regions:
            looks.append(_Look(record, regions))
    return _Wanted(tuple(looks), standing)


def _looks_at_clusters(project: Project, image_ids: Collection[int] | None) -> _Wanted:
    records = {record.id: record for record in _records(project, image_ids)}
    found = cluster_queries.clusters(project, unnamed_only=True)
    if not found and not cluster_queries.clusters(project):
        raise EditError(f"{project.folder}: there are no clusters yet; group the regions first")
    wanted = _Wanted((), {})
    by_image: dict[int, list[Region]] = {}
    for cluster in found:
        ids = cluster_queries.member_ids(project, cluster.id)
        there = queries.regions_by_id(project, ids)
        waiting = [there[id_] for id_ in ids if _is_open(there[id_]) and there[id_].image_id in records]
        wanted.members[cluster.id] = [region.id for region in waiting]
        wanted.standing.update((region.id, _standing(region)) for region in waiting)
        for region in waiting[:LOOKS]:
            wanted.cluster_of[region.id] = cluster.id
            by_image.setdefault(region.image_id, []).append(region)
    looks = tuple(_Look(record, tuple(by_image[id_])) for id_, record in records.items() if id_ in by_image)
    return replace(wanted, looks=looks)


def _standing(region: Region) -> _Standing:
    return _Standing(region.image_id, region.suggestion_id, region.confidence or 0.0)


def _records(project: Project, image_ids: Collection[int] | None) -> list[ImageRecord]:
    usable = [record for record in queries.images(project) if not record.problem]
    if image_ids is None:
        return [record for record in usable if record.status is not ImageStatus.DONE]
    asked = set(image_ids)
    return [record for record in usable if record.id in asked]


def _is_open(region: Region) -> bool:
    """Whether nobody decided about it, nor declined a name for it."""
    is_declined = region.suggestion_id is None and region.confidence == 0
    undecided = region.status in (RegionStatus.PROPOSED, RegionStatus.SUGGESTED)
    return region.label_id is None and undecided and not is_declined
