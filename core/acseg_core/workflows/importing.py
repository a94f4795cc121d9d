"""Labels of other tools into a project: their images found, their names made labels, their shapes made regions.

One undo step for all, saved image by image: what is done when it is stopped or killed is whole, and importing the same
file again goes on where it was, in the same undo step if nothing was edited meanwhile. What could mean two images, or
two labels, is refused before anything is changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from acseg_core.errors import EditError, LabelFileError, quoted
from acseg_core.formats.labelled import FileImage, FileLabel, LabelledFiles, Unused
from acseg_core.formats.map_images import AS_IT_IS, MapOptions
from acseg_core.formats.matching import Match, Matches
from acseg_core.formats.placing import Overlaps, SizeMismatchError, covered, masks_of, without_overlaps
from acseg_core.formats.remarks import NO_REMARKS
from acseg_core.reports import ImportReport
from acseg_core.shapes.run_lengths import is_empty
from acseg_core.store import Project, queries
from acseg_core.store.edits.ingest import has_user_work
from acseg_core.store.edits.known_labels import KnownLabels
from acseg_core.store.edits.label_list import LabelEntry, import_labels
from acseg_core.store.edits.labels import make_label
from acseg_core.store.edits.remarks import bring_remarks
from acseg_core.store.edits.runs import begin_long_edit, extended, finish_run
from acseg_core.store.edits.shape_import import ImportedAs, ImportedShape, Onto, import_shapes
from acseg_core.store.queries.label_queries import clean_name
from acseg_core.store.records import name_key
from acseg_core.store.settings import UNFINISHED_IMPORT, put_setting, read_setting, write_setting
from acseg_core.types import ImageRecord, Progress, SkippedFile
from acseg_core.verbs import Verb
from acseg_core.workflows.map_import import find_on_map, matches_of

_NAMED = 3
"""Examples that a message names."""

_LONGEST = 200
"""Characters of each of them."""


@dataclass(frozen=True, slots=True)
class ImportSettings:
    """How labels are brought in.

    Attributes:
        match: What of the images' names must agree; None tries path, name and stem in turn.
        names: The project's name for names of the file, "" to leave a label out; others keep theirs.
        as_: What the names count as.
        onto: What happens where a person has worked already.
        overlaps: Which of several shapes has a pixel.
        keep_open: Images do not become done by accepted names.
        on_map: What is read of labels on a map.
    """

    match: Match | None = None
    names: Mapping[str, str] | None = None
    as_: ImportedAs = ImportedAs.ACCEPTED
    onto: Onto = Onto.REST
    overlaps: Overlaps = Overlaps.LATER
    keep_open: bool = False
    on_map: MapOptions = AS_IT_IS

    def name_of(self, name: str) -> str:
        """The project's name for a name of the file; "" if that is left out."""
        return (self.names or {}).get(name, name)

    def ends_review(self, image: FileImage) -> bool:
        """Whether an image is done with what the file says of it."""
        if self.as_ is not ImportedAs.ACCEPTED or self.keep_open:
            return False
        return bool(image.shapes) or image.is_negative


def import_files(
    project: Project, path: Path, files: LabelledFiles, settings: ImportSettings
) -> Generator[Progress, None, ImportReport]:
    """Put the labels of a file into a project, one undo step for all.

    Args:
        project: Open for writing.
        path: What was read, for messages.
        files: Its content.
        settings: How.

    Yields:
        One tick per image of the file, with its path in the project if it is there; its regions are committed by then.
        Of labels on a map, ticks without a path come before, while images are looked for.

    Raises:
        LabelFileError: No image is found, one name could mean two, or something in the file makes no sense.
        StorageError: The disk is full; the images before are kept.
    """
    records = {record.path: record for record in queries.images(project)}
    files = yield from find_on_map(path, files, records.values(), settings.on_map)
    check_names(path, files.labels, settings)
    if files.is_list:
        return _import_list(project, path, files, settings)
    matches = matches_of(files, records, settings.match)
    check_matches(path, matches, records)
    counts = _Counts(unmatched=list(matches.unknown))
    identity = _identity(path, settings)
    run_id = begin_long_edit(project, verb=Verb.IMPORT_SHAPES, goes_on_with=_stopped(project, identity))
    try:
        yield Progress(0, len(files.names))
        label_ids: dict[str, int] | None = None
        for number, image in enumerate(files.images(), 1):
            if image.name in matches.paths:
                record = records[matches.paths[image.name]]
                label_ids = _import_one(
                    project, run_id, record, image, settings, files.labels, label_ids, counts, identity
                )
            yield Progress(number, len(files.names), matches.paths.get(image.name, image.name))
    finally:
        finish_run(project, run_id)
    if read_setting(project, UNFINISHED_IMPORT):
        write_setting(project, UNFINISHED_IMPORT, "")
    return counts.report(files)


def check_matches(path: Path, matches: Matches, records: Mapping[str, ImageRecord]) -> None:
    """Refuse what could mean two images, and what means none.

    Raises:
        LabelFileError: It does.
    """
    for name, paths in (matches.ambiguous or {}).items():
        could = f"{_listed([name])} could be {_listed(paths)}"
        raise LabelFileError(f"{path}: {could}; match by path, or rename one of the two (nothing was changed)")
    for image, names in (matches.shared or {}).items():
        raise LabelFileError(f"{path}: {_listed(names)} all match {image}; match by path (nothing was changed)")
    if not matches.paths:
        known = f"the project has {_listed(list(records))}" if records else "the project has no images yet"
        raise LabelFileError(
            f"{path}: none of its images is in the project: the file names {_listed(matches.unknown)}, {known}"
        )


def check_names(path: Path, labels: Collection[FileLabel], settings: ImportSettings) -> None:
    """Refuse names that can be no label's, and names to be replaced that the file has not.

    Raises:
        LabelFileError: There are some.
    """
    for label in labels:
        try:
            if settings.name_of(label.name):
                clean_name(settings.name_of(label.name))
        except EditError as error:
            raise LabelFileError(f'{path}: label "{quoted(label.name)}": {error}') from error
    unknown = [name for name in settings.names or {} if name not in {label.name for label in labels}]
    if unknown:
        raise LabelFileError(f"{path}: it has no label {_listed(unknown)}; check the names to be replaced")


@dataclass(slots=True)
class _Counts:
    """What an import has done so far."""

    unmatched: list[str]
    images: int = 0
    regions: int = 0
    unchanged: int = 0
    empty: int = 0
    covered: int = 0
    comments: int = 0
    labels: tuple[str, ...] = ()
    is_marked: bool = False
    left_out: list[SkippedFile] | None = None
    other_comments: Unused = field(default_factory=Unused)

    def leave_out(self, path: str, reason: str) -> None:
        self.left_out = [*(self.left_out or []), SkippedFile(path, reason)]

    def report(self, files: LabelledFiles) -> ImportReport:
        return ImportReport(
            images=self.images,
            regions=self.regions,
            unchanged=self.unchanged,
            labels=self.labels,
            unmatched=tuple(self.unmatched),
            left_out=tuple(self.left_out or ()),
            empty=self.empty,
            covered=self.covered,
            comments=self.comments,
            unused=(*files.left_out.parts(), *self.other_comments.parts()),
            notes=files.notes,
        )


def _import_list(project: Project, path: Path, files: LabelledFiles, settings: ImportSettings) -> ImportReport:
    """Take over a list of labels; those of the same name become as it says."""
    entries = [
        LabelEntry(
            clean_name(settings.name_of(label.name)),
            color=label.color,
            hotkey=label.hotkey,
            supercategory=label.supercategory,
            is_thing=label.is_thing,
            is_void=label.is_void,
        )
        for label in files.labels
        if settings.name_of(label.name)
    ]
    try:
        report, _ = import_labels(project, entries)
    except EditError as error:
        raise LabelFileError(f"{path}: {error}") from error
    return ImportReport(labels=report.created, changed=report.changed, notes=files.notes, is_list=True)


def _import_one(
    project: Project,
    run_id: int,
    record: ImageRecord,
    image: FileImage,
    settings: ImportSettings,
    labels: Collection[FileLabel],
    label_ids: dict[str, int] | None,
    counts: _Counts,
    identity: str,
) -> dict[str, int] | None:
    """Import one image; the labels are made with the first of them, as part of the same step."""
    if record.problem:
        counts.leave_out(record.path, record.problem)
        return label_ids
    if not image.shapes and not image.is_negative and image.remarks == NO_REMARKS:
        return label_ids
    wanted = [shape for shape in image.shapes if settings.name_of(shape.label)]
    try:
        placed = masks_of(FileImage(image.name, wanted, image.size), record.info)
    except SizeMismatchError as error:
        counts.leave_out(record.path, str(error))
        return label_ids
    masks = without_overlaps(placed, settings.overlaps)
    counts.empty += sum(map(is_empty, masks))
    counts.covered += covered(placed, masks)
    is_reviewed = _stays_reviewed(project, record, image, settings)
    with extended(project, run_id, record.id) as recording:
        if recording is None:
            counts.leave_out(record.path, "edited meanwhile; import again")
            return label_ids
        if label_ids is None:
            known = KnownLabels(recording)
            counts.labels = _make_labels(known, labels, settings)
            label_ids = {name_key(label.name): label.id for label in known.all()}
        shapes = [
            ImportedShape(mask, label_ids[name_key(settings.name_of(shape.label))], shape.is_object)
            for shape, mask in zip(wanted, masks, strict=True)
        ]
        made = import_shapes(
            project,
            recording,
            record.id,
            shapes,
            as_=settings.as_,
            onto=settings.onto,
            done=settings.ends_review(image),
        )
        if not made:
            recording.kept_reviews.add(record.id)
        if bring_remarks(recording, record.id, comment=image.remarks.comment, is_reviewed=is_reviewed):
            counts.other_comments.add("comments on images that have another one, which stays", record.path)
        if not counts.is_marked and recording.changed:
            put_setting(recording.connection, UNFINISHED_IMPORT, f"{recording.operation_id} {identity}")
            counts.is_marked = True
    counts.comments += bool(image.remarks.comment.strip() and not record.comment)
    counts.regions += made
    counts.images += bool(made)
    counts.unchanged += not made
    return label_ids


def _stays_reviewed(project: Project, record: ImageRecord, image: FileImage, settings: ImportSettings) -> bool:
    """Whether what a second person found right is what the image has then: all of it, and nothing else."""
    if not (image.remarks.is_reviewed and settings.ends_review(image)):
        return False
    return all(settings.name_of(shape.label) for shape in image.shapes) and not has_user_work(project, record.id)


def _identity(path: Path, settings: ImportSettings) -> str:
    """What tells the import of one file in one way from others."""
    return hashlib.sha256(f"{path.absolute()} {settings!r}".encode(errors="surrogateescape")).hexdigest()


def _stopped(project: Project, identity: str) -> int | None:
    """The operation of the same import, if that was stopped before it was over."""
    operation_id, _, known = read_setting(project, UNFINISHED_IMPORT).partition(" ")
    return int(operation_id) if known == identity and operation_id.isdecimal() else None


def _make_labels(known: KnownLabels, labels: Collection[FileLabel], settings: ImportSettings) -> tuple[str, ...]:
    """Make the labels that are missing; those that are there stay as they are."""
    made = []
    for label in labels:
        name = settings.name_of(label.name)
        if not name or known.find(name) is not None:
            continue
        made.append(
            make_label(
                known,
                name,
                color=label.color,
                supercategory=label.supercategory or "",
                is_thing=True if label.is_thing is None else label.is_thing,
                is_void=bool(label.is_void),
                category_id=label.category_id,
            ).name
        )
    known.save()
    return tuple(made)


def _listed(names: Collection[str]) -> str:
    shown = ", ".join(f'"{quoted(name, most=_LONGEST)}"' for name in list(names)[:_NAMED])
    return shown if len(names) <= _NAMED else f"{shown} and {len(names) - _NAMED} more"
