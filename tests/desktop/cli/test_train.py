"""`acseg train` as a shell sees it."""

from pathlib import Path

from PIL import Image
from shell import acseg


def test_training_on_a_project_makes_a_generator_that_proposes(
    tmp_path: Path, proposed: Path, tiny_options: list[str]
) -> None:
    out = tmp_path / "own.safetensors"
    backbone = [*tiny_options[:4], *tiny_options[6:]]
    done = acseg("train", proposed, "--out", out, "--steps", "3", "--prototypes", "3", *backbone)
    assert "3 steps on 3 images" in done.stdout
    assert "in 3 images" in acseg("propose", proposed, "--model", out, *backbone).stdout
    assert "last run own on test_vit" in acseg("status", proposed).stdout


def test_without_out_the_model_becomes_one_of_the_project_s(proposed: Path, tiny_options: list[str]) -> None:
    backbone = [*tiny_options[:4], *tiny_options[6:]]
    done = acseg("train", proposed, "--steps", "3", "--exclude", "*2*", "--name", "mine", *backbone)
    assert "--adopt 'mine'" in done.stdout
    assert done.stdout.startswith("mine: 3 steps on "), "and not the file's name, which does not stay"
    assert "mine" in acseg("models", proposed).stdout
    assert not (proposed / "models" / "in-training.safetensors").exists(), "it has the project's name for it now"
    assert len(list((proposed / "models").iterdir())) == 1


def test_a_folder_needs_a_file_to_write_and_label_maps_are_left_out(
    tmp_path: Path, odd_photos: Path, tiny_options: list[str]
) -> None:
    backbone = [*tiny_options[:4], *tiny_options[6:]]
    (odd_photos / "masks").mkdir()
    Image.new("L", (40, 30), 3).save(odd_photos / "masks" / "bild 1 ä.png")
    refused = acseg("train", odd_photos, *backbone, code=2)
    assert "give the model file to write" in " ".join(refused.stderr.split())
    done = acseg("train", odd_photos, "--out", tmp_path / "m.safetensors", *backbone, code=1)
    assert "1 label map left out; --label-maps treats them as photos" in done.stderr
    assert "3 images are too few to fit a projection to, which takes 20" in done.stderr
