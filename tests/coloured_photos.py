"""Photos of three coloured fields whose borders differ, and how right the names of their regions are."""

from pathlib import Path

import numpy as np
from PIL import Image

from acseg_core.shapes import masks
from acseg_core.store import queries
from acseg_core.store.edits import review

COLORS = {"red": (200, 30, 30), "green": (30, 180, 40), "blue": (30, 40, 210)}


def write_photos(folder: Path, count: int) -> None:
    """Write so many photos, named by their number."""
    folder.mkdir()
    random = np.random.default_rng(0)
    for number in range(count):
        Image.fromarray(picture(number, random)).save(folder / f"{number}.png")


def truth(number):
    """(96, 128) index of the colour of every pixel."""
    fields = np.zeros((96, 128), int)
    fields[40 + 4 * number :] = 1
    fields[:, 80 - 6 * number :] = 2
    return fields


def picture(number, random):
    """(96, 128, 3) uint8, a photo with some noise."""
    pixels = np.array(list(COLORS.values()))[truth(number)] + random.normal(0, 6, (96, 128, 3))
    return np.clip(pixels, 0, 255).astype(np.uint8)


def name_truly(project, image_id):
    """Give every region of an image the name of its commonest colour."""
    fields = truth(int(Path(queries.image(project, image_id).path).stem))
    for region in queries.regions(project, image_id):
        colour = np.bincount(fields[masks.decode(region.mask)]).argmax()
        review.name_regions_as(project, [region.id], list(COLORS)[colour])


def accuracy(project, image_id, *, of=lambda region: region.suggestion_id):
    """Share of an image's pixels whose suggested label is that of its colour."""
    names = {label.id: list(COLORS).index(label.name) for label in queries.labels(project)}
    fields = truth(int(Path(queries.image(project, image_id).path).stem))
    right = sum(
        int((fields[masks.decode(region.mask)] == names.get(of(region), -1)).sum())
        for region in queries.regions(project, image_id)
    )
    return right / fields.size


def finish(work):
    """Run a generator to its end; returns its result."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value
