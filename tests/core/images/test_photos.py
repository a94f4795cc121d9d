"""Every kind of image file becomes RGB, the right way up."""

import io
import struct
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from image_bytes import PEAK_MEMORY, encoded, good_files, oriented, picture, png, tiff
from PIL import Image, ImageOps

from acseg_core.errors import ImageError
from acseg_core.images.photos import decode_photo
from acseg_core.images.pixels import VOID_COLOR, Stretch

RGB = picture()
DEEP = RGB.astype(np.uint16) * 257
LOW = int(np.percentile(RGB[..., 0], 2, method="lower"))
HIGH = int(np.percentile(RGB[..., 0], 98, method="higher"))


def decoded(data: bytes) -> np.ndarray:
    rgb = decode_photo(Path("photo"), data).rgb
    assert rgb.dtype == np.uint8
    assert rgb.flags.c_contiguous
    return rgb


def turned(pixels: np.ndarray, orientation: int) -> np.ndarray:
    with Image.open(io.BytesIO(oriented(pixels, "PNG", orientation))) as image:
        return np.asarray(ImageOps.exif_transpose(image))


@pytest.mark.parametrize("name", sorted(good_files()))
def test_every_kind_decodes(name):
    photo = decode_photo(Path(name), good_files()[name])
    lossless = name.split(".")[0] in {"rgb", "deep", "lossless", "raw", "lzw", "deflate"}
    assert np.abs(photo.rgb.astype(int) - RGB).mean() < (1e-9 if lossless else 14)
    assert (photo.stored_width, photo.stored_height, photo.orientation, photo.size) == (64, 48, 1, (64, 48))


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "deep TIFF", "deep PNG"])
def test_orientation_is_applied_and_recorded(kind, orientation):
    if kind == "deep TIFF":
        data = tiff(DEEP, x0112=orientation)
    elif kind == "deep PNG":
        exif = Image.Exif()
        exif[0x0112] = orientation
        data = png(DEEP, ancillary=((b"eXIf", exif.tobytes().removeprefix(b"Exif\0\0")),))
    else:
        data = oriented(RGB, kind, orientation, **{"JPEG": {"quality": 100}, "WEBP": {"lossless": True}}.get(kind, {}))
    photo = decode_photo(Path("photo"), data)
    expected = turned(RGB, orientation)
    assert photo.orientation == orientation
    assert (photo.stored_width, photo.stored_height) == (64, 48)
    assert photo.size == (expected.shape[1], expected.shape[0])
    assert photo.rgb.flags.c_contiguous
    assert photo.rgb.shape == expected.shape
    assert np.abs(photo.rgb.astype(int) - expected).mean() < (3 if kind == "JPEG" else 1e-9)


@pytest.mark.parametrize("orientation", [0, 9, 200])
def test_nonsense_orientation_means_as_stored(orientation):
    for data in (oriented(RGB, "PNG", orientation), tiff(DEEP, x0112=orientation)):
        photo = decode_photo(Path("photo"), data)
        assert photo.orientation == 1
        assert np.array_equal(photo.rgb, RGB)


def test_enough_decodes_jpegs_smaller_but_tells_their_size():
    large = picture(400, 600)
    photo = decode_photo(Path("photo"), oriented(large, "JPEG", 6), enough=150)
    assert photo.rgb.shape == (150, 100, 3)
    assert (photo.stored_width, photo.stored_height, photo.size) == (600, 400, (400, 600))
    assert decode_photo(Path("photo"), encoded(large, "JPEG"), enough=1000).rgb.shape == (400, 600, 3)


def test_gray_and_bilevel():
    gray = RGB[..., 0]
    assert np.array_equal(decoded(encoded(gray, "PNG")), np.repeat(gray[..., None], 3, axis=2))
    assert np.array_equal(decoded(encoded(gray, "BMP")), np.repeat(gray[..., None], 3, axis=2))
    bilevel = gray > 128
    for kind in ("PNG", "TIFF", "BMP"):
        assert np.array_equal(decoded(encoded(bilevel, kind))[..., 1], bilevel * 255)


def test_transparency_is_laid_over_grey_and_what_cannot_be_seen_is_void():
    """It was laid over white, and what is wholly transparent taken for white things to label."""
    alpha = np.linspace(0, 255, 64).astype(np.uint8)[None, :, None].repeat(48, axis=0)
    share = alpha / 255.0
    over_grey = RGB * share + VOID_COLOR * (1 - share)
    gray = RGB[..., :1]
    rgba = np.concatenate((RGB, alpha), axis=2)
    for data in (
        encoded(rgba, "PNG"),
        encoded(rgba, "TIFF"),
        encoded(rgba, "WEBP", lossless=True, exact=True),
        png(rgba.astype(np.uint16) * 257),
        tiff(rgba.astype(np.uint16) * 257),
        tiff((rgba / 255).astype(np.float32)),
    ):
        assert np.abs(decoded(data) - over_grey).max() <= 1.5
        assert np.array_equal(decode_photo(Path("photo"), data).valid, alpha[..., 0] > 0)
    gray_alpha = np.concatenate((gray, alpha), axis=2)
    data = encoded(Image.fromarray(gray_alpha, "LA"), "PNG")
    assert np.abs(decoded(data) - (gray * share + VOID_COLOR * (1 - share))).max() <= 1.5
    gray = gray.astype(int)
    seen = gray[:, 1:]
    low, high = (np.percentile(seen, part, method=how) for part, how in ((2, "lower"), (98, "higher")))
    stretched = np.clip((gray - low) * (255 / (high - low)), 0, 255)
    deep = decoded(png(gray_alpha.astype(np.uint16) * 257))
    assert np.abs(deep - (stretched * share + VOID_COLOR * (1 - share))).max() <= 1.5


def test_palettes_with_and_without_transparency():
    image = Image.fromarray(RGB).quantize(8)
    plain = np.asarray(image.convert("RGB"))
    assert np.array_equal(decoded(encoded(image, "PNG")), plain)
    indices = np.asarray(image)
    one = decoded(encoded(image, "PNG", transparency=3))
    assert np.all(one[indices == 3] == VOID_COLOR)
    assert np.array_equal(one[indices != 3], plain[indices != 3])
    several = decoded(encoded(image, "PNG", transparency=bytes([255, 0, 255, 0])))
    assert np.all(several[(indices == 1) | (indices == 3)] == VOID_COLOR)
    assert np.array_equal(several[indices == 0], plain[indices == 0])
    colour_key = encoded(RGB, "PNG", transparency=tuple(RGB[5, 5].tolist()))
    assert np.all(decoded(colour_key)[5, 5] == VOID_COLOR)
    deep_key = png(DEEP, ancillary=((b"tRNS", struct.pack(">3H", *DEEP[5, 5].tolist())),))
    assert np.all(decoded(deep_key)[5, 5] == VOID_COLOR)
    gray_key = png(DEEP[..., :1], ancillary=((b"tRNS", struct.pack(">H", int(DEEP[5, 5, 0]))),))
    assert np.array_equal(decode_photo(Path("photo"), gray_key).valid, DEEP[..., 0] != DEEP[5, 5, 0])


def test_cmyk():
    red = Image.new("CMYK", (8, 8), (0, 255, 255, 0))
    for data in (encoded(red, "JPEG"), encoded(red, "TIFF")):
        assert np.abs(decoded(data).astype(int) - (255, 0, 0)).max() <= 6
    jpeg = encoded(Image.fromarray(RGB).convert("CMYK"), "JPEG", quality=95)
    assert b"Adobe" in jpeg  # so its inks are stored inverted, as Photoshop does; OpenCV knows that too
    by_opencv = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)[..., ::-1]
    assert np.abs(decoded(jpeg).astype(int) - by_opencv).mean() < 3


def test_cielab():
    photo = decoded(
        tiff(np.full((4, 4, 3), (135, 80, 66), np.uint8), photometric=8)
    )  # signed a, b: sRGB's red is 53, 80, 67
    assert photo[0, 0, 0] > 240
    assert photo[0, 0, 1:].max() < 30


def test_deep_gray_spans_what_nearly_all_of_it_has():
    thermal = np.linspace(29_000, 31_000, 48 * 64).reshape(48, 64)
    expected = np.rint(np.clip((thermal.astype(np.uint16) - 29_040.0) * 255 / 1920, 0, 255))
    for kind in ("PNG", "TIFF"):
        data = encoded(thermal.astype(np.uint16), kind)
        assert np.abs(decoded(data)[..., 0] - expected).max() <= 1
    assert np.abs(decoded(tiff(thermal.astype(np.float32)))[..., 2] - expected).max() <= 1
    assert np.abs(decoded(tiff(thermal.astype(np.float64)))[..., 2] - expected).max() <= 1
    assert np.abs(decoded(tiff(thermal.astype(np.int32)))[..., 2] - expected).max() <= 1
    upside_down = decoded(tiff(thermal.astype(np.uint16), photometric=0))[..., 0]
    assert np.abs(255 - upside_down - expected).max() <= 1


def test_floats_that_are_no_number_are_void():
    values = np.linspace(-1, 1, 20, dtype=np.float32).reshape(4, 5)
    values[0, 1], values[1, 1], values[2, 1] = np.nan, np.inf, -np.inf
    photo = decode_photo(Path("photo"), tiff(values))
    assert photo.rgb[[0, 0, 1, 2, 3], [0, 1, 1, 1, 4], 0].tolist() == [0, VOID_COLOR, 255, 0, 255]
    assert np.argwhere(~photo.valid).tolist() == [[0, 1]]
    with pytest.raises(ImageError, match="there is nothing to see"):
        decoded(tiff(np.full((3, 3), np.nan, np.float32)))
    assert not decoded(tiff(np.full((3, 3), 700, np.uint16))).any()


@pytest.mark.parametrize("bits", [8, 10, 12, 14, 16])
def test_deep_colour_is_scaled_by_the_bits_it_uses(bits):
    top = 2**bits - 1
    ramp = np.linspace(0, top, 64 * 3).reshape(1, 64, 3).repeat(3, axis=0).astype(np.uint16)
    expected = np.rint(ramp * (255 / top))
    assert np.abs(decoded(png(ramp)) - expected).max() <= 1
    assert np.abs(decoded(tiff(ramp)) - expected).max() <= 1


@pytest.mark.parametrize("brightest", [0.5, 1, 1.1, 900])
def test_float_colour(brightest):
    values = (RGB / RGB.max() * brightest).astype(np.float32)
    white = max(1.0, float(np.percentile(values, 98, method="higher")))
    assert np.abs(decoded(tiff(values)) - np.minimum(values * (255 / white), 255)).max() <= 1


def test_strips_do_not_show(monkeypatch):
    rgba = np.concatenate((RGB, RGB[..., :1]), axis=2)
    files = [encoded(rgba, "PNG"), png(rgba.astype(np.uint16) * 200), encoded(DEEP[..., 0], "PNG")]
    whole = [decoded(data) for data in files]
    monkeypatch.setattr("acseg_core.images.pixels._STRIP_PIXELS", 7 * 64)
    for data, expected in zip(files, whole, strict=True):
        assert np.array_equal(decoded(data), expected)


def test_first_page_and_first_frame():
    pages = [Image.fromarray(np.full((10, 12, 3), value, np.uint8)) for value in (50, 100, 150)]
    for kind, options in (("TIFF", {}), ("WEBP", {"lossless": True, "duration": 100}), ("PNG", {"duration": 100})):
        data = encoded(pages[0], kind, save_all=True, append_images=pages[1:], **options)
        photo = decoded(data)
        assert photo.shape == (10, 12, 3)
        assert np.all(photo == 50)


def test_big_endian_and_big_tiff():
    gray = np.arange(12, dtype=np.uint16).reshape(3, 4) * 5000
    assert np.array_equal(
        decoded(encoded(Image.fromarray(gray.astype(">u2")), "TIFF"))[..., 0], np.rint(gray / 55000 * 255)
    )
    assert np.array_equal(decoded(encoded(RGB, "TIFF", big_tiff=True)), RGB)


def test_opencv_agrees_on_deep_files():
    written = cv2.imencode(".png", DEEP[..., ::-1])[1].tobytes()
    assert np.array_equal(decoded(written), RGB)
    written = cv2.imencode(".tif", DEEP[..., ::-1])[1].tobytes()
    assert np.array_equal(decoded(written), RGB)
    written = cv2.imencode(".tif", (RGB[..., ::-1] / 255).astype(np.float32))[1].tobytes()
    assert np.array_equal(decoded(written), RGB)


def test_the_mode_is_the_stored_one():
    modes = {
        "RGB": encoded(RGB, "JPEG"),
        "L": encoded(RGB[..., 0], "PNG"),
        "P": encoded(Image.fromarray(RGB).quantize(4), "PNG"),
        "CMYK": encoded(Image.fromarray(RGB).convert("CMYK"), "JPEG"),
        f"I;16 {LOW * 257}..{HIGH * 257}": tiff(DEEP[..., 0]),
        f"F {LOW}..{HIGH}": tiff(RGB[..., 0].astype(np.float32)),
        "RGB;16 0..65535": png(DEEP),
        f"F {LOW / 8}..{HIGH / 8}": tiff(RGB[..., 0].astype(np.float32) / 8),
    }
    for mode, data in modes.items():
        photo = decode_photo(Path("photo"), data)
        assert photo.mode == mode
        again = decode_photo(Path("photo"), data, stretch=Stretch.recorded(photo.mode))
        assert np.array_equal(again.rgb, photo.rgb)


def test_a_recorded_stretch_is_followed():
    """A picture looks the same tomorrow, whatever the rule will be then."""
    data = tiff(DEEP[..., 0])
    shown = decode_photo(Path("photo"), data, stretch=Stretch.recorded("I;16 0..65535"))
    assert np.array_equal(shown.rgb[..., 0], RGB[..., 0])
    assert shown.mode == "I;16 0..65535"
    assert [Stretch.recorded(mode) for mode in ("I;16", "RGB", "I;16 1..", "F e..e")] == [None] * 4
    assert Stretch.recorded("F -1e-05..3.5e+30") == Stretch(-1e-05, 3.5e30)


def test_a_jpeg_with_a_video_behind_it_is_fine():
    motion = encoded(RGB, "JPEG") + struct.pack(">I", 24) + b"ftypmp42" + b"\xff\xda\xff\xd9\xff\xda" * 50
    assert decoded(motion).shape == RGB.shape


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured by /proc")
@pytest.mark.parametrize(("name", "bytes_per_pixel"), [("still.webp", 11), ("row.tif", 9)])
def test_large_pictures_of_awkward_kinds_take_little_memory(tmp_path, name, bytes_per_pixel):
    """They took 16 and 11 bytes a pixel: two canvases, as of an animation; a row's values as indices of a table."""
    pixels = picture(4000, 6000)
    files = {
        "still.webp": lambda: encoded(pixels, "WEBP", quality=50, method=0),
        "row.tif": lambda: tiff(pixels[..., :1].reshape(1, -1, 1).astype(np.uint16) * 200),
    }
    (tmp_path / name).write_bytes(files[name]())
    program = [sys.executable, "-c", PEAK_MEMORY + _DECODE, str(tmp_path / name)]
    run = subprocess.run(program, check=True, capture_output=True, text=True)
    assert int(run.stdout) / (4000 * 6000) < bytes_per_pixel


_DECODE = """
import sys
from acseg_core.images.photos import decode_photo
path = Path(sys.argv[1])
with path.open("rb") as file:
    before = peak()
    decode_photo(path, file)
print(peak() - before)
"""
