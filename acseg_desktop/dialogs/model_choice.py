"""The choice of a model by its name, or of another file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QWidget

from acseg_core.proposals.model_card import bundled_model
from acseg_desktop.language.words import Words

tr = Words("Propose form")

_OTHER = -1
"""What the choice has where a file is chosen, and no model by its name."""


@dataclass(frozen=True, slots=True)
class NamedModel:
    """A model that can be chosen by its name.

    Attributes:
        name: As it is shown.
        path: Its file; None is the bundled model.
        is_adopted: Whether the project uses it.
    """

    name: str
    path: Path | None
    is_adopted: bool = False


class ModelChoice(QComboBox):
    """The bundled model, those of the project, and "Other file…"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolTip(tr("Models are trained with Tools ▸ Train on my images."))
        self._models: tuple[NamedModel, ...] = ()
        self.show_models((), is_other=False)

    @property
    def is_other(self) -> bool:
        """Whether a file is to be chosen."""
        return bool(self.currentData() == _OTHER)

    @property
    def path(self) -> Path | None:
        """The file of the chosen model; None is the one that the project uses, or where a file is to be chosen."""
        if self.is_other:
            return None
        model = self._models[self.currentData()]
        return None if model.is_adopted else model.path or bundled_model()

    def show_models(self, models: Sequence[NamedModel], *, is_other: bool) -> None:
        """Offer the bundled model and these; the one in use is chosen, unless a file is (``is_other``)."""
        bundled = NamedModel(tr("Bundled model"), None, not any(each.is_adopted for each in models))
        self._models = (bundled, *models)
        blocked = self.blockSignals(True)
        self.clear()
        for place, model in enumerate(self._models):
            text = tr("{name} (in use)") if model.is_adopted and models else "{name}"  # alone it goes without saying
            self.addItem(text.format(name=model.name), place)
        self.addItem(tr("Other file…"), _OTHER)
        adopted = next(place for place, model in enumerate(self._models) if model.is_adopted)
        self.setCurrentIndex(self.count() - 1 if is_other else adopted)
        self.blockSignals(blocked)
