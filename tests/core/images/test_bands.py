"""Rasters as they are delivered: read right, valid pixels as GDAL says, or a line with the remedy.

Covers: images.band_samples.
"""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import rasterio
from image_bytes import encoded, picture, png
from rasters import NODATA, collar, ground, read_raster, write_raster
from tiff_files import Written, tiff_file

from acseg_core.errors import ImageError
from acseg_core.images import rendering
from acseg_core.images.band_choice import BandChoice
from acseg_core.images.bands import bands_of_file, first_rendering, sample_file
from acseg_core.images.files import ensure_thumbnail, inspect_image, load_added, load_image
from acseg_core.images.pixels import VOID_COLOR, Stretch
from acseg_core.images.rendering import Rendering


def hot(bands: np.ndarray) -> np.ndarray:
    bands[3, 3] = 65535
    return bands


def holed(bands: np.ndarray, value: float) -> np.ndarray:
    return np.where(collar()[..., None], value, bands)


U2, I2, F4 = np.uint16, np.int16, np.float32
OPACITY = np.where(collar(), 0, 255)[..., None]

RASTERS: dict[str, tuple[np.ndarray, dict]] = {
    "red green blue infrared": (ground(4).astype(U2), {"colors": ("red", "green", "blue", "nir")}),
    "four bands unsaid": (ground(4).astype(U2), {}),
    "hot pixel": (hot(ground().astype(U2)), {}),
    "hot pixel, RGB": (hot(ground().astype(U2)), {"photometric": "rgb"}),
    "hot pixel, nowhere": (hot(ground().astype(U2)), {"placed": False}),
    "eight bands": (ground(8).astype(U2), {"compress": "deflate", "tiled": True, "blockxsize": 32, "blockysize": 48}),
    "eight bands by planes": (ground(8).astype(U2), {"interleave": "band", "compress": "lzw", "predictor": 2}),
    "eight bands by pixels": (ground(8).astype(U2), {"interleave": "pixel", "compress": "lzw"}),
    "floats": (ground(low=0.02, high=0.4).astype(F4), {}),
    "floats of one band": (holed(ground(1), NODATA).astype(F4), {"nodata": NODATA}),
    "floats, no numbers": (holed(ground(), np.nan).astype(F4), {}),
    "floats, no numbers and no data": (
        np.where(np.arange(128)[:, None] < 40, holed(ground(), np.nan), holed(ground(), NODATA)).astype(F4),
        {"nodata": NODATA, "compress": "deflate", "predictor": 3},
    ),
    "signed": (holed(ground() - 2500, NODATA).astype(I2), {"nodata": NODATA}),
    "planes, 8 bits": (picture(96, 128), {"interleave": "band", "photometric": "rgb"}),
    "opacity": (np.dstack([picture(96, 128), OPACITY]).astype(np.uint8), {"photometric": "rgb", "alpha": "yes"}),
    "opacity, 16 bits": (
        np.dstack([ground(), OPACITY * 257]).astype(U2),
        {"colors": ("red", "green", "blue", "alpha")},
    ),
    "collar of zeros": (holed(ground(), 0).astype(U2), {"nodata": 0}),
    "collar of 255": (holed(picture(96, 128), 255).astype(np.uint8), {"nodata": 255, "photometric": "rgb"}),
}


def added(root: Path, name: str = "map.tif"):
    info = inspect_image(root, name, thumbnails=root / "thumbnails")
    return info, load_added(root, info)


@pytest.mark.parametrize("name", RASTERS)
def test_a_raster_is_read_right_and_void_is_what_gdal_says(tmp_path, name, capfd):
    bands, how = RASTERS[name]
    samples, valid = read_raster(write_raster(tmp_path / "map.tif", bands, **how))
    info, photo = added(tmp_path)
    assert np.array_equal(np.ones_like(valid) if photo.valid is None else photo.valid, valid)
    seen = photo.rgb[valid]
    assert 60 < seen.mean() < 190
    assert seen.std() > 40
    assert (photo.rgb[~valid] == VOID_COLOR).all() or "opacity" in name
    if shown := rendering.from_text(info.rendering):  # what rasterio reads, shown so, is what is shown
        expected = shown.rgb(samples[..., [band - 1 for band in shown.bands]])
        assert np.array_equal(seen, expected[valid])
    else:
        assert bands.dtype == np.uint8 or bands.shape[2] == 1, "deep colour on a map is stretched band by band"
    assert capfd.readouterr() == ("", ""), "a stray line"


@pytest.mark.parametrize("name", ["hot pixel", "eight bands", "signed", "floats, no numbers and no data"])
def test_each_band_is_stretched_between_percentiles_of_valid_pixels(tmp_path, name):
    bands, how = RASTERS[name]
    samples, valid = read_raster(write_raster(tmp_path / "map.tif", bands, **how))
    shown = rendering.from_text(added(tmp_path)[0].rendering)
    assert shown.bands == (1, 2, 3)
    for band, stretch in zip(shown.bands, shown.stretches, strict=True):
        values = samples[..., band - 1][valid]
        low, high = np.percentile(values, (2, 98))
        span = high - low
        assert abs(stretch.black - low) < 0.02 * span
        assert abs(stretch.white - high) < 0.02 * span


def test_what_own_code_cannot_read_is_refused_in_a_line_with_the_remedy(tmp_path, capfd):
    for packing in ("lerc", "zstd"):
        write_raster(tmp_path / "map.tif", ground().astype(U2), compress=packing)
        with pytest.raises(ImageError, match=r'save it with deflate.*pip install "acseg-desktop\[geo\]"') as caught:
            inspect_image(tmp_path, "map.tif")
        assert "\n" not in str(caught.value)
    assert capfd.readouterr() == ("", "")


def test_bands_by_gdals_words_are_shown_where_they_are(tmp_path):
    bands = ground(5).astype(U2)
    colors = ("blue", "green", "red", "rededge", "nir")
    path = write_raster(tmp_path / "map.tif", bands, colors=colors)
    with path.open("rb") as file:
        assert bands_of_file(path, file) == colors
        near = first_rendering(path, file, is_placed=True, choice=BandChoice("nir"))
    assert near.bands == (5, 3, 2)
    assert rendering.from_text(added(tmp_path)[0].rendering).bands == (3, 2, 1)
    assert load_image(path).shape == (96, 128, 3), "without a project, too"


def test_photos_are_shown_by_their_kind_as_ever(tmp_path):
    deep = picture().astype(U2) * 200
    files = {
        "deep.tif": tiff_file(deep),
        "grey.tif": tiff_file(deep[..., 0]),
        "deep.png": png(deep),
        "alpha.tif": tiff_file(np.dstack([deep, deep[..., 0]]), Written(extra=(2,))),
        "photo.jpg": encoded(picture(), "JPEG"),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        info, photo = added(tmp_path, name)
        assert info.rendering == ""
        assert info.shown_as == info.sha256
        assert np.array_equal(photo.rgb, load_image(tmp_path / name))


@pytest.mark.parametrize(
    ("name", "data", "names"),
    [
        ("x.png", png(np.dstack([picture(), picture()[..., 0]]).astype(U2) * 257), ("red", "green", "blue", "alpha")),
        ("x.png", png(picture()[..., :1].astype(U2)), ("gray",)),
        ("x.jpg", encoded(picture(), "JPEG"), ("red", "green", "blue")),
        (
            "x.tif",
            tiff_file(np.dstack([picture(), picture()]), Written(extra=(0, 0, 2))),
            ("red", "green", "blue", "undefined", "undefined", "alpha"),
        ),
        ("x.tif", tiff_file(picture()[..., :2], Written(photometric=1, extra=(2,))), ("gray", "alpha")),
        (
            "palette.tif",
            tiff_file(np.zeros((9, 9), np.uint8), Written(photometric=3, tags={320: ("H", (0,) * 768)})),
            ("red", "green", "blue"),
        ),
    ],
)
def test_which_bands_a_file_has(tmp_path, name, data, names):
    path = tmp_path / name
    path.write_bytes(data)
    with path.open("rb") as file:
        assert bands_of_file(path, file) == names


@pytest.mark.parametrize(
    ("name", "data", "bands"),
    [
        ("x.jpg", encoded(picture(), "PNG"), picture()),
        ("x.png", png(picture().astype(U2) * 257), picture().astype(U2) * 257),
        ("x.tif", tiff_file(ground(8).astype(U2), Written(planar=2)), ground(8).astype(U2)),
        ("x.tif", tiff_file(255 - picture(), Written(photometric=0, extra=(0, 0))), None),
    ],
)
def test_any_bands_of_any_file_are_shown_as_chosen(tmp_path, name, data, bands):
    (tmp_path / name).write_bytes(data)
    shown = Rendering((3, 1, 2), (Stretch(10, 200), Stretch(0, 5000), Stretch(40, 80)))
    text = rendering.to_text(shown)
    info, _ = added(tmp_path, name)
    photo = load_added(tmp_path, replaced(info, text))
    expected = 255 - shown.rgb((255 - picture())[..., [2, 0, 1]]) if bands is None else shown.rgb(bands[..., [2, 0, 1]])
    assert np.array_equal(photo.rgb, expected)
    with (tmp_path / name).open("rb") as file:
        samples = sample_file(tmp_path / name, file, (3, 1, 2))
    assert samples.valid.all()
    assert np.array_equal(samples.shown(shown), photo.rgb if bands is not None else 255 - photo.rgb)


def replaced(info, text):
    return dataclasses.replace(info, rendering=text)


def test_a_band_that_is_not_there_is_said_in_a_line(tmp_path):
    (tmp_path / "x.png").write_bytes(encoded(picture(), "PNG"))
    (tmp_path / "y.png").write_bytes(png(picture().astype(U2)))
    (tmp_path / "z.tif").write_bytes(tiff_file(ground(5).astype(U2)))
    text = rendering.to_text(Rendering((9,), (Stretch(0, 255),)))
    for name, count in (("x.png", 3), ("y.png", 3), ("z.tif", 5)):
        info, _ = added(tmp_path, name)
        with pytest.raises(ImageError, match=f"has no band 9; choose among its {count} bands"):
            load_added(tmp_path, replaced(info, text))


def test_what_is_shown_otherwise_has_another_thumbnail(tmp_path):
    write_raster(tmp_path / "map.tif", ground(8).astype(U2))
    info, _ = added(tmp_path)
    other = replaced(info, rendering.to_text(Rendering((8,), (Stretch(0, 60_000),))))
    first, second = (ensure_thumbnail(tmp_path, each, thumbnails=tmp_path / "thumbnails") for each in (info, other))
    assert first != second
    assert load_image(first).std() > 40
    assert np.ptp(load_image(second).astype(int), axis=2).max() <= 2, "one band is grey"


def test_a_project_that_wants_bands_gets_them_of_images_that_have_them(tmp_path):
    write_raster(tmp_path / "map.tif", ground(4).astype(U2))
    (tmp_path / "photo.jpg").write_bytes(encoded(picture(), "JPEG"))
    near = BandChoice("nir", 5, 95)
    shown = rendering.from_text(inspect_image(tmp_path, "map.tif", choice=near).rendering)
    assert shown.bands == (4, 1, 2)
    assert inspect_image(tmp_path, "photo.jpg", choice=near).rendering == ""
    fixed = inspect_image(tmp_path, "photo.jpg", choice=BandChoice("2", values=(0, 128))).rendering
    assert rendering.from_text(fixed) == Rendering((2,), (Stretch(0, 128),))


def test_samples_of_large_images_are_spread_alike_in_strips_and_tiles(tmp_path, monkeypatch):
    monkeypatch.setattr("acseg_core.images.tiff_samples._BLOCK_PIXELS", 500)
    monkeypatch.setattr("acseg_core.images.pixels._STRIP_PIXELS", 300)
    values = holed(ground(8), 0).astype(U2)
    for number, how in enumerate(({}, {"blockysize": 5}, {"tiled": True, "blockxsize": 32, "blockysize": 16})):
        path = write_raster(tmp_path / f"{number}.tif", values, nodata=0, **how)
        with path.open("rb") as file:
            samples = sample_file(path, file, (7, 1), most=800)
        assert np.array_equal(samples.values, values[::3, ::3, [6, 0]])
        assert np.array_equal(samples.valid, ~collar()[::3, ::3])


def test_the_mask_in_the_file_counts_for_the_stretch(tmp_path):
    values = ground().astype(U2)
    values[collar()] = 40_000
    path = tmp_path / "map.tif"
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True):
        write_raster(path, values)
        with rasterio.open(path, "r+") as file:
            file.write_mask(~collar())
    info, photo = added(tmp_path)
    assert np.array_equal(photo.valid, ~collar())
    assert max(stretch.white for stretch in rendering.from_text(info.rendering).stretches) < 10_000
