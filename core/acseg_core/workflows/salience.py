"""Foreground and background: which regions of each image the backbone attends to (section 3.4 of the ACSeg paper).

The attention of the CLS token is kept for every image that is proposed, and so is what follows from it; both are in the
project's cache. An image that was proposed before, or by a backbone without a CLS token, has neither.
"""

from __future__ import annotations

import logging
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from acseg_core.atomic_write import keep
from acseg_core.names.classify import stand_out
from acseg_core.shapes.run_lengths import cell_areas
from acseg_core.store import Project, queries
from acseg_core.types import ImageRecord, Progress, Region

_log = logging.getLogger(__name__)

_FOLDER, _FILE = "attention", "foreground.npz"
_IMAGES_A_TICK = 32


@dataclass(frozen=True, slots=True, eq=False)
class Salience:
    """What is known of regions.

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


def keep_attention(cache: Path, image_sha256: str, attention: NDArray[np.float32]) -> None:
    """Keep the attention to an image; a full disk or a folder that cannot be written is no fault.

    Args:
        cache: The project's.
        image_sha256: Of the file.
        attention: (h, w) float32, of the CLS token to every patch.
    """
    # Only how it compares within the image counts; as it is, its small values would be lost in half precision.
    relative = (attention / max(float(attention.mean()), 1e-12)).astype(np.float16)
    path = _attention_path(cache, image_sha256)
    keep(path, lambda file: np.save(file, relative, allow_pickle=False), what="the attention is")


def has_attention(cache: Path, image_sha256: str) -> bool:
    """Whether the attention to the image whose file has this hash is kept."""
    return _attention_path(cache, image_sha256).is_file()


def read_salience(cache: Path) -> Salience:
    """What was found out last; nothing where there is no such file, or a damaged one."""
    path = cache / _FILE
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            found = Salience(*(stored[name] for name in ("region_ids", "areas", "in_front")))
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
        A tick every few images that had to be looked at.
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
        attention = _read_attention(project.cache_dir, record.info.sha256)
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


def _means(attention: NDArray[np.float32], regions: list[Region]) -> NDArray[np.float32]:
    """(R,) float32, the mean attention to each region."""
    rows, columns = attention.shape
    means = np.zeros(len(regions), np.float32)
    for number, region in enumerate(regions):
        inside = cell_areas(region.mask, rows, columns)
        means[number] = (inside * attention).sum() / max(1, inside.sum())
    return means


def _attention_path(cache: Path, image_sha256: str) -> Path:
    return cache / _FOLDER / image_sha256[:2] / f"{image_sha256}.npy"


def _read_attention(cache: Path, image_sha256: str) -> NDArray[np.float32] | None:
    path = _attention_path(cache, image_sha256)
    try:
        with path.open("rb") as file:
            found = np.load(file, allow_pickle=False)
        if found.ndim != 2 or not np.isfinite(found).all():
            raise ValueError(f"no attention, but an array of shape {found.shape}")
    except FileNotFoundError:
        return None
    except Exception as error:  # NumPy has many ways to say that a file is damaged
        _log.warning("%s: not readable, left aside (%s)", path, error)
        return None
    return np.asarray(found, np.float32)


def _keep(cache: Path, salience: Salience) -> None:
    columns = {"region_ids": salience.region_ids, "areas": salience.areas, "in_front": salience.in_front}
    keep(cache / _FILE, lambda file: np.savez(file, allow_pickle=False, **columns), what="what is in the foreground is")
