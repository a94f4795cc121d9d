"""What parts of an image have on average of what the backbone computed on it, found on the backbone's device.

On a graphics card all that the backbone computed stays there until the parts are known; then a row for each leaves it,
instead of four for each patch. The same numbers, up to rounding, as `acseg_core.proposals.patches` finds with NumPy.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from acseg_core.nets.features import FeatureMap

Floats = NDArray[np.float32]

_QUARTILE = 0.75


@dataclass(frozen=True, slots=True, eq=False)
class PartAverages:
    """Means over the n parts of an image.

    Attributes:
        descriptions: (n, r) float32, of the descriptions of patches, which have unit length.
        attention: (n,) float32, of the CLS token's attention; None where the backbone has none.
        tokens: (n, D) float32, of the tokens that regions are described by.
        step: Upper quartile of the difference (1 - cosine) of neighbouring patches of the image: of their values, or
            tokens where there are none.
    """

    descriptions: Floats
    attention: Floats | None
    tokens: Floats
    step: float


def average_parts(
    features: FeatureMap, weights: Floats, *, shares: tuple[float, float], matrix: Floats | None
) -> PartAverages:
    """Average over parts, on the device that the features are on; their order of adding up is the device's.

    Args:
        features: What the backbone computed on an image of h x w patches.
        weights: (n, h * w) float32, of each patch in each part; rows sum to 1.
        shares: Weights of keys and values in the cosine of two descriptions.
        matrix: (D', r) float32, that descriptions are mapped by; they are taken as they are if it is None.
    """
    device = features.tokens.device
    with torch.inference_mode():
        under = torch.from_numpy(weights).to(device)
        described = _described(features, *shares)
        if matrix is not None:
            described = nn.functional.normalize(described @ torch.from_numpy(matrix).to(device), dim=-1, eps=1e-12)
        attention = None if features.cls_attention is None else under @ features.cls_attention.flatten()
        return PartAverages(
            descriptions=(under @ described).cpu().numpy(),
            attention=None if attention is None else attention.cpu().numpy(),
            tokens=(under @ features.description_tokens.flatten(0, 1)).cpu().numpy(),
            step=_step(features.tokens if features.values is None else features.values),
        )


def _described(features: FeatureMap, key_share: float, value_share: float) -> Tensor:
    """(h * w, D') tokens, keys and values side by side, each of unit length times the root of its share."""
    rest = max(0.0, 1 - key_share - value_share)
    known = [(features.keys, key_share), (features.values, value_share)]
    parts = [(part, share) for part, share in known if part is not None and share > 0]
    total = rest + sum(share for _, share in parts)
    if not parts or not total > 0:
        parts, rest, total = [], 1.0, 1.0
    return torch.cat(
        [
            nn.functional.normalize(part.flatten(0, 1), dim=-1, eps=1e-12) * (share / total) ** 0.5
            for part, share in ((features.tokens, rest), *parts)
        ],
        dim=1,
    )


def _step(tokens: Tensor) -> float:
    """Of tokens (h, w, D)."""
    units = nn.functional.normalize(tokens, dim=-1, eps=1e-12)
    across = 1 - (units[:, 1:] * units[:, :-1]).sum(dim=-1)
    down = 1 - (units[1:] * units[:-1]).sum(dim=-1)
    steps = torch.cat((across.flatten(), down.flatten())).clamp_min(0)
    return float(steps.quantile(_QUARTILE)) if steps.numel() else 0.0
