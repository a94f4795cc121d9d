"""Proposing by the window: work is not replaced unasked, and what is finished is kept."""

from PySide6.QtCore import Qt

from acseg_core.store import open_project, queries
from acseg_desktop.dialogs.message import Message
from acseg_desktop.dialogs.propose_form import ProposeForm

CTRL = Qt.KeyboardModifier.ControlModifier


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
