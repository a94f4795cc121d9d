"""What a scan leaves out on purpose: kinds of files that are not read, folders that hold no photos, pages of files."""

from __future__ import annotations

import re

from acseg_core.images.label_maps import LABEL_MAP

OTHER_KIND = "unsupported image format; convert it to PNG, JPEG or TIFF"
"""Reason given for a file left out that whoever put it there thinks of as an image."""

OTHER_FOLDER = "a folder of thumbnails, deleted files or leftovers, not of photos"
"""Reason given for such a folder in a list of skipped files."""

FOLDER_RULE = (
    "Folders that NAS systems, recycle bins and archive programs create for themselves, such as @eaDir, "
    "$RECYCLE.BIN and __MACOSX, are normally left out."
)
"""Explanation of the rule, for whoever wonders why."""

_OTHER_SUFFIXES = frozenset(
    {".gif", ".heic", ".heif", ".avif", ".jxl", ".jp2", ".j2k", ".jpx", ".jpf", ".jpc", ".jxr", ".vrt", ".img", ".ppm"}
    | {".pgm", ".pbm", ".pnm", ".pfm", ".tga", ".psd", ".exr", ".hdr", ".ecw", ".sid"}
    | {".dng", ".cr2", ".cr3", ".crw", ".nef", ".nrw", ".arw", ".sr2", ".srf", ".orf", ".rw2", ".raf", ".pef", ".srw"}
    | {".3fr", ".iiq", ".rwl", ".x3f", ".raw"}
)
"""Suffixes of image files that are not read; the last two lines are those of cameras."""

_OTHER_FOLDERS = frozenset(
    {
        "@eadir",
        "@recycle",
        "@recently-snapshot",
        "@snapshot",
        "#recycle",
        "#snapshot",
        "$recycle.bin",
        "recycler",
        "__macosx",
        "lost+found",
        "system volume information",
        "thumbs",
        ".thumbnails",
        ".trash",
        ".trashes",
    }
)
_TRASH_OF_A_USER = re.compile(r"\.trash-\d+")
_PAGES = re.compile(r"only the first of (its )?(\d+) pages is (used|taken)\b")
"""The words of now, and those that projects of before have kept."""


def is_other_kind(suffix: str) -> bool:
    """Whether a file's suffix (in small letters, with its dot) is that of an image that is not read."""
    return suffix in _OTHER_SUFFIXES


def is_other_folder(name: str) -> bool:
    """Whether a folder of that name is made by a NAS, a bin or an archive for itself."""
    plain = name.casefold()
    return plain in _OTHER_FOLDERS or _TRASH_OF_A_USER.fullmatch(plain) is not None


def is_in_other_folder(path: str) -> bool:
    """Whether a file, by its path with forward slashes, is in such a folder."""
    return any(is_other_folder(part) for part in path.split("/")[:-1])


def pages_left_out(pages: int) -> str:
    """What is said of a file of several pages of which one is taken."""
    return f"only the first of {pages} pages is used; `acseg init --pages all` makes an image of each"


def is_left_out(reason: str) -> bool:
    """Whether a skipped file or folder is left out on purpose, and nothing is wrong with it."""
    return reason in (LABEL_MAP, OTHER_FOLDER) or is_about_pages(reason)


def is_about_pages(reason: str) -> bool:
    """Whether that is what `pages_left_out` says."""
    return _PAGES.match(reason) is not None
