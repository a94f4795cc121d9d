"""`acseg` as a shell sees it: exit codes, one-line errors, files; real processes where that matters."""

import json
import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pycocotools.coco import COCO
from shell import Done, acseg, refused
from tiny_model import TINY_BACKBONE, tiny_generator, tiny_weights

from acseg_core.shapes import masks
from acseg_core.store import open_project, queries
from acseg_core.store.edits import review
from acseg_core.store.upkeep import timings
from acseg_core.store.upkeep.timings import Activity, WorkSpan
from acseg_core.types import Rle
from acseg_desktop.language.durations import duration_text

ACSEG = [sys.executable, "-c", "from acseg_desktop.cli.main import main; main()"]


def acseg_process(*arguments: str | Path) -> Done:
    """Run `acseg` as a shell does; fails unless it succeeds."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [*ACSEG, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, env=environment)
    assert done.returncode == 0, f"exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
    return Done(done.stdout, done.stderr)


@pytest.fixture(scope="module")
def tiny_options(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("model")
    weights, generator = tiny_weights(folder), tiny_generator(folder)
    options = ["--backbone", TINY_BACKBONE, "--weights", weights, "--model", generator]
    return [*map(str, options), "--input-size", "128", "--device", "cpu"]


def make_photos(folder: Path, count: int = 3) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(0)
    for number in range(count):
        pixels = np.zeros((60 + number, 90, 3), np.uint8)
        pixels[:, : 20 + 7 * number] = random.integers(0, 256, 3)
        pixels[30:, 45:] = random.integers(0, 256, 3)
        place = folder if number else folder / "sub folder"
        place.mkdir(exist_ok=True)
        Image.fromarray(pixels).save(place / f"bild {number} ä.png")
    return folder


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    return make_photos(tmp_path / "photos")


@pytest.fixture
def proposed(tmp_path: Path, photos: Path, tiny_options: list[str]) -> Path:
    project = tmp_path / "project"
    acseg("init", project, "--images", photos)
    acseg("propose", project, *tiny_options)
    return project


def test_from_a_folder_to_a_partition_in_coco(tmp_path: Path, proposed: Path) -> None:
    out = tmp_path / "f.json"
    acseg("export", proposed, "--format", "coco", "--all-regions", "--out", out)
    coco = COCO(str(out))
    assert len(coco.imgs) == 3
    assert sorted(coco.anns) == list(range(1, len(coco.anns) + 1))
    for image in coco.imgs.values():
        covered = np.zeros((image["height"], image["width"]), int)
        for annotation in coco.imgToAnns[image["id"]]:
            mask = coco.annToMask(annotation)
            assert annotation["area"] == mask.sum()
            assert {"region_id", "cluster_id"} <= annotation.keys()
            covered += mask
        assert (covered == 1).all()
    assert {image["file_name"] for image in coco.imgs.values()} == {
        "sub folder/bild 0 ä.png",
        "bild 1 ä.png",
        "bild 2 ä.png",
    }


def test_fine_concepts_from_the_generator_when_asked(tmp_path: Path, photos: Path, tiny_options: list[str]) -> None:
    """A generator of four concepts cannot make more regions than four, whatever the granularity."""
    counts = {}
    for fine in ("ward", "generator"):
        project = tmp_path / fine
        acseg("init", project, "--images", photos)
        acseg("propose", project, *tiny_options, "--fine", fine, "--granularity", "1")
        with open_project(project) as opened:
            counts[fine] = max(count for count, _ in queries.region_counts(opened).values())
    assert counts["generator"] <= 4 < counts["ward"]


def test_names_given_are_exported_and_counted(tmp_path: Path, proposed: Path) -> None:
    everything = tmp_path / "all.json"
    acseg("export", proposed, "--all-regions", "--out", everything)
    regions = [annotation["region_id"] for annotation in json.loads(everything.read_text())["annotations"]]
    acseg("name", proposed, "--region", str(regions[0]), "--region", str(regions[1]), "--label", "road")
    assert (
        "1 region named road surface" not in acseg("name", proposed, "--label-of", "ROAD", "--label", "tarmac").stdout
    )
    named = tmp_path / "named.json"
    acseg("export", proposed, "--out", named)
    coco = COCO(str(named))
    assert len(coco.imgs) == 3
    assert len(coco.anns) == 2
    assert coco.cats[coco.anns[1]["category_id"]]["name"] == "tarmac"
    status = json.loads(acseg("status", proposed, "--json").stdout)
    assert status["regions_named"] == 2
    assert status["history"]["edits"] > 0
    assert f"{status['history']['edits']} edits can be undone" in acseg("status", proposed).stdout
    assert status["history"]["bytes"] > 0
    assert "2 named" in acseg("status", proposed).stdout


def test_status_tells_time_and_actions(proposed):
    assert "work" not in acseg("status", proposed).stdout
    with open_project(proposed) as project:
        first, second = queries.image_ids(project)[:2]
        at = datetime(2026, 3, 4, 12, tzinfo=UTC)
        spans = [WorkSpan(first, Activity.REVIEW, at, 90.0, 11), WorkSpan(second, Activity.REVIEW, at, 30.0)]
        timings.record_work(project, [*spans, WorkSpan(None, Activity.BROWSE, at, 60.0, 2)])
        review.accept_image(project, first)
        images = len(queries.image_ids(project))
    plain = acseg("status", proposed).stdout.splitlines()
    assert "work     3 min, 13 actions, 1 min in the concept browser" in plain
    left = duration_text(90 * (images - 1))
    pace = (
        f"pace     20 images/h: 1 min 30 s and 11.0 actions per image that is done; about {left} for the {images - 1}"
    )
    assert f"{pace} left" in plain
    table = acseg("status", proposed, "--effort").stdout.splitlines()
    assert ["2026-03-04", "3:00", "13", "0"] in [line.split() for line in table]
    assert ["1:30", "11", "done"] in [line.split()[:3] for line in table]
    effort = json.loads(acseg("status", proposed, "--json", "--effort").stdout)["effort"]
    assert (effort["seconds"], effort["actions"], effort["images_per_hour"]) == (180, 13, 20)
    assert [each["seconds"] for each in effort["by_image"]] == [90, 30]
    assert effort["days"][0]["day"] == "2026-03-04"


def test_polygons_on_request_stay_the_same_masks(tmp_path: Path, proposed: Path) -> None:
    rle, polygons = tmp_path / "rle.json", tmp_path / "polygons.json"
    acseg("export", proposed, "--all-regions", "--out", rle)
    acseg("export", proposed, "--all-regions", "--polygons", "--out", polygons)
    exact, drawn = COCO(str(rle)), COCO(str(polygons))
    assert any(isinstance(annotation["segmentation"], list) for annotation in drawn.anns.values())
    for number, annotation in exact.anns.items():
        size = annotation["segmentation"]["size"]
        mask = masks.decode(Rle(annotation["segmentation"]["counts"].encode(), *size))
        assert np.array_equal(drawn.annToMask(drawn.anns[number]).astype(bool), mask)


def test_init_again_finds_new_images_and_proposes_only_those(
    tmp_path: Path, photos: Path, proposed: Path, tiny_options: list[str]
) -> None:
    Image.new("RGB", (40, 30), (9, 99, 199)).save(photos / "new.jpg")
    assert "4 images, 1 new" in acseg("init", proposed, "--images", photos).stdout
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
    assert "no images in it (first: a.gif: a kind of image that is not read; convert it to PNG, JPEG or TIFF)" in err
    assert not (tmp_path / "project").exists()


def test_label_maps_are_left_out_of_a_project_unless_asked_for(tmp_path: Path) -> None:
    photos = make_photos(tmp_path / "photos")
    (photos / "masks").mkdir()
    for photo in list(photos.glob("*.png")):
        Image.new("L", (40, 30), 3).save(photos / "masks" / photo.name)
    count = len(list((photos / "masks").iterdir()))
    done = acseg("init", tmp_path / "project", "--images", photos)
    assert "3 images, 3 new" in done.stdout
    assert done.stderr == f"{count} label maps left out; --label-maps takes them as photos\n"
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
        "stack.tif: only the first of its 3 pages is taken; `acseg init --pages all` makes an image of each",
        "2 folders of thumbnails, deleted files or leftovers left out; --all-folders searches them",
    ]
    done = acseg("init", tmp_path / "project", "--images", photos, "--all-folders", "--pages", "all")
    assert ("8 images, 4 new" in done.stdout, done.stderr) == (True, "")
    again = acseg("init", tmp_path / "project", "--images", photos)
    assert ("8 images, 0 new" in again.stdout, again.stderr) == (True, ""), "what is there stays"
    alone = acseg("init", tmp_path / "other", "--images", photos / "@eaDir")
    assert "1 image, 1 new" in alone.stdout


def test_images_changed_or_gone_keep_their_regions_and_are_never_proposed_anew(
    tmp_path: Path, photos: Path, proposed: Path, tiny_options: list[str]
) -> None:
    before = json.loads(acseg("status", proposed, "--json").stdout)
    Image.new("RGB", (90, 61), (1, 2, 3)).save(photos / "bild 1 ä.png")
    (photos / "bild 2 ä.png").unlink()
    done = acseg("propose", proposed, *tiny_options)
    assert "bild 1 ä.png: skipped, changed since it was added" in done.stderr
    assert "bild 2 ä.png: skipped, missing" in done.stderr
    after = json.loads(acseg("status", proposed, "--json").stdout)
    assert after["regions"] == before["regions"]
    assert after["images_with_problem"] == 2


def test_moved_images_are_relocated_by_hash(tmp_path: Path, photos: Path, proposed: Path) -> None:
    moved = tmp_path / "moved"
    photos.rename(moved)
    assert "relocate" in refused("init", proposed, "--images", moved)
    assert "none of the project's images" in refused("relocate", proposed, "--images", make_other(tmp_path / "other"))
    acseg("relocate", proposed, "--images", moved)
    assert json.loads(acseg("status", proposed, "--json").stdout)["image_root"] == str(moved)
    assert "3 images, 0 new" in acseg("init", proposed, "--images", moved).stdout


def make_other(folder: Path) -> Path:
    folder.mkdir()
    Image.new("RGB", (90, 61)).save(folder / "bild 1 ä.png")
    return folder


def test_bad_input_gets_one_clear_line(
    tmp_path: Path, photos: Path, proposed: Path, tiny_options: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    nowhere, file, empty = tmp_path / "nowhere", tmp_path / "file", tmp_path / "empty"
    file.write_text("x")
    empty.mkdir()
    fresh = tmp_path / "fresh"
    assert str(nowhere) in refused("init", fresh, "--images", nowhere)
    assert "no images" in refused("init", fresh, "--images", empty)
    assert not fresh.exists()
    assert str(file) in refused("init", file, "--images", photos)
    assert str(nowhere) in refused("propose", nowhere)
    assert str(nowhere) in refused("status", nowhere)
    assert "vit_nonsense" in refused("propose", proposed, "--backbone", "vit_nonsense")
    line = refused("propose", proposed, "--backbone", "vit_small_patch8_224.dino")
    assert "--weights" in line
    assert str(file) in refused("propose", proposed, "--model", file)
    assert "do not fit" in refused("propose", proposed, "--weights", tiny_options[3])
    assert "region 99999" in refused("name", proposed, "--region", "99999", "--label", "x")
    assert "no label" in refused("name", proposed, "--label-of", "none", "--label", "x")
    assert str(nowhere / "f.json") in refused("export", proposed, "--out", nowhere / "f.json")
    assert "that is a folder" in refused("export", proposed, "--out", ".")
    assert str(nowhere) in refused("train", nowhere, "--out", tmp_path / "m.safetensors")


def test_damaged_and_newer_projects_are_refused(tmp_path: Path, proposed: Path) -> None:
    import sqlite3

    newer = tmp_path / "newer"
    shutil.copytree(proposed, newer)
    connection = sqlite3.connect(newer / "project.db")
    connection.execute("UPDATE alembic_version SET version_num = 'ffff'")
    connection.commit()
    connection.close()
    assert "newer version" in refused("status", newer)


def test_a_damaged_project_is_restored_from_its_backup(photos: Path, proposed: Path) -> None:
    before = json.loads(acseg("status", proposed, "--json").stdout)
    (proposed / "project.db").write_bytes(b"this is no database" * 1000)
    for file in proposed.glob("project.db-*"):
        file.unlink()
    assert "acseg restore" in refused("propose", proposed)
    assert "backups" in acseg("restore", proposed).stdout
    assert json.loads(acseg("status", proposed, "--json").stdout) == before
    assert (proposed / "project.db.damaged-1").is_file()


def test_a_link_to_the_images_is_the_same_folder(tmp_path: Path, photos: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(photos, target_is_directory=True)
    acseg("init", tmp_path / "project", "--images", link)
    assert "0 new" in acseg("init", tmp_path / "project", "--images", link).stdout
    assert "0 new" in acseg("init", tmp_path / "project", "--images", photos).stdout


def test_names_that_the_terminal_cannot_show_are_no_failure(proposed: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    command = [*ACSEG, "name", str(proposed), "--region", "1", "--label", "道路"]
    done = subprocess.run(command, capture_output=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    assert b"1 region named" in done.stdout


def test_wrong_use_exits_with_2(proposed: Path) -> None:
    acseg("nonsense", code=2)
    acseg("export", proposed, "--format", "svg", "--out", "x", code=2)
    acseg("name", proposed, "--label", "x", code=2)
    acseg("name", proposed, "--label", "x", "--region", "1", "--label-of", "y", code=2)
    acseg("init", proposed, code=2)
    acseg("name", proposed, "--label", "x", "--cluster", str(10**30), code=2)
    acseg("train", proposed, "--out", "x", "--steps", str(10**12), code=2)


def test_a_project_open_elsewhere_is_refused_for_writing_but_can_be_read(
    tmp_path: Path, photos: Path, proposed: Path
) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys\nfrom pathlib import Path\nfrom acseg_core.store import open_project\n"
            "with open_project(Path(sys.argv[1])):\n    print('open', flush=True)\n    sys.stdin.read()",
            str(proposed),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout.readline() == b"open\n"
        assert str(proposed) in refused("init", proposed, "--images", photos)
        acseg("status", proposed)
        acseg("export", proposed, "--all-regions", "--out", tmp_path / "f.json")
    finally:
        holder.communicate()


def test_a_stopped_run_keeps_what_is_finished_and_resumes(tmp_path: Path, tiny_options: list[str]) -> None:
    photos, project = make_photos(tmp_path / "photos", 300), tmp_path / "project"
    acseg("init", project, "--images", photos)
    run = subprocess.Popen([*ACSEG, "propose", str(project), *tiny_options], stderr=subprocess.PIPE)
    deadline = time.monotonic() + 120
    done = 0
    while done < 8 and time.monotonic() < deadline:
        time.sleep(0.1)
        done = json.loads(acseg("status", project, "--json").stdout)["images_by_status"]["proposed"]
    run.terminate()
    _, message = run.communicate()
    assert run.returncode == 1
    assert message.decode() == "acseg: stopped; what was finished is kept\n"
    done = json.loads(acseg("status", project, "--json").stdout)["images_by_status"]["proposed"]
    assert 8 <= done < 300
    assert f"in {300 - done} images" in acseg("propose", project, "--only-new", *tiny_options).stdout


def _regions(project: Path) -> int:
    return int(json.loads(acseg("status", project, "--json").stdout)["regions"])


def test_granularity_of_proposals_and_of_what_is_there(tmp_path: Path, photos: Path, tiny_options: list[str]) -> None:
    project = tmp_path / "project"
    acseg("init", project, "--images", photos)
    acseg("propose", project, *tiny_options, "--granularity", "0")
    assert _regions(project) == 3, "one region for each image"
    done = acseg("recut", project, "--granularity", "1")
    assert "3 images cut anew" in done.stdout
    finest = _regions(project)
    assert finest > 3
    acseg("propose", project, *tiny_options, "--granularity", "1")
    assert _regions(project) == finest, "the stored tree gives what the model gave"
    acseg("recut", project, "--granularity", "0")
    assert _regions(project) == 3
    assert "0 images cut anew" in acseg("recut", project, "--granularity", "0").stdout


@pytest.mark.parametrize(("size", "pixels"), [("fast", 336), ("128", 128)])
def test_input_sizes_have_names(proposed: Path, tiny_options: list[str], size: str, pixels: int) -> None:
    acseg("propose", proposed, *tiny_options, "--input-size", size)
    with open_project(proposed, read_only=True) as project:
        run = queries.summary(project).last_run
    assert run is not None
    assert json.loads(run.config_json)["backbone"]["input_size"] == pixels


@pytest.mark.parametrize("size", ["tiny", "63", "4097", "-448", "4.5"])
def test_other_input_sizes_are_wrong_use(proposed: Path, size: str) -> None:
    assert "input-size" in acseg("propose", proposed, "--input-size", size, code=2).stderr


@pytest.mark.parametrize("command", ["propose", "recut"])
@pytest.mark.parametrize("granularity", ["1.5", "-0.1", "nan", "fine"])
def test_a_granularity_outside_its_range_is_wrong_use(proposed: Path, command: str, granularity: str) -> None:
    assert "granularity" in acseg(command, proposed, "--granularity", granularity, code=2).stderr


def test_training_on_a_project_makes_a_generator_that_proposes(
    tmp_path: Path, photos: Path, proposed: Path, tiny_options: list[str]
) -> None:
    out = tmp_path / "own.safetensors"
    backbone = [*tiny_options[:4], *tiny_options[6:]]
    (photos / "masks").mkdir()
    Image.new("L", (40, 30), 3).save(photos / "masks" / "bild 1 ä.png")
    done = acseg("train", proposed, "--out", out, "--steps", "3", "--prototypes", "3", *backbone)
    assert "3 steps on 3 images" in done.stdout
    assert "1 label map left out; --label-maps takes them as photos" in done.stderr
    assert "in 3 images" in acseg("propose", proposed, "--model", out, *backbone).stdout
    assert "own.safetensors" in acseg("status", proposed).stdout


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["propose", "--help"], ["status", "/nowhere"]])
def test_light_commands_load_neither_torch_nor_qt(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom acseg_desktop.cli.main import main\nsys.argv = ['acseg', *sys.argv[1:]]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = sorted({'torch', 'timm', 'torchvision', 'PySide6'} & set(sys.modules))\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_doctor_finds_this_installation_in_order() -> None:
    report = acseg_process("doctor").stdout
    assert "FAIL" not in report
    assert all(f"ok   {file} " in report for file in ("backbone", "generator", "projection"))
    assert "offscreen" in report


def test_demo_without_a_window_writes_sheet_and_coco(tmp_path: Path) -> None:
    demo = tmp_path / "demo"
    acseg_process("demo", demo, "--headless", "--device", "cpu")
    coco = COCO(str(demo / "annotations.json"))
    assert len(coco.imgs) >= 5
    assert all(len(coco.imgToAnns[number]) >= 2 for number in coco.imgs)
    with Image.open(demo / "overlay.png") as sheet:
        assert sheet.width > 600
        assert len(sheet.getcolors(1 << 24)) > 1000
    assert (demo / "photos" / "LICENSES.md").is_file()
