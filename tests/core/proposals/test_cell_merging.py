"""The tree of an image from its cells: colour decides where patches look alike, and heights can be stored."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from cell_trees import texture
from hypothesis import given, settings
from hypothesis import strategies as st

from acseg_core.config import CellConfig
from acseg_core.proposals.cell_merging import CellFeatures, colour_weight, grow_cell_tree
from acseg_core.proposals.cells import Cells, find_cells
from acseg_core.proposals.region_graph import RegionGraph
from acseg_core.proposals.tree import ConceptTree

CONFIG = CellConfig()


def grow(cells: Cells, descriptions: np.ndarray, config: CellConfig = CONFIG, **seen) -> ConceptTree:
    return grow_cell_tree(cells, CellFeatures(descriptions.astype(np.float32), **seen), config)


def stripes(colours: list[tuple[int, int, int]], *, side: int = 60) -> tuple[np.ndarray, np.ndarray]:
    """An image of vertical stripes, with a little noise, and the stripe of every pixel."""
    stripe = np.repeat(np.arange(len(colours)), side)[None].repeat(side, axis=0)
    noise = np.random.default_rng(0).normal(0, 2, (*stripe.shape, 3))
    return np.clip(np.array(colours)[stripe] + noise, 0, 255).astype(np.uint8), stripe


def looks(cells: Cells, of_pixels: np.ndarray) -> np.ndarray:
    """(n, D) of each cell, that of most of its pixels."""
    most = [np.bincount(of_pixels[cells.numbers == number]).argmax() for number in range(cells.graph.count)]
    return np.eye(int(of_pixels.max()) + 1, dtype=np.float32)[most]


def agreement(tree: ConceptTree, cells: Cells, truth: np.ndarray) -> float:
    """Share of pixels whose region, of a cut into as many as there are true ones, is mostly of their true one."""
    kinds = np.unique(tree.cut_to(int(truth.max()) + 1), return_inverse=True)[1][cells.numbers]
    return float(sum(np.bincount(truth[kinds == kind]).max() for kind in np.unique(kinds)) / truth.size)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 60), st.integers(1, 60), st.integers(2, 80), st.sampled_from([1, 5, 400]))
def test_heights_never_decrease_and_are_in_half_precision(seed, height, width, count, any_below):
    cells = find_cells(texture(height, width, seed), count)
    descriptions = np.random.default_rng(seed).normal(size=(cells.graph.count, 4)).astype(np.float32)
    tree = grow(cells, descriptions, replace(CONFIG, any_below=any_below))
    assert tree.leaves == cells.graph.count
    assert (np.diff(tree.heights) >= 0).all()
    np.testing.assert_array_equal(tree.heights.astype(np.float16).astype(np.float32), tree.heights)
    again = grow(cells, descriptions, replace(CONFIG, any_below=any_below))
    np.testing.assert_array_equal(again.merges, tree.merges)


def test_an_image_of_one_colour_has_a_tree_of_no_height():
    cells = find_cells(np.full((80, 80, 3), 120, np.uint8), 50)
    tree = grow(cells, np.ones((cells.graph.count, 6), np.float32))
    assert tree.leaves == 50
    assert tree.heights.max() < 1e-3
    assert np.isfinite(tree.heights).all()


def test_one_cell_is_a_tree_of_one_leaf():
    cells = find_cells(np.full((1, 1, 3), 120, np.uint8), 50)
    assert grow(cells, np.ones((1, 6), np.float32)).leaves == 1


def test_colour_decides_where_patches_look_alike():
    image, stripe = stripes([(90, 120, 60), (110, 100, 70), (70, 110, 110)])
    cells = find_cells(image, 100)
    alike = 1 + np.random.default_rng(0).normal(0, 1e-3, (cells.graph.count, 4))
    assert agreement(grow(cells, alike), cells, stripe) > 0.95
    assert agreement(grow(cells, alike, replace(CONFIG, colour=0.0)), cells, stripe) < 0.8


def test_patches_decide_where_they_differ_much():
    """Two things that each are half light, half dark: what they are is told by the patches alone."""
    image, stripe = stripes([(60, 60, 60), (190, 190, 190), (60, 60, 60), (190, 190, 190)])
    things = stripe // 2
    cells = find_cells(image, 120)
    tree = grow(cells, looks(cells, things))
    assert agreement(tree, cells, things) > 0.95


def test_colour_counts_the_same_in_pale_and_in_bright_images():
    """Up to the variance that is noise."""
    weighed = []
    for contrast in (0.3, 1.0):
        image, _ = stripes(
            [tuple(int(128 + contrast * each) for each in colour) for colour in ((-60, 0, 40), (60, 0, -40))]
        )
        cells = find_cells(image, 60)
        graph = cells.graph
        spread = graph.features - np.average(graph.features, axis=0, weights=graph.sizes)
        variance = float(graph.sizes @ (spread**2).sum(axis=1))
        weighed.append(colour_weight(graph, CONFIG.colour) * variance)
    assert weighed == pytest.approx([CONFIG.colour] * 2, rel=0.1)


def test_colours_that_change_from_cell_to_cell_count_less_than_those_of_large_things():
    count = 12
    numbers = np.arange(count * count, dtype=np.int32).reshape(count, count).repeat(4, axis=0).repeat(4, axis=1)
    strength = np.zeros(numbers.shape, np.uint8)
    y, x = np.divmod(np.arange(count * count), count)
    halves, chequered = (
        np.stack((each, 0 * each, 0 * each), axis=1).astype(np.float32) for each in (x // 6, (x + y) % 2)
    )
    of_halves, of_chequers = (
        colour_weight(RegionGraph.of(numbers, each, strength), 0.1) for each in (halves, chequered)
    )
    assert of_halves == pytest.approx(0.1 / halves.var(axis=0).sum(), rel=0.01)
    assert of_chequers < 0.5 * of_halves


def test_void_pixels_have_no_part_in_the_tree():
    """What a void area shows, and that it is there, changes nothing for the cells beside it."""
    image, stripe = stripes([(90, 120, 60), (110, 100, 70), (255, 0, 255)])
    valid = stripe < 2
    cells = find_cells(image, 80, valid=valid)
    image[stripe == 2] = (0, 255, 0)
    same = find_cells(image, 80, valid=valid)
    tree, other = (grow(each, np.ones((each.graph.count, 3), np.float32)) for each in (cells, same))
    assert tree.leaves == cells.graph.count
    assert agreement(tree, replace(cells, numbers=cells.numbers[:, :120]), stripe[:, :120]) > 0.95
    assert agreement(other, replace(same, numbers=same.numbers[:, :120]), stripe[:, :120]) > 0.95


def test_a_thin_line_stays_apart_from_what_is_around_it():
    """A line as dark as one half of the image, on the other, bright half: colour alone would join the two."""
    image = np.full((120, 160, 3), 200, np.uint8)
    image[:, 80:] = 90
    image[60:64, :76] = 90
    noise = np.random.default_rng(0).normal(0, 2, image.shape)
    cells = find_cells(np.clip(image + noise, 0, 255).astype(np.uint8), 200)
    line = np.zeros((120, 160), bool)
    line[60:64, :76] = True

    def best(surroundings: float) -> float:
        """The line's IoU with the region of 4 to 24 that meets it best, while only neighbours merge."""
        tree = grow(cells, np.ones((cells.graph.count, 3)), replace(CONFIG, any_below=1, surroundings=surroundings))
        found = []
        for count in range(4, 25):
            regions = np.unique(tree.cut_to(count), return_inverse=True)[1][cells.numbers]
            mine = regions == np.bincount(regions[line]).argmax()
            found.append((mine & line).sum() / (mine | line).sum())
        return max(found)

    assert best(CONFIG.surroundings) > 0.6
    assert best(CONFIG.surroundings) >= best(0.0)


def test_salient_cells_stay_apart_longer():
    image, stripe = stripes([(90, 90, 90)] * 4)
    cells = find_cells(image, 80)
    things = looks(cells, stripe)
    for bright in (1, 2):
        attention = np.where(things.argmax(axis=1) == bright, 5.0, 0.2).astype(np.float32)
        tree = grow(cells, things, attention=attention, config=replace(CONFIG, colour=0.0, surroundings=0.0))
        regions = np.unique(tree.cut_to(3), return_inverse=True)[1]
        assert (regions == np.bincount(regions[things.argmax(axis=1) == bright]).argmax()).sum() < 30, bright


def test_patches_that_differ_more_from_each_other_make_more_regions():
    cells = find_cells(texture(200, 200), 200)
    descriptions = np.random.default_rng(1).normal(size=(cells.graph.count, 6))
    few, many = (len(np.unique(grow(cells, descriptions, steps=steps).cut(0.07))) for steps in (1.0, 3.0))
    assert few < many


def test_a_plain_image_and_a_busy_one_both_have_regions_at_one_threshold():
    """Half of what decides is the image's own: no image is one region, none is all cells."""
    counts = []
    for loudness in (0.02, 0.1, 0.4):
        cells = find_cells(texture(200, 200), 200)
        random = np.random.default_rng(1)
        things = random.normal(size=(12, 6))[(cells.graph.features[:, 0] * 12).astype(int) % 12] * loudness
        tree = grow(cells, things.astype(np.float32))
        counts.append(len(np.unique(tree.cut(0.07))))
    assert min(counts) > 1
    assert max(counts) < 100
