"""Pixels without data are of no region: not when regions are proposed, nor after any edit that makes regions anew."""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from image_bytes import encoded, picture
from tiff_files import Written, tiff_file
from tiny_model import tiny_config

from acseg_core.config import SegmenterConfig
from acseg_core.errors import EditError
from acseg_core.shapes import masks
from acseg_core.store import Project, create_project, queries
from acseg_core.store.edits import cuts, dissolving, history, merging, painting, review, splitting
from acseg_core.types import PixelPatch, Progress
from acseg_core.workflows import pipeline, propagation, scanning


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> SegmenterConfig:
    return tiny_config(tmp_path_factory.mktemp("model"))


@pytest.fixture
def project(scanned: Project, config: SegmenterConfig) -> Project:
    finish(pipeline.propose(scanned, config))
    return scanned


@pytest.fixture
def scanned(tmp_path: Path, config: SegmenterConfig) -> Generator[Project, None, None]:
    folder = tmp_path / "photos"
    folder.mkdir()
    rgb = picture(60, 80)
    opaque = np.full((60, 80), 255, np.uint8)
    opaque[:, :20] = 0
    (folder / "cut-out.png").write_bytes(encoded(np.dstack([rgb, opaque]), "PNG"))
    scene = rgb[..., 0].astype(np.int16) * 8
    scene[:, :20] = -9999
    (folder / "scene.tif").write_bytes(tiff_file(scene, Written(tags={42113: ("s", b"-9999\0")})))
    (folder / "whole.png").write_bytes(encoded(rgb, "PNG"))
    with create_project(tmp_path / "project", image_root=folder) as opened:
        finish(scanning.scan_images(opened))
        yield opened


def finish(work: Generator[Progress, None, Any]) -> Any:
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def covered(project: Project, image_id: int) -> np.ndarray:
    record = queries.image(project, image_id)
    total = np.zeros((record.height, record.width), int)
    for region in queries.regions(project, image_id):
        total += masks.decode(region.mask)
    return total


def expected(project: Project, image_id: int) -> np.ndarray:
    valid = np.ones((60, 80), int)
    if queries.image(project, image_id).path != "whole.png":
        valid[:, :20] = 0
    return valid


def test_regions_are_proposed_and_cut_anew_where_there_is_data_only(project: Project) -> None:
    for record in queries.images(project):
        truth = expected(project, record.id)
        assert np.array_equal(covered(project, record.id), truth)
        for granularity in (0.0, 0.3, 1.0):
            cuts.recut_image(project, record.id, granularity)
            assert np.array_equal(covered(project, record.id), truth)
        while cuts.step_cut(project, record.id, finer=False).verb:
            assert np.array_equal(covered(project, record.id), truth)
        cuts.step_cut(project, record.id, finer=True)
        assert np.array_equal(covered(project, record.id), truth)
        for region in queries.regions(project, record.id):
            assert region.area == masks.area(region.mask)


def test_edits_beside_what_is_void_work_as_elsewhere(project: Project) -> None:
    for record in queries.images(project):
        truth = expected(project, record.id)
        largest = max(queries.regions(project, record.id), key=lambda region: region.area)
        patch = PixelPatch(10, 5, np.ones((8, 20), bool))  # half of it void
        painting.paint(project, record.id, patch, region_id=largest.id)
        painted = truth.copy()
        painted[5:13, 10:30] = 1  # who paints there means it
        assert np.array_equal(covered(project, record.id), painted)
        history.undo(project)
        made = painting.paint_new(project, record.id, PixelPatch(2, 2, np.ones((9, 9), bool)), label_id=None)
        if not truth[4, 4]:  # drawn where the tree knows nothing
            with pytest.raises(EditError, match="cannot be split automatically any further"):
                cuts.split_by_tree(project, *made.region_ids)
        history.undo(project)
        regions = queries.regions(project, record.id)
        if len(regions) > 1:
            for region in regions:  # void takes nothing, wherever a region lies
                dissolving.dissolve(project, [region.id])
                assert np.array_equal(covered(project, record.id), truth)
                history.undo(project)
            merging.merge_regions(project, [regions[0].id, regions[1].id])
            assert np.array_equal(covered(project, record.id), truth)
            history.undo(project)
        splitting.split_patch(project, regions[0].id, PixelPatch(0, 0, np.ones((30, 80), bool)))
        assert np.array_equal(covered(project, record.id), truth)


@pytest.mark.parametrize("are_proposed", [True, False])
def test_a_suggested_partition_leaves_out_what_is_void(
    scanned: Project, config: SegmenterConfig, are_proposed: bool
) -> None:
    project = scanned
    chosen = [record.id for record in queries.images(project) if are_proposed or record.path == "whole.png"]
    finish(pipeline.propose(project, config, image_ids=chosen))
    whole = next(record for record in queries.images(project) if record.path == "whole.png")
    for number, region in enumerate(queries.regions(project, whole.id)):
        review.name_regions_as(project, [region.id], f"label {number}")
    finish(propagation.propagate(project, config, multi_crop=False))
    for record in queries.images(project):
        assert np.array_equal(covered(project, record.id), expected(project, record.id))
