"""Pixels of an image that are void: without data, or transparent. No region is proposed there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from acseg_core.proposals.leaf_map import OUTSIDE, LeafMap
from acseg_core.store.schema import IMAGE, TREE


def void_pixels(connection: Connection, image_id: int) -> NDArray[np.bool_] | None:
    """(H, W), True where the image is void, as its concept tree knows; None where nothing is, or it has no tree."""
    statement = select(TREE.c.leaf_map).join(IMAGE, IMAGE.c.tree_id == TREE.c.id).where(IMAGE.c.id == image_id)
    stored = connection.execute(statement).scalar()
    if stored is None:
        return None
    void = np.asarray(LeafMap.from_bytes(stored).pixels == OUTSIDE)
    return void if void.any() else None
