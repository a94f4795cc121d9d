"""Images of a project shown otherwise: which bands each of them has, samples of these, and a choice made true of many.

All tiles of a scene are shown alike: the choice is made for the scene.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from acseg_core.errors import AcsegError, ExtraMissingError, ImageError
from acseg_core.images import rendering
from acseg_core.images.band_choice import BandChoice
from acseg_core.images.band_samples import SAMPLED_PIXELS, BandSamples
from acseg_core.images.bands import bands_of_file, first_rendering, sample_file
from acseg_core.images.files import load_added, opened_as_added
from acseg_core.images.image_paths import file_of_tile, path_below
from acseg_core.images.photos import turned
from acseg_core.images.rendering import RGB, preset_bands
from acseg_core.images.scenes.raster import Box, read_header, read_samples
from acseg_core.images.shrinking import shrunk
from acseg_core.store import Project, queries
from acseg_core.store.edits.renderings import set_renderings
from acseg_core.store.queries.scene_queries import scene_of
from acseg_core.types import ImageInfo, ImageRecord, OpChanges, Progress, SkippedFile


@dataclass(frozen=True, slots=True)
class RenderingReport:
    """Outcome of showing images otherwise.

    Attributes:
        changes: What the operation touched.
        left_out: Images that stay as they were, as they have no such bands or cannot be read, and why.
    """

    changes: OpChanges
    left_out: tuple[SkippedFile, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class BandSource:
    """The bands of an image, or of the scene that a tile is of.

    Attributes:
        names: What each of them is, in GDAL's words.
        shown: Which are shown, from 1.
        sample: Reads some of them, evenly spread; raises `ImageError`.
        orientation: EXIF's, which samples are not turned by.
        first: `ImageInfo.rendering` as it is when the image is added.
    """

    names: tuple[str, ...]
    shown: tuple[int, ...]
    sample: Callable[[tuple[int, ...]], BandSamples]
    orientation: int
    first: Callable[[], str]


def bands_of(project: Project, record: ImageRecord) -> BandSource:
    """The bands of an image, of which none is read yet.

    Raises:
        ImageError: Its file cannot be read, or is not the one that was added.
        ExtraMissingError: It is a tile of a scene, and what reads these is not installed.
    """
    return _of_file(project, record) if record.info.tile is None else _of_scene(project, record)


def _of_file(project: Project, record: ImageRecord) -> BandSource:
    root, info = project.image_root, record.info

    def sample(bands: tuple[int, ...]) -> BandSamples:
        with opened_as_added(root, info) as (path, file, page):
            return sample_file(path, file, bands, page=page)

    def first() -> str:
        with opened_as_added(root, info) as (path, file, page):
            found = first_rendering(path, file, page=page, is_placed=bool(info.georeference))
        return "" if found is None else rendering.to_text(found)

    with opened_as_added(root, info) as (path, file, page):
        names = bands_of_file(path, file, page=page)
    return BandSource(names, _shown(info, names), sample, info.orientation, first)


def _of_scene(project: Project, record: ImageRecord) -> BandSource:
    path = path_below(project.image_root, file_of_tile(record.path))
    header = read_header(path)
    whole = Box(0, 0, header.width, header.height)
    scale = min(1.0, (SAMPLED_PIXELS / (header.width * header.height)) ** 0.5)
    size = max(1, round(header.width * scale)), max(1, round(header.height * scale))

    def sample(bands: tuple[int, ...]) -> BandSamples:
        values, valid = read_samples(path, whole, bands, size=size)
        nodata = () if header.reference is None or header.reference.nodata is None else (header.reference.nodata,)
        return BandSamples(values, np.ones(values.shape[:2], np.bool_) if valid is None else valid, nodata)

    scene = scene_of(project, record)
    first = record.info.rendering if scene is None else scene.rendering
    return BandSource(header.colors, _shown(record.info, header.colors), sample, 1, lambda: first)


def _shown(info: ImageInfo, names: tuple[str, ...]) -> tuple[int, ...]:
    kept = rendering.from_text(info.rendering)
    return preset_bands(names, RGB) if kept is None or max(kept.bands) > len(names) else kept.bands


def change_renderings(
    project: Project, choice: BandChoice | None, image_ids: Collection[int] | None = None
) -> Generator[Progress, None, RenderingReport]:
    """Show images otherwise: one undoable operation, which is made when all of them have been read.

    Args:
        project: Open for writing.
        choice: Which bands, and how they are stretched, each image by its own values; None for how each of them was
            shown when it was added.
        image_ids: Which images; all if left out. Of a tile, all tiles of its scene.

    Yields:
        One tick per image, named by its path.

    Raises:
        ExtraMissingError: There are tiles of scenes among them, and what reads these is not installed.
    """
    records = [record for record in queries.images(project) if image_ids is None or record.id in image_ids]
    found: dict[int, str] = {}
    of_scene: dict[str, str | None] = {}
    left_out: list[SkippedFile] = []
    for number, record in enumerate(records):
        yield Progress(number, len(records), record.path)
        scene = None if record.info.tile is None else file_of_tile(record.path)
        if scene in of_scene:
            continue
        text = None
        try:
            found[record.id] = text = _chosen(project, record, choice)
        except ExtraMissingError:
            raise
        except AcsegError as error:
            path, reason = scene or record.path, error.reason if isinstance(error, ImageError) else str(error)
            left_out.append(SkippedFile(path, reason))
        if scene is not None:
            of_scene[scene] = text
    for record in queries.images(project):
        text = None if record.info.tile is None else of_scene.get(file_of_tile(record.path))
        if text is not None:
            found[record.id] = text
    return RenderingReport(set_renderings(project, found), tuple(left_out))


def _chosen(project: Project, record: ImageRecord, choice: BandChoice | None) -> str:
    source = bands_of(project, record)
    if choice is None:
        return source.first()
    bands = choice.bands_of(source.names, now=source.shown)
    return rendering.to_text(choice.rendering(bands, source.sample(bands)))


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """What an image would look like.

    Attributes:
        rgb: (h, w, 3) uint8; of a tile, all of its scene.
        rendering: As `ImageInfo.rendering`; "" for what its file's kind says.
    """

    rgb: NDArray[np.uint8]
    rendering: str


class Previews:
    """Previews of one image; the bands looked at last are kept, so that another stretch of them is quick.

    Args:
        project: It is of.
        record: The image.

    Attributes:
        source: Its bands.

    Raises:
        ImageError: See `bands_of`.
        ExtraMissingError: Likewise.
    """

    def __init__(self, project: Project, record: ImageRecord) -> None:
        self._root, self._info = project.image_root, record.info
        self.source = bands_of(project, record)
        self._kept: tuple[tuple[int, ...], BandSamples] | None = None

    def of(self, choice: BandChoice | None, *, side: int) -> Preview:
        """How it would look by a choice, or as it was when it was added.

        Args:
            choice: See `change_renderings`.
            side: Of the picture in pixels, at most.

        Raises:
            BandsError: It has no such band.
            ImageError: It cannot be read.
        """
        if choice is None:
            text = self.source.first()
            shown = rendering.from_text(text)
        else:
            bands = choice.bands_of(self.source.names, now=self.source.shown)
            shown = choice.rendering(bands, self._samples(bands))
            text = rendering.to_text(shown)
        if shown is None:
            return Preview(_reduced(load_added(self._root, replace(self._info, rendering="")).rgb, side), text)
        rgb = _reduced(self._samples(shown.bands).shown(shown), side)
        return Preview(turned(rgb, self.source.orientation), text)

    def _samples(self, bands: tuple[int, ...]) -> BandSamples:
        if self._kept is None or self._kept[0] != bands:
            self._kept = bands, self.source.sample(bands)
        return self._kept[1]


def _reduced(rgb: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    height, width = rgb.shape[:2]
    scale = side / max(height, width)
    if scale >= 1:
        return rgb
    return np.asarray(shrunk(rgb, (max(1, round(width * scale)), max(1, round(height * scale)))), np.uint8)
