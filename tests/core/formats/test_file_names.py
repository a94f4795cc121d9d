"""Images that are told apart by their ending only."""

import pytest

from acseg_core.formats.file_names import distinct_names, stem_of, tile_names
from acseg_core.formats.matching import match_images


def test_images_of_one_stem_have_their_ending_twice():
    paths = {1: "a/x.jpg", 2: "a/x.png", 3: "b/x.jpg", 4: "a/X.tif", 5: "a/y.jpg"}
    assert distinct_names(paths) == {1: "a/x.jpg.jpg", 2: "a/x.png.png", 4: "a/X.tif.tif"}


def test_a_new_name_is_no_other_images_name():
    paths = {1: "x.jpg", 2: "x.png", 3: "x.jpg.png", 4: "x"}
    names = {**paths, **distinct_names(paths)}
    stems = [name.rpartition(".")[0].casefold() or name for name in names.values()]
    assert len(set(stems)) == 4, names


@pytest.mark.parametrize(
    "paths",
    [
        ("a/x.jpg", "a/x.png", "b/x.jpg", "x.jpg"),
        ("x.jpg", "x.jpg.png"),
        ("x.jpg", "x.png", "X.jpg.png", "x.jpg.jpg"),
        ("images/a.png", "labels/a.png", "labels/a.jpg"),
    ],
)
@pytest.mark.parametrize("ending", [None, ".txt"])
def test_a_name_never_means_another_image(paths, ending):
    """On the code of before, "images/train/a/x.jpg.jpg" meant none, and "x.jpg.txt" the image "x.jpg.png"."""
    names = distinct_names(dict(enumerate(paths)))
    for number, path in enumerate(paths):
        name = names.get(number, path)
        written = f"images/train/{name if ending is None else stem_of(name) + ending}"
        found = match_images([written], paths)
        if name.startswith(f"{path}-"):
            assert not found.paths
        elif written == "images/train/x.txt" and "b/x.jpg" in paths:
            assert set(found.ambiguous or ()) == {written}, "its folder may be one of the project: asked, not guessed"
        else:
            assert found.paths == {written: path}


def test_tiles_are_called_without_a_hash_and_nothing_else_is_called_so():
    paths = {1: "a/map#r2c5.tif", 2: "a/map_r2c5.png", 3: "a/map#r2c6.tif", 4: "a/b#r1c1/x.jpg"}
    assert tile_names(paths, [1, 3]) == {1: "a/map_r2c5-2.png", 3: "a/map_r2c6.png"}
    assert tile_names({1: "m#r1c1.tif", 2: "m#r1c1.img"}, [1, 2]) == {1: "m_r1c1.png", 2: "m_r1c1-2.png"}
