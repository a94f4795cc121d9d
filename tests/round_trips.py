"""Exports of the hard project, and what comes back when they are read into a project of the same photos."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import hard_project
import numpy as np
from PIL import Image

from acseg_core.formats.format import format_called
from acseg_core.formats.labelled import FileImage, FileLabel, FileShape, LabelledFiles
from acseg_core.interruptible import run_to_end
from acseg_core.reports import ExportReport, ImportReport
from acseg_core.shapes import masks
from acseg_core.store import Project, create_project, open_project, queries
from acseg_core.workflows.exporting import ExportSettings, export_labels
from acseg_core.workflows.importing import ImportSettings, import_files
from acseg_core.workflows.scanning import scan_images


def write(project: Project, out: Path, key: str, **settings) -> ExportReport:
    """Export a project; regions as they are, if nothing else is said."""
    settings = {"instances": "region"} | settings
    return run_to_end(export_labels(project, out, format_called(key), ExportSettings(**settings)), lambda tick: None)


def read(path: Path, key: str, project: Project) -> ImportReport:
    """Import a file or folder."""
    with format_called(key).read(path) as files:
        return run_to_end(import_files(project, path, files, ImportSettings()), lambda tick: None)


def read_back(path: Path, key: str, hard: Path, folder: Path) -> tuple[hard_project.Shapes, ImportReport]:
    """What a project of the same photos has after the import of a file or folder, and the report.

    Args:
        path: What was exported.
        key: Its format.
        hard: The hard project's folder.
        folder: For the other project; it is made.
    """
    with open_project(hard_project.empty_copy(hard, folder)) as copy:
        report = read(path, key, copy)
        return hard_project.named_shapes(copy), report


def exported_shapes(project: Project) -> hard_project.Shapes:
    """What an export of the images that are done has in it: void is nothing."""
    shapes = hard_project.named_shapes(project, void=False)
    return {path: theirs for path, theirs in shapes.items() if path != hard_project.NOT_DONE}


def names_by_number(project: Project) -> list[str]:
    """The names of the labels but the void ones, in the order of their ids."""
    labels = sorted(queries.labels(project), key=lambda label: label.category_id)
    return [label.name for label in labels if not label.is_void]


def make_project(folder: Path, maps: Mapping[str, tuple[hard_project.LabelMap, Mapping[int, str]]]) -> Path:
    """A project of photos that are written first, with shapes: in "photos" and "project" below a folder.

    Args:
        folder: That is there.
        maps: The shapes of each image, as `hard_project.label_maps` has them; all are done.
    """
    for number, (path, (numbers, _)) in enumerate(maps.items()):
        (folder / "photos" / path).parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.full((*numbers.shape, 3), number, np.uint8)).save(folder / "photos" / path)
    images = []
    for path, (numbers, names) in maps.items():
        found = masks.encode_label_map(numbers)
        shapes = [FileShape(names[number], found[number]) for number in sorted(names)]
        images.append(FileImage(path, shapes, (numbers.shape[0], numbers.shape[1]), is_negative=not shapes))
    labels = tuple(
        FileLabel(name) for name in dict.fromkeys(name for _, names in maps.values() for name in names.values())
    )
    files = LabelledFiles(labels, tuple(maps), lambda: iter(images))
    with create_project(folder / "project", image_root=folder / "photos") as project:
        run_to_end(scan_images(project), lambda tick: None)
        run_to_end(import_files(project, folder, files, ImportSettings()), lambda tick: None)
    return folder / "project"
