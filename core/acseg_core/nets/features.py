"""Features of one image: what the frozen backbone computes, patch by patch. Loads no torch itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True, slots=True, eq=False)
class FeatureMap:
    """What the frozen backbone computes on one image.

    Attributes:
        tokens: (h, w, D) float32, last-layer normalised patch tokens, row-major over the patch grid.
        cls_attention: (h, w) float32, attention of the CLS token to each patch in the last block, averaged over
            heads; sums to at most 1. None when the backbone has no CLS token.
        keys: (h, w, D) float32, keys of the patches in the last block's attention, all heads side by side. None
            where ``cls_attention`` is.
        values: (h, w, D) float32, the values likewise.
        middle: (h, w, D) float32, normalised patch tokens at half of the network's depth; None in a shallow network.
        upper: (h, w, D) float32, at three quarters of it; None where ``middle`` is.
    """

    tokens: Tensor
    cls_attention: Tensor | None = None
    keys: Tensor | None = None
    values: Tensor | None = None
    middle: Tensor | None = None
    upper: Tensor | None = None

    @property
    def grid(self) -> tuple[int, int]:
        """Rows and columns of patches."""
        return int(self.tokens.shape[0]), int(self.tokens.shape[1])

    def cropped(self, rows: slice, columns: slice) -> FeatureMap:
        """What belongs to some of the patches, as arrays of their own, so that the rest can be let go."""
        parts = (self.tokens, self.cls_attention, self.keys, self.values, self.middle, self.upper)
        return FeatureMap(*(None if part is None else part[rows, columns].clone() for part in parts))  # type: ignore[arg-type]  # there are tokens

    @property
    def description_tokens(self) -> Tensor:
        """(h, w, D) float32, the tokens that regions are described by; the last layer's cluster less well by class."""
        return self.tokens if self.upper is None else self.upper
