"""`acseg bands`: which bands of images are shown red, green and blue, and which of their values black and white."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from acseg_desktop.cli.options import ProjectArgument
from acseg_desktop.cli.remove import matching_images
from acseg_desktop.cli.terminal import counted, follow, list_skipped, opened_project

if TYPE_CHECKING:
    from acseg_core.images.band_choice import BandChoice
    from acseg_core.store import Project


def bands(
    project: ProjectArgument,
    bands: Annotated[
        str,
        typer.Option(
            metavar="rgb|nir|N|R,G,B",
            help="Red, green, blue; near infrared, red, green; one band in grey; or three bands by number.",
            show_default="as they are",
        ),
    ] = "",
    stretch: Annotated[
        str,
        typer.Option(
            metavar="LOW,HIGH",
            help="Percentiles of each band's valid values that are shown black and white.",
            show_default="2,98",
        ),
    ] = "",
    values: Annotated[
        str, typer.Option("--range", metavar="MIN,MAX", help="Values shown black and white instead, in all bands.")
    ] = "",
    images: Annotated[
        list[str] | None,
        typer.Option(metavar="PATTERN", help="Only these images, folders or glob patterns. May be repeated."),
    ] = None,
    default: Annotated[
        bool, typer.Option("--default", help="Show images like that, too, that are added later.")
    ] = False,
    reset: Annotated[
        bool, typer.Option("--reset", help="Show images as they were when they were added, by the kind of their files.")
    ] = False,
) -> None:
    """Show which bands images are seen by, or change them.

    Without options, it tells how images are shown. A change is one step that can be undone; regions and names stay.
    """
    if not (bands or stretch or values or reset):
        if images or default:
            raise typer.BadParameter("say how images are to be shown: with --bands, --stretch, --range or --reset")
        with opened_project(project, read_only=True) as opened:
            _tell(opened)
        return
    if reset and (bands or stretch or values):
        raise typer.BadParameter("--reset takes no other way to show images; leave out the others")
    choice = None if reset else _choice(bands, stretch, values)
    with opened_project(project) as opened:
        _change(opened, choice, images, is_default=default)


def _choice(bands: str, stretch: str, values: str) -> BandChoice:
    from acseg_core.images.band_choice import HIGH, LOW, BandChoice

    if stretch and values:
        raise typer.BadParameter("give either --stretch or --range, not both")
    low, high = _pair(stretch, "--stretch") if stretch else (LOW, HIGH)
    return BandChoice(bands.lower().replace(" ", ""), low, high, _pair(values, "--range") if values else None)


def _pair(text: str, option: str) -> tuple[float, float]:
    try:
        first, second = map(float, text.split(","))
    except ValueError:
        raise typer.BadParameter(f"{option} takes two numbers with a comma between them, not {text!r}") from None
    return first, second


def _change(project: Project, choice: BandChoice | None, patterns: list[str] | None, *, is_default: bool) -> None:
    from acseg_core.store import queries
    from acseg_core.store.edits.renderings import choose_for_new_images
    from acseg_core.workflows.renderings import change_renderings

    ids = None
    if patterns:
        paths = {record.path: record.id for record in queries.images(project)}
        ids = matching_images(project, paths, patterns, what="image of the project")
    report = follow("Reading bands", change_renderings(project, choice, ids))
    if is_default:
        choose_for_new_images(project, choice)
    list_skipped(report.left_out)
    count = len(report.changes.image_ids)
    kept = f"; {len(report.left_out)} left as they were" if report.left_out else ""
    typer.echo(f"{counted(count, 'image')} shown otherwise now{kept}")
    if count:
        typer.echo("their regions stay as they are; `acseg propose --replace` finds new ones by what is seen now")


def _tell(project: Project) -> None:
    from acseg_core.images.rendering import from_text
    from acseg_core.store import queries
    from acseg_core.store.edits.renderings import choice_for_new_images

    shown = Counter(_described(from_text(record.info.rendering)) for record in queries.images(project))
    for words, count in shown.most_common():
        typer.echo(f"{counted(count, 'image')}: {words}")
    choice = choice_for_new_images(project)
    if choice is not None:
        span = f"percentiles {choice.low:g} to {choice.high:g}"
        span = span if choice.values is None else f"values {choice.values[0]:g} to {choice.values[1]:g}"
        typer.echo(f"new images: bands {choice.bands or 'by the kind of their files'}, {span}")


def _described(shown: object) -> str:
    from acseg_core.images.rendering import Rendering

    if not isinstance(shown, Rendering):
        return "by the kind of their files"
    which = f"band {shown.bands[0]} in grey" if len(shown.bands) == 1 else f"bands {', '.join(map(str, shown.bands))}"
    is_plain = {(each.black, each.white) for each in shown.stretches} == {(0, 255)}
    return f"{which}, {'0 to 255' if is_plain else 'stretched'}"
