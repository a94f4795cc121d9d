"""The contact sheet: photo and regions of every image side by side, in the colours of the labels."""

import itertools

import numpy as np
import pytest
from coloured_photos import finish, write_photos
from PIL import Image

from acseg_core.errors import StorageError
from acseg_core.formats.contact_sheet import export_contact_sheet
from acseg_core.reports import LeftOut
from acseg_core.shapes import masks
from acseg_core.store import create_project
from acseg_core.store.edits import review, runs
from acseg_core.store.edits.labels import create_label
from acseg_core.types import RegionProposal, RunInfo
from acseg_core.workflows import scanning

TILE_WIDTH, TILE_HEIGHT, GAP = 320, 240, 16


@pytest.fixture
def project(tmp_path):
    """Three photos of 128 x 96 pixels, the first two cut into a left and a right half."""
    write_photos(tmp_path / "photos", 3)
    with create_project(tmp_path / "project", image_root=tmp_path / "photos") as made:
        finish(scanning.scan_images(made))
        run_id = runs.begin_run(made, RunInfo("vit", "b" * 64, "acg", "a" * 64, "{}", "0"))
        halves = np.repeat(np.array([[0, 1]], np.uint8), 96, axis=0).repeat(64, axis=1)
        for image_id in (1, 2):
            proposals = [
                RegionProposal(node, mask, masks.bounding_box(mask), masks.area(mask), np.ones(8, np.float16))
                for node, mask in masks.encode_label_map(halves).items()
            ]
            runs.save_proposals(made, run_id, image_id, proposals)
        runs.finish_run(made, run_id)
        yield made


def sheet(project, out, **options):
    report = finish(export_contact_sheet(project, out, **options))
    with Image.open(out) as opened:
        assert (opened.format, opened.mode) == ("PNG", "RGB")
        return report, np.asarray(opened)


def test_images_with_regions_are_on_it_in_pairs(project, tmp_path):
    ticks = list(export_contact_sheet(project, tmp_path / "sheet.png"))
    assert [(tick.done, tick.total, tick.message) for tick in ticks] == [(1, 2, "0.png"), (2, 2, "1.png")]
    report, pixels = sheet(project, tmp_path / "sheet.png")
    assert (report.path, report.images, report.annotations, report.categories) == (tmp_path / "sheet.png", 2, 4, 0)
    pair = 2 * TILE_WIDTH + GAP // 2
    assert pixels.shape[1] == 2 * (pair + GAP) + GAP
    first = pixels[GAP : GAP + TILE_HEIGHT, GAP : GAP + TILE_WIDTH].astype(int)
    with Image.open(tmp_path / "photos" / "0.png") as photo:
        expected = np.asarray(photo.resize((TILE_WIDTH, TILE_HEIGHT)), int)
    assert np.abs(first - expected).mean() < 10, "the photo itself on the left"


def test_regions_are_tinted_in_the_colour_of_their_label(project, tmp_path):
    label, _ = create_label(project, "wall", color="#00ff40")
    review.name_regions(project, [1], label.id)
    report, pixels = sheet(project, tmp_path / "sheet.png")
    assert report.categories == 1
    left = GAP + TILE_WIDTH + GAP // 2
    photo = pixels[GAP : GAP + TILE_HEIGHT, GAP : GAP + TILE_WIDTH].astype(int)
    tinted = pixels[GAP : GAP + TILE_HEIGHT, left : left + TILE_WIDTH].astype(int)
    inside = np.s_[20:200, 20:140]
    assert np.abs(tinted[inside] - (photo[inside] + np.array([0, 255, 64])) / 2).max() <= 1
    assert (tinted[:, TILE_WIDTH // 2] == 255).all(), "a white line where regions meet"
    other = tinted[20:200, 180:300] * 2 - photo[20:200, 180:300]
    assert np.abs(other - other[0, 0]).max() <= 2, "one colour all over"
    assert np.abs(other[0, 0] - [0, 255, 64]).max() > 20, "and another one"


@pytest.mark.parametrize(("options", "rows", "columns"), [({"columns": 1}, 2, 1), ({"most": 1}, 1, 2)])
def test_the_sheet_is_as_large_as_asked(project, tmp_path, options, rows, columns):
    _, pixels = sheet(project, tmp_path / "sheet.png", **options)
    pair = 2 * TILE_WIDTH + GAP // 2
    assert pixels.shape == (rows * (TILE_HEIGHT + 22 + GAP) + GAP, columns * (pair + GAP) + GAP, 3)


def test_images_that_are_gone_or_others_now_are_left_out_and_counted(project, tmp_path):
    """On the code of before they were on the sheet, without a picture, and counted as drawn."""
    (tmp_path / "photos" / "0.png").unlink()
    report, pixels = sheet(project, tmp_path / "sheet.png")
    assert (report.images, report.left_out) == (1, {LeftOut.MISSING: (1,)})
    Image.new("RGB", (50, 40), "red").save(tmp_path / "photos" / "1.png")
    report, pixels = sheet(project, tmp_path / "sheet.png")
    assert (report.images, report.left_out) == (0, {LeftOut.MISSING: (1,), LeftOut.CHANGED: (2,)})
    assert (pixels == 250).all()


def test_a_project_without_regions_gives_an_empty_sheet(tmp_path):
    write_photos(tmp_path / "photos", 1)
    with create_project(tmp_path / "project", image_root=tmp_path / "photos") as made:
        finish(scanning.scan_images(made))
        report, pixels = sheet(made, tmp_path / "sheet.png")
    assert (report.images, report.annotations) == (0, 0)
    assert (pixels == 250).all()


def test_a_place_that_cannot_be_written_leaves_what_is_there(project, tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(StorageError):
        finish(export_contact_sheet(project, tmp_path / "file" / "sheet.png"))
    assert (tmp_path / "file").read_text() == "mine"


def test_stopping_leaves_no_half_a_sheet(project, tmp_path):
    (tmp_path / "out").mkdir()
    work = export_contact_sheet(project, tmp_path / "out" / "sheet.png")
    list(itertools.islice(work, 1))
    work.close()
    assert list((tmp_path / "out").iterdir()) == []
