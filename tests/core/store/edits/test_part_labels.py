"""Labels of a part: matched, taken over where only the part changed them, listed where both did."""

import pytest

from acseg_core.store.edits import history, label_list, labels
from acseg_core.store.edits.part_labels import PartLabels
from acseg_core.store.edits.part_records import PartRecord
from acseg_core.store.edits.recorder import edit
from acseg_core.store.queries import label_queries
from acseg_core.store.queries.part_origin import AGREED_FIELDS
from acseg_core.store.records import name_key
from acseg_core.verbs import Verb


class Pair:
    """A project and its part with the labels "cat" and "dog", and what was agreed on."""

    def __init__(self, world):
        self.world = world
        self.project = world.create()
        self.part = world.create(folder=world.root / "part")
        for each in (self.project, self.part):
            labels.create_label(each, "cat", color="#111111")
            labels.create_label(each, "dog", color="#222222")
        fields = {each.id: {name: getattr(each, name) for name in AGREED_FIELDS} for each in self.labels(self.part)}
        self.record = PartRecord({}, fields, {id_: id_ for id_ in fields})
        self.told = []

    @staticmethod
    def labels(project):
        return label_queries.labels(project)

    def merge(self, *, takes_part=False, used=()):
        """Merge the labels; the part's ids in ``used`` are those of regions that come along."""
        self.told.clear()
        before = self.world.rows()
        with edit(self.project, Verb.MERGE_PARTS) as recording:
            merged = PartLabels(
                recording,
                self.labels(self.part),
                self.record,
                names_before={name_key(label.name) for label in self.labels(self.project)},
                takes_part=takes_part,
                tell=lambda *args: self.told.append(args),
            )
            for part_id in used:
                merged.label_id(part_id)
            merged.end()
            changed = recording.result().verb
        after = self.world.rows()
        if changed:
            history.undo(self.project)
            assert self.world.rows() == before
            history.redo(self.project)
            assert self.world.rows() == after
        self.record.labels |= merged.agreed
        self.record.label_ids |= merged.ids
        return merged

    def names(self):
        return [label.name for label in self.labels(self.project)]

    def label(self, name):
        return label_queries.label_called(self.project, name)


@pytest.fixture
def pair(world):
    return Pair(world)


def test_what_only_the_part_changed_is_taken(pair):
    labels.update_label(
        pair.part, 1, name="Kätzchen", color="#abcdef", hotkey="7", supercategory="animal", is_void=True
    )
    labels.create_label(pair.part, "bird", color="#333333", hotkey="5")
    merged = pair.merge()
    assert pair.names() == ["Kätzchen", "dog", "bird"]
    cat = pair.label("kätzchen")
    assert (cat.id, cat.color, cat.hotkey, cat.supercategory, cat.is_void) == (1, "#abcdef", "7", "animal", True)
    assert (merged.created, list(merged.changed)) == (["bird"], ["Kätzchen"])
    assert pair.label("bird").hotkey == "5"
    assert pair.label("bird").category_id == 3
    assert pair.told == []
    again = pair.merge()
    assert (again.created, again.changed, pair.told) == ([], {}, [])


def test_what_only_the_project_changed_stays(pair):
    labels.update_label(pair.project, 1, name="tiger", color="#abcdef")
    pair.merge()
    assert pair.names() == ["tiger", "dog"]
    assert pair.label("tiger").color == "#abcdef"
    assert pair.told == []


def test_new_labels_of_one_name_are_one(pair):
    labels.create_label(pair.project, "owl", color="#999999")
    labels.create_label(pair.part, "horse")
    labels.create_label(pair.part, "OWL", color="#888888")
    merged = pair.merge()
    assert pair.names() == ["cat", "dog", "owl", "horse"]
    assert merged.ids == {1: 1, 2: 2, 3: 4, 4: 3}
    assert pair.told == [], "that two people were given different colours is no conflict"
    assert pair.label("horse").category_id == 4, "3 is taken"
    labels.update_label(pair.part, 4, is_void=True)
    pair.merge()
    assert pair.label("owl").is_void


def test_new_labels_of_one_name_that_differ_are_told(pair):
    labels.create_label(pair.project, "water", is_thing=True)
    labels.create_label(pair.part, "water", is_thing=False)
    pair.merge()
    assert pair.told == [("water: things or stuff", "stuff", "things", False)]
    assert pair.label("water").is_thing
    pair.merge(takes_part=True)
    assert pair.told == [("water: things or stuff", "stuff", "things", True)]
    assert not pair.label("water").is_thing


@pytest.mark.parametrize("takes_part", [False, True])
def test_what_both_changed_is_a_conflict(pair, takes_part):
    labels.update_label(pair.project, 1, name="tiger", supercategory="wild")
    labels.update_label(pair.part, 1, name="kitten", supercategory="tame")
    pair.merge(takes_part=takes_part)
    assert pair.told[0] == ("tiger: name", "kitten", "tiger", takes_part)
    assert pair.told[1][1:] == ("tame", "wild", takes_part)
    assert pair.names()[0] == ("kitten" if takes_part else "tiger")
    pair.merge()
    assert bool(pair.told) is not takes_part, "what was decided against the part is a conflict again"


def test_the_same_change_in_both_is_none(pair):
    for each in (pair.project, pair.part):
        labels.update_label(each, 1, name="tiger")
    pair.merge()
    labels.update_label(pair.part, 1, name="lion")
    pair.merge()
    assert (pair.names(), pair.told) == (["lion", "dog"], [])


def test_a_name_that_another_label_has_is_that_label(pair):
    labels.create_label(pair.project, "wolf")
    labels.update_label(pair.part, 2, name="wolf")
    merged = pair.merge()
    assert pair.names() == ["cat", "dog", "wolf"]
    assert merged.ids == {1: 1, 2: 3}
    assert pair.told == [("dog: name", "wolf", "dog", False)]


def test_names_that_change_places_stay_where_they_are(pair):
    labels.update_label(pair.part, 1, name="x")
    labels.update_label(pair.part, 2, name="cat")
    labels.update_label(pair.part, 1, name="dog")
    merged = pair.merge(takes_part=True)
    assert merged.ids == {1: 2, 2: 1}
    assert pair.names() == ["cat", "dog"]
    assert [told[0] for told in pair.told] == ["cat: name", "dog: name"]


def test_a_name_that_became_free_in_the_part_and_was_given_again(pair):
    labels.update_label(pair.part, 1, name="tiger")
    labels.create_label(pair.part, "cat")
    pair.merge()
    assert sorted(pair.names()) == ["cat", "dog"], "the old one keeps its name, or undo could not bring that back"
    assert [told[0] for told in pair.told] == ["cat: name"]


def test_keys_may_change_hands(pair):
    assert [pair.label(name).hotkey for name in ("cat", "dog")] == ["1", "2"]
    labels.update_label(pair.part, 1, hotkey="2")
    labels.update_label(pair.part, 2, hotkey="1")
    pair.merge()
    assert [pair.label(name).hotkey for name in ("cat", "dog")] == ["2", "1"]
    assert pair.told == []


def test_a_key_that_another_label_got_in_the_project_is_told(pair):
    labels.create_label(pair.project, "owl", hotkey="8")
    labels.update_label(pair.part, 1, hotkey="8")
    pair.merge()
    assert (pair.label("cat").hotkey, pair.label("owl").hotkey) == ("1", "8")
    assert pair.told == [("cat: key", "8", "1", False)]


def test_what_the_project_deleted_comes_back_only_with_regions(pair):
    label_list.delete_label(pair.project, 1)
    labels.update_label(pair.part, 1, color="#abcdef")
    pair.merge()
    assert pair.names() == ["dog"]
    merged = pair.merge(used=[1])
    assert pair.names() == ["dog", "cat"]
    assert merged.ids[1] == pair.label("cat").id == 3
    assert pair.label("cat").category_id == 3, "no number is given twice"


def test_what_the_part_deleted_goes_unless_it_was_changed(pair):
    labels.update_label(pair.project, 2, supercategory="animal")
    label_list.delete_labels(pair.part, [1, 2])
    merged = pair.merge()
    assert (merged.deleted, merged.kept) == (["cat"], ["dog"])
    assert pair.names() == ["dog"]


def test_deleted_and_made_again_is_the_same(pair):
    label_list.delete_label(pair.part, 1)
    labels.create_label(pair.part, "cat")
    merged = pair.merge()
    assert merged.ids == {2: 2, 3: 1}
    assert (merged.deleted, merged.kept, pair.names()) == ([], [], ["cat", "dog"])
