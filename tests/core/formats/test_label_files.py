"""Files of labels: each format is read and written, and what is wrong with one is said with its place.

Covers: formats.label_colors, formats.label_sources.
"""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acseg_core.errors import LabelListError, StorageError
from acseg_core.formats.label_files import LabelFormat, read_labels, write_labels
from acseg_core.store.edits.label_list import LabelEntry
from acseg_core.types import Label

LABELS = (
    Label(3, "car", "#e69f00", hotkey="1", supercategory="vehicle"),
    Label(1, "Straße", "#56b4e9", supercategory="ground", is_thing=False),
    Label(7, 'a "quoted", name', "#000000", hotkey="9"),
    Label(9, "dirt on the lens", "#777777", is_thing=False, is_void=True),
)


@pytest.fixture
def file(tmp_path):
    def write(content, name="labels.txt"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_our_format_keeps_everything(tmp_path):
    path = tmp_path / "labels.json"
    assert write_labels(path, LABELS, LabelFormat.ACSEG) == ()
    found = read_labels(path)
    assert (found.format, found.notes) == (LabelFormat.ACSEG, ())
    assert found.entries == tuple(
        LabelEntry(label.name, label.color, label.hotkey or "", label.supercategory, label.is_thing, label.is_void)
        for label in LABELS
    )
    assert path.read_text("utf-8").count("\n") == 6 + len(LABELS), "one line for each label: it can be compared"
    write_labels(path, (), LabelFormat.ACSEG)
    assert read_labels(path).entries == ()


def test_only_names_are_required(file):
    content = {"format": "acseg-labels", "version": 1, "labels": [{"name": " car "}, {"name": "sky", "key": None}]}
    found = read_labels(file(json.dumps(content)))
    assert found.entries == (LabelEntry("car"), LabelEntry("sky", hotkey=""))


def test_plain_text(file, tmp_path):
    found = read_labels(file("car\n\n  traffic   light \nCAR\n"))
    assert found.format is LabelFormat.TEXT
    assert found.entries == (LabelEntry("car"), LabelEntry("traffic light"))
    assert found.notes == ("named more than once, imported once: “CAR”",)
    lost = write_labels(tmp_path / "out.txt", LABELS, LabelFormat.TEXT)
    assert (tmp_path / "out.txt").read_text("utf-8").splitlines() == [label.name for label in LABELS]
    assert lost == (
        "this format has no room for colours, supercategories, what is thing or stuff, what is void and keys",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_as_windows_writes_it(file, encoding):
    found = read_labels(file("Straße\r\nsky\r\n".encode(encoding)))
    assert [entry.name for entry in found.entries] == ["Straße", "sky"]


def test_labelme(file, tmp_path):
    found = read_labels(file("__ignore__\n_background_\ncat\n"))
    assert found.format is LabelFormat.LABELME
    assert found.entries == (
        LabelEntry("__ignore__", is_thing=False, is_void=True),
        LabelEntry("_background_", is_thing=False),
        LabelEntry("cat"),
    )
    out = tmp_path / "out.txt"
    labels = [Label(1, "cat", "#000000"), Label(2, "_background_", "#111111", is_thing=False)]
    assert write_labels(out, labels, LabelFormat.LABELME) == (
        "this format has no room for colours and what is thing or stuff",
    )
    assert out.read_text() == "__ignore__\n_background_\ncat\n"


def test_coco_categories(file, tmp_path):
    categories = [
        {"id": 7, "name": "car", "supercategory": "vehicle", "isthing": 1, "color": [230, 159, 0]},
        {"id": 2, "name": "sky", "isthing": 0},
        {"id": 3, "name": "Sky"},
    ]
    path = file(json.dumps({"images": [{"id": 1}], "annotations": [], "categories": categories}), "instances.json")
    found = read_labels(path)
    assert found.format is LabelFormat.COCO
    assert found.entries == (
        LabelEntry("car", "#e69f00", supercategory="vehicle", is_thing=True),
        LabelEntry("sky", is_thing=False),
    )
    assert found.notes == ("named more than once, imported once: “Sky”",)
    lost = write_labels(path, LABELS, LabelFormat.COCO)
    assert lost == ("this format has no room for what is void and keys",)
    written = json.loads(path.read_text("utf-8"))["categories"]
    assert [category["id"] for category in written] == [1, 2, 3, 4]
    again = read_labels(path).entries
    assert [(e.name, e.color, e.supercategory, e.is_thing) for e in again] == [
        (label.name, label.color, label.supercategory, label.is_thing) for label in LABELS
    ]


def test_cvat(file, tmp_path):
    labels = [
        {"name": "car", "color": "#E69F00", "attributes": [{"name": "parked"}]},
        {"name": "person", "attributes": [], "sublabels": [{"name": "head"}]},
    ]
    found = read_labels(file(json.dumps(labels), "cvat.json"))
    assert found.format is LabelFormat.CVAT
    assert found.entries == (LabelEntry("car", "#e69f00"), LabelEntry("person"))
    assert found.notes == ("attributes of labels are not imported", "the parts of skeletons are not imported")
    write_labels(tmp_path / "out.json", LABELS, LabelFormat.CVAT)
    written = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert written[0] == {"name": "car", "color": "#e69f00", "type": "any", "attributes": []}
    assert read_labels(tmp_path / "out.json").format is LabelFormat.CVAT


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.json", '{\n "labels": [,]\n}', "a.json:2: this is not JSON"),
        ("a.json", "car\nsky\n", "a.json:1: this is not JSON"),
        ("a.json", "[" * 100_000, "nested too deeply"),
        ("a.json", "{}", "no labels in it"),
        ("a.json", "[]", "no labels in it"),
        ("a.json", "[1]", "no labels in it"),
        ("a.txt", "\n \n", "a.txt: there is no label in it; write one name per line"),
        ("a.txt", b"car\nx\xff\xfey\n", "a.txt:2: this is not UTF-8 text"),
        ("a.txt", "car\nb\x07b\n", "a.txt:2: the label name"),
        ("a.json", '{"format": "acseg-labels", "version": 2, "labels": []}', "newer version"),
        ("a.json", '{"format": "acseg-labels", "labels": {}}', '"labels" is not a list'),
        ("a.json", '{"format": "acseg-labels", "labels": ["car"]}', 'label 1: this is not an object with a "name"'),
        ("a.json", '{"format": "acseg-labels", "labels": [{"name": "a"}, {}]}', "label 2: a label needs a name"),
        ("a.json", '{"format": "acseg-labels", "labels": [{"name": "a", "key": "0"}]}', 'label 1: its key is "0"'),
        ("a.json", '{"format": "acseg-labels", "labels": [{"name": "a", "key": []}]}', "label 1: its key is"),
        ("a.json", '{"format": "acseg-labels", "labels": [{"name": "a", "kind": "x"}]}', 'label 1: its kind is "x"'),
        (
            "a.json",
            '{"format": "acseg-labels", "labels": [{"name": "a", "void": 1}]}',
            "label 1: its void is not",
        ),
        ("a.json", '{"categories": [{"name": [3]}]}', "category 1: its name is not valid"),
        ("a.json", '{"categories": [{"name": true}]}', "category 1: its name is not valid"),
        ("a.json", f"[{'1' * 5000}]", "it contains a number with thousands of digits"),
        ("a.json", '{"version": 1e999, "format": "acseg-labels"}', "newer version"),
        ("a.txt", f'{{"format": {"1" * 5000}}}', "it contains a number with thousands of digits"),
        ("a.txt", '[\n  {"name": "car"},', "a.txt:2: this is not JSON"),
        ("a.yaml", "names: [car, bus\n", "this is not YAML"),
        ("a.yaml", "names: " + "[" * 5000, "nested too deeply"),
        ("a.yaml", "train: images\nnc: 3\n", "there are no names in it; choose the data.yaml"),
        ("a.yaml", "- car\n- bus\n", "there are no names in it; choose the data.yaml"),
        ("a.yaml", "names: [[car], bus]\n", "name 1: its name is not valid"),
        ("a.yaml", "names: [car, '']\n", "name 2: a label needs a name"),
        ("annotations.xml", '<?xml version="1.0"?>\n<annotations><meta/></annotations>', "this is XML or HTML"),
        ("a.txt", '\ufeff<?xml version="1.0"?>\n<annotations/>', "this is XML or HTML"),
        ("page.html", "<!DOCTYPE html>\n<html><body>car</body></html>", "this is XML or HTML"),
        ("a.txt", "<html>\ncar\n", "this is XML or HTML"),
        ("labels.csv", "car,#ff0000\nbus,#00ff00\n", "this is a table, not a list of labels"),
        ("a.txt", "id;name;color\n1;car;#ff0000\n2;bus;#00ff00\n", "this is a table, not a list of labels"),
        ("a.txt", '"Name","Color"\n"car","#ff0000"\n', "this is a table, not a list of labels"),
        ("a.txt", "1\tcar\n2\tbus\n", "this is a table, not a list of labels"),
        ("a.json", '{"categories": [3]}', "category 1: this is not an object"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(file, name, content, message):
    path = file(content, name)
    with pytest.raises(LabelListError) as caught:
        read_labels(path)
    assert message in str(caught.value)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_files_that_cannot_be_had(tmp_path):
    with pytest.raises(StorageError, match="does not exist"):
        read_labels(tmp_path / "none.txt")
    with pytest.raises(StorageError):
        write_labels(tmp_path / "none" / "labels.json", LABELS, LabelFormat.ACSEG)
    with pytest.raises(StorageError, match="is a folder"):
        write_labels(tmp_path, LABELS, LabelFormat.ACSEG)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["name", "color", "labels", "categories", "key", "kind", "void", "supercategory", "isthing"]
            ),
            inner,
        )
    ),
    max_leaves=12,
)


@given(st.text().map(str.encode) | st.binary() | json_values.map(lambda value: json.dumps(value).encode()))
def test_any_file_is_read_or_refused(tmp_path_factory, content):
    for path in (tmp_path_factory.getbasetemp() / name for name in ("any.json", "any.txt")):
        path.write_bytes(content)
        fault = None
        try:
            found = read_labels(path)
        except LabelListError as error:
            fault = str(error)
        if fault is None:
            assert all(isinstance(entry.name, str) and entry.name for entry in found.entries)
        else:
            assert fault.startswith(str(path))


@pytest.mark.parametrize(
    ("color", "read"),
    [
        ("#fff", "#ffffff"),
        ("#F0aC", "#ff00aa"),
        ("#e69f0080", "#e69f00"),
        (" #E69F00 ", "#e69f00"),
        ("rgb(230, 159, 0)", "#e69f00"),
        ("RGB(230 159 0)", "#e69f00"),
        ("rgba(230,159,0,0.5)", "#e69f00"),
        ("rgb(230 159 0 / 50%)", "#e69f00"),
        ("HotPink", "#ff69b4"),
        ("red", "#ff0000"),
        ([230, 159, 0], "#e69f00"),
        ([230, 159, 0, 255], "#e69f00"),
    ],
)
def test_colours_as_others_write_them(file, color, read):
    content = {"format": "acseg-labels", "labels": [{"name": "car", "color": color}]}
    for written in (content, content["labels"], {"categories": content["labels"]}):
        found = read_labels(file(json.dumps(written), "a.json"))
        assert (found.entries[0].color, found.notes) == (read, ())


@pytest.mark.parametrize(
    "color", ["nope", "#12345", "#gggggg", "rgb(256,0,0)", "transparent", 3, True, [1, 2], [0.5, 0.5, 0.5], {"r": 1}]
)
def test_a_colour_that_is_none_does_not_refuse_the_list(file, color):
    """The label stays and gets a colour; one note names both."""
    labels = [{"name": "car", "color": color}, {"name": "bus", "color": "#010203"}]
    for content in ({"format": "acseg-labels", "labels": labels}, labels, {"categories": labels}):
        found = read_labels(file(json.dumps(content), "a.json"))
        assert found.entries == (LabelEntry("car"), LabelEntry("bus", "#010203"))
        assert found.notes == (f"not a valid colour, so another one is chosen: “car” ({color})",)
    many = read_labels(file(json.dumps([{"name": f"{n}", "color": "x" * 99} for n in range(9)]), "a.json"))
    (note,) = many.notes
    assert note.endswith(f"“4” ({'x' * 19}…), …")


@pytest.mark.parametrize("color", ["", None])
def test_no_colour_is_no_fault(file, color):
    found = read_labels(file(json.dumps([{"name": "car", "color": color}]), "a.json"))
    assert (found.entries, found.notes) == ((LabelEntry("car"),), ())


def test_numbers_are_names(file):
    content = {"categories": [{"name": 7, "supercategory": 2024}, {"name": 1.5}, {"name": "007"}]}
    found = read_labels(file(json.dumps(content), "a.json"))
    assert [(entry.name, entry.supercategory) for entry in found.entries] == [
        ("7", "2024"),
        ("1.5", None),
        ("007", None),
    ]


@pytest.mark.parametrize(
    "content",
    [
        "path: ../data\ntrain: images\nnames:\n  0: person\n  1: traffic light\n  10: 'no'\n  2: 007\n",
        "train: images\nnc: 4\nnames: [person, traffic light, 007, no]\n",
        "# COCO8\nnames: # classes\n- person\n- traffic light\n- 007\n- no\n",
        "names:\n- person\n- traffic light\n- 007\n- no\n",
    ],
)
@pytest.mark.parametrize("name", ["data.yaml", "data.YML", "labels.txt"])
def test_the_names_of_a_yolo_data_set(file, content, name):
    """In the order of their numbers; what YAML takes for a number or for no is a name all the same."""
    found = read_labels(file(content, name))
    assert found.format is LabelFormat.YOLO
    assert [entry.name for entry in found.entries] == ["person", "traffic light", "007", "no"]


def test_a_yolo_data_set_is_written(tmp_path):
    path = tmp_path / "data.yaml"
    lost = write_labels(path, LABELS, LabelFormat.YOLO)
    assert lost == (
        "this format has no room for colours, supercategories, what is thing or stuff, what is void and keys",
    )
    assert path.read_text("utf-8").splitlines()[:2] == ["names:", '  0: "car"']
    assert [entry.name for entry in read_labels(path).entries] == [label.name for label in LABELS]
    write_labels(path, (), LabelFormat.YOLO)
    with pytest.raises(LabelListError, match="there are no names in it"):
        read_labels(path)


@pytest.mark.parametrize(
    "names",
    [
        ["[unknown]", "car"],
        ["{misc}"],
        ["[1]", "[2]"],
        ["[1]"],
        ["[[special]]", "[]"],
        ["names:", "car", "nc: 3"],
        ["name, first", "name, last", "other"],
        ["birds, small", "birds, large"],
        ["<img src='file:///etc/passwd'>", "<b>bold</b>", "a < b"],
        ["# comment", "- dash", "'quoted'", '"double"'],
    ],
)
def test_a_text_list_is_one_whatever_its_names_begin_with(tmp_path, names):
    labels = [Label(number, name, "#000000") for number, name in enumerate(names, 1)]
    write_labels(tmp_path / "labels.txt", labels, LabelFormat.TEXT)
    found = read_labels(tmp_path / "labels.txt")
    assert (found.format, [entry.name for entry in found.entries]) == (LabelFormat.TEXT, names)


def test_json_is_known_by_its_content(file):
    for content, kind in (
        ('[{"name": "car"}]', LabelFormat.CVAT),
        ('{"categories": [{"name": "car"}]}', LabelFormat.COCO),
        ('\n {"format": "acseg-labels", "labels": [{"name": "car"}]}', LabelFormat.ACSEG),
        ('["car"]', LabelFormat.TEXT),
    ):
        for name in ("labels.json", "labels.txt", "labels"):
            found = read_labels(file(content, name))
            assert (found.format, found.entries[0].name) == (kind, "car")


@pytest.mark.parametrize(
    ("kind", "content", "names"),
    [
        (LabelFormat.TEXT, '["car"]\n<?xml?>\n', ['["car"]', "<?xml?>"]),
        (LabelFormat.TEXT, "__ignore__\nid,name\n", ["__ignore__", "id,name"]),
        (LabelFormat.LABELME, "car\n", ["car"]),
        (LabelFormat.YOLO, "names: {0: car}", ["car"]),
        (LabelFormat.CVAT, '{"categories": [{"name": "car"}], "labels": [{"name": "bus"}]}', ["bus"]),
        (LabelFormat.COCO, '{"categories": [{"name": "car"}], "labels": [{"name": "bus"}]}', ["car"]),
    ],
)
def test_one_may_say_what_a_file_is(file, kind, content, names):
    found = read_labels(file(content, "labels.json"), kind)
    assert (found.format, [entry.name for entry in found.entries]) == (kind, names)


def test_what_was_said_is_held_to(file):
    for kind in (LabelFormat.ACSEG, LabelFormat.COCO, LabelFormat.CVAT):
        with pytest.raises(
            LabelListError, match=f"this is not a list of labels in the format {kind}; leave the format out"
        ):
            read_labels(file('["car"]'), kind)


@pytest.mark.parametrize(
    "fields",
    [
        {"format": "acseg-labels", "version": "1\n2", "labels": []},
        {"format": "acseg-labels", "labels": [{"name": "car", "key": "9" * 100_000}]},
        {"format": "acseg-labels", "labels": [{"name": "car", "kind": "a\nb"}]},
        [{"name": "\x00" + "x" * 100_000}],
        {"categories": [{"name": "car", "supercategory": "\ud800"}]},
    ],
)
def test_whatever_a_list_says_is_quoted_in_one_short_line(file, fields):
    """The last one was read, and ended in an internal error when it was stored."""
    path = file(json.dumps(fields), "a.json")
    with pytest.raises(LabelListError) as caught:
        read_labels(path)
    assert len(str(caught.value).splitlines()) == 1
    assert len(str(caught.value)) < len(str(path)) + 200
