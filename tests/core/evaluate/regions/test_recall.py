"""Recall of true parts: by hand on a small image, and beside a slow search over all masks."""

import json
from dataclasses import asdict

import cv2
import numpy as np
import pytest

from acseg_core.evaluate.regions import recall
from acseg_core.evaluate.regions.recall import GOALS, MetParts, met_parts, recall_from, recall_over, recalls
from acseg_core.evaluate.truth.truth_set import Truth
from acseg_core.proposals.tree import ConceptTree

# Leaves 0 and 1 make node 3; with leaf 2 they make the image, node 4.
TREE = ConceptTree(np.array([[0, 1], [2, 3]], np.int32), np.array([1, 2], np.float32))


def columns(*counts: int) -> np.ndarray:
    """(10, sum) map of upright stripes of these widths, numbered from 0."""
    return np.tile(np.repeat(np.arange(len(counts)), counts), (10, 1))


def slow(tree: ConceptTree, leaf_map: np.ndarray, segments: np.ndarray, part: int) -> float:
    """Best IoU of a part, all masks looked at one by one."""
    true, known, best = segments == part, segments >= 0, 0.0
    for node in range(tree.nodes):
        mask = np.isin(leaf_map, tree.leaves_of(node))
        count, labels = cv2.connectedComponents(mask.astype(np.uint8), connectivity=8)
        for found in (mask, *(labels == piece for piece in range(1, count))):
            both, either = (found & true).sum(), ((found & known) | true).sum()
            best = max(best, both / either)
    return best


def test_a_part_is_met_by_a_node_or_by_a_piece_of_one() -> None:
    leaf_map = columns(4, 2, 2, 2)
    leaf_map[leaf_map == 3] = 1  # leaf 1 is in two pieces, with leaf 2 between
    truth = columns(4, 2, 2, 2).astype(np.int32)
    truth[truth == 3] = 4
    met = met_parts(TREE.merges, leaf_map, Truth(None, (truth,)))
    assert met.overlaps.tolist() == [1, 1, 1, 1], "each of the two pieces of leaf 1 by itself"
    assert met.shares.tolist() == [0.4, 0.2, 0.2, 0.2]
    assert (met.nodes, met.pieces) == (5, 6), "leaf 1 has two pieces, node 3 one more beside one of leaf 1's"


@pytest.mark.parametrize("seed", range(20))
def test_the_best_of_all_masks_is_found(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recall, "_CELLS_AT_ONCE", 8)  # tables in several goes
    random = np.random.default_rng(seed)
    leaf_map = np.kron(random.integers(0, 3, (5, 7)), np.ones((2, 2), int)).astype(np.uint8)
    segments = np.kron(random.integers(-1, 6, (5, 7)), np.ones((2, 2), int)).astype(np.int32)
    met = met_parts(TREE.merges, leaf_map, Truth(None, (segments,)))
    expected = [slow(TREE, leaf_map, segments, part) for part in np.unique(segments[segments >= 0])]
    np.testing.assert_allclose(met.overlaps, expected)


def test_void_counts_nowhere_and_the_rest_is_no_part() -> None:
    leaf_map = columns(4, 2, 4)
    truth = columns(4, 2, 4).astype(np.int32)
    truth[:, 2:4] = -1
    met = met_parts(TREE.merges, leaf_map, Truth(None, (truth,), rest=2))
    assert met.overlaps.tolist() == [1, 1]
    assert met.shares.tolist() == [0.2, 0.2]


def test_several_people_have_their_parts_each() -> None:
    maps = (columns(6, 4).astype(np.int32), columns(5, 5).astype(np.int32))
    met = met_parts(TREE.merges, columns(4, 2, 4), Truth(None, maps))
    np.testing.assert_allclose(met.overlaps, [1, 1, 5 / 6, 4 / 5])


def test_specks_are_left_out() -> None:
    truth = np.zeros((100, 200), np.int32)
    truth[0, :3] = 1  # 0.015 %
    truth[5, :4] = 2  # 0.02 %
    met = met_parts(TREE.merges, np.zeros((100, 200), np.uint8), Truth(None, (truth,)))
    assert met.shares.tolist() == [0.99965, 0.0002]
    nothing = met_parts(TREE.merges, np.zeros((2, 2), np.uint8), Truth(None, (np.full((2, 2), -1, np.int32),)))
    assert len(nothing.overlaps) == 0


def test_recall_is_the_share_of_all_parts_of_the_set_by_size() -> None:
    images = [
        MetParts(np.array([0.0005, 0.005, 0.5]), np.array([0.5, 0.76, 0.95]), 5, 9),
        MetParts(np.array([0.01]), np.array([0.2]), 7, 11),
    ]
    (found,) = recalls({"ours": image} for image in images)
    assert (found.method, found.nodes, found.pieces) == ("ours", 6, 10)
    assert [(band.size, band.parts, band.met) for band in found.bands] == [
        ("all", 4, (0.75, 0.5, 0.25)),
        ("under 0.1 %", 1, (1, 0, 0)),
        ("0.1 to 1 %", 1, (1, 1, 0)),
        ("over 1 %", 2, (0.5, 0.5, 0.5)),
    ]
    assert found.bands[0].overlap == pytest.approx((0.5 + 0.76 + 0.95 + 0.2) / 4)
    assert recall_from(json.loads(json.dumps(asdict(found)))) == found


def test_a_size_without_parts_has_no_share() -> None:
    found = recall_over("ours", [MetParts(np.array([0.5]), np.array([1.0]), 1, 1)])
    assert (found.bands[1].parts, found.bands[1].met, found.bands[1].overlap) == (0, (), None)
    assert found.bands[-1].met == (1,) * len(GOALS)
