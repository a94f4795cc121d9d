"""Scenes, whose tiles are images; and which bands of an image are shown, and how."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the table, and the columns as the tables' last; no image of an older project is a tile."""
    op.create_table(
        "scene",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False, server_default=""),
        sa.Column("file_size", sa.Integer(), nullable=False),
        sa.Column("mtime_ns", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("columns", sa.Integer(), nullable=False),
        sa.Column("tile_side", sa.Integer(), nullable=False),
        sa.Column("halo", sa.Integer(), nullable=False),
        sa.Column("georeference", sa.Text(), nullable=False),
        sa.Column("rendering", sa.Text(), nullable=False, server_default=""),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.CheckConstraint("width > 0 AND height > 0", name=op.f("ck_scene_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scene")),
        sa.UniqueConstraint("path", name=op.f("uq_scene_path")),
    )
    for table in ("image", "removed_image"):
        op.add_column(table, sa.Column("rendering", sa.Text(), nullable=False, server_default=""))
        op.add_column(table, sa.Column("scene_id", sa.Integer(), nullable=True))
        op.add_column(table, sa.Column("tile", sa.Text(), nullable=True))
    op.create_index("ix_image_scene", "image", ["scene_id"], unique=False)
