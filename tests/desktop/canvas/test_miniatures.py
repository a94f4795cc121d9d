"""Regions painted at the size of a thumbnail: each in its own colour, with lines between them."""

import numpy as np
import pytest

from acseg_core.store import open_project, queries
from acseg_core.store.edits import review
from acseg_core.store.edits.labels import update_label
from acseg_desktop.canvas.miniatures import paint_regions, read_miniature, read_thumbnail


@pytest.fixture
def project(project_folder):
    with open_project(project_folder) as opened:
        yield opened


def test_each_region_has_a_colour_of_its_own_and_lines_between(project):
    regions = queries.regions(project, queries.image_ids(project)[0])  # of 96 x 64 pixels, parted at 60 and at 40
    colors = paint_regions(regions, {}, height=32, width=48)
    assert colors.shape == (32, 48)
    middles = [int(colors[row, column]) for row in (5, 25) for column in (10, 40)]
    assert len(set(middles)) == 4
    assert all(color >> 24 for color in middles)
    assert (colors[:19, 1:29] == colors[5, 10]).all()
    assert colors[5, 30] not in middles
    assert colors[20, 10] not in middles


def test_a_named_region_has_the_colour_of_its_label(project):
    image_id = queries.image_ids(project)[0]
    review.name_regions_as(project, [queries.regions(project, image_id)[0].id], "sky")
    (label,) = queries.labels(project)
    update_label(project, label.id, color="#ff0000")
    labels = {label.id: label for label in queries.labels(project)}
    owner = next(region for region in queries.regions(project, image_id) if region.label_id)
    left, top, width, height = owner.bbox
    row, column = round((top + height / 2) / 2), round((left + width / 2) / 2)
    argb = int(paint_regions(queries.regions(project, image_id), labels, height=32, width=48)[row, column])
    alpha, red, green, blue = argb >> 24, argb >> 16 & 255, argb >> 8 & 255, argb & 255
    assert red == alpha > 0, "premultiplied"
    assert green == blue == 0


def test_an_image_without_regions_is_its_thumbnail(project):
    first, *_, last = (queries.image(project, image_id) for image_id in queries.image_ids(project))

    def pixels(image):
        image = image.convertToFormat(image.Format.Format_RGB888)
        return np.frombuffer(image.constBits(), np.uint8).copy()

    assert np.array_equal(pixels(read_miniature(project, last)), pixels(read_thumbnail(project, last)))
    assert not np.array_equal(pixels(read_miniature(project, first)), pixels(read_thumbnail(project, first)))
