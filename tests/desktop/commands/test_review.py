"""A person reviews regions by keys and mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from acseg_core.store import open_project, queries
from acseg_core.store.edits import history
from acseg_core.types import ImageStatus, OpChanges, RegionStatus
from acseg_core.verbs import Verb
from acseg_desktop.operations import images

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def review(hands, project_folder):
    hands.open(project_folder)
    return hands


def regions(review):
    return queries.regions(review.window.session.project, review.window.viewer.image_id)


def name_of(review, region_id):
    region = review.window.viewer.region(region_id)
    label = review.window.session.labels.get(region.label_id or 0)
    return label.name if label else None


def test_opening_shows_first_image_and_its_regions(review):
    window = review.window
    assert window.viewer.record.path == "a1.png"
    assert len(window.viewer.regions) == 4
    assert window.regions.model.rowCount() == 4
    assert window.images.rowCount() == 4
    assert window.header.name.text() == "a1.png"
    assert window.status.position.text() == "1 / 4"
    assert window.status.size_text.text() == "96 × 64"


def test_click_selects_and_list_follows(review):
    review.click_region(10, 10)
    (selected,) = review.window.canvas.selection
    largest = regions(review)[0]
    assert selected == largest.id
    rows = review.window.regions.view.selectionModel().selectedIndexes()
    assert [index.row() for index in rows] == [0]


def test_list_selects_and_canvas_follows(review):
    view = review.window.regions.view
    index = review.window.regions.model.index(2)
    review.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
    assert review.window.canvas.selection == {regions(review)[2].id}


def test_typing_makes_a_label_and_digit_gives_it_again(review):
    review.click_region(10, 10)
    first = next(iter(review.window.canvas.selection))
    review.press(Qt.Key.Key_Slash)
    assert review.window.search.isVisible()
    review.type("Green House")
    review.press(Qt.Key.Key_Return)
    review.rest()
    assert name_of(review, first) == "Green House"
    assert [label.hotkey for label in review.window.session.labels.values()] == ["1"]
    review.click_region(80, 10)
    second = next(iter(review.window.canvas.selection))
    assert second != first
    review.press(Qt.Key.Key_1)
    review.rest()
    assert name_of(review, second) == "Green House"
    assert regions(review)[1].status is RegionStatus.ACCEPTED
    assert review.window.viewer.record.status is ImageStatus.IN_REVIEW
    assert review.window.labels.model.rowCount() == 1


def test_search_finds_by_few_letters(review):
    for name in ("sky", "skyscraper", "grass"):
        review.click_region(10, 10)
        review.press(Qt.Key.Key_Slash)
        review.type(name)
        if name == "sky":
            review.press(Qt.Key.Key_Return)
        else:
            review.press(Qt.Key.Key_Up)
            assert review.window.search.list.currentItem().text().startswith("Create label")
            review.press(Qt.Key.Key_Return)
        review.rest()
    review.click_region(10, 10)
    review.press(Qt.Key.Key_Slash)
    review.type("gr")
    assert review.window.search.list.currentItem().text().startswith("grass")
    review.press(Qt.Key.Key_Escape)
    assert not review.window.search.isVisible()
    assert review.window.canvas.hasFocus()


def test_a_new_name_is_not_taken_for_another_with_its_letters(review):
    for typed in ("traffic light", "tail", "tl"):
        review.click_region(10, 10)
        review.press(Qt.Key.Key_Slash)
        review.type(typed)
        review.press(Qt.Key.Key_Return)
        review.rest()
        expected = "traffic light" if typed == "tl" else typed
        assert name_of(review, regions(review)[0].id) == expected


def test_merge_undo_redo_and_undo_after_reopening(review, project_folder, make_window):
    before = [(region.id, region.area) for region in regions(review)]
    review.click_region(10, 10)
    review.click_region(80, 10, CTRL)
    assert len(review.window.canvas.selection) == 2
    review.press(Qt.Key.Key_M)
    review.rest()
    assert len(regions(review)) == 3
    assert review.window.canvas.selection == {before[0][0]}
    assert "merge" in review.window.actions_["edit.undo"].text().lower()
    review.press(Qt.Key.Key_Z, CTRL)
    review.rest()
    assert [(region.id, region.area) for region in regions(review)] == before
    review.press(Qt.Key.Key_Y, CTRL)
    review.rest()
    assert len(regions(review)) == 3
    review.close()
    again = make_window()
    again.open(project_folder)
    again.press(Qt.Key.Key_Z, CTRL)
    again.rest()
    assert [(region.id, region.area) for region in regions(again)] == before
    again.press(Qt.Key.Key_Z, CTRL | SHIFT)
    again.rest()
    assert len(regions(again)) == 2 or len(regions(again)) == 3


def test_accept_goes_on_to_next_not_done(review):
    window = review.window
    review.press(Qt.Key.Key_Return)
    review.rest()
    assert window.viewer.record.path == "a2.png"
    review.press(Qt.Key.Key_A)
    review.rest()
    assert window.viewer.record.path == "a1.png"
    assert window.viewer.record.status is ImageStatus.DONE
    review.press(Qt.Key.Key_D, CTRL | SHIFT)
    review.rest()
    assert window.viewer.record.path == "a2.png"
    assert window.status.counts.text().startswith("1 of 4 images done")


def test_at_the_end_one_is_told_of_open_images_on_the_other_side(review):
    window = review.window

    def told(*, at, key):
        window.commands.browse.show(
            next(i for i in window.images.ids if queries.image(window.session.project, i).path == at)
        )
        review.rest()
        review.press(key, CTRL | SHIFT)
        review.rest()
        assert window.viewer.record.path == at
        return window.status.currentMessage()

    assert "some before it are not (Ctrl+Shift+A)" in told(at="sub/b.png", key=Qt.Key.Key_D)
    assert "some after it are not (Ctrl+Shift+D)" in told(at="a1.png", key=Qt.Key.Key_A)
    others = [image_id for image_id in window.images.ids if image_id != window.viewer.image_id]
    images.set_status(window.session, others, ImageStatus.DONE)
    review.rest()
    assert told(at="a1.png", key=Qt.Key.Key_D) == "There is no other image that is not done"


def test_next_and_previous_stop_at_the_ends(review):
    window = review.window
    review.press(Qt.Key.Key_A)
    assert "first" in window.status.currentMessage()
    for path in ("a2.png", "a10.jpg", "sub/b.png"):
        review.press(Qt.Key.Key_D)
        review.rest()
        assert window.viewer.record.path == path
    review.press(Qt.Key.Key_D)
    assert "last" in window.status.currentMessage()


def test_reject_and_unname(review):
    review.click_region(10, 10)
    region_id = next(iter(review.window.canvas.selection))
    review.press(Qt.Key.Key_Slash)
    review.type("tree")
    review.press(Qt.Key.Key_Return)
    review.rest()
    review.press(Qt.Key.Key_Backspace)
    review.rest()
    assert review.window.viewer.region(region_id).label_id is None
    review.press(Qt.Key.Key_Delete)
    review.rest()
    assert review.window.viewer.region(region_id).status is RegionStatus.REJECTED


def test_hide_and_overlay_keys(review):
    canvas = review.window.canvas
    review.click_region(10, 10)
    selected = canvas.selection
    review.press(Qt.Key.Key_H)
    assert canvas.hidden == selected
    assert not canvas.selection
    review.press(Qt.Key.Key_H)
    assert not canvas.hidden
    review.press(Qt.Key.Key_T)
    assert not review.window.actions_["view.overlay"].isChecked()
    review.press(Qt.Key.Key_T)
    assert review.window.actions_["view.overlay"].isChecked()


def test_select_all_invert_clear(review):
    canvas = review.window.canvas
    review.press(Qt.Key.Key_A, CTRL)
    assert len(canvas.selection) == 4
    review.press(Qt.Key.Key_Escape)
    assert not canvas.selection
    review.click_region(10, 10)
    review.press(Qt.Key.Key_I, CTRL)
    assert len(canvas.selection) == 3


def test_zoom_keys(review):
    canvas = review.window.canvas
    fitted = canvas.zoom
    review.press(Qt.Key.Key_Plus)
    assert canvas.zoom > fitted
    review.press(Qt.Key.Key_0, CTRL)
    assert canvas.zoom == pytest.approx(1.0)
    assert review.window.status.zoom.text() == "100 %"
    review.press(Qt.Key.Key_F)
    assert canvas.zoom == pytest.approx(fitted)


def test_keys_without_selection_say_what_to_do(review):
    review.press(Qt.Key.Key_M)
    assert "two or more" in review.window.status.currentMessage()
    review.click_region(10, 10)
    review.press(Qt.Key.Key_7)
    assert "No label has the key 7" in review.window.status.currentMessage()


def test_undo_goes_to_the_image_it_changes(review):
    window = review.window
    review.press(Qt.Key.Key_A, CTRL)
    review.press(Qt.Key.Key_M)
    review.rest()
    first = window.viewer.image_id
    review.press(Qt.Key.Key_D)
    review.rest()
    review.press(Qt.Key.Key_Z, CTRL)
    review.rest()
    assert window.viewer.image_id == first
    assert len(window.viewer.regions) == 4


def test_search_by_name_and_status(review):
    window = review.window
    review.click(window.strip.search)
    review.type("sub")
    review.wait(lambda: window.images.rowCount() == 1)
    assert window.viewer.record.path == "a1.png", "typing D or A in the field must not change the image"
    review.press(Qt.Key.Key_Return)
    review.wait(window.canvas.hasFocus)
    review.rest()
    assert window.session.history.undo == "Propose", "Enter in the field must not accept the image"
    window.strip.clear_filter()
    review.wait(lambda: window.images.rowCount() == 4)
    review.press(Qt.Key.Key_F, CTRL)
    review.type("status:prop")
    review.wait(window.strip.search._popup.isVisible)
    review.qtbot.keyClick(window.strip.search._popup, Qt.Key.Key_Return)
    assert window.strip.search.text() == "status:proposed "
    review.wait(lambda: window.images.rowCount() == 2)


def test_click_on_thumbnail_shows_image(review):
    window = review.window
    view = window.strip.view
    index = window.images.index(1)
    review.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
    review.rest()
    assert window.viewer.record.path == "a2.png"


def test_edits_are_committed_at_once(review, project_folder):
    review.click_region(10, 10)
    review.press(Qt.Key.Key_Slash)
    review.type("sea")
    review.press(Qt.Key.Key_Return)
    review.rest()
    with open_project(project_folder, read_only=True) as other:
        assert [label.name for label in queries.labels(other)] == ["sea"]
        assert history.state(other).undo is not None


def test_closing_right_after_an_edit_keeps_it(review, project_folder):
    review.press(Qt.Key.Key_A, CTRL)
    review.press(Qt.Key.Key_M)
    review.close()
    with open_project(project_folder) as project:
        assert len(queries.regions(project, 1)) == 1


def test_many_quick_keys_are_all_done_in_order(review):
    review.press(Qt.Key.Key_A, CTRL)
    review.press(Qt.Key.Key_Slash)
    review.type("one")
    review.press(Qt.Key.Key_Return)
    review.rest()
    for _ in range(10):
        review.press(Qt.Key.Key_Backspace)
        review.press(Qt.Key.Key_1)
    review.rest()
    assert all(region.label_id == 1 for region in review.window.viewer.regions)
    for _ in range(20):
        review.press(Qt.Key.Key_Z, CTRL)
    review.rest()
    assert all(region.label_id == 1 for region in review.window.viewer.regions)


def test_keys_pressed_before_a_merge_is_shown_mean_the_merged_region(review):
    review.click_region(10, 10)
    review.press(Qt.Key.Key_Slash)
    review.type("tree")
    review.press(Qt.Key.Key_Return)
    review.rest()
    review.press(Qt.Key.Key_Backspace)
    review.rest()
    review.click_region(80, 10, CTRL)
    review.press(Qt.Key.Key_M)
    review.press(Qt.Key.Key_M)
    review.press(Qt.Key.Key_1)
    review.rest()
    assert QApplication.activeModalWidget() is None
    (merged,) = review.window.canvas.selection
    assert len(regions(review)) == 3
    assert name_of(review, merged) == "tree"
    for _ in range(2):
        review.press(Qt.Key.Key_Z, CTRL)
    review.press(Qt.Key.Key_A, CTRL)
    review.rest()
    assert len(regions(review)) == 4
    review.click_region(80, 10)
    (other,) = review.window.canvas.selection
    review.press(Qt.Key.Key_1)
    review.rest()
    assert other != merged
    assert (name_of(review, other), name_of(review, merged)) == ("tree", None)


def test_a_selection_made_while_an_edit_is_on_its_way_stays(review):
    review.click_region(10, 10)
    review.press(Qt.Key.Key_Delete)
    review.click_region(80, 10)
    chosen = review.window.canvas.selection
    review.rest()
    assert review.window.canvas.selection == chosen
    review.press(Qt.Key.Key_Z, CTRL)
    review.rest()
    assert review.window.canvas.selection == {regions(review)[0].id}, "undo shows what it changed"


def test_an_image_not_yet_on_the_canvas_cannot_be_accepted(review):
    review.press(Qt.Key.Key_D)
    review.press(Qt.Key.Key_Return)
    review.rest()
    project = review.window.session.project
    assert [record.status for record in queries.images(project)[:2]] == [ImageStatus.PROPOSED] * 2


def test_undo_follows_its_own_changes_only(review):
    window = review.window
    review.press(Qt.Key.Key_A, CTRL)
    review.press(Qt.Key.Key_M)
    review.rest()
    first, other = window.viewer.image_id, window.images.image_id(3)
    review.press(Qt.Key.Key_Z, CTRL)
    elsewhere = OpChanges(Verb.PROPOSE, images=True, image_ids=frozenset({other}))
    window.session.note_changes(window.session.project, elsewhere)
    review.rest()
    assert window.viewer.image_id == first


def test_the_end_is_told_from_everything_done(review):
    window = review.window
    for _ in range(3):
        review.press(Qt.Key.Key_D)
        review.rest()
    review.press(Qt.Key.Key_Return)
    review.rest()
    assert "Ctrl+Shift+A" in window.status.currentMessage()
    for _ in range(3):
        review.press(Qt.Key.Key_A, CTRL | SHIFT)
        review.rest()
        review.press(Qt.Key.Key_Return)
        review.rest()
    assert window.status.currentMessage() == "Every image is done"
