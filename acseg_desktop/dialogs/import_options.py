"""Part of the import form: what names count as, what happens to work that is there, and how images are found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QWidget

from acseg_core.formats.map_images import MapOptions
from acseg_core.formats.matching import Match
from acseg_core.formats.placing import Overlaps
from acseg_core.store.edits.shape_import import ImportedAs, Onto
from acseg_core.workflows.importing import ImportSettings
from acseg_desktop.dialogs.form import caption
from acseg_desktop.language.words import Words
from acseg_desktop.preferences import Preferences

tr = Words("Import")

_Choice = TypeVar("_Choice", bound=StrEnum)

_AS = {
    ImportedAs.ACCEPTED: tr.mark("Accepted names"),
    ImportedAs.SUGGESTED: tr.mark("Suggestions to check"),
}
_ONTO = {
    Onto.REST: tr.mark("Keep my work; shapes get the rest"),
    Onto.ALL: tr.mark("Shapes take all their pixels"),
}
_OVERLAPS = {
    Overlaps.LATER: tr.mark("The later one is on top"),
    Overlaps.SMALLER: tr.mark("The smaller one is on top"),
}
_ANY = "auto"
_MATCH = {
    _ANY: tr.mark("Path or name, whichever fits"),
    Match.PATH: tr.mark("Path with its folders"),
    Match.NAME: tr.mark("File name"),
    Match.STEM: tr.mark("File name without its ending"),
}


class ImportOptions(QWidget):
    """The choices, as they were made last.

    Signals:
        changed(): Shapes would come in otherwise.
        match_changed(): Other images, or other labels, may be found.
    """

    changed = Signal()
    match_changed = Signal()

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self._field = ""
        self.as_ = _choice(_AS, tr("Take names as"))
        self.onto = _choice(_ONTO, tr("Where you have worked"))
        self.overlaps = _choice(_OVERLAPS, tr("Where shapes overlap"))
        self.match = _choice(_MATCH, tr("Find images by"))
        self.field = _choice({}, tr("Labels from field"))
        self.field.setPlaceholderText(tr("Choose one"))
        self.in_review = QCheckBox(tr("Leave the images in review"))
        self.in_review.setToolTip(tr("Otherwise an image with accepted names is done"))
        self._grid = QGridLayout(self)
        self._restore()
        self._lay_out()
        for box in (self.as_, self.onto, self.overlaps):
            box.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.as_.currentIndexChanged.connect(self._follow)
        self.match.currentIndexChanged.connect(lambda _index: self.match_changed.emit())
        self.field.activated.connect(lambda _index: self._on_field())
        self._follow()

    @property
    def match_rule(self) -> Match | None:
        """What of the images' names must agree; None tries path, name and stem in turn."""
        found: str = self.match.currentData()
        return None if found == _ANY else Match(found)

    @property
    def on_map(self) -> MapOptions:
        """What is read of labels on a map; the field is the one that somebody chose, if anybody did."""
        return MapOptions(self._field)

    def offer_fields(self, fields: Sequence[str], field: str, *, by_place: bool) -> None:
        """Offer the attributes that could say the labels; images found on a map need no names.

        Args:
            fields: The attributes; none where there is nothing to choose.
            field: The one that does say them, or "" for none.
            by_place: Whether images are found on a map.
        """
        if [self.field.itemText(place) for place in range(self.field.count())] != list(fields):
            self.field.clear()
            self.field.addItems(list(fields))
        self.field.setCurrentIndex(self.field.findText(field) if field else -1)
        for box, is_shown in ((self.field, bool(fields)), (self.match, not by_place)):
            box.setVisible(is_shown)
            self._captions[box].setVisible(is_shown)

    def forget_field(self) -> None:
        """Let the next file say which attribute says its labels."""
        self._field = ""
        self.offer_fields((), "", by_place=False)

    def settings(self, names: Mapping[str, str] | None = None) -> ImportSettings:
        """All of it."""
        return ImportSettings(
            match=self.match_rule,
            names=names,
            as_=ImportedAs(self.as_.currentData()),
            onto=Onto(self.onto.currentData()),
            overlaps=Overlaps(self.overlaps.currentData()),
            keep_open=self.in_review.isChecked() and self.in_review.isEnabled(),
            on_map=self.on_map,
        )

    def take(self, settings: ImportSettings) -> None:
        """Show these."""
        self.as_.setCurrentIndex(self.as_.findData(settings.as_.value))
        self.onto.setCurrentIndex(self.onto.findData(settings.onto.value))
        self.overlaps.setCurrentIndex(self.overlaps.findData(settings.overlaps.value))
        self.match.setCurrentIndex(self.match.findData(_ANY if settings.match is None else settings.match.value))
        self._field = settings.on_map.field

    def arrange(self, *, is_wide: bool) -> None:
        """Put two choices side by side, or all below each other."""
        across = 2 if is_wide else 1
        for place, (box, label) in enumerate(self._captions.items()):
            row, column = place // across, place % across * 2
            self._grid.addWidget(label, row, column)
            self._grid.addWidget(box, row, column + 1)
        self._grid.addWidget(self.in_review, len(self._captions), 1, 1, 2 * across - 1)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, across - 1)

    def remember(self) -> None:
        """Keep the choices for the next time."""
        for key, box in self._boxes().items():
            self._preferences.store(f"import/{key}", box.currentData())
        self._preferences.store("import/in_review", self.in_review.isChecked())

    def _boxes(self) -> dict[str, QComboBox]:
        return {"as": self.as_, "onto": self.onto, "overlaps": self.overlaps, "match": self.match}

    def _restore(self) -> None:
        for key, box in self._boxes().items():
            box.setCurrentIndex(max(0, box.findData(self._preferences.text(f"import/{key}", ""))))
        self.in_review.setChecked(self._preferences.flag("import/in_review", False))

    def _lay_out(self) -> None:
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._captions: dict[QComboBox, QLabel] = {}
        for box in (*self._boxes().values(), self.field):
            label = self._captions[box] = caption(box.accessibleName())
            label.setBuddy(box)
        self.arrange(is_wide=True)
        self.forget_field()

    def _on_field(self) -> None:
        self._field = self.field.currentText()
        self.match_changed.emit()

    def _follow(self, *_: object) -> None:
        self.in_review.setEnabled(self.as_.currentData() == ImportedAs.ACCEPTED.value)


def _choice(texts: Mapping[_Choice, str] | Mapping[str, str], name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for value, text in texts.items():
        box.addItem(tr(text), str(value))
    return box
