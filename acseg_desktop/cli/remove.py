"""`acseg remove`: images out of a project, and back into it; the files stay where they are."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from acseg_core.errors import ImagesNotFoundError
from acseg_desktop.cli.options import ProjectArgument
from acseg_desktop.cli.terminal import counted

if TYPE_CHECKING:
    from acseg_core.store import Project


def remove(
    project: ProjectArgument,
    patterns: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATTERN...", help="Images, folders or glob patterns below the image folder.", show_default=False
        ),
    ] = None,
    take_back: Annotated[
        bool, typer.Option("--take-back", help="Bring removed images back, with their regions.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Remove images and their regions from a project.

    The image files stay where they are. Without a pattern, the images removed so far are listed.
    """
    from acseg_core.store import open_project
    from acseg_core.store.edits.removal import removed_images

    if not patterns:
        if take_back:
            raise typer.BadParameter("say which images to take back; '*' means all of them")
        with open_project(project, read_only=True) as opened:
            for image in removed_images(opened):
                typer.echo(image.path)
        return
    with open_project(project) as opened:
        if take_back:
            _take_back(opened, patterns)
        else:
            _remove(opened, patterns, asks=not yes)


def _remove(project: Project, patterns: Sequence[str], *, asks: bool) -> None:
    from acseg_core.store import queries
    from acseg_core.store.edits.removal import remove_images

    paths = {record.path: record.id for record in queries.images(project)}
    ids = matching_images(project, paths, patterns, what="image of the project")
    regions = queries.region_counts(project, ids)
    count, named = (sum(each[place] for each in regions.values()) for place in (0, 1))
    what = f"{counted(len(ids), 'image')} with {counted(count, 'region')} ({named} named)"
    if asks and not typer.confirm(f"Remove {what} from the project? The files stay where they are.", err=True):
        typer.echo("nothing was removed")
        return
    remove_images(project, ids)
    typer.echo(f"{what} removed; `acseg remove {project.folder} --take-back PATTERN` brings them back")


def _take_back(project: Project, patterns: Sequence[str]) -> None:
    from acseg_core.store.edits.removal import removed_images, take_back_images

    removed = removed_images(project)
    ids = matching_images(project, {image.path: image.id for image in removed}, patterns, what="removed image")
    take_back_images(project, ids)
    regions = sum(image.regions for image in removed if image.id in set(ids))
    typer.echo(f"{counted(len(ids), 'image')} with {counted(regions, 'region')} brought back")


def matching_images(project: Project, ids: dict[str, int], patterns: Iterable[str], *, what: str) -> list[int]:
    """Ids of the images that patterns name.

    Args:
        project: They are of.
        ids: By path.
        patterns: Paths, folders, or glob patterns.
        what: They are, for the error.

    Raises:
        ImagesNotFoundError: A pattern names none.
    """
    found: dict[int, None] = {}
    for pattern in patterns:
        wanted = pattern if pattern in ids else _below(project.image_root, pattern)
        named = [ids[wanted]] if wanted in ids else [id_ for path, id_ in ids.items() if _is_meant(path, wanted)]
        if not named:
            raise ImagesNotFoundError(
                f"{pattern}: no {what} matches; give a path below {project.image_root}, or a glob pattern in quotes"
            )
        found |= dict.fromkeys(named)
    return list(found)


def _below(root: Path, pattern: str) -> str:
    """A pattern relative to the image folder, with forward slashes; it may be a path from here that leads into it."""
    path = Path(pattern)
    if path.is_absolute() or path.exists():
        path, root = path.resolve(), root.resolve()
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else pattern
    return pattern.removeprefix("./").rstrip("/")


def _is_meant(path: str, wanted: str) -> bool:
    return path.startswith(f"{wanted}/") or fnmatch.fnmatchcase(path, wanted)
