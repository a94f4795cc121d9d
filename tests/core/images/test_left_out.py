"""What a scan leaves out on purpose: folders of a NAS, a bin or an archive; pages of a file; and how both are taken.

Covers: images.pages.
"""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from image_bytes import encoded, picture
from tiff_files import Written, tiff_pages

from acseg_core.errors import ImageError
from acseg_core.images.files import CHANGED, MISSING, load_added
from acseg_core.images.finding import find_images
from acseg_core.images.image_paths import OUTSIDE
from acseg_core.images.left_out import OTHER_FOLDER, OTHER_KIND, is_left_out, pages_left_out
from acseg_core.reports import ImageCount
from acseg_core.store import Project, create_project, queries
from acseg_core.types import Progress
from acseg_core.workflows import scanning

FOLDERS = ("@eaDir", "sub/@eaDir", "#recycle", "$RECYCLE.BIN", "__MACOSX", ".Trash-1000", "Thumbs", "lost+found")


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    for name in (".", "sub", *FOLDERS, "#recycler", "my thumbs", ".hidden"):
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "photo.png").write_bytes(encoded(picture(), "PNG"))
    return folder


@pytest.fixture
def project(tmp_path: Path, photos: Path) -> Generator[Project, None, None]:
    with create_project(tmp_path / "project", image_root=photos) as opened:
        yield opened


def finish(work: Generator[Progress, None, Any]) -> Any:
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def paths_of(project: Project) -> list[str]:
    return [record.path for record in queries.images(project)]


def test_folders_that_hold_no_photos_are_left_out_and_counted(project: Project, photos: Path) -> None:
    """Thumbnails of a NAS and deleted files became photos to label."""
    report = finish(scanning.scan_images(project))
    assert sorted(paths_of(project)) == ["#recycler/photo.png", "my thumbs/photo.png", "photo.png", "sub/photo.png"]
    assert {file.path for file in report.skipped} == set(FOLDERS)
    assert {file.reason for file in report.skipped} == {OTHER_FOLDER}
    assert finish(scanning.count_images(photos)) == ImageCount(photos=4, label_maps=0, other_folders=len(FOLDERS))


def test_all_folders_takes_them_and_the_project_goes_on_so(project: Project) -> None:
    report = finish(scanning.scan_images(project, all_folders=True))
    assert report.added == 4 + len(FOLDERS)
    assert not report.skipped
    again = finish(scanning.scan_images(project))
    assert (again.unchanged, again.missing, again.skipped) == (4 + len(FOLDERS), (), ())
    assert ".hidden/photo.png" not in paths_of(project)


def test_a_folder_that_is_asked_for_itself_is_searched(photos: Path) -> None:
    assert find_images(photos / "@eaDir").paths == ("photo.png",)


@pytest.mark.parametrize("name", ["a.jp2", "a.VRT", "a.img", "a.ppm", "a.tga", "a.NEF", "a.cr2", "a.dng", "a.gif"])
def test_kinds_that_are_not_read_are_told(photos: Path, name: str) -> None:
    (photos / name).write_bytes(b"anything")
    assert (name, OTHER_KIND) in [(file.path, file.reason) for file in find_images(photos).skipped]


def write_stack(path: Path, pages: int, *, start: int = 20) -> None:
    shades = [np.full((6, 8), start + 20 * number, np.uint8) for number in range(pages)]
    path.write_bytes(tiff_pages([(shade, Written()) for shade in shades]))


def shades_of(project: Project) -> dict[str, int]:
    return {
        record.path: int(load_added(project.image_root, record.info).rgb[0, 0, 0])
        for record in queries.images(project)
        if "stack" in record.path
    }


def test_of_several_pages_the_first_is_taken_and_that_is_told(project: Project, photos: Path) -> None:
    write_stack(photos / "stack.tif", 5)
    for _ in range(2):  # a scan that finds nothing new does not forget it
        report = finish(scanning.scan_images(project))
        told = [(file.path, file.reason) for file in report.skipped if file.reason != OTHER_FOLDER]
        assert told == [("stack.tif", pages_left_out(5))]
        assert told == [
            (file.path, file.reason) for file in queries.summary(project).skipped if file.reason != OTHER_FOLDER
        ]
    assert shades_of(project) == {"stack.tif": 20}
    assert pages_left_out(5).startswith("only the first of 5 pages is used; ")


def test_words_that_projects_keep_stay_as_they_are() -> None:
    """They are in databases, which compare them: other words there would need a migration."""
    assert (MISSING, CHANGED) == ("missing", "changed since it was added")
    assert OUTSIDE == "outside the image folder, so never read; copy the photo into the folder and look for new images"
    before = [
        "a label map, not a photo",
        "a folder of thumbnails, deleted files or leftovers, not of photos",
        "only the first of its 5 pages is taken; `acseg init --pages all` makes an image of each",
    ]
    assert all(is_left_out(reason) for reason in [*before, pages_left_out(5)])


def test_all_pages_become_images_of_their_own(project: Project, photos: Path) -> None:
    write_stack(photos / "stack.tif", 3)
    (photos / "stack#3.tif").write_bytes(encoded(picture(), "TIFF"))  # a file of that name is that file
    report = finish(scanning.scan_images(project, all_pages=True))
    assert [file.path for file in report.skipped if file.reason != OTHER_FOLDER] == []
    assert shades_of(project) == {"stack.tif": 20, "stack#2.tif": 40, "stack#3.tif": int(picture()[0, 0, 0])}
    hashes = {record.info.sha256 for record in queries.images(project) if "stack" in record.path}
    assert len(hashes) == 3
    again = finish(scanning.scan_images(project))  # a project that has pages goes on having them
    assert (again.missing, again.changed, again.added) == ((), (), 0)


def test_pages_that_change_or_go_are_told_and_never_shown_as_others(project: Project, photos: Path) -> None:
    write_stack(photos / "stack.tiff", 3)
    finish(scanning.scan_images(project, all_pages=True))
    pages = {record.path: record.info for record in queries.images(project)}
    write_stack(photos / "stack.tiff", 3, start=90)
    with pytest.raises(ImageError, match="changed since it was added"):
        load_added(photos, pages["stack#2.tiff"])
    (photos / "stack.tiff").unlink()
    report = finish(scanning.scan_images(project))
    assert set(report.missing) == {"stack.tiff", "stack#2.tiff", "stack#3.tiff"}
    with pytest.raises(ImageError, match="missing"):
        load_added(photos, pages["stack#2.tiff"])


def test_pages_are_found_again_where_the_images_moved(project: Project, photos: Path) -> None:
    write_stack(photos / "stack.tif", 3)
    finish(scanning.scan_images(project, all_pages=True))
    moved = photos.rename(photos.with_name("moved"))
    report = finish(scanning.relocate_images(project, moved))
    assert not report.missing
    assert shades_of(project) == {"stack.tif": 20, "stack#2.tif": 40, "stack#3.tif": 60}
