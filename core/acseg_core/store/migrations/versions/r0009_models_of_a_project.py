"""Models that a project has: their cards, when they were added, and which of them made a run.

Runs of before were all made by the bundled model, or by a generator file that they name.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_RUN = "id, backbone_id, generator_id, config_json, version, started_at, finished_at"


def upgrade() -> None:
    """Add the columns; the table of runs is made anew: SQLite cannot add a named foreign key to one that exists."""
    op.add_column("model", sa.Column("card", sa.Text(), nullable=True))
    op.add_column("model", sa.Column("added_at", sa.Text(), nullable=True))
    op.create_table(
        "run_of_model",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("backbone_id", sa.Integer(), nullable=False),
        sa.Column("generator_id", sa.Integer(), nullable=False),
        sa.Column("config_json", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("finished_at", sa.Text(), nullable=True),
        sa.Column("model_id", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], ["model.id"], name=op.f(f"fk_run_{column}"), initially="DEFERRED", deferrable=True
            )
            for column in ("backbone_id", "generator_id", "model_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    op.execute(f"INSERT INTO run_of_model ({_RUN}) SELECT {_RUN} FROM run")
    op.drop_table("run")
    op.rename_table("run_of_model", "run")
    op.create_index("ix_region_run", "region", ["run_id", "image_id"], unique=False)
