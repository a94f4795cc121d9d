"""What a training shows of itself, and which buttons make sense when."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage

from acseg_desktop.panels.training_panel import SamplePictures, TrainingPanel, TrainingState, TrainingStatus


@pytest.fixture
def panel(qtbot):
    made = TrainingPanel()
    qtbot.addWidget(made)
    made.show_status(TrainingStatus("Polyps", TrainingState.RUNNING, 0.42, "projection", 130.0))
    with qtbot.waitExposed(made):
        made.show()
    made.resize(340, 900)  # before it is shown, labels do not know their heights, and it would be wider
    return made


def plain(color):
    image = QImage(90, 60, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    return image


def samples(count, *, after=True):
    return [SamplePictures(f"{n}.jpg", plain("red"), plain("blue") if after else QImage()) for n in range(count)]


def buttons(panel):
    named = ("pause", "resume", "cancel", "discard", "compare")
    return {name for name in named if getattr(panel, name).isVisible()}


def test_while_it_runs_phase_share_and_time_left_are_told(panel):
    assert panel.title.text() == "Training “Polyps”"
    assert panel.phase.text() == "Learning what belongs together"
    assert panel.left.text() == "42%, about 2 min 10 s left"
    assert panel.bar.value() == 420
    assert buttons(panel) == {"pause", "cancel"}


def test_without_a_time_only_the_share_is_told(panel):
    panel.show_status(TrainingStatus("Polyps", TrainingState.RUNNING, 0.01, "features", None))
    assert panel.left.text() == "1%"


@pytest.mark.parametrize(
    ("state", "text", "shown"),
    [
        (TrainingState.STOPPING, "Saving what is learned so far…", {"pause", "cancel"}),
        (TrainingState.PAUSED, "Paused after 42%", {"resume", "cancel"}),
        (TrainingState.STOPPED, "Interrupted after 42%", {"resume", "discard"}),
        (TrainingState.DONE, "Better on 14 of 20 images.", {"compare"}),
    ],
)
def test_each_state_has_its_words_and_its_buttons(panel, state, text, shown):
    panel.show_status(TrainingStatus("Polyps", state, 0.42, "projection", 130.0, "Better on 14 of 20 images."))
    assert panel.phase.text() == text
    assert buttons(panel) == shown
    assert not panel.left.isVisible()
    assert panel.pause.isEnabled() is False or state is TrainingState.RUNNING


def test_buttons_ask_for_what_they_say(qtbot, panel):
    asked = []
    for name in ("pause", "resume", "cancel", "discard"):
        getattr(panel, f"{name}_requested").connect(lambda name=name: asked.append(name))
    qtbot.mouseClick(panel.pause, Qt.MouseButton.LeftButton)
    panel.show_status(TrainingStatus("Polyps", TrainingState.PAUSED, 0.42))
    qtbot.mouseClick(panel.resume, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(panel.cancel, Qt.MouseButton.LeftButton)
    panel.show_status(TrainingStatus("Polyps", TrainingState.STOPPED, 0.42))
    panel.discard.setFocus()
    qtbot.keyClick(panel.discard, Qt.Key.Key_Space)
    assert asked == ["pause", "resume", "cancel", "discard"]


def test_one_divider_goes_through_all_six_pictures_and_stays_when_new_ones_come(qtbot, panel):
    panel.show_samples(samples(6))
    cells = panel.pictures.cells
    assert len(cells) == 6
    qtbot.mouseClick(cells[2], Qt.MouseButton.LeftButton, pos=QPoint(cells[2].width() // 4, cells[2].height() // 2))
    shares = {round(cell.share, 6) for cell in cells}
    assert len(shares) == 1
    assert 0.1 < shares.pop() < 0.4
    share = cells[0].share
    panel.show_samples(samples(6))
    assert [cell.share for cell in panel.pictures.cells] == [share] * 6


def test_pictures_stand_in_two_columns_beside_a_dock_and_in_three_where_there_is_room(qtbot, panel):
    panel.show_samples(samples(6, after=False))
    qtbot.waitUntil(lambda: panel.pictures.cells[0].width() > 50)
    qtbot.waitUntil(lambda: len({cell.x() for cell in panel.pictures.cells}) == 2)
    panel.resize(800, 900)
    qtbot.waitUntil(lambda: len({cell.x() for cell in panel.pictures.cells}) == 3)
    panel.resize(340, 900)
    qtbot.waitUntil(lambda: len({cell.x() for cell in panel.pictures.cells}) == 2)


def test_curves_grow_under_their_names_and_nothing_is_left_for_the_next_training(panel):
    panel.add_points({"loss": [(1, 0.5)]}, {"loss": "Loss"})
    panel.add_points({"loss": [(2, 0.4)], "other": [(1, 1.0)]}, {"loss": "Loss"})
    assert [plot.title for plot in panel.curves.plots.values()] == ["Loss", "other"]
    assert panel.curves.plots["loss"].points == [(1, 0.5), (2, 0.4)]
    panel.show_samples(samples(2))
    panel.show_status(None)
    assert (panel.curves.plots, panel.pictures.cells, panel.isVisible()) == ({}, [], False)


def test_where_nothing_is_learned_step_by_step_it_is_said_why_there_is_no_curve(panel):
    """On the code of before, a quick training had no word on it."""
    assert not panel.no_curves.isVisible()
    for state in (TrainingState.RUNNING, TrainingState.PAUSED, TrainingState.DONE):
        panel.show_status(TrainingStatus("Polyps", state, 0.42, "projection", has_curves=False))
        assert panel.no_curves.isVisible()
        assert panel.no_curves.text().startswith("There is no curve: a quick training looks at each image once")
    panel.show_status(TrainingStatus("Polyps", TrainingState.RUNNING, 0.42, "generator"))
    panel.add_points({"loss": [(1, 0.5)]}, {"loss": "Loss"})
    assert not panel.no_curves.isVisible()
    assert panel.curves.isVisible()
    panel.show_status(None)
    assert not panel.no_curves.isVisible()
