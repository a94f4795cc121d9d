"""Imported names teach suggestions as any others do, whether the rest of their image is proposed or it is done."""

import numpy as np
import pytest
from coloured_photos import COLORS, accuracy, finish, truth

from acseg_core.formats.labelled import FileImage, FileLabel, FileShape, LabelledFiles, Outline
from acseg_core.images.files import load_added
from acseg_core.nets.features import FeatureMap
from acseg_core.proposals.regions import region_descriptors
from acseg_core.shapes import masks
from acseg_core.store import create_project, queries
from acseg_core.store.edits import history, suggestions, surroundings
from acseg_core.types import ImageStatus, RegionOrigin
from acseg_core.workflows import describing, pipeline, scanning, suggesting
from acseg_core.workflows.importing import ImportSettings, import_files


@pytest.fixture
def fresh(tmp_path, photos):
    """Five photos of three coloured fields, without any region."""
    with create_project(tmp_path / "fresh", image_root=photos) as opened:
        finish(scanning.scan_images(opened))
        yield opened


def _field(number, colour):
    """A box inside of a photo's field of a colour."""
    ys, xs = np.nonzero(truth(number) == list(COLORS).index(colour))
    left, right, top, bottom = xs.min() + 2, xs.max() - 1, ys.min() + 2, ys.max() - 1
    ring = np.array([(left, top), (right, top), (right, bottom), (left, bottom)], float)
    return FileShape(colour, Outline(((ring,),)))


def _import(project, shapes, **settings):
    images = [FileImage(f"{number}.png", [_field(number, each) for each in colours]) for number, colours in shapes]
    files = LabelledFiles(tuple(map(FileLabel, COLORS)), tuple(each.name for each in images), lambda: iter(images))
    return finish(import_files(project, project.folder / "labels.json", files, ImportSettings(**settings)))


def _named(project):
    return {
        (record.id, region.id): (region.label_id, region.mask, region.status)
        for record, regions in queries.image_regions(project)
        for region in regions
        if region.label_id
    }


def test_half_labelled_photos_are_finished_around_the_labels(fresh, config, segmenter):
    """On the code of before they stayed one rest each, and nothing was learned from their names."""
    _import(fresh, [(0, ["red", "green", "blue"]), (1, ["green"])], keep_open=True)
    before = _named(fresh)
    report = finish(pipeline.propose(fresh, config, segmenter=segmenter, granularity=1))
    assert (report.images, report.filled, report.kept, report.done) == (5, 2, 0, 0)
    assert _named(fresh) == before
    for record, regions in queries.image_regions(fresh):
        assert np.all(sum(masks.decode(region.mask).astype(int) for region in regions) == 1), record.path
        assert sum(region.origin is RegionOrigin.CUT for region in regions) > 1
        wanted = ImageStatus.IN_REVIEW if record.id < 3 else ImageStatus.PROPOSED
        assert record.status is wanted
    report = finish(suggesting.suggest_for_all(fresh))
    assert report.learned
    assert all(accuracy(fresh, image_id) > 0.9 for image_id in (3, 4, 5))
    again = finish(pipeline.propose(fresh, config, segmenter=segmenter, only_new=True))
    assert again.images == 0
    history.undo(fresh)
    assert _named(fresh) == before
    assert [len(regions) for _, regions in queries.image_regions(fresh)] == [4, 2, 0, 0, 0]


def test_names_of_done_images_are_learned_and_nothing_else_of_them_changes(fresh, config, segmenter):
    """Imported whole, they are done before a model has looked at them; on the code of before they taught nothing."""
    _import(fresh, [(0, ["red", "green", "blue"])])
    before = queries.regions(fresh, 1)
    report = finish(pipeline.propose(fresh, config, segmenter=segmenter, granularity=0.3))
    assert (report.images, report.kept, report.done, report.filled) == (4, 1, 1, 0)
    assert queries.regions(fresh, 1) == before
    assert queries.images(fresh)[0].status is ImageStatus.DONE
    assert finish(suggesting.suggest_for_all(fresh)).learned
    assert all(accuracy(fresh, image_id) > 0.9 for image_id in (2, 3, 4, 5))


def test_descriptors_are_those_that_a_proposal_of_these_pixels_would_have(fresh, segmenter):
    _import(fresh, [(0, ["red", "green"])])
    records = describing.undescribed(fresh, queries.images(fresh))
    assert [record.id for record in records] == [1]
    assert finish(describing.describe_named(fresh, records, segmenter)) == []
    table, _ = suggestions.named_descriptors(fresh)
    photo = load_added(fresh.image_root, records[0].info)
    (features,) = segmenter.backbone.features([photo.rgb])
    assert isinstance(features, FeatureMap)
    for region in queries.regions(fresh, 1):
        if region.label_id:
            mask = masks.decode(region.mask).astype(np.uint8)
            expected = region_descriptors(mask, features.description_tokens.numpy(), 2)[1]
            found = table.descriptors[table.region_ids.tolist().index(region.id)]
            np.testing.assert_allclose(found, expected, atol=2e-3)
    assert describing.undescribed(fresh, queries.images(fresh)) == []


def test_photos_that_are_gone_are_told(fresh, segmenter, photos):
    _import(fresh, [(0, ["red"]), (1, ["red"])])
    (photos / "0.png").unlink()
    records = describing.undescribed(fresh, queries.images(fresh))
    skipped = finish(describing.describe_named(fresh, records, segmenter))
    assert [file.path for file in skipped] == ["0.png"]
    assert surroundings.undescribed_images(fresh) == set(), "one is described, the other cannot be used"


def test_labels_are_left_alone_where_that_is_asked_for(fresh, config, segmenter):
    _import(fresh, [(0, ["red"])], keep_open=True)
    report = finish(pipeline.propose(fresh, config, segmenter=segmenter, fill=False))
    assert (report.images, report.filled, report.kept) == (4, 0, 1)
    assert len(queries.regions(fresh, 1)) == 2
    assert finish(suggesting.suggest_for_all(fresh)).learned


def test_a_stopped_run_goes_on_with_only_new(fresh, config, segmenter):
    _import(fresh, [(0, ["red"]), (1, ["red"]), (2, ["red"])], keep_open=True)
    work = pipeline.propose(fresh, config, segmenter=segmenter)
    for tick in work:
        if tick.done == 1:
            work.close()
    assert surroundings.images_with_room(fresh) == {2, 3}
    report = finish(pipeline.propose(fresh, config, segmenter=segmenter, only_new=True))
    assert (report.images, report.filled) == (4, 2)


def test_images_where_somebody_edited_proposals_stay_alone(fresh, config, segmenter):
    finish(pipeline.propose(fresh, config, segmenter=segmenter, granularity=1))
    _import(fresh, [(0, ["red"])], keep_open=True)
    before = queries.regions(fresh, 1)
    report = finish(pipeline.propose(fresh, config, segmenter=segmenter))
    assert (report.kept, report.filled) == (1, 0)
    assert queries.regions(fresh, 1) == before


def test_everything_is_proposed_anew_where_that_is_asked_for(fresh, config, segmenter):
    _import(fresh, [(0, ["red"])], keep_open=True)
    report = finish(pipeline.propose(fresh, config, segmenter=segmenter, replace=True))
    assert (report.images, report.filled) == (5, 0)
    assert _named(fresh) == {}
