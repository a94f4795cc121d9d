"""Damaged values in the rows of a real project: whatever is done then works, or says in one line what to do.

The loop runs in a process of its own, so that one that hangs or dies is seen. By hand, with seed and rounds:
``python tests/campaign/test_mutated_projects.py 7 10000``.
"""

import contextlib
import io
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from acseg_core.errors import AcsegError
from acseg_core.proposals.cells import number_parts
from acseg_core.proposals.image_tree import ImageTree
from acseg_core.proposals.leaf_map import LeafMap
from acseg_core.proposals.tree import ConceptTree, threshold_of
from acseg_core.proposals.tree_bytes import rounded
from acseg_core.shapes import masks
from acseg_core.store import create_project, open_project, queries
from acseg_core.store.edits import clusters, cuts, history, ingest, labels, merging, painting, review, runs, suggestions
from acseg_core.store.queries import cluster_queries, fingerprints, image_list, image_search
from acseg_core.store.upkeep import timings
from acseg_core.types import ImageInfo, ImageStatus, PixelPatch, RunInfo
from acseg_core.workflows.exporting import export_coco
from acseg_desktop.session import explained, read_snapshot

pytestmark = pytest.mark.campaign

HEIGHT, WIDTH, LEAVES = 30, 40, 6
ROUNDS = 50
"""Half a minute."""
MOST_SECONDS = 20.0
"""For one round; nothing may hang."""


def make_project(root: Path) -> Path:
    """Four images with trees and regions, labels, suggestions, clusters, work, and a history with something undone."""
    (root / "images").mkdir()
    draw = np.random.default_rng(1)
    with create_project(root / "sound", image_root=root / "images") as project:
        size = (WIDTH, HEIGHT, WIDTH, HEIGHT)
        ingest.add_images(project, [ImageInfo(f"{n}.jpg", f"{n:064x}", 100, 1, *size) for n in range(4)])
        run = runs.begin_run(project, RunInfo("vit", "b" * 64, "acg", "a" * 64, "{}", "0.1.0"))
        for id_ in queries.image_ids(project):
            tree = _tree(draw, of_cells=id_ in (1, 2))
            found = tree.regions(tree.tree.cut(threshold_of(0.5)))
            runs.save_proposals(project, run, id_, found, tree=tree, granularity=0.5)
        runs.finish_run(project, run)
        made, _ = labels.create_labels(project, ["tree", "sky", "über"])
        first, second, *rest = [region.id for id_ in (1, 2, 3, 4) for region in queries.regions(project, id_)]
        review.name_regions(project, [first, second], made[0].id)
        suggestions.save_suggestions(project, rest[-3:], [made[1].id] * 3, [0.5, 0.6, 0.9])
        everyone = np.array([first, second, *rest], np.int64)
        groups = (np.arange(len(everyone)) % 3).astype(np.int32)
        clusters.save_clusters(project, everyone, groups, np.eye(3, 8, dtype=np.float32))
        work = timings.WorkSpan(1, timings.Activity.REVIEW, datetime.now(UTC), 5.0, 3)
        timings.record_work(project, [work])
        merging.merge_regions(project, [region.id for region in queries.regions(project, 3)[:2]])
        history.undo(project)
    return root / "sound"


def _tree(draw: np.random.Generator, *, of_cells: bool) -> ImageTree:
    """In the form that proposals have now, or in that of earlier versions."""
    leaf_map = np.repeat(np.repeat(draw.integers(0, LEAVES, (6, 8)).astype(np.uint8), 5, axis=0), 5, axis=1)
    leaf_map.ravel()[:LEAVES] = np.arange(LEAVES)
    tokens = draw.normal(size=(LEAVES, 8)).astype(np.float16)
    if not of_cells:
        return ImageTree.of(_chain(LEAVES), leaf_map, tokens)
    valid = np.ones((HEIGHT, WIDTH), bool)
    valid[-3:, -4:] = False
    leaves, kept = LeafMap.of_cells(number_parts(leaf_map.astype(np.int32)), (HEIGHT, WIDTH), valid=valid)
    return ImageTree(_chain(len(kept)), leaves, rounded(tokens.astype(np.float32)), np.arange(len(kept)) % LEAVES)


def _chain(leaves: int) -> ConceptTree:
    merges = [(0, 1), *((leaves + n - 1, n + 1) for n in range(1, leaves - 1))]
    heights = np.linspace(0.02, 0.3, leaves - 1).astype(np.float16)
    return ConceptTree(np.array(merges, np.int32), heights.astype(np.float32))


def mutate(database: Path, dice: random.Random) -> str:
    """Change one or two cells of any table; returns which, and to what."""
    done = []
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = 1")
        connection.text_factory = lambda raw: raw.decode(errors="replace")  # the first change may have been to a text
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for _ in range(dice.choice((1, 1, 1, 2))):
            table = dice.choice([*(name for name in tables if name != "alembic_version"), "tree", "tree"])
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            rows = connection.execute(f"SELECT * FROM {table}").fetchall()
            if not rows:
                continue
            column, row = dice.randrange(len(columns)), dice.choice(rows)
            value, as_text = mutated(row[column], dice)
            where = " AND ".join(f'"{name}" IS ?' for name in columns)
            to = "CAST(? AS TEXT)" if as_text else "?"
            with contextlib.suppress(sqlite3.IntegrityError):  # what SQLite itself would not let in
                connection.execute(f'UPDATE {table} SET "{columns[column]}" = {to} WHERE {where}', (value, *row))
                done.append(f"{table}.{columns[column]}: {row[column]!r:.60} -> {value!r:.60}")
    return "; ".join(done)


def mutated(value: object, dice: random.Random) -> tuple[object, bool]:
    """Something near a value, or nothing like it; and whether bytes are to be stored as text."""
    odd = (None, -1, 0, 10**12, 2**63 - 1, 1e308, -0.5, float("inf"), "", "x", "a\nb\r\nc", "z" * 5000, b"", b"\0\xff")
    if isinstance(value, bytes) and value and dice.random() < 0.7:
        place = dice.randrange(len(value))
        change = dice.choice(("flip", "cut", "grow"))
        if change == "flip":
            return value[:place] + bytes([dice.randrange(256)]) + value[place + 1 :], False
        return (value[:place] if change == "cut" else value + dice.randbytes(5)), False
    if isinstance(value, str) and dice.random() < 0.5:
        place = dice.randrange(len(value) + 1)
        bad = dice.choice((b"\xff", b"\xc3", b"\xed\xa0\x80", b"\n", b"'", b"\0"))
        return value[:place].encode() + bad + value[place:].encode(), True
    if isinstance(value, int) and dice.random() < 0.5:
        return value + dice.choice((-1, 1, 2, 1000)), False
    return dice.choice(odd), False


def reads(out: Path):
    """What looks at a project, each on its own: the command line's, the export's and the window's."""
    yield "open", read_snapshot
    yield "status", lambda project: (queries.summary(project), queries.label_usage(project))
    yield "images", lambda project: [queries.image(project, record.id) for record in queries.images(project)]
    yield "counts", lambda project: (queries.region_counts(project), queries.region_areas(project))
    for id_ in (1, 2, 3, 4):
        yield f"image {id_}", lambda project, id_=id_: _painted(queries.regions(project, id_))
    yield (
        "search",
        lambda project: [
            image_list.search_images(project, image_search.parse(text))
            for text in ("label:tree", "regions>1", "conf<0.7", "queue:open")
        ],
    )
    yield "export", lambda project: list(export_coco(project, out, all_regions=True, polygons=True, with_problems=True))
    yield "history", history.operations
    yield (
        "clusters",
        lambda project: [cluster_queries.members(project, each.id) for each in cluster_queries.clusters(project)],
    )
    yield "similar", lambda project: cluster_queries.similar_regions(project, 1)
    yield "table", lambda project: list(cluster_queries.assignments(project))
    yield "descriptors", lambda project: (cluster_queries.descriptors(project), cluster_queries.centroids(project))
    yield (
        "effort",
        lambda project: (
            timings.effort_by_image(project),
            timings.effort_by_day(project),
            timings.effort_summary(project),
        ),
    )
    yield "signs", lambda project: (fingerprints.of_all_regions(project), fingerprints.history_point(project))
    yield "levels", lambda project: [suggestions.free_pixels(project, id_) for id_ in (1, 2)]


def writes():
    """What changes a project, in an order that touches most of the store."""
    yield "redo", history.redo
    yield "undo", history.undo
    yield "undo once more", history.undo
    yield "redo once more", history.redo
    yield "cut", lambda project: cuts.recut_image(project, 1, 0.8)
    patch = PixelPatch(2, 2, np.ones((8, 8), bool))
    yield "draw", lambda project: painting.paint_new(project, 2, patch, label_id=None)
    yield "name", lambda project: review.name_regions(project, [1, 2], 1)
    yield "accept", suggestions.accept_suggestions
    yield "done", lambda project: review.set_image_status(project, 4, ImageStatus.DONE)
    yield "label", lambda project: labels.create_label(project, "new")
    for number in range(12):
        yield f"back {number}", history.undo


def _painted(regions):
    for region in regions:
        masks.decode(region.mask)
    return masks.union([region.mask for region in regions]) if regions else None


def try_all(folder: Path, out: Path) -> tuple[Counter, list[str]]:
    """Do everything; returns how it went, and what should not have happened."""
    outcomes, faults = Counter(), []

    def attempt(name, work):
        try:
            work()
            outcomes["worked"] += 1
        except AcsegError as error:
            outcomes[type(error).__name__] += 1
            told = str(error)
            if len(told.splitlines()) != 1 or len(told) > 600 or not told.isprintable():
                faults.append(f"{name}: not one line: {told[:300]!r}")
        except Exception:
            faults.append(f"{name}: {traceback.format_exc(limit=-6)}")

    def opened(work):
        """As a command does it: open, work, close."""
        with open_project(folder, read_only=True) as project:
            work(project)

    for name, work in reads(out):
        attempt(name, lambda work=work: opened(work))
    with contextlib.suppress(AcsegError), open_project(folder) as project:  # as the window does it: it stays open
        for name, work in writes():
            attempt(name, lambda work=work: explained(project, work))
    return outcomes, faults


def run_rounds(seed: int, rounds: int) -> int:
    """The campaign; prints what should not have happened, and returns how often it did."""
    bad = 0
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        sound = make_project(root)
        outcomes, faults = try_all(shutil.copytree(sound, root / "unharmed"), root / "out.json")
        assert set(outcomes) == {"worked"}, (outcomes, faults)
        for number in range(rounds):
            dice = random.Random(seed * 1_000_003 + number)
            folder = root / f"{number}"
            folder.mkdir()
            shutil.copyfile(sound / "project.db", folder / "project.db")
            what = mutate(folder / "project.db", dice)
            print(f"{number}: {what}", file=sys.stderr, flush=True)
            began = time.monotonic()
            told = io.StringIO()
            with contextlib.redirect_stdout(told):
                counted, faults = try_all(folder, root / "out.json")
            outcomes += counted
            if time.monotonic() - began > MOST_SECONDS:
                faults.append("took too long")
            if told.getvalue():
                faults.append(f"printed {told.getvalue()[:100]!r}")
            for fault in faults:
                bad += 1
                print(f"seed {seed}, round {number}, {what}\n    {fault}")
            shutil.rmtree(folder)
    print(dict(outcomes))
    return bad


def test_a_project_with_damaged_rows_works_or_says_so_in_one_line():
    done = subprocess.run(
        [sys.executable, __file__, "1", str(ROUNDS)], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, f"{done.stdout[-6000:]}\n{done.stderr[-2000:]}"
    assert "ProjectDamagedError" in done.stdout  # else nothing was damaged
    assert "'worked'" in done.stdout


if __name__ == "__main__":
    sys.exit(run_rounds(int(sys.argv[1]), int(sys.argv[2])) > 0)
