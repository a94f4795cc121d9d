"""Labels of a part and of the project it came from: which is which, and what both made of them since.

A label that was there when the part was made keeps its number in both. A new one is the project's of the same name;
where there is none, it is added. Of a label that both have, each field is compared with what was agreed on last: the
one that only the part changed is taken, one that both changed is a conflict.

No name becomes free and is given again within one merge: so undo never meets two labels of one name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import exists, select

from acseg_core.store.database import among
from acseg_core.store.edits.known_labels import HOTKEYS, KnownLabels
from acseg_core.store.edits.labels import clean_color, make_label
from acseg_core.store.edits.part_records import PartRecord
from acseg_core.store.edits.recorder import Edit
from acseg_core.store.queries.label_queries import clean_name, clean_supercategory
from acseg_core.store.queries.part_origin import AGREED_FIELDS
from acseg_core.store.records import label_records, name_key, select_labels
from acseg_core.store.schema import LABEL, REGION
from acseg_core.store.statuses import NO_SUGGESTION
from acseg_core.types import Label

_WORDS = {
    "name": "name",
    "color": "colour",
    "hotkey": "key",
    "supercategory": "supercategory",
    "is_thing": "things or stuff",
    "is_void": "void",
}
"""What fields are called in a conflict."""

_OF_NO_MATTER = frozenset({"color", "hotkey"})
"""Fields of two labels that were made apart and happen to have one name; each was given the next that was free."""

LabelConflict = Callable[[str, str, str, bool], None]
"""Told of a conflict: which label and field, what the part has, what the project, and whether the part's is taken."""


class PartLabels:
    """The labels of a part, brought into a project as part of an edit.

    Attributes:
        ids: The project's ids by the part's, of those that the project has by now.
        created: Names of labels that the project got.
        changed: Names of those of which it took something over.
        deleted: Names of those that were deleted in the part, and are now in the project.
        kept: Names of those that were deleted in the part, but are used or changed in the project.
        agreed: Fields by the part's ids, as both have them now.
    """

    def __init__(
        self,
        recording: Edit,
        theirs: Collection[Label],
        record: PartRecord,
        *,
        names_before: Collection[str],
        takes_part: bool,
        tell: LabelConflict,
    ) -> None:
        """Take over what is to be taken over, but for what depends on the images: see `label_id` and `end`.

        Args:
            recording: The edit.
            theirs: The part's labels.
            record: What was agreed on so far.
            names_before: Keys of the names that labels had before the edit.
            takes_part: Where both changed something, the part's is taken.
            tell: Called for each conflict.

        Raises:
            EditError: A name or a colour of the part makes no sense.
        """
        self._recording, self._record = recording, record
        self._theirs = {label.id: _clean(label) for label in theirs}
        self._names_before, self._takes_part, self._tell = frozenset(names_before), takes_part, tell
        self.ids: dict[int, int] = {}
        self.created: list[str] = []
        self.changed: dict[str, None] = {}
        self.deleted: list[str] = []
        self.kept: list[str] = []
        self.agreed: dict[int, dict[str, Any]] = {}
        self._ours = self._read()
        self._match()
        matched = [label for label in self._theirs.values() if label.id in self.ids]
        for label in matched:
            self._take_changes(label)
        self._take_hotkeys(matched)
        self._create([label for label in self._theirs.values() if label.id not in {*self.ids, *record.label_ids}])

    def label_id(self, part_id: int | None) -> int | None:
        """The project's label for a part's; one that was deleted in the project comes back, as it has regions again."""
        if part_id is None:
            return None
        if part_id not in self.ids:
            self._create([self._theirs[part_id]])
        return self.ids[part_id]

    def end(self) -> None:
        """Delete what was deleted in the part and what no region of the project has: to be called after the images."""
        matched = set(self.ids.values())
        for part_id, project_id in self._record.label_ids.items():
            if part_id in self._theirs or project_id in matched or project_id not in self._ours:
                continue
            label = self._ours[project_id]
            is_unchanged = _fields(label) == self._record.labels.get(part_id)
            if is_unchanged and not self._is_used(project_id):
                self._delete(project_id)
                self.deleted.append(label.name)
            else:
                self.kept.append(label.name)

    def _read(self) -> dict[int, Label]:
        return {label.id: label for label in label_records(self._recording.connection.execute(select_labels()))}

    def _match(self) -> None:
        """Find the project's label for each of the part's: by what was agreed on, then by name."""
        by_name = {name_key(label.name): label.id for label in self._ours.values()}
        for label in self._theirs.values():
            known = self._record.label_ids.get(label.id)
            if known in self._ours and not self._is_elsewhere(label, known, by_name):
                self.ids[label.id] = known
            elif name_key(label.name) in by_name:
                self.ids[label.id] = by_name[name_key(label.name)]

    def _is_elsewhere(self, label: Label, known: int, by_name: Mapping[str, int]) -> bool:
        """Whether a label was renamed in the part to a name that another one has in the project; told as a conflict."""
        is_renamed = label.name != self._record.labels.get(label.id, {}).get("name")
        if not is_renamed or by_name.get(name_key(label.name), known) == known:
            return False
        ours = self._ours[known].name
        self._tell(f"{ours}: name", label.name, ours, False)
        return True

    def _take_changes(self, theirs: Label) -> None:
        """Take over what the part changed of a label, but for its key."""
        base = self._base(theirs)
        agreed = dict(base)
        for name in AGREED_FIELDS:
            ours = self._ours[self.ids[theirs.id]]
            in_part, in_project = getattr(theirs, name), getattr(ours, name)
            if name == "hotkey":
                continue
            if name == "name" and not base:
                in_part = in_project  # they were matched by it; upper and lower case stay the project's
            if in_part == in_project or (name not in base and name in _OF_NO_MATTER):
                agreed[name] = in_part
            elif name in base and base[name] == in_part:
                continue  # changed in the project only
            elif self._settle(ours, name, in_part, is_conflict=name not in base or base[name] != in_project):
                agreed[name] = in_part
        self.agreed[theirs.id] = agreed

    def _base(self, theirs: Label) -> dict[str, Any]:
        """The fields of a label as they were agreed on last; none of one that was matched by its name just now."""
        known = self._record.label_ids.get(theirs.id) == self.ids[theirs.id]
        return self._record.labels.get(theirs.id, {}) if known else {}

    def _settle(self, ours: Label, name: str, in_part: Any, *, is_conflict: bool) -> bool:
        """Take a field of the part over unless that is a conflict that the project wins; whether it was taken."""
        is_possible = name != "name" or self._may_be_called(ours, in_part)
        taken = is_possible and (self._takes_part or not is_conflict)
        if is_conflict or not is_possible:
            self._tell_of(ours, name, in_part, taken)
        if taken:
            self._set(ours, name, in_part)
        return taken

    def _tell_of(self, ours: Label, name: str, in_part: Any, taken: bool) -> None:
        self._tell(f"{ours.name}: {_WORDS[name]}", _shown(name, in_part), _shown(name, getattr(ours, name)), taken)

    def _set(self, ours: Label, name: str, value: Any) -> None:
        values = {name: value} | ({"name_key": name_key(value)} if name == "name" else {})
        self._recording.update(LABEL, LABEL.c.id == ours.id, values)
        self._ours[ours.id] = replace(self._ours[ours.id], **{name: value})
        self.changed[self._ours[ours.id].name] = None
        if name == "name":
            self.changed.pop(ours.name, None)

    def _may_be_called(self, ours: Label, name: str) -> bool:
        key, old_key = name_key(name), name_key(ours.name)
        if key == old_key:
            return True
        in_use = self._names_before | {name_key(label.name) for label in self._ours.values()}
        return key not in in_use and all(name_key(label.name) != old_key for label in self._theirs.values())

    def _take_hotkeys(self, labels: Collection[Label]) -> None:
        """Take over the keys that the part changed, all together: they may have changed hands."""
        before = {label_id: label.hotkey for label_id, label in self._ours.items()}
        taken: list[Label] = []
        for theirs in labels:
            base, ours = self._base(theirs), self._ours[self.ids[theirs.id]]
            if "hotkey" not in base or theirs.hotkey == ours.hotkey:
                self.agreed[theirs.id]["hotkey"] = theirs.hotkey
            elif base["hotkey"] != theirs.hotkey:
                is_conflict = base["hotkey"] != ours.hotkey
                if is_conflict:
                    self._tell_of(ours, "hotkey", theirs.hotkey, self._takes_part)
                if self._takes_part or not is_conflict:
                    taken.append(theirs)
                    self._set(ours, "hotkey", None)
        for theirs in taken:
            ours = self._ours[self.ids[theirs.id]]
            in_use = {label.hotkey for label in self._ours.values()} - {None}
            if theirs.hotkey is None or (theirs.hotkey in HOTKEYS and theirs.hotkey not in in_use):
                self._set(ours, "hotkey", theirs.hotkey)
                self.agreed[theirs.id]["hotkey"] = theirs.hotkey
            else:
                old = before[ours.id]
                self._set(ours, "hotkey", None if old in in_use else old)
                self._tell_of(self._ours[ours.id], "hotkey", theirs.hotkey, False)

    def _create(self, labels: Collection[Label]) -> None:
        """Make labels of the project like these of the part."""
        if not labels:
            return
        known = KnownLabels(self._recording)
        for label in labels:
            if known.find(label.name) is None:
                hotkey = label.hotkey if label.hotkey is not None and known.is_free(label.hotkey) else None
                made = make_label(
                    known,
                    label.name,
                    color=label.color,
                    hotkey=hotkey,
                    supercategory=label.supercategory,
                    is_thing=label.is_thing,
                    is_void=label.is_void,
                    find_hotkey=False,
                    category_id=label.category_id,
                )
                self.created.append(made.name)
        known.save()
        for label in labels:
            found = known.find(label.name)
            assert found is not None
            self.ids[label.id] = found.id
            self.agreed[label.id] = _fields(label)
        self._ours = self._read()

    def _is_used(self, label_id: int) -> bool:
        used = select(exists().where(REGION.c.label_id == label_id))
        return bool(self._recording.connection.execute(used).scalar_one())

    def _delete(self, label_id: int) -> None:
        self._recording.update(REGION, REGION.c.suggestion_id.in_(among([label_id])), NO_SUGGESTION)
        self._recording.delete(LABEL, LABEL.c.id == label_id)


def _clean(label: Label) -> Label:
    """A label out of a file that somebody sent, as one made here would be."""
    return replace(
        label,
        name=clean_name(label.name),
        color=clean_color(label.color),
        supercategory=clean_supercategory(label.supercategory),
    )


def _fields(label: Label) -> dict[str, Any]:
    return {name: getattr(label, name) for name in AGREED_FIELDS}


def _shown(name: str, value: Any) -> str:
    if name == "is_thing":
        return "things" if value else "stuff"
    if name == "is_void":
        return "yes" if value else "no"
    return value or "none"
