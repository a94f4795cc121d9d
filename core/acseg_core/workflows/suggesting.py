"""Names suggested for unnamed regions by nearest-neighbour classification, over a whole project.

A generator that can be stopped anywhere: what was suggested by then stays. Importing it loads no torch.
"""

from __future__ import annotations

import time
from collections.abc import Generator

import numpy as np

from acseg_core.names.region_classifier import RegionClassifier
from acseg_core.reports import SuggestReport
from acseg_core.store import Project, queries
from acseg_core.store.edits import suggestions
from acseg_core.store.edits.suggestions import NO_LABEL
from acseg_core.types import OpChanges, Progress
from acseg_core.verbs import Verb
from acseg_core.workflows.fallback_cache import read_fallback_names
from acseg_core.workflows.links import as_things

LEAST_CONFIDENCE = 0.2
"""Least confidence of a suggestion: a region below it is like nothing that has a name, and gets none."""

_REGIONS_AT_ONCE = 8192


def suggest_for_all(project: Project) -> Generator[Progress, None, SuggestReport]:
    """Suggest a name for every undecided region from the named regions most like it.

    Earlier suggestions are brought up to date or taken back. Images that are done are left alone. Not undoable. A label
    that is deleted or merged meanwhile is not suggested, and reported.

    Yields:
        One tick per eight thousand regions; their suggestions are saved by then.
    """
    started = time.perf_counter()
    named, labels = suggestions.named_descriptors(project)
    # A fallback to a label that is gone is no better than what is found now; undo brings both back.
    names = {label.id: label.name for label in queries.labels(project)}
    fallback = read_fallback_names(project).of_labels(names)
    if not len(named) and not len(fallback):
        changes = suggestions.clear_suggestions(project)
        return SuggestReport(seconds=time.perf_counter() - started, changes=changes, learned=False)
    unnamed = suggestions.unnamed_descriptors(project)
    if not len(unnamed):
        return SuggestReport(seconds=time.perf_counter() - started)
    things, thing_of = as_things(project, unnamed)  # what is linked over seams gets one name
    touched: set[int] = set()
    suggested: dict[int, int] = {}
    everything = [named.descriptors, unnamed.descriptors] if len(named) else [unnamed.descriptors]
    centre = np.concatenate(everything).mean(axis=0, dtype=np.float32)
    classifier = RegionClassifier(named.descriptors, labels, centre=centre) if len(named) else None
    for start in range(0, len(unnamed), _REGIONS_AT_ONCE):
        rows = slice(start, start + _REGIONS_AT_ONCE)
        ids = unnamed.region_ids[rows]
        found, confidences = np.full(len(ids), NO_LABEL, np.int64), np.zeros(len(ids), np.float32)
        if classifier is not None:
            found, confidences = classifier.suggest(things.descriptors[thing_of[rows]])
        found, confidences = fallback.surer(ids, found, confidences)
        sure = confidences >= LEAST_CONFIDENCE
        touched |= suggestions.save_suggestions(
            project, ids.tolist(), np.where(sure, found, NO_LABEL).tolist(), confidences.tolist()
        ).image_ids
        suggested |= dict(zip(ids[sure].tolist(), found[sure].tolist(), strict=True))
        yield Progress(min(rows.stop, len(unnamed)), len(unnamed), "suggesting names")
    gone = names.keys() - {label.id for label in queries.labels(project)}
    learned = {*labels.tolist(), *fallback.labels.tolist()}
    forgotten = tuple(name for id_, name in names.items() if id_ in gone and id_ in learned)
    suggested = {region_id: label_id for region_id, label_id in suggested.items() if label_id not in gone}
    images = queries.images_of_regions(project, suggested)
    changes = OpChanges(verb=Verb.SUGGEST_NAMES, image_ids=frozenset(touched)) if touched else OpChanges()
    seconds = time.perf_counter() - started
    return SuggestReport(len(suggested), len(images), seconds=seconds, changes=changes, forgotten=forgotten)
