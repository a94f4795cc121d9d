"""Databases with one bad page: they open, and what is read from them first fails."""

import contextlib
import sqlite3
from pathlib import Path


def damage_table(database: Path, table: str) -> None:
    """Overwrite the first page of a table in a database that nobody has open."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with database.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
