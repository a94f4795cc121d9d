"""What an action says of itself: its texts, its keys, and where they count."""

import pytest

from acseg_desktop.actions.need import Need
from acseg_desktop.actions.spec import REGION, ActionSpec, is_bare, menu_title, without_mnemonic


def spec(text, **more):
    return ActionSpec("a.b", text, REGION, lambda commands: commands.do, **more)


def test_texts_without_mnemonics_and_dots(qapp):
    assert spec("Sa&ve && go on…").plain_text == "Save & go on"
    assert spec("Assign label {number}", number="3").menu_text == "Assign label 3"
    assert without_mnemonic(menu_title(REGION)) == "Region"


def test_a_button_has_the_short_text_where_there_is_one(qapp):
    assert spec("&Merge clusters").button_text == "Merge clusters"
    assert spec("&Merge clusters", short="Merge").button_text == "Merge"


@pytest.mark.parametrize(
    ("key", "bare"),
    [("M", True), ("Shift+M", True), ("Esc", True), ("Ctrl+M", False), ("Alt+M", False), ("F6", False), ("F", True)],
)
def test_keys_that_must_not_reach_text_fields(key, bare):
    assert is_bare(key) is bare


def test_keys_count_in_the_browser_with_a_tool_or_elsewhere():
    assert spec("x", needs=Need.EDIT_IN_BROWSER | Need.CHOSEN).place == Need.BROWSER
    assert spec("x", needs=Need.EDIT_IN_BROWSER | Need.DOUBTFUL_NAMES).place == Need.BROWSER | Need.DOUBTFUL_NAMES
    assert spec("x", needs=Need.IMAGE | Need.TOOL).place == Need.TOOL
    assert spec("x", needs=Need.EDIT_SELECTION).place == Need.NOTHING


def test_needs_in_common_are_made_of_single_ones():
    assert Need.EDIT_TREE == Need.PROJECT | Need.WRITABLE | Need.IMAGE | Need.TREE
    assert Need.EDIT not in list(Need)
