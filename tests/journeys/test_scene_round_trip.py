"""What leaves a scene for the map comes into another project with other tiles as the very same pixels."""

import numpy as np
import pytest
from labelled_scene import NAMES, THING, VOID, scene_numbers, scene_project, write_scene
from map_label_files import bring_in

from acseg_core.formats.format import format_called
from acseg_core.interruptible import run_to_end
from acseg_core.shapes import masks
from acseg_core.store import create_project, queries
from acseg_core.store.edits import history
from acseg_core.store.queries.scene_queries import scenes, tiles_of
from acseg_core.workflows.exporting import ExportSettings, export_labels
from acseg_core.workflows.scenes import add_scene

HEIGHT, WIDTH = 150, 220
FILES = {"gpkg": "labels.gpkg", "geojson": "labels", "geotiff": "labels"}


def numbers_in(project):
    """(h, w) uint8, the numbers of `NAMES` as they are stored, over the borders of tiles."""
    (scene,) = scenes(project)
    names = {label.id: label.name for label in queries.labels(project)}
    by_name = {name: number for number, name in NAMES.items()}
    found = np.zeros((scene.height, scene.width), np.uint8)
    for record in tiles_of(project, scene.id):
        tile = record.info.tile
        part = found[tile.top : tile.top + record.height, tile.left : tile.left + record.width]
        for region in queries.regions(project, record.id):
            if region.label_id is not None:
                part[masks.decode(region.mask)] = by_name[names[region.label_id]]
    return found


@pytest.mark.parametrize("key", FILES)
def test_labels_of_a_scene_come_back_pixel_by_pixel(tmp_path, key):
    numbers = scene_numbers(HEIGHT, WIDTH)
    with scene_project(tmp_path / "first", numbers, side=64) as project:
        out = tmp_path / FILES[key]
        work = export_labels(project, out, format_called(key), ExportSettings())
        assert run_to_end(work, lambda tick: None).images == len(queries.image_ids(project))
    (tmp_path / "photos").mkdir()
    write_scene(tmp_path / "photos" / "map.tif", HEIGHT, WIDTH)
    with create_project(tmp_path / "second", image_root=tmp_path / "photos") as fresh:
        add_scene(fresh, "map.tif", side=96)
        bring_in(fresh, out)
        keeps_void = key == "geotiff"
        wanted = numbers if keeps_void else np.where(numbers == VOID, 0, numbers)
        assert (numbers_in(fresh) != wanted).sum() == 0
        things = {label.name: label.is_thing for label in queries.labels(fresh)}
        assert things == {name: number == THING for number, name in NAMES.items() if keeps_void or number != VOID}
        history.undo(fresh)
        assert not numbers_in(fresh).any()
        assert queries.labels(fresh) == []
