"""`acseg formats`."""

from shell import acseg

from acseg_core.formats.format import FORMATS


def test_every_format_of_the_table_is_listed() -> None:
    lines = acseg("formats").stdout.splitlines()
    for each in FORMATS:
        assert any(line.startswith(each.key) and each.title in line for line in lines)
