"""CLIP scores of regions: what crops show, and how likely each class is."""

import numpy as np
import pytest
from coloured_photos import finish, write_photos
from tiny_text_model import TINY_TEXT_MODEL, tiny_text_weights

from acseg_core.config import TextConfig
from acseg_core.shapes import masks
from acseg_core.store import create_project, queries
from acseg_core.store.edits import runs
from acseg_core.types import RegionProposal, RunInfo
from acseg_core.workflows import scanning
from acseg_core.workflows.clip_scorer import ClipScorer, RegionsOfImage, crops_of

pytest.importorskip("open_clip")

FILL = np.array([122, 116, 104], np.uint8)


@pytest.fixture
def project(tmp_path):
    """One photo with two regions, left and right."""
    write_photos(tmp_path / "photos", 1)
    label_map = np.zeros((96, 128), np.uint8)
    label_map[:, 80:] = 1
    with create_project(tmp_path / "project", image_root=tmp_path / "photos") as made:
        finish(scanning.scan_images(made))
        run_id = runs.begin_run(made, RunInfo("vit", "0" * 64, "acg", "1" * 64, "{}", "0"))
        proposals = [
            RegionProposal(node, mask, masks.bounding_box(mask), masks.area(mask), np.ones(8, np.float16))
            for node, mask in masks.encode_label_map(label_map).items()
        ]
        runs.save_proposals(made, run_id, 1, proposals)
        runs.finish_run(made, run_id)
        yield made


def test_every_region_gets_a_probability_for_every_class(project, tmp_path):
    from acseg_core.nets.text import TextModel

    model = TextModel(TextConfig(model=TINY_TEXT_MODEL, weights=tiny_text_weights(tmp_path), device="cpu"))
    asked = RegionsOfImage(queries.image(project, 1), tuple(queries.regions(project, 1)))
    scorer = ClipScorer(project, [("red",), ("blue", "navy"), ("green",)], model)
    found = scorer.score(asked)
    assert found.keys() == {region.id for region in asked.regions}
    assert len(found) == 2
    for each in found.values():
        assert (each.shape, each.dtype) == ((3,), np.float32)
        assert each.sum() == pytest.approx(1, abs=1e-5)
    assert scorer.skipped == []
    (project.image_root / "0.png").unlink()
    assert scorer.score(asked) == {}
    assert [file.path for file in scorer.skipped] == ["0.png"]


def test_crops_show_a_region_in_its_surroundings_and_alone():
    pixels = np.full((100, 200, 3), 50, np.uint8)
    mask = np.zeros((100, 200), bool)
    mask[40:60, 90:110] = True
    pixels[mask] = 200
    around, alone = crops_of(pixels, mask, (90.0, 40.0, 20.0, 20.0), size=28, fill=FILL)
    assert around.shape == alone.shape == (28, 28, 3)
    assert (around[0, 0] == 50).all()
    assert (alone[14, 14] == 200).all()
    assert (around[14, 14] == 200).all()
    assert (alone == 50).sum() == 0
    assert 0.6 < (alone == 200).all(axis=2).mean() <= 1


@pytest.mark.parametrize(
    "box", [(0.0, 0.0, 200.0, 10.0), (199.0, 99.0, 1.0, 1.0), (0.0, 0.0, 200.0, 100.0), (3.0, 0.0, 1.0, 100.0)]
)
def test_crops_at_borders_and_of_any_form_are_squares(box):
    pixels = np.random.default_rng(0).integers(0, 256, (100, 200, 3), dtype=np.uint8)
    mask = np.zeros((100, 200), bool)
    x, y, width, height = (int(each) for each in box)
    mask[y : y + height, x : x + width] = True
    for crop in crops_of(pixels, mask, box, size=32, fill=FILL):
        assert (crop.shape, crop.dtype) == ((32, 32, 3), np.uint8)


def test_a_crop_keeps_the_aspect():
    pixels = np.zeros((40, 400, 3), np.uint8)
    mask = np.ones((40, 400), bool)
    _, alone = crops_of(pixels, mask, (0.0, 0.0, 400.0, 40.0), size=100, fill=FILL)
    black = (alone == 0).all(axis=2)
    assert abs(black.any(axis=1).sum() - 10) <= 1
    assert black.any(axis=0).sum() >= 94
