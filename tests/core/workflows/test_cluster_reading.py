"""Reads of the concept browser: sections that pass a filter, pages of members, and regions similar to one."""

import numpy as np
import pytest
from clustered_project import save
from coloured_photos import finish

from acseg_core.errors import EditError
from acseg_core.shapes import masks
from acseg_core.store import create_project, queries
from acseg_core.store.edits import ingest, review, runs
from acseg_core.store.queries import cluster_queries
from acseg_core.store.queries.cluster_queries import NO_CLUSTER
from acseg_core.types import ImageInfo, RegionProposal, RegionStatus, RunInfo
from acseg_core.workflows import salience
from acseg_core.workflows.attention_cache import keep_attention
from acseg_core.workflows.cluster_reading import (
    LONERS,
    ClusterFilter,
    Section,
    find_like,
    find_salience_of_all,
    read_ids,
    read_overview,
    read_page,
    read_shown,
)

COLUMNS = 4


@pytest.fixture
def project(tmp_path):
    """Three images of four regions each, 1..12, in clusters of 5, 4, and two of 1; region 12 is in none.

    Regions of an image lie side by side; what is on the right is in the foreground of the first two images.
    """
    with create_project(tmp_path / "project", image_root=tmp_path) as made:
        ingest.add_images(made, [ImageInfo(f"{n}.jpg", f"{n:064x}", 1, 1, 8, 4, 8, 4) for n in range(3)])
        run_id = runs.begin_run(made, RunInfo("vit", "b" * 64, "acg", "a" * 64, "{}", "0"))
        random = np.random.default_rng(2)
        for number, image_id in enumerate(queries.image_ids(made)):
            found = masks.encode_label_map(np.tile(np.arange(8, dtype=np.uint8) // 2, (4, 1)))
            vectors = random.normal(size=(COLUMNS, 8))
            vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float16)
            runs.save_proposals(
                made,
                run_id,
                image_id,
                [
                    RegionProposal(node, mask, masks.bounding_box(mask), masks.area(mask), vectors[node])
                    for node, mask in found.items()
                ],
            )
            if number < 2:
                keep_attention(made.cache_dir, f"{number:064x}", np.tile([1e-9, 1e-9, 0.1, 0.1], (4, 1)).astype("f4"))
        runs.finish_run(made, run_id)
        save(made, [[1, 2, 3, 4, 5], [6, 7, 8, 9], [10], [11]])
        yield made


def sections(project, **wanted):
    return read_overview(project, ClusterFilter(**wanted)).sections


def test_a_filter_is_on_when_it_hides_anything():
    assert not ClusterFilter().is_on
    assert not ClusterFilter().narrows_members
    assert ClusterFilter(unnamed_only=True).is_on
    assert not ClusterFilter(unnamed_only=True).narrows_members, "whole clusters only"
    for changes in ({"label_id": 1}, {"status": RegionStatus.ACCEPTED}, {"image_id": 2}, {"in_front": False}):
        assert ClusterFilter(**changes).is_on
        assert ClusterFilter(**changes).narrows_members


def test_the_overview_has_a_section_for_each_cluster_and_counts_everything(project):
    overview = read_overview(project, ClusterFilter())
    assert (overview.regions, overview.clustered, overview.is_ground_known) == (12, 11, True)
    *_, rest = overview.sections
    assert (rest.key, rest.count, rest.record.unnamed, rest.record.images) == (NO_CLUSTER, 1, 1, 1)
    assert read_ids(project, rest.cluster_ids, ClusterFilter()) == [12]
    assert sum(section.count for section in overview.sections) == 12
    assert [section.count for section in overview.sections[:2]] == [5, 4]
    for section in overview.sections[:2]:
        assert section.cluster_ids == (section.key,)
        assert section.record.size == section.count


def test_single_regions_share_one_section_at_the_end(project):
    *_, last, _rest = sections(project)
    outliers = [each for each in cluster_queries.clusters(project) if each.size == 1 and each.outliers]
    assert len(outliers) == 2, "the two lone regions are outliers"
    assert (last.key, last.count, last.record.unnamed, last.record.outliers) == (LONERS, 2, 2, True)
    assert sorted(last.cluster_ids) == sorted(each.id for each in outliers)
    assert sorted(read_ids(project, last.cluster_ids, ClusterFilter())) == [10, 11]
    review.name_regions_as(project, [10], "cat")
    *_, last, _rest = sections(project)
    assert (last.record.unnamed, dict(last.record.label_counts)) == (1, {1: 1})


def test_regions_in_no_cluster_pass_the_filters_like_others(project):
    review.name_regions_as(project, [12], "cat")
    assert [each.key for each in read_overview(project, ClusterFilter(label_id=1)).sections] == [NO_CLUSTER]
    assert NO_CLUSTER not in [each.key for each in read_overview(project, ClusterFilter(unnamed_only=True)).sections]
    assert read_shown(project, [1, 12], [NO_CLUSTER], ClusterFilter()) == {12}


def test_a_cluster_that_was_named_just_now_is_listed_all_the_same(project):
    first = read_overview(project, ClusterFilter()).sections[0].key
    review.name_regions_as(project, read_ids(project, [first], ClusterFilter()), "cat")
    wanted = ClusterFilter(unnamed_only=True)
    assert first not in [each.key for each in read_overview(project, wanted).sections]
    assert first in [each.key for each in read_overview(project, wanted, {first}).sections]


def test_filters_count_what_passes_and_the_totals_stay(project):
    review.name_regions_as(project, [1, 2, 6], "cat")
    overview = read_overview(project, ClusterFilter(label_id=1))
    assert sorted(section.count for section in overview.sections) == [1, 2]
    assert (overview.regions, overview.clustered) == (12, 11)
    assert sum(section.count for section in sections(project, image_id=1)) == 4
    first = sections(project, label_id=1)[0]
    assert sorted(read_ids(project, first.cluster_ids, ClusterFilter(label_id=1))) in ([1, 2], [6])
    review.name_regions_as(project, [6, 7, 8, 9], "dog")
    assert 4 not in [section.count for section in sections(project, unnamed_only=True)]


def test_foreground_and_background_divide_what_is_known(project):
    front, back = ClusterFilter(in_front=True), ClusterFilter(in_front=False)
    shown = {}
    for wanted in (front, back):
        overview = read_overview(project, wanted)
        assert overview.is_ground_known
        ids = [id_ for section in overview.sections for id_ in read_ids(project, section.cluster_ids, wanted)]
        assert sum(section.count for section in overview.sections) == len(ids)
        shown[wanted] = set(ids)
    assert shown[front] & shown[back] == set()
    assert {3, 4, 7, 8} <= shown[front]
    assert {1, 2, 5, 6} <= shown[back]


def test_without_attention_nothing_is_known_of_the_foreground(project):
    for file in project.cache_dir.rglob("*"):
        if file.is_file():
            file.unlink()
    overview = read_overview(project, ClusterFilter(in_front=True))
    assert (overview.sections, overview.is_ground_known) == ((), False)
    assert finish(find_salience_of_all(project)) is False


def test_salience_of_all_is_known_once_every_image_has_it(project):
    assert finish(find_salience_of_all(project)) is False, "nothing is kept of the third image"
    keep_attention(project.cache_dir, f"{2:064x}", np.full((4, 4), 0.1, np.float32))
    assert finish(find_salience_of_all(project)) is True
    assert len(salience.read_salience(project.cache_dir)) == 12


def test_pages_join_up_to_the_order_that_was_read_first(project):
    section = sections(project)[0]
    order, page = read_page(project, section, ClusterFilter(), None, slice(0, 2))
    again, rest = read_page(project, section, ClusterFilter(), order, slice(2, 9))
    assert order == again == read_ids(project, section.cluster_ids, ClusterFilter())
    assert [region.id for region in (*page, *rest)] == order
    _, chosen = read_page(project, Section(7, 2), ClusterFilter(), [9, 3], slice(0, 9))
    assert [region.id for region in chosen] == [9, 3], "an order of the browser's own"


def test_of_some_regions_those_that_are_shown(project):
    clusters = [section.cluster_ids[0] for section in sections(project)[:2]]
    assert read_shown(project, [1, 6, 10, 12, 99], clusters, ClusterFilter()) == {1, 6}
    assert read_shown(project, [1, 6], clusters[:1], ClusterFilter()) == {1}
    assert read_shown(project, [1, 6], clusters, ClusterFilter(image_id=2)) == {6}
    assert read_shown(project, [12], clusters, ClusterFilter()) == frozenset()


def test_the_region_itself_leads_those_like_it(project):
    found = find_like(project, 3)
    assert (found.query_id, found.regions[0].id, found.similarities[0]) == (3, 3, 1.0)
    assert sorted(region.id for region in found.regions) == list(range(1, 13))
    assert list(found.similarities) == sorted(found.similarities, reverse=True)
    table = cluster_queries.descriptors(project)
    vectors = table.descriptors.astype(np.float32)
    for region, similarity in zip(found.regions[1:], found.similarities[1:], strict=True):
        assert similarity == pytest.approx(float(vectors[region.id - 1] @ vectors[2]), abs=1e-2)
    with pytest.raises(EditError, match="region 99 is no longer in the project"):
        find_like(project, 99)
