"""Pieces out of XML files of any size, in flat memory, and of no file that is made to do harm.

Python's own parser (expat) does it. A document type is refused before it is read: entities that grow without end, and
those that read other files, need one. So are elements deep inside of each other, and texts without end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from acseg_core.errors import LabelFileError
from acseg_core.output.atomic_write import storage_error

DEEPEST = 64
"""Elements inside of each other that a file of labels may have; CVAT's need five."""

_CHUNK_BYTES = 2**20
_LONGEST_BYTES = 2**26
"""Bytes that one tag with its attributes may have: expat holds it whole."""


@dataclass(slots=True)
class Element:
    """One element with all that is in it.

    Attributes:
        tag: Its name.
        attributes: By name.
        line: Where it begins in the file, from 1.
        text: What stands in it, without that of its children.
        children: Elements in it, in their order.
    """

    tag: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def child_text(self, tag: str) -> str:
        """The text of the first child of that name, without blanks around it; empty if there is none."""
        return next((child.text.strip() for child in self.children if child.tag == tag), "")


def elements(path: Path, tags: Collection[str]) -> Iterator[Element]:
    """The elements of these names, each when it ends; those inside of another one come as its children only.

    Raises:
        LabelFileError: It is no sound XML, or has a document type.
        StorageError: It cannot be read.
    """
    parsing = _Parsing(path, tags)
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                yield from parsing.feed(chunk)
            yield from parsing.feed(b"", is_last=True)
    except OSError as error:
        raise storage_error(path, error) from error
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise LabelFileError(f"{path}:{error.lineno}: this is not valid XML ({reason}); export it again") from error
    except (ValueError, LookupError) as error:
        raise LabelFileError(f"{path}: this XML is in an encoding that is not read; save it as UTF-8") from error


def first_tags(path: Path, most: int = 2) -> tuple[str, ...]:
    """The names of the first elements of a file, the outermost first; fewer, or none, where it is no XML."""
    parsing = _Parsing(path, ())
    try:
        with path.open("rb") as file:
            while len(parsing.opened) < most and (chunk := file.read(_CHUNK_BYTES)):
                parsing.feed(chunk)
    except (OSError, LabelFileError, expat.ExpatError, ValueError, LookupError):
        pass
    return tuple(parsing.opened[:most])


class _Parsing:
    """One file that is being parsed.

    Attributes:
        opened: The names of the first elements.
    """

    def __init__(self, path: Path, tags: Collection[str]) -> None:
        self.opened: list[str] = []
        self._path = path
        self._tags = frozenset(tags)
        self._depth = 0
        self._fed = 0
        self._open: list[Element] = []
        self._texts: list[list[str]] = []
        self._done: list[Element] = []
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters

    def feed(self, chunk: bytes, *, is_last: bool = False) -> list[Element]:
        """Go on by a piece of the file; returns the elements that ended in it."""
        self._done = []
        self._parser.Parse(chunk, is_last)
        self._fed += len(chunk)
        if self._fed - self._parser.CurrentByteIndex > _LONGEST_BYTES:
            raise self._wrong(f"a tag in it has more than {_LONGEST_BYTES // 10**6} megabytes; export it again")
        return self._done

    def _refuse_doctype(self, *_: object) -> None:
        raise self._wrong("this XML has a document type (DOCTYPE), which no file of labels needs; export it again")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._wrong(f"this has {DEEPEST} elements inside of each other and more, so it is no file of labels")
        if len(self.opened) < DEEPEST:
            self.opened.append(tag)
        if self._open or tag in self._tags:
            element = Element(tag, attributes, self._parser.CurrentLineNumber)
            if self._open:
                self._open[-1].children.append(element)
            self._open.append(element)
            self._texts.append([])

    def _end(self, _: str) -> None:
        self._depth -= 1
        if self._open:
            element = self._open.pop()
            element.text = "".join(self._texts.pop())
            if not self._open:
                self._done.append(element)

    def _characters(self, text: str) -> None:
        if self._open:
            self._texts[-1].append(text)

    def _wrong(self, what: str) -> LabelFileError:
        return LabelFileError(f"{self._path}:{self._parser.CurrentLineNumber}: {what}")
