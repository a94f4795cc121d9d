"""User verbs on doubtful names: keep the name, or take the other one."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from acseg_core.store.edits import confirming
from acseg_core.types import DoubtfulName
from acseg_desktop.jobs import Job
from acseg_desktop.session import Session


def keep_names(session: Session, region_ids: Collection[int]) -> Job:
    """Say that names are right; they are not doubted until they or the pixels change."""
    return session.edit(lambda project: confirming.keep_names(project, region_ids))


def correct_names(session: Session, names: Sequence[DoubtfulName], *, looked_at: bool) -> Job:
    """Give regions the names they may have instead; those a person looked at are not doubted again."""
    return session.edit(lambda project: confirming.correct_names(project, names, confirmed=looked_at))
