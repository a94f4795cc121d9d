"""Whether a database is sound: SQLite's own checks, references that lead nowhere, and things in it that are not ours.

The functions take the method of a connection that runs one statement, of SQLite's driver or of SQLAlchemy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

_SHOWN = 60
"""Characters of a name out of a strange file that are shown."""


class Rows(Protocol):
    """What a statement gave."""

    def fetchone(self) -> Any:
        """The next row, or None."""

    def fetchall(self) -> Any:
        """All rows that are left."""


Execute = Callable[[str], Rows]


def fault(execute: Execute) -> str | None:
    """The first thing that is wrong with the pages, the indexes or the references, or None; reads the whole file."""
    found = str(execute("PRAGMA integrity_check(1)").fetchone()[0])
    if found != "ok":
        return " ".join(found.split())
    dangling = execute("PRAGMA foreign_key_check").fetchone()
    return None if dangling is None else f"a row of {dangling[0]} refers to a row of {dangling[2]} that is not there"


def foreign_object(execute: Execute) -> str | None:
    """Something in the schema that no version of this program makes and that acts by itself, or None.

    A trigger would change what it likes at the next edit, a view or a generated column show what is not there. Strange
    tables and plain indexes do nothing.
    """
    for kind, name in execute("SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchall():
        return _finding(kind, name)
    for name, sql in execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall():
        if str(sql).upper().startswith("CREATE VIRTUAL"):
            return _finding("virtual table", name)
        if any(hidden for *_, hidden in execute(f"PRAGMA table_xinfo({_quoted(name)})").fetchall()):
            return _finding("generated column in the table", name)
    for (name,) in execute("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall():
        if any(column == _EXPRESSION for _, column, *_ in execute(f"PRAGMA index_xinfo({_quoted(name)})").fetchall()):
            return _finding("computed index", name)
    return None


_EXPRESSION = -2
"""Number of the column of an index that is computed."""


def _finding(kind: str, name: str) -> str:
    shown = name if len(name) <= _SHOWN else f"{name[:_SHOWN]}..."
    return f"it holds a {kind} that this program did not make, {shown!a}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
