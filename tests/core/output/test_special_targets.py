"""What is there keeps what it is: links, pipes, devices, modes, owners."""

import os
import shutil
import socket
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from acseg_core.errors import StorageError
from acseg_core.output import atomic_write
from acseg_core.output.atomic_write import check_writable, keep, write_aside

CONTENT = b"content" * 50_000
"""More than a pipe holds."""


def write(target: Path, content: bytes = CONTENT) -> None:
    check_writable(target)
    with write_aside(target) as file:
        file.write(content)


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "elsewhere" / "real.json", tmp_path / "out.json"
    real.parent.mkdir()
    real.write_bytes(b"old")
    link.symlink_to(Path("elsewhere") / "real.json")
    write(link)
    assert link.is_symlink()
    assert real.read_bytes() == CONTENT
    assert names(real.parent) == {"real.json"}


def test_a_link_whose_file_is_not_there_yet(tmp_path: Path) -> None:
    link = tmp_path / "out.json"
    link.symlink_to(tmp_path / "real.json")
    write(link)
    assert link.is_symlink()
    assert (tmp_path / "real.json").read_bytes() == CONTENT


def test_a_link_that_leads_to_itself(tmp_path: Path) -> None:
    link = tmp_path / "out.json"
    link.symlink_to(link)
    with pytest.raises(StorageError, match="this link leads back to itself"):
        write(link)
    assert link.is_symlink()


def test_the_reader_of_a_pipe_gets_the_content(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()), daemon=True)
    reader.start()
    write(pipe)
    reader.join(10)
    assert got == [CONTENT]
    assert pipe.is_fifo()
    assert names(tmp_path) == {"pipe"}


def test_a_pipe_that_nobody_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic_write, "_READER_SECONDS", 0.2)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(StorageError, match="nobody reads from that pipe; start its reader first"):
        write(pipe)
    assert pipe.is_fifo()


def test_a_pipe_whose_reader_goes(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: os.close(os.open(pipe, os.O_RDONLY)), daemon=True)
    reader.start()
    with pytest.raises(StorageError, match="the program that reads from this pipe has ended; start both again"):
        write(pipe)
    reader.join(10)


def test_nothing_half_gets_into_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    def fail() -> None:
        with write_aside(pipe) as file:
            file.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert pipe.is_fifo()


def test_a_device_stays_a_device(tmp_path: Path) -> None:
    """A null device of our own; where we may not make one, the pipes above are all there is to try."""
    device = tmp_path / "null"
    try:
        os.mknod(device, 0o666 | stat.S_IFCHR, os.makedev(1, 3))
        device.open("wb").close()
    except PermissionError:
        pytest.skip("the system lets us make no device")
    write(device)
    assert stat.S_ISCHR(device.stat().st_mode)
    assert not keep(tmp_path / "null" / "x", lambda file: file.write(b"x"), what="tokens are")
    assert names(tmp_path) == {"null"}


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path is short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("s")
        for attempt in (write, check_writable):
            with pytest.raises(StorageError, match="this is a disk or a socket; give the name of a file"):
                attempt(tmp_path / "s")
        assert stat.S_ISSOCK((tmp_path / "s").stat().st_mode)


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o755])
def test_the_mode_stays(tmp_path: Path, mode: int) -> None:
    target = tmp_path / "out.json"
    target.write_bytes(b"old")
    target.chmod(mode)
    write(target)
    assert stat.S_IMODE(target.stat().st_mode) == mode
    assert target.read_bytes() == CONTENT


def test_the_file_aside_is_no_more_open_than_the_one_it_replaces(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_bytes(b"old")
    target.chmod(0o600)
    with write_aside(target) as file:
        assert stat.S_IMODE(os.fstat(file.fileno()).st_mode) == 0o600


NOBODY = 65534

AS_ANOTHER = """
import fcntl, os, sys  # before rights are given up: Python itself may lie where only root reads
from pathlib import Path
sys.path[:0] = sys.argv[1:]
from acseg_core.output.atomic_write import check_writable, write_aside
from acseg_core.errors import StorageError
os.setgroups([])
os.setgid({0})
os.setuid({0})
target = Path("out.json")
try:
    check_writable(target)
    with write_aside(target) as file:
        file.write(b"new" * 100_000)
except StorageError as error:
    print(error)
"""


def as_nobody(folder: Path) -> str:
    """Write out.json as another than root, who need not be let into the folders above; returns what was refused."""
    command = [sys.executable, "-c", AS_ANOTHER.format(NOBODY), *sys.path]
    return subprocess.run(command, check=True, text=True, capture_output=True, cwd=folder).stdout.strip()


needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root has files of two people"
)


@needs_root
def test_the_owner_stays_when_root_writes(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_bytes(b"old")
    os.chown(target, NOBODY, NOBODY)
    target.chmod(0o640)
    write(target)
    status = target.stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (NOBODY, NOBODY, 0o640)


@needs_root
@pytest.mark.parametrize("folder_mode", [0o777, 0o1777, 0o755])
def test_a_file_of_another_that_we_may_write_is_written_over(tmp_path: Path, folder_mode: int) -> None:
    """It stays theirs; where the folder takes no other file, too."""
    folder = tmp_path / "shared"
    folder.mkdir()
    target = folder / "out.json"
    for old in (b"old", b"older" * 100_000):
        target.write_bytes(old)
        target.chmod(0o666)
        folder.chmod(folder_mode)
        assert as_nobody(folder) == ""
        assert target.read_bytes() == b"new" * 100_000
        assert target.stat().st_uid == 0
        assert names(folder) == {"out.json"}


@needs_root
def test_a_file_that_we_may_not_write_is_refused_though_its_folder_would_let_us(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_bytes(b"old")
    target.chmod(0o444)
    tmp_path.chmod(0o777)
    assert "no permission to write there" in as_nobody(tmp_path)
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == {"out.json"}


@pytest.mark.parametrize("old", [b"old", b"older" * 300_000])
def test_a_mounted_file_is_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: bytes) -> None:
    """A container's file that is a mount of its own cannot be replaced: "device or resource busy"."""
    target = tmp_path / "out.json"
    target.write_bytes(old)
    before = target.stat().st_ino

    def busy(_self: Path, _target: Path) -> Path:
        raise OSError(16, "Device or resource busy")

    monkeypatch.setattr(Path, "replace", busy)
    write(target)
    assert target.read_bytes() == CONTENT
    assert target.stat().st_ino == before
    assert names(tmp_path) == {"out.json"}


def test_a_full_disk_leaves_the_old_content_where_it_is_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.json"
    target.write_bytes(b"old")

    def busy(_self: Path, _target: Path) -> Path:
        raise OSError(16, "Device or resource busy")

    def full(source: object, out: object) -> None:
        out.write(b"as much as fits")  # type: ignore[attr-defined]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", busy)
    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(StorageError, match="the disk is full"):
        write(target)
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == {"out.json"}
