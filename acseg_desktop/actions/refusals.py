"""Hints that say why a key does nothing now, and what has to be done before."""

from __future__ import annotations

from collections.abc import Callable

from acseg_desktop.actions.need import Need
from acseg_desktop.language.words import Words

tr = Words("Hints")

_HINTS = {
    Need.PROJECT: tr.mark("Open a project first"),
    Need.WRITABLE: tr.mark("The project is open read-only"),
    Need.IMAGE: tr.mark("No image is open"),
    Need.REGIONS: tr.mark("This image has no regions yet; press {propose} to propose some"),
    Need.TREE: tr.mark("This image has no proposed regions yet; press {propose} to propose some"),
    Need.SELECTION: tr.mark("Select a region first"),
    Need.ONE: tr.mark("Select only one region"),
    Need.SEVERAL: tr.mark("Select two or more regions to merge them"),
    Need.SUGGESTED: tr.mark("No name is suggested for the selection"),
    Need.TOOL: tr.mark("Choose a tool first"),
    Need.BRUSH: tr.mark("Choose the brush ({brush}) first"),
    Need.GATHERING: tr.mark("No drawing in progress"),
    Need.DRAWING: tr.mark("No drawing in progress"),
    Need.BROWSER: tr.mark("Open the concept browser ({browser}) first"),
    Need.CHOSEN: tr.mark("Select a cluster or regions first"),
    Need.CHOSEN_REGIONS: tr.mark("First select the regions that do not belong in their cluster"),
    Need.ONE_CLUSTER: tr.mark("Select only one cluster"),
    Need.CLUSTERS: tr.mark("To merge clusters, select two or more by their headers (Ctrl+click or Shift+↓)"),
    Need.NO_PROPOSING: tr.mark("Wait for the running task to finish, or cancel it"),
}


def hint_for(missing: Need, key_of: Callable[[str], str]) -> str:
    """The first thing to be done before an action with what is ``missing``; ``key_of`` writes an action's key."""
    text = next((text for need, text in _HINTS.items() if need in missing), "")
    keys = {"propose": "propose.image", "browser": "clusters.browse", "brush": "tool.brush"}
    return tr(text).format(**{name: key_of(action_id) for name, action_id in keys.items()}) if text else ""
