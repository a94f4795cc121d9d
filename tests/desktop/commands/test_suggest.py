"""A person takes or declines the names the machine suggests; it suggests anew by itself.

Covers: dialogs.suggestion_form.
"""

import threading
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from acseg_core.reports import SuggestReport
from acseg_core.store import open_project, queries
from acseg_core.store.edits import suggestions
from acseg_core.store.edits.labels import create_label
from acseg_core.types import ImageStatus, OpChanges, Progress, RegionStatus, Verdict
from acseg_core.verbs import Verb
from acseg_core.workflows import agenda, clustering, propagation, suggesting
from acseg_desktop.dialogs.suggestion_form import AcceptSuggestionsForm
from acseg_desktop.jobs import Lane
from acseg_desktop.panels.region_panel import status_text, status_width

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def suggested(project_folder):
    """A closed project: in both images with regions, the three largest have suggestions, 90, 70 and 50 % sure."""
    with open_project(project_folder) as project:
        for name in ("sky", "grass"):
            create_label(project, name)
        sky, grass = (label.id for label in queries.labels(project))
        for image_id in queries.image_ids(project)[:2]:
            ids = [region.id for region in queries.regions(project, image_id)][:3]
            suggestions.save_suggestions(project, ids, [sky, grass, sky], [0.9, 0.7, 0.5])
    return project_folder


@pytest.fixture
def desk(hands, suggested, quiet):
    hands.open(suggested)
    return hands


class Quiet:
    """Stands in for the making of suggestions; counts, and waits where it is told to."""

    def __init__(self):
        self.started = self.at_once = self.most_at_once = 0
        self.may_go_on = threading.Event()
        self.may_go_on.set()

    def suggest(self, project):
        self.started += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            yield Progress(0, 0)
            assert self.may_go_on.wait(10)
        finally:
            self.at_once -= 1
        return SuggestReport(learned=False)


@pytest.fixture
def quiet(monkeypatch):
    made = Quiet()
    monkeypatch.setattr(suggesting, "suggest_for_all", made.suggest)
    return made


def press(desk, key, modifier=NONE):
    desk.press(key, modifier)
    desk.rest()


def stored(desk):
    """The regions of the first image, largest first."""
    project = desk.window.session.project
    return queries.regions(project, queries.image_ids(project)[0])


def everywhere(desk):
    project = desk.window.session.project
    return [region for image_id in queries.image_ids(project) for region in queries.regions(project, image_id)]


def said(desk):
    return desk.window.status.currentMessage()


def test_suggested_regions_look_suggested(desk):
    window = desk.window
    model = window.regions.model
    assert [model.data(model.index(row)) for row in range(4)] == ["sky?", "grass?", "sky?", "unnamed"]
    tip = model.data(model.index(1), Qt.ItemDataRole.ToolTipRole)
    assert "suggested, 70% sure" in tip
    assert [chip.text for chip in window.canvas._layer.chips()] == ["sky?", "grass?", "sky?"]
    sky = next(label for label in window.session.labels.values() if label.name == "sky")
    assert window.canvas.colors[stored(desk)[0].id] == sky.color
    dashed = window.canvas._layer.tables(stroke=1).dashed
    assert dashed.tolist() == [False, True, True, True, False]


def test_the_list_has_room_for_every_status(desk):
    view = desk.window.regions.view
    metrics, region = view.fontMetrics(), desk.window.regions.model.region(0)
    for status in RegionStatus:
        text = status_text(replace(region, status=status, confidence=1.0))
        assert metrics.horizontalAdvance(text) <= status_width(metrics), text


def test_y_accepts_and_n_declines_what_is_selected(desk):
    desk.click_region(10, 10)
    press(desk, Qt.Key.Key_Y)
    first = stored(desk)[0]
    assert first.status is RegionStatus.ACCEPTED
    assert desk.window.session.labels[first.label_id].name == "sky"
    assert said(desk) == "1 region named as suggested"
    press(desk, Qt.Key.Key_Y)
    assert "No name is suggested" in said(desk)
    desk.click_region(80, 10)
    (chosen,) = desk.window.canvas.selection
    press(desk, Qt.Key.Key_N)
    region = desk.window.viewer.region(chosen)
    assert (region.status, region.suggestion_id, region.verdict) == (RegionStatus.PROPOSED, None, Verdict.DECLINED)
    press(desk, Qt.Key.Key_Z, CTRL)
    assert desk.window.viewer.region(chosen).status is RegionStatus.SUGGESTED
    press(desk, Qt.Key.Key_Z, CTRL)
    assert [region.label_id for region in stored(desk)] == [None] * 4


def test_several_are_accepted_as_one_step(desk):
    press(desk, Qt.Key.Key_A, CTRL)
    press(desk, Qt.Key.Key_Y)
    assert [region.label_id is None for region in stored(desk)] == [False, False, False, True]
    press(desk, Qt.Key.Key_Z, CTRL)
    assert [region.label_id for region in stored(desk)] == [None] * 4


def test_a_person_says_how_sure_it_must_be_and_where(desk):
    desk.press(Qt.Key.Key_Y, SHIFT)
    form = desk.dialog(AcceptSuggestionsForm)
    desk.rest()
    assert form.this_image.isChecked()
    assert form.count.text() == "1 region will be named"
    form.confidence.slider.setValue(60)
    assert form.count.text() == "2 regions will be named"
    form.everywhere.setChecked(True)
    assert form.count.text() == "4 regions will be named"
    form.confidence.slider.setValue(95)
    assert not form.confirm.isEnabled()
    form.confidence.slider.setValue(60)
    desk.click(form.confirm)
    desk.rest()
    assert said(desk) == "4 regions named as suggested"
    assert sum(region.label_id is not None for region in everywhere(desk)) == 4
    press(desk, Qt.Key.Key_Z, CTRL)
    assert not any(region.label_id for region in everywhere(desk))
    desk.press(Qt.Key.Key_Y, SHIFT)
    form = desk.dialog(AcceptSuggestionsForm)
    desk.rest()
    assert form.confidence.slider.value() == 60
    desk.click(form.confirm)
    desk.rest()
    assert sum(region.label_id is not None for region in everywhere(desk)) == 2
    assert sum(region.label_id is not None for region in stored(desk)) == 2


def test_a_form_without_suggestions_here_offers_all_images(desk):
    press(desk, Qt.Key.Key_D)
    press(desk, Qt.Key.Key_D)
    desk.press(Qt.Key.Key_Y, SHIFT)
    form = desk.dialog(AcceptSuggestionsForm)
    desk.rest()
    assert not form.this_image.isEnabled()
    assert form.everywhere.isChecked()
    form.reject()


# Made anew


def test_an_accepted_image_is_learned_from_quietly(desk, quiet):
    desk.accept_unasked()
    shown = []
    desk.window.jobs.started.connect(shown.append)
    press(desk, Qt.Key.Key_Return)
    assert quiet.started == 1
    assert not shown
    assert desk.window.viewer.record.path == "a2.png"


def test_edits_meanwhile_are_one_more_pass_and_never_two_at_once(desk, quiet):
    desk.accept_unasked()
    quiet.may_go_on.clear()
    desk.press(Qt.Key.Key_Return)
    desk.wait(lambda: quiet.started == 1)
    assert desk.window.actions_["propose.all"].isEnabled()
    for number in range(3):
        desk.window.session.changed.emit(OpChanges(Verb.ACCEPT_IMAGE, image_ids=frozenset({number})))
        QApplication.processEvents()
    desk.wait(lambda: not desk.window.refresher._timer.isActive())
    assert quiet.started == 1
    assert len(desk.window.jobs.running(Lane.DISK)) == 1, "the pass that goes on, and none that waits for its end"
    quiet.may_go_on.set()
    desk.rest()
    assert quiet.started == 2
    assert quiet.most_at_once == 1


def test_suggestions_are_made_beside_a_proposal_of_all_images(desk, quiet):
    desk.accept_unasked()
    going_on = threading.Event()
    run = desk.window.jobs.submit(Lane.COMPUTE, lambda: going_on.wait(20))
    desk.press(Qt.Key.Key_Return)
    desk.wait(lambda: quiet.started == 1)
    desk.wait(lambda: not desk.window.refresher.is_busy)
    assert run in desk.window.jobs.running()
    going_on.set()
    desk.rest()


def test_names_given_one_by_one_are_learned_from_when_one_goes_on(desk, quiet):
    """Who walks from region to region by R, or from image to image by D, need not accept an image for it."""
    desk.click_region(10, 10)
    press(desk, Qt.Key.Key_1)
    assert quiet.started == 0, "what is looked at stays as it is"
    press(desk, Qt.Key.Key_D)
    assert quiet.started == 1
    press(desk, Qt.Key.Key_A)
    assert quiet.started == 1
    press(desk, Qt.Key.Key_Z, CTRL)
    press(desk, Qt.Key.Key_R)
    while desk.window.viewer.record.path == "a1.png":
        press(desk, Qt.Key.Key_R)
    assert quiet.started == 2


def test_new_regions_are_suggested_names_when_all_work_has_ended(desk, quiet):
    going_on = threading.Event()
    desk.window.jobs.submit(Lane.COMPUTE, lambda: going_on.wait(20))
    for verb in (Verb.PROPOSE, Verb.PROPOSE, Verb.CHANGE_GRANULARITY):
        desk.window.session.changed.emit(OpChanges(verb, images=True, image_ids=frozenset({1})))
    assert not desk.window.refresher.is_busy
    desk.round_trip(Lane.READ)
    assert not desk.window.refresher.is_busy, "once for all images, not after each"
    assert quiet.started == 0
    going_on.set()
    desk.wait(lambda: quiet.started == 1)
    quiet.may_go_on.set()
    desk.rest()
    assert quiet.started == 1


def test_closing_the_project_forgets_the_wish(desk, quiet):
    desk.window.session.changed.emit(OpChanges(Verb.ACCEPT_IMAGE))
    assert desk.window.refresher.is_busy
    desk.window.session.close()
    desk.wait(desk.window.start.isVisible)
    assert not desk.window.refresher.is_busy, "no timer goes on that would start it"
    desk.rest()
    assert quiet.started == 0


def test_names_are_suggested_on_demand_with_progress(desk, quiet):
    titles = []
    desk.window.jobs.started.connect(lambda job: titles.append(job.title))
    desk.window.actions_["suggest.refresh"].trigger()
    desk.rest()
    assert titles == ["Suggesting names"]
    assert "name some regions first" in said(desk)


# Dense propagation


@pytest.fixture
def spreading(monkeypatch):
    """Stands in for dense propagation: keeps what it was asked for, and goes on until it is stopped or told to end."""
    asked = SimpleNamespace(images=[], end=threading.Event(), closed=False)

    def propagate(project, config, *, image_ids=None, segmenter=None):
        asked.images.append(image_ids)
        assert segmenter == "the model"
        try:
            for number in range(10_000):
                if asked.end.wait(0.01):
                    break
                yield Progress(number, 10_000, "a1.png")
        finally:
            asked.closed = True
        return SuggestReport(regions=3, changes=OpChanges(Verb.SUGGEST_PARTITION))

    monkeypatch.setattr(propagation, "propagate", propagate)
    monkeypatch.setattr("acseg_desktop.operations.proposing.SegmenterCache.get", lambda _self, _config: "the model")
    return asked


def test_a_partition_is_suggested_for_this_image(desk, spreading):
    spreading.end.set()
    press(desk, Qt.Key.Key_I, SHIFT)
    assert spreading.images == [(desk.window.viewer.image_id,)]
    assert said(desk) == "3 regions with a suggested name"


def test_partitions_of_all_images_show_progress_and_can_be_stopped(desk, spreading):
    desk.press(Qt.Key.Key_B, CTRL | SHIFT)
    bar = desk.window.status.jobs
    desk.wait(lambda: "Segmenting from labelled images" in bar.title.text() and bar.isVisible())
    assert spreading.images == [None]
    assert not desk.window.actions_["propose.all"].isEnabled()
    desk.click(bar.cancel)
    desk.rest()
    assert spreading.closed
    assert "Cancelled" in said(desk)
    assert desk.window.actions_["propose.all"].isEnabled()


def test_a_label_deleted_while_partitions_are_suggested_is_told(desk, monkeypatch):
    def propagate(project, config, *, image_ids=None, segmenter=None):
        yield Progress(0, 1, "a1.png")
        return SuggestReport(regions=3, images=2, kept=4, forgotten=("sky & sea {0}", "road"))

    monkeypatch.setattr(propagation, "propagate", propagate)
    monkeypatch.setattr("acseg_desktop.operations.proposing.SegmenterCache.get", lambda _self, _config: "the model")
    press(desk, Qt.Key.Key_I, SHIFT)
    assert said(desk) == "3 regions with a suggested name"
    banner = desk.window.banners.project
    assert banner.isVisible()
    assert banner.text.text() == (
        "2 labels deleted or merged in the meantime, no longer suggested: sky & sea {0}, road. "
        "4 images were left unchanged."
    )


# In the browser


def test_the_browser_filters_accepts_and_declines_suggestions(desk):
    window = desk.window
    for _ in clustering.cluster_regions(window.session.project, count=2):
        pass
    press(desk, Qt.Key.Key_G)
    status = window.browser.filters.status
    row = 1 + list(RegionStatus).index(RegionStatus.SUGGESTED)
    status.setCurrentIndex(row)
    status.activated.emit(row)
    desk.rest()
    model = window.browser.model
    assert sum(section.count for section in model.sections) == 6
    press(desk, Qt.Key.Key_Right)
    chosen = window.browser.grid.current_region
    press(desk, Qt.Key.Key_N)
    (declined,) = (region for region in everywhere(desk) if region.verdict is Verdict.DECLINED)
    assert declined.id == chosen.id
    assert sum(section.count for section in model.sections) == 5
    press(desk, Qt.Key.Key_Home)
    press(desk, Qt.Key.Key_Y)
    accepted = [region for region in everywhere(desk) if region.label_id is not None]
    assert accepted
    names = {window.session.labels[region.label_id].name for region in accepted}
    assert names <= {"sky", "grass"}
    press(desk, Qt.Key.Key_Z, CTRL)
    assert not any(region.label_id for region in everywhere(desk))


# What is most informative


def test_the_strip_and_the_next_image_follow_what_is_most_informative(desk, monkeypatch):
    desk.accept_unasked()
    window, project = desk.window, desk.window.session.project
    order = [queries.image_ids(project)[place] for place in (0, 3, 1, 2)]

    def following(project, after_id):
        place = order.index(after_id) + 1
        return order[place] if place < len(order) else None

    monkeypatch.setattr(agenda, "review_order", lambda project: order)
    monkeypatch.setattr(agenda, "next_to_review", following)
    window.strip.order.setCurrentIndex(1)
    window.strip.order.activated.emit(1)
    desk.rest()
    assert [window.images.image_id(row) for row in range(4)] == order
    assert window.canvas.hasFocus()
    press(desk, Qt.Key.Key_D, CTRL | SHIFT)
    assert window.viewer.record.path == "sub/b.png"
    press(desk, Qt.Key.Key_Return)
    assert window.viewer.record.path == "a2.png"
    window.strip.order.setCurrentIndex(0)
    window.strip.order.activated.emit(0)
    desk.rest()
    press(desk, Qt.Key.Key_D, CTRL | SHIFT)
    assert window.viewer.record.path == "a10.jpg"


# With what really makes them


def test_what_was_named_and_accepted_is_suggested_for_the_rest(hands, project_folder):
    with open_project(project_folder) as project:
        image_ids = queries.image_ids(project)[:2]
        for image_id in image_ids:
            for number, region in enumerate(queries.regions(project, image_id)):
                direction = np.zeros(16, np.float16)
                direction[number] = 1
                with project.write() as connection:
                    connection.exec_driver_sql(
                        "UPDATE region SET descriptor = ? WHERE id = ?", (direction.tobytes(), region.id)
                    )
    hands.open(project_folder)
    for x, y, name in ((10, 10, "sky"), (80, 10, "grass")):
        hands.click_region(x, y)
        hands.press(Qt.Key.Key_Slash)
        hands.type(name)
        press(hands, Qt.Key.Key_Return)
    press(hands, Qt.Key.Key_Return)
    window = hands.window
    assert window.viewer.record.path == "a2.png"
    assert queries.image(window.session.project, image_ids[0]).status is ImageStatus.DONE
    labels = window.session.labels
    guessed = {region.id: labels[region.suggestion_id].name for region in window.viewer.regions if region.suggestion_id}
    top_left = window.canvas.region_at(hands.at(10, 10).toPointF())
    top_right = window.canvas.region_at(hands.at(80, 10).toPointF())
    assert (guessed[top_left], guessed[top_right]) == ("sky", "grass")


def test_the_status_line_calls_a_region_what_its_chip_does(desk):
    """On the code of before a region whose chip said "sky?" was "unnamed" under the cursor."""
    window = desk.window
    region = next(each for each in window.viewer.regions if each.status is RegionStatus.SUGGESTED)
    name = window.regions.model.name(region)
    assert name.endswith("?")
    x, y, width, height = region.bbox
    desk.qtbot.mouseMove(window.canvas, desk.at(int(x + width / 2), int(y + height / 2)))
    desk.wait(lambda: window.status.region_text.text().startswith(f"{name}, "))
