"""Other tools read what we write: run by hand, see README.md beside this file."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT), str(ROOT / "core")]

import hard_project  # noqa: E402 - the paths are set first
import numpy as np  # noqa: E402
from reading import READERS  # noqa: E402

from acseg_core.errors import AcsegError  # noqa: E402
from acseg_core.formats.file_names import distinct_names  # noqa: E402
from acseg_core.formats.format import FORMATS, Format, format_called  # noqa: E402
from acseg_core.formats.image_files import ImageFiles  # noqa: E402
from acseg_core.formats.selection import ImageChoice  # noqa: E402
from acseg_core.formats.splits import Split  # noqa: E402
from acseg_core.interruptible import run_to_end  # noqa: E402
from acseg_core.shapes import masks  # noqa: E402
from acseg_core.store import Project, create_project, open_project, queries  # noqa: E402
from acseg_core.store.edits.label_list import delete_label  # noqa: E402
from acseg_core.types import ImageStatus, RegionStatus  # noqa: E402
from acseg_core.workflows.exporting import ExportSettings, export_labels  # noqa: E402
from acseg_core.workflows.importing import ImportSettings, import_files  # noqa: E402
from acseg_core.workflows.scanning import scan_images  # noqa: E402

# torch and torchvision fit each other; plain names would take what does not.
PACKAGES = [
    ["torch==2.14.1", "torchvision==0.29.1"],
    ["datumaro", "supervision", "datasets", "pycocotools", "ultralytics-opencv-headless"],
]
COCO_MINI = ROOT.parent / "shared" / "data" / "coco-mini"
ENOUGH = 900


def silent(_tick: object) -> None:
    pass


def environment(folder: Path) -> Path:
    """The Python of the tools' environment, which is made if it is not there."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        for some in PACKAGES:
            subprocess.run([python, "-m", "pip", "install", "-q", *some], check=True, timeout=2 * ENOUGH)
    return python


def coco_mini(folder: Path) -> Path:
    """A project of the photos and their labels."""
    with create_project(folder / "project", image_root=COCO_MINI / "images") as project:
        run_to_end(scan_images(project), silent)
        path = COCO_MINI / "instances.json"
        with format_called("coco").read(path) as files:
            run_to_end(import_files(project, path, files, ImportSettings()), silent)
    return folder / "project"


def with_room(project: Project, format_: Format) -> None:
    """Delete the labels that a format has no room for."""
    for label in queries.labels(project)[format_.most_labels or sys.maxsize :]:
        delete_label(project, label.id)


def export(project: Project, folder: Path, format_: Format, without: str = "") -> None:
    """Write a folder, with images, and beside it what has to be found there; one image may be left out."""
    split = Split({"train": 1.0}) if format_.key in ("coco", "panoptic") else None
    done = [each for each in queries.images(project) if each.status is ImageStatus.DONE and each.path != without]
    settings = ExportSettings(
        ImageChoice.ALL, [each.id for each in done], split=split, with_images=ImageFiles.COPY, instances="region"
    )
    report = run_to_end(export_labels(project, folder, format_, settings), silent)
    names = {label.id: label.name for label in queries.labels(project) if not label.is_void}
    named = {record.id: record.path for record in done}
    if format_.by_stem:
        named |= distinct_names(named)
    found: dict[tuple[str, str], np.ndarray] = {}
    for record, regions in queries.image_regions(project, list(named)):
        for region in regions:
            if region.label_id in names and region.status is RegionStatus.ACCEPTED:
                key = (named[record.id], names[region.label_id])
                mask = masks.decode(region.mask)
                found[key] = found[key] | mask if key in found else mask
    index = {"images": list(named.values()), "masks": list(found), "shapes": report.annotations}
    arrays = {str(number): mask for number, mask in enumerate(found.values())}
    np.savez_compressed(expected_of(folder), index=np.array(json.dumps(index)), **arrays)


def expected_of(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}-expected.npz")


def asked(python: Path, tool: str, key: str, folder: Path) -> dict:
    """What `reading.py` says."""
    command = [python, HERE / "reading.py", tool, key, folder, expected_of(folder)]
    quiet = {**os.environ, "YOLO_CONFIG_DIR": str(folder.parent), "HF_HUB_OFFLINE": "1", "PYTHONPATH": ""}
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=ENOUGH, env=quiet)
    try:
        return json.loads(done.stdout.strip().splitlines()[-1])
    except (ValueError, IndexError):
        return {"version": "?", "error": " ".join(done.stderr.split())[-200:]}


def row(name: str, key: str, tool: str, result: dict) -> str:
    start = f"| {name} | {key} | {tool} {result['version']} |"
    if "error" in result:
        return f"{start} {result['error'].replace('|', '/')} | | | | |"
    of = {each: "{} of {}".format(*result[each]) for each in ("images", "shapes", "names", "pairs")}
    iou = f"{result['least']:.3f}, {result['mean']:.4f}"
    return f"{start} {of['images']} | {of['shapes']} | {of['names']} | {of['pairs']} | {iou} |"


PROJECTS = {
    "hard": (hard_project.make_hard_project, ""),
    "hard, without a second image of one stem": (hard_project.make_hard_project, hard_project.ONE_STEM[1]),
    "coco-mini": (coco_mini, ""),
}
"""How each is made, and what of it is left out."""

HEAD = """# What other tools read in our files

By `compare.py` (see README.md). Pairs: a class in an image whose mask is the same to the pixel; then the least and the
mean IoU of all such masks. Regions are exported whole.

| project | format | tool | images | shapes | names | pairs | IoU |
|---|---|---|---|---|---|---|---|
"""


NOTES = """
What is behind the differences:

- YOLO and labelme: OpenCV fills the bridges between parts, too, as wide as the line.
- VOC: datumaro counts the masks of classes and of objects. Names with a colon are written with `_`. torchvision wants
  every photo to be called .jpg, which the export says.
- Cityscapes: datumaro reads train ids and knows Cityscapes' own classes only.
- ADE20K's challenge form has no reader among these tools.
- supervision does not look into folders inside of the folder of images or labels for YOLO and labelme: the hard
  project has them. Its readers of Pascal VOC know boxes only.
- datumaro takes images of one stem for one in COCO and CVAT, and refuses the second. Its reader of YOLO knows boxes
  only, and none for labelme's JSON is among its formats.
"""


def main() -> None:
    base = Path(sys.argv[1] if len(sys.argv) > 1 else "/tmp/acseg-oracles").absolute()
    base.mkdir(parents=True, exist_ok=True)
    python = environment(base / "tools")
    work = base / f"work-{os.getpid()}"
    lines = []
    for name, (make, without) in PROJECTS.items():
        for format_ in FORMATS:
            tools = [tool for tool, key in READERS if key == format_.key]
            if format_.write is None or not tools:
                continue
            folder = work / name / format_.key
            folder.mkdir(parents=True)
            try:
                with open_project(make(folder)) as project:
                    with_room(project, format_)
                    export(project, folder / "out", format_, without)
            except AcsegError as error:
                lines.append(f"| {name} | {format_.key} | not written: {error} | | | | | |")
                continue
            for tool in tools:
                result = asked(python, tool, format_.key, folder / "out")
                lines.append(row(name, format_.key, tool, result))
                print(
                    lines[-1], {key: result.get(key) for key in ("unknown", "extra", "missing", "without")}, flush=True
                )
    (HERE / "RESULTS.md").write_text(HEAD + "\n".join(lines) + "\n" + NOTES)


if __name__ == "__main__":
    main()
