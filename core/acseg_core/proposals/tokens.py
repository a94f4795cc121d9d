"""Cache of patch tokens on disk (float16): what was computed on an image once needs no model again.

Files are named by the image's hash and by who computed them, so that another image, backbone or input size never finds
them. Each holds its arrays one after the other as `np.save` writes them, in half of an archive's time. The folder is
bounded: what was used longest ago goes first. It is a cache: whatever is wrong with it, the tokens are computed again.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from acseg_core.output.atomic_write import keep
from acseg_core.output.kept_arrays import named_arrays, next_array

if TYPE_CHECKING:
    from torch import Tensor

    from acseg_core.nets.features import FeatureMap

_log = logging.getLogger(__name__)

LIMIT_BYTES = 4 * 2**30

_OPTIONAL = ("keys", "middle", "upper", "multi_crop")
"""Parts after the tokens, in the order they have in a file."""

_NAMES_IN_ARCHIVE = {"multi_crop": "closer"}
"""Names in archives of parts that are called otherwise now."""

_SUFFIX, _ARCHIVE = ".tokens", ".npz"
"""Suffixes of files as they are written now, and as they were: archives of the same arrays by name."""

_NOTHING = np.zeros(0, np.float16)
"""Array written for a part that an image does not have, so that each has its place in the file."""

PRECISIONS = ("torch.float32", "torch.bfloat16")
"""Precisions that a backbone may have computed in."""


def identity_of(*, backbone: str, weights_sha256: str, input_size: int, precision: str) -> str:
    """What a `TokenCache` is asked for: all that decides what the tokens of an image are."""
    return f"{backbone} {weights_sha256} {input_size} {precision} three depths"


@dataclass(frozen=True, slots=True, eq=False)
class PatchTokens:
    """What dense propagation needs of one image.

    Attributes:
        tokens: (h, w, D) float16, last-layer tokens.
        keys: (h, w, D) float16, last-block keys, or None where the backbone has none.
        middle: (h, w, D) float16, tokens at half of the network's depth, or None where it is shallow.
        upper: (h, w, D) float16, at three quarters of it, or None.
        multi_crop: (2 h', 2 w', E) float16, L2-normalised: descriptors of the patches of the image's four quarters,
            each a view of its own, or None where nobody asked; see `acseg_core.names.dense.multi_crop_view`.
    """

    tokens: NDArray[np.float16]
    keys: NDArray[np.float16] | None = None
    middle: NDArray[np.float16] | None = None
    upper: NDArray[np.float16] | None = None
    multi_crop: NDArray[np.float16] | None = None

    @property
    def description_tokens(self) -> NDArray[np.float16]:
        """(h, w, D) float16, the tokens that regions are described by."""
        return self.tokens if self.upper is None else self.upper


def tokens_of(features: FeatureMap) -> PatchTokens:
    """What is kept of the backbone's output."""
    parts = (features.keys, features.middle, features.upper)
    return PatchTokens(_half(features.tokens), *(None if part is None else _half(part) for part in parts))


class TokenCache:
    """Tokens of images as one backbone computed them.

    Args:
        folder: Made when it is needed.
        identity: Everything that decides what the tokens are; see `identity_of`.
        limit_bytes: Of all files in the folder together.
    """

    def __init__(self, folder: Path, identity: str, *, limit_bytes: int = LIMIT_BYTES) -> None:
        self._folder, self._limit = folder, limit_bytes
        self._identity = identity
        self._size: int | None = None

    def get(self, shown_as: str, *, multi_crop: bool = False, augmentation: str = "") -> PatchTokens | None:
        """The tokens of the image that is shown so, or None when they are not here.

        Args:
            shown_as: Of the image (`ImageInfo.shown_as`).
            multi_crop: Read the multi-crop view, too, where there is one: it is four times as large as all the rest.
            augmentation: What was done to the image before (`acseg_core.names.dense.Augmentation.key`); nothing if
                left out.
        """
        for suffix, read in ((_SUFFIX, _read), (_ARCHIVE, _read_archive)):
            path = self._path(shown_as, augmentation, suffix)
            try:
                found = read(path, multi_crop=multi_crop)
                path.touch()
            except FileNotFoundError:
                continue
            except Exception as error:  # NumPy has many ways to say that a file is damaged
                _log.warning("%s: not readable, computed again (%s)", path, error)
                continue
            return found
        return None

    def put(self, shown_as: str, found: PatchTokens, *, augmentation: str = "") -> None:
        """Keep the tokens of an image; a full disk or a folder that cannot be written is no fault."""
        path = self._path(shown_as, augmentation, _SUFFIX)
        if keep(path, lambda file: _write(file, found), what="tokens are"):
            try:
                self._make_room(path.stat().st_size)
            except OSError as error:
                _log.warning("the oldest tokens are not deleted: %s", error)

    def _path(self, shown_as: str, augmentation: str, suffix: str) -> Path:
        identity = f"{self._identity} {augmentation}" if augmentation else self._identity
        return self._folder / f"{shown_as}-{hashlib.sha256(identity.encode()).hexdigest()[:16]}{suffix}"

    def _make_room(self, added: int) -> None:
        """Delete the files used longest ago until all fit; the folder is listed only when they may not."""
        if self._size is not None and self._size + added <= self._limit:
            self._size += added
            return
        paths = (path for suffix in (_SUFFIX, _ARCHIVE) for path in self._folder.glob(f"*{suffix}"))
        files = [(path.stat(), path) for path in paths]
        self._size = sum(stat.st_size for stat, _ in files)
        for stat, path in sorted(files, key=lambda each: each[0].st_mtime_ns):
            if self._size <= self._limit:
                return
            path.unlink(missing_ok=True)
            self._size -= stat.st_size


def _write(file: IO[bytes], found: PatchTokens) -> None:
    for part in (found.tokens, *(getattr(found, name) for name in _OPTIONAL)):
        np.save(file, _NOTHING if part is None else part, allow_pickle=False)


def _read(path: Path, *, multi_crop: bool) -> PatchTokens:
    with path.open("rb") as file:
        parts = [next_array(file) for _ in range(len(_OPTIONAL) + multi_crop)]
    if not parts[0].size or any(part.dtype != np.float16 for part in parts):
        raise ValueError("no tokens in it")
    return PatchTokens(parts[0], *(part if part.size else None for part in parts[1:]))


def _read_archive(path: Path, *, multi_crop: bool) -> PatchTokens:
    wanted = _OPTIONAL if multi_crop else _OPTIONAL[:-1]
    stored = named_arrays(path)
    return PatchTokens(stored["tokens"], *(stored.get(_NAMES_IN_ARCHIVE.get(name, name)) for name in wanted))


def _half(part: Tensor) -> NDArray[np.float16]:
    return np.asarray(part.half().cpu().numpy(), np.float16)  # NumPy would take thirty times longer
