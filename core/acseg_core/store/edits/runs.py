"""Runs: one pass of a model over images, and other edits of many images. Each is one operation, saved image by image.

While it goes on the annotator may go on too. Then its operation is not the newest any more, and yet grows; history
stays sound because what it adds never touches an image that a newer operation touched: such proposals are dropped,
since the annotator's work is worth more.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select, update
from sqlalchemy.dialects import sqlite

from acseg_core.errors import EditError
from acseg_core.proposals.image_tree import ImageTree
from acseg_core.proposals.tree import DEFAULT_GRANULARITY
from acseg_core.proposals.tree_bytes import EncodedTree
from acseg_core.store.edits.recorder import Edit, forget_undone, is_trimmed, new_operation
from acseg_core.store.edits.reshaping import proposal_values
from acseg_core.store.project import Project, RunningRun
from acseg_core.store.schema import CHANGE, IMAGE, MODEL_KIND, OPERATION, REGION, REMOVED, TREE, ModelRow, RunRow, now
from acseg_core.types import ImageStatus, OpChanges, RegionProposal, RunInfo
from acseg_core.verbs import Verb


def begin_run(project: Project, info: RunInfo, *, verb: Verb = Verb.PROPOSE) -> int:
    """Note a run and its provenance; returns its id for `save_proposals` and `finish_run`."""
    with project.write() as connection:
        values = {
            "backbone_id": _model(connection, "backbone", info.backbone, info.backbone_sha256),
            "generator_id": _model(connection, "generator", info.generator, info.generator_sha256),
            "config_json": info.config_json,
            "version": info.version,
            "started_at": now(),
            "model_id": _own_model(connection, info.model, info.model_sha256) if info.model_sha256 else None,
        }
        run_id = connection.execute(insert(RunRow).values(**values).returning(RunRow.id)).scalar_one()
        project.running[run_id] = RunningRun(verb=verb, began_after=_newest_operation(connection))
    return run_id


def begin_long_edit(project: Project, *, verb: Verb, goes_on_with: int | None = None) -> int:
    """Note an edit of many images that is no run; returns its id for `extended` and `finish_run`.

    Args:
        project: Open for writing.
        verb: What it does.
        goes_on_with: The operation of an earlier one that was stopped, which grows if it is still the newest: both are
            one undo step then.
    """
    with project.read() as connection:
        run_id = min([0, *project.running]) - 1
        newest = _newest_operation(connection)
        mine = (OPERATION.c.id == goes_on_with) & (OPERATION.c.id == newest) & (OPERATION.c.verb == verb.value)
        stopped = select(OPERATION.c.id).where(mine, ~OPERATION.c.undone, ~is_trimmed())
        operation_id = None if goes_on_with is None else connection.execute(stopped).scalar()
        project.running[run_id] = RunningRun(verb=verb, began_after=newest, operation_id=operation_id)
    return run_id


@contextlib.contextmanager
def extended(project: Project, run_id: int, image_id: int) -> Iterator[Edit | None]:
    """A transaction that adds an image to the operation of a run or long edit.

    Yields:
        What records the changes; or None if the image was edited after it all began, and must be left alone.

    Raises:
        EditError: The run is over.
    """
    run = project.running.get(run_id)
    if run is None:
        raise EditError(f"run {run_id} has ended; start another one")
    with project.write() as connection:
        newer = _newer_operations(connection, run)
        if False in newer and _edited_since(connection, run, image_id, undone=False):
            connection.rollback()
            yield None
            return
        if True in newer and _edited_since(connection, run, image_id, undone=True):
            forget_undone(connection)
        model_run = run_id if run_id > 0 else None
        operation_id = run.operation_id or new_operation(connection, run.verb, run_id=model_run)
        recording = Edit(connection, operation_id, verb=run.verb)
        yield recording
        if not recording.changed:
            connection.rollback()
            return
        recording.end_reviews([image_id])
    run.operation_id = operation_id


def save_proposals(
    project: Project,
    run_id: int,
    image_id: int,
    proposals: Sequence[RegionProposal],
    *,
    tree: ImageTree | EncodedTree | None = None,
    granularity: float = DEFAULT_GRANULARITY,
) -> OpChanges:
    """Replace an image's regions by what the run proposes, in one transaction.

    Nothing is changed (and an empty `OpChanges` returned) if the image was edited after the run began.

    Args:
        project: Open for writing.
        run_id: From `begin_run`.
        image_id: The image.
        proposals: A partition of it, but for the pixels that are void in the tree.
        tree: What they are a cut of; without it, they cannot be cut anew.
        granularity: Of that cut.

    Raises:
        EditError: The run is over, or there is no such image.
        ValueError: The proposals do not partition the image, or the tree is of another size.
    """
    encoded = EncodedTree.of(tree) if isinstance(tree, ImageTree) else tree
    with extended(project, run_id, image_id) as recording:
        if recording is None:
            return OpChanges()
        connection = recording.connection
        size = connection.execute(select(IMAGE.c.height, IMAGE.c.width).where(IMAGE.c.id == image_id)).one_or_none()
        if size is None:
            raise EditError(f"image {image_id} is not in the project")
        _check_partition(proposals, encoded, height=size.height, width=size.width)
        recording.delete(REGION, REGION.c.image_id == image_id)
        recording.insert(REGION, [proposal_values(proposal, run_id, image_id) for proposal in proposals])
        values: dict[str, Any] = {"status": ImageStatus.PROPOSED.value, "tree_id": None, "granularity": None}
        if encoded is not None:
            if encoded.shape != (size.height, size.width):
                raise ValueError(f"a tree of {encoded.shape} for an image of {size.height} x {size.width}")
            values |= {"tree_id": store_tree(connection, encoded), "granularity": float(granularity)}
        recording.update(IMAGE, IMAGE.c.id == image_id, values)
    return OpChanges(verb=recording.verb, images=True, image_ids=frozenset([image_id]))


def finish_run(project: Project, run_id: int) -> None:
    """The run or long edit is over, complete or not; from now on its operation can be undone."""
    if project.running.pop(run_id, None) is not None and run_id > 0:
        with project.write() as connection:
            connection.execute(update(RunRow).where(RunRow.id == run_id).values(finished_at=now()))


def _newest_operation(connection: Connection) -> int:
    return connection.execute(select(func.max(OPERATION.c.id))).scalar() or 0


def store_tree(connection: Connection, tree: ImageTree | EncodedTree) -> int:
    """Store a tree, of no image yet; returns its id."""
    values = asdict((EncodedTree.of(tree) if isinstance(tree, ImageTree) else tree).parts)
    return int(connection.execute(insert(TREE).values(**values).returning(TREE.c.id)).scalar_one())


def _model(connection: Connection, kind: str, name: str, sha256: str) -> int:
    values = {"kind": kind, "name": name, "sha256": sha256}
    connection.execute(sqlite.insert(ModelRow).values(**values).on_conflict_do_nothing())
    return connection.execute(select(ModelRow.id).filter_by(**values)).scalar_one()


def _own_model(connection: Connection, name: str, sha256: str) -> int:
    """The row of a model by its content, whatever it is called."""
    known = select(ModelRow.id).filter_by(kind=MODEL_KIND, sha256=sha256)
    found = connection.execute(known).scalar()
    return _model(connection, MODEL_KIND, name, sha256) if found is None else found


def _newer_operations(connection: Connection, run: RunningRun) -> set[bool]:
    """Whether any operation is newer than the run: False among them where one is done, True where one is undone."""
    return set(connection.execute(select(OPERATION.c.undone).where(_newer(run)).distinct()).scalars())


def _newer(run: RunningRun) -> ColumnElement[bool]:
    return (OPERATION.c.id > run.began_after) & (OPERATION.c.id != (run.operation_id or 0))


def _edited_since(connection: Connection, run: RunningRun, image_id: int, *, undone: bool) -> bool:
    """Whether an operation newer than the run touched the image."""
    newer = _newer(run) & (OPERATION.c.undone == undone)
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


def _check_partition(proposals: Sequence[RegionProposal], tree: EncodedTree | None, *, height: int, width: int) -> None:
    sizes = {(proposal.mask.height, proposal.mask.width) for proposal in proposals}
    if sizes != {(height, width)}:
        raise ValueError(f"proposals of size {sorted(sizes)} for an image of {height} x {width}")
    covered = sum(proposal.area for proposal in proposals)
    void = 0 if tree is None else tree.void
    if covered != height * width - void:
        raise ValueError(f"proposals cover {covered} of {height * width - void} pixels: they are no partition")
