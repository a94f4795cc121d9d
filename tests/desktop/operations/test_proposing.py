"""Proposals of the window: which images get them, and a model that is loaded once."""

import pytest
from desktop.operations.running import run
from tiny_model import TINY_BACKBONE, tiny_generator, tiny_weights

from acseg_core.config import BackboneConfig, SegmenterConfig
from acseg_core.errors import ModelError
from acseg_core.store import queries
from acseg_core.workflows import local_engine
from acseg_desktop.operations.proposing import ProposeRequest, SegmenterCache, propose


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    """A model so small that it proposes at once."""
    folder = tmp_path_factory.mktemp("model")
    backbone = BackboneConfig(TINY_BACKBONE, weights=tiny_weights(folder), input_size=128, device="cpu")
    return SegmenterConfig(backbone, generator=tiny_generator(folder))


def proposed(session):
    return [image_id for image_id in queries.image_ids(session.project) if queries.regions(session.project, image_id)]


def test_the_images_that_are_meant_get_regions(open_session, many_images, qtbot, config):
    session, cache = open_session(many_images), SegmenterCache()
    first, second, third, *_ = queries.image_ids(session.project)
    run(qtbot, propose(session, cache, ProposeRequest(config, image_ids=(first, third))))
    assert proposed(session) == [first, third]
    before = [region.id for region in queries.regions(session.project, first)]
    changed = []
    session.changed.connect(lambda changes: changed.extend(changes.image_ids))
    run(qtbot, propose(session, cache, ProposeRequest(config, image_ids=(first, second), only_new=True)))
    assert proposed(session) == [first, second, third]
    assert [region.id for region in queries.regions(session.project, first)] == before
    qtbot.waitUntil(lambda: changed == [second])


def test_a_model_is_loaded_once_and_another_in_its_place(config, monkeypatch):
    loaded = []
    monkeypatch.setattr(
        "acseg_core.workflows.local_engine.load_segmenter", lambda wish: loaded.append(wish) or object()
    )
    cache, other = SegmenterCache(), SegmenterConfig(config.backbone, generator=None)
    first = cache.get(config)
    assert cache.get(config) is first
    assert cache.get(other) is not first
    assert loaded == [config, other]


def test_a_model_that_cannot_be_loaded_is_not_kept(config, monkeypatch):
    def fail(_wish):
        raise ModelError("no weights")

    cache = SegmenterCache()
    with monkeypatch.context() as patched:
        patched.setattr(local_engine, "load_segmenter", fail)
        with pytest.raises(ModelError):
            cache.get(config)
    monkeypatch.setattr(local_engine, "load_segmenter", lambda wish: wish)
    assert cache.get(config) is config
