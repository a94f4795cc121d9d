"""Schema versions: what an open database has, and Alembic (imported only then) to bring an older one up to date.

A new version adds a module to ``versions``, its identifier to `REVISIONS`, and one to `schema.SCHEMA_VERSION`; a test
checks that migrating from nothing gives exactly the tables that `create_schema` makes.
"""

from __future__ import annotations

import enum
import functools
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.schema import CreateIndex, CreateTable

from acseg_core.store.database import SharedDialect
from acseg_core.store.schema import APPLICATION_ID, SCHEMA_VERSION, Base

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011")
"""Every revision, oldest first."""

_VERSION_TABLE = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


class SchemaState(enum.Enum):
    """How a database's schema relates to this version of the program."""

    CURRENT = enum.auto()
    OLDER = enum.auto()
    NEWER = enum.auto()
    FOREIGN = enum.auto()


def create_schema(connection: Connection) -> None:
    """Make all tables of the newest version in an empty database, without Alembic."""
    for statement in _statements():
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(_VERSION_TABLE)
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (REVISIONS[-1],))
    mark(connection)


@functools.cache
def _statements() -> tuple[str, ...]:
    """What makes our tables and indexes; SQLAlchemy would write it anew for every project, and look for each table."""
    dialect = SharedDialect()
    made: list[CreateTable | CreateIndex] = []
    for table in Base.metadata.sorted_tables:
        made.append(CreateTable(table))
        made += [CreateIndex(index) for index in sorted(table.indexes, key=lambda index: str(index.name))]
    return tuple(str(each.compile(dialect=dialect)) for each in made)


def mark(connection: Connection) -> None:
    """Write our mark and the schema version into the file's header."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def schema_state(connection: Connection) -> SchemaState:
    """Compare the schema of a database with ours."""
    tables = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())
    if not {"project", "alembic_version"} <= tables:
        return SchemaState.FOREIGN
    application = connection.exec_driver_sql("PRAGMA application_id").scalar()
    if application != APPLICATION_ID:
        return SchemaState.FOREIGN
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if version > SCHEMA_VERSION or revision not in REVISIONS:
        return SchemaState.NEWER
    return SchemaState.CURRENT if revision == REVISIONS[-1] else SchemaState.OLDER


def upgrade(connection: Connection) -> None:
    """Run the migrations that the database lacks, on a connection in a transaction and without foreign keys."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    mark(connection)
