"""A model of one's own, all the way: trained, watched, paused, left, gone on with, compared, used, and taken back."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from desktop.browser.browsing import names, press, type_name
from desktop.conftest import make_photo, make_project, propose_quarters
from PySide6.QtCore import QPoint, Qt
from safetensors.numpy import load_file, safe_open

from acseg_core.proposals.model_card import read_model
from acseg_core.store import open_project, queries
from acseg_core.store.edits import history, review
from acseg_core.verbs import Verb
from acseg_desktop.dialogs.carried_names import CarriedNamesForm
from acseg_desktop.dialogs.comparison_sheet import ComparisonSheet
from acseg_desktop.dialogs.propose_form import ProposeForm
from acseg_desktop.dialogs.training_form import TrainingForm
from acseg_desktop.operations.unfinished_training import read_unfinished
from acseg_desktop.panels.training_panel import TrainingState
from acseg_desktop.preferences import Preferences
from acseg_training import settings

CTRL = Qt.KeyboardModifier.ControlModifier
IMAGES, STEPS = 30, 120
LONG = 240_000
"""Milliseconds that work of a model may take on a busy machine."""

KILLED = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from acseg_desktop.app import make_application
from acseg_desktop.appearance.theme import Theme
from acseg_desktop.dialogs.training_form import TrainingForm
from acseg_desktop.main_window import MainWindow
from acseg_desktop.preferences import Preferences
from acseg_training import run_state

run_state._CHECKPOINT_SECONDS = 0.0  # after every image instead of every half minute
QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, os.environ["HOME"] + "/settings")
application = make_application()
window = MainWindow(Theme(application), Preferences())
window.show()
window.open(Path(sys.argv[1]))

def wait(condition):
    while not condition():
        QTest.qWait(20)

wait(lambda: window.viewer.record is not None)
QTest.keyClick(window.canvas, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
wait(lambda: any(form.isVisible() for form in window.findChildren(TrainingForm)))
(form,) = window.findChildren(TrainingForm)
QTest.mouseClick(form.confirm, Qt.MouseButton.LeftButton)
application.exec()
"""
"""A window in which somebody trains, until it is killed."""


@pytest.fixture
def short(monkeypatch):
    """The presets, with no more steps than a test has time for."""
    brief = {
        key: replace(preset, steps=STEPS, warmup=5, validate_every=10, patience=0)
        for key, preset in settings.PRESETS.items()
    }
    monkeypatch.setattr(settings, "PRESETS", brief)


@pytest.fixture
def project(tmp_path):
    """A closed project of thirty photos without regions; those of one folder are called like those of the others."""
    folder = tmp_path / "photos"
    for number in range(IMAGES):
        place = folder / "abcdef"[number % 6] / f"{number // 6}.png"
        place.parent.mkdir(parents=True, exist_ok=True)
        make_photo(place, seed=number, width=80 + 2 * number, height=64 + number)
    return make_project(tmp_path / "project", folder, proposed=0)


def everything(hands):
    """What undo has to bring back: every image's regions with their names and clusters, and the model in use."""
    return everything_of(hands.window.session.project)


def everything_of(project):
    regions = {
        image: sorted((each.id, each.mask.counts, each.label_id, each.status, each.cluster_id) for each in found)
        for image, found in ((image, queries.regions(project, image)) for image in queries.image_ids(project))
    }
    statuses = [(each.id, each.status, each.granularity) for each in queries.images(project)]
    return regions, statuses, [each.name for each in queries.models(project) if each.adopted]


def panel_of(hands):
    return hands.window.models_panel.training


def points(hands, curve="loss"):
    """Of a curve, as far as it is shown."""
    plots = panel_of(hands).curves.plots
    return plots[curve].points if curve in plots else []


def comes_to(hands, state):
    hands.wait(lambda: panel_of(hands).status.state is state, timeout=LONG)
    hands.rest()


def shown(hands):
    """What the six pictures show, both sides of each."""
    return [cell.grab().toImage() for cell in panel_of(hands).pictures.cells]


def prepare(hands):
    """Propose regions in all images, put them into groups, and name two of the groups."""
    hands.press(Qt.Key.Key_B, CTRL)
    form = hands.dialog(ProposeForm)
    hands.click(form.confirm)
    hands.wait(lambda: hands.window.commands.propose.is_running)
    hands.wait(lambda: not hands.window.commands.propose.is_running, timeout=LONG)
    hands.rest()
    press(hands, Qt.Key.Key_G)
    press(hands, Qt.Key.Key_G, CTRL)
    press(hands, Qt.Key.Key_Home)
    type_name(hands, "sky")
    type_name(hands, "road")
    press(hands, Qt.Key.Key_G)
    assert {"sky", "road"} <= set(names(hands))


def start(hands):
    """Ctrl+T, a name, Thorough, and Train."""
    hands.press(Qt.Key.Key_T, CTRL)
    form = hands.dialog(TrainingForm)
    hands.wait(lambda: "Measuring" not in form.costs["quick"].text(), timeout=LONG)
    hands.click(form.name)
    hands.qtbot.keyClick(form.name, Qt.Key.Key_A, CTRL)
    hands.qtbot.keyClicks(form.name, "fields")
    hands.qtbot.mouseClick(form.thorough, Qt.MouseButton.LeftButton, pos=QPoint(20, form.thorough.height() // 2))
    assert form.preset == "thorough"
    hands.qtbot.keyClick(form.name, Qt.Key.Key_Return)


def test_a_model_is_trained_left_gone_on_with_compared_used_and_taken_back(make_window, project, tiny, short):
    Preferences().store("model/detail", "fast")
    hands = make_window()
    hands.open(project)
    prepare(hands)
    before, given = everything(hands), names(hands)
    assert before[2] == ["bundled"]

    start(hands)
    panel = panel_of(hands)
    hands.wait(lambda: len(panel.pictures.cells) == 6 and panel.pictures.cells[0].has_both, timeout=LONG)
    first = shown(hands)
    hands.wait(lambda: len(points(hands)) > 2, timeout=LONG)
    assert shown(hands) != first, "they follow what is learned"
    assert not panel.no_curves.isVisible()
    seen = len(points(hands))
    hands.wait(lambda: len(points(hands)) > seen and points(hands, "validation modularity"), timeout=LONG)
    hands.wait(lambda: all(plot.isVisible() for plot in panel.curves.plots.values()))
    hands.click(panel.pause)
    comes_to(hands, TrainingState.PAUSED)
    at = points(hands)
    assert at[-1][0] < STEPS, "it is not over yet"
    assert everything(hands) == before
    hands.click(panel.resume)
    hands.wait(lambda: len(points(hands)) > len(at), timeout=LONG)
    assert points(hands)[: len(at)] == at

    hands.close()  # asks nothing, as nothing is lost
    kept = read_unfinished(project)
    assert kept is not None
    assert 0 < kept.share < 1
    hands = make_window()
    hands.open(project)
    assert everything(hands) == before
    banner = hands.window.banners.training
    hands.wait(banner.isVisible)
    assert banner.text.text().startswith("Training of “fields” was interrupted after ")
    hands.click(hands.button(banner, "Resume"))
    hands.wait(lambda: points(hands) and panel_of(hands).pictures.cells[0].has_both, timeout=LONG)
    assert len(panel_of(hands).pictures.cells) == 6
    assert points(hands)[: len(at)] == at, "the curve begins where the training began"
    comes_to(hands, TrainingState.DONE)
    assert points(hands)[-1][0] == STEPS
    assert read_unfinished(project) is None
    assert everything(hands) == before, "until somebody says so, nothing of the project changes"
    card = read_model(next((project / "models").glob("*.safetensors"))).card
    assert card.curves["loss"] == [list(point) for point in points(hands)]

    assert banner.text.text().startswith("“fields” is trained. ")
    hands.click(hands.button(banner, "Show comparison…"))
    sheet = hands.dialog(ComparisonSheet)
    assert sheet.verdict.text() in panel_of(hands).phase.text()
    assert len(sheet.rows) == 6
    hands.click(sheet.adopt)
    form = hands.dialog(CarriedNamesForm, timeout=LONG)
    assert {row.name for row in form.rows} == {"sky", "road"}
    carried = names(hands)
    assert {"sky", "road"} <= set(carried)
    form.table.setFocus()
    for row in form.rows:  # one for each new group in which a name comes
        if row.name == "road":
            hands.qtbot.keyClick(form.table, Qt.Key.Key_Space)
        hands.qtbot.keyClick(form.table, Qt.Key.Key_Down)
    hands.click(form.confirm)
    hands.rest()
    after = everything(hands)
    assert after[2] == ["fields"]
    assert all(mine != theirs for mine, theirs in zip(after[0].values(), before[0].values(), strict=True))
    assert names(hands) == {name: count for name, count in carried.items() if name == "sky"} | {
        None: carried.get(None, 0) + carried["road"]
    }
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.rest()
    assert everything(hands) == before
    assert names(hands) == given
    assert [row.name for row in hands.window.models_panel.rows if row.is_adopted] == ["Bundled"]
    hands.press(Qt.Key.Key_Y, CTRL)
    hands.rest()
    assert everything(hands) == after
    hands.close()

    hands = make_window()
    hands.open(project)
    assert everything(hands) == after
    assert history.state(hands.window.session.project).undo is Verb.ADOPT_MODEL
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.rest()
    assert everything(hands) == before


def images_in(checkpoint):
    """How many images a training has looked at by its last checkpoint."""
    if not checkpoint.exists():
        return 0
    with safe_open(checkpoint, framework="numpy") as file:  # always whole, whenever it is looked at
        facts = json.loads(file.metadata()["acseg_checkpoint"])["facts"]
    return facts.get("scatter", {}).get("images", 0)


def train_in_a_window_that_is_killed(folder, *, after):
    """Open a project in a process of its own, train there, and kill it once it has looked at so many images."""
    window = subprocess.Popen([sys.executable, "-c", KILLED, str(folder)], stderr=subprocess.PIPE, env={**os.environ})
    checkpoint, deadline = folder / "models" / "Test.safetensors.checkpoint", time.monotonic() + LONG / 1000
    while images_in(checkpoint) < after and window.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    window.send_signal(signal.SIGKILL)
    _, said = window.communicate()
    assert window.returncode == -signal.SIGKILL, said.decode()
    assert after <= images_in(checkpoint) < 24, "it is not over yet"


def test_a_window_that_is_killed_while_it_trains_loses_nothing_and_ends_with_the_same_model(
    make_window, project, tmp_path, tiny
):
    Preferences().store("model/detail", "fast")
    with open_project(project) as opened:
        propose_quarters(opened, queries.image_ids(opened)[:5])
        review.name_regions_as(opened, [queries.regions(opened, 1)[0].id], "sky")
        before, steps = everything_of(opened), history.operations(opened)
    whole = tmp_path / "whole"
    shutil.copytree(project, whole)
    train_in_a_window_that_is_killed(project, after=9)
    hands = make_window()
    hands.open(project)
    assert everything(hands) == before
    assert history.operations(hands.window.session.project) == steps
    banner = hands.window.banners.training
    hands.wait(banner.isVisible)
    assert banner.text.text().startswith("Training of “Test” was interrupted after ")
    hands.click(hands.button(banner, "Resume"))
    comes_to(hands, TrainingState.DONE)
    assert everything(hands) == before
    assert [row.name for row in hands.window.models_panel.rows] == ["Bundled", "Test"]
    assert read_unfinished(project) is None
    hands.close()

    hands = make_window()
    hands.open(whole)
    hands.press(Qt.Key.Key_T, CTRL)
    hands.click(hands.dialog(TrainingForm).confirm)
    comes_to(hands, TrainingState.DONE)
    one, other = (load_file(next((folder / "models").glob("*.safetensors"))) for folder in (project, whole))
    assert one.keys() == other.keys()
    assert all((one[name] == other[name]).all() for name in one), "as if nobody had killed it"
    for folder in (project, whole):
        assert len(list((folder / "models").iterdir())) == 1, "no checkpoint, nothing aside"
