"""The list of models: which is in use, what can be done with which."""

import pytest
from PySide6.QtCore import Qt

from acseg_desktop.panels.models_panel import BUNDLED, ModelRow, ModelsPanel

ROWS = (
    ModelRow(BUNDLED, "Bundled model", False, 40, 320, details=(("Made from", "photographs"),)),
    ModelRow(3, "Polyps", True, 48, 1301, "Better on 14 of 20 images.", (("Images", "96 learned from"),), True),
    ModelRow(4, "<b>Other</b>", False),
)


@pytest.fixture
def panel(qtbot):
    made = ModelsPanel()
    qtbot.addWidget(made)
    made.resize(340, 700)
    made.show_models(ROWS)
    made.enable(can_edit=True, is_busy=False)
    made.show()
    return made


def enabled(panel):
    return {name for name in ("adopt", "compare", "rename", "delete", "train") if getattr(panel, name).isEnabled()}


def test_the_model_in_use_is_marked_for_eyes_and_ears_and_selected_first(panel):
    assert panel.chosen.id == 3
    item = panel.table.item(1, 0)
    assert item.font().bold()
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "Polyps, in use"
    assert panel.table.item(1, 2).text() == "1,301"
    assert panel.table.item(2, 1).text() == "–"
    assert panel.table.item(2, 0).text() == "<b>Other</b>"


def test_what_can_be_done_depends_on_the_model(qtbot, panel):
    assert enabled(panel) == {"compare", "rename", "delete", "train"}
    assert panel.adopt.text() == "In use"
    panel.table.setFocus()
    qtbot.keyClick(panel.table, Qt.Key.Key_Up)
    assert enabled(panel) == {"adopt", "train"}, "the bundled one stays, under its name"
    qtbot.keyClick(panel.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert enabled(panel) == {"adopt", "rename", "delete", "train"}
    panel.enable(can_edit=True, is_busy=True)
    assert enabled(panel) == {"rename", "delete"}
    panel.enable(can_edit=False, is_busy=False)
    assert enabled(panel) == set()


def test_buttons_tell_which_model_is_meant(qtbot, panel):
    told = []
    panel.adopt_requested.connect(lambda model_id: told.append(("adopt", model_id)))
    panel.deletion_requested.connect(lambda model_id: told.append(("delete", model_id)))
    panel.select(4)
    qtbot.mouseClick(panel.adopt, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(panel.delete, Qt.MouseButton.LeftButton)
    assert told == [("adopt", 4), ("delete", 4)]


def test_what_was_selected_stays_selected_when_the_list_is_read_anew(panel):
    panel.select(4)
    panel.show_models((ROWS[0], ROWS[2], ROWS[1]))
    assert panel.chosen.id == 4
    panel.show_models(ROWS[:2])
    assert panel.chosen.id == 3, "it is gone: the one in use"


def test_card_and_verdict_of_the_selected_one_are_shown(panel):
    assert panel.verdict.text() == "Better on 14 of 20 images."
    panel.select(4)
    assert not panel.verdict.isVisible()
    assert not panel.details.isVisible()


def test_with_the_bundled_one_alone_it_is_told_what_training_would_do(panel):
    assert not panel.none.isVisible()
    panel.show_models(ROWS[:1])
    assert panel.none.isVisible()
    assert "needs no labels" in panel.none.text()
