"""Finding image files below a folder."""

import os
import random
import sys
import time
from pathlib import Path

import pytest
from image_bytes import good_files

from acseg_core.errors import ImagesNotFoundError
from acseg_core.images.files import inspect_image, load_image
from acseg_core.images.finding import FoundImages, find_images, natural_key

JPEG = good_files()["baseline.jpg"]


def touch(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(JPEG)


def test_found_recursively_in_natural_order(tmp_path):
    names = [
        "img10.jpg",
        "Img2.PNG",
        "img1.jpeg",
        "b/9.tif",
        "b/10.webp",
        "a b/ü.bmp",
        "B2/x.TIFF",
        "photo.jpg.txt",
        "notes.md",
        "jpg",
    ]
    touch(tmp_path, *names)
    assert find_images(tmp_path) == FoundImages(
        paths=("a b/ü.bmp", "b/9.tif", "b/10.webp", "B2/x.TIFF", "img1.jpeg", "Img2.PNG", "img10.jpg")
    )


def test_hidden_things_and_project_caches_are_left_out(tmp_path):
    touch(
        tmp_path,
        "a.jpg",
        ".hidden.jpg",
        ".git/b.jpg",
        "._a.jpg",
        "cache/yes.jpg",
        "project/cache/no.jpg",
        "project/c.jpg",
    )
    (tmp_path / "project" / "project.db").touch()
    assert find_images(tmp_path).paths == ("a.jpg", "cache/yes.jpg", "project/c.jpg")


def test_natural_order_is_total_and_the_same_everywhere():
    names = [
        "a.jpg",
        "A.jpg",
        "a/b.jpg",
        "a1.jpg",
        "a01.jpg",
        "1.jpg",
        "é.jpg",
        "e\u0301.jpg",
        "a2b10.jpg",
        "a2b9.jpg",
        "٣.jpg",
    ]
    expected = sorted(names, key=natural_key)
    for seed in range(5):
        shuffled = random.Random(seed).sample(names, len(names))
        assert sorted(shuffled, key=natural_key) == expected
    assert expected.index("a2b9.jpg") < expected.index("a2b10.jpg")
    assert abs(expected.index("é.jpg") - expected.index("e\u0301.jpg")) == 1


def test_linked_folders_are_entered_once(tmp_path):
    outside = tmp_path / "outside"
    root = tmp_path / "root"
    touch(tmp_path, "outside/o.jpg", "root/real/r.jpg")
    (root / "real" / "loop").symlink_to(root)
    (root / "a-link").symlink_to(root / "real")
    (root / "b-link").symlink_to(outside)
    (root / "c-link").symlink_to(outside)
    (root / "photo.jpg").symlink_to(outside / "o.jpg")
    (root / "broken.jpg").symlink_to(outside / "gone.jpg")
    found = find_images(root)
    assert found.paths == ("b-link/o.jpg", "photo.jpg", "real/r.jpg")
    assert [(file.path, file.reason) for file in found.skipped] == [("broken.jpg", "a link that leads nowhere")]


@pytest.mark.skipif(sys.platform == "win32", reason="its links and their faults are of another kind")
def test_a_link_that_cannot_be_followed_costs_only_itself(tmp_path):
    touch(tmp_path, *(f"sub/{number}.jpg" for number in range(20)))
    (tmp_path / "sub" / "loop").symlink_to("loop")
    (tmp_path / "sub" / "loop.jpg").symlink_to("loop.jpg")
    (tmp_path / "sub" / "long").symlink_to("x" * 300)
    found = find_images(tmp_path)
    assert found.paths == tuple(f"sub/{number}.jpg" for number in range(20))
    assert [file.path for file in found.skipped] == ["sub/long", "sub/loop", "sub/loop.jpg"]
    assert "too long" in found.skipped[0].reason
    assert "symbolic links" in found.skipped[1].reason


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="their file systems refuse such names")
def test_names_that_are_not_unicode(tmp_path):
    touch(tmp_path, "fine.jpg", "sub/fine.jpg")
    for name in (b"caf\xe9.jpg", b"sub/\xff.png"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(JPEG)
    bad_folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/d\xe9"))
    bad_folder.mkdir()
    touch(bad_folder, "x.jpg")
    found = find_images(tmp_path)
    assert found.paths == ("fine.jpg", "sub/fine.jpg")
    assert [file.path for file in found.skipped] == ["caf\\udce9.jpg", "d\\udce9", "sub/\\udcff.png"]
    assert {file.reason for file in found.skipped} == {"its name is not valid Unicode; rename it"}


def test_names_long_and_in_any_script(tmp_path):
    names = [
        "写真🌲" + "長" * 70 + ".jpg",
        "x" * 251 + ".jpg",
        "with\nnewline and 'quotes\".jpg",
        "Ünïcödé/ふぉるだ/ж.jpg",
    ]
    touch(tmp_path, *names)
    found = find_images(tmp_path)
    assert set(found.paths) == set(names)
    for name in names:
        info = inspect_image(tmp_path, name, thumbnails=tmp_path / "cache")
        assert info.path == name
        assert load_image(tmp_path / name, expected_sha256=info.sha256).shape == (48, 64, 3)


def test_folders_that_cannot_be_searched(tmp_path, monkeypatch):
    touch(tmp_path, "a.jpg", "locked/b.jpg")
    for folder, words in ((tmp_path / "missing", "no such folder"), (tmp_path / "a.jpg", "not a folder")):
        with pytest.raises(ImagesNotFoundError, match=words) as caught:
            find_images(folder)
        assert str(folder) in str(caught.value)
    scandir = os.scandir

    def refuse(path):
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)  # chmod does not stop the superuser tests may run as
    found = find_images(tmp_path)
    assert found.paths == ("a.jpg",)
    assert [(file.path, file.reason) for file in found.skipped] == [
        ("locked", "folder skipped: no permission to read it")
    ]
    with pytest.raises(ImagesNotFoundError, match="no permission"):
        find_images(tmp_path / "locked")
    assert find_images_is_empty(tmp_path / "nothing")


def find_images_is_empty(folder: Path) -> bool:
    folder.mkdir()
    return find_images(folder) == FoundImages()


def test_many_files_are_listed_quickly(tmp_path):
    for folder in range(20):
        (tmp_path / f"f{folder}").mkdir()
        for number in range(500):
            (tmp_path / f"f{folder}" / f"{number}.jpg").touch()
    start = time.perf_counter()
    found = find_images(tmp_path)
    seconds = time.perf_counter() - start
    assert len(found.paths) == 10_000
    assert found.paths[:3] == ("f0/0.jpg", "f0/1.jpg", "f0/2.jpg")
    assert found.paths[-1] == "f19/499.jpg"
    assert seconds < 2  # it takes 0.1
