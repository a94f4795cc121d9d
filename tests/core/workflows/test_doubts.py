"""Doubtful names of a project: found in the store, not asked about again when a person kept them."""

import numpy as np
import pytest

from acseg_core.names.doubts import LEAST_DOUBT
from acseg_core.shapes import masks
from acseg_core.store import create_project, open_project, queries
from acseg_core.store.edits import confirming, history, ingest, review, runs
from acseg_core.types import ImageInfo, RegionProposal, RunInfo
from acseg_core.workflows.doubts import find_doubtful_names

RUN = RunInfo("vit", "b" * 64, "acg.safetensors", "a" * 64, "{}", "0.1.0")
IMAGES, REGIONS, LOOKS = 12, 10, 5


@pytest.fixture
def empty(tmp_path):
    """An open project of twelve images, and ten regions in each, 1..120."""
    random = np.random.default_rng(0)
    centres = random.normal(size=(LOOKS, 8))
    stripes = masks.encode_label_map(np.tile(np.arange(REGIONS, dtype=np.uint8), (2, 1)))
    with create_project(tmp_path / "project", image_root=tmp_path) as project:
        infos = [ImageInfo(f"{n}.jpg", f"{n:064x}", 100, 1, REGIONS, 2, REGIONS, 2) for n in range(IMAGES)]
        ingest.add_images(project, infos)
        run_id = runs.begin_run(project, RUN)
        for image_id in queries.image_ids(project):
            points = centres[(1 + np.arange(REGIONS)) % LOOKS] + 0.2 * random.normal(size=(REGIONS, 8))
            points /= np.linalg.norm(points, axis=1, keepdims=True)
            proposals = [
                RegionProposal(node, mask, masks.bounding_box(mask), masks.area(mask), points[node].astype(np.float16))
                for node, mask in stripes.items()
            ]
            runs.save_proposals(project, run_id, image_id, proposals)
        runs.finish_run(project, run_id)
        yield project


@pytest.fixture
def project(empty):
    """Regions are named by their looks, in bulk, but 13 and 58 by another one's."""
    named = {id_: id_ % LOOKS for id_ in range(1, IMAGES * REGIONS + 1)} | {13: 0, 58: 1}
    for look in range(LOOKS):
        review.name_regions_as(empty, [id_ for id_, its in named.items() if its == look], f"look {look}")
    return empty


def doubted(project):
    return {name.region_id: (name.label_id, name.other_id) for name in find_doubtful_names(project)}


def test_wrong_names_are_found_with_what_they_are(project):
    assert doubted(project) == {13: (1, 4), 58: (2, 4)}
    sure = [name.confidence for name in find_doubtful_names(project)]
    assert sure == sorted(sure, reverse=True)
    assert len(find_doubtful_names(project, at_least=(sure[0] + sure[1]) / 2)) == 1


def test_a_name_that_was_kept_is_not_asked_about_again_until_that_is_undone(project):
    confirming.keep_names(project, [13])
    assert doubted(project) == {58: (2, 4)}
    folder = project.folder
    project.close()
    with open_project(folder) as again:
        assert doubted(again) == {58: (2, 4)}
        history.undo(again)
        assert doubted(again) == {13: (1, 4), 58: (2, 4)}


def test_a_name_given_to_the_region_alone_is_not_doubted(project):
    review.name_regions(project, [13], 3)
    assert doubted(project) == {58: (2, 4)}


def test_taking_the_other_name_ends_the_doubt(project):
    confirming.correct_names(project, find_doubtful_names(project), confirmed=False)
    assert doubted(project) == {}


def test_nothing_named_nothing_doubted(empty):
    assert find_doubtful_names(empty) == []


def test_what_is_hardly_a_doubt_is_not_listed(empty):
    """On the code of before doubts of 0 % and 1 % were listed."""
    names = np.random.default_rng(5).permutation(np.arange(IMAGES * REGIONS) % 40)
    for name in range(40):
        review.name_regions_as(empty, [int(id_) + 1 for id_ in np.flatnonzero(names == name)[:2]], f"name {name}")
        review.name_regions_as(empty, [int(id_) + 1 for id_ in np.flatnonzero(names == name)[2:]], f"name {name}")
    every = find_doubtful_names(empty, at_least=0.0)
    listed = find_doubtful_names(empty)
    assert listed == [name for name in every if name.confidence >= LEAST_DOUBT]
    assert len(listed) < len(every)
