"""The status line: what is under the cursor, and messages that are whole."""

import numpy as np
import pytest
from map_project import make_map_project
from PySide6.QtTest import QTest

from acseg_core.images.georef import georeference_of
from acseg_core.store import queries


def test_the_status_line_tells_the_pixel_s_values(hands, project_folder):
    hands.open(project_folder)
    canvas = hands.window.canvas
    QTest.mouseMove(canvas, hands.at(10, 12))
    x, y = (int(value) for value in canvas.image_point(hands.at(10, 12).toPointF()))
    red, green, blue = hands.window.viewer.photo[y, x]
    assert hands.window.status.cursor_text.text() == f"{x}, {y}   RGB {red} {green} {blue}"


def test_a_passing_message_is_whole_in_large_text(hands, project_folder):
    """What always stands at the right makes room for it, and comes back."""
    hands.open(project_folder)
    status = hands.window.status
    status.effort.setText("24 s of work · 297 images per hour · 2 images left: about 24 s")
    words = "Select a region first, and then press the key of its label"
    for percent, width in ((100, 1100), (200, 1100), (200, 1500)):
        hands.window.commands.settings.choose_text_size(percent)
        hands.window.resize(width, 760)
        try:
            hands.rest()
            status.say(words, 60_000)
            hands.rest()
            shown = [label for label in (status.effort, status.counts) if label.isVisible()]
            end = min((label.x() for label in shown), default=status.width())
            assert status.fontMetrics().horizontalAdvance(words) < end, (percent, width)
            assert bool(shown) or percent == 200
            status.clearMessage()
            hands.rest()
            assert status.effort.isVisible()
            assert status.counts.isVisible()
        finally:
            hands.window.commands.settings.choose_text_size(100)


def test_a_mouse_on_a_map_has_map_coordinates_and_regions_have_areas(hands, tmp_path):
    """The georeference is in the tags; where there is none, nothing is said."""
    hands.open(make_map_project(tmp_path))
    status = hands.window.status
    records = {record.path: record.id for record in queries.images(hands.window.session.require())}
    expected = {"turned.tif": (" m²", "EPSG:32633"), "degrees.tif": ("", "EPSG:4326"), "own.tif": (" m²", "Town")}
    for path, (area, system) in expected.items():
        hands.window.viewer.show(records[path])
        hands.wait(lambda path=path: hands.window.viewer.record.path == path and hands.window.viewer.regions)
        hands.rest()
        record = hands.window.viewer.record
        reference = georeference_of(record.info)
        for place in ((3.5, 3.5), (5.5, 4.5)):
            QTest.mouseMove(hands.window.canvas, hands.at(*place))
            x, y = (int(value) for value in hands.window.canvas.image_point(hands.at(*place).toPointF()))
            hands.wait(lambda x=x, y=y: status.cursor_text.text().startswith(f"{x}, {y} "))
            ((east, north),) = reference.to_map(np.array([[x + 0.5, y + 0.5]])).tolist()
            told = status.map_text.text().removeprefix("Map: ").replace(",", "").split(" / ")
            size = reference.pixel_area**0.5
            assert [float(number) for number in told] == pytest.approx([east, north], abs=size / 10)
            assert (" m²" in status.region_text.text()) == bool(area)
        assert system in status.map_text.toolTip()
    hands.window.viewer.show(records["plain.png"])
    hands.wait(lambda: hands.window.viewer.record.path == "plain.png")
    hands.rest()
    QTest.mouseMove(hands.window.canvas, hands.at(4.5, 4.5))
    assert status.map_text.text() == ""
    assert not status.map_text.isVisible()
