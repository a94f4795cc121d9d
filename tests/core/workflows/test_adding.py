"""Photos from elsewhere: copied into the folder of photos, the originals as they were, nothing twice."""

import numpy as np
import pytest
from PIL import Image

from acseg_core.errors import ImagesNotFoundError, StorageError
from acseg_core.images.finding import find_images
from acseg_core.store import create_project, queries
from acseg_core.workflows import adding
from acseg_core.workflows.adding import add_images, plan_copies
from acseg_core.workflows.scanning import scan_images


def photo(path, seed):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.random.default_rng(seed).integers(0, 255, (20, 30, 3), np.uint8)).save(path)


def finish(work):
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


@pytest.fixture
def project(tmp_path):
    photo(tmp_path / "photos" / "a.png", 1)
    with create_project(tmp_path / "project", image_root=tmp_path / "photos") as made:
        finish(scan_images(made))
        yield made


def paths(project):
    return [queries.image(project, image_id).path for image_id in queries.image_ids(project)]


def test_a_folder_and_single_photos_are_added_and_the_originals_stay(project, tmp_path):
    photo(tmp_path / "trip" / "b.png", 2)
    photo(tmp_path / "trip" / "deep" / "c.png", 3)
    photo(tmp_path / "elsewhere" / "a.png", 4)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.png")}
    plan = plan_copies(project.image_root, [tmp_path / "trip", tmp_path / "elsewhere" / "a.png"])
    assert (len(plan.copies), plan.there) == (3, 0)
    assert plan.bytes == sum(path.stat().st_size for path in before) - (tmp_path / "photos/a.png").stat().st_size
    assert finish(add_images(project, plan)).added == 3
    assert paths(project) == ["a.png", "added/a.png", "trip/b.png", "trip/deep/c.png"]
    assert {path: path.read_bytes() for path in before} == before
    again = plan_copies(project.image_root, [tmp_path / "trip", tmp_path / "elsewhere" / "a.png"])
    assert (again.copies, again.there) == ((), 3)


def test_another_photo_of_the_same_name_gets_another_name_and_replaces_nothing(project, tmp_path):
    for number in (1, 2):
        photo(tmp_path / str(number) / "x.png", number + 10)
    plan = plan_copies(project.image_root, [tmp_path / "1" / "x.png", tmp_path / "2" / "x.png"])
    finish(add_images(project, plan))
    assert set(paths(project)) == {"a.png", "added/x.png", "added/x-2.png"}


def test_photos_in_the_folder_already_are_not_copied(project, tmp_path):
    photo(project.image_root / "new.png", 5)
    plan = plan_copies(project.image_root, [project.image_root / "new.png"])
    assert (plan.copies, plan.there) == ((), 1)
    assert finish(add_images(project, plan)).added == 1


def test_what_is_missing_or_no_photo_is_named(project, tmp_path):
    with pytest.raises(ImagesNotFoundError, match=r"gone\.png: no such file"):
        plan_copies(project.image_root, [tmp_path / "gone.png"])
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "notes.txt").write_text("no photo")
    with pytest.raises(ImagesNotFoundError, match="text: there are no photos"):
        plan_copies(project.image_root, [tmp_path / "text"])
    with pytest.raises(ImagesNotFoundError, match=r"notes\.txt: there are no photos"):
        plan_copies(project.image_root, [tmp_path / "text" / "notes.txt"])


def test_what_is_no_photo_among_photos_is_said_with_the_reason(project, tmp_path):
    """On the code of before, such files were passed by in silence."""
    photo(tmp_path / "trip" / "b.png", 2)
    for name in ("trip/notes.txt", "trip/movie.gif", "bare/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("no photo")
    named = [tmp_path / name for name in ("trip", "trip/notes.txt", "trip/movie.gif", "bare")]
    plan = plan_copies(project.image_root, named)
    assert len(plan.copies) == 1
    skipped = [(file.path, file.reason.split(";")[0]) for file in plan.skipped]
    assert skipped == [
        (str(tmp_path / "trip/movie.gif"), "unsupported image format"),
        (str(tmp_path / "trip/notes.txt"), "not a JPEG, PNG, TIFF, BMP or WebP image"),
        (str(tmp_path / "trip/movie.gif"), "unsupported image format"),
        (str(tmp_path / "bare"), "a folder without photos"),
    ]


def test_a_folder_is_searched_once_however_many_of_its_files_are_named(project, tmp_path, monkeypatch):
    """On the code of before once for every file: a shell that writes out "*.jpg" took minutes."""
    files = [tmp_path / "trip" / f"{number}.png" for number in range(4)]
    for number, path in enumerate(files):
        photo(path, number + 20)
    searched = []
    monkeypatch.setattr(adding, "find_images", lambda root: searched.append(root) or find_images(root))
    assert len(plan_copies(project.image_root, files).copies) == 4
    assert searched == [tmp_path / "trip"]


def test_too_little_room_is_said_before_anything_is_copied(project, tmp_path):
    photo(tmp_path / "trip" / "b.png", 2)
    plan = plan_copies(project.image_root, [tmp_path / "trip"])
    huge = adding.CopyPlan(plan.copies, 1 << 62)
    with pytest.raises(StorageError, match="MB more than is free"):
        finish(add_images(project, huge))
    assert not (project.image_root / "trip").exists()
