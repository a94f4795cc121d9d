"""Leads over peers against literal resampling, and where the answer is known."""

import numpy as np
import pytest

from acseg_core.evaluate.metrics import BoundaryCounts, ClassCounts, mean_iou, pixel_accuracy
from acseg_core.evaluate.regions.paired_bootstrap import RESAMPLES, PairedDifference, Resampled, compare, weights_of
from acseg_core.evaluate.regions.scores import ImageScores

CLASSES = 3
PIXELS = 1000


def image(rng: np.random.Generator, *, right: float, covering: float = 0.5) -> ImageScores:
    """One of `PIXELS` pixels, of which a share is given the right class."""
    confusion = rng.multinomial(PIXELS, [1 / CLASSES**2] * CLASSES**2).reshape(CLASSES, CLASSES)
    confusion = np.diag(confusion.sum(axis=0) * round(right * 100) // 100) + np.triu(confusion, 1) // 10
    return ImageScores(4, ClassCounts.of(confusion.astype(np.int64)), 0, 0, covering, 0.0, BoundaryCounts())


def resampled(images: list[ImageScores], *, seed: int = 0) -> Resampled:
    sums = Resampled()
    for number, each in enumerate(images):
        sums.add(each, weights_of(number, seed=seed))
    return sums


def difference_of(ours: list[ImageScores], theirs: list[ImageScores], difference: float = 0.0) -> PairedDifference:
    (found,) = compare("8", resampled(ours), {"peer": resampled(theirs)}, {"peer": {"covering": difference}})
    return found


def test_figures_are_those_of_the_images_as_often_as_they_were_drawn() -> None:
    rng = np.random.default_rng(0)
    images = [image(rng, right=right, covering=right / 2) for right in (0.2, 0.5, 0.9, 0.7)]
    figures = resampled(images).figures()
    for number in (0, 7, RESAMPLES - 1):
        times = [int(weights_of(index, seed=0)[number]) for index in range(len(images))]
        drawn = [each for each, count in zip(images, times, strict=True) for _ in range(count)]
        total = drawn[0].classes
        assert total is not None
        for each in drawn[1:]:
            assert each.classes is not None
            total += each.classes
        assert figures["miou"][number] == pytest.approx(mean_iou(total))
        assert figures["accuracy"][number] == pytest.approx(pixel_accuracy(total))
        assert figures["covering"][number] == pytest.approx(np.mean([each.covering for each in drawn]))


def test_the_same_method_is_neither_ahead_nor_behind() -> None:
    rng = np.random.default_rng(1)
    images = [image(rng, right=0.6, covering=rng.random()) for _ in range(10)]
    assert difference_of(images, images) == PairedDifference("8", "peer", "covering", 0.0, 0.0, 0.0, 0.5)


def test_ahead_in_every_image_is_ahead_in_every_resample() -> None:
    """However much images differ among each other, since both see the same ones."""
    rng = np.random.default_rng(2)
    hard = rng.random(12) * 0.8
    found = difference_of(
        [image(rng, right=0.5, covering=each + 0.01) for each in hard],
        [image(rng, right=0.5, covering=each) for each in hard],
        0.01,
    )
    assert found.ahead == 1.0
    assert (found.low, found.high) == (pytest.approx(0.01), pytest.approx(0.01))


def test_the_interval_is_as_wide_as_that_of_a_mean() -> None:
    rng = np.random.default_rng(3)
    gaps = rng.normal(0.0, 0.1, 100)
    ours = [image(rng, right=0.5, covering=0.5 + gap) for gap in gaps]
    found = difference_of(ours, [image(rng, right=0.5) for _ in gaps], float(gaps.mean()))
    error = gaps.std() / np.sqrt(len(gaps))
    assert found.low == pytest.approx(gaps.mean() - 1.96 * error, abs=0.25 * error)
    assert found.high == pytest.approx(gaps.mean() + 1.96 * error, abs=0.25 * error)
    assert 0 < found.ahead < 1


def test_draws_follow_the_seed_and_the_image() -> None:
    assert np.array_equal(weights_of(3, seed=0), weights_of(3, seed=0))
    assert not np.array_equal(weights_of(3, seed=0), weights_of(4, seed=0))
    assert not np.array_equal(weights_of(3, seed=0), weights_of(3, seed=1))
    assert weights_of(0, seed=0).mean() == pytest.approx(1.0, abs=0.15)


def test_images_that_are_void_all_over_count_for_nothing() -> None:
    rng = np.random.default_rng(4)
    images = [image(rng, right=0.5, covering=value) for value in (0.3, 0.5, 0.7)]
    void = ImageScores(4, None, 0, 0, float("nan"), float("nan"), BoundaryCounts())
    with_void = [*images, void]
    assert np.array_equal(
        resampled(with_void).figures()["covering"], resampled(images).figures()["covering"], equal_nan=True
    )


def test_a_set_without_classes_has_covering_only() -> None:
    people = ImageScores(4, None, 0, 0, 0.5, 0.1, BoundaryCounts())
    assert set(resampled([people, people]).figures()) == {"covering"}
