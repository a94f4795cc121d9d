"""Undo and redo: exact rows, across restarts, under any sequence of edits."""

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from acseg_core.errors import EditError
from acseg_core.store import queries
from acseg_core.store.edits import history, ingest, merging, review, suggestions
from acseg_core.store.edits.label_list import delete_label
from acseg_core.store.edits.labels import create_label, merge_labels, update_label
from acseg_core.types import HistoryState, ImageStatus, OpChanges, RegionStatus, Verdict


def _undo_all(project) -> int:
    steps = 0
    while history.undo(project) is not None:
        steps += 1
    return steps


def _redo_all(project) -> int:
    steps = 0
    while history.redo(project) is not None:
        steps += 1
    return steps


def test_nothing_to_undo_or_redo(world):
    project = world.create(images=1)
    assert history.state(project) == HistoryState()
    assert history.undo(project) is None
    assert history.redo(project) is None
    assert history.operations(project) == []


def test_undo_and_redo_say_what_changed(world):
    project = world.create(images=2, regions=3)
    review.name_regions_as(project, [1, 4], "cat")
    kept = next(iter(merging.merge_regions(project, [1, 2]).region_ids))
    assert history.state(project) == HistoryState(undo="Merge regions")
    assert history.undo(project) == OpChanges(
        verb="Merge regions", image_ids=frozenset({1}), region_ids=frozenset({1, 2})
    )
    assert history.undo(project) == OpChanges(
        verb="Name regions", images=True, labels=True, image_ids=frozenset({1, 2}), region_ids=frozenset({1, 4})
    )
    assert history.state(project) == HistoryState(undo="Propose", redo="Name regions")
    assert history.undo(project) == OpChanges(verb="Propose", images=True, image_ids=frozenset({1, 2}))
    assert queries.summary(project).regions == 0
    assert history.redo(project).verb == "Propose"
    assert history.redo(project).verb == "Name regions"
    assert history.redo(project).region_ids == {kept}
    assert history.state(project) == HistoryState(undo="Merge regions")


def test_operations_are_listed_newest_first(world):
    project = world.create(images=1, regions=3)
    review.name_regions_as(project, [1], "cat")
    review.accept_image(project, 1)
    history.undo(project)
    listed = history.operations(project)
    assert [(record.id, record.verb) for record in listed] == [(2, "Name regions"), (1, "Propose")]
    assert listed[0].time >= listed[1].time
    assert listed[0].time.utcoffset() is not None
    assert len(history.operations(project, 1)) == 1


def test_a_new_edit_forgets_what_could_be_redone(world):
    project = world.create(images=2, regions=3)
    review.name_regions_as(project, [1], "cat")
    history.undo(project)
    history.undo(project)
    world.propose(project, [1], regions=2)
    assert history.state(project) == HistoryState(undo="Propose")
    assert history.redo(project) is None
    # nothing of the forgotten operations is left anywhere
    assert world.sql("SELECT count(*) FROM operation") == [(1,)]
    assert world.sql("SELECT DISTINCT operation_id FROM change") == world.sql("SELECT id FROM operation")
    assert world.sql("SELECT (SELECT count(*) FROM removed_region), (SELECT count(*) FROM removed_label)") == [(0, 0)]


def test_undo_after_reopening(world):
    project = world.create(images=2, regions=4)
    states = [world.rows()]
    review.name_regions_as(project, [1, 2, 5], "cat")
    states.append(world.rows())
    merging.merge_regions(project, [1, 2])
    states.append(world.rows())
    delete_label(project, 1)
    states.append(world.rows())
    project.close()
    for expected in reversed(states[:-1]):
        with world.open() as project:
            assert history.undo(project) is not None
            assert world.rows() == expected
    for expected in states[1:]:
        with world.open() as project:
            assert history.redo(project) is not None
            assert world.rows() == expected


def test_inserts_are_not_stored_twice(world):
    world.create(images=1, regions=40)
    blobs = "SELECT coalesce(sum(length({0}.counts) + length({0}.descriptor)), 0) FROM {0}"
    assert world.sql(blobs.format("region"))[0][0] > 40 * 16
    assert world.sql(blobs.format("removed_region")) == [(0,)]
    assert world.sql("SELECT count(*) FROM change WHERE typeof(before) = 'blob' OR typeof(after) = 'blob'") == [(0,)]


def test_rows_changed_outside_the_history_survive_undo(world):
    """Clusters and suggestions are made by the machine; undoing over them must work all the same."""
    project = world.create(images=1, regions=4)
    review.name_regions_as(project, [1], "cat")
    world.sql("INSERT INTO cluster (id, rank, size, created_at) VALUES (5, 0, 4, '')")
    world.sql("UPDATE region SET cluster_id = 5, suggestion_id = 1")
    merging.merge_regions(project, [1, 2, 3])
    world.sql("PRAGMA foreign_keys = ON")
    with project.write() as connection:
        connection.exec_driver_sql("DELETE FROM cluster")
    history.undo(project)
    assert [region.cluster_id for region in queries.regions(project, 1)] == [None] * 4
    history.undo(project)
    assert queries.labels(project) == []
    assert [region.suggestion_id for region in queries.regions(project, 1)] == [None] * 4
    assert _redo_all(project) == 2
    assert world.sql("PRAGMA foreign_key_check") == []


class Annotator(RuleBasedStateMachine):
    """Somebody edits, undoes and redoes at random; what must hold is checked after every step."""

    make_world = None

    @initialize()
    def begin(self) -> None:
        self.world = type(self).make_world()
        self.project = self.world.create(images=3)
        self.bare = self.world.rows()
        self.states = {0: self.bare}
        self.world.propose(self.project, [1, 2, 3], regions=5)

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        end = self.world.rows()
        redone = 0
        while history.redo(self.project) is not None:
            redone += 1
        last = self.world.rows()
        undone = _undo_all(self.project)
        assert self.world.rows() == self.bare
        self.project.close()
        self.project = self.world.open()
        assert _redo_all(self.project) == undone
        assert self.world.rows() == last
        for _ in range(redone):
            history.undo(self.project)
        assert self.world.rows() == end
        assert self.world.sql("PRAGMA foreign_key_check") == []
        assert self.world.sql("PRAGMA integrity_check") == [("ok",)]
        self.world.close()

    @rule(pick=st.data(), image_id=st.integers(1, 3))
    def merge(self, pick, image_id) -> None:
        ids = [region.id for region in queries.regions(self.project, image_id)]
        if len(ids) > 1:
            chosen = pick.draw(st.lists(st.sampled_from(ids), min_size=2, max_size=4, unique=True))
            merging.merge_regions(self.project, chosen)

    @rule(pick=st.data(), name=st.sampled_from(["cat", "dog", "sky", "CAT"]))
    def name(self, pick, name) -> None:
        if ids := self._region_ids():
            review.name_regions_as(
                self.project, pick.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=6)), name
            )

    @rule(pick=st.data())
    def unname(self, pick) -> None:
        if ids := self._region_ids():
            review.name_regions(self.project, pick.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=6)), None)

    @rule(pick=st.data())
    def reject(self, pick) -> None:
        if ids := self._region_ids():
            review.reject_regions(self.project, pick.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=3)))

    @rule(image_id=st.integers(1, 3))
    def accept(self, image_id) -> None:
        review.accept_image(self.project, image_id)

    @rule(image_id=st.integers(1, 3), status=st.sampled_from(list(ImageStatus)))
    def set_status(self, image_id, status) -> None:
        review.set_image_status(self.project, image_id, status)

    @rule(image_id=st.integers(1, 3), regions=st.integers(1, 6))
    def propose(self, image_id, regions) -> None:
        self.world.propose(self.project, [image_id], regions=regions, seed=regions)

    @rule(name=st.sampled_from(["cat", "dog", "sky", "sea"]), hotkey=st.sampled_from([None, "1", "2", "3"]))
    def create_label(self, name, hotkey) -> None:
        if name in self._labels().values():
            with pytest.raises(EditError):
                create_label(self.project, name, hotkey=hotkey)
        else:
            create_label(self.project, name, hotkey=hotkey)

    @precondition(lambda self: self._labels())
    @rule(pick=st.data(), name=st.sampled_from(["cat", "dog", "tree"]), hotkey=st.sampled_from([None, "1", "2"]))
    def change_label(self, pick, name, hotkey) -> None:
        label_id = pick.draw(st.sampled_from(sorted(self._labels())))
        try:
            update_label(self.project, label_id, name=name, hotkey=hotkey, color="#123456")
        except EditError:
            assert name in (other for id_, other in self._labels().items() if id_ != label_id)

    @precondition(lambda self: self._labels())
    @rule(pick=st.data())
    def delete_label(self, pick) -> None:
        delete_label(self.project, pick.draw(st.sampled_from(sorted(self._labels()))))

    @precondition(lambda self: len(self._labels()) > 1)
    @rule(pick=st.data())
    def merge_labels(self, pick) -> None:
        target, *sources = pick.draw(st.permutations(sorted(self._labels())))
        merge_labels(self.project, sources, target_id=target)

    @rule(image_id=st.integers(1, 3), height=st.integers(2, 9))
    def adopt(self, image_id, height) -> None:
        path = queries.image(self.project, image_id).path
        info = self.world.info(path, sha256=f"{height:064x}", height=height, stored_height=height)
        ingest.adopt_changed(self.project, [image_id], [info])

    @rule()
    def undo(self) -> None:
        before, state = self.world.rows(), history.state(self.project)
        changes = history.undo(self.project)
        assert (changes.verb if changes else None) == state.undo
        if changes:
            self._reflects(changes, before)
            assert history.state(self.project).redo == state.undo
            assert self.world.rows() == self.states[self._done()]

    @rule()
    def redo(self) -> None:
        before, state = self.world.rows(), history.state(self.project)
        changes = history.redo(self.project)
        assert (changes.verb if changes else None) == state.redo
        if changes:
            self._reflects(changes, before)
            assert self.world.rows() == self.states[self._done()]

    @rule()
    def undo_and_redo(self) -> None:
        before = self.world.rows()
        if history.undo(self.project):
            history.redo(self.project)
            assert self.world.rows() == before

    @rule()
    def reopen(self) -> None:
        state = history.state(self.project)
        self.project.close()
        self.project = self.world.open()
        assert history.state(self.project) == state

    @invariant()
    def states_are_remembered(self) -> None:
        if hasattr(self, "project"):
            self.states[self._done()] = self.world.rows()

    @invariant()
    def images_are_partitioned(self) -> None:
        if hasattr(self, "project"):
            for record, regions in queries.image_regions(self.project):
                if regions:
                    self.world.assert_partition(self.project, record.id)

    @invariant()
    def labels_make_sense(self) -> None:
        if hasattr(self, "project"):
            labels = queries.labels(self.project)
            hotkeys = [label.hotkey for label in labels if label.hotkey]
            assert len(hotkeys) == len(set(hotkeys))
            assert len({label.name.casefold() for label in labels}) == len(labels)
            known = {label.id for label in labels}
            named = (region for _, regions in queries.image_regions(self.project) for region in regions)
            assert all(region.label_id is None or region.label_id in known for region in named)

    def _region_ids(self) -> list[int]:
        return sorted(region.id for _, regions in queries.image_regions(self.project) for region in regions)

    def _done(self) -> int:
        """How many operations are done and not undone."""
        return len(history.operations(self.project, 1000))

    def _labels(self) -> dict[int, str]:
        """Ids and case-folded names."""
        return {label.id: label.name.casefold() for label in queries.labels(self.project)}

    def _reflects(self, changes: OpChanges, before) -> None:
        """The changes told are those that happened."""
        after = self.world.rows()
        assert changes.labels == (before["label"] != after["label"])
        if before["image"] != after["image"]:
            assert changes.images
        moved = {row[1] for row in set(before["region"]) ^ set(after["region"])}
        assert moved <= changes.image_ids
        assert changes.region_ids <= {row[0] for row in after["region"]}


def test_any_sequence_of_edits_can_be_taken_back_and_done_again(new_world):
    machine = type("AnnotatorInWorld", (Annotator,), {"make_world": staticmethod(new_world)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=10,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            phases=[Phase.explicit, Phase.generate],  # shrinking a failure takes minutes; add Phase.shrink to study one
        ),
    )


def test_edits_of_another_version_are_listed_undone_and_done_again(world):
    project = world.create(images=1, regions=3)
    first = queries.regions(project, 1)[0].id
    review.name_regions_as(project, [first], "sky")
    world.sql("UPDATE operation SET verb = 'Straighten horizon' WHERE id = (SELECT max(id) FROM operation)")
    assert history.state(project).undo == "Straighten horizon"
    assert [record.verb for record in history.operations(project)] == ["Straighten horizon", "Propose"]
    undone = history.undo(project)
    assert (undone.verb, undone.region_ids) == ("Straighten horizon", {first}), "a person did it, for all we know"
    assert history.redo(project).verb == "Straighten horizon"
    assert queries.regions(project, 1)[0].label_id is not None


def test_a_region_that_is_declined_again_has_no_suggestion_made_since(world):
    """The record of its naming knows nothing of a suggestion that was made while the name was undone."""
    project = world.create(images=1, regions=3)
    create_label(project, "sky")
    create_label(project, "road")
    chosen = queries.regions(project, 1)[0].id
    suggestions.save_suggestions(project, [chosen], [1], [0.5])
    suggestions.decline_suggestions(project, [chosen])
    review.name_regions(project, [chosen], 1)
    review.name_regions(project, [chosen], None)
    review.name_regions(project, [chosen], 1)
    history.undo(project)
    suggestions.save_suggestions(project, [chosen], [2], [0.75])
    for _ in range(2):
        history.undo(project)
    region = queries.regions_by_id(project, [chosen])[chosen]
    assert (region.status, region.suggestion_id, region.confidence) == (RegionStatus.PROPOSED, None, None)
    assert region.verdict is Verdict.DECLINED
    assert suggestions.accept_suggestions(project).verb == ""
    history.undo(project)
    region = queries.regions_by_id(project, [chosen])[chosen]
    assert (region.suggestion_id, region.confidence, region.verdict) == (1, 0.5, Verdict.NONE)
