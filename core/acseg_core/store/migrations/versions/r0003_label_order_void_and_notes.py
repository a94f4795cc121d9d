"""The order of labels and which of them mean "ignore", notes about the project, and actions beside the time taken.

Labels keep the order in which they were made.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns; the tables are made anew, so that their columns stand before their constraints."""
    for name, arguments in (("label", {"sqlite_autoincrement": True}), ("removed_label", {})):
        with op.batch_alter_table(name, recreate="always", table_kwargs=arguments) as batch:
            batch.add_column(sa.Column("position", sa.Integer(), nullable=False, server_default="0"))
            batch.add_column(sa.Column("is_void", sa.Boolean(), nullable=False, server_default=sa.false()))
        op.execute(f"UPDATE {name} SET position = id")
    with op.batch_alter_table("project", recreate="always") as batch:
        batch.add_column(sa.Column("notes", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("timing", recreate="always") as batch:
        batch.add_column(sa.Column("actions", sa.Integer(), nullable=False, server_default="0"))
