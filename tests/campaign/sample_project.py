"""A small project with everything in it that a project can have, made by the tiny model."""

from pathlib import Path
from typing import Any

from coloured_photos import finish, name_truly, write_photos

from acseg_core.names.fallback import FallbackNames
from acseg_core.store import create_project, queries
from acseg_core.store.backups import make_backup
from acseg_core.workflows import pipeline, propagation, salience, scanning, suggesting
from acseg_core.workflows.clustering import cluster_regions
from acseg_core.workflows.fallback_cache import add_fallback_names

PHOTOS, PROJECT = "photos", "project"
"""Folders beside each other in the folder of a sample."""


def make_project(folder: Path, config: Any, segmenter: Any) -> Path:
    """Photos, regions, trees, clusters, names, suggestions, all caches, and a backup; returns the project's folder."""
    import numpy as np

    folder.mkdir(parents=True, exist_ok=True)
    write_photos(folder / PHOTOS, 3)
    with create_project(folder / PROJECT, image_root=folder / PHOTOS) as project:
        finish(scanning.scan_images(project))
        finish(pipeline.propose(project, config, segmenter=segmenter, granularity=0.8))
        finish(salience.find_salience(project))
        finish(cluster_regions(project))
        name_truly(project, queries.image_ids(project)[0])
        finish(suggesting.suggest_for_all(project))
        regions = [region.id for _, found in queries.image_regions(project) for region in found]
        labels = [label.id for label in queries.labels(project)]
        columns = np.array(sorted(regions), np.int64), np.resize(labels, len(regions)), np.full(len(regions), 0.5)
        add_fallback_names(
            project, FallbackNames(columns[0], columns[1].astype(np.int64), columns[2].astype(np.float32))
        )
        last = queries.image_ids(project)[-1:]
        finish(propagation.propagate(project, config, image_ids=last, multi_crop=False, segmenter=segmenter))
    make_backup(folder / PROJECT)
    return folder / PROJECT
