"""The project in numbers."""

from acseg_core.store import queries
from acseg_core.store.edits import review
from acseg_core.store.edits.labels import create_label
from acseg_core.types import LabelUsage


def test_counts(world, project):
    order = queries.image_ids(project)
    world.propose(project, order[:3], regions=4)
    ids = [region.id for region in queries.regions(project, order[0])]
    review.name_regions_as(project, ids[:3], "cat")
    review.reject_regions(project, ids[3:])
    create_label(project, "dog")
    assert queries.region_counts(project) == {order[0]: (4, 3), order[1]: (4, 0), order[2]: (4, 0)}
    assert queries.region_counts(project, [order[0], order[5]]) == {order[0]: (4, 3)}
    assert queries.region_counts(project, []) == {}
    pixels = sum(region.area for region in queries.regions(project, order[0]) if region.label_id)
    assert queries.label_usage(project) == {1: LabelUsage(3, 1, pixels), 2: LabelUsage(0, 0, 0)}
    assert queries.label_regions(project, 1) == sorted(ids[:3])
    assert queries.cluster_regions(project, 1) == []
    summary = queries.summary(project)
    assert (summary.images, summary.regions, summary.regions_named, summary.labels) == (6, 12, 3, 2)
    assert summary.images_by_status == {"new": 3, "proposed": 2, "in_review": 1, "done": 0}
    assert summary.regions_by_status == {"proposed": 8, "suggested": 0, "accepted": 3, "rejected": 1}
