"""The project store: one SQLite file per project, every edit undoable, one writer.

    with open_project(folder) as project:
        review.name_regions_as(project, [3, 5], "cat")
        history.undo(project)

Modules: `ingest` (images and proposals come in), `review` (the annotator's edits), `history` (undo and redo),
`queries` (everything that is read). Nothing of SQLAlchemy leaves this package.
"""

from __future__ import annotations

from acseg_core.store.backups import latest_backup
from acseg_core.store.opening import create_project, is_project, open_project
from acseg_core.store.project import Project
from acseg_core.store.restoring import restore_backup

__all__ = ["Project", "create_project", "is_project", "latest_backup", "open_project", "restore_backup"]
