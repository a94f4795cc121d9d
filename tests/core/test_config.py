"""Settings: what is out of range is refused at once, and a run's settings are one line of JSON."""

import json
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest

from acseg_core.config import BackboneConfig, RefineConfig, SegmenterConfig, TextConfig, TreeConfig


@pytest.mark.parametrize(
    ("config", "changes", "message"),
    [
        (BackboneConfig(), {"input_size": 31}, "at least 32, got 31"),
        (BackboneConfig(), {"batch": 0}, "at least 1, got 0"),
        (TextConfig(), {"model": ""}, "needs a name"),
        (TextConfig(), {"model": ":laion2b"}, "needs a name"),
        (TextConfig(), {"batch": 0}, "at least 1"),
        (RefineConfig(), {"temperature": 0.0}, "out of range"),
        (RefineConfig(), {"epsilon": 0.0}, "out of range"),
        (RefineConfig(), {"margin": -0.1}, "out of range"),
        (RefineConfig(), {"radius": 0}, "out of range"),
        (RefineConfig(), {"max_side": 63}, "out of range"),
        (TreeConfig(), {"fine": "kmeans"}, "got 'kmeans'"),
        (TreeConfig(), {"leaves": 1}, "between 2 and 64"),
        (TreeConfig(), {"leaves": 65}, "between 2 and 64"),
        (TreeConfig(), {"key_share": 0.8, "value_share": 0.3}, "out of range"),
        (TreeConfig(), {"value_share": -0.1}, "out of range"),
        (TreeConfig(), {"contact": 1.0}, "out of range"),
        (TreeConfig(), {"steps": -0.1}, "out of range"),
        (TreeConfig(), {"settle": -1}, "out of range"),
        (SegmenterConfig(), {"kmeans_steps": -1}, "not be negative, got -1"),
        (SegmenterConfig(), {"method": "slic"}, "got 'slic'"),
    ],
)
def test_settings_out_of_range_are_refused(config, changes, message):
    with pytest.raises(ValueError, match=message):
        replace(config, **changes)


def test_the_ends_of_the_ranges_are_in_them():
    BackboneConfig(input_size=32, batch=1)
    RefineConfig(margin=0, radius=1, max_side=64)
    TreeConfig(leaves=2, key_share=0.0, value_share=1.0, contact=0.0, settle=0)
    TreeConfig(leaves=64)
    SegmenterConfig(kmeans_steps=0)


def test_settings_do_not_change():
    with pytest.raises(FrozenInstanceError):
        SegmenterConfig().kmeans_steps = 3


def test_a_text_model_is_a_name_and_a_tag():
    with_tag, without = TextConfig(model="ViT-B-32:laion2b:x"), TextConfig(model="hf-hub/ViT-L")
    assert (with_tag.architecture, with_tag.tag) == ("ViT-B-32", "laion2b:x")
    assert (without.architecture, without.tag) == ("hf-hub/ViT-L", "")


def test_all_settings_are_one_line_of_json():
    config = SegmenterConfig(backbone=BackboneConfig(weights=Path("w.safetensors"), input_size=336))
    text = config.to_json()
    assert "\n" not in text
    found = json.loads(text)
    assert list(found) == sorted(found)
    assert found["backbone"] == {
        "batch": 4,
        "device": "auto",
        "input_size": 336,
        "name": "vit_small_patch14_dinov2",
        "precision": "auto",
        "weights": "w.safetensors",
    }
    assert (found["generator"], found["tree"]["leaves"], found["refine"]["radius"]) == (None, 32, 24)
    assert text == replace(config).to_json()
    assert text != replace(config, kmeans_steps=4).to_json()
