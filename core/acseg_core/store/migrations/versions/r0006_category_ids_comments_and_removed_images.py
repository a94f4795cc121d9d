"""Category ids that stay with their label, comments and reviews of images, images that can be removed, settings.

Until then a label's category id in COCO files was its place among the labels that are not void. That number is what it
keeps from now on; void and deleted labels get numbers after those.

An image that is removed goes to ``removed_image``, as a deleted region goes to ``removed_region``. The times worked on
it stay, so ``timing`` no longer demands that its image be there.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_IMAGE = (
    "id, path, sort_key, search_key, sha256, file_size, mtime_ns, stored_width, stored_height, width, height, "
    "orientation, mode, status, problem, added_at, tree_id, granularity"
)
_TIMING = "id, image_id, activity, started_at, seconds, actions"


def upgrade() -> None:
    """Make the tables anew, so that their columns stand before their constraints; ids are still never used twice."""
    last_ids = {table: _last_id(table) for table in ("label", "image")}
    _number_labels()
    _make_images()
    _make_timings()
    op.create_table(
        "setting",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )
    for table, last_id in last_ids.items():
        _use_no_id_twice(table, last_id)


def _number_labels() -> None:
    for name, arguments in (("label", {"sqlite_autoincrement": True}), ("removed_label", {})):
        with op.batch_alter_table(name, recreate="always", table_kwargs=arguments) as batch:
            batch.add_column(sa.Column("category_id", sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE label SET category_id = ranked.number FROM "
        "(SELECT id, row_number() OVER (ORDER BY is_void, position, id) AS number FROM label) AS ranked "
        "WHERE ranked.id = label.id"
    )
    op.execute(
        "UPDATE removed_label SET category_id = ranked.number FROM "
        "(SELECT id, (SELECT count(*) FROM label) + row_number() OVER (ORDER BY id) AS number FROM removed_label) "
        "AS ranked WHERE ranked.id = removed_label.id"
    )
    op.create_index("uq_label_category_id", "label", ["category_id"], unique=True)


def _make_images() -> None:
    op.create_table(
        "image_with_comment",
        *_image_columns(),
        sa.CheckConstraint("status IN ('new', 'proposed', 'in_review', 'done')", name=op.f("ck_image_status")),
        sa.CheckConstraint("width > 0 AND height > 0", name=op.f("ck_image_size")),
        sa.ForeignKeyConstraint(
            ["tree_id"], ["tree.id"], name=op.f("fk_image_tree_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_image")),
        sa.UniqueConstraint("path", name=op.f("uq_image_path")),
        sqlite_autoincrement=True,
    )
    op.execute(f"INSERT INTO image_with_comment ({_IMAGE}) SELECT {_IMAGE} FROM image")
    op.drop_table("image")
    op.rename_table("image_with_comment", "image")
    op.create_index("ix_image_order", "image", ["sort_key", "id"], unique=False)
    op.create_index("ix_image_status", "image", ["status", "sort_key", "id"], unique=False)
    op.create_table("removed_image", *_image_columns(), sa.PrimaryKeyConstraint("id", name=op.f("pk_removed_image")))


def _image_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("file_size", sa.Integer(), nullable=False),
        sa.Column("mtime_ns", sa.Integer(), nullable=False),
        sa.Column("stored_width", sa.Integer(), nullable=False),
        sa.Column("stored_height", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("orientation", sa.Integer(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("tree_id", sa.Integer(), nullable=True),
        sa.Column("granularity", sa.Float(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False, server_default=""),
        sa.Column("is_reviewed", sa.Boolean(), nullable=False, server_default=sa.false()),
    ]


def _make_timings() -> None:
    op.create_table(
        "timing_of_any_image",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("image_id", sa.Integer(), nullable=True),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("actions", sa.Integer(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timing")),
    )
    op.execute(f"INSERT INTO timing_of_any_image ({_TIMING}) SELECT {_TIMING} FROM timing")
    op.drop_table("timing")
    op.rename_table("timing_of_any_image", "timing")
    op.create_index("ix_timing_image", "timing", ["image_id"], unique=False)


def _last_id(table: str) -> int:
    found = op.get_bind().exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).scalar()
    return int(found or 0)


def _use_no_id_twice(table: str, last_id: int) -> None:
    op.execute(f"DELETE FROM sqlite_sequence WHERE name = '{table}'")
    op.execute(f"INSERT INTO sqlite_sequence (name, seq) VALUES ('{table}', {last_id})")
