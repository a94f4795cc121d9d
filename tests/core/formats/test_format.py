"""The table of formats."""

import pytest

from acseg_core.errors import LabelFileError, LabelListError, UnknownFormatError
from acseg_core.formats.format import FORMATS, format_called, guessed, recognised


def test_keys_and_titles_are_single():
    assert len({each.key for each in FORMATS}) == len({each.title for each in FORMATS}) == len(FORMATS)


def test_formats_are_found_by_key_or_content(tmp_path):
    assert format_called("coco").title == "COCO instances"
    with pytest.raises(LabelFileError, match='"coca" is no format; choose one of coco'):
        format_called("coca")
    path = tmp_path / "a.txt"
    path.write_text('{"annotations": [], "categories": [{"id": 1, "name": "a"}], "images": [{"id": 1}]}')
    assert recognised(path).key == "coco"
    path = tmp_path / "a.json"
    path.write_text('{"a": 1}')
    with pytest.raises(UnknownFormatError, match="none of the formats that are read"):
        recognised(path)
    assert guessed(path) is None
    assert guessed(tmp_path / "none") is None
    with pytest.raises(LabelFileError, match="no such file"):
        recognised(tmp_path / "none")


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("l.json", '{"images": [], "annotations": [], "categories": [{"id": 1, "name": "cat"}]}', "labels-coco"),
        ("l.json", '{"format": "acseg-labels", "labels": [{"name": "cat"}]}', "labels-acseg"),
        ("l.json", '[{"name": "cat", "attributes": []}]', "labels-cvat"),
        ("l.json", '["cat"]', "labels-text"),
        ("l.csv", "cat\ndog\n", "labels-text"),
        ("labels.txt", "__ignore__\n_background_\ncat\n", "labels-labelme"),
        ("data.yaml", "names:\n  0: cat\n", "labels-yolo"),
        ("script.py", "import os\n", None),
        ("photo.jpg", "\udcff", None),
    ],
)
def test_lists_of_labels_are_told_from_labelled_images(tmp_path, name, content, key):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8", errors="surrogateescape")
    found = guessed(path)
    assert (found.key if found else None) == key
    assert found is None or found.labels_only


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("l.json", "{\n,}", r"l\.json:2: this is no JSON"),
        ("l.csv", "id,name\n1,cat\n", "this is a table, no list of labels"),
        ("l.yaml", "names: [", r"l\.yaml:1: this is no YAML"),
    ],
)
def test_what_was_meant_as_a_list_says_what_is_wrong(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(LabelListError, match=said):
        recognised(path)
