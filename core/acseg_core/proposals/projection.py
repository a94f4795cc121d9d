"""Metric learning without labels: a linear map of patch descriptions that weakens what differs inside of one region.

Patches of one wall differ by where they lie, by lighting and by texture, along much the same directions in all images.
`acseg_training.projection` finds these directions without any label, as those of the scatter inside of regions; here
they count less, and directions that hardly occur are left out. Nothing here imports torch.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save as save_arrays

from acseg_core.errors import WeightsMismatchError, WeightsMissingError
from acseg_core.output.protected import write_output

_METADATA_KEY = "acseg_projection"


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """A linear map of descriptions, and what it was fitted to.

    Attributes:
        matrix: (D', r) float32.
        distance_scale: Factor with which squared distances of regions are as large, on average, as before the map.
        key_share: Weight of the keys in the descriptions that it was fitted to.
        value_share: Weight of the values likewise.
        backbone_sha256: Of the weights that computed them.
    """

    matrix: NDArray[np.float32]
    distance_scale: float
    key_share: float
    value_share: float
    backbone_sha256: str

    @property
    def sha256(self) -> str:
        """Hex digest of the map itself, for provenance."""
        return hashlib.sha256(self.matrix.tobytes()).hexdigest()

    def apply(self, described: NDArray[np.float32]) -> NDArray[np.float32]:
        """Map descriptions (h, w, D') to (h, w, r), L2-normalised again.

        Raises:
            WeightsMismatchError: It was fitted to others.
        """
        rows, columns, dim = described.shape
        if dim != len(self.matrix):
            raise WeightsMismatchError(
                f"the projection in this model is for tokens of size {len(self.matrix)}, not {dim}; choose another "
                "model"
            )
        mapped = described.reshape(-1, dim) @ self.matrix
        mapped /= np.maximum(np.linalg.norm(mapped, axis=1, keepdims=True), 1e-12)
        return np.asarray(mapped.reshape(rows, columns, -1), np.float32)

    def fits(self, *, backbone_sha256: str, key_share: float, value_share: float) -> bool:
        """Whether it was fitted to such descriptions."""
        same_shares = np.allclose((self.key_share, self.value_share), (key_share, value_share))
        return self.backbone_sha256 == backbone_sha256 and bool(same_shares)

    def save(self, path: Path, *, fitted: dict[str, object]) -> None:
        """Write the map in half precision, and a note on how it was fitted, as one safetensors file.

        Raises:
            StorageError: The file cannot be written; an existing one is left as it was.
        """
        arrays, metadata = self.packed(fitted=fitted)
        with write_output(path) as file:
            file.write(save_arrays(arrays, metadata=metadata))

    def packed(self, *, fitted: dict[str, object]) -> tuple[dict[str, NDArray[np.float16]], dict[str, str]]:
        """The arrays and metadata of its file, which may also lie beside a generator's in one file."""
        note = {
            "stretch": self.distance_scale,  # the name in files that were written before
            "key_share": self.key_share,
            "value_share": self.value_share,
            "backbone_sha256": self.backbone_sha256,
            "fitted": fitted,
        }
        arrays = {"matrix": np.ascontiguousarray(self.matrix, np.float16)}
        return arrays, {_METADATA_KEY: json.dumps(note, sort_keys=True)}

    @classmethod
    def beside(cls, path: Path) -> Self | None:
        """The one that a generator's file holds, or None: generators made before, or from few images, have none.

        Raises:
            WeightsMissingError: There is no such file, or it cannot be read.
            WeightsMismatchError: The file is damaged.
        """
        try:
            with safe_open(path, framework="numpy") as file:
                held = _METADATA_KEY in (file.metadata() or {})
        except OSError as error:
            raise WeightsMissingError(f"{path}: {error.strerror or error}; check its permissions") from error
        except SafetensorError as error:
            raise WeightsMismatchError(f"{path}: not a model file, or damaged; choose another file") from error
        return cls.load(path) if held else None

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote.

        Raises:
            WeightsMissingError: There is no such file, or it cannot be read.
            WeightsMismatchError: The file is no projection, or is damaged.
        """
        try:
            with safe_open(path, framework="numpy") as file:
                note = json.loads((file.metadata() or {})[_METADATA_KEY])
                matrix = np.asarray(file.get_tensor("matrix"), np.float32)
            if matrix.ndim != 2 or not matrix.size or not np.isfinite(matrix).all():
                raise ValueError(f"no map, but an array of shape {matrix.shape}")
            shares = (float(note["key_share"]), float(note["value_share"]))
            return cls(matrix, float(note["stretch"]), *shares, str(note["backbone_sha256"]))
        except OSError as error:
            raise WeightsMissingError(f"{path}: {error.strerror or error}; reinstall the program") from error
        except (SafetensorError, KeyError, ValueError, TypeError, RecursionError, OverflowError) as error:
            raise WeightsMismatchError(f"{path}: not a projection, or damaged; reinstall the program") from error
