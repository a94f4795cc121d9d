"""Where regions of images are found: in this process, or wherever else an engine has it done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

from acseg_core.errors import ImageError
from acseg_core.store import Project
from acseg_core.types import ImageRecord, RunInfo
from acseg_core.workflows.partitioning import Partitioned

if TYPE_CHECKING:
    from acseg_core.proposals.segmenter import Segmenter

Found: TypeAlias = tuple[ImageRecord, Partitioned | ImageError]
"""An image, and what was found in it or why it cannot be had."""


class Engine(Protocol):
    """Finds the regions of images."""

    @property
    def run_info(self) -> RunInfo:
        """Which model finds them, with which settings."""

    @property
    def token_identity(self) -> str:
        """What a `TokenCache` for its tokens is asked for."""

    @property
    def segmenter(self) -> Segmenter:
        """The same model in this process, loaded at first use.

        Raises:
            ModelError: It cannot be had.
        """

    def find(self, project: Project, records: Sequence[ImageRecord], *, granularity: float) -> Iterator[Found]:
        """Find the regions of images, in any order; what waits to be taken is bounded.

        Args:
            project: That they are of.
            records: The images.
            granularity: Where their trees are cut.

        Raises:
            ModelError: Memory runs out for a single image.
            EngineError: What it works with is gone.
        """
