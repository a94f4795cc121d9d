"""Projects whose regions are clustered as a test says, not by what they look like."""

import numpy as np

from acseg_core.store import queries
from acseg_core.store.edits import clusters
from acseg_core.store.queries import cluster_queries


def save(project, groups):
    """Cluster regions as given: a list of lists of region ids; everything else is in no cluster."""
    ids = np.array([id_ for group in groups for id_ in group], np.int64)
    labels = np.repeat(np.arange(len(groups), dtype=np.int32), [len(group) for group in groups])
    known = cluster_queries.descriptors(project)
    vectors = dict(zip(known.region_ids.tolist(), known.descriptors.astype(np.float32), strict=True))
    means = np.stack([np.mean([vectors.get(id_, np.zeros(8)) for id_ in group], axis=0) for group in groups])
    centres = (means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)).astype(np.float32)
    return clusters.save_clusters(project, ids, labels, centres)


def of(project, region_id):
    """The cluster of a region."""
    return queries.regions_by_id(project, [region_id])[region_id].cluster_id


def set_descriptor(world, region_id, vector):
    world.sql("UPDATE region SET descriptor = ? WHERE id = ?", np.asarray(vector, "<f2").tobytes(), region_id)
