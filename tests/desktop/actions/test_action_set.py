"""Actions as Qt knows them: their texts and keys follow the keymap, and who is meant by a key."""

import pytest
from PySide6.QtCore import QObject

from acseg_core.verbs import Verb
from acseg_desktop.actions.action_set import ActionSet
from acseg_desktop.actions.keymap import Keymap
from acseg_desktop.actions.need import Need
from acseg_desktop.actions.spec import EDIT, REGION, ActionSpec
from acseg_desktop.preferences import Preferences

SPECS = (
    ActionSpec("edit.undo", "&Undo", EDIT, lambda calls: lambda: calls.append("undo"), ("Ctrl+Z",)),
    ActionSpec("edit.redo", "&Redo", EDIT, lambda calls: lambda: calls.append("redo")),
    ActionSpec("region.merge", "&Merge…", REGION, lambda calls: lambda: calls.append("merge"), ("M",)),
    ActionSpec("clusters.merge", "Merge", REGION, lambda _calls: lambda: None, ("M",), needs=Need.IN_BROWSER),
)


@pytest.fixture
def calls():
    return []


@pytest.fixture
def keymap(qapp):
    return Keymap(SPECS, Preferences())


@pytest.fixture
def actions(qapp, calls, keymap):
    parent = QObject()
    yield ActionSet(parent, SPECS, calls, keymap)
    parent.deleteLater()


def test_an_action_calls_its_handler(actions, calls):
    actions["region.merge"].trigger()
    actions["edit.undo"].trigger()
    assert calls == ["merge", "undo"]


def test_keys_without_ctrl_are_written_but_not_given_to_qt(actions):
    assert actions["region.merge"].shortcuts() == []
    assert actions["region.merge"].text() == "&Merge…\tM"
    assert actions["region.merge"].toolTip() == "Merge (M)"
    assert [key.toString() for key in actions["edit.undo"].shortcuts()] == ["Ctrl+Z"]


def test_a_shared_key_means_the_action_of_the_place(actions):
    actions.enable(Need.IN_BROWSER)
    assert actions.action_of("M", browsing=False) == "region.merge"
    assert actions.action_of("M", browsing=True) == "clusters.merge"
    assert actions.action_of("K", browsing=False) is None


def test_what_can_be_done_now_wins(actions):
    actions.enable(Need.NOTHING)
    assert not actions["clusters.merge"].isEnabled()
    assert actions.action_of("M", browsing=True) == "region.merge"


def test_changed_keys_count_and_are_written_at_once(actions, keymap):
    keymap.give("region.merge", "K")
    keymap.take("region.merge", "M")
    assert actions.action_of("K", browsing=False) == "region.merge"
    assert actions.key_of("region.merge") == "K"
    assert actions["region.merge"].text() == "&Merge…\tK"
    assert actions.key_of("edit.redo") == "Edit ▸ Redo", "its place, where it has no key"


def test_undo_and_redo_name_what_they_do(actions):
    actions.set_history(Verb.MERGE_REGIONS, None)
    assert actions["edit.undo"].text() == "&Undo merge regions"
    assert actions["edit.redo"].text() == "&Redo"
    actions.set_history(None, Verb.MERGE_REGIONS)
    assert actions["edit.undo"].text() == "&Undo"
