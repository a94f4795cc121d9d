"""`acseg suggest --doubts` as a shell sees it."""

import json

import numpy as np
import pytest
from shell import acseg, refused

from acseg_core.shapes import masks
from acseg_core.store import create_project, open_project, queries
from acseg_core.store.edits import confirming, history, ingest, label_list, review, runs
from acseg_core.types import ImageInfo, RegionProposal, RunInfo

RUN = RunInfo("vit", "b" * 64, "acg.safetensors", "a" * 64, "{}", "0.1.0")
LOOKS = ("Himmel", "Gras", "Baum")
WRONG = {4: "Baum", 11: "Himmel"}


@pytest.fixture
def folder(tmp_path):
    """Twelve images of three regions, sky, grass and trees, named all at once; regions 4 (sky) and 11 (grass) wrong."""
    random = np.random.default_rng(0)
    stripes = masks.encode_label_map(np.tile(np.arange(3, dtype=np.uint8), (2, 1)))
    with create_project(tmp_path / "project", image_root=tmp_path) as project:
        ingest.add_images(project, [ImageInfo(f"bild {n}.jpg", f"{n:064x}", 1, 1, 3, 2, 3, 2) for n in range(12)])
        run_id = runs.begin_run(project, RUN)
        for image_id in queries.image_ids(project):
            points = np.eye(3, 8) + 0.1 * random.normal(size=(3, 8))
            points /= np.linalg.norm(points, axis=1, keepdims=True)
            proposals = [
                RegionProposal(node, mask, masks.bounding_box(mask), masks.area(mask), points[node].astype(np.float16))
                for node, mask in stripes.items()
            ]
            runs.save_proposals(project, run_id, image_id, proposals)
        runs.finish_run(project, run_id)
        named = {id_: LOOKS[(id_ - 1) % 3] for id_ in range(1, 37)} | WRONG
        for name in LOOKS:
            review.name_regions_as(project, [id_ for id_, its in named.items() if its == name], name)
    return tmp_path / "project"


def name_of(folder, region_id):
    with open_project(folder, read_only=True) as project:
        labels = {label.id: label.name for label in queries.labels(project)}
        return labels[queries.regions_by_id(project, [region_id])[region_id].label_id]


def test_doubtful_names_are_listed_and_written_and_nothing_changes(folder, tmp_path):
    out, err = acseg("suggest", folder, "--doubts", "--json", tmp_path / "doubts.json")
    first, *lines = out.splitlines()
    assert first == f"{folder}: 2 doubtful names"
    assert sorted(line.rsplit(" ", 1)[0] for line in lines) == [
        "region 11 in bild 3.jpg: Himmel, perhaps Gras",
        "region 4 in bild 1.jpg: Baum, perhaps Himmel",
    ]
    assert err == ""
    written = json.loads((tmp_path / "doubts.json").read_text("utf-8"))["doubts"]
    assert [row["id"] for row in written] == [int(line.split()[1]) for line in lines]
    assert written[0].keys() == {"id", "image", "label", "other", "confidence"}
    assert written[0]["confidence"] >= written[1]["confidence"]
    assert name_of(folder, 4) == "Baum"


def test_what_is_sure_is_corrected_in_one_step(folder):
    assert "0 names corrected" in acseg("suggest", folder, "--doubts", "--accept-above", "1")[0]
    assert "2 names corrected" in acseg("suggest", folder, "--doubts", "--accept-above", "0.5")[0]
    assert (name_of(folder, 4), name_of(folder, 11)) == ("Himmel", "Gras")
    assert "0 doubtful names" in acseg("suggest", folder, "--doubts")[0]
    with open_project(folder) as project:
        assert history.state(project).undo == "Correct names"
        history.undo(project)
    assert (name_of(folder, 4), name_of(folder, 11)) == ("Baum", "Himmel")


def test_a_name_given_by_id_is_not_asked_about_again(folder):
    acseg("name", folder, "--region", 4, "--label", "Baum")
    assert "1 doubtful name\n" in acseg("suggest", folder, "--doubts")[0]
    with open_project(folder) as project:
        confirming.keep_names(project, [11])
    assert "0 doubtful names" in acseg("suggest", folder, "--doubts")[0]


def test_a_project_that_is_in_use_can_be_listed_but_not_corrected(folder):
    with open_project(folder):
        assert "2 doubtful names" in acseg("suggest", folder, "--doubts")[0]
        told = refused("suggest", folder, "--doubts", "--accept-above", "0.9")
        assert told.endswith("the project is open in another program; close it there to change it here")


@pytest.mark.parametrize(
    "options",
    [["--json", "x.json"], ["--doubts", "--dense"], ["--doubts", "--classes", "a, b"], ["--doubts", "--images", "a"]],
)
def test_what_does_not_go_together_is_wrong_use(folder, options):
    told = acseg("suggest", folder, *options, code=2).stderr
    assert "--json needs --doubts" in told or "--doubts can only be combined with --json and --accept-above" in told


def test_a_file_that_cannot_be_written_is_told_before_anything_is_done(folder, tmp_path):
    refused("suggest", folder, "--doubts", "--json", tmp_path / "nowhere" / "x.json", "--accept-above", "0")
    assert name_of(folder, 4) == "Baum"


def test_what_a_window_takes_away_while_the_names_are_compared_is_passed_by(folder, monkeypatch):
    from acseg_core.workflows import doubts

    real = doubts.find_doubtful_names
    with open_project(folder) as project:

        def meanwhile(opened):
            found = real(opened)
            label_list.delete_label(project, 2)
            return found

        monkeypatch.setattr(doubts, "find_doubtful_names", meanwhile)
        told = acseg("suggest", folder, "--doubts").stdout
    assert "1 doubtful name" in told
    assert "region 4 in bild 1.jpg: Baum, perhaps Himmel" in told
