"""The text model: names and crops become directions; what is missing is told in one line with the remedy."""

import socket
import sys

import numpy as np
import pytest
from tiny_text_model import TINY_TEXT_MODEL, register_tiny_text_model, tiny_text_weights, untrained_text_model

from acseg_core.config import TextConfig
from acseg_core.errors import ExtraMissingError, ModelError, WeightsMismatchError, WeightsMissingError
from acseg_core.nets import text
from acseg_core.nets.text import TextModel

pytest.importorskip("open_clip")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("text")


@pytest.fixture(scope="module")
def config(folder):
    return TextConfig(model=TINY_TEXT_MODEL, weights=tiny_text_weights(folder), device="cpu", batch=3)


@pytest.fixture(scope="module")
def model(config):
    return TextModel(config)


@pytest.fixture
def offline(monkeypatch, tmp_path):
    """No network, no hub cache, no files placed by the user."""

    def refuse(*_args, **_kwargs):
        raise OSError("unreachable")

    monkeypatch.setattr(socket, "create_connection", refuse)
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    import huggingface_hub.constants

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setattr(text, "weights_folder", lambda: tmp_path)


def plain(*color, side=40):
    return np.full((side, side, 3), color, np.uint8)


def test_crops_are_nearest_to_the_word_for_their_colour(model):
    names = model.name_vectors([("red",), ("green",), ("blue",), ("yellow",)])
    crops = [plain(200, 60, 60), plain(60, 200, 60, side=100), plain(60, 60, 200, side=7), plain(180, 180, 60)]
    seen = model.crop_vectors(crops)
    assert (seen @ names.T).argmax(axis=1).tolist() == [0, 1, 2, 3]
    assert names.dtype == seen.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(np.concatenate([names, seen]), axis=1), 1, atol=1e-5)


def test_crops_are_those_of_open_clip_itself(model):
    """Its own preprocessing of a picture of the right size, and its own forward pass."""
    import open_clip
    import torch
    from PIL import Image

    crop = np.random.default_rng(0).integers(0, 256, (32, 32, 3), dtype=np.uint8)
    prepare = open_clip.image_transform(32, is_train=False)
    with torch.inference_mode():
        expected = model._model.encode_image(prepare(Image.fromarray(crop))[None], normalize=True)[0]
    np.testing.assert_allclose(model.crop_vectors([crop])[0], expected.numpy(), atol=1e-5)


def test_batches_make_no_difference(model):
    random = np.random.default_rng(1)
    crops = [random.integers(0, 256, (32, 32, 3), dtype=np.uint8) for _ in range(7)]
    one_by_one = np.concatenate([model.crop_vectors([crop]) for crop in crops])
    np.testing.assert_allclose(model.crop_vectors(crops), one_by_one, atol=1e-5)
    assert model.crop_vectors([]).shape[0] == 0


def test_a_class_of_several_words_is_between_them(model):
    red, both, blue = model.name_vectors([("red",), ("red", "blue"), ("blue",)])
    assert both @ red > red @ blue
    assert both @ blue > red @ blue


def test_weights_of_pytorch_are_read_too(folder, config):
    import torch

    path = folder / "plain.pt"
    torch.save(untrained_text_model().state_dict(), path)
    other = TextModel(TextConfig(model=TINY_TEXT_MODEL, weights=path, device="cpu"))
    assert not np.allclose(other.name_vectors([("red",)]), TextModel(config).name_vectors([("red",)]))


def test_without_open_clip_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "open_clip", None)
    with pytest.raises(
        ExtraMissingError, match=r'not installed .*install it with: pip install "acseg-desktop\[text\]"$'
    ) as error:
        TextModel(TextConfig())
    assert "\n" not in str(error.value)


def test_offline_the_error_says_where_to_put_the_weights(offline, tmp_path):
    with pytest.raises(WeightsMissingError, match="not on this computer and the hub cannot be reached") as error:
        TextModel(TextConfig(model="ViT-B-32:laion2b_s34b_b79k", device="cpu"))
    told = str(error.value)
    assert "\n" not in told
    assert "laion/CLIP-ViT-B-32-laion2B-s34B-b79K" in told
    assert "--text-weights" in told
    assert str(tmp_path / "ViT-B-32.laion2b_s34b_b79k.safetensors") in told


def test_weights_that_were_placed_are_found(offline, config, tmp_path):
    (tmp_path / f"{TINY_TEXT_MODEL}.safetensors").write_bytes(config.weights.read_bytes())
    assert TextModel(TextConfig(model=TINY_TEXT_MODEL, device="cpu")).size == 32


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("ViT-B-32:nonsense", "open_clip knows openai, "),
        ("ViT-B-32", "write ViT-B-32:TAG"),
        ("acseg-tiny:x", "no weights"),
    ],
)
def test_a_tag_that_does_not_exist_is_told(offline, folder, name, told):
    register_tiny_text_model(folder)
    with pytest.raises(WeightsMissingError, match=told):
        TextModel(TextConfig(model=name, device="cpu"))


def test_an_unknown_model_is_told():
    with pytest.raises(ModelError, match="open_clip has no model with this name; try ViT-B-32"):
        TextModel(TextConfig(model="ViT-Q-99:openai", device="cpu"))


def test_a_missing_file_is_told(folder, tmp_path):
    register_tiny_text_model(folder)
    with pytest.raises(WeightsMissingError, match=r"none\.safetensors: no such file"):
        TextModel(TextConfig(model=TINY_TEXT_MODEL, weights=tmp_path / "none.safetensors", device="cpu"))


@pytest.mark.parametrize("suffix", ["safetensors", "pt", "bin"])
@pytest.mark.parametrize("content", [b"", b"no weights at all"])
def test_a_damaged_file_is_told(folder, tmp_path, suffix, content):
    register_tiny_text_model(folder)
    path = tmp_path / f"damaged.{suffix}"
    path.write_bytes(content)
    with pytest.raises(WeightsMismatchError, match="damaged") as error:
        TextModel(TextConfig(model=TINY_TEXT_MODEL, weights=path, device="cpu"))
    assert "\n" not in str(error.value)


def test_weights_of_another_model_are_told(config):
    with pytest.raises(WeightsMismatchError, match="these are not weights for RN50"):
        TextModel(TextConfig(model="RN50", weights=config.weights, device="cpu"))


@pytest.mark.parametrize("wrong", [{"model": ""}, {"model": ":openai"}, {"batch": 0}])
def test_settings_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError, match=r"text model|batch"):
        TextConfig(**wrong)
