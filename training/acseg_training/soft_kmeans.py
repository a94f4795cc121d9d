"""A start of the generator as soft k-means: before any training, each block moves concepts to the tokens near them.

Modularity parts concepts only where they lie apart already (docs/research/generator.md, sections 29 and 45). So the
prototypes begin at the centres of the corpus's tokens, and the blocks' cross-attention as a step of k-means with soft
memberships: queries and keys are the leading directions of the tokens, scaled so that scores vary as cosines over a
temperature do; the value of a token is the token. Self-attention and feed-forward add nothing yet. Network and loss
stay the paper's; what it says nothing of is where training begins.
"""

from __future__ import annotations

import warnings

import torch
import torch.nn.functional as F  # noqa: N812 - torch's own idiom
from torch import Tensor

from acseg_core.nets.generator import ConceptBlock, ConceptGenerator

_TEMPERATURE = 0.1
"""Of the memberships, for cosines."""

_PULL = 4.0
"""Length of the mean that a concept moves to, relative to how long tokens are, beside the concept itself."""


@torch.no_grad()
def start_as_soft_kmeans(generator: ConceptGenerator, tokens: Tensor, *, seed: int) -> None:
    """Set the weights of a generator, in place.

    Args:
        generator: Any, on the CPU or elsewhere.
        tokens: (T, D) float32, a sample of the corpus's tokens.
        seed: Of the search for the centres.

    Raises:
        ValueError: There are fewer tokens than prototypes, or than a head has dimensions.
    """
    from sklearn.cluster import KMeans
    from sklearn.exceptions import ConvergenceWarning

    shape = generator.config
    if len(tokens) < max(shape.prototypes, shape.dim // shape.heads):
        raise ValueError(f"{len(tokens)} tokens are too few to start from")
    generator.start_at_prototypes()
    unit = F.normalize(tokens, dim=-1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # photos of one colour have the same token everywhere
        search = KMeans(shape.prototypes, n_init=3, random_state=seed).fit(unit.cpu().numpy())
    centres = F.normalize(torch.from_numpy(search.cluster_centers_).to(tokens), dim=-1)
    length = shape.dim**0.5  # of a concept that LayerNorm has passed
    generator.prototypes.copy_(centres * length)
    mean, scale = tokens.mean(dim=0), tokens.norm(dim=-1).mean() / length
    per_head = shape.dim // shape.heads
    leading = torch.linalg.svd(tokens - mean, full_matrices=False).Vh[:per_head]  # (D / H, D)
    scores = (centres * length * scale - mean) @ leading.T @ (leading @ (tokens - mean).T) / per_head**0.5
    wanted = (centres @ unit.T / _TEMPERATURE).std(dim=1).mean()
    sharpness = (wanted / scores.std(dim=1).mean().clamp_min(1e-6)).sqrt()
    for block in generator.blocks:
        assert isinstance(block, ConceptBlock)
        cross, same = block.cross, torch.eye(shape.dim).to(tokens)
        cross.query.weight.copy_((leading * scale * sharpness).repeat(shape.heads, 1))
        cross.query.bias.copy_((-(leading @ mean) * sharpness).repeat(shape.heads))
        cross.key.weight.copy_((leading * sharpness).repeat(shape.heads, 1))
        cross.value.weight.copy_(same / scale)
        cross.value.bias.zero_()
        cross.out.weight.copy_(same * _PULL)
