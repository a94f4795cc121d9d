"""Lists of labels read as the other formats are."""

import json

import pytest

from acseg_core.errors import LabelListError
from acseg_core.formats.format import format_called
from acseg_core.formats.label_files import LabelFormat
from acseg_core.formats.label_list_reader import looks_like_label_list


def test_a_list_has_labels_and_no_images(tmp_path):
    path = tmp_path / "labels.json"
    labels = [
        {"name": "road", "color": "#123456", "key": "3", "kind": "stuff", "void": True, "supercategory": "ground"},
        {"name": "car", "key": None},
        {"name": "Car", "color": "no colour"},
    ]
    path.write_text(json.dumps({"format": "acseg-labels", "labels": labels}))
    with format_called("labels-acseg").read(path) as files:
        road, car = files.labels
        assert (road.name, road.color, road.hotkey, road.supercategory) == ("road", "#123456", "3", "ground")
        assert (road.is_thing, road.is_void) == (False, True)
        assert (car.color, car.hotkey, car.is_thing, car.category_id) == (None, "", None, None)
        assert (files.names, list(files.images()), files.is_list) == ((), [], True)
        assert len(files.notes) == 2


def test_what_is_none_is_refused_with_its_place(tmp_path):
    path = tmp_path / "labels.json"
    path.write_text("{\n,}")
    with (
        pytest.raises(LabelListError, match=r"labels\.json:2: this is not JSON"),
        format_called("labels-coco").read(path),
    ):
        pass


def test_large_files_are_not_read_to_find_out(tmp_path):
    path = tmp_path / "l.txt"
    path.write_text("cat\n")
    assert looks_like_label_list(path, LabelFormat.TEXT)
    with path.open("ab") as file:
        file.truncate(16_000_001)
    assert not looks_like_label_list(path, LabelFormat.TEXT)
    assert not looks_like_label_list(tmp_path, LabelFormat.TEXT)
