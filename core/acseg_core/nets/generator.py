"""Adaptive Concept Generator: prototypes, the same for all images, become the concepts of one image.

ACSeg (arXiv 2210.05944), section 3.2. Each block lets the concepts attend to the patch tokens, then to each other,
then passes them through a feed-forward network; every step is residual on the block's input and layer-normalised.

A few dozen query rows meet a thousand tokens, so cross-attention projects the *queries into token space* instead of
the tokens into keys and values: ``softmax((q W_k) X^T) X W_v^T`` equals ``softmax(q (X W_k^T)^T) (X W_v^T)``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - torch's own idiom
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save as save_arrays
from torch import Tensor, nn

from acseg_core.errors import WeightsMismatchError, WeightsMissingError
from acseg_core.output.protected import write_output

_METADATA_KEY = "acseg_generator"

Packed = tuple[dict[str, NDArray[np.float16]], dict[str, str]]
"""Arrays by their names, and metadata, that lie beside a generator's in one file."""

MOST_PROTOTYPES = 256
"""Prototypes, at most, as a label map holds one byte per pixel."""


@dataclass(frozen=True, slots=True)
class GeneratorConfig:
    """Shape of a generator, and the backbone whose tokens it understands.

    Attributes:
        dim: Width D of the tokens.
        prototypes: K, the largest number of concepts in an image; 5 in the paper.
        blocks: N, 6 in the paper.
        heads: Attention heads; must divide ``dim``.
        expansion: Width of the feed-forward network as a multiple of ``dim``.
        backbone: timm name of the backbone it was trained on.
    """

    dim: int = 384
    prototypes: int = 5
    blocks: int = 6
    heads: int = 6
    expansion: int = 4
    backbone: str = ""

    def __post_init__(self) -> None:
        if min(self.dim, self.prototypes, self.blocks, self.heads, self.expansion) < 1 or self.dim % self.heads:
            raise ValueError(f"generator settings out of range, or heads do not divide dim: {self}")
        if self.prototypes > MOST_PROTOTYPES:
            raise ValueError(f"prototypes must be at most {MOST_PROTOTYPES}, got {self.prototypes}")


class ConceptGenerator(nn.Module):
    """Maps the tokens of an image to its concepts.

    Attributes:
        config: The shape it was built with.
        backbone_sha256: Of the weights of the backbone it was trained on, or "" when that is not recorded.
    """

    def __init__(self, config: GeneratorConfig) -> None:
        super().__init__()
        self.config = config
        self.backbone_sha256 = ""
        self.prototypes = nn.Parameter(torch.randn(config.prototypes, config.dim))
        self.blocks = nn.ModuleList(
            ConceptBlock(config.dim, config.heads, config.expansion) for _ in range(config.blocks)
        )

    def forward(self, tokens: Tensor) -> Tensor:
        """Adapt the prototypes to each image.

        Args:
            tokens: (B, N, D) float patch tokens.

        Returns:
            (B, K, D) float concepts, not normalised.
        """
        concepts = self.prototypes.expand(tokens.shape[0], -1, -1)  # (B, K, D)
        for block in self.blocks:
            concepts = block(concepts, tokens)
        return concepts

    def start_at_prototypes(self) -> None:
        """Make every block add nothing, so that the concepts of any image are the prototypes: how training begins.

        With random weights instead, rounds of attention to the same tokens make all concepts of an image alike before
        the first step (mean cosine .93), and modularity, whose gradient goes to the nearest concept only, does not
        part them again.
        """
        for block in self.blocks:
            assert isinstance(block, ConceptBlock)
            for last in (block.cross.out, block.among.out_proj, block.feed_forward[-1]):
                for parameter in last.parameters():
                    nn.init.zeros_(parameter)

    def save(self, path: Path, *, training: dict[str, object] | None = None, projection: Packed | None = None) -> None:
        """Write weights (in half precision), shape and a note on the training as one safetensors file.

        Args:
            path: The file.
            training: What it was trained with, as plain JSON values.
            projection: Arrays and metadata of the projection that was fitted to the same images, if any.

        Raises:
            StorageError: The file cannot be written; an existing one is left as it was.
        """
        arrays, metadata = self.packed(training=training)
        if projection is not None:
            arrays |= projection[0]
            metadata |= projection[1]
        with write_output(path) as file:
            file.write(save_arrays(arrays, metadata=metadata))

    def packed(self, *, training: dict[str, object] | None = None) -> Packed:
        """The arrays (in half precision) and metadata of its file, which other parts of a model may lie beside."""
        note = json.dumps({"config": asdict(self.config), "training": training or {}}, sort_keys=True)
        arrays = {name: tensor.detach().half().cpu().contiguous().numpy() for name, tensor in self.state_dict().items()}
        return arrays, {_METADATA_KEY: note}

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a generator written by `save`, in evaluation mode.

        Raises:
            WeightsMissingError: There is no such file.
            WeightsMismatchError: The file is not a generator, or is damaged.
        """
        if not path.is_file():
            raise WeightsMissingError(f"{path}: no such model file; make one with `acseg train`")
        try:
            with safe_open(path, framework="pt") as file:
                note = json.loads((file.metadata() or {})[_METADATA_KEY])
                config = GeneratorConfig(**note["config"])
                shapes = {name: tuple(file.get_slice(name).get_shape()) for name in file.keys()}  # noqa: SIM118
                _require_shapes(config, shapes)
                generator = cls(config)
                tensors = {name: file.get_tensor(name).float() for name in generator.state_dict()}
            generator.load_state_dict(tensors)
            generator.backbone_sha256 = str(note["training"].get("backbone_sha256", ""))
        except OSError as error:
            raise WeightsMissingError(f"{path}: {error.strerror or error}; check its permissions") from error
        except (SafetensorError, KeyError, ValueError, TypeError, AttributeError, RuntimeError, OverflowError) as error:
            raise WeightsMismatchError(
                f"{path}: not a model made by `acseg train`, or damaged; choose another file"
            ) from error
        return generator.eval()


def _require_shapes(config: GeneratorConfig, shapes: Mapping[str, tuple[int, ...]]) -> None:
    """Compare a described network with the tensors that are there, before there is room made for it.

    A few bytes can describe any number of gigabytes; what is there is no larger than its file.

    Raises:
        ValueError: A tensor is missing or has another shape.
    """
    if config.blocks > len(shapes):
        raise ValueError(f"{config.blocks} blocks, and {len(shapes)} tensors")
    with torch.device("meta"):
        described = ConceptGenerator(config).state_dict()
    for name, tensor in described.items():
        if shapes.get(name) != tuple(tensor.shape):
            raise ValueError(f"{name} is to have the shape {tuple(tensor.shape)}, not {shapes.get(name)}")


class ConceptBlock(nn.Module):
    """Cross-attention to the tokens, self-attention among the concepts, feed-forward; residual, then LayerNorm."""

    def __init__(self, dim: int, heads: int, expansion: int) -> None:
        super().__init__()
        self.cross = ProjectedCrossAttention(dim, heads)
        self.cross_norm = nn.LayerNorm(dim)
        self.among = nn.MultiheadAttention(dim, heads, batch_first=True)
        self.among_norm = nn.LayerNorm(dim)
        self.feed_forward = nn.Sequential(nn.Linear(dim, expansion * dim), nn.GELU(), nn.Linear(expansion * dim, dim))
        self.feed_forward_norm = nn.LayerNorm(dim)

    def forward(self, concepts: Tensor, tokens: Tensor) -> Tensor:
        """Refine concepts (B, K, D) by tokens (B, N, D); returns (B, K, D)."""
        concepts = self.cross_norm(concepts + self.cross(concepts, tokens))
        attended, _ = self.among(concepts, concepts, concepts, need_weights=False)
        concepts = self.among_norm(concepts + attended)
        refined: Tensor = self.feed_forward_norm(concepts + self.feed_forward(concepts))
        return refined


class ProjectedCrossAttention(nn.Module):
    """Multi-head attention of a few queries over many tokens, computed in token space.

    Same numbers as `torch.nn.MultiheadAttention` with the same parameters. The key bias is left out: it shifts all
    scores of a query alike, and the softmax does not see it.
    """

    def __init__(self, dim: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(dim, dim)
        self.key = nn.Linear(dim, dim, bias=False)
        self.value = nn.Linear(dim, dim)
        self.out = nn.Linear(dim, dim)
        for layer in (self.query, self.key, self.value):
            nn.init.xavier_uniform_(layer.weight)

    def forward(self, queries: Tensor, tokens: Tensor) -> Tensor:
        """Attend from queries (B, K, D) to tokens (B, N, D); returns (B, K, D)."""
        batch, count, dim = queries.shape
        per_head = dim // self.heads
        query = self.query(queries).view(batch, count, self.heads, per_head) * per_head**-0.5
        key_weight = self.key.weight.view(self.heads, per_head, dim)
        value_weight = self.value.weight.view(self.heads, per_head, dim)
        in_token_space = torch.einsum("bkhe,hed->bhkd", query, key_weight).reshape(batch, -1, dim)  # (B, H*K, D)
        attention = torch.softmax(in_token_space @ tokens.transpose(1, 2), dim=-1)  # (B, H*K, N)
        gathered = (attention @ tokens).view(batch, self.heads, count, dim)  # (B, H, K, D)
        values = torch.einsum("bhkd,hed->bkhe", gathered, value_weight).reshape(batch, count, dim)
        attended: Tensor = self.out(values + self.value.bias)
        return attended


def similarity(tokens: Tensor, concepts: Tensor) -> Tensor:
    """Cosine of every token to every concept: S in the paper.

    Args:
        tokens: (B, N, D) float.
        concepts: (B, K, D) float.

    Returns:
        (B, N, K) float in -1..1.
    """
    return F.normalize(tokens, dim=-1) @ F.normalize(concepts, dim=-1).transpose(1, 2)


def settle_concepts(tokens: Tensor, concepts: Tensor, *, steps: int) -> Tensor:
    """Move concepts to the centres of the tokens they win: spherical k-means started from the generator.

    A concept that wins no token stays where it is.

    Args:
        tokens: (B, N, D) float.
        concepts: (B, K, D) float.
        steps: How often; 0 returns the concepts normalised and otherwise as they are.

    Returns:
        (B, K, D) float, L2-normalised.
    """
    unit = F.normalize(tokens, dim=-1)
    centres = F.normalize(concepts, dim=-1)
    for _ in range(steps):
        winner = (unit @ centres.transpose(1, 2)).argmax(dim=-1)  # (B, N)
        member = F.one_hot(winner, centres.shape[1]).to(unit.dtype)  # (B, N, K)
        sums = member.transpose(1, 2) @ unit  # (B, K, D)
        won = member.sum(dim=1).unsqueeze(-1) > 0  # (B, K, 1)
        centres = torch.where(won, F.normalize(sums, dim=-1), centres)
    return centres
