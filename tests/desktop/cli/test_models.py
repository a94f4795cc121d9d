"""`acseg models`, and `acseg propose --model` by name, as a shell sees them."""

import json
import shutil
from pathlib import Path

import pytest
from shell import acseg, refused
from tiny_model import tiny_model

from acseg_core.store import open_project, queries
from acseg_core.store.edits import clusters, history
from acseg_core.store.queries import cluster_queries
from acseg_core.verbs import Verb


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_model(tmp_path_factory.mktemp("own"), name="my fields", merges={"count": 8})


def listed(project: Path) -> list[str]:
    return acseg("models", project).stdout.splitlines()


def test_models_are_added_listed_renamed_and_deleted(proposed: Path, model: Path, tmp_path: Path) -> None:
    assert listed(proposed)[0] == "bundled  adopted"
    assert listed(proposed)[1].startswith("tiny_generator_4 (not in the project)  ")
    assert acseg("models", proposed, "--add", model).stdout == '"my fields" is in the project\n'
    assert listed(proposed)[1] == "my fields  Better on 14 of 20 images."
    assert 'called "fields" now' in acseg("models", proposed, "--rename", "My Fields", "fields").stdout
    acseg("models", proposed, "--json", tmp_path / "list.json")
    told = json.loads((tmp_path / "list.json").read_text(encoding="utf-8"))["models"]
    assert json.loads(acseg("models", proposed, "--json", "-").stdout)["models"] == told
    assert [each["name"] for each in told] == ["bundled", "fields", "tiny_generator_4"]
    assert told[1]["card"]["images"] == 60
    assert told[2]["file"] is None
    assert told[2]["regions"] == sum(count for count, _ in _counts(proposed))
    assert acseg("models", proposed, "--delete", "fields").stdout == '"fields" is deleted\n'
    assert [line.split("  ")[0] for line in listed(proposed)] == ["bundled", "tiny_generator_4 (not in the project)"]


def test_what_makes_no_sense_is_one_line_with_the_remedy(proposed: Path, model: Path, tmp_path: Path) -> None:
    assert refused("models", proposed, "--adopt", "polyps").endswith(
        'there is no model called "polyps" in the project; there are "bundled"'
    )
    (tmp_path / "bad.safetensors").write_bytes(b"no tensors")
    assert "bad.safetensors: not a model file, or damaged" in refused(
        "models", proposed, "--add", tmp_path / "bad.safetensors"
    )
    assert "came with the program" in refused("models", proposed, "--delete", "bundled")
    assert "one at a time" in acseg("models", proposed, "--adopt", "a", "--delete", "b", code=2).stderr
    assert "--force is for --delete" in acseg("models", proposed, "--force", code=2).stderr
    acseg("models", proposed, "--add", model)
    (own,) = (proposed / "models").iterdir()
    assert "this is a model of the project" in refused("models", proposed, "--json", own)


def test_adopting_proposes_anew_carries_names_over_and_is_one_step(proposed: Path, model: Path) -> None:
    acseg("cluster", proposed, "--clusters", "3")
    with open_project(proposed) as opened:
        chosen = max(cluster_queries.clusters(opened), key=lambda each: each.size)
        clusters.name_cluster(opened, chosen.id, "field")
        steps = len(history.operations(opened))
    told = acseg("models", proposed, "--add", model, "--adopt", "my fields", "--device", "cpu").stdout
    assert 'the project proposes with "my fields" now: ' in told
    assert "in 3 images proposed anew" in told
    assert "field: carried over to " in told
    assert "agreement " in told
    assert listed(proposed)[1].startswith("my fields  adopted, ")
    with open_project(proposed) as opened:
        assert len(history.operations(opened)) == steps + 1
        assert history.undo(opened).verb is Verb.ADOPT_MODEL
        assert queries.models(opened)[0].adopted
        history.redo(opened)
    assert 'proposes with "my fields"; adopt another model first' in refused(
        "models", proposed, "--delete", "my fields"
    )
    assert "regions made by it stay" in acseg("models", proposed, "--delete", "my fields", "--force").stdout
    assert listed(proposed)[0].startswith("bundled  adopted")


def test_a_model_is_named_for_one_proposal_and_the_adopted_one_is_taken_without(
    tmp_path: Path, odd_photos: Path, tiny_options: list[str], model: Path
) -> None:
    project = tmp_path / "project"
    place = tiny_options.index("--model")
    generator = tiny_options[place + 1]
    rest = tiny_options[:place] + tiny_options[place + 2 :]
    acseg("init", project, "--images", odd_photos)
    assert "polyps: no model of the project, and no file" in refused("propose", project, *rest, "--model", "polyps")
    acseg("models", project, "--add", model)
    acseg("propose", project, *rest, "--model", "My Fields")
    assert _last(project) == "my fields"
    acseg("propose", project, *rest, "--model", generator)
    assert _last(project) == "tiny_generator_4"
    acseg("models", project, "--adopt", "my fields", "--device", "cpu")
    acseg("propose", project, *rest)
    assert _last(project) == "my fields"
    refusal = refused("propose", project, *rest, "--model", "bundled")
    assert "trained for vit_small_patch14_dinov2, not for test_vit" in refusal
    shutil.rmtree(project / "models")
    assert "the file of the adopted model is missing" in refused("propose", project, *rest)


def _counts(project: Path) -> list[tuple[int, int]]:
    with open_project(project, read_only=True) as opened:
        return list(queries.region_counts(opened).values())


def _last(project: Path) -> str:
    with open_project(project, read_only=True) as opened:
        last = queries.summary(opened).last_run
    assert last is not None
    return last.model
