"""Files that cannot be used: one short reason, no warning, no hang, no memory blown up."""

import contextlib
import os
import re
import struct
import subprocess
import sys
import warnings
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from image_bytes import PEAK_MEMORY, bad_files, encoded, good_files, picture

from acseg_core.errors import ImageError
from acseg_core.images.files import inspect_image, load_image
from acseg_core.images.photos import decode_photo


@pytest.mark.parametrize("name", bad_files())
def test_bad_files_say_why(tmp_path, name):
    data, reason = bad_files()[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ImageError) as caught:
        inspect_image(tmp_path, name, thumbnails=tmp_path / "thumbnails")
    assert caught.value.path == tmp_path / name
    assert re.search(reason, caught.value.reason), caught.value.reason
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "thumbnails").exists()
    with pytest.raises(ImageError):
        load_image(tmp_path / name)


@pytest.mark.parametrize("name", good_files())
def test_every_cut_is_found_out(name):
    data = good_files()[name]
    for length in {*range(0, len(data), max(1, len(data) // 40)), *range(max(0, len(data) - 12), len(data))}:
        with pytest.raises(ImageError):
            decode_photo(Path(name), data[:length])


@given(
    name=st.sampled_from(sorted(good_files())),
    edits=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=8)), max_size=6),
)
@settings(deadline=None, max_examples=600)
def test_whatever_the_bytes_a_photo_or_an_image_error(name, edits):
    data = bytearray(good_files()[name])
    for place, patch in edits:
        start = int(place**2 * len(data))  # rather in the header
        data[start : start + len(patch)] = patch
    with contextlib.suppress(ImageError):
        photo = decode_photo(Path(name), bytes(data), enough=20)
        assert photo.rgb.dtype == "uint8"
        assert photo.rgb.shape[2:] == (3,)


def test_damaged_exif_is_no_reason_to_refuse():
    jpeg = encoded(picture(), "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\xff\x00" + b"\x12\x01\x03\0" * 5)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        photo = decode_photo(Path("x.jpg"), jpeg)
    assert not caught
    assert photo.orientation == 1
    assert photo.rgb.shape == (48, 64, 3)


def test_missing_files_and_folders(tmp_path):
    (tmp_path / "folder.jpg").mkdir()
    for name, reason in (
        ("gone.jpg", "missing"),
        ("folder.jpg", "this is a folder"),
        ("nul\0.jpg", "not a usable path"),
    ):
        with pytest.raises(ImageError) as caught:
            inspect_image(tmp_path, name)
        assert caught.value.reason == reason


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_a_pipe_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "pipe.jpg")
    with pytest.raises(ImageError, match="not a regular file"):
        load_image(tmp_path / "pipe.jpg")


def test_unreadable_and_oversized_files(tmp_path, monkeypatch):
    path = tmp_path / "secret.jpg"
    path.write_bytes(good_files()["baseline.jpg"])
    with monkeypatch.context() as patch:
        patch.setattr("acseg_core.images.files.MAX_FILE_BYTES", 100)
        with pytest.raises(ImageError, match="too large"):
            load_image(path)

    def refuse(self, *_):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refuse)  # chmod does not stop the superuser tests may run as
    with pytest.raises(ImageError, match="no permission to read it"):
        load_image(path)


_DECODE_ALL = """
import sys
from acseg_core.errors import ImageError
from acseg_core.images.photos import decode_photo
before = peak()
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        decode_photo(path, path.read_bytes())
    except ImageError:
        pass
print(peak() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured by /proc")
def test_bombs_take_no_memory(tmp_path):
    for name, (data, _) in bad_files().items():
        if name.startswith("bomb"):
            (tmp_path / name).write_bytes(data)
    program = [sys.executable, "-c", PEAK_MEMORY + _DECODE_ALL, str(tmp_path)]
    grown = subprocess.run(program, check=True, capture_output=True, text=True)
    assert int(grown.stdout) < 50_000_000
    assert not grown.stderr


_ODD_FILES = """
import random, sys, warnings
from pathlib import Path
sys.path.insert(0, sys.argv[2])
warnings.simplefilter("default")  # what Python itself would say
import numpy as np
from image_bytes import bad_files, good_files, picture
from tiff_files import Written, tiff_file
from acseg_core.errors import AcsegError
from acseg_core.images.files import ensure_thumbnail, inspect_image, load_image
from acseg_core.proposals.image_tree import ImageTree
from acseg_core.proposals.leaf_map import LeafMap
from acseg_core.proposals.tree import ConceptTree
root, dice = Path(sys.argv[1]), random.Random(5)
files = {name: data for name, data in good_files().items()} | {name: data for name, (data, _) in bad_files().items()}
for compression in (1, 5, 7, 8, 32773):
    files[f"{compression}.tif"] = tiff_file(picture(), Written(compression=compression))
tried = refused = 0
for name, data in files.items():
    for change in range(12):
        odd = bytearray(data)
        if change and odd:
            for _ in range(change):
                odd[dice.randrange(len(odd))] = dice.randrange(256)
            odd = odd[: dice.randrange(1, len(odd) + 1)] if change % 3 == 0 else odd
        path = root / name
        path.write_bytes(odd)
        tried += 1
        try:
            inspect_image(root, name, thumbnails=root / "thumbnails")
            load_image(path)
        except AcsegError:
            refused += 1
leaves = np.arange(48, dtype=np.uint8).reshape(6, 8) % 4
merges = np.array([(0, 1), (2, 3), (4, 5)], np.int32)
tree = ImageTree.of(ConceptTree(merges, np.array([1, 2, 3], np.float32)), leaves, np.zeros((4, 2), np.float16))
png = tree.leaves.to_bytes()
for place in range(len(png)):
    for bit in range(8):
        try:
            LeafMap.from_bytes(png[:place] + bytes([png[place] ^ (1 << bit)]) + png[place + 1 :])
        except ValueError:
            refused += 1
print(tried, refused)
"""


def test_no_library_writes_to_the_terminal_when_odd_files_are_read(tmp_path):
    """Whatever libtiff, libpng, OpenCV and Pillow have to say goes to descriptor 2, past Python."""
    program = [sys.executable, "-c", _ODD_FILES, str(tmp_path), str(Path(__file__).parents[2])]
    ran = subprocess.run(program, check=False, capture_output=True, text=True, timeout=240)
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == ""
    tried, refused = map(int, ran.stdout.split())
    assert refused > 0
    assert tried > 200


@pytest.mark.parametrize("is_interlaced", [False, True])
def test_a_deep_png_with_a_filter_that_is_none_is_refused_in_silence(tmp_path, capfd, is_interlaced):
    """On the code of before, libpng told of it on the terminal."""
    width, height = 9, 10
    passes = [(2, 2), (1, 2), (3, 1), (2, 3), (5, 2), (4, 5), (9, 5)] if is_interlaced else [(width, height)]
    rows = [bytes([filter_]) + bytes(2 * columns) for columns, count in passes for filter_ in [0] * (count - 1) + [9]]

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 16, 0, 0, 0, int(is_interlaced))
    content = b"".join((chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(b"".join(rows))), chunk(b"IEND", b"")))
    path = tmp_path / "deep.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + content)
    with pytest.raises(ImageError, match="damaged PNG file"):
        load_image(path)
    assert capfd.readouterr().err == ""
    good = b"".join(bytes(1 + 2 * columns) * count for columns, count in passes)
    content = b"".join((chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(good)), chunk(b"IEND", b"")))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + content)
    assert load_image(path).shape == (height, width, 3)


def test_a_png_with_a_second_header_is_refused_as_damaged(tmp_path):
    """On the code of before, Pillow took the size of the second one, which nobody had checked."""
    data = encoded(picture(), "PNG")
    head = struct.pack(">II", 0x49434320, 0x50726F66) + data[24:29]
    second = struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    path = tmp_path / "twice.png"
    path.write_bytes(data[:33] + second + data[33:])
    with pytest.raises(ImageError, match="damaged PNG file"):
        load_image(path)
