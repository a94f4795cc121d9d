"""The options bar: steps of the size grow, and it shows what the tool does. Driven by hand in `test_brush`."""

from acseg_desktop.canvas.tools.brush import MAX_SIZE, MIN_SIZE
from acseg_desktop.canvas.tools.tool import Target
from acseg_desktop.panels.tool_options import ToolOptions, ToolState


def test_the_slider_reaches_every_end_and_its_steps_grow(qtbot):
    bar = ToolOptions()
    qtbot.addWidget(bar)
    bar.show_state(ToolState("Brush", Target("road", "#ff0000", "new region: road"), 24))
    assert (bar.size_field.value(), bar.target.text(), bar.mark.isHidden()) == (24, "new region: road", False)
    chosen = []
    bar.size_chosen.connect(chosen.append)
    for place in range(bar.slider.maximum() + 1):
        bar.slider.setValue(place)
    bar.slider.setValue(0)
    assert (min(chosen), max(chosen), chosen[-1]) == (MIN_SIZE, MAX_SIZE, MIN_SIZE)
    sizes = sorted(set(chosen))
    assert sizes[-1] - sizes[-2] > sizes[1] - sizes[0]


def test_a_tool_without_a_brush_has_no_size(qtbot):
    bar = ToolOptions()
    qtbot.addWidget(bar)
    bar.show_state(ToolState("Polygon", Target("new", "", "new region: asks for its name")))
    assert bar.slider.isHidden()
    assert bar.size_field.isHidden()
    assert bar.mark.isHidden()
    bar.show_state(None)
    assert bar.isHidden()
