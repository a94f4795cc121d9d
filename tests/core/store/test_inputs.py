"""What a project reads is not written over."""

from pathlib import Path

import pytest
from PIL import Image

from acseg_core.errors import StorageError
from acseg_core.interruptible import run_to_end
from acseg_core.store import create_project, open_project
from acseg_core.store.inputs import refuse_inputs
from acseg_core.workflows.scanning import scan_images


def make_project(folder: Path, photos: Path) -> Path:
    photos.mkdir(parents=True)
    Image.new("RGB", (40, 30), (9, 99, 199)).save(photos / "a.png")
    with create_project(folder, image_root=photos) as project:
        run_to_end(scan_images(project), lambda _tick: None)
    return folder


def test_a_photo_of_the_project(tmp_path: Path) -> None:
    with open_project(make_project(tmp_path / "project", tmp_path / "photos"), read_only=True) as project:
        (tmp_path / "out.png").symlink_to(tmp_path / "photos" / "a.png")
        for out in (tmp_path / "photos" / "a.png", tmp_path / "out.png"):
            with pytest.raises(StorageError, match="this is a photo of the project; choose another file"):
                refuse_inputs(out, project)
        (tmp_path / "photos" / "other.png").touch()
        for name in ("photos/other.png", "photos/new.png", "project/new.png"):
            refuse_inputs(tmp_path / name, project)


def test_a_photo_of_another_project_in_whose_folder_it_lies(tmp_path: Path) -> None:
    mine = make_project(tmp_path / "mine", tmp_path / "photos")
    other = make_project(tmp_path / "other", tmp_path / "other" / "photos")
    told = f"this is a photo of the project in {other}; choose another file"
    with open_project(mine, read_only=True) as project:
        for at_hand in (project, None):
            with pytest.raises(StorageError, match=told):
                refuse_inputs(other / "photos" / "a.png", at_hand)
    (other / "project.db").write_bytes(b"damaged")
    refuse_inputs(other / "photos" / "a.png")
