"""Verbs of the history in the language of the window."""

import translations

from acseg_core.verbs import Verb
from acseg_desktop.language import verbs, words
from acseg_desktop.menus.table import ACTIONS


def test_the_verbs_of_all_operations_are_translated():
    """What is recorded in the core is what undo shows."""
    known = {text.source for text in translations.texts() if text.context == "Operations"}
    assert known == {verb.value for verb in Verb if verb} | set(verbs._SHOWN.values())


def test_undo_calls_an_edit_as_its_menu_does():
    """On the code of before undo spoke of partitions, and of merging upwards."""
    menus = {spec.plain_text for spec in ACTIONS}
    for verb in (
        *(Verb.MERGE_UPWARDS, Verb.GIVE_TO_NEIGHBOUR, Verb.SUGGEST_PARTITION, Verb.DROP_FROM_CLUSTER),
        *(Verb.REMOVE_NAME, Verb.FILL_HOLES, Verb.SMOOTH_OUTLINE, Verb.MERGE_CLUSTERS, Verb.MARK_AS_VOID),
        *(Verb.PROPOSE, Verb.DECLINE_SUGGESTIONS, Verb.ACCEPT_SUGGESTIONS, Verb.SPLIT_CLUSTER),
    ):
        assert verbs.verb_title(verb) in menus, verb


def test_names_are_accepted_and_images_are_done():
    """On the code of before "accept" was said of names, of images and of changed files."""
    assert verbs.verb_title(Verb.ACCEPT_IMAGE) == "Mark image as done"
    assert verbs.verb_text(Verb.ACCEPT_CHANGED_IMAGES) == "use changed files"
    assert verbs.verb_title(Verb.ACCEPT_SUGGESTIONS) == "Accept suggestions"


def test_a_verb_of_another_version_is_shown_as_it_is_stored(qapp):
    assert verbs.verb_text(Verb("Straighten horizon")) == "straighten horizon"
    assert verbs.verb_title(Verb("Straighten horizon")) == "Straighten horizon"
    try:
        words.use(qapp, "de")
        assert verbs.verb_title(Verb("Straighten horizon")) == "Straighten horizon"
        assert verbs.verb_title(Verb.MOVE_LABEL) == "Label verschieben"
    finally:
        words.use(qapp, "en")
