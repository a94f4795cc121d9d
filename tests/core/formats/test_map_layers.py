"""Layers read near a place: the same features with an index of places and without.

Covers: formats.vector_libraries.
"""

import numpy as np
import pytest
import shapely
from map_label_files import write_layer

from acseg_core.errors import LabelFileError
from acseg_core.formats import map_layers
from acseg_core.formats.map_fields import FieldKind
from acseg_core.formats.map_layers import MapLayer, layer_names

BOXES = [shapely.box(x, y, x + 8, y + 8) for y in range(0, 100, 10) for x in range(0, 100, 10)]


@pytest.fixture(params=[".gpkg", ".geojson", ".shp", ".fgb"])
def layer(request, tmp_path):
    path = write_layer(tmp_path / f"boxes{request.param}", BOXES, name=[str(n) for n in range(100)], n=list(range(100)))
    (name,) = layer_names(path)
    return MapLayer(path, name)


def test_a_layer_says_what_it_has(layer):
    kinds = {field.name: field.kind for field in layer.fields}
    assert kinds == {"name": FieldKind.TEXT, "n": FieldKind.WHOLE}
    assert (layer.count, layer.bounds) == (100, (0, 0, 98, 98))
    assert layer.system.to_epsg() == 32633


def test_features_near_a_place_are_found_with_their_values(layer):
    layer.expect([(0, 0, 50, 50), (60, 60, 70, 70)])
    for box in ((5, 5, 12, 12), (61, 61, 62, 62), (5, 5, 12, 12)):
        expected = sorted(str(n) for n, shape in enumerate(BOXES) if shape.intersects(shapely.box(*box)))
        found = layer.near(box, ["name"], with_geometry=True)
        assert sorted(found.values["name"]) == expected
        assert len(found.ids) == len(set(found.ids.tolist())) == len(expected)
        for name, shape in zip(found.values["name"], found.geometries, strict=True):
            assert shape.equals(BOXES[int(name)])
        again = layer.near(box, ["name"], with_geometry=False)
        assert again.ids.tolist() == found.ids.tolist()
    assert len(layer.near((-9, -9, -5, -5), ["name"], with_geometry=True).ids) == 0


def test_boxes_of_all_come_in_chunks(layer, monkeypatch):
    monkeypatch.setattr(map_layers, "_CHUNK", 30)
    chunks = list(layer.boxes())
    assert [len(ids) for ids, _ in chunks] == [30, 30, 30, 10]
    together = np.concatenate([boxes for _, boxes in chunks], axis=1)
    assert sorted(map(tuple, together.T.tolist())) == sorted(shape.bounds for shape in BOXES)


def test_tables_without_geometries_are_no_layers_and_damage_is_told(tmp_path):
    path = tmp_path / "x.gpkg"
    path.write_bytes(b"SQLite format 3\0" + bytes(100))
    with pytest.raises(LabelFileError, match="GDAL cannot read it") as error:
        layer_names(path)
    assert "\n" not in str(error.value)
