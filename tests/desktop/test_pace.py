"""The pace of proposals: measured over several images, kept for each model and detail, used for an estimate."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt

from acseg_core.config import SegmenterConfig
from acseg_core.types import Progress
from acseg_desktop.dialogs.propose_form import ProposeForm, remembered_config
from acseg_desktop.jobs import Lane
from acseg_desktop.pace import PaceMeter, remember_pace, remembered_pace
from acseg_desktop.preferences import Preferences

CTRL = Qt.KeyboardModifier.ControlModifier


def test_what_is_loaded_once_does_not_count_and_few_images_are_no_measure():
    now = iter([100.0, 102.0, 104.0, 106.0])
    meter = PaceMeter(lambda: next(now))
    meter.note(Progress(0, 9, "loading the model"))
    for done in (1, 1, 2, 3):
        meter.note(Progress(done, 9))
    assert meter.seconds is None
    meter.note(Progress(4, 9))
    assert meter.seconds == pytest.approx(2.0)


def test_a_pace_is_of_one_model_and_detail():
    preferences, usual = Preferences(), SegmenterConfig()
    assert remembered_pace(preferences, usual) is None
    remember_pace(preferences, usual, 3.25)
    assert remembered_pace(preferences, usual) == pytest.approx(3.25)
    other = replace(usual, backbone=replace(usual.backbone, input_size=336))
    assert remembered_pace(preferences, other) is None


def form_of(hands):
    hands.press(Qt.Key.Key_B, CTRL)
    return hands.dialog(ProposeForm)


def test_the_form_says_how_long_it_takes_once_that_was_measured(hands, many_images, tiny):
    hands.open(many_images)
    form = form_of(hands)
    form.all_images.setChecked(True)
    assert "Loading the model" in form.estimate.text()
    preferences = hands.window.preferences
    hands.wait(lambda: form.estimate.text().startswith("24 images: about"), timeout=60_000)
    measured = remembered_pace(preferences, remembered_config(preferences))
    assert measured is not None, "before the first proposal; on the code of before nothing was known until the second"
    hands.click(form.confirm)
    hands.wait(lambda: remembered_pace(preferences, remembered_config(preferences)) != measured, timeout=60_000)
    hands.rest()
    remember_pace(preferences, remembered_config(preferences), 300.0)
    form = form_of(hands)
    form.all_images.setChecked(True)
    assert form.estimate.text() == "24 images: about 2 h on this computer"
    hands.qtbot.keyClick(form.detail, Qt.Key.Key_Up)
    assert "is measured" in form.estimate.text(), "another detail has a pace of its own"
    hands.wait(lambda: form.estimate.text().startswith("24 images: about"), timeout=60_000)
    hands.qtbot.keyClick(form.detail, Qt.Key.Key_Down)
    form.this_image.setChecked(True)
    assert form.estimate.text() == "1 image: about 5 min on this computer"
    form.reject()


def test_a_pace_that_is_ready_just_as_its_form_closes_is_kept_and_not_shown(hands, many_images, tiny):
    """On the code of before, it was shown in a form that was gone."""
    hands.open(many_images)
    preferences, form = hands.window.preferences, form_of(hands)
    hands.wait(lambda: form.is_measuring)
    job = hands.window.jobs.running(Lane.COMPUTE)[-1]
    form.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    job.succeeded.emit(0.5)
    assert remembered_pace(preferences, remembered_config(preferences)) == pytest.approx(0.5)


def test_loading_the_model_is_said(hands, many_images, tiny):
    hands.open(many_images)
    said = []
    hands.window.jobs.started.connect(lambda job: job.progressed.connect(lambda _: said.append(bar.title.text())))
    bar = hands.window.status.jobs
    hands.click(form_of(hands).confirm)
    hands.wait(lambda: not hands.window.commands.propose.is_running and said, timeout=60_000)
    assert any("Loading the model…" in text for text in said), said[:3]
    assert not any("Loading" in text for text in said[-1:])


def test_nothing_is_measured_for_a_model_to_be_fetched_or_a_form_that_is_gone(hands, many_images, tiny):
    hands.open(many_images)
    form = form_of(hands)
    hands.click(form.advanced)
    hands.click(form.hub)
    form.name.setText("vit_small_patch14_dinov2.other")
    hands.wait(lambda: not form._asking.isActive())
    assert "is measured on the first images" in form.estimate.text()
    form.reject()
    hands.rest()
    assert not hands.window.jobs.running()
