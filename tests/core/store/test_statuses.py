"""Which regions count as what: conditions of statements agree with each other and with single rows."""

import itertools

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from acseg_core.store import queries, statuses
from acseg_core.store.edits import cuts, ingest, suggestions
from acseg_core.store.edits.labels import create_label
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
