"""A file that cannot be written is told before the work whose result goes into it, not after."""

from pathlib import Path

import pytest
from PIL import Image
from shell import acseg, refused

from acseg_core.evaluate.classes import protocol as classes
from acseg_core.evaluate.effort import protocol as effort
from acseg_core.evaluate.regions import protocol as regions
from acseg_core.formats import coco
from acseg_core.store import create_project, open_project, queries
from acseg_core.workflows import clustering, pipeline
from acseg_training import trainer


@pytest.fixture
def project(tmp_path: Path) -> Path:
    photos = tmp_path / "photos"
    photos.mkdir()
    Image.new("RGB", (40, 30), (9, 99, 199)).save(photos / "a.png")
    create_project(tmp_path / "project", image_root=photos).close()
    acseg("init", tmp_path / "project", "--images", photos)
    return tmp_path / "project"


@pytest.fixture(autouse=True)
def no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any work that begins fails the test."""
    for module, name in (
        (clustering, "cluster_regions"),
        (pipeline, "propose"),
        (coco, "export_coco"),
        (regions, "evaluate_regions"),
        (effort, "evaluate_effort"),
        (classes, "evaluate_classes"),
        (trainer, "train"),
    ):
        monkeypatch.setattr(module, name, lambda *_a, **_k: pytest.fail("the work began"))


@pytest.mark.parametrize(
    ("command", "option"),
    [
        (("cluster", "PROJECT"), "--json"),
        (("export", "PROJECT"), "--out"),
        (("train", "PROJECT"), "--out"),
        (("labels", "PROJECT"), "--export"),
    ],
)
def test_a_folder_that_does_not_exist(project: Path, command: tuple[str, ...], option: str) -> None:
    out = project.parent / "no such folder" / "out"
    arguments = [project if each == "PROJECT" else each for each in command]
    assert (
        refused(*arguments, option, out)
        == f"acseg: {out}: the folder does not exist; create it or choose another place"
    )
    assert "that is a folder; give the name of a file" in refused(*arguments, option, project.parent)


@pytest.mark.parametrize(
    ("command", "option"),
    [
        (("suggest", "PROJECT", "--doubts"), "--json"),
        (("cluster", "PROJECT"), "--json"),
        (("export", "PROJECT"), "--out"),
        (("train", "PROJECT"), "--out"),
        (("labels", "PROJECT"), "--export"),
    ],
)
def test_the_project_itself_is_not_written_over(project: Path, command: tuple[str, ...], option: str) -> None:
    database = project / "project.db"
    before = database.read_bytes()
    arguments = [project if each == "PROJECT" else each for each in command]
    told = refused(*arguments, option, database)
    assert told == f"acseg: {database}: that is the project itself; choose another file"
    assert database.read_bytes() == before
    with open_project(project, read_only=True) as opened:
        assert len(queries.image_ids(opened)) == 1


@pytest.mark.parametrize(
    ("protocol", "option"),
    [("regions", "--json"), ("regions", "--plot"), ("effort", "--json"), ("effort", "--plot"), ("classes", "--json")],
)
def test_evaluations_make_missing_folders_but_cannot_go_through_a_file(
    tmp_path: Path, protocol: str, option: str
) -> None:
    (tmp_path / "file").touch()
    told = refused("eval", protocol, tmp_path, option, tmp_path / "file" / "out")
    assert "a part of that path is a file" in told
    assert "that is a folder" in refused("eval", protocol, tmp_path, option, tmp_path)


def test_labels_are_not_imported_when_they_cannot_be_exported(project: Path, tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("car\nroad\n")
    refused("labels", project, "--import", tmp_path / "names.txt", "--export", tmp_path / "no" / "out.txt")
    with open_project(project, read_only=True) as opened:
        assert queries.labels(opened) == []


def test_the_demo_looks_first(tmp_path: Path) -> None:
    (tmp_path / "demo" / "annotations.json").mkdir(parents=True)
    assert "annotations.json: that is a folder" in refused("demo", tmp_path / "demo", "--headless")
