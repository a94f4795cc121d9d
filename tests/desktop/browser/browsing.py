"""What a person does in the concept browser, and what is there afterwards."""

import numpy as np
from PySide6.QtCore import QPoint, Qt

from acseg_core.store import queries
from acseg_core.workflows.salience import keep_attention

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
KINDS = 4


def press(hands, key, modifier=NONE):
    hands.press(key, modifier)
    hands.rest()


def grid(hands):
    return hands.window.browser.grid


def stored(hands):
    """All regions of the project by id."""
    project = hands.window.session.project
    return {each.id: each for image_id in queries.image_ids(project) for each in queries.regions(project, image_id)}


def names(hands):
    """How many regions have which name."""
    labels, found = hands.window.session.labels, {}
    for region in stored(hands).values():
        name = labels[region.label_id].name if region.label_id else None
        found[name] = found.get(name, 0) + 1
    return found


def sections(hands):
    return hands.window.browser.model.sections


def members(hands, section):
    """Ids of a section's members, all of them there."""
    model = hands.window.browser.model
    cells = range(sections(hands)[section].count)
    hands.wait(lambda: all(model.region(section, cell) is not None for cell in cells))
    hands.rest()
    return [model.region(section, cell).id for cell in cells]


def click(hands, spot, modifier=NONE, *, double=False):
    box = grid(hands).spot_rect(spot)
    place = QPoint(box.left() + 40, box.center().y())
    act = hands.qtbot.mouseDClick if double else hands.qtbot.mouseClick
    act(grid(hands).viewport(), Qt.MouseButton.LeftButton, modifier, place)
    hands.rest()


def type_name(hands, name):
    press(hands, Qt.Key.Key_Slash)
    hands.type(name)
    press(hands, Qt.Key.Key_Return)


def said(hands):
    return hands.window.status.currentMessage()


def move(browser, *values):
    """Drag the handle and let it go; what comes of it is not waited for."""
    slider = browser.window.browser.fineness.slider
    slider.setSliderDown(True)
    for value in values:
        slider.setSliderPosition(value)
        browser.wait(lambda: not browser.window.commands.clusters.slider._preview.isActive())
    slider.setSliderDown(False)
    slider.sliderReleased.emit()


def drag(browser, *values):
    move(browser, *values)
    browser.rest()


def choose(browser, box, row):
    box.setCurrentIndex(row)
    box.activated.emit(row)
    browser.rest()


def keep_quarter_attention(browser):
    """In every image, attention to the first quarter."""
    project = browser.window.session.project
    for image_id in queries.image_ids(project):
        attention = np.full((8, 12), 0.001, np.float32)
        attention[:4, :6] = 0.01
        keep_attention(project.cache_dir, queries.image(project, image_id).info.sha256, attention)


def seen_regions(browser):
    return {id_ for number in range(len(sections(browser))) for id_ in members(browser, number)}
