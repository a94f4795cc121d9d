"""TIFF files of every layout: each is the true pixels, or refused by the name of what it is; none is garbled.

The table is layout x bits x kind of number x compression x predictor x colours x planes x byte order. What is expected
is computed here from the arrays the files were written from.

Covers: images.tiff_header, images.tiff_layout, images.tiff_samples, images.tiff_support.
"""

import itertools
from pathlib import Path

import numpy as np
import pytest
from image_bytes import picture
from tiff_files import DEFLATE, FAX4, JPEG, LZMA, LZW, NONE, PACKBITS, Written, tiff_file

from acseg_core.errors import ImageError
from acseg_core.images.photos import decode_photo

RGB = picture(37, 53)
ALPHA = (np.add.outer(np.arange(37), np.arange(53)) * 3 % 256).astype(np.uint8)
VOID = 128


def grey_stretched(values: np.ndarray, *, inverted: bool = False) -> np.ndarray:
    """The 2nd percentile black and the 98th white, of values that occur."""
    ordered = np.sort(values[np.isfinite(values)].ravel())
    last = len(ordered) - 1
    low, high = float(ordered[int(last * 0.02)]), float(ordered[int(np.ceil(last * 0.98))])
    level = np.clip((values.astype(np.float64) - low) / (high - low), 0, 1)
    return np.repeat(np.rint(255 * (1 - level if inverted else level))[..., None], 3, axis=2)


def colour_scaled(values: np.ndarray) -> np.ndarray:
    """Black stays, white is the top of the bits that hold 98 of a hundred values."""
    ordered = np.sort(values.ravel())
    last = len(ordered) - 1
    high = float(ordered[int(np.ceil(last * 0.98))])
    if values.dtype.kind == "f":
        white = max(1.0, high)
    else:
        white = next(2.0**bits - 1 for bits in (8, 10, 12, 14, 16, 24, 32) if high < 2**bits)
    black = min(0.0, float(ordered[int(last * 0.02)]))
    return np.rint(255 * np.clip((values.astype(np.float64) - black) / (white - black), 0, 1))


def over_grey(colours: np.ndarray, opacity: np.ndarray) -> np.ndarray:
    share = opacity[..., None] / 255
    return colours * share + VOID * (1 - share)


def of_kind(name: str, gray: np.ndarray) -> np.ndarray:
    """An array of that type from one of uint8, with values all over what the type is used for."""
    kind = np.dtype(name)
    if kind.kind == "f":
        return ((gray.astype(np.float64) - 100) * 7.25).astype(kind)
    if kind.kind == "i":
        return ((gray.astype(np.int64) - 128) * (1 << 8 * (kind.itemsize - 1))).astype(kind)
    return (gray.astype(np.uint64) * (1 << 8 * (kind.itemsize - 1))).astype(kind) + kind.type(3)


STRIPS, TILES = {"rows": 7}, {"tile": (16, 32)}
PACKINGS = (NONE, LZW, DEFLATE, PACKBITS, LZMA)
CASES: dict[str, tuple[np.ndarray, Written, np.ndarray]] = {}


def add(name: str, pixels: np.ndarray, expected: np.ndarray, **how) -> None:
    expected = np.repeat(expected[..., None], 3, axis=2) if expected.ndim == 2 else expected
    assert name not in CASES
    CASES[name] = pixels, Written(**how), expected


def fill_table() -> None:
    # What was garbled: 16-bit colour plane by plane, and every other layout beside it.
    deep = RGB.astype(np.uint16) * 257
    rgba = np.dstack([deep, ALPHA.astype(np.uint16) * 257])
    for (where, layout), order, planar, packing in itertools.product(
        (("strips", STRIPS), ("tiles", TILES)), "<>", (1, 2), (NONE, LZW, DEFLATE)
    ):
        shape = {**layout, "order": order, "planar": planar, "compression": packing}
        add(f"rgb16-{where}-{order}-planar{planar}-{packing}", deep, RGB, **shape)
        add(f"rgb8-{where}-{order}-planar{planar}-{packing}", RGB, RGB, **shape)
    for order, planar, packing in itertools.product("<>", (1, 2), (NONE, DEFLATE)):
        shape = {"order": order, "planar": planar, "compression": packing}
        add(f"rgba16-{order}-planar{planar}-{packing}", rgba, over_grey(RGB, ALPHA), extra=(2,), **shape)
        add(f"rgbnir16-{order}-planar{planar}-{packing}", rgba, RGB, extra=(0,), **shape)
    # Kinds of numbers.
    gray = RGB[..., 0]
    for kind, order in itertools.product(("u2", "u4", "u8", "i1", "i2", "i4", "i8", "f2", "f4", "f8"), "<>"):
        values = of_kind(kind, gray)
        add(f"grey-{kind}-{order}", values, grey_stretched(values), order=order)
    for kind in ("u4", "i2", "f2", "f4", "f8"):
        values = np.dstack([of_kind(kind, RGB[..., channel]) for channel in range(3)])
        add(f"rgb-{kind}", values, colour_scaled(values), compression=DEFLATE)
        add(f"rgb-{kind}-planar", values, colour_scaled(values), planar=2, **TILES)
    # Few bits.
    for bits, order in itertools.product((1, 2, 4, 6), "<>"):
        values = gray >> (8 - bits)
        shown = np.rint(values * (255 / (2**bits - 1)))
        add(f"grey-{bits}bits-{order}", values, shown, bits=bits, order=order)
        add(f"grey-{bits}bits-white0-{order}", values, 255 - shown, bits=bits, order=order, photometric=0)
    for bits in (10, 12, 14):
        values = gray.astype(np.uint16) << (bits - 8)
        add(f"grey-{bits}bits", values, grey_stretched(values), bits=bits)
        add(f"grey-{bits}bits-tiles", values, grey_stretched(values), bits=bits, compression=LZW, **TILES)
    values = (deep >> 4).astype(np.uint16)
    add("rgb-12bits", values, colour_scaled(values), bits=12)
    add("rgb-4bits", RGB >> 4, (RGB >> 4) * 17, bits=4)
    values = (gray.astype(np.uint32) << 16) + 5
    add("grey-24bits", values, grey_stretched(values), bits=24)
    add("grey-1bit-reversed", gray >> 7, (gray >> 7) * 255.0, bits=1, reverse=True)
    add("grey-1bit-fax", gray > 127, (gray > 127) * 255.0, bits=1, compression=FAX4)
    add("grey-16bits-white0", deep[..., 0], grey_stretched(deep[..., 0], inverted=True), photometric=0)
    # Compressions and predictors.
    for packing in PACKINGS:
        add(f"packing-{packing}-grey8", gray, gray, compression=packing)
        add(f"packing-{packing}-rgb8-tiles", RGB, RGB, compression=packing, **TILES)
        add(f"packing-{packing}-rgb16", deep, RGB, compression=packing, order=">")
    add("packing-old-deflate", RGB, RGB, compression=32946)
    for packing, kind, order, planar in itertools.product((LZW, DEFLATE), ("u1", "u2", "u4"), "<>", (1, 2)):
        values = of_kind(kind, RGB) if kind != "u1" else RGB
        shown = RGB if kind == "u1" else colour_scaled(values)
        shape = {"order": order, "planar": planar, "compression": packing, "predictor": 2}
        add(f"predictor2-{packing}-{kind}-{order}-planar{planar}", values, shown, **shape)
    for kind, planar, layout in itertools.product(("f2", "f4", "f8"), (1, 2), (STRIPS, TILES)):
        values = np.dstack([of_kind(kind, RGB[..., channel]) for channel in range(3)])
        shape = {**layout, "planar": planar, "compression": DEFLATE, "predictor": 3}
        add(f"predictor3-{kind}-planar{planar}-{next(iter(layout))}", values, colour_scaled(values), **shape)
    add("predictor2-floats", of_kind("f4", gray), grey_stretched(of_kind("f4", gray)), compression=LZW, predictor=2)
    # Meanings of colours.
    colours = (np.arange(48).reshape(3, 16) * 1361 % 65536).astype(np.uint16)
    tag = {320: ("H", tuple(colours.ravel().tolist()))}
    add("palette-4bits", gray >> 4, (colours >> 8).T[gray >> 4], bits=4, photometric=3, tags=tag)
    colours = (np.arange(768).reshape(3, 256) * 85 % 65536).astype(np.uint16)
    tag = {320: ("H", tuple(colours.ravel().tolist()))}
    for layout in (STRIPS, TILES):
        add(f"palette-8bits-{next(iter(layout))}", gray, (colours >> 8).T[gray], photometric=3, tags=tag, **layout)
    inks = np.dstack([RGB, gray // 2])
    shown = np.rint((255 - RGB.astype(float)) * (255 - gray[..., None] // 2) / 255)
    add("cmyk", inks, shown, photometric=5)
    add("cmyk-planar", inks, shown, photometric=5, planar=2, compression=LZW)
    add("grey-alpha", np.dstack([gray, ALPHA]), over_grey(gray[..., None], ALPHA), extra=(2,), photometric=1)
    add("rgbx8", np.dstack([RGB, ALPHA]), RGB, extra=(0,))
    add("rgbx8-unsaid", np.dstack([RGB, ALPHA]), RGB)
    add("rgb8-five-bands", np.dstack([RGB, ALPHA, ALPHA]), RGB, extra=(0, 0))
    add("rgb8-nir-alpha", np.dstack([RGB, gray, ALPHA]), over_grey(RGB, ALPHA), extra=(0, 2))
    add("rgba8", np.dstack([RGB, ALPHA]), over_grey(RGB, ALPHA), extra=(2,))
    times = np.rint(RGB * (ALPHA[..., None] / 255)).astype(np.uint8)
    add("rgba8-premultiplied", np.dstack([times, ALPHA]), over_grey(RGB, ALPHA), extra=(1,))
    floats = np.dstack([RGB, ALPHA]) / np.float32(255)
    add("rgba-f4", floats.astype(np.float32), over_grey(colour_scaled(floats[..., :3]), ALPHA), extra=(2,))
    # Grey with more bands: the first three are the colour, of two the first.
    four = np.dstack([RGB, gray[::-1]])
    for order, planar, layout in itertools.product("<>", (1, 2), (STRIPS, TILES)):
        shape = {**layout, "order": order, "planar": planar, "photometric": 1}
        name = f"{order}-planar{planar}-{next(iter(layout))}"
        add(f"four-grey-{name}", four, RGB, extra=(0, 0, 0), compression=LZW, **shape)
        add(f"two-grey-{name}", four[..., 1:3], four[..., 1], extra=(0,), **shape)
        values = four.astype(np.uint16) * 257
        add(f"four-grey16-{name}", values, RGB, extra=(0, 0, 0), compression=DEFLATE, **shape)
    add("grey-rgb-alpha", np.dstack([RGB, ALPHA]), over_grey(RGB, ALPHA), photometric=1, extra=(0, 0, 2))
    add(
        "grey-alpha-first",
        np.dstack([gray, ALPHA, RGB[..., 1:]]),
        over_grey(RGB, ALPHA),
        photometric=1,
        extra=(2, 0, 0),
    )
    add("white0-three", 255 - RGB, RGB, photometric=0, extra=(0, 0))
    add("big-tiff", deep, RGB, big=True)
    add("big-tiff-big-endian-tiles", deep, RGB, big=True, order=">", planar=2, **TILES)


fill_table()


@pytest.mark.parametrize("name", CASES)
def test_the_true_pixels(name):
    pixels, how, expected = CASES[name]
    photo = decode_photo(Path(name), tiff_file(pixels, how))
    assert photo.size == (53, 37)
    assert np.abs(photo.rgb - expected.astype(float)).max() <= 1


def ycbcr(rgb: np.ndarray) -> np.ndarray:
    r, g, b = np.moveaxis(rgb.astype(float), 2, 0)
    y = 0.299 * r + 0.587 * g + 0.114 * b
    pixels = np.stack([y, 128 + (b - y) / 1.772, 128 + (r - y) / 1.402], axis=2)
    return np.clip(np.rint(pixels), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("subsampling", [(1, 1), (2, 1), (2, 2), (4, 2)])
@pytest.mark.parametrize("packing", [NONE, LZW, DEFLATE])
@pytest.mark.parametrize("layout", [{"rows": 8}, TILES], ids=["strips", "tiles"])
def test_ycbcr(subsampling, packing, layout):
    across, down = subsampling
    stored = ycbcr(RGB)
    for channel in (1, 2):  # as they come back: one difference for each unit
        plane = stored[::down, ::across, channel].repeat(down, axis=0).repeat(across, axis=1)
        stored[..., channel] = plane[:37, :53]
    y, cb, cr = np.moveaxis(stored.astype(float), 2, 0)
    green = y - 0.344136 * (cb - 128) - 0.714136 * (cr - 128)
    expected = np.clip(np.stack([y + 1.402 * (cr - 128), green, y + 1.772 * (cb - 128)], axis=2), 0, 255)
    how = Written(photometric=6, subsampling=subsampling, compression=packing, **layout)
    photo = decode_photo(Path("photo"), tiff_file(ycbcr(RGB), how))
    assert np.abs(photo.rgb - expected).max() <= 2


@pytest.mark.parametrize("photometric", [1, 2, 6])
@pytest.mark.parametrize("layout", [{"rows": 16}, TILES], ids=["strips", "tiles"])
def test_jpeg_in_tiff(photometric, layout):
    pixels = RGB[..., 1] if photometric == 1 else RGB
    how = Written(compression=JPEG, photometric=photometric, subsampling=(1, 1), **layout)
    photo = decode_photo(Path("photo"), tiff_file(pixels, how))
    expected = pixels[..., None] if photometric == 1 else pixels
    assert np.abs(photo.rgb - expected.astype(float)).mean() < 2
    if photometric == 2:
        how = Written(compression=JPEG, planar=2, **layout)
        assert np.abs(decode_photo(Path("photo"), tiff_file(pixels, how)).rgb - RGB.astype(float)).mean() < 2


def test_cielab():
    red = np.full((4, 4, 3), (136, 80, 67), np.uint8)  # sRGB's red is 53, 80, 67
    for photometric, stored in ((8, red), (9, red + np.array([0, 128, 128], np.uint8))):
        photo = decode_photo(Path("photo"), tiff_file(stored, Written(photometric=photometric)))
        assert photo.rgb[0, 0, 0] > 240
        assert photo.rgb[0, 0, 1:].max() < 30


FOUR, SEVEN = np.dstack([RGB, RGB[..., 0]]), np.dstack([RGB, RGB, RGB[..., 0]])
DEEP_FOUR = FOUR.astype(np.uint16) * 257
REFUSED = {
    "seven-bands-jpeg": (SEVEN, Written(photometric=1, tags={259: ("H", (7,))}), "7 bands of 8 bits, JPEG.*1, 3 and 4"),
    "lerc": (DEEP_FOUR[..., 0], Written(compression=34887), r"1 band of 16 bits, LERC.*deflate.*desktop\[geo\]"),
    "zstd": (RGB, Written(compression=50000), r"3 bands of 8 bits, ZSTD.*deflate.*desktop\[geo\]"),
    "jpeg-2000": (RGB, Written(compression=34712), "3 bands of 8 bits, JPEG 2000.*deflate"),
    "jpeg-xl": (RGB, Written(compression=50002), "JPEG XL"),
    "old-jpeg": (RGB, Written(compression=6), "old JPEG"),
    "unheard-of": (RGB, Written(compression=12345), "compression 12345"),
    "complex": (RGB[..., 0].astype(np.complex64), Written(), "1 band of 64 bits.*complex.*magnitude"),
    "filter-array": (RGB[..., 0], Written(photometric=32803), "colour type 32803"),
    "camera-raw": (RGB, Written(tags={50706: ("B", (1, 4, 0, 0))}), "camera raw"),
    "deep-cmyk": (DEEP_FOUR, Written(photometric=5), "4 bands of 16 bits.*8 or 16 bits|this data type"),
    "deep-ycbcr": (DEEP_FOUR[..., :3], Written(photometric=6, subsampling=(1, 1)), "3 bands of 16 bits"),
    "planar-ycbcr": (RGB, Written(photometric=6, planar=2, subsampling=(2, 2)), "separate planes"),
    "other-inks": (FOUR, Written(photometric=5, tags={332: ("H", (2,))}), "inks other than CMYK"),
    "predictor-4-bits": (RGB >> 4, Written(bits=4, compression=LZW, predictor=2), "predictor 2"),
    "predictor-7": (RGB, Written(compression=LZW, predictor=7), "predictor 7"),
    "too-few": (FOUR[..., :2], Written(photometric=2), "too few bands"),
    "mixed-bits": (RGB, Written(tags={258: ("H", (5, 6, 5))}), "5 and 6 bits"),
    "floats-of-24-bits": (RGB[..., 0], Written(tags={258: ("H", (24,)), 339: ("H", (3,))}), "24 bits"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_by_name_with_a_remedy(name):
    pixels, how, words = REFUSED[name]
    with pytest.raises(ImageError, match=words) as caught:
        decode_photo(Path(name), tiff_file(pixels, how))
    assert caught.value.reason.startswith("TIFF with ")
    assert "\n" not in caught.value.reason
    assert "damaged" not in caught.value.reason
    assert any(remedy in caught.value.reason for remedy in ("; save ", "; convert "))


def test_the_table_is_long():
    assert len(CASES) + len(REFUSED) >= 160
