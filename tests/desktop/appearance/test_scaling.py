"""What is drawn grows with the text, and comes back."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QCheckBox,
    QMenu,
    QStyle,
    QStyleOptionButton,
)

from acseg_core.store import open_project, queries
from acseg_core.store.edits import review
from acseg_core.store.edits.labels import create_label
from acseg_desktop.appearance.icons import swatch_icon
from acseg_desktop.appearance.scaling import scaled, set_text_percent, text_scale
from acseg_desktop.appearance.theme import LIGHT


def extent(widget, color, box=None):
    """Width and height of what has a colour in a widget, or in a part of it; pixels of the screen."""
    image = (widget.grab() if box is None else widget.grab(box)).toImage()
    there = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if all(abs(a - b) < 6 for a, b in zip(image.pixelColor(x, y).getRgb()[:3], color.getRgb()[:3], strict=True))
    ]
    across, down = zip(*there, strict=True)
    return max(across) - min(across) + 1, max(down) - min(down) + 1


def test_swatches_and_key_boxes_grow_with_the_text(hands, project_folder):
    with open_project(project_folder) as project:
        create_label(project, "Sky", color="#c02080")
        ids = [region.id for region in queries.regions(project, queries.image_ids(project)[0])]
        review.name_regions_as(project, ids[:1], "Sky")
    hands.open(project_folder)
    window, color = hands.window, QColor("#c02080")
    labels, regions = window.labels.view, window.regions.view

    def row(view):
        return view.viewport(), view.visualRect(view.model().index(0, 0))

    def measured():
        hands.rest()
        view, box = row(labels)
        end = QRect(box.right() - scaled(18) - 12, box.top(), scaled(18) + 12, box.height())
        item = QStyleOptionButton()
        check = QCheckBox("Word", window)
        check.ensurePolished()
        item.initFrom(check)
        indicator = check.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, item, check)
        check.deleteLater()
        return {
            "label": extent(view, color, box),
            "key": extent(view, QColor(LIGHT.window), end),
            "region": extent(*(row(regions)[0], color, row(regions)[1])),
            "icon": swatch_icon("#c02080").availableSizes()[0].toTuple(),
            "menu": (window.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize, None, QMenu(window)),),
            "check": indicator.size().toTuple(),
            "badge": window.header.badge.pixmap().deviceIndependentSize().toTuple(),
        }

    before = measured()
    assert before["label"] == before["region"] == (10, 10)
    for percent in (150, 200):
        window.commands.settings.choose_text_size(percent)
        try:
            now = measured()
        finally:
            window.commands.settings.choose_text_size(100)
        for part, sides in before.items():
            assert now[part] == pytest.approx([side * percent / 100 for side in sides], abs=2.5), (percent, part)
    assert measured() == before


def test_a_size_out_of_range_is_kept_within(qapp):
    try:
        assert (set_text_percent(20), scaled(10)) == (80, 8)
        assert (set_text_percent(150), scaled(10)) == (150, 15)
        assert (set_text_percent(999), scaled(10)) == (200, 20)
    finally:
        set_text_percent(100)
    assert text_scale() == 1.0
