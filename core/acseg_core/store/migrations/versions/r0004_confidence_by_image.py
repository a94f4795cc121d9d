"""The index of regions by image also says how sure suggestions are: images are sought and sorted by it."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the index anew."""
    op.drop_index("ix_region_image", "region")
    op.create_index(
        "ix_region_image", "region", ["image_id", "status", "label_id", "suggestion_id", "confidence"], unique=False
    )
