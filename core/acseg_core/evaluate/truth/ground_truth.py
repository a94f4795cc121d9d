"""Ground truth found beside a folder's images, in one of three forms: COCO instances, PNG class maps, BSDS segments."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from acseg_core.errors import StorageError
from acseg_core.evaluate.truth.coco import CocoTruth, instances_file
from acseg_core.evaluate.truth.maps import SEGMENT_FOLDERS, BsdsTruth, PngTruth, segments_folder
from acseg_core.evaluate.truth.truth_set import TruthError, TruthKind, TruthSet
from acseg_core.images.finding import find_images

_REPORT_HEAD_BYTES = 32
"""The first key of our reports is "format"."""


def open_truth(folder: Path, kind: TruthKind = TruthKind.AUTO) -> TruthSet:
    """Find the ground truth of a folder: ``images/`` beside a COCO JSON file, ``labels/`` or ``segmentations/``.

    Raises:
        TruthError: There is none, more than one form (with "auto"), or it does not read.
        ImagesNotFoundError: ``folder / "images"`` is missing or may not be read.
    """
    if not folder.is_dir():
        raise TruthError(f"{folder}: no such folder; give one that contains images/ and their ground truth")
    readers: dict[TruthKind, Callable[[Path, tuple[str, ...]], TruthSet]] = {
        TruthKind.COCO: CocoTruth,
        TruthKind.PNG: PngTruth,
        TruthKind.BSDS: BsdsTruth,
    }
    there = {
        TruthKind.COCO: instances_file(folder) is not None,
        TruthKind.PNG: (folder / "labels").is_dir(),
        TruthKind.BSDS: segments_folder(folder) is not None,
    }
    present = [form for form, is_there in there.items() if is_there]
    if kind is TruthKind.AUTO:
        if not present:
            raise TruthError(
                f"{folder}: there is no ground truth; put COCO instances (a .json file), labels/NAME.png or "
                "segmentations/NAME.npz beside images/"
            )
        if len(present) > 1:
            raise TruthError(
                f"{folder}: there is ground truth in several formats; choose one with --truth {' or '.join(present)}"
            )
        kind = present[0]
    elif kind not in present:
        raise TruthError(f"{folder}: there is no ground truth in the format {kind}; try --truth auto")
    return readers[kind](folder, find_images(folder / "images").paths)


def refuse_truth(folder: Path, out: Path) -> None:
    """Refuse a file to be written that is one of a labelled set; an earlier report beside them may be replaced.

    Raises:
        StorageError: It is an image, or holds the ground truth.
    """
    place, real = Path(os.path.realpath(folder)), Path(os.path.realpath(out))
    if not real.is_file() or not real.is_relative_to(place):
        return
    parts = real.relative_to(place).parts
    is_inside = len(parts) > 1 and parts[0] in ("images", "labels", *SEGMENT_FOLDERS)
    is_beside = len(parts) == 1 and real.suffix.lower() == ".json" and not _is_report(real)
    if is_inside or is_beside:
        raise StorageError(f"{out}: this is one of the images or their ground truth; choose another file")


def _is_report(file: Path) -> bool:
    with file.open("rb") as opened:
        return b'"format":' in opened.read(_REPORT_HEAD_BYTES)
