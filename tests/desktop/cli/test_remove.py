"""`acseg remove` as a shell sees it: it asks, a scan leaves out what was removed, and it comes back on request."""

import io

import pytest
from shell import acseg, refused

from acseg_core.store import open_project, queries


def paths(folder):
    with open_project(folder, read_only=True) as project:
        return [record.path for record in queries.images(project)]


def regions(folder):
    with open_project(folder, read_only=True) as project:
        return queries.summary(project).regions


def test_it_asks_and_says_what_goes_along(proposed, odd_photos, monkeypatch):
    before, everything = paths(proposed), regions(proposed)
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    out, err = acseg("remove", proposed, "bild*")
    assert "Remove 2 images with " in err
    assert "(0 named) from the project? The files stay where they are." in err
    assert out.strip() == "nothing was removed"
    assert paths(proposed) == before
    out, _ = acseg("remove", proposed, "bild*", "--yes")
    assert out.startswith("2 images with ")
    assert paths(proposed) == ["sub folder/bild 0 ä.png"]
    assert all((odd_photos / path).is_file() for path in before)
    assert acseg("remove", proposed).stdout == "bild 1 ä.png\nbild 2 ä.png\n"
    done = acseg("init", proposed, "--images", odd_photos)
    assert done.stdout.endswith("1 image, 0 new\n")
    assert "2 images not added again, as they were removed from the project; `acseg remove" in done.stderr
    assert "2 removed" in acseg("status", proposed).stdout
    out, _ = acseg("remove", proposed, "*1*", "--take-back")
    assert out.startswith("1 image with ")
    acseg("remove", proposed, "*", "--take-back")
    assert paths(proposed) == before
    assert regions(proposed) == everything


def test_images_are_named_by_path_folder_or_glob(proposed, odd_photos, monkeypatch):
    monkeypatch.chdir(odd_photos)
    for pattern in ("sub folder", "sub folder/", "./sub folder/bild 0 ä.png", odd_photos / "sub folder"):
        acseg("remove", proposed, pattern, "--yes")
        assert paths(proposed) == ["bild 1 ä.png", "bild 2 ä.png"]
        acseg("remove", proposed, pattern, "--take-back")
    acseg("remove", proposed, "*", "--yes")
    assert paths(proposed) == []
    acseg("init", proposed, "--images", odd_photos)
    assert paths(proposed) == []


@pytest.mark.parametrize("options", [["--yes"], ["--take-back"]])
def test_what_names_no_image_is_refused(proposed, options):
    assert "nothing.png: no " in refused("remove", proposed, "nothing.png", *options)
    assert len(paths(proposed)) == 3


def test_taking_back_needs_to_be_told_what(proposed):
    assert "say which images to take back" in acseg("remove", proposed, "--take-back", code=2).stderr
