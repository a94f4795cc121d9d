"""XML piece by piece, and XML that is made to do harm."""

import time
import tracemalloc

import pytest

from acseg_core.errors import LabelFileError, StorageError
from acseg_core.formats import xml_stream
from acseg_core.formats.xml_stream import DEEPEST, elements, first_tags


def _write(tmp_path, content):
    path = tmp_path / "a.xml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def _refusal(path):
    with pytest.raises(LabelFileError) as error:
        list(elements(path, ("b",)))
    assert str(error.value).startswith(str(path))
    assert len(str(error.value).splitlines()) == 1
    return str(error.value)


@pytest.mark.parametrize("chunk", [1, 7, 2**20])
def test_elements_come_whole_with_their_lines_and_children(tmp_path, monkeypatch, chunk):
    monkeypatch.setattr(xml_stream, "_CHUNK_BYTES", chunk)
    content = "<?xml version='1.0'?>\n<a>\n<b x='1 &amp; 2'>one<c>two</c>&#233;<b>in</b></b><d><b/></d></a>"
    first, second = elements(_write(tmp_path, content), ("b",))
    assert (first.tag, first.attributes, first.line, first.text) == ("b", {"x": "1 & 2"}, 3, "oneé")
    assert [(child.tag, child.text) for child in first.children] == [("c", "two"), ("b", "in")]
    assert (first.child_text("c"), first.child_text("e")) == ("two", "")
    assert second.children == []
    assert first_tags(tmp_path / "a.xml", 3) == ("a", "b", "c")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_other_encodings_are_read(tmp_path, encoding):
    head = "<?xml version='1.0' encoding='iso-8859-1'?>" if encoding == "iso-8859-1" else ""
    (found,) = elements(_write(tmp_path, f"{head}<b>é</b>".encode(encoding)), ("b",))
    assert found.text == "é"


BOMB = "<!DOCTYPE a [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{10 * f'&{chr(97 + n)};'}'>" for n in range(12)
)
HARM = {
    "bomb": BOMB + "]><a><b>&m;</b></a>",
    "file": "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a><b>&x;</b></a>",
    "outside": "<!DOCTYPE a SYSTEM 'http://localhost:1/a.dtd'><a><b/></a>",
    "parameter": "<!DOCTYPE a [<!ENTITY % x SYSTEM 'file:///etc/hostname'> %x;]><a><b/></a>",
}


@pytest.mark.parametrize("harm", HARM)
def test_a_document_type_is_refused_before_it_is_read(tmp_path, harm):
    path = _write(tmp_path, HARM[harm])
    began = time.process_time()
    assert "DOCTYPE" in _refusal(path)
    assert time.process_time() - began < 1
    assert first_tags(path) == ()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<a><b>1</b>", "1: this is not valid XML (no element found)"),
        ("<a>\n<b x='1", "2: this is not valid XML (unclosed token)"),
        ("<a>\n<b></a>", "2: this is not valid XML (mismatched tag)"),
        ("<a>&x;</a>", "1: this is not valid XML (undefined entity)"),
        ("", "this is not valid XML"),
        ("{}", "1: this is not valid XML"),
        (b"<a>\xff</a>", "1: this is not valid XML"),
        ("<?xml version='1.0' encoding='klingon'?><a/>", "this XML is in an encoding that is not read"),
        ("<?xml version='1.0' encoding='shift_jis'?><a/>", "this XML is in an encoding that is not read"),
        ("<a>" * 100_000, f"this has {DEEPEST} elements inside of each other"),
    ],
)
def test_what_is_no_sound_xml_is_one_line_with_its_place(tmp_path, content, message):
    assert message in _refusal(_write(tmp_path, content))


def test_a_tag_without_end_is_refused_in_bounded_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(xml_stream, "_LONGEST_BYTES", 2**21)
    path = _write(tmp_path, b"<a><b x='" + b"9" * 8_000_000 + b"'/></a>")
    assert "a tag in it has more than 2 megabytes" in _refusal(path)
    with pytest.raises(StorageError):
        list(elements(tmp_path / "none.xml", ("b",)))


def test_memory_does_not_grow_with_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr(xml_stream, "_CHUNK_BYTES", 2**14)

    def peak(count):
        path = _write(tmp_path, "<a>" + ("<b>" + "<c x='1'>text</c>" * 200 + "</b>") * count + "</a>")
        tracemalloc.start()
        seen = sum(len(element.children) for element in elements(path, ("b",)))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert seen == 200 * count
        return most

    assert peak(300) < 1.3 * peak(60)
