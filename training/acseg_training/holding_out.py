"""Images held out to judge a training by: chosen by their content, near-duplicates all on one side.

An image's side depends on its content and the seed, not on its name or on what else is in the corpus, unless the shares
would be missed: so a training that goes on with more images does not learn from those it was judged by before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from dataclasses import replace

import numpy as np
from PIL import Image

from acseg_core.errors import AcsegError, ImagesNotFoundError
from acseg_core.images.files import thumbnail_path
from acseg_core.images.resemblance import Look, joined, look_of, same_pictures, sequences
from acseg_core.types import Progress
from acseg_training.corpus import Corpus, CorpusImage
from acseg_training.settings import FEWEST_COMPARED

_TICK = 16
"""Images that are looked at between two ticks."""


def usual_share(count: int, share: float) -> float:
    """The share that is held out if nobody says otherwise: none of so few images that a comparison would tell nothing.

    Args:
        count: Images.
        share: Of the settings.
    """
    return share if round(count * share) >= FEWEST_COMPARED else 0.0


def hold_out(corpus: Corpus, share: float, *, seed: int = 0) -> tuple[Corpus, Corpus]:
    """The same as `holding_out`, without ticks."""
    work = holding_out(corpus, share, seed=seed)
    while True:
        try:
            next(work)
        except StopIteration as end:
            parted: tuple[Corpus, Corpus] = end.value
            return parted


def holding_out(corpus: Corpus, share: float, *, seed: int = 0) -> Generator[Progress, None, tuple[Corpus, Corpus]]:
    """Part a corpus into the images that are trained on and those that are held out.

    Copies of one picture and the frames of one film stay on one side (`acseg_core.images.resemblance`).

    Args:
        corpus: At least two images that do not resemble each other.
        share: Of the images to hold out, 0 to below 1; 0 holds out none.
        seed: Another one holds out others.

    Yields:
        Progress while the images are looked at.

    Returns:
        Those that are trained on, and those held out; both in the order of the corpus.

    Raises:
        ImagesNotFoundError: All images resemble each other.
        ValueError: The share is out of range.
    """
    if not 0 <= share < 1:
        raise ValueError(f"the share held out must be from 0 to below 1, got {share}")
    if share == 0:
        return corpus, replace(corpus, images=())
    looks: dict[int, Look] = {}
    for number, image in enumerate(corpus.images):
        if number % _TICK == 0:
            yield Progress(number, len(corpus), "comparing the images with each other")
        found = _look(corpus, image)
        if found is not None:
            looks[number] = found
    held = _held_out(_groups(corpus, looks), [image.sha256 for image in corpus.images], share, seed)
    train = replace(corpus, images=tuple(each for place, each in enumerate(corpus.images) if place not in held))
    return train, replace(corpus, images=tuple(each for place, each in enumerate(corpus.images) if place in held))


def _look(corpus: Corpus, image: CorpusImage) -> Look | None:
    """What an image looks like, by its thumbnail where there is one; None where it cannot be read."""
    try:
        if corpus.project is not None:
            thumbnail = thumbnail_path(corpus.project.thumbnails_dir, image.sha256)
            if thumbnail.is_file():
                with Image.open(thumbnail) as picture:
                    return look_of(np.asarray(picture.convert("RGB")))
        return look_of(image.load())
    except (AcsegError, OSError):
        return None


def _groups(corpus: Corpus, looks: dict[int, Look]) -> dict[int, int]:
    """For each image, by its place, the first one of those that it stays together with."""
    first: dict[str, int] = {}
    places = range(len(corpus))
    known = [(place, image.sha256) for place, image in enumerate(corpus.images) if image.sha256]
    copies = [(first.setdefault(sha256, place), place) for place, sha256 in known]
    films = sequences({place: corpus.images[place].path.as_posix() for place in places}, looks)
    frames = [(film[0], frame) for film in films for frame in film[1:]]
    return joined(places, [*copies, *same_pictures(looks), *frames])


def _held_out(groups: dict[int, int], hashes: list[str], share: float, seed: int) -> set[int]:
    """Places of the images held out: whole groups in an order by content, until there are enough.

    Raises:
        ImagesNotFoundError: There is only one group.
    """
    members: dict[int, list[int]] = {}
    for place, group in groups.items():
        members.setdefault(group, []).append(place)
    if len(members) < 2:
        raise ImagesNotFoundError(
            "all images look alike, so that none can be held out to judge by; add others, or hold out none"
        )
    order = sorted(members.values(), key=lambda places: min(_rank(hashes[place], seed) for place in places))
    wanted = max(1, round(share * len(groups)))
    held: set[int] = set()
    for number, places in enumerate(order):
        if len(held) + len(places) <= wanted and len(held) + len(places) < len(groups):
            held.update(places)
        elif not held and number == len(order) - 1:
            held.update(sorted(order, key=len)[0])  # all groups are larger than what is wanted
    return held


def _rank(sha256: str, seed: int) -> str:
    return hashlib.sha256(f"{seed}|{sha256}".encode()).hexdigest()
