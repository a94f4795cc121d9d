"""Images whose files were renamed or moved, known again by their bytes; the rule, and which images it applies to.

An image has lost its file when nothing is at its path, or a file with other bytes, or when the path leads out of the
image folder. A file with the lost bytes is free if no image stands for it: it is new, or is at the path of an image
that has lost its own. Failing such, it is free if nobody worked on the image that stands for it, as in projects in
which it was added under its new name, but only if the lost image has work in it, or if it has proposals and the other
nothing. Two equal files that are both there stay two images.

One lost image and one free file with the same bytes belong together. Where there are more of either, names decide:
those whose paths end alike, the longer the better, case and the way to write an accent being of no account. What
names do not decide is for a person to say, unless nobody has worked on those images yet.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from acseg_core.images.image_paths import file_and_page, page_path
from acseg_core.images.pages import page_hash
from acseg_core.reports import UnsureMove
from acseg_core.store import Project
from acseg_core.store.database import folded
from acseg_core.store.edits.moving import bare_images, unworked_images
from acseg_core.types import ImageInfo


@dataclasses.dataclass(frozen=True, slots=True)
class MovePlan:
    """Which image has which file now.

    Attributes:
        certain: What the file is like, by the path the image has had so far.
        unsure: Images whose file is for a person to choose.
    """

    certain: Mapping[str, ImageInfo] = dataclasses.field(default_factory=dict)
    unsure: tuple[UnsureMove, ...] = ()

    @property
    def new_paths(self) -> dict[str, str]:
        """The new path of each image that moved, by its old one."""
        return {path: info.path for path, info in self.certain.items()}


def plan_moves(
    project: Project, known: Mapping[str, ImageInfo], *, lost: Collection[str], free: Mapping[str, ImageInfo]
) -> MovePlan:
    """Find out which files are those of images that have lost theirs.

    Args:
        project: The project.
        known: What its images' files were like when they were added, by path.
        lost: Paths of images that have lost their file; all others have theirs.
        free: What free files are like, by path.
    """
    lost = frozenset(lost)
    hashes = {path: known[path].sha256 for path in lost}
    pairs, unsure = _decided(project, *match(hashes, {path: info.sha256 for path, info in free.items()}))
    certain = {path: free[now] for path, now in pairs.items()}
    certain |= _pages_moved(known, certain, lost=lost)
    undecided = {move.path for move in unsure}
    rest = {path: digest for path, digest in hashes.items() if path not in certain and path not in undecided}
    pairs, more = _second_images(project, known, rest, taken={*lost, *(info.path for info in certain.values())})
    certain = _possible(project, certain | {path: known[now] for path, now in pairs.items()}, lost=lost)
    return MovePlan(certain, (*unsure, *more))


def _second_images(
    project: Project, known: Mapping[str, ImageInfo], lost: Mapping[str, str], *, taken: Collection[str]
) -> tuple[dict[str, str], list[UnsureMove]]:
    """Pair lost images with images that have their files, and less work in them than they: the same, added again."""
    wanted = set(lost.values())
    there = {path: info.sha256 for path, info in known.items() if info.sha256 in wanted and path not in taken}
    if not there:
        return {}, []
    unworked = unworked_images(project, [*there, *lost])
    bare = bare_images(project, [*there, *lost])
    pairs, unsure = match(
        {path: digest for path, digest in lost.items() if path not in unworked},
        {path: digest for path, digest in there.items() if path in unworked},
    )
    open_ = {move for each in unsure for move in each.candidates} | set(pairs.values())
    more = match(
        {path: digest for path, digest in lost.items() if path in unworked and path not in bare},
        {path: digest for path, digest in there.items() if path in bare and path not in open_},
    )
    proposed, _ = _decided(project, *more)
    return pairs | proposed, unsure


def _decided(
    project: Project, pairs: Mapping[str, str], unsure: Iterable[UnsureMove]
) -> tuple[dict[str, str], list[UnsureMove]]:
    """Nobody is asked about images without work: they take what nobody else may want, whichever it is."""
    asked = [move.path for move in unsure]
    unworked = unworked_images(project, asked) if asked else set()
    wanted = {path for move in unsure if move.path not in unworked for path in move.candidates}
    found = dict(pairs)
    taken = set(found.values())
    for move in unsure:
        left = next((path for path in move.candidates if path not in wanted and path not in taken), None)
        if move.path in unworked and left is not None:
            found[move.path] = left
            taken.add(left)
    return found, [move for move in unsure if move.path not in unworked]


def _possible(project: Project, moves: Mapping[str, ImageInfo], *, lost: Collection[str]) -> dict[str, ImageInfo]:
    """Without those to the place of an image with work in it whose own file is nowhere: it would be in the way."""
    possible = dict(moves)
    targets = [info.path for info in moves.values() if info.path in lost]
    unworked = unworked_images(project, targets) if targets else set()
    while blocked := [
        path
        for path, info in possible.items()
        if info.path in lost and info.path not in possible and info.path not in unworked
    ]:
        for path in blocked:
            del possible[path]
    return possible


def match(lost: Mapping[str, str], free: Mapping[str, str]) -> tuple[dict[str, str], list[UnsureMove]]:
    """Pair paths of lost images with those of free files; both come with their hashes.

    Returns:
        The file of each image it is certain of, and the images it is not certain of.
    """
    pairs: dict[str, str] = {}
    unsure: list[UnsureMove] = []
    files = _by_hash(free)
    for digest, images in _by_hash(lost).items():
        theirs = files.get(digest, [])
        found = _paired(images, theirs)
        pairs |= found
        left = tuple(path for path in theirs if path not in found.values())
        if left:
            unsure += [UnsureMove(path, left) for path in images if path not in found]
    return pairs, unsure


def _by_hash(hashes: Mapping[str, str]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for path, digest in sorted(hashes.items()):
        grouped.setdefault(digest, []).append(path)
    return grouped


def _paired(images: list[str], files: list[str]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    depth = max((path.count("/") + 1 for path in images), default=0)
    for key in _keys(depth):
        left = _by_key((path for path in images if path not in pairs), key)
        right = _by_key((path for path in files if path not in taken), key)
        if not left or not right:
            break
        for name, paths in left.items():
            same = right.get(name, [])
            if len(paths) == len(same) == 1:
                pairs[paths[0]] = same[0]
                taken.add(same[0])
    return pairs


def _keys(depth: int) -> Iterator[Callable[[str], Hashable]]:
    """In what two paths may be alike, from most to least; at last in nothing, where only one is left of each."""
    for parts in range(depth, 0, -1):
        yield lambda path, parts=parts: tuple(path.split("/")[-parts:])  # type: ignore[misc]
        yield lambda path, parts=parts: tuple(folded(path).split("/")[-parts:])  # type: ignore[misc]
    yield lambda path: folded(PurePosixPath(path).stem)
    yield lambda _path: ""


def _by_key(paths: Iterator[str], key: Callable[[str], Hashable]) -> dict[Hashable, list[str]]:
    grouped: dict[Hashable, list[str]] = {}
    for path in paths:
        grouped.setdefault(key(path), []).append(path)
    return grouped


def _pages_moved(
    known: Mapping[str, ImageInfo], moved: Mapping[str, ImageInfo], *, lost: Collection[str]
) -> dict[str, ImageInfo]:
    """The other pages of files that moved go with the first one."""
    pages: dict[str, ImageInfo] = {}
    for path in lost:
        file, number = file_and_page(path)
        if number == 1 or path in moved or file not in moved:
            continue
        now = moved[file]
        target = page_path(now.path, number)
        if known[path].sha256 == page_hash(now.sha256, number) and target not in known:
            pages[path] = dataclasses.replace(known[path], path=target, file_size=now.file_size, mtime_ns=now.mtime_ns)
    return pages
