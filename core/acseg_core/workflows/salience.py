"""Salience over a project: which regions are foreground or background (section 3.4 of the ACSeg paper).

The attention of the CLS token is kept for every image that is proposed, and so is what follows from it; both are in the
project's cache. Where the cache was deleted, or a person drew all regions, the attention can be computed later.
"""

from __future__ import annotations

import logging
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from acseg_core.config import SegmenterConfig
from acseg_core.errors import ImageError, ModelError
from acseg_core.images.files import load_added
from acseg_core.nets.halo import features_of
from acseg_core.output.atomic_write import keep
from acseg_core.output.kept_arrays import named_arrays
from acseg_core.proposals.salience import stand_out
from acseg_core.shapes.run_lengths import cell_areas
from acseg_core.store import Project, queries
from acseg_core.store.edits import ingest
from acseg_core.types import ImageRecord, Progress, Region, SkippedFile
from acseg_core.workflows.attention_cache import has_attention, keep_attention, read_attention
from acseg_core.workflows.local_engine import load_segmenter

if TYPE_CHECKING:
    from acseg_core.proposals.segmenter import Segmenter

_log = logging.getLogger(__name__)

_FILE = "foreground.npz"
_IMAGES_A_TICK = 32


@dataclass(frozen=True, slots=True, eq=False)
class Salience:
    """Which regions are foreground, as far as that is known.

    Attributes:
        region_ids: (n,) int64, ascending.
        areas: (n,) int64, of these regions when it was found out.
        in_front: (n,) bool, foreground; the others are background.
    """

    region_ids: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    areas: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    in_front: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, bool))

    def __len__(self) -> int:
        """How many regions."""
        return len(self.region_ids)

    def regions(self, *, in_front: bool) -> frozenset[int]:
        """Ids of the regions in the foreground, or in the background."""
        return frozenset(self.region_ids[self.in_front == in_front].tolist())


def read_salience(cache: Path) -> Salience:
    """What was found out last; nothing where there is no such file, or a damaged one."""
    path = cache / _FILE
    try:
        stored = named_arrays(path)
        found = Salience(*(stored[name] for name in ("region_ids", "areas", "in_front")))
        kinds = [(each.ndim, each.dtype.kind) for each in (found.region_ids, found.areas, found.in_front)]
        if kinds != [(1, "i"), (1, "i"), (1, "b")]:
            raise ValueError("no columns of ids, areas and truths")
        if not len(found.region_ids) == len(found.areas) == len(found.in_front):
            raise ValueError("columns of different lengths")
    except FileNotFoundError:
        return Salience()
    except Exception as error:  # NumPy has many ways to say that a file is damaged
        _log.warning("%s: not readable, found out again (%s)", path, error)
        return Salience()
    return found


def find_salience(project: Project) -> Generator[Progress, None, Salience]:
    """Tell foreground from background in every image whose attention is known; what is known already is kept.

    Yields:
        A tick every few images whose regions had changed.
    """
    yield Progress(0, 0, "reading the regions")
    before = read_salience(project.cache_dir)
    known = {
        id_: (area, front)
        for id_, area, front in zip(
            before.region_ids.tolist(), before.areas.tolist(), before.in_front.tolist(), strict=True
        )
    }
    found: dict[int, tuple[int, bool]] = {}
    stale: list[ImageRecord] = []
    areas = queries.region_areas(project)
    for record in queries.images(project):
        now = areas.get(record.id, {})
        if all(id_ in known and known[id_][0] == area for id_, area in now.items()):
            found |= {id_: known[id_] for id_ in now}
        else:
            stale.append(record)
    for done, record in enumerate(stale, start=1):
        attention = read_attention(project.cache_dir, record.info.shown_as)
        if attention is not None:
            regions = queries.regions(project, record.id)
            front = stand_out(_means(attention, regions)).tolist()
            found |= {region.id: (region.area, each) for region, each in zip(regions, front, strict=True)}
        if done % _IMAGES_A_TICK == 0:
            yield Progress(done, len(stale), record.path)
    ids = sorted(found)
    salience = Salience(
        np.array(ids, np.int64),
        np.array([found[id_][0] for id_ in ids], np.int64),
        np.array([found[id_][1] for id_ in ids], bool),
    )
    if stale:
        _keep(project.cache_dir, salience)
    return salience


def images_without_salience(project: Project, known: Salience) -> list[ImageRecord]:
    """Images with regions whose salience is not known, as the attention to them is not kept.

    Args:
        project: Any.
        known: Up to date (`find_salience`).
    """
    known_ids = set(known.region_ids.tolist())
    areas = queries.region_areas(project)
    return [
        record
        for record in queries.images(project)
        if not record.problem
        and not known_ids.issuperset(areas.get(record.id, {}))
        and not has_attention(project.cache_dir, record.info.shown_as)
    ]


def find_missing_salience(
    project: Project, config: SegmenterConfig, known: Salience, *, segmenter: Segmenter | None = None
) -> Generator[Progress, None, tuple[SkippedFile, ...]]:
    """Compute and keep the attention to `images_without_salience`; nothing else is computed, and no region changes.

    Args:
        project: Open for writing, as images that cannot be read are marked.
        config: Settings; ignored but for the name of the backbone when a segmenter is given.
        known: What is known so far.
        segmenter: One that is loaded already.

    Yields:
        One tick per image, named by its path; its attention is kept by then.

    Returns:
        Files that could not be read.

    Raises:
        ModelError: The model cannot be had, or has no attention to tell.
    """
    wanted, skipped = images_without_salience(project, known), []
    if not wanted:
        return ()
    yield Progress(0, len(wanted), "loading the model")
    backbone = (segmenter or load_segmenter(config)).backbone
    step = max(1, backbone.batch)
    for start in range(0, len(wanted), step):
        images = {}
        for record in wanted[start : start + step]:
            try:
                images[record] = load_added(project.image_root, record.info, with_halo=True)
            except ImageError as error:
                skipped.append(SkippedFile(record.path, error.reason))
                ingest.mark_problems(project, {record.path: error.reason})
        done = len(wanted[: start + step]) - len(images)  # what cannot be read is done with
        for number, (record, features) in enumerate(
            zip(images, features_of(backbone, list(images.values())), strict=True)
        ):
            if features.cls_attention is None:
                raise ModelError(
                    f"{config.backbone.name}: this model cannot tell foreground from background; choose another model"
                )
            keep_attention(project.cache_dir, record.info.shown_as, features.cls_attention.cpu().numpy())
            yield Progress(done + number + 1, len(wanted), record.path)
    return tuple(skipped)


def _means(attention: NDArray[np.float32], regions: list[Region]) -> NDArray[np.float32]:
    """(R,) float32, the mean attention to each region."""
    rows, columns = attention.shape
    means = np.zeros(len(regions), np.float32)
    for number, region in enumerate(regions):
        inside = cell_areas(region.mask, rows, columns)
        means[number] = (inside * attention).sum() / max(1, inside.sum())
    return means


def _keep(cache: Path, salience: Salience) -> None:
    columns = {"region_ids": salience.region_ids, "areas": salience.areas, "in_front": salience.in_front}
    keep(cache / _FILE, lambda file: np.savez(file, allow_pickle=False, **columns), what="what is in the foreground is")
