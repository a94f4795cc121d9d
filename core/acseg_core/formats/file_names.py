"""Names of files in a data set whose images are told apart by everything but their ending.

Where "a.jpg" and "a.png" lie in one folder, both would have the label file "a.txt". There, every image of that name
gets its ending twice: "a.jpg.jpg" with "a.jpg.txt", "a.png.png" with "a.png.txt". `matching` knows that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import PurePosixPath


def distinct_names(paths: Mapping[int, str]) -> dict[int, str]:
    """New names for the images that need one, by image id.

    Args:
        paths: Of all images, with forward slashes.
    """
    used = Counter(stem_of(path).casefold() for path in paths.values())
    taken = {stem for stem, count in used.items() if count == 1}
    names: dict[int, str] = {}
    for id_, path in paths.items():
        if used[stem_of(path).casefold()] == 1:
            continue
        suffix = PurePosixPath(path).suffix
        name = path + suffix
        while stem_of(name).casefold() in taken:
            name += suffix or "_"
        taken.add(stem_of(name).casefold())
        names[id_] = name
    return names


def stem_of(path: str) -> str:
    """A path without the ending of its file."""
    return str(PurePosixPath(path).with_suffix(""))
