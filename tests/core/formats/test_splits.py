"""Splits: shares, seeds, and what stays together."""

import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from acseg_core.errors import ExportError
from acseg_core.formats.splits import Split, SplitBy, shared_out, split_from, split_images
from acseg_core.interruptible import run_to_end
from acseg_core.store import create_project, queries
from acseg_core.workflows.scanning import scan_images

THIRDS = {"train": 0.8, "val": 0.1, "test": 0.1}


@pytest.mark.parametrize(
    "text",
    ["", "train", "train=.8", "train=.8,val=.3", "train=1,train=0", "a b=1", "../x=1", "train=nan", "Val=.5,val=.5"],
)
def test_what_is_no_split(text):
    with pytest.raises(ExportError, match=r"is not a split|add up"):
        split_from(text)


def test_a_split_as_it_is_written():
    assert split_from("train=.8, val=.1,test=.1", seed=3) == Split(THIRDS, seed=3)
    assert list(split_from("a=.33,b=.33,c=.33").shares) == ["a", "b", "c"]


def test_shares_are_met_and_no_split_is_empty():
    groups = {number: number for number in range(100)}
    assert Counter(shared_out(groups, Split(THIRDS)).values()) == {"train": 80, "val": 10, "test": 10}
    assert shared_out(groups, Split(THIRDS)) == shared_out(groups, Split(THIRDS))
    assert shared_out(groups, Split(THIRDS)) != shared_out(groups, Split(THIRDS, seed=1))
    few = {number: min(number, 2) for number in range(50)}
    assert Counter(shared_out(few, Split(THIRDS)).values()) == {"train": 48, "val": 1, "test": 1}


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Twenty photos, a copy of one in other quality, a second file of the same bytes, and six frames of a film."""
    folder = tmp_path / "photos"
    for number in range(20):
        coarse = np.random.default_rng(number).integers(0, 255, (9, 12, 3), np.uint8)
        file = folder / f"{'ab'[number % 2]}" / f"photo {number}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(coarse).resize((160, 120), Image.Resampling.BICUBIC).save(file)
    Image.open(folder / "a" / "photo 0.png").resize((100, 75)).save(folder / "b" / "small.jpg", quality=60)
    shutil.copy(folder / "b" / "photo 1.png", folder / "a" / "copy.png")
    film = Image.open(folder / "a" / "photo 2.png").resize((400, 120))
    for number in range(6):
        (folder / "film").mkdir(exist_ok=True)
        film.crop((4 * number, 0, 4 * number + 300, 120)).save(folder / "film" / f"{number:03}.png")
    return folder


@pytest.fixture
def project(photos: Path, tmp_path: Path):
    with create_project(tmp_path / "project", image_root=photos) as project:
        run_to_end(scan_images(project), lambda tick: None)
        yield project


def split_by_path(project, split):
    ids = queries.image_ids(project)
    found = run_to_end(split_images(project, ids, split), lambda tick: None)
    paths = {record.id: record.path for record in queries.images(project)}
    return {paths[id_]: name for id_, name in found.splits.items()}, found.notes


@pytest.mark.parametrize("seed", range(6))
def test_copies_and_films_stay_on_one_side(project, seed):
    found, notes = split_by_path(project, Split({"train": 0.5, "val": 0.5}, seed=seed))
    assert len(found) == 28
    assert found["a/photo 0.png"] == found["b/small.jpg"]
    assert found["b/photo 1.png"] == found["a/copy.png"]
    assert len({split for path, split in found.items() if path.startswith("film/")}) == 1
    assert notes[0].startswith("near-duplicates kept together: 2 ")
    assert notes[1].startswith("video sequences kept together: 1, with 6 frames")
    assert 10 <= Counter(found.values())["val"] <= 18


def test_folders_stay_together(project):
    found, notes = split_by_path(project, Split({"train": 0.7, "val": 0.3}, SplitBy.FOLDER))
    assert len({found[path] for path in found if path[0] in "ab"}) == 1, "one has a copy of a photo of the other"
    assert notes[2] == "folders kept together: 3"


def test_too_few_groups_and_no_clusters_are_refused(project):
    with pytest.raises(ExportError, match="the images form 2 groups that stay together, too few for 3 splits"):
        split_by_path(project, Split(THIRDS, SplitBy.FOLDER))
    with pytest.raises(ExportError, match="there are no clusters yet"):
        split_by_path(project, Split(THIRDS, SplitBy.CLUSTER))
