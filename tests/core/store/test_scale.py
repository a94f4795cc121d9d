"""Large projects: bulk edits are set-based, and no query reads every region's row."""

import contextlib
import time

import pytest
from sqlalchemy import event, insert, update

from acseg_core.store import queries
from acseg_core.store.edits import history, ingest, review, runs
from acseg_core.store.edits.label_list import delete_label
from acseg_core.store.edits.labels import create_label, merge_labels
from acseg_core.store.queries import region_queries
from acseg_core.store.schema import IMAGE, REGION
from acseg_core.types import ImageStatus

IMAGES, REGIONS = 1500, 10


@pytest.fixture
def large(world):
    """1,500 images with 10 regions each; what is in the blobs does not matter here."""
    project = world.create(images=IMAGES)
    run_id = runs.begin_run(project, world.run)
    region = {
        "run_id": run_id,
        "origin": "cut",
        "status": "proposed",
        "area": 5,
        "box_x": 0.0,
        "box_y": 0.0,
        "box_width": 1.0,
        "box_height": 5.0,
        "descriptor": bytes(768),
        "counts": b"0" * 897 + b"5[1",  # runs of no pixel, then five and the rest
    }
    with project.write() as connection:
        rows = [region | {"image_id": n + 1, "node": k} for n in range(IMAGES) for k in range(REGIONS)]
        connection.execute(insert(REGION), rows)
        connection.execute(update(IMAGE).values(status=ImageStatus.PROPOSED.value))
    runs.finish_run(project, run_id)
    return project


@contextlib.contextmanager
def _statements(project):
    """Record every statement sent to SQLite, with its parameters."""
    sent = []

    def record(connection, cursor, statement, parameters, context, executemany):
        sent.append((statement, parameters))

    event.listen(project._engine, "before_cursor_execute", record)
    try:
        yield sent
    finally:
        event.remove(project._engine, "before_cursor_execute", record)


def test_ten_thousand_regions_are_named_and_unnamed_in_a_moment(world, large):
    before = world.rows()
    ids = list(range(1, 10_001))
    for edit in (lambda: review.name_regions_as(large, ids, "cat"), lambda: history.undo(large)):
        started = time.process_time()
        assert len(edit().region_ids) == 10_000
        assert time.process_time() - started < 2.0
    assert world.rows() == before


def test_bulk_edits_send_as_many_statements_as_small_ones(large):
    counts = []
    create_label(large, "to be forgotten")
    history.undo(large)
    for ids in ([1, 2], list(range(11, 8000))):
        with _statements(large) as sent:
            review.name_regions_as(large, ids, "cat")
            review.name_regions(large, ids, None)
            review.reject_regions(large, ids)
            for _ in range(3):
                history.undo(large)
            history.redo(large)
            history.undo(large)
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_the_number_of_queries_does_not_grow_with_the_images(large):
    for read in (queries.images, queries.image_ids, queries.labels, queries.label_usage, queries.region_counts):
        with _statements(large) as sent:
            read(large)
        assert len([statement for statement, _ in sent if statement.startswith("SELECT")]) <= 2
    with _statements(large) as sent:
        assert sum(len(regions) for _, regions in queries.image_regions(large)) == IMAGES * REGIONS
    assert len(sent) <= 2 + 2 * (IMAGES / region_queries._PAGE + 1)


def test_no_query_or_edit_scans_the_rows_of_all_regions(large):
    ids = list(range(1, 31))
    review.name_regions_as(large, ids, "cat")
    uses = (
        lambda: queries.images(large, offset=700, limit=50),
        lambda: queries.images(large, status=ImageStatus.DONE, limit=50),
        lambda: queries.next_image(large, 700, not_done=True),
        lambda: queries.regions(large, 5),
        lambda: queries.regions_by_id(large, ids),
        lambda: queries.descriptors(large, 5),
        lambda: queries.region_counts(large, ids),
        lambda: queries.region_counts(large),
        lambda: queries.label_usage(large),
        lambda: queries.label_regions(large, 1),
        lambda: queries.cluster_regions(large, 1),
        lambda: queries.summary(large),
        lambda: queries.unproposed_images(large),
        lambda: ingest.has_user_work(large, 5),
        lambda: review.name_regions_as(large, ids, "dog"),
        lambda: review.reject_regions(large, ids),
        lambda: history.undo(large),
        lambda: history.redo(large),
        lambda: review.accept_image(large, 7),
        lambda: merge_labels(large, [1], target_id=2),
        lambda: delete_label(large, 2),
        lambda: history.undo(large),
        lambda: history.state(large),
    )
    with _statements(large) as sent:
        for use in uses:
            use()
    scans = set()
    for statement, parameters in sent:
        if not statement.startswith(("SELECT", "INSERT INTO change", "UPDATE", "DELETE")):
            continue
        with large.read() as connection:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
        scans |= {
            (row[-1], statement) for row in plan if row[-1].startswith("SCAN region") and "COVERING" not in row[-1]
        }
    assert scans == set()


def test_a_page_at_the_end_costs_little_more_than_one_at_the_beginning(large):
    plan = "EXPLAIN QUERY PLAN SELECT id FROM image ORDER BY sort_key, id LIMIT 50 OFFSET 1000"
    with large.read() as connection:
        (line,) = (row[-1] for row in connection.exec_driver_sql(plan))
    assert line == "SCAN image USING COVERING INDEX ix_image_order"
