"""Trees of projects until schema 7 stay as they are, and are read; versions before do not open what has trees of cells.

That undo and redo work across the migration is tested for all schemas in `test_r0005_origin_and_verdict`.
"""

import contextlib
import shutil
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from acseg_core.errors import ProjectTooNewError
from acseg_core.proposals.leaf_map import is_of_cells
from acseg_core.proposals.tree_bytes import TreeBytes
from acseg_core.shapes import masks
from acseg_core.store import create_project, migrations, open_project, queries
from acseg_core.store.edits import cuts, runs

DATA = Path(__file__).parents[4] / "data"


@pytest.fixture(params=range(2, 8), ids="schema {}".format)
def old(request, tmp_path):
    """A project of each schema that has trees."""
    folder = tmp_path / "project"
    folder.mkdir()
    shutil.copyfile(DATA / f"schema-{request.param}.db", folder / "project.db")
    return folder


def _trees(folder):
    with contextlib.closing(sqlite3.connect(folder / "project.db")) as connection:
        return connection.execute("SELECT leaf_map, merges, heights, leaf_tokens FROM tree ORDER BY id").fetchall()


def test_old_trees_stay_byte_for_byte_and_are_cut_as_before(old):
    before = _trees(old)
    assert before
    assert not any(is_of_cells(leaf_map) for leaf_map, *_ in before)
    with open_project(old) as project:
        assert _trees(old) == before
        for image in [each for each in queries.images(project) if each.granularity is not None]:
            cuts.recut_image(project, image.id, image.granularity)
            shown = [each for each in queries.regions(project, image.id) if each.node is not None]
            tree = cuts.image_tree(project, image.id)
            for region in shown:
                inside = masks.decode(region.mask)
                outside_its_node = inside & ~np.isin(tree.leaf_map, tree.tree.leaves_of(region.node))
                assert outside_its_node.sum() < 0.5 * inside.sum(), "all but crumbs of others"


def test_old_trees_are_written_as_they_were_read(old):
    for parts in _trees(old):
        leaf_map, *others = parts
        again = TreeBytes.of(TreeBytes(*parts).read())
        assert [again.merges, again.heights, again.leaf_tokens] == others
        np.testing.assert_array_equal(
            TreeBytes(again.leaf_map, *others).read().leaf_map, TreeBytes(leaf_map, *others).read().leaf_map
        )


def test_a_program_of_schema_7_says_that_a_project_with_such_trees_is_newer(tmp_path, world, monkeypatch):
    project = world.create(images=1)
    tree = world.random_tree_of_cells(seed=1)
    run_id = runs.begin_run(project, world.run)
    runs.save_proposals(project, run_id, 1, tree.regions(tree.tree.cut(0)), tree=tree, granularity=0.5)
    runs.finish_run(project, run_id)
    project.close()
    monkeypatch.setattr(migrations, "REVISIONS", migrations.REVISIONS[:7])
    monkeypatch.setattr(migrations, "SCHEMA_VERSION", 7)
    with pytest.raises(ProjectTooNewError, match="newer version"):
        open_project(world.folder)
    (tmp_path / "empty").mkdir()
    create_project(tmp_path / "of then", image_root=tmp_path / "empty").close()
    with open_project(tmp_path / "of then"):  # else the program of then could open nothing here
        pass
