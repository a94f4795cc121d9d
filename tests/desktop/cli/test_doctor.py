"""`acseg doctor`, in a process of its own."""

import os
from importlib import metadata

from scene_files import write_scene
from shell import acseg, acseg_process

from acseg_desktop.cli.doctor import _second_opencv


def test_doctor_finds_this_installation_in_order() -> None:
    report = acseg_process("doctor").stdout
    assert "FAIL" not in report
    assert all(f"ok   {file} " in report for file in ("backbone", "generator", "ACSeg", "projection"))
    assert "offscreen" in report


def test_doctor_says_what_the_installation_takes_and_what_can_be_spared() -> None:
    (line,) = [line for line in acseg_process("doctor").stdout.splitlines() if " disk space " in line]
    size = float(line.split("disk space")[1].split()[0])
    torch = sum(file.size or 0 for file in metadata.files("torch")) / 1e9
    assert torch < size < 40
    has_cuda = any((each.metadata["Name"] or "").startswith("nvidia-") for each in metadata.distributions())
    assert ("whl/cpu" in line) == has_cuda


def test_a_second_opencv_is_named_with_what_to_do_about_it() -> None:
    assert _second_opencv(["torch", "opencv_contrib_python_headless"]) == ""
    said = _second_opencv(["opencv-python", "opencv-contrib-python-headless", "numpy"])
    assert "opencv-contrib-python-headless and opencv-python" in said
    assert "`pip uninstall opencv-contrib-python-headless opencv-python`" in said


def test_doctor_finds_a_second_opencv_in_the_environment(tmp_path, monkeypatch) -> None:
    """As pip leaves it: a folder with the package's name."""
    info = tmp_path / "opencv_python-4.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: opencv-python\nVersion: 4.0\n")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    report = acseg_process("doctor").stdout
    assert "pip uninstall opencv-contrib-python-headless opencv-python" in report


def test_the_scenes_of_a_project_are_read_whole(tmp_path) -> None:
    scene = write_scene(tmp_path / "maps" / "a.tif")
    acseg_process("init", tmp_path / "project", "--images", scene, "--tiles", "always")
    report = acseg_process("doctor", tmp_path / "project").stdout
    assert "ok   scene        a.tif: 300 x 200 pixels, 0 MB, as it was when it was added" in report
    assert "files of 1 checked whole" in acseg_process("status", tmp_path / "project").stdout
    os.utime(scene, ns=(1, 1))
    report = acseg("doctor", tmp_path / "project", code=1).stdout
    assert "FAIL scene        a.tif: has another time or size" in report
