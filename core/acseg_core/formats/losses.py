"""What formats lose, in words: for the command line, the form of the window, and the documents."""

from __future__ import annotations

from collections.abc import Mapping

from acseg_core.formats.dataset import Kept

_LOST: Mapping[Kept, tuple[str, str]] = {
    Kept.INSTANCES: (
        "1 object merges with others of the same label",
        "{} objects merge with others of the same label",
    ),
    Kept.PARTS: ("1 region in several parts becomes several", "{} regions in several parts become several"),
    Kept.NEGATIVES: ("1 image without objects looks unlabelled", "{} images without objects look unlabelled"),
    Kept.VOID: ("void areas in 1 image", "void areas in {} images"),
    Kept.THINGS: ("that 1 label is stuff", "that {} labels are stuff"),
    Kept.IDS: ("the id of 1 label", "the ids of {} labels"),
    Kept.COLORS: ("the color of 1 label", "the colors of {} labels"),
    Kept.SUPERCATEGORIES: ("the supercategory of 1 label", "the supercategories of {} labels"),
    Kept.REMARKS: ("comment or review of 1 image", "comments or reviews of {} images"),
}

TITLES: Mapping[Kept, str] = {
    Kept.INSTANCES: "instances",
    Kept.PARTS: "several parts as one shape",
    Kept.NEGATIVES: "images without objects",
    Kept.VOID: "void areas",
    Kept.THINGS: "things or stuff",
    Kept.IDS: "ids of labels",
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
