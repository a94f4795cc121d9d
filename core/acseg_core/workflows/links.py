"""Regions of a scene that are one thing over the seams of its tiles: named together, clustered and suggested as one.

Links are not stored: they follow from the regions as they are, and are found again when these have changed. Of a tile
only what lies along its borders is kept in memory, and of a seam only its links, so that an edit costs the seams
around it. Importing this module loads no torch.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.proposals.seams import NOBODY, Link, Thing, linked, possible_links
from acseg_core.shapes.run_lengths import sample_owners
from acseg_core.store import Project
from acseg_core.store.edits import review
from acseg_core.store.queries import seam_queries
from acseg_core.store.queries.seam_queries import TileRegions
from acseg_core.types import DescriptorTable, OpChanges, Region, RegionOrigin, RegionStatus

_BY_HAND = (RegionOrigin.DRAWN, RegionOrigin.IMPORTED)
_UNDECIDED = (RegionStatus.PROPOSED, RegionStatus.SUGGESTED)


def links_of(project: Project, scene_id: int) -> dict[int, int]:
    """What is one thing in a scene: for each region the smallest id of those that it is linked with, itself included.

    Args:
        project: Open.
        scene_id: The scene.
    """
    return dict(_known_of(project).found(project, scene_id)[0])


def linked_regions(project: Project, region_ids: Collection[int]) -> list[int]:
    """Some regions, and after them those that are one thing with any of them and that nobody has decided about."""
    given = list(dict.fromkeys(region_ids))
    found: set[int] = set()
    for scene_id in seam_queries.scene_ids(project):
        component, things = _known_of(project).found(project, scene_id)
        groups = {component[id_] for id_ in given if id_ in component}
        if groups:
            found |= {id_ for id_, group in component.items() if group in groups and things[id_].is_open}
    return given + sorted(found.difference(given))


def name_linked(project: Project, region_ids: Collection[int], name: str) -> OpChanges:
    """Give regions and what is linked with them the label of that name, which is made if there is none: one operation.

    Raises:
        EditError: A region is gone, or the name is empty.
    """
    return review.name_regions_as(project, linked_regions(project, region_ids), name)


def as_things(project: Project, table: DescriptorTable) -> tuple[DescriptorTable, NDArray[np.intp]]:
    """Descriptors of what is one thing: the means of linked regions, which count by their areas.

    Args:
        project: Open.
        table: Of regions of any images.

    Returns:
        One row a thing, by the first of its regions, and (n,) the row of each of the table's regions.
    """
    group, areas = _groups_and_areas(project, table.region_ids.tolist())
    kept, first, row = np.unique(group, return_index=True, return_inverse=True)
    if len(kept) == len(table):
        return table, np.arange(len(table))
    order = np.argsort(first, kind="stable")  # as they come in the table
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    row = place[row]
    sums = np.zeros((len(kept), table.descriptors.shape[1]), np.float32)
    np.add.at(sums, row, table.descriptors.astype(np.float32) * areas[:, None])
    means = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)
    single = np.bincount(row) == 1
    found = table.descriptors[first[order]].copy()
    found[~single] = means[~single].astype(np.float16)
    return DescriptorTable(table.region_ids[first[order]], found), row


def _groups_and_areas(project: Project, region_ids: list[int]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """(n,) the thing each region is of, by an id of one of its regions; (n,) areas of those of scenes, else 1."""
    group: dict[int, int] = {}
    area: dict[int, int] = {}
    for scene_id in seam_queries.scene_ids(project):
        component, things = _known_of(project).found(project, scene_id)
        group |= component
        area |= {id_: thing.area for id_, thing in things.items()}
    groups = np.array([group.get(id_, id_) for id_ in region_ids], np.int64)
    return groups, np.array([area.get(id_, 1) for id_ in region_ids], np.float32)


_Sides = Mapping[str, NDArray[np.int64]]
"""Region of each pixel along the four borders of a tile."""

_Links = dict[tuple[int, int, str], list[Link]]
"""Links of seams, by the states of both tiles and the side of the first one."""


@dataclass(frozen=True, slots=True, eq=False)
class _Border:
    """What is kept of a tile: whatever its links depend on.

    Attributes:
        state: Equal only for the same.
        place: Its row and column.
        sides: Its borders.
        things: Its regions.
    """

    state: int
    place: tuple[int, int]
    sides: _Sides
    things: dict[int, Thing]


@dataclass(slots=True)
class _Scene:
    """What is known of a scene.

    Attributes:
        state: Of all regions, when this was found.
        component: As of `links_of`.
        things: Its regions.
        borders: Of tiles, by image id.
        links: Of seams, by the states of both tiles.
    """

    state: tuple[Any, ...] = ()
    component: dict[int, int] = field(default_factory=dict)
    things: dict[int, Thing] = field(default_factory=dict)
    borders: dict[int, _Border] = field(default_factory=dict)
    links: _Links = field(default_factory=dict)


class _Known:
    """What is known of a project's scenes; safe to use from several threads."""

    def __init__(self) -> None:
        self.scenes: dict[int, _Scene] = {}
        self._lock = threading.RLock()

    def found(self, project: Project, scene_id: int) -> tuple[Mapping[int, int], Mapping[int, Thing]]:
        """Find the links of a scene, unless no region has changed since, and its regions in the same state."""
        with self._lock:
            state = seam_queries.state_of_regions(project)
            scene = self.scenes.setdefault(scene_id, _Scene())
            if scene.state != state:
                _renew(scene, project, scene_id)
                scene.state = state
            return scene.component, scene.things


_known: weakref.WeakKeyDictionary[Project, _Known] = weakref.WeakKeyDictionary()
_known_lock = threading.Lock()


def _known_of(project: Project) -> _Known:
    with _known_lock:
        return _known.setdefault(project, _Known())


def _renew(scene: _Scene, project: Project, scene_id: int) -> None:
    """Bring a scene up to date; tiles and seams that are as they were cost next to nothing."""
    states = seam_queries.tile_states(project, scene_id)
    scene.borders = {id_: each for id_, each in scene.borders.items() if states.get(id_) == each.state}
    for tile in seam_queries.tile_regions(project, scene_id, states.keys() - scene.borders.keys()):
        scene.borders[tile.record.id] = _border(tile, states[tile.record.id])
    scene.things = {id_: thing for border in scene.borders.values() for id_, thing in border.things.items()}
    scene.links = _links_of_seams(list(scene.borders.values()), scene.links)
    scene.component = linked([link for found in scene.links.values() for link in found], scene.things)


def _links_of_seams(borders: Iterable[_Border], known: _Links) -> _Links:
    """The links of all seams, by the states of both tiles; those that are known already are not looked for again."""
    by_place = {border.place: border for border in borders}
    found: _Links = {}
    for (row, column), border in by_place.items():
        for side, opposite, place in (("right", "left", (row, column + 1)), ("bottom", "top", (row + 1, column))):
            other = by_place.get(place)
            if other is not None and len(border.sides[side]) == len(other.sides[opposite]):
                key = border.state, other.state, side
                found[key] = known[key] if key in known else _links_between(border, side, other, opposite)
    return found


def _links_between(border: _Border, side: str, other: _Border, opposite: str) -> list[Link]:
    return possible_links(border.sides[side], other.sides[opposite], border.things | other.things)


def _border(tile: TileRegions, state: int) -> _Border:
    things = {
        region.id: Thing(region.area, descriptor, region.label_id, _is_open(region))
        for region, descriptor in zip(tile.regions, tile.descriptors, strict=True)
    }
    place = tile.record.info.tile
    assert place is not None, "images of scenes are tiles"
    return _Border(state, (place.row, place.column), _sides(tile), things)


def _is_open(region: Region) -> bool:
    return region.label_id is None and region.status in _UNDECIDED and region.origin not in _BY_HAND


def _sides(tile: TileRegions) -> _Sides:
    """Region of each pixel along the borders of a tile."""
    width, height = tile.record.width, tile.record.height
    down, along = np.arange(height), np.arange(width)
    places = {
        "left": (down, np.array([0])),
        "right": (down, np.array([width - 1])),
        "top": (np.array([0]), along),
        "bottom": (np.array([height - 1]), along),
    }
    if not tile.regions:
        return {name: np.full(len(rows) * len(columns), NOBODY, np.int64) for name, (rows, columns) in places.items()}
    ids = np.array([*(region.id for region in tile.regions), NOBODY], np.int64)
    masks = [region.mask for region in tile.regions]
    return {name: ids[sample_owners(masks, *place).ravel()] for name, place in places.items()}
