"""Verbs of the history: their stored texts, what they imply, and verbs of other versions."""

import copy
import pickle

import pytest

from acseg_core.types import OpChanges
from acseg_core.verbs import Verb


def test_stored_texts_are_those_of_all_versions():
    """Texts in project files: a change here would make the history of every project unknown."""
    assert sorted(Verb) == [
        "",
        "Accept changed images",
        "Accept image",
        "Accept suggestions",
        "Add images",
        "Adopt model",
        "Change bands",
        "Change granularity",
        "Change label",
        "Change labels",
        "Check images",
        "Clear suggestions",
        "Cluster regions",
        "Comment on image",
        "Copy labels",
        "Correct names",
        "Create label",
        "Create labels",
        "Cut region",
        "Decline suggestions",
        "Delete label",
        "Delete labels",
        "Dissolve region",
        "Draw region",
        "Drop from cluster",
        "Erase",
        "Fill holes",
        "Give to neighbour",
        "Grow region",
        "Import labelled images",
        "Import labels",
        "Keep names",
        "Keep together",
        "Mark as reviewed",
        "Mark as void",
        "Merge clusters",
        "Merge labels",
        "Merge parts",
        "Merge regions",
        "Merge upwards",
        "Move images",
        "Move label",
        "Move labels",
        "Name cluster",
        "Name regions",
        "Paint",
        "Propose",
        "Recolour labels",
        "Reject regions",
        "Relocate images",
        "Remove images",
        "Remove name",
        "Rename regions",
        "Revoke review",
        "Set image status",
        "Shrink region",
        "Smooth outline",
        "Split cluster",
        "Split into parts",
        "Split region",
        "Suggest names",
        "Suggest partition",
        "Take back images",
    ]


def test_a_verb_of_another_version_keeps_its_text_and_implies_the_least():
    verb = Verb("Straighten horizon")
    assert verb == "Straighten horizon"
    assert f"{verb}" == verb.value == "Straighten horizon"
    assert verb
    assert not verb.is_known
    assert verb not in list(Verb)
    assert verb.changes_names, "it may have"
    assert not any((verb.is_machine_made, verb.changes_clusters_only, verb.makes_regions))
    assert not any((verb.gives_names, verb.settles_names))
    assert copy.deepcopy(verb) == pickle.loads(pickle.dumps(verb)) == verb


def test_what_is_no_text_is_no_verb():
    with pytest.raises(ValueError, match="7"):
        Verb(7)


def test_nothing_done_is_no_change_of_names():
    assert not OpChanges().verb
    assert OpChanges().verb is Verb.NOTHING
    assert not Verb.NOTHING.changes_names


MACHINE_MADE = (
    Verb.ADOPT_MODEL,
    Verb.CHANGE_GRANULARITY,
    Verb.CLUSTER_REGIONS,
    Verb.IMPORT_SHAPES,
    Verb.PROPOSE,
    Verb.SUGGEST_PARTITION,
)


@pytest.mark.parametrize(
    ("kind", "verbs"),
    [
        (
            "is_machine_made",
            {*MACHINE_MADE},
        ),
        (
            "changes_clusters_only",
            {Verb.CLUSTER_REGIONS, Verb.MERGE_CLUSTERS, Verb.SPLIT_CLUSTER, Verb.DROP_FROM_CLUSTER},
        ),
        ("makes_regions", {Verb.ADOPT_MODEL, Verb.PROPOSE, Verb.CHANGE_GRANULARITY}),
        (
            "settles_names",
            {Verb.ACCEPT_IMAGE, Verb.IMPORT_SHAPES, Verb.MERGE_PARTS, Verb.NAME_CLUSTER, Verb.SET_IMAGE_STATUS},
        ),
    ],
)
def test_kinds_of_verbs(kind, verbs):
    assert {verb for verb in Verb if getattr(verb, kind)} == verbs


def test_what_a_person_did_to_an_image_or_a_region_keeps_models_away_and_what_another_version_did_too():
    """A list of what does not: a verb that is added is work until somebody thought about it."""
    assert {verb.value for verb in Verb if verb.leaves_images_to_models} == {
        *("Adopt model", "Propose", "Change granularity", "Suggest partition", "Suggest names", "Clear suggestions"),
        *("Cluster regions", "Merge clusters", "Split cluster", "Drop from cluster", "Name cluster"),
        *("Create label", "Create labels", "Change label", "Change labels", "Recolour labels", "Move label"),
        *("Move labels", "Merge labels", "Delete label", "Delete labels", "Import labels", "Rename regions"),
        *("Change bands", "Comment on image", "Remove images", "Take back images", "Move images", "Relocate images"),
    }
    assert not Verb("Straighten horizon").leaves_images_to_models
