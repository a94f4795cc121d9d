"""Images shown otherwise: one step to undo, which ends no review and changes no region; and what new images get."""

import pytest

from acseg_core.images.band_choice import BandChoice
from acseg_core.images.pixels import Stretch
from acseg_core.images.rendering import Rendering, to_text
from acseg_core.store import queries
from acseg_core.store.edits import history, remarks, review
from acseg_core.store.edits.renderings import choice_for_new_images, choose_for_new_images, set_renderings
from acseg_core.store.settings import NEW_IMAGES_SHOWN, write_setting
from acseg_core.types import OpChanges

NEAR, GREY = to_text(Rendering((4, 1, 2), (Stretch(0, 9),) * 3)), to_text(Rendering((2,), (Stretch(0, 3000),)))


@pytest.fixture
def project(world):
    return world.create(images=3, regions=2)


def shown(project):
    return [record.info.rendering for record in queries.images(project)]


def test_it_is_one_step_for_all_images(project):
    changes = set_renderings(project, {1: NEAR, 3: GREY})
    assert (changes.verb, changes.images, changes.image_ids) == ("Change bands", True, frozenset({1, 3}))
    assert shown(project) == [NEAR, "", GREY]
    set_renderings(project, {1: GREY})
    history.undo(project)
    assert shown(project) == [NEAR, "", GREY]
    history.undo(project)
    assert shown(project) == ["", "", ""]
    history.redo(project)
    assert shown(project) == [NEAR, "", GREY]


def test_the_same_again_is_no_step_and_nonsense_none(project):
    set_renderings(project, {1: NEAR})
    assert set_renderings(project, {1: NEAR}) == OpChanges()
    assert set_renderings(project, {}) == OpChanges()
    with pytest.raises(ValueError, match="does not say how"):
        set_renderings(project, {1: "grey"})
    assert history.state(project).undo == "Change bands"


def test_regions_names_and_reviews_stay(project):
    review.name_regions_as(project, [1], "cat")
    review.accept_image(project, 1)
    remarks.set_reviewed(project, [1], is_reviewed=True)
    before = queries.regions(project, 1)
    set_renderings(project, {1: NEAR})
    assert queries.regions(project, 1) == before
    assert queries.image(project, 1).is_reviewed


def test_what_new_images_get_is_kept(project):
    assert choice_for_new_images(project) is None
    choice = BandChoice("nir", 1, 99)
    choose_for_new_images(project, choice)
    assert choice_for_new_images(project) == choice
    write_setting(project, NEW_IMAGES_SHOWN, "by hand")
    assert choice_for_new_images(project) is None
    choose_for_new_images(project, None)
    assert choice_for_new_images(project) is None
