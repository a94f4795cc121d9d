"""Number of CPU cores and threads to use on this machine."""

from __future__ import annotations

import os


def usable_cores() -> int:
    """Cores that this process may use, at least 1: fewer than the machine has where it was bound to some of them."""
    if hasattr(os, "process_cpu_count"):  # since Python 3.13, and heeds its own settings
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):  # not on macOS and Windows
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def half_the_cores(*, least: int, most: int) -> int:
    """Threads for work that runs beside something that needs cores, too."""
    return min(most, max(least, usable_cores() // 2))
