"""A person names what looks alike, once: by keys and mouse, in the concept browser."""

import threading

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import insert

from acseg_core import atomic_write
from acseg_core.errors import ModelError
from acseg_core.images.files import inspect_image
from acseg_core.nets.features import FeatureMap
from acseg_core.shapes import masks
from acseg_core.store import create_project, open_project, queries
from acseg_core.store.edits import clusters, history, ingest, runs
from acseg_core.store.schema import REGION
from acseg_core.types import OpChanges, Region, RegionOrigin, RegionProposal, RegionStatus, RunInfo
from acseg_core.workflows import clustering
from acseg_core.workflows.salience import keep_attention
from acseg_desktop.browser.crops import SIDE, make_crop
from acseg_desktop.browser.layout import IN_HEADER, GridLayout, Spot
from acseg_desktop.browser.model import PAGE
from acseg_desktop.dialogs.message import Message
from acseg_desktop.jobs import Lane
from acseg_desktop.language.words import use
from acseg_desktop.operations import labels as label_operations
from acseg_desktop.operations.project import scan

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
RUN = RunInfo("test_vit", "0" * 64, "tiny", "1" * 64, "{}", "0.1.0")
KINDS = 4


def label_map(width, height):
    made = np.zeros((height, width), np.uint8)
    made[:40, 60:] = 1
    made[40:, :60] = 2
    made[40:, 60:] = 3
    return made


def descriptor(kind, image_id):
    """Regions of one kind look alike; kinds are far apart."""
    made = np.random.default_rng([kind, image_id]).normal(0, 0.02, 16)
    made[kind] += 1
    return (made / np.linalg.norm(made)).astype(np.float16)


@pytest.fixture
def kinds(tmp_path, photos):
    """A closed project: four images, each with one region of each of four kinds; not clustered."""
    folder = tmp_path / "kinds"
    with create_project(folder, image_root=photos, name="Kinds") as project:
        paths = sorted(path.relative_to(photos).as_posix() for path in photos.rglob("*") if path.is_file())
        infos = [inspect_image(photos, path, thumbnails=project.thumbnails_dir) for path in paths]
        ingest.add_images(project, infos)
        run_id = runs.begin_run(project, RUN)
        for image_id in queries.image_ids(project):
            encoded = masks.encode_label_map(label_map(96, 64))
            proposals = [
                RegionProposal(kind, mask, masks.bounding_box(mask), masks.area(mask), descriptor(kind, image_id))
                for kind, mask in encoded.items()
            ]
            runs.save_proposals(project, run_id, image_id, proposals)
        runs.finish_run(project, run_id)
    return folder


@pytest.fixture
def clustered(kinds):
    """The same, in four clusters of four regions."""
    with open_project(kinds) as project:
        for _ in clustering.cluster_regions(project, count=KINDS):
            pass
    return kinds


@pytest.fixture
def browser(hands, clustered):
    """The browser is open; the first cluster is selected."""
    hands.open(clustered)
    press(hands, Qt.Key.Key_G)
    return hands


def press(hands, key, modifier=NONE):
    hands.press(key, modifier)
    hands.rest()


def grid(hands):
    return hands.window.browser.grid


def stored(hands):
    """All regions of the project by id."""
    project = hands.window.session.project
    return {each.id: each for image_id in queries.image_ids(project) for each in queries.regions(project, image_id)}


def names(hands):
    """How many regions have which name."""
    labels, found = hands.window.session.labels, {}
    for region in stored(hands).values():
        name = labels[region.label_id].name if region.label_id else None
        found[name] = found.get(name, 0) + 1
    return found


def sections(hands):
    return hands.window.browser.model.sections


def members(hands, section):
    """Ids of a section's members, all of them there."""
    model = hands.window.browser.model
    cells = range(sections(hands)[section].count)
    hands.wait(lambda: all(model.region(section, cell) is not None for cell in cells))
    hands.rest()
    return [model.region(section, cell).id for cell in cells]


def click(hands, spot, modifier=NONE, *, double=False):
    box = grid(hands).spot_rect(spot)
    place = QPoint(box.left() + 40, box.center().y())
    act = hands.qtbot.mouseDClick if double else hands.qtbot.mouseClick
    act(grid(hands).viewport(), Qt.MouseButton.LeftButton, modifier, place)
    hands.rest()


def type_name(hands, name):
    press(hands, Qt.Key.Key_Slash)
    hands.type(name)
    press(hands, Qt.Key.Key_Return)


def said(hands):
    return hands.window.status.currentMessage()


# In and out


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


def test_without_clusters_one_button_makes_them(hands, kinds):
    hands.open(kinds)
    press(hands, Qt.Key.Key_G)
    empty = hands.window.browser.empty
    assert empty.isVisible()
    assert "16 regions" in empty.text.text()
    assert empty.button.hasFocus()
    hands.click(empty.button)
    hands.rest()
    assert sum(section.count for section in sections(hands)) == 16
    assert grid(hands).isVisible()
    assert "16 regions in" in said(hands)
    press(hands, Qt.Key.Key_Z, CTRL)
    assert empty.isVisible()
    assert not any(region.cluster_id for region in stored(hands).values())


def test_the_keys_stay_in_the_browser_when_a_button_has_done_its_work(hands, kinds):
    hands.open(kinds)
    press(hands, Qt.Key.Key_G)
    press(hands, Qt.Key.Key_Space)
    assert grid(hands).hasFocus()
    press(hands, Qt.Key.Key_Z, CTRL)
    assert hands.window.browser.empty.button.hasFocus()


def test_without_regions_it_says_what_to_do(hands, many_images):
    hands.open(many_images)
    press(hands, Qt.Key.Key_G)
    empty = hands.window.browser.empty
    assert "no regions" in empty.title.text()
    assert empty.button.text() == "Propose regions…"


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


# Names


def test_a_name_typed_is_given_to_the_whole_cluster_and_the_next_one_follows(browser):
    assert grid(browser).clusters == {sections(browser)[0].key}
    first, second = sections(browser)[0].key, sections(browser)[1].key
    ids = members(browser, 0)
    type_name(browser, "sky")
    assert names(browser) == {"sky": 4, None: 12}
    assert all(stored(browser)[id_].status is RegionStatus.ACCEPTED for id_ in ids)
    assert grid(browser).clusters == {second}
    assert grid(browser).place == Spot(0)
    assert sections(browser)[-1].key == first
    assert grid(browser).hasFocus()
    press(browser, Qt.Key.Key_1)
    assert names(browser) == {"sky": 8, None: 8}
    for left in (4, 0):
        press(browser, Qt.Key.Key_Z, CTRL)
        assert names(browser).get("sky", 0) == left
    assert grid(browser).isVisible()


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


# Clusters


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
    assert said(browser) == "Done again: merge clusters"
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
    assert sum(section.count for section in sections(browser)) == 14
    assert browser.window.browser.note.isVisible()
    for counts in ([4, 4, 4, 4], [4, 4, 8], [4, 4, 4, 4]):
        press(browser, Qt.Key.Key_Z, CTRL)
        assert sorted(section.count for section in sections(browser)) == counts


def test_what_is_not_shown_any_more_is_not_selected_either(browser):
    """Else the next key would be for regions that nobody sees."""
    click(browser, Spot(0, 0))
    press(browser, Qt.Key.Key_Right, SHIFT)
    press(browser, Qt.Key.Key_O)
    assert grid(browser).regions == frozenset()
    assert browser.window.browser.selection_text.text() == "Nothing selected"
    press(browser, Qt.Key.Key_Delete)
    assert not any(region.status is RegionStatus.REJECTED for region in stored(browser).values())
    choose(browser, browser.window.browser.filters.status, 1)
    click(browser, Spot(0, 0))
    press(browser, Qt.Key.Key_Right, SHIFT)
    press(browser, Qt.Key.Key_Right, SHIFT)
    assert len(grid(browser).regions) == 3
    press(browser, Qt.Key.Key_Delete)
    assert grid(browser).regions == frozenset()
    assert grid(browser).hasFocus()
    press(browser, Qt.Key.Key_Right)
    assert grid(browser).regions or grid(browser).clusters, "the keys go on from where they were"


def test_among_regions_like_one_those_that_are_gone_are_not_selected(browser):
    press(browser, Qt.Key.Key_F)
    press(browser, Qt.Key.Key_A, CTRL)
    assert len(grid(browser).regions) == 16
    type_name(browser, "all")
    assert len(grid(browser).regions) == 16
    for _ in range(3):  # the name, the clusters, the proposals
        press(browser, Qt.Key.Key_Z, CTRL)
    assert stored(browser) == {}
    assert grid(browser).regions == frozenset()


def test_one_cluster_cannot_be_merged_and_says_so(browser):
    press(browser, Qt.Key.Key_M)
    assert "two or more clusters" in said(browser)
    press(browser, Qt.Key.Key_O)
    assert "do not belong" in said(browser)


def test_regions_of_another_image_are_grouped_once_more(browser):
    project = browser.window.session.project
    clusters.drop_members(project, members(browser, 0)[:3])
    browser.window.browser.model.relist()
    browser.rest()
    note = browser.window.browser.note
    assert note.text() == "Group 3 regions more"
    browser.click(note)
    browser.rest()
    assert not note.isVisible()
    assert sum(section.count for section in sections(browser)) == 16


def move(browser, *values):
    """Drag the handle and let it go; what comes of it is not waited for."""
    slider = browser.window.browser.fineness.slider
    slider.setSliderDown(True)
    for value in values:
        slider.setSliderPosition(value)
        browser.wait(lambda: not browser.window.fineness_slider._preview.isActive())
    slider.setSliderDown(False)
    slider.sliderReleased.emit()


def drag(browser, *values):
    move(browser, *values)
    browser.rest()


def test_the_slider_makes_finer_clusters_and_is_one_undo_step(browser):
    before = {id_: region.cluster_id for id_, region in stored(browser).items()}
    drag(browser, 70, 80, 90, 100)
    count = sum(len(section.cluster_ids) for section in sections(browser))
    assert count == 16
    assert browser.window.browser.fineness.count.text() == "16 clusters"
    press(browser, Qt.Key.Key_Z, CTRL)
    assert {id_: region.cluster_id for id_, region in stored(browser).items()} == before
    drag(browser, 30, 0)
    assert len(sections(browser)) == 2
    drag(browser, 10, 100)
    press(browser, Qt.Key.Key_Z, CTRL)
    assert len(sections(browser)) == 2
    press(browser, Qt.Key.Key_Z, CTRL)
    assert {id_: region.cluster_id for id_, region in stored(browser).items()} == before


def test_a_movement_that_begins_before_the_last_one_is_saved_does_not_swallow_it(browser):
    drag(browser, 70)
    going_on = threading.Event()
    browser.window.session.edit(lambda project: going_on.wait(20) and OpChanges())
    move(browser, 60, 0)
    move(browser, 50, 100)
    going_on.set()
    browser.wait(lambda: sum(len(section.cluster_ids) for section in sections(browser)) == 16)
    browser.rest()
    press(browser, Qt.Key.Key_Z, CTRL)
    assert len(sections(browser)) == 2


def test_opened_again_the_slider_groups_nothing_again(browser, monkeypatch):
    drag(browser, 70, 100)
    folder = browser.window.session.project.folder
    browser.window.session.close()
    browser.wait(lambda: not browser.window.session.is_open)
    browser.rest()
    browser.open(folder)
    press(browser, Qt.Key.Key_G)

    def fail(*_args, **_kwargs):
        raise AssertionError("the regions are clustered again")

    monkeypatch.setattr("acseg_core.names.clustering.cluster", fail)
    drag(browser, 30, 0)
    assert len(sections(browser)) == 2


def test_single_regions_are_gathered_at_the_end_and_named_at_once(browser):
    drag(browser, 100)
    assert len(sections(browser)) == 1
    assert sections(browser)[0].count == 16
    assert len(set(members(browser, 0))) == 16
    press(browser, Qt.Key.Key_Home)
    type_name(browser, "all")
    assert names(browser) == {"all": 16}
    press(browser, Qt.Key.Key_Z, CTRL)
    assert names(browser) == {None: 16}


# Regions like one


def test_f_finds_regions_like_one_the_most_similar_first(browser):
    model = browser.window.browser.model
    like = set(members(browser, 1))
    press(browser, Qt.Key.Key_Down)
    press(browser, Qt.Key.Key_Right)
    query = grid(browser).current_region.id
    press(browser, Qt.Key.Key_F)
    found = [region.id for region in model.likeness.regions]
    assert found[0] == query
    assert set(found[:4]) == like
    assert len(found) == 16
    assert list(model.likeness.similarities) == sorted(model.likeness.similarities, reverse=True)
    assert grid(browser).regions == {query}
    for _ in range(3):
        press(browser, Qt.Key.Key_Right, SHIFT)
    assert grid(browser).regions == like
    type_name(browser, "sky")
    assert {id_ for id_, region in stored(browser).items() if region.label_id} == like
    assert model.likeness is not None
    press(browser, Qt.Key.Key_Escape)
    assert model.likeness is None
    assert grid(browser).isVisible()
    press(browser, Qt.Key.Key_Escape)
    assert browser.window.canvas.isVisible()


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


# Filters


def choose(browser, box, row):
    box.setCurrentIndex(row)
    box.activated.emit(row)
    browser.rest()


def test_filters_narrow_clusters_and_what_is_named(browser):
    window, filters = browser.window, browser.window.browser.filters
    choose(browser, filters.image, 1)
    assert [section.count for section in sections(browser)] == [1, 1, 1, 1]
    shown = members(browser, 0)
    type_name(browser, "sky")
    assert {id_ for id_, region in stored(browser).items() if region.label_id} == set(shown)
    choose(browser, filters.image, 0)
    choose(browser, filters.label, filters.label.findText("sky"))
    assert [section.count for section in sections(browser)] == [1]
    assert members(browser, 0) == shown
    choose(browser, filters.label, 1)
    assert sum(section.record.unnamed for section in sections(browser)) == 15
    choose(browser, filters.label, 0)
    choose(browser, filters.status, 1 + list(RegionStatus).index(RegionStatus.REJECTED))
    assert not sections(browser)
    assert "Nothing passes" in window.browser.empty.title.text()
    choose(browser, filters.status, 0)
    assert len(sections(browser)) == KINDS


# Following the project


def test_it_follows_edits_made_on_the_canvas(browser):
    press(browser, Qt.Key.Key_G)
    browser.click_region(10, 10)
    browser.click_region(80, 10, CTRL)
    press(browser, Qt.Key.Key_M)
    press(browser, Qt.Key.Key_G)
    assert sum(section.count for section in sections(browser)) == 15


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
    assert "Cluster regions" in said(browser)
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


# Many regions


@pytest.fixture
def crowded(clustered):
    """One of the clusters has three thousand members more."""
    with open_project(clustered) as project:
        first = queries.regions(project, queries.image_ids(project)[0])[0]
        with project.read() as connection:
            (row,) = connection.execute(REGION.select().where(REGION.c.id == first.id)).mappings()
        with project.write() as connection:
            values = {name: value for name, value in row.items() if name != "id"}
            connection.execute(insert(REGION), [values] * 3000)
    return clustered


def test_pages_are_read_where_one_looks(hands, crowded):
    hands.open(crowded)
    press(hands, Qt.Key.Key_G)
    model = hands.window.browser.model
    assert sections(hands)[0].count == 3004
    read = len(model._pages.read)
    assert read <= 4
    press(hands, Qt.Key.Key_Space)
    assert grid(hands).grid_layout.shown[0] == 3004
    bar = grid(hands).verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    hands.rest()
    assert read < len(model._pages.read) <= read + 3
    visible = [
        cells for section, cells in grid(hands).grid_layout.visible(bar.value(), bar.value() + 600) if not section
    ]
    hands.wait(lambda: all(model.region(0, cell) is not None for cell in visible[0]))
    hands.rest()
    grid(hands).go(Spot(0, 10))
    grid(hands).go(Spot(0, 10 + 3 * PAGE), extend=True)
    hands.rest()
    assert len(grid(hands).regions) == 3 * PAGE + 1


def test_three_thousand_regions_are_named_and_unnamed_at_once(hands, crowded):
    hands.open(crowded)
    press(hands, Qt.Key.Key_G)
    type_name(hands, "sky")
    assert names(hands) == {"sky": 3004, None: 12}
    assert history.state(hands.window.session.project).undo == "Name cluster"
    press(hands, Qt.Key.Key_Z, CTRL)
    assert names(hands) == {None: 3016}


# Places


@given(
    counts=st.lists(st.integers(1, 60), min_size=1, max_size=12),
    width=st.integers(60, 1500),
    unfolded=st.sets(st.integers(0, 11)),
)
def test_every_cell_is_found_where_it_is_drawn(counts, width, unfolded):
    layout = GridLayout(counts, width=width, unfolded=[i for i in unfolded if i < len(counts)])
    seen = set()
    for section, shown in enumerate(layout.shown):
        spots = [Spot(section), *(Spot(section, cell) for cell in range(shown))]
        for spot in spots:
            box = layout.box(spot)
            assert 0 <= box.top < box.top + box.height <= layout.height
            if box.left + box.width // 2 < width:
                assert layout.hit(box.left + box.width // 2, box.top + box.height // 2) == spot
            seen.add(spot)
    drawn = {Spot(section, cell) for section, cells in layout.visible(0, layout.height) for cell in cells}
    assert drawn == {spot for spot in seen if spot.cell != IN_HEADER}


@given(
    counts=st.lists(st.integers(1, 40), min_size=1, max_size=8),
    width=st.integers(100, 1500),
    steps=st.lists(st.sampled_from([(1, 0), (-1, 0), (0, 1), (0, -1)]), max_size=60),
)
def test_arrow_keys_never_leave_the_grid(counts, width, steps):
    layout, spot = GridLayout(counts, width=width), Spot(0)
    for across, down in steps:
        spot = layout.step(spot, across=across, down=down)
        assert 0 <= spot.section < len(counts)
        assert IN_HEADER <= spot.cell < layout.shown[spot.section]


def test_down_walks_through_everything_shown():
    layout, spot, seen = GridLayout([3, 9, 1], width=300), Spot(0, 0), []
    while spot not in seen:
        seen.append(spot)
        spot = layout.step(spot, down=1)
        spot = layout.step(spot, across=1) if spot.cell == IN_HEADER else spot
    assert {each.section for each in seen} == {0, 1, 2}


# Crops


def region(mask):
    rle = masks.encode(mask)
    box, area = masks.bounding_box(rle), masks.area(rle)
    return Region(1, 1, None, 0, rle, box, area, RegionStatus.PROPOSED, origin=RegionOrigin.CUT)


def crop_pixels(crop):
    image = crop.image
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., 2::-1]


@pytest.mark.parametrize("scale", [1, 4])
def test_a_crop_shows_the_region_bright_and_the_rest_dim(scale):
    photo = np.full((240 // scale, 320 // scale, 3), (200, 120, 80), np.uint8)
    mask = np.zeros((240, 320), bool)
    mask[80:160, 120:200] = True
    crop = make_crop(photo, region(mask))
    pixels = crop_pixels(crop)
    assert pixels.shape == (SIDE, SIDE, 3)
    middle, corner = pixels[SIDE // 2, SIDE // 2], pixels[6, 6]
    assert np.abs(middle.astype(int) - (200, 120, 80)).max() <= 2
    assert corner.max() < 100
    inside = (pixels[SIDE // 2, :, 0] > 150).nonzero()[0]
    expected = SIDE * 80 / (80 * 1.36)
    assert abs(len(inside) - expected) <= 4
    assert crop.is_coarse == (scale == 4)


def test_a_crop_at_the_border_of_a_flat_image_is_clear_beyond_it():
    mask = np.zeros((40, 400), bool)
    mask[:, :200] = True
    crop = make_crop(np.full((40, 400, 3), 220, np.uint8), region(mask))
    assert crop.image.pixelColor(SIDE // 2, 2).alpha() == 0
    assert crop.image.pixelColor(SIDE // 2, SIDE // 2).alpha() == 255


def test_crops_of_an_image_that_is_missing_are_empty_and_harm_nothing(hands, clustered, photos):
    photo = (photos / "a1.png").read_bytes()
    (photos / "a1.png").unlink()
    with open_project(clustered) as project:
        for path in project.thumbnails_dir.rglob("*.jpg"):
            path.unlink()
    hands.open(clustered)
    press(hands, Qt.Key.Key_G)
    ids = members(hands, 0)
    crops = hands.window.browser.crops
    by_id = stored(hands)
    hands.wait(lambda: all(crops.get(by_id[id_]) is not None for id_ in ids))
    assert sorted(crops.get(by_id[id_]).isNull() for id_ in ids) == [False, False, False, True]
    (photos / "a1.png").write_bytes(photo)
    scan(hands.window.session)
    hands.rest()
    hands.wait(lambda: all(crops.get(by_id[id_]) is not None for id_ in ids))
    assert not any(crops.get(by_id[id_]).isNull() for id_ in ids), "it is back"


def test_the_page_fits_a_narrow_window_without_words_on_buttons(browser):
    browser.window.resize(900, 640)
    browser.rest()
    assert browser.window.width() == 900
    styles = {button.toolButtonStyle() for button in browser.window.browser._buttons[1:]}
    assert styles == {Qt.ToolButtonStyle.ToolButtonIconOnly}
    assert QApplication.focusWidget() is grid(browser)


def keep_quarter_attention(browser):
    """In every image, attention to the first quarter."""
    project = browser.window.session.project
    for image_id in queries.image_ids(project):
        attention = np.full((8, 12), 0.001, np.float32)
        attention[:4, :6] = 0.01
        keep_attention(project.cache_dir, queries.image(project, image_id).info.sha256, attention)


@pytest.mark.parametrize("language", ["en", "de"])
def test_words_are_whole_or_left_away_and_filters_can_be_read(make_window, qapp, clustered, language):
    use(qapp, language)
    try:
        hands = make_window()
        hands.open(clustered)
        press(hands, Qt.Key.Key_G)
        page = hands.window.browser
        click(hands, Spot(0, 0))
        press(hands, Qt.Key.Key_O)
        assert page.note.isVisible()
        press(hands, Qt.Key.Key_Home)
        with_words = []
        for width in (900, 1060, 1280, 1700):
            hands.window.resize(width, 760)
            hands.rest()
            for widget in (page.selection_text, page.title, page.facts, page.fineness.count, page.note, *page._buttons):
                cut = widget.sizeHint().width() - widget.width()
                assert widget.isHidden() or cut <= 0, f"{widget.text()} lacks {cut} pixels of {width}"
            if width >= 1280:
                for box in page.filters.boxes:
                    assert box.width() >= page.filters._wanted_width(box), f"{box.currentText()} at {width}"
            words = [
                button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon for button in page._buttons
            ]
            assert words == sorted(words, reverse=True), "the usual ones first"
            with_words.append(sum(words))
        assert with_words == sorted(with_words)
        assert with_words[-1] == len(page._buttons)
        assert page.title.isVisible()
    finally:
        use(qapp, "en")


class Onlooker:
    """A model that sees the first quarter of every image, one image at a time, when it may go on."""

    def __init__(self):
        self.batch, self.looks, self.backbone, self.fault = 1, 0, self, None
        self.is_looking, self.going_on = threading.Event(), threading.Event()

    def get(self, _config):
        if self.fault is not None:
            raise self.fault
        return self

    def features(self, images):
        self.is_looking.set()
        assert self.going_on.wait(20)
        self.looks += len(images)
        attention = torch.full((8, 12), 0.001)
        attention[:4, :6] = 0.01
        return [FeatureMap(torch.zeros(8, 12, 4), attention) for _ in images]


@pytest.fixture
def onlooker(monkeypatch):
    model = Onlooker()
    monkeypatch.setattr(
        "acseg_desktop.operations.proposing.SegmenterCache.get", lambda _self, config: model.get(config)
    )
    yield model
    model.going_on.set()


def seen_regions(browser):
    return {id_ for number in range(len(sections(browser))) for id_ in members(browser, number)}


def test_the_foreground_is_found_out_by_another_look_where_nobody_knows_it(browser, onlooker):
    """As in a project whose cache was deleted. Not twice at once; what was found when it was stopped is kept."""
    window, regions = browser.window, stored(browser)
    filters, empty, bar = window.browser.filters, window.browser.empty, window.status.jobs
    images = {region.image_id for region in regions.values()}
    filters.ground.setCurrentIndex(1)
    filters.ground.activated.emit(1)
    browser.wait(onlooker.is_looking.is_set)
    browser.wait(lambda: empty.text.text() == "The model looks at the images to know what is in their foreground.")
    assert not empty.button.isVisible()
    filters.ground.setCurrentIndex(2)
    filters.ground.activated.emit(2)
    browser.wait(lambda: not window.jobs.running(Lane.DISK))
    assert len(window.jobs.running(Lane.COMPUTE)) == 1
    browser.click(bar.cancel)
    onlooker.going_on.set()
    browser.rest()
    assert onlooker.looks == 1
    assert {regions[id_].image_id for id_ in seen_regions(browser)} == {min(images)}
    choose(browser, filters.ground, 1)
    front = seen_regions(browser)
    choose(browser, filters.ground, 2)
    back = seen_regions(browser)
    assert front.isdisjoint(back)
    assert front | back == set(regions)
    assert stored(browser) == regions
    assert onlooker.looks == len(images)


def test_when_the_model_cannot_look_there_is_a_button_to_try_again(browser, onlooker):
    onlooker.fault = ModelError("no weights; get some")
    empty = browser.window.browser.empty
    choose(browser, browser.window.browser.filters.ground, 1)
    browser.dialog(Message).reject()
    browser.rest()
    assert (empty.title.text(), empty.button.text()) == ("Not known yet", "Look at the images")
    onlooker.fault = None
    onlooker.going_on.set()
    browser.click(empty.button)
    browser.rest()
    assert len(seen_regions(browser)) == 4


def test_the_foreground_is_a_filter_and_narrows_what_is_named(browser):
    filters = browser.window.browser.filters
    keep_quarter_attention(browser)
    everything = set(stored(browser))
    choose(browser, filters.ground, 1)
    front = {id_ for number in range(len(sections(browser))) for id_ in members(browser, number)}
    choose(browser, filters.ground, 2)
    back = {id_ for number in range(len(sections(browser))) for id_ in members(browser, number)}
    assert front
    assert back
    assert front.isdisjoint(back)
    assert front | back == everything
    choose(browser, filters.ground, 1)
    shown = set(members(browser, 0))
    type_name(browser, "sky")
    assert {id_ for id_, region in stored(browser).items() if region.label_id} == shown


def test_the_foreground_is_found_out_beside_a_long_run(browser):
    """A proposal of all images may take hours."""
    keep_quarter_attention(browser)
    going_on = threading.Event()
    job = browser.window.jobs.submit(Lane.COMPUTE, lambda: going_on.wait(20))
    filters = browser.window.browser.filters
    filters.ground.setCurrentIndex(1)
    filters.ground.activated.emit(1)
    browser.wait(lambda: sum(section.count for section in sections(browser)) == 4)
    going_on.set()
    browser.rest()
    assert job not in browser.window.jobs.running()


def test_the_foreground_is_told_where_the_cache_cannot_be_written(browser, monkeypatch):
    keep_quarter_attention(browser)

    def refuse(*_arguments, **_options):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(atomic_write, "write_aside", refuse)
    choose(browser, browser.window.browser.filters.ground, 1)
    front = {id_ for number in range(len(sections(browser))) for id_ in members(browser, number)}
    assert len(front) == 4
    type_name(browser, "sky")
    assert {id_ for id_, region in stored(browser).items() if region.label_id} <= front


def test_a_filter_that_leaves_nothing_is_lifted_by_the_button_that_has_the_keys(browser):
    filters, empty = browser.window.browser.filters, browser.window.browser.empty
    choose(browser, filters.status, filters.status.findData("rejected"))
    assert empty.title.text() == "Nothing passes the filter"
    assert empty.button.text() == "Show all regions"
    assert empty.button.hasFocus()
    press(browser, Qt.Key.Key_Space)
    assert filters.status.currentText() == "Any status"
    assert sum(section.count for section in sections(browser)) == 16
    assert grid(browser).hasFocus()


def test_the_image_of_the_filter_is_the_one_on_the_canvas_or_none(browser):
    filters = browser.window.browser.filters
    choose(browser, filters.image, 1)
    assert sum(section.count for section in sections(browser)) == 4
    for key in (Qt.Key.Key_G, Qt.Key.Key_D, Qt.Key.Key_G):
        press(browser, key)
    assert filters.image.currentText() == "All images"
    assert sum(section.count for section in sections(browser)) == 16


def test_a_filter_ends_with_its_label(browser):
    type_name(browser, "sky")
    filters, session = browser.window.browser.filters, browser.window.session
    choose(browser, filters.label, filters.label.findText("sky"))
    assert len(sections(browser)) == 1
    grid(browser).setFocus()
    label_operations.delete(session, list(session.labels))
    browser.rest()
    assert filters.label.currentText() == "All regions"
    assert sum(section.count for section in sections(browser)) == 16
    assert grid(browser).hasFocus()


def test_another_project_begins_without_a_filter(browser, project_folder, clustered):
    filters = browser.window.browser.filters
    choose(browser, filters.status, 1)
    choose(browser, filters.image, 1)
    for folder in (project_folder, clustered):
        browser.open(folder)
    press(browser, Qt.Key.Key_G)
    assert [box.currentIndex() for box in filters.boxes] == [0, 0, 0, 0]
    assert sum(section.count for section in sections(browser)) == 16


def test_r_leads_to_one_region_of_each_cluster_and_selects_it(hands, clustered):
    hands.open(clustered)
    kinds = []
    for _ in range(KINDS):
        press(hands, Qt.Key.Key_R)
        (chosen,) = hands.window.canvas.selection
        region = hands.window.viewer.region(chosen)
        assert region.label_id is None
        kinds.append(region.node)
        type_name(hands, f"kind {region.node}")
    assert sorted(kinds) == list(range(KINDS))
    hands.rest()
    for _ in range(4 * KINDS - KINDS):
        press(hands, Qt.Key.Key_R)
    press(hands, Qt.Key.Key_R)
    assert "begins again" in said(hands)
    press(hands, Qt.Key.Key_R)
    assert len(hands.window.canvas.selection) == 1
