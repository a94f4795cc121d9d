"""How long an image takes is measured on one of the project; nothing is written, and files that are gone pass."""

import time

import pytest
from coloured_photos import finish

from acseg_core.store import create_project, queries
from acseg_core.workflows import scanning
from acseg_core.workflows.pace import measure_pace


@pytest.fixture
def scanned(tmp_path, photos):
    """Five photos without regions."""
    with create_project(tmp_path / "scanned", image_root=photos) as opened:
        finish(scanning.scan_images(opened))
        yield opened


def run(work):
    ticks = 0
    while True:
        try:
            next(work)
            ticks += 1
        except StopIteration as stop:
            return stop.value, ticks


def test_a_pace_is_measured_without_writing_anything(scanned, segmenter):
    before = scanned.folder.joinpath("project.db").read_bytes()
    start = time.perf_counter()
    seconds, ticks = run(measure_pace(scanned, segmenter))
    assert 0 < seconds < 1.15 * (time.perf_counter() - start)
    assert ticks >= 3, "it can be stopped between its parts"
    assert not queries.region_counts(scanned)
    assert scanned.folder.joinpath("project.db").read_bytes() == before


def test_an_image_that_is_gone_is_passed_by_and_without_any_nothing_is_said(scanned, segmenter):
    files = sorted(path for path in scanned.image_root.rglob("*") if path.is_file())
    files[0].unlink()
    assert run(measure_pace(scanned, segmenter))[0] > 0
    for path in files[1:]:
        path.unlink()
    assert run(measure_pace(scanned, segmenter)) == (None, 5)
