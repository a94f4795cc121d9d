"""Settings and presets; what is out of range is refused in `test_training`."""

import json

import pytest

from acseg_core.config import BackboneConfig
from acseg_training.settings import PAPER, PRESETS, TrainingConfig, chosen_settings


def test_presets_say_what_they_train() -> None:
    assert PRESETS["quick"].phases == ("projection", "merges")
    assert PRESETS["thorough"].phases == ("projection", "merges", "generator")
    assert PRESETS["quick"].trains("projection")
    assert not PRESETS["quick"].trains("generator")


def test_a_generator_s_setting_asks_for_one() -> None:
    backbone = BackboneConfig(name="x")
    assert chosen_settings(backbone).phases == ("projection", "merges")
    assert chosen_settings(backbone, steps=7).phases == ("projection", "merges", "generator")
    assert chosen_settings(backbone, steps=7).steps == 7
    assert chosen_settings(backbone, preset="quick", prototypes=9).phases == ("projection", "merges")
    quick = TrainingConfig(backbone, phases=("projection", "merges"), seed=3)
    assert chosen_settings(backbone, steps=None, seed=3) == quick
    with pytest.raises(ValueError, match="no preset 'slow'; choose quick or thorough"):
        chosen_settings(backbone, preset="slow")


def test_the_paper_s_settings_can_be_changed_in_part() -> None:
    paper = chosen_settings(BackboneConfig(), paper=True, steps=8)
    assert (paper.phases, paper.prototypes, paper.steps) == (("generator",), 5, 8)
    assert PAPER["steps"] == 900


def test_json_holds_all_and_identity_what_weights_depend_on() -> None:
    config = TrainingConfig()
    assert json.loads(config.to_json()) == config.note()
    other = TrainingConfig(cache_budget=5, compared=1)
    assert config.identity() == other.identity()
    assert config.identity() != TrainingConfig(seed=1).identity()
