"""`classes.json` of our own exports: all that is known of the labels comes back."""

import json

import pytest

from acseg_core.errors import LabelFileError
from acseg_core.formats.class_list import CLASS_FILE, write_classes
from acseg_core.formats.class_names import read_class_names
from acseg_core.formats.dataset import Dataset, DatasetSettings
from acseg_core.output.folders import write_folder
from acseg_core.store import queries
from acseg_core.store.edits.labels import create_label


def written(project, out, void_number=255, **settings):
    dataset = Dataset(project, (), DatasetSettings(**settings))
    with write_folder(out) as folder:
        write_classes(dataset, folder, {each.number: each.number + 1 for each in dataset.categories}, void_number)
    return dataset, read_class_names(out)


def test_all_labels_come_back_with_everything(hard, tmp_path):
    _, names = written(hard, tmp_path / "out", 65535)
    expected = {label.name: label for label in queries.labels(hard)}
    assert len(names.labels()) == 300
    for label in names.labels():
        was = expected[label.name]
        told = (label.category_id, label.color, label.supercategory, label.is_thing, bool(label.is_void))
        assert told == (was.category_id, was.color, was.supercategory, was.is_thing, was.is_void)
    assert sorted(names.by_number) == [*range(1, 300), 65535]


def test_others_can_read_it_without_us(project, tmp_path):
    create_label(project, "void", is_void=True)
    written(project, tmp_path / "out", all_regions=True)
    content = json.loads((tmp_path / "out" / CLASS_FILE).read_text("ascii"))
    assert [(entry["number"], entry["name"]) for entry in content["classes"]] == [
        (1, "Sky"),
        (2, "tree"),
        (3, "unused"),
        (4, "region"),
        (255, "void"),
    ]
    assert content["classes"][3].keys() == {"number", "name", "id"}, "nobody knows more of regions without a name"


def test_names_that_mean_background_elsewhere_are_labels_here(project, tmp_path):
    create_label(project, "background")
    create_label(project, "void", is_void=True)
    _, names = written(project, tmp_path / "out")
    assert {"background", "void"} <= {label.name for label in names.labels()}


def test_a_second_void_label_is_told(project, tmp_path):
    create_label(project, "dirt", is_void=True)
    create_label(project, "edge", is_void=True)
    dataset, names = written(project, tmp_path / "out")
    assert dataset.notes.lines() == ['1 labels that are void leave as "dirt", which is void, too: edge']
    assert [label.name for label in names.labels() if label.is_void] == ["dirt"]


def test_maps_that_cannot_say_void_have_no_number_for_it(project, tmp_path):
    create_label(project, "dirt", is_void=True)
    _, names = written(project, tmp_path / "out", None)
    assert [label.name for label in names.labels()] == ["Sky", "tree", "unused"]


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([{"name": "a"}], "class 1 has no number and name"),
        ([{"number": -1, "name": "a"}], "class 1 has no number and name"),
        ([{"number": 1, "name": " "}], "class 1 has no number and name"),
        ([{"number": 1, "name": "a"}, {"number": 1, "name": "b"}], "class 2 has the number 1, which is used twice"),
        ([{"number": 1, "name": "a"}, "b"], "write a list of names"),
        ([], "write a list of names"),
    ],
)
def test_a_list_that_makes_no_sense_is_told(tmp_path, entries, message):
    (tmp_path / CLASS_FILE).write_text(json.dumps({"classes": entries}))
    with pytest.raises(LabelFileError, match=message) as error:
        read_class_names(tmp_path)
    assert str(error.value).startswith(str(tmp_path / CLASS_FILE))
