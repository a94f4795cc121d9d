"""What is written on crops and headers, and what is read out to those who do not see them."""

from types import SimpleNamespace

import pytest

from acseg_core.types import DoubtfulName, Label, RegionStatus
from acseg_core.workflows.cluster_reading import Section
from acseg_desktop.browser.crop_texts import crop_in_words, header_in_words, section_title
from acseg_desktop.browser.model import ALIKE, DOUBTFUL

LABELS = {1: Label(1, "sky", "#0000ff"), 2: Label(2, "sea", "#00ffff")}


def region(**known):
    """What the texts read of a region."""
    usual = {"id": 5, "label_id": None, "suggestion_id": None, "confidence": None, "status": RegionStatus.PROPOSED}
    return SimpleNamespace(**(usual | known))


@pytest.mark.parametrize(
    ("known", "doubt", "expected"),
    [
        ({}, None, "unnamed"),
        ({"label_id": 1}, None, "sky"),
        ({"suggestion_id": 2, "confidence": 0.7}, None, "sea?"),
        ({"status": RegionStatus.REJECTED}, None, "rejected"),
        ({"label_id": 1}, DoubtfulName(5, 1, 2, 0.9), "sky, or rather sea? (90%)"),
    ],
)
def test_a_crop_in_words(qapp, known, doubt, expected):
    words = crop_in_words(region(**known), LABELS, doubt=doubt, cell=2, section=Section(3, 8))
    assert words.replace("\u202f", " ").replace("\u00a0", " ") == f"Region 3 of 8: {expected}"


def test_a_crop_that_is_still_read_has_its_place_only(qapp):
    assert crop_in_words(None, LABELS, doubt=None, cell=0, section=Section(3, 8)) == "Region 1 of 8: "


def test_lists_that_are_no_clusters_say_their_order(qapp):
    assert section_title(Section(ALIKE, 8)) == "Most similar first"
    assert header_in_words(Section(DOUBTFUL, 8)).startswith("Most likely mistakes first")
