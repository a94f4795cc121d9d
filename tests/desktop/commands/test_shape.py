"""Shapes changed by keys: exactly the pixels meant, the result selected, one undo each, and refusals in one line."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton

from acseg_core.shapes import masks
from acseg_core.store import open_project, queries
from acseg_core.store.edits import painting, review
from acseg_core.types import ImageStatus, PixelPatch, RegionStatus
from acseg_desktop.dialogs.message import Message
from acseg_desktop.dialogs.resize_form import ResizeForm

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def editing(hands, project_folder):
    """The first image, four quarters: 0 top left (60 x 40), 1 top right, 2 bottom left, 3 bottom right."""
    hands.open(project_folder)
    return hands


def label_map(editing):
    """(64, 96), the id of every pixel's region as it is stored, which is also what the window shows."""
    window = editing.window
    stored = queries.regions(window.session.project, window.viewer.image_id)
    assert {region.id: region.mask for region in stored} == {region.id: region.mask for region in window.viewer.regions}
    owner = np.zeros((64, 96), int)
    for region in stored:
        mask = masks.decode(region.mask)
        assert not owner[mask].any()
        owner[mask] = region.id
    return owner


def press(editing, key, modifier=NONE):
    editing.press(key, modifier)
    editing.rest()


def said(editing):
    return editing.window.status.currentMessage()


def check_step(editing, key, modifier, expected, *, selected):
    """The key makes exactly this label map and selects these, Ctrl+Z brings back what was, Ctrl+Y the change."""
    start = label_map(editing)
    assert not np.array_equal(start, expected)
    press(editing, key, modifier)
    np.testing.assert_array_equal(label_map(editing), expected)
    assert editing.window.canvas.selection == selected
    assert queries.image(editing.window.session.project, 1).status is ImageStatus.IN_REVIEW
    press(editing, Qt.Key.Key_Z, CTRL)
    np.testing.assert_array_equal(label_map(editing), start)
    press(editing, Qt.Key.Key_Y, CTRL)
    np.testing.assert_array_equal(label_map(editing), expected)


def edit(editing, work):
    """An edit as another part of the window would make it."""
    editing.window.session.edit(work)
    editing.rest()


def test_w_grows_by_a_pixel_and_shift_w_shrinks(editing):
    editing.click_region(80, 50)
    owner = label_map(editing)
    region_id = owner[50, 80]
    grown = owner.copy()
    grown[39, 60:] = grown[40:, 59] = region_id
    check_step(editing, Qt.Key.Key_W, NONE, grown, selected={region_id})
    editing.click_region(80, 50)
    shrunk = owner.copy()
    shrunk[40, 59] = owner[0, 0]  # as near to the region left of it
    check_step(editing, Qt.Key.Key_W, SHIFT, shrunk, selected={region_id})


def test_growing_by_many_pixels_is_one_step_and_the_form_remembers(editing):
    editing.click_region(80, 50)
    owner = label_map(editing)
    region_id = owner[50, 80]
    editing.window.actions_["region.resize"].trigger()
    form = editing.dialog(ResizeForm)
    editing.wait(form.pixels.hasFocus)
    editing.type("5")
    editing.press(Qt.Key.Key_Return)
    editing.rest()
    assert np.count_nonzero(label_map(editing) == region_id) > np.count_nonzero(owner == region_id) + 5 * (24 + 36)
    assert editing.window.session.history.undo == "Grow region"
    press(editing, Qt.Key.Key_Z, CTRL)
    np.testing.assert_array_equal(label_map(editing), owner)
    editing.click_region(80, 50)
    editing.window.actions_["region.resize"].trigger()
    form = editing.dialog(ResizeForm)
    assert form.pixels.value() == 5
    shrink = next(button for button in form.findChildren(QRadioButton) if button.text() == "Shrink")
    editing.click(shrink)
    assert form.confirm.text() == "Shrink"
    editing.click(form.confirm)
    editing.rest()
    shrunk = owner.copy()
    inside = label_map(editing) == region_id
    shrunk[45:, 65:] = region_id
    assert inside[45:, 65:].all()
    assert not inside[:45].any()
    assert not inside[:, :65].any()


def test_s_smooths_until_there_is_nothing_to_smooth(editing):
    owner = label_map(editing)
    region_id = int(owner[0, 0])
    spike = PixelPatch(60, 20, np.ones((1, 6), bool))
    edit(editing, lambda project: painting.paint(project, 1, spike, region_id=region_id))
    assert np.count_nonzero(label_map(editing) == region_id) == 60 * 40 + 6
    editing.click_region(20, 20)
    smooth = owner.copy()
    smooth[20, 60] = region_id  # the foot of the spike
    smooth[39, 59] = owner[50, 10]  # the tip of its own corner
    check_step(editing, Qt.Key.Key_S, NONE, smooth, selected={region_id})
    editing.click_region(20, 20)
    for _ in range(6):
        press(editing, Qt.Key.Key_S)
    assert said(editing) == "The outline cannot get any smoother"


def test_o_fills_holes_but_not_over_accepted_regions(editing):
    owner = label_map(editing)
    region_id = int(owner[0, 0])
    made = []
    for left in (10, 30):
        patch = PixelPatch(left, 10, np.ones((4, 5), bool))
        edit(editing, lambda project, patch=patch: painting.paint_new(project, 1, patch, label_id=None))
        made.append(int(label_map(editing)[10, left]))
    edit(editing, lambda project: review.name_regions_as(project, [made[1]], "bird"))
    with_bird = owner.copy()
    with_bird[10:14, 30:35] = made[1]
    editing.click_region(50, 30)
    check_step(editing, Qt.Key.Key_O, NONE, with_bird, selected={region_id})
    editing.click_region(50, 30)
    press(editing, Qt.Key.Key_O)
    assert said(editing) == "Their holes hold accepted regions; select these as well to fill them"
    editing.click_region(32, 12, CTRL)
    assert editing.window.canvas.selection == {region_id, made[1]}
    check_step(editing, Qt.Key.Key_O, NONE, owner, selected={region_id})


def test_shift_c_makes_regions_of_connected_parts(editing):
    owner = label_map(editing)
    region_id = int(owner[0, 0])
    bar = PixelPatch(20, 0, np.ones((40, 10), bool))
    edit(editing, lambda project: painting.paint(project, 1, bar, region_id=int(owner[50, 80])))
    editing.click_region(40, 20)
    press(editing, Qt.Key.Key_C, SHIFT)
    parts = label_map(editing)
    left, right = parts[0, 0], parts[0, 40]
    assert right == region_id, "the larger part keeps the id"
    assert (parts[:40, :20] == left).all()
    assert (parts[:40, 30:60] == right).all()
    assert editing.window.canvas.selection == {left, right}
    assert said(editing) == "2 parts"
    press(editing, Qt.Key.Key_Z, CTRL)
    editing.click_region(80, 10)
    press(editing, Qt.Key.Key_C, SHIFT)
    assert said(editing) == "This region has only one part"
    assert not editing.window.findChildren(Message)


def test_j_gives_a_region_to_its_neighbour_and_selects_it(editing):
    owner = label_map(editing)
    edit(editing, lambda project: review.name_regions_as(project, [int(owner[0, 0])], "sky"))
    editing.click_region(80, 10)
    given = owner.copy()
    given[:40, 60:] = owner[0, 0]
    check_step(editing, Qt.Key.Key_J, NONE, given, selected={owner[0, 0]})


def test_shift_j_dissolves_a_region_into_those_around(editing):
    owner = label_map(editing)
    editing.click_region(80, 10)
    press(editing, Qt.Key.Key_J, SHIFT)
    dissolved = label_map(editing)
    assert set(np.unique(dissolved)) == set(np.unique(owner)) - {owner[10, 80]}
    assert dissolved[2, 61] == owner[0, 0]
    assert dissolved[38, 90] == owner[50, 90]
    press(editing, Qt.Key.Key_Z, CTRL)
    np.testing.assert_array_equal(label_map(editing), owner)
    press(editing, Qt.Key.Key_A, CTRL)
    press(editing, Qt.Key.Key_J, SHIFT)
    assert said(editing) == "There is no other region in this image that could take the pixels"


def test_0_marks_as_void(editing):
    editing.click_region(80, 10)
    press(editing, Qt.Key.Key_0)
    (label,) = editing.window.session.labels.values()
    assert (label.name, label.is_void, label.color) == ("void", True, "#808080")
    (region_id,) = editing.window.canvas.selection
    (region,) = (region for region in editing.window.viewer.regions if region.id == region_id)
    assert (region.label_id, region.status) == (label.id, RegionStatus.ACCEPTED)
    assert said(editing) == "1 region marked as void"
    press(editing, Qt.Key.Key_Z, CTRL)
    assert not editing.window.session.labels


def test_shift_m_merges_with_a_label_of_choice_the_last_one_first(editing):
    owner = label_map(editing)
    for name, (x, y) in (("sky", (20, 20)), ("tree", (80, 10))):
        editing.click_region(x, y)
        editing.press(Qt.Key.Key_Slash)
        editing.type(name)
        press(editing, Qt.Key.Key_Return)
    editing.click_region(20, 20, CTRL)
    assert len(editing.window.canvas.selection) == 2
    editing.press(Qt.Key.Key_1)
    editing.rest()
    press(editing, Qt.Key.Key_Z, CTRL)
    editing.click_region(80, 10)
    editing.click_region(20, 20, CTRL)
    editing.press(Qt.Key.Key_M, SHIFT)
    assert editing.window.search.isVisible()
    assert editing.window.search.field.placeholderText() == "Merge 2 regions as…"
    assert editing.window.search.list.item(0).text().startswith("sky"), "given last"
    editing.type("tr")
    press(editing, Qt.Key.Key_Return)
    merged = label_map(editing)
    assert (merged[:40] == owner[0, 0]).all()
    (region,) = (each for each in editing.window.viewer.regions if each.id == owner[0, 0])
    assert editing.window.session.labels[region.label_id].name == "tree"
    assert editing.window.canvas.selection == {region.id}
    press(editing, Qt.Key.Key_Z, CTRL)
    np.testing.assert_array_equal(label_map(editing), owner)
    editing.click_region(80, 10)
    editing.click_region(20, 20, CTRL)
    editing.press(Qt.Key.Key_M, SHIFT)
    editing.type("cloud")
    press(editing, Qt.Key.Key_Return)
    assert {label.name for label in editing.window.session.labels.values()} == {"sky", "tree", "cloud"}
    editing.click_region(80, 50)
    editing.press(Qt.Key.Key_Slash)
    editing.type("sea")
    press(editing, Qt.Key.Key_Return)
    assert len(editing.window.session.labels) == 4, "naming names again"


def test_ctrl_shift_v_copies_the_labels_of_the_previous_image(editing):
    owner = label_map(editing)
    press(editing, Qt.Key.Key_V, CTRL | SHIFT)
    assert said(editing) == "There is no previous image"
    edit(editing, lambda project: review.name_regions_as(project, [int(owner[0, 0])], "sky"))
    edit(editing, lambda project: review.name_regions_as(project, [int(owner[50, 80])], "sea"))
    press(editing, Qt.Key.Key_D)
    press(editing, Qt.Key.Key_V, CTRL | SHIFT)
    names = {label.id: label.name for label in editing.window.session.labels.values()}
    here = label_map(editing)
    found = {region.id: names.get(region.label_id) for region in editing.window.viewer.regions}
    assert found == {here[0, 0]: "sky", here[50, 80]: "sea", here[10, 80]: None, here[50, 10]: None}
    assert said(editing) == "2 regions named as in the previous image"
    assert editing.window.canvas.selection == {here[0, 0], here[50, 80]}
    press(editing, Qt.Key.Key_Z, CTRL)
    assert {region.label_id for region in editing.window.viewer.regions} == {None}


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_W, NONE),
        (Qt.Key.Key_W, SHIFT),
        (Qt.Key.Key_S, NONE),
        (Qt.Key.Key_O, NONE),
        (Qt.Key.Key_J, NONE),
        (Qt.Key.Key_J, SHIFT),
        (Qt.Key.Key_C, SHIFT),
        (Qt.Key.Key_0, NONE),
    ],
)
def test_without_a_selection_a_hint_and_nothing_else(editing, key, modifier):
    owner = label_map(editing)
    press(editing, key, modifier)
    assert said(editing) == "Select a region first"
    np.testing.assert_array_equal(label_map(editing), owner)


def test_a_person_made_shape_survives_the_next_cut(hands, tree_project):
    hands.open(tree_project)
    hands.click_region(10, 10)
    press(hands, Qt.Key.Key_W)
    (region_id,) = hands.window.canvas.selection
    grown = label_map(hands) == region_id
    for key in (Qt.Key.Key_Period, Qt.Key.Key_Comma, Qt.Key.Key_Comma):
        press(hands, key)
        np.testing.assert_array_equal(label_map(hands) == region_id, grown)
        assert (label_map(hands) > 0).all()


def test_everything_is_off_in_a_project_that_is_open_for_reading(hands, project_folder):
    with open_project(project_folder):  # another program writes
        hands.window.open(project_folder)
        message = hands.dialog(Message)
        hands.click(hands.button(message, "Open read-only"))
        hands.wait(lambda: hands.window.session.is_open and hands.window.viewer.record is not None)
        hands.rest()
        hands.click_region(80, 50)
        owner = label_map(hands)
        press(hands, Qt.Key.Key_W)
        assert said(hands) == "The project is open read-only"
        np.testing.assert_array_equal(label_map(hands), owner)
        for action_id in ("grow", "shrink", "smooth", "fill", "give", "dissolve", "void", "components", "copy_labels"):
            assert not hands.window.actions_[f"region.{action_id}"].isEnabled()
