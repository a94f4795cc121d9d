"""JSON of any size and depth."""

import json

import numpy as np
import pytest

from acseg_core.errors import LabelFileError, StorageError
from acseg_core.formats import json_stream
from acseg_core.formats.json_stream import check_depth, has_keys, items


def _depth(content):
    """The greatest depth of a value, as Python's own parser sees it."""
    if isinstance(content, dict):
        return 1 + max(map(_depth, content.values()), default=0)
    return 1 + max(map(_depth, content), default=0) if isinstance(content, list) else 0


def _random(random, depth):
    kind = random.integers(5) if depth else 3
    if kind < 2:
        return [_random(random, depth - 1) for _ in range(random.integers(3))]
    if kind == 2:
        return {f"k{n}[\\": _random(random, depth - 1) for n in range(random.integers(3))}
    return random.choice(["]", "[{\\", '"', '\\"[', "\\\\", "ä", "a"]) if kind == 3 else 1


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("chunk", [1, 3, 2**22])
def test_depth_is_that_of_the_parser_wherever_chunks_end(tmp_path, monkeypatch, seed, chunk):
    monkeypatch.setattr(json_stream, "_CHUNK_BYTES", chunk)
    content = [_random(np.random.default_rng(seed), 6)]
    path = tmp_path / "a.json"
    path.write_text(json.dumps(content, ensure_ascii=seed % 2 == 0, indent=seed % 3 or None), encoding="utf-8")
    depth = _depth(content)
    check_depth(path, depth)
    with pytest.raises(LabelFileError, match="brackets"):
        check_depth(path, depth - 1)


def test_items_are_those_of_the_outermost_list_only(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('{"b": {"a": [9]}, "a": [1, {"a": [2]}, "x"]}')
    assert list(items(path, "a")) == [1, {"a": [2]}, "x"]
    assert list(items(path, "c")) == []
    assert has_keys(path, {"a", "b"})
    assert not has_keys(path, {"a", "c"})
    path.write_text("{")
    with pytest.raises(LabelFileError, match="not valid JSON"):
        list(items(path, "a"))
    with pytest.raises(StorageError):
        list(items(tmp_path / "none", "a"))


def test_a_list_that_is_the_whole_file(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('[{"a": 1, "b": {"c": 2}}, {"d": 3}]')
    assert list(items(path)) == [{"a": 1, "b": {"c": 2}}, {"d": 3}]
    assert has_keys(path, {"a", "b"}, in_list=True)
    assert not has_keys(path, {"a"})
    for keys in ({"c"}, {"a", "d"}):
        assert not has_keys(path, keys, in_list=True)
    for content in ("", "[]", "{}", '{"a": [1]}', "[3]", "["):
        path.write_text(content)
        assert not has_keys(path, {"a"}, in_list=True)
