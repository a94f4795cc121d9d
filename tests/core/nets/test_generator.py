"""Projected queries against ordinary attention; concepts, assignment and the file format."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest
import torch
from safetensors.torch import save
from torch import nn

from acseg_core.errors import WeightsMismatchError, WeightsMissingError
from acseg_core.nets.generator import (
    ConceptGenerator,
    GeneratorConfig,
    ProjectedCrossAttention,
    settle_concepts,
    similarity,
)


def ordinary_attention(projected: ProjectedCrossAttention, dim: int) -> nn.MultiheadAttention:
    """torch's attention with the parameters of ours."""
    ordinary = nn.MultiheadAttention(dim, projected.heads, batch_first=True)
    with torch.no_grad():
        ordinary.in_proj_weight.copy_(torch.cat([projected.query.weight, projected.key.weight, projected.value.weight]))
        ordinary.in_proj_bias.copy_(
            torch.cat([projected.query.bias, torch.randn(dim), projected.value.bias])  # the key's bias must not matter
        )
        ordinary.out_proj.load_state_dict(projected.out.state_dict())
    return ordinary


@pytest.mark.parametrize(("batch", "queries", "tokens"), [(1, 1, 1), (2, 5, 100), (1, 16, 1024)])
def test_projected_queries_equal_ordinary_attention(batch: int, queries: int, tokens: int) -> None:
    torch.manual_seed(0)
    dim = 96
    projected = ProjectedCrossAttention(dim, 6)
    nn.init.normal_(projected.value.bias)
    nn.init.normal_(projected.query.bias)
    ordinary = ordinary_attention(projected, dim)
    q, x = torch.randn(batch, queries, dim), torch.randn(batch, tokens, dim)
    expected, _ = ordinary(q, x, x, need_weights=False)
    actual = projected(q, x)
    assert (actual - expected).abs().max().item() < 1e-5
    actual.square().sum().backward()
    expected.square().sum().backward()
    ours, theirs = projected.key.weight.grad, ordinary.in_proj_weight.grad[dim : 2 * dim]
    torch.testing.assert_close(ours, theirs, rtol=1e-3, atol=1e-4)


def test_training_starts_at_the_prototypes() -> None:
    """Blocks that add nothing are LayerNorm of their input, since the residual adds to the block's input."""
    torch.manual_seed(0)
    generator = ConceptGenerator(GeneratorConfig(dim=12, heads=2, blocks=3, prototypes=3))
    generator.start_at_prototypes()
    concepts = generator(torch.randn(1, 7, 12))
    torch.testing.assert_close(concepts[0], nn.functional.layer_norm(generator.prototypes, (12,)), rtol=1e-4, atol=1e-4)


def test_concepts_depend_on_the_image_but_not_on_its_neighbours_in_the_batch() -> None:
    torch.manual_seed(0)
    generator = ConceptGenerator(GeneratorConfig(dim=24, heads=4, blocks=2, prototypes=3)).eval()
    tokens = torch.randn(2, 30, 24)
    together = generator(tokens)
    assert together.shape == (2, 3, 24)
    assert (together[0] - together[1]).abs().max() > 1e-2
    torch.testing.assert_close(generator(tokens[1:])[0], together[1], rtol=1e-4, atol=1e-5)


def test_token_order_does_not_matter() -> None:
    torch.manual_seed(0)
    generator = ConceptGenerator(GeneratorConfig(dim=24, heads=4, blocks=2, prototypes=3)).eval()
    tokens = torch.randn(1, 30, 24)
    torch.testing.assert_close(generator(tokens), generator(tokens[:, torch.randperm(30)]), rtol=1e-4, atol=1e-5)


def test_similarity_is_the_cosine() -> None:
    torch.manual_seed(0)
    tokens, concepts = torch.randn(1, 5, 4), torch.randn(1, 3, 4)
    expected = torch.stack(
        [torch.stack([torch.cosine_similarity(x, c, dim=0) for c in concepts[0]]) for x in tokens[0]]
    )
    torch.testing.assert_close(similarity(tokens, concepts)[0], expected)


def test_settling_reaches_the_centres_and_spares_idle_concepts() -> None:
    left, right = torch.tensor([1.0, 0.1, 0.0]), torch.tensor([0.1, 1.0, 0.0])
    tokens = torch.stack([left, left, right])[None]
    start = torch.tensor([[[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]])
    settled = settle_concepts(tokens, start, steps=3)[0]
    torch.testing.assert_close(settled[0], left / left.norm())
    torch.testing.assert_close(settled[1], right / right.norm())
    torch.testing.assert_close(settled[2], start[0, 2])
    torch.testing.assert_close(settle_concepts(tokens, 2 * start, steps=0), start)


def test_saved_generator_comes_back_the_same_but_for_half_precision(tmp_path: Path) -> None:
    torch.manual_seed(0)
    generator = ConceptGenerator(GeneratorConfig(dim=24, heads=4, blocks=2, prototypes=3, backbone="test_vit")).eval()
    generator.save(tmp_path / "g.safetensors", training={"steps": 3})
    loaded = ConceptGenerator.load(tmp_path / "g.safetensors")
    tokens = torch.randn(1, 9, 24)
    assert loaded.config == generator.config
    torch.testing.assert_close(loaded(tokens), generator(tokens), rtol=1e-2, atol=1e-2)
    loaded.save(tmp_path / "again.safetensors", training={"steps": 3})
    assert (tmp_path / "again.safetensors").read_bytes() == (tmp_path / "g.safetensors").read_bytes()
    assert not loaded.training


def test_files_that_are_no_generator_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsMissingError, match="acseg train"):
        ConceptGenerator.load(tmp_path / "nothing.safetensors")
    text = tmp_path / "text.safetensors"
    text.write_text("not tensors")
    with pytest.raises(WeightsMismatchError, match="text"):
        ConceptGenerator.load(text)
    from safetensors.torch import save_file

    other = tmp_path / "other.safetensors"
    save_file({"weight": torch.zeros(3)}, other)
    with pytest.raises(WeightsMismatchError, match="other"):
        ConceptGenerator.load(other)


def test_heads_must_divide_the_width() -> None:
    with pytest.raises(ValueError, match="heads do not divide dim"):
        GeneratorConfig(dim=10, heads=3)


def test_a_small_file_that_describes_a_huge_network_takes_no_memory(tmp_path: Path) -> None:
    """206 bytes took nine gigabytes: the network was built before a tensor was looked at.

    A process of its own is given half a gigabyte beyond what it has when torch is loaded.
    """
    code = """
import resource, sys
from pathlib import Path
from acseg_core.errors import WeightsMismatchError
from acseg_core.nets.generator import ConceptGenerator
room = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() + 512 * 2**20
resource.setrlimit(resource.RLIMIT_AS, (room, room))
for name in sys.argv[1:]:
    try:
        ConceptGenerator.load(Path(name))
    except WeightsMismatchError as error:
        print(len(str(error).splitlines()), name in str(error))
"""
    files = []
    for number, huge in enumerate(({"dim": 6 * 4096}, {"blocks": 10**9}, {"expansion": 10**9}, {"dim": 6 * 10**12})):
        config = asdict(GeneratorConfig()) | huge
        note = json.dumps({"config": config, "training": {}})
        file = tmp_path / f"{number}.safetensors"
        file.write_bytes(save({"a": torch.zeros(1)}, metadata={"acseg_generator": note}))
        assert file.stat().st_size < 400
        files.append(str(file))
    done = subprocess.run(
        [sys.executable, "-c", code, *files], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.stdout.split() == ["1", "True"] * len(files), done.stderr
