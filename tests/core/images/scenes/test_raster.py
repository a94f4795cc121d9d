"""Rasters of every kind, read through scenes: right, or refused in one line, and nothing on stderr."""

import numpy as np
import pytest
import rasterio
from scene_files import texture, write_scene

from acseg_core.errors import ImageError
from acseg_core.images import rendering
from acseg_core.images.image_paths import tile_path
from acseg_core.images.pixels import VOID_COLOR
from acseg_core.images.rendering import Rendering, Stretch
from acseg_core.images.scenes.raster import Box, read_header, read_picture, read_samples
from acseg_core.images.scenes.sampling import default_rendering
from acseg_core.images.scenes.tile_reader import read_tile
from acseg_core.types import ImageInfo, Tile

HEIGHT, WIDTH = 200, 300
VALID = np.ones((HEIGHT, WIDTH), np.bool_)
VALID[:30, :40] = VALID[-25:] = False


def deep(bands: int, white: float = 3000) -> np.ndarray:
    return (texture(HEIGHT, WIDTH, bands) * white + 50).astype(np.uint16)


def colour() -> np.ndarray:
    return (texture(HEIGHT, WIDTH) * 254 + 1).astype(np.uint8)


def floats(bands: int, *, void: float | None = None) -> np.ndarray:
    values = (texture(HEIGHT, WIDTH, bands) * 0.4 - 0.1).astype(np.float32)
    if void is not None:
        values[:, ~VALID] = void
    return values


def with_hot_pixel() -> np.ndarray:
    values = deep(3)
    values[:, 100, 100] = 65535
    return values


def with_collar() -> np.ndarray:
    values = colour()
    values[:, ~VALID] = 0
    return values


def with_opacity() -> np.ndarray:
    return np.concatenate([colour(), VALID[None] * np.uint8(255)])


def nan_in_one_part() -> np.ndarray:
    values = floats(1, void=-9999)
    values[:, 60:80, 60:90] = np.nan
    return values


KINDS = {
    "colour and near infrared": ("a.tif", deep(4), {"photometric": "RGB", "alpha": "unspecified"}),
    "a hot pixel": ("a.tif", with_hot_pixel(), {}),
    "eight bands": ("a.tif", deep(8), {}),
    "colour of floats": ("a.tif", floats(3), {}),
    "floats without data": ("a.tif", nan_in_one_part(), {"nodata": -9999}),
    "LERC": ("a.tif", floats(1), {"compress": "LERC"}),
    "bands one after the other": ("a.tif", colour(), {"interleave": "band"}),
    "strips": ("a.tif", deep(3), {"compress": "deflate", "predictor": 2}),
    "tiles": ("a.tif", deep(3), {"tiled": True, "blockxsize": 64, "blockysize": 64, "compress": "zstd"}),
    "opacity": ("a.tif", with_opacity(), {"photometric": "RGB", "alpha": "yes"}),
    "a collar": ("a.tif", with_collar(), {"nodata": 0}),
    "signed": ("a.tif", deep(1).astype(np.int16) - 1500, {}),
    "JPEG 2000": ("a.jp2", colour(), {"driver": "JP2OpenJPEG", "quality": "100", "reversible": "yes"}),
    "Erdas": ("a.img", deep(3), {"driver": "HFA"}),
    "BigTIFF": ("a.tif", colour(), {"bigtiff": "yes"}),
    "JPEG in TIFF": ("a.tif", colour(), {"compress": "jpeg", "photometric": "ycbcr"}),
}


def tile_of(path, *, side=None) -> ImageInfo:
    header = read_header(path)
    shown = rendering.to_text(default_rendering(path, header))
    return info_of(path, header.width, header.height, shown)


def info_of(path, width, height, shown, tile=None) -> ImageInfo:
    place = tile or Tile(1, 1, 0, 0)
    return ImageInfo(tile_path(path.name, 1, 1), "", 0, 0, width, height, width, height, rendering=shown, tile=place)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_read_right(kind, tmp_path, capfd):
    name, samples, profile = KINDS[kind]
    path = write_scene(tmp_path / name, samples, **profile)
    photo = read_tile(path, tile_of(path))
    with rasterio.open(path) as source:
        expected = source.dataset_mask() > 0
        if np.dtype(source.dtypes[0]).kind == "f":
            expected &= np.isfinite(source.read()).any(axis=0)
    valid = np.ones((HEIGHT, WIDTH), np.bool_) if photo.valid is None else photo.valid
    assert np.array_equal(valid, expected)
    seen = photo.rgb[valid]
    assert 60 <= seen.mean() <= 190
    assert seen.std() > 40
    assert (photo.rgb[~valid] == VOID_COLOR).all()
    assert capfd.readouterr() == ("", "")


def test_colour_of_eight_bits_is_shown_as_it_is(tmp_path):
    path = write_scene(tmp_path / "a.tif", colour())
    assert np.array_equal(read_tile(path, tile_of(path)).rgb, colour().transpose(1, 2, 0))


def test_bands_are_chosen_by_what_they_are(tmp_path):
    blue_first = write_scene(tmp_path / "a.tif", deep(4), colors=["blue", "green", "red", "undefined"])
    assert default_rendering(blue_first, read_header(blue_first)).bands == (3, 2, 1)
    grey = write_scene(tmp_path / "b.tif", deep(2))
    assert default_rendering(grey, read_header(grey)).bands == (1,)


def test_a_mosaic_is_read(tmp_path, capfd):
    write_scene(tmp_path / "part.tif", colour())
    (tmp_path / "all.vrt").write_text(
        f"""<VRTDataset rasterXSize="{WIDTH}" rasterYSize="{HEIGHT}">
        <GeoTransform>300000, 0.5, 0, 2700000, 0, -0.5</GeoTransform>"""
        + "".join(
            f"""<VRTRasterBand dataType="Byte" band="{band}"><ColorInterp>{name}</ColorInterp><SimpleSource>
            <SourceFilename relativeToVRT="1">part.tif</SourceFilename><SourceBand>{band}</SourceBand>
            </SimpleSource></VRTRasterBand>"""
            for band, name in enumerate(("Red", "Green", "Blue"), 1)
        )
        + "</VRTDataset>"
    )
    path = tmp_path / "all.vrt"
    assert np.array_equal(read_tile(path, tile_of(path)).rgb, colour().transpose(1, 2, 0))
    (tmp_path / "part.tif").unlink()
    with pytest.raises(ImageError, match=r"all.vrt: GDAL cannot read it: .*part.tif"):
        read_tile(path, info_of(path, WIDTH, HEIGHT, ""))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("kind", ["tiles", "JPEG 2000", "strips"])
def test_a_file_cut_short_is_refused_in_one_line(kind, tmp_path, capfd):
    name, samples, profile = KINDS[kind]
    path = write_scene(tmp_path / name, samples, **profile)
    shown = tile_of(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(ImageError, match="GDAL cannot read it") as caught:
        read_tile(path, shown)
    assert "\n" not in str(caught.value)
    assert capfd.readouterr() == ("", "")


def test_what_is_no_raster_is_refused(tmp_path, capfd):
    (tmp_path / "a.tif").write_bytes(b"this is no raster" * 100)
    with pytest.raises(ImageError, match="save it anew as GeoTIFF"):
        read_header(tmp_path / "a.tif")
    with pytest.raises(ImageError, match="missing"):
        read_header(tmp_path / "gone.tif")
    assert capfd.readouterr() == ("", "")


def test_complex_numbers_are_refused(tmp_path):
    path = write_scene(tmp_path / "a.tif", floats(1).astype(np.complex64))
    with pytest.raises(ImageError, match="complex"):
        read_header(path)


def test_the_header_tells_what_the_file_does(tmp_path):
    path = write_scene(tmp_path / "a.tif", with_collar(), nodata=0)
    with rasterio.open(path, "r+") as out:
        out.build_overviews([2, 4])
    header = read_header(path)
    assert (header.width, header.height, header.dtypes) == (WIDTH, HEIGHT, ("uint8",) * 3)
    assert header.has_void
    assert header.overviews == (2, 4)
    assert header.reference.system.epsg == 32640
    assert header.reference.transform == (300_000, 0.5, 0, 2_700_000, 0, -0.5)
    assert header.reference.nodata == 0


def test_a_part_is_read_at_another_size(tmp_path):
    path = write_scene(tmp_path / "a.tif", colour())
    shown = Rendering((1, 2, 3), (Stretch(0, 255),) * 3)
    picture = read_picture(path, Box(40, 20, 100, 60), shown, size=(50, 30))
    assert picture.rgb.shape == (30, 50, 3)
    whole = read_picture(path, Box(40, 20, 100, 60), shown)
    assert np.array_equal(whole.rgb, colour().transpose(1, 2, 0)[20:80, 40:140])


def test_a_band_that_is_not_there_is_named(tmp_path):
    path = write_scene(tmp_path / "a.tif", colour())
    with pytest.raises(ImageError, match="no band 7; choose among its 3"):
        read_samples(path, Box(0, 0, 10, 10), (7,))
