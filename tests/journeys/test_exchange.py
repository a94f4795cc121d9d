"""Labels of other tools in and out: the shapes of COCO photos come in by the command line and leave in every format
that is written, and whoever reads these has the masks, to the pixel, that pycocotools reads in the file before.

Where shapes overlap, a project has one of them; those pixels are not compared, all others are. COCO has all of the
photos, the other formats every third, for time's sake.
"""

import contextlib
import io
import shutil
import warnings
from collections.abc import Collection
from pathlib import Path

import numpy as np
import pytest
from pycocotools.coco import COCO
from shell import acseg_process

from acseg_core.formats.format import FORMATS, Format
from acseg_core.formats.selection import ImageChoice
from acseg_core.interruptible import run_to_end
from acseg_core.shapes import masks
from acseg_core.store import open_project, queries
from acseg_core.store.edits.label_list import delete_label
from acseg_core.workflows.exporting import ExportSettings, export_labels
from acseg_core.workflows.importing import ImportSettings, import_files

WRITTEN = [each for each in FORMATS if each.write and each.opener and not each.needs_map]

Pixels = dict[str, dict[str, np.ndarray]]
"""The mask of each class, (h, w) bool, by the name of the image."""


@pytest.fixture(scope="module")
def source(shared_data) -> Path:
    """COCO photos and the labels beside them."""
    folder = shared_data / "coco-mini"
    if not (folder / "instances.json").is_file():
        pytest.skip(f"needs the COCO photos in {folder}")
    return folder


@pytest.fixture(scope="module")
def projects(source, truth, tmp_path_factory) -> tuple[Path, Path]:
    """A project of the photos with their labels, and one without."""
    folder = tmp_path_factory.mktemp("exchange")
    acseg_process("init", folder / "empty", "--images", source / "images")
    shutil.copytree(folder / "empty", folder / "full")
    told = acseg_process("import", folder / "full", "--format", "coco", source / "instances.json").stdout
    assert f"in {len(truth[0])} images" in told, told
    return folder / "full", folder / "empty"


@pytest.fixture(scope="module")
def truth(source) -> tuple[Pixels, dict[str, np.ndarray]]:
    """The classes' masks in the file, and where in each image shapes of several classes are."""
    found = pixels_of(source / "instances.json")
    overlaps = {name: sum(mask.astype(int) for mask in by_class.values()) > 1 for name, by_class in found.items()}
    return found, overlaps


def pixels_of(path: Path) -> Pixels:
    """The classes' masks in a COCO file, by pycocotools."""
    with contextlib.redirect_stdout(io.StringIO()):
        file = COCO(str(path))
    found: Pixels = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # pycocotools on NumPy 2
        for annotation in file.anns.values():
            image = found.setdefault(file.imgs[annotation["image_id"]]["file_name"], {})
            add(image, file.cats[annotation["category_id"]]["name"], file.annToMask(annotation).astype(bool))
    return found


def add(image: dict[str, np.ndarray], name: str, mask: np.ndarray) -> None:
    image[name] = image[name] | mask if name in image else mask


def pixels_in(path: Path) -> Pixels:
    """The classes' masks in a project."""
    found: Pixels = {}
    with open_project(path, read_only=True) as project:
        project.explain(RuntimeError("nothing in it is damaged"))  # or it would raise
        names = {label.id: label.name for label in queries.labels(project)}
        for record, regions in queries.image_regions(project):
            for region in regions:
                if region.label_id is None:  # what no shape covers
                    continue
                add(found.setdefault(record.path, {}), names[region.label_id], masks.decode(region.mask))
    return found


def check(found: Pixels, truth: tuple[Pixels, dict[str, np.ndarray]], labels: Collection[str]) -> None:
    """Every class of every image has the mask of before, and there is no other."""
    expected, overlaps = truth
    assert not found.keys() - expected.keys(), "images without labels have none"
    compared = 0
    for name, before in expected.items():
        after, alone = found.get(name, {}), ~overlaps[name]
        nothing = np.zeros_like(alone)
        assert after.keys() <= before.keys() & set(labels), name
        for label in before.keys() & set(labels):
            was, is_ = before[label] & alone, after.get(label, nothing) & alone
            assert np.array_equal(was, is_), f"{label} in {name}"
            compared += was.any()
    pairs = sum(len(by_class.keys() & set(labels)) for by_class in expected.values())
    assert compared > 0.8 * pairs > 0, "most classes of an image have pixels of their own"


@pytest.fixture
def room(projects, tmp_path):
    """Gives the project with as many labels as a format has room for, and the names of these."""

    def make(format_: Format) -> tuple[Path, list[str]]:
        with open_project(projects[0], read_only=True) as project:
            labels = queries.labels(project)
        if format_.most_labels is None or len(labels) <= format_.most_labels:
            return projects[0], [label.name for label in labels]
        shutil.copytree(projects[0], tmp_path / "fewer")
        with open_project(tmp_path / "fewer") as project:
            for label in labels[format_.most_labels :]:
                delete_label(project, label.id)
        return tmp_path / "fewer", [label.name for label in labels[: format_.most_labels]]

    return make


def test_by_the_command_line_and_back_to_coco(projects, truth, tmp_path):
    out = tmp_path / "out.json"
    acseg_process("export", projects[0], "--format", "coco", "--out", out, "--instances", "parts")
    found = pixels_of(out)
    check(found, truth, {label for by_class in truth[0].values() for label in by_class})


@pytest.mark.parametrize("format_", WRITTEN, ids=lambda each: each.key)
def test_through_every_format_that_is_written(format_, projects, room, truth, tmp_path):
    full, labels = room(format_)
    out, again = tmp_path / "out", tmp_path / "again"
    with open_project(full, read_only=True) as project:
        some = {record.path: record.id for record in queries.images(project)[::3]}
        settings = ExportSettings(images=ImageChoice.ALL, image_ids=list(some.values()), instances="parts")
        run_to_end(export_labels(project, out, format_, settings), lambda tick: None)
    shutil.copytree(projects[1], again)
    with open_project(again) as project, format_.read(out) as files:
        back = run_to_end(import_files(project, out, files, ImportSettings()), lambda tick: None)
    assert not back.unmatched
    assert not back.left_out
    masks_of_some, overlaps = {name: truth[0][name] for name in truth[0].keys() & some.keys()}, truth[1]
    check(pixels_in(again), (masks_of_some, overlaps), labels)
