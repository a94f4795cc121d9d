"""The project in numbers: images and regions by status, labels, skipped files, the last run."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, case, func, select

from acseg_core.store.project import Project
from acseg_core.store.queries.default_granularity import default_granularity
from acseg_core.store.schema import IMAGE, LABEL, OPERATION, REGION, ModelRow, ProjectRow, RunRow, SceneRow, SkippedRow
from acseg_core.store.statuses import NAMED, OFFERED, USABLE
from acseg_core.types import (
    ImageStatus,
    ProjectSummary,
    RegionStatus,
    RunInfo,
    SkippedFile,
)


def summary(project: Project) -> ProjectSummary:
    """The project in numbers."""
    granularity = default_granularity(project)
    with project.read() as connection:
        by_image = _count_by(connection, IMAGE.c.status, [status.value for status in ImageStatus])
        by_region = _regions_by_status(connection)
        named = select(func.count()).select_from(REGION).where(NAMED)
        with_problem = select(func.count()).select_from(IMAGE).where(~USABLE)
        tiles = select(func.count()).select_from(IMAGE).where(IMAGE.c.tile.is_not(None))
        hashed = func.count().filter(SceneRow.sha256 != "")
        scenes = connection.execute(select(func.count(), hashed).select_from(SceneRow)).one()
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
            default_granularity=granularity,
            skipped=tuple(SkippedFile(*row) for row in connection.execute(skipped)),
            last_run=_last_run(connection),
            scenes=scenes[0],
            scenes_hashed=scenes[1],
            tiles=connection.execute(tiles).scalar_one(),
        )


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
    backbone, generator, model = (ModelRow.__table__.alias(name) for name in ("backbone", "generator", "model_used"))
    statement = (
        select(
            backbone.c.name,
            backbone.c.sha256,
            generator.c.name,
            generator.c.sha256,
            RunRow.config_json,
            RunRow.version,
            func.coalesce(model.c.name, ""),
            func.coalesce(model.c.sha256, ""),
        )
        .join(OPERATION, OPERATION.c.run_id == RunRow.id)
        .join(backbone, backbone.c.id == RunRow.backbone_id)
        .join(generator, generator.c.id == RunRow.generator_id)
        .outerjoin(model, model.c.id == RunRow.model_id)
        .where(~OPERATION.c.undone)
        .order_by(OPERATION.c.id.desc())
        .limit(1)
    )
    row = connection.execute(statement).one_or_none()
    return None if row is None else RunInfo(*row)
