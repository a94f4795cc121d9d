"""Which attribute of features says their label, and what its values mean."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from acseg_core.errors import LabelFileError, UnclearFieldError, quoted
from acseg_core.formats.class_names import ClassNames

USUAL_FIELDS = (
    "label", "class", "class_name", "classname", "label_name", "category", "klasse", "klassenname", "kategorie",
    "fclass", "landcover", "landuse", "type", "name",
)  # fmt: skip
"""What fields of labels are called, in any case; the first of these that is there is taken."""


class FieldKind(Enum):
    """What a field has in it."""

    TEXT = auto()
    WHOLE = auto()
    NUMBER = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """An attribute that the features of a layer have."""

    name: str
    kind: FieldKind

    @property
    def may_be_label(self) -> bool:
        """Whether its values can say labels."""
        return self.kind in (FieldKind.TEXT, FieldKind.WHOLE)


def label_field(place: str, fields: Sequence[Field], *, wanted: str = "", has_names: bool = False) -> str | None:
    """The field that says the labels; None where no field does, so that all features of the layer are of one label.

    Args:
        place: What a message begins with: the file, perhaps with the layer.
        fields: Of the layer.
        wanted: The one that somebody asked for; "" for what is usual.
        has_names: Whether names of numbers are known.

    Raises:
        LabelFileError: There is no such field.
        UnclearFieldError: Several could be meant.
    """
    if wanted:
        return _wanted(place, fields, wanted)
    for usual in USUAL_FIELDS:
        for field in fields:
            if field.name.casefold() == usual and field.kind is not FieldKind.OTHER:
                return field.name
    texts = [field.name for field in fields if field.kind is FieldKind.TEXT]
    numbers = [field.name for field in fields if field.kind is FieldKind.WHOLE] if has_names else []
    candidates = texts or numbers
    if len(candidates) > 1:
        raise UnclearFieldError(
            f"{place}: several fields could say the labels ({listed(candidates)}); choose one (--field)",
            fields=tuple(candidates),
        )
    return candidates[0] if candidates else None


def _wanted(place: str, fields: Sequence[Field], wanted: str) -> str:
    names = [field.name for field in fields if field.kind is not FieldKind.OTHER]
    exact = [name for name in names if name == wanted] or [
        name for name in names if name.casefold() == wanted.casefold()
    ]
    if len(exact) == 1:
        return exact[0]
    there = listed(names) or "-"
    raise LabelFileError(
        f'{place}: there is no field "{quoted(wanted)}" (the fields: {there}); choose another one (--field)'
    )


def listed(names: Collection[str]) -> str:
    """Some of the names, quoted for a message."""
    shown = ", ".join(quoted(name) for name in list(names)[:_NAMED])
    return shown if len(names) <= _NAMED else f"{shown} and {len(names) - _NAMED} more"


_NAMED = 12


def label_of(value: object, names: ClassNames | None) -> tuple[str, int | None]:
    """The label that a value means, and its number if it is one; "" for a value that means none.

    Args:
        value: Of the field.
        names: Of numbers, where they are known.
    """
    number = _whole(value)
    if number is not None:
        named = names.by_number.get(number) if names is not None else None
        if named is not None and names is not None:
            return (named, number) if names.is_label(named) and number not in names.void else ("", None)
        return f"class {number}", number
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return "", None
    return " ".join(str(value).split()), None


def _whole(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return None


def place_of(path: Path, layer: str, *, is_only: bool) -> str:
    """What messages about a layer begin with."""
    return str(path) if is_only else f'{path}, layer "{quoted(layer)}"'
