"""What a person names to be written never takes the place of something precious."""

import io
import sqlite3
from pathlib import Path

import pytest
from PIL import Image

from acseg_core.errors import StorageError
from acseg_core.output.protected import check_output, is_one_of, write_output
from acseg_core.store import backups, create_project

PICTURES = {"JPEG": "jpg", "PNG": "png", "TIFF": "tif", "WEBP": "webp", "BMP": "bmp", "GIF": "gif"}


def refused(path: Path, *, picture: bool = False) -> str:
    """Both ways say the same; nothing changes."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StorageError) as early:
        check_output(path, picture=picture)
    with pytest.raises(StorageError) as late, write_output(path, picture=picture) as file:
        file.write(b"{}")
    assert str(early.value) == str(late.value)
    assert str(early.value).startswith(f"{path}: ")
    assert (path.read_bytes() if path.is_file() else None) == before
    return str(early.value)


def encoded(kind: str) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (4, 3), (9, 99, 199)).save(content, kind)
    return content.getvalue()


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_is_not_written_over(tmp_path: Path, kind: str) -> None:
    photo, link = tmp_path / f"a.{PICTURES[kind]}", tmp_path / "out.json"
    photo.write_bytes(encoded(kind))
    link.symlink_to(photo)
    for path in (photo, link):
        assert "this would overwrite a picture; choose another file" in refused(path)
    if kind != "PNG":
        assert "this would overwrite a picture" in refused(photo, picture=True)


def test_a_picture_may_take_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    picture = tmp_path / "sheet.png"
    picture.write_bytes(encoded("PNG"))
    check_output(picture, picture=True)
    with write_output(picture, picture=True) as file:
        file.write(b"new")
    assert picture.read_bytes() == b"new"


def test_texts_that_begin_like_a_picture_are_none(tmp_path: Path) -> None:
    listed = tmp_path / "cars.txt"
    listed.write_text("BMW\nRIFFLE\nMM\nII\n")
    with write_output(listed) as file:
        file.write(b"new")
    assert listed.read_bytes() == b"new"


def test_nothing_goes_among_the_files_a_project_keeps_for_itself(tmp_path: Path) -> None:
    """Its own, and those of any other project: every file that a project makes."""
    (tmp_path / "photos").mkdir()
    with create_project(tmp_path / "project", image_root=tmp_path / "photos") as project:
        folder = project.folder
        assert backups.make_backup(folder) is not None
        made = [path for path in folder.rglob("*") if path.is_file()]
        assert {"project.db", "project.lock", "project.db-wal"} <= {path.name for path in made}
        new = [folder / "cache" / "x.json", folder / "backups" / "x.json", project.thumbnails_dir / "x.png"]
        for path in [*made, *new]:
            own = path.name != "project.db"
            words = "this location is for the project's own files" if own else "this is the project itself"
            assert words in refused(path)
        with write_output(folder / "annotations.json") as file:  # beside them is room
            file.write(b"{}")
        with write_output(folder / "annotations.json") as file:
            file.write(b"[]")


def test_databases_of_others(tmp_path: Path) -> None:
    database = tmp_path / "work.sqlite"
    sqlite3.connect(database).executescript("create table work (hours)").connection.close()
    assert "this is the project itself" in refused(database)


def test_the_same_file_under_other_names(tmp_path: Path) -> None:
    file, other = tmp_path / "a", tmp_path / "b"
    file.write_bytes(b"x")
    other.write_bytes(b"x")
    (tmp_path / "link").symlink_to(file)
    (tmp_path / "hard").hardlink_to(file)
    for name in ("a", "link", "hard"):
        assert is_one_of(tmp_path / name, [other, file])
        assert not is_one_of(tmp_path / name, [other, tmp_path / "gone"])
    assert not is_one_of(tmp_path / "gone", [tmp_path / "gone"])
