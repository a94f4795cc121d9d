"""What a killed run leaves beside its file is taken away by the next one, and nothing else is."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from acseg_core.output.atomic_write import keep, write_aside
from acseg_core.output.leftovers import opened_aside, sweep

WRITER = """
import sys, time
from pathlib import Path
from acseg_core.output.atomic_write import write_aside
with write_aside(Path(sys.argv[1])) as file:
    file.write(b"half of it")
    file.flush()
    print("writing", flush=True)
    time.sleep(600)
"""


def start_writing(target: Path) -> subprocess.Popen[str]:
    """A process in the middle of writing a file."""
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(target)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "writing\n"
    return writer


def kill(writer: subprocess.Popen[str]) -> None:
    writer.kill()
    writer.communicate()


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def write(target: Path, content: bytes = b"new") -> None:
    with write_aside(target) as file:
        file.write(content)


def test_the_next_run_takes_away_what_a_killed_one_left(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    kill(start_writing(target))
    assert len(names(tmp_path)) == 1
    write(target)
    assert names(tmp_path) == {"out.json"}
    assert target.read_bytes() == b"new"


def test_a_run_that_is_still_writing_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    writer = start_writing(target)
    try:
        before = names(tmp_path)
        sweep(target)
        assert names(tmp_path) == before
        write(target)
        assert names(tmp_path) == {*before, "out.json"}
    finally:
        kill(writer)
    sweep(target)
    assert names(tmp_path) == {"out.json"}


def test_the_files_of_others_stay(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    others = {
        ".out.json.1a2b3c4d",
        ".out.json.acseg-1a2b3c4",
        ".out.json.acseg-1a2b3c4d.bak",
        "out.json.acseg-1a2b3c4d",
        ".other.json.acseg-1a2b3c4d",
    }
    for name in others:
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / ".out.json.acseg-00000000").symlink_to(tmp_path / ".out.json.1a2b3c4d")
    (tmp_path / ".out.json.acseg-00000001").mkdir()
    write(target)
    assert names(tmp_path) == {*others, ".out.json.acseg-00000000", ".out.json.acseg-00000001", "out.json"}


def test_a_cache_is_swept_once_whatever_the_files_were_for(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / ".tokens.npz.acseg-1a2b3c4d").write_bytes(b"half")
    assert keep(cache / "other.npz", lambda file: file.write(b"x"), what="tokens are")
    assert names(cache) == {"other.npz"}


def test_where_there_are_no_locks_age_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    def refuse(_descriptor: int, _operation: int) -> None:
        raise OSError("no locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    fresh, old = (tmp_path / f".out.json.acseg-0000000{n}" for n in range(2))
    for file in (fresh, old):
        file.write_bytes(b"half")
    os.utime(old, (time.time() - 3600,) * 2)
    sweep(tmp_path / "out.json")
    assert names(tmp_path) == {fresh.name}


def test_a_file_that_others_may_not_read_is_never_open_to_them(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    with opened_aside(target, private=True) as (aside, _file):
        assert aside.stat().st_mode & 0o077 == 0
    assert names(tmp_path) == set()
