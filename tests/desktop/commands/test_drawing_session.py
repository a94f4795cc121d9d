"""The label of newly drawn regions: the last one chosen, told once."""

from acseg_desktop.commands.drawing_session import DrawingSession


def test_another_label_is_told_and_the_same_is_not(qtbot):
    drawing, told = DrawingSession(), []
    drawing.changed.connect(lambda: told.append(drawing.label_id))
    assert drawing.label_id is None
    for label_id in (3, 3, 4, None, None):
        drawing.label_id = label_id
    assert told == [3, 4, None]
