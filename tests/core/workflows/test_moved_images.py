"""Files under new names and in new places: their images keep their regions, their history and their time."""

import dataclasses
import os
import random
import sqlite3
import time
import unicodedata
from collections.abc import Generator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from tiff_files import Written, tiff_pages

from acseg_core.errors import ImagesNotFoundError
from acseg_core.images.files import inspect_image
from acseg_core.reports import ScanReport, UnsureMove
from acseg_core.shapes import masks
from acseg_core.store import Project, create_project, queries
from acseg_core.store.edits import history, ingest, review, runs
from acseg_core.store.edits.moving import move_images
from acseg_core.store.upkeep import timings
from acseg_core.store.upkeep.timings import Activity, WorkSpan
from acseg_core.types import ImageInfo, Progress, RegionProposal, RunInfo
from acseg_core.workflows import scanning
from acseg_core.workflows.moved_images import match, plan_moves

RUN = RunInfo("vit", "b" * 64, "acg.safetensors", "a" * 64, "{}", "0.1.0")
HEIGHT, WIDTH = 6, 8


def finish(work: Generator[Progress, None, Any]) -> Any:
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


class Album:
    """A folder of photos, and its project; work in an image is a region named like the image's first path."""

    def __init__(self, place: Path) -> None:
        self.photos = place / "photos"
        self.photos.mkdir()
        self.project: Project = create_project(place / "project", image_root=self.photos)

    def write(self, path: str, *, seed: int) -> Path:
        file = self.photos / path
        file.parent.mkdir(parents=True, exist_ok=True)
        pixels = np.random.default_rng(seed).integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)
        Image.fromarray(pixels).save(file, "PNG")
        return file

    def move(self, before: str, now: str) -> None:
        (self.photos / now).parent.mkdir(parents=True, exist_ok=True)
        (self.photos / before).rename(self.photos / now)

    def scan(self, **options: Any) -> ScanReport:
        report: ScanReport = finish(scanning.scan_images(self.project, **options))
        return report

    def propose(self, *paths: str) -> None:
        run_id = runs.begin_run(self.project, RUN)
        for path in paths:
            mask = masks.encode(np.ones((HEIGHT, WIDTH), bool))
            proposal = RegionProposal(
                0, mask, masks.bounding_box(mask), masks.area(mask), np.ones(4, np.float16) / np.float16(2)
            )
            runs.save_proposals(self.project, run_id, self.id(path), [proposal])
        runs.finish_run(self.project, run_id)

    def work(self, *paths: str) -> None:
        self.propose(*paths)
        for path in paths:
            (region,) = queries.regions(self.project, self.id(path))
            review.name_regions_as(self.project, [region.id], path)

    def id(self, path: str) -> int:
        record = queries.image_by_path(self.project, path)
        assert record is not None, path
        return record.id

    @property
    def project_is_damaged(self) -> bool:
        with closing(sqlite3.connect(self.project.folder / "project.db")) as connection:
            dangling = connection.execute("PRAGMA foreign_key_check").fetchall()
            trees = connection.execute(
                "SELECT id FROM tree WHERE id NOT IN (SELECT tree_id FROM image WHERE tree_id IS NOT NULL)"
            ).fetchall()
        return bool(dangling or trees)

    @property
    def names(self) -> dict[str, list[str]]:
        """The names of the regions of each image that has no problem, or of one with its problem."""
        named = {label.id: label.name for label in queries.labels(self.project)}
        return {
            f"{record.path}{' ' + record.problem if record.problem else ''}": [
                named.get(region.label_id or 0, "") for region in queries.regions(self.project, record.id)
            ]
            for record in queries.images(self.project)
        }


def spend(album: Album, path: str) -> None:
    span = WorkSpan(album.id(path), Activity.REVIEW, datetime(2026, 1, 2, tzinfo=UTC), seconds=30.0, actions=2)
    timings.record_work(album.project, [span])


def seconds(album: Album, path: str) -> float:
    return sum(effort.seconds for effort in timings.effort_by_image(album.project, [album.id(path)]))


def add_as_new(album: Album, *paths: str) -> None:
    """What a scan did before: it added the files, and marked the images that had been theirs."""
    infos = [inspect_image(album.photos, path) for path in paths]
    ingest.add_images(album.project, infos)
    gone = [path for path in ingest.known_files(album.project) if not (album.photos / path).exists()]
    ingest.mark_problems(album.project, dict.fromkeys(gone, scanning.MISSING))


@pytest.fixture
def album(tmp_path: Path) -> Generator[Album, None, None]:
    made = Album(tmp_path)
    yield made
    made.project.close()


NFC = unicodedata.normalize("NFC", "Übung.png")
NFD = unicodedata.normalize("NFD", "Übung.png")


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (NFC, NFD),
        (NFD, NFC),
        ("IMG_1.PNG", "img_1.png"),
        ("img_1.png", "IMG_1.PNG"),
        ("a.png", "sub/a.png"),
        ("sub/a.png", "a.png"),
        ("a.png", "new folder/other name.png"),
    ],
)
def test_a_file_under_a_new_name_keeps_its_regions_history_and_time(album: Album, before: str, now: str) -> None:
    """They stayed with a missing image, and the file became a second, empty one."""
    album.write(before, seed=1)
    album.write("other.png", seed=2)
    album.scan()
    album.work(before)
    spend(album, before)
    image_id = album.id(before)
    album.move(before, now)
    report = album.scan()
    assert (dict(report.moved), report.added, report.missing, report.unsure) == ({before: now}, 0, (), ())
    assert album.names == {now: [before], "other.png": []} or album.names == {"other.png": [], now: [before]}
    assert (album.id(now), seconds(album, now)) == (image_id, 30.0)
    assert history.undo(album.project) is not None
    assert album.names[now] == [""], "undo goes on where it was"
    history.redo(album.project)
    assert album.names[now] == [before]
    again = album.scan()
    assert (again.moved, again.unchanged, again.added) == ({}, 2, 0)
    album.move(now, before)
    assert dict(album.scan().moved) == {now: before}, "moved back"
    assert album.names[before] == [before]


def test_files_that_change_places_take_their_regions_along(album: Album) -> None:
    for seed, path in enumerate(("1.png", "2.png", "3.png")):
        os.utime(album.write(path, seed=seed), (seed, seed))
    album.scan()
    album.work("1.png", "2.png", "3.png")
    album.move("1.png", "new.png")
    album.move("2.png", "1.png")
    album.move("3.png", "2.png")
    album.move("new.png", "3.png")
    report = album.scan()
    assert dict(report.moved) == {"1.png": "3.png", "2.png": "1.png", "3.png": "2.png"}
    assert album.names == {"1.png": ["2.png"], "2.png": ["3.png"], "3.png": ["1.png"]}


def test_files_that_were_numbered_anew_take_their_regions_along(album: Album) -> None:
    for seed in range(4):
        album.write(f"{seed}.png", seed=seed)
    album.scan()
    album.work("0.png", "2.png")
    for seed in reversed(range(4)):
        album.move(f"{seed}.png", f"{seed + 1}.png")
    new = album.write("0.png", seed=9)
    os.utime(new, (9, 9))
    report = album.scan()
    assert len(report.moved) == 4
    assert report.added == 1
    assert album.names == {"0.png": [], "1.png": ["0.png"], "2.png": [], "3.png": ["2.png"], "4.png": []}


def test_a_file_put_over_another_stays_out_of_the_way_of_its_work(album: Album) -> None:
    """The image whose bytes are gone has work in it: it is not dropped for the one that took its name."""
    album.write("a.png", seed=1)
    album.write("b.png", seed=2)
    album.scan()
    album.work("a.png", "b.png")
    os.utime(album.photos / "b.png", (5, 5))
    (album.photos / "b.png").replace(album.photos / "a.png")
    report = album.scan()
    assert (report.moved, report.changed, report.missing) == ({}, ("a.png",), ("b.png",))
    assert album.names == {
        "a.png changed since it was added": ["a.png"],
        "b.png missing": ["b.png"],
    }


def test_two_equal_files_stay_two_images_and_names_tell_them_apart(album: Album) -> None:
    for path in ("train/x.png", "val/y.png"):
        album.write(path, seed=1)
    album.scan()
    album.work("train/x.png")
    assert (album.scan().moved, album.names) == ({}, {"train/x.png": ["train/x.png"], "val/y.png": []})
    album.work("val/y.png")
    album.move("train/x.png", "moved/train/X.png")
    album.move("val/y.png", "moved/val/y.png")
    report = album.scan()
    assert (len(report.moved), report.unsure, report.added) == (2, (), 0)
    assert album.names == {"moved/train/X.png": ["train/x.png"], "moved/val/y.png": ["val/y.png"]}
    album.move("moved/train/X.png", "z.png")
    assert dict(album.scan().moved) == {"moved/train/X.png": "z.png"}, "the other one is where it was"


def test_what_names_do_not_decide_is_left_for_a_person(album: Album) -> None:
    album.write("photo.png", seed=1)
    album.scan()
    album.work("photo.png")
    album.move("photo.png", "one.png")
    album.write("two.png", seed=1)
    wanted = UnsureMove("photo.png", ("one.png", "two.png"))
    for added in (2, 0):
        report = album.scan()
        assert (report.unsure, report.added, report.moved) == ((wanted,), added, {}), "asked until it is answered"
        assert album.names == {"one.png": [], "two.png": [], "photo.png missing": ["photo.png"]}
    album.move("two.png", "sub/photo.png")
    assert album.scan().moved["photo.png"] == "sub/photo.png"
    assert album.names["sub/photo.png"] == ["photo.png"]


def test_a_project_that_has_both_already_is_mended(album: Album) -> None:
    """As older versions left it: a missing image with regions, and a second one with the file."""
    album.write("a.JPG.png", seed=1)
    album.write("b.png", seed=2)
    album.write("c.png", seed=3)
    album.scan()
    album.work("a.JPG.png", "b.png", "c.png")
    for name in ("a.JPG.png", "b.png", "c.png"):
        album.move(name, f"new/{name}")
    add_as_new(album, "new/a.JPG.png", "new/b.png", "new/c.png")
    assert len(album.names) == 6
    album.propose("new/b.png")
    album.work("new/c.png")
    spend(album, "new/b.png")
    report = album.scan()
    assert dict(report.moved) == {"a.JPG.png": "new/a.JPG.png", "b.png": "new/b.png"}
    assert album.names["new/a.JPG.png"] == ["a.JPG.png"]
    assert album.names["new/b.png"] == ["b.png"], "what only a machine proposed gives way"
    assert album.names["new/c.png"] == ["new/c.png"], "work stays"
    assert album.names["c.png missing"] == ["c.png"], "work stays"
    assert seconds(album, "new/b.png") == 30.0
    while history.undo(album.project) is not None:
        pass
    while history.redo(album.project) is not None:
        pass
    assert album.names["new/b.png"] == ["b.png"]
    assert not album.project_is_damaged


def test_pages_of_a_file_move_with_it(album: Album) -> None:
    shades = [np.full((HEIGHT, WIDTH), shade, np.uint8) for shade in (10, 20, 30)]
    (album.photos / "stack.tif").write_bytes(tiff_pages([(shade, Written()) for shade in shades]))
    album.scan(all_pages=True)
    album.propose("stack#2.tif")
    before = album.id("stack#2.tif")
    album.move("stack.tif", "sub/Stack.TIF")
    report = album.scan()
    assert report.moved["stack#2.tif"] == "sub/Stack#2.TIF"
    assert album.id("sub/Stack#2.TIF") == before
    assert (len(report.moved), report.added, report.missing, report.skipped) == (3, 0, (), ())
    again = album.scan()
    assert (again.unchanged, again.added, again.missing, again.skipped) == (3, 0, (), ())


def test_relocating_finds_what_was_renamed_too(album: Album, tmp_path: Path) -> None:
    """Relocating refused: "none of the project's images is there"."""
    album.write("a.PNG", seed=1)
    album.write("sub/b.png", seed=2)
    album.write("c.png", seed=3)
    album.scan()
    album.work("a.PNG", "sub/b.png")
    new = tmp_path / "new"
    (album.photos / "x" / "y").mkdir(parents=True)
    album.move("a.PNG", "x/a.png")
    album.move("sub/b.png", "x/y/b.png")
    (album.photos / "c.png").unlink()
    album.photos.rename(new)
    report = finish(scanning.relocate_images(album.project, new))
    assert dict(report.moved) == {"a.PNG": "x/a.png", "sub/b.png": "x/y/b.png"}
    assert album.names == {"x/a.png": ["a.PNG"], "x/y/b.png": ["sub/b.png"], "c.png missing": []}
    assert album.project.image_root == new
    other = tmp_path / "other"
    other.mkdir()
    Image.new("RGB", (8, 6)).save(other / "a.png")
    with pytest.raises(ImagesNotFoundError, match="none of the project's images"):
        finish(scanning.relocate_images(album.project, other))
    assert album.project.image_root == new


def test_a_scan_that_is_stopped_loses_nothing(album: Album) -> None:
    for seed in range(4):
        album.write(f"{seed}.png", seed=seed)
    album.scan()
    album.work("0.png", "3.png")
    for seed in range(4):
        album.move(f"{seed}.png", f"sub/{seed}.png")
    work = scanning.scan_images(album.project)
    next(work)
    next(work)
    work.close()
    assert sorted(album.names) == ["0.png", "1.png", "2.png", "3.png"]
    album.scan()
    assert album.names == {"sub/0.png": ["0.png"], "sub/1.png": [], "sub/2.png": [], "sub/3.png": ["3.png"]}


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_renamed_regions_stay_with_their_bytes(album: Album, seed: int) -> None:
    """Files at random, some equal, renamed at random, changing places, deleted and copied, again and again."""
    chance = random.Random(seed)
    paths = [f"{folder}{number}.png" for folder in ("", "a/", "b/") for number in range(4)]
    for path in paths:
        album.write(path, seed=chance.randrange(8))
    album.scan()
    worked = chance.sample(paths, 6)
    album.work(*worked)
    bytes_of = {path: (album.photos / path).read_bytes() for path in worked}
    for _ in range(3):
        shuffle_files(album.photos, chance)
        report = album.scan()
        names = album.names
        assert sorted(name for theirs in names.values() for name in theirs) == sorted(worked), "nothing is lost"
        for shown, theirs in names.items():
            path, _, problem = shown.partition(" ")
            for name in theirs:
                there = album.photos / path
                assert problem or there.read_bytes() == bytes_of[name], "regions are on the pixels they were made on"
        assert not set(report.moved.values()) & {move.path for move in report.unsure}
        present = {str(file.relative_to(album.photos)) for file in album.photos.rglob("*.png")}
        assert present <= {shown.partition(" ")[0] for shown in names}
    while history.undo(album.project) is not None:
        pass
    while history.redo(album.project) is not None:
        pass
    assert sorted(name for theirs in album.names.values() for name in theirs) == sorted(worked)
    assert not album.project_is_damaged


def shuffle_files(photos: Path, chance: random.Random) -> None:
    files = sorted(photos.rglob("*.png"))
    chosen = chance.sample(files, min(6, len(files)))
    kept = [(file.read_bytes(), file.stat().st_mtime_ns) for file in chosen]
    for file in chosen:
        file.unlink()
    kept = kept[: chance.randrange(3, 7)] + kept[: chance.randrange(2)]
    for content, modified in kept:
        while (target := photos / chance.choice(["", "a/", "c/"]) / f"{chance.randrange(9)}.png").exists():
            pass
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content)
        os.utime(target, ns=(modified, modified))


def test_pairs_are_made_by_bytes_first_and_by_names_then() -> None:
    one, two = "1" * 64, "2" * 64
    assert match({"a": one}, {"b": two}) == ({}, [])
    assert match({"a": one, "b": two}, {"c": two, "d": one}) == ({"a": "d", "b": "c"}, [])
    both = {"x/a": one, "y/a": one}
    assert match(both, {"z/y/a": one, "z/x/a": one}) == ({"x/a": "z/x/a", "y/a": "z/y/a"}, [])
    assert match(both, {"z/y/a": one}) == ({"y/a": "z/y/a"}, [])
    assert match(both, {"q": one})[1] == [UnsureMove("x/a", ("q",)), UnsureMove("y/a", ("q",))]
    assert match({"é.JPG": one, "b.jpg": one}, {"e\u0301.jpg": one, "c.jpg": one})[0]["é.JPG"] == "e\u0301.jpg"
    assert match({"a.JPEG": one, "b.jpg": one}, {"s/a.jpg": one, "s/t.jpg": one})[0]["a.JPEG"] == "s/a.jpg"


def test_ten_thousand_renamed_and_a_thousand_equal_files_are_no_burden() -> None:
    lost = {f"a/{number}": f"{number:064x}" for number in range(10_000)} | {f"e/{n}.png": "e" * 64 for n in range(1000)}
    free = {f"b/{number}": f"{number:064x}" for number in range(10_000)} | {f"f/{n}.png": "e" * 64 for n in range(1000)}
    began = time.perf_counter()
    pairs, unsure = match(lost, free)
    assert (len(pairs), unsure) == (11_000, [])
    assert time.perf_counter() - began < 10


def test_a_project_whose_every_file_moved_is_planned_and_moved_in_seconds(album: Album) -> None:
    infos = [ImageInfo(f"{n % 9}/{n}.jpg", f"{n:064x}", 1, 1, 8, 6, 8, 6) for n in range(10_000)]
    ingest.add_images(album.project, infos)
    known = ingest.known_files(album.project)
    free = {f"sub/{info.path}": dataclasses.replace(info, path=f"sub/{info.path}") for info in infos}
    began = time.perf_counter()
    plan = plan_moves(album.project, known, lost=list(known), free=free)
    move_images(album.project, plan.certain)
    assert time.perf_counter() - began < 10, "it took 200 s for 50,000 when it was quadratic"
    assert {record.path for record in queries.images(album.project)} == set(free)
