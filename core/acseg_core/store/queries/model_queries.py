"""Models as they are read: which a project has, which of them is adopted, and what each has made.

A project proposes with the model that was adopted last; that is read from the history, so that undo takes it back.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, select

from acseg_core.proposals.model_card import ModelCard, bundled_model
from acseg_core.store.database import folded
from acseg_core.store.project import Project
from acseg_core.store.schema import MODEL, MODEL_KIND, OPERATION, REGION, RUN
from acseg_core.verbs import Verb

BUNDLED_ID, BUNDLED_NAME = 0, "bundled"
"""The bundled model, which every project has."""

MODELS = "models"
"""Folder of a project that its models lie in."""

_MODELS = select(MODEL.c.id, MODEL.c.name, MODEL.c.sha256, MODEL.c.card, MODEL.c.added_at).where(
    MODEL.c.kind == MODEL_KIND
)


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """A model of a project.

    Attributes:
        id: Row id in the project, from 1; `BUNDLED_ID` of the bundled one.
        name: What it is called here.
        sha256: Of its file; "" of the bundled one.
        path: The file, which need not be there.
        card: None of the bundled one, and of files made before there were cards.
        made_at: When it was made, or else added; ISO 8601, "" of the bundled one.
        adopted: Whether it is the one that the project proposes with.
        is_added: Whether it is in the project; if not, it was deleted, or regions were proposed with it without that.
        images: In which there are regions that it made.
        regions: That it made and that are there now.
    """

    id: int
    name: str
    sha256: str
    path: Path
    card: ModelCard | None
    made_at: str
    adopted: bool
    is_added: bool
    images: int
    regions: int

    @property
    def is_bundled(self) -> bool:
        """Whether it came with the program."""
        return self.id == BUNDLED_ID

    @property
    def used_by(self) -> str:
        """What of the project uses it, in words; "" for nothing."""
        made = f"{_counted(self.regions, 'region')} in {_counted(self.images, 'image')}" if self.regions else ""
        return ", ".join(part for part in ("adopted" if self.adopted else "", made) if part)


def models(project: Project, *, also_gone: bool = False) -> list[ModelRecord]:
    """The models of a project, the bundled one first, then as they were added.

    Args:
        project: Open.
        also_gone: Those, too, that are not in the project, but made regions that are.
    """
    with project.read() as connection:
        adopted = _adopted_id(connection)
        made = _made(connection)
        known = connection.execute(_MODELS.order_by(MODEL.c.added_at.is_(None), MODEL.c.added_at, MODEL.c.id))
        images, regions = made.get(None, (0, 0))
        found = [
            ModelRecord(
                *(BUNDLED_ID, BUNDLED_NAME, "", bundled_model(), None, "", adopted == BUNDLED_ID, True, images, regions)
            )
        ]
        for row in known:
            images, regions = made.get(row.id, (0, 0))
            if row.added_at is None and not (also_gone and regions):
                continue
            card = None if row.card is None else ModelCard.from_json(row.card)
            found.append(
                ModelRecord(
                    id=row.id,
                    name=row.name,
                    sha256=row.sha256,
                    path=model_path(project, row.sha256),
                    card=card,
                    made_at=(card.made_at if card else "") or row.added_at or "",
                    adopted=row.id == adopted,
                    is_added=row.added_at is not None,
                    images=images,
                    regions=regions,
                )
            )
    return found


def model(project: Project, model_id: int) -> ModelRecord | None:
    """A model that is in the project."""
    return next((each for each in models(project) if each.id == model_id), None)


def model_called(project: Project, name: str) -> ModelRecord | None:
    """The model of that name, upper or lower case."""
    key = folded(name.strip())
    return next((each for each in models(project) if folded(each.name) == key), None)


def adopted_file(project: Project) -> Path | None:
    """The file of the model that the project proposes with, which need not be there; None for the bundled one."""
    with project.read() as connection:
        sha256 = connection.execute(select(MODEL.c.sha256).where(MODEL.c.id == _adopted_id(connection))).scalar()
    return None if sha256 is None else model_path(project, sha256)


def model_path(project: Project, sha256: str) -> Path:
    """Where a project keeps the model with this content."""
    return project.folder / MODELS / f"{sha256[:32]}.safetensors"


def _adopted_id(connection: Connection) -> int:
    """The model of the newest adoption that was not undone; the bundled one where that was deleted since."""
    adoption = OPERATION.c.verb == Verb.ADOPT_MODEL.value
    newest = (
        select(MODEL.c.id)
        .select_from(OPERATION)
        .join(RUN, RUN.c.id == OPERATION.c.run_id)
        .outerjoin(MODEL, (MODEL.c.id == RUN.c.model_id) & MODEL.c.added_at.is_not(None))
        .where(adoption, ~OPERATION.c.undone)
        .order_by(OPERATION.c.id.desc())
        .limit(1)
    )
    return connection.execute(newest).scalar() or BUNDLED_ID


def _made(connection: Connection) -> dict[int | None, tuple[int, int]]:
    """Images and regions by the model that made them, from the index by runs alone; None is the bundled one."""
    by_run = select(REGION.c.run_id, REGION.c.image_id, func.count().label("regions"))
    counted = by_run.where(REGION.c.run_id.is_not(None)).group_by(REGION.c.run_id, REGION.c.image_id).subquery()
    made = (
        select(RUN.c.model_id, func.count(counted.c.image_id.distinct()), func.sum(counted.c.regions))
        .join(RUN, RUN.c.id == counted.c.run_id)
        .group_by(RUN.c.model_id)
    )
    return {model_id: (images, regions) for model_id, images, regions in connection.execute(made)}


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
