"""Labels as they are read: by name whatever its case, how often each is used, and names that can be written."""

import pytest

from acseg_core.errors import EditError
from acseg_core.store import queries
from acseg_core.store.edits import review
from acseg_core.store.edits.label_list import move_labels
from acseg_core.store.edits.labels import create_label
from acseg_core.store.queries.label_queries import clean_name, label_called, require_labels
from acseg_core.types import LabelUsage


@pytest.fixture
def project(world):
    project = world.create(images=2, regions=3)
    for name in ("Straße", "café", "dog"):
        create_label(project, name)
    return project


def test_labels_come_in_their_order(project):
    assert [label.name for label in queries.labels(project)] == ["Straße", "café", "dog"]
    move_labels(project, [3], before=1)
    assert [label.name for label in queries.labels(project)] == ["dog", "Straße", "café"]


@pytest.mark.parametrize(
    ("name", "found"), [("STRASSE", 1), ("  CAFE\u0301 ", 2), ("cafe", None), ("Dog", 3), ("do g", None)]
)
def test_a_label_is_called_whatever_the_case(project, name, found):
    label = label_called(project, name)
    assert (None if label is None else label.id) == found


def test_usage_counts_regions_images_and_pixels_of_every_label(project):
    review.name_regions(project, [1, 2, 4], 1)
    review.name_regions(project, [5], 3)
    areas = {region.id: region.area for image_id in (1, 2) for region in queries.regions(project, image_id)}
    assert queries.label_usage(project) == {
        1: LabelUsage(3, 2, areas[1] + areas[2] + areas[4]),
        2: LabelUsage(0, 0, 0),
        3: LabelUsage(1, 1, areas[5]),
    }


def test_a_label_that_is_gone_is_named(project):
    with project.read() as connection:
        require_labels(connection, [])
        require_labels(connection, [3, 1, 1])
        with pytest.raises(EditError, match="label 8 is no longer in the project"):
            require_labels(connection, [1, 9, 8])


def test_names_have_single_blanks_and_can_be_seen():
    assert clean_name("  traffic \t light\n") == "traffic light"
    for name, message in (("", "needs a name"), (" \n", "needs a name"), ("c\x00t", "cannot be shown")):
        with pytest.raises(EditError, match=message):
            clean_name(name)
