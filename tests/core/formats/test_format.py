"""The table of formats."""

import io
import json
import zipfile

import pytest

from acseg_core.errors import LabelFileError
from acseg_core.formats.format import FORMATS, format_called, recognised


def test_keys_and_titles_are_single():
    assert len({each.key for each in FORMATS}) == len({each.title for each in FORMATS}) == len(FORMATS)


def test_formats_are_found_by_key_or_content(tmp_path):
    assert format_called("coco").title == "COCO instances"
    with pytest.raises(LabelFileError, match='"coca" is no format; choose one of coco'):
        format_called("coca")
    path = tmp_path / "a.txt"
    path.write_text('{"images": [], "annotations": [], "categories": []}')
    assert recognised(path).key == "coco"
    path.write_text("no labels")
    with pytest.raises(LabelFileError, match="none of the formats that are read"):
        recognised(path)
    with pytest.raises(LabelFileError, match="no such file"):
        recognised(tmp_path / "none")


@pytest.mark.parametrize("each", FORMATS, ids=lambda each: each.key)
def test_an_archive_a_folder_and_nothing_are_refused_in_one_line(tmp_path, each):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("../../annotations.xml", "<annotations/>")
    path = tmp_path / f"export{each.suffixes[0] if each.suffixes else '.zip'}"
    path.write_bytes(content.getvalue())
    for opener in (lambda: each.read(path), lambda: recognised(path)):
        with pytest.raises(LabelFileError) as error, opener():
            pass
        assert str(error.value) == f"{path}: this is a ZIP file; unpack it first, and choose the folder or file in it"
    with pytest.raises(LabelFileError, match="no such file"), each.read(tmp_path / "none"):
        pass
    if not each.is_folder:
        with pytest.raises(LabelFileError, match="this is a folder"), each.read(tmp_path):
            pass
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("key", "name", "content"),
    [
        ("cvat", "annotations.xml", "<annotations><version>1.1</version></annotations>"),
        ("labelstudio", "a.json", json.dumps([{"id": 1, "data": {"image": "a.jpg"}, "annotations": []}])),
        ("isat", "a.json", json.dumps({"info": {"description": "ISAT"}, "objects": []})),
        ("labelme", "a.json", json.dumps({"shapes": [], "imagePath": "a.jpg"})),
    ],
)
def test_tools_are_told_apart(tmp_path, key, name, content):
    path = tmp_path / name
    path.write_text(content)
    assert recognised(path).key == key
    if format_called(key).is_folder:
        assert recognised(tmp_path).key == key
