"""Regions painted in colour: fills, outlines, selection and stripes, whatever part of the screen is painted."""

import numpy as np
import pytest

from acseg_desktop.canvas.overlay import DARK, WHITE, OverlayStyle, RegionLook, joined, make_tables, paint
from acseg_desktop.canvas.viewport import Rect

BLUE, RED = RegionLook("#0000ff"), RegionLook("#ff0000")
SOLID = OverlayStyle(opacity=1.0, outlines=False)
FILL_BLUE, FILL_RED = 0xFF0000FF, 0xFFFF0000
MARGIN = 8


def painted(slots, looks, style=SOLID, *, picture=None, origin=(0, 0), **states) -> np.ndarray:
    """The overlay over a picture that shows ``slots`` and ends with it."""
    slots = np.asarray(slots, np.uint8)
    out = np.full(slots.shape, 0xDEADBEEF, np.uint32)
    picture = picture or Rect(0, 0, slots.shape[1], slots.shape[0])
    tables = make_tables(looks, style, **states)
    paint(np.pad(slots, MARGIN), tables, margin=MARGIN, picture=picture, origin=origin, out=out)
    return out


def two_halves(size=12) -> np.ndarray:
    slots = np.ones((size, size), np.uint8)
    slots[:, size // 2 :] = 2
    return slots


def test_fill_is_premultiplied():
    out = painted([[0, 1, 2]], [BLUE, RegionLook("#80ff00", 0.5)], OverlayStyle(opacity=0.5, outlines=False))
    assert [hex(value) for value in out[0]] == ["0x0", "0x80000080", "0x40204000"]


def test_opacity_and_visibility_scale_the_fill():
    assert (painted([[1]], [BLUE], OverlayStyle(opacity=0.0, outlines=False)) == 0).all()
    assert (painted([[1]], [BLUE], OverlayStyle(opacity=1.0, visible=False)) == 0).all()


def test_hidden_regions_leave_no_trace():
    slots = two_halves()
    out = painted(slots, [BLUE, RED], OverlayStyle(opacity=1.0), hidden=[1], selected=[1], highlighted=[1])
    assert (out[:, 6:] == 0).all()
    assert (out[:, :5] == FILL_BLUE).all()


def test_the_thin_outline_is_one_pixel_between_regions_and_none_around_the_picture():
    out = painted(two_halves(), [BLUE, RED], OverlayStyle(opacity=1.0, outlines=True))
    assert (out[:, :5] == FILL_BLUE).all()
    assert (out[:, 6:] == FILL_RED).all()
    assert (out[:, 5] == out[0, 5]).all()
    assert out[0, 5] not in (FILL_BLUE, FILL_RED)


def test_between_hidden_or_unassigned_and_shown_the_line_is_the_shown_ones():
    line_of_red = painted(two_halves(), [BLUE, RED], OverlayStyle(opacity=1.0), hidden=[0])[:, 5]
    slots = two_halves()
    slots[slots == 1] = 0
    assert (painted(slots, [BLUE, RED], OverlayStyle(opacity=1.0))[:, 5] == line_of_red).all()
    assert (line_of_red != 0).all()
    assert (line_of_red >> 16 & 255 > line_of_red & 255).all()


def test_lines_do_not_depend_on_how_the_screen_is_cut_into_rectangles():
    slots = np.random.default_rng(5).integers(0, 4, (40, 50)).astype(np.uint8).repeat(2, axis=0).repeat(2, axis=1)
    looks = [BLUE, RED, RegionLook("#00ff00", 0.5, hatched=True)]
    tables = make_tables(looks, OverlayStyle(), selected=[1], hidden=[0], highlighted=[2])
    padded = np.pad(slots, MARGIN)
    whole = np.zeros(slots.shape, np.uint32)
    # The picture covers only a part, as when its edge is in sight.
    picture = Rect(0, 0, 100, 80)
    paint(padded, tables, margin=MARGIN, picture=picture, origin=(0, 0), out=whole)
    pieces = np.zeros(slots.shape, np.uint32)
    for top, bottom in [(0, 13), (13, 14), (14, 80)]:
        for left, right in [(0, 1), (1, 38), (38, 100)]:
            part = np.zeros((bottom - top, right - left), np.uint32)
            paint(
                padded[top : bottom + 2 * MARGIN, left : right + 2 * MARGIN],
                tables,
                margin=MARGIN,
                picture=Rect(-left, -top, 100 - left, 80 - top),
                origin=(left, top),
                out=part,
            )
            pieces[top:bottom, left:right] = part
    assert np.array_equal(whole, pieces)


@pytest.mark.parametrize("stroke", [1, 2])
def test_selection_is_white_inside_and_dark_outside(stroke):
    slots = np.zeros((40, 40), np.uint8)
    slots[:] = 1
    slots[10:30, 10:30] = 2
    out = painted(slots, [BLUE, RED], OverlayStyle(opacity=1.0, outlines=False, stroke=stroke), selected=[1])
    row = out[20]
    wide = 2 * stroke
    assert (row[10 : 10 + wide] == WHITE).all()
    assert (row[30 - wide : 30] == WHITE).all()
    assert (row[10 - stroke : 10] == DARK).all()
    assert (row[30 : 30 + stroke] == DARK).all()
    assert (row[: 10 - stroke] == FILL_BLUE).all()
    inside = row[10 + wide : 30 - wide]
    assert (inside == inside[0]).all()
    assert inside[0] not in (WHITE, DARK)


def test_the_selection_is_outlined_even_when_nothing_else_is_drawn():
    style = OverlayStyle(opacity=0.0, visible=False, outlines=False)
    out = painted(two_halves(), [BLUE, RED], style, selected=[0])
    assert (out[3:9, 4:6] == WHITE).all()
    assert (out[:, 6] == DARK).all()
    assert (out[3:9, 2:4] == 0).all()
    assert (out[:, 7:] == 0).all()


def test_two_selected_neighbours_have_a_seam():
    out = painted(two_halves(), [BLUE, RED], selected=[0, 1])
    assert (out[3:9, 5] == DARK).all()
    assert (out[3:9, 4] == WHITE).all()
    assert (out[3:9, 6:8] == WHITE).all()


def test_a_selected_region_is_stronger_and_a_highlighted_one_lighter():
    style = OverlayStyle(opacity=0.4, outlines=False)
    slots = np.ones((20, 20), np.uint8)
    plain = int(painted(slots, [BLUE], style)[10, 10])
    chosen = int(painted(slots, [BLUE], style, selected=[0])[10, 10])
    bright = int(painted(slots, [BLUE], style, highlighted=[0])[10, 10])
    assert chosen >> 24 > plain >> 24
    assert bright >> 24 > plain >> 24
    assert bright >> 16 & 255 > 0 == plain >> 16 & 255


def test_stripes_stand_on_the_picture_not_on_the_screen():
    slots = np.ones((30, 30), np.uint8)
    rejected = [RegionLook("#808080", 0.5, hatched=True)]
    whole = painted(slots, rejected)
    assert len(np.unique(whole)) == 2
    moved = painted(slots[:20, :17], rejected, origin=(13, 10))
    assert np.array_equal(moved, whole[10:, 13:])


def test_many_regions():
    looks = [RegionLook(f"#{i:06x}") for i in range(1000)]
    slots = np.arange(1000, dtype=np.uint16).reshape(20, 50) + 1
    out = np.zeros(slots.shape, np.uint32)
    tables = make_tables(looks, SOLID, selected=[0])
    picture = Rect(0, 0, 50, 20)
    paint(np.pad(slots, MARGIN), tables, margin=MARGIN, picture=picture, origin=(0, 0), out=out)
    assert out[19, 49] == 0xFF000000 | 999
    assert out[0, 0] == WHITE


def test_a_suggested_region_has_a_dashed_outline_and_bright_stripes():
    looks = [RegionLook("#0000ff", 0.5, dashed=True), RED]
    lined = painted(two_halves(60), looks, OverlayStyle(opacity=1.0))[:, 29]
    bare = painted(two_halves(60), looks)[:, 29]
    assert 30 <= np.count_nonzero(lined != bare) <= 42
    inside = painted(two_halves(60), looks)[:, :29]
    fills, counts = np.unique(inside, return_counts=True)
    assert len(fills) == 2
    assert counts.max() > 2 * counts.min()
    stripe = fills[counts.argmin()]
    assert stripe >> 24 > fills[counts.argmax()] >> 24
    assert painted(two_halves(60), [RED, RED]).std() == 0


def test_dashes_stand_still_when_a_part_of_the_screen_is_painted_anew():
    looks, style = [RegionLook("#0000ff", 0.5, dashed=True), RED], OverlayStyle(opacity=1.0)
    whole = painted(two_halves(60), looks, style)
    part = painted(two_halves(60)[17:, 11:], looks, style, origin=(11, 17))
    assert (part[:-1, :-1] == whole[17:-1, 11:-1]).all()


def test_joined_tables_have_each_region_at_its_slot():
    style = OverlayStyle()
    first = make_tables([RegionLook("#ff0000"), RegionLook("#00ff00")], style, selected=[1])
    second = make_tables([RegionLook("#0000ff", hatched=True)], style)
    whole = joined([(1, first), (7, second)])
    assert len(whole.fill) == 8
    assert whole.fill[[1, 2, 7]].tolist() == [*first.fill[1:], second.fill[1]]
    assert not whole.fill[3:7].any()
    assert whole.selected.tolist() == [0, 0, 1, 0, 0, 0, 0, 0]
    assert whole.hatched.tolist() == [False] * 7 + [True]
    assert whole.stroke == style.stroke
