"""What the project holds of the image that is shown."""

from acseg_core.store import queries


def regions(desk):
    return queries.regions(desk.window.session.project, desk.window.viewer.image_id)


def name_of(desk, region_id):
    region = desk.window.viewer.region(region_id)
    label = desk.window.session.labels.get(region.label_id or 0)
    return label.name if label else None
