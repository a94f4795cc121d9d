"""Model files and their cards: what is written is read back, older files open, and what is none is told in one line."""

import json
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors import safe_open
from safetensors.numpy import save
from tiny_model import a_card, tiny_generator

from acseg_core.config import CellConfig
from acseg_core.errors import StorageError, WeightsMismatchError, WeightsMissingError
from acseg_core.nets.generator import ConceptGenerator
from acseg_core.proposals.model_card import PARTS, ModelCard, read_model, write_model
from acseg_core.proposals.projection import Projection
from acseg_resources import resource_path

CARD = a_card()


def a_projection() -> Projection:
    return Projection(np.eye(64, 3, dtype=np.float32), 1.5, 0.4, 0.3, "a" * 64)


def metadata_of(path: Path) -> dict[str, str]:
    with safe_open(path, framework="numpy") as file:
        return dict(file.metadata())


def test_all_parts_and_the_card_come_back(tmp_path: Path) -> None:
    """Each part is found by what reads it, too: the keys here are those that they write."""
    generator = ConceptGenerator.load(tiny_generator(tmp_path))
    path = tmp_path / "model.safetensors"
    written = write_model(
        path,
        card=CARD,
        projection=a_projection().packed(fitted={"images": 60}),
        merges={"colour": 0.1, "count": 800},
        generator=generator.packed(training={"backbone_sha256": "a" * 64}),
    )
    read = read_model(path)
    assert read == written
    assert read.card == replace(CARD, holds=PARTS)
    assert read.holds == PARTS
    assert (read.name, read.backbone, read.backbone_sha256) == ("polyps, quick", "test_vit", "a" * 64)
    assert read.cells(CellConfig(contact=0.5)) == CellConfig(contact=0.5, colour=0.1, count=800)
    np.testing.assert_array_equal(Projection.load(path).matrix, a_projection().matrix)
    again = ConceptGenerator.load(path)
    assert again.backbone_sha256 == "a" * 64
    for name, tensor in again.state_dict().items():
        np.testing.assert_array_equal(tensor.numpy(), generator.state_dict()[name].numpy())


@pytest.mark.parametrize("part", PARTS)
def test_one_part_is_enough(tmp_path: Path, part: str) -> None:
    path = tmp_path / "model.safetensors"
    match part:
        case "projection":
            write_model(path, card=CARD, projection=a_projection().packed(fitted={}))
        case "merges":
            write_model(path, card=CARD, merges={"colour": 0.0})
        case "generator":
            write_model(path, card=CARD, generator=ConceptGenerator.load(tiny_generator(tmp_path)).packed())
    assert read_model(path).holds == (part,)
    assert (Projection.beside(path) is not None) == (part == "projection")


def test_files_made_before_there_were_cards_open(tmp_path: Path) -> None:
    bundled = read_model(resource_path("weights", "acg_default.safetensors"))
    assert (bundled.card, bundled.holds, bundled.name) == (None, ("generator",), "acg_default")
    assert bundled.backbone.startswith("vit_small_patch14_dinov2")
    assert len(bundled.backbone_sha256) == 64
    projection = read_model(resource_path("weights", "projection_default.safetensors"))
    assert projection.holds == ("projection",)
    assert projection.backbone_sha256 == bundled.backbone_sha256
    old = tmp_path / "old.safetensors"
    generator = ConceptGenerator.load(tiny_generator(tmp_path))
    generator.save(old, training={"backbone_sha256": "c" * 64}, projection=a_projection().packed(fitted={}))
    assert read_model(old).holds == ("projection", "generator")
    assert read_model(old).backbone_sha256 == "c" * 64


def test_nothing_unknown_is_written(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    for merges in ({"colours": 0.1}, {"contact": 2.0}, {"count": 7.5}, {"colour": float("nan")}):
        with pytest.raises(ValueError, match=r"colours|contact|count|colour"):
            write_model(path, card=CARD, merges=merges)
    with pytest.raises(ValueError, match="a model holds"):
        write_model(path, card=CARD)
    assert not path.exists()


def test_a_model_never_replaces_a_project_or_a_picture(tmp_path: Path) -> None:
    for name in ("project.db", "photo.png"):
        path = tmp_path / name
        head = b"SQLite format 3\0" if name == "project.db" else b"\x89PNG\r\n\x1a\n"
        path.write_bytes(head + bytes(100))
        before = path.read_bytes()
        with pytest.raises(StorageError, match=name):
            write_model(path, card=CARD, merges={"colour": 0.0})
        assert path.read_bytes() == before


def test_weights_that_a_later_version_added_are_passed_over(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "model.safetensors"
    note = json.dumps({"colour": 0.2, "texture": 0.4})
    path.write_bytes(save({"none": np.zeros(1, np.float16)}, metadata={"acseg_cells": note}))
    assert dict(read_model(path).merges) == {"colour": 0.2}
    assert "texture" in caplog.text


def test_another_backbone_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    model = write_model(path, card=CARD, merges={"colour": 0.0})
    model.require_backbone("test_vit.some_tag", "a" * 64)
    with pytest.raises(
        WeightsMismatchError, match=r"model\.safetensors: .*test_vit, not for vit_x; .*--backbone vit_x"
    ):
        model.require_backbone("vit_x", "a" * 64)
    with pytest.raises(WeightsMismatchError, match=r"model\.safetensors: .*other weights of test_vit; give the same"):
        model.require_backbone("test_vit", "d" * 64)


def test_a_newer_card_is_refused_and_newer_fields_are_not(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    arrays = {"none": np.zeros(1, np.float16)}
    told = json.loads(replace(CARD, holds=("merges",)).to_json())
    del told["verdict"]
    metadata = {"acseg_cells": "{}", "acseg_card": json.dumps(told | {"mood": "good"})}
    path.write_bytes(save(arrays, metadata=metadata))
    assert read_model(path).card == replace(CARD, holds=("merges",), verdict="")
    metadata["acseg_card"] = json.dumps({"format": 2, "everything": "else"})
    path.write_bytes(save(arrays, metadata=metadata))
    with pytest.raises(WeightsMismatchError, match=r"model\.safetensors: .*newer version .*; update the program"):
        read_model(path)


def test_what_is_no_model_is_told_in_one_line(tmp_path: Path) -> None:
    arrays = {"none": np.zeros(1, np.float16)}
    card = replace(CARD, holds=("merges",)).to_json()
    hostile = {
        "nested": {"acseg_cells": "[" * 100_000 + "]" * 100_000},
        "list": {"acseg_cells": "[1]"},
        "texts": {"acseg_cells": '{"colour": "much"}'},
        "yes": {"acseg_cells": '{"colour": true}'},
        "nothing": {"acseg_cells": '{"colour": null}'},
        "endless": {"acseg_cells": '{"colour": Infinity}'},
        "range": {"acseg_cells": '{"contact": 3}'},
        "card list": {"acseg_cells": "{}", "acseg_card": "[]"},
        "card of less": {"acseg_cells": "{}", "acseg_card": '{"format": 1, "name": "x"}'},
        "card of others": {"acseg_generator": "{}", "acseg_card": card},
        "card of numbers": {"acseg_cells": "{}", "acseg_card": card.replace('"images": 60', '"images": "many"')},
        "generator": {"acseg_generator": "[]"},
        "unbounded": {"acseg_cells": json.dumps({"count": 10**400})},
    }
    for name, metadata in hostile.items():
        path = tmp_path / f"{name}.safetensors"
        path.write_bytes(save(arrays, metadata=metadata))
        with pytest.raises(
            WeightsMismatchError, match=f"{name}.safetensors: not a model file, or damaged; choose"
        ) as told:
            read_model(path)
        assert "\n" not in str(told.value)
    path = tmp_path / "other.safetensors"
    path.write_bytes(save(arrays, metadata={"format": "pt"}))
    with pytest.raises(WeightsMismatchError, match="not a model of ACSeg Desktop; choose another"):
        read_model(path)


def test_a_damaged_file_and_none_at_all_are_told(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    write_model(path, card=CARD, projection=a_projection().packed(fitted={}))
    whole = path.read_bytes()
    for length in (0, 7, 100, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(WeightsMismatchError, match="damaged; choose another file"):
            read_model(path)
    with pytest.raises(
        WeightsMissingError, match=r"gone\.safetensors: no such model file; make one with `acseg train`"
    ):
        read_model(tmp_path / "gone.safetensors")
    with pytest.raises(WeightsMissingError, match="no such model file"):
        read_model(tmp_path)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    write_model(path, card=CARD, merges={"colour": 0.0})
    path.chmod(0)
    with pytest.raises(WeightsMissingError, match="check its permissions"):
        read_model(path)


def test_the_file_holds_nothing_but_arrays_and_text(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    write_model(path, card=CARD, merges={"colour": 0.0})
    assert set(metadata_of(path)) == {"acseg_card", "acseg_cells"}
    assert ModelCard.from_json(metadata_of(path)["acseg_card"]).name == "polyps, quick"
