"""`acseg propose` and `acseg recut` as a shell sees them."""

import json
import subprocess
import time
from pathlib import Path

from desktop.cli.samples import make_photos
from PIL import Image
from shell import ACSEG, acseg

from acseg_core.store import open_project, queries


def test_fine_concepts_from_the_generator_when_asked(tmp_path: Path, odd_photos: Path, tiny_options: list[str]) -> None:
    """A generator of four concepts cannot make more regions than four, whatever the granularity."""
    counts = {}
    for fine in ("ward", "generator"):
        project = tmp_path / fine
        acseg("init", project, "--images", odd_photos)
        acseg("propose", project, *tiny_options, "--fine", fine, "--granularity", "1")
        with open_project(project) as opened:
            counts[fine] = max(count for count, _ in queries.region_counts(opened).values())
    assert counts["generator"] <= 4 < counts["ward"]


def test_acseg_as_published_when_asked(tmp_path: Path, odd_photos: Path, tiny_options: list[str]) -> None:
    """At most as many regions as concepts, all of them in the default cut; only new images, and both in a project."""
    project = tmp_path / "project"
    acseg("init", project, "--images", odd_photos)
    acseg("propose", project, *tiny_options, "--method", "acseg")
    with open_project(project) as opened:
        counts = [count for count, _ in queries.region_counts(opened).values()]
        assert json.loads(queries.summary(opened).last_run.config_json)["method"] == "acseg"
    assert max(counts) <= 4
    assert "0 images" in acseg("recut", project, "--granularity", "0.5").stdout, "the stored tree gives the same cut"
    acseg("recut", project, "--granularity", "1")
    assert _regions(project) == sum(counts), "nothing is finer than its concepts"
    acseg("recut", project, "--granularity", "0")
    assert _regions(project) == len(counts)
    assert "0 regions in 0 images" in acseg("propose", project, "--only-new", *tiny_options, "--method", "acseg").stdout
    acseg("propose", project, *tiny_options, "--granularity", "1")
    assert _regions(project) > 4 * len(counts), "the concept tree, in the same project"


def test_fine_is_for_the_concept_tree(proposed: Path, tiny_options: list[str]) -> None:
    refused = acseg("propose", proposed, *tiny_options, "--method", "acseg", "--fine", "ward", code=2)
    assert "--fine is for --method tree" in refused.stderr


def test_images_changed_or_gone_keep_their_regions_and_are_never_proposed_anew(
    tmp_path: Path, odd_photos: Path, proposed: Path, tiny_options: list[str]
) -> None:
    before = json.loads(acseg("status", proposed, "--json").stdout)
    Image.new("RGB", (90, 61), (1, 2, 3)).save(odd_photos / "bild 1 ä.png")
    (odd_photos / "bild 2 ä.png").unlink()
    done = acseg("propose", proposed, *tiny_options)
    assert "bild 1 ä.png: skipped, changed since it was added" in done.stderr
    assert "bild 2 ä.png: skipped, missing" in done.stderr
    after = json.loads(acseg("status", proposed, "--json").stdout)
    assert after["regions"] == before["regions"]
    assert after["images_with_problem"] == 2


def test_a_stopped_run_keeps_what_is_finished_and_resumes(tmp_path: Path, tiny_options: list[str]) -> None:
    photos, project = make_photos(tmp_path / "photos", 300), tmp_path / "project"
    acseg("init", project, "--images", photos)
    run = subprocess.Popen([*ACSEG, "propose", str(project), *tiny_options], stderr=subprocess.PIPE)
    deadline = time.monotonic() + 120
    done = 0
    while done < 8 and time.monotonic() < deadline:
        time.sleep(0.1)
        done = json.loads(acseg("status", project, "--json").stdout)["images_by_status"]["proposed"]
    run.terminate()
    _, message = run.communicate()
    assert run.returncode == 1
    assert message.decode() == "acseg: stopped; what was finished is kept\n"
    done = json.loads(acseg("status", project, "--json").stdout)["images_by_status"]["proposed"]
    assert 8 <= done < 300
    assert f"in {300 - done} images" in acseg("propose", project, "--only-new", *tiny_options).stdout


def _regions(project: Path) -> int:
    return int(json.loads(acseg("status", project, "--json").stdout)["regions"])


def test_granularity_of_proposals_and_of_what_is_there(
    tmp_path: Path, odd_photos: Path, tiny_options: list[str]
) -> None:
    project = tmp_path / "project"
    acseg("init", project, "--images", odd_photos)
    acseg("propose", project, *tiny_options, "--granularity", "0")
    assert _regions(project) == 3, "one region for each image"
    done = acseg("recut", project, "--granularity", "1")
    assert "3 images recut" in done.stdout
    finest = _regions(project)
    assert finest > 3
    acseg("propose", project, *tiny_options, "--granularity", "1")
    assert _regions(project) == finest, "the stored tree gives what the model gave"
    acseg("recut", project, "--granularity", "0")
    assert _regions(project) == 3
    assert "0 images recut" in acseg("recut", project, "--granularity", "0").stdout


def test_the_rest_of_labelled_images_is_proposed_unless_it_is_not_to_be(
    tmp_path: Path, odd_photos: Path, tiny_options: list[str]
) -> None:
    """On the code of before both images stayed alone, and the second kept its one rest."""
    project, labels = tmp_path / "project", tmp_path / "labels.json"
    acseg("init", project, "--images", odd_photos)
    outline = [[2, 3, 40, 3, 40, 30, 2, 30]]
    names = ("bild 1 ä.png", "bild 2 ä.png")
    content = {
        "images": [{"id": number, "file_name": name} for number, name in enumerate(names)],
        "categories": [{"id": 1, "name": "cat"}],
        "annotations": [{"image_id": 0, "category_id": 1, "segmentation": outline}],
    }
    labels.write_text(json.dumps(content))
    acseg("import", project, labels)
    content["annotations"] = [{"image_id": 1, "category_id": 1, "segmentation": outline}]
    labels.write_text(json.dumps(content))
    acseg("import", project, labels, "--in-review")
    done = acseg("propose", project, *tiny_options, "--no-fill", "--granularity", "1")
    assert "in 1 image, 2 images left alone because a person has worked on them (1 of them done)" in done.stdout
    done = acseg("propose", project, *tiny_options, "--granularity", "1")
    assert (
        "in 2 images, 1 of them around labels, 1 image left alone because a person has worked on them (1 of them done)"
        in done.stdout
    )
    with open_project(project, read_only=True) as opened:
        named = {
            record.path: [bool(region.label_id) for region in regions]
            for record, regions in queries.image_regions(opened)
        }
    assert (sum(named["bild 1 ä.png"]), len(named["bild 1 ä.png"])) == (1, 2)
    assert sum(named["bild 2 ä.png"]) == 1
    assert len(named["bild 2 ä.png"]) > 2
    assert "with a suggested name" in acseg("suggest", project).stdout


def test_the_first_run_calibrates_the_project_and_says_so(tmp_path: Path, tiny_options: list[str]) -> None:
    """Nine photos; the same with a granularity that is given says nothing, and is not calibrated."""
    photos = make_photos(tmp_path / "photos", 9)
    for name, given in (("calibrated", []), ("given", ["--granularity", "0.5"])):
        project = tmp_path / name
        acseg("init", project, "--images", photos)
        assert json.loads(acseg("status", project, "--json").stdout)["default_granularity"] == {
            "granularity": 0.5,
            "source": "standard",
            "images": 0,
        }
        run = acseg("propose", project, *tiny_options, *given)
        found = json.loads(acseg("status", project, "--json").stdout)["default_granularity"]
        assert (found["source"], found["images"]) == (("standard", 0) if given else ("images", 9))
        line = f"granularity {found['granularity']:g}, calibrated on 9 images"
        assert (line in run.stderr) is not bool(given)
        assert (line in acseg("status", project).stdout) is not bool(given)
