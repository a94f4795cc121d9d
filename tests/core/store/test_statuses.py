"""Which regions count as what: conditions of statements agree with each other and with single rows."""

import itertools

import pytest
from clustered_project import of as cluster_of
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from acseg_core.images.files import CHANGED
from acseg_core.store import queries, statuses
from acseg_core.store.edits import clusters, confirming, cuts, ingest, review, suggestions
from acseg_core.store.edits.labels import create_label
from acseg_core.store.queries import cluster_queries
from acseg_core.store.schema import REGION
from acseg_core.types import ImageStatus, RegionOrigin, RegionStatus, Verdict


@pytest.fixture
def everything(world):
    """A region for every origin, stored status, label, suggestion and verdict."""
    project = world.create(images=1)
    create_label(project, "sky")
    stored = (RegionStatus.PROPOSED, RegionStatus.ACCEPTED, RegionStatus.REJECTED)
    kinds = itertools.product(RegionOrigin, stored, (None, 1), (None, 1), Verdict)
    shape = {"area": 1, "box_x": 0.0, "box_y": 0.0, "box_width": 1.0, "box_height": 1.0, "counts": b"01_1"}
    rows = [
        shape
        | {"image_id": 1, "origin": origin.value, "node": 0 if origin is RegionOrigin.CUT else None}
        | {"status": status.value, "label_id": label_id, "suggestion_id": suggestion_id, "verdict": verdict.value}
        for origin, status, label_id, suggestion_id, verdict in kinds
    ]
    with project.write() as connection:
        connection.execute(insert(REGION), rows)
    return project


def ids(project, condition):
    with project.read() as connection:
        return set(connection.execute(select(REGION.c.id).where(condition)).scalars())


def test_conditions_of_statements_are_those_of_rows(everything):
    regions = {region.id: region for region in queries.regions(everything, 1)}
    assert len(regions) == 4 * 3 * 2 * 2 * 3

    def those(holds):
        return {id_ for id_, region in regions.items() if holds(region)}

    assert ids(everything, statuses.UNDECIDED) == those(lambda region: region.is_undecided)
    assert ids(everything, statuses.OPEN) == those(lambda region: region.is_open)
    suggested = those(lambda region: region.status is RegionStatus.SUGGESTED)
    assert ids(everything, statuses.SUGGESTED) == ids(everything, statuses.OFFERED) == suggested
    assert ids(everything, statuses.NAMED) == those(lambda region: region.label_id is not None)
    assert ids(everything, statuses.UNNAMED) == regions.keys() - ids(everything, statuses.NAMED)
    nameless = those(lambda region: region.label_id is None and region.status is not RegionStatus.REJECTED)
    assert ids(everything, statuses.NAMELESS) == ids(everything, statuses.NAMELESS_OF_ALL) == nameless
    made = (RegionOrigin.DRAWN, RegionOrigin.IMPORTED)
    assert ids(everything, statuses.BY_HAND) == those(lambda region: region.origin in made)
    assert ids(everything, statuses.FREE) == those(lambda region: region.is_undecided and region.origin not in made)
    assert ids(everything, statuses.REPLACEABLE) == those(lambda region: region.is_open and region.origin not in made)
    assert ids(everything, statuses.CONFIRMED) == those(
        lambda region: region.label_id is not None and region.verdict is Verdict.CONFIRMED
    )


@pytest.mark.parametrize(
    "wrong",
    [
        "origin = 'found'",
        "origin = 'cut'",
        "node = 3",
        "verdict = 'doubted'",
        "confidence = 1.5",
        "confidence = -0.5",
    ],
)
def test_nothing_else_can_be_stored(world, wrong):
    project = world.create(images=1, regions=2)
    with project.write() as connection:
        connection.exec_driver_sql("UPDATE region SET origin = 'drawn', node = NULL")
    with project.write() as connection, pytest.raises(IntegrityError, match="CHECK"):
        connection.exec_driver_sql(f"UPDATE region SET {wrong}")


@pytest.mark.parametrize("origin", [RegionOrigin.IMPORTED, RegionOrigin.DRAWN])
def test_what_people_made_is_told_by_its_origin(world, origin):
    project = world.create(images=1)
    world.propose_tree(project, [1])
    assert not ingest.has_user_work(project, 1)
    kept = queries.regions(project, 1)[0]
    world.sql(f"UPDATE region SET origin = '{origin}', node = NULL WHERE id = {kept.id}")
    assert queries.image(project, 1).status is ImageStatus.PROPOSED
    assert ingest.has_user_work(project, 1)
    cuts.recut_image(project, 1, 0.95)
    cuts.recut_image(project, 1, 0.05)
    assert queries.regions_by_id(project, [kept.id])[kept.id].mask == kept.mask
    assert suggestions.free_pixels(project, 1).sum() == 48 - kept.area


READERS = {
    "clustering": lambda project: set(cluster_queries.descriptors(project).region_ids.tolist()),
    "clusters": lambda project: {
        id_ for each in cluster_queries.clusters(project) for id_ in cluster_queries.member_ids(project, each.id)
    },
    "cluster files": lambda project: {each.id for each in cluster_queries.assignments(project)},
    "similar regions": lambda project: {1} | {each.id for each, _ in cluster_queries.similar_regions(project, 1)},
    "learned from": lambda project: set(suggestions.named_descriptors(project)[0].region_ids.tolist()) | {2, 3, 4},
    "suggested for": lambda project: {1} | set(suggestions.unnamed_descriptors(project).region_ids.tolist()),
    "doubted": lambda project: set(confirming.named_regions(project).table.region_ids.tolist()) | {2, 3, 4},
    "waiting": lambda project: {1} | {id_ for id_, *_ in suggestions.waiting_regions(project)},
}
"""Who reads the regions of many images, and which of 1 to 12 they get (those that they never get are added)."""


@pytest.mark.parametrize("problem", ["missing", CHANGED, "damaged"])
@pytest.mark.parametrize("reader", READERS)
def test_no_reader_of_many_images_takes_regions_of_one_with_a_problem(clustered, reader, problem):
    """Three images, the second with regions 5 to 8. On the code of before, all but the last reader took these, too."""
    review.name_regions_as(clustered, [1, 5], "sky")
    read = READERS[reader]
    everything = read(clustered)
    assert {5, 6, 7, 8} & everything
    ingest.mark_problems(clustered, {"001.jpg": problem})
    assert read(clustered) == everything - {5, 6, 7, 8}
    ingest.mark_problems(clustered, {"001.jpg": ""})
    assert read(clustered) == everything, "they are kept, and count again when the file is back"


def test_what_nobody_can_see_is_neither_named_nor_counted_with_the_others(clustered):
    cluster = cluster_of(clustered, 5)
    label, _ = create_label(clustered, "sky")
    suggestions.save_suggestions(clustered, [1, 6], [label.id] * 2, [0.9] * 2)
    ingest.mark_problems(clustered, {"001.jpg": CHANGED})
    assert len(queries.suggestion_confidences(clustered)) == 1
    assert suggestions.accept_suggestions(clustered).region_ids == {1}
    clusters.name_cluster(clustered, cluster, "sky", rename=True)
    regions = queries.regions_by_id(clustered, range(1, 13))
    assert {id_ for id_, region in regions.items() if region.label_id is not None} == {1, 2, 3, 4}
    review.name_regions(clustered, [7], label.id)
    assert queries.label_usage(clustered)[label.id].regions == 5, "whoever deletes the label takes five names"
    assert queries.label_usage(clustered, usable_only=True)[label.id].regions == 4
    assert set(queries.region_counts(clustered, usable_only=True)) == {1, 3}
