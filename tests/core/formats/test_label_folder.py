"""What is in a folder of labels, and that nothing outside of it is meant by a name."""

import zipfile
from pathlib import Path

import pytest

from acseg_core.errors import LabelFileError
from acseg_core.formats.label_folder import check_folder, check_unpacked, inside, png_files


def test_png_files_are_found_in_all_folders_by_their_path(tmp_path):
    for name in ("b.png", "A.PNG", "sub/deep/c.png", "sub/d.jpg", "png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "e.png").mkdir()
    assert list(png_files(tmp_path)) == ["A.PNG", "b.png", "sub/deep/c.png"]
    assert png_files(tmp_path)["sub/deep/c.png"] == tmp_path / "sub" / "deep" / "c.png"


@pytest.mark.parametrize(
    ("name", "meant"),
    [("a.png", "a.png"), ("./sub//a.png", "sub/a.png"), ("sub\\a.png", "sub/a.png"), (" a.png ", "a.png")],
)
def test_a_name_means_a_file_in_the_folder(name, meant):
    assert inside(Path("folder"), name) == Path("folder") / meant


@pytest.mark.parametrize(
    "name",
    ["../a.png", "sub/../../a.png", "..\\a.png", "/a.png", "\\a.png", "C:\\a.png", "c:a.png", "a\0.png", ".", ""],
)
def test_what_is_outside_is_never_meant(name):
    assert inside(Path("folder"), name) is None


def test_what_is_no_folder_is_told_by_what_it_is(tmp_path):
    file = tmp_path / "set.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.png", b"")
    with pytest.raises(LabelFileError, match=r"set\.zip: this is a ZIP archive; unpack it"):
        check_folder(file, "the folder")
    file.write_text("text")
    check_unpacked(file)
    with pytest.raises(LabelFileError, match=r"set\.zip: this is a file; choose the folder of the maps"):
        check_folder(file, "the folder of the maps")
    with pytest.raises(LabelFileError, match="there is no such folder"):
        check_folder(tmp_path / "none", "the folder")
    check_folder(tmp_path, "the folder")
