"""The labels of a project while one edit goes on: looked up in memory, written at its end, however many they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields, replace

from sqlalchemy import func, select, union

from acseg_core.errors import EditError
from acseg_core.store.edits.palette import PALETTE, next_color
from acseg_core.store.edits.recorder import Edit
from acseg_core.store.queries.label_queries import clean_name
from acseg_core.store.records import label_records, name_key, select_labels
from acseg_core.store.schema import LABEL, REMOVED
from acseg_core.types import Label

HOTKEYS = tuple("123456789")


class KnownLabels:
    """Labels by name; those that are made or changed here are written by `save`.

    Reading and writing take a handful of statements, where a look into the database for every name of a long list
    would take minutes, in which no other edit can be made.
    """

    def __init__(self, recording: Edit, *, palette: Sequence[str] = PALETTE) -> None:
        self._recording, self._palette = recording, palette
        labels = label_records(recording.connection.execute(select_labels()))
        self._before = {label.id: label for label in labels}
        self._by_key = {name_key(label.name): label for label in labels}
        self._colors = {label.color for label in labels}
        self._hotkeys = {label.hotkey for label in labels} - {None}

    def find(self, name: str) -> Label | None:
        """The label of that name; its id is 0 as long as it is not saved.

        Raises:
            EditError: The name is empty, or holds what cannot be written.
        """
        return self._by_key.get(name_key(clean_name(name)))

    def all(self) -> list[Label]:
        """All labels, as they are by now."""
        return list(self._by_key.values())

    def is_free(self, hotkey: str) -> bool:
        """Whether no label has a hotkey.

        Raises:
            EditError: It is none.
        """
        if hotkey not in HOTKEYS:
            raise EditError(f'"{hotkey}" is not a hotkey; choose one of 1 to 9')
        return hotkey not in self._hotkeys

    def free_hotkey(self) -> str | None:
        """The first that no label has, or None."""
        return next((key for key in HOTKEYS if key not in self._hotkeys), None)

    def put(self, label: Label) -> Label:
        """Take a label that is new, or was found and is changed now.

        Args:
            label: Its id is 0 if it is new; its name is as `clean_name` leaves it.
        """
        self._colors.add(label.color)
        if label.hotkey is not None:
            self._hotkeys.add(label.hotkey)
        self._by_key[name_key(label.name)] = label
        return label

    def next_color(self) -> str:
        """The next of the palette that no label has."""
        return next_color(self._colors, palette=self._palette)

    def save(self) -> None:
        """Write what is new or changed; after that, all have their ids."""
        new = [label for label in self._by_key.values() if not label.id]
        last = self._recording.connection.execute(select(func.max(LABEL.c.position))).scalar_one() or 0
        numbers = self._category_ids([label.category_id for label in new]) if new else []
        numbered = [replace(label, category_id=number) for label, number in zip(new, numbers, strict=True)]
        rows = [
            asdict(label) | {"name_key": name_key(label.name), "position": position}
            for position, label in enumerate(numbered, last + 1)
        ]
        for label, label_id in zip(numbered, self._recording.insert(LABEL, rows), strict=True):
            self._by_key[name_key(label.name)] = replace(label, id=label_id)
        for field in fields(Label):
            values = {
                label.id: getattr(label, field.name)
                for label in self._by_key.values()
                if label.id in self._before
                and getattr(label, field.name) != getattr(self._before[label.id], field.name)
            }
            self._recording.update_each(LABEL, field.name, values)

    def _category_ids(self, wanted: Sequence[int | None]) -> list[int]:
        """A category id for each new label: the one wanted where no label has or had it, else the next after all."""
        tables = (LABEL, REMOVED["label"])
        known = union(*(select(table.c.category_id) for table in tables))
        taken = set(self._recording.connection.execute(known).scalars())
        given: list[int] = []
        last = max([0, *taken, *(number for number in wanted if number is not None)])
        for number in wanted:
            if number is None or number in taken:
                last += 1
                number = last
            taken.add(number)
            given.append(number)
        return given
