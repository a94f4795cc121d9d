"""What is tracked: no large file, no picture that nothing shows, nothing that a build makes."""

import subprocess
from pathlib import Path

import pictures
import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]

MOST_BYTES = 300_000

WEIGHTS = {
    f"resources/acseg_resources/weights/{name}.safetensors"
    for name in ("vit_small_patch14_dinov2", "acg_default", "acg_paper", "projection_default")
}
"""The only large files: the program needs them offline."""

MOST_OF_TEXTS = 600_000
"""A language is one file, as Qt's tools want it, and grows with the window."""


@pytest.fixture(scope="module")
def tracked() -> list[str]:
    """Paths of all tracked files that are there."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [path for path in listed.stdout.split("\0") if path and (ROOT / path).is_file()]


def too_large(paths: list[str], root: Path = ROOT) -> list[str]:
    """What is over the limit and not one of the weights, with its size."""
    sizes = {path: (root / path).stat().st_size for path in paths if path not in WEIGHTS}
    most = {path: MOST_OF_TEXTS if path.endswith(".ts") else MOST_BYTES for path in sizes}
    return [f"{path} ({size:,} bytes)" for path, size in sizes.items() if size > most[path]]


def test_no_tracked_file_is_large(tracked):
    found = too_large(tracked)
    assert not found, f"over {MOST_BYTES:,} bytes, and history keeps them for ever; make them smaller: {found}"


def test_a_large_file_is_found(tmp_path):
    (tmp_path / "small.png").write_bytes(bytes(MOST_BYTES))
    (tmp_path / "large.png").write_bytes(bytes(MOST_BYTES + 1))
    assert too_large(["small.png", "large.png"], tmp_path) == ["large.png (300,001 bytes)"]


def test_the_weights_are_there(tracked):
    assert set(tracked) >= WEIGHTS


def test_the_pictures_that_are_tracked_are_those_that_documents_show(tracked):
    folder = pictures.TRACKED.relative_to(ROOT).as_posix()
    assert {path for path in tracked if path.startswith(folder)} == {
        f"{folder}/{name}.png" for name in pictures.shown()
    }


def test_pictures_are_small_and_have_a_palette(tracked):
    for path in tracked:
        if path.startswith("docs/") and path.endswith(".png"):
            assert (ROOT / path).stat().st_size < pictures.MOST_BYTES, path
            with Image.open(ROOT / path) as picture:
                assert picture.mode == "P", f"{path}: take it with tests/screenshots.py"


def test_nothing_that_a_build_makes_is_tracked(tracked):
    ignored = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--ignored", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert not ignored.strip("\0"), ".gitignore names what is tracked"
    assert not [path for path in tracked if path.endswith((".qm", ".pyc"))]
