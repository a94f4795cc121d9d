"""The labelled set of the simulated annotator: what it says of regions is what its pixels say."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from acseg_core.evaluate.effort import strategies
from acseg_core.evaluate.effort.labelled_set import LabelledSet

MakeSet = Callable[[str], Path]


def test_a_labelled_set_knows_its_pixels(labelled: LabelledSet) -> None:
    for number, image in enumerate(labelled.images):
        truth = labelled.true_classes(number)
        assert image.pixels.sum() == (truth >= 0).sum()
        assert sorted(set(image.region_of.tolist())) == list(range(image.regions))
        sizes = np.bincount(image.label_map.ravel())
        assert sizes.tolist() == sorted(sizes.tolist(), reverse=True)
        for region, piece in enumerate(strategies.region_pieces(labelled, number)):
            inside = image.label_map == region
            assert piece.known.tolist()[:3] == [int((truth[inside] == label).sum()) for label in range(3)]
    assert [image.instances for image in labelled.images] == [2, 3, 4, 2]
