"""Features of one image: which tokens regions are described by."""

import torch

from acseg_core.nets.features import FeatureMap


def test_regions_are_described_by_the_upper_tokens_where_there_are_some() -> None:
    last, upper = torch.zeros(2, 3, 4), torch.ones(2, 3, 4)
    assert FeatureMap(last).description_tokens is last
    assert FeatureMap(last, middle=torch.ones(2, 3, 4)).description_tokens is last
    assert FeatureMap(last, upper=upper).description_tokens is upper
