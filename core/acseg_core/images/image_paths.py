"""Paths of images: relative to the image folder, and never out of it.

The image folder itself is whatever the user chose, anywhere, and the window and `acseg status` show it. The images of a
project come from its database, though, and that may have been handed over by somebody else: a path in it that leads
out of the folder (`../../x`, `/dev/zero`) is never looked at, let alone read or written into an export.

Symbolic links inside the folder are followed, for data sets are often made of them; what they lead to is read only if
it is an ordinary file that is not empty (`files`), so neither a device nor a pipe.
"""

from __future__ import annotations

import os
from pathlib import Path

from acseg_core.errors import ImageError

OUTSIDE = "outside the image folder, so never read; copy the photo into the folder and look for new images"
"""Problem of an image whose path leads out of the image folder."""


def is_inside(path: str, *, windows: bool = os.name == "nt") -> bool:
    """Whether a path below the image folder, with forward slashes, stays below it; nothing is looked up.

    Args:
        path: As it is stored.
        windows: Whether backslashes separate folders, and a colon leads to another drive or stream.
    """
    if windows:
        if ":" in path:
            return False
        path = path.replace("\\", "/")
    return bool(path) and path[0] != "/" and (".." not in path or ".." not in path.split("/"))


def path_below(root: Path, path: str) -> Path:
    """Where the file of that path is.

    Raises:
        ImageError: The path leads out of the folder.
    """
    if not is_inside(path):
        raise ImageError(Path(path), OUTSIDE)
    return root / path
