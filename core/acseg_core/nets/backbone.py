"""Frozen vision transformer (timm): an image becomes a map of patch tokens and the CLS token's attention."""

from __future__ import annotations

import hashlib
import logging
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import timm
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load_file
from threadpoolctl import threadpool_limits
from torch import Tensor, nn

from acseg_core.config import DEFAULT_BACKBONE, BackboneConfig
from acseg_core.errors import ModelError, UnknownBackboneError, WeightsMismatchError
from acseg_core.nets.device import choose_device, choose_precision
from acseg_core.nets.features import FeatureMap
from acseg_core.nets.input_size import patch_grid, resize
from acseg_core.nets.weights import find_weights

_log = logging.getLogger(__name__)


class Backbone:
    """A frozen vision transformer on one device.

    Attributes:
        name: timm name.
        dim: Width D of the tokens.
        patch: Side of a patch in pixels of the model's input.
        device: Where it runs.
        precision: torch.float32, or torch.bfloat16 where the device does it natively.
        weights_sha256: Hex digest of the weights file.
        batch: Images in one forward pass, or side by side on a CPU; halved for good when memory runs out.

    Raises:
        UnknownBackboneError: timm knows no such vision transformer.
        WeightsMissingError: The weights are neither on this machine nor to be downloaded.
        WeightsMismatchError: The weights do not fit the network.
        ModelError: The device is not there.
    """

    def __init__(self, config: BackboneConfig) -> None:
        self.name = config.name
        self.device = choose_device(config.device)
        self.precision = choose_precision(config.precision, self.device)
        self.batch = config.batch
        self._input_size = config.input_size
        model = _build(config.name)
        weights = find_weights(config.name, config.weights)
        _load(model, weights)
        self.weights_sha256 = _sha256(weights)
        self.dim: int = model.embed_dim
        self.patch: int = model.patch_embed.patch_size[0]
        self._prefix: int = model.num_prefix_tokens
        self._mean = torch.tensor(model.pretrained_cfg["mean"], device=self.device).view(3, 1, 1)
        self._std = torch.tensor(model.pretrained_cfg["std"], device=self.device).view(3, 1, 1)
        self._model = model.eval().requires_grad_(False).to(self.device)
        # Networks made for average pooling normalise after it; their tokens are normalised here.
        self._final_norm = model.fc_norm if isinstance(model.norm, nn.Identity) else nn.Identity()
        self._depths = _inner_depths(len(model.blocks))
        self._kept = _Kept()
        for depth in self._depths:
            model.blocks[depth].register_forward_hook(partial(self._keep_inner, depth))
        self._last_attention = _attention_with_cls(model)
        if self._last_attention is not None:
            self._last_attention.register_forward_pre_hook(self._keep_attention_input)

    def grid_size(self, width: int, height: int) -> tuple[int, int]:
        """Patch grid (rows h, columns w) for an image of this size: aspect kept, area at most the input size's."""
        return patch_grid(width, height, input_size=self._input_size, patch=self.patch)

    def features(
        self, images: Sequence[NDArray[np.uint8]], *, grids: Sequence[tuple[int, int]] | None = None
    ) -> list[FeatureMap]:
        """Compute the tokens of images of any sizes.

        On a CPU they are computed side by side, each on its share of the threads: threads that share one forward pass
        would wait for each other, spinning, a hundred times in it whenever another program or thread has a core.
        So what is computed of an image does not depend on which others there are. Elsewhere those with the same patch
        grid share a forward pass.

        Args:
            images: Each (H, W, 3) uint8 RGB.
            grids: Rows and columns of patches that each is resized to; what `grid_size` says if left out.

        Returns:
            One feature map per image, in order, on the backbone's device.

        Raises:
            ModelError: Memory runs out even for a single image.
        """
        grids = grids or [self.grid_size(image.shape[1], image.shape[0]) for image in images]
        threads = torch.get_num_threads() if self.device.type == "cpu" else 1
        while (lanes := min(len(images), self.batch, threads)) > 1:
            limit = partial(limit_threads, threads // lanes)
            try:
                with ThreadPoolExecutor(lanes, "backbone", initializer=limit) as pool:
                    return [maps[0] for maps in pool.map(self._forward, ([image] for image in images), grids)]
            except (MemoryError, RuntimeError) as error:
                self._halve_batch(lanes, error)
        by_grid: dict[tuple[int, int], list[int]] = {}
        for index, grid in enumerate(grids):
            by_grid.setdefault(grid, []).append(index)
        results: dict[int, FeatureMap] = {}
        for grid, indices in by_grid.items():
            while indices:
                now = indices[: self._most_in_a_pass()]
                try:
                    maps = self._forward([images[index] for index in now], grid)
                except (torch.OutOfMemoryError, MemoryError, RuntimeError) as error:
                    self._halve_batch(len(now), error)
                    continue
                results.update(zip(now, maps, strict=True))
                indices = indices[len(now) :]
        return [results[index] for index in range(len(images))]

    def _most_in_a_pass(self) -> int:
        """Images that share a forward pass."""
        return 1 if self.device.type == "cpu" else self.batch

    def _halve_batch(self, tried: int, error: Exception) -> None:
        if not _is_out_of_memory(error):
            raise error
        if tried == 1:
            raise ModelError(
                f"{self.name}: {self.device} does not have enough memory for a single image; choose a smaller input "
                "size or another device"
            ) from error
        self.batch = tried // 2
        _log.warning("out of memory with %d images at once, going on with %d", tried, self.batch)
        if self.device.type == "cuda":
            torch.cuda.empty_cache()

    def _forward(self, images: Sequence[NDArray[np.uint8]], grid: tuple[int, int]) -> list[FeatureMap]:
        rows, columns = grid
        size = (columns * self.patch, rows * self.patch)
        resized = np.stack([resize(image, size) for image in images])  # (B, h*p, w*p, 3)
        pixels = torch.from_numpy(resized).to(self.device).permute(0, 3, 1, 2)
        normalised = (pixels.float() / 255 - self._mean) / self._std
        with torch.inference_mode(), self._autocast():
            output = self._model.forward_features(normalised)  # (B, prefix + h*w, D)
        with torch.inference_mode():
            attention, keys, values = self._last_attention_parts()
            tokens = self._final_norm(output[:, self._prefix :].float()).view(len(images), rows, columns, -1)
            middle, upper = self._inner_tokens(output.shape)
        return [
            FeatureMap(
                tokens[i],
                None if attention is None else attention[i].view(rows, columns),
                None if keys is None else keys[i].view(rows, columns, -1),
                None if values is None else values[i].view(rows, columns, -1),
                None if middle is None else middle[i].view(rows, columns, -1),
                None if upper is None else upper[i].view(rows, columns, -1),
            )
            for i in range(len(images))
        ]

    def _autocast(self) -> AbstractContextManager[object]:
        return torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.precision == torch.bfloat16)

    def _keep_inner(self, depth: int, _module: nn.Module, _inputs: tuple[Tensor, ...], output: Tensor) -> None:
        self._kept.inner[depth] = output

    def _inner_tokens(self, shape: torch.Size) -> tuple[Tensor | None, Tensor | None]:
        """Patch tokens (B, h*w, D) of the blocks at half and at three quarters of the depth, normalised as the last."""
        kept = [self._kept.inner.pop(depth, None) for depth in self._depths]
        fitting = [each for each in kept if isinstance(each, Tensor) and each.shape == shape]
        if len(fitting) < 2:  # a shallow network, or one whose blocks see no CLS token
            return None, None
        middle, upper = (self._final_norm(self._model.norm(each[:, self._prefix :].float())) for each in fitting)
        return middle, upper

    def _keep_attention_input(self, _module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        self._kept.last_attention_input = inputs[0]

    def _last_attention_parts(self) -> tuple[Tensor | None, Tensor | None, Tensor | None]:
        """Of the last block: mean CLS attention to the patches, (B, h*w), their keys and values, (B, h*w, D)."""
        layer, kept = self._last_attention, self._kept.last_attention_input
        if layer is None or kept is None:
            return None, None, None
        self._kept.last_attention_input = None
        tokens = kept.float()
        batch, count, dim = tokens.shape
        weight, bias = layer.qkv.weight, layer.qkv.bias
        query_bias, key_bias, value_bias = (None, None, None) if bias is None else bias.split(dim)
        query = nn.functional.linear(tokens[:, :1], weight[:dim], query_bias)
        key = nn.functional.linear(tokens, weight[dim : 2 * dim], key_bias)
        heads, patch_keys = layer.num_heads, key[:, self._prefix :]
        values = nn.functional.linear(tokens[:, self._prefix :], weight[2 * dim :], value_bias)
        query = layer.q_norm(query.view(batch, 1, heads, -1).transpose(1, 2))  # (B, heads, 1, D / heads)
        key = layer.k_norm(key.view(batch, count, heads, -1).transpose(1, 2))  # (B, heads, N, D / heads)
        scores = query @ key.transpose(-2, -1) * layer.scale
        averaged: Tensor = scores.softmax(dim=-1)[:, :, 0, self._prefix :].mean(dim=1)
        return averaged, patch_keys, values


class _Kept(threading.local):
    """What the hooks of one forward pass keep; each thread has its own.

    Attributes:
        inner: Output (B, N, D) of the blocks at the inner depths.
        last_attention_input: (B, N, D) of the last block, normalised.
    """

    def __init__(self) -> None:
        self.inner: dict[int, Tensor] = {}
        self.last_attention_input: Tensor | None = None


def _build(name: str) -> Any:
    """The timm network; its classes differ too much between families for a static type."""
    unknown = UnknownBackboneError(
        f"{name}: timm has no vision transformer with this name; try {DEFAULT_BACKBONE} or vit_small_patch8_224.dino"
    )
    if not timm.is_model(name.partition(".")[0]):
        raise unknown
    try:
        model = timm.create_model(name, pretrained=False, num_classes=0, dynamic_img_size=True)
    except (TypeError, RuntimeError, ValueError) as error:
        raise unknown from error
    if not hasattr(model, "num_prefix_tokens") or not _has_plain_patches(model):
        raise unknown
    return model


def _has_plain_patches(model: Any) -> bool:
    """Whether every patch of the input becomes one token; hybrids with convolutions in front do otherwise."""
    try:
        side = model.patch_embed.patch_size[0]
        grid = model.patch_embed.dynamic_feat_size((2 * side, 3 * side))
    except (AttributeError, TypeError, IndexError):
        return False
    return tuple(grid) == (2, 3)


def _load(model: Any, path: Path) -> None:
    try:
        state = load_file(path)
    except (SafetensorError, OSError) as error:
        raise WeightsMismatchError(f"{path}: not a safetensors file, or damaged; download it again") from error
    mismatch = WeightsMismatchError(
        f"{path}: these weights do not fit the backbone; check the name of the backbone and the file"
    )
    adapt = getattr(sys.modules[type(model).__module__], "checkpoint_filter_fn", None)
    try:
        adapted = adapt(state, model) if adapt else state
        result = model.load_state_dict({key: value.float() for key, value in adapted.items()}, strict=False)
    except (RuntimeError, KeyError, AttributeError, ValueError, AssertionError) as error:
        raise mismatch from error
    surplus = [key for key in result.unexpected_keys if not key.startswith(("head.", "fc_norm.", "head_dist."))]
    if result.missing_keys or surplus:
        raise mismatch


def _inner_depths(blocks: int) -> tuple[int, ...]:
    """Blocks at half and at three quarters of the depth; none in a network of fewer than four."""
    return (blocks // 2 - 1, 3 * blocks // 4 - 1) if blocks >= 4 else ()


def _attention_with_cls(model: Any) -> Any:
    """The last attention layer if it is a plain one that a CLS token takes part in, else None."""
    attention = getattr(model.blocks[-1], "attn", None)
    has_cls = getattr(model, "cls_token", None) is not None
    parts = ("qkv", "num_heads", "scale", "q_norm", "k_norm")
    is_plain = isinstance(attention, nn.Module) and all(hasattr(attention, part) for part in parts)
    return attention if has_cls and is_plain and getattr(model, "rope", None) is None else None


def limit_threads(count: int) -> None:
    """Let what torch computes on the calling thread use so many threads; `torch.set_num_threads` is for all of them."""
    torch.get_num_threads()  # a new thread takes over the global number when it first asks
    threadpool_limits(count, user_api="openmp")


def _is_out_of_memory(error: Exception) -> bool:
    text = str(error).lower()
    return isinstance(error, (torch.OutOfMemoryError, MemoryError)) or "out of memory" in text or "allocate" in text


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
