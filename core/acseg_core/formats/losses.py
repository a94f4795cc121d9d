"""What formats lose, in words: for the command line, the form of the window, and the documents."""

from __future__ import annotations

from collections.abc import Mapping

from acseg_core.formats.dataset import Kept

_LOST: Mapping[Kept, tuple[str, str]] = {
    Kept.INSTANCES: (
        "1 thing is one area with another of its label",
        "{} things are one area with others of their label",
    ),
    Kept.PARTS: ("1 shape in several parts becomes several shapes", "{} shapes in several parts become several each"),
    Kept.NEGATIVES: ("1 image with nothing in it looks unlabelled", "{} images with nothing in them look unlabelled"),
    Kept.VOID: ("the void areas of 1 image", "the void areas of {} images"),
    Kept.THINGS: ("that 1 label is stuff", "that {} labels are stuff"),
    Kept.IDS: ("the number of 1 label", "the numbers of {} labels"),
    Kept.COLORS: ("the color of 1 label", "the colors of {} labels"),
    Kept.SUPERCATEGORIES: ("the supercategory of 1 label", "the supercategories of {} labels"),
    Kept.REMARKS: ("the comment or review of 1 image", "the comments or reviews of {} images"),
}

TITLES: Mapping[Kept, str] = {
    Kept.INSTANCES: "instances",
    Kept.PARTS: "several parts as one shape",
    Kept.NEGATIVES: "images with nothing in them",
    Kept.VOID: "void areas",
    Kept.THINGS: "things or stuff",
    Kept.IDS: "numbers of labels",
    Kept.COLORS: "colors",
    Kept.SUPERCATEGORIES: "supercategories",
    Kept.REMARKS: "comments and reviews",
}
"""What can be kept or lost, as a heading."""


def loss_texts(lost: Mapping[str, int]) -> list[str]:
    """One phrase for each thing that is lost, in the order of `Kept`.

    Args:
        lost: How often there was such a thing, by `Kept`, as `ExportReport.lost` has it.
    """
    return [
        (one if lost[feature] == 1 else many.format(f"{lost[feature]:,}"))
        for feature, (one, many) in _LOST.items()
        if lost.get(feature)
    ]
