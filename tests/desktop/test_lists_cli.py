"""`acseg status --search` as a shell sees it."""

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from unittest import mock

import pytest

from acseg_core.store import open_project, queries, review
from acseg_desktop.cli import main


def acseg(*arguments, code=0):
    """Run `acseg` in this process; what it printed to stdout, or its one line on stderr when it must fail."""
    out, err = io.StringIO(), io.StringIO()
    with (
        mock.patch.object(sys, "argv", ["acseg", *map(str, arguments)]),
        redirect_stdout(out),
        redirect_stderr(err),
        pytest.raises(SystemExit) as end,
    ):
        main()
    assert end.value.code == code, f"exit code {end.value.code}\n{out.getvalue()}\n{err.getvalue()}"
    if code:
        assert err.getvalue().count("\n") == 1
        return err.getvalue()
    return out.getvalue()


def test_images_that_match_are_listed(project_folder):
    with open_project(project_folder) as project:
        first = queries.regions(project, 1)
        review.name_regions_as(project, [first[0].id], "sky")
    assert acseg("status", project_folder, "--search", "label:sky") == "a1.png\n"
    assert acseg("status", project_folder, "--search", "-regions>0").splitlines() == ["a10.jpg", "sub/b.png"]
    listed = acseg("status", project_folder, "--search", "", "--json")
    assert json.loads(listed) == ["a1.png", "a2.png", "a10.jpg", "sub/b.png"]
    assert acseg("status", project_folder, "--search", "status:done") == ""


def test_a_bad_search_says_what_to_write(project_folder):
    assert "write conf<0.6" in acseg("status", project_folder, "--search", "conf<6", code=1)
    assert "no labels yet" in acseg("status", project_folder, "--search", "label:sky", code=1)
