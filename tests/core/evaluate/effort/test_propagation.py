"""Names of the rest from accepted images: what is learned, and the pieces it makes."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from acseg_core.config import SegmenterConfig
from acseg_core.evaluate.effort import propagation, review_pass
from acseg_core.evaluate.effort.labelled_set import LabelledSet, read_labelled_set
from acseg_core.evaluate.effort.score_table import ScoreTable
from acseg_core.evaluate.truth.ground_truth import open_truth
from acseg_core.interruptible import run_to_end
from acseg_core.names import dense, dense_training
from acseg_core.names.patch_classifier import PatchClassifier

MakeSet = Callable[[str], Path]


def test_accepted_images_have_augmented_views_computed_only_once(
    labelled_set: MakeSet, tiny_segmenter: SegmenterConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    truth = open_truth(labelled_set("png"))
    work = read_labelled_set(truth, truth.images, tiny_segmenter, granularity=0.3, ticks=4, multi_crops=tmp_path)
    labelled = run_to_end(work, lambda tick: None)
    computed, learned, add = [], [], PatchClassifier.add
    compute = labelled.compute
    labelled = replace(labelled, compute=lambda images: computed.append(len(images)) or compute(images))
    monkeypatch.setattr(PatchClassifier, "add", lambda self, *some: learned.append(some[1]) or add(self, *some))
    monkeypatch.setattr(dense, "FEWEST_PSEUDO_LABELLED", 2)
    monkeypatch.setattr(dense_training, "MOST_WITH_PIXELS", 0)
    pseudo, add_pseudo = [], PatchClassifier.add_pseudo_labelled
    monkeypatch.setattr(
        PatchClassifier, "add_pseudo_labelled", lambda self, some: pseudo.append(some) or add_pseudo(self, some)
    )
    maps = {image: labelled.true_classes(image) for image in (2, 0)}
    for _ in range(2):
        run_to_end(
            propagation.predict_rest(labelled, maps, seed=0, workers=1, ticks=(0, 4)),
            lambda tick: None,
        )
    assert sum(computed) == len(maps) * len(dense.AUGMENTATIONS) * 5, "each as a whole and in quarters"
    expected = [
        each for image in (2, 0) for each in (maps[image], *(each.align(maps[image]) for each in dense.AUGMENTATIONS))
    ]
    for found, label_map in zip(learned, 2 * expected, strict=True):
        np.testing.assert_array_equal(found, label_map)
    others = [dense.patch_descriptors(labelled.images[image].all_tokens) for image in (1, 3)]
    for found, other in zip(pseudo, 2 * others, strict=True):
        np.testing.assert_array_equal(found, other)


def test_true_keys_make_perfect_pieces(labelled: LabelledSet) -> None:
    keys = {image: np.maximum(labelled.true_classes(image), 0) for image in range(4)}
    pieces = [piece for image in range(4) for piece in propagation.keyed_pieces(labelled, image, keys[image])]
    table = ScoreTable(pieces, labelled.classes)
    table.assume(range(len(pieces)), [piece.key for piece in pieces])
    assert (table.curve[-1].accuracy, table.curve[-1].miou) == (1, 1)
    review_pass.split_mixed(table, labelled)
    review_pass.brush(table, labelled, keys)
    assert table.curve[-1].actions == 0
