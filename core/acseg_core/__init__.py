"""Headless library of ACSeg Desktop: segment an image, open a project, read it, export it.

What a notebook needs has its name here, whatever module it lives in:

    from acseg_core import Segmenter, SegmenterConfig, load_image

    segmentation = Segmenter(SegmenterConfig()).segment(load_image(path))

Each name is imported when it is first asked for, so that ``import acseg_core`` loads neither torch nor SQLAlchemy.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import TYPE_CHECKING, Any

from acseg_core.version import __version__

if TYPE_CHECKING:
    from acseg_core.config import SegmenterConfig
    from acseg_core.errors import AcsegError
    from acseg_core.images.files import load_image
    from acseg_core.interruptible import run_to_end
    from acseg_core.proposals.segmentation import Segmentation
    from acseg_core.proposals.segmenter import Segmenter
    from acseg_core.store import Project, create_project, open_project, queries
    from acseg_core.types import Label, Region
    from acseg_core.workflows.exporting import export_coco
    from acseg_core.workflows.pipeline import propose
    from acseg_core.workflows.scanning import scan_images

__all__ = [
    "AcsegError",
    "Label",
    "Project",
    "Region",
    "Segmentation",
    "Segmenter",
    "SegmenterConfig",
    "__version__",
    "create_project",
    "export_coco",
    "load_image",
    "open_project",
    "propose",
    "queries",
    "run_to_end",
    "scan_images",
]

_MODULE_OF = {
    "AcsegError": "errors",
    "Label": "types",
    "Project": "store",
    "Region": "types",
    "Segmentation": "proposals.segmentation",
    "Segmenter": "proposals.segmenter",
    "SegmenterConfig": "config",
    "create_project": "store",
    "export_coco": "workflows.exporting",
    "load_image": "images.files",
    "open_project": "store",
    "propose": "workflows.pipeline",
    "queries": "store.queries",
    "run_to_end": "interruptible",
    "scan_images": "workflows.scanning",
}
"""Module of each name, below this package; `queries` is a module itself."""

if sys.platform == "darwin":
    # Older torch cannot resample position embeddings on Apple's GPUs; must be set before torch is imported.
    os.environ.setdefault("PYTORCH_ENABLE_MPS_FALLBACK", "1")


def __getattr__(name: str) -> Any:
    """Import a name of the notebook interface when it is first asked for (PEP 562)."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = importlib.import_module(f"{__name__}.{_MODULE_OF[name]}")
    found = module if module.__name__.endswith(f".{name}") else getattr(module, name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """The names of the notebook interface, and what is loaded already."""
    return sorted({*globals(), *__all__})
