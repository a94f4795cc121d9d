"""Which images of a project go into which part, when it is shared among people.

What is one file stays together: the pages of a TIFF, and, but for `ShareBy.COUNT`, the tiles of a scene.
"""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import accumulate, pairwise
from pathlib import PurePosixPath
from typing import NamedTuple

from acseg_core.errors import EditError
from acseg_core.images.image_paths import file_and_page, file_of_tile
from acseg_core.store import Project, queries
from acseg_core.store.queries.cluster_queries import commonest_clusters
from acseg_core.types import ImageRecord


class ShareBy(StrEnum):
    """What images of one part have in common."""

    FOLDER = "folder"
    """Their folders, each of which is in one part."""
    CLUSTER = "cluster"
    """The cluster that most of their pixels are in: who gets them sees much that is alike."""
    COUNT = "count"
    """Their place in the list: the first go into the first part, and so on."""


class _Unit(NamedTuple):
    """Images that stay together, in display order."""

    path: str
    images: tuple[int, ...]


def choose_parts(project: Project, by: ShareBy, into: int) -> list[list[int]]:
    """Put all images of a project into parts of about as many images each.

    Args:
        project: Open.
        by: What those of one part have in common.
        into: How many parts.

    Returns:
        The ids of images for each part; none is empty.

    Raises:
        EditError: There are not as many images, or folders, or no clusters.
    """
    records = queries.images(project)
    units = _units(records, cuts_scenes=by is ShareBy.COUNT)
    if len(units) < into:
        raise EditError(f"{into} parts cannot be made of {len(units)} image files; choose fewer parts")
    if by is ShareBy.FOLDER:
        return _by_folder(units, into)
    if by is ShareBy.CLUSTER:
        units = _by_cluster(units, commonest_clusters(project))
    return _in_a_row(units, into)


def file_of(path: str, *, is_tile: bool) -> str:
    """The path of the file that an image is of: its own, that of the first page, or the scene's."""
    return file_of_tile(path) if is_tile else file_and_page(path)[0]


def _units(records: Sequence[ImageRecord], *, cuts_scenes: bool) -> list[_Unit]:
    together: dict[str, list[int]] = {}
    for record in records:
        is_tile = record.info.tile is not None
        unit = record.path if is_tile and cuts_scenes else file_of(record.path, is_tile=is_tile)
        together.setdefault(unit, []).append(record.id)
    return [_Unit(path, tuple(images)) for path, images in together.items()]


def _by_folder(units: Sequence[_Unit], into: int) -> list[list[int]]:
    """The largest folder first, each into the part that has least so far."""
    folders: dict[str, list[int]] = {}
    for unit in units:
        folders.setdefault(str(PurePosixPath(unit.path).parent), []).extend(unit.images)
    if len(folders) < into:
        number = f"{len(folders)} folder{'' if len(folders) == 1 else 's'}"
        raise EditError(f"the images are in {number}, too few for {into} parts; choose fewer parts, or share by count")
    parts: list[list[int]] = [[] for _ in range(into)]
    for images in sorted(folders.values(), key=len, reverse=True):
        min(parts, key=len).extend(images)
    return parts


def _by_cluster(units: Sequence[_Unit], ranks: Mapping[int, int]) -> list[_Unit]:
    """Files whose images are mostly of one cluster side by side; those of none come last."""
    if not ranks:
        raise EditError("the project has no clusters yet; group regions first, or share by count or by folder")
    last = max(ranks.values()) + 1

    def rank(unit: _Unit) -> int:
        found = [ranks.get(image, last) for image in unit.images]
        return max(found, key=lambda each: (found.count(each), -each))

    return sorted(units, key=rank)


def _in_a_row(units: Sequence[_Unit], into: int) -> list[list[int]]:
    """Cut a row of files where parts come out most alike in number of images, and none empty."""
    ends = list(accumulate(len(unit.images) for unit in units))
    cuts = [0]
    for number in range(1, into):
        wanted = bisect.bisect_left(ends, ends[-1] * number / into) + 1
        cuts.append(min(max(wanted, cuts[-1] + 1), len(units) - (into - number)))
    cuts.append(len(units))
    return [[image for unit in units[first:end] for image in unit.images] for first, end in pairwise(cuts)]
