"""What the export form says: of the place that is written to, and of what was written."""

from __future__ import annotations

from pathlib import Path

from acseg_core.formats.format import Format
from acseg_core.output.folders import others_in
from acseg_core.reports import ExportReport, ShapeReport
from acseg_desktop.dialogs.export_format import losses_text
from acseg_desktop.language.core_messages import translated, translated_part
from acseg_desktop.language.words import Words, percent

tr = Words("Export")


def place_question(out: Path, *, is_file: bool) -> str:
    """What is to be asked before a place is written to; "" if nothing is.

    Raises:
        OSError: The place cannot be looked at.
    """
    if is_file:
        return (
            tr("{name} already exists. Press Replace to overwrite it.").format(name=out.name) if out.is_file() else ""
        )
    if others_in(out):
        return tr("The folder {name} contains other files. They are kept if you write into it.").format(name=out.name)
    return ""


def shapes_text(shapes: ShapeReport) -> list[str]:
    """What an export says of the form of shapes: parts, and what polygons cost."""
    lines = []
    if shapes.divided:
        lines.append(tr("%Ln region(s) in several parts, one annotation for each part.", shapes.divided))
    if shapes.polygons:
        points = tr("%Ln point(s)", shapes.points)
        if shapes.inexact:
            pixels = tr("%Ln pixel(s)", shapes.changed)
            share = percent(shapes.changed / max(1, shapes.pixels), digits=2)
            lines.append(
                tr("%Ln polygon(s) not exact: {pixels} changed ({share}), {points} in total.", shapes.inexact).format(
                    pixels=pixels, share=share, points=points
                )
            )
        else:
            lines.append(tr("All polygons are exactly the masks: {points}.").format(points=points))
    return lines


def outcome_text(report: ExportReport, format_: Format) -> str:
    """What was written where, and what is to be known of it, in lines."""
    nouns = (
        tr("%Ln region(s)", report.regions),
        tr("%Ln image(s)", report.images),
        tr("%Ln categor(y,ies)", report.categories),
    )
    told = tr("Exported {what} to {name}.").format(what=", ".join(nouns), name=report.path.name)
    more = [] if not report.lost else [losses_text(format_, report.lost)]
    split = ", ".join(f"{name} {count}" for name, count in report.splits.items())
    return "\n".join([told, *shapes_text(report.shapes), *more, *([split] if split else []), *notes_text(report)])


def notes_text(report: ExportReport) -> list[str]:
    """What else an export says, a line each: what stays together, and what readers of the format take otherwise."""
    split = [translated(note) for note in report.split_notes]
    return [*split, *(f"{translated_part(part)}: {part.places_text}" for part in report.cautions)]
