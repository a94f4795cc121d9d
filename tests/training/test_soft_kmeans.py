"""The start as soft k-means: before any training, concepts lie in the midst of an image's clusters."""

import pytest
import torch
import torch.nn.functional as F  # noqa: N812

from acseg_core.nets.generator import ConceptGenerator, GeneratorConfig, similarity
from acseg_core.nets.modularity import modularity_loss
from acseg_training.soft_kmeans import start_as_soft_kmeans


def corpus(images: int = 12) -> torch.Tensor:
    """(images, 90, 48): each has three kinds of tokens of its own, about three common directions."""
    random = torch.Generator().manual_seed(0)
    common = 2 * torch.randn(3, 48, generator=random)
    own = common + 0.7 * torch.randn(images, 3, 48, generator=random)
    return own.repeat_interleave(30, dim=1) + 0.3 * torch.randn(images, 90, 48, generator=random)


def generators() -> tuple[ConceptGenerator, ConceptGenerator, torch.Tensor]:
    """As it starts at the prototypes, as soft k-means from the same centres, and images it has not seen."""
    tokens = corpus()
    torch.manual_seed(0)
    soft = ConceptGenerator(GeneratorConfig(dim=48, prototypes=3, blocks=3, heads=4, expansion=1)).eval()
    start_as_soft_kmeans(soft, tokens[:8].flatten(0, 1), seed=0)
    still = ConceptGenerator(soft.config).eval()
    still.start_at_prototypes()
    still.prototypes.data.copy_(soft.prototypes)
    return still, soft, tokens[8:]


def test_concepts_move_to_the_clusters_of_each_image():
    still, soft, images = generators()
    with torch.inference_mode():
        means = F.normalize(images.view(4, 3, 30, 48).mean(dim=2), dim=-1)
        nearest = [similarity(means, generator(images)).amax(dim=2).mean() for generator in (still, soft)]
        losses = [modularity_loss(images, similarity(images, generator(images))) for generator in (still, soft)]
    assert nearest[1] > 0.95 > nearest[0]
    assert losses[1] < losses[0]


def test_few_tokens_are_refused_and_equal_ones_are_not():
    generator = ConceptGenerator(GeneratorConfig(dim=48, prototypes=3, blocks=1, heads=4))
    with pytest.raises(ValueError, match="too few"):
        start_as_soft_kmeans(generator, torch.ones(11, 48), seed=0)
    start_as_soft_kmeans(generator, torch.ones(40, 48), seed=0)
    assert all(torch.isfinite(parameter).all() for parameter in generator.parameters())
