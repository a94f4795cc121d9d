"""Pictures of partitions that are no part of a project."""

import numpy as np
from PySide6.QtGui import QColor

from acseg_desktop.canvas.partition_picture import partition_picture


def test_regions_have_their_mean_colour_and_borders_are_seen_on_black_and_on_white():
    photo = np.zeros((40, 60, 3), np.uint8)
    photo[:, 30:] = 255
    partition = np.zeros((40, 60), np.uint16)
    partition[:, 30:] = 7
    picture = partition_picture(photo, partition)
    row = [QColor(picture.pixel(x, 20)).name() for x in range(60)]
    assert row[10] == "#000000"
    assert row[50] == "#ffffff"
    assert row[29] == "#ffffff", "a light line on the dark side"
    assert row[30] == "#141414", "a dark one on the light side"


def test_noise_inside_of_a_region_is_softened_but_seen():
    photo = np.zeros((40, 60, 3), np.uint8)
    photo[::2] = 200
    picture = partition_picture(photo, np.zeros((40, 60), np.uint16))
    values = {QColor(picture.pixel(30, y)).red() for y in range(10, 30)}
    assert len(values) == 2
    assert 60 < max(values) - min(values) < 120


def test_a_large_photo_and_a_small_map_become_one_picture_of_moderate_size():
    photo = np.random.default_rng(0).integers(0, 255, (1500, 3000, 3), np.uint8)
    partition = np.arange(2, dtype=np.uint16).repeat(50)[None].repeat(50, axis=0)
    picture = partition_picture(photo, partition, side=640)
    assert (picture.width(), picture.height()) == (640, 320)
    assert QColor(picture.pixel(319, 100)).name() == "#ffffff"
