"""The list of labels: its order, many at once, lists from elsewhere; each one undo step.

Covers: store.edits.known_labels.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from acseg_core.errors import EditError
from acseg_core.formats.label_files import LabelFormat, read_labels, write_labels
from acseg_core.store import queries
from acseg_core.store.edits import history, label_list, review
from acseg_core.store.edits.label_list import (
    LabelEntry,
    LabelImport,
    change_labels,
    delete_label,
    delete_labels,
    import_labels,
    move_labels,
    recolor_labels,
)
from acseg_core.store.edits.labels import create_label, create_labels, update_label
from acseg_core.store.edits.palette import PALETTE, _turned, next_color
from acseg_core.types import RegionStatus


def _region(project, region_id):
    return queries.regions_by_id(project, [region_id])[region_id]


@pytest.fixture
def project(world):
    project = world.create(images=3, regions=4)
    for name in "abcde":
        create_label(project, name)
    return project


def names(project):
    return "".join(label.name for label in queries.labels(project))


def ids(project, wanted):
    by_name = {label.name: label.id for label in queries.labels(project)}
    return [by_name[name] for name in wanted]


@pytest.mark.parametrize(
    ("moved", "before", "order"),
    [
        ("e", "a", "eabcd"),
        ("a", None, "bcdea"),
        ("b", "d", "acbde"),
        ("db", "a", "dbace"),
        ("bd", None, "acebd"),
        ("bc", "c", "abcde"),
        ("ca", "c", "bcade"),
        ("abcde", "a", "abcde"),
        ("edcba", None, "edcba"),
    ],
)
def test_labels_move(world, project, moved, before, order):
    rows = world.rows()
    target = ids(project, before)[0] if before else None
    changes = move_labels(project, ids(project, moved), before=target)
    assert names(project) == order
    if order == "abcde":
        assert not changes.verb
        assert world.rows() == rows
        return
    assert changes.labels
    assert not changes.image_ids
    world.assert_one_step(project, rows, "Move labels" if len(moved) > 1 else "Move label")


def test_a_new_label_comes_last_after_moves(project):
    move_labels(project, ids(project, "a"), before=None)
    create_label(project, "f")
    assert names(project) == "bcdeaf"
    history.undo(project)
    history.undo(project)
    assert names(project) == "abcde"


def test_moving_into_a_group(world, project):
    rows = world.rows()
    move_labels(project, ids(project, "ec"), before=ids(project, "b")[0], supercategory=" animal ")
    assert names(project) == "aecbd"
    assert [label.supercategory for label in queries.labels(project)] == ["", "animal", "animal", "", ""]
    world.assert_one_step(project, rows, "Move labels")


def test_a_label_that_is_gone_does_not_move(world, project):
    rows = world.rows()
    for moved, before in (([99], None), ([1], 99)):
        with pytest.raises(EditError, match="label 99 is no longer in the project"):
            move_labels(project, moved, before=before)
    assert world.rows() == rows


def test_any_moves_keep_all_labels(new_world):
    place = st.integers(1, 5)

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.tuples(st.lists(place, unique=True, min_size=1), st.none() | place), min_size=1, max_size=5))
    def check(moves):
        world = new_world()
        project = world.create()
        for name in "abcde":
            create_label(project, name)
        start, order = world.rows(), [1, 2, 3, 4, 5]
        for moved, before in moves:
            move_labels(project, moved, before=before)
            rest = order[order.index(before) :] if before else []
            anchor = next((each for each in rest if each not in moved), None)
            order = [each for each in order if each not in moved]
            at = order.index(anchor) if anchor else len(order)
            order[at:at] = moved
            assert [label.id for label in queries.labels(project)] == order
        while history.state(project).undo != "Create label":
            history.undo(project)
        assert world.rows() == start
        world.close()

    check()


def test_what_labels_have_in_common_changes_at_once(world, project):
    rows = world.rows()
    change_labels(project, ids(project, "bd"), supercategory=" x ", is_thing=False, is_void=True)
    changed = [(label.supercategory, label.is_thing, label.is_void) for label in queries.labels(project)]
    plain, other = ("", True, False), ("x", False, True)
    assert changed == [plain, other, plain, other, plain]
    world.assert_one_step(project, rows, "Change labels")
    assert not change_labels(project, ids(project, "bd"), is_void=True).verb


def test_several_labels_are_deleted_at_once(world, project):
    review.name_regions(project, [1, 2], 1)
    review.name_regions(project, [5], 2)
    rows = world.rows()
    changes = delete_labels(project, [1, 2, 3])
    assert names(project) == "de"
    assert changes.image_ids == {1, 2}
    assert all(region.label_id is None for region in queries.regions(project, 1))
    world.assert_one_step(project, rows, "Delete labels")


def test_import_merges_by_name(world, project):
    update_label(project, 2, hotkey="7", supercategory="old", color="#010203")
    rows = world.rows()
    entries = [
        LabelEntry("B", "#ABCDEF", hotkey="1", is_thing=False),
        LabelEntry("c"),
        LabelEntry("f", hotkey="9", supercategory="s", is_void=True),
        LabelEntry("g", hotkey="1"),
        LabelEntry("h", hotkey=""),
        LabelEntry("i"),
    ]
    report, changes = import_labels(project, entries)
    assert report == LabelImport(created=("f", "g", "h", "i"), changed=("b",))
    assert changes.labels
    labels = {label.name: label for label in queries.labels(project)}
    assert list(labels) == list("abcdefghi")
    b = labels["b"]
    assert (b.color, b.hotkey, b.supercategory, b.is_thing) == ("#abcdef", "7", "old", False)
    assert labels["a"].hotkey == "1", "a key stays where it is"
    assert (labels["f"].hotkey, labels["f"].supercategory, labels["f"].is_void) == ("9", "s", True)
    assert [labels[name].hotkey for name in "ghi"] == [None, None, "2"]
    world.assert_one_step(project, rows, "Import labels")
    assert import_labels(project, entries)[0] == LabelImport()
    assert not import_labels(project, entries)[1].verb


def test_an_import_that_makes_no_sense_changes_nothing(world, project):
    rows = world.rows()
    for entry in (LabelEntry("x", color="red"), LabelEntry(" "), LabelEntry("x", hotkey="0")):
        with pytest.raises(EditError):
            import_labels(project, [LabelEntry("new"), entry])
    assert world.rows() == rows


def test_a_list_in_our_format_makes_the_same_labels_elsewhere(world, project, tmp_path):
    change_labels(project, [3, 5], supercategory="animal", is_thing=False, is_void=True)
    move_labels(project, [5], before=1)
    update_label(project, 2, hotkey=None)
    for number in range(8):
        create_label(project, f"more {number}", color=f"#00000{number}")
    write_labels(tmp_path / "labels.json", queries.labels(project), LabelFormat.ACSEG)
    other = world.create(folder=tmp_path / "other")
    import_labels(other, read_labels(tmp_path / "labels.json").entries)

    def told(from_project):
        return [
            (x.name, x.color, x.hotkey, x.supercategory, x.is_thing, x.is_void) for x in queries.labels(from_project)
        ]

    assert told(other) == told(project)


def test_recoloring_gives_the_palette_in_the_order_of_the_list(world, project):
    for label in queries.labels(project):
        update_label(project, label.id, color="#123456")
    label_list.move_labels(project, ids(project, "e"), before=ids(project, "a")[0])
    before = world.rows()
    label_list.recolor_labels(project)
    assert [label.color for label in queries.labels(project)] == list(PALETTE[:5])
    assert names(project) == "eabcd"
    world.assert_one_step(project, before, "Recolour labels")
    assert not label_list.recolor_labels(project).verb


def test_more_labels_than_colours_still_get_different_ones(project):
    for number in range(40):
        create_label(project, f"x{number}", color="#000001")
    label_list.recolor_labels(project)
    colors = [label.color for label in queries.labels(project)]
    assert len(set(colors)) == len(colors) == 45


def test_deleting_a_label_unnames_its_regions(world):
    project = world.create(images=3, regions=4)
    review.name_regions_as(project, [1, 5], "cat")
    review.name_regions_as(project, [2], "dog")
    world.sql("UPDATE region SET suggestion_id = 1, confidence = 0.5, status = 'suggested' WHERE id = 3")
    world.sql("UPDATE region SET suggestion_id = 1, confidence = 0.9 WHERE id = 2")
    before = world.rows()
    changes = delete_label(project, 1)
    assert (changes.labels, changes.image_ids) == (True, {1, 2})
    assert [label.name for label in queries.labels(project)] == ["dog"]
    for region_id in (1, 5, 3):
        region = _region(project, region_id)
        assert (region.label_id, region.suggestion_id, region.status) == (None, None, RegionStatus.PROPOSED)
    assert (_region(project, 2).status, _region(project, 2).suggestion_id) == (RegionStatus.ACCEPTED, None)
    assert create_label(project, "bird")[0].id == 3  # ids are not used twice
    history.undo(project)
    history.undo(project)
    assert world.rows() == before


def test_deleting_what_is_gone_is_refused_and_leaves_no_trace(world, project):
    before, newest = world.rows(), history.state(project).undo
    with pytest.raises(EditError, match="label 7 is no longer in the project"):
        delete_label(project, 7)
    assert world.rows() == before
    assert history.state(project).undo == newest


@pytest.fixture
def statements(project):
    """Every statement that goes to the database."""
    seen = []
    event.listen(project._engine, "before_cursor_execute", lambda *call: seen.append(call[2]))
    return seen


@pytest.mark.parametrize(
    "work",
    [
        lambda project, count: import_labels(project, [LabelEntry(f"new {n}") for n in range(count)]),
        lambda project, count: create_labels(project, [f"new {n}" for n in range(count)]),
        lambda project, _count: recolor_labels(project),
        lambda project, _count: move_labels(project, ids(project, "e"), before=ids(project, "a")[0]),
        lambda project, count: import_labels(
            project, [LabelEntry(f"old {n}", "#102030", supercategory="x") for n in range(count)]
        ),
    ],
)
def test_a_long_list_takes_no_more_statements_than_a_short_one(project, statements, work):
    """A statement a name made 3,000 names take two minutes, in which no other edit could be made."""
    took = []
    for count in (5, 100):
        import_labels(project, [LabelEntry(f"old {n}", f"#{n:06x}") for n in range(count)])
        statements.clear()
        work(project, count)
        took.append(len(statements))
        history.undo(project)
    assert took[0] == took[1] < 30


def test_the_same_name_twice_in_a_list_from_elsewhere_is_one_label(project):
    outcome, _ = import_labels(project, [LabelEntry("new", "#000000"), LabelEntry("NEW", "#ffffff", supercategory="x")])
    assert outcome == LabelImport(created=("new",))
    made = queries.label_called(project, "new")
    assert (made.name, made.color, made.supercategory) == ("new", "#ffffff", "x")


def test_thousands_of_labels_run_out_of_colours_but_not_of_labels(project):
    """There are fewer colours by turning the hue than labels may be; the search for one did not end."""
    every = {_turned(turn) for turn in range(20_000)}
    assert next_color({*PALETTE, *every}) in every
    assert next_color(PALETTE) not in PALETTE
