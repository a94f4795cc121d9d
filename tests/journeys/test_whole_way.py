"""From a folder of photos to a COCO file, by keys and mouse, with a real but tiny model."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton
from tiny_model import TINY_BACKBONE, tiny_generator, tiny_weights

from acseg_core.store import open_project, queries
from acseg_desktop.dialogs.export_form import ExportForm
from acseg_desktop.dialogs.message import Message
from acseg_desktop.dialogs.new_project import NewProjectForm
from acseg_desktop.dialogs.propose_form import ProposeForm
from acseg_desktop.preferences import Preferences

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def model_files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("model")
    return tiny_weights(folder), tiny_generator(folder)


@pytest.fixture
def tiny(model_files):
    """The window's settings point to the tiny model."""
    preferences = Preferences()
    weights, generator = model_files
    for key, value in {
        "source": "local",
        "name": TINY_BACKBONE,
        "weights": str(weights),
        "generator": str(generator),
        "device": "cpu",
    }.items():
        preferences.store(f"model/{key}", value)


def test_folder_to_coco(hands, photos, tmp_path, tiny):
    window = hands.window
    hands.press(Qt.Key.Key_N, CTRL)
    form = hands.dialog(NewProjectForm)
    form.images.field.setFocus()
    hands.qtbot.keyClicks(form.images.field, str(photos))
    hands.wait(form.confirm.isEnabled)
    assert form.found.text() == "4 images found"
    folder = form.folder.path
    assert folder.parent == photos.parent
    hands.click(form.confirm)
    hands.wait(lambda: window.viewer.record is not None)
    hands.rest()
    assert window.images.rowCount() == 4
    assert Preferences().recent_projects == [folder]

    hands.press(Qt.Key.Key_B, CTRL)
    form = hands.dialog(ProposeForm)
    assert form.local.isChecked()
    assert form.confirm.isEnabled(), form.error.text()
    hands.click(form.confirm)
    hands.wait(lambda: window.commands.propose.is_running)
    hands.wait(lambda: not window.commands.propose.is_running, timeout=60_000)
    hands.rest()
    assert window.viewer.regions, "the current image shows its regions without being asked"
    assert "4 images" in window.status.currentMessage()

    hands.press(Qt.Key.Key_A, CTRL)
    hands.press(Qt.Key.Key_Slash)
    hands.type("thing")
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    assert window.viewer.record.path == "a2.png"

    hands.press(Qt.Key.Key_E, CTRL)
    form = hands.dialog(ExportForm)
    out = tmp_path / "out" / "coco.json"
    out.parent.mkdir()
    form.out.field.selectAll()
    hands.qtbot.keyClicks(form.out.field, str(out))
    hands.click(form.confirm)
    hands.wait(lambda: form.outcome.isVisible() or form.error.text())
    assert out.is_file(), form.error.text()
    coco = json.loads(out.read_text())
    assert len(coco["images"]) == 4
    assert {image["file_name"] for image in coco["images"]} == {"a1.png", "a2.png", "a10.jpg", "sub/b.png"}
    assert [category["name"] for category in coco["categories"]] == ["thing"]
    assert coco["annotations"]

    form.all_regions.setChecked(True)
    hands.click(form.confirm)
    hands.wait(lambda: form.outcome.isVisible() or form.error.text())
    if "there already" in form.error.text():
        hands.click(form.confirm)
        hands.wait(form.outcome.isVisible)
    coco = json.loads(out.read_text())
    for image in coco["images"]:
        areas = [a["area"] for a in coco["annotations"] if a["image_id"] == image["id"]]
        assert sum(areas) == image["width"] * image["height"]
    form.reject()


def test_propose_this_image_asks_before_replacing_work(hands, project_folder, tiny):
    hands.open(project_folder)
    window = hands.window
    hands.press(Qt.Key.Key_A, CTRL)
    hands.press(Qt.Key.Key_M)
    hands.rest()
    assert len(window.viewer.regions) == 1
    hands.press(Qt.Key.Key_I)
    message = hands.dialog(Message)
    hands.click(hands.button(message, "Keep my work"))
    hands.rest()
    assert len(window.viewer.regions) == 1
    hands.press(Qt.Key.Key_I)
    message = hands.dialog(Message)
    hands.click(hands.button(message, "Replace"))
    hands.wait(lambda: window.commands.propose.is_running)
    hands.wait(lambda: not window.commands.propose.is_running, timeout=60_000)
    hands.rest()
    assert window.session.history.undo is not None
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.rest()
    assert len(window.viewer.regions) == 1


def test_cancelled_proposal_keeps_what_is_finished(hands, many_images, tiny):
    folder = many_images
    hands.open(folder)
    window = hands.window
    hands.press(Qt.Key.Key_B, CTRL)
    form = hands.dialog(ProposeForm)
    hands.click(form.confirm)
    hands.wait(lambda: queries.region_counts(window.session.project), timeout=60_000)
    hands.wait(lambda: window.status.jobs.cancel.isVisible() or not window.commands.propose.is_running)
    if window.commands.propose.is_running:
        hands.click(window.status.jobs.cancel)
    hands.wait(lambda: not window.commands.propose.is_running)
    hands.rest()
    done = len(queries.region_counts(window.session.project))
    assert 0 < done <= 24
    assert window.session.history.undo is not None
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.rest()
    assert not queries.region_counts(window.session.project)


def test_closing_while_proposing_keeps_what_is_finished(make_window, many_images, tiny):
    folder = many_images
    hands = make_window()
    hands.open(folder)
    hands.press(Qt.Key.Key_B, CTRL)
    hands.click(hands.dialog(ProposeForm).confirm)
    hands.wait(lambda: queries.region_counts(hands.window.session.project), timeout=60_000)
    hands.close()
    with open_project(folder) as project:
        counts = queries.region_counts(project)
        assert counts
        for image_id in counts:
            record = queries.image(project, image_id)
            assert sum(r.area for r in queries.regions(project, image_id)) == record.width * record.height


@pytest.mark.parametrize(
    ("box", "usual", "key", "other", "setting", "value"),
    [
        ("detail", "balanced", Qt.Key.Key_Up, "fast", ("backbone", "input_size"), 336),
        ("fine", "ward", Qt.Key.Key_Down, "generator", ("tree", "fine"), "generator"),
    ],
)
def test_what_is_chosen_is_what_the_run_uses_and_is_remembered(
    hands, project_folder, tiny, box, usual, key, other, setting, value
):
    hands.open(project_folder)
    hands.press(Qt.Key.Key_B, CTRL)
    form = hands.dialog(ProposeForm)
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


def test_unknown_backbone_is_one_clear_line(hands, project_folder, tiny):
    hands.open(project_folder)
    hands.press(Qt.Key.Key_B, CTRL)
    form = hands.dialog(ProposeForm)
    hub = next(button for button in form.findChildren(QRadioButton) if button is form.hub)
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
