"""The streaming loss against the formula written out, and its gradient against finite differences."""

import pytest
import torch
from torch import Tensor

from acseg_core.nets import modularity
from acseg_core.nets.modularity import affinity, modularity_loss


def literal_loss(tokens: Tensor, assignment: Tensor, gamma: float) -> Tensor:
    """ACSeg's equations, one index at a time; differentiable by autograd."""
    images = []
    for x, s in zip(tokens, assignment, strict=True):
        count, concepts = s.shape
        a = torch.zeros(count, count, dtype=x.dtype)
        for i in range(count):
            for j in range(count):
                if i != j:
                    a[i, j] = torch.cosine_similarity(x[i], x[j], dim=0).clamp(min=0)
        k = [a[i].sum() for i in range(count)]
        two_m = a.sum()
        total = torch.zeros((), dtype=x.dtype)
        for i in range(count):
            for j in range(count):
                w = a[i, j] - gamma * k[i] * k[j] / two_m
                shared = torch.stack([s[i, c].relu() * s[j, c].relu() for c in range(concepts)]).max()
                total = total + w * shared
        images.append(-total / two_m)
    return torch.stack(images).mean()


def random_case(seed: int, *, batch: int = 2, count: int = 9, dim: int = 6, concepts: int = 4) -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(seed)
    tokens = torch.randn(batch, count, dim, generator=generator, dtype=torch.float64)
    assignment = torch.rand(batch, count, concepts, generator=generator, dtype=torch.float64) * 2 - 1
    return tokens, assignment


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("gamma", [0.5, 1.0, 1.7])
@pytest.mark.parametrize("block_elements", [1, 20, 1 << 18])
def test_loss_and_gradient_equal_the_literal_formula(
    seed: int, gamma: float, block_elements: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(modularity, "_BLOCK_ELEMENTS", block_elements)
    tokens, assignment = random_case(seed)
    ours, theirs = assignment.clone().requires_grad_(), assignment.clone().requires_grad_()
    loss, expected = modularity_loss(tokens, ours, gamma=gamma), literal_loss(tokens, theirs, gamma)
    loss.backward()
    expected.backward()
    torch.testing.assert_close(loss, expected)
    torch.testing.assert_close(ours.grad, theirs.grad)


@pytest.mark.parametrize("concepts", [1, 2, 5])
def test_gradcheck(concepts: int) -> None:
    tokens, assignment = random_case(11, count=7, concepts=concepts)
    assert torch.autograd.gradcheck(
        lambda s: modularity_loss(tokens, s, gamma=1.3), (assignment.requires_grad_(),), eps=1e-6, atol=1e-6
    )


def test_many_concepts_do_not_overflow_the_winner_index() -> None:
    tokens, assignment = random_case(5, batch=1, count=5, concepts=300)
    ours, theirs = assignment.clone().requires_grad_(), assignment.clone().requires_grad_()
    modularity_loss(tokens, ours).backward()
    literal_loss(tokens, theirs, 1.0).backward()
    torch.testing.assert_close(ours.grad, theirs.grad)


def test_tokens_get_no_gradient() -> None:
    tokens, assignment = random_case(3)
    tokens.requires_grad_()
    modularity_loss(tokens, assignment.requires_grad_()).backward()
    assert tokens.grad is None


def test_two_cliques_are_best_kept_apart() -> None:
    """A graph of two separate cliques has modularity 1/2 under the right split, and 0 as one community."""
    tokens = torch.eye(2, dtype=torch.float64).repeat_interleave(4, dim=0)[None]
    split = torch.eye(2, dtype=torch.float64).repeat_interleave(4, dim=0)[None]
    lumped = torch.ones(1, 8, 1, dtype=torch.float64)
    assert modularity_loss(tokens, split).item() == pytest.approx(-0.5)
    assert modularity_loss(tokens, lumped).item() == pytest.approx(0.0)


def test_one_token_and_opposite_tokens_have_no_edges_and_no_loss() -> None:
    for tokens in (torch.ones(1, 1, 3), torch.tensor([[[1.0, 0.0], [-1.0, 0.0]]])):
        assignment = torch.ones(1, tokens.shape[1], 2, requires_grad=True)
        loss = modularity_loss(tokens, assignment)
        loss.backward()
        assert loss.item() == 0
        assert torch.isfinite(assignment.grad).all()


def test_affinity_is_a_symmetric_graph_without_loops() -> None:
    weights = affinity(torch.randn(12, 5, generator=torch.Generator().manual_seed(0)))
    assert torch.equal(weights, weights.T)
    assert weights.diagonal().eq(0).all()
    assert weights.min() >= 0
    assert weights.max() <= 1


def test_mismatched_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="shapes do not match"):
        modularity_loss(torch.ones(1, 4, 3), torch.ones(1, 5, 2))
