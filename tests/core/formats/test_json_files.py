"""JSON files of folders."""

import pytest

from acseg_core.errors import LabelFileError, StorageError
from acseg_core.formats.json_files import json_files, read_whole


def test_files_come_in_the_order_of_their_names_with_those_of_folders(tmp_path):
    for name in ("b.json", "a.JSON", "a.txt", "sub/c.json", "another/d.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("[]")
    found = [file.relative_to(tmp_path).as_posix() for file in json_files(tmp_path)]
    assert found == ["a.JSON", "b.json", "another/d.json", "sub/c.json"]


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[" * 100_000, b"9" * 10_000])
def test_what_is_no_json_is_one_line(tmp_path, content):
    path = tmp_path / "a.json"
    path.write_bytes(content)
    with pytest.raises(LabelFileError) as error:
        read_whole(path, "labelme")
    assert str(error.value).startswith(f"{path}: ")
    assert "\n" not in str(error.value)
    with pytest.raises(StorageError):
        read_whole(tmp_path / "none.json", "labelme")
