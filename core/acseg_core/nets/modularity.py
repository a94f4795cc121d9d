"""Modularity of a soft partition of an affinity graph over patch tokens: the loss the generator is trained with.

ACSeg (arXiv 2210.05944), section 3.3, on one image with tokens x_i and soft assignments S_ic:

    A_ij     = max(0, cos(x_i, x_j)), A_ii = 0        affinity
    k_i      = sum_j A_ij,  2m = sum_ij A_ij          degrees and total weight
    W_ij     = A_ij - gamma k_i k_j / 2m              modularity matrix
    delta_ij = max_c relu(S_ic) relu(S_jc)            how far i and j share a concept
    loss     = -(1 / 2m) sum_ij W_ij delta_ij

and the mean over the images of a batch. gamma = 1 in the paper. delta never exists as (N, N, K): rows are walked in
blocks with a running maximum, and the gradient falls out of the same pass.
"""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812 - torch's own idiom
from torch import Tensor
from torch.autograd.function import once_differentiable

_BLOCK_ELEMENTS = 1 << 16
"""Elements of one row block: small enough to stay in a core's cache, large enough to keep it busy."""


def affinity(tokens: Tensor) -> Tensor:
    """Non-negative cosine affinity without self-loops.

    Args:
        tokens: (N, D) float, any scale.

    Returns:
        (N, N) float, symmetric, in 0..1, zero diagonal.
    """
    unit = F.normalize(tokens, dim=-1)
    weights = unit @ unit.T
    return weights.clamp_(0, 1).fill_diagonal_(0)


def modularity_loss(tokens: Tensor, assignment: Tensor, *, gamma: float = 1.0) -> Tensor:
    """Negative soft modularity, averaged over the batch.

    Args:
        tokens: (B, N, D) float; constants, no gradient flows to them.
        assignment: (B, N, K) float, cosine similarity of every token to every concept, in -1..1.
        gamma: Resolution; larger values favour more and smaller concepts.

    Returns:
        Scalar. Differentiable once with respect to ``assignment``.

    Raises:
        ValueError: The shapes do not belong together.
    """
    if tokens.ndim != 3 or assignment.ndim != 3 or tokens.shape[:2] != assignment.shape[:2]:
        raise ValueError(f"shapes do not match: tokens {tuple(tokens.shape)}, assignment {tuple(assignment.shape)}")
    losses = [
        _ModularityLoss.apply(image_tokens.detach(), image_assignment, gamma)
        for image_tokens, image_assignment in zip(tokens, assignment, strict=True)
    ]
    return torch.stack(losses).mean()


class _ModularityLoss(torch.autograd.Function):
    """Loss of one image, with the gradient formed during the forward pass."""

    @staticmethod
    def forward(ctx: Any, tokens: Tensor, assignment: Tensor, gamma: float) -> Tensor:
        loss, gradient = _loss_and_gradient(tokens, assignment, gamma, with_gradient=ctx.needs_input_grad[1])
        ctx.save_for_backward(gradient)
        return loss

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, upstream: Tensor) -> tuple[None, Tensor, None]:
        (gradient,) = ctx.saved_tensors
        return None, upstream * gradient, None


def _loss_and_gradient(
    tokens: Tensor, assignment: Tensor, gamma: float, *, with_gradient: bool
) -> tuple[Tensor, Tensor | None]:
    """Return the scalar loss of one image and d loss / d assignment, (N, K), or None if not asked for."""
    weights = affinity(tokens)  # (N, N)
    degrees = weights.sum(dim=1)  # (N,)
    total = degrees.sum().clamp_min(torch.finfo(weights.dtype).tiny)  # 2m; a graph without edges has loss 0
    positive = assignment.relu()  # (N, K)
    columns = positive.T.contiguous()  # (K, N)
    count, concepts = assignment.shape
    loss = weights.new_zeros(())
    gradient = torch.empty_like(positive) if with_gradient else None
    rows = max(1, _BLOCK_ELEMENTS // count)
    for start in range(0, count, rows):
        block = slice(start, min(start + rows, count))
        excess = weights[block].addr(degrees[block], degrees, alpha=-gamma / float(total))  # W, (rows, N)
        shared = torch.outer(positive[block, 0], columns[0])  # running max over concepts: delta, (rows, N)
        winner = torch.zeros_like(shared, dtype=torch.uint8 if concepts <= 256 else torch.int32)
        product = torch.empty_like(shared)
        for concept in range(1, concepts):
            torch.outer(positive[block, concept], columns[concept], out=product)
            winner.masked_fill_(product > shared, concept)
            torch.maximum(shared, product, out=shared)
        loss -= (excess * shared).sum()
        if gradient is not None:
            for concept in range(concepts):
                torch.mul(excess, winner == concept, out=product)
                gradient[block, concept] = product @ columns[concept]
    if gradient is not None:
        # W and delta are symmetric, so row i and column i contribute alike: hence the 2.
        gradient.mul_(-2 / total).mul_(assignment > 0)
    return loss / total, gradient
