"""`acseg propose --engine ray` as a shell sees it: killed, gone on with, and refused in one line where it cannot be.

Ray starts its own processes, which end with the one that started them.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time

import pytest
from shell import ACSEG, acseg, refused
from tiled_scene import grounds, scene_project
from tiny_model import TINY_BACKBONE, tiny_generator, tiny_weights

from acseg_core.store import open_project, queries
from acseg_core.types import ImageStatus

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")

_PATIENCE_S = 240


@pytest.fixture(scope="module")
def options(tmp_path_factory):
    """Options for a model so small that it proposes at once."""
    folder = tmp_path_factory.mktemp("model")
    options = ["--backbone", TINY_BACKBONE, "--weights", tiny_weights(folder), "--model", tiny_generator(folder)]
    return [*map(str, options), "--input-size", "128", "--device", "cpu", "--granularity", "0.5"]


def proposed(folder):
    """How many tiles have proposals, as another program sees it."""
    with open_project(folder, read_only=True) as project:
        return sum(record.status is not ImageStatus.NEW for record in queries.images(project))


def regions_in(folder):
    with open_project(folder, read_only=True) as project:
        return {record.path: [each.mask for each in regions] for record, regions in queries.image_regions(project)}


@contextlib.contextmanager
def proposing(*arguments):
    """`acseg propose` in a process of its own."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [*ACSEG, "propose", *map(str, arguments)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_a_run_whose_driver_was_killed_goes_on_with_the_rest(tmp_path, options):
    """Tiles of a scene, which are sent to the worker; the same regions as without a cluster."""
    pixels = grounds(640, 1280)
    with scene_project(tmp_path / "other", pixels, side=64) as project:
        alone, tiles = project.folder, len(queries.images(project))
    assert tiles == 200
    acseg("propose", alone, *options)
    with scene_project(tmp_path / "one", pixels, side=64) as project:
        folder = project.folder
    cluster = ["--engine", "ray", "--workers", "1", "--ship-images"]
    with proposing(folder, "--only-new", *options, *cluster) as process:
        begun = time.monotonic()
        while not proposed(folder) and process.poll() is None and time.monotonic() - begun < _PATIENCE_S:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.wait(_PATIENCE_S)
    before = proposed(folder)
    assert 0 < before < tiles, "what was found is kept, and it was not all"
    with proposing(folder, "--only-new", *options, *cluster) as process:
        out, err = process.communicate(timeout=_PATIENCE_S)
    assert process.returncode == 0, err
    assert f"in {tiles - before} images" in out, "and nothing but what it found is on stdout"
    assert len(out.splitlines()) == 1
    assert regions_in(folder) == regions_in(alone)


def test_no_cluster_at_an_address_is_one_line(tmp_path, options):
    with scene_project(tmp_path, grounds(64, 64), side=64) as project:
        folder = project.folder
    with proposing(folder, *options, "--engine", "ray", "--address", "127.0.0.1:1") as process:
        out, err = process.communicate(timeout=_PATIENCE_S)
    assert process.returncode == 1, out + err
    (line,) = [line for line in err.splitlines() if line.startswith("acseg: ")]
    assert "127.0.0.1:1: no Ray cluster answers there" in line
    assert proposed(folder) == 0


def test_without_the_extra_one_line_says_what_to_install(tmp_path, options, monkeypatch):
    with scene_project(tmp_path, grounds(64, 64), side=64) as project:
        folder = project.folder
    monkeypatch.setitem(sys.modules, "ray", None)
    assert 'pip install "acseg-desktop[cluster]"' in refused("propose", folder, *options, "--engine", "ray")


@pytest.mark.parametrize(
    "wrong", [["--address", "auto"], ["--ship-images"], ["--gpus-per-worker", "1"], ["--workers", "2"]]
)
def test_what_is_for_a_cluster_is_not_for_this_program(tmp_path, wrong):
    assert "--engine" in acseg("propose", tmp_path, *wrong, code=2).stderr
