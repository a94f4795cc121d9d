"""`acseg formats`: what is read and written, and what each format loses."""

from __future__ import annotations

import typer


def formats() -> None:
    """List the formats that are read and written.

    For each format that is written, what it does not keep is listed, too.
    """
    from acseg_core.formats.dataset import Kept
    from acseg_core.formats.format import FORMATS
    from acseg_core.formats.losses import TITLES

    for each in FORMATS:
        ways = "read only"
        if each.opener is None:
            ways = "written only"
        elif each.write:
            ways = "read and written"
        elif each.labels_only:
            ways = f"read; written by acseg labels --export FILE --format {each.key.removeprefix('labels-')}"
        typer.echo(f"{each.key:<12} {each.title} ({ways})")
        lost = [TITLES[feature] for feature in Kept if feature not in each.keeps] if each.write else []
        if lost:
            typer.echo(f"{'':<12} does not keep: {', '.join(lost)}")
