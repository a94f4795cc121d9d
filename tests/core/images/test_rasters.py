"""Rasters as GDAL and microscopes write them: no data, hot pixels, signed grey, masks, missing tiles, pages."""

from pathlib import Path

import numpy as np
import pytest
from image_bytes import encoded, oriented, picture, png, tiff
from tiff_files import DEFLATE, Written, tiff_file, tiff_pages

from acseg_core.errors import ImageError
from acseg_core.images.photos import decode_photo
from acseg_core.images.pixels import VOID_COLOR
from acseg_core.images.tiff_header import TiffError, read_directories

SCENE = (1000 + picture()[..., 0].astype(np.int64) * 4).astype(np.int64)  # 1000..2020


def nodata(text: str) -> dict:
    return {42113: ("s", text.encode() + b"\0")}


def decoded(data: bytes, **options):
    return decode_photo(Path("scene.tif"), data, **options)


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("i2", -9999, "-9999"),
        ("u2", 65535, "65535"),
        ("u2", 0, "0"),
        ("i4", -(2**31), "-2147483648"),
        ("f4", -9999, "-9999"),
        ("f4", -3.4028234663852886e38, "-3.4028234663852886e+38"),
        ("f4", -3.4028234663852886e38, "-3.40282e+38"),
        ("f8", -1.7976931348623157e308, "-1.79769313486232e+308"),
        ("f4", np.nan, "nan"),
    ],
)
def test_no_data_is_out_of_the_range_and_void(kind, value, text):
    """A tenth of the scene without data took the whole grey range: all the rest was one shade."""
    values = SCENE.astype(kind)
    clean = decoded(tiff_file(values[:, 7:]))
    values[:, :7] = value
    photo = decoded(tiff_file(values, Written(tags=nodata(text))))
    assert np.array_equal(photo.rgb[:, 7:], clean.rgb)
    assert photo.rgb[:, 7:].std() > 50
    assert np.all(photo.rgb[:, :7] == VOID_COLOR)
    assert not photo.valid[:, :7].any()
    assert photo.valid[:, 7:].all()
    assert photo.mode == clean.mode


def test_what_is_no_data_of_bytes_and_of_colours_is_void():
    gray = picture()[..., 0]
    photo = decoded(tiff_file(gray, Written(tags=nodata("255"))))
    assert np.array_equal(photo.rgb[..., 0], np.where(gray == 255, VOID_COLOR, gray))
    rgb = picture().astype(np.uint16) * 257
    rgb[:5] = 0
    rgb[5:9, :, 1] = 0  # one band alone without data is dark, not void
    photo = decoded(tiff_file(rgb, Written(tags=nodata("0"), planar=2)))
    assert np.array_equal(photo.valid, np.arange(48)[:, None].repeat(64, axis=1) >= 5)
    colours = (np.arange(768).reshape(3, 256) * 85 % 65536).astype(np.uint16)
    palette = {320: ("H", tuple(colours.ravel().tolist()))} | nodata("7")
    indices = (np.arange(48 * 64) % 9).astype(np.uint8).reshape(48, 64)
    photo = decoded(tiff_file(indices, Written(photometric=3, tags=palette)))
    assert np.array_equal(photo.valid, indices != 7)


@pytest.mark.parametrize("text", ["nothing", "", "1e999x"])
def test_a_note_of_no_data_that_is_no_number_is_no_reason_to_refuse(text):
    assert decoded(tiff_file(SCENE.astype("u2"), Written(tags=nodata(text)))).valid is None


def test_a_value_that_the_numbers_cannot_have_marks_nothing():
    for text in ("-9999", "1.5", "70000", "inf"):
        assert decoded(tiff_file(SCENE.astype("u2"), Written(tags=nodata(text)))).valid is None


def test_an_image_without_any_data_says_so():
    empty = np.full((9, 9), -9999, np.int16)
    with pytest.raises(ImageError, match="there is nothing to see: every pixel"):
        decoded(tiff_file(empty, Written(tags=nodata("-9999"))))
    with pytest.raises(ImageError, match="there is nothing to see"):
        decoded(encoded(np.zeros((9, 9, 4), np.uint8), "PNG"))


@pytest.mark.parametrize("kind", ["u2", "i2", "f4", "rgb"])
def test_one_hot_pixel_does_not_blacken_a_picture(kind):
    if kind == "rgb":
        values = picture().astype(np.uint16) * 15
        values[3, 3] = 65535
        data = [tiff_file(values), png(values)]
    else:
        values = SCENE.astype(kind)
        values[3, 3] = {"u2": 65535, "i2": 32767, "f4": 1e9}[kind]
        data = [tiff_file(values)] + ([png(values[..., None])] if kind == "u2" else [])
    for each in data:
        assert 80 < decoded(each).rgb.mean() < 180
        assert decoded(each).rgb.std() > 30


def test_a_few_bright_things_on_black_are_seen():
    """Where the percentiles are the same, as in a picture of stars, the range is that of all values."""
    values = np.zeros((100, 100), np.uint16)
    values[50, 50], values[20, 20] = 40_000, 20_000
    photo = decoded(tiff_file(values))
    assert photo.rgb[50, 50, 0] == 255
    assert photo.rgb[20, 20, 0] in (127, 128)
    assert photo.mode == "I;16 0..40000"


def test_signed_bytes_do_not_wrap():
    values = np.arange(-128, 128, dtype=np.int8).repeat(4).reshape(32, 32)
    shown = decoded(tiff_file(values)).rgb[..., 0].astype(int)
    assert np.all(np.diff(shown.ravel()) >= 0)
    assert (shown[0, 0], shown[-1, -1]) == (0, 255)


def test_near_infrared_is_no_opacity():
    """16 bits of red, green, blue and a fourth band: it was laid over white by the fourth."""
    bands = np.dstack([picture(), picture(seed=3)[..., 0]])
    for values in (bands, bands.astype(np.uint16) * 257):
        for extra in (None, (0,), (0, 0)):
            more = np.dstack([values, values[..., 0]]) if extra == (0, 0) else values
            photo = decoded(tiff_file(more, Written(extra=extra)))
            assert np.array_equal(photo.rgb, picture())
            assert photo.valid is None


def test_percentiles_of_large_images_are_sampled_alike_in_strips_and_tiles(monkeypatch):
    monkeypatch.setattr("acseg_core.images.pixels._SAMPLED_PIXELS", 300)
    monkeypatch.setattr("acseg_core.images.tiff_samples._BLOCK_PIXELS", 200)
    values = SCENE.astype(np.uint16)
    modes = {
        decoded(tiff_file(values, how)).mode
        for how in (Written(rows=1), Written(rows=48), Written(tile=(16, 16)), Written(rows=5, compression=DEFLATE))
    }
    assert len(modes) == 1
    low, high = map(int, modes.pop().removeprefix("I;16 ").split(".."))
    assert abs(low - np.percentile(values, 2)) < 60
    assert abs(high - np.percentile(values, 98)) < 60


def test_the_mask_that_gdal_keeps_in_the_file_is_followed():
    mask = np.zeros((48, 64), np.uint8)
    mask[10:40, 20:] = 1
    written = Written(bits=1, photometric=4, compression=DEFLATE, tags={254: ("I", (4,))})
    photo = decoded(tiff_pages([(picture(), Written()), (mask, written)]))
    assert np.array_equal(photo.valid, mask > 0)
    assert np.all(photo.rgb[mask == 0] == VOID_COLOR)
    assert photo.pages == 1


def test_tiles_that_are_not_in_the_file_have_no_data():
    """GDAL's SPARSE_OK: an offset and a length of 0."""
    data = tiff_file(SCENE.astype(np.uint16), Written(tile=(16, 32), tags=nodata("65535")))
    page = read_directories(_open(data))[0]
    offsets, lengths = page.array(324), page.array(325)
    for values in (offsets, lengths):
        without = np.where(np.arange(6) == 1, 0, values)
        data = data.replace(values.astype("<u4").tobytes(), without.astype("<u4").tobytes())
    photo = decoded(data)
    expected = np.ones((48, 64), bool)
    expected[:16, 32:] = False
    assert np.array_equal(photo.valid, expected)


def test_the_valid_pixels_are_turned_with_the_picture():
    rgba = np.dstack([picture(), np.full((48, 64), 255, np.uint8)])
    rgba[:9, :, 3] = 0
    photo = decoded(oriented(rgba, "PNG", 6))
    assert photo.valid.shape == (64, 48)
    assert not photo.valid[:, -9:].any()
    assert photo.valid[:, :-9].all()


def test_pages_are_counted_and_each_can_be_had():
    small = Written(tags={254: ("I", (1,))})  # an overview is no page
    pages = [(np.full((6, 8), 40 * number, np.uint8), Written()) for number in range(1, 6)]
    data = tiff_pages([*pages[:2], (np.zeros((3, 4), np.uint8), small), *pages[2:]])
    for number in range(1, 6):
        photo = decoded(data, page=number)
        assert photo.pages == 5
        assert np.all(photo.rgb == 40 * number)
    with pytest.raises(ImageError, match="has no page 6"):
        decoded(data, page=6)
    with pytest.raises(ImageError, match="has no page 2"):
        decoded(encoded(picture(), "PNG"), page=2)


def _open(data: bytes):
    from io import BytesIO

    return BytesIO(data)


def test_directories_that_bite_their_tail_end():
    data = bytearray(tiff_file(picture()))
    start = int.from_bytes(data[4:8], "little")
    count = int.from_bytes(data[start : start + 2], "little")
    after = start + 2 + 12 * count
    data[after : after + 4] = start.to_bytes(4, "little")
    assert len(read_directories(_open(bytes(data)))) == 1
    assert np.array_equal(decoded(bytes(data)).rgb, picture())


@pytest.mark.parametrize("tag", [258, 273, 279, 320, 339])
def test_counts_that_cannot_be_are_not_believed(tag):
    for count in (2**31, 2**32 - 1, 10**7):
        data = bytearray(tiff_file(picture(), Written(tags={320: ("H", (0,) * 768)})))
        start = int.from_bytes(data[4:8], "little")
        entry = data.index(tag.to_bytes(2, "little"), start + 2)
        data[entry + 4 : entry + 8] = count.to_bytes(4, "little")
        with pytest.raises((ImageError, TiffError)):
            decoded(bytes(data))


def test_big_tiff_with_hostile_numbers():
    data = bytearray(tiff_file(picture(), Written(big=True)))
    start = int.from_bytes(data[8:16], "little")
    data[start : start + 8] = (2**60).to_bytes(8, "little")
    with pytest.raises(ImageError, match="damaged TIFF"):
        decoded(bytes(data))


def test_a_plain_file_of_the_other_writer_is_read_alike():
    assert np.array_equal(decoded(tiff(picture())).rgb, decoded(tiff_file(picture())).rgb)
