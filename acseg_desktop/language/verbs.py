"""Verbs of the history, as undo and redo call them in the language of the window."""

from __future__ import annotations

from acseg_core.verbs import Verb
from acseg_desktop.language.words import Words

tr = Words("Operations")

_VERBS = (
    tr.mark("Accept changed images"),
    tr.mark("Accept image"),
    tr.mark("Accept suggestions"),
    tr.mark("Add images"),
    tr.mark("Adopt model"),
    tr.mark("Change bands"),
    tr.mark("Change granularity"),
    tr.mark("Change label"),
    tr.mark("Change labels"),
    tr.mark("Check images"),
    tr.mark("Clear suggestions"),
    tr.mark("Cluster regions"),
    tr.mark("Comment on image"),
    tr.mark("Copy labels"),
    tr.mark("Correct names"),
    tr.mark("Create label"),
    tr.mark("Create labels"),
    tr.mark("Cut region"),
    tr.mark("Decline suggestions"),
    tr.mark("Delete label"),
    tr.mark("Delete labels"),
    tr.mark("Dissolve region"),
    tr.mark("Draw region"),
    tr.mark("Drop from cluster"),
    tr.mark("Erase"),
    tr.mark("Fill holes"),
    tr.mark("Give to neighbour"),
    tr.mark("Grow region"),
    tr.mark("Import labelled images"),
    tr.mark("Import labels"),
    tr.mark("Keep names"),
    tr.mark("Keep together"),
    tr.mark("Mark as reviewed"),
    tr.mark("Mark as void"),
    tr.mark("Merge clusters"),
    tr.mark("Merge labels"),
    tr.mark("Merge parts"),
    tr.mark("Merge regions"),
    tr.mark("Merge upwards"),
    tr.mark("Move images"),
    tr.mark("Move label"),
    tr.mark("Move labels"),
    tr.mark("Name cluster"),
    tr.mark("Name regions"),
    tr.mark("Paint"),
    tr.mark("Propose"),
    tr.mark("Recolour labels"),
    tr.mark("Reject regions"),
    tr.mark("Relocate images"),
    tr.mark("Remove images"),
    tr.mark("Remove name"),
    tr.mark("Rename regions"),
    tr.mark("Revoke review"),
    tr.mark("Set image status"),
    tr.mark("Shrink region"),
    tr.mark("Smooth outline"),
    tr.mark("Split cluster"),
    tr.mark("Split into parts"),
    tr.mark("Split region"),
    tr.mark("Suggest names"),
    tr.mark("Suggest partition"),
    tr.mark("Take back images"),
)
"""The texts of all of `Verb`, for the translation files."""

_SHOWN = {
    Verb.ACCEPT_CHANGED_IMAGES: tr.mark("Use changed files"),
    Verb.ACCEPT_IMAGE: tr.mark("Mark image as done"),
    Verb.CLUSTER_REGIONS: tr.mark("Group regions"),
    Verb.DROP_FROM_CLUSTER: tr.mark("Remove from cluster"),
    Verb.GIVE_TO_NEIGHBOUR: tr.mark("Merge into neighbour"),
    Verb.MERGE_UPWARDS: tr.mark("Merge with sibling"),
    Verb.PROPOSE: tr.mark("Propose regions"),
    Verb.REVOKE_REVIEW: tr.mark("Mark as not reviewed"),
    Verb.SUGGEST_PARTITION: tr.mark("Segment from labelled images"),
    Verb.TAKE_BACK_IMAGES: tr.mark("Restore images"),
}
"""What is said today, where the stored text says it otherwise: undo calls an edit as its menu does."""


def verb_text(verb: Verb) -> str:
    """A verb as it is written within a sentence; English has no capital there, other languages say for themselves."""
    text = verb_title(verb)
    return text[:1].lower() + text[1:] if text == _SHOWN.get(verb, verb.value) else text


def verb_title(verb: Verb) -> str:
    """A verb as it is written when it stands alone; that of another version as it is stored."""
    return tr(_SHOWN.get(verb, verb.value))
