"""Weights of backbones: found where they are, and a clear word where they are not."""

import shutil
from pathlib import Path

import pytest
from tiny_model import TINY_BACKBONE, tiny_weights

from acseg_core.errors import WeightsMissingError
from acseg_core.nets import weights as weights_module
from acseg_core.nets.weights import find_weights


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_weights(tmp_path_factory.mktemp("weights"))


def test_weights_from_the_hub_without_network_say_where_to_put_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with pytest.raises(WeightsMissingError) as caught:
        find_weights("vit_small_patch8_224.dino", None)
    message = str(caught.value)
    assert "timm/vit_small_patch8_224.dino" in message
    assert "--weights" in message
    assert "vit_small_patch8_224.dino.safetensors" in message
    assert "\n" not in message


def test_weights_placed_by_hand_are_found(weights: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(weights_module, "weights_folder", lambda: tmp_path)
    shutil.copy(weights, tmp_path / f"{TINY_BACKBONE}.safetensors")
    assert find_weights(TINY_BACKBONE, None) == tmp_path / f"{TINY_BACKBONE}.safetensors"
