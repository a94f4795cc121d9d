"""`docs/formats.md` says of every format what the table of formats says of it."""

import re
from pathlib import Path

import pytest

from acseg_core.formats.dataset import Kept
from acseg_core.formats.format import FORMATS, Format
from acseg_core.formats.image_files import ImageFiles
from acseg_core.formats.losses import TITLES

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "formats.md"

IMAGES = [each for each in FORMATS if not each.labels_only]
WRITTEN = [each for each in IMAGES if each.write is not None]
LISTS = [each for each in FORMATS if each.labels_only]


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown."""
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows))


def read_as(format_: Format) -> str:
    """What of it is read: a file, a folder, or either."""
    if format_.opener is None:
        return "no"
    endings = ", ".join(format_.suffixes)
    if not format_.is_folder:
        return f"file ({endings})"
    return f"file ({endings}) or folder" if endings else "folder"


def written_as(format_: Format) -> str:
    """What of it is written."""
    if format_.write is None:
        return "no"
    return "folder" if format_.write_file is None else "file or folder"


def shapes_of(format_: Format) -> str:
    """In which form shapes are written, the usual one first."""
    if format_.is_outlined:
        return "exact polygons"
    if format_.only_polygons:
        return "polygons"
    if format_.has_polygons:
        return "polygons, or masks" if format_.is_polygons else "masks, or polygons"
    return "masks"


def images_of(format_: Format) -> str:
    return "left out" if format_.image_files is ImageFiles.NONE else "copied"


def room_of(format_: Format) -> str:
    """How many labels there may be."""
    if format_.most_labels is None:
        return "any number"
    return f"at most {format_.most_labels}" + (" beside its own" if format_.own_labels else "")


TABLES = {
    "formats": table(
        ["format", "`--format`", "read", "written"],
        [[each.title, f"`{each.key}`", read_as(each), written_as(each)] for each in IMAGES],
    ),
    "written": table(
        ["format", "shapes", "image files", "labels"],
        [[each.title, shapes_of(each), images_of(each), room_of(each)] for each in WRITTEN],
    ),
    "kept": table(
        ["", *(each.title for each in WRITTEN)],
        [[TITLES[what], *("kept" if what in each.keeps else "lost" for each in WRITTEN)] for what in Kept],
    ),
    "lists": table(
        ["list", "`--format` of `acseg import`", "of `acseg labels`", "file"],
        [
            [each.title, f"`{each.key}`", f"`{each.key.removeprefix('labels-')}`", ", ".join(each.suffixes)]
            for each in LISTS
        ],
    ),
}
"""The tables of the document by the name that stands before them, as they have to be."""


def marked(name: str) -> re.Pattern[str]:
    """Finds a table of the document by its name."""
    return re.compile(rf"(?<=<!-- table: {name} -->\n\n).*?(?=\n\n<!-- end of table -->)", re.DOTALL)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_the_document_is_that_of_the_code(name, update_golden):
    text = DOCUMENT.read_text(encoding="utf-8")
    (written,) = marked(name).findall(text)
    if update_golden:
        text = marked(name).sub(lambda _match: TABLES[name], text)
        DOCUMENT.write_text(text, encoding="utf-8", newline="\n")
        written = TABLES[name]
    assert written == TABLES[name], "run: pytest tests/test_format_tables.py --update-golden -n 0"


def test_every_format_that_is_written_has_a_section_of_its_limits():
    """Somebody who gives a format a writer also says what it cannot do and how it is used."""
    text = DOCUMENT.read_text(encoding="utf-8")
    limits = text.split("\n## Known limits\n")[1].split("\n## ")[0]
    missing = [each.title for each in WRITTEN if f"\n- **{each.title}**" not in limits]
    assert not missing, f"say under Known limits in {DOCUMENT.name}"


def test_every_format_of_a_command_in_the_document_exists():
    known = {each.key for each in FORMATS} | {each.key.removeprefix("labels-") for each in LISTS}
    named = set(re.findall(r"--format ([a-z0-9-]+)", DOCUMENT.read_text(encoding="utf-8")))
    assert named
    assert named <= known
