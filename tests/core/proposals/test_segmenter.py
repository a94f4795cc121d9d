"""One image end to end, with a tiny model and with the bundled one.

Covers: proposals.segmentation.
"""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from tiny_model import tiny_config, tiny_generator, tiny_model

from acseg_core.config import BackboneConfig, CellConfig, SegmenterConfig, TreeConfig
from acseg_core.errors import WeightsMismatchError
from acseg_core.nets.backbone import Backbone
from acseg_core.nets.generator import ConceptGenerator
from acseg_core.proposals.leaf_map import OUTSIDE
from acseg_core.proposals.model_card import read_model
from acseg_core.proposals.projection import Projection
from acseg_core.proposals.refine import label_pixels
from acseg_core.proposals.segmenter import Segmenter, default_generator, published_generator
from acseg_core.shapes import masks


def striped(height: int, width: int) -> np.ndarray:
    image = np.zeros((height, width, 3), np.uint8)
    image[:, : width // 3] = (200, 30, 30)
    image[height // 2 :, width // 3 :] = (20, 200, 60)
    return image


@pytest.mark.parametrize(("height", "width"), [(60, 90), (1, 1), (7, 300), (333, 222)])
def test_regions_partition_images_of_any_size(tmp_path: Path, height: int, width: int) -> None:
    segmentation = Segmenter(tiny_config(tmp_path)).segment(striped(height, width))
    covered = sum(masks.decode(region.mask).astype(int) for region in segmentation.regions)
    assert (covered == 1).all()
    assert covered.shape == segmentation.label_map.shape == (height, width)


def test_batches_and_single_images_agree_and_repeat(tmp_path: Path) -> None:
    images = [striped(60, 90), striped(90, 60), striped(60, 90)[::-1].copy()]
    segmenter = Segmenter(tiny_config(tmp_path))
    for image, segmentation in zip(images, segmenter.segment_batch(images), strict=True):
        assert np.array_equal(segmentation.label_map, segmenter.segment(image).label_map)


def test_concepts_that_win_nothing_vanish(tmp_path: Path) -> None:
    """A picture of one colour has one region although the generator has four prototypes."""
    config = replace(tiny_config(tmp_path), kmeans_steps=0)
    flat = Segmenter(config).segment(np.full((64, 64, 3), 127, np.uint8))
    assert len(flat.regions) < 4


def test_run_information_names_files_and_settings(tmp_path: Path) -> None:
    config = tiny_config(tmp_path)
    info = Segmenter(config).run_info
    assert info.backbone == "test_vit"
    assert len(info.backbone_sha256) == len(info.generator_sha256) == 64
    assert '"input_size": 128' in info.config_json


def test_generator_of_another_backbone_is_refused(tmp_path: Path) -> None:
    config = SegmenterConfig(backbone=BackboneConfig(device="cpu"), generator=tiny_generator(tmp_path))
    with pytest.raises(WeightsMismatchError, match="trained for test_vit"):
        Segmenter(config)


def test_generator_trained_on_other_weights_of_the_backbone_is_refused(tmp_path: Path) -> None:
    config = tiny_config(tmp_path)
    generator = ConceptGenerator.load(config.generator)
    generator.save(tmp_path / "other.safetensors", training={"backbone_sha256": "0" * 64})
    with pytest.raises(WeightsMismatchError, match="other weights of test_vit"):
        Segmenter(replace(config, generator=tmp_path / "other.safetensors"))
    generator.save(
        tmp_path / "same.safetensors", training={"backbone_sha256": Segmenter(config).run_info.backbone_sha256}
    )
    Segmenter(replace(config, generator=tmp_path / "same.safetensors"))


def test_the_bundled_backbone_may_be_called_by_its_full_name(tmp_path: Path) -> None:
    config = BackboneConfig(name="vit_small_patch14_dinov2.lvd142m", device="cpu", input_size=112)
    assert Segmenter(SegmenterConfig(backbone=config)).segment(striped(60, 90)).regions


def test_default_proposals_tell_cat_from_wall() -> None:
    """The bundled model on a bundled photo: several regions, and the middle is not the corner's."""
    from acseg_core.images.files import load_image
    from acseg_resources import resource_path

    photo = next(path for path in sorted(resource_path("samples").iterdir()) if path.suffix == ".jpg")
    image = load_image(photo)
    segmentation = Segmenter(SegmenterConfig(backbone=BackboneConfig(device="cpu"))).segment(image)
    assert 2 <= len(segmentation.regions) <= 16
    assert segmentation.regions[0].area < 0.95 * image.shape[0] * image.shape[1]


def test_bfloat16_and_float32_tokens_agree() -> None:
    image = np.random.default_rng(0).integers(0, 256, (224, 224, 3), dtype=np.uint8)
    exact, quick = (
        Backbone(BackboneConfig(input_size=224, device="cpu", precision=precision)).features([image])[0].tokens
        for precision in ("float32", "bfloat16")
    )
    assert torch.cosine_similarity(exact, quick, dim=-1).min() > 0.99


def test_half_precision_proposes_nearly_the_same_partition() -> None:
    from acseg_core.images.files import load_image
    from acseg_resources import resource_path

    image = load_image(resource_path("samples", "astronaut.jpg"))
    exact, quick = (
        Segmenter(SegmenterConfig(backbone=BackboneConfig(device="cpu", input_size=224, precision=precision)))
        .segment(image)
        .label_map
        for precision in ("float32", "bfloat16")
    )
    best = sum(
        max(((quick == theirs) & (exact == ours)).sum() for theirs in np.unique(quick)) for ours in np.unique(exact)
    )
    assert best / exact.size > 0.9


def test_another_generator_on_the_same_backbone(tmp_path: Path) -> None:
    segmenter = Segmenter(tiny_config(tmp_path))
    other = tiny_generator(tmp_path, prototypes=7)
    variant = segmenter.with_generator(other, kmeans_steps=0)
    assert variant.backbone is segmenter.backbone
    assert (variant.config.generator, variant.config.kmeans_steps, variant.run_info.generator) == (other, 0, other.name)
    assert variant.generator.prototypes.dtype == torch.float32
    features = segmenter.backbone.features([striped(60, 90)])
    assert variant.similarity_maps(features)[0].shape[2] == 7
    assert segmenter.similarity_maps(features)[0].shape[2] == 4  # the first one is left as it was
    with pytest.raises(WeightsMismatchError, match="was trained for"):
        segmenter.with_generator(default_generator(), kmeans_steps=0)


def test_the_published_method_is_the_argmax_of_the_cosines_with_a_tree_above(tmp_path: Path) -> None:
    """No k-means step moves its concepts, and no finer cut has more regions than they are."""
    config = tiny_config(tmp_path, prototypes=5)
    segmenter = Segmenter(replace(config, method="acseg"))
    image = striped(90, 120)
    features = segmenter.backbone.features([image])[0]
    unsettled = Segmenter(replace(config, kmeans_steps=0)).similarity_maps([features])[0]
    np.testing.assert_array_equal(segmenter.similarity_maps([features])[0], unsettled)
    found = segmenter.partition(image, features)
    pixels = label_pixels(unsettled, image, config.refine)
    assert 2 <= len(found.regions) == len(np.unique(pixels)) <= 5
    for region in found.regions:
        assert len(np.unique(pixels[masks.decode(region.mask).astype(bool)])) == 1
    finest = segmenter.partition(image, features, granularity=1.0)
    np.testing.assert_array_equal(found.label_map, finest.label_map)
    assert len(segmenter.partition(image, features, granularity=0.0).regions) == 1
    assert '"method": "acseg"' in segmenter.run_info.config_json


def test_the_published_method_leaves_void_pixels_to_no_region(tmp_path: Path) -> None:
    segmenter = Segmenter(replace(tiny_config(tmp_path), method="acseg"))
    image = striped(60, 90)
    valid = np.ones((60, 90), bool)
    valid[:, :20] = False
    found = segmenter.partition(image, segmenter.backbone.features([image])[0], valid=valid)
    assert (found.label_map[~valid] == OUTSIDE).all()
    assert sum(region.area for region in found.regions) == valid.sum()


@pytest.mark.parametrize(("method", "fine"), [("tree", "cells"), ("tree", "ward"), ("acseg", "cells")])
def test_the_colour_of_void_tells_nothing(tmp_path: Path, method: str, fine: str) -> None:
    """Neither its border nor its colour changes a region: the same whatever is in it."""
    config = tiny_config(tmp_path)
    segmenter = Segmenter(replace(config, method=method, tree=replace(config.tree, fine=fine)))
    random = np.random.default_rng(3)
    image = (striped(90, 120).astype(int) + random.integers(0, 30, (90, 120, 3))).clip(0, 255).astype(np.uint8)
    valid = np.ones((90, 120), bool)
    valid[20:60, 30:80] = False
    features = segmenter.backbone.features([image])[0]
    found = []
    for colour in ((128, 128, 128), (255, 0, 255), (0, 0, 0)):
        filled = np.where(valid[..., None], image, np.uint8(colour))
        found.append(segmenter.partition(filled, features, granularity=0.8, valid=valid))
    assert len(found[0].regions) > 1
    for other in found[1:]:
        np.testing.assert_array_equal(other.label_map, found[0].label_map)
        assert all(
            np.array_equal(one.descriptor, two.descriptor)
            for one, two in zip(other.regions, found[0].regions, strict=True)
        )


def test_the_bundled_published_generator_is_the_papers(tmp_path: Path) -> None:
    """Five prototypes, six blocks; on the sample photos its count is its own."""
    from acseg_core.images.files import load_image
    from acseg_resources import resource_path

    shape = ConceptGenerator.load(published_generator()).config
    assert (shape.prototypes, shape.blocks, shape.heads) == (5, 6, 6)
    backbone = BackboneConfig(device="cpu", input_size=224)
    segmenter = Segmenter(SegmenterConfig(backbone=backbone, method="acseg"))
    assert segmenter.run_info.generator == "acg_paper.safetensors"
    photos = [load_image(path) for path in sorted(resource_path("samples").iterdir()) if path.suffix == ".jpg"]
    counts = [len(segmenter.segment(photo).regions) for photo in photos]
    assert max(counts) <= 5
    assert len(set(counts)) > 1
    with pytest.raises(WeightsMismatchError, match="python -m acseg_training FOLDER --paper --backbone test_vit"):
        Segmenter(SegmenterConfig(backbone=tiny_config(tmp_path).backbone, method="acseg"))


def test_a_model_lends_what_it_holds_and_the_rest_is_as_before(tmp_path: Path) -> None:
    """Here it holds a projection and weights of merges: there is no generator that fits, and none is needed."""
    config = tiny_config(tmp_path)
    image = np.random.default_rng(3).integers(0, 255, (60, 90, 3), np.uint8)
    sha256 = Segmenter(config).run_info.backbone_sha256
    fitted = Projection(np.eye(192, 5, dtype=np.float32), 1.0, 0.4, 0.3, sha256)
    path = tiny_model(tmp_path, projection=fitted.packed(fitted={}), merges={"count": 12, "colour": 0.5})
    made = Segmenter(replace(config, generator=path))
    assert made.projection is not None
    np.testing.assert_array_equal(made.projection.matrix, fitted.matrix)
    assert (made.config.cells.count, made.config.cells.colour) == (12, 0.5)
    assert made.config.cells.contact == config.cells.contact
    assert (made.run_info.model, made.run_info.model_sha256) == ("mine", read_model(path).sha256)
    assert made.run_info.generator == ""
    assert json.loads(made.run_info.config_json)["cells"]["count"] == 12
    by_hand = Segmenter(replace(config, cells=CellConfig(count=12, colour=0.5)))
    by_hand.projection = fitted
    np.testing.assert_array_equal(made.segment(image).label_map, by_hand.segment(image).label_map)
    assert not np.array_equal(made.segment(image).label_map, Segmenter(config).segment(image).label_map)
    needs_one = replace(config, generator=path, tree=TreeConfig(fine="generator"))
    with pytest.raises(WeightsMismatchError, match="was trained for vit_small_patch14_dinov2"):
        Segmenter(needs_one)
    with pytest.raises(WeightsMismatchError, match=r"mine\.safetensors: this model has no concept generator"):
        made.similarity_maps([made.backbone.features([image])[0]])


def test_a_model_of_another_backbone_newer_or_damaged_is_refused_before_any_image(tmp_path: Path) -> None:
    config = tiny_config(tmp_path)
    path = tiny_model(tmp_path, merges={"colour": 0.0})
    whole = path.read_bytes()
    bundled = SegmenterConfig(backbone=BackboneConfig(device="cpu"), generator=path)
    with pytest.raises(WeightsMismatchError, match=r"mine\.safetensors: .* trained for test_vit, not for vit_small"):
        Segmenter(bundled)
    path.write_bytes(whole.replace(b'\\"format\\": 1', b'\\"format\\": 9'))
    with pytest.raises(WeightsMismatchError, match="newer version of ACSeg Desktop; update"):
        Segmenter(replace(config, generator=path))
    path.write_bytes(whole[:-1])
    with pytest.raises(WeightsMismatchError, match="damaged; choose another file"):
        Segmenter(replace(config, generator=path))


def test_the_bundled_model_named_by_its_file_is_no_model_of_ones_own(tmp_path: Path) -> None:
    backbone = BackboneConfig(device="cpu", input_size=64)
    named = Segmenter(SegmenterConfig(backbone=backbone, generator=default_generator()))
    assert (named.model, named.run_info.model) == (None, "")
    usual = Segmenter(SegmenterConfig(backbone=backbone))
    assert replace(named.run_info, config_json="") == replace(usual.run_info, config_json="")
