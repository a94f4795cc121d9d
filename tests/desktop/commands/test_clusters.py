"""A person names what looks alike, once: by keys and mouse, in the concept browser."""

from desktop.browser.browsing import (
    CTRL,
    KINDS,
    SHIFT,
    choose,
    click,
    grid,
    members,
    names,
    press,
    said,
    sections,
    stored,
    type_name,
)
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from sqlalchemy import update

from acseg_core.store import open_project
from acseg_core.store.edits import history, labels
from acseg_core.store.queries.cluster_queries import NO_CLUSTER
from acseg_core.store.schema import REGION
from acseg_core.types import OpChanges, RegionStatus
from acseg_core.verbs import Verb
from acseg_desktop.browser.layout import Spot


def test_it_takes_the_canvas_place_and_gives_it_back(hands, clustered):
    hands.open(clustered)
    window = hands.window
    press(hands, Qt.Key.Key_G)
    assert grid(hands).isVisible()
    assert grid(hands).hasFocus()
    assert not window.canvas.isVisible()
    assert not window.strip.isVisible()
    assert not window.regions.isVisible()
    assert window.labels.isVisible()
    press(hands, Qt.Key.Key_G)
    assert window.canvas.isVisible()
    assert window.canvas.hasFocus()
    assert window.strip.isVisible()
    assert window.regions.isVisible()
    press(hands, Qt.Key.Key_G)
    press(hands, Qt.Key.Key_Escape)
    assert window.canvas.isVisible()


def test_a_read_only_project_can_be_looked_at(hands, clustered):
    with open_project(clustered):
        hands.window.session.open(clustered, read_only=True)
        hands.wait(lambda: hands.window.viewer.record is not None)
        hands.rest()
        press(hands, Qt.Key.Key_G)
        assert len(sections(hands)) == KINDS
        press(hands, Qt.Key.Key_Slash)
        assert "read-only" in said(hands)
        hands.window.session.close()
        hands.rest()
    assert not hands.window.commands.clusters.is_open


def test_keys_of_the_image_say_where_they_belong(browser):
    record = browser.window.viewer.record
    press(browser, Qt.Key.Key_D)
    assert "press G" in said(browser)
    assert browser.window.viewer.record == record


def test_a_crop_leads_to_its_image_and_escape_back_to_where_one_was(browser):
    window = browser.window
    press(browser, Qt.Key.Key_Down)
    press(browser, Qt.Key.Key_Right)
    press(browser, Qt.Key.Key_Right)
    wanted = grid(browser).current_region
    place = grid(browser).place
    assert place == Spot(1, 1)
    for back in (Qt.Key.Key_Escape, Qt.Key.Key_G):
        press(browser, Qt.Key.Key_Return)
        assert window.canvas.isVisible()
        assert window.viewer.record.id == wanted.image_id
        assert window.canvas.selection == {wanted.id}
        press(browser, back)
        assert grid(browser).isVisible()
        assert grid(browser).place == place
        assert grid(browser).regions == {wanted.id}


def test_escape_clears_the_selection_again_once_another_image_is_shown(browser):
    window = browser.window
    click(browser, Spot(0, 0), double=True)
    assert window.canvas.isVisible()
    press(browser, Qt.Key.Key_D if window.viewer.record.path != "sub/b.png" else Qt.Key.Key_A)
    press(browser, Qt.Key.Key_A, CTRL)
    press(browser, Qt.Key.Key_Escape)
    assert window.canvas.isVisible()
    assert not window.canvas.selection


def test_a_name_typed_is_given_to_the_whole_cluster_and_the_next_one_follows(browser):
    assert grid(browser).clusters == {sections(browser)[0].key}
    first, second = sections(browser)[0].key, sections(browser)[1].key
    ids = members(browser, 0)
    type_name(browser, "sky")
    assert names(browser) == {"sky": 4, None: 12}
    assert all(stored(browser)[id_].status is RegionStatus.ACCEPTED for id_ in ids)
    assert grid(browser).clusters == {second}
    assert grid(browser).place == Spot(1)
    assert sections(browser)[0].key == first, "it stays for a moment"
    browser.wait(lambda: sections(browser)[-1].key == first)
    assert grid(browser).clusters == {second}
    assert grid(browser).place == Spot(0)
    assert grid(browser).hasFocus()
    press(browser, Qt.Key.Key_1)
    assert names(browser) == {"sky": 8, None: 8}
    for left in (4, 0):
        press(browser, Qt.Key.Key_Z, CTRL)
        assert names(browser).get("sky", 0) == left
    assert grid(browser).isVisible()


def suggest(browser, section, name):
    """The machine suggests a name for all regions of a section."""
    project, ids = browser.window.session.project, members(browser, section)
    label, _changes = labels.create_label(project, name)
    with project.write() as connection:
        chosen = REGION.c.id.in_(ids)
        connection.execute(update(REGION).where(chosen).values(suggestion_id=label.id, confidence=0.9))
    browser.window.session.note_changes(project, OpChanges(Verb.SUGGEST_NAMES, labels=True))
    browser.rest()
    return ids


def test_y_goes_on_to_the_next_cluster_as_a_digit_does(browser):
    first, second = sections(browser)[0].key, sections(browser)[1].key
    suggest(browser, 0, "sky")
    browser.press(Qt.Key.Key_Y)
    browser.wait(lambda: names(browser) == {"sky": 4, None: 12})
    browser.wait(lambda: sections(browser)[0].record.unnamed == 0 or sections(browser)[0].key != first)
    assert [section.key for section in sections(browser)[:2]] == [first, second], "nothing moves under the hand"
    assert grid(browser).clusters == {second}
    browser.rest()
    press(browser, Qt.Key.Key_Y)
    assert "No name is suggested" in said(browser)
    assert grid(browser).clusters == {second}, "what was not named is not left"
    browser.wait(lambda: sections(browser)[-1].key == first)
    assert grid(browser).clusters == {second}


def test_a_rejected_cluster_does_not_take_the_keys_to_the_end_of_the_list(browser):
    second = sections(browser)[1].key
    press(browser, Qt.Key.Key_Delete)
    assert grid(browser).clusters == {second}
    browser.wait(lambda: sections(browser)[0].key == second)
    assert grid(browser).place == Spot(0)


def test_how_many_clusters_are_named_is_said(browser):
    progress = browser.window.browser.progress
    assert progress.text() == "0 of 4 clusters named"
    type_name(browser, "sky")
    assert progress.text() == "1 of 4 clusters named"
    choose(browser, browser.window.browser.filters.label, 1)
    assert not progress.isVisible()
    assert len(sections(browser)) == 3
    first = sections(browser)[0].key
    press(browser, Qt.Key.Key_1)
    assert sections(browser)[0].key == first, "a cluster that was named stays for a moment, although it is filtered out"
    assert sections(browser)[0].record.unnamed == 0
    browser.wait(lambda: len(sections(browser)) == 2)


def test_what_is_taken_out_stays_visible_below_and_can_be_named_there(browser):
    click(browser, Spot(0, 0))
    press(browser, Qt.Key.Key_Right, SHIFT)
    chosen = grid(browser).regions
    press(browser, Qt.Key.Key_O)
    assert not grid(browser).regions, "the next key is not for them"
    assert sections(browser)[-1].key == NO_CLUSTER
    last = len(sections(browser)) - 1
    assert set(members(browser, last)) == chosen
    click(browser, Spot(last))
    assert browser.window.browser.selection_text.text() == "Cluster of 2 regions"
    press(browser, Qt.Key.Key_X)
    assert "Select only one cluster" in said(browser)
    type_name(browser, "odd")
    assert names(browser) == {"odd": 2, None: 14}
    assert {id_ for id_, region in stored(browser).items() if region.label_id} == chosen


def wheel(browser, notches):
    """Turn the wheel with Ctrl held, over the middle of the grid."""
    viewport = grid(browser).viewport()
    place = QPointF(viewport.rect().center())
    where = QPointF(viewport.mapToGlobal(place.toPoint()))
    turn = QPoint(0, 120 * notches)
    none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    QApplication.sendEvent(viewport, QWheelEvent(place, where, QPoint(), turn, none, CTRL, phase, False))
    browser.rest()


def test_tiles_become_larger_with_ctrl_and_the_wheel_or_by_the_slider_and_stay_so(browser, make_window, clustered):
    slider = browser.window.browser.tile_size
    assert slider.isVisible()
    before = grid(browser).spot_rect(Spot(0, 0)).width()
    click(browser, Spot(1, 0))
    top = grid(browser).spot_rect(Spot(1, 0)).top()
    wheel(browser, 3)
    larger = grid(browser).spot_rect(Spot(1, 0))
    assert larger.width() == before + 36 == slider.value()
    assert larger.top() == top or larger.bottom() <= grid(browser).viewport().height()
    slider.setFocus()
    press(browser, Qt.Key.Key_Home)
    assert grid(browser).spot_rect(Spot(0, 0)).width() == slider.minimum() < before
    wheel(browser, -2)
    assert grid(browser).spot_rect(Spot(0, 0)).width() == slider.minimum()
    wheel(browser, 1)
    browser.close()
    again = make_window()
    again.open(clustered)
    press(again, Qt.Key.Key_G)
    assert grid(again).spot_rect(Spot(0, 0)).width() == slider.minimum() + 12


def test_only_what_has_no_name_is_named_and_a_named_cluster_is_renamed(browser):
    key, ids = sections(browser)[0].key, members(browser, 0)
    click(browser, Spot(0, 1))
    type_name(browser, "tree")
    select_cluster(browser, key)
    reject = browser.window.browser.model.section_of(key)
    click(browser, Spot(reject, 2))
    press(browser, Qt.Key.Key_Delete)
    select_cluster(browser, key)
    type_name(browser, "sky")
    assert names(browser) == {"tree": 1, "sky": 2, None: 13}
    assert stored(browser)[ids[1]].label_id is not None
    assert stored(browser)[ids[2]].status is RegionStatus.REJECTED
    select_cluster(browser, key)
    type_name(browser, "water")
    assert names(browser) == {"water": 3, None: 13}
    press(browser, Qt.Key.Key_Z, CTRL)
    assert names(browser) == {"tree": 1, "sky": 2, None: 13}


def select_cluster(browser, key):
    grid(browser).go(Spot(browser.window.browser.model.section_of(key)))


def test_single_crops_are_named_rejected_and_unnamed(browser):
    ids = members(browser, 0)
    click(browser, Spot(0, 0))
    click(browser, Spot(0, 2), CTRL)
    assert grid(browser).regions == {ids[0], ids[2]}
    type_name(browser, "sky")
    assert {id_ for id_, region in stored(browser).items() if region.label_id} == {ids[0], ids[2]}
    press(browser, Qt.Key.Key_Backspace)
    assert names(browser) == {None: 16}
    press(browser, Qt.Key.Key_Delete)
    assert {region.status for region in stored(browser).values()} == {RegionStatus.PROPOSED, RegionStatus.REJECTED}
    press(browser, Qt.Key.Key_Z, CTRL)
    press(browser, Qt.Key.Key_Z, CTRL)
    assert names(browser) == {"sky": 2, None: 14}


def test_a_label_of_the_list_is_given_to_what_is_selected(browser):
    type_name(browser, "sky")
    (label_id,) = browser.window.session.labels
    browser.window.labels.label_given.emit(label_id)
    browser.rest()
    assert names(browser) == {"sky": 8, None: 8}


def test_clusters_are_merged_with_the_keyboard_alone(browser):
    """Shift+arrows and Shift+click select from one header to another."""
    first, second, third = (section.key for section in sections(browser)[:3])
    press(browser, Qt.Key.Key_Home)
    press(browser, Qt.Key.Key_Down, SHIFT)
    press(browser, Qt.Key.Key_Down, SHIFT)
    assert grid(browser).clusters == {first, second, third}
    press(browser, Qt.Key.Key_Up, SHIFT)
    assert grid(browser).clusters == {first, second}
    press(browser, Qt.Key.Key_Up)
    assert grid(browser).clusters == {first}
    click(browser, Spot(2), SHIFT)
    assert grid(browser).clusters == {first, second, third}
    press(browser, Qt.Key.Key_M)
    assert sorted(section.count for section in sections(browser)) == [4, 12]
    assert said(browser) == "3 clusters merged"
    press(browser, Qt.Key.Key_Z, CTRL)
    assert said(browser) == "Undone: merge clusters"
    assert len(sections(browser)) == 4
    press(browser, Qt.Key.Key_Y, CTRL)
    assert said(browser) == "Redone: merge clusters"
    place = next(i for i, section in enumerate(sections(browser)) if section.count == 12)
    click(browser, Spot(place, 1))
    press(browser, Qt.Key.Key_Right, SHIFT)
    assert len(grid(browser).regions) == 2


def test_clusters_are_merged_split_and_thinned_and_each_is_one_undo(browser):
    click(browser, Spot(0))
    click(browser, Spot(1), CTRL)
    assert len(grid(browser).clusters) == 2
    press(browser, Qt.Key.Key_M)
    assert sorted(section.count for section in sections(browser)) == [4, 4, 8]
    assert said(browser) == "2 clusters merged"
    place = next(i for i, section in enumerate(sections(browser)) if section.count == 8)
    click(browser, Spot(place))
    press(browser, Qt.Key.Key_X)
    assert sorted(section.count for section in sections(browser)) == [4, 4, 4, 4]
    click(browser, Spot(0, 0))
    click(browser, Spot(0, 1), SHIFT)
    assert len(grid(browser).regions) == 2
    press(browser, Qt.Key.Key_O)
    assert sum(section.count for section in sections(browser)[:-1]) == 14
    assert (sections(browser)[-1].key, sections(browser)[-1].count) == (NO_CLUSTER, 2)
    assert browser.window.browser.note.isVisible()
    for counts in ([4, 4, 4, 4], [4, 4, 8], [4, 4, 4, 4]):
        press(browser, Qt.Key.Key_Z, CTRL)
        assert sorted(section.count for section in sections(browser)) == counts


def test_one_cluster_cannot_be_merged_and_says_so(browser):
    press(browser, Qt.Key.Key_M)
    assert "select two or more by their headers" in said(browser)
    press(browser, Qt.Key.Key_O)
    assert "do not belong" in said(browser)


def test_shift_f_finds_from_the_canvas_and_escape_goes_back_there(hands, clustered):
    hands.open(clustered)
    hands.click_region(10, 10)
    (query,) = hands.window.canvas.selection
    press(hands, Qt.Key.Key_F, SHIFT)
    assert hands.window.browser.model.likeness.regions[0].id == query
    press(hands, Qt.Key.Key_A, CTRL)
    assert len(grid(hands).regions) == 16
    press(hands, Qt.Key.Key_Escape)
    assert hands.window.canvas.isVisible()
    press(hands, Qt.Key.Key_G)
    assert len(sections(hands)) == KINDS


def test_undo_in_the_browser_leaves_the_image_alone(browser):
    record = browser.window.viewer.record
    click(browser, Spot(0, 3))
    type_name(browser, "sky")
    press(browser, Qt.Key.Key_Z, CTRL)
    assert browser.window.viewer.record.id == record.id
    assert grid(browser).isVisible()


def test_closing_the_project_closes_it(browser):
    browser.window.session.close()
    browser.rest()
    assert not browser.window.commands.clusters.is_open
    assert browser.window.pages.currentWidget() is browser.window.start


def test_undo_of_a_clustering_on_the_canvas_selects_nothing(browser):
    press(browser, Qt.Key.Key_G)
    record = browser.window.viewer.record
    press(browser, Qt.Key.Key_Z, CTRL)
    assert not any(region.cluster_id for region in stored(browser).values())
    assert browser.window.viewer.record.id == record.id
    assert not browser.window.canvas.selection
    assert "Group regions" in said(browser)
    press(browser, Qt.Key.Key_Y, CTRL)
    assert all(region.cluster_id for region in stored(browser).values())


def test_quick_digits_name_one_cluster_each(browser):
    type_name(browser, "sky")
    for _ in range(3):
        browser.press(Qt.Key.Key_1)
    browser.rest()
    assert names(browser) == {"sky": 16}
    for left in (12, 8, 4, 0):
        press(browser, Qt.Key.Key_Z, CTRL)
        assert names(browser).get("sky", 0) == left


def test_three_thousand_regions_are_named_and_unnamed_at_once(hands, crowded):
    hands.open(crowded)
    press(hands, Qt.Key.Key_G)
    type_name(hands, "sky")
    assert names(hands) == {"sky": 3004, None: 12}
    assert history.state(hands.window.session.project).undo == "Name cluster"
    press(hands, Qt.Key.Key_Z, CTRL)
    assert names(hands) == {None: 3016}
