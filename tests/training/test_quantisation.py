"""The quantisation term against its formula and its limit."""

import pytest
import torch

from acseg_training.quantisation import quantisation_loss


def test_equals_the_formula() -> None:
    assignment = torch.rand(2, 5, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64) * 2 - 1
    total = 0.0
    for image in assignment.tolist():
        for row in image:
            weights = [torch.tensor(s / 0.1).exp().item() for s in row]
            total -= sum(w * s for w, s in zip(weights, row, strict=True)) / sum(weights)
    assert quantisation_loss(assignment, temperature=0.1).item() == pytest.approx(total / 10, rel=1e-6)


def test_tends_to_the_nearest_concept_as_the_temperature_falls() -> None:
    assignment = torch.tensor([[[0.9, 0.1], [0.2, 0.4]]])
    assert quantisation_loss(assignment, temperature=1e-3).item() == pytest.approx(-(0.9 + 0.4) / 2)
