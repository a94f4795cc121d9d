"""`acseg suggest --doubts`: doubtful names, that the names of all regions speak against, listed or corrected."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from acseg_desktop.cli.terminal import check_project_outputs, counted, opened_project

if TYPE_CHECKING:
    from acseg_core.store import Project
    from acseg_core.types import DoubtfulName

_LISTED = 20
"""Number of doubtful names that are shown."""


def list_doubts(project: Path, *, json_file: Path | None, correct_above: float | None) -> None:
    """List the doubtful names of a project, and correct those that are sure enough: one undo step.

    Args:
        project: The project's folder; only read from, unless names are corrected.
        json_file: Where all of them are written, as they were before.
        correct_above: How likely the other name has to be, 0..1; None corrects none.
    """
    from acseg_core.store.edits import confirming
    from acseg_core.workflows.doubts import find_doubtful_names

    with opened_project(project, read_only=correct_above is None) as opened:
        check_project_outputs(opened, json_file)
        found = find_doubtful_names(opened)
        rows = _rows(opened, found)
        if json_file is not None:
            _write(rows, json_file)
        typer.echo(f"{project}: {counted(len(rows), 'doubtful name')}")
        for row in rows[:_LISTED]:
            typer.echo(
                f"region {row['id']} in {row['image']}: {row['label']}, perhaps {row['other']} "
                f"({row['confidence']:.2f})"
            )
        if len(rows) > _LISTED:
            typer.echo(f"and {len(rows) - _LISTED} more")
        if correct_above is not None:
            sure = [each for each in found if each.confidence >= correct_above]
            changes = confirming.correct_names(opened, sure, confirmed=False)
            typer.echo(f"{counted(len(changes.region_ids), 'name')} corrected")


def _rows(project: Project, found: list[DoubtfulName]) -> list[dict[str, Any]]:
    """What a reader wants to know of each; what a window that has the project open took away meanwhile is passed by."""
    from acseg_core.store import queries

    names = {label.id: label.name for label in queries.labels(project)}
    regions = queries.regions_by_id(project, [each.region_id for each in found])
    paths = {image_id: queries.image(project, image_id).path for image_id in {r.image_id for r in regions.values()}}
    return [
        {
            "id": each.region_id,
            "image": paths[regions[each.region_id].image_id],
            "label": names[each.label_id],
            "other": names[each.other_id],
            "confidence": round(each.confidence, 4),
        }
        for each in found
        if each.region_id in regions and {each.label_id, each.other_id} <= names.keys()
    ]


def _write(rows: list[dict[str, Any]], path: Path) -> None:
    from acseg_core.output.protected import write_output

    with write_output(path) as file:
        file.write(json.dumps({"doubts": rows}, indent=1, ensure_ascii=False).encode() + b"\n")
