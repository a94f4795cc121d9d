"""A program that reads one hostile file after the other as the product does, and tells what came of it.

A request is one line of JSON on standard input, {"do": ..., ...}; so is the answer, on the output it was started with.
What else is written to standard output or standard error, by whatever library, goes to the file named by the first
argument, so that the one who asks sees it.
"""

import contextlib
import io
import json
import logging
import os
import resource
import shutil
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

from acseg_core.errors import AcsegError

LEAST_ROOM = 2 * 2**30
"""Bytes of addresses that one case may ask for, beside what is there when the program is ready."""


def _read_image(root: str, name: str) -> str:
    """As a scan, the canvas and a run read it."""
    from acseg_core.images.files import inspect_image, load_added, load_image
    from acseg_core.images.label_maps import LabelMaps

    folder = Path(root)
    _ = name in LabelMaps(folder, [name, f"other/{Path(name).stem}.jpg"])
    info = inspect_image(folder, name, thumbnails=folder / "thumbnails")
    photo = load_added(folder, info)
    assert photo.rgb.shape == (info.height, info.width, 3), f"{photo.rgb.shape} is not {info}"
    assert photo.rgb.dtype == "uint8"
    assert photo.valid is None or photo.valid.shape == photo.rgb.shape[:2]
    load_image(folder / name)
    return "read"


def _read_labels(path: str, kind: str, project: str) -> str:
    """As `acseg labels --import` does; what was imported is written in every format, and undone."""
    from acseg_core.formats.label_files import SUFFIXES, LabelFormat, read_labels, write_labels
    from acseg_core.store import queries
    from acseg_core.store.edits import history
    from acseg_core.store.edits.label_list import import_labels

    found = read_labels(Path(path), LabelFormat(kind) if kind else None)
    assert all("\n" not in note for note in found.notes)
    opened = _opened(project)
    _, changes = import_labels(opened, found.entries)
    labels = queries.labels(opened)
    for each, suffix in SUFFIXES.items():
        write_labels(Path(path).with_name(f"written{suffix}"), labels, each)
    if changes.verb is not None:
        history.undo(opened)
    return f"read as {found.format}"


def _read_classes(path: str) -> str:
    """As `acseg suggest --classes @FILE` does."""
    from acseg_core.workflows.vocabulary import parse_classes
    from acseg_desktop.cli.suggest import _list

    parse_classes(_list(f"@{path}"))
    return "read"


def _read_truth(folder: str, size: list[int]) -> str:
    """As `acseg eval` does."""
    from acseg_core.evaluate.truth.ground_truth import open_truth

    truth = open_truth(Path(folder))
    for name in truth.images:
        truth.region_counts(truth.read(name, (size[0], size[1])))
    return "read"


def _read_labelled(path: str, key: str, photos: list[str], size: list[int], overlaps: str, project: str) -> str:
    """As `acseg import` does; with a project, whose photos are never opened, it comes in, too, and is undone."""
    from acseg_core.formats.format import format_called, recognised
    from acseg_core.formats.matching import match_images
    from acseg_core.formats.placing import Overlaps, SizeMismatchError, masks_of, without_overlaps

    chosen = format_called(key) if key else recognised(Path(path))
    infos = {info.path: info for info in _infos(photos, size)}
    shapes = 0
    with chosen.read(Path(path)) as files:
        matches = match_images(files.names, infos)
        for image in files.images():
            with contextlib.suppress(SizeMismatchError):
                info = infos[matches.paths.get(image.name, photos[0])]
                shapes += len(without_overlaps(masks_of(image, info), Overlaps(overlaps)))
        notes = files.left_out.lines()
    if project:
        notes += _import_and_undo(Path(path), chosen, Path(project), photos, size, overlaps)
    assert all(len(note.splitlines()) == 1 for note in notes), notes
    return f"read as {chosen.key}: {len(files.names)} images, {shapes} shapes"


def _import_and_undo(
    path: Path, chosen: Any, folder: Path, photos: list[str], size: list[int], overlaps: str
) -> list[str]:
    from acseg_core.formats.placing import Overlaps
    from acseg_core.store.edits import history
    from acseg_core.workflows.importing import ImportSettings, import_files

    if not folder.exists():
        _make_blank_project(folder, photos, size)
    opened, beside = _opened(str(folder)), sorted(folder.parent.iterdir())
    try:
        with chosen.read(path) as files:
            report = _finished(import_files(opened, path, files, ImportSettings(overlaps=Overlaps(overlaps))))
    finally:
        while history.state(opened).undo is not None:
            history.undo(opened)
        assert sorted(folder.parent.iterdir()) == beside, "something was written beside the project"
    return list(report.notes)


def _infos(photos: list[str], size: list[int]) -> list[Any]:
    from acseg_core.types import ImageInfo

    height, width = size
    return [ImageInfo(path, f"{n:064}", 1, 1, width, height, width, height) for n, path in enumerate(photos)]


def _make_blank_project(folder: Path, photos: list[str], size: list[int]) -> None:
    """A project that knows photos, which need not be there."""
    from acseg_core.store import create_project
    from acseg_core.store.edits import ingest

    folder.with_name("photos").mkdir()
    with create_project(folder, image_root=folder.with_name("photos")) as project:
        ingest.add_images(project, _infos(photos, size))


def _finished(work: Any) -> Any:
    """The result of a generator."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def _command(arguments: list[str]) -> str:
    """`acseg` with these arguments."""
    from acseg_desktop.cli.main import main

    out, err, code = io.StringIO(), io.StringIO(), None
    with (
        mock.patch.object(sys, "argv", ["acseg", *arguments]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        logging.getLogger().handlers.clear()  # they would write where the last command had its stderr
        try:
            main()
        except SystemExit as end:
            code = end.code
    logging.getLogger().handlers.clear()
    said = err.getvalue()
    if code == 0:
        assert "Traceback" not in said, said
        assert "internal error" not in said, said
        return "done"
    assert code == 1, f"exit code {code}: {said}"
    raise _RefusedError(said.removesuffix("\n"))


class _RefusedError(AcsegError):
    """What a command wrote before it ended with exit code 1."""


def _commands(folder: str, lists: list[list[str]]) -> str:
    """Commands on a project, one after the other, whatever comes of the ones before; the first refusal is told."""
    refusals = []
    for arguments in lists:
        try:
            _command([each.replace("PROJECT", folder) for each in arguments])
        except _RefusedError as refused:
            _check_line(str(refused))
            refusals.append(refused)
    if refusals:
        raise refusals[0]
    return "done"


def _use_caches(folder: str) -> str:
    """As windows and commands use them; whatever is in a cache, none of it refuses to work."""
    from coloured_photos import finish

    from acseg_core.images.files import ensure_thumbnail
    from acseg_core.names.fallback import FallbackNames
    from acseg_core.store import open_project, queries
    from acseg_core.workflows import propagation, salience, suggesting
    from acseg_core.workflows.clustering import cluster_regions
    from acseg_core.workflows.fallback_cache import add_fallback_names, read_fallback_names
    from acseg_desktop.browser.crops import read_crops, read_quick_crops

    segmenter, config = _tiny_segmenter()
    with open_project(Path(folder)) as opened:
        for record in queries.images(opened):
            ensure_thumbnail(opened.image_root, record.info, thumbnails=opened.thumbnails_dir)
        regions = [region for _, found in queries.image_regions(opened) for region in found]
        read_quick_crops(opened, regions[:3])
        read_crops(opened, regions[:3])
        read_fallback_names(opened)
        add_fallback_names(opened, FallbackNames())
        known = finish(salience.find_salience(opened))
        finish(salience.find_missing_salience(opened, config, known, segmenter=segmenter))
        finish(salience.find_salience(opened))
        finish(cluster_regions(opened))
        finish(suggesting.suggest_for_all(opened))
        finish(propagation.propagate(opened, config, segmenter=segmenter, multi_crop=False))
    return "done"


def _prepare(folder: str) -> str:
    """A small project with everything in it: photos, regions, trees, clusters, names, suggestions, caches, backups."""
    from campaign.sample_project import make_project

    segmenter, config = _tiny_segmenter()
    make_project(Path(folder), config, segmenter)
    return "done"


def _restart(source: str, folder: str) -> str:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder)
    return "done"


_projects: dict[str, Any] = {}
_models: list[Any] = []


def _opened(folder: str) -> Any:
    """A project that stays open."""
    from acseg_core.store import open_project

    if folder not in _projects:
        _projects[folder] = open_project(Path(folder))
    return _projects[folder]


def _tiny_segmenter() -> Any:
    if not _models:
        import tempfile

        import torch
        from tiny_model import tiny_config

        from acseg_core.workflows.local_engine import load_segmenter

        torch.set_num_threads(1)
        with tempfile.TemporaryDirectory() as folder:
            config = tiny_config(Path(folder))
            _models.extend((load_segmenter(config), config))
    return tuple(_models)


_ACTIONS: dict[str, Callable[..., str]] = {
    "image": _read_image,
    "labels": _read_labels,
    "classes": _read_classes,
    "truth": _read_truth,
    "labelled": _read_labelled,
    "commands": _commands,
    "caches": _use_caches,
    "prepare": _prepare,
    "restart": _restart,
}


def _check_line(text: str) -> None:
    assert text.strip(), "refused without a word"
    assert len(text.splitlines()) == 1, f"a refusal of {len(text.splitlines())} lines: {text[:300]!r}"
    assert "internal error" not in text, text
    assert len(text) < 2000, f"a line of {len(text)} characters: {text[:300]!r}"


def _status(field: str) -> int:
    """Bytes, of this program alone."""
    with contextlib.suppress(OSError, IndexError):
        return int(Path("/proc/self/status").read_text().split(f"{field}:")[1].split()[0]) * 1024
    return 0


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    action = _ACTIONS[request.pop("do")]
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    began = time.perf_counter()
    try:
        outcome, text = "fine", action(**request)
    except AcsegError as error:
        outcome, text = "refused", str(error)
        try:
            _check_line(text)
            assert "not enough memory" not in text, text
        except AssertionError as wrong:
            outcome, text = "fault", str(wrong)
    except BaseException:
        outcome, text = "fault", traceback.format_exc(limit=-12)
    return {"outcome": outcome, "text": text, "seconds": time.perf_counter() - began, "peak": _status("VmHWM")}


def main() -> None:
    """Read requests until there are no more."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    said = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(said, 1)
    os.dup2(said, 2)
    logging.basicConfig(level=logging.ERROR)
    limit = None
    for line in sys.stdin:
        request = json.loads(line)
        if request["do"] != "prepare" and limit is None and request.pop("limited", True):
            limit = _status("VmSize") + LEAST_ROOM
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        request.pop("limited", None)
        print(json.dumps(_answer(request)), file=answers, flush=True)


if __name__ == "__main__":
    main()
