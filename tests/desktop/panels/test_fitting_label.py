"""A label shows the longest form that fits, and tells the longest of all in its tip."""

import pytest

from acseg_desktop.panels.fitting_label import FittingLabel

FORMS = "24 of 24 images selected", "24 of 24", "24"


@pytest.fixture
def label(qtbot):
    made = FittingLabel()
    qtbot.addWidget(made)
    made.say(*FORMS)
    made.show()
    return made


@pytest.mark.parametrize("shown", [0, 1, 2])
def test_the_longest_form_that_fits(label, shown):
    width = label.fontMetrics().horizontalAdvance(FORMS[shown])
    label.resize(width, 20)
    assert label.text() == FORMS[shown]
    label.resize(width - 1, 20)
    assert label.text() == (*FORMS, "")[shown + 1], "nothing is cut in the middle of a word"


def test_the_tip_and_the_name_are_the_longest_whatever_is_shown(label):
    label.resize(1, 20)
    assert label.text() == ""
    assert label.toolTip() == label.accessibleName() == FORMS[0]


def test_larger_text_needs_a_shorter_form(label):
    label.resize(label.fontMetrics().horizontalAdvance(FORMS[0]), 20)
    font = label.font()
    font.setPointSize(2 * font.pointSize())
    label.setFont(font)
    assert label.text() == FORMS[1]
