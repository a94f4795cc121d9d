"""Hints that say why a key does nothing now, and what has to be done before."""

from __future__ import annotations

from collections.abc import Callable

from acseg_desktop.actions.need import Need
from acseg_desktop.language.words import Words

tr = Words("Hints")

_HINTS = {
    Need.PROJECT: tr.mark("Open a project first"),
    Need.WRITABLE: tr.mark("The project is open read-only"),
    Need.IMAGE: tr.mark("There is no image"),
    Need.REGIONS: tr.mark("This image has no regions yet; press {propose} to propose some"),
    Need.TREE: tr.mark("This image has no concept tree yet; press {propose} to propose its regions"),
    Need.SELECTION: tr.mark("Select a region first"),
    Need.ONE: tr.mark("Select one region only"),
    Need.SEVERAL: tr.mark("Select two or more regions to merge them"),
    Need.SUGGESTED: tr.mark("No name is suggested for the selection"),
    Need.TOOL: tr.mark("Choose a tool first"),
    Need.BRUSH: tr.mark("Press {brush} for the brush first"),
    Need.GATHERING: tr.mark("Nothing is being drawn"),
    Need.DRAWING: tr.mark("Nothing is being drawn"),
    Need.BROWSER: tr.mark("Press {browser} for the concept browser first"),
    Need.CHOSEN: tr.mark("Select a cluster or regions first"),
    Need.CHOSEN_REGIONS: tr.mark("Select the regions that do not belong to their cluster first"),
    Need.ONE_CLUSTER: tr.mark("Select one cluster only"),
    Need.CLUSTERS: tr.mark("Select two or more clusters by their headers (Ctrl+click, Shift+↓) to merge them"),
    Need.NO_PROPOSING: tr.mark("Wait until the work on many images is done, or cancel it"),
}


def hint_for(missing: Need, key_of: Callable[[str], str]) -> str:
    """The first thing to be done before an action with what is ``missing``; ``key_of`` writes an action's key."""
    text = next((text for need, text in _HINTS.items() if need in missing), "")
    keys = {"propose": "propose.image", "browser": "clusters.browse", "brush": "tool.brush"}
    return tr(text).format(**{name: key_of(action_id) for name, action_id in keys.items()}) if text else ""
