"""Programs to be killed while they work on a project, and one that looks at what is left.

One process imports everything. For each line of standard input, "work FOLDER SEED" or "check FOLDER", it forks one that
does so; what that one says is one line of JSON each, written at once, so that nothing of it is lost with its writer.
FOLDER holds `project` and `photos`, a sound `spare` project, and what is written beside them.
"""

import contextlib
import faulthandler
import hashlib
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from campaign.sample_project import PHOTOS, PROJECT, make_project
from coloured_photos import finish
from tiny_model import tiny_config

from acseg_core.errors import EditError, ProjectDamagedError
from acseg_core.formats.contact_sheet import export_contact_sheet
from acseg_core.formats.label_files import SUFFIXES, LabelFormat, read_labels, write_labels
from acseg_core.formats.selection import ImageChoice
from acseg_core.images.files import load_image
from acseg_core.shapes import masks
from acseg_core.store import Project, create_project, open_project, queries
from acseg_core.store.backups import make_backup
from acseg_core.store.edits import copying, cuts, history, labels, merging, outlining, painting, review, splitting
from acseg_core.store.edits.label_list import delete_label, import_labels
from acseg_core.store.restoring import restore_backup
from acseg_core.types import PixelPatch
from acseg_core.workflows import local_engine, pipeline, suggesting
from acseg_core.workflows.clustering import cluster_regions
from acseg_core.workflows.exporting import export_coco

EVERY = {"images": ImageChoice.ALL, "with_problems": True}
"""Exports of all images: whether there is something to export is not the matter here."""

SPARE, OTHER, BEGINNING = "spare", "other", "beginning"
_LONGEST_SECONDS = 60
_LONG_HISTORY = 50
_EXPECTED = re.compile(
    r"(project|spare|other)/(project\.db|project\.lock|cache/.*|backups/project-[\d-]+\.db|project\.db\.damaged-\d+)"
    r"|photos/\d\.png|out\.json|sheet\.png|labels-\w+\.(json|txt|yaml)|beginning"
)
_LITTER = re.compile(r"\.acseg-|\.part|\.creating|\.restoring|-journal|-wal|-shm")

_Work = Callable[[Project, random.Random, Path], Any]


def _some(project: Project, chance: random.Random) -> tuple[int, list[int]]:
    """An image and three of its regions."""
    for _ in range(10):
        image_id = chance.choice(queries.image_ids(project))
        ids = [region.id for region in queries.regions(project, image_id)]
        if len(ids) >= 3:
            return image_id, chance.sample(ids, 3)
    raise EditError("no image has three regions")


def _patch(chance: random.Random) -> PixelPatch:
    height, width = chance.randrange(2, 40), chance.randrange(2, 40)
    inside = np.random.default_rng(chance.randrange(2**32)).random((height, width)) < 0.9
    return PixelPatch(chance.randrange(-5, 120), chance.randrange(-5, 90), inside)


def _edit(work: Callable[[Project, random.Random, int, list[int]], Any]) -> _Work:
    def run(project: Project, chance: random.Random, _folder: Path) -> None:
        image_id, ids = _some(project, chance)
        work(project, chance, image_id, ids)

    return run


def _propose(project: Project, chance: random.Random, _folder: Path) -> None:
    ids = chance.sample(queries.image_ids(project), 2)
    segmenter, config = _MODELS
    for tick in pipeline.propose(project, config, image_ids=ids, replace=True, granularity=0.7, segmenter=segmenter):
        if tick.done:
            _say(did="propose", part=True, digest=digest(project.folder))


def _import(project: Project, chance: random.Random, folder: Path) -> None:
    kinds = [kind for kind in LabelFormat if (folder / f"labels-{kind}{SUFFIXES[kind]}").exists()]
    if kinds:
        kind = chance.choice(kinds)
        import_labels(project, read_labels(folder / f"labels-{kind}{SUFFIXES[kind]}", kind).entries)


def _write_labels(project: Project, chance: random.Random, folder: Path) -> None:
    kind = chance.choice(list(LabelFormat))
    listed = queries.labels(project)
    if listed:
        write_labels(folder / f"labels-{kind}{SUFFIXES[kind]}", listed, kind)


def _delete_label(project: Project, chance: random.Random, _folder: Path) -> None:
    listed = queries.labels(project)
    if listed:
        delete_label(project, chance.choice(listed).id)


def _export(project: Project, chance: random.Random, folder: Path) -> None:
    finish(export_coco(project, folder / "out.json", all_regions=chance.random() < 0.5, status="any", **EVERY))


def _sheet(project: Project, _chance: random.Random, folder: Path) -> None:
    finish(export_contact_sheet(project, folder / "sheet.png"))


def _create(_project: Project, _chance: random.Random, folder: Path) -> None:
    shutil.rmtree(folder / OTHER, ignore_errors=True)
    create_project(folder / OTHER, image_root=folder / PHOTOS).close()


def _restore(_project: Project, _chance: random.Random, folder: Path) -> None:
    database = folder / SPARE / "project.db"
    if database.exists():
        database.write_bytes(database.read_bytes()[:5000])
    restore_backup(folder / SPARE, force=True)
    for damaged in (folder / SPARE).glob("project.db.damaged-*"):
        damaged.unlink()


EDITS: dict[str, _Work] = {
    "name": _edit(lambda p, c, i, ids: review.name_regions_as(p, ids, c.choice("abcdefgh"))),
    "unname": _edit(lambda p, c, i, ids: review.name_regions(p, ids[:1], None)),
    "reject": _edit(lambda p, c, i, ids: review.reject_regions(p, ids[:1])),
    "accept": _edit(lambda p, c, i, ids: review.accept_image(p, i)),
    "void": _edit(lambda p, c, i, ids: review.mark_void(p, ids[:1])),
    "merge": _edit(lambda p, c, i, ids: merging.merge_regions(p, ids[:2])),
    "paint": _edit(lambda p, c, i, ids: painting.paint(p, i, _patch(c), region_id=ids[0])),
    "draw": _edit(lambda p, c, i, ids: painting.paint_new(p, i, _patch(c), label_id=None)),
    "erase": _edit(lambda p, c, i, ids: painting.erase(p, _patch(c), region_id=ids[0])),
    "split": _edit(lambda p, c, i, ids: splitting.split_patch(p, ids[0], _patch(c))),
    "smooth": _edit(lambda p, c, i, ids: outlining.smooth(p, ids[:2], radius=2)),
    "recut": _edit(lambda p, c, i, ids: cuts.recut_image(p, i, c.random())),
    "copy": _edit(lambda p, c, i, ids: copying.copy_labels(p, source_id=i, target_id=i % 3 + 1)),
    "label": lambda p, c, f: labels.create_label(p, f"label {c.randrange(1000)}"),
    "delete label": _delete_label,
    "import": _import,
    "propose": _propose,
    "cluster": lambda p, c, f: finish(cluster_regions(p)),
}
"""What is one undo step, or none where nothing changes."""
OTHERS: dict[str, _Work] = {
    "undo": lambda p, c, f: history.undo(p),
    "redo": lambda p, c, f: history.redo(p),
    "suggest": lambda p, c, f: finish(suggesting.suggest_for_all(p)),
    "export": _export,
    "sheet": _sheet,
    "write labels": _write_labels,
    "back up": lambda p, c, f: make_backup(p.folder),
    "create": _create,
    "restore": _restore,
}
_WORK = [*EDITS, *EDITS, *OTHERS, "undo", "undo", "redo", "export", "back up", "reopen"]
_MODELS: list[Any] = []


def _say(**what: Any) -> None:
    os.write(1, json.dumps(what).encode() + b"\n")


def digest(project_folder: Path) -> str:
    """Of all that edits change and undo brings back; suggestions and clusters, which are no part of it, left out."""
    hashed = hashlib.sha256()
    with contextlib.closing(sqlite3.connect(project_folder / "project.db")) as connection:
        for statement in (
            "SELECT id, path, sha256, width, height, status, granularity FROM image ORDER BY id",
            "SELECT id, name, color, hotkey, supercategory, is_thing, position, is_void FROM label ORDER BY id",
            "SELECT id, image_id, run_id, node, origin, replace(status, 'suggested', 'proposed'), label_id, area, "
            "box_x, box_y, box_width, box_height, descriptor, counts FROM region ORDER BY id",
        ):
            for row in connection.execute(statement):
                hashed.update(repr(row).encode())
    return hashed.hexdigest()[:16]


def _work(folder: Path, seed: int) -> None:
    """Edit, write files, undo, close and open again, in random order and without end."""
    chance = random.Random(seed)
    _say(pid=os.getpid())
    project = open_project(folder / PROJECT)
    _say(did="open", digest=digest(folder / PROJECT))
    while True:
        verb = chance.choice(_WORK)
        _say(begins=verb)
        if verb == "reopen":
            project.close()
            project = open_project(folder / PROJECT)
        else:
            with contextlib.suppress(EditError):
                (EDITS | OTHERS)[verb](project, chance, folder)
        _say(did=verb, digest=digest(folder / PROJECT))


def _make(folder: Path) -> None:
    """What is worked on; the project begins without regions, so that all of them can be taken back."""
    make_project(folder, *reversed(_MODELS))
    shutil.copytree(folder / PROJECT, folder / SPARE)
    with open_project(folder / PROJECT) as project:
        _undone(project)
    (folder / BEGINNING).write_text(digest(folder / PROJECT))
    with open_project(folder / PROJECT) as project:
        finish(pipeline.propose(project, _MODELS[1], granularity=0.8, segmenter=_MODELS[0]))
    _say(made=True)


def _check(folder: Path, acknowledged: str, before: str, begun: str, *, computes: bool = True) -> None:
    """What the killed one acknowledged is there; the next run of everything works, and leaves nothing of the last.

    Args:
        folder: See above.
        acknowledged: The last digest it told.
        before: The digest before it began what it was killed in.
        begun: What that was; "" for nothing.
        computes: Fill the caches anew, too, which takes longest.
    """
    project = open_project(folder / PROJECT)
    with contextlib.closing(sqlite3.connect(folder / PROJECT / "project.db")) as connection:
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    _check_commits(project, acknowledged, before, begun)
    _check_partitions(project)
    _check_files(folder)
    steps = _check_history(project, (folder / BEGINNING).read_text())
    _write_everything(project, folder)
    if computes:
        segmenter, config = _MODELS
        finish(pipeline.propose(project, config, replace=True, granularity=0.7, segmenter=segmenter))
        finish(cluster_regions(project))  # while there are regions: the killed one may have undone all of its own
        history.undo(project)
        history.undo(project)
    project.close()
    _check_litter(folder, with_caches=computes)
    _say(checked=True, steps=steps)


def _check_commits(project: Project, acknowledged: str, before: str, begun: str) -> None:
    now = digest(project.folder)
    if not acknowledged or now == acknowledged:
        return
    assert begun in EDITS or begun in ("undo", "redo"), f"other content after {begun!r}"
    back, forth = (history.redo, history.undo) if begun == "undo" else (history.undo, history.redo)
    assert now != before, f"{begun!r} was acknowledged in part, and nothing of it is there"
    assert back(project) is not None, f"other content, and nothing of {begun!r} to take back"
    assert digest(project.folder) == before, f"{begun!r} was begun; without it, something else is missing"
    assert forth(project) is not None
    assert digest(project.folder) == now


def _check_partitions(project: Project) -> None:
    for record, regions in queries.image_regions(project):
        covered = np.zeros((record.height, record.width), np.int64)
        for region in regions:
            mask = masks.decode(region.mask)
            assert region.area == mask.sum() > 0
            covered += mask
        assert covered.max() <= 1, f"regions of {record.path} overlap"


def _check_files(folder: Path) -> None:
    """Whatever was being written is whole, as it is now or as it was before."""
    if (folder / "out.json").exists():
        assert json.loads((folder / "out.json").read_bytes())["images"]
    if (folder / "sheet.png").exists():
        load_image(folder / "sheet.png")
    for kind in LabelFormat:
        path = folder / f"labels-{kind}{SUFFIXES[kind]}"
        if path.exists():
            assert read_labels(path, kind).entries
    for path in (folder / PROJECT / "backups").glob("*.db"):
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
            assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]


def _check_history(project: Project, beginning: str) -> int:
    """Undo to the beginning, redo to the end, and back to where it was; returns how many steps there are."""
    now = digest(project.folder)
    done = _undone(project)
    assert digest(project.folder) == beginning, "undo did not come back to the beginning"
    undone = -done
    while history.redo(project) is not None:
        undone += 1
        if undone == 0:
            assert digest(project.folder) == now, "redo did not come to where it was"
    assert undone >= 0, f"{-undone} of {done} steps cannot be done again"
    for _ in range(undone):
        assert history.undo(project) is not None
    assert digest(project.folder) == now
    return done + undone


def _undone(project: Project) -> int:
    steps = 0
    while history.undo(project) is not None:
        steps += 1
    return steps


def _write_everything(project: Project, folder: Path) -> None:
    """Every writer once: what it left when it was killed, the next run takes away."""
    chance, listed = random.Random(0), queries.labels(project)
    _export(project, chance, folder)
    _sheet(project, chance, folder)
    for kind in LabelFormat if listed else ():
        write_labels(folder / f"labels-{kind}{SUFFIXES[kind]}", listed, kind)
    assert make_backup(project.folder) is not None
    if (folder / OTHER / "project.db").exists():
        open_project(folder / OTHER).close()
    else:
        create_project(folder / OTHER, image_root=folder / PHOTOS).close()
    try:
        open_project(folder / SPARE).close()
    except ProjectDamagedError:
        restore_backup(folder / SPARE, force=True)
        with open_project(folder / SPARE) as spare:
            assert queries.summary(spare).regions > 0
    for damaged in (folder / SPARE).glob("project.db.damaged-*"):
        damaged.unlink()


def _check_litter(folder: Path, *, with_caches: bool) -> None:
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    if not with_caches:
        files = [name for name in files if "/cache/" not in name]
    left = [name for name in files if _LITTER.search(name) or not _EXPECTED.fullmatch(name)]
    assert left == [], f"left behind: {left}"


def main() -> None:
    """See above."""
    import tempfile

    import torch

    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as place:
        config = tiny_config(Path(place))
        _MODELS.extend((local_engine.load_segmenter(config), config))
    _say(ready=True)
    for line in sys.stdin:
        request: dict[str, Any] = json.loads(line)
        action = {"work": _work, "check": _check, "make": _make}[request.pop("do")]
        request["folder"] = Path(request["folder"])
        pid = os.fork()
        if pid == 0:
            signal.alarm(_LONGEST_SECONDS)  # never outlive a test that failed
            faulthandler.dump_traceback_later(_LONGEST_SECONDS - 5)
            try:
                action(**request)
            except BaseException:
                _say(fault=traceback.format_exc(limit=-8))
            os._exit(0)
        _, status = os.waitpid(pid, 0)
        _say(ended=os.WTERMSIG(status))


if __name__ == "__main__":
    main()
