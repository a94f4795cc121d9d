"""`acseg init`, `relocate` and `restore`: a project made, its images found again, a backup put in place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from acseg_core.images.left_out import FOLDER_RULE
from acseg_desktop.cli.options import (
    LabelMapsOption,
    PagesChoice,
    ProjectArgument,
    TilesChoice,
)
from acseg_desktop.cli.terminal import counted, follow, list_skipped, opened_project

_NAMED = 3
"""Files that are named where an image may be one of several."""

if TYPE_CHECKING:
    from acseg_core.images.scenes.choosing import Tiles
    from acseg_core.reports import ScanReport
    from acseg_core.store import Project


def init(
    project: ProjectArgument,
    images: Annotated[
        Path,
        typer.Option(
            "--images",
            help="Folder with the images; subfolders are included. Or one file: then only that one is taken.",
            show_default=False,
        ),
    ],
    name: Annotated[str | None, typer.Option("--name", help="Name of the new project.")] = None,
    label_maps: LabelMapsOption = False,
    all_folders: Annotated[bool, typer.Option("--all-folders", help=f"Search every folder. {FOLDER_RULE}")] = False,
    pages: Annotated[
        PagesChoice,
        typer.Option("--pages", help="For TIFF files with several pages: use the first one, or make an image of each."),
    ] = PagesChoice.FIRST,
    tiles: Annotated[
        TilesChoice | None,
        typer.Option(
            "--tiles",
            help="Which files become scenes, whose tiles are images: by default (auto) large images with map "
            "coordinates, those over 120 megapixels, and what only GDAL reads. The project remembers it.",
        ),
    ] = None,
    tile_side: Annotated[
        int | None,
        typer.Option(
            "--tile-side", min=64, max=8192, help="Pixels of a tile's side in new scenes, about; 896 by default."
        ),
    ] = None,
) -> None:
    """Create a project, or look for new images in its image folder."""
    from acseg_core.images.scenes.choosing import Tiles
    from acseg_core.workflows import image_folder, scanning

    wanted = Tiles((tiles or TilesChoice.AUTO).value)
    with created_or_opened(project, images, name=name, all_folders=all_folders, tiles=wanted) as opened:
        image_folder.choose_source(opened, images)
        image_folder.choose_tiles(opened, None if tiles is None else wanted, tile_side)
        scan = scanning.scan_images(
            opened,
            label_maps=label_maps or None,
            all_folders=all_folders or None,
            all_pages=pages is PagesChoice.ALL,
        )
        echo_scan(opened, follow("Reading images", scan))


def relocate(
    project: ProjectArgument,
    images: Annotated[Path, typer.Option("--images", help="Folder that contains the images now.", show_default=False)],
) -> None:
    """Tell a project where its images are now.

    Every file is checked by its hash, so no label lands on another image.
    """
    from acseg_core.workflows import scanning

    with opened_project(project) as opened:
        echo_scan(opened, follow("Checking images", scanning.relocate_images(opened, images)))


def restore(
    project: ProjectArgument,
    source: Annotated[
        Path | None,
        typer.Option("--from", help="Restore this file (a backup or a kept state) instead of the newest good backup."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the database even if it is not damaged; asks first.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --force: do not ask.")] = False,
) -> None:
    """Restore the newest good backup of a damaged project.

    The damaged database is kept beside it.
    """
    from acseg_core.store import restore_backup, restoring

    restored = restore_backup(project, source=source)
    if restored is None and not force:
        typer.echo(f"{project}: the database is not damaged, so nothing was changed (--force replaces it anyway)")
        return
    if restored is None:
        taken = restoring.chosen_backup(project) if source is None else source
        if not yes:
            typer.confirm(f"{project}: the database is not damaged. {_told_loss(project, taken)} Continue?", abort=True)
        restored = restore_backup(project, source=taken, force=True)
        assert restored is not None, "it was forced"
    typer.echo(f"{project}: restored from {restored.source}")
    if restored.aside is not None:
        typer.echo(f"{project}: the database it replaced is kept as {restored.aside}")


def _told_loss(project: Path, source: Path) -> str:
    """What a sound database has that the file in its place would not have, as a sentence."""
    from acseg_core.store import restoring

    lost = restoring.loss(project, source)
    if lost is None:
        return f"It is not known which edits are missing from {source}."
    if not lost.edits:
        return f"It has no edit that is missing from {source}."
    return (
        f"{counted(lost.edits, 'edit')} from {lost.first} to {lost.last} would then only be in the file that is "
        "kept aside."
    )


def created_or_opened(
    folder: Path, images: Path, *, name: str | None = None, all_folders: bool = False, tiles: Tiles | None = None
) -> Project:
    """The project in a folder, made for these images, or this one, if there is none."""
    from acseg_core.errors import ImagesNotFoundError
    from acseg_core.images.finding import find_images
    from acseg_core.images.scenes.choosing import Tiles
    from acseg_core.store import create_project, is_project
    from acseg_core.workflows.image_folder import require_reader, take_only

    if is_project(folder):
        return opened_project(folder)
    if images.is_file():
        require_reader(images, tiles or Tiles.AUTO)
        created = create_project(folder, image_root=images.resolve().parent, name=name)
        take_only(created, [images.resolve().name])
        return created
    found = find_images(images, all_folders=all_folders, rasters=tiles is not Tiles.NEVER)  # before anything is written
    if not found.paths and not found.rasters:
        reason = f" (first: {found.skipped[0].path}: {found.skipped[0].reason})" if found.skipped else ""
        kinds = "choose a folder with JPEG, PNG, TIFF, BMP or WebP files"
        raise ImagesNotFoundError(f"{images}: no images there{reason}; {kinds}")
    return create_project(folder, image_root=images.resolve(), name=name)


def echo_scan(project: Project, report: ScanReport) -> None:
    """Say how many images there are now, and on stderr what is to be known of some of them."""
    from acseg_core.store import queries

    total = queries.summary(project).images
    typer.echo(f"{project.folder}: {counted(total, 'image')}, {report.added} new")
    for path in report.changed:
        typer.echo(f"{path}: the file has changed since it was added; its regions are kept but not used", err=True)
    if report.moved:
        regions = "its" if len(report.moved) == 1 else "their"
        typer.echo(f"{counted(len(report.moved), 'image')} moved or renamed, with {regions} regions", err=True)
    unsure = {move.path: move.candidates for move in report.unsure}
    for path in report.missing:
        if path not in unsure:
            typer.echo(f"{path}: missing; its regions are kept", err=True)
    for path, candidates in unsure.items():
        more = f" or {counted(len(candidates) - _NAMED, 'more file')}" if len(candidates) > _NAMED else ""
        files = (", " if more else " or ").join(candidates[:_NAMED]) + more
        remedy = "rename the right file back, or choose it in the window"
        typer.echo(
            f"{path}: missing; it may now be {files}, with the same picture. Its regions are kept: {remedy}", err=True
        )
    for file in report.unreadable:
        typer.echo(f"{file.path}: {file.reason}; its regions are kept", err=True)
    if report.removed:
        told = (
            f"not added again, as they were removed from the project; `acseg remove {project.folder} --take-back "
            "PATTERN` brings them back"
        )
        typer.echo(f"{counted(report.removed, 'image')} {told}", err=True)
    list_skipped(report.skipped)
