"""Names from a typed list of classes (open vocabulary): suggested by CLIP for regions or clusters without a name.

Importing it loads no torch; the model comes with `acseg_core.nets.text` (extra `text`).
"""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Generator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from acseg_core.config import TextConfig
from acseg_core.errors import EditError
from acseg_core.names.fallback import FallbackNames
from acseg_core.reports import SuggestReport
from acseg_core.store import Project, queries
from acseg_core.store.edits import suggestions
from acseg_core.store.edits.labels import create_labels
from acseg_core.store.queries import cluster_queries
from acseg_core.store.records import name_key
from acseg_core.types import ImageRecord, ImageStatus, Label, OpChanges, Progress, Region
from acseg_core.verbs import Verb
from acseg_core.workflows.clip_scorer import ClipScorer, RegionsOfImage
from acseg_core.workflows.fallback_cache import add_fallback_names, read_fallback_names

if TYPE_CHECKING:
    from acseg_core.nets.text import TextModel

MEMBERS_SCORED = 6
"""Members of a cluster that are scored: its most typical ones."""

LEAST_CONFIDENCE = 0.2
"""Least probability of a name that is suggested: below it, nothing in the list says what a region shows."""

MOST_CLASSES = 1000


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
        raise EditError("the list is empty; write class names separated by commas, such as: car, road, sky")
    if len(found) > MOST_CLASSES:
        raise EditError(f"the list has {len(found):,} names, but at most {MOST_CLASSES:,} can be compared; shorten it")
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
    """Suggest names of a list for regions that have none, by CLIP scores; nothing that a person set is touched.

    Labels that are missing are made: one undo step. Suggestions are not undoable, like all of them. What is most
    like a label that is deleted or merged meanwhile gets none.

    Args:
        project: Open for writing.
        classes: From `parse_classes`.
        config: Of the text model.
        image_ids: Which images; all that are not done if left out.
        by_cluster: Score a few members of every cluster, and suggest for all of them: much faster, and the members
            outvote a single misleading crop.
        model: Already loaded with ``config``; loaded if left out.

    Yields:
        One tick per image scored, named by its path; of single regions, suggestions are saved by then.

    Raises:
        ModelError: The text model cannot be had; nothing was changed.
        EditError: There are no clusters yet.
    """
    started = time.perf_counter()
    yield Progress(0, 0, "loading the text model")
    scorer = ClipScorer(project, [each.words for each in classes], model or _load(config))
    wanted = _cluster_members(project, image_ids) if by_cluster else _all_regions(project, image_ids)
    labels, changes = create_labels(project, [each.name for each in classes])
    writer = _SuggestionWriter(project, labels, wanted.now)
    means, kept = _ClusterMeans(), 0
    try:
        for done, asked in enumerate(wanted.images, start=1):
            if len(writer.gone()) == len(labels):
                kept = len(wanted.images) - done + 1
                break
            found = scorer.score(asked)
            if by_cluster:
                means.add(wanted.cluster_of, found)
            else:
                writer.suggest(found)
            yield Progress(done, len(wanted.images), asked.record.path)
        writer.suggest(means.of_members(wanted.members))
    finally:
        writer.keep()
    gone, suggested = writer.gone(), writer.suggested
    if gone:
        suggested = {id_ for id_, each in queries.regions_by_id(project, suggested).items() if each.suggestion_id}
    return SuggestReport(
        regions=len(suggested),
        images=len({wanted.now[region_id].image_id for region_id in suggested}),
        kept=kept,
        skipped=tuple(scorer.skipped),
        seconds=time.perf_counter() - started,
        changes=OpChanges(Verb.SUGGEST_NAMES, labels=changes.labels, image_ids=frozenset(writer.touched)),
        forgotten=gone,
    )


@dataclass(frozen=True, slots=True)
class _CurrentSuggestion:
    """Where a region is, and what is suggested for it now."""

    image_id: int
    suggestion_id: int | None
    confidence: float


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which regions are scored, and which may get a name by that.

    Attributes:
        images: The regions that are scored, image by image.
        now: What is suggested now for every region that may get a name.
        cluster_of: Cluster of every region that is scored; empty where each is scored for itself.
        members: Regions that may get a name, by cluster.
    """

    images: tuple[RegionsOfImage, ...]
    now: dict[int, _CurrentSuggestion]
    cluster_of: dict[int, int] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)


class _ClusterMeans:
    """Mean probabilities of the members of each cluster that were scored."""

    def __init__(self) -> None:
        self._sums: dict[int, NDArray[np.float32]] = {}
        self._counts: dict[int, int] = {}

    def add(self, cluster_of: dict[int, int], found: dict[int, NDArray[np.float32]]) -> None:
        for region_id, probabilities in found.items():
            cluster = cluster_of[region_id]
            self._sums[cluster] = self._sums.get(cluster, np.float32(0)) + probabilities
            self._counts[cluster] = self._counts.get(cluster, 0) + 1

    def of_members(self, members: dict[int, list[int]]) -> dict[int, NDArray[np.float32]]:
        """The mean of every cluster, for each of its members."""
        return {
            region_id: np.asarray(total / self._counts[cluster], np.float32)
            for cluster, total in self._sums.items()
            for region_id in members[cluster]
        }


class _SuggestionWriter:
    """Suggests what is likely enough, unless what is suggested already is surer and was not read off a list.

    Attributes:
        touched: Images in which something changed.
        suggested: Regions that have a name of the list now.
    """

    def __init__(self, project: Project, labels: Sequence[Label], now: dict[int, _CurrentSuggestion]) -> None:
        self._project, self._labels, self._now = project, labels, now
        before = read_fallback_names(project)
        self._fallback = dict(zip(before.region_ids.tolist(), before.labels.tolist(), strict=True))
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

    def keep(self) -> None:
        """Keep what was found, for when names are suggested from named regions."""
        ids = sorted(self._fresh)
        if ids:
            labels, sure = zip(*(self._fresh[id_] for id_ in ids), strict=True)
            columns = np.array(ids, np.int64), np.array(labels, np.int64), np.array(sure, np.float32)
            add_fallback_names(self._project, FallbackNames(*columns))

    def _is_open_to(self, region_id: int, sure: float) -> bool:
        now = self._now[region_id]
        is_free = now.suggestion_id is None or now.suggestion_id == self._fallback.get(region_id)
        return is_free or sure > now.confidence


def _load(config: TextConfig) -> TextModel:
    from acseg_core.nets.text import TextModel

    return TextModel(config)


def _all_regions(project: Project, image_ids: Collection[int] | None) -> _Wanted:
    images: list[RegionsOfImage] = []
    now: dict[int, _CurrentSuggestion] = {}
    for record in _records(project, image_ids):
        regions = tuple(region for region in queries.regions(project, record.id) if region.is_open)
        now |= {region.id: _current(region) for region in regions}
        if regions:
            images.append(RegionsOfImage(record, regions))
    return _Wanted(tuple(images), now)


def _cluster_members(project: Project, image_ids: Collection[int] | None) -> _Wanted:
    records = {record.id: record for record in _records(project, image_ids)}
    found = cluster_queries.clusters(project, unnamed_only=True)
    if not found and not cluster_queries.clusters(project):
        raise EditError(f"{project.folder}: there are no clusters yet; group the regions first")
    wanted = _Wanted((), {})
    by_image: dict[int, list[Region]] = {}
    for cluster in found:
        ids = cluster_queries.member_ids(project, cluster.id)
        there = queries.regions_by_id(project, ids)
        waiting = [there[id_] for id_ in ids if there[id_].is_open and there[id_].image_id in records]
        wanted.members[cluster.id] = [region.id for region in waiting]
        wanted.now.update((region.id, _current(region)) for region in waiting)
        for region in waiting[:MEMBERS_SCORED]:
            wanted.cluster_of[region.id] = cluster.id
            by_image.setdefault(region.image_id, []).append(region)
    images = [RegionsOfImage(record, tuple(by_image[id_])) for id_, record in records.items() if id_ in by_image]
    return replace(wanted, images=tuple(images))


def _current(region: Region) -> _CurrentSuggestion:
    return _CurrentSuggestion(region.image_id, region.suggestion_id, region.confidence or 0.0)


def _records(project: Project, image_ids: Collection[int] | None) -> list[ImageRecord]:
    usable = [record for record in queries.images(project) if not record.problem]
    if image_ids is None:
        return [record for record in usable if record.status is not ImageStatus.DONE]
    asked = set(image_ids)
    return [record for record in usable if record.id in asked]
