"""Patch tokens of a corpus, computed once by the frozen backbone and kept on disk in half precision.

The cache may be deleted whenever no training runs; what is missing or damaged is computed again. An image takes
``views * tokens * D * 2`` bytes: about 3 MB with the bundled backbone and the default settings.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray

from acseg_core.errors import ImageError, ImagesNotFoundError
from acseg_core.images.files import load_image, os_reason
from acseg_core.nets.backbone import Backbone
from acseg_core.output.atomic_write import storage_error, write_aside
from acseg_core.output.kept_arrays import needed, next_array
from acseg_core.types import Progress, SkippedFile
from acseg_training.augmentation import augmented_view
from acseg_training.corpus import Corpus

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FeatureFiles:
    """Where the tokens of a corpus are.

    Attributes:
        paths: One .npy file per image and view, each (h, w, D) float16.
        skipped: Images that could not be read, and why.
    """

    paths: tuple[Path, ...]
    skipped: tuple[SkippedFile, ...] = ()


def cache_features(
    corpus: Corpus, backbone: Backbone, folder: Path, *, views: int = 2, input_size: int = 448
) -> Generator[Progress, None, FeatureFiles]:
    """Compute the tokens that are not in ``folder`` yet.

    The first view of an image is the image, the second its mirror image, further ones are random crops, mirrored
    in turn; a view depends on the file's path and its number only, so that an interrupted run goes on where it was.

    Args:
        corpus: The images.
        backbone: The frozen backbone.
        folder: Of the cache; made if missing.
        views: Per image, at least 1.
        input_size: What the backbone was configured with; part of the cache's key.

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
    need = f"feature cache: up to {_most_bytes(corpus, backbone, views, input_size) / 1024**3:.2f} GB of disk"
    _log.info("%s in %s", need, folder)
    yield Progress(0, len(corpus.paths), need)
    paths: list[Path] = []
    skipped: list[SkippedFile] = []
    for number, image_path in enumerate(corpus.paths):
        try:
            stem = _stem(image_path, f"{backbone.weights_sha256}|{input_size}")
            files = [folder / f"{stem}-{view}.npy" for view in range(views)]
            _fill(files, image_path, backbone)
            paths.extend(files)
        except ImageError as error:
            skipped.append(SkippedFile(str(image_path), error.reason))
        yield Progress(number + 1, len(corpus.paths), f"features of {image_path.name}")
    if not paths:
        first = skipped[0]
        raise ImagesNotFoundError(f"{first.path}: {first.reason}; none of the images can be used for training")
    _log.info("tokens of %d views, %d images skipped", len(paths), len(skipped))
    return FeatureFiles(tuple(paths), tuple(skipped))


def load_tokens(path: Path) -> NDArray[np.float16]:
    """Read one file of the cache: (h, w, D) float16.

    Raises:
        StorageError: It is gone or damaged since the cache was filled.
    """
    with needed(path, remedy="run the training again with --resume; the features are computed again"):
        with path.open("rb") as file:
            tokens: NDArray[np.float16] = next_array(file)
        if tokens.ndim != 3 or tokens.dtype != np.float16:
            raise ValueError(f"no tokens, but an array of shape {tokens.shape}")
    return tokens


def _most_bytes(corpus: Corpus, backbone: Backbone, views: int, input_size: int) -> int:
    """Bytes of the whole cache; a little more than it takes, for a square image has the most tokens."""
    rows, columns = backbone.grid_size(input_size, input_size)
    return len(corpus.paths) * views * rows * columns * backbone.dim * np.dtype(np.float16).itemsize


def _stem(image_path: Path, settings: str) -> str:
    try:
        status = image_path.stat()
    except OSError as error:
        raise ImageError(image_path, os_reason(error)) from error
    key = f"{image_path}|{(status.st_size, status.st_mtime_ns)}|{settings}"
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:24]


def _is_whole(file: Path) -> bool:
    """Whether a file of the cache has a header, and the bytes that it promises; they are not read."""
    try:
        tokens = open_memmap(file, mode="r")
        whole = tokens.dtype == np.float16 and tokens.offset + tokens.nbytes == file.stat().st_size
    except FileNotFoundError:
        return False
    except Exception:  # numpy's parser fails in many ways
        whole = False
    if not whole:
        _log.warning("%s: damaged, computed again", file)
    return whole


def _fill(files: list[Path], image_path: Path, backbone: Backbone) -> None:
    absent = [view for view, file in enumerate(files) if not _is_whole(file)]
    if not absent:
        return
    image = load_image(image_path)
    random = np.random.default_rng(int(files[0].stem.split("-")[0], 16) % 2**63)
    drawn = [augmented_view(image, view, random) for view in range(len(files))]
    for view, features in zip(absent, backbone.features([drawn[view] for view in absent]), strict=True):
        with write_aside(files[view], durable=False) as out:
            np.save(out, features.tokens.cpu().numpy().astype(np.float16))
