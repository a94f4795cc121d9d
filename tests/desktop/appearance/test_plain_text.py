"""Names of files, labels and notes are texts of somebody else: nothing in the window takes one for HTML."""

import ast
import time
from collections.abc import Generator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction, QTextDocument
from PySide6.QtGui import Qt as QtText
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLabel, QWidget

from acseg_core.errors import EditError
from acseg_core.interruptible import run_to_end
from acseg_core.shapes import masks
from acseg_core.store import Project, create_project, queries
from acseg_core.store.edits import review, runs
from acseg_core.store.edits.labels import create_label
from acseg_core.store.edits.notes import write_notes
from acseg_core.types import Progress, RegionProposal, RunInfo
from acseg_core.workflows.scanning import scan_images
from acseg_desktop.appearance.plain_text import PlainLabel, tip
from acseg_desktop.commands.faults import show_error
from acseg_desktop.dialogs.sheet import Sheet
from acseg_desktop.jobs import Lane
from acseg_desktop.panels.banner import Notice

SOURCES = Path(__file__).parents[3] / "acseg_desktop"
HOME = "appearance/plain_text.py"
WRITTEN_AS_HTML = {"image_list/search_box.py"}
"""Its tip is a table of words of our own."""


def calls() -> list[tuple[str, ast.Call]]:
    """Every call in the sources of the window, with its module."""
    return [
        (path.relative_to(SOURCES).as_posix(), node)
        for path in sorted(SOURCES.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]


def is_safe(text: ast.expr) -> bool:
    """Whether it is a text of ours, without anything filled in; goes through `tip`; or is a tip already."""
    if isinstance(text, ast.IfExp):
        return is_safe(text.body) and is_safe(text.orelse)
    if isinstance(text, ast.Call):
        called = ast.unparse(text.func)
        return called == "tip" or called.endswith(".toolTip") or (called == "tr" and len(text.args) == 1)
    return isinstance(text, ast.Constant)


def tips(call: ast.Call) -> ast.expr | None:
    """The text of a call that sets or shows a tip."""
    called = ast.unparse(call.func)
    if called.endswith(("setToolTip", "setStatusTip", "setWhatsThis")):
        return call.args[-1]
    if called.endswith(("QToolTip.showText", "setItemData")) and len(call.args) > 2:
        is_tip = "showText" in called or "ToolTipRole" in ast.unparse(call)
        return call.args[1] if is_tip else None
    return None


def test_tips_are_escaped_where_they_are_made() -> None:
    bad = [
        f"{module}:{call.lineno}: {ast.unparse(call)}"
        for module, call in calls()
        if (text := tips(call)) is not None and not is_safe(text) and module not in WRITTEN_AS_HTML
    ]
    assert bad == [], "put the text through `appearance.plain_text.tip`"
    answering = {path for path in SOURCES.rglob("*.py") if "ItemDataRole.ToolTipRole:" in path.read_text("utf-8")}
    answering |= {path for path in SOURCES.rglob("*.py") if "(Qt.ItemDataRole.ToolTipRole" in path.read_text("utf-8")}
    assert answering
    for path in answering:
        assert "tip(" in path.read_text("utf-8"), f"{path}: a model's tips go through `tip`, too"


def test_no_signal_sets_a_tip_by_itself() -> None:
    bad = []
    for path in sorted(SOURCES.rglob("*.py")):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        called = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
        setters = (node for node in nodes if isinstance(node, ast.Attribute) and node.attr == "setToolTip")
        bad += [f"{path.name}:{node.lineno}: {ast.unparse(node)}" for node in setters if id(node) not in called]
    assert bad == [], "connect the signal to a function that puts the text through `tip`"


def test_there_is_one_kind_of_label_and_nothing_that_reads_html() -> None:
    kinds = ("QLabel", "QMessageBox", "QInputDialog", "QProgressDialog", "QErrorMessage", "QTextBrowser", "QTextEdit")
    bad = [f"{module}:{call.lineno}" for module, call in calls() if ast.unparse(call.func) in kinds and module != HOME]
    methods = ("setHtml", "setMarkdown", "insertHtml", "setTextFormat", "toHtml", "drawStaticText")
    bad += [
        f"{module}:{call.lineno}"
        for module, call in calls()
        if isinstance(call.func, ast.Attribute) and call.func.attr in methods and module != HOME
    ]
    assert bad == [], "use `appearance.plain_text.PlainLabel`"


@pytest.mark.parametrize("text", ["", "car", "a < b", "a & b\nc", "<unknown>"])
def test_texts_that_are_no_html_are_tips_as_they_are(text: str) -> None:
    assert tip(text) == text


@pytest.mark.parametrize("text", ["<b>x</b>", "<img src='file:///x'>", "a\n<i>b &amp; c", "&lt;"])
def test_texts_that_look_like_html_show_themselves(qtbot, text: str) -> None:
    for each in (tip(text), tip(text, wraps=True)):
        document = QTextDocument()
        if QtText.mightBeRichText(each):
            document.setHtml(each)
        else:
            document.setPlainText(each)
        assert document.toPlainText().replace("\u2028", "\n") in (text, text.replace("\n", " "))
        assert "<img" not in each
    label = PlainLabel(text, wordWrap=True)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == text


NAME = "<img src='x:nowhere'><b>bold</b>"
"""As a label, its group, a file (without a slash in it), a note, a project."""


@pytest.fixture
def hostile_project(tmp_path, write_photo) -> Path:
    """A project in which everything that has a name has that one; its first image has regions, one of them named."""
    photos = tmp_path / "photos"
    photos.mkdir()
    for number in range(2):
        write_photo(photos / f"{number} <img src='x:nowhere'><b>.png", seed=number)
    (photos / "2 <img src='x:nowhere'><b>.png").write_bytes(b"no picture")
    folder = tmp_path / "<img src='x:nowhere'><b>"
    with create_project(folder, image_root=photos, name=NAME) as project:
        run_to_end(scan_images(project), lambda _tick: None)
        propose_quarters(project, queries.image_ids(project)[:1])
        create_label(project, NAME, supercategory=NAME, hotkey="1")
        create_label(project, f"{NAME} 2", supercategory=NAME)
        first, second, *_ = queries.regions(project, 1)
        review.name_regions_as(project, [first.id], NAME)
        review.name_regions_as(project, [second.id], f"{NAME} 2")
        write_notes(project, NAME)
    return folder


def propose_quarters(project: Project, image_ids: list[int]) -> None:
    """Four regions an image, as a model would propose them."""
    run_id = runs.begin_run(project, RunInfo("test_vit", "0" * 64, "tiny", "1" * 64, "{}", "0.1.0"))
    for image_id in image_ids:
        record = queries.image(project, image_id)
        label_map = np.zeros((record.height, record.width), np.uint8)
        label_map[:40, 60:], label_map[40:, :60], label_map[40:, 60:] = 1, 2, 3
        proposals = [
            RegionProposal(node, mask, masks.bounding_box(mask), masks.area(mask), np.full(16, 0.25, np.float16))
            for node, mask in masks.encode_label_map(label_map).items()
        ]
        runs.save_proposals(project, run_id, image_id, proposals)
    runs.finish_run(project, run_id)


def shown(root: QWidget) -> list[tuple[str, str, bool]]:
    """Everything that a window shows where Qt might take it for HTML: where, the text, and whether Qt would."""
    tips, labels = [("action", each.toolTip()) for each in root.findChildren(QAction)], []
    for widget in (root, *root.findChildren(QWidget)):
        kind = type(widget).__name__
        tips.append((kind, widget.toolTip()))
        if isinstance(widget, QAbstractItemView | QComboBox) and widget.model() is not None:
            tips += [(kind, text) for text in tips_of(widget)]
        if isinstance(widget, QLabel):
            is_plain = widget.textFormat() is Qt.TextFormat.PlainText
            labels.append((kind, widget.text(), not is_plain and QtText.mightBeRichText(widget.text())))
    return [*labels, *((f"tip of {kind}", text, QtText.mightBeRichText(text)) for kind, text in tips)]


def tips_of(widget: QAbstractItemView | QComboBox) -> list[str]:
    """The tips of a view's rows and their columns."""
    model, top = widget.model(), QModelIndex()
    columns = range(1 if isinstance(model, QAbstractListModel) else model.columnCount(top))
    rows = [model.index(row, column) for row in range(min(50, model.rowCount(top))) for column in columns]
    return [str(index.data(Qt.ItemDataRole.ToolTipRole) or "") for index in rows]


def assert_plain(root: QWidget, *, at_least: int) -> None:
    """Nothing with that name is taken for HTML in which it is still a picture; so many places show it."""
    found = [each for each in shown(root) if "nowhere" in each[1]]
    assert [each for each in found if each[2] and "<img" in each[1]] == []
    assert len(found) >= at_least, [each[0] for each in found]


def test_hostile_names_are_shown_as_they_are_in_the_whole_window(hands, hostile_project, qtbot) -> None:
    hands.open(hostile_project)
    window = hands.window
    window.commands.statistics.toggle()
    hands.wait(lambda: window.statistics_panel.statistics is not None)
    hands.rest()
    qtbot.mouseMove(window.canvas, hands.at(10, 10))
    hands.wait(lambda: "nowhere" in window.status.region_text.text())
    hands.click_region(10, 10)
    hands.rest()
    for banner in window.banners.all:
        banner.show_notice(Notice(f"labels.json: not a valid colour, so another one is chosen: “{NAME}” (x)"))
    job = window.jobs.submit(Lane.DISK, ticking, title=NAME)
    hands.wait(window.status.jobs.title.toolTip)
    window.status.show_hint(f"Brush: {NAME}")
    assert_plain(window, at_least=15)
    job.cancel()
    hands.rest()


def ticking() -> Generator[Progress, None, None]:
    """Work that says the name of a file until it is stopped."""
    while True:
        time.sleep(0.01)
        yield Progress(0, 2, NAME)


def test_the_palette_and_the_browser_show_hostile_names_as_they_are(hands, hostile_project) -> None:
    hands.open(hostile_project)
    hands.click_region(10, 10)
    hands.press(Qt.Key.Key_Slash)
    hands.wait(hands.window.search.isVisible)
    hands.window.search.field.setText("<img")
    assert_plain(hands.window, at_least=3)
    hands.press(Qt.Key.Key_Escape)


@pytest.mark.parametrize("name", ["edit", "merge", "export", "skipped", "error"])
def test_forms_show_hostile_names_as_they_are(hands, hostile_project, name: str) -> None:
    hands.open(hostile_project)
    window = hands.window
    hands.wait(lambda: len(window.session.labels) == 2)
    first, second = window.session.labels
    opens = {
        "edit": lambda: window.commands.labels.edit(first),
        "merge": lambda: window.commands.labels.merge([first, second]),
        "export": window.commands.project.export,
        "skipped": window.commands.project.skipped,
        "error": lambda: show_error(window, EditError(f'there is already a label "{NAME}"; choose another name')),
    }
    opens[name]()
    form = hands.dialog(Sheet)
    for field in ("error", "outcome", "note", "text"):
        if hasattr(form, field):
            getattr(form, field).setText(NAME)
    assert_plain(form, at_least=0 if name == "skipped" else 1)
    form.reject()
