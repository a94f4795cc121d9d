"""Regions of a label map: an exact partition, and descriptors against a pixel-by-pixel oracle."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from acseg_core.proposals import regions
from acseg_core.proposals.regions import region_descriptors, regions_of
from acseg_core.shapes import masks

LABEL_MAPS = st.tuples(st.integers(1, 24), st.integers(1, 24)).flatmap(
    lambda shape: arrays(np.uint8, shape, elements=st.integers(0, 5))
)


@settings(max_examples=60, deadline=None)
@given(label_map=LABEL_MAPS)
def test_regions_partition_the_image(label_map: np.ndarray) -> None:
    tokens = np.random.default_rng(0).standard_normal((3, 4, 8)).astype(np.float32)
    indexed, found = regions_of(label_map, tokens)
    covered = np.zeros(label_map.shape, int)
    for index, region in enumerate(found):
        mask = masks.decode(region.mask)
        covered += mask
        assert np.array_equal(mask, indexed == index)
        assert np.array_equal(mask, label_map == region.node)
        assert region.area == mask.sum()
        rows, columns = np.nonzero(mask)
        assert region.bbox == (columns.min(), rows.min(), np.ptp(columns) + 1, np.ptp(rows) + 1)
    assert (covered == 1).all()
    assert [region.area for region in found] == sorted((region.area for region in found), reverse=True)


@pytest.mark.parametrize("pixels_at_once", [1, 50, 1 << 22])
def test_descriptor_is_the_mean_token_under_the_mask(pixels_at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regions, "_PIXELS_AT_ONCE", pixels_at_once)
    random = np.random.default_rng(1)
    label_map = random.integers(0, 3, (13, 17), dtype=np.uint8)
    tokens = random.standard_normal((4, 5, 8)).astype(np.float32)
    expected = np.zeros((3, 8))
    for y in range(13):
        for x in range(17):
            expected[label_map[y, x]] += tokens[y * 4 // 13, x * 5 // 17]
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    actual = region_descriptors(label_map, tokens, 3)
    assert actual.dtype == np.float16
    np.testing.assert_allclose(actual, expected, atol=2e-3)
    np.testing.assert_allclose(np.linalg.norm(actual.astype(np.float32), axis=1), 1, atol=2e-3)
