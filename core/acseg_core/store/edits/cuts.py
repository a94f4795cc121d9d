"""Cuts through the stored concept trees: coarser, finer, split, merge upwards. No model is needed.

How a new cut and a person's work are reconciled: regions that are named, accepted, rejected, or whose pixels a person
made (merged, split or drawn: their ``origin`` says so) stay exactly as they are, with their ids. Only the pixels that
are left are cut anew; where a node reaches into a region that stays, it is clipped. Regions that come out the same
stay the same row, so suggestions and clusters survive. A cut is one undoable operation.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Generator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, and_, func, select

from acseg_core.errors import EditError
from acseg_core.proposals.image_tree import ImageTree
from acseg_core.proposals.leaf_map import OUTSIDE
from acseg_core.proposals.tree import MOST_REGIONS, ConceptTree, granularity_at, threshold_of
from acseg_core.proposals.tree_bytes import TreeBytes
from acseg_core.shapes import masks
from acseg_core.store.database import among
from acseg_core.store.edits.recorder import Edit, edit
from acseg_core.store.edits.replacing import edit_instead
from acseg_core.store.edits.reshaping import (
    APART,
    DRAWN,
    begin_review,
    descriptor_bytes,
    merged_values,
    proposal_values,
    shape_values,
)
from acseg_core.store.edits.runs import begin_long_edit, extended, finish_run
from acseg_core.store.edits.stored_regions import StoredRegion, largest_first, require_region, sound_masks
from acseg_core.store.project import Project
from acseg_core.store.queries.region_queries import require_regions
from acseg_core.store.queries.scene_queries import tiles_of
from acseg_core.store.schema import IMAGE, REGION, TREE
from acseg_core.store.statuses import FREE
from acseg_core.types import ImageStatus, OpChanges, Progress, RegionProposal, RegionStatus
from acseg_core.verbs import Verb

_SLIVER = 0.005
"""Share of a region's pixels below which a part is not worth a split of its own."""

_FEW = 8
"""Pixels of the smallest part that is, of a region of any size."""


@dataclass(frozen=True, slots=True, eq=False)
class StoredTree:
    """What is stored of one image's tree.

    Attributes:
        image_id: The image.
        height: Of the image in pixels.
        width: Of the image in pixels.
        granularity: Where the tree is cut now.
        tree: The tree.
    """

    image_id: int
    height: int
    width: int
    granularity: float
    tree: ImageTree


def image_tree(project: Project, image_id: int) -> ImageTree | None:
    """The concept tree of an image, or None when none is stored.

    Raises:
        EditError: There is no such image.
        ProjectDamagedError: What is stored is no tree of this image.
    """
    with project.read() as connection:
        stored = _stored(project, connection, image_id)
    return None if stored is None else stored.tree


def recut_image(project: Project, image_id: int, granularity: float, *, instead_of: int | None = None) -> OpChanges:
    """Cut an image's tree at another granularity; what a person has made is kept.

    Args:
        project: Open for writing.
        image_id: The image.
        granularity: 0 (coarse) to 1 (fine).
        instead_of: An operation that is taken back before, unless another came after it: both are one undo step then.

    Raises:
        EditError: There is no such image, or no tree of it.
        ProjectDamagedError: The tree cannot be read.
        ValueError: The granularity is outside 0..1.
    """
    threshold_of(granularity)
    with edit_instead(project, Verb.CHANGE_GRANULARITY, of=instead_of) as replacement:
        recording = replacement.recording
        stored = stored_tree(project, recording.connection, image_id)
        recut_free(recording, stored, granularity)
        return replacement.result()


def step_cut(project: Project, image_id: int, *, finer: bool) -> OpChanges:
    """Go to the next cut that makes a difference: one region more or fewer, or none when there is no such cut.

    Raises:
        EditError: There is no such image, or no tree of it.
        ProjectDamagedError: The tree cannot be read.
    """
    with edit(project, Verb.CHANGE_GRANULARITY) as recording:
        stored = stored_tree(project, recording.connection, image_id)
        free = _free_pixels(recording.connection, stored)
        leaves = stored.tree.leaf_map if free is None else stored.tree.leaf_map[free]
        divided = np.unique(leaves[leaves != OUTSIDE])
        granularity = _next_cut(stored.tree.tree, divided, stored.granularity, finer=finer)
        if granularity is not None:
            recut_free(recording, stored, granularity)
        return recording.result() if recording.changed else OpChanges()


def recut_images(
    project: Project, granularity: float, *, image_ids: Collection[int] | None = None
) -> Generator[Progress, None, OpChanges]:
    """Cut the trees of many images at one granularity: one undo step for all.

    Images that are done, that have no tree, or that somebody edits meanwhile are left alone.

    Args:
        project: Open for writing.
        granularity: 0 (coarse) to 1 (fine).
        image_ids: Which images; all if left out.

    Yields:
        One tick per image, named by its path; it is committed by then.

    Raises:
        ProjectDamagedError: A tree cannot be read.
        ValueError: The granularity is outside 0..1.
    """
    threshold_of(granularity)
    chosen = IMAGE.c.tree_id.is_not(None) & (IMAGE.c.status != ImageStatus.DONE.value)
    if image_ids is not None:
        chosen &= IMAGE.c.id.in_(among(image_ids))
    with project.read() as connection:
        statement = select(IMAGE.c.id, IMAGE.c.path).where(chosen).order_by(IMAGE.c.sort_key, IMAGE.c.id)
        images = [(row.id, row.path) for row in connection.execute(statement)]
    touched = set()
    edit_id = begin_long_edit(project, verb=Verb.CHANGE_GRANULARITY)
    try:
        for number, (image_id, path) in enumerate(images):
            with extended(project, edit_id, image_id) as recording:
                if recording is not None:
                    recut_free(recording, stored_tree(project, recording.connection, image_id), granularity)
                    touched |= {image_id} if recording.changed else set()
            yield Progress(number + 1, len(images), path)
    finally:
        finish_run(project, edit_id)
    return (
        OpChanges(verb=Verb.CHANGE_GRANULARITY, images=True, image_ids=frozenset(touched)) if touched else OpChanges()
    )


def recut_scene(project: Project, scene_id: int, granularity: float) -> Generator[Progress, None, OpChanges]:
    """Cut the trees of all tiles of a scene at one granularity, so that seams do not show; see `recut_images`."""
    return recut_images(project, granularity, image_ids=[tile.id for tile in tiles_of(project, scene_id)])


def split_by_tree(project: Project, region_id: int) -> OpChanges:
    """Make two regions of one, where the tree divides its pixels first; both keep its label and status.

    The larger part keeps the region's id. From now on a new cut leaves both alone.

    Raises:
        EditError: The region is gone, is a single leaf, or its image has no tree.
        ProjectDamagedError: The tree cannot be read.
    """
    with edit(project, Verb.SPLIT_REGION) as recording:
        region = require_region(recording.connection, region_id)
        image_tree = stored_tree(project, recording.connection, region.image_id).tree
        inside = masks.decode(region.mask)
        first = _first_part(image_tree, inside)
        parts = sorted((first, inside & ~first), key=np.count_nonzero, reverse=True)
        larger, smaller = ({**DRAWN, **APART, **_part_values(image_tree, part)} for part in parts)
        recording.update(REGION, REGION.c.id == region_id, larger)
        (new_id,) = recording.insert(REGION, [region.values() | smaller])
        begin_review(recording, REGION.c.id == region_id)
        return recording.result(region_ids=[region_id, new_id])


def merge_upwards(project: Project, region_id: int) -> OpChanges:
    """Merge a region with what is beside it in the tree: go up to the first node that holds another region too.

    Regions that are rejected or have another label are left alone. The largest survives, as in `merging.merge_regions`.

    Raises:
        EditError: The region is gone, there is nothing to merge it with, or its image has no tree.
        ProjectDamagedError: The tree cannot be read.
    """
    with edit(project, Verb.MERGE_UPWARDS) as recording:
        require_regions(recording.connection, [region_id])
        image_id = recording.connection.execute(select(REGION.c.image_id).where(REGION.c.id == region_id)).scalar_one()
        image_tree = stored_tree(project, recording.connection, image_id).tree
        regions = largest_first(recording.connection, REGION.c.image_id == image_id)
        members = _relatives(image_tree, regions, region_id)
        survivor, *others = (member.id for member in members)
        recording.delete(REGION, REGION.c.id.in_(among(others)))
        recording.update(REGION, REGION.c.id == survivor, merged_values(members))
        begin_review(recording, REGION.c.id == survivor)
        return recording.result(region_ids=[survivor])


def _stored(project: Project, connection: Connection, image_id: int) -> StoredTree | None:
    statement = select(IMAGE.c.id, IMAGE.c.path, IMAGE.c.height, IMAGE.c.width, IMAGE.c.granularity, IMAGE.c.tree_id)
    row = connection.execute(statement.where(IMAGE.c.id == image_id)).one_or_none()
    if row is None:
        raise EditError(f"image {image_id} is not in the project")
    if row.tree_id is None:
        return None
    columns = (TREE.c.leaf_map, TREE.c.merges, TREE.c.heights, TREE.c.leaf_tokens)
    parts = connection.execute(select(*columns).where(TREE.c.id == row.tree_id)).one()
    try:
        tree = TreeBytes(*parts).read()
        if tree.leaf_map.shape != (row.height, row.width):
            raise ValueError(f"it is for an image of {tree.leaf_map.shape[1]} x {tree.leaf_map.shape[0]} pixels")
    except ValueError as error:
        raise project.damaged(f"the concept tree of {row.path} is unusable: {error}") from error
    return StoredTree(image_id, row.height, row.width, row.granularity, tree)


def stored_tree(project: Project, connection: Connection, image_id: int) -> StoredTree:
    """The tree of an image.

    Raises:
        EditError: There is no such image, or no tree of it.
        ProjectDamagedError: The tree cannot be read.
    """
    stored = _stored(project, connection, image_id)
    if stored is None:
        raise EditError("this image has no concept tree; propose its regions again")
    return stored


def _free_pixels(connection: Connection, stored: StoredTree) -> NDArray[np.bool_] | None:
    """(H, W), the pixels that a new cut may divide; None when these are all."""
    kept = REGION.c.image_id == stored.image_id
    taken = sound_masks(connection, and_(kept, ~FREE))
    return ~masks.decode(masks.union(list(taken.values()))) if taken else None


def recut_free(recording: Edit, stored: StoredTree, granularity: float) -> None:
    """Replace the free regions that the new cut does not have."""
    connection, image_id = recording.connection, stored.image_id
    mine = and_(REGION.c.image_id == image_id, FREE)
    nodes = stored.tree.tree.cut(threshold_of(granularity))
    wanted = {_key(each): each for each in stored.tree.regions(nodes, within=_free_pixels(connection, stored))}
    rows = connection.execute(select(REGION.c.id, REGION.c.node, REGION.c.counts).where(mine))
    there = {(node, counts): id_ for id_, node, counts in rows}
    run_id = connection.execute(select(func.max(REGION.c.run_id)).where(REGION.c.image_id == image_id)).scalar()
    gone = [id_ for key, id_ in there.items() if key not in wanted]
    fresh = [proposal_values(each, run_id, image_id) for key, each in wanted.items() if key not in there]
    recording.delete(REGION, REGION.c.id.in_(among(gone)))
    recording.insert(REGION, fresh)
    recording.update(IMAGE, IMAGE.c.id == image_id, {"granularity": float(granularity)})


def _key(proposal: RegionProposal) -> tuple[int, bytes]:
    return proposal.node, proposal.mask.counts


def _next_cut(tree: ConceptTree, free_leaves: NDArray[np.uint16], granularity: float, *, finer: bool) -> float | None:
    """Granularity of the nearest cut on one side that divides these leaves differently; None when there is none."""
    now = tree.cut(threshold_of(granularity))
    merged = tree.leaves - len(np.unique(now))
    count = len(np.unique(now[free_leaves]))
    finest = max(0, tree.leaves - MOST_REGIONS)
    later = range(merged - 1, finest - 1, -1) if finer else range(merged + 1, tree.leaves)
    for number in later:
        there = _granularity_after(tree, number)
        if there is not None and len(np.unique(tree.cut(threshold_of(there))[free_leaves])) != count:
            return there
    return None


def _granularity_after(tree: ConceptTree, merged: int) -> float | None:
    """A granularity at which exactly that many merges are made; None when no granularity has it."""
    if merged == max(0, tree.leaves - MOST_REGIONS):
        return 1.0
    if merged == tree.leaves - 1:
        return 0.0
    low, high = (float(height) for height in tree.heights[merged - 1 : merged + 1])
    granularity = granularity_at(math.sqrt(max(low, high / 4) * high))  # the middle, on the slider's scale
    return granularity if low <= threshold_of(granularity) < high else None


def _leaf_counts(image_tree: ImageTree, inside: NDArray[np.bool_]) -> NDArray[np.intp]:
    """(n,) pixels that a mask shares with each leaf; void ones are drawn over at most."""
    return np.bincount(image_tree.leaf_map[inside], minlength=image_tree.tree.leaves)[: image_tree.tree.leaves]


def _first_part(image_tree: ImageTree, inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """One of the two parts into which the tree divides a mask, slivers aside: these go with their nearest relatives."""
    tree, counts = image_tree.tree, _leaf_counts(image_tree, inside)
    below = tree.children(_held_by(tree, counts))
    if below is None:
        raise EditError("this region cannot be split automatically any further; cut it with a tool")
    first, second = (tree.leaves_of(node) for node in below)
    belongs = np.zeros(OUTSIDE + 1, bool)
    belongs[first] = True
    if counts[first].sum() > counts[second].sum():  # what is below neither goes to the larger part
        belongs[np.setdiff1d(np.arange(tree.leaves), second)] = True
    return inside & belongs[image_tree.leaf_map]


def _held_by(tree: ConceptTree, counts: NDArray[np.integer]) -> int:
    """The lowest node that holds a mask but for slivers, from how many of its pixels are in each leaf (n,)."""
    below = tree.sums(counts)
    sliver = max(_FEW - 1, _SLIVER * int(below[tree.root]))
    node = tree.root
    while (children := tree.children(node)) is not None:
        larger, smaller = sorted(children, key=lambda child: int(below[child]), reverse=True)
        if below[smaller] > sliver:
            break
        node = larger
    return node


def _part_values(image_tree: ImageTree, part: NDArray[np.bool_]) -> dict[str, Any]:
    descriptor = image_tree.descriptor(_leaf_counts(image_tree, part))
    return shape_values(masks.encode(part), descriptor_bytes(descriptor))


def _relatives(image_tree: ImageTree, regions: list[StoredRegion], region_id: int) -> list[StoredRegion]:
    """The region and those to merge it with, largest first."""
    tree = image_tree.tree
    counts = {each.id: _leaf_counts(image_tree, masks.decode(each.mask)) for each in regions}
    (chosen,) = (each for each in regions if each.id == region_id)
    mine = counts[region_id]
    node = tree.parent(_held_by(tree, mine))
    while node is not None:
        below = tree.leaves_of(node)
        members = [
            each
            for each in regions
            if each is chosen or (_may_join(each, chosen) and 2 * counts[each.id][below].sum() > each.area)
        ]
        if len(members) > 1:
            return members
        node = tree.parent(node)
    raise EditError(
        "there is nothing to merge this region with: the other region is gone, has another name or is rejected"
    )


def _may_join(other: StoredRegion, chosen: StoredRegion) -> bool:
    """Whether nothing a person decided about the other region would be lost."""
    is_named_differently = other.label_id is not None and other.label_id != chosen.label_id
    return not is_named_differently and other.status != RegionStatus.REJECTED
