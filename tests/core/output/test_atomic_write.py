"""Whole files or none."""

import errno
import os
import sqlite3
import threading
from pathlib import Path

import pytest

from acseg_core.errors import StorageError
from acseg_core.output.atomic_write import check_writable, keep, storage_error, write_aside


def names(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir()]


def write_half(target: Path, error: BaseException) -> None:
    with write_aside(target) as file:
        file.write(b"half")
        raise error


@pytest.mark.parametrize("durable", [True, False])
def test_a_file_is_replaced_as_a_whole(tmp_path: Path, durable: bool) -> None:
    target = tmp_path / "out.json"
    target.write_bytes(b"old")
    with write_aside(target, durable=durable) as file:
        file.write(b"new")
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"
    assert names(tmp_path) == ["out.json"]


@pytest.mark.parametrize("error", [ValueError("bug"), KeyboardInterrupt(), GeneratorExit()])
def test_an_interruption_leaves_the_old_file_and_nothing_else(tmp_path: Path, error: BaseException) -> None:
    target = tmp_path / "out.json"
    target.write_bytes(b"old")
    with pytest.raises(type(error)):
        write_half(target, error)
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["out.json"]


def test_a_full_disk_is_one_line_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="disk is full") as caught:
        write_half(tmp_path / "out", OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    assert "\n" not in str(caught.value)
    assert names(tmp_path) == []


def test_places_that_cannot_be_written_are_named(tmp_path: Path) -> None:
    for place, words in ((tmp_path, "this is a folder"), (tmp_path / "no" / "out", "does not exist")):
        with pytest.raises(StorageError, match=words), write_aside(place) as file:
            file.write(b"x")
    with pytest.raises(StorageError), write_aside(tmp_path / ("x" * 400)) as file:
        file.write(b"x")


def test_unknown_errors_keep_the_words_of_the_system(tmp_path: Path) -> None:
    assert "Input/output" in str(storage_error(tmp_path, OSError(errno.EIO, os.strerror(errno.EIO))))


def test_a_place_is_tried_without_leaving_anything(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"old")
    check_writable(tmp_path / "old")
    check_writable(tmp_path / "new")
    check_writable(tmp_path / "no" / "such" / "folder" / "new", makes_folders=True)
    assert (tmp_path / "old").read_bytes() == b"old"
    assert names(tmp_path) == ["old"]


def test_a_place_that_cannot_be_written_is_told_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for place, words in (
        (tmp_path, "this is a folder"),
        (tmp_path / "no" / "out", "does not exist"),
        (tmp_path / "file" / "out", "is a file"),
        (tmp_path / ("x" * 300), "too long"),
    ):
        with pytest.raises(StorageError, match=words) as caught:
            check_writable(place)
        assert str(caught.value).startswith(str(place))
    with pytest.raises(StorageError, match="is a file"):
        check_writable(tmp_path / "file" / "sub" / "out", makes_folders=True)
    with pytest.raises(StorageError, match="this is a folder"):
        check_writable(tmp_path, makes_folders=True)
    assert names(tmp_path) == ["file"]


def test_what_is_kept_in_a_cache_is_whole_or_as_before_and_its_loss_is_no_fault(tmp_path, caplog):
    path = tmp_path / "cache" / "deep" / "tokens.npz"
    assert keep(path, lambda file: file.write(b"whole"), what="tokens are")
    assert path.read_bytes() == b"whole"

    def break_off(file):
        file.write(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    assert not keep(path, break_off, what="tokens are")
    assert path.read_bytes() == b"whole"
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    assert "tokens are not kept: " in caplog.text
    assert "the disk is full" in caplog.text
    (tmp_path / "file").write_bytes(b"")
    assert not keep(tmp_path / "file" / "tokens.npz", lambda file: file.write(b"x"), what="tokens are")
    with pytest.raises(ZeroDivisionError):
        keep(path, lambda _file: 1 / 0, what="tokens are")
    assert path.read_bytes() == b"whole"


@pytest.mark.parametrize("durable", [True, False])
def test_a_database_is_not_written_over(tmp_path: Path, durable: bool) -> None:
    """Whoever writes: a form of the window that saves a table says no more than where to."""
    database = tmp_path / "project.db"
    sqlite3.connect(database).executescript("create table work (hours)").connection.close()
    before = database.read_bytes()
    told = "this is the project itself; choose another file"
    with pytest.raises(StorageError, match=told), write_aside(database, durable=durable) as file:
        file.write(b"{}")
    with pytest.raises(StorageError, match=told):
        check_writable(database)
    assert database.read_bytes() == before
    assert names(tmp_path) == ["project.db"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_nobody_waits_for_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    looking = threading.Thread(target=check_writable, args=(pipe,), daemon=True)
    looking.start()
    looking.join(10)
    assert not looking.is_alive()
