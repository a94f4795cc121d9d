"""What the pixels of a region look like, after an edit of their shape: descriptors without a model.

The patch tokens of the image are taken from the cache, where they are; else the tokens of the stored tree's leaves
are used instead. Both are read when they are first needed: the price of a stroke is that of a few masks' runs.
"""

from __future__ import annotations

import json
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, select

from acseg_core.proposals.leaf_map import OUTSIDE, LeafMap
from acseg_core.proposals.tokens import PRECISIONS, PatchTokens, TokenCache, identity_of
from acseg_core.proposals.tree_bytes import read_tokens
from acseg_core.shapes import masks
from acseg_core.shapes.run_lengths import cell_areas, shared_areas
from acseg_core.store.edits.reshaping import descriptor_bytes
from acseg_core.store.project import Project
from acseg_core.store.schema import IMAGE, REGION, TREE, ModelRow, RunRow
from acseg_core.types import Rle, shown_as


class Describer:
    """Describes masks of one image.

    Args:
        project: The open project.
        connection: In whose state of the database to look.
        image_id: The image.
    """

    def __init__(self, project: Project, connection: Connection, image_id: int) -> None:
        self._project, self._connection, self._image_id = project, connection, image_id

    def describe(self, mask: Rle) -> bytes | None:
        """The descriptor of a mask as it is stored; None when neither tokens nor a tree are there."""
        total = self._sum_of_tokens(mask)
        norm = 0.0 if total is None else float(np.linalg.norm(total))
        if total is None or norm == 0:
            return None
        return descriptor_bytes((total / norm).astype(np.float16))

    @cached_property
    def _tokens(self) -> NDArray[np.float32] | None:
        """(h, w, D), what the image's patches look like, if they are in the cache."""
        found = cached_tokens(self._project, self._connection, self._image_id)
        return None if found is None else found.description_tokens.astype(np.float32)

    def _sum_of_tokens(self, mask: Rle) -> NDArray[np.float32] | None:
        if self._tokens is not None:
            weights = cell_areas(mask, *self._tokens.shape[:2]).astype(np.float32)
            return weights.ravel() @ self._tokens.reshape(-1, self._tokens.shape[2])
        if self._leaves is None:
            return None
        starts, values, leaf_tokens = self._leaves
        shared = shared_areas(mask, starts, values)[: len(leaf_tokens)].astype(np.float32)  # without what is void
        return shared @ leaf_tokens[: len(shared)]

    @cached_property
    def _leaves(self) -> tuple[NDArray[np.int32], NDArray[np.uint16], NDArray[np.float32]] | None:
        """Runs of the tree's leaf map, by groups of leaves, and the (m, D) tokens of these."""
        columns = (TREE.c.leaf_map, TREE.c.leaf_tokens, TREE.c.heights)
        found = select(*columns).join(IMAGE, IMAGE.c.tree_id == TREE.c.id).where(IMAGE.c.id == self._image_id)
        row = self._connection.execute(found).one_or_none()
        if row is None:
            return None
        starts, leaves = _leaf_runs(row.leaf_map)
        tokens, group_of_leaf = read_tokens(row.leaf_map, row.heights, row.leaf_tokens)
        lookup = np.full(OUTSIDE + 1, len(tokens), np.uint16)
        lookup[: len(group_of_leaf)] = group_of_leaf
        return starts, lookup[leaves], tokens


def cached_tokens(project: Project, connection: Connection, image_id: int) -> PatchTokens | None:
    """The patch tokens of an image that the backbone of its newest run computed, if they are in the cache."""
    newest = select(func.max(REGION.c.run_id)).where(REGION.c.image_id == image_id).scalar_subquery()
    statement = (
        select(
            IMAGE.c.sha256,
            IMAGE.c.rendering,
            RunRow.config_json,
            ModelRow.name,
            ModelRow.sha256.label("weights_sha256"),
        )
        .select_from(IMAGE)
        .join(RunRow, RunRow.id == newest)
        .join(ModelRow, ModelRow.id == RunRow.backbone_id)
        .where(IMAGE.c.id == image_id)
    )
    row = connection.execute(statement).one_or_none()
    size = None if row is None else _input_size(row.config_json)
    if row is None or size is None:
        return None
    for precision in PRECISIONS:
        identity = identity_of(
            backbone=row.name, weights_sha256=row.weights_sha256, input_size=size, precision=precision
        )
        found = TokenCache(project.cache_dir / "tokens", identity).get(shown_as(row.sha256, row.rendering))
        if found is not None:
            return found
    return None


def _input_size(config_json: str) -> int | None:
    config: Any = json.loads(config_json)
    size = config.get("backbone", {}).get("input_size")
    return size if isinstance(size, int) else None


@lru_cache(maxsize=8)
def _leaf_runs(leaf_map: bytes) -> tuple[NDArray[np.int32], NDArray[np.uint16]]:
    """Starts and values of the runs of a stored leaf map; kept, as decoding 12 megapixels takes a tenth of a second."""
    return masks.runs_of_map(LeafMap.from_bytes(leaf_map).pixels)
