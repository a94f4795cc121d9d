"""Banners: a notice with its remedies, put away by its cross, replaced by the next one.

Covers: panels.banner_stack.
"""

import pytest
from PySide6.QtCore import Qt
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


def test_what_to_do_next_comes_one_at_a_time(hands, project_folder):
    """On the code of before the first steps, the hint, the offer to split and a question were shown over each other."""
    hands.open(project_folder)
    banners, steps = hands.window.banners, hands.window.first_steps_panel

    def seen():
        guides = {"question": banners.question, "parts": banners.parts, "steps": steps, "hint": banners.hint}
        return [name for name, guide in guides.items() if guide.isVisible()]

    banners.hint.show_notice(Notice("4 photos ready."))
    assert seen() == ["hint"]
    hands.window.commands.first_steps.begin()
    assert seen() == ["steps"]
    banners.parts.show_notice(Notice("Is each part one of its own?"))
    banners.question.ask("Unsure?", ())
    assert seen() == ["question"]
    banners.access.show_notice(Notice("Open for reading."))
    assert banners.access.isVisible(), "what is wrong is shown beside"
    hands.press(Qt.Key.Key_Escape)
    assert seen() == ["parts"]
    banners.parts.show_notice(None)
    assert seen() == ["steps"]
    hands.click(steps.cross)
    assert seen() == ["hint"], "nothing is lost"


def test_the_button_of_the_first_steps_does_the_step(hands, project_folder):
    hands.open(project_folder)
    hands.window.commands.first_steps.begin()
    steps = hands.window.first_steps_panel
    assert steps.button.text() == "Name look-alikes"
    hands.click(steps.button)
    hands.rest()
    assert hands.window.browser.isVisible()
    assert steps.current == 2
    assert not steps.button.isVisible(), "selecting is done on the photo"


def test_who_left_before_anything_was_proposed_learns_again_how_to_begin(hands, many_images):
    """On the code of before nothing was said from the second time on."""
    hands.open(many_images)
    hands.wait(hands.window.first_steps_panel.isVisible)
    assert hands.window.banners.hint.is_wanted
