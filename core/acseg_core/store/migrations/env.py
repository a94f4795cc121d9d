"""Alembic's entry: runs the migrations on the connection that `acseg_core.store.migrations.upgrade` hands over."""

from __future__ import annotations

from alembic import context

from acseg_core.store.schema import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes tables by copying them
    transactional_ddl=True,
)
context.run_migrations()
