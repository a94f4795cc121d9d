"""`acseg demo` and `acseg gui`: the sample photos or the sample scene, and the window."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

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

if TYPE_CHECKING:
    from acseg_core.store import Project


@dataclass(frozen=True, slots=True)
class _Places:
    """Where a demo has its images, its project, and what it writes without a window."""

    images: Path
    project: Path
    sheet: Path
    regions: Path


def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Folder for the demo project.")] = Path("acseg-demo"),
    scene: Annotated[
        bool, typer.Option("--scene", help="Use a sample orthophoto in place of photos; needs the extra [geo].")
    ] = False,
    headless: Annotated[
        bool,
        typer.Option(
            "--headless",
            help="Write an overlay sheet and a COCO file (of a scene: GeoJSON files) instead of opening the window.",
        ),
    ] = False,
    device: DeviceOption = DeviceChoice.AUTO,
) -> None:
    """Try it out: propose regions for sample photos in the window."""
    from acseg_core.store import open_project
    from acseg_core.workflows import pipeline

    places = _scene_places(folder) if scene else _photo_places(folder)
    if headless:
        check_outputs(places.sheet, picture=True, makes_folders=True)
        _check_regions(places.regions, scene=scene)
        _refuse_others(places.project, places.sheet, places.regions)
    with _scene_project(places) if scene else _photo_project(places) as project:
        config = SegmenterConfig(backbone=BackboneConfig(device=device.value))
        report = follow("Proposing regions", pipeline.propose(project, config, only_new=True))
        list_skipped(report.skipped)
    if not headless:
        open_window(places.project)
    with open_project(places.project, read_only=True) as project:
        _write(project, places, scene=scene)


def _photo_places(folder: Path) -> _Places:
    return _Places(folder / "photos", folder / "project", folder / "overlay.png", folder / "annotations.json")


def _scene_places(folder: Path) -> _Places:
    return _Places(folder / "scene", folder / "scene-project", folder / "scene-overlay.png", folder / "scene-regions")


def _photo_project(places: _Places) -> Project:
    from acseg_core.workflows import scanning
    from acseg_desktop.samples import copy_samples

    copy_samples(places.images)
    project = created_or_opened(places.project, places.images)
    follow("Reading photos", scanning.scan_images(project))
    return project


def _scene_project(places: _Places) -> Project:
    """The project of the scene; nothing is written where scenes cannot be read.

    Raises:
        ExtraMissingError: The extra is not installed.
    """
    from acseg_core.images.scenes.raster import load_rasterio
    from acseg_desktop.samples import add_scene, copy_scene

    load_rasterio()
    copy_scene(places.images)
    project = created_or_opened(places.project, places.images)
    add_scene(project)
    return project


def _check_regions(out: Path, *, scene: bool) -> None:
    from acseg_core.output.folders import check_folder

    if scene:
        check_folder(out)
    else:
        check_outputs(out, makes_folders=True)


def _write(project: Project, places: _Places, *, scene: bool) -> None:
    """The overlay sheet, and all regions: as COCO, or of a scene as polygons on the map."""
    from acseg_core.formats.contact_sheet import export_contact_sheet
    from acseg_core.formats.format import format_called
    from acseg_core.workflows.exporting import ExportSettings, export_labels

    sheet = follow("Drawing", export_contact_sheet(project, places.sheet))
    kind = format_called("geojson" if scene else "coco")
    regions = follow("Exporting", export_labels(project, places.regions, kind, ExportSettings(all_regions=True)))
    typer.echo(f"{sheet.path}: {counted(sheet.images, 'image')} with their regions")
    for reason, image_ids in sheet.left_out.items():
        typer.echo(f"{counted(len(image_ids), 'image')} left out: {reason}", err=True)
    echo_export(regions)


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
