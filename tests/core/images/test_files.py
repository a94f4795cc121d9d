"""Reading, hashing and thumbnails of image files."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from image_bytes import PEAK_MEMORY, encoded, good_files, oriented, picture
from PIL import Image

from acseg_core.errors import ImageError, StorageError
from acseg_core.images import files
from acseg_core.images.files import inspect_image, load_image
from acseg_core.images.finding import find_images

JPEG = good_files()["baseline.jpg"]


def touch(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(JPEG)


def test_inspection_tells_what_is_in_the_file(tmp_path):
    data = oriented(picture(300, 600), "JPEG", 6)
    (tmp_path / "sub").mkdir()
    path = tmp_path / "sub" / "a.jpg"
    path.write_bytes(data)
    os.utime(path, ns=(5, 1_700_000_000_123_456_700))
    info = inspect_image(tmp_path, "sub/a.jpg")
    assert (info.path, info.file_size, info.mtime_ns) == ("sub/a.jpg", len(data), path.stat().st_mtime_ns)
    assert info.sha256 == hashlib.sha256(data).hexdigest()
    assert (info.stored_width, info.stored_height, info.width, info.height) == (600, 300, 300, 600)
    assert (info.orientation, info.mode) == (6, "RGB")
    assert load_image(path).shape == (600, 300, 3)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_thumbnails_are_the_photo_but_smaller(tmp_path, kind):
    large = np.asarray(Image.fromarray(picture(60, 40)).resize((1000, 1500), Image.Resampling.BICUBIC))
    (tmp_path / "a").write_bytes(oriented(large, kind, 8))
    info = inspect_image(tmp_path, "a", thumbnails=tmp_path / "cache")
    thumbnail = files.thumbnail_path(tmp_path / "cache", info.sha256)
    assert [path for path in (tmp_path / "cache").rglob("*") if path.is_file()] == [thumbnail]
    with Image.open(thumbnail) as image:
        assert (image.format, image.size, image.mode) == ("JPEG", (256, 171), "RGB")
        shown = np.asarray(image).astype(int)
    full = Image.fromarray(load_image(tmp_path / "a")).resize((256, 171), Image.Resampling.BOX)
    assert np.abs(shown - np.asarray(full)).mean() < 6


def test_thumbnails_of_small_and_of_narrow_images(tmp_path):
    for name, shape, size in (("small", (20, 30), (30, 20)), ("narrow", (3, 4000), (256, 1))):
        (tmp_path / name).write_bytes(encoded(picture(*shape), "PNG"))
        info = inspect_image(tmp_path, name, thumbnails=tmp_path)
        with Image.open(files.thumbnail_path(tmp_path, info.sha256)) as image:
            assert image.size == size


def test_a_thumbnail_is_made_once_and_again_when_the_cache_is_gone(tmp_path):
    touch(tmp_path, "a.jpg")
    info = inspect_image(tmp_path, "a.jpg", thumbnails=tmp_path / "cache")
    target = files.thumbnail_path(tmp_path / "cache", info.sha256)
    first = target.stat().st_ino
    inspect_image(tmp_path, "a.jpg", thumbnails=tmp_path / "cache")
    cache = tmp_path / "cache"
    assert files.ensure_thumbnail(tmp_path, info, thumbnails=cache) == target
    assert target.stat().st_ino == first
    target.unlink()
    assert files.ensure_thumbnail(tmp_path, info, thumbnails=cache).is_file()
    target.unlink()
    (tmp_path / "a.jpg").write_bytes(good_files()["rgb.png"])
    with pytest.raises(ImageError, match="changed since it was added"):
        files.ensure_thumbnail(tmp_path, info, thumbnails=cache)
    assert not target.exists()


def test_a_thumbnail_that_cannot_be_written_is_the_disk_s_fault(tmp_path, monkeypatch):
    touch(tmp_path, "a.jpg")
    (tmp_path / "cache").touch()
    with pytest.raises(StorageError):
        inspect_image(tmp_path, "a.jpg", thumbnails=tmp_path / "cache")

    def full(file, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StorageError, match="disk is full"):
        inspect_image(tmp_path, "a.jpg", thumbnails=tmp_path / "thumbnails")
    assert not [path for path in (tmp_path / "thumbnails").rglob("*") if path.is_file()]


def test_a_changed_file_is_not_loaded(tmp_path):
    touch(tmp_path, "a.jpg")
    sha256 = inspect_image(tmp_path, "a.jpg").sha256
    assert load_image(tmp_path / "a.jpg", expected_sha256=sha256).shape == (48, 64, 3)
    (tmp_path / "a.jpg").write_bytes(JPEG + b"\0")
    with pytest.raises(ImageError) as caught:
        load_image(tmp_path / "a.jpg", expected_sha256=sha256)
    assert caught.value.reason == "changed since it was added"


def test_real_photos_load_as_pillow_loads_them(shared_data):
    root = shared_data / "coco-mini" / "images"
    found = find_images(root)
    assert len(found.paths) == 64
    for name in found.paths[:8]:
        with Image.open(root / name) as image:
            assert np.array_equal(load_image(root / name), np.asarray(image.convert("RGB")))


_LARGE = """
import sys
from acseg_core.images.files import inspect_image, load_image
from acseg_core.shapes import masks
root = Path(sys.argv[1])
before = peak()
info = inspect_image(root, "large.jpg", thumbnails=root / "thumbnails")
inspecting = peak() - before
before = peak()
rgb = load_image(root / "large.jpg", expected_sha256=info.sha256)
loaded = peak() - before
label_map = rgb[..., 0] >> 5
del rgb
Path("/proc/self/clear_refs").write_text("5")  # the peak starts anew
before = peak()
encoded = masks.encode_label_map(label_map)
assert sum(map(masks.area, encoded.values())) == label_map.size
print(info.width, info.height, inspecting, loaded, peak() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured by /proc")
def test_a_hundred_megapixels_in_bounded_memory(tmp_path):
    tile = Image.fromarray(picture(500, 500)).resize((8000, 12500), Image.Resampling.NEAREST)
    exif = Image.Exif()
    exif[0x0112] = 6
    tile.save(tmp_path / "large.jpg", exif=exif)
    program = [sys.executable, "-c", PEAK_MEMORY + _LARGE, str(tmp_path)]
    printed = subprocess.run(program, check=True, capture_output=True, text=True).stdout
    width, height, inspecting, loading, encoding = map(int, printed.split())
    assert (width, height) == (12500, 8000)
    assert inspecting < 100_000_000
    assert 6 * 100_000_000 < loading < 12 * 100_000_000
    assert encoding < 200_000_000
