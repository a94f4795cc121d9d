"""Adopting a model: a project proposes with it from then on, and anew where nobody has worked; names are carried over.

All of it is one undo step. Stopped, or killed, the project is whole: what was proposed anew by then is there, and the
names of it are still with the regions that were replaced; `adopt` again goes on, undo takes all of it back.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Generator
from dataclasses import replace
from typing import TYPE_CHECKING

from acseg_core.config import SegmenterConfig
from acseg_core.errors import EditError, WeightsMismatchError, WeightsMissingError, quoted
from acseg_core.names import clustering
from acseg_core.names.carrying import Heir, carried, heirs
from acseg_core.proposals.model_card import read_model
from acseg_core.reports import AdoptReport, CarriedName
from acseg_core.store import Project, queries
from acseg_core.store.edits import adoption, runs
from acseg_core.store.edits.adoption import Adoption, Grouping
from acseg_core.store.edits.starting_cuts import note_use
from acseg_core.store.queries import cluster_queries
from acseg_core.store.queries.default_granularity import default_granularity
from acseg_core.store.queries.model_queries import BUNDLED_ID, ModelRecord
from acseg_core.types import OpChanges, Progress
from acseg_core.workflows.clustering import make_clustering
from acseg_core.workflows.local_engine import LocalEngine, load_segmenter
from acseg_core.workflows.models import usual_config
from acseg_core.workflows.pipeline import propose_each

if TYPE_CHECKING:
    from acseg_core.proposals.segmenter import Segmenter


def adopt(
    project: Project,
    model_id: int,
    *,
    config: SegmenterConfig | None = None,
    segmenter: Segmenter | None = None,
    workers: int | None = None,
) -> Generator[Progress, None, AdoptReport]:
    """Adopt a model of the project, or the bundled one: one undo step.

    Images with proposals in which nobody has worked are proposed anew (`adoption.open_images` says what that means),
    all regions are put into as many clusters as before, and new regions get the names that most of their pixels had.
    `carry_names` takes back those of the names that a person does not approve.

    Args:
        project: Open for writing.
        model_id: `ModelRecord.id`; 0 is the bundled model.
        config: Backbone and device; those of the project's last run if left out. Its model is not asked for.
        segmenter: One that is loaded already, with that model.
        workers: See `pipeline.propose`.

    Yields:
        One tick per image that is proposed anew, named by its path; then some without a path, with counts of their own.

    Raises:
        EditError: There is no such model, or adopting another one was stopped and is not over.
        ModelError: The model or its backbone cannot be had, or do not fit each other; nothing was changed.
        StorageError: The disk is full; the images before are kept, and it can go on.
    """
    started = time.perf_counter()
    record = require_model(project, model_id)
    stopped = _stopped(project, record)
    yield Progress(0, 0, "loading the model")
    if segmenter is None:
        segmenter = load_segmenter(replace(config or usual_config(project), generator=record.path))
    _require_same(record, segmenter)
    if stopped is None:
        going = adoption.begin_adoption(project, segmenter.run_info)
    else:
        going = stopped
        adoption.go_on(project, going)
    try:
        report = yield from _adopt(project, going, segmenter, workers=workers)
    finally:
        runs.finish_run(project, going.run_id)
    return replace(report, model_id=model_id, seconds=time.perf_counter() - started)


def carry_names(project: Project, names: Collection[CarriedName]) -> OpChanges:
    """Keep these of the names that the newest adoption carried over, and take the others back.

    It is part of the adoption's undo step as long as nothing else was done since, else one of its own.

    Raises:
        EditError: No model was adopted, or that was undone.
    """
    return adoption.keep_names(project, names)


def unfinished(project: Project) -> ModelRecord | None:
    """The model whose adoption was stopped before it was over; adopted again, it goes on."""
    stopped = adoption.unfinished_adoption(project)
    return None if stopped is None else queries.model(project, stopped.model_id or BUNDLED_ID)


def require_model(project: Project, model_id: int) -> ModelRecord:
    """A model that can be adopted.

    Raises:
        EditError: It is not in the project, or was deleted.
        WeightsMissingError: Its file is gone.
        WeightsMismatchError: Its file is damaged, or another one.
    """
    record = queries.model(project, model_id)
    if record is None:
        raise EditError(f"model {model_id} is not in the project, or was deleted; add its file again")
    if record.is_bundled:
        return record
    if not record.path.is_file():
        raise WeightsMissingError(
            f'{record.path}: the file of "{quoted(record.name)}" is missing; put it back, or add the model again'
        )
    if read_model(record.path).sha256 != record.sha256:
        raise WeightsMismatchError(
            f'{record.path}: not the file that was added as "{quoted(record.name)}", or damaged; add the model again'
        )
    return record


def _adopt(
    project: Project, going: Adoption, segmenter: Segmenter, *, workers: int | None
) -> Generator[Progress, None, AdoptReport]:
    granularity = default_granularity(project).granularity
    used = note_use(project, granularity)
    open_images = adoption.open_images(
        project, model_id=going.model_id, backbone_sha256=segmenter.run_info.backbone_sha256
    )
    chosen = [record for record in queries.images(project) if record.id in open_images]
    own = adoption.own_granularities(project, open_images, used)
    engine = LocalEngine(segmenter, workers=workers)
    made = yield from propose_each(project, engine, going.run_id, chosen, granularity=granularity, own=own)
    grouping = yield from _grouped(project, going)
    found, lost = yield from _heirs(project, going)
    clusters = adoption.finish_adoption(project, going, [(each.region_id, each.label_id) for each in found], grouping)
    images, regions = adoption.made_by_run(project, going.run_id)
    return AdoptReport(
        going.model_id or BUNDLED_ID,
        going.operation_id,
        images=images,
        regions=regions,
        kept=adoption.kept_images(project),
        skipped=tuple(made.skipped),
        clusters=0 if grouping is None else len(grouping.centroids),
        names=carried(found, clusters),
        lost=lost,
    )


def _grouped(project: Project, going: Adoption) -> Generator[Progress, None, Grouping | None]:
    """All regions in as many clusters as there were before, or as their number calls for."""
    if not len(cluster_queries.descriptors(project)):
        return None
    made = yield from make_clustering(project)
    count = adoption.cluster_count(project, going.operation_id) or clustering.automatic_count(len(made.table))
    found = made.clustering.cut(count)
    return Grouping(made.table.region_ids, found, clustering.centroids(made.table.descriptors, found))


def _heirs(project: Project, going: Adoption) -> Generator[Progress, None, tuple[list[Heir], int]]:
    """Which new regions get a name, and how many named ones of before left none."""
    replaced = adoption.replaced_regions(project, going.operation_id)
    found: list[Heir] = []
    lost = 0
    for number, (image_id, before) in enumerate(replaced.items()):
        theirs, left = heirs(before, adoption.made_regions(project, going.run_id, image_id))
        found += theirs
        lost += len(left)
        yield Progress(number + 1, len(replaced))
    return found, lost


def _stopped(project: Project, record: ModelRecord) -> Adoption | None:
    """The adoption of this model that goes on.

    Raises:
        EditError: It is another model's that was stopped.
    """
    stopped = adoption.unfinished_adoption(project)
    if stopped is None or (stopped.model_id or BUNDLED_ID) == record.id:
        return stopped
    other = queries.model(project, stopped.model_id or BUNDLED_ID)
    if other is None:  # deleted since: it cannot go on
        return None
    raise EditError(
        f'adopting "{quoted(other.name)}" was stopped before it was over; adopt it again to finish that, or undo it '
        "first"
    )


def _require_same(record: ModelRecord, segmenter: Segmenter) -> None:
    if segmenter.run_info.model_sha256 != record.sha256:
        raise ValueError(f"the segmenter has another model than {record.name}")
