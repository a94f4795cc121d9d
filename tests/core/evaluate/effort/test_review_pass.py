"""The review pass of the simulated annotator: splits, strokes and what they cost agree with the pixels."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from acseg_core.evaluate.effort import propagation, review_pass, strategies
from acseg_core.evaluate.effort.costs import NAME, SPLIT, STROKE
from acseg_core.evaluate.effort.labelled_set import LabelledSet
from acseg_core.evaluate.effort.score_table import ScoreTable
from acseg_core.evaluate.effort.strategies import Regions
from acseg_core.evaluate.metrics import class_band

MakeSet = Callable[[str], Path]


def painted(labelled: LabelledSet, table: ScoreTable, keys: dict[int, np.ndarray]) -> list[np.ndarray]:
    """The name of every pixel, piece by piece."""
    maps = [np.full(image.tree.leaf_map.shape, -1) for image in labelled.images]
    for piece, name in zip(table.pieces, table.names, strict=True):
        inside = np.isin(labelled.images[piece.image].tree.leaf_map, piece.leaves)
        if piece.image in keys:
            inside &= keys[piece.image] == piece.key
        assert np.all(maps[piece.image][inside] == -1), "pieces overlap"
        maps[piece.image][inside] = name
    return maps


def accuracy(labelled: LabelledSet, maps: list[np.ndarray]) -> float:
    truths = [labelled.true_classes(image) for image in range(len(maps))]
    right = sum(int(((given == truth) & (truth >= 0)).sum()) for given, truth in zip(maps, truths, strict=True))
    return right / sum(int((truth >= 0).sum()) for truth in truths)


def test_the_books_agree_with_the_pixels_after_names_splits_and_strokes(
    labelled_by_patches: LabelledSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    labelled = labelled_by_patches
    monkeypatch.setattr(review_pass, "SMALLEST_SPLIT", 0.0005)
    keys = {image: np.maximum(labelled.true_classes(image) - image % 2, 0) for image in (1, 2)}
    pieces = [
        piece
        for image in range(4)
        for piece in (
            propagation.keyed_pieces(labelled, image, keys[image])
            if image in keys
            else strategies.region_pieces(labelled, image)
        )
    ]
    table = ScoreTable(pieces, labelled.classes)
    table.assume(range(len(pieces)), [piece.key for piece in pieces])
    assert table.curve[-1].accuracy == pytest.approx(accuracy(labelled, painted(labelled, table, keys)))
    review_pass.check_names(table, (0,))
    assert table.curve[-1].accuracy == pytest.approx(accuracy(labelled, painted(labelled, table, keys)))
    checked = len(table.pieces)
    review_pass.split_mixed(table, labelled)
    assert len(table.pieces) > checked
    maps = painted(labelled, table, keys)
    assert table.curve[-1].accuracy == pytest.approx(accuracy(labelled, maps))
    before = table.curve[-1]
    review_pass.brush(table, labelled, keys)
    after = table.curve[-1]
    strokes = after.actions - before.actions
    assert strokes > 0
    assert after.seconds - before.seconds == strokes * STROKE
    assert before.accuracy < after.accuracy < 1  # the last pixels along the boundaries stay
    gains = np.diff([point.accuracy for point in table.curve if point.stage == "strokes"])
    assert np.all(gains[1:] <= gains[:-1] + 1e-12)


def test_a_stroke_reaches_only_so_far(labelled: LabelledSet, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is named: all known pixels away from boundaries are wrong, and painted cell by cell."""
    monkeypatch.setattr(review_pass, "SMALLEST_STROKE", 0)
    pieces = [piece for image in range(4) for piece in strategies.region_pieces(labelled, image)]
    table = ScoreTable(pieces, labelled.classes)
    review_pass.brush(table, labelled, {})
    largest = table.curve[1].accuracy * sum(int(piece.known.sum()) for piece in pieces)
    assert 0 < largest <= 15 * 15  # a sixth of 90 pixels
    truths = [labelled.true_classes(image) for image in range(4)]
    away = sum(int(((truth >= 0) & ~class_band(truth)).sum()) for truth in truths)
    assert table.curve[-1].accuracy == pytest.approx(away / sum(int((truth >= 0).sum()) for truth in truths))


def test_splits_are_paid_for(labelled: LabelledSet) -> None:
    regions = Regions(labelled)
    table = ScoreTable(regions.pieces, labelled.classes)
    strategies.name_regions(table, regions.of_image)
    named = table.curve[-1]
    review_pass.check_names(table, range(4))
    assert table.curve[-1] == named
    review_pass.split_mixed(table, labelled)
    split = table.curve[-1]
    names, splits = split.names - named.names, len(table.pieces) - len(regions)
    assert split.seconds - named.seconds == names * NAME + splits * SPLIT
    assert split.accuracy >= named.accuracy
