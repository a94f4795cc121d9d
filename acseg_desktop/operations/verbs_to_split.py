"""One short function per user verb: the only place from which the window changes a project.

Each runs on the store lane and answers with an `OpChanges`, which the session passes to the panels. Long verbs
(create, scan, relocate, propose) run on the lanes for long work and tell of their changes as they go.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from acseg_core.config import SegmenterConfig
from acseg_core.errors import ImagesNotFoundError
from acseg_core.images.files import find_images, inspect_image
from acseg_core.store import Project, create_project, open_project, queries, restore_backup
from acseg_core.store.edits import clusters, cuts, history, ingest, review, suggestions
from acseg_core.types import OpChanges, Progress, RegionStatus, ScanReport, SuggestReport
from acseg_core.workflows import pipeline, suggesting
from acseg_desktop.browser.model import ClusterFilter, read_ids
from acseg_desktop.jobs import Job, Lane
from acseg_desktop.language.words import Words
from acseg_desktop.operations import clustering
from acseg_desktop.operations.clustering import ClusterDrag, GroupingCache
from acseg_desktop.operations.proposing import ProposeRequest, SegmenterCache, proposing, telling_of_images
from acseg_desktop.samples import copy_samples
from acseg_desktop.session import Session

if TYPE_CHECKING:
    from acseg_core.workflows.clustering import ClusterReport

tr = Words("Work")


@dataclass(slots=True)
class CutDrag:
    """One movement of the granularity slider: however many cuts it makes, they are one undo step.

    Attributes:
        image_id: The image that is cut.
        is_over: The handle was let go; the next movement is another one.
        operation_id: The cut made last, taken back before the next one. Store lane only.
        is_begun: A cut of it was asked for already.
    """

    image_id: int
    is_over: bool = False
    operation_id: int | None = None
    is_begun: bool = False


def create(
    session: Session,
    folder: Path,
    *,
    image_root: Path,
    name: str,
    label_maps: bool = False,
    prepare: Callable[[], None] | None = None,
) -> None:
    """Make a project of the images in a folder, label maps among them or not, and open it; ``prepare`` goes first."""

    def work() -> Generator[Progress, None, Project]:
        yield Progress(0, 0, "looking for images")
        if prepare is not None:
            prepare()
        find_images(image_root)
        is_ours = not folder.exists()
        project = create_project(folder, image_root=image_root, name=name)
        try:
            yield from pipeline.scan_images(project, label_maps=label_maps or None)
        except BaseException as error:
            project.close()
            if is_ours and isinstance(error, ImagesNotFoundError):
                shutil.rmtree(folder, ignore_errors=True)
            raise
        return project

    session.open_by(work, folder=folder, title=tr("Reading the images"))


def create_sample(session: Session, place: Path) -> None:
    """Copy the bundled photos into ``place``, and make a project of them beside."""
    photos = place / "photos"
    create(
        session,
        place / "project",
        image_root=photos,
        name="Sample photos",
        prepare=lambda: copy_samples(photos),
    )


def restore(session: Session, folder: Path) -> None:
    """Put the newest good backup in place, and open it."""

    def work() -> Project:
        restore_backup(folder)
        return open_project(folder)

    session.open_by(work, folder=folder, title=tr("Restoring the backup"))


def scan(session: Session, *, label_maps: bool | None = None) -> Job:
    """Look through the image folder again; label maps are taken if it is said, or if the project has some already."""
    return _long(
        session,
        Lane.DISK,
        tr("Reading the images"),
        lambda project: pipeline.scan_images(project, label_maps=label_maps),
    )


def relocate(session: Session, new_root: Path) -> Job:
    """Tell the project where its images are now; every one is checked by its hash."""
    return _long(
        session, Lane.DISK, tr("Checking the images"), lambda project: pipeline.relocate_images(project, new_root)
    )


def propose(session: Session, cache: SegmenterCache, request: ProposeRequest) -> Job:
    """Propose regions; images are shown as they are finished."""
    project = session.require()
    return session.jobs.submit(
        Lane.COMPUTE, lambda: proposing(session, project, cache, request), title=tr("Proposing regions")
    )


def undo(session: Session) -> Job:
    """Take the last operation back."""
    return session.edit(history.undo)


def redo(session: Session) -> Job:
    """Do again what was taken back."""
    return session.edit(history.redo)


def name_regions(session: Session, region_ids: Collection[int], label_id: int | None) -> Job:
    """Give regions a label; None takes their names away."""
    return session.edit(
        lambda project: review.name_regions(project, current_ids(session, project, region_ids), label_id)
    )


def name_regions_as(session: Session, region_ids: Collection[int], name: str, *, looked_at: bool | None = None) -> Job:
    """Give regions the label of that name, which is made if there is none; see `review.name_regions_as`."""
    return session.edit(
        lambda project: review.name_regions_as(
            project, current_ids(session, project, region_ids), name, looked_at=looked_at
        )
    )


def merge_regions(session: Session, region_ids: Collection[int], *, label: int | str | None = None) -> Job:
    """Make one region of several; with a label, or the name of one that is made if need be, it gets that."""

    def work(project: Project) -> OpChanges | None:
        present = current_ids(session, project, region_ids)
        if len(present) < 2:
            return None  # merged already, by a key pressed twice
        if isinstance(label, str):
            changes = review.merge_regions_as(project, present, label)
        else:
            changes = review.merge_regions(project, present, label_id=... if label is None else label)
        (survivor,) = changes.region_ids
        session.merged_into |= {gone: survivor for gone in present if gone != survivor}
        return changes

    return session.edit(work)


def recut_image(session: Session, granularity: float, *, drag: CutDrag) -> Job:
    """Cut an image's tree at another granularity, in the place of the cut the same movement made before."""

    def work(project: Project) -> OpChanges:
        before = _newest_operation(project)
        touched: frozenset[int] = frozenset()
        if drag.operation_id is not None and drag.operation_id == before:
            taken_back = history.undo(project)
            touched = taken_back.image_ids if taken_back is not None else touched
            before = _newest_operation(project)
        changes = cuts.recut_image(project, drag.image_id, granularity)
        newest = _newest_operation(project)
        drag.operation_id = newest if newest != before else None
        return replace(changes, images=changes.images or bool(touched), image_ids=changes.image_ids | touched)

    goes_on, drag.is_begun = drag.is_begun, True
    return session.edit(work, goes_on=goes_on)


def step_cut(session: Session, image_id: int, *, finer: bool) -> Job:
    """Make one region more or fewer; the job's first result is how many there are then."""

    def work(project: Project) -> tuple[int, OpChanges]:
        changes = cuts.step_cut(project, image_id, finer=finer)
        return len(queries.regions(project, image_id)), changes

    return session.edit(work)


def recut_images(session: Session, granularity: float) -> Job:
    """Cut all trees at one granularity, as one undo step; not beside a proposal, which makes trees."""
    project = session.require()

    def work() -> Generator[Progress, None, OpChanges]:
        try:
            return (yield from cuts.recut_images(project, granularity))
        finally:
            session.note_changes(project, OpChanges(images=True))

    return session.jobs.submit(Lane.COMPUTE, work, title=tr("Cutting all images"))


def split_by_tree(session: Session, region_id: int) -> Job:
    """Make the two regions of one that are below it in the tree."""
    return session.edit(lambda project: cuts.split_by_tree(project, *current_ids(session, project, [region_id])))


def merge_upwards(session: Session, region_id: int) -> Job:
    """Merge a region with what is beside it in the tree."""

    def work(project: Project) -> OpChanges:
        (present,) = current_ids(session, project, [region_id])
        found = queries.regions_by_id(project, [present])
        image_ids = {region.image_id for region in found.values()}
        before = {region.id for image_id in image_ids for region in queries.regions(project, image_id)}
        changes = cuts.merge_upwards(project, present)
        if len(changes.region_ids) == 1:
            (survivor,) = changes.region_ids
            after = {region.id for image_id in image_ids for region in queries.regions(project, image_id)}
            session.merged_into |= dict.fromkeys(before - after, survivor)
        return changes

    return session.edit(work)


def group_regions(session: Session, cache: GroupingCache, *, count: int | None, drag: ClusterDrag | None = None) -> Job:
    """Put all regions of the data set into clusters by their looks; a good number is chosen when ``count`` is None."""
    project = session.require()

    def work() -> Generator[Progress, None, ClusterReport]:
        try:
            return (yield from clustering.grouping(project, cache, count=count, drag=drag))
        finally:
            session.note_changes(project, OpChanges("Cluster regions"))

    return session.jobs.submit(Lane.COMPUTE, work, title=tr("Grouping similar regions"))


def recut_clusters(session: Session, cache: GroupingCache, *, count: int, drag: ClusterDrag) -> Job:
    """Make more or fewer clusters of the grouping that is kept."""

    def work(project: Project) -> tuple[ClusterReport, OpChanges]:
        report = clustering.recut(project, cache, count=count, drag=drag)
        return report, OpChanges("Cluster regions")  # no image looks different

    goes_on, drag.is_begun = drag.is_begun, True
    return session.edit(work, goes_on=goes_on)


def name_clusters(
    session: Session, cluster_ids: Collection[int], name: str, *, rename: bool, shown: ClusterFilter
) -> Job:
    """Name the members of clusters that are shown: the unnamed ones, or with ``rename`` all that are not rejected."""

    def work(project: Project) -> OpChanges:
        if len(cluster_ids) == 1 and not shown.narrows_members:
            (cluster_id,) = cluster_ids
            return clusters.name_cluster(project, cluster_id, name, rename=rename)
        members = queries.regions_by_id(project, read_ids(project, cluster_ids, shown))
        meant = [
            region.id
            for region in members.values()
            if region.status is not RegionStatus.REJECTED and (rename or region.label_id is None)
        ]
        changes = review.name_regions_as(project, meant, name) if meant else OpChanges()
        return replace(changes, verb="Name cluster") if changes.verb else changes

    return session.edit(work)


def merge_clusters(session: Session, cluster_ids: Collection[int]) -> Job:
    """Make one cluster of several."""
    return session.edit(lambda project: clusters.merge_clusters(project, cluster_ids))


def split_cluster(session: Session, cluster_id: int) -> Job:
    """Make two clusters of one, by the looks of its members."""
    return session.edit(lambda project: clusters.split_cluster(project, cluster_id))


def drop_members(session: Session, region_ids: Collection[int]) -> Job:
    """Take regions out of their clusters."""
    return session.edit(lambda project: clusters.drop_members(project, region_ids))


def shown_members(project: Project, cluster_ids: Collection[int], shown: ClusterFilter) -> list[int]:
    """Ids of the members of clusters that pass a filter; for a reading job."""
    return read_ids(project, cluster_ids, shown)


def suggest_names(session: Session, *, title: str) -> Job:
    """Suggest names for unnamed regions from the named ones; without a title, quietly.

    It needs no model, and so does not wait for a proposal of all images to end.
    """
    project = session.require()

    def work() -> Generator[Progress, None, SuggestReport]:

        changes = OpChanges("Suggest names", images=True)  # stopped half-way, it may have been any image
        try:
            report = yield from suggesting.suggest_for_all(project)
            changes = report.changes
            return report
        finally:
            session.note_changes(project, changes)

    return session.jobs.submit(Lane.DISK, work, title=title)


def propagate(
    session: Session, cache: SegmenterCache, config: SegmenterConfig, *, image_ids: Sequence[int] | None
) -> Job:
    """Suggest partitions of images with names, from the pixels that are named; shown as they are finished."""
    project = session.require()

    def work() -> Generator[Progress, None, SuggestReport]:

        yield Progress(0, 0, "loading the model")
        return (
            yield from telling_of_images(
                session,
                project,
                suggesting.propagate(project, config, image_ids=image_ids, segmenter=cache.get(config)),
                verb="Suggest partition",
            )
        )

    return session.jobs.submit(Lane.COMPUTE, work, title=tr("Suggesting partitions"))


def accept_suggestions(
    session: Session,
    region_ids: Collection[int] | None,
    *,
    image_id: int | None = None,
    at_least: float = 0.0,
) -> Job:
    """Give regions the names suggested for them: these regions, an image's, or all, where the machine is that sure."""
    return session.edit(
        lambda project: suggestions.accept_suggestions(
            project, region_ids=region_ids, image_id=image_id, at_least=at_least
        )
    )


def decline_suggestions(session: Session, region_ids: Collection[int]) -> Job:
    """Say that suggestions are wrong."""
    return session.edit(lambda project: suggestions.decline_suggestions(project, region_ids))


def reject_regions(session: Session, region_ids: Collection[int]) -> Job:
    """Say that regions are not worth a label."""
    return session.edit(lambda project: review.reject_regions(project, current_ids(session, project, region_ids)))


def accept_image(session: Session, image_id: int) -> Job:
    """Say that an image is done."""
    return session.edit(lambda project: review.accept_image(project, image_id))


def adopt_changed(session: Session, image_id: int) -> Job:
    """Take the new content of a file that changed; its old regions are dropped, which can be undone."""

    def work(project: Project) -> OpChanges:
        record = queries.image(project, image_id)
        info = inspect_image(project.image_root, record.path, thumbnails=project.thumbnails_dir)
        return ingest.adopt_changed(project, [image_id], [info])

    return session.edit(work)


def _newest_operation(project: Project) -> int | None:
    newest = history.operations(project, limit=1)
    return newest[0].id if newest else None


def current_ids(session: Session, project: Project, region_ids: Collection[int]) -> list[int]:
    """The regions meant: one that was merged away after the user saw it is the one it became."""
    if session.merged_into.keys().isdisjoint(region_ids):
        return list(region_ids)
    there = queries.regions_by_id(project, region_ids)
    present: dict[int, None] = {}
    for region_id in region_ids:
        seen: set[int] = set()
        while region_id not in there and region_id in session.merged_into and region_id not in seen:
            seen.add(region_id)
            region_id = session.merged_into[region_id]
            there |= queries.regions_by_id(project, [region_id])
        present[region_id] = None
    return list(present)


def _long(
    session: Session, lane: Lane, title: str, start: Callable[[Project], Generator[Progress, None, ScanReport]]
) -> Job:
    project = session.require()

    def work() -> Generator[Progress, None, ScanReport]:
        try:
            return (yield from start(project))
        finally:
            session.note_changes(project, OpChanges(images=True))

    return session.jobs.submit(lane, work, title=title)
