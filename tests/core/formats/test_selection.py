"""Which images an export takes, and what it says of the others; on the code of before it took all of them, silently."""

import json
import os
import shutil

import numpy as np
import pytest
from coloured_photos import finish, write_photos
from PIL import Image
from stopwatch import most_held

from acseg_core.errors import NothingToExportError
from acseg_core.formats.selection import ImageChoice, search_of, select_images
from acseg_core.reports import LeftOut
from acseg_core.shapes import masks
from acseg_core.store import create_project, open_project, queries
from acseg_core.store.edits import ingest, review, runs
from acseg_core.store.queries.image_list import search_images
from acseg_core.types import ImageInfo, ImageStatus, RegionProposal, RunInfo
from acseg_core.workflows import scanning
from acseg_core.workflows.exporting import export_coco


@pytest.fixture
def project(tmp_path):
    """Six photos, each of two halves: 1 and 2 are named and done, 3 is named, 4 and 5 done, 6 neither."""
    write_photos(tmp_path / "photos", 6)
    halves = np.repeat(np.array([[0, 1]], np.uint8), 96, axis=0).repeat(64, axis=1)
    with create_project(tmp_path / "project", image_root=tmp_path / "photos") as made:
        finish(scanning.scan_images(made))
        run_id = runs.begin_run(made, RunInfo("vit", "b" * 64, "acg", "a" * 64, "{}", "0"))
        for image_id in range(1, 7):
            proposals = [
                RegionProposal(node, mask, masks.bounding_box(mask), masks.area(mask), np.ones(8, np.float16))
                for node, mask in masks.encode_label_map(halves).items()
            ]
            runs.save_proposals(made, run_id, image_id, proposals)
        runs.finish_run(made, run_id)
        for image_id in (1, 2, 3):
            review.name_regions_as(made, [queries.regions(made, image_id)[0].id], "half")
        review.set_image_statuses(made, [1, 2, 4, 5], ImageStatus.DONE)
        yield made


def chosen(project, choice=ImageChoice.DONE, **options):
    found = finish(select_images(project, choice, **options))
    return found.image_ids, dict(found.left_out)


def photo(project, image_id):
    return project.image_root / queries.image(project, image_id).path


def replace(project, image_id):
    Image.new("RGB", (40, 30), "red").save(photo(project, image_id))


def test_each_choice_takes_what_it_says(project):
    assert chosen(project) == ((1, 2, 4, 5), {LeftOut.NOT_DONE: (3, 6)})
    assert chosen(project, ImageChoice.NAMED) == ((1, 2, 3), {LeftOut.NOT_NAMED: (4, 5, 6)})
    assert chosen(project, ImageChoice.ALL) == ((1, 2, 3, 4, 5, 6), {})
    assert chosen(project, image_ids=[6, 5]) == ((5,), {LeftOut.NOT_DONE: (6,)})
    assert chosen(project, ImageChoice.ALL, image_ids=[6, 5, 99]) == ((5, 6), {})


@pytest.mark.parametrize("is_scanned", [False, True])
def test_what_is_missing_or_replaced_stays_behind_whether_a_scan_saw_it_or_not(project, is_scanned):
    photo(project, 1).unlink()
    replace(project, 2)
    photo(project, 5).unlink()
    photo(project, 5).mkdir()
    if is_scanned:
        finish(scanning.scan_images(project))
    taken, left_out = chosen(project)
    assert taken == (4,)
    lost = {LeftOut.MISSING: (1, 5)} if is_scanned else {LeftOut.MISSING: (1,), LeftOut.UNREADABLE: (5,)}
    assert left_out == {LeftOut.NOT_DONE: (3, 6), LeftOut.CHANGED: (2,), **lost}
    assert chosen(project, with_problems=True) == ((1, 2, 4, 5), {LeftOut.NOT_DONE: (3, 6)})
    found = finish(select_images(project, ImageChoice.DONE)).found
    assert len(found) == (0 if is_scanned else 3), "what the project does not know yet"
    assert is_scanned or found[queries.image(project, 2).path] == ingest.CHANGED


def test_the_same_bytes_with_another_time_are_the_same_file(project):
    file = photo(project, 1)
    os.utime(file, ns=(1, 1))
    shutil.copy(photo(project, 4), photo(project, 4).with_suffix(".copy"))
    photo(project, 4).with_suffix(".copy").replace(photo(project, 4))
    assert chosen(project)[0] == (1, 2, 4, 5)


def test_a_file_of_the_same_size_is_found_out_by_its_bytes(project):
    data = bytearray(photo(project, 1).read_bytes())
    data[-1] ^= 1
    photo(project, 1).write_bytes(data)
    assert chosen(project)[1][LeftOut.CHANGED] == (1,)


@pytest.mark.parametrize("choice", [ImageChoice.DONE, ImageChoice.NAMED])
def test_searches_find_what_is_left_out(project, choice):
    photo(project, 1).unlink()
    replace(project, 2)
    finish(scanning.scan_images(project))
    _, left_out = chosen(project, choice)
    assert len(left_out) == 3
    for reason, ids in left_out.items():
        assert search_images(project, search_of(reason, choice)) == list(ids)


def test_coco_says_what_is_left_out(project, tmp_path):
    photo(project, 1).unlink()
    report = finish(export_coco(project, tmp_path / "out.json"))
    assert (report.images, report.regions, report.annotations, report.negatives) == (3, 1, 1, 2)
    assert report.left_out == {LeftOut.NOT_DONE: (3, 6), LeftOut.MISSING: (1,)}
    written = json.loads((tmp_path / "out.json").read_text())
    assert [image["id"] for image in written["images"]] == [2, 4, 5]
    everything = finish(export_coco(project, tmp_path / "all.json", all_regions=True, with_problems=True))
    assert (everything.images, everything.annotations) == (6, 12), "scripts rely on all images here"
    some = finish(export_coco(project, tmp_path / "some.json", image_ids=[6, 1]))
    assert (some.images, some.left_out) == (1, {LeftOut.MISSING: (1,)})


def test_an_export_of_nothing_is_refused_with_what_to_do(project, tmp_path):
    out = tmp_path / "out.json"
    out.write_text("mine")
    review.set_image_statuses(project, [1, 2, 4, 5], ImageStatus.IN_REVIEW)
    with pytest.raises(NothingToExportError, match="no image is done yet"):
        finish(export_coco(project, out))
    for image_id in (1, 2, 3):
        photo(project, image_id).unlink()
    with pytest.raises(NothingToExportError, match="missing or has changed"):
        finish(export_coco(project, out, images=ImageChoice.NAMED))
    review.name_regions(project, [queries.regions(project, each)[0].id for each in (1, 2, 3)], None)
    with pytest.raises(NothingToExportError, match="no region has a name"):
        finish(export_coco(project, out, images=ImageChoice.NAMED))
    with pytest.raises(NothingToExportError, match="no image was chosen"):
        finish(export_coco(project, out, image_ids=[99]))
    assert out.read_text() == "mine"


def test_memory_stays_flat_over_many_images(tmp_path):
    """20,000 images; a list of all that is known of them would take 20 MB."""
    (tmp_path / "photos").mkdir()
    with create_project(tmp_path / "project", image_root=tmp_path / "photos") as made:
        infos = [ImageInfo(f"{number}.jpg", "0" * 64, 1, 1, 8, 6, 8, 6) for number in range(20_000)]
        ingest.add_images(made, infos)
        found = finish(select_images(made, ImageChoice.ALL))
        assert len(found.left_out[LeftOut.MISSING]) == 20_000
        assert most_held(select_images(made, ImageChoice.ALL)) < 14_000_000
    with open_project(tmp_path / "project", read_only=True) as reader:
        assert len(list(select_images(reader, ImageChoice.ALL))) == 79, "ticks"
