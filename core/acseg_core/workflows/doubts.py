"""Doubtful names of a project: those that the names of all other regions speak against."""

from __future__ import annotations

from acseg_core.names.doubts import LEAST_DOUBT, doubtful_names
from acseg_core.store import Project
from acseg_core.store.edits import confirming
from acseg_core.types import DoubtfulName


def find_doubtful_names(project: Project, *, at_least: float = LEAST_DOUBT) -> list[DoubtfulName]:
    """Names that the names of all regions speak against, the surest doubt first (`acseg_core.names.doubts`).

    All named regions are learned from. Those whose names a person confirmed (`store.edits.confirming`) are not
    doubted. It takes about a second for 100,000 regions.

    Args:
        project: Open.
        at_least: Only what is that likely, 0..1, to have the other name.
    """
    named = confirming.named_regions(project)
    found = doubtful_names(named.table.descriptors, named.labels, areas=named.areas, images=named.images)
    found = found.only(~named.confirmed[found.rows] & (found.confidences >= at_least))
    return [
        DoubtfulName(int(named.table.region_ids[row]), int(named.labels[row]), int(other), float(confidence))
        for row, other, confidence in zip(found.rows, found.labels, found.confidences, strict=True)
    ]
