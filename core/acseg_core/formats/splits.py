"""Splits of a data set: which images are for training, which for validation and for tests.

What would make a test worthless stays on one side: copies of one picture, the frames of one film, and tiles of a scene
that lie beside each other, in blocks of tiles.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath

import numpy as np
from PIL import Image

from acseg_core.errors import AcsegError, ExportError
from acseg_core.formats.blocks import Place, block_side, place_of
from acseg_core.images.files import ensure_thumbnail
from acseg_core.images.image_paths import file_of_tile
from acseg_core.images.resemblance import Look, joined, look_of, same_pictures, sequences
from acseg_core.store import Project, queries
from acseg_core.store.queries.image_list import images_by_id
from acseg_core.types import ImageRecord, Progress

_TICK = 64
"""Images that are looked at between two ticks."""


class SplitBy(StrEnum):
    """What else stays together."""

    RANDOM = "random"
    """Nothing."""
    FOLDER = "folder"
    """The images of a folder."""
    CLUSTER = "cluster"
    """Images that are mostly covered by one cluster."""


@dataclass(frozen=True, slots=True)
class Split:
    """How a data set is split.

    Attributes:
        shares: Of the images for each split by its name; they add up to 1.
        by: What stays together beside copies and films.
        seed: The same seed splits the same images alike.
    """

    shares: Mapping[str, float]
    by: SplitBy = SplitBy.RANDOM
    seed: int = 0


def split_from(text: str, *, by: SplitBy = SplitBy.RANDOM, seed: int = 0) -> Split:
    """Read a split as it is written on a command line: "train=.8,val=.1,test=.1".

    Raises:
        ExportError: It makes no sense.
    """
    shares: dict[str, float] = {}
    for part in text.split(","):
        name, _, share = (word.strip() for word in part.partition("="))
        try:
            value = float(share)
        except ValueError:
            value = -1.0
        if not name.isidentifier() or name.casefold() in map(str.casefold, shares) or not 0 < value <= 1:
            raise ExportError(f'"{text}" is not a split; write names and shares, for example train=.8,val=.1,test=.1')
        shares[name] = value
    if abs(sum(shares.values()) - 1) > _ROUNDING:
        raise ExportError(f'the shares of "{text}" add up to {sum(shares.values()):g}; they must add up to 1')
    return Split(shares, by, seed)


_ROUNDING = 0.011
"""Three thirds are written as .33 each."""


@dataclass(frozen=True, slots=True)
class Splits:
    """The split of each image.

    Attributes:
        splits: By image id.
        notes: What stays together and how that was judged, one line each.
        block_side: Tiles of the side of a block that stays together.
        blocks: The split of each block of tiles.
    """

    splits: Mapping[int, str]
    notes: tuple[str, ...] = field(default=())
    block_side: int = 1
    blocks: Mapping[Place, str] = field(default_factory=dict)


def split_images(project: Project, image_ids: Sequence[int], split: Split) -> Generator[Progress, None, Splits]:
    """Give each image a split.

    Args:
        project: May be read-only.
        image_ids: Of the images.
        split: How.

    Yields:
        Progress while the images are looked at.

    Raises:
        ExportError: There are fewer groups than splits, or no clusters.
    """
    records = images_by_id(project, image_ids)
    photos = [id_ for id_ in image_ids if records[id_].info.tile is None]
    looks = yield from _looks(project, [records[id_] for id_ in photos])
    paths = {id_: records[id_].path for id_ in image_ids}
    by_hash: dict[str, int] = {}
    blocks, side = _blocks([records[id_] for id_ in image_ids], len(split.shares))
    corners: dict[Place, int] = {}
    beside = [(corners.setdefault(place, id_), id_) for id_, place in blocks.items()]
    copies = [(by_hash.setdefault(records[id_].info.sha256, id_), id_) for id_ in image_ids]
    copies = list(dict.fromkeys([*(pair for pair in copies if pair[0] != pair[1]), *same_pictures(looks)]))
    films = sequences({id_: paths[id_] for id_ in photos}, looks)
    firsts: dict[object, int] = {}
    alike = [(firsts.setdefault(key, id_), id_) for id_, key in _together(project, paths, split.by).items()]
    frames = [(film[0], frame) for film in films for frame in film[1:]]
    groups = joined(image_ids, [*copies, *frames, *alike, *beside])
    count = len(set(groups.values()))
    if count < len(split.shares):
        raise ExportError(
            f"{project.folder}: the images form {count} groups that stay together, too few for "
            f"{len(split.shares)} splits; split otherwise, or export more images"
        )
    copied = len({id_ for _, id_ in copies})
    notes: list[str] = []
    if copied:
        notes.append(f"near-duplicates kept together: {copied} (same file, or nearly the same pixels)")
    if films:
        frames_in = sum(map(len, films))
        notes.append(f"video sequences kept together: {len(films)}, with {frames_in} frames (by name and likeness)")
    if not notes and photos:
        notes.append("no near-duplicates and no video sequences were found among the images")
    if split.by is SplitBy.FOLDER:
        notes.append(f"folders kept together: {len(firsts)}")
    elif split.by is SplitBy.CLUSTER:
        notes.append(f"clusters kept together: {len(firsts)}")
    if blocks:
        notes.append(f"tiles of scenes kept together: {len(corners)} blocks of up to {side} x {side} tiles")
    splits = shared_out(groups, split)
    return Splits(splits, tuple(notes), side, {place: splits[id_] for id_, place in blocks.items()})


def _blocks(records: Sequence[ImageRecord], parts: int) -> tuple[dict[int, Place], int]:
    """The block of each tile among images, and how many tiles its side has."""
    tiles = {each.id: (file_of_tile(each.path), each.info.tile) for each in records if each.info.tile is not None}
    side = block_side(tuple(tiles.values()), parts)
    return {id_: place_of(scene, tile, side) for id_, (scene, tile) in tiles.items()}, side


def shared_out(groups: Mapping[int, int], split: Split) -> dict[int, str]:
    """Give each group of images the split that lacks most, the largest groups first, equals in an order by the seed.

    No split stays empty, if there are groups enough.
    """
    sizes = Counter(groups.values())
    order = sorted(sizes)
    random.Random(split.seed).shuffle(order)
    order.sort(key=lambda group: -sizes[group])
    missing = {name: share * len(groups) for name, share in split.shares.items()}
    empty = dict.fromkeys(split.shares)
    chosen: dict[int, str] = {}
    for place, group in enumerate(order):
        among = list(empty) if len(order) - place <= len(empty) else list(missing)
        name = max(among, key=lambda each: missing[each])
        chosen[group] = name
        missing[name] -= sizes[group]
        empty.pop(name, None)
    return {id_: chosen[group] for id_, group in groups.items()}


def _looks(project: Project, records: Sequence[ImageRecord]) -> Generator[Progress, None, dict[int, Look]]:
    """What the images look like by their thumbnails; those whose file cannot be read are left out."""
    looks: dict[int, Look] = {}
    for number, record in enumerate(records):
        if number % _TICK == 0:
            yield Progress(number, len(records), "comparing the images")
        try:
            file = ensure_thumbnail(project.image_root, record.info, thumbnails=project.thumbnails_dir)
            with Image.open(file) as picture:
                looks[record.id] = look_of(np.asarray(picture.convert("RGB")))
        except (AcsegError, OSError):
            continue
    return looks


def _together(project: Project, paths: Mapping[int, str], by: SplitBy) -> Mapping[int, object]:
    """What each image has in common with those that it stays together with; nothing for those that stay with none."""
    if by is SplitBy.FOLDER:
        return {id_: str(PurePosixPath(path).parent) for id_, path in paths.items()}
    return _clusters(project, list(paths)) if by is SplitBy.CLUSTER else {}


def _clusters(project: Project, image_ids: Sequence[int]) -> dict[int, int]:
    """The cluster that covers most of each image that has any."""
    found: dict[int, int] = {}
    for record, regions in queries.image_regions(project, image_ids):
        areas: Counter[int] = Counter()
        for region in regions:
            if region.cluster_id is not None:
                areas[region.cluster_id] += region.area
        if areas:
            found[record.id] = max(areas, key=lambda cluster: (areas[cluster], -cluster))
    if not found:
        raise ExportError(
            f"{project.folder}: there are no clusters yet; group similar regions first, or split otherwise"
        )
    return found
