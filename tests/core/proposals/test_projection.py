"""The projection of descriptions: kept in a file, used only where it was fitted, and changing nothing else."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save
from tiny_model import tiny_config

from acseg_core.config import BackboneConfig, SegmenterConfig, TreeConfig
from acseg_core.errors import WeightsMismatchError, WeightsMissingError
from acseg_core.nets.backbone import Backbone
from acseg_core.proposals.merging import grow_tree, merge_concepts
from acseg_core.proposals.patches import Patches, unit
from acseg_core.proposals.projection import Projection
from acseg_core.proposals.segmenter import Segmenter


@pytest.fixture
def random() -> np.random.Generator:
    """The same numbers for each test, whatever ran before."""
    return np.random.default_rng(3)


def projection(matrix: np.ndarray, scale: float = 1.0) -> Projection:
    return Projection(matrix.astype(np.float32), scale, 0.4, 0.3, "a" * 64)


def test_it_maps_and_normalises_again(random: np.random.Generator) -> None:
    described = unit(random.normal(size=(3, 4, 5)).astype(np.float32))
    matrix = random.normal(size=(5, 2))
    mapped = projection(matrix).apply(described)
    np.testing.assert_allclose(np.linalg.norm(mapped, axis=2), 1, rtol=1e-5)
    expected = described[1, 2] @ matrix
    np.testing.assert_allclose(mapped[1, 2], expected / np.linalg.norm(expected), rtol=1e-4)


def test_a_file_keeps_it_in_half_precision(tmp_path: Path, random: np.random.Generator) -> None:
    made = projection(random.normal(size=(6, 3)), scale=1.25)
    made.save(tmp_path / "x.safetensors", fitted={"images": 2})
    read = Projection.load(tmp_path / "x.safetensors")
    np.testing.assert_allclose(read.matrix, made.matrix, rtol=1e-3)
    assert (read.distance_scale, read.key_share, read.value_share, read.backbone_sha256) == (1.25, 0.4, 0.3, "a" * 64)


def test_what_is_no_projection_is_told(tmp_path: Path) -> None:
    with pytest.raises(WeightsMissingError, match="none"):
        Projection.load(tmp_path / "none.safetensors")
    (tmp_path / "bad.safetensors").write_bytes(b"no tensors")
    with pytest.raises(WeightsMismatchError, match="bad"):
        Projection.load(tmp_path / "bad.safetensors")
    with pytest.raises(WeightsMismatchError, match="not a projection"):
        Projection.load(tiny_config(tmp_path).generator or tmp_path)


def test_a_note_that_is_nested_without_end_and_a_map_of_another_shape_are_told(tmp_path: Path) -> None:
    """The first was a RecursionError, the second a ValueError of NumPy at the first image."""
    file = tmp_path / "p.safetensors"
    good = {"stretch": 1.0, "key_share": 0.4, "value_share": 0.3, "backbone_sha256": ""}
    notes = ["[" * 100_000 + "]" * 100_000, json.dumps(good), json.dumps(good | {"stretch": 10**400})]
    for matrix, note in zip((np.eye(3), np.ones(3), np.eye(3)), notes, strict=True):
        file.write_bytes(save({"matrix": matrix.astype(np.float16)}, metadata={"acseg_projection": note}))
        with pytest.raises(WeightsMismatchError, match=r"p\.safetensors: not a projection") as told:
            Projection.load(file)
        assert "\n" not in str(told.value)
    with pytest.raises(WeightsMismatchError, match="tokens of size 3, not 4"):
        projection(np.eye(3)).apply(np.ones((2, 2, 4), np.float32))


def test_directions_that_are_left_out_part_nothing() -> None:
    """Four quarters that differ along two axes: without one of them, only two halves are told apart."""
    rows = np.arange(8)[:, None].repeat(8, 1) // 4
    described = unit(np.stack([np.ones((8, 8)), rows, rows.T], axis=2).astype(np.float32))
    drop = projection(np.eye(3)[:, :2])
    grown = grow_tree(Patches(described, projection=drop), TreeConfig(leaves=2, key_share=0, value_share=0))
    assert np.array_equal(grown.similarity.argmax(axis=2) == grown.similarity[0, 0].argmax(), rows == 0)


def test_distances_are_scaled_and_heights_with_them(random: np.random.Generator) -> None:
    tokens = unit(random.normal(size=(6, 6, 5)).astype(np.float32))
    leaf = np.arange(9).reshape(3, 3).repeat(2, 0).repeat(2, 1)
    config = TreeConfig(colour=0)
    plain, scaled = (
        merge_concepts(Patches(tokens, projection=projection(np.eye(5), scale)), tokens, leaf, config)
        for scale in (1.0, 4.0)
    )
    np.testing.assert_allclose(scaled.heights, 2 * plain.heights, rtol=1e-5)


def test_the_bundled_one_is_used_where_it_fits(tmp_path: Path) -> None:
    config = SegmenterConfig(backbone=BackboneConfig(device="cpu", input_size=112))
    whole = Segmenter(config)
    used = whole.projection
    assert used is not None
    assert used.backbone_sha256 == Backbone(config.backbone).weights_sha256
    assert used.matrix.shape[0] == 3 * 384
    plain = Segmenter(replace(config, tree=TreeConfig(projected=False)))
    assert plain.projection is None
    assert [json.loads(each.run_info.config_json)["projection_sha256"] for each in (whole, plain)] == [
        used.sha256,
        None,
    ]
    assert Segmenter(replace(config, tree=TreeConfig(key_share=0.2))).projection is None
    assert Segmenter(tiny_config(tmp_path)).projection is None
