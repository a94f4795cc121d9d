"""GeoPackages as pyogrio reads them: a valid coverage of the very pixels, with what is known of each feature.

Covers: formats.scene_features, formats.vector_libraries, formats.coverage_simplifying, formats.qgis_styles.
"""

import sqlite3
from xml.etree import ElementTree

import numpy as np
import pytest
from labelled_scene import NAMES, PLACE, THING, VOID, scene_numbers, scene_project
from map_project import TIFFS, WORLDS, make_map_project

from acseg_core.errors import ExportError, ExtraMissingError
from acseg_core.formats.dataset import Dataset, DatasetSettings
from acseg_core.formats.format import format_called
from acseg_core.formats.scene_features import outlined
from acseg_core.formats.selection import ImageChoice
from acseg_core.formats.splits import split_from
from acseg_core.interruptible import run_to_end
from acseg_core.store import open_project, queries
from acseg_core.store.edits import review
from acseg_core.workflows.exporting import ExportSettings, export_labels

rasterio = pytest.importorskip("rasterio")
shapely = pytest.importorskip("shapely")
pyogrio = pytest.importorskip("pyogrio")


def export(project, out, **settings):
    work = export_labels(project, out, format_called("gpkg"), ExportSettings(**settings))
    return run_to_end(work, lambda tick: None)


def read(path, layer):
    """What the layer says, the polygons, and every field by name."""
    meta, _, shapes, columns = pyogrio.raw.read(path, layer=layer)
    return meta, shapely.from_wkb(shapes), dict(zip(meta["fields"], columns, strict=True))


def painted(shapes, numbers, like) -> np.ndarray:
    """The polygons drawn into a raster by GDAL."""
    pairs = list(zip(shapes, numbers.tolist(), strict=True))
    return rasterio.features.rasterize(pairs, out_shape=like.shape, transform=like.transform, dtype="uint8")


def numbers_of(fields) -> np.ndarray:
    """The number in `NAMES` of each feature."""
    by_name = {name: number for number, name in NAMES.items()}
    return np.array([by_name[name] for name in fields["label"]])


@pytest.fixture(scope="module")
def numbers():
    return scene_numbers(300, 420)


@pytest.fixture(scope="module")
def exported(numbers, tmp_path_factory):
    folder = tmp_path_factory.mktemp("scene")
    with scene_project(folder, numbers) as project:
        report = export(project, folder / "out.gpkg")
    return folder, report


def test_it_is_a_valid_coverage_of_the_very_pixels(exported, numbers):
    import rasterio.features

    folder, report = exported
    meta, shapes, fields = read(folder / "out.gpkg", "map")
    with rasterio.open(folder / "photos" / "map.tif") as source:
        assert rasterio.CRS.from_user_input(meta["crs"]) == source.crs
        assert (painted(shapes, numbers_of(fields), source) == np.where(numbers == VOID, 0, numbers)).all()
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    labelled = np.count_nonzero((numbers > 0) & (numbers != VOID))
    assert shapely.area(shapes).sum() == pytest.approx(labelled * 0.25, abs=1e-6)
    assert fields["area_m2"] == pytest.approx(shapely.area(shapes))
    assert fields["pixels"].sum() == labelled
    assert report.path == folder / "out.gpkg"
    assert report.lost == {"void": report.lost["void"]}


def test_neighbours_of_a_label_are_one_over_the_borders_of_tiles(exported, numbers):
    import cv2

    folder, _ = exported
    _, _, fields = read(folder / "out.gpkg", "map")
    for number, name in NAMES.items():
        if number == VOID:
            continue
        parts, _ = cv2.connectedComponents((numbers == number).astype(np.uint8), connectivity=4)
        assert np.count_nonzero(fields["label"] == name) == parts - 1
    assert (fields["regions"] > 1).any()
    assert set(fields["status"]) == {"accepted"}
    assert set(fields["image"]) == {"map.tif"}


@pytest.mark.parametrize("tolerance", [1, 6])
def test_simplified_it_is_still_a_coverage(exported, numbers, tmp_path, tolerance):
    folder, _ = exported
    with open_project(folder / "project", read_only=True) as project:
        export(project, tmp_path / "out.gpkg", simplify=tolerance)
    _, exact, _ = read(folder / "out.gpkg", "map")
    _, shapes, fields = read(tmp_path / "out.gpkg", "map")
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert shapely.get_num_coordinates(shapes).sum() < 0.9 * shapely.get_num_coordinates(exact).sum()
    whole = shapely.union_all(shapes)
    assert shapely.area(shapes).sum() - whole.area == pytest.approx(0, abs=1e-6)  # no overlaps
    assert fields["area_m2"] == pytest.approx(shapely.area(shapes))
    assert (fields["pixels"] > 0).all()


def test_simplified_there_are_no_gaps_where_everything_is_labelled(tmp_path):
    rows, columns = np.indices((150, 200))
    numbers = ((rows + 2 * columns) // 23 + rows // 60) % 3 + 1
    with scene_project(tmp_path, numbers.astype(np.uint8)) as project:
        export(project, tmp_path / "out.gpkg", simplify=2)
    _, shapes, _ = read(tmp_path / "out.gpkg", "map")
    whole = shapely.union_all(shapes)
    assert sum(len(part.interiors) for part in shapely.get_parts(whole)) == 0
    assert shapely.area(shapes).sum() == pytest.approx(whole.area, abs=1e-6)
    assert whole.area == pytest.approx(150 * 200 * 0.25, rel=0.001)


@pytest.mark.parametrize("place", [PLACE, (15.1, 1e-5, 0.0, 50.2, 0.0, -1e-5), (1e6, 0.3, 0.4, 6e6, 0.4, -0.3)])
@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:3857", "ESRI:54009", None])
def test_coordinates_are_as_found(tmp_path, numbers, crs, place):
    import rasterio.features

    with scene_project(tmp_path, numbers[:90, :120], crs=crs, place=place) as project:
        export(project, tmp_path / "out.gpkg")
    meta, shapes, fields = read(tmp_path / "out.gpkg", "map")
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    with rasterio.open(tmp_path / "photos" / "map.tif") as source:
        assert (None if crs is None else rasterio.CRS.from_user_input(meta["crs"])) == source.crs
        inside = np.where(numbers[:90, :120] == VOID, 0, numbers[:90, :120])
        assert (painted(shapes, numbers_of(fields), source) == inside).all()
    assert np.isnan(fields["area_m2"]).all() == (crs != "ESRI:54009")  # Mercator's is not true, degrees are no length


def test_tiles_that_are_not_done_are_no_part_of_it(tmp_path, numbers):
    with scene_project(tmp_path, numbers, done=False) as project:
        ids = queries.image_ids(project)
        review.set_image_statuses(project, ids[5:9], "done")
        report = export(project, tmp_path / "out.gpkg")
        _, shapes, fields = read(tmp_path / "out.gpkg", "map")
    assert report.images == 4
    assert 0 < fields["pixels"].sum() < numbers.size / 4
    assert shapely.coverage_is_valid(shapes)


def test_things_are_one_over_a_border_if_they_are_linked(tmp_path):
    numbers = np.zeros((64, 128), np.uint8)
    numbers[10:20, 50:80] = THING
    numbers[30:40, 50:80] = THING
    with scene_project(tmp_path, numbers) as project:
        assert export(project, tmp_path / "touching.gpkg").regions == 4
    _, _, fields = read(tmp_path / "touching.gpkg", "map")
    assert fields["regions"].tolist() == [2, 2]
    assert fields["pixels"].tolist() == [300, 300]


@pytest.mark.parametrize(("links", "pixels"), [({}, [200, 100]), ("all", [300])])
def test_where_links_are_known_they_say_what_is_one(tmp_path, links, pixels):
    numbers = np.zeros((64, 128), np.uint8)
    numbers[10:20, 44:74] = THING
    with scene_project(tmp_path, numbers) as project:
        houses = next(label.id for label in queries.labels(project) if label.name == NAMES[THING])
        found = [
            each.id for _, regions in queries.image_regions(project) for each in regions if each.label_id == houses
        ]
        known = dict.fromkeys(found, min(found)) if links else {}
        dataset = Dataset(project, queries.image_ids(project), DatasetSettings(links=known))
        (mosaic,) = dataset.mosaics()
        parts = [part for part in outlined(dataset, mosaic) if isinstance(part, list)]
    assert sorted((feature.pixels for part in parts for feature, _ in part), reverse=True) == pixels


def test_all_regions_cover_what_was_proposed(tmp_path, numbers):
    import rasterio.features

    with scene_project(tmp_path, numbers) as project:
        ids = [region.id for _, regions in queries.image_regions(project) for region in regions]
        review.name_regions(project, ids[::3], None)
        export(project, tmp_path / "out.gpkg", all_regions=True)
    _, shapes, fields = read(tmp_path / "out.gpkg", "map")
    assert shapely.coverage_is_valid(shapes)
    assert "region" in set(fields["label"])
    assert fields["pixels"].sum() == numbers.size
    with rasterio.open(tmp_path / "photos" / "map.tif") as source:
        assert painted(shapes, np.ones(len(shapes), int), source).all()


def test_photos_are_in_a_layer_for_each_coordinate_system(tmp_path):
    folder = make_map_project(tmp_path)
    with open_project(folder, read_only=True) as project:
        report = export(project, tmp_path / "out.gpkg", images=ImageChoice.ALL)
    layers = [name for name, kind in pyogrio.list_layers(tmp_path / "out.gpkg") if kind is not None]
    assert {"photos", "photos EPSG:32633", "photos EPSG:4326"} <= set(layers)
    found = [name for layer in layers for name in read(tmp_path / "out.gpkg", layer)[2]["image"].tolist()]
    assert set(found) == {*TIFFS, *WORLDS}
    assert report.images == len({*TIFFS, *WORLDS})
    (caution,) = [part for part in report.cautions if "coordinate system" in part.reason]
    assert set(caution.places) == {"own.tif", "south.bmp"}  # a name alone, and a text that is none


def test_qgis_finds_the_colours(exported):
    folder, _ = exported
    with sqlite3.connect(folder / "out.gpkg") as database:
        ((layer, style, is_default),) = database.execute(
            "SELECT f_table_name, styleQML, useAsDefault FROM layer_styles"
        ).fetchall()
    database.close()
    assert (layer, is_default) == ("map", 1)
    root = ElementTree.fromstring(style)  # it is ours
    values = [each.get("value") for each in root.iter("category")]
    assert values == [name for number, name in NAMES.items() if number != VOID]
    assert root.find("renderer-v2").get("attr") == "label"


def test_splits_are_files_of_a_folder(tmp_path, numbers):
    with scene_project(tmp_path, numbers) as project:
        report = export(project, tmp_path / "out", split=split_from("train=.6,val=.4"))
    assert {file.name for file in (tmp_path / "out").glob("*.gpkg")} == {"train.gpkg", "val.gpkg"}
    pixels = [read(tmp_path / "out" / f"{name}.gpkg", "map")[2]["pixels"].sum() for name in report.splits]
    assert sum(pixels) == np.count_nonzero((numbers > 0) & (numbers != VOID))


def test_it_is_written_over_and_a_database_is_not(tmp_path, numbers):
    with scene_project(tmp_path, numbers[:70, :70]) as project:
        export(project, tmp_path / "out.gpkg")
        size = (tmp_path / "out.gpkg").stat().st_size
        assert export(project, tmp_path / "out.gpkg").images
        assert (tmp_path / "out.gpkg").stat().st_size == size
        with pytest.raises(Exception, match="this is the project itself"):
            export(project, tmp_path / "project" / "project.db")


def test_what_changes_meanwhile_is_told(tmp_path, numbers):
    with scene_project(tmp_path, numbers) as project:
        work = export_labels(project, tmp_path / "out.gpkg", format_called("gpkg"), ExportSettings())
        for _ in range(len(queries.image_ids(project)) // 2):
            next(work)
        regions = [region.id for _, found in queries.image_regions(project) for region in found]
        review.reject_regions(project, regions)
        with pytest.raises(ExportError, match="changed while they were exported"):
            run_to_end(work, lambda tick: None)
    assert not (tmp_path / "out.gpkg").exists()


@pytest.mark.parametrize("name", ["pyogrio", "shapely"])
def test_a_missing_extra_is_one_line(tmp_path, numbers, name, monkeypatch):
    with scene_project(tmp_path, numbers[:70, :70]) as project:
        monkeypatch.setitem(__import__("sys").modules, name, None)
        with pytest.raises(ExtraMissingError, match=rf'{name}, which is not installed .* pip install "acseg-desktop'):
            export(project, tmp_path / "out.gpkg")
    assert not (tmp_path / "out.gpkg").exists()
