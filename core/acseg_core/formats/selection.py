"""Which images an export takes, and why the others stay: one rule for all writers, the window and the command line.

Images are chosen by how far they have come; of those, the ones whose file is missing or not the one that their regions
were made on stay behind, unless they are asked for. The last scan may be old: every file is looked at anew.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from acseg_core.errors import NothingToExportError
from acseg_core.images.files import CHANGED, MISSING, problem_of_added
from acseg_core.images.georef import georeference_of
from acseg_core.images.image_paths import OUTSIDE
from acseg_core.reports import LeftOut
from acseg_core.store import Project, queries
from acseg_core.store.queries.image_list import images_by_id, search_images
from acseg_core.store.queries.image_search import (
    ImageSearch,
    NameKey,
    NameTerm,
    NumberKey,
    NumberTerm,
    Queue,
    Term,
)
from acseg_core.types import ImageStatus, Progress

_IMAGES_AT_ONCE = 256


class ImageChoice(StrEnum):
    """Which images an export takes."""

    DONE = "done"
    """Those a person said to be done."""
    NAMED = "named"
    """Those with a region that has a name."""
    ALL = "all"


_CHOSEN: Mapping[ImageChoice, tuple[Term, ...]] = {
    ImageChoice.DONE: (NameTerm(NameKey.STATUS, (ImageStatus.DONE.value,)),),
    ImageChoice.NAMED: (NumberTerm(NumberKey.NAMED, ">", 0),),
    ImageChoice.ALL: (),
}
_UNCHOSEN: Mapping[ImageChoice, LeftOut] = {
    ImageChoice.DONE: LeftOut.NOT_DONE,
    ImageChoice.NAMED: LeftOut.NOT_NAMED,
}
_PROBLEMS: Mapping[LeftOut, Term] = {
    LeftOut.MISSING: NameTerm(NameKey.QUEUE, (Queue.MISSING.value,)),
    LeftOut.CHANGED: NameTerm(NameKey.QUEUE, (Queue.CHANGED.value,)),
    LeftOut.UNREADABLE: NameTerm(NameKey.QUEUE, (Queue.UNREADABLE.value,)),
}


@dataclass(frozen=True, slots=True)
class ImageSelection:
    """The images of an export.

    Attributes:
        image_ids: Those that are written, in display order.
        left_out: Those that are not, by reason; reasons without any are not in it.
        found: Problems that the project does not know of yet, by path.
    """

    image_ids: tuple[int, ...]
    left_out: Mapping[LeftOut, tuple[int, ...]] = field(default_factory=dict)
    found: Mapping[str, str] = field(default_factory=dict)

    def require_images(self, project: Project) -> None:
        """Refuse an export of nothing.

        Raises:
            NothingToExportError: No image is left, and what to do about it.
        """
        if self.image_ids:
            return
        if LeftOut.NOT_ON_MAP in self.left_out:
            raise NothingToExportError(
                f"{project.folder}: nothing to export: none of the chosen images has map coordinates; look for new "
                "images once if the project is older than this version, put world files beside the images, or choose "
                "another format"
            )
        if any(reason.is_problem for reason in self.left_out):
            raise NothingToExportError(
                f"{project.folder}: nothing to export: every chosen image is missing or has changed on disk; scan "
                "the images again, or relocate them"
            )
        if LeftOut.NOT_DONE in self.left_out:
            raise NothingToExportError(
                f"{project.folder}: nothing to export: no image is done yet; finish one, or export the images with "
                "names, or all of them"
            )
        if LeftOut.NOT_NAMED in self.left_out:
            raise NothingToExportError(
                f"{project.folder}: nothing to export: no region has a name yet; name some, or export all images"
            )
        raise NothingToExportError(f"{project.folder}: nothing to export: no image was chosen")


def select_images(
    project: Project,
    choice: ImageChoice,
    *,
    image_ids: Collection[int] | None = None,
    with_problems: bool = False,
    needs_map: bool = False,
) -> Generator[Progress, None, ImageSelection]:
    """Choose the images of an export, and look whether their files are those that their regions were made on.

    Args:
        project: May be read-only; nothing is noted in it.
        choice: Which.
        image_ids: Only some of these; the others do not count as left out.
        with_problems: Take images whose files are missing or changed, too; no file is looked at then. Those whose path
            leads out of the image folder stay behind.
        needs_map: Only those that have map coordinates.

    Yields:
        A tick for every 256 images whose files were looked at, if there are more.
    """
    asked = _found(project, (), image_ids)
    wanted = _found(project, _CHOSEN[choice], image_ids)
    left_out: dict[LeftOut, tuple[int, ...]] = {}
    if choice in _UNCHOSEN:
        chosen = frozenset(wanted)
        left_out[_UNCHOSEN[choice]] = tuple(id_ for id_ in asked if id_ not in chosen)
    found: dict[str, str] = {}
    taken: list[int] = []
    reasons: dict[LeftOut, list[int]] = {reason: [] for reason in (*_PROBLEMS, LeftOut.NOT_ON_MAP)}
    for start in range(0, len(wanted), _IMAGES_AT_ONCE):
        ids = wanted[start : start + _IMAGES_AT_ONCE]
        records = images_by_id(project, ids)
        for record in (records[id_] for id_ in ids if id_ in records):
            problem = record.problem
            if with_problems and problem != OUTSIDE:  # whoever reads an export would look there
                problem = ""
            elif not problem:
                problem = problem_of_added(project.image_root, record.info)
            if problem:
                reasons[reason_of(problem)].append(record.id)
                found |= {} if record.problem else {record.path: problem}
            elif needs_map and georeference_of(record.info) is None:
                reasons[LeftOut.NOT_ON_MAP].append(record.id)
            else:
                taken.append(record.id)
        if len(wanted) > _IMAGES_AT_ONCE:
            yield Progress(start + len(ids), len(wanted), "looking at the files")
    left_out |= {reason: tuple(ids) for reason, ids in reasons.items()}
    return ImageSelection(tuple(taken), {reason: ids for reason, ids in left_out.items() if ids}, found)


@dataclass(frozen=True, slots=True)
class ExportPreview:
    """What an export would write.

    Attributes:
        images: In it.
        regions: In it.
        things: How many of these have a label of things, and so are instances.
        negatives: Images in it without any.
        left_out: Images that are not in it, by reason.
        found: Problems of files that the project does not know of yet, by path.
    """

    images: int
    regions: int
    things: int
    negatives: int
    left_out: Mapping[LeftOut, tuple[int, ...]] = field(default_factory=dict)
    found: Mapping[str, str] = field(default_factory=dict)


def preview_export(
    project: Project,
    choice: ImageChoice,
    *,
    image_ids: Collection[int] | None = None,
    with_problems: bool = False,
    all_regions: bool = False,
    accepted_only: bool = True,
    needs_map: bool = False,
) -> Generator[Progress, None, ExportPreview]:
    """Count what an export would write; the same rules, but no region is read.

    Args:
        project: May be read-only.
        choice: As in `select_images`, and so are the next two.
        image_ids: Only some of these.
        with_problems: Take images whose files are missing or changed, too.
        all_regions: Unnamed regions, too.
        accepted_only: Of named regions, those that were accepted.
        needs_map: Only images that have map coordinates.
    """
    chosen = yield from select_images(
        project, choice, image_ids=image_ids, with_problems=with_problems, needs_map=needs_map
    )
    counts = queries.export_counts(project, chosen.image_ids, all_regions=all_regions, accepted_only=accepted_only)
    images = len(chosen.image_ids)
    return ExportPreview(images, counts.regions, counts.things, images - counts.images, chosen.left_out, chosen.found)


def reason_of(problem: str) -> LeftOut:
    """What a problem of a file is counted under."""
    return {MISSING: LeftOut.MISSING, CHANGED: LeftOut.CHANGED}.get(problem, LeftOut.UNREADABLE)


def search_of(reason: LeftOut, choice: ImageChoice) -> ImageSearch:
    """What finds the images that an export with this choice leaves out for a reason that a search can say."""
    if reason.is_problem:
        return ImageSearch((*_CHOSEN[choice], _PROBLEMS[reason]))
    return ImageSearch(tuple(_opposite(term) for term in _CHOSEN[choice]))


def _opposite(term: Term) -> Term:
    if isinstance(term, NumberTerm):
        return NumberTerm(term.key, "=", 0)
    assert isinstance(term, NameTerm)
    return NameTerm(term.key, term.names, negated=True)


def _found(project: Project, terms: Iterable[Term], image_ids: Collection[int] | None) -> list[int]:
    """What a search finds of all images, or of some, in display order."""
    found = search_images(project, ImageSearch(tuple(terms)))
    if image_ids is None:
        return found
    among = frozenset(image_ids)
    return [id_ for id_ in found if id_ in among]
