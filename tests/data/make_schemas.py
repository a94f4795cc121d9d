"""Makes the project files of earlier schemas that the tests of migrations open, with the code of those versions.

How each file beside this one came about (COMMIT wrote that schema last: 2d4cedf, 0efe7ac, 2cbdfd9, 4ea60ae, f807e81,
79166c4, 382505f, 176e1d1, 9257218, 3f58acc)::

    git worktree add --detach OLD COMMIT
    PYTHONPATH=OLD/core python tests/data/make_schemas.py tests/data

Beside ``schema-N.db`` it writes ``schema-N.json``: what is in the project as that version left it, then after every
undo down to the beginning, then after every redo up to the end. Each state is told by what differs from the one before.
"""

import contextlib
import importlib
import json
import shutil
import sqlite3
import sys
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np


def _module(*names: str) -> ModuleType:
    """The first of these modules that this version has."""
    for name in names:
        with contextlib.suppress(ModuleNotFoundError):
            return importlib.import_module(f"acseg_core.{name}")
    raise ModuleNotFoundError(names)


def _edits(name: str) -> ModuleType | None:
    with contextlib.suppress(ModuleNotFoundError):
        return _module(f"store.edits.{name}", f"store.{name}")
    return None


errors = _module("errors")
masks = _module("shapes.masks", "masks")
schema = _module("store.schema")
store = _module("store")
trees = _module("proposals.tree", "tree")
leaf_maps = None if schema.SCHEMA_VERSION < 8 else _module("proposals.leaf_map")
types = _module("types")
queries = _module("store.queries")
history, ingest, labels, review, runs = (_edits(name) for name in ("history", "ingest", "labels", "review", "runs"))
clusters, confirming, cuts, painting = (_edits(name) for name in ("clusters", "confirming", "cuts", "painting"))
copying, dissolving, label_list, outlining = (
    _edits(name) for name in ("copying", "dissolving", "label_list", "outlining")
)
splitting, suggestions = (_edits(name) for name in ("splitting", "suggestions"))
merge_regions = getattr(_edits("merging") or review, "merge_regions")  # noqa: B009  # where this version has it

SIZE = (6, 8)
RUN = types.RunInfo("vit", "b" * 64, "acg.safetensors", "a" * 64, '{"kmeans_steps": 5}', "0.1.0")
REGION_COLUMNS = (
    "id, image_id, run_id, node, status, label_id, suggestion_id, confidence, cluster_id, area"
    if schema.SCHEMA_VERSION < 5
    else "id, image_id, run_id, node, origin, status, label_id, suggestion_id, confidence, verdict, cluster_id, area"
)
IMAGE_COLUMNS = "id, status, problem, sha256, file_size"
LABEL_COLUMNS = "id, name, color, hotkey, supercategory, is_thing"


def _descriptor(random: np.random.Generator) -> np.ndarray:
    vector = random.normal(size=8)
    return (vector / np.linalg.norm(vector)).astype(np.float16)


def _partition(seed: int, count: int) -> dict[int, Any]:
    random = np.random.default_rng(seed)
    label_map = random.integers(0, count, SIZE, dtype=np.uint8)
    label_map.flat[:count] = np.arange(count)
    return {number: masks.encode(label_map == number) for number in range(count)}


def _proposals(seed: int, count: int) -> list[Any]:
    random = np.random.default_rng(seed)
    return [
        types.RegionProposal(node, mask, masks.bounding_box(mask), masks.area(mask), _descriptor(random))
        for node, mask in _partition(seed, count).items()
    ]


def _tree(seed: int, leaves: int = 6) -> Any:
    random = np.random.default_rng(seed)
    leaf_map = random.integers(0, leaves, SIZE).astype(np.uint8)
    leaf_map.ravel()[:leaves] = np.arange(leaves)
    alive, merges = list(range(leaves)), []
    for number in range(leaves - 1):
        first, second = random.choice(len(alive), 2, replace=False)
        merges.append((alive[first], alive[second]))
        alive = [node for node in alive if node not in merges[-1]] + [leaves + number]
    heights = [trees.threshold_of(1 - (n + 0.5) / (leaves - 1)) for n in range(leaves - 1)]
    tree = trees.ConceptTree(np.array(merges, np.int32), np.array(heights, np.float32))
    tokens = random.normal(size=(leaves, 8)).astype(np.float16)
    if leaf_maps is None:
        return trees.ImageTree(tree, leaf_map, tokens)
    from acseg_core.proposals.image_tree import ImageTree

    rows, columns = np.indices(SIZE)  # cells are in one piece, six here
    leaf_map = rows // 3 * 3 + np.minimum(columns // 3, 2)
    cells = leaf_maps.LeafMap.of_cells(leaf_map.astype(np.int32), SIZE)[0]
    return ImageTree(tree, cells, tokens.astype(np.float32), np.arange(leaves))


def _propose(project: Any, image_ids: list[int], *, seed: int, with_tree: bool) -> None:
    run_id = runs.begin_run(project, RUN)
    for image_id in image_ids:
        if with_tree:
            tree = _tree(seed + image_id)
            regions = tree.regions(tree.tree.cut(trees.threshold_of(0.5)))
            runs.save_proposals(project, run_id, image_id, regions, tree=tree, granularity=0.5)
        else:
            runs.save_proposals(project, run_id, image_id, _proposals(seed + image_id, 5))
    runs.finish_run(project, run_id)


def _info(name: str, sha256: str) -> Any:
    height, width = SIZE
    return types.ImageInfo(name, sha256, 100, 1, width, height, width, height)


def _ids(project: Any, image_id: int) -> list[int]:
    return [region.id for region in queries.regions(project, image_id)]


def _unnamed(project: Any, image_id: int) -> list[int]:
    regions = queries.regions(project, image_id)
    return [each.id for each in regions if each.label_id is None and each.status != types.RegionStatus.REJECTED]


def _patch(random: np.random.Generator) -> Any:
    left, top = (int(value) for value in random.integers(0, 4, 2))
    return types.PixelPatch(left, top, np.ones(tuple(random.integers(1, 4, 2)), bool))


def _predict(project: Any, image_id: int, seed: int, label_ids: list[int]) -> None:
    random = np.random.default_rng(seed)
    regions = [
        types.PredictedRegion(mask, _descriptor(random), label_ids[number % len(label_ids)], 0.3 + number / 10)
        for number, mask in _partition(seed, 3).items()
    ]
    suggestions.save_prediction(project, image_id, regions)


def _work(project: Any) -> None:
    """What every version could do, then what came with trees, with strokes, and with doubtful names."""
    ingest.add_images(project, [_info(f"{number}.jpg", f"{number:064x}") for number in range(5)])
    _propose(project, [1, 2], seed=0, with_tree=False)
    one, two = _ids(project, 1), _ids(project, 2)
    review.name_regions_as(project, [one[0], two[0], two[1]], "sky")
    review.name_regions_as(project, [one[1], two[2]], "road")
    merge_regions(project, one[2:4])
    review.reject_regions(project, [one[4]])
    review.name_regions(project, [two[1]], None)
    _made(labels.create_label(project, "sea"))
    _made(labels.create_label(project, "gone"))
    review.name_regions_as(project, [two[3]], "gone")
    (label_list or labels).delete_label(project, 4)
    review.rename_label_regions(project, old_label_id=2, new_label_name="street")
    labels.merge_labels(project, [3], target_id=1)
    labels.update_label(project, 1, name="heaven", hotkey=None)
    review.accept_image(project, 1)
    ingest.adopt_changed(project, [2], [_info("1.jpg", "f" * 64)])
    _propose(project, [2], seed=40, with_tree=False)
    if cuts is not None:
        _work_with_trees(project)
    if painting is not None:
        _work_with_strokes(project)
    if confirming is not None:
        _work_with_doubts(project)
    _work_at_the_end(project)


def _work_at_the_end(project: Any) -> None:
    """The newest label is deleted, so that its id is taken though no label has it; then four steps to undo."""
    label, _ = labels.create_label(project, "last")
    (label_list or labels).delete_label(project, label.id)
    first, second, *_ = _ids(project, 2)
    review.reject_regions(project, [second])
    review.name_regions(project, [first], None)
    review.name_regions(project, [first], 1)
    review.accept_image(project, 2)


def _work_with_trees(project: Any) -> None:
    _propose(project, [3, 4], seed=60, with_tree=True)
    cuts.recut_image(project, 3, 0.9)
    three = _ids(project, 3)
    review.name_regions_as(project, [three[0], _ids(project, 4)[0]], "tree")
    _attempt(cuts.split_by_tree, project, three[1])
    _attempt(cuts.merge_upwards, project, _unnamed(project, 3)[-1])
    suggested = _unnamed(project, 3) + _unnamed(project, 4)
    known = [label.id for label in queries.labels(project)]
    sure = [0.25 + number / 50 for number in range(len(suggested))]
    suggestions.save_suggestions(project, suggested, [known[n % len(known)] for n in range(len(suggested))], sure)
    suggestions.accept_suggestions(project, region_ids=suggested[:1])
    suggestions.decline_suggestions(project, suggested[1::3])
    review.name_regions(project, suggested[1:2], known[0])
    cuts.recut_image(project, 3, 0.2)
    _predict(project, 4, 5, known)
    four = _unnamed(project, 4)
    suggestions.decline_suggestions(project, four[:1])
    suggestions.accept_suggestions(project, region_ids=four[1:2])
    _propose(project, [5], seed=80, with_tree=True)
    _predict(project, 5, 6, known)
    merge_regions(project, _ids(project, 5)[:2])
    cuts.recut_image(project, 5, 0.8)
    table = queries_of_descriptors(project)
    groups = (np.arange(len(table)) % 3).astype(np.int32)
    centres = np.stack([table.descriptors[groups == n].astype(np.float32).mean(axis=0) for n in range(3)])
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    clusters.save_clusters(project, table.region_ids, groups, centres)
    clusters.name_cluster(project, 1, "cluster name")


def queries_of_descriptors(project: Any) -> Any:
    """Descriptors of all regions, wherever this version reads them."""
    return _module("store.queries.cluster_queries", "store.cluster_queries").descriptors(project)


def _work_with_strokes(project: Any) -> None:
    random = np.random.default_rng(3)
    _propose(project, [5], seed=90, with_tree=True)
    for image_id in (3, 4, 5, 5):
        ids = _ids(project, image_id)
        painting.paint(project, image_id, _patch(random), region_id=ids[-1])
        _attempt(painting.erase, project, _patch(random), region_id=_ids(project, image_id)[0])
    painting.paint_new(project, 5, _patch(random), label_id=1)
    painting.paint_new(project, 4, _patch(random), label_id=None)
    cuts.recut_image(project, 5, 0.6)


def _work_with_doubts(project: Any) -> None:
    random = np.random.default_rng(4)
    _propose(project, [3, 4, 5], seed=100, with_tree=True)
    three, five = _ids(project, 3), _ids(project, 5)
    known = [label.id for label in queries.labels(project)]
    review.name_regions(project, [three[0]], known[0])
    review.name_regions(project, [three[1], five[0]], known[1])
    confirming.keep_names(project, [three[1], five[0]])
    review.name_regions(project, [three[-1]], known[0])
    merge_regions(project, three[-2:])
    names = [(five[0], known[1], known[0]), (three[0], known[0], known[1])]
    looked_at = "vouched" if schema.SCHEMA_VERSION < 5 else "confirmed"
    doubtful = [types.DoubtfulName(*name, 0.9) for name in names]
    confirming.correct_names(project, doubtful, **{looked_at: True})
    suggested = _unnamed(project, 5)
    suggestions.save_suggestions(project, suggested, [known[0]] * len(suggested), [0.5] * len(suggested))
    suggestions.decline_suggestions(project, suggested[:2])
    review.name_regions(project, suggested[:1], known[1])  # declined, then named: its confidence stays zero
    review.name_regions(project, suggested[:1], None)
    merge_regions(project, [suggested[1], suggested[2]])
    _attempt(splitting.split_patch, project, three[0], _patch(random))
    _attempt(dissolving.dissolve, project, [_ids(project, 3)[-1]])
    outlining.grow(project, [_ids(project, 3)[0]])
    review.mark_void(project, [_ids(project, 5)[-1]])
    _attempt(copying.copy_labels, project, source_id=3, target_id=5)
    _predict(project, 4, 8, known)
    merge_regions(project, _unnamed(project, 4)[:2])
    review.name_regions(project, _unnamed(project, 5)[:1], known[0])
    # A name is undone, something else suggested, and the name given again: the two stand side by side.
    history.undo(project)
    waiting = _unnamed(project, 5)
    suggestions.save_suggestions(project, waiting, [known[1]] * len(waiting), [0.75] * len(waiting))
    history.redo(project)
    _made(labels.create_label(project, "for a while"))
    (for_a_while,) = (label.id for label in queries.labels(project) if label.name == "for a while")
    last = [id_ for image_id in (2, 3, 4, 5) for id_ in _unnamed(project, image_id)][:1]
    suggestions.save_suggestions(project, last, [for_a_while], [0.6])
    label_list.delete_label(project, for_a_while)
    for number in range(12):
        _random_edit(project, np.random.default_rng(1000 + number), known)
    _predict(project, 4, 9, known)
    trimming = _module("store.upkeep.trimming", "store.trimming")
    trimming.trim(project, trimming.Kept(edits=len(history.operations(project, limit=1000)) - 6))


def _random_edit(project: Any, random: np.random.Generator, known: list[int]) -> None:
    image_id = int(random.integers(2, 6))
    ids = _ids(project, image_id)
    one, two = (int(each) for each in random.choice(ids, 2, replace=len(ids) < 2))
    label_id = int(random.choice(known))
    edits: list[tuple[Any, ...]] = [
        (review.name_regions, project, [one], label_id),
        (review.name_regions, project, [one, two], None),
        (review.reject_regions, project, [one]),
        (merge_regions, project, [one, two]),
        (confirming.keep_names, project, [one, two]),
        (suggestions.save_suggestions, project, ids, [label_id] * len(ids), [0.7] * len(ids)),
        (suggestions.decline_suggestions, project, ids[:2]),
        (cuts.recut_image, project, image_id, float(random.random())),
    ]
    _attempt(*edits[int(random.integers(len(edits)))])


def _attempt(verb: Any, *arguments: Any, **options: Any) -> None:
    """An edit that may have nothing to do."""
    with contextlib.suppress(errors.EditError):
        verb(*arguments, **options)


def _made(outcome: Any) -> None:
    assert outcome[1].verb


def _state(database: Path) -> dict[str, dict[int, list[Any]]]:
    with contextlib.closing(sqlite3.connect(database)) as connection:
        blobs = {
            id_: zlib.crc32(counts + (descriptor or b""))
            for id_, counts, descriptor in connection.execute("SELECT id, counts, descriptor FROM region")
        }
        tables = {"image": IMAGE_COLUMNS, "label": LABEL_COLUMNS, "region": REGION_COLUMNS}
        found = {
            table: {row[0]: list(row[1:]) for row in connection.execute(f"SELECT {columns} FROM {table}")}
            for table, columns in tables.items()
        }
    for id_, crc in blobs.items():
        found["region"][id_].append(crc)
    return found


def _difference(before: dict[str, dict[int, list[Any]]], after: dict[str, dict[int, list[Any]]]) -> dict[str, Any]:
    found = {}
    for table, rows in after.items():
        known = before.get(table, {})
        changed: dict[int, Any] = {id_: row for id_, row in rows.items() if known.get(id_) != row}
        changed |= dict.fromkeys(known.keys() - rows.keys())
        if changed:
            found[table] = changed
    return found


def _states(folder: Path) -> Iterator[tuple[str, dict[str, dict[int, list[Any]]]]]:
    """The state as it is, after every undo, and after every redo; with what was done to come there."""
    with store.open_project(folder) as project:
        yield "", _state(folder / "project.db")
        for replay in (history.undo, history.redo):
            while (changes := replay(project)) is not None:
                yield f"{replay.__name__} {changes.verb}", _state(folder / "project.db")


def _shrink(database: Path) -> None:
    """Small pages, no write-ahead log, and no folder of the machine that made it."""
    with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("UPDATE project SET image_root = '/images', relative_root = '../images'")
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA page_size = 512")
        connection.execute("VACUUM")


def make(target: Path) -> None:
    """Write the two files of the schema that the code at hand has."""
    with tempfile.TemporaryDirectory() as root:
        images, folder, copy = Path(root) / "images", Path(root) / "project", Path(root) / "copy"
        images.mkdir()
        with store.create_project(folder, image_root=images) as project:
            _work(project)
            for _ in range(4):
                history.undo(project)
        _shrink(folder / "project.db")
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("backups", "cache"))
        before: dict[str, dict[int, list[Any]]] = {}
        lines = []
        for step, state in _states(copy):
            lines.append(json.dumps([step, _difference(before, state)], separators=(",", ":")))
            before = state
        name = f"schema-{schema.SCHEMA_VERSION}"
        (target / f"{name}.json").write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
        shutil.copyfile(folder / "project.db", target / f"{name}.db")


if __name__ == "__main__":
    make(Path(sys.argv[1]))
