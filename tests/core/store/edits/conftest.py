"""Edits of drawn pictures: what the pixels are before and after, and both ways through the history."""

import pytest

from acseg_core.store.edits import history, review


@pytest.fixture
def drawn(world, project):
    """Draws a picture, makes an edit, checks the picture after it, and that undo and redo bring both back."""

    def check(before, edit, after, **labels):
        names = world.draw(project, 1, before)
        for letter, label in labels.items():
            review.name_regions_as(project, [names[letter]], label)
        start = world.rows()
        changes = edit(names)
        assert world.picture(project, 1, names) == after
        end = world.rows()
        history.undo(project)
        assert world.rows() == start
        history.redo(project)
        assert world.rows() == end
        return names, changes

    return check
