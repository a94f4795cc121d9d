"""What is in the foreground is found out again without proposing anything, where the cache is gone."""

import shutil
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image
from tiny_model import tiny_config

from acseg_core.errors import ModelError
from acseg_core.proposals.segmenter import Segmenter
from acseg_core.store import create_project, open_project, queries, restore_backup
from acseg_core.store.edits import history, review
from acseg_core.workflows import pipeline
from acseg_core.workflows.attention_pass import attend, unattended
from acseg_core.workflows.salience import Salience, find_salience


@pytest.fixture(scope="module")
def segmenter(tmp_path_factory):
    return Segmenter(tiny_config(tmp_path_factory.mktemp("model")))


@pytest.fixture
def project(tmp_path, segmenter):
    """Three photos, proposed, and a fourth without regions."""
    photos = tmp_path / "photos"
    photos.mkdir()
    random = np.random.default_rng(0)
    for number in range(4):
        pixels = np.zeros((60, 90, 3), np.uint8)
        pixels[:, : 30 + 9 * number], pixels[20:, 50:] = random.integers(0, 256, (2, 3))
        Image.fromarray(pixels).save(photos / f"{number}.png")
    with create_project(tmp_path / "project", image_root=photos) as made:
        finish(pipeline.scan_images(made))
        finish(pipeline.propose(made, segmenter.config, image_ids=[1, 2, 3], segmenter=segmenter))
        yield made


def finish(work, ticks=None):
    while True:
        try:
            tick = next(work)
        except StopIteration as end:
            return end.value
        if ticks is not None:
            ticks.append(tick)


def everything(project):
    return [queries.regions(project, image_id) for image_id in queries.image_ids(project)]


def as_dict(found):
    return dict(zip(found.region_ids.tolist(), found.in_front.tolist(), strict=True))


def test_without_the_cache_it_is_known_again_after_a_look(project, segmenter):
    before, regions = finish(find_salience(project)), everything(project)
    operations = history.operations(project)
    assert len(before) == sum(map(len, regions)) > 3
    shutil.rmtree(project.cache_dir)
    lost = finish(find_salience(project))
    assert (len(lost), [record.path for record in unattended(project, lost)]) == (0, ["0.png", "1.png", "2.png"])
    ticks = []
    work = attend(project, segmenter.config, lost, segmenter=segmenter)
    for tick in work:
        ticks.append((tick.done, tick.message))
    assert ticks == [(0, "loading the model"), (1, "0.png"), (2, "1.png"), (3, "2.png")]
    found = finish(find_salience(project))
    assert as_dict(found) == as_dict(before)
    assert unattended(project, found) == []
    assert everything(project) == regions
    assert history.operations(project) == operations


def test_a_restored_project_is_looked_at_where_it_has_to_be(project, segmenter):
    """Regions as they were then, and attention to only one of their images."""
    folder = project.folder
    before = as_dict(finish(find_salience(project)))
    project.close()
    with open_project(folder) as opened:
        review.merge_regions(opened, [region.id for region in queries.regions(opened, 2)][:2])
        untouched = [region.id for image_id in (1, 3) for region in queries.regions(opened, image_id)]
        finish(find_salience(opened))
    restore_backup(folder)
    with open_project(folder, read_only=True) as opened:
        kept = queries.image(opened, 1).info.sha256
    for path in (folder / "cache" / "attention").rglob("*.npy"):
        if path.stem != kept:
            path.unlink()
    (folder / "cache" / "foreground.npz").unlink()
    with open_project(folder) as opened:
        found = finish(find_salience(opened))
        assert [record.id for record in unattended(opened, found)] == [2, 3]
        assert finish(attend(opened, segmenter.config, found, segmenter=segmenter)) == ()
        now = as_dict(finish(find_salience(opened)))
        there = {region.id for regions in everything(opened) for region in regions}
        assert now.keys() == there
        assert {id_: now[id_] for id_ in untouched} == {id_: before[id_] for id_ in untouched}


def test_stopped_half_way_the_rest_is_looked_at_later(project, segmenter):
    shutil.rmtree(project.cache_dir)
    work = attend(project, segmenter.config, Salience(), segmenter=segmenter)
    next(work)
    next(work)
    work.close()
    left = unattended(project, finish(find_salience(project)))
    assert [record.path for record in left] == ["1.png", "2.png"]


def test_what_cannot_be_read_is_told_and_not_asked_for_again(project, segmenter):
    shutil.rmtree(project.cache_dir)
    (project.image_root / "1.png").write_bytes(b"broken")
    ticks = []
    skipped = finish(attend(project, segmenter.config, Salience(), segmenter=segmenter), ticks)
    assert [file.path for file in skipped] == ["1.png"]
    assert (ticks[-1].done, ticks[-1].total) == (3, 3)
    assert unattended(project, finish(find_salience(project))) == []


def test_a_backbone_without_attention_says_so(project, segmenter):
    shutil.rmtree(project.cache_dir)
    blind = SimpleNamespace(batch=2, features=lambda images: [SimpleNamespace(cls_attention=None) for _ in images])
    with pytest.raises(ModelError, match="cannot tell the foreground"):
        finish(attend(project, segmenter.config, Salience(), segmenter=SimpleNamespace(backbone=blind)))
