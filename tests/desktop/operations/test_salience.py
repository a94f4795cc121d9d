"""The foreground, found out by another look at the images where nobody knows it."""

import threading

import pytest
import torch
from desktop.browser.browsing import choose, keep_quarter_attention, members, sections, seen_regions, stored, type_name

from acseg_core.errors import ModelError
from acseg_core.nets.features import FeatureMap
from acseg_core.output import atomic_write
from acseg_desktop.dialogs.message import Message
from acseg_desktop.jobs import Lane


class Onlooker:
    """A model that sees the first quarter of every image, one image at a time, when it may go on."""

    def __init__(self):
        self.batch, self.looks, self.backbone, self.fault = 1, 0, self, None
        self.is_looking, self.going_on = threading.Event(), threading.Event()

    def get(self, _config):
        if self.fault is not None:
            raise self.fault
        return self

    def grid_size(self, _width, _height):
        return 8, 12

    def features(self, images, *, grids):
        assert grids == [(8, 12)] * len(images)
        self.is_looking.set()
        assert self.going_on.wait(20)
        self.looks += len(images)
        attention = torch.full((8, 12), 0.001)
        attention[:4, :6] = 0.01
        return [FeatureMap(torch.zeros(8, 12, 4), attention) for _ in images]


@pytest.fixture
def onlooker(monkeypatch):
    model = Onlooker()
    monkeypatch.setattr(
        "acseg_desktop.operations.proposing.SegmenterCache.get", lambda _self, config: model.get(config)
    )
    yield model
    model.going_on.set()


def test_the_foreground_is_found_out_by_another_look_where_nobody_knows_it(browser, onlooker):
    """As in a project whose cache was deleted. Not twice at once; what was found when it was stopped is kept."""
    window, regions = browser.window, stored(browser)
    filters, empty, bar = window.browser.filters, window.browser.empty, window.status.jobs
    images = {region.image_id for region in regions.values()}
    filters.ground.setCurrentIndex(1)
    filters.ground.activated.emit(1)
    browser.wait(onlooker.is_looking.is_set)
    browser.wait(lambda: empty.text.text() == "The model is analysing the images to find their foreground.")
    assert not empty.button.isVisible()
    filters.ground.setCurrentIndex(2)
    filters.ground.activated.emit(2)
    browser.wait(lambda: not window.jobs.running(Lane.DISK))
    assert len(window.jobs.running(Lane.COMPUTE)) == 1
    browser.click(bar.cancel)
    onlooker.going_on.set()
    browser.rest()
    assert onlooker.looks == 1
    assert {regions[id_].image_id for id_ in seen_regions(browser)} == {min(images)}
    choose(browser, filters.ground, 1)
    front = seen_regions(browser)
    choose(browser, filters.ground, 2)
    back = seen_regions(browser)
    assert front.isdisjoint(back)
    assert front | back == set(regions)
    assert stored(browser) == regions
    assert onlooker.looks == len(images)


def test_when_the_model_cannot_look_there_is_a_button_to_try_again(browser, onlooker):
    onlooker.fault = ModelError("no weights; get some")
    empty = browser.window.browser.empty
    choose(browser, browser.window.browser.filters.ground, 1)
    browser.dialog(Message).reject()
    browser.rest()
    assert (empty.title.text(), empty.button.text()) == ("Foreground not known yet", "Analyse images")
    onlooker.fault = None
    onlooker.going_on.set()
    browser.click(empty.button)
    browser.rest()
    assert len(seen_regions(browser)) == 4


def test_the_foreground_is_found_out_beside_a_long_run(browser):
    """A proposal of all images may take hours."""
    keep_quarter_attention(browser)
    going_on = threading.Event()
    job = browser.window.jobs.submit(Lane.COMPUTE, lambda: going_on.wait(20))
    filters = browser.window.browser.filters
    filters.ground.setCurrentIndex(1)
    filters.ground.activated.emit(1)
    browser.wait(lambda: sum(section.count for section in sections(browser)) == 4)
    going_on.set()
    browser.rest()
    assert job not in browser.window.jobs.running()


def test_the_foreground_is_told_where_the_cache_cannot_be_written(browser, monkeypatch):
    keep_quarter_attention(browser)

    def refuse(*_arguments, **_options):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(atomic_write, "write_aside", refuse)
    choose(browser, browser.window.browser.filters.ground, 1)
    front = {id_ for number in range(len(sections(browser))) for id_ in members(browser, number)}
    assert len(front) == 4
    type_name(browser, "sky")
    assert {id_ for id_, region in stored(browser).items() if region.label_id} <= front
