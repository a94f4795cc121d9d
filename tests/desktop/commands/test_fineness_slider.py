"""The slider over the number of clusters, dragged: finer and coarser clusters, one undo step a movement.

Covers: browser.fineness_bar.
"""

import threading

from desktop.browser.browsing import CTRL, drag, members, move, names, press, sections, stored, type_name
from PySide6.QtCore import Qt

from acseg_core.types import OpChanges


def test_the_slider_makes_finer_clusters_and_is_one_undo_step(browser):
    before = {id_: region.cluster_id for id_, region in stored(browser).items()}
    drag(browser, 70, 80, 90, 100)
    count = sum(len(section.cluster_ids) for section in sections(browser))
    assert count == 16
    assert browser.window.browser.fineness.count.text() == "16 clusters"
    press(browser, Qt.Key.Key_Z, CTRL)
    assert {id_: region.cluster_id for id_, region in stored(browser).items()} == before
    drag(browser, 30, 0)
    assert len(sections(browser)) == 2
    drag(browser, 10, 100)
    press(browser, Qt.Key.Key_Z, CTRL)
    assert len(sections(browser)) == 2
    press(browser, Qt.Key.Key_Z, CTRL)
    assert {id_: region.cluster_id for id_, region in stored(browser).items()} == before


def test_a_movement_that_begins_before_the_last_one_is_saved_does_not_swallow_it(browser):
    drag(browser, 70)
    going_on = threading.Event()
    browser.window.session.edit(lambda project: going_on.wait(20) and OpChanges())
    move(browser, 60, 0)
    move(browser, 50, 100)
    going_on.set()
    browser.wait(lambda: sum(len(section.cluster_ids) for section in sections(browser)) == 16)
    browser.rest()
    press(browser, Qt.Key.Key_Z, CTRL)
    assert len(sections(browser)) == 2


def test_opened_again_the_slider_groups_nothing_again(browser, monkeypatch):
    drag(browser, 70, 100)
    folder = browser.window.session.project.folder
    browser.window.session.close()
    browser.wait(lambda: not browser.window.session.is_open)
    browser.rest()
    browser.open(folder)
    press(browser, Qt.Key.Key_G)

    def fail(*_args, **_kwargs):
        raise AssertionError("the regions are clustered again")

    monkeypatch.setattr("acseg_core.names.clustering.cluster", fail)
    drag(browser, 30, 0)
    assert len(sections(browser)) == 2


def test_single_regions_are_gathered_at_the_end_and_named_at_once(browser):
    drag(browser, 100)
    assert len(sections(browser)) == 1
    assert sections(browser)[0].count == 16
    assert len(set(members(browser, 0))) == 16
    press(browser, Qt.Key.Key_Home)
    type_name(browser, "all")
    assert names(browser) == {"all": 16}
    press(browser, Qt.Key.Key_Z, CTRL)
    assert names(browser) == {None: 16}
