"""Labels in and out at scale, each figure beside its measure in the same run.

10,000 images of 20 shapes against 1,000: peak memory of a process that imports them, and processor time for a shape.
An export against bare run-length encoding of the same masks by pycocotools. Run by hand:
`pytest tests/benchmarks/bench_exchange.py -m benchmark -s -n 0`
"""

import json
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from pycocotools import mask as bare
from stopwatch import Taken, take

from acseg_core.formats.format import format_called
from acseg_core.interruptible import run_to_end
from acseg_core.shapes import masks
from acseg_core.store import Project, create_project, queries
from acseg_core.store.edits import ingest
from acseg_core.types import ImageInfo, Progress
from acseg_core.workflows.exporting import export_coco
from acseg_core.workflows.importing import ImportSettings, import_files

pytestmark = [pytest.mark.benchmark, pytest.mark.filterwarnings("default")]

FEW, MANY, EACH, CLASSES = 1_000, 10_000, 20, 80
WIDTH, HEIGHT = 640, 480
EXPORTED = 200
TRIES = 3


@dataclass(frozen=True, slots=True)
class Imported:
    """What a process that imported images needed.

    Attributes:
        megabytes: Of memory at most, from its start to its end.
        milliseconds: Of processor time for each shape.
    """

    megabytes: float
    milliseconds: float


def ring(number: int) -> list[int]:
    """Corners of one of twenty shapes that do not overlap."""
    x, y = number % 5 * 128 + 4, number // 5 * 120 + 4
    return [x, y, x + 100, y + 5, x + 110, y + 90, x + 50, y + 70, x + 3, y + 95]


def write_labels(path: Path, images: int) -> None:
    """A COCO file, piece by piece."""
    with path.open("w") as file:
        sizes = {"width": WIDTH, "height": HEIGHT}
        listed = (json.dumps({"id": n, "file_name": f"{n:06}.jpg", **sizes}) for n in range(images))
        file.write('{"images": [' + ",\n".join(listed) + '],\n"categories": [')
        file.write(",".join(json.dumps({"id": n, "name": f"class {n}"}) for n in range(CLASSES)))
        file.write('],\n"annotations": [')
        for number in range(images * EACH):
            image, shape = divmod(number, EACH)
            annotation = {"id": number, "image_id": image, "category_id": (image + shape) % CLASSES, "iscrowd": 0}
            file.write((",\n" if number else "\n") + json.dumps(annotation | {"segmentation": [ring(shape)]}))
        file.write("]}\n")


def run(folder: Path, images: int) -> tuple[Project, Taken]:
    """A project of so many images without files, and the import of their labels; the project stays open."""
    (folder / "images").mkdir(parents=True)
    write_labels(folder / "labels.json", images)
    project = create_project(folder / "project", image_root=folder / "images")
    for start in range(0, images, FEW):
        numbers = range(start, min(images, start + FEW))
        ingest.add_images(
            project,
            [ImageInfo(f"{n:06}.jpg", f"{n:064x}", 100, 1, WIDTH, HEIGHT, WIDTH, HEIGHT) for n in numbers],
        )

    def work() -> None:
        with format_called("coco").read(folder / "labels.json") as files:
            report = run_to_end(import_files(project, folder / "labels.json", files, ImportSettings()), ignore)
        assert report.regions == images * EACH

    return project, take(work)


def ignore(_tick: Progress) -> None:
    """Show nothing."""


def measured(folder: Path, images: int) -> Imported:
    """The same in a process of its own."""
    code = f"from benchmarks.bench_exchange import tell; tell({str(folder)!r}, {images})"
    command = [sys.executable, "-c", code]
    environment = {"PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=3600, env=environment)
    return Imported(*json.loads(done.stdout.splitlines()[-1]))


def tell(folder: str, images: int) -> None:
    """What `measured` reads."""
    project, taken = run(Path(folder), images)
    project.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([peak, 1000 * taken.processor / (images * EACH)]))


def test_import_of_10000_images_against_1000(tmp_path: Path) -> None:
    """Targets: peak memory within 1.3 times; the price of a shape no more than 1.5 times."""
    few, many = measured(tmp_path / "few", FEW), measured(tmp_path / "many", MANY)
    for count, each in ((FEW, few), (MANY, many)):
        print(f"\n{count} images x {EACH}: {each.megabytes:.0f} MB at most, {each.milliseconds:.2f} ms a shape", end="")
    memory, price = many.megabytes / few.megabytes, many.milliseconds / few.milliseconds
    print(f"\n{memory:.2f} times the memory, {price:.2f} times the price of a shape")
    assert memory < 1.3
    assert price < 1.5


@pytest.mark.parametrize("instances", ["region", "parts"])
def test_export_against_bare_encoding(tmp_path: Path, instances: str) -> None:
    """Target: within 1.5 times of pycocotools' encoding of the same masks, in memory: the best of three."""
    project, _ = run(tmp_path, EXPORTED)
    with project:
        regions = [each for _, regions in queries.image_regions(project) for each in regions if each.label_id]
        some = [np.asfortranarray(masks.decode(region.mask), np.uint8) for region in regions[:EACH]]
        times: list[tuple[Taken, Taken]] = []
        for _ in range(TRIES):  # in turns, as other programs may take the processor's caches from either
            work = export_coco(project, tmp_path / "out.json", instances=instances, with_problems=True)
            encoded = take(lambda: [bare.encode(mask) for _ in range(EXPORTED) for mask in some])
            times.append((encoded, take(lambda work=work: run_to_end(work, ignore))))
        encoded, exported = (min(each, key=lambda one: one.processor) for each in zip(*times, strict=True))
    ratio = exported.processor / encoded.processor
    print(f"\nexport of {len(regions)} regions, {instances}: {exported}; bare encoding: {encoded}; {ratio:.2f} times")
    assert exported.result.annotations == len(regions)
    assert ratio < 1.5
