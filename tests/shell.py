"""`acseg` as a shell runs it, but in this process, so that torch is imported once."""

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import pytest

from acseg_desktop.cli.main import main


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
