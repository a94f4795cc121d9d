"""Where images lie on a map. It is not read here: the next scan looks, at those too whose files have not changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the column, as the tables' last; empty means that nobody has looked yet."""
    for table in ("image", "removed_image"):
        op.add_column(table, sa.Column("georeference", sa.Text(), nullable=True))
