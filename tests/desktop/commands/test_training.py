"""Training in the window: asked for, watched, paused, stopped by closing, gone on with, and what came of it.

Covers: operations.training.
"""

import pytest
from desktop.conftest import make_photo, make_project
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QRadioButton

from acseg_core.store import open_project, queries
from acseg_core.store.edits import review
from acseg_core.types import ImageStatus
from acseg_desktop.dialogs.message import Message
from acseg_desktop.dialogs.training_form import TrainingForm
from acseg_desktop.operations.unfinished_training import read_unfinished
from acseg_desktop.panels.training_panel import TrainingState
from acseg_desktop.preferences import Preferences

CTRL = Qt.KeyboardModifier.ControlModifier
IMAGES = 30
LONG = 120_000
"""Milliseconds that a training may take to come somewhere on a busy machine."""


@pytest.fixture
def thirty(tmp_path):
    """A closed project of thirty images, all different, without regions."""
    folder = tmp_path / "thirty"
    folder.mkdir()
    for number in range(IMAGES):
        make_photo(folder / f"{number:02}.png", seed=number, width=80 + 2 * number, height=64 + number)
    return make_project(tmp_path / "project", folder, proposed=0)


@pytest.fixture
def small(tiny):
    """The tiny model, and images as small as there is a choice of."""
    Preferences().store("model/detail", "fast")


@pytest.fixture
def desk(hands, thirty, small):
    hands.open(thirty)
    return hands


def form_of(hands) -> TrainingForm:
    hands.press(Qt.Key.Key_T, CTRL)
    return hands.dialog(TrainingForm)


def start(hands):
    form = form_of(hands)
    hands.wait(lambda: "Measuring" not in form.costs["quick"].text(), timeout=LONG)
    hands.click(form.confirm)
    return hands.window.models_panel.training


def finish(hands):
    panel = hands.window.models_panel.training
    hands.wait(lambda: panel.status.state is TrainingState.DONE, timeout=2 * LONG)
    hands.rest()
    return panel


def state_of(hands):
    status = hands.window.models_panel.training.status
    return None if status is None else status.state


def test_the_form_says_what_is_there_and_what_it_takes(desk):
    form = form_of(desk)
    assert form.all_images.text() == "All 30 images"
    assert not form.done_images.isVisible()
    assert form.name.text() == "Test"
    desk.wait(lambda: form.costs["quick"].text().startswith("About "), timeout=LONG)
    assert form.costs["thorough"].text().startswith("About ")
    assert form.aside.text().startswith("6 of 30 images: ")
    form.reject()
    desk.rest()


def test_selected_and_done_images_are_offered(hands, thirty, small):
    with open_project(thirty) as project:
        review.set_image_statuses(project, queries.image_ids(project)[:26], ImageStatus.DONE)
    hands.open(thirty)
    hands.window.strip.view.setFocus()
    hands.press(Qt.Key.Key_A, CTRL)
    form = form_of(hands)
    assert form.selected.text() == "Only the 30 images selected in the list"
    assert form.selected.isChecked()
    hands.qtbot.mouseClick(form.done_images, Qt.MouseButton.LeftButton, pos=QPoint(30, 8))
    assert isinstance(form.done_images, QRadioButton)
    assert len(form.image_ids) == 26
    form.reject()
    hands.rest()


def test_too_few_images_are_told(hands, project_folder, tiny):
    hands.open(project_folder)
    form = form_of(hands)
    assert form.error.text() == "Training needs at least 20 images; this project has 4. Add more."
    assert not form.confirm.isEnabled()
    form.reject()
    hands.rest()


def test_a_project_that_is_open_read_only_cannot_be_trained_on(hands, thirty, small):
    with open_project(thirty):  # somebody else has it
        hands.window.session.open(thirty, read_only=True)
        hands.wait(lambda: hands.window.session.is_open)
        hands.rest()
        hands.press(Qt.Key.Key_T, CTRL)
        hands.rest()
        assert not hands.window.actions_["training.train"].isEnabled()
        assert not [form for form in hands.window.findChildren(TrainingForm) if form.isVisible()]
        assert not hands.window.models_panel.train.isEnabled()
        hands.window.session.close()
        hands.rest()


def test_while_it_trains_the_window_is_used_and_pictures_are_shown(desk):
    panel = start(desk)
    desk.wait(lambda: len(panel.pictures.cells) == 6 and panel.pictures.cells[0].has_both, timeout=LONG)
    assert panel.isVisible()
    assert panel.no_curves.isVisible(), "quick: there is nothing to draw, and it says so"
    assert state_of(desk) is TrainingState.RUNNING
    before = desk.window.viewer.image_id
    desk.press(Qt.Key.Key_D)
    desk.wait(lambda: desk.window.viewer.image_id != before)
    assert state_of(desk) is TrainingState.RUNNING
    finish(desk)
    assert panel.phase.text() != ""
    assert read_unfinished(desk.window.session.project.folder) is None


def test_pausing_frees_the_model_and_resuming_goes_on(desk):
    panel = start(desk)
    desk.wait(lambda: panel.status.share > 0.1, timeout=LONG)
    desk.click(panel.pause)
    desk.wait(lambda: state_of(desk) is TrainingState.PAUSED, timeout=LONG)
    desk.rest()
    share = panel.status.share
    assert panel.phase.text().startswith("Paused after ")
    desk.press(Qt.Key.Key_I)
    desk.wait(lambda: desk.window.viewer.regions, timeout=LONG)
    desk.rest()
    desk.click(panel.resume)
    desk.wait(lambda: state_of(desk) is TrainingState.RUNNING, timeout=LONG)
    assert panel.status.share >= share
    finish(desk)


def test_cancel_keeps_what_was_learned_and_a_banner_says_so(desk):
    panel = start(desk)
    desk.wait(lambda: panel.status.share > 0.1, timeout=LONG)
    desk.click(panel.cancel)
    desk.wait(lambda: state_of(desk) is TrainingState.STOPPED, timeout=LONG)
    desk.rest()
    banner = desk.window.banners.training
    assert banner.isVisible()
    assert banner.text.text().startswith("Training of “Test” was interrupted after ")
    folder = desk.window.session.project.folder
    kept = read_unfinished(folder)
    assert kept is not None
    assert kept.share == pytest.approx(panel.status.share, abs=0.2)
    desk.click(desk.button(banner, "Discard"))
    message = desk.dialog(Message)
    assert message.windowTitle() == "Discard the training of “Test”?"
    desk.click(desk.button(message, "Discard"))
    desk.rest()
    assert read_unfinished(folder) is None
    assert not list((folder / "models").iterdir())
    assert not panel.isVisible()


def test_closing_the_window_asks_nothing_and_the_next_one_offers_to_go_on(make_window, thirty, small):
    first = make_window()
    first.open(thirty)
    panel = start(first)
    first.wait(lambda: panel.status.share > 0.1, timeout=LONG)
    first.close()
    kept = read_unfinished(thirty)
    assert kept is not None
    assert (thirty / "models" / f"{kept.file}.checkpoint").exists()
    second = make_window()
    second.open(thirty)
    banner = second.window.banners.training
    second.wait(banner.isVisible)
    assert banner.text.text().startswith("Training of “Test” was interrupted after ")
    second.click(second.button(banner, "Resume"))
    second.wait(lambda: state_of(second) is TrainingState.RUNNING, timeout=LONG)
    finish(second)
    assert read_unfinished(thirty) is None
    assert [row.name for row in second.window.models_panel.rows] == ["Bundled", "Test"]
    assert not (thirty / "models" / f"{kept.file}.checkpoint").exists()


def test_a_checkpoint_that_does_not_fit_any_more_offers_to_start_again(make_window, thirty, small):
    first = make_window()
    first.open(thirty)
    panel = start(first)
    first.wait(lambda: panel.status.share > 0.1, timeout=LONG)
    first.close()
    kept = read_unfinished(thirty)
    (thirty / "models" / f"{kept.file}.checkpoint").write_bytes(b"damaged")
    second = make_window()
    second.open(thirty)
    banner = second.window.banners.training
    second.wait(banner.isVisible)
    second.click(second.button(banner, "Resume"))
    message = second.dialog(Message)
    second.click(second.button(message, "Start again"))
    finish(second)
    assert [row.name for row in second.window.models_panel.rows] == ["Bundled", "Test"]
    assert not (thirty / "models" / f"{kept.file}.checkpoint").exists()


def test_when_it_is_done_the_banner_leads_to_the_comparison(desk):
    from acseg_desktop.dialogs.comparison_sheet import ComparisonSheet

    start(desk)
    finish(desk)
    banner = desk.window.banners.training
    assert banner.text.text().startswith("“Test” is trained. ")
    desk.click(desk.button(banner, "Show comparison…"))
    sheet = desk.dialog(ComparisonSheet)
    assert len(sheet.rows) == 6
    assert sheet.verdict.text() in banner.text.text()
    sheet.reject()
    desk.rest()
    assert desk.window.models_panel.chosen.name == "Test"
    assert not desk.window.models_panel.chosen.is_adopted
