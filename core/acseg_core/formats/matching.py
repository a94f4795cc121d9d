"""Which image of the project an image of a file is: by path, by name or by stem.

Files of other tools name images in many ways: with folders or without, with backslashes, as an address on the web, or
with another suffix. What could mean two images is never guessed. In exports, images that differ in their suffix only
have it twice (`file_names`): a name whose stem is the path of an image means that one.

Label Studio puts eight digits before the name of an image that is uploaded ("1a2b3c4d-street.jpg"), and so do all
formats that it exports. Where no image has such a name, it is looked up without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from acseg_core.store.database import folded

_UPLOADED = re.compile(r"(?:(?<=[/\\])|^)[0-9a-f]{8}-(?=[^/\\]+$)")
"""What Label Studio puts before the name of an uploaded file."""


class Match(StrEnum):
    """What of a name must agree."""

    PATH = "path"
    """All folders, as far as the shorter of the two has them."""
    NAME = "name"
    """The name of the file with its suffix, whatever its folder."""
    STEM = "stem"
    """The name of the file without its suffix."""


@dataclass(frozen=True, slots=True)
class Matches:
    """Images of a file and those of the project.

    Attributes:
        paths: The path in the project, by the name in the file.
        unknown: Names that no image has.
        ambiguous: The paths that each name could mean, two or more.
        shared: The names that mean the same image, two or more, by its path.
    """

    paths: Mapping[str, str]
    unknown: tuple[str, ...] = ()
    ambiguous: Mapping[str, tuple[str, ...]] | None = None
    shared: Mapping[str, tuple[str, ...]] | None = None


def clean_path(name: str) -> str:
    """The path that a file means by a name: forward slashes, no address, no query, no ``./`` and nothing above it."""
    text = name.strip()
    if "://" in text:
        text = unquote(urlsplit(text).path)
    parts = [part for part in text.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    if parts and len(parts[0]) == 2 and parts[0][1] == ":":
        parts = parts[1:]  # a drive of Windows
    return "/".join(parts)


def match_images(names: Iterable[str], paths: Iterable[str], by: Match | None = None) -> Matches:
    """Find the images of a project that names in a file mean.

    Args:
        names: As the file has them.
        paths: Of all images of the project, relative, with forward slashes.
        by: What must agree; if left out, the path, else the name, else the stem, whichever is the first to find
            something for a name.

    Returns:
        What was found. Case and ways to write an accent make no difference unless that leaves two images.
    """
    rules = tuple(Match) if by is None else (by,)
    known = list(paths)
    indexes = {rule: _index(known, rule) for rule in rules}
    found: dict[str, str] = {}
    unknown: list[str] = []
    ambiguous: dict[str, tuple[str, ...]] = {}
    for name in dict.fromkeys(names):
        written = (name, _UPLOADED.sub("", name)) if _UPLOADED.search(name) else (name,)
        tries = ((rule, text) for text in written for rule in rules)
        candidates = next((hit for rule, text in tries if (hit := _candidates(indexes[rule], text, rule))), [])
        if not candidates:
            unknown.append(name)
        elif len(candidates) > 1:
            ambiguous[name] = tuple(candidates)
        else:
            found[name] = candidates[0]
    return Matches(found, tuple(unknown), ambiguous, _shared(found))


def _index(paths: list[str], rule: Match) -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for path in paths:
        index.setdefault(_key(path, rule), []).append(path)
    return index


def _key(path: str, rule: Match) -> str:
    """What is looked up: the name or stem, compared without case."""
    place = PurePosixPath(folded(path))
    return place.stem if rule is Match.STEM else place.name


def _candidates(index: Mapping[str, list[str]], name: str, rule: Match) -> list[str]:
    path = clean_path(name)
    hits = index.get(_key(path, rule), []) if path else []
    if rule is Match.PATH:
        if doubled := _doubled(index, path):
            return doubled
        hits = [hit for hit in hits if _ends_alike(hit, path)]
        # Where folders tell one from the others, those that agree in most of them are meant.
        longest = max((_common_tail(hit, path) for hit in hits), default=0)
        hits = [hit for hit in hits if _common_tail(hit, path) == longest]
        whole = [hit for hit in hits if folded(hit) == folded(path)]
        hits = whole or hits
    exact = [hit for hit in hits if _is_exact(hit, path, rule)]
    return exact if len(exact) == 1 else _in_like_folders(hits, path)


def _doubled(index: Mapping[str, list[str]], path: str) -> list[str]:
    """What a path means that is the whole path of an image and a suffix more, if it is no image's path itself."""
    stem, dot, _ = path.rpartition(".")
    if not dot or "." not in PurePosixPath(stem).name or _whole(index, path):
        return []
    hits = _whole(index, stem)
    exact = [hit for hit in hits if _is_exact(hit, stem, Match.PATH)]
    return exact if len(exact) == 1 else hits


def _whole(index: Mapping[str, list[str]], path: str) -> list[str]:
    """The images whose whole path is what a path ends with, those with the most folders."""
    hits = [hit for hit in index.get(_key(path, Match.PATH), []) if _common_tail(hit, path) == hit.count("/") + 1]
    most = max((hit.count("/") for hit in hits), default=0)
    return [hit for hit in hits if hit.count("/") == most]


def _in_like_folders(hits: list[str], path: str) -> list[str]:
    """Of several, those whose folders agree most, from the innermost outwards; best all of them."""
    if len(hits) < 2:
        return hits
    agreeing = {hit: _common_tail(_folder(hit), _folder(path)) for hit in hits}
    among = [hit for hit in hits if agreeing[hit] == hit.count("/")] or hits
    most = max(agreeing[hit] for hit in among)
    return [hit for hit in among if agreeing[hit] == most]


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _is_exact(hit: str, path: str, rule: Match) -> bool:
    """Whether they agree in case and all."""
    if rule is Match.PATH:
        shorter = min(hit.count("/"), path.count("/")) + 1
        return hit.split("/")[-shorter:] == path.split("/")[-shorter:]
    one, other = PurePosixPath(hit), PurePosixPath(path)
    return one.stem == other.stem if rule is Match.STEM else one.name == other.name


def _ends_alike(hit: str, path: str) -> bool:
    return _common_tail(hit, path) == min(hit.count("/"), path.count("/")) + 1


def _common_tail(hit: str, path: str) -> int:
    """How many parts of two paths agree, from the end."""
    count = 0
    for one, other in zip(reversed(folded(hit).split("/")), reversed(folded(path).split("/")), strict=False):
        if one != other or not one:
            break
        count += 1
    return count


def _shared(found: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    names: dict[str, list[str]] = {}
    for name, path in found.items():
        names.setdefault(path, []).append(name)
    return {path: tuple(theirs) for path, theirs in names.items() if len(theirs) > 1}
