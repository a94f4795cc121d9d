"""Names of images in files of other tools find the images of the project, and never by guessing."""

import pytest

from acseg_core.formats.matching import Match, clean_path, match_images

PATHS = ("a.jpg", "train/b.jpg", "val/b.jpg", "val/sub/c.png", "Ü 1.JPG", "x.y.tif")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("a.jpg", "a.jpg"),
        ("./a.jpg", "a.jpg"),
        ("images/a.jpg", "a.jpg"),
        ("/home/me/set/train/b.jpg", "train/b.jpg"),
        ("C:\\set\\val\\b.jpg", "val/b.jpg"),
        ("val\\sub\\c.png", "val/sub/c.png"),
        ("c.png", "val/sub/c.png"),
        ("https://example.org/set/val/b.jpg?size=large", "val/b.jpg"),
        ("https://example.org/%C3%9C%201.JPG", "Ü 1.JPG"),
        ("U\u0308 1.jpg", "Ü 1.JPG"),
        ("A.JPG", "a.jpg"),
        ("a.png", "a.jpg"),
        ("sub/c.jpg", "val/sub/c.png"),
        ("x.y.json", "x.y.tif"),
        ("../../a.jpg", "a.jpg"),
        ("/data/upload/1/1a2b3c4d-a.jpg", "a.jpg"),
        ("upload\\1\\1a2b3c4d-A.JPG", "a.jpg"),
        ("images/train/b/../1a2b3c4d-x.y.txt", "x.y.tif"),
        ("https://example.org/data/upload/1/1a2b3c4d-c.png?a=1-2", "val/sub/c.png"),
    ],
)
def test_a_name_finds_its_image(name, path):
    assert match_images([name], PATHS).paths == {name: path}


@pytest.mark.parametrize(
    "name",
    [
        "1a2b3c4d-d.jpg",
        "x1a2b3c4d-a.jpg",
        "1a2b3c4d-x/d.jpg",
        "1a2b3c4-a.jpg",
        "d.jpg",
        "",
        "  ",
        "..",
        "/",
        "y.tif",
        "x",
    ],
)
def test_what_is_not_there_is_unknown(name):
    found = match_images([name], PATHS)
    assert not found.paths
    assert found.unknown == (name,)


def test_a_name_that_two_images_have_is_not_guessed():
    found = match_images(["b.jpg", "a.jpg"], PATHS)
    assert found.paths == {"a.jpg": "a.jpg"}
    assert found.ambiguous == {"b.jpg": ("train/b.jpg", "val/b.jpg")}


def test_the_same_stem_twice_is_not_guessed_but_the_whole_name_tells():
    paths = ("one.jpg", "one.png")
    assert match_images(["one.txt"], paths).ambiguous == {"one.txt": paths}
    assert match_images(["one.png"], paths).paths == {"one.png": "one.png"}
    assert match_images(["one.png"], paths, Match.STEM).ambiguous == {"one.png": paths}


def test_an_uploaded_name_is_looked_up_as_it_is_first():
    paths = ("a.jpg", "1a2b3c4d-a.jpg", "0a1b2c3d-b.jpg")
    assert match_images(["upload/1/1a2b3c4d-a.jpg"], paths).paths == {"upload/1/1a2b3c4d-a.jpg": "1a2b3c4d-a.jpg"}
    found = match_images(["11111111-a.jpg", "22222222-a.jpg"], paths)
    assert found.shared == {"a.jpg": ("11111111-a.jpg", "22222222-a.jpg")}


def test_case_tells_apart_where_it_must():
    paths = ("one.jpg", "ONE.jpg")
    assert match_images(["ONE.jpg", "one.jpg"], paths).paths == {"ONE.jpg": "ONE.jpg", "one.jpg": "one.jpg"}
    assert set(match_images(["One.jpg"], paths).ambiguous["One.jpg"]) == set(paths)


def test_two_names_of_one_image_are_told():
    found = match_images(["a.jpg", "b/a.jpg", "x.y.tif"], PATHS)
    assert found.shared == {"a.jpg": ("a.jpg", "b/a.jpg")}


def test_a_rule_that_is_asked_for_is_the_only_one():
    assert match_images(["other/c.png"], PATHS, Match.PATH).unknown == ("other/c.png",)
    assert match_images(["other/c.png"], PATHS, Match.NAME).paths == {"other/c.png": "val/sub/c.png"}
    assert match_images(["c.txt"], PATHS, Match.NAME).unknown == ("c.txt",)


def test_folders_tell_as_far_as_they_go():
    paths = ("b.jpg", "val/b.jpg")
    assert match_images(["b.jpg"], paths).paths == {"b.jpg": "b.jpg"}
    assert match_images(["images/val/b.jpg"], paths).paths == {"images/val/b.jpg": "val/b.jpg"}


def test_names_are_never_above_or_outside():
    assert clean_path("../../etc/passwd") == "etc/passwd"
    assert clean_path("file:///etc/passwd") == "etc/passwd"
    assert clean_path("D:\\a\\..\\b.jpg") == "a/b.jpg"


def test_folders_tell_files_of_one_stem_apart_even_where_suffixes_differ():
    paths = ("train/b.jpg", "val/b.jpg")
    assert match_images(["labels/val/b.txt"], paths).paths == {"labels/val/b.txt": "val/b.jpg"}
    assert match_images(["labels/b.txt"], paths).ambiguous == {"labels/b.txt": paths}


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("a/x.png.png", "a/x.png"),
        ("images/train/a/x.png.txt", "a/x.png"),
        ("images/train/x.png.png", "x.png"),
        ("C:\\set\\A\\X.JPG.jpg", "a/x.jpg"),
        ("b/x.jpg.jpg", "b/x.jpg.jpg"),
        ("b/x.jpg", "b/x.jpg"),
    ],
)
def test_a_suffix_twice_tells_images_of_one_stem_apart(name, path):
    paths = ("x.png", "a/x.png", "a/x.jpg", "b/x.jpg", "b/x.jpg.jpg")
    assert match_images([name], paths).paths == {name: path}
    assert match_images([name], paths, Match.PATH).paths == {name: path}
