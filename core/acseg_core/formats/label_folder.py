"""Folders that labels are read from: what is in them, and what a file may name in them.

A file of labels names other files; what it names outside of its folder is never opened.
"""

from __future__ import annotations

import os
import re
import zipfile
from pathlib import Path

from acseg_core.errors import LabelFileError

_ZIP = b"PK\3\4"

_DRIVE = re.compile(r"[A-Za-z]:")


def check_unpacked(path: Path) -> None:
    """Refuse an archive, which has to be unpacked first.

    Raises:
        LabelFileError: It is a ZIP archive, or the beginning of one.
    """
    if _is_archive(path):
        raise LabelFileError(f"{path}: this is a ZIP archive; unpack it and choose what is in it")


def _is_archive(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(len(_ZIP)) == _ZIP or zipfile.is_zipfile(path)
    except OSError:  # whoever reads it says why
        return False


def check_folder(path: Path, wanted: str) -> None:
    """Refuse what is no folder.

    Args:
        path: What was chosen.
        wanted: What should have been, such as "the folder of the data set".

    Raises:
        LabelFileError: It is not there, an archive, or another file.
    """
    check_unpacked(path)
    if not path.exists():
        raise LabelFileError(f"{path}: there is no such folder")
    if not path.is_dir():
        raise LabelFileError(f"{path}: this is a file; choose {wanted}")


def png_files(folder: Path) -> dict[str, Path]:
    """All PNG files in a folder and those below it, by their path from there with forward slashes, in order."""
    found: dict[str, Path] = {}
    for place, folders, files in os.walk(folder):
        folders.sort()
        for file in sorted(files):
            if file.lower().endswith(".png"):
                path = Path(place) / file
                found[path.relative_to(folder).as_posix()] = path
    return found


def inside(folder: Path, name: str) -> Path | None:
    """The file in a folder that a file of labels means by a name; None if that lies elsewhere."""
    given = name.strip().replace("\\", "/").split("/")
    parts = [part for part in given if part not in ("", ".")]
    if not parts or not given[0] or ".." in parts or "\0" in name or _DRIVE.match(given[0]):
        return None
    return folder.joinpath(*parts)
