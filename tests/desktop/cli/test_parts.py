"""`acseg split` and `acseg merge` as a shell sees them: parts beside the project, and a report of what came back."""

import json

import pytest
from shell import acseg, refused

from acseg_core.errors import CancelledError
from acseg_core.store import open_project, queries
from acseg_core.store.edits import history, labels, review
from acseg_desktop.cli import parts


@pytest.fixture
def shared(proposed):
    acseg("split", proposed, "--into", "2")
    return proposed, *(proposed.with_name(f"project-part-{number}") for number in (1, 2))


def name(folder, *given):
    """Name the first regions of the first image."""
    with open_project(folder) as project:
        (image, *_) = queries.image_ids(project)
        for region, label in zip(queries.regions(project, image), given, strict=False):
            review.name_regions_as(project, [region.id], label)


def test_a_project_is_shared_and_comes_back(shared):
    project, first, second = shared
    name(first, "sky", "road")
    name(second, "sky")
    out, err = acseg("merge", project, first, second)
    assert out.splitlines() == [
        "project (1 of 2): 1 image taken over, 1 image unchanged",
        "2 labels new: sky, road",
        "project (2 of 2): 1 image taken over, 0 images unchanged",
    ]
    assert f"one undo step; `acseg cluster {project}` groups the regions again" in err
    with open_project(project, read_only=True) as opened:
        assert history.state(opened).undo == "Merge parts"
    out, err = acseg("merge", project, first, second)
    assert "0 images taken over, 2 images unchanged" in out
    assert "undo step" not in err


def test_what_is_made_is_said(proposed, tmp_path):
    out, err = acseg("split", proposed, "--into", "2", "--by", "folder", "--out", tmp_path / "out", "--copy-images")
    first, second = out.splitlines()
    assert first.startswith(f"{tmp_path / 'out' / 'project-part-1'}: 2 images, ")
    assert second.startswith(f"{tmp_path / 'out' / 'project-part-2'}: 1 image, ")
    assert f"when they come back: `acseg merge {proposed} PART...`" in err
    assert (tmp_path / "out" / "project-part-1" / "images" / "bild 1 ä.png").is_file()


def test_conflicts_are_listed_and_written(shared, tmp_path):
    project, first, _ = shared
    name(first, "sky", "road")
    name(project, "tree")
    with open_project(project) as opened:
        labels.create_label(opened, "sky", is_thing=True)
    _, err = acseg("merge", project, first, "--json", tmp_path / "report.json")
    assert "conflicts, changed in the part and in the project:" in err
    assert "part: in review, 2 named regions; project: in review, 1 named region; the part's stays" in err
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    (part,) = report["parts"]
    kinds = {conflict["kind"] for conflict in part["conflicts"]}
    assert kinds <= {"image", "label"}
    assert [conflict["taken"] for conflict in part["conflicts"] if conflict["kind"] == "image"] == ["part"]
    assert json.loads(acseg("merge", project, first, "--json", "-").stdout)["parts"][0]["images"] == []


def test_whose_work_stays_can_be_said(shared):
    project, first, _ = shared
    name(first, "sky", "road")
    name(project, "tree")
    _, err = acseg("merge", project, first, "--prefer", "project")
    assert "the project's stays" in err
    _, err = acseg("merge", project, first, "--prefer", "part")
    assert "the part's stays" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("split", "PROJECT", "--into", "2"), "there is something in that place"),
        (("split", "PROJECT", "--into", "2", "--by", "cluster", "--out", "OUT"), "no clusters yet"),
        (("split", "PROJECT", "--into", "9", "--out", "OUT"), "9 parts cannot be made of 3 image files"),
        (("merge", "PROJECT", "PROJECT"), "a project of its own"),
        (("merge", "PROJECT", "OUT"), "no such folder"),
        (("merge", "PROJECT", "PART", "PART"), "the same part as"),
        (("merge", "PROJECT", "PART", "--json", "PROJECT/project.db"), "this is the project itself"),
    ],
)
def test_what_cannot_be_is_one_line(shared, tmp_path, arguments, said):
    project, first, _ = shared
    places = {"PROJECT": project, "PART": first, "OUT": tmp_path / "out", "PROJECT/project.db": project / "project.db"}
    assert said in refused(*(places.get(each, each) for each in arguments))
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


def test_wrong_use_is_told(proposed):
    assert "--into" in acseg("split", proposed, code=2).stderr
    assert "2" in acseg("split", proposed, "--into", "1", code=2).stderr
    acseg("merge", proposed, code=2)


def test_stopped_it_says_that_nothing_was_done(monkeypatch):
    def stopped(_title, _work):
        raise CancelledError("stopped; what was finished is kept")

    monkeypatch.setattr(parts, "follow", stopped)
    with pytest.raises(CancelledError, match="stopped; the project is as before"):
        parts._followed("Merging", iter(()), "the project is as before")
