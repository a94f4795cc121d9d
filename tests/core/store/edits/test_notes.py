"""The project's notes."""

import pytest

from acseg_core.errors import ProjectReadOnlyError
from acseg_core.store import open_project
from acseg_core.store.edits import history
from acseg_core.store.edits.notes import read_notes, write_notes


def test_notes_are_kept_and_are_no_operation(world):
    project = world.create()
    assert read_notes(project) == ""
    before = history.state(project)
    write_notes(project, "Bäume: nur Kronen\r\nsee “rules.pdf”\n🌳")
    assert read_notes(project) == "Bäume: nur Kronen\nsee “rules.pdf”\n🌳"
    assert history.state(project) == before
    folder = project.folder
    project.close()
    with open_project(folder) as again:
        assert read_notes(again) == "Bäume: nur Kronen\nsee “rules.pdf”\n🌳"


def test_notes_of_a_read_only_project_cannot_be_written(world):
    project = world.create()
    write_notes(project, "kept")
    folder = project.folder
    project.close()
    with open_project(folder, read_only=True) as again:
        with pytest.raises(ProjectReadOnlyError):
            write_notes(again, "lost")
        assert read_notes(again) == "kept"
