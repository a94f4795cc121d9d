"""`acseg demo` and `acseg gui`: the sample photos, and the window."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from acseg_core.config import BackboneConfig, SegmenterConfig
from acseg_core.errors import StorageError
from acseg_desktop.cli.export import echo_export
from acseg_desktop.cli.init import created_or_opened
from acseg_desktop.cli.options import (
    DeviceChoice,
    DeviceOption,
)
from acseg_desktop.cli.terminal import check_outputs, counted, follow, list_skipped


def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Folder for the demo project.")] = Path("acseg-demo"),
    headless: Annotated[
        bool, typer.Option("--headless", help="Write an overlay sheet and a COCO file instead of opening the window.")
    ] = False,
    device: DeviceOption = DeviceChoice.AUTO,
) -> None:
    """Try it out: propose regions for sample photos in the window."""
    from acseg_core.formats.contact_sheet import export_contact_sheet
    from acseg_core.store import open_project
    from acseg_core.workflows import pipeline, scanning
    from acseg_core.workflows.exporting import export_coco
    from acseg_desktop.samples import copy_samples

    photos, place = folder / "photos", folder / "project"
    sheet_file, coco_file = folder / "overlay.png", folder / "annotations.json"
    if headless:
        check_outputs(sheet_file, picture=True, makes_folders=True)
        check_outputs(coco_file, makes_folders=True)
        _refuse_others(place, sheet_file, coco_file)
    copy_samples(photos)
    with created_or_opened(place, photos) as project:
        follow("Reading photos", scanning.scan_images(project))
        config = SegmenterConfig(backbone=BackboneConfig(device=device.value))
        report = follow("Proposing regions", pipeline.propose(project, config, only_new=True))
        list_skipped(report.skipped)
    if not headless:
        open_window(place)
    with open_project(place, read_only=True) as project:
        sheet = follow("Drawing", export_contact_sheet(project, sheet_file))
        coco = follow("Exporting", export_coco(project, coco_file, all_regions=True))
    typer.echo(f"{sheet.path}: {counted(sheet.images, 'image')} with their regions")
    for reason, image_ids in sheet.left_out.items():
        typer.echo(f"{counted(len(image_ids), 'image')} left out: {reason}", err=True)
    echo_export(coco)


def _refuse_others(project: Path, *files: Path) -> None:
    """Nobody named these files: where no demo was before, those that are there are somebody's own."""
    from acseg_core.store import is_project

    taken = next((file for file in files if file.exists()), None)
    if taken is not None and not is_project(project):
        raise StorageError(f"{taken}: this file already exists; choose another folder for the demo")


def gui(
    project: Annotated[Path | None, typer.Argument(metavar="[PROJECT]", help="Project to open.")] = None,
) -> None:
    """Open the window."""
    open_window(project)


def open_window(project: Path | None) -> NoReturn:
    """Show the window; the process ends with it."""
    from acseg_desktop.app import run

    sys.exit(run(project))
