"""What must be so for an action to be enabled: an open project, an image, a selection and the like."""

from __future__ import annotations

from enum import Flag, auto


class Need(Flag):
    """What must be so for an action to make sense; the last ones are what many actions have in common."""

    NOTHING = 0
    PROJECT = auto()
    WRITABLE = auto()
    IMAGE = auto()
    REGIONS = auto()
    SELECTION = auto()
    ONE = auto()
    SEVERAL = auto()
    TREE = auto()
    UNDO = auto()
    REDO = auto()
    NO_PROPOSING = auto()
    SUGGESTED = auto()
    BROWSER = auto()
    CHOSEN = auto()
    CHOSEN_REGIONS = auto()
    ONE_CLUSTER = auto()
    CLUSTERS = auto()
    DOUBTFUL_NAMES = auto()
    TOOL = auto()
    BRUSH = auto()
    GATHERING = auto()
    DRAWING = auto()

    EDIT = PROJECT | WRITABLE
    EDIT_IMAGE = EDIT | IMAGE
    EDIT_SELECTION = EDIT | SELECTION
    EDIT_TREE = EDIT_IMAGE | TREE
    IN_BROWSER = PROJECT | BROWSER
    EDIT_IN_BROWSER = EDIT | BROWSER
