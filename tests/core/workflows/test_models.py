"""Which model a project is proposed with, and how one is named."""

from dataclasses import replace
from pathlib import Path

import pytest
from tiny_model import a_card

from acseg_core.config import BackboneConfig, SegmenterConfig
from acseg_core.errors import WeightsMissingError
from acseg_core.proposals.model_card import bundled_model, write_model
from acseg_core.store import create_project, queries
from acseg_core.store.edits import adoption, runs
from acseg_core.store.edits.models import add_model
from acseg_core.types import RunInfo
from acseg_core.workflows.models import named_model, usual_config, with_own_model


@pytest.fixture
def project(tmp_path):
    (tmp_path / "photos").mkdir()
    with create_project(tmp_path / "project", image_root=tmp_path / "photos") as opened:
        yield opened


@pytest.fixture
def model(tmp_path):
    return write_model(tmp_path / "mine.safetensors", card=a_card(name="mine"), merges={"colour": 0.1})


def adopted(project, model, config=None):
    """The model, once it is in the project and adopted."""
    record = add_model(project, model.path)
    plain = SegmenterConfig() if config is None else config
    info = RunInfo("vit", "b" * 64, "acg", "c" * 64, plain.to_json(), "0.1.0", record.name, record.sha256)
    runs.finish_run(project, adoption.begin_adoption(project, info).run_id)
    return record


def test_the_adopted_model_is_used_unless_another_is_named_and_never_in_the_place_of_published_acseg(project, model):
    usual = SegmenterConfig()
    assert with_own_model(project, usual) == usual
    record = adopted(project, model)
    assert with_own_model(project, usual).generator == record.path
    named = replace(usual, generator=bundled_model())
    assert with_own_model(project, named) == named
    published = replace(usual, method="acseg")
    assert with_own_model(project, published) == published
    record.path.unlink()
    with pytest.raises(WeightsMissingError, match=r"the file of the adopted model is missing; .* --adopt bundled"):
        with_own_model(project, usual)


def test_a_model_is_named_as_in_the_project_or_as_a_file(project, model, tmp_path, monkeypatch):
    record = add_model(project, model.path)
    assert named_model(project, "bundled") == bundled_model()
    assert named_model(project, "MINE") == record.path
    assert named_model(project, str(model.path)) == model.path
    monkeypatch.chdir(tmp_path)
    assert named_model(project, "mine.safetensors") == Path("mine.safetensors")
    (tmp_path / "plain").write_bytes(model.path.read_bytes())
    assert named_model(project, "plain") == Path("plain")
    missing = named_model(project, "sub/gone.safetensors")
    assert missing == Path("sub/gone.safetensors"), "whoever reads it says that it is not there"
    with pytest.raises(WeightsMissingError, match=r"polyps: no model of the project, and no file; .*: bundled, mine"):
        named_model(project, "polyps")


def test_the_usual_settings_are_those_of_the_last_run(project, model):
    assert usual_config(project) == SegmenterConfig()
    backbone = BackboneConfig(name="test_vit", weights=Path("/some/weights.safetensors"), input_size=128, batch=2)
    adopted(project, model, SegmenterConfig(backbone=backbone))
    assert usual_config(project).backbone == replace(backbone, batch=4)
    assert queries.summary(project).last_run.model == "mine"
