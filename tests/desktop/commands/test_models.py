"""The models of a project in the window: seen, adopted with the names that it carries over, renamed, deleted, undone.

Covers: commands.model_texts, operations.models, operations.comparisons.
"""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from coloured_photos import finish, write_photos
from PySide6.QtCore import Qt
from tiny_model import tiny_config, tiny_model

from acseg_core.store import create_project, open_project, queries
from acseg_core.store.edits import adoption, clusters, review
from acseg_core.store.edits.models import add_model
from acseg_core.store.queries import cluster_queries
from acseg_core.workflows import pipeline, scanning
from acseg_core.workflows.clustering import cluster_regions
from acseg_desktop.dialogs.carried_names import CarriedNamesForm
from acseg_desktop.dialogs.message import Message
from acseg_desktop.dialogs.model_name_form import ModelNameForm
from acseg_desktop.dialogs.propose_form import ProposeForm

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """Five photos of three coloured fields, in clusters of which one has a name, with the model "coarse" added."""
    folder = tmp_path_factory.mktemp("models")
    write_photos(folder / "photos", 5)
    with create_project(folder / "template", image_root=folder / "photos", name="Fields") as opened:
        finish(scanning.scan_images(opened))
        finish(pipeline.propose(opened, tiny_config(folder)))
        finish(cluster_regions(opened, count=4))
        largest = max(cluster_queries.clusters(opened), key=lambda cluster: cluster.size)
        clusters.name_cluster(opened, largest.id, "red field")
        add_model(opened, tiny_model(folder, name="coarse", merges={"count": 8}))
    return folder / "template"


@pytest.fixture
def desk(hands, template, tmp_path, tiny):
    """The window with a copy of it; the panel of models is open, by its key."""
    shutil.copytree(template, tmp_path / "project")
    hands.open(tmp_path / "project")
    hands.press(Qt.Key.Key_M, CTRL | SHIFT)
    hands.wait(lambda: len(hands.window.models_panel.rows) == 2)
    hands.rest()
    return hands


def panel_of(hands):
    return hands.window.models_panel


def adopted(hands):
    return [row.name for row in panel_of(hands).rows if row.is_adopted]


def named(project):
    regions = (region for image in queries.image_ids(project) for region in queries.regions(project, image))
    return sum(region.label_id is not None for region in regions)


def choose(hands, name):
    """Select a model by its name, with the arrow keys."""
    table = panel_of(hands).table
    table.setFocus()
    hands.qtbot.keyClick(table, Qt.Key.Key_Home, CTRL)
    for _ in range([row.name for row in panel_of(hands).rows].index(name)):
        hands.qtbot.keyClick(table, Qt.Key.Key_Down)
    assert panel_of(hands).chosen.name == name


def adopt(hands):
    choose(hands, "coarse")
    hands.click(panel_of(hands).adopt)
    return hands.dialog(CarriedNamesForm, timeout=90_000)


def test_the_panel_lists_what_each_model_made_and_what_its_card_says(desk):
    bundled, coarse = panel_of(desk).rows
    assert (bundled.name, bundled.is_adopted) == ("Bundled", True)
    assert (coarse.name, coarse.is_adopted, coarse.images) == ("coarse", False, 0)
    choose(desk, "coarse")
    assert panel_of(desk).verdict.text().startswith("Better on ")
    told = dict(coarse.details)
    assert told["Images"] == "60 learned from, 20 kept aside"
    assert told["Regions per image"] == "5.1 → 4.5"
    desk.press(Qt.Key.Key_M, CTRL | SHIFT)
    assert not panel_of(desk).isVisible()


def test_adopting_proposes_anew_carries_names_over_and_is_one_undo_step(desk):
    project = desk.window.session.project
    before = {image: [each.id for each in queries.regions(project, image)] for image in queries.image_ids(project)}
    names = named(project)
    form = adopt(desk)
    assert form.rows
    assert {row.name for row in form.rows} == {"red field"}
    assert form.chosen == tuple(range(len(form.rows))), "all are approved at first"
    desk.click(form.confirm)
    desk.rest()
    assert adopted(desk) == ["coarse"]
    assert "proposed again" in desk.window.status.currentMessage()
    assert named(project) > 0
    assert all(row.images == 0 for row in panel_of(desk).rows if row.name == "Bundled")
    assert next(row for row in panel_of(desk).rows if row.name == "coarse").images == 5
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.rest()
    assert adopted(desk) == ["Bundled"]
    assert named(project) == names
    after = {image: [each.id for each in queries.regions(project, image)] for image in queries.image_ids(project)}
    assert after == before


KILLED = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from tiny_model import tiny_config
from acseg_core.store import open_project, queries
from acseg_core.workflows.adopting import adopt
project = open_project(Path(sys.argv[1]))
for tick in adopt(project, queries.model_called(project, "coarse").id, config=tiny_config(Path(sys.argv[2]))):
    if tick.done == 2:
        os.kill(os.getpid(), 9)
"""


def stopped_banner(hands):
    hands.rest()
    return hands.window.banners.adoption


def test_one_that_a_crash_cut_off_is_offered_to_go_on_and_is_one_undo_step(hands, template, tmp_path, tiny):
    """On the code of before, nothing in the window told of it."""
    shutil.copytree(template, tmp_path / "project")
    with open_project(tmp_path / "project") as opened:
        before = [(each.id, each.label_id) for _, found in queries.image_regions(opened) for each in found]
    command = [sys.executable, "-c", KILLED, tmp_path / "project", tmp_path, Path(__file__).parents[2]]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    hands.open(tmp_path / "project")
    project, banner = hands.window.session.project, stopped_banner(hands)
    assert banner.isVisible()
    assert banner.text.text() == "Proposing with “coarse” was interrupted: some images still have their old regions."
    hands.press(Qt.Key.Key_Z, CTRL)
    assert not stopped_banner(hands).isVisible(), "undone, there is nothing to go on with"
    hands.press(Qt.Key.Key_Y, CTRL)
    assert stopped_banner(hands).isVisible()
    hands.click(hands.button(banner, "Resume"))
    form = hands.dialog(CarriedNamesForm, timeout=90_000)
    hands.click(form.confirm)
    assert not stopped_banner(hands).isVisible()
    assert [each.images for each in queries.models(project) if each.name == "coarse"] == [5]
    assert named(project) > 0
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.rest()
    assert [(each.id, each.label_id) for _, found in queries.image_regions(project) for each in found] == before


def test_one_that_was_left_by_closing_the_window_is_offered_to_go_on(make_window, template, tmp_path, tiny):
    shutil.copytree(template, tmp_path / "project")
    first = make_window()
    first.open(tmp_path / "project")
    first.press(Qt.Key.Key_M, CTRL | SHIFT)
    first.wait(lambda: len(first.window.models_panel.rows) == 2)
    choose(first, "coarse")
    first.click(panel_of(first).adopt)
    project = first.window.session.project
    first.wait(lambda: adoption.unfinished_adoption(project) is not None, timeout=90_000)
    first.close()
    second = make_window()
    second.open(tmp_path / "project")
    assert stopped_banner(second).isVisible()
    second.click(second.button(second.window.banners.adoption, "Resume"))
    second.click(second.dialog(CarriedNamesForm, timeout=90_000).confirm)
    assert not stopped_banner(second).isVisible()


def test_names_that_are_not_approved_are_taken_back_within_the_same_step(desk):
    project = desk.window.session.project
    names = named(project)
    form = adopt(desk)
    desk.click(form.leave)
    desk.rest()
    assert named(project) == 0
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.rest()
    assert named(project) == names
    assert adopted(desk) == ["Bundled"]


def test_images_with_work_of_a_person_are_left_as_they_are_and_counted(desk):
    project = desk.window.session.project
    image = queries.image_ids(project)[0]
    review.name_regions_as(project, [queries.regions(project, image)[0].id], "mine")
    mine = [(each.id, each.label_id) for each in queries.regions(project, image)]
    form = adopt(desk)
    desk.click(form.confirm)
    desk.rest()
    assert [(each.id, each.label_id) for each in queries.regions(project, image)] == mine
    assert "1 image with your work left unchanged" in desk.window.status.currentMessage()


def test_after_adopting_the_key_proposes_with_it_and_the_form_says_so(desk):
    form = adopt(desk)
    desk.click(form.confirm)
    desk.rest()
    desk.press(Qt.Key.Key_B, CTRL)
    form = desk.dialog(ProposeForm)
    desk.wait(lambda: form.model.count() == 3)
    assert form.model.currentText() == "coarse (in use)"
    form.reject()
    desk.rest()


def test_a_model_is_renamed(desk):
    choose(desk, "coarse")
    desk.click(panel_of(desk).rename)
    form = desk.dialog(ModelNameForm)
    desk.qtbot.keyClicks(form.name, "Fields, coarse")
    desk.qtbot.keyClick(form.name, Qt.Key.Key_Return)
    desk.wait(lambda: [row.name for row in panel_of(desk).rows] == ["Bundled", "Fields, coarse"])
    desk.rest()


def test_deleting_asks_with_a_word_on_what_uses_it(desk):
    choose(desk, "coarse")
    desk.click(panel_of(desk).delete)
    message = desk.dialog(Message)
    assert message.windowTitle() == "Delete the model “coarse”?"
    assert message.text.text() == "Nothing in this project was made by it."
    desk.click(desk.button(message, "Delete"))
    desk.wait(lambda: len(panel_of(desk).rows) == 1)
    desk.rest()
    assert panel_of(desk).none.isVisible()


def test_deleting_the_adopted_one_says_what_comes_next_and_keeps_its_regions(desk):
    form = adopt(desk)
    desk.click(form.confirm)
    desk.rest()
    project = desk.window.session.project
    regions = sum(len(queries.regions(project, image)) for image in queries.image_ids(project))
    desk.click(panel_of(desk).delete)
    message = desk.dialog(Message)
    assert "It proposed regions in 5 images; they stay as they are." in message.text.text()
    assert "New proposals will come from the bundled model." in message.text.text()
    desk.click(desk.button(message, "Delete"))
    desk.wait(lambda: adopted(desk) == ["Bundled"])
    desk.rest()
    assert sum(len(queries.regions(project, image)) for image in queries.image_ids(project)) == regions


def test_where_the_project_is_read_only_nothing_can_be_changed(hands, template, tmp_path, tiny):
    shutil.copytree(template, tmp_path / "project")
    with open_project(tmp_path / "project"):  # somebody else has it
        hands.window.session.open(tmp_path / "project", read_only=True)
        hands.wait(lambda: hands.window.session.is_open)
        hands.press(Qt.Key.Key_M, CTRL | SHIFT)
        hands.wait(lambda: len(hands.window.models_panel.rows) == 2)
        hands.rest()
        choose(hands, "coarse")
        panel = panel_of(hands)
        assert not any(button.isEnabled() for button in (panel.adopt, panel.rename, panel.delete, panel.train))
        hands.window.session.close()
        hands.rest()
