"""Thumbnails with the regions' colours over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter

from acseg_core.images.files import ensure_thumbnail
from acseg_core.shapes.run_lengths import sample_owners
from acseg_core.store import Project, queries
from acseg_core.types import ImageRecord, Label, Region
from acseg_desktop.canvas.layer import RegionLayer
from acseg_desktop.canvas.region_map import RegionGrid

SIDE = 256
_OPACITY = 0.6


def read_thumbnail(project: Project, record: ImageRecord) -> QImage:
    """Decode the stored thumbnail, making it first where the cache was emptied.

    Raises:
        ImageError: The image cannot be read, or has changed.
    """
    path = ensure_thumbnail(project.image_root, record.info, thumbnails=project.thumbnails_dir)
    image = QImage(str(path))
    if image.width() > SIDE or image.height() > SIDE:
        image = image.scaled(
            QSize(SIDE, SIDE), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    return image


def read_miniature(project: Project, record: ImageRecord) -> QImage:
    """The thumbnail with the regions drawn over it, as they are now.

    Raises:
        ImageError: The image cannot be read, or has changed.
    """
    image = read_thumbnail(project, record)
    regions = queries.regions(project, record.id)
    if image.isNull() or not regions:
        return image
    return painted(image, regions, {label.id: label for label in queries.labels(project)})


def painted(image: QImage, regions: Sequence[Region], labels: Mapping[int, Label]) -> QImage:
    """A thumbnail with regions drawn over it."""
    colors = paint_regions(regions, labels, height=image.height(), width=image.width())
    overlay = QImage(
        colors.data, image.width(), image.height(), 4 * image.width(), QImage.Format.Format_ARGB32_Premultiplied
    )
    picture = image.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    painter.drawImage(0, 0, overlay)
    painter.end()
    return picture


def paint_regions(
    regions: Sequence[Region], labels: Mapping[int, Label], *, height: int, width: int
) -> NDArray[np.uint32]:
    """Regions in the canvas's colours, at the size of a thumbnail; the masks are never laid out.

    Returns:
        (height, width) uint32 premultiplied ARGB.
    """
    size = regions[0].mask
    rows = (2 * np.arange(height) + 1) * size.height // (2 * height)
    columns = (2 * np.arange(width) + 1) * size.width // (2 * width)
    owners = sample_owners([region.mask for region in regions], rows, columns)
    layer = RegionLayer()
    layer.restyle(opacity=_OPACITY)
    layer.show(RegionGrid(owners, len(regions)), regions, labels)
    tables = layer.tables(stroke=1)
    if tables is None:
        return np.zeros((height, width), np.uint32)
    slots = owners + 1
    colors = tables.fill[slots]
    edge = np.zeros(slots.shape, np.bool_)
    edge[:, 1:] = slots[:, 1:] != slots[:, :-1]
    edge[1:] |= slots[1:] != slots[:-1]
    colors[edge] = tables.line[slots[edge]]
    return np.ascontiguousarray(colors)
