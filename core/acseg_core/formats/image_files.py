"""Image files beside the labels of an export: copied, linked, or written anew where a format wants another kind."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path, PurePosixPath

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image

from acseg_core.images.files import load_image
from acseg_core.images.pages import located
from acseg_core.images.photos import turned_back
from acseg_core.output.folders import OutputFolder

_COMPRESSION = 3
"""Of PNG: three times as fast as usual, and hardly larger."""


class ImageFiles(StrEnum):
    """What becomes of the images of an export."""

    COPY = "copy"
    LINK = "link"
    """Symbolic links; copies where the system makes none."""
    NONE = "none"


def add_picture(folder: OutputFolder, name: str, pixels: NDArray[np.uint8]) -> None:
    """Put a picture that has no file of its own into a folder.

    Args:
        folder: That is being written.
        name: There; JPEG if it ends so, else PNG.
        pixels: (H, W, 3) uint8.

    Raises:
        StorageError: It cannot be written.
    """
    is_jpeg = PurePosixPath(name).suffix.lower() in (".jpg", ".jpeg")
    with folder.open(name) as file:
        if is_jpeg:
            Image.fromarray(pixels).save(file, format="JPEG", quality=95)
        else:
            Image.fromarray(pixels).save(file, format="PNG", compress_level=_COMPRESSION)


def add_image(folder: OutputFolder, name: str, source: Path, how: ImageFiles, *, orientation: int = 1) -> bool:
    """Put an image into a folder.

    Args:
        folder: That is being written.
        name: There. If it ends in ".png" and the file does not, and for pages of a file, the picture is written anew.
        source: The file.
        how: Copied or linked.
        orientation: Of the file, if labels are of what it stores: a picture that is written anew is stored so, too;
            1 writes it as it is displayed.

    Returns:
        Whether the file is there as it was, not written anew.

    Raises:
        ImageError: It cannot be read.
        StorageError: It cannot be written.
    """
    if how is ImageFiles.NONE:
        return False
    wanted = PurePosixPath(name).suffix.lower()
    is_page = not source.exists()  # of a TIFF with several, which is known by its number behind the name of the file
    if is_page or (wanted == ".png" and source.suffix.lower() != wanted):
        file_of_page, page = located(source.parent, source.name)
        pixels = turned_back(load_image(file_of_page, page=page), orientation)
        exif = Image.Exif()
        if orientation > 1:
            exif[ExifTags.Base.Orientation] = orientation
        with folder.open(name) as file:
            Image.fromarray(pixels).save(file, format="PNG" if wanted == ".png" else "TIFF", exif=exif)
        return False
    folder.copy(name, source, link=how is ImageFiles.LINK)
    return True
