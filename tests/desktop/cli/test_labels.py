"""`acseg status --search` and `acseg labels` as a shell sees them."""

import json

from shell import acseg, refused

from acseg_core.store import open_project, queries
from acseg_core.store.edits import review


def test_images_that_match_are_listed(project_folder):
    with open_project(project_folder) as project:
        first = queries.regions(project, 1)
        review.name_regions_as(project, [first[0].id], "sky")
    assert acseg("status", project_folder, "--search", "label:sky").stdout == "a1.png\n"
    assert acseg("status", project_folder, "--search", "-regions>0").stdout.splitlines() == ["a10.jpg", "sub/b.png"]
    listed = acseg("status", project_folder, "--search", "", "--json").stdout
    assert json.loads(listed) == ["a1.png", "a2.png", "a10.jpg", "sub/b.png"]
    assert acseg("status", project_folder, "--search", "status:done").stdout == ""


def test_a_bad_search_says_what_to_write(project_folder):
    assert "write conf<0.6" in refused("status", project_folder, "--search", "conf<6")
    assert "no labels yet" in refused("status", project_folder, "--search", "label:sky")


def test_labels_go_into_files_and_come_back(project_folder, tmp_path):
    assert acseg("labels", project_folder).stdout == ""
    source = tmp_path / "classes.txt"
    source.write_text("sky\ncar\n")
    imported = acseg("labels", project_folder, "--import", source).stdout
    assert imported == f"{source} (text): 2 new, 0 changed, 0 unchanged\n"
    with open_project(project_folder) as project:
        review.name_regions_as(project, [1, 2], "car")
    first, second = acseg("labels", project_folder).stdout.splitlines()
    assert first.startswith("1 #")
    assert first.endswith("sky (stuff): not used")
    assert second.endswith("car (thing): 2 regions in 1 image")
    target = tmp_path / "labels.json"
    assert acseg("labels", project_folder, "--export", target).stdout == f"{target} (acseg): 2 labels\n"
    assert json.loads(target.read_text())["format"] == "acseg-labels"
    assert "0 new, 0 changed, 2 unchanged" in acseg("labels", project_folder, "--import", target).stdout
    acseg("labels", project_folder, "--export", target, "--format", "cvat")
    assert [label["name"] for label in json.loads(target.read_text())] == ["sky", "car"]
    acseg("labels", project_folder, "--export", tmp_path / "labels.txt", "--format", "labelme")
    assert (tmp_path / "labels.txt").read_text().startswith("__ignore__\n_background_\n")
    acseg("labels", project_folder, "--export", tmp_path / "data.yaml")
    assert (tmp_path / "data.yaml").read_text() == 'names:\n  0: "sky"\n  1: "car"\n'


def test_one_may_say_what_a_file_of_labels_is(project_folder, tmp_path):
    source = tmp_path / "labels.txt"
    source.write_text('["car"]\n')
    assert "(text): 1 new" in acseg("labels", project_folder, "--import", source, "--format", "text").stdout
    assert acseg("labels", project_folder).stdout.strip().endswith('["car"] (thing): not used')
    told = refused("labels", project_folder, "--import", source, "--format", "coco")
    assert told.endswith("this is not a list of labels in the format coco; leave the format out")
    source.write_text('[{"name": "sky", "color": "nope"}]')
    done = acseg("labels", project_folder, "--import", source)
    assert "(cvat): 1 new" in done.stdout
    assert done.stderr == "note: not a valid colour, so another one is chosen: “sky” (nope)\n"


def test_a_file_that_is_no_list_is_an_error(project_folder, tmp_path):
    source = tmp_path / "labels.json"
    source.write_text("{\n]")
    assert f"{source}:2: this is not JSON" in refused("labels", project_folder, "--import", source)
