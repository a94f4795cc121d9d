"""`acseg init`, `relocate` and `restore` as a shell sees them."""

import contextlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from desktop.cli.samples import make_photos
from PIL import Image
from scene_files import write_scene
from shell import acseg, refused

from acseg_core.store import latest_backup, open_project, queries
from acseg_core.store.edits import review
from acseg_core.types import ImageStatus


def test_init_again_finds_new_images_and_proposes_only_those(
    tmp_path: Path, odd_photos: Path, proposed: Path, tiny_options: list[str]
) -> None:
    Image.new("RGB", (40, 30), (9, 99, 199)).save(odd_photos / "new.jpg")
    assert "4 images, 1 new" in acseg("init", proposed, "--images", odd_photos).stdout
    assert "in 1 image" in acseg("propose", proposed, "--only-new", *tiny_options).stdout


def test_bad_files_are_listed_and_the_rest_goes_on(tmp_path: Path, tiny_options: list[str]) -> None:
    photos = make_photos(tmp_path / "photos")
    whole = (photos / "bild 1 ä.png").read_bytes()
    (photos / "cut.png").write_bytes(whole[: len(whole) // 2])
    (photos / "empty.jpg").touch()
    done = acseg("init", tmp_path / "project", "--images", photos)
    assert "3 images, 3 new" in done.stdout
    assert {line.split(":")[0] for line in done.stderr.strip().splitlines()} == {"cut.png", "empty.jpg"}
    assert "in 3 images" in acseg("propose", tmp_path / "project", *tiny_options).stdout


def test_a_folder_of_gifs_is_refused_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "gifs").mkdir()
    Image.new("RGB", (80, 60)).save(tmp_path / "gifs" / "a.gif")
    _, err = acseg("init", tmp_path / "project", "--images", tmp_path / "gifs", code=1)
    assert "no images there (first: a.gif: unsupported image format; convert it to PNG, JPEG or TIFF)" in err
    assert not (tmp_path / "project").exists()


def test_label_maps_are_left_out_of_a_project_unless_asked_for(tmp_path: Path) -> None:
    photos = make_photos(tmp_path / "photos")
    (photos / "masks").mkdir()
    for photo in list(photos.glob("*.png")):
        Image.new("L", (40, 30), 3).save(photos / "masks" / photo.name)
    count = len(list((photos / "masks").iterdir()))
    done = acseg("init", tmp_path / "project", "--images", photos)
    assert "3 images, 3 new" in done.stdout
    assert done.stderr == f"{count} label maps left out; --label-maps treats them as photos\n"
    assert "3 images, 0 new" in acseg("init", tmp_path / "project", "--images", photos).stdout
    done = acseg("init", tmp_path / "project", "--images", photos, "--label-maps")
    assert (f"{3 + count} images, {count} new" in done.stdout, done.stderr) == (True, "")
    again = acseg("init", tmp_path / "project", "--images", photos)
    assert (f"{3 + count} images, 0 new" in again.stdout, again.stderr) == (True, ""), "what is there stays"


def test_folders_and_pages_are_left_out_of_a_project_unless_asked_for(tmp_path: Path) -> None:
    photos = make_photos(tmp_path / "photos")
    for folder in ("@eaDir", "$RECYCLE.BIN"):
        (photos / folder).mkdir()
        Image.new("RGB", (40, 30)).save(photos / folder / "thumbnail.png")
    page = Image.new("L", (40, 30), 50)
    page.save(photos / "stack.tif", save_all=True, append_images=[page, page])
    done = acseg("init", tmp_path / "project", "--images", photos)
    assert "4 images, 4 new" in done.stdout
    assert done.stderr.splitlines() == [
        "stack.tif: only the first of 3 pages is used; `acseg init --pages all` makes an image of each",
        "2 folders with thumbnails, deleted files or leftovers skipped; --all-folders searches them too",
    ]
    done = acseg("init", tmp_path / "project", "--images", photos, "--all-folders", "--pages", "all")
    assert ("8 images, 4 new" in done.stdout, done.stderr) == (True, "")
    again = acseg("init", tmp_path / "project", "--images", photos)
    assert ("8 images, 0 new" in again.stdout, again.stderr) == (True, ""), "what is there stays"
    alone = acseg("init", tmp_path / "other", "--images", photos / "@eaDir")
    assert "1 image, 1 new" in alone.stdout


def test_moved_images_are_relocated_by_hash(tmp_path: Path, odd_photos: Path, proposed: Path) -> None:
    moved = tmp_path / "moved"
    odd_photos.rename(moved)
    assert "relocate" in refused("init", proposed, "--images", moved)
    assert "none of the project's images" in refused("relocate", proposed, "--images", make_other(tmp_path / "other"))
    acseg("relocate", proposed, "--images", moved)
    assert json.loads(acseg("status", proposed, "--json").stdout)["image_root"] == str(moved)
    assert "3 images, 0 new" in acseg("init", proposed, "--images", moved).stdout


def make_other(folder: Path) -> Path:
    folder.mkdir()
    Image.new("RGB", (90, 61)).save(folder / "bild 1 ä.png")
    return folder


def test_a_damaged_project_is_restored_from_its_backup(odd_photos: Path, proposed: Path) -> None:
    before = json.loads(acseg("status", proposed, "--json").stdout)
    (proposed / "project.db").write_bytes(b"this is no database" * 1000)
    for file in proposed.glob("project.db-*"):
        file.unlink()
    assert "acseg restore" in refused("propose", proposed)
    said = acseg("restore", proposed).stdout
    assert "backups" in said
    assert f"kept as {proposed / 'project.db.damaged-1'}" in said
    assert json.loads(acseg("status", proposed, "--json").stdout) == before
    assert (proposed / "project.db.damaged-1").is_file()


def test_a_link_to_the_images_is_the_same_folder(tmp_path: Path, odd_photos: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(odd_photos, target_is_directory=True)
    acseg("init", tmp_path / "project", "--images", link)
    assert "0 new" in acseg("init", tmp_path / "project", "--images", link).stdout
    assert "0 new" in acseg("init", tmp_path / "project", "--images", odd_photos).stdout


def test_a_sound_project_is_not_restored_unless_forced(proposed: Path) -> None:
    content = (proposed / "project.db").read_bytes()
    done = acseg("restore", proposed)
    assert (
        done.stdout == f"{proposed}: the database is not damaged, so nothing was changed (--force replaces it anyway)\n"
    )
    acseg("restore", proposed, "--yes")
    asked = acseg("restore", proposed, "--force", code=1)
    assert "It has no edit that is missing from" in asked.stdout
    assert (proposed / "project.db").read_bytes() == content, "nobody said yes"
    said = acseg("restore", proposed, "--force", "--yes").stdout
    assert f"kept as {proposed / 'project.db.replaced-1'}" in said
    assert (proposed / "project.db.replaced-1").read_bytes() == content


def test_what_would_be_lost_is_said(proposed: Path) -> None:
    newest = latest_backup(proposed)
    assert newest is not None
    old = newest.read_bytes()
    (proposed.parent / "labels.txt").write_text("cat\ndog\n")
    acseg("labels", proposed, "--import", proposed.parent / "labels.txt")
    (proposed.parent / "old.db").write_bytes(old)
    asked = acseg("restore", proposed, "--from", proposed.parent / "old.db", "--force", code=1)
    assert "1 edit from 20" in asked.stdout
    assert "would then only be in the file that is kept aside. Continue?" in asked.stdout
    acseg("restore", proposed, "--from", proposed.parent / "old.db", "--force", "--yes")
    assert json.loads(acseg("status", proposed, "--json").stdout)["labels"] == 0


def test_a_copy_of_a_project_in_use_is_told(tmp_path: Path, proposed: Path) -> None:
    with open_project(proposed):
        shutil.copytree(proposed, tmp_path / "copy", ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    done = acseg("status", tmp_path / "copy", "--json")
    assert json.loads(done.stdout)["images"] == 3
    assert len(done.stderr.splitlines()) == 1
    assert "was copied while it was open, without its log; the last edits may be missing" in done.stderr


def test_a_project_on_a_full_disk_is_read_and_exported_elsewhere(tmp_path: Path, proposed: Path) -> None:
    """On the code of before, both ended with "disk I/O error"."""
    small = tmp_path / "small"
    small.mkdir()
    size = sum(file.stat().st_size for file in proposed.rglob("*") if file.is_file()) + 2**20
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(small)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("may not mount a file system of its own")
    try:
        shutil.copytree(proposed, small / "p")
        with (small / "ballast").open("wb", buffering=0) as ballast, contextlib.suppress(OSError):
            while True:
                ballast.write(bytes(4096))
        done = acseg("status", small / "p", "--json")
        assert json.loads(done.stdout)["images"] == 3
        assert "the disk is full; the project cannot be changed" in done.stderr
        acseg("export", small / "p", "--images", "all", "--out", tmp_path / "out.json")
        assert len(json.loads((tmp_path / "out.json").read_text())["images"]) == 3
        assert "the disk is full" in refused("init", small / "p", "--images", tmp_path / "photos")
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_moved_photos_are_told_in_one_sentence_and_keep_their_regions(
    tmp_path: Path, odd_photos: Path, proposed: Path
) -> None:
    """They were missing, and new images without regions appeared."""
    before = json.loads(acseg("status", proposed, "--json").stdout)
    names = sorted(path.name for path in odd_photos.iterdir() if path.suffix == ".png")
    (odd_photos / "sub").mkdir()
    (odd_photos / names[0]).rename(odd_photos / "sub" / names[0].upper())
    done = acseg("init", proposed, "--images", odd_photos)
    assert done.stderr == "1 image moved or renamed, with its regions\n"
    assert "3 images, 0 new" in done.stdout
    for name in names[1:]:
        (odd_photos / name).rename(odd_photos / "sub" / f"new {name}")
    moved = tmp_path / "moved"
    odd_photos.rename(moved)
    done = acseg("relocate", proposed, "--images", moved)
    assert done.stderr.splitlines()[0] == "1 image moved or renamed, with its regions"
    after = json.loads(acseg("status", proposed, "--json").stdout)
    assert (after["regions"], after["images"]) == (before["regions"], before["images"])
    assert acseg("init", proposed, "--images", moved).stderr == ""


def test_photos_that_may_be_one_of_several_files_are_named_with_the_remedy(tmp_path: Path) -> None:
    photos, project = make_photos(tmp_path / "photos"), tmp_path / "project"
    acseg("init", project, "--images", photos)
    first = sorted(photos.glob("*.png"))[0]
    with open_project(project) as opened:
        image = queries.image_by_path(opened, first.name)
        assert image is not None
        review.set_image_status(opened, image.id, ImageStatus.DONE)
    for number in range(5):
        shutil.copy(first, photos / f"copy {number}.png")
    first.unlink()
    done = acseg("init", project, "--images", photos)
    told = (
        f"{first.name}: missing; it may now be copy 0.png, copy 1.png, copy 2.png or 2 more files, with the same "
        "picture. "
    )
    assert done.stderr == told + "Its regions are kept: rename the right file back, or choose it in the window\n"
    (photos / "copy 3.png").rename(first)
    assert acseg("init", project, "--images", photos).stderr.startswith("copy 3.png: missing")


def test_a_project_copied_with_its_photos_uses_the_copies_and_says_so_once(tmp_path: Path) -> None:
    photos = make_photos(tmp_path / "old" / "photos")
    acseg("init", tmp_path / "old" / "project", "--images", photos)
    copy = tmp_path / "copy"
    shutil.copytree(tmp_path / "old", copy)
    done = acseg("init", copy / "project", "--images", copy / "photos")
    assert done.stderr == (
        f"{copy / 'project'}: the project was copied together with its photos; from now on the photos in "
        f"{copy / 'photos'} are used, not those in {photos}\n"
    )
    assert acseg("init", copy / "project", "--images", copy / "photos").stderr == ""
    assert f"images in {copy / 'photos'}" in acseg("status", copy / "project").stdout


@pytest.fixture
def maps(tmp_path):
    """Two scenes, if maps of that size are taken for some."""
    write_scene(tmp_path / "maps" / "a.tif", seed=1)
    write_scene(tmp_path / "maps" / "b.tif", seed=2)
    return tmp_path / "maps"


def test_a_scene_alone_becomes_a_project_of_its_tiles(tmp_path, maps):
    project = tmp_path / "project"
    done = acseg("init", project, "--images", maps / "a.tif", "--tiles", "always", "--tile-side", "100")
    assert done.stdout == f"{project}: 6 images, 6 new; 6 of them are tiles of 1 scene\n"
    assert done.stderr == ""
    assert "6 images, 0 new" in acseg("init", project, "--images", maps / "a.tif").stdout
    more = acseg("init", project, "--images", maps / "b.tif").stdout
    assert "12 images, 6 new; 12 of them are tiles of 2 scenes" in more
    plain = acseg("status", project).stdout
    assert "scenes   2, 12 tiles among the images; files of 0 checked whole" in plain
    counts = json.loads(acseg("status", project, "--json").stdout)
    assert (counts["images"], counts["scenes"], counts["tiles"], counts["scenes_hashed"]) == (12, 2, 12, 0)


def test_what_happens_to_a_scene_is_told_in_a_line_not_for_every_tile(tmp_path, maps):
    project = tmp_path / "project"
    acseg("init", project, "--images", maps, "--tiles", "always", "--tile-side", "100")
    with open_project(project) as opened:
        for record in queries.images(opened):
            review.set_image_status(opened, record.id, ImageStatus.DONE)
    write_scene(maps / "a.tif", seed=3)
    (maps / "b.tif").rename(maps / "c.tif")
    assert acseg("init", project, "--images", maps).stderr.splitlines() == [
        "a.tif: the file has changed since it was added; 6 tiles with regions keep them, but they are not used",
        "1 scene moved or renamed, with its regions",
    ]
    (maps / "c.tif").unlink()
    assert "c.tif: missing; the regions of its 6 tiles are kept" in acseg("init", project, "--images", maps).stderr


def test_tiles_that_were_removed_stay_so_until_they_are_taken_back(tmp_path, maps):
    project = tmp_path / "project"
    acseg("init", project, "--images", maps / "a.tif", "--tiles", "always", "--tile-side", "100")
    acseg("remove", project, "a#r1c*", "--yes")
    again = acseg("init", project, "--images", maps / "a.tif")
    assert "3 images, 0 new" in again.stdout
    assert "3 images not added again" in again.stderr
    acseg("remove", project, "a#r1c1*", "--take-back")
    assert "4 images, 0 new" in acseg("init", project, "--images", maps / "a.tif").stdout


@pytest.mark.parametrize("side", ["63", "8193"])
def test_a_side_that_makes_no_sense_is_wrong_use(tmp_path, maps, side):
    acseg("init", tmp_path / "project", "--images", maps, "--tile-side", side, code=2)


def test_a_file_without_its_reader_leaves_no_project(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "rasterio", None)
    (tmp_path / "a.jp2").write_bytes(b"anything")
    said = refused("init", tmp_path / "project", "--images", tmp_path / "a.jp2")
    assert 'needs rasterio; install it with: pip install "acseg-desktop[geo]"' in said
    assert not (tmp_path / "project").exists()
