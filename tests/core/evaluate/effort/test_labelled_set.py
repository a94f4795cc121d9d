"""The labelled set of the simulated annotator: what it says of regions is what its pixels say."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from acseg_core.errors import StorageError
from acseg_core.evaluate.effort import strategies
from acseg_core.evaluate.effort.labelled_set import LabelledSet
from acseg_core.names import dense

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


def test_a_multi_crop_view_that_was_damaged_meanwhile_is_one_line(labelled: LabelledSet, tmp_path: Path) -> None:
    """On the code of before, a traceback of NumPy."""
    view = dense.multi_crop_view(labelled.compute, labelled.load(0))
    path = tmp_path / "0.npy"
    np.save(path, view)
    image = replace(labelled.images[0], multi_crop_file=path)
    assert np.array_equal(image.all_tokens.multi_crop, view)
    whole = path.read_bytes()
    for damage in (b"", whole[:-1], whole.replace(b"(", b"(9", 1)):
        path.write_bytes(damage)
        with pytest.raises(StorageError, match=r"0\.npy: .*; run the evaluation again"):
            _ = image.all_tokens
