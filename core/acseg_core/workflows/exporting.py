"""Labels out of a project: the images chosen, split, written in a format, and the report of what that lost."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from acseg_core.errors import ExportError
from acseg_core.formats.chips import ChipCutter, Chips
from acseg_core.formats.dataset import Dataset, DatasetSettings, ExportedImage, Frame
from acseg_core.formats.file_names import distinct_names, tile_names
from acseg_core.formats.format import ARCHIVES, ENDINGS, Format, format_called
from acseg_core.formats.image_files import ImageFiles, add_image, add_picture
from acseg_core.formats.instances import InstanceRule, ShapeOptions
from acseg_core.formats.mosaics import file_path
from acseg_core.formats.selection import ImageChoice, select_images
from acseg_core.formats.splits import Split, Splits, split_images
from acseg_core.output.folders import OutputFolder, check_folder, write_folder
from acseg_core.output.protected import write_output
from acseg_core.reports import ExportReport
from acseg_core.store import Project, queries
from acseg_core.store.inputs import refuse_inputs
from acseg_core.store.queries import seam_queries
from acseg_core.store.queries.image_list import images_by_id
from acseg_core.types import Progress
from acseg_core.workflows.links import links_of

LABELLED_UPRIGHT = (
    "photos rotated by EXIF, with labels for the upright picture; for a trainer that ignores EXIF, export rotated "
    "photos as stored in the file"
)
"""Files have their EXIF data, and labels follow it: who ignores it sees the picture lying on its side."""

LABELLED_AS_STORED = (
    "photos rotated by EXIF, with labels for the picture as stored; for a trainer that follows EXIF, such as "
    "Ultralytics, export rotated photos as displayed"
)
"""Files have their EXIF data, and labels ignore it."""

NO_PICTURES = "tiles of scenes whose pictures are nowhere yet; export with copies of the image files"
"""Tiles have no files of their own."""


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """What leaves, and how.

    Attributes:
        images: Which images; None takes those that are done, or all with ``all_regions`` or ``image_ids``.
        image_ids: Only some of these images.
        with_problems: Images whose files are missing or changed, too (see `acseg_core.formats.selection`).
        all_regions: Take every region, so that each image is covered exactly once, but for what is void. Those that
            are not exported by name (unnamed, rejected and void ones, ones without the status asked for) get category
            "region", whose id is one above those of all labels. A label that is itself named "region" is that category.
        status: "accepted" exports regions whose name was accepted; "any" every named region that is not rejected.
        instances: "parts" writes a shape for each part of a thing's region (`acseg_core.shapes.parts`), and one for
            each region of stuff; "region" one for every region. None: parts, but regions with ``all_regions``.
        polygons: Polygons where the format takes masks, too, or masks where it takes polygons, too; None does what its
            tools are used to. Holes of polygons are cut open by bridges of no width.
        tolerance: Pixels that the outline of a polygon may be away from the true one, to have fewer points. With 0
            polygons are exactly the masks; with more, neighbours may overlap or leave gaps of that width.
        simplify: Pixels by about which borders may move, in formats that simplify neighbours together.
        degrees: Longitude and latitude on WGS 84, in formats that may have other coordinates.
        fill_holes: Holes of polygons with fewer pixels are filled.
        split: Into which parts the data set is split; None leaves it whole.
        chips: Pictures of one size that scenes leave as, not as tiles, always with the pictures; None
            leaves them as tiles.
        with_images: Whether image files come along; None does what the format's readers need.
        frame: Which way up turned photos are.
        into: A folder with other files in it may be written into.
    """

    images: ImageChoice | None = None
    image_ids: Collection[int] | None = None
    with_problems: bool = False
    all_regions: bool = False
    status: Literal["accepted", "any"] = "accepted"
    instances: InstanceRule | None = None
    polygons: bool | None = None
    tolerance: float = 0
    fill_holes: float = 0
    simplify: float = 0
    degrees: bool = False
    split: Split | None = None
    chips: Chips | None = None
    with_images: ImageFiles | None = None
    frame: Frame = Frame.DISPLAYED
    into: bool = False

    @property
    def choice(self) -> ImageChoice:
        """Which images are taken."""
        whole = self.image_ids is None and not self.all_regions
        return self.images or (ImageChoice.DONE if whole else ImageChoice.ALL)

    def shapes(self, format_: Format) -> ShapeOptions:
        """How regions become shapes of a format."""
        rule: InstanceRule = self.instances or ("region" if self.all_regions else "parts")
        polygons = format_.is_polygons if self.polygons is None else self.polygons
        return ShapeOptions(rule, polygons, self.tolerance, self.fill_holes)


def export_labels(
    project: Project, out: Path, format_: Format, settings: ExportSettings | None = None
) -> Generator[Progress, None, ExportReport]:
    """Write the labels of a project as files of a format; memory stays flat however many images there are.

    Closing the generator before its end leaves ``out`` as it was.

    Args:
        project: May be read-only.
        out: The file or folder; see `is_file`. One that an export made is replaced.
        format_: One that writes.
        settings: What leaves, and how.

    Yields:
        Progress after each image; its message is the image's path.

    Raises:
        NothingToExportError: No image is left; ``out`` is as it was.
        ExportError: The format cannot hold it, or ``out`` ends like files of another kind.
        StorageError: It cannot be written, or something precious is there.
    """
    settings = settings or ExportSettings()
    if format_.write is None:
        raise ExportError(f"{format_.title} is read, but not written; choose another format")
    as_file = is_file(format_, out, settings)
    if as_file:
        refuse_inputs(out, project)
    else:
        check_folder(out, into=settings.into)
    check_ending(format_, out, settings)
    selection = yield from select_images(
        project,
        settings.choice,
        image_ids=settings.image_ids,
        with_problems=settings.with_problems,
        needs_map=format_.needs_map,
    )
    selection.require_images(project)
    ids = selection.image_ids
    chips = _checked_chips(format_, settings)
    how = ImageFiles.NONE if as_file else settings.with_images or format_.image_files
    assigned = None if settings.split is None else (yield from split_images(project, ids, settings.split))
    dataset = Dataset(
        project,
        ids,
        DatasetSettings(
            all_regions=settings.all_regions,
            status=settings.status,
            shapes=settings.shapes(format_),
            frame=settings.frame,
            links=_links(project) if format_.simplifies or chips is not None else None,
            degrees=settings.degrees and format_.has_degrees,
            simplify=settings.simplify if format_.simplifies else 0,
            splits=None if assigned is None else assigned.splits,
            split_names=() if settings.split is None else tuple(settings.split.shares),
            divide=None if chips is None else _cutter(project, chips, assigned),
            names=_names(project, ids, format_, as_file=as_file, joins_tiles=format_.joins_tiles or chips is not None),
            image_files=how if chips is None else ImageFiles.COPY,
        ),
        kept=format_.keeps,
    )
    _check_room(format_, dataset)
    yield Progress(0, len(ids))
    if as_file:
        assert format_.write_file is not None
        with write_output(out) as file:
            yield from _followed(dataset, format_.write_file(dataset, file), len(ids), is_joined=format_.joins_tiles)
        files = 1
    else:
        with write_folder(out, into=settings.into) as folder:
            written = format_.write(dataset, folder)
            with_images = _with_images(written, folder, format_, dataset)
            yield from _followed(dataset, with_images, len(ids), is_joined=format_.joins_tiles)
            files = len(folder.names)
    counts = dataset.counts
    return ExportReport(
        path=out,
        images=counts.images,
        annotations=counts.shapes,
        categories=len(dataset.categories),
        regions=counts.regions,
        negatives=counts.negatives,
        left_out=selection.left_out,
        shapes=dataset.shapes.report,
        format=format_.key,
        files=files,
        lost={feature.value: count for feature, count in counts.features.items()},
        splits={} if settings.split is None else {name: counts.splits[name] for name in settings.split.shares},
        split_notes=() if assigned is None else assigned.notes,
        cautions=dataset.notes.parts(),
    )


def preview_losses(
    project: Project, format_: Format, settings: ExportSettings
) -> Generator[Progress, None, dict[str, int]]:
    """What of a project a format cannot say, before anything is written: `ExportReport.lost` of that export.

    Every region is read for it, unless the format keeps all that could be lost of a region.

    Yields:
        Progress after each image.
    """
    selection = yield from select_images(
        project,
        settings.choice,
        image_ids=settings.image_ids,
        with_problems=settings.with_problems,
        needs_map=format_.needs_map,
    )
    dataset = Dataset(
        project,
        selection.image_ids,
        DatasetSettings(all_regions=settings.all_regions, status=settings.status, shapes=settings.shapes(format_)),
        kept=format_.keeps,
    )
    for number, image in enumerate(dataset.images(), 1):
        yield Progress(number, len(selection.image_ids), image.record.path)
    return {feature.value: count for feature, count in dataset.counts.features.items()}


def export_coco(
    project: Project,
    out: Path,
    *,
    all_regions: bool = False,
    status: Literal["accepted", "any"] = "accepted",
    instances: InstanceRule | None = None,
    polygons: bool = False,
    images: ImageChoice | None = None,
    tolerance: float = 0,
    fill_holes: float = 0,
    image_ids: Collection[int] | None = None,
    with_problems: bool = False,
) -> Generator[Progress, None, ExportReport]:
    """Write the named regions of a project as one COCO file: `export_labels` for notebooks; see `ExportSettings`."""
    settings = ExportSettings(
        images=images,
        image_ids=image_ids,
        with_problems=with_problems,
        all_regions=all_regions,
        status=status,
        instances=instances,
        polygons=polygons,
        tolerance=tolerance,
        fill_holes=fill_holes,
    )
    return export_labels(project, out, format_called("coco"), settings)


def is_file(format_: Format, out: Path, settings: ExportSettings) -> bool:
    """Whether an export is one file, not a folder: where the format can, and the name ends as its files do."""
    has_images = settings.with_images not in (None, ImageFiles.NONE) or settings.chips is not None
    if format_.write_file is None or settings.split is not None or has_images:
        return False
    return not out.is_dir() and (format_.image_files is ImageFiles.NONE or out.suffix.lower() in format_.suffixes)


def check_ending(format_: Format, out: Path, settings: ExportSettings) -> None:
    """Refuse a name that says of what would be written that it is something else, such as "labels.zip" of COCO's JSON.

    Folders that are there may be called as they are, and endings that mean nothing here are part of a name.

    Raises:
        ExportError: The name ends like files of another kind.
    """
    ending = out.suffix.lower()
    if ending not in ENDINGS or out.is_dir():
        return
    title = format_.title
    if not is_file(format_, out, settings):
        raise ExportError(
            f"{out}: {title} is written as a folder here, with a split, chips or image files; leave out {ending}"
            if format_.write_file is not None and ending in format_.suffixes
            else f"{out}: {title} is written as a folder; leave out {ending}"
        )
    if ending not in format_.suffixes:
        right = format_.suffixes[0]
        raise ExportError(
            f"{out}: {title} is written as {right}; call it {out.stem}{right}, and pack it yourself"
            if ending in ARCHIVES
            else f"{out}: {title} is written as {right}; call it {out.stem}{right}"
        )


def _followed(
    dataset: Dataset, written: Iterator[ExportedImage], total: int, *, is_joined: bool
) -> Generator[Progress, None, None]:
    has_pictures = dataset.settings.image_files is not ImageFiles.NONE
    for image in written:
        if image.pixels is not None and not has_pictures and not is_joined:
            dataset.notes.add(NO_PICTURES, image.record.path)
        yield Progress(dataset.counts.images, max(total, dataset.counts.images), image.record.path)


def _with_images(
    written: Iterator[ExportedImage], folder: OutputFolder, format_: Format, dataset: Dataset
) -> Iterator[ExportedImage]:
    """Put the image files into the folder as their labels are written, and tell of those that EXIF turns."""
    how, is_stored = dataset.settings.image_files, dataset.settings.frame is Frame.STORED
    for image in written:
        orientation, is_upright = image.record.info.orientation, False
        if image.pixels is not None and how is not ImageFiles.NONE and not format_.joins_tiles:
            add_picture(folder, format_.image_name(image), image.pixels())
        elif image.pixels is None and how is not ImageFiles.NONE:
            turn = orientation if is_stored else 1
            is_copied = add_image(folder, format_.image_name(image), image.source, how, orientation=turn)
            is_upright = not is_copied and not is_stored
        if orientation > 1 and not is_upright and (is_stored or how is not ImageFiles.NONE):
            dataset.notes.add(LABELLED_AS_STORED if is_stored else LABELLED_UPRIGHT, image.record.path)
        yield image


def _links(project: Project) -> dict[int, int]:
    """Which regions of tiles are one thing over a seam, by their ids."""
    found: dict[int, int] = {}
    for scene_id in seam_queries.scene_ids(project):
        found |= links_of(project, scene_id)
    return found


def _checked_chips(format_: Format, settings: ExportSettings) -> Chips | None:
    """Refuse chips in formats that have none."""
    if settings.chips is not None and not format_.has_chips:
        raise ExportError(f"{format_.title} is not written as chips; choose COCO, YOLO or label maps")
    return settings.chips


def _cutter(project: Project, chips: Chips, assigned: Splits | None) -> ChipCutter:
    """What cuts chips; as images they have ids above those of all images."""
    first = max(queries.image_ids(project), default=0) + 1
    if assigned is None:
        return ChipCutter(chips, project.image_root, first_id=first)
    return ChipCutter(chips, project.image_root, first_id=first, block_side=assigned.block_side, splits=assigned.blocks)


def _names(
    project: Project, ids: Collection[int], format_: Format, *, as_file: bool, joins_tiles: bool
) -> dict[int, str]:
    """What images are called where that is not their path."""
    records = images_by_id(project, ids)
    paths = {id_: records[id_].path for id_ in ids}
    tiles = [id_ for id_ in ids if records[id_].info.tile is not None]
    if joins_tiles:
        names = _joined_names({id_: file_path(records[id_]) for id_ in ids}, tiles)
        return names if format_.by_stem else {id_: name for id_, name in names.items() if id_ in tiles}
    names = tile_names(paths, tiles)
    return names | distinct_names(paths | names) if format_.by_stem and not as_file else names


def _joined_names(files: Mapping[int, str], tiles: Collection[int]) -> dict[int, str]:
    """Names that the tiles of a scene have in common."""
    firsts = {files[id_]: id_ for id_ in tiles}
    names = distinct_names({id_: file for id_, file in files.items() if firsts.get(file, id_) == id_})
    scenes = {files[id_]: names.get(firsts[files[id_]], files[id_]) for id_ in tiles}
    return names | {id_: scenes[files[id_]] for id_ in tiles}


def _check_room(format_: Format, dataset: Dataset) -> None:
    """Refuse more labels than a format has numbers for."""
    count = sum(category.name.casefold() not in format_.own_labels for category in dataset.categories)
    most = format_.most_labels
    if most is None or count <= most:
        return
    if format_.own_labels:
        raise ExportError(
            f"{format_.title} has room for {most} labels, and there are {count} beside its own; choose another format"
        )
    raise ExportError(f"{format_.title} has room for {most} labels, and there are {count}; choose another format")
