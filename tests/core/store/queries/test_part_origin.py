"""What a part knows of where it came from is read back, and nonsense is damage."""

import json

import pytest

from acseg_core.errors import ProjectDamagedError
from acseg_core.store.queries.part_origin import PartOrigin, first_digests, identity, part_origin, write_origin

LABEL = {
    "name": "cat",
    "color": "#123456",
    "hotkey": None,
    "supercategory": "",
    "is_thing": True,
    "is_void": False,
}
ORIGIN = PartOrigin("p" * 32, "s" * 32, 2, 3, "2026-12-01T00:00:00.000+00:00", 7, 40, {1: LABEL})


def test_it_is_read_as_it_was_written(world):
    project = world.create()
    assert part_origin(project) is None
    with project.read() as connection:
        assert identity(connection) == ""
    with project.write() as connection:
        write_origin(connection, ORIGIN, {1: "a" * 64, 12: "b" * 64})
    assert part_origin(project) == ORIGIN
    assert ORIGIN.key == f"{'s' * 32}-2"
    with project.read() as connection:
        assert first_digests(connection, [1, 2]) == {1: "a" * 64}


@pytest.mark.parametrize(
    "value",
    [
        "[]",
        "{}",
        '"text"',
        json.dumps({"project": "p", "split": "s", "number": "2", "of": 3, "made_at": "", "labels": {}}),
        json.dumps({"labels": {"1": {}}}),
        json.dumps(
            {
                "project": "p",
                "split": "s",
                "number": True,
                "of": 3,
                "made_at": "",
                "last_operation": 1,
                "last_region": 1,
                "labels": {},
            }
        ),
    ],
)
def test_nonsense_is_damage(world, value):
    project = world.create()
    world.sql("INSERT INTO setting (key, value) VALUES ('part', ?)", value)
    with pytest.raises(ProjectDamagedError, match="makes no sense"):
        part_origin(project)
