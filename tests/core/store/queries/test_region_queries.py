"""Regions as they are read: of one image, by id, of all images in one state."""

import subprocess
import sys

import pytest

from acseg_core.errors import ProjectDamagedError
from acseg_core.store import queries
from acseg_core.store.edits import review
from acseg_core.store.edits.labels import create_label, update_label


def test_regions_of_an_image(world, project):
    world.propose(project, [2, 3], regions=5)
    regions = queries.regions(project, 2)
    assert [region.area for region in regions] == sorted((region.area for region in regions), reverse=True)
    assert {region.image_id for region in regions} == {2}
    assert queries.regions(project, 1) == []
    wanted = [regions[3].id, 999, regions[0].id]
    assert queries.regions_by_id(project, wanted) == {regions[3].id: regions[3], regions[0].id: regions[0]}
    assert list(queries.regions_by_id(project, wanted)) == [regions[3].id, regions[0].id]
    assert queries.descriptors(project, 1) == {}


def test_all_images_with_their_regions(world):
    project = world.create(images=150)
    world.propose(project, [1, 64, 65, 150], regions=3)
    walked = list(queries.image_regions(project))
    assert [record.id for record, _ in walked] == queries.image_ids(project)
    for record, regions in walked:
        assert regions == queries.regions(project, record.id)


def test_walking_through_all_sees_one_state(world):
    project = world.create(images=100, regions=2)
    walking = queries.image_regions(project)
    next(walking)
    review.name_regions_as(project, [200], "late")
    assert all(region.label_id is None for _, regions in walking for region in regions)
    assert queries.label_regions(project, 1) == [200]


_EVERY_MUTATION = """
import sqlite3, sys
from pathlib import Path
from acseg_core.errors import ProjectDamagedError
from acseg_core.workflows.exporting import export_coco
from acseg_core.shapes import masks
from acseg_core.store import open_project, queries
from acseg_core.store.edits import history, merging
folder = Path(sys.argv[1])
database = sqlite3.connect(folder / "project.db", isolation_level=None)
good, = database.execute("SELECT counts FROM region WHERE id = 2").fetchone()
changed = [good[:place] + bytes([byte]) + good[place + 1:] for place in range(len(good)) for byte in range(256)]
changed += [good[:length] for length in range(len(good))] + [good + bytes([byte]) for byte in range(256)]
area, = database.execute("SELECT area FROM region WHERE id = 2").fetchone()

def is_sound(text):
    # The format once more, count by count.
    counts, value, shift = [], 0, 0
    for byte in text:
        if not 48 <= byte < 112:
            return False
        value |= ((byte - 48) & 31) << shift
        shift += 5
        if not (byte - 48) & 32:
            value -= (1 << shift) if (byte - 48) & 16 else 0
            counts.append(value + (counts[-2] if len(counts) > 2 else 0))
            value = shift = 0
    return not shift and min(counts, default=-1) >= 0 and sum(counts) == 48 and sum(counts[1::2]) == area

works = (
    lambda: masks.union([region.mask for region in queries.regions(project, 1)]),
    lambda: list(export_coco(project, folder / "out.json", all_regions=True, with_problems=True)),
    lambda: (merging.merge_regions(project, [1, 2]), history.undo(project)),
)
told = 0
with open_project(folder) as project:
    for number, each in enumerate(changed):
        database.execute("UPDATE region SET counts = ? WHERE id = 2", (each,))
        for work in works if number % 16 == 0 else works[:1]:
            try:
                work()
                assert is_sound(each), each
            except ProjectDamagedError as error:
                told += 1
                assert not is_sound(each), each
                assert "region 2 of image 1: its mask" in str(error), error
                assert len(str(error).splitlines()) == 1
    database.execute("UPDATE region SET counts = ? WHERE id = 2", (good,))
    queries.regions(project, 1), queries.regions(project, 2)
print(told)
"""


def test_no_damaged_byte_of_a_mask_hangs_or_goes_on(world):
    """Before, pycocotools went on for good with most of them, holding the interpreter's lock; others were exported."""
    world.create(images=2, regions=3).close()
    (good,) = world.sql("SELECT counts FROM region WHERE id = 2")[0]
    done = subprocess.run(
        [sys.executable, "-c", _EVERY_MUTATION, str(world.folder)],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 200 * len(good)


def test_an_area_that_disagrees_with_its_mask_is_damage(world):
    project = world.create(images=1, regions=3)
    world.sql("UPDATE region SET area = area + 1 WHERE id = 2")
    with pytest.raises(ProjectDamagedError, match=r"region 2 of image 1: its mask has .* and its area says"):
        queries.regions(project, 1)


def test_what_an_export_writes_is_counted_without_reading_it(world):
    project = world.create(images=3, regions=4)
    thing, _ = create_label(project, "car")
    stuff, _ = create_label(project, "sky", is_thing=False)
    void, _ = create_label(project, "bonnet")
    update_label(project, void.id, is_void=True)
    for region_id, label in ((1, thing), (2, stuff), (3, void), (5, thing)):
        review.name_regions(project, [region_id], label.id)
    world.sql("UPDATE region SET status = 'proposed' WHERE id = 5")
    assert queries.export_counts(project, [1, 2, 3]) == (2, 1, 1)
    assert queries.export_counts(project, [1, 2, 3], accepted_only=False) == (3, 2, 2)
    assert queries.export_counts(project, [2, 3], all_regions=True)[::2] == (8, 2)
    assert queries.export_counts(project, []) == (0, 0, 0)
