"""Pages of a TIFF file as images of their own.

The first page is the image that has the file's own path. Another page's path has its number before the suffix: page 3
of "a/stack.tif" is "a/stack#3.tif". A file that really has such a name is that file. The hash of a page is made of the
file's and its number, so that no two pages have one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable
from pathlib import Path

from acseg_core.images.image_paths import path_below
from acseg_core.images.tiff import count_pages
from acseg_core.images.tiff_header import TiffError

_PAGE = re.compile(r"(.+)#([2-9]|[1-9]\d+)(\.tiff?)", re.IGNORECASE | re.DOTALL)
_SUFFIXES = (".tif", ".tiff")


def page_path(path: str, number: int) -> str:
    """Of a page, from the path of its file."""
    stem, dot, suffix = path.rpartition(".")
    return path if number == 1 else f"{stem}#{number}{dot}{suffix}"


def file_and_page(path: str) -> tuple[str, int]:
    """The other way: the path of a page's file, and its number; by the name alone."""
    found = _PAGE.fullmatch(path)
    return (path, 1) if found is None else (found[1] + found[3], int(found[2]))


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
