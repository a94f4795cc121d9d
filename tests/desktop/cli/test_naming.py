"""`acseg cluster` and `acseg name --cluster` as a shell sees them."""

import json

import numpy as np
import pytest
from shell import acseg
from tiled_scene import grounds, save_map, scene_project

from acseg_core.shapes import masks
from acseg_core.store import create_project, open_project, queries
from acseg_core.store.edits import history, ingest, review, runs
from acseg_core.store.queries import cluster_queries
from acseg_core.types import ImageInfo, RegionProposal, RunInfo

LOOKS = {0: "sky", 1: "sky", 2: "grass", 3: "tree"}
"""What the regions of an image look like, by node."""


@pytest.fixture
def folder(tmp_path):
    """A project of three images: in each two regions of sky, one of grass, one of trees."""
    run = RunInfo("vit", "b" * 64, "acg.safetensors", "a" * 64, "{}", "0.1.0")
    label_map = np.tile(np.arange(4, dtype=np.uint8), (2, 1))
    random = np.random.default_rng(0)
    axes = {look: np.eye(8)[number] for number, look in enumerate(("sky", "grass", "tree"))}
    with create_project(tmp_path / "project", image_root=tmp_path) as project:
        ingest.add_images(project, [ImageInfo(f"bild {n}.jpg", f"{n:064x}", 1, 1, 4, 2, 4, 2) for n in range(3)])
        run_id = runs.begin_run(project, run)
        for image_id in queries.image_ids(project):
            proposals = []
            for node, mask in masks.encode_label_map(label_map).items():
                vector = axes[LOOKS[node]] + 0.05 * random.normal(size=8)
                unit = (vector / np.linalg.norm(vector)).astype(np.float16)
                proposals.append(RegionProposal(node, mask, masks.bounding_box(mask), masks.area(mask), unit))
            runs.save_proposals(project, run_id, image_id, proposals)
        runs.finish_run(project, run_id)
    return tmp_path / "project"


def test_regions_are_clustered_listed_and_written(folder, tmp_path):
    out, err = acseg("cluster", folder, "--clusters", 3, "--json", tmp_path / "out.json")
    first, *lines = out.splitlines()
    assert first == f"{folder}: 12 regions in 3 clusters"
    assert [line.split(": ")[1] for line in lines] == ["6 unnamed in 3 images", *["3 unnamed in 3 images"] * 2]
    assert err == ""
    written = json.loads((tmp_path / "out.json").read_text("utf-8"))["regions"]
    assert [row["id"] for row in written] == list(range(1, 13))
    assert written[0].keys() == {"id", "image", "cluster", "label"}
    assert {row["image"] for row in written} == {"bild 0.jpg", "bild 1.jpg", "bild 2.jpg"}
    looks = {(row["cluster"], LOOKS[n % 4]) for n, row in enumerate(written)}
    assert len(looks) == 3
    assert all(row["label"] is None for row in written)


def test_the_number_of_clusters_may_be_left_to_the_program(folder):
    assert "12 regions in 9 clusters" in acseg("cluster", folder)[0]
    assert "12 regions in 9 clusters" in acseg("cluster", folder, "--clusters", "auto")[0]


def test_a_cluster_is_named_once_for_all_images(folder, tmp_path):
    largest = acseg("cluster", folder, "--clusters", 3)[0].splitlines()[1].split(":")[0].split()[1]
    assert acseg("name", folder, "--cluster", largest, "--label", "Himmel")[0] == "6 regions named Himmel\n"
    with open_project(folder) as project:
        assert len(queries.label_regions(project, 1)) == 6
        assert history.state(project).undo == "Name cluster"
    assert "is left to name; --rename" in acseg("name", folder, "--cluster", largest, "--label", "x", code=1)[1]
    with open_project(folder) as project:
        review.reject_regions(project, [1])
    assert "5 regions named air" in acseg("name", folder, "--cluster", largest, "--label", "air", "--rename")[0]
    with open_project(folder) as project:
        assert queries.label_regions(project, 1) == []
        assert len(cluster_queries.clusters(project, label_id=2)) == 1
    out, _ = acseg("cluster", folder, "--clusters", 1, "--json", tmp_path / "out.json")
    assert out.splitlines()[1].endswith(": 6 unnamed in 3 images, 5 air")
    labels = [row["label"] for row in json.loads((tmp_path / "out.json").read_text("utf-8"))["regions"]]
    assert labels.count("air") == 5


def test_the_name_told_is_the_labels_however_it_was_typed(folder):
    accent, marks = "Caf\u00e9", "cafe\u0301"
    assert acseg("name", folder, "--region", 1, "--region", 1, "--label", accent)[0] == f"1 region named {accent}\n"
    acseg("name", folder, "--region", 2, "--label", f"  {marks} ")
    with open_project(folder) as project:
        assert [label.name for label in queries.labels(project)] == [accent]
    assert acseg("name", folder, "--region", 3, "--label", marks.upper())[0] == f"1 region named {accent}\n"
    out, _ = acseg("name", folder, "--label-of", f" {marks}", "--label", "the  bar ")
    assert out == "3 regions named the bar\n"
    assert "there is no label pub" in acseg("name", folder, "--label-of", "pub", "--label", "x", code=1)[1]


def test_what_cannot_be_done_is_one_line(folder, tmp_path):
    for arguments in (
        ("name", folder, "--cluster", 99, "--label", "x"),
        ("cluster", folder, "--json", tmp_path / "no" / "such" / "folder.json"),
        ("cluster", tmp_path / "nothing"),
    ):
        err = acseg(*arguments, code=1)[1]
        assert err.startswith("acseg: ")
        assert len(err.splitlines()) == 1


def test_a_project_without_regions_is_told_what_to_do(tmp_path):
    create_project(tmp_path / "project", image_root=tmp_path).close()
    assert "propose some first" in acseg("cluster", tmp_path / "project", code=1)[1]


@pytest.mark.parametrize(
    "arguments",
    [
        ("cluster", "--clusters", "0"),
        ("cluster", "--clusters", "many"),
        ("cluster", "--clusters", "1001"),
        ("name", "--label", "x", "--region", "1", "--rename"),
        ("name", "--label", "x", "--region", "1", "--cluster", "1"),
    ],
)
def test_wrong_use_ends_with_code_two(folder, arguments):
    command, *options = arguments
    acseg(command, folder, *options, code=2)


def test_a_region_of_a_scene_is_named_with_what_goes_on_in_the_next_tile(tmp_path):
    numbers = np.zeros((64, 128), int)
    numbers[32:] = 1
    with scene_project(tmp_path, grounds(64, 128), side=64) as project:
        regions = save_map(project, numbers, {0: np.array([1.0, 0]), 1: np.array([0, 1.0])})
        folder = project.folder
    assert acseg("name", folder, "--region", regions[1, 0], "--label", "field")[0] == "2 regions named field\n"
    with open_project(folder) as project:
        assert set(queries.label_regions(project, 1)) == {regions[1, 0], regions[2, 0]}
