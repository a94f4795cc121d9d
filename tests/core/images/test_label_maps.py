"""Label maps are told from photos by what they hold and by what lies beside them; photos of any kind stay in."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from acseg_core.images.finding import find_images
from acseg_core.images.label_maps import LabelMaps


def photo(path: Path, *, mode: str = "RGB", seed: int = 0) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.fromarray(np.random.default_rng(seed).integers(0, 256, (40, 60, 3), np.uint8))
    image.convert(mode).save(path)


def label_map(path: Path, *, values: int = 12, mode: str = "L") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = (np.arange(40 * 60) % values).reshape(40, 60)
    if mode == "P":
        image = Image.fromarray(pixels.astype(np.uint8), "L").convert("P")
    else:
        image = Image.fromarray(pixels.astype(np.uint16 if mode == "I;16" else np.uint8))
    image.save(path)


def left_out(root: Path) -> list[str]:
    paths = find_images(root).paths
    maps = LabelMaps(root, paths)
    return [path for path in paths if path in maps]


@pytest.mark.parametrize("mode", ["L", "P", "I;16"])
def test_label_maps_named_like_a_photo_in_another_folder(tmp_path, mode):
    photo(tmp_path / "images/train/A 1.jpg")
    label_map(tmp_path / "labels/train/a 1.png", mode=mode)
    assert left_out(tmp_path) == ["labels/train/a 1.png"]


@pytest.mark.parametrize("ending", ["_mask", "_label", "_seg", "_gt"])
def test_label_maps_beside_their_photo(tmp_path, ending):
    photo(tmp_path / "a.png")
    label_map(tmp_path / f"a{ending}.png", values=2)
    assert left_out(tmp_path) == [f"a{ending}.png"]


def test_label_maps_alone_are_what_was_asked_for(tmp_path):
    label_map(tmp_path / "a.png")
    label_map(tmp_path / "other/a.png")
    label_map(tmp_path / "b_mask.png")
    assert left_out(tmp_path) == []


def test_photos_stay_whatever_their_names(tmp_path):
    photo(tmp_path / "grey/a.png", mode="L")
    photo(tmp_path / "dapi/a.png", mode="L", seed=1)
    photo(tmp_path / "colour/a.jpg")
    photo(tmp_path / "palette.png", mode="P")
    photo(tmp_path / "deep/a.tif", mode="L")
    photo(tmp_path / "a_mask.png")
    label_map(tmp_path / "scans/page.png", values=2)
    label_map(tmp_path / "scans/page (2).png", values=2)
    assert left_out(tmp_path) == []


def test_a_grey_photo_has_more_values_than_a_label_map(tmp_path):
    photo(tmp_path / "images/a.jpg")
    label_map(tmp_path / "64/a.png", values=64)
    label_map(tmp_path / "65/a.png", values=65)
    assert left_out(tmp_path) == ["64/a.png"]


def test_what_cannot_be_read_is_left_to_whoever_reads_it(tmp_path):
    photo(tmp_path / "images/a.jpg")
    label_map(tmp_path / "labels/a.png")
    whole = (tmp_path / "labels/a.png").read_bytes()
    (tmp_path / "labels/a.png").write_bytes(whole[:60])
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty/a.png").touch()
    assert left_out(tmp_path) == []
