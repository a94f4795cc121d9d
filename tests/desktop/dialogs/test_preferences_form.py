"""Preferences: theme, size of text, language, device; all at once, all kept. And the first steps."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QMenu,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from acseg_core.store import open_project, queries
from acseg_core.store.edits import review
from acseg_core.store.edits.labels import create_label
from acseg_desktop.appearance.icons import swatch_icon
from acseg_desktop.appearance.scaling import scaled, text_scale
from acseg_desktop.appearance.theme import DARK, LIGHT
from acseg_desktop.browser.layout import GridLayout, Spot
from acseg_desktop.dialogs.form import Caption, number_field
from acseg_desktop.dialogs.preferences_form import PreferencesForm
from acseg_desktop.image_list.thumbnail_delegate import _small, cell_size, picture_size
from acseg_desktop.panels.first_steps import STEPS
from acseg_desktop.preferences import Preferences

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def form(hands):
    hands.press(Qt.Key.Key_Comma, CTRL)
    found = hands.dialog(PreferencesForm)
    yield found
    hands.window.commands.settings.choose_text_size(100)
    hands.window.commands.settings.choose_theme("light")
    found.reject()


def choose(hands, box, data):
    """Choose from a combo box with the arrow keys."""
    box.setFocus()
    while box.currentData() != data:
        before = box.currentIndex()
        hands.qtbot.keyClick(box, Qt.Key.Key_Down)
        if box.currentIndex() == before:
            hands.qtbot.keyClick(box, Qt.Key.Key_Home)


def test_the_theme_changes_at_once_and_stays(hands, form):
    choose(hands, form.theme, "dark")
    assert QApplication.palette().color(QPalette.ColorRole.Window).name() == DARK.window
    assert Preferences().theme == "dark"
    hands.window.menus.themes.aboutToShow.emit()
    assert [action.objectName() for action in hands.window.menus.themes.actions() if action.isChecked()] == [
        "theme.dark"
    ]
    choose(hands, form.theme, "light")
    assert QApplication.palette().color(QPalette.ColorRole.Window).name() == LIGHT.window


def test_all_text_grows_at_once_painted_text_too(hands, form, tree_project):
    hands.open(tree_project)
    window = hands.window
    before = {
        "label": window.header.name.fontMetrics().height(),
        "menu": window.menuBar().fontMetrics().height(),
        "row": window.regions.view.sizeHintForRow(0),
        "chip": window.canvas.fontMetrics().height(),
    }
    form.text_size.setFocus()
    hands.qtbot.keyClick(form.text_size, Qt.Key.Key_End)
    assert form.text_value.text() == "200 %"
    assert text_scale() == 2.0
    assert scaled(28) == 56
    QApplication.processEvents()
    for name, height in (
        ("label", window.header.name.fontMetrics().height()),
        ("menu", window.menuBar().fontMetrics().height()),
        ("row", window.regions.view.sizeHintForRow(0)),
        ("chip", window.canvas.fontMetrics().height()),
    ):
        assert height == pytest.approx(2 * before[name], abs=3), name
    assert window.width() <= 1400, "large text does not push the window off the screen"
    hands.qtbot.keyClick(form.text_size, Qt.Key.Key_Home)
    assert text_scale() == 0.8
    hands.click(form.usual)
    assert text_scale() == 1.0
    assert window.regions.view.sizeHintForRow(0) == before["row"]
    assert Preferences().text_size == 100


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


def test_the_palette_of_names_is_whole_over_a_low_canvas(hands, project_folder):
    with open_project(project_folder) as project:
        for number in range(9):
            create_label(project, f"label {number}")
    hands.open(project_folder)
    window, search = hands.window, hands.window.search
    for percent, height in ((100, 760), (150, 700), (200, 640)):
        window.commands.settings.choose_text_size(percent)
        window.resize(1100, height)
        try:
            hands.rest()
            hands.click_region(10, 10)
            hands.press(Qt.Key.Key_Slash)
            hands.wait(search.isVisible)
            assert search.geometry().bottom() < window.workspace.height(), percent
            assert search.hint.geometry().bottom() <= search.height(), percent
            assert search.list.height() >= 2 * scaled(32), percent
            hands.qtbot.keyClick(search.field, Qt.Key.Key_Up)  # to the last one
            box = search.list.visualItemRect(search.list.currentItem())
            assert search.list.viewport().rect().contains(box.center()), percent
            hands.qtbot.keyClick(search.field, Qt.Key.Key_Escape)
        finally:
            window.commands.settings.choose_text_size(100)


def test_a_passing_message_is_whole_in_large_text(hands, project_folder):
    """What always stands at the right makes room for it, and comes back."""
    hands.open(project_folder)
    status = hands.window.status
    status.effort.setText("24 s · 297 images/h · about 6 s left")
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


@pytest.mark.parametrize("percent", [80, 100, 150, 200])
def test_captions_are_level_with_their_fields(hands, form, percent):
    """Also when the size changes while the form is open."""
    hands.window.commands.settings.choose_text_size(percent)
    hands.rest()
    seen = 0
    for label in form.findChildren(Caption):
        field = label.buddy()
        if isinstance(field, QComboBox):
            seen += 1
            assert label.geometry().center().y() == pytest.approx(field.geometry().center().y(), abs=2), label.text()
    assert seen >= 3


def test_numbers_stand_as_far_from_the_edge_as_other_text(hands):
    """In the light theme: where the text's first dark pixel is, in both kinds of field."""
    place = QWidget(hands.window)
    rows = QVBoxLayout(place)
    fields = number_field(minimum=0, maximum=999, value=500), QLineEdit("500")
    for field in fields:
        rows.addWidget(field)
    place.resize(160, 100)
    place.show()
    hands.rest()

    def left(field):
        image, middle = field.grab().toImage(), field.height() // 2
        dark = (
            x
            for x in range(4, image.width())
            for y in range(middle - 5, middle + 5)
            if image.pixelColor(x, y).value() < 90
        )
        return min(dark)

    number, text = map(left, fields)
    assert number == pytest.approx(text, abs=2)
    place.deleteLater()


def test_names_below_thumbnails_are_whole_in_large_text(hands, project_folder):
    hands.open(project_folder)
    for percent in (100, 120, 150, 200):
        hands.window.commands.settings.choose_text_size(percent)
        try:
            hands.rest()
            below = cell_size().height() - picture_size().height() - 12
            lines = 1 if percent < 125 else 2
            assert below // lines >= QFontMetrics(_small(hands.window.strip.view.font())).height(), percent
        finally:
            hands.window.commands.settings.choose_text_size(100)


def test_the_grid_of_crops_has_room_for_large_text():
    usual, large = GridLayout((30, 3), width=900), GridLayout((30, 3), width=900, scale=2.0)
    assert (large.cell_side, large.header_height) == (2 * usual.cell_side, 2 * usual.header_height)
    for section, cell in ((0, 0), (0, 3), (1, 2)):
        box = large.cell(section, cell)
        assert large.hit(box.left + box.width // 2, box.top + box.height - 1) == Spot(section, cell)
    assert large.columns == usual.columns // 2


def test_what_an_empty_browser_says_is_read_in_large_text(hands, tree_project):
    hands.open(tree_project)
    hands.press(Qt.Key.Key_G)
    hands.rest()
    empty = hands.window.browser.empty
    assert empty.text.isVisible()
    before = empty.text.size()
    hands.window.commands.settings.choose_text_size(200)
    try:
        hands.rest()
        metrics, words = empty.text.fontMetrics(), empty.text.text()
        written = metrics.boundingRect(empty.text.rect(), Qt.TextFlag.TextWordWrap, words)
        assert before.height() < written.height() <= empty.text.height()
        hands.window.resize(1024, 700)
        hands.rest()
        assert hands.window.browser.width() >= empty.text.width()
        written = metrics.boundingRect(empty.text.rect(), Qt.TextFlag.TextWordWrap, words)
        assert written.height() <= empty.text.height()
    finally:
        hands.window.commands.settings.choose_text_size(100)
    hands.window.resize(1280, 820)
    hands.rest()
    assert empty.text.size() == before


def test_a_size_out_of_range_is_kept_within(qapp):
    preferences = Preferences()
    preferences.store("text_size", 900)
    assert preferences.text_size == 200
    preferences.store("text_size", "large")
    assert preferences.text_size == 100


def test_another_language_is_kept_and_needs_another_window(hands, form):
    assert not form.restart.isVisible()
    choose(hands, form.language, "de")
    assert form.restart.isVisible()
    assert Preferences().language == "de"
    choose(hands, form.language, "en")
    assert not form.restart.isVisible(), "it is what is spoken"
    assert Preferences().language == "en"


def test_the_window_opened_again_speaks_the_other_language_and_shows_the_same_image(project_folder):
    """With the program's own loop; what was named a moment before is there, and the window shows where one was."""
    program = (
        "import sys\nfrom pathlib import Path\nfrom PySide6.QtCore import QTimer\n"
        "from acseg_desktop import app\n"
        "from acseg_desktop.operations import review\n"
        "from acseg_desktop.dialogs.preferences_form import PreferencesForm\n"
        "from acseg_desktop.main_window import MainWindow\nfrom acseg_desktop.preferences import Preferences\n"
        "application = app.make_application()\nPreferences().language = 'en'\n"
        "def windows():\n"
        "    there = [each for each in application.topLevelWidgets() if isinstance(each, MainWindow)]\n"
        "    return [each for each in there if each.isVisible()]\n"
        "def window():\n"
        "    return windows()[0]\n"
        "def when(condition, then):\n"
        "    QTimer.singleShot(20, lambda: then() if condition() else when(condition, then))\n"
        "def shows(place):\n"
        "    return windows() and window().viewer.record is not None and window().viewer.record.path == place\n"
        "def start():\n"
        "    print(window().menuBar().actions()[0].text())\n"
        "    window().commands.browse.next()\n"
        "    when(lambda: shows('a2.png'), change)\n"
        "def change():\n"
        "    w = window()\n"
        "    review.name_regions_as(w.session, [w.viewer.regions[0].id], 'sky')\n"
        "    w.commands.settings.show()\n"
        "    form = w.findChild(PreferencesForm)\n"
        "    form.language.setCurrentIndex(form.language.findData('de'))\n"
        "    form.language.activated.emit(form.language.currentIndex())\n"
        "    form.restart_now.click()\n"
        "    when(lambda: shows('a2.png') and 'Datei' in window().menuBar().actions()[0].text(), look)\n"
        "def look():\n"
        "    w = window()\n"
        "    print(w.menuBar().actions()[0].text(), [each.name for each in w.session.labels.values()])\n"
        "    application.closeAllWindows()\n"
        "when(lambda: shows('a1.png'), start)\n"
        "sys.exit(app.run(Path(sys.argv[1])))\n"
    )
    command = [sys.executable, "-c", program, str(project_folder)]
    outcome = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stdout.splitlines() == ["&File", "&Datei ['sky']"]


def test_device_and_switches_are_those_of_forms_and_menus(hands, form):
    choose(hands, form.device, "cpu")
    assert Preferences().text("model/device", "") == "cpu"
    box = form.switches[0]
    assert box.isChecked()
    hands.qtbot.keyClick(box, Qt.Key.Key_Space)
    assert not hands.window.actions_["view.outlines"].isChecked()
    assert not Preferences().flag("outlines", True)


def steps(hands):
    return hands.window.first_steps_panel


def test_a_first_project_shows_the_steps_and_they_follow_what_is_done(hands, tree_project):
    hands.click(hands.window.start.sample_button)
    hands.wait(lambda: hands.window.viewer.record is not None)
    hands.rest()
    panel = steps(hands)
    assert panel.isVisible()
    assert panel.current == 0
    assert "Ctrl+B" in panel.hint.text()
    hands.click(panel.cross)
    assert not panel.isVisible()
    hands.open(tree_project)
    assert not panel.isVisible(), "closed once, they do not come by themselves again"
    hands.window.commands.first_steps.begin()
    assert panel.current == 1, "there are regions already"
    hands.click_region(10, 10)
    assert panel.current == 2
    assert "/" in panel.hint.text()
    hands.press(Qt.Key.Key_Slash)
    hands.type("sky")
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    assert panel.current == 3
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    assert panel.current == 4
    hands.window.commands.project.export()
    QApplication.activeModalWidget().reject()
    assert panel.current is None
    assert "concept browser (G)" in panel.hint.text()


def test_the_steps_do_not_come_with_projects_that_are_opened(hands, tree_project):
    hands.open(tree_project)
    assert not steps(hands).isVisible()


def test_the_keys_in_the_steps_are_those_in_use(hands, tree_project):
    hands.open(tree_project)
    hands.window.commands.first_steps.begin()
    hands.click_region(10, 10)
    hands.window.keymap.give("region.name", "J")
    hands.window.keymap.take("region.name", "/")
    assert steps(hands).hint.text().startswith("Press J ")
    assert len(STEPS) == len(steps(hands).names)
