"""Files as CVAT writes them for images, form 1.1, with the traps that are in them."""

import time
import tracemalloc

import numpy as np
import pytest

from acseg_core.errors import LabelFileError, StorageError
from acseg_core.formats import xml_stream
from acseg_core.formats.cvat_reader import looks_like_cvat, open_cvat
from acseg_core.formats.labelled import FileImage
from acseg_core.formats.matching import match_images
from acseg_core.formats.placing import masks_of
from acseg_core.shapes import masks
from acseg_core.types import ImageInfo

INFO = ImageInfo("a.jpg", "0" * 64, 1, 1, 8, 6, 8, 6)
LABELS = (
    "<labels><label><name>cat</name><color>#ff8000</color><type>any</type><attributes><attribute><name>fur</name>"
    "</attribute></attributes></label><label><name>گربه</name><attributes/></label>"
    "<label><name>background</name><color>#000000</color></label>"
    "<label><name>leg</name><type>points</type><parent>cat</parent></label></labels>"
)
TASK = f"<task><id>4</id><name>t</name><size>1</size><mode>annotation</mode>{LABELS}</task>"
SQUARE = "1.00,2.00;4.00,2.00;4.00,5.00;1.00,5.00"


def _image(*shapes, name="a.jpg", size='width="8" height="6"', more=""):
    return f'<image id="0" name="{name}" {more} {size}>{"".join(shapes)}</image>'


def _polygon(points=SQUARE, label="cat", more='occluded="0" z_order="0"'):
    inside = '<attribute name="fur">no</attribute>'
    return f'<polygon label="{label}" source="manual" {more} points="{points}">{inside}</polygon>'


def _mask_tag(rle, left, top, width, height, label="cat", more=""):
    box = f'left="{left}" top="{top}" width="{width}" height="{height}"'
    return f'<mask label="{label}" source="manual" occluded="0" rle="{rle}" {box} z_order="0" {more}></mask>'


def _write(tmp_path, *images, meta=TASK):
    path = tmp_path / "annotations.xml"
    head = '<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n  <version>1.1</version>\n'
    path.write_text(f"{head}<meta>{meta}<dumped>x</dumped></meta>\n{''.join(images)}</annotations>", encoding="utf-8")
    return path


def _read(path):
    with open_cvat(path) as files:
        return list(files.images()), files


def _seen(path):
    """Masks by label of the one image; of two with one label both in a list."""
    (image,), _ = _read(path)
    return [(shape.label, masks.decode(mask)) for shape, mask in zip(image.shapes, masks_of(image, INFO), strict=True)]


def _inside(left, top, right, bottom):
    mask = np.zeros((6, 8), bool)
    mask[top:bottom, left:right] = True
    return mask


@pytest.mark.parametrize("meta", ["task", "job", "project"])
def test_labels_with_colours_come_from_the_description_of_a_task_a_job_or_a_project(tmp_path, meta):
    content = TASK.replace("task>", f"{meta}>")
    images, files = _read(_write(tmp_path, _image(_polygon(), more='subset="train" task_id="4"'), meta=content))
    assert [(label.name, label.color) for label in files.labels] == [("cat", "#ff8000"), ("گربه", None)]
    assert [(image.name, image.size) for image in images] == [("a.jpg", (6, 8))]
    assert files.left_out.lines() == []


def test_labels_that_the_description_lacks_are_read_with_the_shapes(tmp_path):
    _, files = _read(_write(tmp_path, _image(_polygon(label="dog"), _polygon(label="background")), meta=""))
    assert [label.name for label in files.labels] == ["dog"]


def test_polygons_boxes_and_masks_are_placed(tmp_path):
    box = '<box label="cat" xtl="1.00" ytl="2.00" xbr="4.00" ybr="5.00" occluded="0" z_order="0"></box>'
    for shape in (_polygon(), box, _mask_tag("0, 9", 1, 2, 3, 3)):
        ((label, mask),) = _seen(_write(tmp_path, _image(shape)))
        assert label == "cat"
        assert np.array_equal(mask, _inside(1, 2, 4, 5))
    _, files = _read(_write(tmp_path, _image(box)))
    assert files.left_out.lines() == ["1 that are only boxes, taken as rectangles: line 5"]


def test_the_runs_of_a_mask_go_along_the_rows_of_its_box_and_begin_outside(tmp_path):
    # Three rows of two pixels from (5, 1): .# / ## / .. - read down the columns it would be another shape.
    ((_, mask),) = _seen(_write(tmp_path, _image(_mask_tag("1, 3, 2", 5, 1, 2, 3))))
    expected = np.zeros((6, 8), bool)
    expected[1, 6] = expected[2, 5:7] = True
    assert np.array_equal(mask, expected)
    ((_, mask),) = _seen(_write(tmp_path, _image(_mask_tag("0,1, 1,4", 6, 3, 2, 3))))
    expected = _inside(6, 3, 8, 6)
    expected[3, 7] = False
    assert np.array_equal(mask, expected)


def test_a_turned_box_and_an_ellipse(tmp_path):
    box = '<box label="cat" xtl="2" ytl="2" xbr="6" ybr="4" rotation="90.00" z_order="0"/>'
    ((_, mask),) = _seen(_write(tmp_path, _image(box)))
    assert np.array_equal(mask, _inside(3, 1, 5, 5))
    ellipse = '<ellipse label="cat" cx="4" cy="3" rx="3" ry="2" rotation="90" z_order="0"/>'
    ((_, mask),) = _seen(_write(tmp_path, _image(ellipse)))
    ys, xs = np.mgrid[:6, :8] + 0.5
    assert np.array_equal(mask, np.hypot((xs - 4) / 2, (ys - 3) / 3) < 1)


def test_z_order_says_what_is_on_top(tmp_path):
    low = _polygon(label="low", more='z_order="-2"')
    high = _polygon(label="high", more='z_order="10"')
    (image,), _ = _read(_write(tmp_path, _image(high, _polygon(), low)))
    assert [shape.label for shape in image.shapes] == ["low", "cat", "high"]


def test_a_label_background_cuts_holes_and_groups_are_one_object(tmp_path):
    hole = _polygon("2,3;3,3;3,4;2,4", label="background", more='z_order="1"')
    ((_, mask),) = _seen(_write(tmp_path, _image(_polygon(), hole)))
    assert np.array_equal(mask, _inside(1, 2, 4, 5) & ~_inside(2, 3, 3, 4))
    parts = [
        _polygon(more='group_id="3"'),
        _polygon("5,0;7,0;7,2;5,2", more='group_id="3"'),
        _polygon(more='group_id="0"'),
    ]
    seen = _seen(_write(tmp_path, _image(*parts)))
    assert [mask.sum() for _, mask in seen] == [13, 9]


def test_shapes_reach_beyond_the_image_and_are_clipped(tmp_path):
    ((_, mask),) = _seen(_write(tmp_path, _image(_polygon("-50,-50;3,-50;3,2;-50,2"))))
    assert np.array_equal(mask, _inside(0, 0, 3, 2))
    ((_, mask),) = _seen(_write(tmp_path, _image(_mask_tag("0,6", 6, -1, 3, 2))))
    assert np.array_equal(mask, _inside(6, 0, 8, 1))
    ((_, mask),) = _seen(_write(tmp_path, _image(_mask_tag("0,6", 60, 10, 3, 2))))
    assert not mask.any()


def test_what_has_no_pixels_is_counted(tmp_path):
    shapes = [
        f'<polyline label="cat" points="{SQUARE}"/>',
        f'<points label="cat" points="{SQUARE}"/>',
        '<skeleton label="cat"><points label="leg" points="1,1"/></skeleton>',
        '<tag label="good" source="manual"></tag>',
        '<cuboid label="cat" xtl1="1"/>',
        '<hologram label="cat"/>',
        _polygon("1,1;2,2"),
    ]
    (image,), files = _read(_write(tmp_path, _image(*shapes)))
    assert (image.shapes, image.is_negative) == ([], False)
    assert [line.split(":")[0] for line in files.left_out.lines()] == [
        "2 lines and points, which have no pixels",
        "1 skeletons, which have no pixels",
        "1 tags of whole images",
        "1 cuboids, which are not read",
        "1 of a kind that is not read",
        "1 with polygons of less than three points",
    ]


def test_an_image_without_shapes_is_not_labelled_yet(tmp_path):
    """CVAT lists all images of a task, also those that nobody has opened."""
    (image,), _ = _read(_write(tmp_path, _image()))
    assert not image.is_negative


def test_names_keep_their_folders_and_never_lead_outside(tmp_path):
    names = ["sub/Ü 1.jpg", "..\\..\\x.jpg", "/etc/passwd", "a &amp; b.jpg"]
    images, files = _read(_write(tmp_path, *(_image(_polygon(), name=name) for name in names)))
    assert [image.name for image in images] == ["sub/Ü 1.jpg", "../../x.jpg", "/etc/passwd", "a & b.jpg"]
    assert match_images(files.names, ["x.jpg", "sub/Ü 1.jpg"]).paths == {
        "sub/Ü 1.jpg": "sub/Ü 1.jpg",
        "../../x.jpg": "x.jpg",
    }
    assert sorted(tmp_path.iterdir()) == [tmp_path / "annotations.xml"]


def test_an_image_that_comes_twice_is_told_and_read_once(tmp_path):
    images, files = _read(_write(tmp_path, _image(_polygon()), _image(_polygon(), _polygon())))
    assert [len(image.shapes) for image in images] == [1]
    assert files.left_out.lines() == ["1 images that come twice, of which the first one counts: line 5"]


def test_tracks_of_videos_are_refused_or_counted(tmp_path):
    track = f'<track id="0" label="cat"><polygon frame="0" points="{SQUARE}" outside="0"/></track>'
    with pytest.raises(LabelFileError, match=r"CVAT's form for videos; export it again as .CVAT for images 1\.1."):
        _read(_write(tmp_path, track))
    _, files = _read(_write(tmp_path, _image(_polygon()), track))
    assert files.left_out.lines() == ["1 tracks of videos, which are not read: line 5"]
    with pytest.raises(LabelFileError, match="there is no image in it"):
        _read(_write(tmp_path))


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        (_polygon("1,2;nan,3;4,5"), "this polygon has a point that is not a position in an image"),
        (_polygon("1,2;inf,3;4,5"), "this polygon has a point that is not a position in an image"),
        (_polygon("1,2;1e300,3;4,5"), "this polygon has a point that is not a position in an image"),
        (_polygon("1,2;3;4,5"), "this polygon has a point that is not a position in an image"),
        (_polygon("1,2;a,3;4,5"), "this polygon has a point that is not a position in an image"),
        (_polygon(label=" "), "this polygon has no label"),
        (_polygon(more='z_order="top"'), 'this polygon has a "z_order" that is not a position'),
        ('<box label="cat" xtl="1" ytl="2" xbr="3"/>', 'this box has a "ybr" that is not a position'),
        ('<box label="cat" xtl="nan" ytl="2" xbr="3" ybr="4"/>', 'this box has a "xtl" that is not a position'),
        ('<ellipse label="cat" cx="1" cy="1" rx="1e9" ry="1"/>', 'this ellipse has a "rx" that is not a position'),
        (_mask_tag("0, 8", 1, 2, 3, 3), "this mask has run lengths that do not add up to 3 x 3 pixels"),
        (_mask_tag("0, -1, 10", 1, 2, 3, 3), "this mask has run lengths that do not add up"),
        (_mask_tag("", 1, 2, 3, 3), "this mask has run lengths that do not add up"),
        (_mask_tag("0,,9", 1, 2, 3, 3), "this mask has run lengths that do not add up"),
        (_mask_tag("9" * 30, 1, 2, 3, 3), "this mask has run lengths that do not add up"),
        (_mask_tag("9", 1, 2, 99999, 99999), "this mask is larger than its image"),
        (_mask_tag("9", 1, 2, 0, 3), "this mask is larger than its image"),
        (_mask_tag("9", 1.5, 2, 3, 3), 'this mask has a "left" that is no whole number'),
    ],
)  # fmt: skip
def test_a_wrong_shape_is_one_line_with_its_place(tmp_path, shape, message):
    path = _write(tmp_path, "\n", _image(_polygon(), "\n", shape))
    with pytest.raises(LabelFileError) as error:
        _read(path)
    assert str(error.value).startswith(f"{path}:7: {message}")
    assert str(error.value).endswith("export it again")


def test_a_number_of_ten_megabytes_is_refused_at_once(tmp_path):
    began = time.process_time()
    for shape in (
        _polygon(f"1,{'9' * 10_000_000};3,4;5,6"),
        _mask_tag("9" * 10_000_000, 1, 2, 3, 3),
        f'<box label="cat" xtl="{"9" * 10_000_000}" ytl="2" xbr="3" ybr="4"/>',
    ):
        with pytest.raises(LabelFileError) as error:
            _read(_write(tmp_path, _image(shape)))
        assert len(str(error.value)) < 300
    assert time.process_time() - began < 20


def test_an_image_without_name_or_size(tmp_path):
    with pytest.raises(LabelFileError, match=r"xml:5: this image has no name"):
        _read(_write(tmp_path, _image(name="")))
    for size in ("", 'width="8" height="a"', 'width="0" height="6"', f'width="{"9" * 9}" height="{"9" * 9}"'):
        (image,), files = _read(_write(tmp_path, _image(_polygon(), _mask_tag("0,9", 1, 2, 3, 3), size=size)))
        assert image.size is None
        assert files.left_out.lines() == ["1 masks in images whose size is not known, or too large: line 5"]
        assert np.array_equal(masks.decode(masks_of(FileImage("a.jpg", image.shapes), INFO)[0]), _inside(1, 2, 4, 5))


def test_what_is_none_is_told(tmp_path):
    path = _write(tmp_path, _image(_polygon()))
    assert looks_like_cvat(path)
    assert looks_like_cvat(tmp_path)
    content = path.read_text()
    for bad, message in {
        content[:-30]: "not valid XML",
        content.replace("annotations>", "annotation>"): "not an export of CVAT",
        "[]": "not valid XML",
        f"<!DOCTYPE annotations [<!ENTITY x 'y'>]>{content.partition('?>')[2]}": "DOCTYPE",
        content.replace('name="a.jpg"', 'name="&amp;&x;"'): "undefined entity",
    }.items():
        path.write_text(bad)
        with pytest.raises(LabelFileError, match=message) as error:
            _read(path)
        assert str(error.value).startswith(str(path))
        assert "\n" not in str(error.value)
    path.write_text("<annotation><filename>a.jpg</filename></annotation>")
    assert not looks_like_cvat(path)
    path.unlink()
    assert not looks_like_cvat(tmp_path)
    with pytest.raises(LabelFileError, match=r"there is no annotations\.xml in it"):
        _read(tmp_path)
    with pytest.raises(StorageError):
        _read(path)


def test_memory_stays_flat(tmp_path, monkeypatch):
    monkeypatch.setattr(xml_stream, "_CHUNK_BYTES", 2**14)

    def peak(count):
        shapes = [_polygon(";".join(f"{n % 8},{n % 6}" for n in range(40))) for _ in range(20)]
        path = _write(tmp_path, *(_image(*shapes, name=f"{n}.jpg") for n in range(count)))
        tracemalloc.start()
        with open_cvat(path) as files:
            assert sum(len(image.shapes) for image in files.images()) == 20 * count
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    few, many = peak(30), peak(120)
    assert many < 1.3 * few
