"""Patch tokens of a corpus, computed once by the frozen backbone and kept on disk in half precision.

The cache may be deleted at any time; what is missing or damaged is computed again. An image takes
``views * tokens * D * 2`` bytes: about 3 MB with the bundled backbone and the default settings. It has a budget: what
is not of the corpus at hand goes first, the longest unused before; then there are fewer views; and where even one of
each image is too much, tokens are computed anew whenever they are drawn.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import re
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray

from acseg_core.errors import ImageError, ImagesNotFoundError
from acseg_core.nets.backbone import Backbone
from acseg_core.output.atomic_write import storage_error, write_aside
from acseg_core.output.kept_arrays import next_array
from acseg_core.types import Progress, SkippedFile
from acseg_training.augmentation import augmented_view
from acseg_training.corpus import Corpus, CorpusImage
from acseg_training.processes import ALONE, Processes

_log = logging.getLogger(__name__)

_OURS = re.compile(r"[0-9a-f]{24}-\d+\.npy")
"""Names of the files in the cache; others in its folder are none of ours."""

_GB = 1024**3


@dataclass(frozen=True, slots=True)
class View:
    """One view of one image.

    Attributes:
        image: The image.
        number: Of the view: 0 the image, 1 its mirror image, further ones random crops.
        file: Where its tokens are kept, (h, w, D) float16; None where they are computed whenever they are wanted.
    """

    image: CorpusImage
    number: int
    file: Path | None


@dataclass(frozen=True, slots=True)
class FeatureTick(Progress):
    """A tick of filling the cache.

    Attributes:
        computed: Views that were computed since the last tick; the others were there.
        absent: At the first tick, views that are not there yet; this process's share.
    """

    computed: int = 0
    absent: int = 0


@dataclass(frozen=True, slots=True)
class CachePlan:
    """What fits into the budget of the cache.

    Attributes:
        views: Of each image.
        kept: Images whose tokens are kept, from the first on.
        need: Bytes that they take, at most.
        told: What to say about it.
    """

    views: int
    kept: int
    need: int
    told: str

    @classmethod
    def of(cls, count: int, *, views: int, view_bytes: int, budget: int) -> CachePlan:
        """Plan for a number of images, and views of each, as far as the budget reaches."""
        fitting = budget // (count * view_bytes)
        if fitting >= views:
            need = count * views * view_bytes
            return cls(views, count, need, f"feature cache: up to {need / _GB:.2f} GB of disk")
        if fitting:
            need = count * fitting * view_bytes
            fewer = f"{fitting} of {views} views an image fit into the feature cache's {budget / _GB:.2f} GB"
            return cls(fitting, count, need, fewer)
        kept = budget // view_bytes
        anew = (
            f"the feature cache's {budget / _GB:.2f} GB hold {kept} of {count} images; the rest is computed anew each "
            "time, which is slow: allow it more, or train on fewer images"
        )
        return cls(1, kept, kept * view_bytes, anew)


@dataclass(frozen=True, slots=True)
class FeatureFiles:
    """Where the tokens of a corpus are.

    Attributes:
        views: Of all images that can be read, image by image.
        skipped: Images that could not be read, and why.
    """

    views: tuple[View, ...]
    skipped: tuple[SkippedFile, ...] = ()

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files of the cache."""
        return tuple(view.file for view in self.views if view.file is not None)


def cache_features(
    corpus: Corpus,
    backbone: Backbone,
    folder: Path,
    *,
    views: int = 2,
    input_size: int = 448,
    budget: int = 20 * _GB,
    processes: Processes = ALONE,
) -> Generator[FeatureTick, None, FeatureFiles]:
    """Compute the tokens that are not in ``folder`` yet.

    A view depends on the file's content and its number only, so that an interrupted run goes on where it was.

    Args:
        corpus: The images.
        backbone: The frozen backbone.
        folder: Of the cache; made if missing.
        views: Per image, at least 1.
        input_size: What the backbone was configured with; part of the cache's key.
        budget: Bytes that the folder may take.
        processes: Each computes its share; afterwards what it lacks, where the folder is not the same for all.

    Yields:
        A tick that says how much disk the cache takes, then one per image.

    Raises:
        ImagesNotFoundError: None of the images can be read.
        StorageError: The cache cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(folder, error) from error
    count = len(corpus)
    plan = CachePlan.of(count, views=views, view_bytes=bytes_of_view(backbone, input_size), budget=budget)
    _log.info("%s in %s", plan.told, folder)
    settings = f"{backbone.weights_sha256}|{input_size}"
    planned = [
        [
            View(image, view, _file(folder, image, view, settings) if place < plan.kept else None)
            for view in range(plan.views)
        ]
        for place, image in enumerate(corpus.images)
    ]
    if processes.is_first:
        make_room(folder, {view.file for of_image in planned for view in of_image if view.file}, budget - plan.need)
    faults: dict[int, str] = {}
    order = processes.share(range(count))
    absent = sum(view.file is not None and not view.file.exists() for place in order for view in planned[place])
    yield FeatureTick(0, count, plan.told, absent=absent)
    for turn in range(processes.rounds(count)):
        mine = turn < len(order)
        computed = _try_to_fill(planned[order[turn]], backbone, faults, order[turn]) if mine else 0
        told = f"features of {corpus.images[order[turn]].path.name}" if mine else "features"
        yield FeatureTick(min(count, (turn + 1) * processes.count), count, told, computed)
    if processes.count > 1:
        for place, of_image in enumerate(planned):  # what another one computed lies elsewhere, or is there
            _try_to_fill(of_image, backbone, faults, place)
        faults = {place: reason for found in processes.gather(faults) for place, reason in found.items()}
    skipped = [SkippedFile(str(corpus.images[place].path), faults[place]) for place in sorted(faults)]
    kept = tuple(view for place, of_image in enumerate(planned) if place not in faults for view in of_image)
    if not kept:
        first = skipped[0]
        raise ImagesNotFoundError(f"{first.path}: {first.reason}; none of the images can be used for training")
    _log.info("tokens of %d views, %d images skipped", len(kept), len(skipped))
    return FeatureFiles(kept, tuple(skipped))


def load_tokens(view: View, backbone: Backbone) -> NDArray[np.float16]:
    """The tokens of a view, (h, w, D) float16: read, or computed where they are not kept, or gone, or damaged.

    Raises:
        ImageError: They have to be computed, and the image cannot be read any more.
    """
    if view.file is not None:
        try:
            with view.file.open("rb") as file:
                tokens: NDArray[np.float16] = next_array(file)
            if tokens.ndim == 3 and tokens.dtype == np.float16:
                return tokens
        except Exception as error:  # NumPy has many ways to say that a file is damaged
            _log.info("%s: %r", view.file, error)
        _log.warning("%s: gone or damaged, computed again", view.file)
    drawn = _views_of(view.image, view.number + 1)
    return _computed([drawn[view.number]], backbone)[0]


def bytes_of_view(backbone: Backbone, input_size: int) -> int:
    """Bytes of a view in the cache; a little more than it takes, for a square image has the most tokens."""
    rows, columns = backbone.grid_size(input_size, input_size)
    return rows * columns * backbone.dim * np.dtype(np.float16).itemsize


def make_room(folder: Path, own: Iterable[Path], room: int) -> None:
    """Delete files of the cache that are of another corpus, the longest unused first, until the rest fits.

    Args:
        folder: Of the cache.
        own: Files that stay.
        room: Bytes that the others may take.
    """
    names = {path.name for path in own}
    others = []
    try:
        for entry in os.scandir(folder):
            if _OURS.fullmatch(entry.name) and entry.name not in names:
                status = entry.stat()
                others.append((status.st_mtime_ns, status.st_size, Path(entry.path)))
        others.sort(reverse=True)  # the last used first
        for _, size, path in others:
            room -= size
            if room < 0:
                path.unlink(missing_ok=True)
                _log.info("%s: deleted, as the feature cache has no room for it", path)
    except OSError as error:
        _log.warning("the feature cache could not be cleared: %s", error)


def _file(folder: Path, image: CorpusImage, view: int, settings: str) -> Path:
    key = f"{image.shown_as or image.path}|{image.page}|{settings}"
    return folder / f"{hashlib.sha256(key.encode('utf-8', 'surrogateescape')).hexdigest()[:24]}-{view}.npy"


def _try_to_fill(of_image: list[View], backbone: Backbone, faults: dict[int, str], place: int) -> int:
    """Compute the tokens of an image that are not there, or note why that cannot be done; returns how many views."""
    if place in faults:
        return 0
    try:
        return _fill(of_image, backbone)
    except ImageError as error:
        faults[place] = error.reason
        return 0


def _fill(of_image: list[View], backbone: Backbone) -> int:
    absent = [view for view in of_image if view.file is None or not _is_whole(view.file)]
    if not absent:
        return 0
    drawn = _views_of(of_image[0].image, len(of_image))  # of one that is not kept, too: whether it can be read
    wanted = [view for view in absent if view.file is not None]
    for view, tokens in zip(wanted, _computed([drawn[view.number] for view in wanted], backbone), strict=True):
        assert view.file is not None
        with write_aside(view.file, durable=False) as out:
            np.save(out, tokens)
    return len(wanted)


def _is_whole(file: Path) -> bool:
    """Whether a file of the cache has a header, and the bytes that it promises; they are not read. Notes its use."""
    try:
        tokens = open_memmap(file, mode="r")
        whole = tokens.dtype == np.float16 and tokens.offset + tokens.nbytes == file.stat().st_size
        if whole:
            with contextlib.suppress(OSError):
                os.utime(file)
    except FileNotFoundError:
        return False
    except Exception:  # numpy's parser fails in many ways
        whole = False
    if not whole:
        _log.warning("%s: damaged, computed again", file)
    return whole


def _views_of(image: CorpusImage, count: int) -> list[NDArray[np.uint8]]:
    """The first views of an image; what is random in them comes from its content."""
    pixels = image.load()
    key = image.shown_as or str(image.path)
    random = np.random.default_rng(int.from_bytes(hashlib.sha256(key.encode("utf-8", "surrogateescape")).digest()[:7]))
    return [augmented_view(pixels, number, random) for number in range(count)]


def _computed(views: list[NDArray[np.uint8]], backbone: Backbone) -> list[NDArray[np.float16]]:
    if not views:
        return []
    return [features.tokens.cpu().numpy().astype(np.float16) for features in backbone.features(views)]
