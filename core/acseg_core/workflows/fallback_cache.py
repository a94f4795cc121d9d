"""Cache of fallback names in a project: kept, and shown only for the regions and labels they were found for.

A project that was restored from a backup gives the same ids to other regions and labels. So each fallback name is kept
with a fingerprint of its region, and with its label's name, which counts where the history is another one than it was.
It is a cache: without it, nothing is lost but these suggestions at the next refresh.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.names.fallback import FallbackNames
from acseg_core.output.atomic_write import keep
from acseg_core.output.kept_arrays import named_arrays
from acseg_core.store import Project, queries
from acseg_core.store.queries import fingerprints
from acseg_core.store.queries.fingerprints import HistoryPoint

_log = logging.getLogger(__name__)

_FILE = "hints.npz"


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    """What lies in the cache.

    Attributes:
        fallback: The names, sorted by region.
        regions: (n,) int64, fingerprints of the regions as they were then.
        label_names: Names of the labels, by id, as they were then.
        point: Where the history stood then.
    """

    fallback: FallbackNames = field(default_factory=FallbackNames)
    regions: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    label_names: dict[int, str] = field(default_factory=dict)
    point: HistoryPoint | None = None

    def only(self, rows: NDArray[np.bool_], labels: NDArray[np.int64]) -> _Kept:
        """Some of them, and with other labels."""
        fallback = FallbackNames(self.fallback.region_ids[rows], labels[rows], self.fallback.confidences[rows])
        return _Kept(fallback, self.regions[rows], self.label_names, self.point)


def read_fallback_names(project: Project) -> FallbackNames:
    """The names in a project's cache that still hold; none where there is no such file, or a damaged one.

    A name holds for a region that is as it was, or gone. In a restored project, where both have other ids, it holds for
    a region with the same pixels and a label of the same name.
    """
    return _still_true(project, _read(project.cache_dir / _FILE)).fallback


def add_fallback_names(project: Project, newer: FallbackNames) -> None:
    """Keep more fallback names; a full disk or a folder that cannot be written is no fault."""
    path = project.cache_dir / _FILE
    before = _still_true(project, _read(path))
    merged = before.fallback.updated(newer)
    known = dict(zip(before.fallback.region_ids.tolist(), before.regions.tolist(), strict=True))
    known |= fingerprints.of_regions(project, newer.region_ids.tolist())
    label_names = before.label_names | {label.id: label.name for label in queries.labels(project)}
    point = fingerprints.history_point(project)
    columns: dict[str, NDArray[Any]] = {
        "region_ids": merged.region_ids,
        "labels": merged.labels,
        "confidences": merged.confidences,
        "regions": np.array([known.get(id_, 0) for id_ in merged.region_ids.tolist()], np.int64),
        "name_ids": np.array(list(label_names), np.int64),
        "names": np.array(list(label_names.values()), np.str_),
        "operation": np.array(0 if point is None else point.operation_id),
        "made": np.array("" if point is None else point.made),
    }
    keep(path, lambda file: np.savez(file, allow_pickle=False, **columns), what="fallback names are")


def _still_true(project: Project, kept: _Kept) -> _Kept:
    """Without what is no longer so; names of regions that are gone stay, as undo may bring those back."""
    if not len(kept.fallback):
        return kept
    if kept.point is None or not fingerprints.has_point(project, kept.point):
        return _carried_over(project, kept)
    now = fingerprints.of_regions(project, kept.fallback.region_ids.tolist())
    pairs = zip(kept.fallback.region_ids.tolist(), kept.regions.tolist(), strict=True)
    return kept.only(np.array([now.get(id_, region) == region for id_, region in pairs]), kept.fallback.labels)


def _carried_over(project: Project, kept: _Kept) -> _Kept:
    """What holds in another history, which gives ids of its own: regions are known by their pixels, labels by names."""
    there: dict[int, int] = {}
    for id_, region in fingerprints.of_all_regions(project).items():
        there[region] = -1 if region in there else id_  # of two that cannot be told apart, neither
    by_name = {label.name: label.id for label in queries.labels(project)}
    regions = np.array([there.get(region, -1) for region in kept.regions.tolist()], np.int64)
    names_there = [kept.label_names.get(id_, "") for id_ in kept.fallback.labels.tolist()]
    labels = np.array([by_name.get(name, -1) for name in names_there], np.int64)
    found = np.flatnonzero((regions >= 0) & (labels >= 0))
    order = found[np.argsort(regions[found], kind="stable")]
    fallback = FallbackNames(regions[order], labels[order], kept.fallback.confidences[order])
    return _Kept(fallback, kept.regions[order], kept.label_names, kept.point)


def _read(path: Path) -> _Kept:
    try:
        stored = named_arrays(path)
        fallback = FallbackNames(
            stored["region_ids"].astype(np.int64),
            stored["labels"].astype(np.int64),
            stored["confidences"].astype(np.float32),
        )
        regions = stored["regions"].astype(np.int64)
        label_names = dict(zip(stored["name_ids"].tolist(), stored["names"].tolist(), strict=True))
        point = HistoryPoint(int(stored["operation"]), str(stored["made"])) if stored["operation"] else None
        lengths = {len(fallback.region_ids), len(fallback.labels), len(fallback.confidences), len(regions)}
        if len(lengths) > 1 or fallback.labels.ndim != 1:
            raise ValueError("columns of different lengths")
    except FileNotFoundError:
        return _Kept()
    except Exception as error:  # NumPy has many ways to say that a file is damaged
        _log.warning("%s: not readable, left aside (%s)", path, error)
        return _Kept()
    return _Kept(fallback, regions, label_names, point)
