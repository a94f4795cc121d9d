"""Who gets which images: whole folders, alike ones, or the next in the list, about as many for each."""

import pytest
from clustered_project import save
from hypothesis import given
from hypothesis import strategies as st

from acseg_core.errors import EditError
from acseg_core.store import queries
from acseg_core.store.edits import ingest, scenes
from acseg_core.types import Scene, Tile
from acseg_core.workflows import part_choice
from acseg_core.workflows.part_choice import ShareBy, choose_parts


def paths(project, by, into):
    by_id = {record.id: record.path for record in queries.images(project)}
    return [[by_id[id_] for id_ in part] for part in choose_parts(project, by, into)]


def add(world, project, *names):
    ingest.add_images(project, [world.info(name, sha256=f"{n:064x}") for n, name in enumerate(names)])


def test_by_count_they_follow_each_other_as_in_the_list(world):
    project = world.create()
    add(world, project, "b10.jpg", "b2.jpg", "a/1.jpg", "a/2.jpg", "c.jpg")
    assert paths(project, ShareBy.COUNT, 2) == [["a/1.jpg", "a/2.jpg", "b2.jpg"], ["b10.jpg", "c.jpg"]]


def test_whole_folders_stay_together(world):
    project = world.create()
    add(
        world, project, *(f"{folder}/{n}.jpg" for folder, count in (("a", 2), ("b", 5), ("c", 3)) for n in range(count))
    )
    first, second = paths(project, ShareBy.FOLDER, 2)
    assert {path[0] for path in first} == {"b"}
    assert {path[0] for path in second} == {"a", "c"}
    with pytest.raises(EditError, match="in 3 folders, too few for 4 parts; choose fewer parts, or share by count"):
        choose_parts(project, ShareBy.FOLDER, 4)


def test_alike_images_come_together(world):
    project = world.create(images=6, regions=2)
    with pytest.raises(EditError, match="no clusters yet; group regions first"):
        choose_parts(project, ShareBy.CLUSTER, 2)
    odd = [region.id for image in (1, 3, 5) for region in queries.regions(project, image)]
    even = [region.id for image in (2, 4) for region in queries.regions(project, image)]
    save(project, [odd, even])
    assert choose_parts(project, ShareBy.CLUSTER, 2) == [[1, 3, 5], [2, 4, 6]], "6 is in no cluster, and last"


def test_pages_of_a_file_and_tiles_of_a_scene_stay_together(world):
    project = world.create()
    add(world, project, "a.tif", "a#2.tif", "a#3.tif", "b.jpg", "c.jpg")
    sizes = {"width": 16, "height": 6, "rows": 1, "columns": 2, "tile_side": 8, "halo": 1}
    scene = Scene(0, "map.tif", "f" * 64, "", 1, 1, **sizes, georeference="", rendering="")
    places = [Tile(row=1, column=n, left=8 * n - 8, top=0, halo=1) for n in (1, 2)]
    tiles = [world.info(f"map#r1c{tile.column}.tif", sha256=f"{tile.column + 50:064x}", tile=tile) for tile in places]
    scenes.add_scene(project, scene, tiles)
    assert paths(project, ShareBy.COUNT, 2) == [
        ["a#2.tif", "a#3.tif", "a.tif", "b.jpg"],
        ["c.jpg", "map#r1c1.tif", "map#r1c2.tif"],
    ]
    assert paths(project, ShareBy.COUNT, 5)[-2:] == [["map#r1c1.tif"], ["map#r1c2.tif"]], "by count a scene may be cut"
    with pytest.raises(EditError, match="5 parts cannot be made of 4 image files"):
        choose_parts(project, ShareBy.FOLDER, 5)


@given(
    sizes=st.lists(st.integers(1, 9), min_size=1, max_size=12).flatmap(
        lambda sizes: st.tuples(st.just(sizes), st.integers(1, len(sizes)))
    )
)
def test_a_row_is_cut_into_parts_that_are_even_and_never_empty(sizes):
    counts, into = sizes
    units, first = [], 0
    for count in counts:
        units.append(part_choice._Unit(f"{first}", tuple(range(first, first + count))))
        first += count
    parts = part_choice._in_a_row(units, into)
    assert [image for part in parts for image in part] == list(range(first))
    assert len(parts) == into
    assert all(parts)
    if set(counts) == {1}:
        assert max(map(len, parts)) - min(map(len, parts)) <= 1
