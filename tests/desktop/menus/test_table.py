"""The table of actions: every handler is a method of the commands, and stored keys find their action.

Covers: commands.commands, menus.clusters, menus.edit, menus.file, menus.image, menus.region, menus.view, menus.help,
menus.digits, menus.tool_bar.
"""

import json
from dataclasses import fields
from functools import partial

import pytest

from acseg_desktop.actions.keymap import Keymap
from acseg_desktop.commands.commands import Commands
from acseg_desktop.menus import clusters, edit, file, image, region, tool_bar, tools, view
from acseg_desktop.menus import help as help_menu
from acseg_desktop.menus.table import ACTIONS, REPEATING
from acseg_desktop.preferences import Preferences

IDS = {spec.id for spec in ACTIONS}

OWNERS = {
    "app": {"view", "settings"},
    "clusters": {"clusters"},
    "cut": {"cut"},
    "doubts": {"doubts"},
    "edit": {"undoing"},
    "help": {"first_steps", "keyboard", "view"},
    "image": {"accepting", "bands", "browse", "batch", "remarks"},
    "looks": {"display"},
    "project": {"project", "importing"},
    "propose": {"propose"},
    "region": {"browse", "clusters", "cut", "review", "shape", "suggest"},
    "select": {"review", "clusters"},
    "suggest": {"suggest"},
    "tool": {"tools"},
    "training": {"training"},
    "view": {"view", "statistics", "keyboard", "models"},
}
"""Which commands actions with an id of this beginning may call."""


def method_of(handler):
    """The bound method that a handler calls, and what it is called with."""
    return (handler.func, handler.args) if isinstance(handler, partial) else (handler, ())


@pytest.fixture
def commands(hands):
    return hands.window.commands


def test_every_handler_is_a_method_of_the_right_commands(commands):
    names = {id(getattr(commands, field.name)): field.name for field in fields(Commands)}
    for spec in ACTIONS:
        method, arguments = method_of(spec.handler(commands))
        owner = names[id(method.__self__)]
        assert owner in OWNERS[spec.id.partition(".")[0]], spec.id
        assert getattr(type(method.__self__), method.__name__), spec.id
        assert len(arguments) == method.__code__.co_argcount - 1 - len(method.__defaults__ or ()), spec.id


def test_no_two_actions_call_the_same(commands):
    called = [
        (id(method.__self__), method.__name__, arguments)
        for method, arguments in (method_of(spec.handler(commands)) for spec in ACTIONS)
    ]
    assert len(called) == len(set(called))


def test_each_menu_has_a_module_of_its_own():
    modules = (tools, file, edit, image, region, clusters, view, help_menu)
    menus = [{spec.menu for spec in module.ACTIONS} for module in modules]
    assert all(len(found) == 1 and "" not in found for found in menus)
    assert len(set().union(*menus)) == len(modules)


def test_ids_are_unique_and_lists_of_them_name_actions_that_there_are():
    assert len(IDS) == len(ACTIONS)
    listed = {*REPEATING, *clusters.CLUSTER_BUTTONS, *clusters.DOUBT_BUTTONS}
    assert listed.union(*tool_bar.GROUPS) <= IDS


def test_buttons_of_the_browser_have_a_short_text():
    short = {spec.id for spec in ACTIONS if spec.short}
    assert short == {*clusters.CLUSTER_BUTTONS, *clusters.DOUBT_BUTTONS}


@pytest.mark.parametrize("action_id", ["looks.isolate", "looks.minimap", "tool.brush", "tool.clicks", "region.label_7"])
def test_keys_that_were_stored_before_commands_were_renamed_still_count(action_id, qapp):
    """Users' keys are stored by the ids of actions, which stay whatever the commands behind them are called."""
    preferences = Preferences()
    preferences.store("shortcuts", json.dumps({action_id: ["Ctrl+J"]}))
    assert Keymap(ACTIONS, preferences).keys(action_id) == ("Ctrl+J",)
