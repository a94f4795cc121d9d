"""Regions as they are read: of one image, by id, of all images in one state."""

from acseg_core.store import queries
from acseg_core.store.edits import review
from acseg_core.store.edits.labels import create_label, update_label


def test_regions_of_an_image(world, project):
    world.propose(project, [2, 3], regions=5)
    regions = queries.regions(project, 2)
    assert [region.area for region in regions] == sorted((region.area for region in regions), reverse=True)
    assert {region.image_id for region in regions} == {2}
    assert queries.regions(project, 1) == []
    wanted = [regions[3].id, 999, regions[0].id]
    assert queries.regions_by_id(project, wanted) == {regions[3].id: regions[3], regions[0].id: regions[0]}
    assert list(queries.regions_by_id(project, wanted)) == [regions[3].id, regions[0].id]
    assert queries.descriptors(project, 1) == {}


def test_all_images_with_their_regions(world):
    project = world.create(images=150)
    world.propose(project, [1, 64, 65, 150], regions=3)
    walked = list(queries.image_regions(project))
    assert [record.id for record, _ in walked] == queries.image_ids(project)
    for record, regions in walked:
        assert regions == queries.regions(project, record.id)


def test_walking_through_all_sees_one_state(world):
    project = world.create(images=100, regions=2)
    walking = queries.image_regions(project)
    next(walking)
    review.name_regions_as(project, [200], "late")
    assert all(region.label_id is None for _, regions in walking for region in regions)
    assert queries.label_regions(project, 1) == [200]


def test_what_an_export_writes_is_counted_without_reading_it(world):
    project = world.create(images=3, regions=4)
    thing, _ = create_label(project, "car")
    stuff, _ = create_label(project, "sky", is_thing=False)
    void, _ = create_label(project, "bonnet")
    update_label(project, void.id, is_void=True)
    for region_id, label in ((1, thing), (2, stuff), (3, void), (5, thing)):
        review.name_regions(project, [region_id], label.id)
    world.sql("UPDATE region SET status = 'proposed' WHERE id = 5")
    assert queries.export_counts(project, [1, 2, 3]) == (2, 1, 1)
    assert queries.export_counts(project, [1, 2, 3], accepted_only=False) == (3, 2, 2)
    assert queries.export_counts(project, [2, 3], all_regions=True)[::2] == (8, 2)
    assert queries.export_counts(project, []) == (0, 0, 0)
