"""Regions whose parts a person said belong together: one thing, however many pieces of it are seen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the column, as the tables' last: it is read with the pixels only, and no row needs to be written anew."""
    for table in ("region", "removed_region"):
        op.add_column(table, sa.Column("is_together", sa.Boolean(), nullable=False, server_default=sa.false()))
