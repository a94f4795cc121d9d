"""The tables of a project, as typed declarative classes, and the shadow tables that make them undoable.

No instance of these classes is ever made: they name columns for statements on connections, and what leaves
``store/`` are the frozen dataclasses of `acseg_core.types`.

Undo rests on three things (see `acseg_core.store.edits.recorder`):

- `ChangeRow`: one row for each value an operation changed, with the value before and after in SQLite's own type.
- ``removed_region``, ``removed_label`` and ``removed_image``: a row that an operation deleted (or whose insertion was
  undone) lives here until it comes back, whole, with id and blobs; so inserts and deletes cost no copy in `ChangeRow`.
- ids are never used twice (AUTOINCREMENT).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, Float, ForeignKey, Index, MetaData, Table, Text, false
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import UserDefinedType

APPLICATION_ID = 0x41435347
"""Number that marks the file as ours in SQLite's header: "ACSG"."""

SCHEMA_VERSION = 11
"""Number of the newest revision in ``migrations/versions``; kept in SQLite's ``user_version``."""


MODEL_KIND = "model"
"""Kind of the models that people train; the others are backbone and generator."""


def now() -> str:
    """The time as it is stored: UTC, ISO 8601, milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class AnyValue(UserDefinedType[Any]):
    """A column that keeps every SQLite value exactly as it is: BLOB affinity converts nothing."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """The column's type in DDL."""
        return "BLOB"


class Base(DeclarativeBase):
    """Common metadata; constraints have names so that later migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {str: Text(), float: Float()}  # noqa: RUF012  # SQLAlchemy reads it from the class


def _reference(target: str, *, on_delete: str | None = None) -> ForeignKey:
    """A foreign key checked when the transaction ends: undo restores rows in bulk, in no particular order."""
    return ForeignKey(target, ondelete=on_delete, deferrable=True, initially="DEFERRED")


class ProjectRow(Base):
    """The one row about the project itself."""

    __tablename__ = "project"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    image_root: Mapped[str]
    relative_root: Mapped[str | None]
    created_at: Mapped[str]
    created_with: Mapped[str]
    notes: Mapped[str] = mapped_column(server_default="")


class TreeRow(Base):
    """The concept tree of one image, as `TreeBytes` holds it; never changed, only replaced."""

    __tablename__ = "tree"

    id: Mapped[int] = mapped_column(primary_key=True)
    merges: Mapped[bytes]
    heights: Mapped[bytes]
    leaf_tokens: Mapped[bytes]
    leaf_map: Mapped[bytes]


class ImageRow(Base):
    """One image file, or a tile of a scene; undoable in status, tree, cut, comment, rendering, and being there.

    It goes for good only when its file turns out to be that of another image (`acseg_core.store.edits.moving`).
    """

    __tablename__ = "image"
    __table_args__ = (
        CheckConstraint("status IN ('new', 'proposed', 'in_review', 'done')", name="status"),
        CheckConstraint("width > 0 AND height > 0", name="size"),
        Index("ix_image_order", "sort_key", "id"),
        Index("ix_image_status", "status", "sort_key", "id"),
        Index("ix_image_scene", "scene_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(unique=True)
    sort_key: Mapped[str]
    search_key: Mapped[str]
    sha256: Mapped[str]
    file_size: Mapped[int]
    mtime_ns: Mapped[int]
    stored_width: Mapped[int]
    stored_height: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    orientation: Mapped[int]
    mode: Mapped[str]
    status: Mapped[str]
    problem: Mapped[str]
    added_at: Mapped[str]
    tree_id: Mapped[int | None] = mapped_column(_reference("tree.id"))
    granularity: Mapped[float | None]
    comment: Mapped[str] = mapped_column(server_default="")
    is_reviewed: Mapped[bool] = mapped_column(server_default=false())
    georeference: Mapped[str | None]
    rendering: Mapped[str] = mapped_column(server_default="")
    scene_id: Mapped[int | None]  # no foreign key, which SQLite cannot add to a table; rows of scenes are never deleted
    tile: Mapped[str | None]


class SceneRow(Base):
    """One raster whose tiles are images. It stays when they are removed from the project, for they may come back."""

    __tablename__ = "scene"
    __table_args__ = (CheckConstraint("width > 0 AND height > 0", name="size"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(unique=True)
    fingerprint: Mapped[str]
    sha256: Mapped[str] = mapped_column(server_default="")
    file_size: Mapped[int]
    mtime_ns: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    rows: Mapped[int]
    columns: Mapped[int]
    tile_side: Mapped[int]
    halo: Mapped[int]
    georeference: Mapped[str]
    rendering: Mapped[str] = mapped_column(server_default="")
    added_at: Mapped[str]


class SkippedRow(Base):
    """A file in the image folder that cannot be used, and why."""

    __tablename__ = "skipped"

    path: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str]


class ModelRow(Base):
    """A model file that runs refer to, or that the project has: such a one was added, and lies in its folder.

    Rows are never deleted, as runs refer to them. Of the kind "model" there is one row for each content.
    """

    __tablename__ = "model"
    __table_args__ = (Index("uq_model_identity", "kind", "name", "sha256", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    sha256: Mapped[str]
    card: Mapped[str | None]
    added_at: Mapped[str | None]


class RunRow(Base):
    """One pass of one model with one configuration; ``finished_at`` stays empty when it was cut short by a crash."""

    __tablename__ = "run"

    id: Mapped[int] = mapped_column(primary_key=True)
    backbone_id: Mapped[int] = mapped_column(_reference("model.id"))
    generator_id: Mapped[int] = mapped_column(_reference("model.id"))
    config_json: Mapped[str]
    version: Mapped[str]
    started_at: Mapped[str]
    finished_at: Mapped[str | None]
    model_id: Mapped[int | None] = mapped_column(_reference("model.id"))


class ClusterRow(Base):
    """Regions of the whole data set that look alike; made by the machine, outside the history."""

    __tablename__ = "cluster"

    id: Mapped[int] = mapped_column(primary_key=True)
    rank: Mapped[int]
    size: Mapped[int]
    centroid: Mapped[bytes | None]
    created_at: Mapped[str]


class LabelRow(Base):
    """What the user names, in the order of ``position``; ``name_key`` is the case-folded name.

    A label that is void marks pixels that no training and no score shall count. ``category_id`` is its number in COCO
    files: given once, never changed and never given again.
    """

    __tablename__ = "label"
    __table_args__ = (Index("uq_label_category_id", "category_id", unique=True), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(unique=True)
    color: Mapped[str]
    hotkey: Mapped[str | None]
    supercategory: Mapped[str]
    is_thing: Mapped[bool]
    position: Mapped[int] = mapped_column(server_default="0")
    is_void: Mapped[bool] = mapped_column(server_default=false())
    category_id: Mapped[int] = mapped_column(server_default="0")


class RegionRow(Base):
    """The pixels of one concept in one image. The blobs come late, so that reading what is before passes them by.

    Columns that may be added to a table are always its last, so a new one that belongs before the blobs needs the table
    made anew (see ``r0005_origin_and_verdict``). ``is_together`` is read with the pixels only.
    """

    __tablename__ = "region"
    __table_args__ = (
        CheckConstraint("status IN ('proposed', 'suggested', 'accepted', 'rejected')", name="status"),
        CheckConstraint("origin IN ('cut', 'drawn', 'predicted', 'imported')", name="origin"),
        CheckConstraint("(node IS NOT NULL) = (origin = 'cut')", name="node"),
        CheckConstraint("verdict IN ('none', 'declined', 'confirmed')", name="verdict"),
        CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence"),
        # These answer counts by image, by label and by status without touching the rows and their blobs.
        Index("ix_region_image", "image_id", "status", "label_id", "suggestion_id", "confidence"),
        Index("ix_region_label", "label_id", "image_id", "area"),
        Index("ix_region_suggestion", "suggestion_id"),
        Index("ix_region_cluster", "cluster_id"),
        Index("ix_region_run", "run_id", "image_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    image_id: Mapped[int] = mapped_column(_reference("image.id"))
    run_id: Mapped[int | None] = mapped_column(_reference("run.id"))
    node: Mapped[int | None]
    origin: Mapped[str]
    status: Mapped[str]
    label_id: Mapped[int | None] = mapped_column(_reference("label.id"))
    suggestion_id: Mapped[int | None] = mapped_column(_reference("label.id", on_delete="SET NULL"))
    confidence: Mapped[float | None]
    verdict: Mapped[str] = mapped_column(server_default="none")
    cluster_id: Mapped[int | None] = mapped_column(_reference("cluster.id", on_delete="SET NULL"))
    area: Mapped[int]
    box_x: Mapped[float]
    box_y: Mapped[float]
    box_width: Mapped[float]
    box_height: Mapped[float]
    descriptor: Mapped[bytes | None]
    counts: Mapped[bytes]
    is_together: Mapped[bool] = mapped_column(server_default=false())


class OperationRow(Base):
    """One undoable user step. Those undone are always the newest; they are what redo brings back."""

    __tablename__ = "operation"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    verb: Mapped[str]
    run_id: Mapped[int | None] = mapped_column(_reference("run.id"))
    created_at: Mapped[str]
    undone: Mapped[bool]


class ChangeRow(Base):
    """One value an operation changed. The field `EXISTS` means the row itself: 0 absent, 1 there."""

    __tablename__ = "change"
    __table_args__ = ({"sqlite_with_rowid": False},)

    operation_id: Mapped[int] = mapped_column(_reference("operation.id", on_delete="CASCADE"), primary_key=True)
    entity: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[int] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    before: Mapped[Any] = mapped_column(AnyValue(), nullable=True)
    after: Mapped[Any] = mapped_column(AnyValue(), nullable=True)


class TimingRow(Base):
    """How long somebody worked on something, in how many actions: what the effort statistics are made from.

    The image may have been removed since: the work was done.
    """

    __tablename__ = "timing"
    __table_args__ = (Index("ix_timing_image", "image_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    image_id: Mapped[int | None]
    activity: Mapped[str]
    started_at: Mapped[str]
    seconds: Mapped[float]
    actions: Mapped[int] = mapped_column(server_default="0")


class SettingRow(Base):
    """A choice that belongs to the project, not to the person: JSON by name; outside the history."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


EXISTS = "(row)"
"""Field of a change that means the whole row; no column can be called so."""


HISTORY, TRIMMED = "history", "(trimmed)"
"""Entity and field of the one change by which an operation is known that can no longer be undone."""

TOUCHED = "(touched)"
"""Field of a change of an image that is left of changes of its regions, when those were dropped."""


def _removed(table: Table) -> Table:
    """The shadow of ``table`` that keeps its deleted rows: the same columns, no constraint but the key."""
    columns = [
        Column(c.name, c.type, primary_key=c.primary_key, nullable=c.nullable, server_default=c.server_default)
        for c in table.columns
    ]
    return Table(f"removed_{table.name}", Base.metadata, *columns)


IMAGE: Table = Base.metadata.tables["image"]
LABEL: Table = Base.metadata.tables["label"]
TREE: Table = Base.metadata.tables["tree"]
REGION: Table = Base.metadata.tables["region"]
MODEL: Table = Base.metadata.tables["model"]
RUN: Table = Base.metadata.tables["run"]
OPERATION: Table = Base.metadata.tables["operation"]
CHANGE: Table = Base.metadata.tables["change"]

UNDOABLE: dict[str, Table] = {table.name: table for table in (LABEL, IMAGE, REGION)}
"""Tables whose edits are recorded, parents first."""

REMOVED: dict[str, Table] = {table.name: _removed(table) for table in (LABEL, IMAGE, REGION)}
"""Tables that keep the deleted rows of others, by the names of these."""

Index("ix_removed_region_image", REMOVED["region"].c.image_id)
