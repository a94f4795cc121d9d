"""Large images, many files and masks in figures, each beside a peer of the same run: `pytest -m benchmark -s -n 0`."""

import io
import os
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from image_bytes import PEAK_MEMORY
from PIL import Image
from pycocotools import mask as coco
from stopwatch import take

from acseg_core.images.files import inspect_image
from acseg_core.images.finding import find_images
from acseg_core.shapes import masks

pytestmark = [pytest.mark.benchmark, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

_LOAD = """
import sys, time
from acseg_core.images.files import load_image
before = peak()
start = time.perf_counter()
rgb = load_image(Path(sys.argv[1]))
taken = time.perf_counter() - start
print(taken, (peak() - before) / (rgb.size / 3))
"""


def best(work: Callable[[], Any], *, rounds: int = 5) -> float:
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def blobs(height: int, width: int, labels: int) -> np.ndarray:
    """(H, W) uint8 with smooth borders between the labels."""
    rng = np.random.default_rng(0)
    label_map, highest = np.zeros((height, width), np.uint8), np.full((height, width), -np.inf, np.float32)
    for label in range(labels):
        noise = rng.standard_normal((height // 250 + 3, width // 250 + 3)).astype(np.float32)
        hill = cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC)
        label_map[hill > highest] = label
        np.maximum(highest, hill, out=highest)
    return label_map


@pytest.mark.parametrize("kind", ["JPEG", "JPEG turned", "PNG", "16-bit TIFF", "16-bit PNG"])
def test_a_hundred_megapixels(kind: str, tmp_path: Path) -> None:
    """Target: under 16 bytes of memory a pixel."""
    side = 10_000
    ramp = np.arange(side, dtype=np.uint16)
    gray = ((ramp[:, None] // 3 + ramp[None, :] // 5) % 256).astype(np.uint8)
    path = tmp_path / "large"
    if kind == "16-bit TIFF":
        Image.fromarray(gray.astype(np.uint16) * 200).save(path, "TIFF")
    elif kind == "16-bit PNG":
        deep = np.stack((gray, gray.T, 255 - gray), axis=-1).astype(np.uint16) * 257
        path.write_bytes(cv2.imencode(".png", deep, [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].tobytes())
    else:
        exif = Image.Exif()
        exif[0x0112] = 6 if kind == "JPEG turned" else 1
        image = Image.fromarray(np.stack((gray, gray.T, 255 - gray), axis=-1))
        image.save(path, kind.split()[0], exif=exif, compress_level=1)
    run = subprocess.run(
        [sys.executable, "-c", PEAK_MEMORY + _LOAD, str(path)], check=True, capture_output=True, text=True
    )
    seconds, bytes_per_pixel = map(float, run.stdout.split())
    data = np.frombuffer(path.read_bytes(), np.uint8)
    peer = best(lambda: cv2.imdecode(data, cv2.IMREAD_COLOR), rounds=1)
    print(
        f"\n100 MP {kind}: {seconds:.2f} s, {seconds / peer:.2f} x OpenCV's plain imdecode ({peer:.2f} s); "
        f"{bytes_per_pixel:.1f} bytes a pixel, the file included"
    )
    assert bytes_per_pixel < 17


@pytest.mark.parametrize(("height", "width", "labels"), [(480, 640, 8), (3000, 4000, 8), (3000, 4000, 40)])
def test_label_maps_to_masks_and_back(height: int, width: int, labels: int) -> None:
    label_map = blobs(height, width, labels)
    encoded = list(masks.encode_label_map(label_map).values())
    native = [{"size": [height, width], "counts": rle.counts} for rle in encoded]

    def encode_one_by_one() -> None:
        for label in range(labels):
            coco.encode(np.asfortranarray(label_map == label).view(np.uint8))

    def paint_one_by_one() -> None:
        painted = np.full((height, width), -1, np.int32)
        for index, rle in enumerate(native):
            painted[coco.decode(rle).view(bool)] = index

    for name, ours, peer in (
        ("encode", lambda: masks.encode_label_map(label_map), encode_one_by_one),
        ("paint", lambda: masks.paint_label_map(encoded, height=height, width=width), paint_one_by_one),
    ):
        mine, theirs = best(ours), best(peer, rounds=3)
        print(
            f"\n{name} {width} x {height}, {labels} regions: {mine * 1e3:.1f} ms, pycocotools mask by mask "
            f"{theirs * 1e3:.1f} ms ({theirs / mine:.1f} x as long)"
        )
        assert mine < theirs


def test_a_hundred_thousand_files(tmp_path: Path) -> None:
    for folder in range(100):
        (tmp_path / f"folder{folder}").mkdir()
        for number in range(1000):
            os.close(os.open(tmp_path / f"folder{folder}" / f"image{number}.jpg", os.O_CREAT))
    mine = best(lambda: find_images(tmp_path), rounds=3)
    theirs = best(lambda: [str(path) for path in tmp_path.rglob("*.jpg")], rounds=3)
    assert len(find_images(tmp_path).paths) == 100_000
    print(f"\nfind 100,000 files, in natural order: {mine:.2f} s; Path.rglob, in no order: {theirs:.2f} s")


def test_inspection_against_decoding_alone(shared_data: Path, tmp_path: Path) -> None:
    root = shared_data / "coco-mini" / "images"
    paths = find_images(root).paths
    files = [(root / path).read_bytes() for path in paths]

    def decode_all() -> None:
        for data in files:
            Image.open(io.BytesIO(data)).load()

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        theirs = best(decode_all) / len(paths)
    mine = take(lambda: [inspect_image(root, path, thumbnails=tmp_path) for path in paths])
    bare = take(lambda: [inspect_image(root, path) for path in paths])
    with_it, without, processor = (1e3 * spent / len(paths) for spent in (mine.wall, bare.wall, mine.processor))
    print(
        f"\ninspect a 640 x 480 JPEG: {with_it:.1f} ms with its thumbnail written ({processor:.1f} ms of processor "
        f"time), {without:.1f} ms without; Pillow decodes it in {theirs * 1e3:.1f} ms"
    )
    assert processor < 50
