"""Banners: a notice with its remedies, put away by its cross, replaced by the next one.

Covers: panels.banner_stack.
"""

import pytest
from PySide6.QtWidgets import QToolButton

from acseg_desktop.panels.banner import Notice
from acseg_desktop.panels.banner_stack import BannerStack
from acseg_desktop.panels.first_steps import FirstSteps


@pytest.fixture
def stack(hands):
    """Banners in a window of their own theme."""
    return hands.window.banners


def test_a_notice_is_shown_with_its_remedies(stack, hands, project_folder):
    hands.open(project_folder)
    done = []
    stack.project.show_notice(Notice("Images are gone.", remedies=(("Look again", lambda: done.append(1)),)))
    assert stack.project.isVisible()
    assert stack.project.text.text() == "Images are gone."
    hands.click(stack.project.buttons[0])
    assert done == [1]
    stack.project.show_notice(Notice("Something else."))
    assert stack.project.buttons == []
    stack.project.show_notice(None)
    assert not stack.project.isVisible()


def test_a_notice_can_be_put_away_unless_it_has_to_stay(stack, hands, project_folder):
    hands.open(project_folder)
    stack.image.show_notice(Notice("The image is gone."))
    cross = stack.image.findChild(QToolButton)
    hands.click(cross)
    assert not stack.image.isVisible()
    stack.access.show_notice(Notice("Open for reading.", can_dismiss=False))
    assert not stack.access.findChild(QToolButton).isVisible()


def test_all_are_cleared(qtbot):
    stack = BannerStack(FirstSteps(str))
    qtbot.addWidget(stack)
    for banner in stack.all:
        banner.show_notice(Notice("x"))
    stack.clear()
    assert all(banner.isHidden() for banner in stack.all)
