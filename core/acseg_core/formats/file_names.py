"""Names of files in a data set whose images are told apart by everything but their ending.

Where "a.jpg" and "a.png" lie in one folder, both would have the label file "a.txt". There, every image of that name
gets its ending twice: "a.jpg.jpg" with "a.jpg.txt", "a.png.png" with "a.png.txt". `matching` knows that a name whose
stem is the path of an image means that image; so that this is always true, an image that is really called "a.png.png"
gets its ending twice as well where there is an "a.png".

Tiles of scenes have no files, and "#" means something else in web addresses: "map#r2c5.tif" is "map_r2c5.png" outside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import PurePosixPath


def distinct_names(paths: Mapping[int, str]) -> dict[int, str]:
    """New names for the images that need one, by image id.

    Args:
        paths: Of all images, with forward slashes.
    """
    stems = {id_: stem_of(path).casefold() for id_, path in paths.items()}
    used = Counter(stems.values())
    known = {path.casefold() for path in paths.values()}
    kept = {
        id_ for id_, stem in stems.items() if used[stem] == 1 and (stem not in known or stem == paths[id_].casefold())
    }
    taken = {stems[id_] for id_ in kept}
    names: dict[int, str] = {}
    for id_, path in paths.items():
        if id_ in kept:
            continue
        suffix = PurePosixPath(path).suffix or ".image"
        name, number = path + suffix, 1
        while name.casefold() in known or stem_of(name).casefold() in taken:
            number += 1
            name = f"{path}-{number}{suffix}"  # no import can know what that was, but nothing is mistaken for another
        taken.add(stem_of(name).casefold())
        names[id_] = name
    return names


def tile_names(paths: Mapping[int, str], tiles: Collection[int]) -> dict[int, str]:
    """What tiles of scenes are called as pictures.

    Args:
        paths: Of all images by id, with forward slashes.
        tiles: The ids of those that are tiles.
    """
    taken = {path.casefold() for path in paths.values()}
    names: dict[int, str] = {}
    for id_ in tiles:
        stem = "_r".join(stem_of(paths[id_]).rsplit("#r", 1))
        name, number = f"{stem}.png", 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}.png"
        taken.add(name.casefold())
        names[id_] = name
    return names


def stem_of(path: str) -> str:
    """A path without the ending of its file."""
    return str(PurePosixPath(path).with_suffix(""))
