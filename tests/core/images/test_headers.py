"""Files that are refused by their header before they are read; no word of a decoder on stderr; memory of deep files.

Covers: images.deep_png.
"""

import struct
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
from image_bytes import PEAK_MEMORY, bad_files, encoded, good_files, picture, png, tiff, webp_of_size
from tiff_files import FAX4, JPEG, LZW, PACKBITS, Written, tiff_file

from acseg_core.errors import ImageError
from acseg_core.images import files
from acseg_core.images.files import inspect_image, load_image

GIGABYTE = 1 << 30


def make_sparse(path: Path, head: bytes) -> None:
    """A file of a gigabyte that takes no room on the disk: a header, and a hole."""
    path.write_bytes(head)
    with path.open("r+b") as file:
        file.truncate(GIGABYTE)
    assert path.stat().st_blocks * 512 < 1_000_000


HEADS = {
    "large.tif": (tiff(np.zeros((4, 4), np.uint16), size=(60_000, 60_000)), "too large: 60000 x 60000"),
    "bands.tif": (
        tiff_file(np.zeros((4, 4, 9), np.uint16), Written(photometric=1)),
        "TIFF with 9 bands of 16 bits, not compressed",
    ),
    "lerc.tif": (tiff_file(picture(), Written(compression=34887)), "LERC"),
    "large.png": (png(np.zeros((1, 1, 3), np.uint16), size=(60_000, 60_000)), "too large: 60000 x 60000"),
    "large.bmp": (b"BM" + bytes(12) + b"\x28\0\0\0" + b"\x60\xea\0\0" * 2 + bytes(40), "too large: 60000 x 60000"),
    "large.webp": (webp_of_size(16383, 16383), "too large: 16383 x 16383"),
    "large.jpg": (b"\xff\xd8\xff\xc0\0\x11\x08\xea\x60\xea\x60\3" + bytes(30), "too large: 60000 x 60000"),
    "lossless.jpg": (b"\xff\xd8\xff\xc3\0\x11\x08\0\x60\0\x60\3" + bytes(30), "lossless or multi-layer JPEG"),
    "deep.jpg": (b"\xff\xd8\xff\xc1\0\x11\x0c\0\x60\0\x60\3" + bytes(30), "12-bit JPEG"),
    "endless.jpg": (b"\xff\xd8\xff\xe0", "damaged JPEG|truncated JPEG"),
    "text.jpg": (b"Dear diary", "not a JPEG"),
    "offset.tif": (b"II*\0\xff\xff\xff\xff", "truncated TIFF"),
}


@pytest.mark.skipif(sys.platform == "win32", reason="its file systems make no holes unasked")
@pytest.mark.parametrize("name", HEADS)
def test_a_gigabyte_is_refused_by_its_header(tmp_path, monkeypatch, name):
    """It was read and hashed whole before its size was looked at."""
    head, words = HEADS[name]
    make_sparse(tmp_path / name, head)
    monkeypatch.setattr(files, "_content", lambda *_: pytest.fail("read whole"))
    monkeypatch.setattr(files, "_sha256", lambda *_: pytest.fail("hashed"))
    with pytest.raises(ImageError, match=words) as caught:
        inspect_image(tmp_path, name)
    assert "\n" not in str(caught.value)
    with pytest.raises(ImageError, match=words):
        load_image(tmp_path / name)


_READ_ALL = """
import sys
from pathlib import Path
from acseg_core.errors import ImageError
from acseg_core.images.files import inspect_image
from acseg_core.images.finding import find_images
from acseg_core.images.label_maps import LabelMaps
root = Path(sys.argv[1])
paths = find_images(root).paths
maps = LabelMaps(root, paths)
for path in paths:
    path in maps
    try:
        inspect_image(root, path, thumbnails=root / "thumbnails")
    except ImageError:
        pass
print(len(paths))
"""


def odd_files() -> dict[str, bytes]:
    """Bad files, and good ones with bytes changed in their middle; TIFF of every codec among them."""
    rgb = picture()
    deep = rgb.astype(np.uint16) * 257
    sound = good_files() | {
        "deep-lzw.tif": tiff_file(deep, Written(compression=LZW)),
        "packbits.tif": tiff_file(rgb, Written(compression=PACKBITS)),
        "fax.tif": tiff_file(rgb[..., 0] > 100, Written(bits=1, compression=FAX4)),
        "jpeg-tiles.tif": tiff_file(rgb, Written(compression=JPEG, tile=(16, 16))),
        "zstd.tif": tiff_file(rgb, Written(compression=50000)),
        "seven.tif": tiff_file(np.dstack([rgb, rgb, rgb])),
        "old-jpeg.tif": tiff_file(rgb, Written(compression=6)),
        "profile.png": encoded(rgb, "PNG", icc_profile=b"no profile at all" * 9),
        "deep-profile.png": png(deep, ancillary=((b"iCCP", b"x\0\0nothing"), (b"gAMA", b"\0\0\0\0"), (b"cHRM", b"1"))),
    }
    odd = {name: data for name, (data, _) in bad_files().items()} | sound
    for name, data in sound.items():
        for start in (60, len(data) // 3, len(data) // 2):
            changed = bytearray(data)
            for place in range(start, min(start + 60, len(data)), 7):
                changed[place] ^= 0x5B
            odd[f"changed-{start}-{name}"] = bytes(changed)
    twin = png(rgb[..., :1], size=(20_000, 5_999))  # of a size that Pillow warns of
    return odd | {"a/twin.png": twin, "b/twin.png": twin, "b/twin_mask.png": twin}


def test_no_library_says_a_word(tmp_path):
    """Pillow's warnings, its log, and what libtiff and libpng print themselves, reached the terminal."""
    for name, data in odd_files().items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    program = [sys.executable, "-W", "always", "-c", _READ_ALL, str(tmp_path)]
    ran = subprocess.run(program, check=True, capture_output=True, text=True)
    assert int(ran.stdout) >= 100
    assert ran.stderr == ""


_LARGE = """
import sys
from acseg_core.images.files import inspect_image
root = Path(sys.argv[1])
info = inspect_image(root, sys.argv[2], thumbnails=root / "thumbnails")
print(peak(), info.width * info.height, info.mode)
"""
WIDTH, HEIGHT = 14_000, 8_500


def write_large(path: Path, channels: int) -> None:
    """119 megapixels of 16 bits, black but for the first; of a TIFF most of it is a hole."""
    pixel = np.full((1, 1, channels), 65_535, np.uint16)
    if path.suffix == ".tif":
        path.write_bytes(tiff(pixel, size=(WIDTH, HEIGHT), x0117=WIDTH * HEIGHT * 2 * channels))
        with path.open("r+b") as file:
            file.truncate(8 + WIDTH * HEIGHT * 2 * channels)
        return
    packer = zlib.compressobj(1)
    row = bytes(1 + 2 * channels * WIDTH)
    rows = b"".join(packer.compress(row) for _ in range(HEIGHT)) + packer.flush()
    small = png(pixel, size=(WIDTH, HEIGHT))
    chunk = struct.pack(">I", len(rows)) + b"IDAT" + rows + struct.pack(">I", zlib.crc32(b"IDAT" + rows))
    path.write_bytes(small[: small.index(b"IDAT") - 4] + chunk + small[-12:])


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured by /proc")
@pytest.mark.parametrize(("name", "channels"), [("rgb.tif", 3), ("rgba.tif", 4), ("gray.tif", 1), ("rgb.png", 3)])
def test_119_megapixels_of_16_bits_in_bounded_memory(tmp_path, name, channels):
    """It took 1.9 GB at the peak, the interpreter included."""
    write_large(tmp_path / name, channels)
    program = [sys.executable, "-c", PEAK_MEMORY + _LARGE, str(tmp_path), name]
    ran = subprocess.run(program, check=True, capture_output=True, text=True)
    peak, pixels, mode, *_ = ran.stdout.split()
    assert (int(pixels), mode) == (119_000_000, {1: "I;16", 3: "RGB;16", 4: "RGBA;16"}[channels])
    assert int(peak) < 1_000_000_000


def patched(data: bytes, **tags: int) -> bytes:
    """A little-endian TIFF with other values of tags of one number, such as ``t256=...``."""
    changed = bytearray(data)
    start = int.from_bytes(data[4:8], "little")
    for place in range(start + 2, start + 2 + 12 * int.from_bytes(data[start : start + 2], "little"), 12):
        name = f"t{int.from_bytes(data[place : place + 2], 'little')}"
        if name in tags:
            changed[place + 2 : place + 12] = struct.pack("<HII", 4, 1, tags[name])
    return bytes(changed)


HOSTILE = {
    "tiles.tif": (
        patched(tiff_file(picture(), Written(tile=(16, 16))), t256=60_000, t257=1_900, t322=1, t323=1),
        "small",
    ),
    "strip.tif": (
        patched(
            tiff_file(picture().astype(np.uint16), Written(compression=LZW)), t256=10_000, t257=10_000, t278=10_000
        ),
        "strips or tiles of this size",
    ),
    "row.tif": (patched(tiff_file(picture()), t256=110_000_000, t257=1, t278=1), "strips or tiles of this size"),
    "bands.tif": (patched(tiff_file(picture()), t256=10_000_000, t257=2, t277=65_535), "strips or tiles of this size"),
}


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured by /proc")
def test_pieces_that_would_take_all_memory_are_refused(tmp_path):
    tile = encoded(np.zeros((3_000, 3_000), np.uint8), "JPEG")  # in the place of one of 16 x 16
    small = tiff_file(picture()[..., 0], Written(tile=(16, 16), compression=JPEG))
    jpeg = patched(small + tile, t256=16, t257=16, t324=len(small), t325=len(tile))
    for name, (data, _) in {**HOSTILE, "jpeg.tif": (jpeg, "")}.items():
        (tmp_path / name).write_bytes(data)
    for name, (_, words) in {**HOSTILE, "jpeg.tif": (b"", "damaged TIFF")}.items():
        with pytest.raises(ImageError, match=words):
            inspect_image(tmp_path, name)
    program = [
        sys.executable,
        "-c",
        PEAK_MEMORY + "before = peak()" + _READ_ALL + "print(peak() - before)",
        str(tmp_path),
    ]
    ran = subprocess.run(program, check=True, capture_output=True, text=True)
    assert int(ran.stdout.split()[-1]) < 80_000_000
    assert not ran.stderr
