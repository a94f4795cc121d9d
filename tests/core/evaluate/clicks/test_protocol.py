"""The protocol on a tiny set: every figure a share, the ways side by side, and errors that say what to do.

Covers: evaluate.clicks.ways.
"""

import json

import numpy as np
import pytest

from acseg_core.evaluate.clicks.protocol import GRABCUT, OURS, PATCHES, ClicksConfig, ClicksError, evaluate_clicks
from acseg_core.evaluate.clicks.ways import by_grabcut
from acseg_core.evaluate.truth.truth_set import TruthError
from acseg_core.interruptible import run_to_end
from acseg_core.proposals.picking import Picks


def test_every_instance_is_clicked_in_every_way(labelled_set, tiny_segmenter):
    folder = labelled_set("coco")
    report = run_to_end(evaluate_clicks(folder, ClicksConfig(segmenter=tiny_segmenter)), lambda tick: None)
    assert [row.method for row in report.rows] == [OURS, PATCHES, GRABCUT]
    assert report.instances == 1 + 2 + 3 + 1
    for row in report.rows:
        assert list(row.reached) == sorted(row.reached), "more clicks find no fewer"
        assert all(0 <= value <= 1 for value in (*row.reached, *row.miou))
        assert row.milliseconds > 0
    grabcut = report.rows[2]
    assert grabcut.reached[-1] > 0.5, "blocks of one colour are what it is made for"
    written = json.loads(report.to_json())
    assert written["format"] == 1
    assert written["clicks"] == [1, 2, 3, 5]


def test_what_makes_no_sense_is_said(labelled_set, tiny_segmenter):
    folder = labelled_set("coco")
    for wrong in ({"clicks": (2, 1)}, {"clicks": ()}, {"goal": 0}, {"least_share": 1}):
        with pytest.raises(ValueError, match="must be"):
            ClicksConfig(**wrong)
    with pytest.raises(ClicksError, match="lower --least-share"):
        run_to_end(evaluate_clicks(folder, ClicksConfig(least_share=0.9, segmenter=tiny_segmenter)), lambda tick: None)
    with pytest.raises(TruthError):
        run_to_end(evaluate_clicks(labelled_set("png"), ClicksConfig(segmenter=tiny_segmenter)), lambda tick: None)


def test_grabcut_finds_a_block_and_gives_way_to_a_click_on_the_rest():
    image = np.random.default_rng(0).integers(0, 30, (60, 90, 3)).astype(np.uint8)
    image[20:40, 30:60] += np.array([180, 20, 20], np.uint8)
    truth = np.zeros((60, 90), bool)
    truth[20:40, 30:60] = True
    found = by_grabcut(image)(Picks([(45.5, 30.5)]))
    assert (found & truth).sum() / (found | truth).sum() > 0.9
    assert not by_grabcut(image)(Picks([(45.5, 30.5)], [(35.5, 30.5)]))[30, 35]
