"""The adoption of a model: one operation that proposes images anew, groups all regions again and carries names over.

The operation is there from the first moment on, as it is also what says which model a project proposes with. It grows
image by image like that of a run; stopped or killed, it is whole at every moment, can be undone, and can go on. That
it is not over is a setting, which goes in the transaction that carries the names over.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, literal, or_, select

from acseg_core.errors import EditError
from acseg_core.names.carrying import PlacedRegion
from acseg_core.reports import CarriedName
from acseg_core.store.database import among
from acseg_core.store.edits import clusters, runs
from acseg_core.store.edits.recorder import Edit, edit, is_trimmed, new_operation
from acseg_core.store.edits.reshaping import begin_review
from acseg_core.store.project import Project, RunningRun
from acseg_core.store.schema import CHANGE, EXISTS, IMAGE, LABEL, MODEL, OPERATION, REGION, REMOVED, RUN
from acseg_core.store.settings import UNFINISHED_ADOPTION, put_setting, read_setting
from acseg_core.store.soundness import require_sound_masks
from acseg_core.store.statuses import BY_HAND, UNDECIDED, UNJUDGED, USABLE
from acseg_core.types import ImageStatus, OpChanges, RegionStatus, Rle, RunInfo, Verdict
from acseg_core.verbs import Verb

_REMOVED = REMOVED[REGION.name]


class Adoption(NamedTuple):
    """One that is going on, or was stopped.

    Attributes:
        run_id: Of its run.
        operation_id: Of its operation.
        model_id: Of the model; None for the bundled one.
    """

    run_id: int
    operation_id: int
    model_id: int | None


class Grouping(NamedTuple):
    """Clusters of the data set.

    Attributes:
        region_ids: (n,) int64.
        clusters: (n,) int32, the cluster of each region, 0..k - 1.
        centroids: (k, D) float32, L2-normalised.
    """

    region_ids: NDArray[np.int64]
    clusters: NDArray[np.int32]
    centroids: NDArray[np.float32]


def begin_adoption(project: Project, info: RunInfo) -> Adoption:
    """Adopt a model: from now on the project proposes with it; `runs.finish_run` ends what is going on."""
    run_id = runs.begin_run(project, info, verb=Verb.ADOPT_MODEL)
    with project.write() as connection:
        operation_id = new_operation(connection, Verb.ADOPT_MODEL, run_id=run_id)
        model_id = connection.execute(select(RUN.c.model_id).where(RUN.c.id == run_id)).scalar()
        put_setting(connection, UNFINISHED_ADOPTION, run_id)
    project.running[run_id].operation_id = operation_id
    return Adoption(run_id, operation_id, model_id)


def unfinished_adoption(project: Project) -> Adoption | None:
    """The adoption that was stopped before it was over, unless it was undone."""
    run_id = read_setting(project, UNFINISHED_ADOPTION)
    statement = select(OPERATION.c.run_id, OPERATION.c.id, RUN.c.model_id).join(RUN, RUN.c.id == OPERATION.c.run_id)
    mine = and_(OPERATION.c.run_id == run_id, OPERATION.c.verb == Verb.ADOPT_MODEL.value)
    with project.read() as connection:
        row = connection.execute(statement.where(mine, ~OPERATION.c.undone, ~is_trimmed())).first()
    return None if row is None or not run_id else Adoption(*row)


def go_on(project: Project, adoption: Adoption) -> None:
    """Let a stopped adoption grow again; what was edited since is left alone."""
    began = adoption.operation_id
    project.running[adoption.run_id] = RunningRun(Verb.ADOPT_MODEL, began_after=began, operation_id=began)


def open_images(project: Project, *, model_id: int | None, backbone_sha256: str) -> set[int]:
    """Images with proposals in which nobody has worked, and that another model made.

    Somebody has worked there who looked at the image or at one of its regions: named, rejected, confirmed or declined,
    drew, painted, split, merged or imported something, or said that the image is done. To name a whole cluster, and
    whatever else is done to the whole data set, is no work on its images: names are carried over.

    Args:
        project: Open.
        model_id: The model that is adopted; None for the bundled one.
        backbone_sha256: Of the backbone that it is used with.
    """
    with project.read() as connection:
        made = {row.image_id: row for row in connection.execute(_LAST_PROPOSALS)}
        touched = _last_work(connection)
        same = set(connection.execute(_made_by(model_id, backbone_sha256)).scalars())
        candidates = connection.execute(select(IMAGE.c.id).where(_as_proposed())).scalars()
        return {
            image_id
            for image_id in candidates
            if image_id in made and made[image_id].run_id not in same and touched.get(image_id, 0) <= made[image_id][2]
        }


def kept_images(project: Project) -> int:
    """How many images with proposals no model may propose anew, as somebody has worked in them."""
    with project.read() as connection:
        proposed = select(func.count()).select_from(IMAGE).where(IMAGE.c.status != ImageStatus.NEW.value)
        count = int(connection.execute(proposed).scalar_one())
    return count - len(open_images(project, model_id=None, backbone_sha256=""))


def replaced_regions(project: Project, operation_id: int) -> dict[int, list[PlacedRegion]]:
    """The regions that an operation took away, by image; only of images where one of them had a name."""
    gone = select(CHANGE.c.row_id).where(
        CHANGE.c.operation_id == operation_id,
        CHANGE.c.entity == REGION.name,
        CHANGE.c.field == EXISTS,
        CHANGE.c.after == literal(0, CHANGE.c.after.type),
    )
    mine = _REMOVED.c.id.in_(gone)
    with_names = select(_REMOVED.c.image_id).where(
        mine, _REMOVED.c.label_id.in_(select(LABEL.c.id)), _REMOVED.c.image_id.in_(select(IMAGE.c.id))
    )
    columns = (_REMOVED.c.id, _REMOVED.c.image_id, _REMOVED.c.counts, IMAGE.c.height, IMAGE.c.width, _REMOVED.c.area)
    more = (_REMOVED.c.label_id, _REMOVED.c.cluster_id, _REMOVED.c.descriptor)
    statement = select(*columns, *more).join(IMAGE, IMAGE.c.id == _REMOVED.c.image_id)
    found: defaultdict[int, list[PlacedRegion]] = defaultdict(list)
    with project.read() as connection:
        labels = set(connection.execute(select(LABEL.c.id)).scalars())
        rows = connection.execute(statement.where(mine, _REMOVED.c.image_id.in_(with_names)).order_by(_REMOVED.c.id))
        for row in rows.all():
            require_sound_masks([(row.id, row.image_id, row.counts, row.height, row.width, row.area)])
            found[row.image_id].append(_placed(row, row.label_id if row.label_id in labels else None))
    return dict(found)


def made_regions(project: Project, run_id: int, image_id: int) -> list[PlacedRegion]:
    """The regions of an image that a run made, and that have no name yet."""
    columns = (REGION.c.id, REGION.c.image_id, REGION.c.counts, IMAGE.c.height, IMAGE.c.width, REGION.c.area)
    more = (REGION.c.label_id, REGION.c.cluster_id, REGION.c.descriptor)
    statement = select(*columns, *more).join(IMAGE, IMAGE.c.id == REGION.c.image_id).order_by(REGION.c.id)
    with project.read() as connection:
        rows = connection.execute(statement.where(REGION.c.image_id == image_id, REGION.c.run_id == run_id, UNDECIDED))
        found = rows.all()
    require_sound_masks([tuple(row[:6]) for row in found])
    return [_placed(row, row.label_id) for row in found]


def cluster_count(project: Project, operation_id: int) -> int:
    """How many clusters the regions were in that there were before an operation took some away."""
    gone = select(CHANGE.c.row_id).where(CHANGE.c.operation_id == operation_id, CHANGE.c.field == EXISTS)
    before = (
        select(REGION.c.cluster_id).where(REGION.c.cluster_id.is_not(None), REGION.c.id.not_in(gone)),
        select(_REMOVED.c.cluster_id).where(_REMOVED.c.cluster_id.is_not(None), _REMOVED.c.id.in_(gone)),
    )
    with project.read() as connection:
        return len({cluster for each in before for cluster in connection.execute(each.distinct()).scalars()})


def finish_adoption(
    project: Project,
    adoption: Adoption,
    names: Sequence[tuple[int, int]],
    grouping: Grouping | None,
) -> dict[int, int]:
    """Group all regions again, give new ones the names of those in whose place they are, and say that it is over.

    All of it is one transaction, and part of the adoption's operation. Where somebody edited meanwhile, their images
    get no names, and the clusters are no part of the operation.

    Args:
        project: Open for writing.
        adoption: Which; still the model that the project proposes with.
        names: Region and label.
        grouping: The clusters; None where there is nothing to group.

    Returns:
        The cluster of each region that was named.
    """
    with project.write() as connection:
        is_newest = connection.execute(select(func.max(OPERATION.c.id))).scalar() == adoption.operation_id
        recording = Edit(connection, adoption.operation_id, verb=Verb.ADOPT_MODEL)
        if grouping is not None:
            clusters.regroup(project, recording, *grouping, quietly=not is_newest)
        wanted = dict(names)
        if not is_newest:
            untouched = _untouched(connection, adoption)
            wanted = {region: label for region, label in wanted.items() if region in untouched}
        _name(recording, wanted)
        put_setting(connection, UNFINISHED_ADOPTION, 0)
        rows = connection.execute(select(REGION.c.id, REGION.c.cluster_id).where(REGION.c.id.in_(among(wanted))))
        return {row.id: row.cluster_id for row in rows if row.cluster_id is not None}


def keep_names(project: Project, names: Collection[CarriedName]) -> OpChanges:
    """Of the names that the newest adoption carried over, keep these and take the others back.

    It is part of the adoption's step of the history as long as that is the newest, and one of its own afterwards. Names
    that somebody gave, changed or confirmed since are left alone; names that were taken back before come again.

    Raises:
        EditError: No model was adopted, or that was undone.
    """
    with project.read() as connection:
        adoption = OPERATION.c.verb == Verb.ADOPT_MODEL.value
        statement = select(OPERATION.c.id, OPERATION.c.run_id).where(adoption, ~OPERATION.c.undone, ~is_trimmed())
        row = connection.execute(statement.order_by(OPERATION.c.id.desc()).limit(1)).first()
        newest = connection.execute(select(func.max(OPERATION.c.id))).scalar()
        if row is None:
            raise EditError("no model was adopted, or that was undone; adopt one first")
        carried = set(connection.execute(_carried(row.id, row.run_id)).scalars())
    wanted = {region: each.label_id for each in names for region in each.region_ids}
    with _part_of(project, row.id) if newest == row.id else edit(project, Verb.REMOVE_NAME) as recording:
        alive = _untouched(recording.connection, Adoption(row.run_id, row.id, None))
        labels = set(recording.connection.execute(select(LABEL.c.id)).scalars())
        _unname(recording, (carried - wanted.keys()) & alive)
        nameless = {region: label for region, label in wanted.items() if region in alive - carried and label in labels}
        _name(recording, nameless)
        return recording.result() if recording.changed else OpChanges()


@contextlib.contextmanager
def _part_of(project: Project, operation_id: int) -> Iterator[Edit]:
    """A transaction whose changes belong to an operation that is there."""
    with project.write() as connection:
        yield Edit(connection, operation_id, verb=Verb.ADOPT_MODEL)


def _name(recording: Edit, names: Mapping[int, int]) -> None:
    """Give regions that nobody has decided about their names; their images are in review, as by naming a cluster."""
    by_label: defaultdict[int, list[int]] = defaultdict(list)
    for region_id, label_id in names.items():
        by_label[label_id].append(region_id)
    for label_id, regions in by_label.items():
        there = exists().where(LABEL.c.id == label_id)
        chosen = and_(REGION.c.id.in_(among(regions)), UNDECIDED, there)
        begin_review(recording, chosen)
        recording.update(REGION, chosen, {"label_id": label_id, "status": RegionStatus.ACCEPTED.value, **UNJUDGED})


def _unname(recording: Edit, regions: Collection[int]) -> None:
    """Take names back; images without any other are only proposed again."""
    chosen = REGION.c.id.in_(among(regions))
    images = set(recording.connection.execute(select(REGION.c.image_id).where(chosen)).scalars())
    values = {"label_id": None, "status": RegionStatus.PROPOSED.value, **UNJUDGED}
    recording.update(REGION, chosen, values)
    decided = exists().where(REGION.c.image_id == IMAGE.c.id, or_(~UNDECIDED, BY_HAND))
    in_review = and_(IMAGE.c.id.in_(among(images)), IMAGE.c.status == ImageStatus.IN_REVIEW.value, ~decided)
    recording.update(IMAGE, in_review, {"status": ImageStatus.PROPOSED.value})


def _carried(operation_id: int, run_id: int) -> Select[int]:
    """The regions that an adoption made and named, as they are still named."""
    named = exists().where(
        CHANGE.c.operation_id == operation_id,
        CHANGE.c.entity == REGION.name,
        CHANGE.c.row_id == REGION.c.id,
        CHANGE.c.field == REGION.c.label_id.name,
        CHANGE.c.after == REGION.c.label_id,
    )
    return select(REGION.c.id).where(REGION.c.run_id == run_id, named, REGION.c.verdict == Verdict.NONE.value)


def _untouched(connection: Connection, adoption: Adoption) -> set[int]:
    """The regions that an adoption made in images that no later operation has touched."""
    later = select(OPERATION.c.id).where(OPERATION.c.id > adoption.operation_id)
    of_images = select(CHANGE.c.row_id).where(CHANGE.c.operation_id.in_(later), CHANGE.c.entity == IMAGE.name)
    touched = set(connection.execute(of_images).scalars())
    for table in (REGION, _REMOVED):
        of_regions = select(table.c.image_id).join(CHANGE, CHANGE.c.row_id == table.c.id)
        mine = of_regions.where(CHANGE.c.operation_id.in_(later), CHANGE.c.entity == REGION.name)
        touched |= set(connection.execute(mine.distinct()).scalars())
    made = select(REGION.c.id, REGION.c.image_id).where(REGION.c.run_id == adoption.run_id)
    return {row.id for row in connection.execute(made) if row.image_id not in touched}


_NEWEST_RUNS = (
    select(REGION.c.image_id, func.max(REGION.c.run_id).label("run_id"))
    .where(REGION.c.run_id.is_not(None))
    .group_by(REGION.c.image_id)
    .subquery()
)

_LAST_PROPOSALS = (
    select(_NEWEST_RUNS.c.image_id, _NEWEST_RUNS.c.run_id, func.max(OPERATION.c.id))
    .join(OPERATION, and_(OPERATION.c.run_id == _NEWEST_RUNS.c.run_id, ~OPERATION.c.undone))
    .group_by(_NEWEST_RUNS.c.image_id, _NEWEST_RUNS.c.run_id)
)
"""Of images: the run that made the regions, and its operation."""


def _as_proposed() -> ColumnElement[bool]:
    """Of an image, for all that its rows say: no person has decided about it or about one single region."""
    kept = or_(
        BY_HAND,
        REGION.c.status == RegionStatus.REJECTED.value,
        REGION.c.verdict != Verdict.NONE.value,
        REGION.c.is_together,
        and_(REGION.c.run_id.is_(None), ~UNDECIDED),
    )
    status = IMAGE.c.status.in_([ImageStatus.PROPOSED.value, ImageStatus.IN_REVIEW.value])
    return and_(status, USABLE, ~IMAGE.c.is_reviewed, ~exists().where(REGION.c.image_id == IMAGE.c.id, kept))


def _last_work(connection: Connection) -> dict[int, int]:
    """The newest operation of each image that is a person's work there, by image."""
    no_work = [verb.value for verb in Verb if verb.leaves_images_to_models]
    work = select(OPERATION.c.id).where(~OPERATION.c.undone, OPERATION.c.verb.not_in(no_work))
    last: dict[int, int] = {}
    of_images = select(CHANGE.c.row_id, func.max(CHANGE.c.operation_id)).where(CHANGE.c.entity == IMAGE.name)
    statements = [of_images.where(CHANGE.c.operation_id.in_(work)).group_by(CHANGE.c.row_id)]
    for table in (REGION, _REMOVED):
        of_regions = select(table.c.image_id, func.max(CHANGE.c.operation_id)).join(
            CHANGE, and_(CHANGE.c.row_id == table.c.id, CHANGE.c.entity == REGION.name)
        )
        statements.append(of_regions.where(CHANGE.c.operation_id.in_(work)).group_by(table.c.image_id))
    for statement in statements:
        for image_id, operation_id in connection.execute(statement):
            last[image_id] = max(last.get(image_id, 0), operation_id)
    return last


def _made_by(model_id: int | None, backbone_sha256: str) -> Select[int]:
    """Runs of a model with a backbone."""
    backbone = select(MODEL.c.id).where(MODEL.c.sha256 == backbone_sha256, MODEL.c.kind == "backbone")
    return select(RUN.c.id).where(RUN.c.model_id.is_not_distinct_from(model_id), RUN.c.backbone_id.in_(backbone))


def _placed(row: Row[*tuple[Any, ...]], label_id: int | None) -> PlacedRegion:
    descriptor = None if row.descriptor is None else np.frombuffer(row.descriptor, "<f2").astype(np.float32)
    return PlacedRegion(row.id, Rle(row.counts, row.height, row.width), label_id, row.cluster_id, descriptor)


def own_granularities(project: Project, image_ids: Collection[int], used: Collection[float]) -> dict[int, float]:
    """Where images are cut that somebody cut otherwise than at one of these granularities, by image."""
    elsewhere = and_(IMAGE.c.granularity.is_not(None), IMAGE.c.granularity.not_in(list(used)))
    statement = select(IMAGE.c.id, IMAGE.c.granularity).where(IMAGE.c.id.in_(among(image_ids)), elsewhere)
    with project.read() as connection:
        return {row.id: float(row.granularity) for row in connection.execute(statement)}


def made_by_run(project: Project, run_id: int) -> tuple[int, int]:
    """Images and regions that a run made and that are there."""
    counted = select(func.count(REGION.c.image_id.distinct()), func.count()).where(REGION.c.run_id == run_id)
    with project.read() as connection:
        images, regions = connection.execute(counted).one()
    return int(images), int(regions)
