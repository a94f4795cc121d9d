"""A training that was begun and is not done: what a project's folder remembers of it, so that it can go on later."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Self

from acseg_core.config import BackboneConfig
from acseg_core.errors import StorageError
from acseg_core.output.atomic_write import write_aside

logger = logging.getLogger(__name__)

FOLDER = "models"
"""Folder of a project in which its models are, and those that are being trained."""
_FILE = "training.json"
_FORMAT = 1
_ENDINGS = ("", ".checkpoint", ".interim.safetensors")
"""What a training writes, behind the name of its model file."""


@dataclass(frozen=True, slots=True)
class UnfinishedTraining:
    """What is needed to go on, and how far it had come.

    Attributes:
        name: Of the model.
        preset: Key of the trainer's presets.
        backbone: Of the training.
        image_ids: Trained on or held out; all that were chosen when it began.
        file: Name of the model file, in the folder of models.
        share: Of all the work that was done, 0..1.
        seconds: That were spent on it.
    """

    name: str
    preset: str
    backbone: BackboneConfig
    image_ids: tuple[int, ...]
    file: str
    share: float = 0.0
    seconds: float = 0.0

    @classmethod
    def begin(
        cls, project_folder: Path, name: str, preset: str, *, backbone: BackboneConfig, image_ids: tuple[int, ...]
    ) -> Self:
        """A new one; its file takes nobody's place."""
        stem = re.sub(r"[^\w-]+", "-", name).strip("-_")[:60] or "model"
        files = (f"{stem}{'' if number == 1 else f'-{number}'}.safetensors" for number in range(1, 10_000))
        folder = project_folder / FOLDER
        file = next(file for file in files if not any((folder / f"{file}{ending}").exists() for ending in _ENDINGS))
        return cls(name, preset, backbone, image_ids, file)

    def model_path(self, project_folder: Path) -> Path:
        """The model file that it is going to write."""
        return project_folder / FOLDER / self.file

    def interim_path(self, project_folder: Path) -> Path:
        """Models of what was learned so far, for pictures."""
        return project_folder / FOLDER / f"{self.file}{_ENDINGS[2]}"

    def come_to(self, share: float, seconds: float) -> Self:
        """The same, further on; a share never falls."""
        return replace(self, share=min(1.0, max(self.share, share)), seconds=seconds)

    def write(self, project_folder: Path) -> None:
        """Remember it.

        Raises:
            StorageError: It cannot be written.
        """
        plain = {"format": _FORMAT, **asdict(self), "image_ids": list(self.image_ids)}
        folder = project_folder / FOLDER
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            raise StorageError(f"{folder}: cannot be made ({error.strerror}); check the permissions") from error
        with write_aside(folder / _FILE) as file:
            file.write(json.dumps(plain, default=str).encode())


def read_unfinished(project_folder: Path) -> UnfinishedTraining | None:
    """The training that was begun in a project and is not done; None where there is none, or nothing can be read."""
    path = project_folder / FOLDER / _FILE
    try:
        plain = json.loads(path.read_text("utf-8"))
        return _from_plain(plain) if plain["format"] == _FORMAT else None
    except FileNotFoundError:
        return None
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        logger.warning("%s: nothing is known of a training: %s", path, error)
        return None


def forget_unfinished(project_folder: Path) -> None:
    """A training is done: there is nothing to go on with; its model stays."""
    known = read_unfinished(project_folder)
    if known is not None:
        known.interim_path(project_folder).unlink(missing_ok=True)
    (project_folder / FOLDER / _FILE).unlink(missing_ok=True)


def discard_unfinished(project_folder: Path) -> None:
    """Throw away what a training has learned so far."""
    known = read_unfinished(project_folder)
    if known is not None:
        for ending in _ENDINGS[1:]:
            (project_folder / FOLDER / f"{known.file}{ending}").unlink(missing_ok=True)
    (project_folder / FOLDER / _FILE).unlink(missing_ok=True)


def _from_plain(plain: dict[str, Any]) -> UnfinishedTraining:
    backbone = dict(plain["backbone"])
    weights = backbone.pop("weights")
    file = str(plain["file"])
    if Path(file).name != file:
        raise ValueError(f"{file!r} is no name of a file")
    return UnfinishedTraining(
        name=str(plain["name"]),
        preset=str(plain["preset"]),
        backbone=BackboneConfig(weights=None if weights is None else Path(weights), **backbone),
        image_ids=tuple(int(image_id) for image_id in plain["image_ids"]),
        file=file,
        share=float(plain["share"]),
        seconds=float(plain["seconds"]),
    )
