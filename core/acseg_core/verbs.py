"""Verbs of the history: what every edit is called where it is recorded, undone and shown, and what each implies."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Verb(StrEnum):
    """What was done to a project. The texts are stored in project files: they never change.

    A file may hold a verb of another version. ``Verb(text)`` then gives a verb with that text, which is in no list and
    about which the least is assumed: a person did it, and it may have changed anything.
    """

    NOTHING = ""
    """Nothing was done; never stored."""
    ACCEPT_CHANGED_IMAGES = "Accept changed images"
    ACCEPT_IMAGE = "Accept image"
    ACCEPT_SUGGESTIONS = "Accept suggestions"
    ADD_IMAGES = "Add images"
    ADOPT_MODEL = "Adopt model"
    CHANGE_BANDS = "Change bands"
    CHANGE_GRANULARITY = "Change granularity"
    CHANGE_LABEL = "Change label"
    CHANGE_LABELS = "Change labels"
    CHECK_IMAGES = "Check images"
    CLEAR_SUGGESTIONS = "Clear suggestions"
    CLUSTER_REGIONS = "Cluster regions"
    COMMENT_ON_IMAGE = "Comment on image"
    COPY_LABELS = "Copy labels"
    CORRECT_NAMES = "Correct names"
    CREATE_LABEL = "Create label"
    CREATE_LABELS = "Create labels"
    CUT_REGION = "Cut region"
    DECLINE_SUGGESTIONS = "Decline suggestions"
    DELETE_LABEL = "Delete label"
    DELETE_LABELS = "Delete labels"
    DISSOLVE_REGION = "Dissolve region"
    DRAW_REGION = "Draw region"
    DROP_FROM_CLUSTER = "Drop from cluster"
    ERASE = "Erase"
    FILL_HOLES = "Fill holes"
    GIVE_TO_NEIGHBOUR = "Give to neighbour"
    GROW_REGION = "Grow region"
    IMPORT_LABELS = "Import labels"
    IMPORT_SHAPES = "Import labelled images"
    KEEP_NAMES = "Keep names"
    KEEP_TOGETHER = "Keep together"
    MARK_AS_REVIEWED = "Mark as reviewed"
    MARK_AS_VOID = "Mark as void"
    MERGE_CLUSTERS = "Merge clusters"
    MERGE_LABELS = "Merge labels"
    MERGE_PARTS = "Merge parts"
    MERGE_REGIONS = "Merge regions"
    MERGE_UPWARDS = "Merge upwards"
    MOVE_IMAGES = "Move images"
    MOVE_LABEL = "Move label"
    MOVE_LABELS = "Move labels"
    NAME_CLUSTER = "Name cluster"
    NAME_REGIONS = "Name regions"
    PAINT = "Paint"
    PROPOSE = "Propose"
    RECOLOUR_LABELS = "Recolour labels"
    REJECT_REGIONS = "Reject regions"
    RELOCATE_IMAGES = "Relocate images"
    REMOVE_IMAGES = "Remove images"
    REMOVE_NAME = "Remove name"
    RENAME_REGIONS = "Rename regions"
    REVOKE_REVIEW = "Revoke review"
    SET_IMAGE_STATUS = "Set image status"
    SHRINK_REGION = "Shrink region"
    SMOOTH_OUTLINE = "Smooth outline"
    SPLIT_CLUSTER = "Split cluster"
    SPLIT_INTO_PARTS = "Split into parts"
    SPLIT_REGION = "Split region"
    SUGGEST_NAMES = "Suggest names"
    SUGGEST_PARTITION = "Suggest partition"
    TAKE_BACK_IMAGES = "Take back images"

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        """The verb of another version; what is no text is no verb."""
        if not isinstance(value, str):
            return None
        unknown = str.__new__(cls, value)
        unknown._name_ = unknown._value_ = value
        return unknown

    def __reduce_ex__(self, proto: object) -> tuple[type[Self], tuple[str]]:
        """Copied and pickled by its text: some releases of Python look a name up, and an unknown one has none."""
        return type(self), (self.value,)

    @property
    def is_known(self) -> bool:
        """Whether this version records it."""
        return self in _KNOWN

    @property
    def is_machine_made(self) -> bool:
        """Whether the machine chose the regions: undone, they are not worth selecting."""
        return self in _MACHINE_MADE

    @property
    def moves_outlines(self) -> bool:
        """Whether regions beside the chosen ones may get or lose pixels."""
        return self in _MOVING_OUTLINES

    @property
    def changes_clusters_only(self) -> bool:
        """Whether it changes nothing but which regions belong together: every image looks as before."""
        return self in _CLUSTERS_ONLY

    @property
    def changes_names(self) -> bool:
        """Whether names of regions may be others afterwards, or the regions that have them."""
        return self not in _WITHOUT_NAMES

    @property
    def makes_regions(self) -> bool:
        """Whether it makes regions, of many images, for which no name is suggested yet."""
        return self in _MAKING_REGIONS

    @property
    def leaves_images_to_models(self) -> bool:
        """Whether an image is still as a model may propose it anew, for all that it did there.

        The machine did it, or a person did it to whole clusters, labels or the list of images, and looked at no image.
        """
        return self in _LEAVING_TO_MODELS

    @property
    def changes_which_images(self) -> bool:
        """Whether images may be in the project afterwards that were not before, or the other way round."""
        return self in _CHANGING_WHICH_IMAGES

    @property
    def gives_names(self) -> bool:
        """Whether it decides about names of single regions: suggestions may follow it, when there is time."""
        return self in _GIVING_NAMES

    @property
    def settles_names(self) -> bool:
        """Whether it decides about names of a whole image or cluster: suggestions follow it at once."""
        return self in _SETTLING_NAMES


_KNOWN = frozenset(Verb)

_MACHINE_MADE = frozenset(
    {
        *(Verb.ADOPT_MODEL, Verb.CHANGE_GRANULARITY, Verb.CLUSTER_REGIONS, Verb.IMPORT_SHAPES, Verb.PROPOSE),
        Verb.SUGGEST_PARTITION,
    }
)

_MOVING_OUTLINES = frozenset(
    {
        *(Verb.DRAW_REGION, Verb.PAINT, Verb.ERASE, Verb.FILL_HOLES, Verb.GROW_REGION, Verb.SHRINK_REGION),
        *(Verb.SMOOTH_OUTLINE, Verb.DISSOLVE_REGION, Verb.GIVE_TO_NEIGHBOUR),
    }
)

_CLUSTERS_ONLY = frozenset({Verb.CLUSTER_REGIONS, Verb.MERGE_CLUSTERS, Verb.SPLIT_CLUSTER, Verb.DROP_FROM_CLUSTER})

_ABOUT_IMAGES = frozenset({Verb.CHANGE_BANDS, Verb.COMMENT_ON_IMAGE, Verb.MARK_AS_REVIEWED, Verb.REVOKE_REVIEW})

_WITHOUT_NAMES = (
    _CLUSTERS_ONLY | _ABOUT_IMAGES | {Verb.NOTHING, Verb.SUGGEST_NAMES, Verb.CLEAR_SUGGESTIONS, Verb.KEEP_TOGETHER}
)

_MAKING_REGIONS = frozenset({Verb.ADOPT_MODEL, Verb.PROPOSE, Verb.CHANGE_GRANULARITY})

_LEAVING_TO_MODELS = (
    _CLUSTERS_ONLY
    | _MAKING_REGIONS
    | {Verb.NAME_CLUSTER, Verb.SUGGEST_NAMES, Verb.CLEAR_SUGGESTIONS, Verb.SUGGEST_PARTITION, Verb.COMMENT_ON_IMAGE}
    | {Verb.CREATE_LABEL, Verb.CREATE_LABELS, Verb.CHANGE_LABEL, Verb.CHANGE_LABELS, Verb.RECOLOUR_LABELS}
    | {Verb.MOVE_LABEL, Verb.MOVE_LABELS, Verb.MERGE_LABELS, Verb.DELETE_LABEL, Verb.DELETE_LABELS, Verb.IMPORT_LABELS}
    | {Verb.RENAME_REGIONS, Verb.REMOVE_IMAGES, Verb.TAKE_BACK_IMAGES, Verb.MOVE_IMAGES, Verb.RELOCATE_IMAGES}
    | {Verb.CHANGE_BANDS}
)

_CHANGING_WHICH_IMAGES = frozenset({Verb.MERGE_PARTS, Verb.REMOVE_IMAGES, Verb.TAKE_BACK_IMAGES})

_GIVING_NAMES = frozenset(
    {Verb.NAME_REGIONS, Verb.REMOVE_NAME, Verb.ACCEPT_SUGGESTIONS, Verb.CORRECT_NAMES, Verb.MERGE_LABELS}
)

_SETTLING_NAMES = frozenset(
    {Verb.ACCEPT_IMAGE, Verb.IMPORT_SHAPES, Verb.MERGE_PARTS, Verb.NAME_CLUSTER, Verb.SET_IMAGE_STATUS}
)
