"""Words about models: what a card says, what a comparison found, what uses a model."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale

from acseg_desktop.language.durations import duration_text
from acseg_desktop.language.words import Words, decimal, number
from acseg_desktop.operations.comparisons import ShownComparison
from acseg_desktop.panels.models_panel import BUNDLED, ModelRow

if TYPE_CHECKING:
    from acseg_core.proposals.model_card import ModelCard
    from acseg_core.store.queries.model_queries import ModelRecord

tr = Words("Models")

_PARTS = {
    "projection": tr.mark("what belongs together"),
    "merges": tr.mark("how regions are joined"),
    "generator": tr.mark("recurring concepts"),
}


def verdict_text(comparison: ShownComparison | None) -> str:
    """What a comparison found, in one plain sentence."""
    if comparison is None:
        return _verdict("too few", better=0, worse=0, counted=0)
    found = comparison
    return _verdict(found.outcome, better=found.better, worse=found.worse, counted=found.counted)


def _verdict(outcome: str, *, better: int, worse: int, counted: int) -> str:
    if outcome == "better":
        return tr("Better on {better} of %Ln image(s).", counted).format(better=number(better))
    if outcome == "worse":
        text = tr("Worse on {worse} of %Ln image(s): keep the bundled model.", counted)
        return text.format(worse=number(worse))
    if outcome == "too few":
        return tr("Too few images were kept aside to say whether it is better.")
    return tr("No gain here: keep the bundled model.")


def _card_verdict(card: ModelCard) -> str:
    """What the card says, which is English, in the language of the window."""
    outcomes = {"Better": "better", "Worse": "worse", "Too": "too few", "No": "level"}
    outcome = outcomes.get(card.verdict.partition(" ")[0])
    if outcome is None:
        return card.verdict
    better, worse, counted = (int(card.figures.get(key, 0)) for key in ("better", "worse", "compared"))
    return _verdict(outcome, better=better, worse=worse, counted=counted)


def model_row(model: ModelRecord) -> ModelRow:
    """A model as the panel shows it."""
    if model.id == BUNDLED:
        details = ((tr("Made from"), tr("photographs of many kinds; comes with the program")),)
        return ModelRow(BUNDLED, tr("Bundled"), model.adopted, model.images, model.regions, details=details)
    card = model.card
    lines: list[tuple[str, str]] = [(tr("Trained"), _when(model))]
    if card is not None:
        learned = tr("%Ln learned from", card.images)
        aside = tr("%Ln kept aside", card.held_out)
        lines.append((tr("Images"), f"{learned}, {aside}"))
        lines.append((tr("Learned"), ", ".join(tr(_PARTS[part]) for part in card.holds if part in _PARTS)))
        figures = [(tr(name), _figures(card.figures, key)) for key, name in _FIGURES.items()]
        lines += [(name, text) for name, text in figures if text]
    return ModelRow(
        model.id,
        model.name,
        model.adopted,
        model.images,
        model.regions,
        verdict="" if card is None else _card_verdict(card),
        details=tuple(lines),
        can_compare=card is not None and card.held_out > 0,
    )


_FIGURES = {
    "regions": tr.mark("Regions per image"),
    "agreement": tr.mark("Fits accepted"),
    "steadiness": tr.mark("Steady"),
}


def used_text(model: ModelRecord) -> str:
    """What uses a model, and what becomes of it."""
    made = tr("It proposed regions in %Ln image(s); they stay as they are.", model.images) if model.images else ""
    if model.adopted:
        made = f"{made} {tr('New proposals will come from the bundled model.')}".strip()
    return made or tr("Nothing in this project was made by it.")


def _figures(figures: Mapping[str, float], key: str) -> str:
    before, after = figures.get(f"before_{key}"), figures.get(f"after_{key}")
    if before is None or after is None:
        return ""
    digits = 1 if key == "regions" else 3
    return f"{decimal(before, digits=digits)} → {decimal(after, digits=digits)}"


def _when(model: ModelRecord) -> str:
    try:
        made = datetime.fromisoformat(model.made_at)
    except ValueError:
        return "–"
    moment = QDateTime.fromMSecsSinceEpoch(round(1000 * made.timestamp()))
    when = QLocale().toString(moment, QLocale.FormatType.ShortFormat)
    seconds = model.card.seconds if model.card is not None else 0.0
    return tr("{when}, in {time}").format(when=when, time=duration_text(seconds)) if seconds else when
