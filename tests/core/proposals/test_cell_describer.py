"""What is seen in cells: alike by NumPy and by the device's own means."""

from pathlib import Path

import numpy as np
import pytest
from cell_trees import texture
from scipy.sparse import random_array
from tiny_model import tiny_config

from acseg_core.config import BackboneConfig, SegmenterConfig
from acseg_core.proposals.segmenter import Segmenter


@pytest.mark.parametrize("bundled", [False, True])
def test_a_segmenter_sees_the_same_in_cells_either_way(tmp_path: Path, bundled: bool) -> None:
    """The device's way, on a processor: what it computes is the same code on a graphics card."""
    config = SegmenterConfig(backbone=BackboneConfig(device="cpu")) if bundled else tiny_config(tmp_path)
    segmenter, image = Segmenter(config), texture(120, 160)
    (seen,) = segmenter.backbone.features([image])
    rows, columns = seen.grid
    under = random_array((50, rows * columns), density=0.2, dtype=np.float32, format="csr", rng=0)
    one, other = segmenter.seen_in(seen, under), segmenter.describer.seen_on_device(seen, under)
    np.testing.assert_allclose(other.features.descriptions, one.features.descriptions, atol=1e-4)
    np.testing.assert_allclose(other.tokens, one.tokens, rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(other.features.attention, one.features.attention, atol=1e-5)
    assert other.features.steps == pytest.approx(one.features.steps, rel=1e-4)
