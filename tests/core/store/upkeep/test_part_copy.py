"""The database of a part: rows of some images and what they refer to, and no more history than when and where."""

import contextlib
import sqlite3

import pytest
from coloured_photos import finish

from acseg_core.store import backups, queries
from acseg_core.store.database import DATABASE, connect, uri
from acseg_core.store.edits import history, merging, removal, review
from acseg_core.store.queries.image_state import last_edits
from acseg_core.store.queries.part_origin import part_origin
from acseg_core.store.settings import CALIBRATED_IMAGES, UNFINISHED_IMPORT, read_setting, write_setting
from acseg_core.store.upkeep.part_copy import PartPlace, write_part


@pytest.fixture
def project(world):
    opened = world.create(images=4)
    world.propose_tree(opened, [1, 2, 3, 4], leaves=5)
    for image in (1, 2, 3):
        ids = [region.id for region in queries.regions(opened, image)]
        merging.merge_regions(opened, ids[:2])
        review.name_regions_as(opened, [queries.regions(opened, image)[0].id], f"label {image}")
    return opened


def write(world, project, image_ids, others=()):
    folder = world.root / "part"
    folder.mkdir()
    place = PartPlace("mine", folder, project.image_root, others)
    ids = {"identity": "p", "split": "s", "number": 1, "of": 2}
    return finish(write_part(project.folder / DATABASE, folder / DATABASE, image_ids, place, **ids))


def rows(world, statement):
    with contextlib.closing(sqlite3.connect(world.root / "part" / DATABASE)) as connection:
        return connection.execute(statement).fetchall()


def test_nothing_of_other_images_is_in_it(world, project):
    review.reject_regions(project, [queries.regions(project, 4)[0].id])
    history.undo(project)
    assert write(world, project, [1, 3]) == sum(len(queries.regions(project, image)) for image in (1, 3))
    assert rows(world, "SELECT DISTINCT image_id FROM region") == [(1,), (3,)]
    assert rows(world, "SELECT count(*) FROM tree") == [(2,)]
    assert rows(world, "SELECT count(*) FROM removed_region") == [(0,)]
    assert rows(world, "SELECT DISTINCT row_id FROM change WHERE entity = 'image'") == [(1,), (3,)]
    assert rows(world, "SELECT count(*) FROM operation WHERE undone") == [(0,)]
    with contextlib.closing(connect(uri(world.root / "part" / DATABASE, mode="ro"))) as connection:
        assert backups.is_sound(connection, whole=True)


def test_of_the_history_stays_when_images_were_edited(world, project):
    write(world, project, [2, 4])
    part = world.open(world.root / "part")
    assert history.operations(part) == []
    assert history.undo(part) is None
    with part.read() as theirs, project.read() as ours:
        expected = {image: time for image, time in last_edits(ours).items() if image in (2, 4)}
        assert last_edits(theirs) == expected
    assert part_origin(part).last_operation == 7
    review.name_regions_as(part, [queries.regions(part, 2)[1].id], "new")
    assert [each.id for each in history.operations(part)] == [8]


def test_others_are_known_as_removed_and_come_back_as_new(world, project):
    removal.remove_images(project, [4])
    write(world, project, [1], others=[2, 4])
    part = world.open(world.root / "part")
    assert [(image.id, image.regions) for image in removal.removed_images(part)] == [(2, 0), (4, 0)]
    removal.take_back_images(part, [2])
    assert queries.image(part, 2).status == "new"
    assert queries.regions(part, 2) == []


def test_choices_go_along_and_what_is_unfinished_does_not(world, project):
    write_setting(project, CALIBRATED_IMAGES, 17)
    write_setting(project, UNFINISHED_IMPORT, "3 abc")
    write(world, project, [1])
    part = world.open(world.root / "part")
    assert read_setting(part, CALIBRATED_IMAGES) == 17
    assert read_setting(part, UNFINISHED_IMPORT) == ""


def test_tables_whose_columns_stand_in_another_order_are_copied_by_name(world, project):
    """As migrations leave them: what was added later is last."""
    before = world.rows()
    names = [row[1] for row in world.sql("PRAGMA table_info(label)")]
    turned = ", ".join([names[0], *reversed(names[1:])])
    world.sql(f"CREATE TABLE turned AS SELECT {turned} FROM label")
    world.sql("DELETE FROM label")
    world.sql("DROP TABLE label")
    world.sql("ALTER TABLE turned RENAME TO label")
    write(world, project, [1])
    assert rows(world, "SELECT * FROM label ORDER BY id") == before["label"]
