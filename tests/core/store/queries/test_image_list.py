"""Searching and sorting images, against the same done in plain Python."""

import operator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from acseg_core.errors import SearchError
from acseg_core.store import queries
from acseg_core.store.edits import history, ingest, merging, remarks, review, suggestions
from acseg_core.store.edits.labels import create_label
from acseg_core.store.queries.image_list import ImageOrder, first_not_done, images_by_id, search_images
from acseg_core.store.queries.image_search import QUEUES, NameKey, NumberKey, parse
from acseg_core.types import ImageStatus, RegionStatus

COMPARE = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}


LABELS = ("car", "Traffic light", "sky")


@pytest.fixture
def varied(world):
    """Twelve images with up to five regions each: named, suggested, rejected, declined; of all statuses."""
    return _vary(world)


def _vary(world):
    random = np.random.default_rng(7)
    project = world.create()
    ingest.add_images(project, [world.info(f"{'night' if n % 3 else 'Day'}/{n}.jpg", width=8 + n) for n in range(12)])
    labels = [create_label(project, name)[0].id for name in LABELS]
    for image_id in queries.image_ids(project):
        count = int(random.integers(0, 6))
        if not count:
            continue
        world.propose(project, [image_id], regions=count)
        for region in queries.regions(project, image_id):
            label = int(random.choice(labels))
            match random.integers(0, 5):
                case 0:
                    review.name_regions(project, [region.id], label)
                case 1:
                    review.reject_regions(project, [region.id])
                case 2 | 3:
                    suggestions.save_suggestions(project, [region.id], [label], [float(random.integers(0, 11)) / 10])
                    if random.random() < 0.2:
                        suggestions.decline_suggestions(project, [region.id])
        if random.random() < 0.3:
            review.set_image_status(project, image_id, ImageStatus.DONE)
    ingest.mark_problems(project, {"night/4.jpg": "missing"})
    return project


def _value(regions, record, key):
    suggested = [region for region in regions if region.status is RegionStatus.SUGGESTED]
    named = [region for region in regions if region.label_id is not None]
    rejected = [region for region in regions if region.status is RegionStatus.REJECTED]
    match key:
        case NumberKey.REGIONS:
            return len(regions)
        case NumberKey.NAMED:
            return len(named)
        case NumberKey.UNNAMED:
            return len(regions) - len(named) - len(rejected)
        case NumberKey.SUGGESTED:
            return len(suggested)
        case NumberKey.REJECTED:
            return len(rejected)
        case NumberKey.LABELS:
            return len({region.label_id for region in named})
        case NumberKey.CONFIDENCE:
            return min((region.confidence for region in suggested), default=None)
        case NumberKey.WIDTH:
            return record.width
        case NumberKey.HEIGHT:
            return record.height


def _is_queued(regions, record, queue):
    is_usable = not record.problem
    return {
        "open": record.status is not ImageStatus.DONE and is_usable,
        "review": record.status in (ImageStatus.PROPOSED, ImageStatus.IN_REVIEW),
        "suggested": _value(regions, record, NumberKey.SUGGESTED) > 0,
        "unnamed": _value(regions, record, NumberKey.UNNAMED) > 0,
        "problem": not is_usable,
        "missing": record.problem == "missing",
        "changed": record.problem == "changed since it was added",
        "unreadable": record.problem not in ("", "missing", "changed since it was added"),
    }[queue]


def _holds(project, record, term):
    regions = queries.regions(project, record.id)
    names = {label.id: label.name.casefold() for label in queries.labels(project)}
    key = getattr(term, "key", None)
    if key is None:
        holds = term.text.casefold() in record.path.casefold()
    elif isinstance(key, NumberKey):
        value = _value(regions, record, key)
        holds = value is not None and COMPARE[term.operator](value, term.value)
    else:
        wanted = {name.casefold() for name in term.names}
        if key is NameKey.LABEL:
            holds = bool(wanted & {names.get(region.label_id) for region in regions})
        elif key is NameKey.SUGGESTED:
            suggested = [region for region in regions if region.status is RegionStatus.SUGGESTED]
            holds = bool(wanted & {names[region.suggestion_id] for region in suggested})
        elif key is NameKey.STATUS:
            holds = record.status.value in wanted
        else:
            holds = any(_is_queued(regions, record, queue) for queue in wanted)
    return holds != term.negated


def _brute(project, search):
    return [
        record.id for record in queries.images(project) if all(_holds(project, record, term) for term in search.terms)
    ]


WORDS = [
    *("night", "DAY/3", "%", "label:car", 'label:"traffic light",sky', "suggested:car", "suggested:sky,CAR"),
    *(f"status:{status.value}" for status in ImageStatus),
    *(f"queue:{queue}" for queue in ("open", "review", "suggested", "unnamed", *QUEUES[4:])),
    *("queue:problem,suggested", "width>=12", "height<6", "height=6", "conf!=0.5"),
    *(f"conf{sign}{share}" for sign in COMPARE for share in ("0", "0.3", "0.5", "100%")),
    *(
        f"{key}{sign}{number}"
        for key in ("regions", "unnamed", "named", "suggested", "rejected", "labels")
        for sign in COMPARE
        for number in (0, 1, 3)
    ),
]


def test_every_word_and_its_opposite_finds_what_it_says(varied):
    found = set()
    for word in WORDS:
        for text in (word, f"-{word}"):
            search = parse(text)
            ids = search_images(varied, search)
            assert ids == _brute(varied, search), text
            found.add(len(ids))
    assert len(found) > 8, "the words tell the images apart"


def test_words_are_combined(world):
    project = _vary(world)

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.tuples(st.booleans(), st.sampled_from(WORDS)), min_size=2, max_size=4))
    def check(words):
        search = parse(" ".join(f"-{word}" if negated else word for negated, word in words))
        assert search_images(project, search) == _brute(project, search)

    check()


def test_what_is_found_is_one_statement_that_reads_no_rows_of_regions(varied):
    sent = []

    def record(connection, cursor, statement, parameters, context, executemany):
        sent.append((statement, parameters))

    event.listen(varied._engine, "before_cursor_execute", record)
    for word in WORDS:
        sent.clear()
        search_images(varied, parse(f"{word} -{word}"))
        selects = [(statement, parameters) for statement, parameters in sent if statement.startswith("SELECT")]
        assert len(selects) == 2, "the labels, and the images"
        with varied.read() as connection:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {selects[1][0]}", selects[1][1]).fetchall()
        read = [row[-1] for row in plan if row[-1].split()[:2] in (["SCAN", "region"], ["SEARCH", "region"])]
        rows = [line for line in read if "COVERING INDEX" not in line and "ix_region_suggestion" not in line]
        assert not rows, f"{word}: {rows}"
    event.remove(varied._engine, "before_cursor_execute", record)


def test_orders(varied):
    records = {record.id: record for record in queries.images(varied)}
    place = {image_id: place for place, image_id in enumerate(records)}
    regions = {image_id: queries.regions(varied, image_id) for image_id in records}

    def value(image_id, key):
        return _value(regions[image_id], records[image_id], key)

    search = parse("-DAY/3")
    ids = [image_id for image_id in records if image_id in set(search_images(varied, search))]
    assert 3 < len(ids) < 12
    statuses = list(ImageStatus)
    keys = {
        ImageOrder.STATUS: lambda image_id: statuses.index(records[image_id].status),
        ImageOrder.REGIONS: lambda image_id: value(image_id, NumberKey.REGIONS),
    }
    for order, key in keys.items():
        for sign in (1, -1):
            wanted = sorted(ids, key=lambda image_id: (sign * key(image_id), place[image_id]))
            assert search_images(varied, search, order=order, descending=sign < 0) == wanted
    assert search_images(varied, search, descending=True) == ids[::-1]
    for descending in (False, True):
        found = search_images(varied, search, order=ImageOrder.CONFIDENCE, descending=descending)
        confidences = [value(image_id, NumberKey.CONFIDENCE) for image_id in found]
        known = [confidence for confidence in confidences if confidence is not None]
        assert 1 < len(known) < len(confidences)
        assert known == sorted(known, reverse=descending)
        assert confidences == known + [None] * (len(confidences) - len(known))


def test_the_last_change_counts_however_it_was_made(world):
    project = world.create(images=6)
    world.propose(project, [1, 2, 3, 4], regions=3)
    by_image = {image_id: [region.id for region in queries.regions(project, image_id)] for image_id in (1, 2, 3, 4)}

    def listed():
        found = search_images(project, parse(""), order=ImageOrder.CHANGED, descending=True)
        assert found[-2:] == [5, 6], "those never changed come last"
        return found[:4]

    assert listed() == [1, 2, 3, 4]
    review.name_regions_as(project, by_image[3][:1], "cat")
    assert listed() == [3, 1, 2, 4]
    merging.merge_regions(project, by_image[2][:2])
    assert listed() == [2, 3, 1, 4]
    review.name_regions_as(project, by_image[3][1:], "cat")
    assert listed() == [3, 2, 1, 4]
    review.set_image_status(project, 4, ImageStatus.DONE)
    assert listed() == [4, 3, 2, 1]
    history.undo(project)
    assert listed() == [3, 2, 1, 4], "what is undone did not happen"
    found = search_images(project, parse(""), order=ImageOrder.CHANGED)
    assert found == [1, 4, 2, 3, 5, 6]


def test_a_label_that_there_is_not_is_an_error(varied):
    with pytest.raises(SearchError, match="did you mean label:car"):
        search_images(varied, parse("label:cra"))


def test_records_by_id(varied):
    records = {record.id: record for record in queries.images(varied)}
    assert images_by_id(varied, [3, 1, 999]) == {1: records[1], 3: records[3]}


def test_the_first_of_a_list_that_is_not_done(world):
    project = world.create(images=1200)
    ids = queries.image_ids(project)[::-1]
    assert first_not_done(project, ids) == ids[0]
    world.sql("UPDATE image SET status = 'done' WHERE id > 100")
    ingest.mark_problems(project, {"099.jpg": "missing"})
    assert first_not_done(project, ids) == 99
    assert first_not_done(project, ids[:1000]) is None
    assert first_not_done(project, []) is None


def test_what_people_remarked_is_found(project):
    """On the code of before there was no key for it."""
    first, second, third = queries.image_ids(project)[:3]
    remarks.write_comment(project, first, "Too DARK, Straße nass")
    remarks.write_comment(project, second, "100% sure, a_b")
    review.accept_image(project, third)
    remarks.set_reviewed(project, [third], is_reviewed=True)

    def found(text):
        return search_images(project, parse(text))

    assert found("comment:dark") == [first]
    assert found('comment:"STRASSE NASS"') == [first]
    assert found("comment:dark,sure") == [first, second]
    assert found("comment:0%") == [second]
    assert found("comment:a_b") == [second]
    assert found("comment:axb") == []
    assert found("is:commented") == [first, second]
    assert found("is:reviewed") == [third]
    assert found("is:reviewed,commented") == [first, second, third]
    assert len(found("-is:reviewed")) == len(queries.image_ids(project)) - 1
    assert found("is:commented -comment:dark") == [second]
