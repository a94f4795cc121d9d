"""`acseg add` as a shell sees it: photos are copied, the originals stay, and what is no photo is named."""

import shutil

from desktop.cli.samples import make_photos
from shell import acseg, refused

from acseg_core.store import open_project, queries


def paths(folder):
    with open_project(folder, read_only=True) as project:
        return [record.path for record in queries.images(project)]


def test_folders_and_single_photos_come_in_and_the_originals_stay(proposed, odd_photos, tmp_path):
    trip, single = make_photos(tmp_path / "trip", 2), make_photos(tmp_path / "[bold]", 2) / "bild 1 ä.png"
    done = acseg("add", proposed, trip, single)
    copied, total = done.stdout.splitlines()
    assert copied.startswith(f"{odd_photos}: 3 photos copied, 0.0 MB")
    assert total.endswith(": 6 images, 3 new")
    assert {"added/bild 1 ä.png", "trip/bild 1 ä.png", "trip/sub folder/bild 0 ä.png"} < set(paths(proposed))
    assert (odd_photos / "added" / single.name).read_bytes() == single.read_bytes()
    again = acseg("add", proposed, trip, single).stdout.splitlines()
    assert again[0] == f"{odd_photos}: nothing copied, 3 photos already there"
    assert again[1].endswith(": 6 images, 0 new")


def test_what_lies_in_the_image_folder_already_is_found_and_not_copied(proposed, odd_photos):
    new = odd_photos / "new.png"
    shutil.copy(odd_photos / "bild 1 ä.png", new)
    done = acseg("add", proposed, new)
    assert "nothing copied, 1 photo already there" in done.stdout
    assert "4 images, 1 new" in done.stdout


def test_what_is_no_photo_is_named(proposed, tmp_path):
    trip, notes = make_photos(tmp_path / "trip", 1), tmp_path / "[bold]notes[1].txt"
    notes.write_text("no photo")
    assert f"{notes}: skipped, not a JPEG" in acseg("add", proposed, trip, notes).stderr
    assert f"{notes}: there are no photos" in refused("add", proposed, notes)
    assert f"{tmp_path / 'gone'}: no such file" in refused("add", proposed, trip, tmp_path / "gone")
    assert "no such folder" in refused("add", tmp_path / "nowhere", trip)
    acseg("add", proposed, code=2)
