"""Retraining judged by ground truth: halves, equal counts, and what is told without labels."""

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from tiny_model import TINY_BACKBONE, tiny_weights

from acseg_core.config import BackboneConfig
from acseg_core.errors import ImagesNotFoundError
from acseg_core.evaluate.truth.truth_set import TruthError
from acseg_training.retraining import RetrainConfig, RetrainReport, evaluate_retraining, mean_and_spread, quality
from acseg_training.settings import PRESETS, chosen_settings


def finish(work: Generator[Any, None, Any]) -> Any:
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


@pytest.fixture(scope="module")
def backbone(tmp_path_factory: pytest.TempPathFactory) -> BackboneConfig:
    weights = tiny_weights(tmp_path_factory.mktemp("weights"))
    return BackboneConfig(name=TINY_BACKBONE, weights=weights, input_size=128, device="cpu", precision="float32")


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight images that do not look alike: a bright block somewhere on stripes, with class maps."""
    folder = tmp_path_factory.mktemp("set")
    for name in ("images", "labels"):
        (folder / name).mkdir()
    random = np.random.default_rng(0)
    for number in range(8):
        classes = np.zeros((72, 96), np.uint8)
        top, left = random.integers(0, 36), random.integers(0, 48)
        classes[top : top + 30, left : left + 40] = 1
        ground = np.where(np.arange(96) // (3 + number) % 2, 90, 20)[None, :, None] + random.integers(0, 60, 3)
        pixels = np.where(classes[..., None] == 1, random.integers(120, 255, 3), ground)
        pixels = np.clip(pixels + random.normal(0, 6, pixels.shape), 0, 255).astype(np.uint8)
        Image.fromarray(pixels).save(folder / "images" / f"s{number}.png")
        Image.fromarray(classes).save(folder / "labels" / f"s{number}.png")
    return folder


def config(backbone: BackboneConfig, **given: Any) -> RetrainConfig:
    return RetrainConfig(counts=(2, 4), training=chosen_settings(backbone, preset="quick"), **given)


def test_each_half_is_judged_beside_the_bundled_model_at_equal_counts(scenes: Path, backbone: BackboneConfig) -> None:
    report: RetrainReport = finish(evaluate_retraining(scenes, config(backbone, seeds=2)))
    assert report.targets == ("2", "4", "default")
    assert [row.seed for row in report.rows] == [0, 1]
    for row in report.rows:
        assert (row.trained, row.judged) == (4, 4)
        for target in ("2", "4"):
            for scores in (row.before[target], row.after[target]):
                assert scores.count_mean == pytest.approx(float(target), abs=0.5)
                assert 0 < quality(scores) <= 1
        assert row.outcome == "too few"
        assert row.figures["after_steadiness"] <= 1
    gains = [row.gain(target) for row in report.rows for target in ("2", "4")]
    assert report.mean_gain == pytest.approx(np.mean(gains))
    assert any(gain != 0 for gain in gains), "the projection of four images changes something"
    again: RetrainReport = finish(evaluate_retraining(scenes, config(backbone, seeds=1, seed=1)))
    assert again.rows[0].after == report.rows[1].after, "a seed gives the same halves and the same model"
    assert '"outcome": "too few"' in report.to_json()


def test_accepted_images_choose_weights_of_merges(scenes: Path, backbone: BackboneConfig) -> None:
    training = chosen_settings(backbone, preset="quick")
    few = replace(training, fewest_accepted=3)
    report: RetrainReport = finish(
        evaluate_retraining(scenes, RetrainConfig(counts=(2, 4), seeds=1, training=few, accepted=3))
    )
    assert report.accepted == 3
    assert "3 accepted images" in report.rows[0].merges_told
    without: RetrainReport = finish(evaluate_retraining(scenes, RetrainConfig(counts=(2, 4), seeds=1, training=few)))
    assert (without.rows[0].merges, without.rows[0].merges_told) == ({}, "")
    assert without.rows[0].before == report.rows[0].before
    with pytest.raises(ValueError, match="accepted must be 0, or from 5 to 60, got 4"):
        RetrainConfig(training=training, accepted=4)


def test_what_cannot_be_parted_is_told(scenes: Path, backbone: BackboneConfig, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="2 images or more"):
        config(backbone, limit=1)
    with pytest.raises(ValueError, match="counts"):
        RetrainConfig(counts=(4, 4))
    (tmp_path / "images").mkdir()
    (tmp_path / "labels").mkdir()
    for folder in ("images", "labels"):
        (tmp_path / folder / "s0.png").write_bytes((scenes / folder / "s0.png").read_bytes())
    with pytest.raises(ImagesNotFoundError, match="two halves"):
        finish(evaluate_retraining(tmp_path, config(backbone)))
    for folder in ("images", "labels"):
        (tmp_path / folder / "copy.png").write_bytes((scenes / folder / "s0.png").read_bytes())
    with pytest.raises(ImagesNotFoundError, match="look alike"):
        finish(evaluate_retraining(tmp_path, config(backbone)))
    (tmp_path / "labels" / "s0.png").unlink()
    (tmp_path / "labels" / "copy.png").unlink()
    with pytest.raises(TruthError):
        finish(evaluate_retraining(tmp_path, config(backbone)))


def test_settings_hold_out_half_and_fit_to_what_there_is() -> None:
    settings = RetrainConfig(seed=5).of_seed(2)
    assert (settings.seed, settings.hold_out, settings.fewest, settings.compared) == (7, 0.5, 1, 0)
    assert settings.phases == PRESETS["quick"].phases


def test_spread_is_that_of_all_values() -> None:
    assert mean_and_spread([1.0, 3.0]) == (2.0, 1.0)
