"""The form of a training: what is chosen is what is trained, what it takes is told, what stands in the way, too."""

import shutil

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QRadioButton, QWidget

from acseg_core.config import BackboneConfig
from acseg_desktop.dialogs.training_form import TrainingForm
from acseg_desktop.operations.training import QUICK, THOROUGH, Cost, Trainable

BACKBONE = BackboneConfig(name="test_vit", input_size=128)
USABLE, DONE, SELECTED = tuple(range(1, 121)), tuple(range(1, 41)), tuple(range(50, 90))
IMAGES = Trainable(USABLE, DONE, SELECTED, least=25, hold_out=0.2)
COSTS = {
    (QUICK, 120): Cost(247.0, 181_234_567),
    (THOROUGH, 120): Cost(1511.0, 1_520_000_000),
    (QUICK, 40): Cost(61.0, 60_000_000),
    (THOROUGH, 40): Cost(900.0, 500_000_000),
}


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def make(window, tmp_path):
    def open_form(images=IMAGES, **changes):
        form = TrainingForm(
            window, **{"images": images, "backbone": BACKBONE, "name": "Polyps", "folder": tmp_path, **changes}
        )
        form.show()
        return form

    return open_form


def click(qtbot, widget):
    """On the text of a radio button, which is as wide as the form."""
    place = QPoint(30, widget.height() // 2) if isinstance(widget, QRadioButton) else widget.rect().center()
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)


def test_what_is_chosen_is_what_is_trained(qtbot, make):
    form, asked = make(), []
    form.submitted.connect(asked.append)
    form.name.selectAll()
    qtbot.keyClicks(form.name, "  Colon 7 ")
    form.done_images.setFocus()
    qtbot.keyClick(form.done_images, Qt.Key.Key_Space)
    form.thorough.setFocus()
    qtbot.keyClick(form.thorough, Qt.Key.Key_Space)
    click(qtbot, form.confirm)
    (request,) = asked
    assert (request.name, request.preset, request.image_ids, request.backbone) == ("Colon 7", THOROUGH, DONE, BACKBONE)


def test_images_that_are_selected_are_meant_where_they_are_enough(make):
    assert make().image_ids == SELECTED
    few = make(Trainable(USABLE, (), (5,), 25, 0.2))
    assert few.image_ids == USABLE
    assert (few.done_images.isVisible(), few.selected.isVisible()) == (False, True)


def test_what_it_takes_is_told_for_each_preset_and_no_more_exactly_than_one_can_know(qtbot, make):
    form = make()
    click(qtbot, form.all_images)
    assert form.costs[QUICK].text() == "Measuring how fast this computer is…"
    form.show_costs(COSTS)
    assert form.costs[QUICK].text() == "About 4 min, 180 MB on disk"
    assert form.costs[THOROUGH].text() == "About 25 min, 1.5 GB on disk"
    click(qtbot, form.done_images)
    assert form.costs[QUICK].text() == "About 1 min, 60 MB on disk"


def test_what_could_not_be_measured_is_not_made_up(make):
    form = make()
    form.show_costs(None)
    assert form.costs[QUICK].text() == ""
    assert form.confirm.isEnabled()


def test_how_many_images_are_kept_aside_is_told(qtbot, make):
    form = make()
    click(qtbot, form.all_images)
    assert form.aside.text() == (
        "24 of 120 images: the model does not learn from them, so they show whether it has become any better."
    )


def test_of_few_images_none_is_kept_aside_and_nothing_is_said_of_it(make):
    form = make(images=Trainable(tuple(range(1, 28)), (), (), least=20, hold_out=0.2))
    assert form.confirm.isEnabled()
    assert not form.aside.isVisible()
    assert "Kept aside" not in {label.text() for label in form.findChildren(QLabel) if label.isVisible()}


@pytest.mark.parametrize(
    ("images", "error"),
    [
        (Trainable((), (), (), 25, 0.2), "This project has no images that can be used. Add photos"),
        (Trainable(USABLE[:12], (), (), 25, 0.2), "Training needs at least 25 images; this project has 12. Add more."),
    ],
)
def test_too_few_images_are_told_with_the_remedy(make, images, error):
    form = make(images)
    assert form.error.text().startswith(error)
    assert not form.confirm.isEnabled()


def test_too_few_chosen_images_can_be_mended_by_choosing_more(qtbot, make):
    form = make(Trainable(USABLE, DONE[:3], (), 25, 0.2))
    click(qtbot, form.done_images)
    assert form.error.text() == "Training needs at least 25 images; 3 are chosen. Choose more."
    click(qtbot, form.all_images)
    assert form.error.text() == ""


def test_a_name_is_asked_for_that_no_model_has(qtbot, make):
    form = make(taken=("polyps", "Bundled model"))
    assert form.error.text() == "There is a model of this name already. Choose another one."
    form.name.selectAll()
    qtbot.keyClick(form.name, Qt.Key.Key_Delete)
    assert form.error.text() == "Give the model a name."
    qtbot.keyClicks(form.name, "Polyps 2")
    assert form.confirm.isEnabled()


def test_a_disk_without_room_is_told_before_anything_is_computed(qtbot, make, tmp_path):
    form = make()
    click(qtbot, form.all_images)
    free = shutil.disk_usage(tmp_path).free
    form.show_costs({(QUICK, 120): Cost(60.0, free * 100), (THOROUGH, 120): Cost(60.0, 1)})
    assert form.error.text().startswith("Training needs ")
    assert str(tmp_path) in form.error.text()
    assert not form.confirm.isEnabled()
    click(qtbot, form.thorough)
    assert form.confirm.isEnabled(), "that one fits"


def test_a_training_that_would_be_thrown_away_is_named(make):
    assert not make().stopped.isVisible()
    assert make(stopped="Old <one>").stopped.text() == "The unfinished training of “Old <one>” will be discarded."
