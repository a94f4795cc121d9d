"""Pictures that are nearly the same: copies in another size or quality, and neighbouring frames of a film.

A picture is judged by a grey copy of 32 x 32 pixels, of which brightness and contrast do not count. Copies of one
photo correlate by .997 and more then; different pictures by less than .9, and where all show the same thing from the
same side (the backs of eyes, of which DRIVE is made) by up to .992. Frames are known by their names, too.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import cv2
import numpy as np
from numpy.typing import NDArray

_SIDE = 32
_SAME = 0.995
"""Correlation from which two pictures are copies of one."""
_NEXT = 0.9
"""Correlation from which one may be the frame after another."""
_EVEN_STEP, _EVEN = 5, 0.3
"""Where names count on by the same step of so many or more, a correlation from which one may be the next frame."""
_FEWEST_FRAMES = 3
_COMPARED = 200
"""Pairs of pictures by which it is judged how much alike all of a folder are."""
_BANDS, _BAND_BITS = 8, 8

_LAST_NUMBER = re.compile(r"^(.*?)(\d+)(\D*)$", re.DOTALL)


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What a picture looks like.

    Attributes:
        grey: (32, 32) uint8.
        bits: 64 that say where it gets brighter from left to right; copies have most of them alike.
    """

    grey: NDArray[np.uint8]
    bits: int


def look_of(rgb: NDArray[np.uint8]) -> Look:
    """Judge a picture, (H, W, 3) uint8."""
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (9, 8), interpolation=cv2.INTER_AREA)
    bits = int.from_bytes(np.packbits(small[:, 1:] > small[:, :-1]).tobytes())
    return Look(cv2.resize(grey, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA).astype(np.uint8), bits)


def correlation(one: Look, other: Look) -> float:
    """How much alike two pictures are, -1 to 1; one that is the same grey all over is like no other."""
    first, second = (look.grey.astype(np.float32) - look.grey.mean() for look in (one, other))
    norm = float(np.linalg.norm(first) * np.linalg.norm(second))
    return float((first * second).sum()) / norm if norm else 0.0


def same_pictures(looks: Mapping[int, Look]) -> list[tuple[int, int]]:
    """Pairs of copies, by id: each with the first one of its kind.

    Only pictures that have eight neighbouring bits alike are compared, so that the work does not grow with the square
    of their number.
    """
    firsts: list[dict[int, list[int]]] = [{} for _ in range(_BANDS)]
    pairs = []
    for id_, look in looks.items():
        keys = [(look.bits >> _BAND_BITS * number) & (2**_BAND_BITS - 1) for number in range(_BANDS)]
        bands = [firsts[number].setdefault(key, []) for number, key in enumerate(keys)]
        near = dict.fromkeys(other for band in bands for other in band if _has_like_bits(look, looks[other]))
        found = next((other for other in near if correlation(look, looks[other]) >= _SAME), None)
        if found is not None:
            pairs.append((found, id_))
            continue
        for band in bands:
            band.append(id_)
    return pairs


def _has_like_bits(one: Look, other: Look) -> bool:
    return (one.bits ^ other.bits).bit_count() <= _BANDS


def sequences(paths: Mapping[int, str], looks: Mapping[int, Look]) -> list[list[int]]:
    """Frames of films: files of one folder whose names differ by a number only.

    Either each picture resembles the one before much more than pictures of that name do otherwise; or the number grows
    by the same large step each time, as when every tenth frame was kept, and they resemble each other somewhat. Photos
    of a camera are numbered, too, one by one, but show something else one after the other.

    Args:
        paths: Of all images, by id.
        looks: Of those that could be judged.

    Returns:
        The ids of the frames of each film, three or more, in order.
    """
    named: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    for id_, path in paths.items():
        place = PurePosixPath(path)
        if (match := _LAST_NUMBER.match(place.name)) is not None:
            named.setdefault((str(place.parent), match[1], match[3]), []).append((int(match[2]), id_))
    found = []
    for frames in named.values():
        if len(frames) >= _FEWEST_FRAMES:
            frames.sort()
            found += _runs(frames, looks)
    return found


def _runs(frames: Sequence[tuple[int, int]], looks: Mapping[int, Look]) -> list[list[int]]:
    least = _least_likeness([id_ for _, id_ in frames], looks)
    steps = [later - earlier for (earlier, _), (later, _) in itertools.pairwise(frames)]
    runs = [[frames[0][1]]]
    for place, (_, id_) in enumerate(frames[1:]):
        before = runs[-1][-1]
        step = steps[place]
        is_even = step >= _EVEN_STEP and step in (*steps[max(0, place - 1) : place], *steps[place + 1 : place + 2])
        likeness = correlation(looks[id_], looks[before]) if id_ in looks and before in looks else 0.0
        if likeness >= (min(_EVEN, least) if is_even else least):
            runs[-1].append(id_)
        else:
            runs.append([id_])
    return [run for run in runs if len(run) >= _FEWEST_FRAMES]


def _least_likeness(ids: Sequence[int], looks: Mapping[int, Look]) -> float:
    """How much a picture is like the one before, at least, if they are frames of a film."""
    known = [id_ for id_ in ids if id_ in looks]
    chance = random.Random(0)
    pairs = [chance.sample(known, 2) for _ in range(_COMPARED)] if len(known) > _FEWEST_FRAMES else []
    usual = float(np.median([correlation(looks[one], looks[other]) for one, other in pairs])) if pairs else 0.0
    return max(_NEXT, (1 + usual) / 2)


def joined(ids: Sequence[int], pairs: Sequence[tuple[int, int]]) -> dict[int, int]:
    """What hangs together by pairs: for each id the first of its group."""
    order = {id_: place for place, id_ in enumerate(ids)}
    first = {id_: id_ for id_ in ids}

    def root(id_: int) -> int:
        while first[id_] != id_:
            first[id_] = first[first[id_]]
            id_ = first[id_]
        return id_

    for one, other in pairs:
        low, high = sorted((root(one), root(other)), key=lambda each: order[each])
        first[high] = low
    return {id_: root(id_) for id_ in ids}
