"""Estimates: measured on this machine, on one image or by the last run."""

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
from acseg_training.corpus import Corpus
from acseg_training.estimate import Rates, estimate, keep_rates, last_rates, measure_rates, phase_units
from acseg_training.settings import PRESETS, TrainingConfig

RATES = Rates({"features": 0.5, "projection": 1.0, "merges": 2.0, "generator": 0.2, "comparing": 4.0}, 1000)


def finish(work: Generator[Any, None, Any]) -> Any:
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def test_a_training_takes_its_phases() -> None:
    quick = estimate(100, PRESETS["quick"], rates=RATES)
    assert quick.phases == {"projection": 80.0, "comparing": 80.0}
    assert (quick.seconds, quick.disk_bytes) == (160.0, 0)
    thorough = estimate(100, PRESETS["thorough"], rates=RATES, held_out=10)
    views = 90 * 4 + 10
    assert thorough.phases == {"features": views / 2, "projection": 90.0, "generator": 300.0, "comparing": 40.0}
    assert thorough.disk_bytes == views * 1000
    labelled = estimate(100, PRESETS["quick"], rates=RATES, accepted=20)
    assert labelled.phases == {"projection": 80.0, "merges": 32.0, "comparing": 80.0}, "a fifth of them is held out"
    assert "merges" not in estimate(100, PRESETS["quick"], rates=RATES, held_out=0, accepted=4).phases
    assert phase_units(900, 0, PRESETS["quick"], accepted=900)["merges"] == PRESETS["quick"].weighed
    small = replace(PRESETS["thorough"], cache_budget=5000)
    assert estimate(100, small, rates=RATES).disk_bytes == 5000
    assert phase_units(10**6, 0, PRESETS["quick"]) == {"projection": 500}, "a sample is enough"


def test_the_last_run_s_rates_are_known_to_runs_like_it(tmp_path: Path) -> None:
    config = TrainingConfig()
    assert last_rates(tmp_path, config) is None
    keep_rates(tmp_path / "new", config, RATES)
    keep_rates(tmp_path / "new", replace(config, prototypes=3), Rates({**RATES.seconds, "generator": 9.0}, 1000))
    assert last_rates(tmp_path / "new", config) == RATES
    assert last_rates(tmp_path / "new", replace(config, batch=3)) is None
    for damage in (b"", b"[]", b'{"a": 1}', b"\xff"):
        (tmp_path / "new" / "rates.json").write_bytes(damage)
        assert last_rates(tmp_path / "new", config) is None
    keep_rates(tmp_path / "new", config, RATES)
    assert last_rates(tmp_path / "new", config) == RATES


def test_one_image_and_one_step_are_enough_to_measure(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "0.png").write_bytes(b"torn")
    noise = np.random.default_rng(0).integers(0, 256, (72, 96, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / "photos" / "1.png")
    backbone = BackboneConfig(name=TINY_BACKBONE, weights=tiny_weights(tmp_path), input_size=128, device="cpu")
    config = TrainingConfig(backbone, prototypes=3, blocks=1, batch=2, tokens=16)
    corpus = Corpus.from_folders([tmp_path / "photos"])
    found = finish(measure_rates(corpus, config))
    assert set(found.seconds) == {"features", "projection", "merges", "generator", "comparing"}
    assert all(seconds > 0 for seconds in found.seconds.values())
    assert found.seconds["comparing"] > found.seconds["projection"] > found.seconds["features"]
    assert found.view_bytes == 8 * 8 * 64 * 2, "the tiny backbone sees patches of 16 pixels"
    with pytest.raises(ImagesNotFoundError, match="none of the images can be used"):
        finish(measure_rates(Corpus(corpus.images[:1]), config))
