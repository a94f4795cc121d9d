"""A person accepts images by keys and mouse: what is shown is what is accepted, and what is unclear is asked about.

Each of these failed on the code of before, where Enter accepted the named regions only, and empty images unasked.

Covers: panels.question_bar.
"""

import pytest
from desktop.commands.reviewing import regions
from desktop.conftest import propose_quarters
from PySide6.QtCore import Qt

from acseg_core.store import queries
from acseg_core.store.edits import review, suggestions
from acseg_core.store.edits.labels import create_label
from acseg_core.store.settings import EMPTY_IS_DONE, read_setting
from acseg_core.types import ImageStatus, OpChanges, RegionStatus

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def suggesting(desk):
    """Of the first image's four regions one is named "sea", two are suggested as "sky": 90 % and 40 % sure."""
    project = desk.window.session.project
    sea, _ = create_label(project, "sea")
    sky, _ = create_label(project, "sky")
    ids = [region.id for region in regions(desk)]
    review.name_regions(project, ids[:1], sea.id)
    suggestions.save_suggestions(project, ids[1:3], [sky.id] * 2, [0.9, 0.4])
    told(desk)
    return desk


def told(desk):
    """The window hears of what was done behind its back."""
    session = desk.window.session
    session.note_changes(session.project, OpChanges(images=True, labels=True))
    desk.rest()


def names(desk, image_id):
    project = desk.window.session.project
    labels = {label.id: label.name for label in queries.labels(project)}
    return [labels.get(region.label_id) for region in queries.regions(project, image_id)]


def status(desk, image_id):
    return queries.image(desk.window.session.project, image_id).status


def bar(desk):
    return desk.window.banners.question


def asked(desk):
    return bar(desk).text.text() if bar(desk).isVisible() else ""


def enter(desk):
    desk.press(Qt.Key.Key_Return)
    desk.rest()


def test_enter_accepts_named_and_suggested_names_in_one_step(suggesting):
    desk = suggesting
    first = desk.window.viewer.image_id
    desk.window.preferences.store("sure_enough", 30)
    assert desk.window.header.accept.text().strip() == "Accept 3 names"
    enter(desk)
    assert names(desk, first) == ["sea", "sky", "sky", None]
    assert status(desk, first) is ImageStatus.DONE
    assert desk.window.viewer.image_id != first
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.rest()
    assert names(desk, first) == ["sea", None, None, None]
    assert status(desk, first) is ImageStatus.IN_REVIEW


def test_unsure_names_are_asked_about_and_accepted_by_a_key(suggesting):
    desk = suggesting
    first = desk.window.viewer.image_id
    enter(desk)
    assert asked(desk) == "1 name is unsure"
    assert status(desk, first) is ImageStatus.IN_REVIEW
    assert desk.window.viewer.image_id == first
    desk.press(Qt.Key.Key_Y)
    desk.rest()
    assert (names(desk, first), asked(desk)) == (["sea", "sky", "sky", None], "")
    assert status(desk, first) is ImageStatus.DONE


def test_unsure_names_are_left_unnamed_by_a_click(suggesting):
    desk = suggesting
    first = desk.window.viewer.image_id
    enter(desk)
    desk.click(desk.button(bar(desk), "Leave unnamed (N)"))
    desk.rest()
    assert names(desk, first) == ["sea", "sky", None, None]
    assert status(desk, first) is ImageStatus.DONE
    left = queries.regions(desk.window.session.project, first)[2]
    assert left.status is RegionStatus.PROPOSED, "what is not exported does not look like a name"


def test_looking_selects_the_unsure_one_to_be_judged(suggesting):
    desk = suggesting
    first = desk.window.viewer.image_id
    unsure = regions(desk)[2].id
    enter(desk)
    desk.press(Qt.Key.Key_L)
    desk.rest()
    assert (desk.window.canvas.selection, asked(desk)) == ({unsure}, "")
    desk.press(Qt.Key.Key_N)
    desk.rest()
    assert desk.window.header.accept.text().strip() == "Accept 2 names"
    enter(desk)
    assert (names(desk, first), asked(desk)) == (["sea", "sky", None, None], "")
    assert status(desk, first) is ImageStatus.DONE


def test_enter_and_esc_answer_no_question(suggesting):
    desk = suggesting
    first = desk.window.viewer.image_id
    enter(desk)
    enter(desk)
    assert asked(desk)
    assert "L, Y, N" in desk.window.status.currentMessage()
    desk.press(Qt.Key.Key_Escape)
    assert not asked(desk)
    desk.press(Qt.Key.Key_Y)
    desk.rest()
    assert status(desk, first) is ImageStatus.IN_REVIEW
    enter(desk)
    assert asked(desk)
    desk.press(Qt.Key.Key_D)
    desk.rest()
    assert not asked(desk), "it was about the image before"


def test_a_question_ends_when_there_is_nothing_to_ask_any_more(suggesting):
    desk = suggesting
    enter(desk)
    desk.click_region(30, 52)
    assert asked(desk)
    desk.press(Qt.Key.Key_1)
    desk.rest()
    assert not asked(desk)


def test_nothing_named_is_asked_about(desk):
    first = desk.window.viewer.image_id
    assert desk.window.header.accept.text().strip() == "Accept && next"
    enter(desk)
    assert asked(desk) == "Nothing is named here. Mark as an image without objects?"
    assert status(desk, first) is ImageStatus.PROPOSED
    enter(desk)
    assert status(desk, first) is ImageStatus.PROPOSED, "a second Enter is no answer"
    desk.press(Qt.Key.Key_N)
    desk.rest()
    assert (asked(desk), status(desk, first)) == ("", ImageStatus.PROPOSED)
    enter(desk)
    desk.press(Qt.Key.Key_Y)
    desk.rest()
    assert status(desk, first) is ImageStatus.DONE
    enter(desk)
    assert asked(desk), "the next empty image is asked about again"


def test_always_holds_for_the_project_and_is_taken_back_in_the_menu(desk, make_window, project_folder):
    first = desk.window.viewer.image_id
    enter(desk)
    desk.press(Qt.Key.Key_Y, SHIFT)
    desk.rest()
    assert status(desk, first) is ImageStatus.DONE
    assert desk.window.actions_["image.empty_is_done"].isChecked()
    second = desk.window.viewer.image_id
    enter(desk)
    assert (asked(desk), status(desk, second)) == ("", ImageStatus.DONE)
    desk.close()
    again = make_window()
    again.open(project_folder)
    switch = again.window.actions_["image.empty_is_done"]
    assert switch.isChecked()
    switch.trigger()
    again.rest()
    assert read_setting(again.window.session.project, EMPTY_IS_DONE) is False
    third = queries.image_ids(again.window.session.project)[2]
    again.window.commands.browse.show(third)
    again.rest()
    enter(again)
    assert asked(again)


def test_a_name_given_by_the_key_before_counts(suggesting):
    """The keys are faster than the project: 1 and Enter at once on an image where nothing was named."""
    desk = suggesting
    desk.press(Qt.Key.Key_D)
    desk.rest()
    second = desk.window.viewer.image_id
    desk.click_region(10, 10)
    desk.press(Qt.Key.Key_1)
    desk.press(Qt.Key.Key_Return)
    desk.rest()
    assert (asked(desk), status(desk, second)) == ("", ImageStatus.DONE)
    assert names(desk, second) == ["sea", None, None, None]


def test_undo_right_after_enter_takes_the_acceptance_back(suggesting):
    desk = suggesting
    first = desk.window.viewer.image_id
    desk.window.preferences.store("sure_enough", 0)
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.rest()
    assert names(desk, first) == ["sea", None, None, None]


def test_left_unnamed_where_nothing_else_is_named_is_asked_about_too(desk):
    project = desk.window.session.project
    sky, _ = create_label(project, "sky")
    first = desk.window.viewer.image_id
    suggestions.save_suggestions(project, [regions(desk)[0].id], [sky.id], [0.1])
    told(desk)
    enter(desk)
    desk.press(Qt.Key.Key_N)
    desk.rest()
    assert asked(desk).startswith("Nothing is named here")
    desk.press(Qt.Key.Key_Y)
    desk.rest()
    assert (names(desk, first), status(desk, first)) == ([None] * 4, ImageStatus.DONE)


def test_a_done_image_is_passed_by_without_a_question(desk):
    first = desk.window.viewer.image_id
    enter(desk)
    desk.press(Qt.Key.Key_Y)
    desk.rest()
    desk.press(Qt.Key.Key_A)
    desk.rest()
    assert desk.window.viewer.image_id == first
    enter(desk)
    assert (asked(desk), desk.window.viewer.image_id != first) == ("", True)


def test_the_question_is_gone_in_the_browser(desk):
    enter(desk)
    assert asked(desk)
    desk.press(Qt.Key.Key_G)
    desk.rest()
    assert not asked(desk)


def test_the_button_is_pressed_by_the_mouse(suggesting):
    desk = suggesting
    first = desk.window.viewer.image_id
    desk.click(desk.window.header.accept)
    desk.rest()
    desk.click(desk.button(bar(desk), "Accept (Y)"))
    desk.rest()
    assert names(desk, first) == ["sea", "sky", "sky", None]


def test_regions_of_other_images_stay_suggested(suggesting):
    desk = suggesting
    project = desk.window.session.project
    third = queries.image_ids(project)[2]
    propose_quarters(project, [third])
    ids = [region.id for region in queries.regions(project, third)]
    suggestions.save_suggestions(project, ids[:1], [1], [0.9])
    enter(desk)
    desk.press(Qt.Key.Key_Y)
    desk.rest()
    assert names(desk, third) == [None] * 4
