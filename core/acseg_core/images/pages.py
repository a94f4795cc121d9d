"""Pages of a TIFF file as images of their own.

A page has a path (`image_paths`); a file that really has such a name is that file. The hash of a page is made of the
file's and its number, so that no two pages have one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from pathlib import Path

from acseg_core.images.image_paths import file_and_page, page_path, path_below
from acseg_core.images.tiff import count_pages
from acseg_core.images.tiff_header import TiffError

_SUFFIXES = (".tif", ".tiff")


def located(root: Path, path: str) -> tuple[Path, int]:
    """The file that holds an image, and which of its pages it is.

    Args:
        root: The image folder.
        path: Of the image below it, with forward slashes.

    Raises:
        ImageError: The path leads out of the folder.
    """
    below = path_below(root, path)
    file, number = file_and_page(path)
    if number > 1 and not below.exists() and (root / file).is_file():
        return root / file, number
    return below, 1


def page_hash(sha256: str, number: int) -> str:
    """Hex digest of a page, from its file's."""
    return sha256 if number == 1 else hashlib.sha256(f"{sha256}#{number}".encode()).hexdigest()


def with_pages(root: Path, paths: Iterable[str], *, known: Collection[str], everywhere: bool) -> list[str]:
    """Name all pages of files of several pages.

    Args:
        root: The image folder.
        paths: Of the files below it, in order.
        known: Of images of a project: of a file that has pages among them, all are named.
        everywhere: Of all files.

    Returns:
        The same paths, those of pages behind their file's.
    """
    there = set(paths := list(paths))
    taken = {file_and_page(path)[0] for path in known if path not in there and file_and_page(path)[1] > 1}
    named: list[str] = []
    for path in paths:
        named.append(path)
        if path.lower().endswith(_SUFFIXES) and (everywhere or path in taken):
            more = (page_path(path, number) for number in range(2, _pages_of(root / path) + 1))
            named.extend(page for page in more if page not in there)
    return named


def _pages_of(path: Path) -> int:
    try:
        with path.open("rb") as file:
            return count_pages(file)
    except (OSError, TiffError):  # who reads the file tells what is wrong with it
        return 1
