"""Random sequences of every verb that changes regions: always a partition, always undone and redone to the byte."""

import contextlib

import numpy as np
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from acseg_core.errors import EditError
from acseg_core.shapes import masks
from acseg_core.store import queries
from acseg_core.store.edits import (
    copying,
    cuts,
    dissolving,
    history,
    merging,
    outlining,
    painting,
    review,
    runs,
    splitting,
)
from acseg_core.types import PixelPatch, RegionStatus

EXAMPLES = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def patch(number):
    """One of many boxes, some reaching beyond the image, with some of their pixels."""
    random = np.random.default_rng(number)
    height, width = random.integers(1, 7, 2)
    left, top = random.integers(-2, 8), random.integers(-2, 6)
    return PixelPatch(int(left), int(top), random.random((height, width)) < random.uniform(0.3, 1.2))


def point(number):
    return number % 9 - 0.3, number * 7 % 60 / 10


EDITS = {
    "paint": lambda project, one, other, number: painting.paint(project, 1, patch(number), region_id=one),
    "draw": lambda project, one, other, number: painting.paint_new(project, 1, patch(number), label_id=None),
    "erase": lambda project, one, other, number: painting.erase(project, patch(number), region_id=one),
    "cut line": lambda project, one, other, number: splitting.split_line(
        project, one, [point(number), point(number + 31), point(number + 55)]
    ),
    "components": lambda project, one, other, number: splitting.split_components(project, one, crumb_area=number % 4),
    "split off": lambda project, one, other, number: splitting.split_patch(project, one, patch(number)),
    "grow": lambda project, one, other, number: outlining.grow(project, [one], pixels=1 + number % 2),
    "shrink": lambda project, one, other, number: outlining.shrink(project, [one, other], pixels=1),
    "smooth": lambda project, one, other, number: outlining.smooth(project, [one, other], radius=1 + number % 2),
    "fill": lambda project, one, other, number: outlining.fill_holes(project, [one, other]),
    "give": lambda project, one, other, number: dissolving.give_to_neighbours(project, [one, other]),
    "dissolve": lambda project, one, other, number: dissolving.dissolve(project, [one]),
    "void": lambda project, one, other, number: review.mark_void(project, [one]),
    "copy": lambda project, one, other, number: copying.copy_labels(project, source_id=2, target_id=1),
    "merge": lambda project, one, other, number: merging.merge_regions(project, [one, other]),
    "merge as": lambda project, one, other, number: merging.merge_regions(project, [one, other], label_id=None),
    "name": lambda project, one, other, number: review.name_regions_as(project, [one], f"label {number % 3}"),
    "unname": lambda project, one, other, number: review.name_regions(project, [one], None),
    "reject": lambda project, one, other, number: review.reject_regions(project, [one]),
    "split": lambda project, one, other, number: cuts.split_by_tree(project, one),
    "up": lambda project, one, other, number: cuts.merge_upwards(project, one),
    "recut": lambda project, one, other, number: cuts.recut_image(project, 1, number / 100),
    "finer": lambda project, one, other, number: cuts.step_cut(project, 1, finer=True),
    "coarser": lambda project, one, other, number: cuts.step_cut(project, 1, finer=False),
}
CUTS = ("recut", "finer", "coarser")
"""What gives regions nodes of the tree; all others take them from regions that get pixels."""

steps = st.lists(
    st.tuples(
        st.sampled_from([*EDITS, "undo", "undo", "redo", "redo", "reopen"]), *[st.integers(0, 100) for _ in range(3)]
    ),
    min_size=4,
    max_size=14,
)


def propose_as(project, run, image_id, tree):
    """Propose the finest cut of a tree for another image, so that labels can be copied from there."""
    run_id = runs.begin_run(project, run)
    runs.save_proposals(project, run_id, image_id, tree.regions(tree.tree.cut(-1)), tree=tree, granularity=1)
    runs.finish_run(project, run_id)


def covered(project):
    """(H, W), how many regions each pixel of the image is in; every region says itself what it is."""
    record = queries.image(project, 1)
    count = np.zeros((record.height, record.width), int)
    for region in queries.regions(project, 1):
        mask = masks.decode(region.mask)
        assert region.area == mask.sum() > 0
        assert region.bbox == masks.bounding_box(region.mask)
        assert region.mask == masks.encode(mask), "one way only to write the same pixels"
        count += mask
    return count


def made(project):
    """What no cut may change: ids, pixels and names of all that a person made or decided."""
    return {
        region.id: (region.mask, region.label_id, region.status)
        for region in queries.regions(project, 1)
        if region.label_id is not None or region.node is None or region.status is RegionStatus.REJECTED
    }


THERE_AND_BACK = [
    ("recut", 51, 42, 39),
    ("shrink", 26, 40, 27),
    ("grow", 53, 73, 29),
    ("grow", 99, 7, 60),
    ("smooth", 32, 9, 16),
    ("shrink", 26, 39, 27),
]
"""The last one gives pixels from one region to another and back again: nothing has changed."""


@EXAMPLES
@given(steps=steps)
@example(steps=THERE_AND_BACK)
def test_any_sequence_of_edits_keeps_the_partition_and_undoes_completely(new_world, steps):
    world = new_world()
    project = world.create(images=2)
    (tree,) = world.propose_tree(project, [1], leaves=7)
    propose_as(project, world.run, 2, tree)
    review.name_regions_as(project, [region.id for region in queries.regions(project, 2)[::2]], "label 0")
    start = world.rows()
    past, future = [start], []
    for verb, first, second, number in steps:
        ids = sorted(region.id for region in queries.regions(project, 1))
        if verb == "reopen":
            project.close()
            project = world.open()
            assert world.rows() == past[-1]
        elif verb == "undo":
            if len(past) > 1:
                history.undo(project)
                future.append(past.pop())
                assert world.rows() == past[-1]
        elif verb == "redo":
            assert (history.redo(project) is not None) == bool(future)
            if future:
                past.append(future.pop())
                assert world.rows() == past[-1]
        elif ids:
            was_covered, decided = (covered(project) == 1).all(), made(project)
            before = {region.id: masks.decode(region.mask) for region in queries.regions(project, 1)}
            changes = None
            with contextlib.suppress(EditError):
                changes = EDITS[verb](project, ids[first % len(ids)], ids[second % len(ids)], number)
            now = world.rows()
            assert (now != past[-1]) == bool(changes and changes.verb), f"{verb} does what it says"
            if now != past[-1]:
                assert {1} <= changes.image_ids
                assert set(changes.region_ids) <= {region.id for region in queries.regions(project, 1)}
                past.append(now)
                future.clear()
            cover = covered(project)
            assert cover.max(initial=0) <= 1, f"{verb} makes regions overlap"
            if was_covered and not (verb == "erase" and len(ids) == 1):
                assert (cover == 1).all(), f"{verb} loses pixels"
            if verb in CUTS:
                assert made(project) == decided
                continue
            for region in queries.regions(project, 1):
                if (masks.decode(region.mask) & ~before.get(region.id, False)).any():
                    assert region.node is None, f"{verb} leaves what a person made to the next cut"
    assert world.sql("PRAGMA foreign_key_check") == []
    while len(past) > 1:
        history.undo(project)
        past.pop()
        assert world.rows() == past[-1]
    assert world.rows() == start
    world.close()
