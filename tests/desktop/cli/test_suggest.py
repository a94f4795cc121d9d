"""`acseg suggest` as a shell sees it."""

import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from shell import acseg
from tiny_model import TINY_BACKBONE, tiny_generator, tiny_weights
from tiny_text_model import TINY_TEXT_MODEL, tiny_text_weights

from acseg_core.store import Project, open_project, queries
from acseg_core.store.edits import history, label_list, review
from acseg_core.types import RegionOrigin
from acseg_core.workflows import propagation
from acseg_core.workflows.clip_scorer import ClipScorer, RegionsOfImage


@pytest.fixture(scope="module")
def options(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("model")
    chosen = ["--backbone", TINY_BACKBONE, "--weights", tiny_weights(folder), "--model", tiny_generator(folder)]
    return [*map(str, chosen), "--input-size", "128", "--device", "cpu"]


@pytest.fixture
def project(tmp_path: Path, options: list[str]) -> Path:
    """Three photos, proposed."""
    photos = tmp_path / "photos"
    photos.mkdir()
    random = np.random.default_rng(0)
    for number in range(3):
        pixels = np.full((60, 90, 3), (200, 40, 40))
        pixels[:, 30 + 8 * number :] = (40, 60, 190)
        noisy = np.clip(pixels + random.normal(0, 5, pixels.shape), 0, 255).astype(np.uint8)
        Image.fromarray(noisy).save(photos / f"photo {number} ä.png")
    folder = tmp_path / "project"
    acseg("init", folder, "--images", photos)
    acseg("propose", folder, *options)
    return folder


def name_first_image(project: Path) -> None:
    with open_project(project, read_only=True) as opened:
        ids = [region.id for region in queries.regions(opened, 1)]
    for number, region_id in enumerate(ids):
        acseg("name", project, "--region", region_id, "--label", "red" if number % 2 else "blue")


def counts(project: Path) -> dict[str, int]:
    with open_project(project, read_only=True) as opened:
        return queries.summary(opened).regions_by_status


def test_nothing_named_nothing_suggested(project: Path) -> None:
    assert "name some regions first" in acseg("suggest", project)[0]
    assert "name some regions first" in acseg("suggest", project, "--accept-above", "0.5")[0]


def test_where_all_is_named_nobody_is_told_to_name_something(project: Path, options: list[str]) -> None:
    with open_project(project) as opened:
        ids = [region.id for image_id in (1, 2, 3) for region in queries.regions(opened, image_id)]
        review.name_regions_as(opened, ids, "all")
    told = "nothing to suggest: every region is decided already, or looks like none of the named ones\n"
    assert acseg("suggest", project)[0] == told
    assert acseg("suggest", project, "--dense", "--images", "photo 1 ä.png", *options)[0] == told


def test_a_label_that_goes_meanwhile_is_told_on_stderr(
    project: Path, options: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    name_first_image(project)
    predicted = propagation._predicted_regions

    def gone_meanwhile(opened: Project, *rest: object) -> object:
        label_list.delete_labels(opened, [label.id for label in queries.labels(opened)])
        return predicted(opened, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(propagation, "_predicted_regions", gone_meanwhile)
    out, err = acseg("suggest", project, "--dense", *options)
    assert out == "nothing was suggested\n"
    assert (
        "no longer suggested, as their labels were deleted or merged meanwhile: blue, red; 3 images left as before"
        in err
    )


def test_a_name_of_the_list_that_goes_meanwhile_is_told_on_stderr(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("open_clip")
    score = ClipScorer.score

    def gone_meanwhile(scorer: ClipScorer, asked: RegionsOfImage) -> object:
        found = queries.labels(scorer._project)
        label_list.delete_labels(scorer._project, [label.id for label in found])
        return score(scorer, asked)

    monkeypatch.setattr(ClipScorer, "score", gone_meanwhile)
    model = ("--text-model", TINY_TEXT_MODEL, "--text-weights", tiny_text_weights(tmp_path))
    out, err = acseg("suggest", project, "--classes", "red, blue", *model)
    assert out == "nothing was suggested\n"
    assert (
        "no longer suggested, as their labels were deleted or merged meanwhile: red, blue; 2 images left as before"
        in err
    )


def test_names_are_suggested_and_accepted_above_a_confidence(project: Path) -> None:
    name_first_image(project)
    named = counts(project)["accepted"]
    out, err = acseg("suggest", project)
    suggested = counts(project)["suggested"]
    assert suggested > 0
    assert out == f"{suggested} regions with a suggested name in 2 images\n"
    assert err == ""
    out, _ = acseg("suggest", project, "--accept-above", "0")
    assert out.splitlines()[-1] == f"{suggested} regions named as suggested"
    assert counts(project)["accepted"] == named + suggested
    with open_project(project) as opened:
        assert history.undo(opened).verb == "Accept suggestions"


def test_dense_suggestions_of_one_image(project: Path, options: list[str]) -> None:
    name_first_image(project)
    out, _ = acseg(
        "suggest", project, "--dense", "--no-closer", "--images", "photo 1 ä.png", "--accept-above", "0", *options
    )
    assert "in 1 image," in out
    with open_project(project, read_only=True) as opened:
        second, third = (queries.regions(opened, image_id) for image_id in (2, 3))
    assert {region.origin for region in second} == {RegionOrigin.PREDICTED}
    assert all(region.label_id is not None for region in second)
    assert all(region.label_id is None and region.origin is not RegionOrigin.PREDICTED for region in third)


def test_an_image_that_is_not_there_is_refused_in_one_line(project: Path) -> None:
    _, err = acseg("suggest", project, "--images", "none.png", code=1)
    assert err.startswith("acseg: ")
    assert err.count("\n") == 1
    assert "none.png" in err


@pytest.mark.parametrize(
    "wrong",
    [("--accept-above", "1.5"), ("--accept-above", "nan"), ("--device", "x"), ("--input-size", "7"), ("--no-closer",)],
)
def test_wrong_use(project: Path, wrong: tuple[str, str]) -> None:
    acseg("suggest", project, *wrong, code=2)


@pytest.fixture(scope="module")
def text_options(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    pytest.importorskip("open_clip")
    weights = tiny_text_weights(tmp_path_factory.mktemp("text"))
    return ["--text-model", TINY_TEXT_MODEL, "--text-weights", str(weights), "--device", "cpu"]


def names_suggested(project: Path) -> set[str]:
    with open_project(project, read_only=True) as opened:
        names = {label.id: label.name for label in queries.labels(opened)}
        found = [region for image_id in (1, 2, 3) for region in queries.regions(opened, image_id)]
        return {names[region.suggestion_id] for region in found if region.suggestion_id is not None}


def test_names_of_a_list_are_suggested_without_a_single_name(project, text_options):
    out, _ = acseg("suggest", project, "--classes", "red, blue", *text_options)
    assert "with a suggested name in 3 images" in out
    assert names_suggested(project) == {"red", "blue"}


def test_the_list_may_be_a_file_and_clusters_are_looked_at_once(project, text_options, tmp_path):
    file = tmp_path / "classes.txt"
    file.write_text("red\nblue|navy\n", encoding="utf-8")
    acseg("cluster", project, "--clusters", "2")
    out, _ = acseg("suggest", project, "--classes", f"@{file}", "--by-cluster", *text_options, "--accept-above", "0.2")
    assert "named as suggested" in out
    with open_project(project, read_only=True) as opened:
        assert queries.summary(opened).regions_named == queries.summary(opened).regions


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--classes", " , "], 1, "the list is empty"),
        (["--classes", "@nowhere.txt"], 1, "nowhere.txt: no such file"),
        (["--classes", "a", "--dense"], 2, "cannot be combined"),
        (["--by-cluster"], 2, "--by-cluster needs --classes"),
        (["--classes", "a", "--by-cluster", "--text-weights", "x"], 1, "x: no such file"),
        (["--classes", "a", "--text-model", "nonsense"], 1, "open_clip has no model with this name"),
    ],
)
def test_what_makes_no_sense_is_told_in_one_line(project, arguments, code, told):
    _, err = acseg_or_usage("suggest", project, *arguments, code=code)
    assert told in " ".join(err.replace("│", " ").split())


def acseg_or_usage(*arguments: str | Path, code: int) -> tuple[str, str]:
    out, err = acseg(*arguments, code=code)
    assert code == 2 or err.count("\n") == 1
    return out, err


def test_without_open_clip_it_says_what_to_install(project, monkeypatch):
    monkeypatch.setitem(sys.modules, "open_clip", None)
    _, err = acseg("suggest", project, "--classes", "red", code=1)
    assert err.endswith('install it with: pip install "acseg-desktop[text]"\n')
    assert err.count("\n") == 1
