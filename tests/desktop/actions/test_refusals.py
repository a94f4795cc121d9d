"""Hints on what has to be done before: one for what is missing first, with the key in use.

Covers: actions.need.
"""

import pytest

from acseg_desktop.actions.need import Need
from acseg_desktop.actions.refusals import hint_for


@pytest.mark.parametrize(
    ("missing", "hint"),
    [
        (Need.PROJECT, "Open a project first"),
        (Need.EDIT_SELECTION, "Open a project first"),
        (Need.SELECTION | Need.SEVERAL, "Select a region first"),
        (Need.REGIONS, "This image has no regions yet; press <propose.image> to propose some"),
        (Need.IN_BROWSER & ~Need.PROJECT, "Open the concept browser (<clusters.browse>) first"),
        (Need.TOOL | Need.BRUSH, "Choose a tool first"),
        (Need.BRUSH, "Choose the brush (<tool.brush>) first"),
        (Need.NOTHING, ""),
        (Need.UNDO, ""),
    ],
)
def test_the_first_thing_that_is_missing_is_said(qapp, missing, hint):
    assert hint_for(missing, lambda action_id: f"<{action_id}>") == hint
