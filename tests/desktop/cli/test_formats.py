"""`acseg formats`."""

from pathlib import Path

import pytest
from shell import acseg

from acseg_core.formats.format import FORMATS, Format
from acseg_core.store import create_project
from acseg_core.store.edits.labels import create_label


def test_every_format_of_the_table_is_listed() -> None:
    lines = acseg("formats").stdout.splitlines()
    for each in FORMATS:
        assert any(line.startswith(each.key) and each.title in line for line in lines)


def test_what_is_only_read_is_said_so() -> None:
    lines = acseg("formats").stdout.splitlines()
    only_read = [line.split()[0] for line in lines if "(read only)" in line]
    assert only_read == [each.key for each in FORMATS if each.write is None and not each.labels_only]
    assert "isat" in only_read


@pytest.mark.parametrize("format_", [each for each in FORMATS if each.labels_only], ids=lambda each: each.key)
def test_lists_of_labels_are_written_by_the_command_that_is_named(format_: Format, tmp_path: Path) -> None:
    """On the code of before, it said of each that it is only read."""
    (line,) = [line for line in acseg("formats").stdout.splitlines() if line.startswith(f"{format_.key} ")]
    command = line.partition("written by acseg ")[2].rstrip(")").split()
    out = tmp_path / f"names{format_.suffixes[0]}"
    (tmp_path / "photos").mkdir()
    with create_project(tmp_path / "project", image_root=tmp_path / "photos") as project:
        create_label(project, "grass")
    acseg(command[0], tmp_path / "project", *(out if word == "FILE" else word for word in command[1:]))
    with format_.read(out) as files:
        assert files.labels[-1].name == "grass"  # behind the two of its own that labelme has
