"""Costs of the simulated annotator: seconds for each kind of action."""

from __future__ import annotations

VIEW = 1.0
"""Seconds to view an image, or a cluster's crops, and accept it."""

NAME = 2.0
"""Seconds to select a region or a cluster and name it."""

MERGE = 1.5
"""Seconds to merge regions. No strategy here needs it: regions of one name need not be merged."""

SPLIT = 3.0
"""Seconds to split a region or a cluster."""

STROKE = 5.0
"""Seconds for a stroke of the brush."""

COSTS = {"look": VIEW, "name": NAME, "merge": MERGE, "split": SPLIT, "brush": STROKE}
