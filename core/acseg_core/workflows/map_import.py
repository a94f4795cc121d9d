"""Labels on a map in a project: the step before an import that finds the images on which they lie."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from pathlib import Path

from acseg_core.errors import LabelFileError
from acseg_core.formats.labelled import LabelledFiles
from acseg_core.formats.map_images import AS_IT_IS, MapOptions, map_images
from acseg_core.formats.matching import Match, Matches, match_images
from acseg_core.types import ImageRecord, Progress


def find_on_map(
    path: Path, files: LabelledFiles, records: Iterable[ImageRecord], options: MapOptions
) -> Generator[Progress, None, LabelledFiles]:
    """Find the images of a project on which labels lie; files that name their images stay as they are.

    Args:
        path: What was read, for messages.
        files: Its content.
        records: The images of the project.
        options: What of it is read.

    Yields:
        A tick without a message for each image that was looked at.

    Raises:
        LabelFileError: There are none, or it is not clear what says the labels.
    """
    if files.place is None:
        if options != AS_IT_IS:
            raise LabelFileError(f"{path}: it has no fields and layers; leave out --field and --layer")
        return files
    images, elsewhere = map_images(records)
    if not images:
        raise LabelFileError(
            f"{path}: its labels lie on a map, and no image of the project has map coordinates; "
            "import labels that name their images"
        )
    found = yield from files.place(images, options)
    found.left_out.add_all("of the project's images, without map coordinates", elsewhere)
    return found


def matches_of(files: LabelledFiles, records: Iterable[str], match: Match | None) -> Matches:
    """The images of a project that a file means: by its names, or as they were found on the map.

    Args:
        files: With its images.
        records: Paths of the images of the project.
        match: What of names must agree.
    """
    if files.by_place:
        return Matches({name: name for name in files.names})
    return match_images(files.names, records, match)
