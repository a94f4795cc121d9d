"""Concept trees: a table of them, and for every image which one it has and where that is cut.

Images proposed before have none until they are proposed again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_KEPT = (
    "id, path, sort_key, search_key, sha256, file_size, mtime_ns, stored_width, stored_height, width, height, "
    "orientation, mode, status, problem, added_at"
)


def upgrade() -> None:
    """Make the table of trees, and the image table anew: SQLite cannot add a named foreign key to one that exists."""
    op.create_table(
        "tree",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("merges", sa.LargeBinary(), nullable=False),
        sa.Column("heights", sa.LargeBinary(), nullable=False),
        sa.Column("leaf_tokens", sa.LargeBinary(), nullable=False),
        sa.Column("leaf_map", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tree")),
    )
    op.create_table(
        "image_with_tree",
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
        sa.CheckConstraint("status IN ('new', 'proposed', 'in_review', 'done')", name=op.f("ck_image_status")),
        sa.CheckConstraint("width > 0 AND height > 0", name=op.f("ck_image_size")),
        sa.ForeignKeyConstraint(
            ["tree_id"], ["tree.id"], name=op.f("fk_image_tree_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_image")),
        sa.UniqueConstraint("path", name=op.f("uq_image_path")),
        sqlite_autoincrement=True,
    )
    op.execute(f"INSERT INTO image_with_tree ({_KEPT}) SELECT {_KEPT} FROM image")
    op.drop_table("image")
    op.rename_table("image_with_tree", "image")
    op.create_index("ix_image_order", "image", ["sort_key", "id"], unique=False)
    op.create_index("ix_image_status", "image", ["status", "sort_key", "id"], unique=False)
    op.drop_index("ix_region_image", "region")  # it now answers how many regions have a suggestion, too
    op.create_index("ix_region_image", "region", ["image_id", "status", "label_id", "suggestion_id"], unique=False)
