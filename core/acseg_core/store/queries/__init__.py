"""Reads of a project: everything the store tells, as frozen dataclasses. Each call sees one state of the database.

The modules are by noun; what most callers need is found here, as in ``queries.regions(project, image_id)``. Nothing
here writes, and edits build on it.
"""

from __future__ import annotations

from acseg_core.store.queries.default_granularity import default_granularity
from acseg_core.store.queries.image_queries import (
    image,
    image_by_path,
    image_ids,
    images,
    next_image,
    unproposed_images,
)
from acseg_core.store.queries.label_queries import label_called, label_usage, labels
from acseg_core.store.queries.model_queries import adopted_file, model, model_called, models
from acseg_core.store.queries.project_summary import summary
from acseg_core.store.queries.region_queries import (
    accepted_labels,
    cluster_regions,
    descriptors,
    export_counts,
    image_regions,
    images_of_regions,
    label_regions,
    region_areas,
    region_counts,
    regions,
    regions_by_id,
    suggestion_confidences,
)

__all__ = [
    "accepted_labels",
    "adopted_file",
    "cluster_regions",
    "default_granularity",
    "descriptors",
    "export_counts",
    "image",
    "image_by_path",
    "image_ids",
    "image_regions",
    "images",
    "images_of_regions",
    "label_called",
    "label_regions",
    "label_usage",
    "labels",
    "model",
    "model_called",
    "models",
    "next_image",
    "region_areas",
    "region_counts",
    "regions",
    "regions_by_id",
    "suggestion_confidences",
    "summary",
    "unproposed_images",
]
