"""Images held out: by content, near-duplicates on one side."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFilter

from acseg_core.errors import ImagesNotFoundError
from acseg_training.corpus import Corpus
from acseg_training.holding_out import hold_out, holding_out, usual_share


def noise(seed: int) -> Image.Image:
    small = np.random.default_rng(seed).integers(0, 256, (12, 16, 3), np.uint8)
    return Image.fromarray(small).resize((96, 72), Image.Resampling.BICUBIC)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(20):
        noise(number).save(folder / f"{chr(97 + number)}.png")
    return folder


def names(corpus: Corpus) -> set[str]:
    return {path.name for path in corpus.paths}


def test_the_share_is_held_out_and_nothing_is_lost(photos: Path) -> None:
    corpus = Corpus.from_folders([photos])
    train, held = corpus.hold_out(0.2)
    assert (len(train), len(held)) == (16, 4)
    assert names(train) | names(held) == names(corpus)
    assert corpus.hold_out(0.2) == (train, held)
    assert corpus.hold_out(0.2, seed=1) != (train, held)
    assert corpus.hold_out(0)[0] == corpus
    assert len(corpus.hold_out(0)[1]) == 0
    with pytest.raises(ValueError, match="must be from 0 to below 1"):
        corpus.hold_out(1.0)


def test_sides_go_by_content_and_not_by_name_or_order(photos: Path) -> None:
    corpus = Corpus.from_folders([photos])
    held = {image.sha256 for image in corpus.hold_out(0.3)[1].images}
    for path in list(photos.iterdir()):
        path.rename(photos / f"{9999 - ord(path.stem)}-other.png")
    assert {image.sha256 for image in Corpus.from_folders([photos]).hold_out(0.3)[1].images} == held
    backwards = replace(corpus, images=corpus.images[::-1])
    assert [each.sha256 for each in corpus.images] != [each.sha256 for each in backwards.images]


def test_copies_and_frames_stay_on_one_side(photos: Path) -> None:
    for letter in "abcdefghij":
        Image.open(photos / f"{letter}.png").resize((64, 48)).save(photos / f"{letter}-copy.jpg", quality=70)
        (photos / f"{letter}-again.png").write_bytes((photos / f"{letter}.png").read_bytes())
    for seed in range(5):
        train, held = hold_out(Corpus.from_folders([photos]), 0.3, seed=seed)
        assert not {name[0] for name in names(train)} & {name[0] for name in names(held)}
        assert 6 <= len(held) <= 12


def test_where_all_are_alike_none_can_be_held_out(tmp_path: Path) -> None:
    for number in range(4):
        noise(1).filter(ImageFilter.GaussianBlur(0.1 * number)).save(tmp_path / f"{number}.png")
    with pytest.raises(ImagesNotFoundError, match="all images look alike"):
        hold_out(Corpus.from_folders([tmp_path]), 0.5)


def test_it_tells_how_far_it_is(photos: Path) -> None:
    ticks = list(holding_out(Corpus.from_folders([photos]), 0.2))
    assert [(tick.done, tick.total) for tick in ticks] == [(0, 20), (16, 20)]


def test_few_images_are_all_trained_on() -> None:
    assert usual_share(27, 0.2) == 0
    assert usual_share(30, 0.2) == 0.2
