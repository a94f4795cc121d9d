"""Which needs of actions are met now, from what is open, selected and running: what enables the actions."""

from __future__ import annotations

from functools import reduce

from acseg_desktop.actions.need import Need
from acseg_desktop.commands.commands import Commands
from acseg_desktop.commands.context import CommandContext


def met_needs(context: CommandContext, commands: Commands) -> Need:
    """All that is so now."""
    facts = _of_project(context, commands) | _of_image(context, commands) | _of_browser(commands) | commands.tools.facts
    return reduce(Need.__or__, (need for need, holds in facts.items() if holds), Need.NOTHING)


def _of_project(context: CommandContext, commands: Commands) -> dict[Need, bool]:
    session = context.session
    return {
        Need.PROJECT: session.is_open,
        Need.WRITABLE: session.can_edit,
        Need.UNDO: session.history.undo is not None,
        Need.REDO: session.history.redo is not None,
        Need.NO_PROPOSING: not commands.propose.is_running,
    }


def _of_image(context: CommandContext, commands: Commands) -> dict[Need, bool]:
    """None of it holds while the concept browser is in the canvas's place."""
    if commands.clusters.is_open:
        return {}
    viewer, selection = context.viewer, context.canvas.selection
    return {
        Need.IMAGE: viewer.image_id is not None,
        Need.REGIONS: bool(viewer.regions),
        Need.SELECTION: bool(selection),
        Need.ONE: len(selection) == 1,
        Need.SEVERAL: len(selection) >= 2,
        Need.TREE: viewer.record is not None and viewer.record.granularity is not None,
        Need.SUGGESTED: bool(commands.suggest.suggested),
    }


def _of_browser(commands: Commands) -> dict[Need, bool]:
    if not commands.clusters.is_open:
        return {}
    grid, model = commands.clusters.page.grid, commands.clusters.page.model
    clusters = len(model.clusters_of(grid.clusters))
    return {
        Need.BROWSER: True,
        Need.CHOSEN: bool(grid.clusters or grid.regions),
        Need.CHOSEN_REGIONS: bool(grid.regions) and not model.is_flat,
        Need.DOUBTFUL_NAMES: model.shows_doubtful_names and bool(model.sections),
        Need.ONE_CLUSTER: clusters == 1,
        Need.CLUSTERS: clusters >= 2,
    }
