"""Selection of regions by clicks, boxes and the Tab key: pure functions on sets of region ids.

A plain click selects the region alone, and keeps it when it was selected already (as in labelme and CVAT, and as a
double click needs); Ctrl or Shift toggles; a click on nothing clears, unless a modifier says "add".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Selection = frozenset[int]


def clicked(selection: Selection, region_id: int | None, *, toggle: bool) -> Selection:
    """The selection after a click on a region, or on nothing."""
    if region_id is None:
        return selection if toggle else frozenset()
    return selection ^ {region_id} if toggle else frozenset({region_id})


def boxed(selection: Selection, region_ids: Iterable[int], *, add: bool) -> Selection:
    """The selection after a box was drawn over some regions."""
    return (selection if add else frozenset()) | frozenset(region_ids)


def stepped(selection: Selection, order: Sequence[int], *, step: int, from_start: bool = False) -> int | None:
    """The region after (+1) or before (-1) the selected one, or None past either end.

    Args:
        selection: What is selected; with several, the outermost in the direction of travel counts.
        order: All ids to walk through.
        step: +1 or -1.
        from_start: Begin at the near end, whatever is selected.
    """
    places = [] if from_start else [place for place, region_id in enumerate(order) if region_id in selection]
    after = max(places, default=-1) + 1
    before = min(places, default=len(order)) - 1
    place = after if step > 0 else before
    return order[place] if 0 <= place < len(order) else None
