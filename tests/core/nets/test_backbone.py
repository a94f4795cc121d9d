"""The frozen backbone: devices, sizes, memory, and the attention of CLS."""

import threading
from pathlib import Path

import cv2
import numpy as np
import pytest
import timm
import torch
from safetensors.torch import load_file, save_file
from threadpoolctl import threadpool_info
from tiny_model import TINY_BACKBONE, tiny_weights

from acseg_core.config import BackboneConfig
from acseg_core.errors import ModelError, UnknownBackboneError, WeightsMismatchError, WeightsMissingError
from acseg_core.nets.backbone import Backbone, _inner_depths
from acseg_core.nets.input_size import resize


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_weights(tmp_path_factory.mktemp("weights"))


def tiny(weights: Path, *, batch: int = 4, input_size: int = 128) -> Backbone:
    return Backbone(
        BackboneConfig(
            name=TINY_BACKBONE, weights=weights, input_size=input_size, device="cpu", precision="float32", batch=batch
        )
    )


def photos(*sizes: tuple[int, int]) -> list[np.ndarray]:
    random = np.random.default_rng(0)
    return [random.integers(0, 256, (height, width, 3), dtype=np.uint8) for width, height in sizes]


def test_tokens_are_those_of_timm(weights: Path) -> None:
    (image,) = photos((128, 128))
    features = tiny(weights).features([image])[0]
    model = timm.create_model(TINY_BACKBONE, num_classes=0, dynamic_img_size=True).eval()
    model.load_state_dict(load_file(weights))
    mean, std = (torch.tensor(model.pretrained_cfg[key]).view(3, 1, 1) for key in ("mean", "std"))
    pixels = (torch.from_numpy(image).permute(2, 0, 1) / 255 - mean) / std
    with torch.no_grad():
        expected = model.forward_features(pixels[None])[0, model.num_prefix_tokens :]
    # Memory layout and threads change the order of float32 sums, and so the last digits, from machine to machine.
    torch.testing.assert_close(features.tokens.flatten(0, 1), expected, atol=1e-3, rtol=1e-3)


def test_attention_keys_and_values_are_those_of_the_last_block(weights: Path) -> None:
    """Against the attention weights formed the long way from the fused projection."""
    (image,) = photos((128, 96))
    features = tiny(weights).features([image])[0]
    model = timm.create_model(TINY_BACKBONE, num_classes=0, dynamic_img_size=True).eval()
    model.load_state_dict(load_file(weights))
    rows, columns = features.tokens.shape[:2]
    resized = resize(image, (columns * 16, rows * 16))
    mean, std = (torch.tensor(model.pretrained_cfg[key]).view(3, 1, 1) for key in ("mean", "std"))
    seen: list[torch.Tensor] = []
    layer = model.blocks[-1].attn
    layer.register_forward_pre_hook(lambda _module, inputs: seen.append(inputs[0]))
    with torch.no_grad():
        model.forward_features(((torch.from_numpy(resized).permute(2, 0, 1) / 255 - mean) / std)[None])
        count, dim = seen[0].shape[1:]
        query, key, value = layer.qkv(seen[0]).view(count, 3, layer.num_heads, dim // layer.num_heads).unbind(1)
        scores = torch.einsum("qhd,khd->hqk", query, key) * layer.scale
        expected = scores.softmax(-1)[:, 0, 1:].mean(0)
    torch.testing.assert_close(features.cls_attention.flatten(), expected, rtol=1e-4, atol=1e-6)
    assert 0 < features.cls_attention.sum() < 1
    for found, parts in ((features.keys, key), (features.values, value)):  # heads side by side, CLS left out
        torch.testing.assert_close(found.flatten(0, 1), parts.reshape(count, dim)[1:], rtol=1e-4, atol=1e-5)


def test_inner_tokens_are_those_of_timm() -> None:
    """Tokens at half and three quarters of the depth, normalised as the last layer's, for every image of a batch."""
    images = photos((112, 84), (112, 84))
    backbone = Backbone(BackboneConfig(input_size=112, device="cpu", precision="float32"))
    for image, features in zip(images, backbone.features(images), strict=True):
        rows, columns = features.tokens.shape[:2]
        resized = cv2.resize(image, (columns * 14, rows * 14), interpolation=cv2.INTER_CUBIC)
        mean, std = (torch.tensor(backbone._model.pretrained_cfg[key]).view(3, 1, 1) for key in ("mean", "std"))
        pixels = ((torch.from_numpy(resized).permute(2, 0, 1) / 255 - mean) / std)[None]
        with torch.no_grad():
            expected = backbone._model.get_intermediate_layers(pixels, [5, 8], norm=True)
        for ours, theirs in zip((features.middle, features.upper), expected, strict=True):
            torch.testing.assert_close(ours.flatten(0, 1), theirs[0], rtol=1e-3, atol=1e-3)
        assert features.description_tokens is features.upper


@pytest.mark.parametrize(("blocks", "depths"), [(12, (5, 8)), (24, (11, 17)), (4, (1, 2)), (3, ()), (1, ())])
def test_depths_of_networks(blocks: int, depths: tuple[int, ...]) -> None:
    assert _inner_depths(blocks) == depths


@pytest.mark.parametrize(("width", "height"), [(640, 480), (480, 640), (100, 100), (5000, 10), (10, 5000), (1, 1)])
def test_grid_keeps_the_aspect_and_the_budget(weights: Path, width: int, height: int) -> None:
    rows, columns = tiny(weights, input_size=448).grid_size(width, height)
    budget = (448 // 16) ** 2
    assert 1 <= rows * columns <= budget
    if max(width, height) < 2 * min(width, height):
        assert columns / rows == pytest.approx(width / height, rel=0.1)
        assert rows * columns > 0.9 * budget


def test_images_of_mixed_sizes_come_back_in_order(weights: Path) -> None:
    images = photos((160, 120), (120, 160), (160, 120), (90, 90), (160, 120))
    together = tiny(weights, batch=2).features(images)
    for image, features in zip(images, together, strict=True):
        alone = tiny(weights).features([image])[0]
        torch.testing.assert_close(features.tokens, alone.tokens, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("threads", [1, 2])
def test_on_a_cpu_it_does_not_matter_which_others_there_are(
    weights: Path, monkeypatch: pytest.MonkeyPatch, threads: int
) -> None:
    """To the last bit: workers of a cluster get other images together."""
    images = photos(*[(128, 128)] * 3)
    monkeypatch.setattr(torch, "get_num_threads", lambda: threads)
    backbone = tiny(weights, batch=3)
    for image, features in zip(images, backbone.features(images), strict=True):
        assert torch.equal(features.tokens, backbone.features([image])[0].tokens)


def test_out_of_memory_halves_the_batch_and_goes_on(weights: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    images = photos(*[(128, 128)] * 7)
    expected = tiny(weights).features(images)
    monkeypatch.setattr(torch, "get_num_threads", lambda: 1)  # else a CPU would take them side by side
    backbone = tiny(weights, batch=4)
    monkeypatch.setattr(backbone, "_most_in_a_pass", lambda: backbone.batch)  # as on a graphics card
    forward, tried = backbone._model.forward_features, []

    def scarce(pixels: torch.Tensor) -> torch.Tensor:
        tried.append(len(pixels))
        if len(pixels) > 1:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return forward(pixels)

    monkeypatch.setattr(backbone._model, "forward_features", scarce)
    for ours, theirs in zip(backbone.features(images), expected, strict=True):
        torch.testing.assert_close(ours.tokens, theirs.tokens, rtol=1e-4, atol=1e-4)
    assert tried == [4, 2, *[1] * 7]
    assert backbone.batch == 1


def test_on_a_cpu_images_are_computed_side_by_side(weights: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    images = photos((160, 120), (120, 160), (160, 120), (90, 90))
    expected = [tiny(weights).features([image])[0] for image in images]
    backbone = tiny(weights, batch=2)
    forward, both_here, limits = backbone._model.forward_features, threading.Barrier(2), set()

    def together(pixels: torch.Tensor) -> torch.Tensor:
        both_here.wait(timeout=60)  # breaks unless another image is on its way at the same time
        limits.update(pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "openmp")
        return forward(pixels)

    monkeypatch.setattr(torch, "get_num_threads", lambda: 3)
    monkeypatch.setattr(backbone._model, "forward_features", together)
    for ours, theirs in zip(backbone.features(images), expected, strict=True):
        for part in ("tokens", "keys", "values", "cls_attention", "middle", "upper"):
            torch.testing.assert_close(getattr(ours, part), getattr(theirs, part), rtol=1e-4, atol=1e-4)
    assert limits == {1}  # 3 threads for two images: one each


def test_memory_that_does_not_do_for_images_side_by_side(weights: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    images = photos(*[(128, 128)] * 3)
    expected = tiny(weights).features(images)
    backbone = tiny(weights, batch=2)
    forward = backbone._model.forward_features

    def scarce(pixels: torch.Tensor) -> torch.Tensor:
        if threading.current_thread() is not threading.main_thread():
            raise MemoryError
        return forward(pixels)

    monkeypatch.setattr(torch, "get_num_threads", lambda: 2)
    monkeypatch.setattr(backbone._model, "forward_features", scarce)
    for ours, theirs in zip(backbone.features(images), expected, strict=True):
        torch.testing.assert_close(ours.tokens, theirs.tokens, rtol=1e-4, atol=1e-4)
    assert backbone.batch == 1


def test_out_of_memory_for_one_image_says_what_to_do(weights: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backbone = tiny(weights)

    def hopeless(_pixels: torch.Tensor) -> torch.Tensor:
        raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes")

    monkeypatch.setattr(backbone._model, "forward_features", hopeless)
    with pytest.raises(ModelError, match="smaller input size"):
        backbone.features(photos((64, 64)))


def test_other_faults_are_not_taken_for_memory(weights: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backbone = tiny(weights)

    def broken(_pixels: torch.Tensor) -> torch.Tensor:
        raise RuntimeError("shape mismatch")

    monkeypatch.setattr(backbone._model, "forward_features", broken)
    with pytest.raises(RuntimeError, match="shape mismatch"):
        backbone.features(photos((64, 64)))


def test_bundled_backbone_separates_what_differs() -> None:
    """Half sky, half noise: tokens of one half are more like each other than like the other half's."""
    image = np.full((224, 224, 3), (90, 150, 230), np.uint8)
    image[112:] = np.random.default_rng(0).integers(0, 256, (112, 224, 3), dtype=np.uint8)
    backbone = Backbone(BackboneConfig(input_size=224, device="cpu"))
    assert backbone.dim == 384
    assert backbone.patch == 14
    tokens = torch.nn.functional.normalize(backbone.features([image])[0].tokens, dim=-1)
    sky, noise = tokens[:6].flatten(0, 1), tokens[-6:].flatten(0, 1)
    assert (noise @ noise.T).mean() > (sky @ noise.T).mean() + 0.1


@pytest.mark.parametrize(
    "name",
    [
        "vit_nonsense",
        "resnet18",
        "",
        "vit_small_patch14_dinov2.nonsense",
        "vit_tiny_r_s16_p8_224",
        "swin_tiny_patch4_window7_224",
    ],
)
def test_unknown_backbones_are_refused(name: str) -> None:
    with pytest.raises((UnknownBackboneError, WeightsMissingError), match=r"vit_small_patch14_dinov2|timm"):
        Backbone(BackboneConfig(name=name, device="cpu"))


def test_weights_that_do_not_fit_are_refused(weights: Path, tmp_path: Path) -> None:
    state = load_file(weights)
    missing = {key: value for key, value in state.items() if not key.startswith("blocks.1.")}
    surplus = {**state, "something.else": torch.zeros(2)}
    wrong_shape = {**state, "norm.weight": torch.zeros(3)}
    for number, broken in enumerate((missing, surplus, wrong_shape)):
        path = tmp_path / f"broken{number}.safetensors"
        save_file(broken, path)
        with pytest.raises(WeightsMismatchError, match=path.stem):
            Backbone(BackboneConfig(name=TINY_BACKBONE, weights=path, device="cpu"))
    text = tmp_path / "text.safetensors"
    text.write_text("hello")
    with pytest.raises(WeightsMismatchError, match="not a safetensors file"):
        Backbone(BackboneConfig(name=TINY_BACKBONE, weights=text, device="cpu"))
    with pytest.raises(WeightsMissingError, match="no such weights file"):
        Backbone(BackboneConfig(name=TINY_BACKBONE, weights=tmp_path / "none", device="cpu"))


def test_tokens_of_networks_made_for_pooling_are_normalised_too(tmp_path: Path) -> None:
    """Such networks have their last LayerNorm behind the average; DESIGN asks for normalised tokens."""
    name = "vit_pwee_patch16_reg1_gap_256"
    model = timm.create_model(name, num_classes=0, dynamic_img_size=True)
    path = tmp_path / "gap.safetensors"
    save_file(model.state_dict(), path)
    backbone = Backbone(BackboneConfig(name=name, weights=path, input_size=64, device="cpu", precision="float32"))
    tokens = backbone.features(photos((64, 64)))[0].tokens
    torch.testing.assert_close(tokens.std(dim=-1, correction=0), torch.ones(4, 4), rtol=1e-2, atol=1e-2)


def test_a_classifier_head_in_the_weights_does_not_matter(weights: Path, tmp_path: Path) -> None:
    path = tmp_path / "with_head.safetensors"
    save_file({**load_file(weights), "head.weight": torch.zeros(10, 64), "head.bias": torch.zeros(10)}, path)
    assert Backbone(BackboneConfig(name=TINY_BACKBONE, weights=path, device="cpu")).dim == 64
