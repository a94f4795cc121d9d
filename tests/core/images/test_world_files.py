"""World files and .prj files beside images: under every name they may have, and what they say of the corner."""

import pytest

from acseg_core.images.world_files import (
    Companions,
    WorldFileError,
    find_world_file,
    names_beside,
    read_system_beside,
    read_world_file,
)


@pytest.mark.parametrize(
    ("image", "world"),
    [
        ("a.tif", "a.tfw"), ("a.tif", "a.TFW"), ("a.TIF", "a.TFW"), ("a.TIF", "a.tfw"), ("a.tiff", "a.tfw"),
        ("a.tif", "a.tifw"), ("a.jpg", "a.jgw"), ("a.JPG", "a.JGW"), ("a.jpeg", "a.jgw"), ("a.png", "a.pgw"),
        ("a.png", "a.wld"), ("a.PNG", "a.WLD"), ("a.b.png", "a.b.pgw"), ("a.webp", "a.wpw"), ("a.bmp", "a.bpw"),
    ],
)  # fmt: skip
def test_it_is_found_under_each_of_its_names(tmp_path, image, world):
    (tmp_path / world).write_text("1\n0\n0\n-1\n0\n0\n")
    found = find_world_file(tmp_path / image)
    assert found is not None
    assert found.samefile(tmp_path / world)
    assert world in names_beside(image) or (tmp_path / image).exists()
    companions = Companions()
    assert companions.of(tmp_path / image)
    assert not companions.of(tmp_path / "other.png")
    assert not companions.of(tmp_path / "nowhere" / "a.png")


def test_its_numbers_are_of_the_centre_and_those_read_of_the_corner(tmp_path):
    file = tmp_path / "a.tfw"
    file.write_text("2.0\n0.25\n-0.5\n-4.0\n100\n200\n")
    x, right_x, down_x, y, right_y, down_y = read_world_file(file)
    assert (right_x, right_y, down_x, down_y) == (2.0, 0.25, -0.5, -4.0)
    centre = x + 0.5 * right_x + 0.5 * down_x, y + 0.5 * right_y + 0.5 * down_y
    assert centre == (100, 200)


def test_a_comma_may_be_the_decimal_point(tmp_path):
    (tmp_path / "a.tfw").write_text("0,5\r\n0\r\n0\r\n-0,5\r\n100,25\r\n200,25\r\n")
    assert read_world_file(tmp_path / "a.tfw") == (100, 0.5, 0, 200.5, 0, -0.5)


@pytest.mark.parametrize("text", ["", "1 2 3", "1 0 0 -1 x 0", "nan 0 0 1 0 0", "inf 0 0 1 0 0", "1 1 1 1 0 0", "\0"])
def test_another_file_is_named_with_what_to_do(tmp_path, text):
    (tmp_path / "a.tfw").write_text(text)
    with pytest.raises(WorldFileError, match=r"a\.tfw: .*; correct it, or take it away$"):
        read_world_file(tmp_path / "a.tfw")


def test_a_folder_of_that_name_is_none(tmp_path):
    (tmp_path / "a.tfw").mkdir()
    assert find_world_file(tmp_path / "a.tif") is None
    (tmp_path / "a.prj").mkdir()
    assert read_system_beside(tmp_path / "a.tif") is None


def test_the_system_is_in_the_prj_file(tmp_path):
    assert read_system_beside(tmp_path / "a.tif") is None
    (tmp_path / "a.prj").write_text('GEOGCS["GCS_WGS_1984",DATUM["D"],UNIT["Degree",0.0174532925199433]]')
    found = read_system_beside(tmp_path / "a.tif")
    assert found is not None
    assert (found.epsg, found.unit) == (4326, "degree")
    (tmp_path / "a.prj").write_text("nothing")
    assert read_system_beside(tmp_path / "a.tif") is None


def test_a_name_as_long_as_may_be_has_nothing_beside_it(tmp_path):
    name = "n" * 251 + ".tif"
    (tmp_path / name).write_bytes(b"")
    assert find_world_file(tmp_path / name) is None  # with .tifw it would be longer than may be
    assert read_system_beside(tmp_path / name) is None
