"""Shapes from elsewhere become regions; the image stays partitioned, and a person's work stays."""

import numpy as np
import pytest

from acseg_core.errors import EditError
from acseg_core.shapes import masks
from acseg_core.store import queries
from acseg_core.store.edits import cuts, history, review
from acseg_core.store.edits.labels import create_label
from acseg_core.store.edits.recorder import edit
from acseg_core.store.edits.shape_import import ImportedAs, ImportedShape, Onto, import_shapes
from acseg_core.types import ImageStatus, RegionOrigin, RegionStatus
from acseg_core.verbs import Verb


def _mask(left, top, right, bottom, shape=(6, 8)):
    mask = np.zeros(shape, bool)
    mask[top:bottom, left:right] = True
    return masks.encode(mask)


def _put(project, *shapes, image_id=1, as_=ImportedAs.ACCEPTED, onto=Onto.REST, done=False):
    with edit(project, Verb.IMPORT_SHAPES) as recording:
        made = import_shapes(
            project, recording, image_id, [ImportedShape(*each) for each in shapes], as_=as_, onto=onto, done=done
        )
        return made, recording.result()


def _cover(project, image_id=1):
    """How many regions have each pixel."""
    return sum(masks.decode(region.mask).astype(int) for region in queries.regions(project, image_id))


@pytest.fixture
def labels(project):
    return [create_label(project, name)[0].id for name in ("cat", "dog")]


@pytest.fixture
def project(world):
    return world.create(images=2)


def test_an_image_without_regions_gets_the_shapes_and_one_rest(world, project, labels):
    before = world.rows()
    made, changes = _put(project, (_mask(1, 1, 3, 3), labels[0]), (_mask(4, 2, 8, 6), labels[1]))
    assert made == 2
    assert changes.image_ids == {1}
    rest, second, first = queries.regions(project, 1)
    assert (first.label_id, second.label_id, rest.label_id) == (labels[0], labels[1], None)
    assert {first.origin, second.origin} == {RegionOrigin.IMPORTED}
    assert {first.status, second.status} == {RegionStatus.ACCEPTED}
    assert rest.is_open
    assert np.all(_cover(project) == 1)
    assert queries.images(project)[0].status is ImageStatus.IN_REVIEW
    world.assert_one_step(project, before, Verb.IMPORT_SHAPES)


def test_shapes_that_cover_all_leave_no_rest(project, labels):
    _put(project, (_mask(0, 0, 8, 6), labels[0]))
    assert len(queries.regions(project, 1)) == 1


def test_proposals_lose_the_pixels_and_keep_the_rest(world, project, labels):
    world.propose(project, [1], regions=4)
    before = {region.id: region for region in queries.regions(project, 1)}
    shape = _mask(2, 1, 6, 4)
    _put(project, (shape, labels[0]))
    after = {region.id: region for region in queries.regions(project, 1)}
    (new,) = after.keys() - before.keys()
    assert after[new].mask == shape
    assert np.all(_cover(project) == 1)
    for id_, region in before.items():
        left = masks.decode(region.mask) & ~masks.decode(shape)
        assert (id_ in after) == left.any()
        if left.any():
            assert np.array_equal(masks.decode(after[id_].mask), left)
            assert after[id_].is_open
    history.undo(project)
    assert {region.id: region.mask for region in queries.regions(project, 1)} == {
        id_: region.mask for id_, region in before.items()
    }


def test_what_a_person_named_stays_unless_all_is_asked_for(world, project, labels):
    world.propose(project, [1], regions=3)
    mine = queries.regions(project, 1)[0]
    review.name_regions(project, [mine.id], labels[1])
    whole = _mask(0, 0, 8, 6)
    made, _ = _put(project, (whole, labels[0]))
    assert made == 1
    by_label = {region.label_id: region.mask for region in queries.regions(project, 1)}
    assert by_label[labels[1]] == mine.mask
    assert masks.area(by_label[labels[0]]) == 48 - mine.area
    made, _ = _put(project, (whole, labels[0]), onto=Onto.ALL)
    assert made == 1
    assert [(region.label_id, region.mask) for region in queries.regions(project, 1)] == [(labels[0], whole)]


@pytest.mark.parametrize("onto", Onto)
def test_the_same_again_changes_nothing(world, project, labels, onto):
    shapes = [(_mask(1, 1, 3, 3), labels[0]), (_mask(3, 1, 5, 3), labels[0])]
    _put(project, *shapes, onto=onto)
    before = world.rows()
    made, changes = _put(project, *shapes, onto=onto)
    assert made == 0
    assert not changes.verb or not changes.image_ids
    assert world.rows() == before


def test_suggested_names_wait_for_a_person(project, labels):
    _put(project, (_mask(1, 1, 3, 3), labels[0]), as_=ImportedAs.SUGGESTED)
    region = queries.regions(project, 1)[-1]
    assert (region.status, region.label_id, region.suggestion_id) == (RegionStatus.SUGGESTED, None, labels[0])
    assert region.confidence == 1


def test_an_image_can_be_done_with_it_even_without_any_shape(project, labels):
    _put(project, (_mask(1, 1, 3, 3), labels[0]), done=True)
    _put(project, image_id=2, done=True)
    assert [image.status for image in queries.images(project)] == [ImageStatus.DONE] * 2
    assert queries.regions(project, 2) == []


def test_a_new_cut_leaves_imported_shapes_alone(world, project, labels):
    world.propose_tree(project, [1], leaves=6)
    shape = _mask(2, 1, 6, 4)
    _put(project, (shape, labels[0]))
    cuts.recut_image(project, 1, 0.9)
    assert shape in [region.mask for region in queries.regions(project, 1)]
    assert np.all(_cover(project) == 1)


def test_there_must_be_such_an_image(project, labels):
    with pytest.raises(EditError, match="not in the project"):
        _put(project, (_mask(1, 1, 3, 3), labels[0]), image_id=9)


def test_the_parts_of_an_object_are_one_thing_and_those_of_an_area_are_not_said_to_be(world):
    """On the code of before, an object of two parts came in as one region and left as two annotations."""
    project = world.create(images=1)
    label, _ = create_label(project, "car")
    image = queries.images(project)[0]
    numbers = np.zeros((image.height, image.width), np.int32)
    numbers[0, 0] = numbers[0, 2] = 1
    numbers[1, 0] = numbers[1, 2] = 2
    numbers[2, 0] = 3
    found = masks.encode_label_map(numbers)
    with edit(project, Verb.IMPORT_SHAPES) as recording:
        shapes = [ImportedShape(found[number], label.id, is_object=number != 2) for number in (1, 2, 3)]
        import_shapes(project, recording, image.id, shapes, as_=ImportedAs.ACCEPTED, onto=Onto.REST, done=True)
    together = {region.mask: region.is_together for region in queries.regions(project, image.id)}
    assert together[found[1]]
    assert not together[found[2]]
    assert not together[found[3]], "it has one part"
