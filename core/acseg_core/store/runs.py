"""Runs: one pass of a model over images. All its proposals are one operation, saved image by image.

While a run goes on the annotator may go on too. Then the run's operation is not the newest any more, and yet grows;
history stays sound because what it adds never touches an image that a newer operation touched: such proposals are
dropped, since the annotator's work is worth more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.dialects import sqlite

from acseg_core.errors import EditError
from acseg_core.store.project import Project, RunningRun
from acseg_core.store.recorder import CHANGE, OPERATION, Edit, forget_undone, new_operation
from acseg_core.store.schema import IMAGE, REGION, REMOVED, ModelRow, RunRow, now
from acseg_core.types import ImageStatus, OpChanges, RegionProposal, RegionStatus, RunInfo


def begin_run(project: Project, info: RunInfo, *, verb: str = "Propose") -> int:
    """Note a run and its provenance; returns its id for `save_proposals` and `finish_run`."""
    with project.write() as connection:
        values = {
            "backbone_id": _model(connection, "backbone", info.backbone, info.backbone_sha256),
            "generator_id": _model(connection, "generator", info.generator, info.generator_sha256),
            "config_json": info.config_json,
            "version": info.version,
            "started_at": now(),
        }
        run_id = connection.execute(insert(RunRow).values(**values).returning(RunRow.id)).scalar_one()
        newest = connection.execute(select(func.max(OPERATION.c.id))).scalar() or 0
        project.running[run_id] = RunningRun(verb=verb, began_after=newest)
    return run_id


def save_proposals(project: Project, run_id: int, image_id: int, proposals: Sequence[RegionProposal]) -> OpChanges:
    """Replace an image's regions by what the run proposes, in one transaction.

    Nothing is changed (and an empty `OpChanges` returned) if the image was edited after the run began.

    Raises:
        EditError: The run is over, or there is no such image.
        ValueError: The proposals do not partition the image.
    """
    run = project.running.get(run_id)
    if run is None:
        raise EditError(f"run {run_id} is over; begin another one")
    with project.write() as connection:
        size = connection.execute(select(IMAGE.c.height, IMAGE.c.width).where(IMAGE.c.id == image_id)).one_or_none()
        if size is None:
            raise EditError(f"image {image_id} is not in the project")
        _check_partition(proposals, height=size.height, width=size.width)
        if _edited_since(connection, run, image_id, undone=False):
            connection.rollback()
            return OpChanges()
        if _edited_since(connection, run, image_id, undone=True):
            forget_undone(connection)
        operation_id = run.operation_id or new_operation(connection, run.verb, run_id=run_id)
        recording = Edit(connection, operation_id, verb=run.verb)
        recording.delete(REGION, REGION.c.image_id == image_id)
        recording.insert(REGION, [_new_region(proposal, run_id, image_id) for proposal in proposals])
        recording.update(IMAGE, IMAGE.c.id == image_id, {"status": ImageStatus.PROPOSED.value})
    run.operation_id = operation_id
    return OpChanges(verb=run.verb, images=True, image_ids=frozenset([image_id]))


def finish_run(project: Project, run_id: int) -> None:
    """The run is over, complete or not; from now on its operation can be undone."""
    if project.running.pop(run_id, None) is not None:
        with project.write() as connection:
            connection.execute(update(RunRow).where(RunRow.id == run_id).values(finished_at=now()))


def _model(connection: Connection, kind: str, name: str, sha256: str) -> int:
    values = {"kind": kind, "name": name, "sha256": sha256}
    connection.execute(sqlite.insert(ModelRow).values(**values).on_conflict_do_nothing())
    return connection.execute(select(ModelRow.id).filter_by(**values)).scalar_one()


def _edited_since(connection: Connection, run: RunningRun, image_id: int, *, undone: bool) -> bool:
    """Whether an operation newer than the run touched the image."""
    newer = (
        (OPERATION.c.id > run.began_after)
        & (OPERATION.c.id != (run.operation_id or 0))
        & (OPERATION.c.undone == undone)
    )
    if connection.execute(select(OPERATION.c.id).where(newer).limit(1)).first() is None:
        return False
    mine = CHANGE.c.operation_id == OPERATION.c.id
    through_image = select(1).where(newer, mine, CHANGE.c.entity == "image", CHANGE.c.row_id == image_id)
    through_regions = (
        select(1)
        .join_from(OPERATION, CHANGE, mine)
        .join(regions, regions.c.id == CHANGE.c.row_id)
        .where(newer, CHANGE.c.entity == "region", regions.c.image_id == image_id)
        for regions in (REGION, REMOVED["region"])
    )
    return any(connection.execute(query.limit(1)).first() for query in (through_image, *through_regions))


def _check_partition(proposals: Sequence[RegionProposal], *, height: int, width: int) -> None:
    sizes = {(proposal.mask.height, proposal.mask.width) for proposal in proposals}
    if sizes != {(height, width)}:
        raise ValueError(f"proposals of size {sorted(sizes)} for an image of {height} x {width}")
    covered = sum(proposal.area for proposal in proposals)
    if covered != height * width:
        raise ValueError(f"proposals cover {covered} of {height * width} pixels: they are no partition")


def _new_region(proposal: RegionProposal, run_id: int, image_id: int) -> dict[str, Any]:
    x, y, width, height = proposal.bbox
    return {
        "image_id": image_id,
        "run_id": run_id,
        "node": int(proposal.node),
        "status": RegionStatus.PROPOSED.value,
        "area": int(proposal.area),
        "box_x": float(x),
        "box_y": float(y),
        "box_width": float(width),
        "box_height": float(height),
        "descriptor": proposal.descriptor.astype("<f2").tobytes(),
        "counts": proposal.mask.counts,
    }
