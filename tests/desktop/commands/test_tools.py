"""Which tool is in use, where none can be, and what an image without regions or another image does to it."""

import numpy as np
from desktop.canvas.tools.painter import Key, Painter, swept


def test_tools_are_refused_in_a_project_that_is_open_elsewhere(hands, project_folder):
    hands.window.session.open(project_folder, read_only=True)
    hands.wait(lambda: hands.window.viewer.record is not None)
    hands.rest()
    hands.press(Key.Key_B)
    assert hands.window.status.currentMessage() == "The project is open read-only"
    assert hands.window.commands.tools.action_id == "tool.select"


def test_tools_are_refused_without_an_image(hands):
    hands.press(Key.Key_B)
    assert hands.window.commands.tools.action_id == "tool.select"
    assert not hands.window.actions_["tool.brush"].isEnabled()


def test_an_image_without_regions_can_be_drawn_on(hands, project_folder):
    painter = Painter(hands, project_folder)
    hands.press(Key.Key_D)
    hands.press(Key.Key_D)
    hands.rest()
    assert not painter.window.viewer.regions
    painter.press(Key.Key_B)
    painter.size(10)
    places = painter.drag((20, 20), (60, 30))
    assert np.array_equal(painter.stored() > 0, swept(places, 10))


def test_another_image_calls_off_what_is_drawn(painter):
    before = painter.stored()
    painter.press(Key.Key_P)
    painter.click(10, 10)
    painter.press(Key.Key_D)
    painter.hands.rest()
    assert not painter.canvas.tool.is_drawing
    painter.press(Key.Key_A)
    painter.hands.rest()
    assert np.array_equal(painter.stored(), before)


def test_the_tool_in_use_is_marked(painter):
    actions = painter.window.actions_
    for key, action_id in ((Key.Key_B, "tool.brush"), (Key.Key_P, "tool.polygon"), (Key.Key_V, "tool.select")):
        painter.press(key)
        checked = [each for each in painter.tools.checked if actions[each].isChecked()]
        assert checked == [action_id]
    assert painter.window.status.hint.text() == ""
