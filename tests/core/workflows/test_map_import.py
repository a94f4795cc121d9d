"""Labels on a map in a project: seen before they come, stopped and gone on with, and refused where they fit nothing."""

from pathlib import Path

import pytest
from map_label_files import (
    bring_in,
    known_pixels,
    make_scene,
    pixels_of,
    polygons,
    square,
    write_layer,
)

from acseg_core.errors import LabelFileError, UnclearFieldError
from acseg_core.formats.format import format_called, recognised
from acseg_core.formats.labelled import FileImage, FileLabel, LabelledFiles
from acseg_core.formats.map_images import MapOptions
from acseg_core.formats.matching import Match
from acseg_core.interruptible import run_to_end
from acseg_core.store import open_project, queries
from acseg_core.store.edits import history
from acseg_core.types import ImageStatus
from acseg_core.workflows.import_preview import preview_import
from acseg_core.workflows.importing import ImportSettings, import_files
from acseg_core.workflows.map_import import matches_of


@pytest.fixture
def project(tmp_path):
    with open_project(make_scene(tmp_path)) as opened:
        yield opened


@pytest.fixture
def labels(tmp_path):
    shapes, names = polygons(known_pixels())
    return write_layer(tmp_path / "labels.gpkg", shapes, label=names)


def look(project, path, **options):
    with recognised(path).read(path) as files:
        return run_to_end(preview_import(project, path, files, **options), lambda tick: None)


def test_a_preview_says_what_would_come_and_changes_nothing(project, tmp_path):
    outside = square(-40, -40, -20, -20)
    path = write_layer(tmp_path / "x.gpkg", [square(10, 10, 90, 40), outside], label=["road", "far"], note=["a", "b"])
    preview = look(project, path)
    assert preview.by_place
    assert preview.total == preview.read == len(preview.images) == 2, "on two of six tiles"
    assert [label.name for label in preview.labels] == ["road"], "what lies elsewhere makes no label"
    assert preview.shapes == {"road": 2}
    assert (preview.field, preview.fields, preview.problem) == ("label", ("label", "note"), "")
    assert [(part.reason, part.count) for part in preview.unused] == [("outside of all images", 1)]
    assert queries.labels(project) == []
    assert bring_in(project, path).regions == 2


def test_a_preview_of_what_is_not_clear_offers_the_fields(project, tmp_path):
    path = write_layer(tmp_path / "x.gpkg", [square(10, 10, 20, 20)], a=["road"], b=["x"], number=[1])
    preview = look(project, path)
    assert preview.problem.endswith("choose one (--field)")
    assert (preview.fields, preview.labels) == (("a", "b", "number"), ())
    with pytest.raises(UnclearFieldError):
        bring_in(project, path)
    assert look(project, path, on_map=MapOptions("b")).shapes == {"x": 1}


def test_rules_about_names_of_images_make_no_difference(project, labels):
    assert bring_in(project, labels, match=Match.NAME).images == 6
    assert matches_of(LabelledFiles((), ("a#r1c1.tif",), lambda: iter(()), by_place=True), [], None).paths == {
        "a#r1c1.tif": "a#r1c1.tif"
    }


def test_what_is_stopped_is_whole_and_goes_on_as_the_same_step(project, labels):
    with format_called("gpkg").read(labels) as files:
        work = import_files(project, labels, files, ImportSettings())
        done = 0
        for tick in work:
            done += bool(tick.message)
            if done == 3:
                break
        work.close()
    assert sum(record.status is ImageStatus.DONE for record in queries.images(project)) == 3
    bring_in(project, labels)
    assert (pixels_of(project) == known_pixels()).all()
    history.undo(project)
    assert queries.labels(project) == []
    assert history.state(project).undo is None


def test_labels_can_be_renamed_left_out_and_suggested_as_of_any_file(project, labels):
    report = bring_in(project, labels, names={"water": "", "road": "street"}, keep_open=True)
    assert set(report.labels) == {"forest", "street"}
    assert all(record.status is ImageStatus.IN_REVIEW for record in queries.images(project))
    with pytest.raises(LabelFileError, match='it has no label "lake"'):
        bring_in(project, labels, names={"lake": "water"})


def test_files_that_name_their_images_have_no_fields(project):
    files = LabelledFiles((FileLabel("a"),), ("x",), lambda: iter([FileImage("x", ())]))
    with pytest.raises(LabelFileError, match=r"x\.json: it has no fields and layers"):
        run_to_end(
            import_files(project, Path("x.json"), files, ImportSettings(on_map=MapOptions("a"))), lambda tick: None
        )
