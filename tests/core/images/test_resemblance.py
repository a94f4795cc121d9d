"""Copies and films are known; other pictures are not taken for them."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageEnhance

from acseg_core.images.files import load_image
from acseg_core.images.resemblance import joined, look_of, same_pictures, sequences

DATA = Path(__file__).parents[4] / "shared" / "data"


def picture(seed: int, *, shift: int = 0) -> np.ndarray:
    """Random hills of brightness; shifted ones are the next frame."""
    coarse = np.random.default_rng(seed).integers(0, 255, (9, 16), np.uint8)
    hills = Image.fromarray(coarse).resize((320, 180), Image.Resampling.BICUBIC)
    return np.asarray(hills.transform((300, 180), Image.Transform.EXTENT, (shift, 0, shift + 300, 180)).convert("RGB"))


def other_quality(pixels: np.ndarray) -> np.ndarray:
    photo = ImageEnhance.Brightness(Image.fromarray(pixels).resize((170, 100))).enhance(0.9)
    file = io.BytesIO()
    photo.save(file, "JPEG", quality=40)
    return np.asarray(Image.open(file))


def test_copies_are_found_and_nothing_else():
    looks = {number: look_of(picture(number)) for number in range(200)}
    assert same_pictures(looks) == []
    copies = {1000 + number: look_of(other_quality(picture(number))) for number in range(0, 200, 7)}
    assert same_pictures(looks | copies) == [(number - 1000, number) for number in copies]


def test_one_grey_all_over_is_like_nothing():
    looks = {number: look_of(np.full((50, 60, 3), 40 * number, np.uint8)) for number in range(5)}
    assert same_pictures(looks) == []


def test_frames_are_known_by_their_likeness_or_their_even_names():
    close = {number: (f"a/frame_{number:04}.jpg", picture(1, shift=2 * number)) for number in range(8)}
    camera = {10 + number: (f"b/IMG_{number:04}.JPG", picture(100 + number)) for number in range(8)}
    apart = {20 + number: (f"c/{30 * number:06}.png", picture(2, shift=2 * number)) for number in range(4)}
    mixed = close | camera | apart
    paths = {id_: path for id_, (path, _) in mixed.items()}
    looks = {id_: look_of(pixels) for id_, (_, pixels) in mixed.items()}
    assert sequences(paths, looks) == [list(close), list(apart)]


@pytest.mark.skipif(not DATA.is_dir(), reason="the labelled images are not here")
@pytest.mark.parametrize(
    ("name", "films"),
    [("coco-mini", 0), ("bsds-mini", 0), ("camvid-mini", 5), ("domains/crackforest", 0), ("domains/polyp", 0)],
)
def test_on_real_images(name, films):
    files = sorted(each for each in (DATA / name).rglob("*.*g") if each.parent.name in ("images", "image"))
    if not files:
        files = sorted((DATA / name).rglob("*.jpg"))
    looks = {number: look_of(load_image(file)) for number, file in enumerate(files)}
    assert same_pictures(looks) == []
    found = sequences({number: file.as_posix() for number, file in enumerate(files)}, looks)
    assert len(found) == films
    if films:
        assert sum(map(len, found)) > 0.8 * len(files), "the films that the frames of CamVid are of"


def test_groups_hang_together_over_several_pairs():
    assert joined([5, 3, 9, 1], [(9, 3), (1, 9)]) == {5: 5, 3: 3, 9: 3, 1: 3}
