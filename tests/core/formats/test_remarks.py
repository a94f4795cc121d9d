"""What files say that people remarked about images."""

import pytest

from acseg_core.formats.remarks import Remarks, read_remarks


@pytest.mark.parametrize(
    ("entry", "meant"),
    [
        ({"comment": "dark", "reviewed": True}, Remarks("dark", is_reviewed=True)),
        ({}, Remarks()),
        ({"comment": None, "reviewed": "yes"}, Remarks()),
        ({"comment": ["x"], "reviewed": 1}, Remarks()),
    ],
)
def test_keys_of_other_tools_that_mean_something_else_are_passed_by(entry, meant):
    assert read_remarks(entry) == meant
