"""Cache of the CLS token's attention to each image of a project: what salience is computed from."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from acseg_core.output.atomic_write import keep
from acseg_core.output.kept_arrays import next_array

_log = logging.getLogger(__name__)

_FOLDER = "attention"


def keep_attention(cache: Path, shown_as: str, attention: NDArray[np.float32]) -> None:
    """Keep the attention to an image; a full disk or a folder that cannot be written is no fault.

    Args:
        cache: The project's.
        shown_as: Of the image (`ImageInfo.shown_as`).
        attention: (h, w) float32, of the CLS token to every patch.
    """
    # Only how it compares within the image counts; as it is, its small values would be lost in half precision.
    relative = (attention / max(float(attention.mean()), 1e-12)).astype(np.float16)
    path = _attention_path(cache, shown_as)
    keep(path, lambda file: np.save(file, relative, allow_pickle=False), what="the attention is")


def has_attention(cache: Path, shown_as: str) -> bool:
    """Whether the attention to the image that is shown so is kept."""
    return _attention_path(cache, shown_as).is_file()


def _attention_path(cache: Path, shown_as: str) -> Path:
    return cache / _FOLDER / shown_as[:2] / f"{shown_as}.npy"


def read_attention(cache: Path, shown_as: str) -> NDArray[np.float32] | None:
    """The attention (h, w) to the image that is shown so, or None where it is not kept, or damaged."""
    path = _attention_path(cache, shown_as)
    try:
        with path.open("rb") as file:
            found = next_array(file)
        if found.ndim != 2 or not np.isfinite(found).all():
            raise ValueError(f"no attention, but an array of shape {found.shape}")
    except FileNotFoundError:
        return None
    except Exception as error:  # NumPy has many ways to say that a file is damaged
        _log.warning("%s: not readable, left aside (%s)", path, error)
        return None
    return np.asarray(found, np.float32)
