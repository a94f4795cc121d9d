"""Everything that is read from a project. Each call sees one state of the database."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Select, case, func, select, tuple_

from acseg_core.errors import EditError
from acseg_core.store.database import among
from acseg_core.store.labels import find_label
from acseg_core.store.project import Project
from acseg_core.store.records import (
    OFFERED,
    folded,
    image_record,
    label_record,
    region_record,
    select_images,
    select_labels,
    select_regions,
)
from acseg_core.store.schema import IMAGE, LABEL, OPERATION, REGION, ModelRow, ProjectRow, RunRow, SkippedRow
from acseg_core.types import (
    ImageRecord,
    ImageStatus,
    Label,
    LabelUsage,
    ProjectSummary,
    Region,
    RegionStatus,
    RunInfo,
    SkippedFile,
)

_PAGE = 64
"""Images whose regions are read at once when all are walked through."""


def images(
    project: Project,
    *,
    offset: int = 0,
    limit: int | None = None,
    status: ImageStatus | None = None,
    search: str = "",
) -> list[ImageRecord]:
    """A page of the images in display order, narrowed down by status and by a part of the path (case ignored)."""
    statement = _in_order(_narrowed(select_images(), status=status, search=search))
    statement = statement.limit(-1 if limit is None else limit).offset(offset)
    with project.read() as connection:
        return [image_record(row) for row in connection.execute(statement)]


def image(project: Project, image_id: int) -> ImageRecord:
    """One image.

    Raises:
        EditError: There is no such image.
    """
    with project.read() as connection:
        row = connection.execute(select_images().where(IMAGE.c.id == image_id)).one_or_none()
    if row is None:
        raise EditError(f"image {image_id} is not in the project")
    return image_record(row)


def image_by_path(project: Project, path: str) -> ImageRecord | None:
    """The image of that path relative to the image root, or None."""
    with project.read() as connection:
        row = connection.execute(select_images().where(IMAGE.c.path == path)).one_or_none()
    return None if row is None else image_record(row)


def image_ids(project: Project, *, status: ImageStatus | None = None, search: str = "") -> list[int]:
    """Images in display order, narrowed down like `images`."""
    with project.read() as connection:
        statement = _in_order(_narrowed(select(IMAGE.c.id), status=status, search=search))
        return list(connection.execute(statement).scalars())


def unproposed_images(project: Project) -> list[int]:
    """Images without proposals whose files can be used, in display order."""
    statement = select(IMAGE.c.id).where(IMAGE.c.status == ImageStatus.NEW.value, IMAGE.c.problem == "")
    with project.read() as connection:
        return list(connection.execute(_in_order(statement)).scalars())


def next_image(project: Project, after_id: int, *, not_done: bool, backwards: bool = False) -> int | None:
    """The image after (or before) another in display order, or None at the end.

    Args:
        project: Open.
        after_id: Where to start.
        not_done: Pass by images that are done, and those whose files cannot be used.
        backwards: Go to the previous one.
    """
    place = tuple_(IMAGE.c.sort_key, IMAGE.c.id)
    here = select(IMAGE.c.sort_key, IMAGE.c.id).where(IMAGE.c.id == after_id)
    with project.read() as connection:
        start = connection.execute(here).one_or_none()
        if start is None:
            return None
        border = tuple_(start.sort_key, start.id)
        statement = select(IMAGE.c.id).where(place < border if backwards else place > border)
        if not_done:
            statement = statement.where(IMAGE.c.status != ImageStatus.DONE.value, IMAGE.c.problem == "")
        return connection.execute(_in_order(statement, backwards=backwards).limit(1)).scalar()


def regions(project: Project, image_id: int) -> list[Region]:
    """The regions of an image, largest first."""
    with project.read() as connection:
        return _regions(connection, REGION.c.image_id == image_id)


def regions_by_id(project: Project, region_ids: Collection[int]) -> dict[int, Region]:
    """Regions by id; those that are gone are left out."""
    with project.read() as connection:
        found = {region.id: region for region in _regions(connection, REGION.c.id.in_(among(region_ids)))}
    return {id_: found[id_] for id_ in region_ids if id_ in found}


def label_regions(project: Project, label_id: int) -> list[int]:
    """Ids of the regions that have a label."""
    return _region_ids(project, REGION.c.label_id == label_id)


def cluster_regions(project: Project, cluster_id: int) -> list[int]:
    """Ids of the regions in a cluster."""
    return _region_ids(project, REGION.c.cluster_id == cluster_id)


def image_regions(
    project: Project, image_ids: Collection[int] | None = None
) -> Iterator[tuple[ImageRecord, list[Region]]]:
    """All images, or some, in display order with their regions, largest first.

    They are read as you go, from one state of the database.
    """
    wanted = select(IMAGE.c.id)
    if image_ids is not None:
        wanted = wanted.where(IMAGE.c.id.in_(among(image_ids)))
    with project.read() as connection:
        ids = connection.execute(_in_order(wanted)).scalars().all()
        for page in _pages(ids):
            rows = connection.execute(_in_order(select_images().where(IMAGE.c.id.in_(among(page)))))
            records = [image_record(row) for row in rows]
            theirs: dict[int, list[Region]] = {id_: [] for id_ in page}
            for region in _regions(connection, REGION.c.image_id.in_(among(page))):
                theirs[region.image_id].append(region)
            for record in records:
                yield record, theirs[record.id]


def region_counts(project: Project, image_ids: Iterable[int] | None = None) -> dict[int, tuple[int, int]]:
    """How many regions images have, and how many of them are named; images without regions are left out."""
    statement = select(REGION.c.image_id, func.count(), func.count(REGION.c.label_id)).group_by(REGION.c.image_id)
    if image_ids is not None:
        statement = statement.where(REGION.c.image_id.in_(among(image_ids)))
    with project.read() as connection:
        return {id_: (count, named) for id_, count, named in connection.execute(statement)}


def images_of_regions(project: Project, region_ids: Collection[int]) -> set[int]:
    """The images that some regions are in."""
    statement = select(REGION.c.image_id).where(REGION.c.id.in_(among(region_ids))).distinct()
    with project.read() as connection:
        return set(connection.execute(statement).scalars())


def region_areas(project: Project) -> dict[int, dict[int, int]]:
    """The area of every region, by image and region; images without regions are left out."""
    found: dict[int, dict[int, int]] = {}
    with project.read() as connection:
        for image_id, id_, area in connection.execute(select(REGION.c.image_id, REGION.c.id, REGION.c.area)):
            found.setdefault(image_id, {})[id_] = area
    return found


def descriptors(project: Project, image_id: int) -> dict[int, NDArray[np.float16]]:
    """The (D,) float16 L2-normalised descriptors of an image's regions, by region."""
    statement = select(REGION.c.id, REGION.c.descriptor).where(
        REGION.c.image_id == image_id, REGION.c.descriptor.is_not(None)
    )
    with project.read() as connection:
        return {id_: np.frombuffer(blob, "<f2") for id_, blob in connection.execute(statement)}


def suggestion_confidences(project: Project) -> NDArray[np.float32]:
    """(n,) float32 in 0..1, how sure the machine is of each name that `accept_suggestions` would give in all images."""
    done = select(IMAGE.c.id).where(IMAGE.c.status == ImageStatus.DONE.value)
    statement = select(REGION.c.confidence).where(
        OFFERED, REGION.c.confidence.is_not(None), REGION.c.image_id.not_in(done)
    )
    with project.read() as connection:
        return np.array(connection.execute(statement).scalars().all(), np.float32)


def labels(project: Project) -> list[Label]:
    """All labels, oldest first."""
    with project.read() as connection:
        return [label_record(row) for row in connection.execute(select_labels())]


def label_called(project: Project, name: str) -> Label | None:
    """The label of that name, case and ways to write an accent ignored.

    Raises:
        EditError: The name is empty, or holds what cannot be written.
    """
    with project.read() as connection:
        return find_label(connection, name)


def label_usage(project: Project) -> dict[int, LabelUsage]:
    """How often each label is used; every label is in it."""
    counted = select(REGION.c.label_id, func.count(), func.count(REGION.c.image_id.distinct()), func.sum(REGION.c.area))
    with project.read() as connection:
        usage = {id_: LabelUsage(0, 0, 0) for id_ in connection.execute(select(LABEL.c.id)).scalars()}
        rows = connection.execute(counted.where(REGION.c.label_id.is_not(None)).group_by(REGION.c.label_id))
        return usage | {id_: LabelUsage(*numbers) for id_, *numbers in rows}


def summary(project: Project) -> ProjectSummary:
    """The project in numbers."""
    with project.read() as connection:
        by_image = _count_by(connection, IMAGE.c.status, [status.value for status in ImageStatus])
        by_region = _regions_by_status(connection)
        named = select(func.count()).select_from(REGION).where(REGION.c.label_id.is_not(None))
        with_problem = select(func.count()).select_from(IMAGE).where(IMAGE.c.problem != "")
        skipped = select(SkippedRow.path, SkippedRow.reason).order_by(SkippedRow.path)
        return ProjectSummary(
            name=connection.execute(select(ProjectRow.name)).scalar_one(),
            image_root=str(project.image_root),
            images=sum(by_image.values()),
            images_by_status=by_image,
            images_with_problem=connection.execute(with_problem).scalar_one(),
            regions=sum(by_region.values()),
            regions_by_status=by_region,
            regions_named=connection.execute(named).scalar_one(),
            labels=connection.execute(select(func.count()).select_from(LABEL)).scalar_one(),
            skipped=tuple(SkippedFile(*row) for row in connection.execute(skipped)),
            last_run=_last_run(connection),
        )


def _narrowed(
    statement: Select[*tuple[Any, ...]], *, status: ImageStatus | None, search: str
) -> Select[*tuple[Any, ...]]:
    if status is not None:
        statement = statement.where(IMAGE.c.status == ImageStatus(status).value)
    if search:
        statement = statement.where(IMAGE.c.search_key.contains(folded(search), autoescape=True))
    return statement


def _in_order(statement: Select[*tuple[Any, ...]], *, backwards: bool = False) -> Select[*tuple[Any, ...]]:
    if backwards:
        return statement.order_by(IMAGE.c.sort_key.desc(), IMAGE.c.id.desc())
    return statement.order_by(IMAGE.c.sort_key, IMAGE.c.id)


def _regions(connection: Connection, condition: ColumnElement[bool]) -> list[Region]:
    rows = connection.execute(select_regions().where(condition).order_by(REGION.c.area.desc(), REGION.c.id))
    return [region_record(row) for row in rows]


def _region_ids(project: Project, condition: ColumnElement[bool]) -> list[int]:
    with project.read() as connection:
        return list(connection.execute(select(REGION.c.id).where(condition).order_by(REGION.c.id)).scalars())


def _pages(ids: Iterable[int]) -> Iterator[tuple[int, ...]]:
    walking = iter(ids)
    while page := tuple(itertools.islice(walking, _PAGE)):
        yield page


def _count_by(connection: Connection, column: ColumnElement[str], values: Iterable[str]) -> dict[str, int]:
    counted = {row[0]: row[1] for row in connection.execute(select(column, func.count()).group_by(column))}
    return {value: counted.get(value, 0) for value in values}


def _regions_by_status(connection: Connection) -> dict[str, int]:
    """Counts by what regions count as; those with a suggestion on offer are not proposed any more."""
    offered = func.sum(case((OFFERED, 1), else_=0))
    counted = connection.execute(select(REGION.c.status, func.count(), offered).group_by(REGION.c.status)).all()
    counts = dict.fromkeys((status.value for status in RegionStatus), 0)
    for status, count, suggested in counted:
        is_undecided = status in (RegionStatus.PROPOSED, RegionStatus.SUGGESTED)
        counts[RegionStatus.PROPOSED.value if is_undecided else status] += count - suggested
        counts[RegionStatus.SUGGESTED.value] += suggested
    return counts


def _last_run(connection: Connection) -> RunInfo | None:
    """The newest run whose proposals are there (not undone)."""
    backbone, generator = ModelRow.__table__.alias("backbone"), ModelRow.__table__.alias("generator")
    statement = (
        select(
            backbone.c.name,
            backbone.c.sha256,
            generator.c.name,
            generator.c.sha256,
            RunRow.config_json,
            RunRow.version,
        )
        .join(OPERATION, OPERATION.c.run_id == RunRow.id)
        .join(backbone, backbone.c.id == RunRow.backbone_id)
        .join(generator, generator.c.id == RunRow.generator_id)
        .where(~OPERATION.c.undone)
        .order_by(OPERATION.c.id.desc())
        .limit(1)
    )
    row = connection.execute(statement).one_or_none()
    return None if row is None else RunInfo(*row)
