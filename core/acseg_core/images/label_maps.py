"""Detection of label maps among photos: data sets bring them along, and they have no concepts to propose.

One rule, so that it can be told in a line: a PNG with a palette, or of one channel and at most 64 values, that is named
like a photo in another folder, is a label map; and so is one named like a photo anywhere with `_mask`, `_label`, `_seg`
or `_gt` at the end. A file without such a photo beside it is taken for a photo, whatever it looks like.
"""

from __future__ import annotations

import logging
import struct
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

_log = logging.getLogger(__name__)

LABEL_MAP = "a label map, not a photo"
"""Reason given for a label map in a list of skipped files."""

RULE = (
    "A PNG with a palette, or with one channel and at most 64 values, counts as a label map and is left out if "
    "another folder has a photo with the same name, or if it is named like a photo plus _mask, _label, _seg or _gt."
)
"""Explanation of the rule, for whoever wonders why."""

_MOST_VALUES = 64
_ENDINGS = ("_mask", "_masks", "_label", "_labels", "_seg", "_gt")
_SIGNATURE, _HEADER_BYTES, _COLOR_TYPE = b"\x89PNG\r\n\x1a\n", 26, 25
_GREY, _PALETTE = 0, 3
_MOST_BYTES = 256 * 2**20
_MOST_PIXELS = 120_000_000


class LabelMaps:
    """Tells label maps from photos among the files of a folder.

    Args:
        root: The folder.
        paths: All image files below it, relative, with forward slashes.
    """

    def __init__(self, root: Path, paths: Iterable[str]) -> None:
        self._root = root
        self._known: dict[str, bool] = {}
        self._by_stem: dict[str, list[str]] = {}
        for path in paths:
            self._by_stem.setdefault(PurePosixPath(path).stem.casefold(), []).append(path)

    def __contains__(self, path: str) -> bool:
        """Whether that file is a label map of one of the photos; what cannot be read is none."""
        partners = self._partners(path)
        return bool(partners) and self._looks_so(path) and not all(self._looks_so(each) for each in partners)

    def _partners(self, path: str) -> list[str]:
        if not path.casefold().endswith(".png"):
            return []
        place = PurePosixPath(path)
        stem, folder = place.stem.casefold(), place.parent
        found = [each for each in self._by_stem.get(stem, ()) if PurePosixPath(each).parent != folder]
        for ending in _ENDINGS:
            if stem.endswith(ending):
                found += self._by_stem.get(stem.removesuffix(ending), ())
        return found

    def _looks_so(self, path: str) -> bool:
        if path not in self._known:
            try:
                self._known[path] = _has_few_values(self._root / path)
            except Exception as error:  # decoders meet hostile bytes; who reads the file tells what is wrong with it
                _log.debug("%s: not known to be a label map (%s)", path, error)
                self._known[path] = False
        return self._known[path]


def _has_few_values(path: Path) -> bool:
    import numpy as np  # here, as the command line's help needs this module's words only
    from PIL.PngImagePlugin import PngImageFile

    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    if len(header) < _HEADER_BYTES or not header.startswith(_SIGNATURE):
        return False
    width, height = struct.unpack_from(">II", header, 16)
    if header[_COLOR_TYPE] != _GREY or path.stat().st_size > _MOST_BYTES or width * height > _MOST_PIXELS:
        return header[_COLOR_TYPE] == _PALETTE
    with PngImageFile(path) as image:  # Image.open would warn of large images
        if image.mode in ("1", "L"):
            return sum(map(bool, image.histogram())) <= _MOST_VALUES  # without sorting the pixels
        return len(np.unique(np.asarray(image))) <= _MOST_VALUES
