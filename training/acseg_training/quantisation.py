"""Quantisation loss: how well concepts represent the tokens of an image, a soft spherical k-means objective.

    loss = -mean_i sum_c softmax_c(S_ic / t) S_ic

with S the cosine similarities. As the temperature t falls it tends to minus the mean similarity of each token to its
nearest concept. Not part of the paper; beside modularity it keeps small things from being merged away.
"""

from __future__ import annotations

from torch import Tensor


def quantisation_loss(assignment: Tensor, *, temperature: float) -> Tensor:
    """Negative mean similarity of tokens to their (softly) nearest concepts.

    Args:
        assignment: (B, N, K) float, cosine similarities in -1..1.
        temperature: Above 0; small values come close to the hard maximum.

    Returns:
        Scalar in -1..1.
    """
    nearest = (assignment / temperature).softmax(dim=-1)
    return -(nearest * assignment).sum(dim=-1).mean()
