"""The fit of the projection: it weakens what differs inside of regions and leaves distances their size."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tiny_model import TINY_BACKBONE, tiny_weights

from acseg_core.evaluate.metrics import contingency
from acseg_core.proposals.patches import Patches, unit
from acseg_core.proposals.projection import Projection
from acseg_training.__main__ import main
from acseg_training.projection import Scatter, projection_of, regions_of_patches

REGION = np.repeat([0, 1], 300)[None]


def scattered(seed: int = 0) -> tuple[Scatter, np.ndarray]:
    """Two regions apart along axis 1, each spread out along axis 2; (1, 600, 8) descriptions."""
    random = np.random.default_rng(seed)
    points = 0.02 * random.normal(size=(1, 600, 8))
    points[..., 0] += 1
    points[..., 1] += 0.3 * (REGION - 0.5)
    points[..., 2] += 0.4 * random.normal(size=(1, 600))
    described = unit(points.astype(np.float32))
    found = Scatter.empty(8)
    found.add(described, REGION, REGION)
    return found, described


def share_between(described: np.ndarray) -> float:
    """How much of the variance lies between the two regions."""
    halves = [described[0, :300], described[0, 300:]]
    between = np.var([half.mean(axis=0) for half in halves], axis=0).sum()
    return float(between / np.var(described[0], axis=0).sum())


def test_regions_stand_out_more_than_before() -> None:
    found, described = scattered()
    matrix, _ = projection_of(found, directions=2, floor=0.05, width=8)
    mapped = Projection(matrix, 1.0, 0.4, 0.3, "").apply(described)
    assert share_between(mapped) > 3 * share_between(described)


def test_without_directions_nothing_changes() -> None:
    found, described = scattered()
    matrix, scale = projection_of(found, directions=0, floor=1, width=8)
    mapped = Projection(matrix, scale, 0.4, 0.3, "").apply(described)
    np.testing.assert_allclose(mapped[0] @ mapped[0].T, described[0] @ described[0].T, atol=1e-5)
    assert scale == pytest.approx(1)


def test_distances_of_regions_keep_their_size() -> None:
    found, described = scattered()
    matrix, scale = projection_of(found, directions=2, floor=0.05, width=8)
    mapped = Projection(matrix, scale, 0.4, 0.3, "").apply(described)

    def apart(points: np.ndarray) -> float:
        return float(((points[0, :300].mean(axis=0) - points[0, 300:].mean(axis=0)) ** 2).sum())

    assert scale * apart(mapped) == pytest.approx(apart(described), rel=0.1)


def test_the_command_fits_and_writes_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    random = np.random.default_rng(1)
    (tmp_path / "photos").mkdir()
    for number in range(3):
        Image.fromarray(random.integers(0, 256, (60, 80, 3), np.uint8)).save(tmp_path / "photos" / f"{number}.png")
    (tmp_path / "photos" / "torn.png").write_bytes((tmp_path / "photos" / "0.png").read_bytes()[:100])
    out = tmp_path / "fitted.safetensors"
    network = ["--backbone", TINY_BACKBONE, "--weights", str(tiny_weights(tmp_path)), "--input-size", "128"]
    assert main([str(tmp_path / "photos"), "--projection", "--out", str(out), "--device", "cpu", *network]) == 0
    assert "192 x 192" in capsys.readouterr().out
    assert Projection.load(out).matrix.shape == (192, 192)
    assert main([str(tmp_path / "none"), "--projection", "--out", str(out)]) == 1


def test_patches_are_divided_as_the_tree_of_cells_divides_pixels() -> None:
    """Three fields that lie apart in what the backbone sees; a patch has the region that most of it lies in."""
    image = np.zeros((96, 120, 3), np.uint8)
    image[:, 40:80] = (200, 40, 40)
    image[50:, 80:] = (40, 200, 200)
    truth = np.zeros((12, 15), np.intp)
    truth[:, 5:10], truth[6:, 10:], truth[:6, 10:] = 1, 2, 0
    described = np.eye(8, dtype=np.float32)[truth]
    patches = Patches(tokens=described)
    leaf, region = regions_of_patches(image, patches, described)
    assert leaf.shape == region.shape == (12, 15)
    assert set(np.unique(region)) == set(range(int(region.max()) + 1)), "without gaps"
    assert region.max() <= 11
    assert leaf.max() >= region.max()
    table = contingency(region, truth)
    assert (table > 0).sum(axis=1).max() == 1, "no region is of two fields"
    for shape in ((3, 5), (1, 1), (40, 2)):  # images smaller than their patches
        tiny = np.arange(shape[0] * shape[1] * 3, dtype=np.uint8).reshape(*shape, 3)
        assert regions_of_patches(tiny, patches, described)[1].shape == (12, 15)
