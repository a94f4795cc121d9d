"""The state of an image of a part, written into the project as part of an edit: its regions, its tree, its own columns.

Regions are told apart by their pixels, then by their number: what is alike stays the region it was, with its cluster
and its number, so that an undo step holds no more than what differs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select, true

from acseg_core.errors import EditError
from acseg_core.store.database import among
from acseg_core.store.edits.part_labels import PartLabels
from acseg_core.store.edits.recorder import Edit
from acseg_core.store.edits.stored_regions import StoredRegion, stored_regions
from acseg_core.store.queries.cluster_queries import CLUSTER
from acseg_core.store.records import image_records, select_images
from acseg_core.store.schema import IMAGE, MODEL, REGION, REMOVED, RUN, TREE

_REMOVED = REMOVED[IMAGE.name]

_OF_IMAGE = ("status", "granularity", "comment", "is_reviewed")

_DECIDED = ("node", "origin", "status", "label_id", "verdict", "is_together")
"""Columns of a region that say what it is, beside its pixels."""

_SUGGESTED = ("suggestion_id", "confidence")


class PartRows:
    """Writes images of one part into the project."""

    def __init__(self, recording: Edit, part: Connection, labels: PartLabels, *, last_region: int) -> None:
        """Begin with a part.

        Args:
            recording: The edit.
            part: A connection to the part.
            labels: Its labels, by now the project's.
            last_region: Up to this number regions are the same in both.
        """
        self._recording, self._part, self._labels, self._last_region = recording, part, labels, last_region
        self._runs: dict[int, int] = {}
        self._clusters = _same_clusters(recording.connection, part)

    def take(self, part_id: int, image_id: int) -> None:
        """Give an image of the project the state that it has in the part; one that was removed comes back.

        Args:
            part_id: Its number in the part.
            image_id: In the project.

        Raises:
            EditError: The part holds another size of the image, or a tree of another size.
            DamageFoundError: The part's rows are damaged.
        """
        connection, image = self._recording.connection, IMAGE.c.id == image_id
        is_there = connection.execute(select(IMAGE.c.id).where(image)).first() is not None
        table = IMAGE if is_there else _REMOVED
        ours = connection.execute(select(table).where(table.c.id == image_id)).one()
        image_records(self._part.execute(select_images().where(IMAGE.c.id == part_id)))  # which tells of damage
        theirs = self._part.execute(select(IMAGE).where(IMAGE.c.id == part_id)).one()
        if (theirs.width, theirs.height) != (ours.width, ours.height):
            raise EditError(f"{ours.path}: it has another size in the part; look for new images there first")
        tree_id = self._tree(ours, theirs)
        if not is_there:
            self._recording.restore(IMAGE, _REMOVED.c.id == image_id)
        self._take_regions(part_id, image_id)
        values = {**{name: theirs._mapping[name] for name in _OF_IMAGE}, "tree_id": tree_id}
        changes = {name: value for name, value in values.items() if value != ours._mapping[name]}
        if changes:
            self._recording.update(IMAGE, image, changes)
        self._recording.kept_reviews.add(image_id)

    def remove(self, image_id: int) -> None:
        """Take an image out of the project, as it was taken out of the part."""
        self._recording.delete(REGION, REGION.c.image_id == image_id)
        self._recording.delete(IMAGE, IMAGE.c.id == image_id)

    def _take_regions(self, part_id: int, image_id: int) -> None:
        theirs = stored_regions(self._part, REGION.c.image_id == part_id)
        ours = stored_regions(self._recording.connection, REGION.c.image_id == image_id)
        pairs = self._pairs(ours, theirs)
        kept = {mine.id for mine, _ in pairs}
        self._recording.delete(REGION, REGION.c.id.in_(among(each.id for each in ours if each.id not in kept)))
        alike: defaultdict[tuple[tuple[str, Any], ...], list[int]] = defaultdict(list)
        for mine, other in pairs:
            changes = self._changes(mine, other)
            if changes:
                alike[tuple(sorted(changes.items()))].append(mine.id)
        for values, ids in alike.items():
            self._recording.update(REGION, REGION.c.id.in_(among(ids)), dict(values))
        taken = {other.id for _, other in pairs}
        self._recording.insert(
            REGION, [self._values(each) | {"image_id": image_id} for each in theirs if each.id not in taken]
        )

    def _pairs(
        self, ours: Sequence[StoredRegion], theirs: Sequence[StoredRegion]
    ) -> list[tuple[StoredRegion, StoredRegion]]:
        by_pixels = {each.counts: each for each in ours}
        pairs = [(by_pixels[each.counts], each) for each in theirs if each.counts in by_pixels]
        ours_left = {each.id: each for each in ours} if len(pairs) < len(theirs) else {}
        for mine, _ in pairs:
            ours_left.pop(mine.id, None)
        paired = {other.id for _, other in pairs}
        rest = (each for each in theirs if each.id not in paired and each.id <= self._last_region)
        return pairs + [(ours_left[each.id], each) for each in rest if each.id in ours_left]

    def _changes(self, ours: StoredRegion, theirs: StoredRegion) -> dict[str, Any]:
        """The columns in which a region of the project is to be another."""
        wanted = self._values(theirs)
        has_moved = ours.counts != theirs.counts
        names = wanted if has_moved else [*_DECIDED, "run_id"]
        changes = {name: wanted[name] for name in names if wanted[name] != getattr(ours, name)}
        if changes.keys() - {"run_id"}:
            changes |= {name: wanted[name] for name in _SUGGESTED if wanted[name] != getattr(ours, name)}
        return changes

    def _values(self, theirs: StoredRegion) -> dict[str, Any]:
        """The columns of a region of the part, with the project's numbers, but for the image."""
        values = theirs.values()
        suggestion = self._labels.ids.get(theirs.suggestion_id or 0)
        del values["image_id"]
        return values | {
            "run_id": None if theirs.run_id is None else self._run(theirs.run_id),
            "label_id": self._labels.label_id(theirs.label_id),
            "suggestion_id": suggestion,
            "confidence": None if suggestion is None else theirs.confidence,
            "cluster_id": theirs.cluster_id if theirs.cluster_id in self._clusters else None,
        }

    def _tree(self, ours: Row[*tuple[Any, ...]], theirs: Row[*tuple[Any, ...]]) -> int | None:
        """The project's tree that is like the part's; a new one where the image had another."""
        if theirs.tree_id is None:
            return None
        columns = [column for column in TREE.c if column.name != "id"]
        tree = self._part.execute(select(*columns).where(TREE.c.id == theirs.tree_id)).one()
        connection = self._recording.connection
        known = connection.execute(select(*columns).where(TREE.c.id == ours.tree_id)).one_or_none()
        if known == tree:
            return int(ours.tree_id)
        values = tree._asdict()
        _require_tree(values, ours)
        return int(connection.execute(insert(TREE).values(**values).returning(TREE.c.id)).scalar_one())

    def _run(self, part_run: int) -> int:
        """The project's run that is the part's; noted where the part proposed by itself."""
        if part_run not in self._runs:
            row = dict(self._part.execute(select(RUN).where(RUN.c.id == part_run)).one()._mapping)
            del row["id"]
            for name in ("backbone_id", "generator_id", "model_id"):
                row[name] = None if row[name] is None else self._model(row[name])
            same = [RUN.c[name].is_not_distinct_from(value) for name, value in row.items() if name != "finished_at"]
            connection = self._recording.connection
            known = connection.execute(select(RUN.c.id).where(*same).order_by(RUN.c.id)).scalars().first()
            made = insert(RUN).values(**row).returning(RUN.c.id)
            self._runs[part_run] = known or connection.execute(made).scalar_one()
        return self._runs[part_run]

    def _model(self, part_model: int) -> int:
        row = self._part.execute(
            select(MODEL.c.kind, MODEL.c.name, MODEL.c.sha256).where(MODEL.c.id == part_model)
        ).one()
        connection = self._recording.connection
        same_name = MODEL.c.name == row.name if row.kind != "model" else true()
        statement = select(MODEL.c.id).where(MODEL.c.kind == row.kind, MODEL.c.sha256 == row.sha256, same_name)
        made = insert(MODEL).values(**row._asdict()).returning(MODEL.c.id)
        return int(connection.execute(statement).scalar() or connection.execute(made).scalar_one())


def _same_clusters(project: Connection, part: Connection) -> set[int]:
    """The clusters that project and part have both, unchanged."""
    columns = CLUSTER.c.id, CLUSTER.c.created_at, CLUSTER.c.centroid
    theirs = {row.id: (row.created_at, row.centroid) for row in part.execute(select(*columns))}
    rows = project.execute(select(*columns))
    return {row.id for row in rows if theirs.get(row.id) == (row.created_at, row.centroid)}


def _require_tree(tree: Mapping[str, bytes], image: Row[*tuple[Any, ...]]) -> None:
    from acseg_core.proposals.tree_bytes import TreeBytes  # as in soundness: what only this needs

    try:
        shape = TreeBytes(**tree).read().leaf_map.shape
    except ValueError as error:
        raise EditError(f"{image.path}: its concept tree in the part is unusable ({error}); propose it anew") from error
    if shape != (image.height, image.width):
        raise EditError(f"{image.path}: its concept tree in the part is for another size; propose it anew there")
