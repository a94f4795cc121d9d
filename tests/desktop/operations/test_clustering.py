"""The clustering that is kept between two movements of the slider: cut again, of its own project only."""

import pytest

from acseg_core.errors import EditError
from acseg_core.store import open_project, queries
from acseg_core.store.edits import history
from acseg_desktop.operations.clustering import ClusterDrag, ClusteringCache, cluster_all, recut


@pytest.fixture
def project(kinds):
    """Four images, each with one region of each of four kinds; not clustered."""
    with open_project(kinds) as opened:
        yield opened


def finish(work):
    for _ in work:
        pass


def clusters_of(project):
    regions = [region for id_ in queries.image_ids(project) for region in queries.regions(project, id_)]
    return len({region.cluster_id for region in regions})


def test_regions_of_one_kind_are_in_one_cluster(project):
    finish(cluster_all(project, ClusteringCache(), count=4))
    regions = [region for id_ in queries.image_ids(project) for region in queries.regions(project, id_)]
    assert len({(region.cluster_id, region.node) for region in regions}) == clusters_of(project) == 4


def test_without_a_number_one_is_chosen(project):
    finish(cluster_all(project, ClusteringCache(), count=None))
    assert 1 < clusters_of(project) < 16


def test_all_cuts_of_one_movement_are_one_operation(project):
    cache, drag = ClusteringCache(), ClusterDrag()
    before = len(history.operations(project))
    finish(cluster_all(project, cache, count=2, drag=drag))
    for count in (3, 8, 6):
        recut(project, cache, count=count, drag=drag)
        assert clusters_of(project) == count
    assert len(history.operations(project)) == before + 1
    recut(project, cache, count=4, drag=ClusterDrag())
    assert len(history.operations(project)) == before + 2


def test_another_project_has_nothing_kept(project):
    cache = ClusteringCache()
    finish(cluster_all(project, cache, count=4))
    assert cache.of(project) is not None
    assert cache.of(object()) is None
    cache.forget()
    assert cache.of(project) is None


def test_without_regions_there_is_nothing_to_cluster(many_images):
    with open_project(many_images) as project, pytest.raises(EditError):
        finish(cluster_all(project, ClusteringCache(), count=None))
