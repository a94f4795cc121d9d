"""The form of a proposal: what is chosen is used and remembered, what is unknown is told.

Covers: dialogs.model_choice.
"""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton, QWidget

from acseg_core.formats.labelled import FileImage, FileLabel, FileShape, LabelledFiles, Outline
from acseg_core.interruptible import run_to_end
from acseg_core.proposals.model_card import bundled_model
from acseg_core.store import open_project, queries
from acseg_core.store.edits import review
from acseg_core.types import ImageStatus, OpChanges
from acseg_core.workflows.importing import ImportSettings, import_files
from acseg_desktop.appearance.theme import Theme
from acseg_desktop.dialogs.message import Message
from acseg_desktop.dialogs.model_choice import NamedModel
from acseg_desktop.dialogs.propose_form import ProposeForm, remembered_config
from acseg_desktop.language import words
from acseg_desktop.preferences import Preferences

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize(
    ("box", "usual", "key", "other", "setting", "value"),
    [
        ("detail", "balanced", Qt.Key.Key_Up, "fast", ("backbone", "input_size"), 336),
        ("fine", "cells", Qt.Key.Key_Down, "ward", ("tree", "fine"), "ward"),
    ],
)
def test_what_is_chosen_is_what_the_run_uses_and_is_remembered(
    hands, project_folder, tiny, box, usual, key, other, setting, value
):
    hands.open(project_folder)
    hands.press(Qt.Key.Key_B, CTRL)
    form = hands.dialog(ProposeForm)
    form.advanced.setChecked(True)
    choice = getattr(form, box)
    assert choice.currentData() == usual
    choice.setFocus()
    hands.qtbot.keyClick(choice, key)
    form.all_images.setChecked(True)
    hands.click(form.confirm)
    hands.wait(lambda: not hands.window.commands.propose.is_running, timeout=60_000)
    hands.rest()
    run = queries.summary(hands.window.session.project).last_run
    stage, name = setting
    assert json.loads(run.config_json)[stage][name] == value
    hands.press(Qt.Key.Key_B, CTRL)
    form = hands.dialog(ProposeForm)
    assert getattr(form, box).currentData() == other
    form.reject()
    hands.rest()


def test_acseg_as_published_is_chosen_by_name_and_is_remembered(hands, project_folder, tiny):
    hands.open(project_folder)
    hands.press(Qt.Key.Key_B, CTRL)
    form = hands.dialog(ProposeForm)
    form.advanced.setChecked(True)
    assert [form.method.itemText(row) for row in range(2)] == ["Concept tree", "ACSeg (CVPR 2023)"]
    assert form.fine.isVisible()
    form.method.setFocus()
    hands.qtbot.keyClick(form.method, Qt.Key.Key_Down)
    assert not form.fine.isVisible(), "what the tree is built from says nothing now"
    form.all_images.setChecked(True)
    hands.click(form.confirm)
    hands.wait(lambda: not hands.window.commands.propose.is_running, timeout=60_000)
    hands.rest()
    project = hands.window.session.project
    assert json.loads(queries.summary(project).last_run.config_json)["method"] == "acseg"
    assert max(count for count, _ in queries.region_counts(project).values()) <= 4
    hands.press(Qt.Key.Key_B, CTRL)
    form = hands.dialog(ProposeForm)
    assert form.method.currentData() == "acseg"
    form.reject()
    hands.rest()


def test_acseg_for_another_backbone_asks_for_a_model_with_a_generator(hands, project_folder, tiny):
    hands.open(project_folder)
    hands.press(Qt.Key.Key_B, CTRL)
    form = hands.dialog(ProposeForm)
    form.advanced.setChecked(True)
    hands.click(form.hub)
    form.model.setCurrentIndex(0)
    form.method.setCurrentIndex(1)
    assert not form.confirm.isEnabled()
    assert "ACSeg comes for the bundled backbone only" in form.error.text()
    form.method.setCurrentIndex(0)
    assert form.confirm.isEnabled()
    form.reject()
    hands.rest()


def test_unknown_backbone_is_one_clear_line(hands, project_folder, tiny):
    hands.open(project_folder)
    hands.press(Qt.Key.Key_B, CTRL)
    form = hands.dialog(ProposeForm)
    hub = next(button for button in form.findChildren(QRadioButton) if button is form.hub)
    form.advanced.setChecked(True)
    hub.setChecked(True)
    form.name.selectAll()
    hands.qtbot.keyClicks(form.name, "vit_of_my_dreams")
    form.all_images.setChecked(True)
    hands.click(form.confirm)
    message = hands.dialog(Message)
    assert message.windowTitle() == "Unknown backbone"
    assert "vit_of_my_dreams" in message.text.text()
    assert "\n" not in message.text.text()
    message.reject()
    hands.rest()
    assert len(hands.window.viewer.regions) == 4


def test_done_images_that_are_left_out_are_counted(hands, project_folder, tiny):
    """On the code of before nobody was told."""
    hands.open(project_folder)
    project = hands.window.session.project
    review.set_image_statuses(project, queries.image_ids(project)[:2], ImageStatus.DONE)
    hands.window.session.note_changes(project, OpChanges(images=True))
    hands.rest()
    hands.press(Qt.Key.Key_B, CTRL)
    form = hands.dialog(ProposeForm)
    hands.click(form.all_images)
    assert (form.left_out.isVisible(), form.left_out.text()) == (True, "2 done images are left out.")
    hands.click(form.replace)
    assert form.left_out.text() == "2 done images will get new proposals too."
    hands.click(form.replace)
    hands.click(form.this_image)
    assert not form.left_out.isVisible()
    hands.click(form.all_images)
    hands.click(form.confirm)
    hands.wait(lambda: not hands.window.commands.propose.is_running, timeout=60_000)
    hands.rest()
    assert "2 with your edits left unchanged (2 of them done)" in hands.window.status.currentMessage()


def _import(project, image_id, label="cat"):
    record = queries.image(project, image_id)
    ring = np.array([(10, 10), (50, 10), (50, 40), (10, 40)], float)
    image = FileImage(record.path, [FileShape(label, Outline(((ring,),)))])
    files = LabelledFiles((FileLabel(label),), (record.path,), lambda: iter([image]))
    settings = ImportSettings(keep_open=True)
    run_to_end(import_files(project, project.folder / "labels.json", files, settings), lambda tick: None)


def test_images_with_labels_are_counted_and_the_rest_of_them_is_proposed(hands, project_folder, tiny):
    """On the code of before they were left alone, and nobody was told."""
    with open_project(project_folder) as project:
        for image_id in queries.image_ids(project)[1:3]:  # the first of them has proposals
            _import(project, image_id)
        mine = next(region for region in queries.regions(project, 2) if region.label_id)
    hands.open(project_folder)
    project = hands.window.session.project
    hands.press(Qt.Key.Key_B, CTRL)
    form = hands.dialog(ProposeForm)
    hands.wait(form.around.isVisible)
    assert form.around.text() == "1 image has labels but no proposals: regions are proposed around the labels."
    hands.click(form.this_image)
    assert not form.around.isVisible(), "the current image has proposals"
    hands.click(form.all_images)
    hands.click(form.replace)
    assert not form.around.isVisible(), "they are replaced"
    hands.click(form.replace)
    hands.click(form.confirm)
    hands.wait(lambda: not hands.window.commands.propose.is_running, timeout=60_000)
    hands.rest()
    assert (
        "in 3 images, 1 of them around labels, 1 with your edits left unchanged" in hands.window.status.currentMessage()
    )
    regions = {region.id: region for region in queries.regions(project, 2)}
    assert replace(regions[mine.id], cluster_id=None) == mine
    assert len(regions) > 2
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.rest()
    assert len(queries.regions(project, 2)) == 2


def test_this_image_is_filled_around_its_labels_unasked(hands, project_folder, tiny):
    """On the code of before one was asked whether the labels should go."""
    with open_project(project_folder) as project:
        _import(project, 2)
        mine = next(region for region in queries.regions(project, 2) if region.label_id)
    hands.open(project_folder)
    project = hands.window.session.project
    for _ in range(2):
        hands.press(Qt.Key.Key_D)
        hands.rest()
    assert hands.window.viewer.image_id == 2
    hands.press(Qt.Key.Key_I)
    hands.wait(lambda: len(queries.regions(project, 2)) > 2, timeout=60_000)
    hands.wait(lambda: not hands.window.commands.propose.is_running, timeout=60_000)
    hands.rest()
    assert replace(queries.regions_by_id(project, [mine.id])[mine.id], cluster_id=None) == mine


def test_in_large_text_on_a_low_screen_nothing_is_out_of_the_screen(hands, project_folder, tiny, qapp):
    """On the code of before the form was higher than the screen, and its button below it."""
    theme = Theme(qapp)
    try:
        words.use(qapp, "de")
        theme.set_text_size(200)
        hands.open(project_folder)
        hands.press(Qt.Key.Key_B, CTRL)
        form = hands.dialog(ProposeForm)
        form.advanced.setChecked(True)
        hands.rest()
        assert form.height() <= form.screen().availableGeometry().height()
        for widget in (form.confirm, form.leave):
            assert form.rect().contains(widget.mapTo(form, widget.rect().bottomRight()))
            assert widget.height() >= widget.fontMetrics().height()
        form.weights.button.setFocus()
        hands.qtbot.keyClick(form.weights.button, Qt.Key.Key_Tab)
        assert form.fine.hasFocus()
        hands.rest()
        assert form.fine.visibleRegion().boundingRect() == form.fine.rect(), "fields come into sight with the focus"
        form.reject()
    finally:
        words.use(qapp, "en")
        theme.set_text_size(100)


@pytest.fixture
def asked(qtbot):
    """The form alone, with two models of a project, and what it asks for."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    form, requests = ProposeForm(window, Preferences(), image_id=1, only_new=False), []
    form.submitted.connect(requests.append)
    form.show()
    yield form, requests  # noqa: PT022 - the window lives as long as this frame


POLYPS, OTHER_MODEL = Path("/models/polyps.safetensors"), Path("/models/other.safetensors")
MODELS = (NamedModel("Polyps", POLYPS, is_adopted=True), NamedModel("<i>Other</i>", OTHER_MODEL))


def test_models_are_offered_by_name_and_the_one_in_use_is_chosen(qtbot, asked):
    """On the code of before there was a field for a file."""
    form, requests = asked
    assert [form.model.itemText(row) for row in range(form.model.count())] == ["Bundled model", "Other file…"]
    form.show_models(MODELS)
    texts = [form.model.itemText(row) for row in range(form.model.count())]
    assert texts == ["Bundled model", "Polyps (in use)", "<i>Other</i>", "Other file…"]
    assert form.model.currentIndex() == 1
    assert not form.generator.isVisible()
    qtbot.mouseClick(form.confirm, Qt.MouseButton.LeftButton)
    assert requests[0].config.generator is None, "the project knows which one it uses"


def test_the_bundled_model_can_be_chosen_where_another_one_is_in_use(qtbot, asked):
    form, requests = asked
    form.show_models(MODELS)
    form.model.setFocus()
    qtbot.keyClick(form.model, Qt.Key.Key_Up)
    qtbot.mouseClick(form.confirm, Qt.MouseButton.LeftButton)
    assert requests[0].config.generator == bundled_model()
    assert remembered_config(Preferences()).generator is None, "of this proposal only"


def test_a_model_whose_file_is_gone_is_told(qtbot, asked):
    form, _ = asked
    form.show_models(MODELS)
    form.model.setFocus()
    qtbot.keyClick(form.model, Qt.Key.Key_Down)
    assert form.error.text() == "/models/other.safetensors: no such file."
    assert not form.confirm.isEnabled()


def test_another_file_can_still_be_chosen_and_is_remembered(qtbot, asked, model_files):
    form, requests = asked
    form.show_models(MODELS)
    form.model.setFocus()
    qtbot.keyClick(form.model, Qt.Key.Key_End)
    assert form.generator.isVisible()
    assert form.error.text() == "Choose the model file (safetensors)."
    qtbot.keyClicks(form.generator.field, str(model_files[1]))
    assert form.confirm.isEnabled()
    qtbot.mouseClick(form.confirm, Qt.MouseButton.LeftButton)
    assert requests[0].config.generator == model_files[1]
    assert remembered_config(Preferences()).generator == model_files[1]
