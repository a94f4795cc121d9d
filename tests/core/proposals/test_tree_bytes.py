"""Stored trees: what comes back, how large they are, and that damage is told."""

from __future__ import annotations

from dataclasses import astuple, replace

import cv2
import numpy as np
import pytest
from cell_trees import texture, tree_of_cells
from hypothesis import given, settings
from hypothesis import strategies as st

from acseg_core.images.files import load_image
from acseg_core.proposals.image_tree import ImageTree
from acseg_core.proposals.leaf_map import is_of_cells
from acseg_core.proposals.tree import ConceptTree, threshold_of
from acseg_core.proposals.tree_bytes import TreeBytes, read_tokens, rounded
from acseg_resources import resource_path

MERGES = np.array([(0, 1), (2, 3), (4, 5)], np.int32)
HEIGHTS = np.array([0.1, 0.2, 0.3], np.float32)


def plain_tree(seed: int = 0) -> ImageTree:
    """One that is not of cells, as earlier versions make them."""
    random = np.random.default_rng(seed)
    leaf_map = random.integers(0, 4, (6, 8))
    leaf_map.ravel()[:4] = np.arange(4)
    return ImageTree.of(ConceptTree(MERGES, HEIGHTS), leaf_map, random.normal(size=(4, 5)).astype(np.float16))


def cells_tree(seed: int = 0, *, count: int = 40, size: tuple[int, int] = (30, 40)) -> ImageTree:
    valid = np.ones(size, bool)
    valid[: 1 + size[0] // 3, : size[1] // 4] = seed % 2 == 0
    return tree_of_cells(texture(*size, seed), count=count, seed=seed, valid=valid)


def assert_same(found: ImageTree, expected: ImageTree) -> None:
    np.testing.assert_array_equal(found.leaf_map, expected.leaf_map)
    np.testing.assert_array_equal(found.tree.merges, expected.tree.merges)
    np.testing.assert_array_equal(found.tree.heights, expected.tree.heights)
    np.testing.assert_array_equal(found.tokens, expected.tokens)
    np.testing.assert_array_equal(found.group_of_leaf, expected.group_of_leaf)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 300), st.tuples(st.integers(1, 40), st.integers(1, 40)))
def test_a_tree_of_cells_comes_back_as_it_was(seed, count, size):
    tree = cells_tree(seed, count=count, size=size)
    stored = TreeBytes.of(tree)
    assert is_of_cells(stored.leaf_map)
    assert_same(stored.read(), tree)
    assert TreeBytes.of(stored.read()) == stored
    tokens, groups = read_tokens(stored.leaf_map, stored.heights, stored.leaf_tokens)
    np.testing.assert_array_equal(tokens, tree.tokens)
    np.testing.assert_array_equal(groups, tree.group_of_leaf)


def test_other_trees_come_back_as_they_were_in_the_form_of_earlier_versions():
    tree = plain_tree()
    stored = TreeBytes.of(tree)
    assert_same(stored.read(), tree)
    assert stored.merges == MERGES.astype("<i4").tobytes()
    assert stored.heights == HEIGHTS.astype("<f4").tobytes()
    assert stored.leaf_tokens == tree.tokens.astype("<f2").tobytes()


def test_what_version_7_stored_is_read():
    old = TreeBytes(
        cv2.imencode(".png", np.array([[0, 1, 2], [3, 3, 255]], np.uint8))[1].tobytes(),
        MERGES.astype("<i4").tobytes(),
        HEIGHTS.astype("<f4").tobytes(),
        np.arange(8, dtype="<f2").tobytes(),
    )
    read = old.read()
    assert read.leaf_map.tolist() == [[0, 1, 2], [3, 3, 0xFFFF]]
    assert read.tokens.tolist() == [[0, 1], [2, 3], [4, 5], [6, 7]]
    assert [region.area for region in read.regions(read.tree.cut(0.25))] == [3, 2]


@given(st.integers(0, 10_000), st.floats(1e-6, 1e6))
def test_rounding_tokens_twice_changes_nothing_more(seed, scale):
    tokens = (np.random.default_rng(seed).normal(size=(6, 9)) * scale).astype(np.float32)
    tokens[5] = 0
    once = rounded(tokens)
    assert (np.abs(once - tokens) <= np.abs(tokens).max(axis=1, keepdims=True) / 254 * 1.001).all()
    np.testing.assert_array_equal(rounded(once), once)


def photograph(number: int) -> np.ndarray:
    """A bundled photograph of 2,048 pixels: enlarged, with the fine detail that one of that size would have."""
    paths = sorted(path for path in resource_path("samples").iterdir() if path.suffix == ".jpg")
    image = load_image(paths[number % len(paths)])
    scale = 2048 / max(image.shape[:2])
    size = (round(image.shape[1] * scale), round(image.shape[0] * scale))
    large = cv2.resize(image, size, interpolation=cv2.INTER_CUBIC).astype(np.float32)
    detail = texture(size[1], size[0], number).astype(np.float32) - 128
    return np.clip(large + 0.15 * detail, 0, 255).astype(np.uint8)


def test_trees_of_photographs_of_2048_pixels_take_64_kilobytes_on_average():
    taken = []
    for number in range(4):
        stored = TreeBytes.of(tree_of_cells(photograph(number), dim=384, seed=number))
        taken.append(sum(map(len, astuple(stored))))
        assert stored.read().leaf_map.shape[0] > 1000
    assert np.mean(taken) <= 64 * 1024


@pytest.mark.parametrize("made", [plain_tree, cells_tree])
@pytest.mark.parametrize("part", ["leaf_map", "merges", "heights", "leaf_tokens"])
def test_parts_that_are_cut_off_or_go_on_are_refused(made, part):
    stored = TreeBytes.of(made())
    whole = getattr(stored, part)
    longer = [whole + b"\0"] if part != "leaf_map" or is_of_cells(whole) else []  # a PNG says itself where it ends
    for other in (b"", whole[:1], whole[:-1], whole[:-2], whole[: len(whole) // 2], *longer):
        with pytest.raises(ValueError) as caught:  # noqa: PT011  # NumPy's words, or ours
            replace(stored, **{part: other}).read()
        assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("made", [plain_tree, cells_tree])
def test_every_changed_byte_is_refused_or_makes_another_tree_that_can_be_cut(made):
    stored, refused = TreeBytes.of(made()), 0
    for part in ("merges", "heights", "leaf_tokens"):
        whole = getattr(stored, part)
        for place in range(len(whole)):
            odd = whole[:place] + bytes([whole[place] ^ 0x85]) + whole[place + 1 :]
            try:
                read = replace(stored, **{part: odd}).read()
            except ValueError as error:
                refused += str(error).isprintable()
                continue
            with np.errstate(over="ignore", invalid="ignore"):
                regions = read.regions(read.tree.cut(threshold_of(0.5)))
            assert sum(region.area for region in regions) == (read.leaf_map != 0xFFFF).sum()
    assert refused > len(stored.merges) // 2


@pytest.mark.parametrize("made", [plain_tree, cells_tree])
def test_a_map_of_more_leaves_than_the_tree_has_is_refused(made):
    """As another tree's map would be: its pixels could be cut into nothing."""
    stored, more = TreeBytes.of(made()), made()
    if more.leaves.leaf_of_cell is None:
        odd = replace(more.leaves, numbers=more.leaves.numbers + 1)
    else:
        odd = replace(more.leaves, leaf_of_cell=(more.leaves.leaf_of_cell + 1).astype(np.uint16))
    with pytest.raises(ValueError, match="leaf map has leaf"):
        replace(stored, leaf_map=odd.to_bytes()).read()


def test_parts_of_trees_of_different_forms_are_refused():
    plain, cells = TreeBytes.of(plain_tree()), TreeBytes.of(cells_tree())
    for part in ("leaf_map", "merges", "heights", "leaf_tokens"):
        with pytest.raises(ValueError):  # noqa: PT011  # whichever is looked at first
            replace(plain, **{part: getattr(cells, part)}).read()
        with pytest.raises(ValueError):  # noqa: PT011
            replace(cells, **{part: getattr(plain, part)}).read()


def test_tokens_that_are_no_numbers_are_refused():
    stored = TreeBytes.of(cells_tree())
    groups, dim = np.frombuffer(stored.leaf_tokens[:4], "<u2")
    place = 4 + int(groups) * int(dim)
    odd = stored.leaf_tokens[:place] + np.float32("nan").tobytes() + stored.leaf_tokens[place + 4 :]
    with pytest.raises(ValueError, match="not a number"):
        replace(stored, leaf_tokens=odd).read()


def test_more_groups_than_a_byte_can_count_are_refused():
    tree = cells_tree(count=300, size=(90, 120))
    assert tree.tree.leaves > 256
    many = replace(tree, tokens=np.zeros((257, 3), np.float32))
    with pytest.raises(ValueError, match="257 groups"):
        TreeBytes.of(many)
