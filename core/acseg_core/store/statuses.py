"""Statuses of regions: the one place that says which regions count as what, in statements and for single rows.

A region is *accepted* when a person gave it a name, one by one or by cluster, or accepted what was suggested: then it
has a label. Accepted and named are one and the same; `NAMED` is the statement for both. Images are not accepted but
done; accepting an image means to accept the names that are shown in it, after which it is done.
It also says whose regions count at all: see `IN_USABLE`, which every reader of many images' regions asks for.

The columns ``status`` and ``verdict`` hold what people decided and are in the history. Suggestions are made anew all
the time and are not: whether a region counts as suggested follows from its suggestion, see `SUGGESTED`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import and_, func, select

from acseg_core.store.schema import IMAGE, REGION
from acseg_core.types import RegionOrigin, RegionStatus, Verdict

USABLE = IMAGE.c.problem == ""
"""Images whose files are those that their regions were made on, as far as the last scan knows."""

IN_USABLE = REGION.c.image_id.not_in(select(IMAGE.c.id).where(~USABLE))
"""Regions of such images. Those of others are kept, but nothing is learned from them, nothing is suggested for them
without being asked, and nothing shows them on other pixels."""

_NOT_JUDGED = REGION.c.status.in_([RegionStatus.PROPOSED.value, RegionStatus.SUGGESTED.value])
_NOT_REJECTED = REGION.c.status.is_distinct_from(RegionStatus.REJECTED.value)

NAMED = REGION.c.label_id.is_not(None)
"""Regions with a label."""

UNNAMED = func.coalesce(REGION.c.label_id, 0) == 0
"""Regions without a label, in words that keep SQLite to the index by image: for counts over all of them."""

UNDECIDED = and_(REGION.c.label_id.is_(None), _NOT_JUDGED)
"""Regions that no person has named, accepted or rejected."""

NAMELESS = and_(REGION.c.label_id.is_(None), _NOT_REJECTED)
"""Regions that want a name: without a label and not rejected."""

NAMELESS_OF_ALL = and_(UNNAMED, _NOT_REJECTED)
"""The same regions as `NAMELESS`, for counts over all."""

SUGGESTED = and_(REGION.c.suggestion_id > 0, UNNAMED, _NOT_JUDGED)
"""Regions that count as suggested: undecided and with a suggestion. In words that make SQLite look these up by the
suggestion, not by the missing label."""

OFFERED = and_(UNNAMED, func.coalesce(REGION.c.suggestion_id, 0) > 0, _NOT_JUDGED)
"""The same regions as `SUGGESTED`, for counts over all: few are found quicker there, but many are counted several times
as fast here, as no row of a region is read."""

OPEN = and_(UNDECIDED, REGION.c.verdict != Verdict.DECLINED.value)
"""Regions that a name may be suggested for; of one row, `Region.is_open`."""

FROM_FILE = and_(
    REGION.c.origin == RegionOrigin.IMPORTED.value,
    REGION.c.suggestion_id.is_not(None),
    func.coalesce(REGION.c.confidence, 0.0) == 1.0,
)
"""Regions with a name that a file of another tool suggests: no model may put its own in the place of that."""

CONFIRMED = and_(NAMED, REGION.c.verdict == Verdict.CONFIRMED.value)
"""Regions whose name a person gave or confirmed while looking at that very region. A suggestion beside it says nothing:
it was made while the name was undone, and redoing that did not know of it."""

BY_HAND = REGION.c.origin.in_([RegionOrigin.DRAWN.value, RegionOrigin.IMPORTED.value])
"""Regions whose pixels people made, so that no machine may change them."""

FREE = and_(REGION.c.origin.in_([RegionOrigin.CUT.value, RegionOrigin.PREDICTED.value]), UNDECIDED)
"""Regions that a new cut of the tree may replace."""

REPLACEABLE = and_(FREE, OPEN)
"""Regions that a suggested partition may replace: not those whose suggestion a person declined."""

NO_SUGGESTION: Mapping[str, None] = MappingProxyType({"suggestion_id": None, "confidence": None})
"""Columns of a region for which nothing is suggested any more."""

UNJUDGED: Mapping[str, str | None] = MappingProxyType({**NO_SUGGESTION, "verdict": Verdict.NONE.value})
"""Columns of a region whose label or pixels have just changed: what was suggested, declined or confirmed is over."""

AS_DECLINED: Mapping[str, str | None] = MappingProxyType({**NO_SUGGESTION, "verdict": Verdict.DECLINED.value})
"""Columns of a region whose suggestion a person declines."""

AS_CONFIRMED: Mapping[str, str | None] = MappingProxyType({**NO_SUGGESTION, "verdict": Verdict.CONFIRMED.value})
"""Columns of a region whose name a person gives or confirms while looking at that very region."""


def status_of(label_id: int | None) -> RegionStatus:
    """The status of a region that a person gave a label, or took it from."""
    return RegionStatus.PROPOSED if label_id is None else RegionStatus.ACCEPTED


def shown_status(stored: str, *, label_id: int | None, suggestion_id: int | None) -> RegionStatus:
    """The status that a stored region counts as, by the rule of `SUGGESTED`."""
    status = RegionStatus(stored)
    if status not in (RegionStatus.PROPOSED, RegionStatus.SUGGESTED):
        return status
    return RegionStatus.PROPOSED if label_id is not None or suggestion_id is None else RegionStatus.SUGGESTED
