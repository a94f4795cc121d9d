"""A person moves the slider in a few images and goes on: the next ones start where these were left, and it is said."""

import pytest
from desktop.conftest import make_photo, make_project, propose_trees
from PySide6.QtCore import QPoint, Qt

from acseg_core.store import open_project, queries
from acseg_core.store.settings import CALIBRATED_GRANULARITY, CALIBRATED_IMAGES, write_setting

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def row(tmp_path):
    """A closed project of six images with trees of eight leaves, cut into four regions."""
    folder = tmp_path / "row"
    folder.mkdir()
    for number in range(6):
        make_photo(folder / f"{number}.png", seed=number)
    project_folder = make_project(tmp_path / "row-project", folder, proposed=0)
    with open_project(project_folder) as project:
        propose_trees(project, queries.image_ids(project))
    return project_folder


@pytest.fixture
def calibrated(row):
    """The same, as if its trees had said that .9 suits it."""
    with open_project(row) as project:
        write_setting(project, CALIBRATED_GRANULARITY, 0.9)
        write_setting(project, CALIBRATED_IMAGES, 200)
    return row


def drag_to(hands, share):
    """Drag the handle from where it is."""
    slider = hands.window.granularity.slider

    def place(value):
        return QPoint(round(8 + value * (slider.width() - 16)), slider.height() // 2)

    hands.qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=place(slider.value() / 100))
    hands.qtbot.mouseMove(slider, place(share))
    hands.qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=place(share))
    hands.rest()


def go_on(hands):
    hands.press(Qt.Key.Key_D)
    hands.rest()


def granularities(hands):
    return [round(record.granularity, 2) for record in queries.images(hands.window.session.project)]


def said(hands):
    bar = hands.window.granularity
    return bar.default.text() if bar.default.isVisible() else None


def test_later_images_start_where_the_last_ones_were_left(hands, row):
    """On the code of before, every image started at .5, whatever was done in those before it."""
    hands.open(row)
    assert said(hands) is None
    for _ in range(3):
        drag_to(hands, 0.8)
        go_on(hands)
    left = granularities(hands)[0]
    assert left == pytest.approx(0.8, abs=0.02)
    assert granularities(hands) == [left] * 6
    assert hands.window.granularity.slider.value() == round(100 * left)
    assert len(hands.window.viewer.regions) == 7
    assert said(hands) == "From your last 3 images"


def test_undo_passes_the_images_that_followed_by(hands, row):
    """Ctrl+Z takes back what the person did, step by step, and nothing else; the next image shows what is left."""
    hands.open(row)
    for _ in range(3):
        drag_to(hands, 0.8)
        go_on(hands)
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.rest()
    assert granularities(hands)[2] == 0.5
    assert said(hands) is None, "two images are exceptions"
    assert hands.window.session.history.redo == "Change granularity"
    hands.press(Qt.Key.Key_Y, CTRL)
    hands.rest()
    assert said(hands) == "From your last 3 images"


def test_what_somebody_worked_on_stays(hands, row):
    hands.open(row)
    project = hands.window.session.project
    last = queries.image_ids(project)[-1]
    hands.press(Qt.Key.Key_End)
    hands.window.commands.browse.show(last)
    hands.rest()
    hands.click_region(10, 10)
    hands.press(Qt.Key.Key_Slash)
    hands.type("sky")
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    named = queries.regions(project, last)
    hands.window.commands.browse.show(queries.image_ids(project)[0])
    hands.rest()
    for _ in range(3):
        drag_to(hands, 0.8)
        go_on(hands)
    hands.window.commands.browse.show(last)
    hands.rest()
    assert queries.regions(project, last) == named
    assert granularities(hands)[-1] == 0.5


def test_it_says_that_it_is_calibrated_and_a_button_takes_that_back_and_forth(hands, calibrated):
    hands.open(calibrated)
    bar = hands.window.granularity
    assert said(hands) == "Calibrated on 200 images"
    assert granularities(hands) == [0.9] * 6
    assert len(hands.window.viewer.regions) == 8
    assert bar.default_reset.text() == "Reset"
    hands.click(bar.default_reset)
    hands.rest()
    assert said(hands) == "Standard granularity"
    assert granularities(hands) == [0.5] * 6
    assert len(hands.window.viewer.regions) == 4
    assert bar.default_reset.text() == "Calibrate"
    bar.default_reset.setFocus(Qt.FocusReason.TabFocusReason)
    hands.qtbot.keyClick(bar.default_reset, Qt.Key.Key_Space)
    hands.rest()
    assert said(hands) == "Calibrated on 200 images"
    assert granularities(hands) == [0.9] * 6


def test_the_choice_of_people_goes_before_the_calibration_and_can_be_reset(hands, calibrated):
    hands.open(calibrated)
    for _ in range(3):
        drag_to(hands, 0.3)
        go_on(hands)
    assert said(hands) == "From your last 3 images"
    assert len(set(granularities(hands))) == 1
    hands.click(hands.window.granularity.default_reset)
    hands.rest()
    assert said(hands) == "Calibrated on 200 images"
    assert granularities(hands)[:3] == pytest.approx([0.3] * 3, abs=0.02), "what was chosen stays"
    assert granularities(hands)[3:] == [0.9] * 3


def test_a_double_click_brings_the_projects_default(hands, calibrated):
    hands.open(calibrated)
    slider = hands.window.granularity.slider
    drag_to(hands, 0.2)
    hands.qtbot.mouseDClick(slider, Qt.MouseButton.LeftButton, pos=slider.rect().center())
    hands.rest()
    assert (slider.value(), granularities(hands)[0]) == (90, 0.9)


def test_read_only_it_is_said_and_cannot_be_reset(hands, calibrated):
    with open_project(calibrated):
        hands.window.session.open(calibrated, read_only=True)
        hands.wait(lambda: hands.window.viewer.record is not None)
        hands.rest()
        assert said(hands) == "Calibrated on 200 images"
        assert not hands.window.granularity.default_reset.isVisible()
        assert granularities(hands) == [0.5] * 6
        hands.window.session.close()
        hands.rest()
        assert said(hands) is None
