"""Splits of a data set: which images are for training, which for validation and for tests."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath

from acseg_core.store import Project
from acseg_core.store.queries.image_list import images_by_id
from acseg_core.types import Progress


class SplitBy(StrEnum):
    """What stays together in one split."""

    RANDOM = "random"
    """Nothing but what is nearly the same picture."""
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Split:
    """How a data set is split.

    Attributes:
        shares: Of the images for each split by its name; they add up to 1.
        by: What stays together.
        seed: The same seed splits the same images alike.
    """

    shares: Mapping[str, float]
    by: SplitBy = SplitBy.RANDOM
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Splits:
    """The split of each image.

    Attributes:
        splits: By image id.
        notes: How it was judged what stays together, one line each.
    """

    splits: Mapping[int, str]
    notes: tuple[str, ...] = field(default=())

    def counts(self) -> dict[str, int]:
        """The images of each split."""
        return dict(Counter(self.splits.values()))


def split_images(project: Project, image_ids: Sequence[int], split: Split) -> Generator[Progress, None, Splits]:
    """Give each image a split; groups of images that belong together are not torn apart.

    Args:
        project: May be read-only.
        image_ids: Of the images.
        split: How.

    Yields:
        Progress while images are compared.
    """
    records = images_by_id(project, image_ids)
    yield Progress(0, len(image_ids))
    keys = {
        id_: str(PurePosixPath(records[id_].path).parent) if split.by is SplitBy.FOLDER else str(id_)
        for id_ in image_ids
    }
    return Splits(shared_out(keys, split))


def shared_out(groups: Mapping[int, str], split: Split) -> dict[int, str]:
    """Give each group of images the split that lacks most, the largest groups first, equals in an order by the seed."""
    sizes = Counter(groups.values())
    order = sorted(sizes)
    random.Random(split.seed).shuffle(order)
    order.sort(key=lambda group: -sizes[group])
    wanted = {name: share * len(groups) for name, share in split.shares.items()}
    chosen: dict[str, str] = {}
    for group in order:
        name = max(wanted, key=lambda each: wanted[each])
        chosen[group] = name
        wanted[name] -= sizes[group]
    return {id_: chosen[group] for id_, group in groups.items()}
