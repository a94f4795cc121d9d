"""What a project's folder remembers of a training that is not done."""

from pathlib import Path

import pytest

from acseg_core.config import BackboneConfig
from acseg_core.errors import StorageError
from acseg_desktop.operations.unfinished_training import (
    UnfinishedTraining,
    discard_unfinished,
    forget_unfinished,
    read_unfinished,
)


@pytest.fixture
def begun(tmp_path):
    backbone = BackboneConfig(name="test_vit", weights=Path("/somewhere/w.safetensors"), input_size=128, device="cpu")
    return UnfinishedTraining.begin(tmp_path, "Polyps: left/right", "quick", backbone=backbone, image_ids=(3, 5))


def test_it_is_read_as_it_was_written(tmp_path, begun):
    further = begun.come_to(0.4, 61.5)
    further.write(tmp_path)
    assert read_unfinished(tmp_path) == further
    assert further.file == "Polyps-left-right.safetensors"
    assert further.come_to(0.3, 70.0).share == 0.4, "it never falls"


def test_its_file_takes_nobodys_place(tmp_path, begun):
    begun.write(tmp_path)
    begun.model_path(tmp_path).write_bytes(b"a model")
    other = UnfinishedTraining.begin(
        tmp_path, "Polyps: left/right", "quick", backbone=begun.backbone, image_ids=begun.image_ids
    )
    assert other.file == "Polyps-left-right-2.safetensors"


def test_when_it_is_done_its_model_stays_and_when_it_is_discarded_nothing_of_it_does(tmp_path, begun):
    begun.write(tmp_path)
    model, interim = begun.model_path(tmp_path), begun.interim_path(tmp_path)
    checkpoint = model.with_name(f"{model.name}.checkpoint")
    for path in (model, interim, checkpoint):
        path.write_bytes(b"x")
    forget_unfinished(tmp_path)
    assert read_unfinished(tmp_path) is None
    assert (model.exists(), interim.exists()) == (True, False)
    begun.write(tmp_path)
    discard_unfinished(tmp_path)
    assert read_unfinished(tmp_path) is None
    assert (model.exists(), checkpoint.exists()) == (True, False), "a finished model is not part of what is discarded"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 2}', '{"format": 1, "name": 3}', "\xff"])
def test_what_cannot_be_read_is_no_training(tmp_path, text):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "training.json").write_text(text, "latin-1")
    assert read_unfinished(tmp_path) is None


def test_a_file_that_leads_out_of_the_folder_is_refused(tmp_path, begun):
    begun.write(tmp_path)
    path = tmp_path / "models" / "training.json"
    path.write_text(path.read_text().replace(begun.file, "../../elsewhere.safetensors"))
    assert read_unfinished(tmp_path) is None


def test_a_folder_that_cannot_be_made_is_one_clear_line(tmp_path, begun):
    (tmp_path / "models").write_text("in the way")
    with pytest.raises(StorageError, match="cannot"):
        begun.write(tmp_path)
