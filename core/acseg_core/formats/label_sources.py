"""What a text with labels in it is: JSON, YAML or lines. It is told by the content, and by the name where both fit."""

from __future__ import annotations

import json
import re
from enum import Enum, auto
from pathlib import Path
from typing import Any

from acseg_core.errors import LabelListError


class Source(Enum):
    """Ways to write lists."""

    JSON = auto()
    YAML = auto()
    LINES = auto()


_BROKEN_JSON = re.compile(r'(?:[\[{]\s*)+"')
"""What begins so was meant to be JSON, whatever comes then; a name in brackets does not."""
_MARKUP = re.compile(r"<(\?xml|!doctype|!--|html|head|body|svg|annotations?)\b|<!--", re.IGNORECASE)
_YOLO_NAMES = re.compile(r"^names\s*:\s*(?:[\[{#].*)?$", re.MULTILINE)
_YAML_LINE = re.compile(r"[\s\-#\]}]|[\w-]+\s*:")
"""Lines of YAML: indented, of a list, a comment, an end, or a key with its colon."""
_YAML_SUFFIXES = (".yaml", ".yml")
_TABLE_SUFFIXES = (".csv", ".tsv")
_TITLES = frozenset(
    {"category", "class", "class_id", "class_name", "color", "colour", "file", "filename", "id", "image", "label"}
    | {"label_name", "name", "supercategory", "width", "x", "xmin"}
)
"""What the first line of a table names its columns."""

_MOST_YAML_CHARACTERS = 4_000_000
"""More takes longer to read than anybody waits; the labels of a data set are some kilobytes."""


def source_of(path: Path, text: str) -> Source:
    """What a file is.

    Raises:
        LabelListError: It is something else, which must not be read as names.
    """
    start, suffix = text.lstrip(), path.suffix.lower()
    if suffix == ".json":
        return Source.JSON
    if _MARKUP.match(start):
        raise LabelListError(f"{path}: this is XML or HTML, not a list of labels; export the labels as JSON or text")
    if start[:1] in ("[", "{") and _is_json(start):
        return Source.JSON
    if suffix in _YAML_SUFFIXES or _is_yolo(text):
        return Source.YAML
    if _is_table(start.splitlines(), certain=suffix in _TABLE_SUFFIXES):
        raise LabelListError(f"{path}: this is a table, not a list of labels; keep only the names, one per line")
    return Source.LINES


def read_json(path: Path, text: str) -> Any:
    """Read JSON.

    Raises:
        LabelListError: It is none.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise LabelListError(f"{path}:{error.lineno}: this is not JSON ({error.msg}); export the list again") from error
    except ValueError as error:  # more digits than Python reads
        raise LabelListError(f"{path}: it contains a number with thousands of digits; export the list again") from error
    except RecursionError as error:
        raise LabelListError(f"{path}: this is nested too deeply for a list of labels; choose another file") from error


def read_yaml(path: Path, text: str) -> Any:
    """Read YAML; everything that is neither a list nor a mapping is a text, so that names stay what they are.

    Raises:
        LabelListError: It is none.
    """
    import yaml

    if len(text) > _MOST_YAML_CHARACTERS:
        raise LabelListError(f"{path}: this is too long for a list of labels; choose another file")
    try:
        return yaml.load(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = 1 if mark is None else mark.line + 1
        raise LabelListError(f"{path}:{line}: this is not YAML; export the list again") from error
    except RecursionError as error:
        raise LabelListError(f"{path}: this is nested too deeply for a list of labels; choose another file") from error


def _is_json(text: str) -> bool:
    """Whether it was written as JSON: then, with objects or texts in it. "[1]" is a name of a text list."""
    try:
        content = json.loads(text)
    except json.JSONDecodeError:
        return _BROKEN_JSON.match(text) is not None
    except (ValueError, RecursionError):
        return True
    return isinstance(content, dict) or any(isinstance(each, dict | str) for each in content)


def _is_yolo(text: str) -> bool:
    """Whether it has the names of a data.yaml, and nothing that it does not have."""
    if not _YOLO_NAMES.search(text):
        return False
    return all(_YAML_LINE.match(line) for line in text.splitlines() if line.strip())


def _is_table(lines: list[str], *, certain: bool) -> bool:
    """Whether all lines have as many columns as the first, which names them; tabs, or a table's suffix, say enough."""
    lines = [line for line in lines if line.strip()]
    for separator in ("\t", ",", ";"):
        columns = {line.count(separator) for line in lines}
        if len(columns) == 1 and columns != {0}:
            titles = {title.strip().strip("\"'").lower() for title in lines[0].split(separator)}
            if certain or separator == "\t" or (len(lines) > 1 and titles & _TITLES):
                return True
    return False
