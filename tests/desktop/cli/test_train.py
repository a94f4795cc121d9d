"""`acseg train` as a shell sees it."""

from pathlib import Path

from PIL import Image
from shell import acseg


def test_training_on_a_project_makes_a_generator_that_proposes(
    tmp_path: Path, odd_photos: Path, proposed: Path, tiny_options: list[str]
) -> None:
    out = tmp_path / "own.safetensors"
    backbone = [*tiny_options[:4], *tiny_options[6:]]
    (odd_photos / "masks").mkdir()
    Image.new("L", (40, 30), 3).save(odd_photos / "masks" / "bild 1 ä.png")
    done = acseg("train", proposed, "--out", out, "--steps", "3", "--prototypes", "3", *backbone)
    assert "3 steps on 3 images" in done.stdout
    assert "1 label map left out; --label-maps treats them as photos" in done.stderr
    assert "in 3 images" in acseg("propose", proposed, "--model", out, *backbone).stdout
    assert "own.safetensors" in acseg("status", proposed).stdout
