"""Bare keys: any layout, never out of a text field."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from acseg_core.types import ImageStatus
from acseg_desktop.actions.key_filter import captured_key, key_names
from acseg_desktop.actions.need import Need
from acseg_desktop.actions.spec import is_bare
from acseg_desktop.menus.table import ACTIONS

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def press(key, *, scan=0, text="", modifiers=NONE, held=False):
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, scan, 0, 0, text, held)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (press(Qt.Key.Key_D, scan=40), ["D"]),
        (press(0x0412, scan=40, text="в"), ["D"]),  # Cyrillic Ve, on the key of D
        (press(0x0424, scan=38, text="ф"), ["A"]),  # Cyrillic Ef, on the key of A
        (press(0x05D2, scan=40, text="ג"), ["D"]),  # Hebrew Gimel, on the key of D
        (press(Qt.Key.Key_Ampersand, scan=10, text="&"), ["&", "1"]),  # French, unshifted digit row
        (press(0x00C9, scan=11, text="é"), ["2"]),  # French, unshifted 2
        (press(Qt.Key.Key_Q, scan=38, text="q"), ["Q"]),  # French: Q is where A was, and stays Q
        (press(Qt.Key.Key_Return), ["Return"]),
        (press(Qt.Key.Key_Enter), ["Enter"]),
        (press(Qt.Key.Key_Slash, scan=61), ["/", "/"]),
        (press(Qt.Key.Key_F5), []),
    ],
)
def test_key_names(event, expected, monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    assert key_names(event) == expected


def test_cyrillic_d_goes_to_the_next_image(hands, project_folder):
    hands.open(project_folder)
    QApplication.sendEvent(hands.window.canvas, press(0x0412, scan=40, text="в"))
    hands.rest()
    assert hands.window.viewer.record.path == "a2.png"


LAYOUTS = {
    # What the keys D, A, M and the comma send: code and text; their scan codes are 40, 38, 58 and 59 on X11.
    "russian": ((0x0412, "в"), (0x0424, "ф"), (0x042C, "ь"), (0x0411, "б")),
    "greek": ((0x0394, "δ"), (0x0391, "α"), (0x039C, "μ"), (Qt.Key.Key_Comma, ",")),
    "arabic": ((0x064A, "ي"), (0x0634, "ش"), (0x0629, "ة"), (0x0648, "و")),
    "hebrew": ((0x05D2, "ג"), (0x05E9, "ש"), (0x05E6, "צ"), (0x05EA, "ת")),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_bare_keys_work_by_their_place_on_layouts_without_latin_letters(hands, tree_project, layout):
    hands.open(tree_project)
    window, (d, a, m, comma) = hands.window, LAYOUTS[layout]

    def send(key, scan):
        QApplication.sendEvent(window.canvas, press(key[0], scan=scan, text=key[1]))
        hands.rest()

    send(d, 40)
    assert window.viewer.record.path == "a2.png"
    send(a, 38)
    assert window.viewer.record.path == "a1.png"
    hands.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    send(m, 58)
    assert len(window.viewer.regions) == 1
    hands.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    hands.rest()
    assert len(window.viewer.regions) == 4
    send(comma, 59)
    assert len(window.viewer.regions) == 3


@pytest.mark.parametrize(("platform", "scan"), [("win32", 32), ("linux", 40)])
def test_the_place_is_read_as_each_system_tells_it(platform, scan, monkeypatch):
    """Windows counts keys from another number than X11 does."""
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setattr(
        "acseg_desktop.actions.key_filter.QGuiApplication.platformName",
        lambda: "windows" if platform == "win32" else "xcb",
    )
    assert key_names(press(0x0412, scan=scan, text="в")) == ["D"]


def test_the_place_on_a_mac_is_its_virtual_key(monkeypatch):
    monkeypatch.setattr("sys.platform", "darwin")
    event = QKeyEvent(QEvent.Type.KeyPress, 0x0412, NONE, 0, 2, 0, "в")
    assert key_names(event) == ["D"]


def test_digits_of_a_french_keyboard_give_labels_with_and_without_shift(hands, project_folder):
    hands.open(project_folder)
    window = hands.window
    hands.click_region(10, 10)
    hands.press(Qt.Key.Key_Slash)
    hands.type("ciel")
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    for event in (
        press(Qt.Key.Key_Ampersand, scan=10, text="&"),
        press(Qt.Key.Key_1, scan=10, text="1", modifiers=SHIFT),
    ):
        hands.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QApplication.sendEvent(window.canvas, event)
        hands.rest()
        assert all(region.label_id is not None for region in window.viewer.regions)
        hands.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        hands.rest()
        assert not all(region.label_id is not None for region in window.viewer.regions)


def test_a_sign_made_with_shift_is_that_sign_and_not_its_digit():
    assert key_names(press(Qt.Key.Key_Exclam, scan=10, text="!", modifiers=SHIFT)) == ["!"]


def test_letters_in_a_text_field_stay_there(hands, project_folder):
    hands.open(project_folder)
    hands.click(hands.window.strip.search)
    hands.type("dam1/")
    assert hands.window.strip.search.text() == "dam1/"
    assert hands.window.viewer.record.path == "a1.png"
    assert not hands.window.search.isVisible()


def test_keys_are_off_in_dialogs(hands, project_folder):
    hands.open(project_folder)
    hands.window.commands.keyboard.show_shortcuts()
    dialog = QApplication.activeModalWidget()
    hands.qtbot.keyClick(dialog, Qt.Key.Key_D)
    hands.rest()
    assert hands.window.viewer.record.path == "a1.png"
    dialog.reject()


def test_keys_work_while_a_list_has_the_focus(hands, project_folder):
    hands.open(project_folder)
    hands.window.regions.view.setFocus()
    hands.press(Qt.Key.Key_D)
    hands.rest()
    assert hands.window.viewer.record.path == "a2.png"


def test_shift_and_a_letter_is_not_the_letter(hands, project_folder):
    hands.open(project_folder)
    hands.press(Qt.Key.Key_D, SHIFT)
    hands.rest()
    assert hands.window.viewer.record.path == "a1.png"


@pytest.mark.parametrize("place", [Need.NOTHING, Need.BROWSER, Need.BROWSER | Need.DOUBTFUL_NAMES, Need.TOOL])
def test_no_shortcut_is_given_twice_in_one_place(place):
    here = [spec for spec in ACTIONS if spec.place == place]
    assert here
    keys = [key for spec in here for key in spec.keys]
    assert len(keys) == len(set(keys))


def test_keys_of_a_tool_win_over_others():
    by_key = {}
    for spec in ACTIONS:
        for key in spec.keys:
            by_key.setdefault(key, []).append(spec)
    for specs in by_key.values():
        of_tools = [Need.TOOL in spec.needs for spec in specs]
        assert of_tools == sorted(of_tools, reverse=True)


def test_only_bare_keys_mean_different_things_in_different_places():
    strong = [key for spec in ACTIONS for key in spec.keys if not is_bare(key)]
    assert len(strong) == len(set(strong))


def test_every_action_has_a_handler_and_bare_keys_are_no_qt_shortcuts(hands):
    actions = hands.window.actions_
    for spec in ACTIONS:
        bound = {sequence.toString() for sequence in actions[spec.id].shortcuts()}
        assert bound.isdisjoint(key for key in spec.keys if is_bare(key))
        assert len(bound) == sum(not is_bare(key) for key in spec.keys)


def test_a_held_key_goes_through_images_but_accepts_only_one(hands, project_folder):
    hands.open(project_folder)
    QApplication.sendEvent(hands.window.canvas, press(Qt.Key.Key_Return, held=True))
    hands.rest()
    assert hands.window.viewer.record.status is ImageStatus.PROPOSED
    QApplication.sendEvent(hands.window.canvas, press(Qt.Key.Key_D, held=True))
    hands.rest()
    assert hands.window.viewer.record.path == "a2.png"


def test_rename_field_takes_letters(hands):
    field = QLineEdit(hands.window)
    field.show()
    field.setFocus()
    hands.qtbot.keyClicks(field, "abc")
    assert field.text() == "abc"


@pytest.mark.parametrize(
    ("key", "scan", "text", "modifiers", "expected"),
    [
        (Qt.Key.Key_M, 58, "m", NONE, "M"),
        (Qt.Key.Key_M, 58, "M", SHIFT, "Shift+M"),
        (0x0414, 46, "д", NONE, "L"),  # Cyrillic De, on the key of L
        (0x0412, 40, "в", CTRL, "Ctrl+D"),
        (0x0412, 40, "В", CTRL | SHIFT, "Ctrl+Shift+D"),
        (Qt.Key.Key_Question, 61, "?", SHIFT, "?"),
        (Qt.Key.Key_Ampersand, 10, "&", CTRL, "Ctrl+1"),  # French
        (Qt.Key.Key_F7, 73, "", NONE, "F7"),
        (Qt.Key.Key_F7, 73, "", SHIFT, "Shift+F7"),
        (Qt.Key.Key_Delete, 119, "", ALT, "Alt+Del"),
        (Qt.Key.Key_Space, 65, " ", NONE, None),
        (Qt.Key.Key_Left, 113, "", NONE, None),
        (Qt.Key.Key_Tab, 23, "\t", NONE, None),
    ],
)
def test_captured_keys_are_those_of_the_table(key, scan, text, modifiers, expected, monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    assert captured_key(QKeyEvent(QEvent.Type.KeyPress, key, modifiers, scan, 0, 0, text)) == expected
