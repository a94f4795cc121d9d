"""A model file and its card: what a training made, of which images, how, and what it was found to be worth.

A model is one safetensors file. It holds a projection, weights of merges, a generator, or several of these; what it
lacks comes from the bundled model. Nothing in it is pickled, and nothing here imports torch.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save as save_arrays

from acseg_core.config import CellConfig
from acseg_core.errors import WeightsMismatchError, WeightsMissingError, quoted
from acseg_core.output.protected import is_one_of, write_output
from acseg_resources import resource_path

_log = logging.getLogger(__name__)

CARD_FORMAT = 1
"""Of the cards that this version writes; one of a higher format is refused."""

PARTS = ("projection", "merges", "generator")
"""What a model may hold."""

_CARD_KEY = "acseg_card"
_PART_KEYS = {"projection": "acseg_projection", "merges": "acseg_cells", "generator": "acseg_generator"}
"""Of the file's metadata; the test of this module holds them together with those that write the parts."""

_WHOLE_FIELDS = frozenset({"count", "any_below"})
_CELL_FIELDS = frozenset(each.name for each in fields(CellConfig))

PackedPart = tuple[Mapping[str, NDArray[np.float16]], Mapping[str, str]]
"""Arrays by their names, and metadata: what `packed` of a projection or generator gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """What is known about a model.

    Attributes:
        format: Of the card.
        name: As it is shown.
        made_at: When, ISO 8601 in UTC.
        version: Of ACSeg Desktop.
        backbone: timm name of the backbone that it was trained for.
        backbone_sha256: Of that backbone's weights.
        holds: Some of `PARTS`.
        images: Trained on.
        data_sha256: Over the sorted hashes of their files.
        held_out: Images kept back to judge it by.
        settings: Of the training, as plain JSON values.
        versions: Of Python and the libraries.
        curves: Steps and values, by what they show.
        figures: What the comparison on images held out found, "before_..." and "after_...".
        verdict: The same in plain words.
        seconds: That the training took.
    """

    format: int = CARD_FORMAT
    name: str
    made_at: str
    version: str
    backbone: str
    backbone_sha256: str
    holds: tuple[str, ...] = ()
    images: int
    data_sha256: str
    held_out: int = 0
    settings: dict[str, object] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    curves: dict[str, list[list[float]]] = field(default_factory=dict)
    figures: dict[str, float] = field(default_factory=dict)
    verdict: str = ""
    seconds: float = 0.0

    def to_json(self) -> str:
        """All of it as one line of JSON with sorted keys."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote; fields that this version does not know are passed over.

        Raises:
            ValueError: It is no card.
        """
        try:
            told = json.loads(text)
            return cls(
                **{each.name: _read_field(each.name, told[each.name]) for each in fields(cls) if each.name in told}
            )
        except (AttributeError, TypeError, OverflowError, RecursionError) as error:
            raise ValueError(f"not the card of a model: {error!r}") from error


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model on disk.

    Attributes:
        path: The file.
        sha256: Of its content.
        card: None in files that were made before there were cards.
        holds: Some of `PARTS`, at least one.
        merges: Fields of `CellConfig` and the values that it gives them; empty where it holds none.
        backbone: timm name of the backbone that it is for; "" where the file does not say.
        backbone_sha256: Of that backbone's weights, likewise.
    """

    path: Path
    sha256: str
    card: ModelCard | None
    holds: tuple[str, ...]
    merges: Mapping[str, float]
    backbone: str
    backbone_sha256: str

    @property
    def name(self) -> str:
        """What it is called: by its card, or its file."""
        return (self.card.name if self.card else "") or self.path.stem

    def cells(self, config: CellConfig) -> CellConfig:
        """The settings of cells with those that it replaces."""
        return replace(config, **{name: _cell_value(name, value) for name, value in self.merges.items()})

    def require_backbone(self, backbone: str, sha256: str) -> None:
        """Make sure that it was trained for a backbone.

        Args:
            backbone: timm name.
            sha256: Of its weights.

        Raises:
            WeightsMismatchError: It was trained for another one, or for other weights of it.
        """
        if self.backbone and self.backbone.partition(".")[0] != backbone.partition(".")[0]:
            raise WeightsMismatchError(
                f"{self.path}: this model was trained for {quoted(self.backbone)}, not for {backbone}; choose that "
                f"backbone, or train a model with `acseg train --backbone {backbone}`"
            )
        if self.backbone_sha256 and self.backbone_sha256 != sha256:
            raise WeightsMismatchError(
                f"{self.path}: this model was trained with other weights of {backbone}; give the same weights file as "
                "in training, or train a model for these"
            )


def bundled_model() -> Path:
    """The file that stands for the bundled model: its generator; the projection lies beside it."""
    return resource_path("weights", "acg_default.safetensors")


def is_bundled(path: Path) -> bool:
    """Whether that is the bundled model."""
    return is_one_of(path, [bundled_model()])


def read_model(path: Path) -> ModelFile:
    """Read what a model file says about itself; its arrays are read by those that use them.

    Raises:
        WeightsMissingError: There is no such file, or it cannot be read.
        WeightsMismatchError: It is no model, is damaged, or was made by a newer version.
    """
    if not path.is_file():
        raise WeightsMissingError(f"{path}: no such model file; make one with `acseg train`")
    try:
        with safe_open(path, framework="numpy") as file:
            told: dict[str, str] = file.metadata() or {}
        sha256 = _digest(path)
        holds = tuple(part for part in PARTS if _PART_KEYS[part] in told)
        if not holds:
            raise WeightsMismatchError(f"{path}: not a model of ACSeg Desktop; choose another file")
        card = _card_in(told, path)
        if card is not None and card.holds != holds:
            raise ValueError(f"the card speaks of {card.holds}, the file holds {holds}")
        merges = _read_merges(told[_PART_KEYS["merges"]], path) if "merges" in holds else {}
        backbone, backbone_sha256 = (card.backbone, card.backbone_sha256) if card else _trained_for(told)
    except OSError as error:
        raise WeightsMissingError(f"{path}: {error.strerror or error}; check its permissions") from error
    except (
        SafetensorError,
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
        ArithmeticError,
        RecursionError,
    ) as error:
        raise WeightsMismatchError(f"{path}: not a model file, or damaged; choose another file") from error
    return ModelFile(path, sha256, card, holds, merges, backbone, backbone_sha256)


def write_model(
    path: Path,
    *,
    card: ModelCard,
    projection: PackedPart | None = None,
    merges: Mapping[str, float] | None = None,
    generator: PackedPart | None = None,
) -> ModelFile:
    """Write a model file, whole or not at all.

    Args:
        path: The file.
        card: About it; what it holds is filled in here.
        projection: What `Projection.packed` gives.
        merges: Fields of `CellConfig` with the values that this model gives them.
        generator: What `ConceptGenerator.packed` gives.

    Raises:
        ValueError: There is nothing to hold, a weight is unknown, or out of range.
        StorageError: The file cannot be written; an existing one is left as it was.
    """
    parts = {"projection": projection, "merges": _packed_merges(merges) if merges else None, "generator": generator}
    holds = tuple(part for part in PARTS if parts[part] is not None)
    if not holds:
        raise ValueError("a model holds a projection, weights of merges or a generator")
    arrays: dict[str, NDArray[np.float16]] = {}
    metadata = {_CARD_KEY: replace(card, holds=holds).to_json()}
    for part in parts.values():
        if part is not None:
            arrays |= part[0]
            metadata |= part[1]
    if not arrays:  # a file without any array is not read by all versions of safetensors
        arrays = {"none": np.zeros(1, np.float16)}
    with write_output(path) as file:
        file.write(save_arrays(arrays, metadata=metadata))
    return read_model(path)


def _packed_merges(merges: Mapping[str, float]) -> PackedPart:
    unknown = sorted(set(merges) - _CELL_FIELDS)
    if unknown:
        raise ValueError(f"no settings of cells: {', '.join(unknown)}")
    replace(CellConfig(), **{name: _cell_value(name, value) for name, value in merges.items()})
    return {}, {_PART_KEYS["merges"]: json.dumps(dict(merges), sort_keys=True)}


def _read_merges(text: str, path: Path) -> dict[str, float]:
    """The weights that this version knows; those of others say nothing here."""
    told = json.loads(text)
    known = {name: _cell_value(name, value) for name, value in told.items() if name in _CELL_FIELDS}
    if left := sorted(set(told) - set(known)):
        _log.warning("%s: weights that this version does not know are left out: %s", path, quoted(", ".join(left)))
    replace(CellConfig(), **known)
    return known


def _cell_value(name: str, value: object) -> Any:
    """A field of `CellConfig`, of its type.

    Raises:
        ValueError: It is no such number.
    """
    number = float(value)  # type: ignore[arg-type]  # a TypeError is what the callers expect of other things
    if isinstance(value, bool | str) or not np.isfinite(number) or (name in _WHOLE_FIELDS and number != int(number)):
        raise ValueError(f"{name} cannot be {value!r}")
    return int(number) if name in _WHOLE_FIELDS else number


def _card_in(told: Mapping[str, str], path: Path) -> ModelCard | None:
    """The card in a file's metadata.

    Raises:
        WeightsMismatchError: It is of a later format.
        ValueError: It is damaged.
    """
    if _CARD_KEY not in told:
        return None
    made = json.loads(told[_CARD_KEY])["format"]
    if isinstance(made, int) and made > CARD_FORMAT:
        raise WeightsMismatchError(
            f"{path}: this model was made by a newer version of ACSeg Desktop; update the program, or choose another "
            "model"
        )
    return ModelCard.from_json(told[_CARD_KEY])


def _trained_for(told: Mapping[str, str]) -> tuple[str, str]:
    """Backbone and hash of its weights in a file without a card, as far as it says so."""
    name = sha256 = ""
    if note := told.get(_PART_KEYS["generator"]):
        described = json.loads(note)
        name, sha256 = described["config"].get("backbone", ""), described["training"].get("backbone_sha256", "")
    if not sha256 and (note := told.get(_PART_KEYS["projection"])):
        sha256 = json.loads(note)["backbone_sha256"]
    return str(name), str(sha256)


def _read_field(name: str, value: Any) -> Any:
    """A field of a card as it is in JSON, of its type.

    Raises:
        ValueError: It is of another one.
        TypeError: Likewise.
    """
    match name:
        case "format" | "images" | "held_out":
            return int(value)
        case "seconds":
            return float(value)
        case "holds":
            return tuple(str(part) for part in value)
        case "settings":
            return dict(value)
        case "versions":
            return {str(key): str(version) for key, version in dict(value).items()}
        case "curves":
            return {
                str(key): [[float(number) for number in point] for point in curve] for key, curve in dict(value).items()
            }
        case "figures":
            return {str(key): float(number) for key, number in dict(value).items()}
    if not isinstance(value, str):
        raise TypeError(f"{name} is no text: {value!r}")
    return value


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
