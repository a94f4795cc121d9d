"""Where regions come from and what people said of their names, in columns of their own: ``origin`` and ``verdict``.

Until then ``node`` and ``confidence`` said so, too: no node meant that a person made the region, node -1 that it was
predicted; a confidence of zero meant a declined suggestion where there was no name, and a confirmed name where there
was one.

The table ``region`` is made anew rather than added to: SQLite puts an added column last, behind the blobs, and reading
it would mean reading through these. It is one statement that streams. With a history of half a million changes of
names, 100,000 regions took a minute on a busy machine, and 140 MB of memory.

The history is converted with it, so that undo and redo of what was recorded before lead to the states they led to:

- Nodes mean the same wherever they are: their changes are converted by statements.
- What a confidence of zero means follows from the label beside it. For the regions that ever had one, both are worked
  out operation by operation: from the row as it is now back through the operations that are done, and on through those
  that are undone. An operation may change the meaning without changing the confidence: a region whose suggestion was
  declined is named, and declined becomes confirmed.

No suggestion has a probability of zero: the least that was ever suggested is 0.2. Where a suggestion stands beside a
zero, it was made while something was undone, and redoing that did not know of it: the verdict holds.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_AT_ONCE = 1000
"""Changes written by one call."""

_ORIGIN = "CASE WHEN {0} IS NULL THEN 'drawn' WHEN {0} < 0 THEN 'predicted' ELSE 'cut' END"
_NODE = "CASE WHEN {0} >= 0 THEN {0} END"

_IS_DECLINED = "(label_id IS NULL AND confidence IS 0.0)"
_VERDICT = f"CASE WHEN {_IS_DECLINED} THEN 'declined' WHEN confidence = 0 THEN 'confirmed' ELSE 'none' END"
_CONFIDENCE = "CASE WHEN suggestion_id IS NOT NULL AND confidence > 0 THEN min(confidence, 1) END"
_SUGGESTION = f"CASE WHEN NOT {_IS_DECLINED} THEN suggestion_id END"

_COLUMNS = (
    "id, image_id, run_id, node, origin, status, label_id, suggestion_id, confidence, verdict, cluster_id, area, "
    "box_x, box_y, box_width, box_height, descriptor, counts"
)
_CONVERTED = (
    f"id, image_id, run_id, {_NODE.format('node')}, {_ORIGIN.format('node')}, status, label_id, "
    f"{_SUGGESTION}, {_CONFIDENCE}, {_VERDICT}, cluster_id, area, box_x, box_y, box_width, box_height, descriptor, "
    "counts"
)


def upgrade() -> None:
    """Convert the history while the rows are still as it knows them; then make the tables anew."""
    _convert_nodes()
    _convert_confidences()
    last_ids = {table: _last_id(table) for table in ("region", "label")}
    _make_table_of_removed_regions()
    _make_table_of_regions()
    for table, last_id in last_ids.items():
        _use_no_id_twice(table, last_id)


def _convert_nodes() -> None:
    """Split changes of nodes into those of nodes and those of origins."""
    mine = "entity = 'region' AND field = 'node'"
    before, after = _ORIGIN.format('"before"'), _ORIGIN.format('"after"')
    op.execute(
        'INSERT INTO change (operation_id, entity, row_id, field, "before", "after") '
        f"SELECT operation_id, entity, row_id, 'origin', {before}, {after} FROM change "
        f"WHERE {mine} AND {before} <> {after}"
    )
    op.execute(f'UPDATE change SET "before" = NULL WHERE {mine} AND "before" < 0')
    op.execute(f'UPDATE change SET "after" = NULL WHERE {mine} AND "after" < 0')
    op.execute(f'DELETE FROM change WHERE {mine} AND "before" IS "after"')


class _State(NamedTuple):
    """What a confidence of zero means follows from the label."""

    label_id: int | None
    confidence: float | None

    @property
    def verdict(self) -> str:
        if self.confidence != 0:
            return "none"
        return "declined" if self.label_id is None else "confirmed"

    @property
    def probability(self) -> float | None:
        return None if self.confidence == 0 else self.confidence


class _Step(NamedTuple):
    """What an operation recorded of a region's label and confidence: whether it did, and the values on both sides."""

    region_id: int
    operation_id: int
    undone: bool
    has_label: bool
    has_confidence: bool
    label_before: int | None
    confidence_before: float | None
    label_after: int | None
    confidence_after: float | None

    def leading_to(self, after: _State) -> _State:
        """The state before the operation: as recorded, and else that after it, as the operation did not change it."""
        return _State(
            self.label_before if self.has_label else after.label_id,
            self.confidence_before if self.has_confidence else after.confidence,
        )

    def following(self, before: _State) -> _State:
        """The state after the operation: as recorded, and else the one known from elsewhere."""
        return _State(
            self.label_after if self.has_label else before.label_id,
            self.confidence_after if self.has_confidence else before.confidence,
        )


class _Change(NamedTuple):
    """The change of one operation on one region: its states on both sides."""

    operation_id: int
    region_id: int
    before: _State
    after: _State


def _convert_confidences() -> None:
    """Split changes of confidences into those of confidences and those of verdicts."""
    connection = op.get_bind()
    _gather_steps(connection)
    now = _present_states(connection)
    in_order = sa.text("SELECT * FROM step ORDER BY region_id, operation_id").execution_options(yield_per=_AT_ONCE)
    steps = (_Step._make(row) for row in connection.execute(in_order))
    for changes in _batches(_all_changes(steps, now)):
        _write(connection, changes)
    op.execute("DROP TABLE step")


def _gather_steps(connection: sa.Connection) -> None:
    """Bring what was recorded of regions that ever had a confidence of zero into the order of these regions.

    It is a table in the file, not in memory; once through all changes, as they are ordered by operation.
    """
    connection.execute(sa.text("CREATE TABLE zeroed (id INTEGER PRIMARY KEY)"))
    for source in (
        "SELECT id FROM region WHERE confidence = 0",
        "SELECT id FROM removed_region WHERE confidence = 0",
        "SELECT row_id FROM change WHERE entity = 'region' AND field = 'confidence' "
        'AND ("before" = 0 OR "after" = 0)',
    ):
        connection.execute(sa.text(f"INSERT OR IGNORE INTO zeroed {source}"))
    connection.execute(
        sa.text(
            "CREATE TABLE step (region_id INTEGER NOT NULL, operation_id INTEGER NOT NULL, undone BOOLEAN NOT NULL, "
            "has_label BOOLEAN NOT NULL, has_confidence BOOLEAN NOT NULL, label_before, confidence_before, "
            "label_after, confidence_after, PRIMARY KEY (region_id, operation_id)) WITHOUT ROWID"
        )
    )
    values = ", ".join(
        f"max(CASE WHEN field = '{field}' THEN \"{side}\" END)"
        for side in ("before", "after")
        for field in ("label_id", "confidence")
    )
    connection.execute(
        sa.text(
            "INSERT INTO step SELECT row_id, operation_id, undone, max(field = 'label_id'), "
            f"max(field = 'confidence'), {values} FROM change JOIN operation ON operation.id = operation_id "
            "WHERE entity = 'region' AND field IN ('label_id', 'confidence') AND row_id IN (SELECT id FROM zeroed) "
            "GROUP BY operation_id, entity, row_id"
        )
    )
    connection.execute(sa.text("DROP TABLE zeroed"))


def _present_states(connection: sa.Connection) -> Iterator[tuple[int, _State]]:
    """The regions of the steps in their order, as they are or as they went."""
    chosen = "WHERE id IN (SELECT region_id FROM step)"
    rows = connection.execute(
        sa.text(
            f"SELECT id, label_id, confidence FROM region {chosen} UNION ALL "
            f"SELECT id, label_id, confidence FROM removed_region {chosen} ORDER BY id"
        ).execution_options(yield_per=_AT_ONCE)
    )
    return ((id_, _State(label_id, confidence)) for id_, label_id, confidence in rows)


def _all_changes(steps: Iterable[_Step], now: Iterator[tuple[int, _State]]) -> Iterator[_Change]:
    """Both sides of every step, region by region; both arguments are in the order of regions."""
    known = next(now, None)
    for region_id, mine in itertools.groupby(steps, key=lambda step: step.region_id):
        while known is not None and known[0] < region_id:
            known = next(now, None)
        is_there = known is not None and known[0] == region_id
        yield from _changes(list(mine), known[1] if known is not None and is_there else _State(None, None))


def _changes(steps: list[_Step], now: _State) -> Iterator[_Change]:
    """Both sides of the steps of one region, by its present state, which lies between those done and those undone."""
    later = now
    for step in reversed([step for step in steps if not step.undone]):
        after = step.following(later)
        later = step.leading_to(after)
        yield _Change(step.operation_id, step.region_id, later, after)
    earlier = now
    for step in (step for step in steps if step.undone):
        before = step.leading_to(earlier)
        earlier = step.following(before)
        yield _Change(step.operation_id, step.region_id, before, earlier)


def _write(connection: sa.Connection, changes: list[_Change]) -> None:
    """Put what was recorded of confidences and verdicts in the place of what was recorded of confidences alone."""
    connection.execute(
        sa.text(
            "DELETE FROM change WHERE operation_id = :operation_id AND entity = 'region' AND row_id = :row_id "
            "AND field = 'confidence'"
        ),
        [{"operation_id": each.operation_id, "row_id": each.region_id} for each in changes],
    )
    recorded = [
        {"operation_id": each.operation_id, "row_id": each.region_id, "field": field, "before": before, "after": after}
        for each in changes
        for field, before, after in (
            ("confidence", each.before.probability, each.after.probability),
            ("verdict", each.before.verdict, each.after.verdict),
        )
        if before != after
    ]
    if recorded:
        connection.execute(
            sa.text(
                'INSERT INTO change (operation_id, entity, row_id, field, "before", "after") '
                "VALUES (:operation_id, 'region', :row_id, :field, :before, :after)"
            ),
            recorded,
        )


def _batches(changes: Iterator[_Change]) -> Iterator[list[_Change]]:
    while batch := list(itertools.islice(changes, _AT_ONCE)):
        yield batch


def _plain_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("image_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("node", sa.Integer(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("label_id", sa.Integer(), nullable=True),
        sa.Column("suggestion_id", sa.Integer(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("verdict", sa.Text(), nullable=False, server_default="none"),
        sa.Column("cluster_id", sa.Integer(), nullable=True),
        sa.Column("area", sa.Integer(), nullable=False),
        sa.Column("box_x", sa.Float(), nullable=False),
        sa.Column("box_y", sa.Float(), nullable=False),
        sa.Column("box_width", sa.Float(), nullable=False),
        sa.Column("box_height", sa.Float(), nullable=False),
        sa.Column("descriptor", sa.LargeBinary(), nullable=True),
        sa.Column("counts", sa.LargeBinary(), nullable=False),
    ]


def _make_table_of_removed_regions() -> None:
    op.create_table(
        "removed_region_anew", *_plain_columns(), sa.PrimaryKeyConstraint("id", name=op.f("pk_removed_region"))
    )
    op.execute(f"INSERT INTO removed_region_anew ({_COLUMNS}) SELECT {_CONVERTED} FROM removed_region")
    op.drop_table("removed_region")
    op.rename_table("removed_region_anew", "removed_region")
    op.create_index("ix_removed_region_image", "removed_region", ["image_id"], unique=False)


def _make_table_of_regions() -> None:
    def reference(column: str, target: str, on_delete: str | None = None) -> sa.ForeignKeyConstraint:
        name = op.f(f"fk_region_{column}")
        return sa.ForeignKeyConstraint(
            [column], [target], name=name, ondelete=on_delete, initially="DEFERRED", deferrable=True
        )

    def check(name: str, condition: str) -> sa.CheckConstraint:
        return sa.CheckConstraint(condition, name=op.f(f"ck_region_{name}"))

    op.create_table(
        "region_anew",
        *_plain_columns(),
        check("status", "status IN ('proposed', 'suggested', 'accepted', 'rejected')"),
        check("origin", "origin IN ('cut', 'drawn', 'predicted', 'imported')"),
        check("node", "(node IS NOT NULL) = (origin = 'cut')"),
        check("verdict", "verdict IN ('none', 'declined', 'confirmed')"),
        check("confidence", "confidence BETWEEN 0 AND 1"),
        reference("cluster_id", "cluster.id", "SET NULL"),
        reference("image_id", "image.id"),
        reference("label_id", "label.id"),
        reference("run_id", "run.id"),
        reference("suggestion_id", "label.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region")),
        sqlite_autoincrement=True,
    )
    op.execute(f"INSERT INTO region_anew ({_COLUMNS}) SELECT {_CONVERTED} FROM region ORDER BY id")
    op.drop_table("region")
    op.rename_table("region_anew", "region")
    op.create_index("ix_region_cluster", "region", ["cluster_id"], unique=False)
    op.create_index(
        "ix_region_image", "region", ["image_id", "status", "label_id", "suggestion_id", "confidence"], unique=False
    )
    op.create_index("ix_region_label", "region", ["label_id", "image_id", "area"], unique=False)
    op.create_index("ix_region_suggestion", "region", ["suggestion_id"], unique=False)


def _last_id(table: str) -> int:
    """The greatest id that was ever given in a table, as far as is known.

    SQLite forgets it when a table is made anew, and so it did for labels in revision 0003: a label made after that
    could get the id of one that undo brings back.
    """
    known = (
        f"SELECT seq FROM sqlite_sequence WHERE name = '{table}'",
        f"SELECT max(id) FROM {table}",
        f"SELECT max(id) FROM removed_{table}",
        f"SELECT max(row_id) FROM change WHERE entity = '{table}'",
    )
    return max(op.get_bind().execute(sa.text(statement)).scalar() or 0 for statement in known)


def _use_no_id_twice(table: str, last_id: int) -> None:
    op.execute(f"DELETE FROM sqlite_sequence WHERE name = '{table}'")
    op.execute(f"INSERT INTO sqlite_sequence (name, seq) VALUES ('{table}', {last_id})")
