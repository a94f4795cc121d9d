"""The last clustering of a project's regions, kept in its cache: opened again, another number of clusters is a cut.

It is found again only for the very regions it was made of. It is a cache: whatever is wrong with it, the regions are
clustered anew.
"""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path

import numpy as np

from acseg_core.names.clustering import Clustering
from acseg_core.output.atomic_write import keep
from acseg_core.output.kept_arrays import named_arrays
from acseg_core.proposals.tree import ConceptTree
from acseg_core.types import DescriptorTable
from acseg_core.version import __version__

_log = logging.getLogger(__name__)

METHOD = 2
"""Version of the method of `acseg_core.names.clustering`; a change there that gives other clusters counts it up."""

_FILE = "grouping.npz"


def identity_of(table: DescriptorTable, *, seed: int) -> str:
    """All that decides what a clustering is: the regions, their descriptors, and how they are clustered."""
    digest = hashlib.sha256(f"{__version__} {METHOD} {seed} {table.descriptors.shape}".encode())
    for part in (table.region_ids, table.descriptors):
        digest.update(np.ascontiguousarray(part).data)
    return digest.hexdigest()


def read_clustering(cache: Path, identity: str) -> Clustering | None:
    """The clustering in a project's cache, or None where there is another one, none, or a damaged one."""
    path = cache / _FILE
    try:
        stored = named_arrays(path)
        if str(stored["identity"]) != identity:
            return None
        micro = stored["micro"].astype(np.int32)
        tree = ConceptTree(stored["merges"].astype(np.int32), stored["heights"].astype(np.float32))
        if micro.ndim != 1 or micro.min() < 0 or micro.max() >= tree.leaves:
            raise ValueError("a micro-cluster that is not in the tree")
    except FileNotFoundError:
        return None
    except Exception as error:  # NumPy has many ways to say that a file is damaged
        _log.warning("%s: not readable, clustered again (%s)", path, error)
        return None
    return Clustering(micro, tree)


def keep_clustering(cache: Path, identity: str, found: Clustering) -> None:
    """Keep a clustering in the place of the last one; a full disk or a folder that cannot be written is no fault."""
    arrays = {
        "identity": np.array(identity),
        "micro": found.micro,
        "merges": found.tree.merges,
        "heights": found.tree.heights,
    }
    keep(cache / _FILE, lambda file: np.savez(file, allow_pickle=False, **arrays), what="the clustering is")
