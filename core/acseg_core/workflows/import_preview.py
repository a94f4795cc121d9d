"""What an import would do, without doing it: images found or not, names, and the first pictures with their shapes.

It goes through the file once, in flat memory: shapes are counted, and made masks for the few images that are shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from acseg_core.errors import LabelFileError, UnclearFieldError
from acseg_core.formats.labelled import FileImage, FileLabel, LabelledFiles
from acseg_core.formats.map_images import AS_IT_IS, MapOptions
from acseg_core.formats.matching import Match, Matches
from acseg_core.formats.placing import Overlaps, SizeMismatchError, check_sizes, covered, masks_of, without_overlaps
from acseg_core.reports import UnusedPart
from acseg_core.shapes.run_lengths import is_empty
from acseg_core.store import Project, queries
from acseg_core.store.edits.ingest import images_with_user_work
from acseg_core.store.records import name_key
from acseg_core.types import ImageRecord, Progress, Rle, SkippedFile
from acseg_core.workflows.importing import check_matches
from acseg_core.workflows.map_import import find_on_map, matches_of

SHOWN = 12
"""Images whose shapes are made masks."""

_LISTED = 1000
"""Images that would be left alone and are named; the rest is only counted."""


@dataclass(frozen=True, slots=True, eq=False)
class PreviewedImage:
    """One of the first images, with the shapes of the file.

    Attributes:
        record: In the project.
        labels: Names in the file, one for each mask.
        masks: Of the photo as displayed; they may overlap or be empty.
        has_work: Whether a person has worked on it.
        covered: How many of the shapes would lie wholly under later ones.
    """

    record: ImageRecord
    labels: tuple[str, ...]
    masks: tuple[Rle, ...]
    has_work: bool
    covered: int = 0

    def placed(self, names: Mapping[str, str], overlaps: Overlaps) -> list[tuple[str, Rle]]:
        """The shapes as they would come: a name of the project and its pixels each, without overlaps.

        Args:
            names: The project's name for names of the file, "" to leave a label out; others keep theirs.
            overlaps: Which of several shapes has a pixel.
        """
        wanted = [(names.get(label, label), mask) for label, mask in zip(self.labels, self.masks, strict=True)]
        wanted = [(name, mask) for name, mask in wanted if name]
        kept = without_overlaps([mask for _, mask in wanted], overlaps)
        return [(name, mask) for (name, _), mask in zip(wanted, kept, strict=True) if not is_empty(mask)]


@dataclass(frozen=True, slots=True, eq=False)
class ImportPreview:
    """What an import would do.

    Attributes:
        labels: All labels of the file, in its order.
        known: Keys of the names of the project's labels.
        shapes: How many shapes each label has in the images that were read and found, by its name in the file.
        matches: Images of the file and those of the project.
        total: Images in the file.
        read: Those that were read so far.
        images: The first of those that would get something.
        worked_on: Images found on which a person has worked.
        left_out: Images found that would be left alone, and why; the first of them.
        left_out_count: How many those are.
        unused: What of the file cannot be used.
        notes: What else of it is not kept, one line each.
        problem: Why nothing can be imported at all, or "".
        is_list: It is a list of labels, without images.
        by_place: Whether images were found by where they lie on a map, not by their names.
        fields: The attributes that could say the labels.
        field: The one that does, or "".
    """

    labels: tuple[FileLabel, ...]
    known: frozenset[str]
    shapes: Mapping[str, int] = field(default_factory=dict)
    matches: Matches = field(default_factory=lambda: Matches({}))
    total: int = 0
    read: int = 0
    images: tuple[PreviewedImage, ...] = ()
    worked_on: int = 0
    left_out: tuple[SkippedFile, ...] = ()
    left_out_count: int = 0
    unused: tuple[UnusedPart, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str = ""
    is_list: bool = False
    by_place: bool = False
    fields: tuple[str, ...] = ()
    field: str = ""

    def is_known(self, name: str) -> bool:
        """Whether the project has a label of that name."""
        return name_key(name) in self.known

    @property
    def covered(self) -> int:
        """How many shapes of the first images would lie wholly under later ones."""
        return sum(image.covered for image in self.images)

    @property
    def is_complete(self) -> bool:
        """Whether all images of the file were read."""
        return self.read >= self.total


@dataclass(frozen=True, slots=True)
class PreviewTick(Progress):
    """Progress with what is known so far."""

    preview: ImportPreview | None = None


def preview_import(
    project: Project,
    path: Path,
    files: LabelledFiles,
    *,
    match: Match | None = None,
    on_map: MapOptions = AS_IT_IS,
    most: int | None = None,
) -> Generator[PreviewTick, None, ImportPreview]:
    """Find out what importing a file would do.

    Args:
        project: Open; nothing of it is changed.
        path: What is read, for messages.
        files: Its content.
        match: What of the images' names must agree; None tries path, name and stem in turn.
        on_map: What is read of labels on a map.
        most: Images of the file that are read at most; None is all.

    Yields:
        One tick per image of the file, with what is known by then. Of labels on a map, ticks come before that while
        images are looked for.

    Raises:
        LabelFileError: Something in the file makes no sense.
        StorageError: It cannot be read.
    """
    records = {record.path: record for record in queries.images(project)}
    try:
        files = yield from _finding(find_on_map(path, files, records.values(), on_map))
    except UnclearFieldError as error:
        preview = ImportPreview((), frozenset(), problem=str(error), by_place=True, fields=error.fields)
        yield PreviewTick(0, 0, preview=preview)
        return preview
    reading = _Reading(project, path, files, records, match)
    yield PreviewTick(0, len(files.names), preview=reading.preview())
    if files.is_list:
        return reading.preview()
    last = len(files.names) if most is None else min(most, len(files.names))
    for image in files.images():
        reading.add(image)
        yield PreviewTick(reading.read, len(files.names), image.name, reading.preview())
        if last <= reading.read < len(files.names):
            break
    if files.by_place:  # what is used nowhere is known now
        yield PreviewTick(reading.read, len(files.names), preview=reading.preview())
    return reading.preview()


def _finding(work: Generator[Progress, None, LabelledFiles]) -> Generator[PreviewTick, None, LabelledFiles]:
    while True:
        try:
            tick = next(work)
        except StopIteration as stop:
            files: LabelledFiles = stop.value
            return files
        yield PreviewTick(tick.done, tick.total)


class _Reading:
    """An import that is looked at image by image."""

    def __init__(
        self,
        project: Project,
        path: Path,
        files: LabelledFiles,
        records: Mapping[str, ImageRecord],
        match: Match | None,
    ) -> None:
        self._files = files
        self.read = 0
        self._shapes: Counter[str] = Counter()
        self._shown: list[PreviewedImage] = []
        self._left_out: list[SkippedFile] = []
        self._left_out_count = 0
        self._records = records
        self._matches = matches_of(files, self._records, match)
        self._problem = "" if files.is_list else _problem(path, self._matches, self._records)
        self._worked_on = images_with_user_work(project)
        self._known = frozenset(name_key(label.name) for label in queries.labels(project))
        found = (self._records[found].id for found in self._matches.paths.values())
        self._found_worked_on = sum(image_id in self._worked_on for image_id in found)

    def add(self, image: FileImage) -> None:
        self.read += 1
        found = self._matches.paths.get(image.name)
        if found is None or not image.shapes:
            return
        record = self._records[found]
        try:
            if record.problem:
                self._leave_out(record, record.problem)
                return
            check_sizes(image, record.info)
            if len(self._shown) < SHOWN:
                masks = tuple(masks_of(image, record.info))
                labels = tuple(shape.label for shape in image.shapes)
                hidden = covered(masks, without_overlaps(masks, Overlaps.LATER))
                self._shown.append(PreviewedImage(record, labels, masks, record.id in self._worked_on, hidden))
        except SizeMismatchError as error:
            self._leave_out(record, str(error))
            return
        self._shapes.update(shape.label for shape in image.shapes)

    def preview(self) -> ImportPreview:
        return ImportPreview(
            labels=self._files.labels,
            known=self._known,
            shapes=dict(self._shapes),
            matches=self._matches,
            total=len(self._files.names),
            read=self.read,
            images=tuple(self._shown),
            worked_on=self._found_worked_on,
            left_out=tuple(self._left_out),
            left_out_count=self._left_out_count,
            unused=self._files.left_out.parts(),
            notes=self._files.notes,
            problem=self._problem,
            is_list=self._files.is_list,
            by_place=self._files.by_place,
            fields=self._files.fields,
            field=self._files.field,
        )

    def _leave_out(self, record: ImageRecord, reason: str) -> None:
        self._left_out_count += 1
        if len(self._left_out) < _LISTED:
            self._left_out.append(SkippedFile(record.path, reason))


def _problem(path: Path, matches: Matches, records: Mapping[str, ImageRecord]) -> str:
    try:
        check_matches(path, matches, records)
    except LabelFileError as error:
        return str(error)
    return ""
