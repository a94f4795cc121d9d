"""A project of small images that lie on maps in every way that is known, with labels whose pixels are known."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from geotiff_files import UTM33, WGS84, geotiff, key_tags, matrix, nodata, north_up
from PIL import Image
from tiff_files import Written

from acseg_core.formats.labelled import FileImage, FileLabel, FileShape, LabelledFiles
from acseg_core.interruptible import run_to_end
from acseg_core.shapes import masks
from acseg_core.store import create_project
from acseg_core.store.edits.labels import create_label
from acseg_core.workflows.importing import ImportSettings, import_files
from acseg_core.workflows.scanning import scan_images

HEIGHT, WIDTH = 12, 17
NAMES = {1: "water", 2: "Wald & Wiese", 3: "road"}
VOID = 4
TIFFS = {
    "utm.tif": (north_up(500000.25, 5000000.75, 0.3), key_tags(UTM33 | {1026: "WGS 84 / UTM zone 33N"}), nodata("0")),
    "tied.tif": (north_up(500000, 5000000, 0.5, column=3, row=2), key_tags(UTM33)),
    "point.tif": (north_up(500000, 5000000, 0.5), key_tags(UTM33 | {1025: 2})),
    "turned.tif": (matrix(500000, 0.3, 0.4, 5000000, 0.4, -0.3), key_tags(UTM33)),
    "degrees.tif": (north_up(15.1, 50.2, 1e-5), key_tags(WGS84)),
    "own.tif": (north_up(100, 200, 2), key_tags({1024: 1, 1025: 1, 3072: 32767, 3073: "Town", 3076: 9002})),
    "nowhere/none.tif": (north_up(7, 8, 2),),
    "big.tif": (north_up(1, 2, 3), key_tags(UTM33)),
}
WORLDS = {
    "beside.png": (0.5, 0, 0, -0.5, 1000.25, 1999.75),
    "exif.jpg": (0.5, 0.1, 0.2, -0.5, 1000, 2000),
    "south.bmp": (1, 0, 0, 1, 0.5, 0.5),
}
UTM_TEXT = 'PROJCS["WGS_1984_UTM_Zone_33N",GEOGCS["GCS_WGS_1984",UNIT["Degree",0.0174532925199433]],UNIT["Meter",1.0]]'
OWN_TEXT = UTM_TEXT.replace("WGS_1984_UTM_Zone_33N", "Site & Co")
PLAIN = "plain.png"


def pixels_of(name: str) -> np.ndarray:
    """(H, W) numbers of labels of an image as displayed; 0 is nothing, `VOID` void. They touch in corners a lot."""
    seed = sum(name.encode())
    size = (WIDTH, HEIGHT) if name == "exif.jpg" else (HEIGHT, WIDTH)
    coarse = np.random.default_rng(seed).integers(0, 5, size)
    coarse[2:7, 3:8] = 1
    coarse[4, 5] = 2
    return coarse


def make_map_project(folder: Path) -> Path:
    """Write the photos and the project below a folder; returns that of the project."""
    photos = folder / "photos"
    (photos / "nowhere").mkdir(parents=True)
    for number, (name, tags) in enumerate(TIFFS.items()):
        how = Written(big=name == "big.tif", order=">" if number % 2 and name != "big.tif" else "<")
        (photos / name).write_bytes(geotiff(_picture(number), *tags, how=how))
    for number, (name, numbers) in enumerate(WORLDS.items(), len(TIFFS)):
        file = io.BytesIO()
        exif = Image.Exif()
        exif[274] = 6
        kind = {".png": "PNG", ".jpg": "JPEG", ".bmp": "BMP"}[name[-4:]]
        Image.fromarray(_picture(number)).save(file, kind, **({"exif": exif} if kind == "JPEG" else {}))
        (photos / name).write_bytes(file.getvalue())
        (photos / name).with_suffix(".wld").write_text("\n".join(map(str, numbers)))
    (photos / "beside.prj").write_text(UTM_TEXT)
    (photos / "south.prj").write_text(OWN_TEXT)
    Image.fromarray(_picture(99)).save(photos / PLAIN)
    names = [*TIFFS, *WORLDS, PLAIN]
    labels = (*(FileLabel(name) for name in NAMES.values()), FileLabel("unknown"))
    files = LabelledFiles(labels, tuple(names), lambda: map(_file_image, names))
    with create_project(folder / "project", image_root=photos) as project:
        create_label(project, "unknown", color="#ff00ff", is_void=True)
        run_to_end(scan_images(project), lambda tick: None)
        run_to_end(import_files(project, folder, files, ImportSettings()), lambda tick: None)
    return folder / "project"


def _file_image(name: str) -> FileImage:
    numbers = pixels_of(name)
    found = masks.encode_label_map(np.where(numbers > 0, numbers, -1))
    shapes = [FileShape(NAMES.get(number, "unknown"), found[number]) for number in sorted(found)]
    return FileImage(name, shapes, numbers.shape, is_negative=False)


def _picture(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)
