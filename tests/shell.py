"""`acseg` as a shell runs it, but in this process, so that torch is imported once; or in another process."""

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import pytest

from acseg_desktop.cli.main import main

ACSEG = [sys.executable, "-c", "from acseg_desktop.cli.main import main; main()"]
"""The same in a process of its own."""


class Done(NamedTuple):
    """What a command wrote."""

    stdout: str
    stderr: str


def acseg(*arguments: str | Path, code: int = 0) -> Done:
    """Run `acseg`; fails unless it exits with ``code``."""
    out, err = io.StringIO(), io.StringIO()
    with (
        mock.patch.object(sys, "argv", ["acseg", *map(str, arguments)]),
        redirect_stdout(out),
        redirect_stderr(err),
        pytest.raises(SystemExit) as end,
    ):
        main()
    assert end.value.code == code, f"exit code {end.value.code}\n{out.getvalue()}\n{err.getvalue()}"
    return Done(out.getvalue(), err.getvalue())


def refused(*arguments: str | Path) -> str:
    """Run `acseg`, which must fail with one line on stderr; returns that line."""
    lines = acseg(*arguments, code=1).stderr.strip().splitlines()
    assert len(lines) == 1, lines
    assert lines[0].startswith("acseg: ")
    return lines[0]


def acseg_process(*arguments: str | Path) -> Done:
    """Run `acseg` in a process of its own; fails unless it succeeds."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [*ACSEG, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, env=environment)
    assert done.returncode == 0, f"exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
    return Done(done.stdout, done.stderr)
