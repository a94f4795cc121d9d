"""The outline of a thing snaps to the image's edges within a band, and nowhere else."""

import numpy as np
import pytest

from acseg_core.proposals.snapping import snapped


@pytest.fixture
def ball():
    """A red disk on grass, and its true mask."""
    ys, xs = np.mgrid[:240, :320]
    truth = (ys - 120) ** 2 + (xs - 160) ** 2 < 60**2
    image = np.where(truth[..., None], (200, 40, 40), (40, 160, 60)).astype(np.uint8)
    noise = np.random.default_rng(0).integers(-12, 13, image.shape)
    return np.clip(image.astype(int) + noise, 0, 255).astype(np.uint8), truth


def iou(one, other):
    return (one & other).sum() / (one | other).sum()


def test_a_rough_outline_moves_to_the_edge(ball):
    image, truth = ball
    ys, xs = np.mgrid[:240, :320]
    rough = (ys - 118) ** 2 + (xs - 163) ** 2 < 57**2
    assert iou(rough, truth) < 0.9
    assert iou(snapped(rough, [(160, 120)], [], image), truth) > 0.99


def test_what_is_far_from_the_outline_stays(ball):
    image, truth = ball
    part = truth.copy()
    part[:, 160:] = False
    found = snapped(part, [(130, 120)], [], image)
    assert not found[:, 175:].any(), "the other half is as red, but out of the band"


def test_clicks_are_held_and_what_has_no_two_sides_stays(ball):
    image, truth = ball
    assert not snapped(truth, [(160, 120)], [(112, 120)], image)[120, 112]
    whole, none = np.ones_like(truth), np.zeros_like(truth)
    assert np.array_equal(snapped(whole, [], [], image), whole)
    assert np.array_equal(snapped(none, [], [], image), none)


def test_large_images_are_worked_on_small_and_come_back_whole(ball):
    image, truth = ball
    large, mask = np.kron(image, np.ones((4, 4, 1), np.uint8)), np.kron(truth, np.ones((4, 4), bool))
    rough = np.roll(mask, (16, -20), (0, 1))
    found = snapped(rough, [(640, 480)], [], large)
    assert found.shape == mask.shape
    assert iou(found, mask) > 0.98 > 0.9 > iou(rough, mask)
