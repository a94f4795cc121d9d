"""The first steps: shown once, ticked as they are done, with the keys in use.

Covers: commands.first_steps.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
)

from acseg_desktop.panels.first_steps import STEPS


def steps(hands):
    return hands.window.first_steps_panel


def test_a_first_project_shows_the_steps_and_they_follow_what_is_done(hands, tree_project):
    hands.click(hands.window.start.sample_button)
    hands.wait(lambda: hands.window.viewer.record is not None)
    hands.rest()
    panel = steps(hands)
    assert panel.isVisible()
    assert panel.current == 0
    assert "Ctrl+B" in panel.hint.text()
    hands.click(panel.cross)
    assert not panel.isVisible()
    hands.open(tree_project)
    assert not panel.isVisible(), "closed once, they do not come by themselves again"
    hands.window.commands.first_steps.begin()
    assert panel.current == 1, "there are regions already"
    assert panel.hint.text().startswith("Press G to name look-alikes")
    hands.press(Qt.Key.Key_G)
    assert panel.current == 2
    hands.press(Qt.Key.Key_G)
    hands.rest()
    hands.click_region(10, 10)
    assert panel.current == 3
    assert "/" in panel.hint.text()
    hands.press(Qt.Key.Key_Slash)
    hands.type("sky")
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    assert panel.current == 4
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    assert panel.current == 5
    hands.window.commands.project.export()
    QApplication.activeModalWidget().reject()
    assert panel.current is None
    assert "concept browser (G)" in panel.hint.text()


def test_the_steps_do_not_come_with_projects_that_are_opened(hands, tree_project):
    hands.open(tree_project)
    assert not steps(hands).isVisible()


def test_the_keys_in_the_steps_are_those_in_use(hands, tree_project):
    hands.open(tree_project)
    hands.window.commands.first_steps.begin()
    hands.click_region(10, 10)
    hands.window.keymap.give("region.name", "J")
    hands.window.keymap.take("region.name", "/")
    assert steps(hands).hint.text().startswith("Press J ")
    assert len(STEPS) == len(steps(hands).names)
