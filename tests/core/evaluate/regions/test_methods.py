"""The table of methods: names, and the settings that are chosen from what was counted."""

import numpy as np

from acseg_core.evaluate.regions import scene
from acseg_core.evaluate.regions.methods import (
    MOST_REGIONS,
    Group,
    Method,
    Survey,
    ablation_methods,
    ceiling_methods,
    edge_methods,
    ours,
    paper_method,
    peer_methods,
    settings_for,
    survey_scene,
    timed_partition,
)
from acseg_core.evaluate.regions.scene import LeafTree, Scene
from acseg_core.proposals.leaves import PatchTree
from acseg_core.proposals.tree import ConceptTree

TREE = ConceptTree(np.array([[0, 1], [2, 3], [4, 5]], np.int32), np.array([1, 2, 3], np.float32))


class TreeScene(Scene):
    """A scene of which only our tree is there: four columns of pixels, made in two seconds."""

    def __init__(self) -> None:
        self.trees = {scene.OURS: LeafTree(TREE, np.tile(np.arange(4), (2, 1)), 2.0)}


def test_every_method_has_a_name_of_its_own_and_its_group() -> None:
    peers = peer_methods()
    everything = [ours(), *peers.values(), paper_method(), *ablation_methods(), *edge_methods(), *ceiling_methods()]
    assert [name for name, method in peers.items() if method.name != name] == []
    assert len({method.name for method in everything}) == len(everything) == 22
    assert {method.group for method in ablation_methods()} == {Group.ABLATION}
    assert {method.group for method in edge_methods()} == {Group.EDGES}
    assert {method.group for method in ceiling_methods()} == {Group.CEILINGS}
    for method in everything:
        assert (method.tree is None) == bool(method.settings), "a height, or one of the settings"
        if method.name in ("kmeans", "colour-kmeans", "ward", "ncut"):
            assert list(method.settings) == sorted(method.settings)
            assert method.settings[-1] == MOST_REGIONS


def test_what_has_to_be_tried_is_tried_as_far_as_is_asked() -> None:
    usual, far = peer_methods(), peer_methods(MOST_REGIONS)
    for name in ("spectral", "slic"):
        assert list(far[name].settings) == sorted(far[name].settings)
        assert usual[name].settings == far[name].settings[: len(usual[name].settings)]
    assert (usual["spectral"].settings[-1], far["spectral"].settings[-1]) == (64, MOST_REGIONS)
    assert far["slic"].settings[-1] > MOST_REGIONS, "SLIC makes fewer than it is asked for"


def test_trees_whose_leaves_have_pixels_can_be_walked() -> None:
    made = TreeScene()
    assert ours().walked is not None
    assert ours().walked(made) is made.trees[scene.OURS]
    walked = [name for name, method in peer_methods().items() if method.walked is not None]
    assert walked == ["adaptive-ward", "slic-tokens-ward"]


def test_a_tree_is_cut_at_one_height_for_all_images() -> None:
    surveys = [Survey({scene.OURS: np.array(heights, np.float32)}) for heights in ([1, 2, 3], [1, 5, 6])]
    settings = settings_for(ours(), surveys, 2.5, seed=0)
    assert len(set(settings.tolist())) == 1
    assert np.mean([1 + (survey.heights[scene.OURS] > settings[0]).sum() for survey in surveys]) == 2.5


def test_counted_settings_are_chosen_by_the_counts_and_whole_ones_by_themselves() -> None:
    counted = Method("slic", Group.METHODS, lambda made, setting: made, settings=(10.0, 20.0), survey=lambda *_: 0)
    surveys = [Survey(counts={"slic": np.array(counts)}) for counts in ([2, 4], [2, 6])]
    assert settings_for(counted, surveys, 2.0, seed=0).tolist() == [10, 10]
    assert settings_for(counted, surveys, 5.0, seed=0).tolist() == [20, 20]
    plain = Method("kmeans", Group.METHODS, lambda made, setting: made, settings=(1.0, 2.0, 3.0))
    assert sorted(settings_for(plain, surveys, 2.5, seed=0).tolist()) == [2, 3]


def test_a_survey_counts_only_what_has_to_be_tried() -> None:
    tried = Method(
        "tried", Group.METHODS, lambda made, setting: made, settings=(1.0, 2.0), survey=lambda made, s: int(3 * s)
    )
    found = survey_scene(TreeScene(), [ours(), tried])
    assert found.heights[scene.OURS].tolist() == [1, 2, 3]
    assert {name: counts.tolist() for name, counts in found.counts.items()} == {"tried": [3, 6]}


def test_the_time_of_a_partition_has_that_of_its_tree_in_it() -> None:
    label_map, seconds = timed_partition(ours(), TreeScene(), 2.0)
    assert label_map.tolist() == [[0, 0, 1, 1]] * 2 or label_map.tolist() == [[1, 1, 0, 0]] * 2
    assert 2 <= seconds < 3


def test_edges_are_made_once_and_timed_alone() -> None:
    made, calls = TreeScene(), []

    def edges(_scene: Scene) -> np.ndarray:
        calls.append(1)
        return np.zeros((2, 4), int)

    def cut(given: Scene, setting: float) -> np.ndarray:
        return given.trees["other edges"].cut(setting)

    method = Method("other edges", Group.EDGES, cut, tree=scene.OURS, edges=edges)
    made.fine = PatchTree(TREE, np.zeros((1, 1, 4), np.float32))
    for _ in range(2):
        label_map, seconds = timed_partition(method, made, 0.5)
    assert not label_map.any()
    assert seconds < 2, "our own tree is not in it"
    assert calls == [1]
