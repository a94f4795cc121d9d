"""What is written is read again as it was, for every format and everything that it says it keeps."""

import shutil
from pathlib import Path

import pytest
from hard_project import EMPTY, NOT_DONE, SUGGESTED, VOID, empty_copy, named_pixels, named_shapes

from acseg_core.errors import ExportError
from acseg_core.formats.dataset import Kept
from acseg_core.formats.format import FORMATS, Format, recognised
from acseg_core.formats.image_files import ImageFiles
from acseg_core.formats.splits import Split
from acseg_core.interruptible import run_to_end
from acseg_core.store import open_project, queries
from acseg_core.store.edits.label_list import delete_label
from acseg_core.types import ImageStatus
from acseg_core.workflows.exporting import ExportSettings, export_labels
from acseg_core.workflows.importing import ImportSettings, import_files

WRITTEN = [each for each in FORMATS if each.write and each.opener and not each.needs_map]


def silent(_tick):
    pass


def export(path: Path, out: Path, format_: Format, **settings):
    with open_project(path, read_only=True) as project:
        return run_to_end(export_labels(project, out, format_, ExportSettings(**settings)), silent)


def read_into(copy: Path, out: Path, format_: Format):
    assert recognised(out).key == format_.key
    with open_project(copy) as project, format_.read(out) as files:
        return run_to_end(import_files(project, out, files, ImportSettings()), silent)


@pytest.fixture
def roomy(hard_folder: Path, tmp_path: Path):
    """Gives the hard project with as many labels as a format has room for."""

    def make(format_: Format) -> Path:
        if format_.most_labels is None:
            return hard_folder
        shutil.copytree(hard_folder.parent, tmp_path / "fewer", symlinks=True)
        with open_project(tmp_path / "fewer" / "project") as project:
            labels = queries.labels(project)
            for label in labels[format_.most_labels :]:
                delete_label(project, label.id)
        return tmp_path / "fewer" / "project"

    return make


def remarks_in(project) -> dict:
    """What people said of the images of which they said something."""
    said = {record.path: (record.comment, record.is_reviewed) for record in queries.images(project)}
    return {path: remarks for path, remarks in said.items() if remarks != ("", False)}


def labels_of(path: Path) -> dict:
    with open_project(path, read_only=True) as project:
        return {label.name: label for label in queries.labels(project)}


@pytest.mark.parametrize("with_images", ["none", "usual"])
@pytest.mark.parametrize("format_", WRITTEN, ids=lambda each: each.key)
def test_what_is_read_is_what_was_written(format_, with_images, roomy, tmp_path):
    hard = roomy(format_)
    out = tmp_path / "out"
    report = export(
        hard, out, format_, instances="region", with_images=ImageFiles.NONE if with_images == "none" else None
    )
    copy = empty_copy(hard, tmp_path / "again")
    imported = read_into(copy, out, format_)
    assert not imported.unmatched, imported
    assert not imported.left_out, imported
    keeps = format_.keeps
    with open_project(hard, read_only=True) as before, open_project(copy, read_only=True) as after:
        expected = dict(named_shapes(before, void=Kept.VOID in keeps))
        expected.pop(NOT_DONE)
        assert SUGGESTED not in expected
        found = named_shapes(after)
        assert named_pixels(found, after) == named_pixels(expected, before), "to the pixel"
        if {Kept.INSTANCES, Kept.PARTS} <= keeps:
            assert found == expected
        statuses = {record.path: record.status for record in queries.images(after)}
        if Kept.NEGATIVES in keeps:
            assert statuses[EMPTY] is statuses[SUGGESTED] is ImageStatus.DONE
        assert statuses[NOT_DONE] is not ImageStatus.DONE
        if Kept.REMARKS in keeps:
            assert remarks_in(after) == remarks_in(before)
    _check_labels(labels_of(hard), labels_of(copy), keeps)
    assert not (report.lost.keys() & {feature.value for feature in keeps}), "nothing that is kept counts as lost"
    if Kept.NEGATIVES not in keeps:
        assert report.lost["negatives"] == 2
    if Kept.VOID not in keeps:
        assert report.lost["void"] == 1
    if Kept.REMARKS not in keeps:
        assert report.lost["remarks"] == 2


def _check_labels(before, after, keeps):
    for name, label in after.items():
        was = before[name]
        assert name != VOID or Kept.VOID in keeps
        if Kept.THINGS in keeps:
            assert label.is_thing == was.is_thing, name
        if Kept.COLORS in keeps:
            assert label.color == was.color, name
        if Kept.SUPERCATEGORIES in keeps:
            assert label.supercategory == was.supercategory, name
        if Kept.IDS in keeps:
            assert label.category_id == was.category_id, name
    used = {name for name in before if name != VOID}
    assert used <= set(after), "labels that no region has leave, too"


@pytest.mark.parametrize("format_", WRITTEN, ids=lambda each: each.key)
def test_splits_together_are_the_whole(format_, roomy, tmp_path):
    hard = roomy(format_)
    out = tmp_path / "out"
    report = export(hard, out, format_, instances="region", split=Split({"train": 0.5, "val": 0.3, "test": 0.2}))
    assert sum(report.splits.values()) == report.images
    assert set(report.splits) == {"train", "val", "test"}
    if format_.key in ("coco", "panoptic"):
        found = {}
        for part in sorted((out / "annotations").glob("*.json")):
            copy = empty_copy(hard, tmp_path / part.stem)
            read_into(copy, part, format_)
            with open_project(copy, read_only=True) as project:
                shapes = named_shapes(project)
                assert not found.keys() & shapes.keys()
                found |= shapes
        pixels, project_path = found, copy
    else:
        project_path = empty_copy(hard, tmp_path / "again")
        read_into(project_path, out, format_)
        with open_project(project_path, read_only=True) as project:
            pixels = named_shapes(project)
    with open_project(hard, read_only=True) as before, open_project(project_path, read_only=True) as after:
        expected = dict(named_shapes(before, void=Kept.VOID in format_.keeps))
        expected.pop(NOT_DONE)
        assert named_pixels(pixels, after) == named_pixels(expected, before)


@pytest.mark.parametrize("format_", [each for each in WRITTEN if each.most_labels], ids=lambda each: each.key)
def test_more_labels_than_there_is_room_for_are_refused(format_, hard_folder, tmp_path):
    with pytest.raises(ExportError, match=f"has room for {format_.most_labels} labels, and there are 299"):
        export(hard_folder, tmp_path / "out", format_)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("format_", WRITTEN, ids=lambda each: each.key)
def test_the_same_project_gives_the_same_bytes(format_, roomy, tmp_path):
    hard = roomy(format_)
    for name in ("one", "two"):
        export(hard, tmp_path / name, format_, with_images=ImageFiles.NONE)
    one, two = (
        {file.relative_to(tmp_path / name).as_posix(): file.read_bytes() for file in (tmp_path / name).rglob("*.*")}
        for name in ("one", "two")
    )
    assert one == two
