"""Texts on crops and headers of the concept browser: names, doubts, counts; and the same for screen readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from acseg_core.store.queries.cluster_queries import NO_CLUSTER
from acseg_core.types import DoubtfulName, Label, Region, RegionStatus
from acseg_core.workflows.cluster_reading import Section
from acseg_desktop.appearance.theme import current_tones
from acseg_desktop.browser.model import DOUBTFUL
from acseg_desktop.language.words import Words, percent

tr = Words("Concept browser")


@dataclass(frozen=True, slots=True)
class CellText:
    """What is written on a crop, and in which colour; ``is_guess`` for a name only the machine has given.

    ``other`` is what a name that is in doubt may be instead: it is written below.
    """

    text: str = ""
    color: str = ""
    is_guess: bool = False
    note: str = ""
    other: str = ""
    other_color: str = ""


def cell_text(
    region: Region,
    labels: Mapping[int, Label],
    *,
    similarity: float | None = None,
    doubt: DoubtfulName | None = None,
) -> CellText:
    """Name, suggestion with confidence, or how alike a found region is; of a doubtful name what it may be instead."""
    note = "" if similarity is None else f"{similarity:.2f}"
    label = labels.get(region.label_id or 0)
    other = labels.get(doubt.other_id) if doubt is not None else None
    if label is not None and doubt is not None and other is not None:
        share = percent(doubt.confidence)
        return CellText(label.name, label.color, note=share, other=f"{other.name}?", other_color=other.color)
    if label is not None:
        return CellText(label.name, label.color, note=note)
    guess = labels.get(region.suggestion_id or 0)
    if guess is not None and region.status is not RegionStatus.REJECTED:
        share = percent(region.confidence) if region.confidence is not None else ""
        return CellText(f"{guess.name}?", guess.color, is_guess=True, note=note or share)
    if region.status is RegionStatus.REJECTED:
        return CellText(tr("rejected"), current_tones().faint, note=note)
    return CellText(note=note)


def section_title(section: Section) -> str:
    """A section's heading."""
    if section.key == DOUBTFUL:
        return tr("Most likely mistakes first")
    if section.record is None:
        return tr("Most similar first")
    if section.key == NO_CLUSTER:
        return tr("%Ln region(s) in no cluster", section.count)
    if section.record.outliers:
        return tr("%Ln region(s) without look-alikes", section.count)
    return tr("%Ln region(s)", section.count)


def section_facts(section: Section) -> str:
    """What else there is to say of a section."""
    record = section.record
    if record is None:
        return ""
    images = tr("in %Ln image(s)", record.images) + ", " if record.images else ""
    if record.unnamed == 0:
        return images + tr("all named")
    return images + (tr("%Ln unnamed", record.unnamed) if record.unnamed < section.count else tr("unnamed"))


def header_in_words(section: Section) -> str:
    """A header, for those who do not see it."""
    return f"{section_title(section)} {section_facts(section)}"


def crop_in_words(
    region: Region | None, labels: Mapping[int, Label], *, doubt: DoubtfulName | None, cell: int, section: Section
) -> str:
    """A crop, for those who do not see it: which one of its section, its name, and what that may be instead."""
    name = "" if region is None else _name_in_words(cell_text(region, labels, doubt=doubt))
    return tr("Region {number} of {count}: {name}").format(number=cell + 1, count=section.count, name=name)


def _name_in_words(text: CellText) -> str:
    if text.other:
        return tr("{name}, or rather {other} ({share})").format(name=text.text, other=text.other, share=text.note)
    return text.text or tr("unnamed")
