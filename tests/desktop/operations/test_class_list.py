"""Names from a list in the window: the form, suggestions that appear, and what is told when something is missing.

Covers: dialogs.class_list_form.
"""

import sys

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit
from tiny_text_model import TINY_TEXT_MODEL, tiny_text_weights

from acseg_core.store import queries
from acseg_core.types import RegionStatus
from acseg_desktop.dialogs.class_list_form import ClassListForm, offered_list
from acseg_desktop.dialogs.message import Message

pytest.importorskip("open_clip")

COLORS = (195, 55, 55), (55, 195, 55), (55, 55, 195), (175, 175, 55)


@pytest.fixture(scope="module")
def weights(tmp_path_factory):
    return tiny_text_weights(tmp_path_factory.mktemp("text"))


@pytest.fixture
def photos(tmp_path):
    """Two photos whose regions (of the fixture `project_folder`) are red, green, blue and yellow, by their size."""
    folder = tmp_path / "photos"
    folder.mkdir()
    pixels = np.zeros((64, 96, 3), np.uint8)
    pixels[:40, :60], pixels[:40, 60:], pixels[40:, :60], pixels[40:, 60:] = COLORS
    for name in ("a1.png", "a2.png"):
        Image.fromarray(pixels).save(folder / name)
    return folder


@pytest.fixture
def desk(hands, project_folder):
    """A window on two images of four coloured quarters; the largest is red."""
    hands.open(project_folder)
    return hands


def open_form(desk):
    desk.activate()
    desk.window.actions_["suggest.from_list"].trigger()
    form = desk.dialog(ClassListForm)
    assert isinstance(form.focusWidget(), QPlainTextEdit)
    return form


def fill(desk, form, text, *, model=TINY_TEXT_MODEL, weights=None):
    form.names.selectAll()
    for number, line in enumerate(text.splitlines()):
        if number:
            desk.qtbot.keyClick(form.names, Qt.Key.Key_Return)
        desk.qtbot.keyClicks(form.names, line)
    form.model.setText(model)
    form.weights.set_path(weights)


def submit(desk, form):
    desk.click(form.confirm)
    desk.wait(lambda: not desk.window.jobs.running())
    desk.rest()


def names_of(desk, image=0):
    project = desk.window.session.project
    labels = {label.id: label.name for label in queries.labels(project)}
    regions = queries.regions(project, queries.image_ids(project)[image])
    return [labels.get(region.suggestion_id) for region in regions]


def test_names_appear_on_the_regions_of_the_image(desk, weights):
    form = open_form(desk)
    assert form.this_image.isChecked()
    assert not form.by_cluster.isEnabled()
    fill(desk, form, "red\ngreen\nblue, yellow", weights=weights)
    submit(desk, form)
    assert names_of(desk) == ["red", "green", "blue", "yellow"]
    assert names_of(desk, 1) == [None] * 4
    assert desk.window.status.currentMessage() == "4 regions with a suggested name"
    shown = desk.window.regions.model
    assert [shown.data(shown.index(row)) for row in range(4)] == ["red?", "green?", "blue?", "yellow?"]
    desk.click_region(10, 10)
    desk.press(Qt.Key.Key_Y)
    desk.rest()
    assert desk.window.viewer.regions[0].status is RegionStatus.ACCEPTED


def test_clusters_are_offered_first_and_all_their_members_get_names(desk, weights):
    desk.press(Qt.Key.Key_G)
    desk.rest()
    desk.window.commands.clusters.group()
    desk.rest()
    desk.press(Qt.Key.Key_G)
    form = open_form(desk)
    assert form.by_cluster.isChecked()
    fill(desk, form, "red, green, blue, yellow", weights=weights)
    submit(desk, form)
    assert None not in names_of(desk) + names_of(desk, 1)


def test_the_list_and_the_model_are_remembered(desk, weights):
    form = open_form(desk)
    fill(desk, form, "red|crimson", weights=weights)
    submit(desk, form)
    form = open_form(desk)
    assert form.names.toPlainText() == "red|crimson"
    assert form.model.text() == TINY_TEXT_MODEL
    assert form.weights.path == weights
    desk.qtbot.keyClick(form.names, Qt.Key.Key_Escape)


def test_without_weights_the_remedy_is_shown_and_nothing_is_changed(desk, monkeypatch, tmp_path):
    monkeypatch.setattr("acseg_core.nets.text.hub_reachable", lambda: False)
    monkeypatch.setattr("acseg_core.nets.text.weights_folder", lambda: tmp_path)
    form = open_form(desk)
    fill(desk, form, "red", model="ViT-B-32:laion2b_s34b_b79k")
    submit(desk, form)
    message = desk.dialog(Message)
    assert message.windowTitle() == "Weights not found"
    assert "--text-weights" in message.text.text()
    assert queries.labels(desk.window.session.project) == []
    message.close()


def test_without_open_clip_the_form_says_what_to_install(desk, monkeypatch):
    monkeypatch.setitem(sys.modules, "open_clip", None)
    form = open_form(desk)
    assert 'pip install "acseg-desktop[text]"' in form.error.text()
    desk.qtbot.keyClicks(form.names, "red")
    assert not form.confirm.isEnabled()
    form.close()


def test_what_is_missing_keeps_the_button_off(desk, weights, tmp_path):
    form = open_form(desk)
    assert not form.confirm.isEnabled()
    fill(desk, form, "red", weights=weights)
    assert form.confirm.isEnabled()
    form.weights.set_path(tmp_path / "none.pt")
    assert "no such file" in form.error.text()
    assert not form.confirm.isEnabled()
    form.weights.set_path(None)
    form.model.setText(" :tag")
    assert "Enter the model's name in open_clip" in form.error.text()
    fill(desk, form, " , ", weights=weights)
    desk.click(form.confirm)
    assert "the list is empty" in form.error.text()
    form.close()


@pytest.mark.parametrize(
    ("remembered", "labels", "offered"),
    [
        ("", [], ""),
        ("car|van\nroad", [], "car|van\nroad"),
        ("car|van\nroad", ["Road", "sky"], "car|van\nroad\nsky"),
        ("cat, dog", ["road", "sky"], "road\nsky"),
    ],
)
def test_the_list_offered_is_about_this_project(remembered, labels, offered):
    assert offered_list(remembered, labels) == offered
