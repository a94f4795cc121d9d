"""The keys 1 to 9: they give the labels that have them, on the canvas and in the concept browser; in no menu."""

from __future__ import annotations

from functools import partial

from acseg_desktop.actions.need import Need
from acseg_desktop.actions.spec import ActionSpec
from acseg_desktop.commands.commands import Commands

_DIGITS = "123456789"


def _on_canvas(digit: str) -> ActionSpec[Commands]:
    return ActionSpec(
        f"region.label_{digit}",
        "Assign label {number}",
        "",
        lambda commands: partial(commands.review.give_key, digit),
        (digit,),
        needs=Need.EDIT_IMAGE,
        number=digit,
    )


def _in_browser(digit: str) -> ActionSpec[Commands]:
    return ActionSpec(
        f"clusters.label_{digit}",
        "Assign label {number}",
        "",
        lambda commands: partial(commands.clusters.give_key, digit),
        (digit,),
        needs=Need.EDIT_IN_BROWSER | Need.CHOSEN,
        number=digit,
    )


ACTIONS: tuple[ActionSpec[Commands], ...] = (*map(_on_canvas, _DIGITS), *map(_in_browser, _DIGITS))
