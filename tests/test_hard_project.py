"""The hard project has in it what it says."""

from collections import Counter

import hard_project
import pytest

from acseg_core.shapes import masks
from acseg_core.store import open_project, queries
from acseg_core.types import ImageStatus


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return hard_project.make_hard_project(tmp_path_factory.mktemp("hard"))


def test_its_shapes_are_those_of_its_label_maps(folder):
    with open_project(folder, read_only=True) as project:
        found = hard_project.named_shapes(project)
        assert len(queries.labels(project)) == len(set(hard_project.LABELS)) == 300
        pixels = hard_project.named_pixels(found, project)
    maps = hard_project.label_maps()
    assert found.keys() == maps.keys() == pixels.keys()
    for path, (numbers, names) in maps.items():
        masks_of = masks.encode_label_map(numbers)
        expected = Counter((name, masks_of[number].counts) for number, name in names.items())
        assert found[path] == expected, path
        assert pixels[path] == dict(expected.elements()), "every name is one shape here"


def test_its_images_are_what_they_are_called(folder):
    with open_project(folder, read_only=True) as project:
        records = {record.path: record for record in queries.images(project)}
        suggested = [each.suggestion_id for each in queries.regions(project, records[hard_project.SUGGESTED].id)]
    assert records[hard_project.TURNED].info.orientation == 6
    assert (records[hard_project.TURNED].height, records[hard_project.TURNED].width) == (17, 29)
    open_images = [path for path, record in records.items() if record.status is not ImageStatus.DONE]
    assert open_images == [hard_project.NOT_DONE]
    assert not any(record.problem for record in records.values())
    assert any(suggested)


def test_a_copy_has_the_photos_and_nothing_else(folder, tmp_path):
    with open_project(hard_project.empty_copy(folder, tmp_path / "copy"), read_only=True) as copy:
        assert len(queries.images(copy)) == len(hard_project.label_maps()) + 2
        assert queries.labels(copy) == []
        assert hard_project.named_shapes(copy) == {}
