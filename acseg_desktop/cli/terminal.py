"""Progress and errors of every command of `acseg`, on stderr, where a terminal or a script expects them."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Generator, Iterable
from typing import TYPE_CHECKING, NoReturn, TypeVar

import typer

from acseg_core.errors import StorageError
from acseg_core.images.label_maps import LABEL_MAP
from acseg_core.images.left_out import OTHER_FOLDER, is_about_pages
from acseg_core.interruptible import run_to_end
from acseg_core.output.protected import check_output

if TYPE_CHECKING:
    from pathlib import Path

    from acseg_core.store import Project
    from acseg_core.types import DefaultGranularity, Progress, SkippedFile

Result = TypeVar("Result")


def follow(title: str, work: Generator[Progress, None, Result]) -> Result:
    """Run work to its end; a progress bar is drawn on stderr when that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    title_column = TextColumn("{task.description}", markup=False)
    columns = (title_column, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True, markup=False, highlight=False)  # names of files are no markup
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(title, total=None)

        def show(tick: Progress) -> None:
            if tick.done == 0 and tick.message and console.is_terminal:
                console.print(f"{title}: {tick.message}")
            bar.update(task, completed=tick.done, total=tick.total or None)

        return run_to_end(work, show)


def opened_project(folder: Path, *, read_only: bool = False) -> Project:
    """Open a project; what there is to be told of it goes to stderr.

    If it was copied together with its photos, that it reads the copies from now on is told once.

    Raises:
        ProjectError: There is none, or it cannot be opened.
        StorageError: The disk is full or refused.
    """
    from acseg_core.store import open_project

    project = open_project(folder, read_only=read_only)
    if project.notice:
        typer.echo(project.notice, err=True)
    if project.left_root is not None:
        told = f"from now on the photos in {project.image_root} are used, not those in {project.left_root}"
        typer.echo(f"{project.folder}: the project was copied together with its photos; {told}", err=True)
    return project


def counted(number: int, thing: str) -> str:
    """A number of things, which are several unless there is one: "1 region", "2 regions"."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def granularity_line(default: DefaultGranularity) -> str:
    """A project's default granularity and what it comes from: "granularity 0.56, calibrated on 200 images"."""
    why = {
        "people": f"from the last {counted(default.images, 'image')} that people worked on",
        "images": f"calibrated on {counted(default.images, 'image')}",
        "standard": "the standard",
    }
    return f"granularity {default.granularity:g}, {why[default.source]}"


def list_skipped(skipped: Iterable[SkippedFile]) -> None:
    """Name the files that could not be used, one a line; label maps and folders without photos are only counted."""
    label_maps = folders = 0
    for file in skipped:
        if file.reason == LABEL_MAP:
            label_maps += 1
        elif file.reason == OTHER_FOLDER:
            folders += 1
        elif is_about_pages(file.reason):
            typer.echo(f"{file.path}: {file.reason}", err=True)
        else:
            typer.echo(f"{file.path}: skipped, {file.reason}", err=True)
    tell_label_maps(label_maps)
    if folders:
        told = "with thumbnails, deleted files or leftovers skipped; --all-folders searches them too"
        typer.echo(f"{counted(folders, 'folder')} {told}", err=True)


def tell_label_maps(count: int) -> None:
    """Say how many label maps were left out, and what to do about it."""
    if count:
        typer.echo(f"{counted(count, 'label map')} left out; --label-maps treats them as photos", err=True)


def check_outputs(*paths: Path | None, picture: bool = False, makes_folders: bool = False) -> None:
    """Refuse to begin where a file that is written at the end could not be, or has something precious in its place.

    Args:
        paths: What will be written; None is none.
        picture: They are pictures, which may replace others.
        makes_folders: Whoever writes them makes missing folders.

    Raises:
        StorageError: One of them cannot be written.
    """
    for path in paths:
        if path is not None:
            check_output(path, picture=picture, makes_folders=makes_folders)


def check_project_outputs(project: Project, *paths: Path | None) -> None:
    """Refuse to begin where a file that is written at the end would take the place of a photo.

    Raises:
        StorageError: It would.
    """
    from acseg_core.store.inputs import refuse_inputs

    for path in paths:
        if path is not None:
            refuse_inputs(path, project)


def read_file(path: Path) -> bytes:
    """Read a small file that a person named.

    Raises:
        StorageError: It is not there, or cannot be read.
    """
    from acseg_core.images.finding import os_reason

    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise StorageError(f"{path}: no such file; check the path, or connect the drive it is on") from error
    except OSError as error:
        raise StorageError(f"{path}: {os_reason(error)}; check the path and its permissions") from error


def fail(message: str) -> NoReturn:
    """End with exit code 1 and one line; the traceback comes before it where --verbose was given."""
    if logging.getLogger("acseg").isEnabledFor(logging.DEBUG):
        traceback.print_exc()
    sys.stderr.write(f"acseg: {message}\n")
    sys.exit(1)
