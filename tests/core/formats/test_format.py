"""The table of formats."""

import pytest

from acseg_core.errors import LabelFileError
from acseg_core.formats.format import FORMATS, format_called, recognised


def test_keys_and_titles_are_single():
    assert len({each.key for each in FORMATS}) == len({each.title for each in FORMATS}) == len(FORMATS)


def test_formats_are_found_by_key_or_content(tmp_path):
    assert format_called("coco").title == "COCO instances"
    with pytest.raises(LabelFileError, match='"coca" is not a format; choose one of coco'):
        format_called("coca")
    path = tmp_path / "a.txt"
    path.write_text('{"images": [], "annotations": [], "categories": []}')
    assert recognised(path).key == "coco"
    path.write_text("no labels")
    with pytest.raises(LabelFileError, match="the format was not recognised"):
        recognised(path)
    with pytest.raises(LabelFileError, match="no such file"):
        recognised(tmp_path / "none")
