"""COCO files as they are written, and as pycocotools reads them."""

import contextlib
import io
import warnings
from pathlib import Path

import numpy as np
from pycocotools.coco import COCO

from acseg_core.formats.selection import ImageChoice
from acseg_core.reports import ExportReport
from acseg_core.types import Progress
from acseg_core.workflows.exporting import export_coco

ALL = {"images": ImageChoice.ALL, "with_problems": True}
"""For projects whose images are only rows; which images an export takes is tested in `test_selection`."""


def export(project, out: Path, **options) -> tuple[ExportReport, list[Progress]]:
    ticks = []
    work = export_coco(project, out, **ALL | options)
    while True:
        try:
            ticks.append(next(work))
        except StopIteration as end:
            return end.value, ticks


def loaded(path: Path) -> COCO:
    with contextlib.redirect_stdout(io.StringIO()):
        return COCO(str(path))


def mask_of(coco_file: COCO, annotation: dict) -> np.ndarray:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # pycocotools on NumPy 2
        return coco_file.annToMask(annotation).astype(bool)
