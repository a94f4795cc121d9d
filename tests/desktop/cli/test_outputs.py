"""A file that cannot be written is told before the work whose result goes into it, not after."""

import os
import stat
import threading
from pathlib import Path

import pytest
from PIL import Image
from shell import acseg, refused

from acseg_core.evaluate.classes import protocol as classes
from acseg_core.evaluate.effort import protocol as effort
from acseg_core.evaluate.regions import protocol as regions
from acseg_core.store import create_project, open_project, queries
from acseg_core.workflows import clustering, exporting, pipeline
from acseg_training import training


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
        (exporting, "export_labels"),
        (regions, "evaluate_regions"),
        (effort, "evaluate_effort"),
        (classes, "evaluate_classes"),
        (training, "train"),
    ):
        monkeypatch.setattr(module, name, lambda *_a, **_k: pytest.fail("the work began"))


@pytest.mark.parametrize(
    ("command", "option"),
    [
        (("cluster", "PROJECT"), "--json"),
        (("export", "PROJECT", "--images", "all"), "--out"),
        (("train", "PROJECT"), "--out"),
        (("labels", "PROJECT"), "--export"),
    ],
)
def test_a_folder_that_does_not_exist(project: Path, command: tuple[str, ...], option: str) -> None:
    out = project.parent / "no such folder" / "out"
    arguments = [project if each == "PROJECT" else each for each in command]
    assert (
        refused(*arguments, option, out)
        == f"acseg: {out}: the folder does not exist; create it or choose another location"
    )
    is_export = command[0] == "export"  # which can be a folder, if it is empty
    said = "there are other files in that folder" if is_export else "this is a folder; give the name of a file"
    assert said in refused(*arguments, option, project.parent)


@pytest.mark.parametrize(
    ("command", "option"),
    [
        (("suggest", "PROJECT", "--doubts"), "--json"),
        (("cluster", "PROJECT"), "--json"),
        (("export", "PROJECT", "--images", "all"), "--out"),
        (("train", "PROJECT"), "--out"),
        (("labels", "PROJECT"), "--export"),
    ],
)
def test_the_project_itself_is_not_written_over(project: Path, command: tuple[str, ...], option: str) -> None:
    database = project / "project.db"
    before = database.read_bytes()
    arguments = [project if each == "PROJECT" else each for each in command]
    told = refused(*arguments, option, database)
    assert told == f"acseg: {database}: this is the project itself; choose another file"
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
    assert "part of this path is a file" in told
    assert "this is a folder" in refused("eval", protocol, tmp_path, option, tmp_path)


def test_labels_are_not_imported_when_they_cannot_be_exported(project: Path, tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("car\nroad\n")
    refused("labels", project, "--import", tmp_path / "names.txt", "--export", tmp_path / "no" / "out.txt")
    with open_project(project, read_only=True) as opened:
        assert queries.labels(opened) == []


def test_the_demo_looks_first(tmp_path: Path) -> None:
    (tmp_path / "demo" / "annotations.json").mkdir(parents=True)
    assert "annotations.json: this is a folder" in refused("demo", tmp_path / "demo", "--headless")


OVER_PHOTOS = [
    (("suggest", "PROJECT", "--doubts"), "--json"),
    (("cluster", "PROJECT"), "--json"),
    (("export", "PROJECT", "--images", "all"), "--out"),
    (("train", "PROJECT"), "--out"),
    (("train", "PHOTOS"), "--out"),
    (("labels", "PROJECT"), "--export"),
    (("eval", "regions", "PHOTOS"), "--json"),
    (("eval", "effort", "PHOTOS"), "--json"),
    (("eval", "classes", "PHOTOS"), "--json"),
]


@pytest.mark.parametrize(("command", "option"), OVER_PHOTOS)
def test_a_photo_is_not_written_over(project: Path, command: tuple[str, ...], option: str) -> None:
    photo = project.parent / "photos" / "a.png"
    before = photo.read_bytes()
    arguments = [{"PROJECT": project, "PHOTOS": photo.parent}.get(each, each) for each in command]
    told = refused(*arguments, option, photo)
    assert told == f"acseg: {photo}: this would overwrite a picture; choose another file"
    assert photo.read_bytes() == before


@pytest.mark.parametrize(("command", "option"), [each for each in OVER_PHOTOS if "PROJECT" in each[0]])
def test_a_photo_that_does_not_read_is_not_written_over(project: Path, command: tuple[str, ...], option: str) -> None:
    """What was a photo when the project was made is one, whatever its first bytes are now."""
    photo = project.parent / "photos" / "a.png"
    photo.write_bytes(bytes(99))
    arguments = [project if each == "PROJECT" else each for each in command]
    assert refused(*arguments, option, photo) == f"acseg: {photo}: this is a photo of the project; choose another file"
    assert photo.read_bytes() == bytes(99)


@pytest.mark.parametrize(("command", "option"), OVER_PHOTOS)
def test_what_a_project_keeps_for_itself_is_not_written_over(
    project: Path, command: tuple[str, ...], option: str
) -> None:
    kept = project / "cache" / "tokens.npz"
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(b"tokens")
    arguments = [{"PROJECT": project, "PHOTOS": project.parent / "photos"}.get(each, each) for each in command]
    told = refused(*arguments, option, kept)
    assert told == f"acseg: {kept}: this location is for the project's own files; choose another one"
    assert kept.read_bytes() == b"tokens"


def test_plots_do_not_take_the_place_of_photos(project: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "photos"
    other.mkdir(parents=True)
    Image.new("RGB", (40, 30), (9, 99, 199)).save(other / "a.png")
    create_project(other.parent, image_root=other).close()
    acseg("init", other.parent, "--images", other)
    for protocol in ("regions", "effort"):
        told = refused("eval", protocol, tmp_path, "--plot", other / "a.png")
        assert told.endswith(f"this is a photo of the project in {other.parent}; choose another file")


def test_the_files_of_a_labelled_set_are_not_written_over(tmp_path: Path) -> None:
    for name in ("images/a.png", "labels/a.png", "segmentations/a.npz", "classes.json", "instances.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b'{"images": []}')
    told = "this is one of the images or their ground truth; choose another file"
    for name in ("images/a.png", "labels/a.png", "segmentations/a.npz", "classes.json", "instances.json"):
        for protocol in ("regions", "effort", "classes"):
            assert refused("eval", protocol, tmp_path, "--json", tmp_path / name).endswith(told)
        assert (tmp_path / name).read_bytes() == b'{"images": []}'


def test_a_list_that_is_read_is_not_written_over(project: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("car\nroad\n")
    told = refused("labels", project, "--import", names, "--export", names)
    assert told == f"acseg: {names}: this is the file to import; choose another one to export to"
    assert names.read_text() == "car\nroad\n"


def test_the_demo_leaves_what_is_not_its_own(tmp_path: Path) -> None:
    """Nobody named its files: those of somebody who happens to use the same names stay."""
    for name in ("annotations.json", "overlay.png"):
        folder = tmp_path / name.partition(".")[0]
        folder.mkdir()
        (folder / name).write_bytes(b"mine")
        told = refused("demo", folder, "--headless")
        assert told == f"acseg: {folder / name}: this file already exists; choose another folder for the demo"
        assert [each.name for each in folder.iterdir()] == [name]
        assert (folder / name).read_bytes() == b"mine"


def test_commands_write_into_pipes_and_through_links(project: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.undo()  # the work is wanted here
    pipe, link, real = tmp_path / "pipe", tmp_path / "link.json", tmp_path / "real.json"
    os.mkfifo(pipe)
    link.symlink_to(real)
    real.write_text("{}")
    real.chmod(0o600)
    for command, option in ((("export", project, "--images", "all"), "--out"), (("labels", project), "--export")):
        got: list[bytes] = []
        reader = threading.Thread(target=lambda got=got: got.append(pipe.read_bytes()), daemon=True)
        reader.start()
        acseg(*command, option, pipe)
        reader.join(30)
        assert len(got) == 1
        assert pipe.is_fifo()
        acseg(*command, option, link)
        assert link.is_symlink()
        assert stat.S_IMODE(real.stat().st_mode) == 0o600
    assert b'"images"' not in got[0]
