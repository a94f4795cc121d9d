"""PNG files are opened as what they are, and what is wrong with one is told before its pixels are read."""

import struct
import subprocess
import sys

import numpy as np
import pytest
from image_bytes import png
from label_map_files import VOC_PALETTE, save
from PIL import Image

from acseg_core.errors import LabelFileError, StorageError
from acseg_core.formats.label_png import (
    check_colors,
    check_numbers,
    packed,
    read_colors,
    read_head,
    read_numbers,
    read_palette,
)

NUMBERS = np.arange(12, dtype=np.uint8).reshape(3, 4)


@pytest.mark.parametrize("palette", [None, VOC_PALETTE])
def test_numbers_are_those_that_are_stored_whatever_shows_them(tmp_path, palette):
    file = save(tmp_path / "a.png", NUMBERS, palette)
    head = check_numbers(file, "remedy")
    assert (head.size, head.is_color, head.has_palette, head.is_deep) == ((3, 4), False, palette is not None, False)
    assert np.array_equal(read_numbers(file), NUMBERS)
    assert read_numbers(file).dtype == np.int32


@pytest.mark.parametrize("bits", [1, 2, 4])
def test_palettes_of_few_bits_are_numbers_too(tmp_path, bits):
    numbers = NUMBERS % 2**bits
    picture = Image.fromarray(numbers, "L")
    picture.putpalette(VOC_PALETTE[: 3 * 2**bits])
    picture.save(tmp_path / "a.png", bits=bits)
    assert read_head(tmp_path / "a.png").has_palette
    assert np.array_equal(read_numbers(tmp_path / "a.png"), numbers)


def test_numbers_over_255_are_in_16_bits(tmp_path):
    numbers = np.array([[0, 255, 256, 26001, 65535]], np.uint16)
    file = save(tmp_path / "a.png", numbers)
    assert read_head(file).is_deep
    assert np.array_equal(read_numbers(file), numbers)


def test_opacity_changes_no_number_and_no_colour(tmp_path):
    grey, colors = tmp_path / "a.png", tmp_path / "b.png"
    grey.write_bytes(png(np.stack((NUMBERS, 0 * NUMBERS), axis=-1)))
    assert np.array_equal(read_numbers(grey), NUMBERS)
    pixels = np.stack((NUMBERS, NUMBERS + 20, NUMBERS + 40, 0 * NUMBERS), axis=-1)
    colors.write_bytes(png(pixels))
    assert read_head(colors).is_color
    assert np.array_equal(read_colors(colors), pixels[..., :3])


def test_colours_may_be_in_a_palette(tmp_path):
    file = save(tmp_path / "a.png", NUMBERS, VOC_PALETTE)
    check_colors(file, "remedy")
    assert np.array_equal(read_colors(file), np.array(VOC_PALETTE, np.uint8).reshape(-1, 3)[NUMBERS])
    assert packed(read_palette(file))[:3].tolist() == [0, 0x800000, 0x008000]
    assert packed(np.array([[1, 2, 3]], np.uint8)).tolist() == [0x010203]


def test_one_is_not_taken_for_the_other(tmp_path):
    numbers, colors = save(tmp_path / "a.png", NUMBERS), save(tmp_path / "b.png", np.stack([NUMBERS] * 3, axis=-1))
    with pytest.raises(LabelFileError, match=r"a\.png: its pixels are numbers, but colours are wanted; export it"):
        check_colors(numbers, "export it")
    with pytest.raises(LabelFileError, match=r"b\.png: its pixels are colours, but numbers of classes are wanted; do"):
        check_numbers(colors, "do")


def test_every_cut_is_found_from_the_head_on(tmp_path):
    rng = np.random.default_rng(0)
    file = save(tmp_path / "a.png", rng.integers(0, 9, (60, 80)).astype(np.uint8))
    content = file.read_bytes()
    for length in (0, 1, 8, 20, 26, 40, len(content) // 2, len(content) - 60):
        file.write_bytes(content[:length])
        with pytest.raises(LabelFileError) as error:
            read_head(file)
        assert str(error.value) == f"{file}: this is not a valid PNG; export it again"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"GIF89a" + bytes(40), "this is not a valid PNG"),
        (png(np.zeros((1, 1, 1), np.uint8), size=(0, 5)), "this is not a valid PNG"),
        (png(np.zeros((1, 1, 1), np.uint8), size=(2**31 - 1, 2**31 - 1)), "more than 120 megapixels; make it smaller"),
        (png(np.zeros((2, 2, 3), np.uint16)), "16 bits for each channel; save it with 8"),
        (png(np.zeros((2, 2, 2), np.uint16)), "16 bits for each channel; save it with 8"),
    ],
)
def test_what_is_no_map_is_told_by_its_head(tmp_path, content, message):
    (tmp_path / "a.png").write_bytes(content)
    with pytest.raises(LabelFileError, match=rf"a\.png: .*{message}"):
        read_head(tmp_path / "a.png")


def test_what_cannot_be_read_is_no_damage(tmp_path):
    with pytest.raises(StorageError, match=r"none\.png"):
        read_head(tmp_path / "none.png")
    with pytest.raises(StorageError, match=r"none\.png"):
        read_numbers(tmp_path / "none.png")


def test_rows_that_claim_gigabytes_are_damage(tmp_path):
    """On the code of before, Pillow asked for the memory, and where there was less, that was an internal error."""
    file = save(tmp_path / "a.png", NUMBERS)
    content = file.read_bytes()
    place = content.index(b"IDAT") - 4
    file.write_bytes(content[:place] + struct.pack(">I", 0x7FFFFFF0) + content[place + 4 :])
    code = (
        "import resource, sys; from pathlib import Path; from acseg_core.formats.label_png import read_numbers\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000,) * 2)\n"
        "read_numbers(Path(sys.argv[1]))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=False)
    assert "LabelFileError" in done.stderr, done.stderr
    assert "this is not a valid PNG; export it again" in done.stderr
