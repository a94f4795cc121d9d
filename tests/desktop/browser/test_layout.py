"""Where the grid scrolls to: what the keys are on is seen, and no more moves than has to."""

from hypothesis import given
from hypothesis import strategies as st

from acseg_desktop.browser.layout import IN_HEADER, GridLayout, Spot


def test_what_is_seen_does_not_move():
    layout = GridLayout([12, 12, 12], width=600)
    assert layout.reveal(Spot(0, 1), top=0, height=layout.height) == 0


def test_what_is_above_comes_to_the_top():
    layout = GridLayout([12, 12, 12], width=600)
    header = layout.header(1).top
    assert layout.reveal(Spot(1), top=header + 40, height=300) == header
    cell = layout.cell(1, 0).top
    assert layout.reveal(Spot(1, 0), top=cell + 40, height=300) == cell - layout.cell_side // 4


def test_what_is_below_comes_to_the_bottom_and_a_header_with_its_first_row():
    layout = GridLayout([12, 12, 12], width=600)
    cell, header = layout.cell(2, 0), layout.header(2)
    assert layout.reveal(Spot(2, 0), top=0, height=300) == cell.top + cell.height - 300
    assert layout.reveal(Spot(2), top=0, height=300) == header.top + header.height + layout.cell_side - 300
    assert layout.reveal(Spot(2), top=0, height=20) == header.top


@given(
    counts=st.lists(st.integers(1, 60), min_size=1, max_size=12),
    width=st.integers(60, 1500),
    unfolded=st.sets(st.integers(0, 11)),
)
def test_every_cell_is_found_where_it_is_drawn(counts, width, unfolded):
    layout = GridLayout(counts, width=width, unfolded=[i for i in unfolded if i < len(counts)])
    seen = set()
    for section, shown in enumerate(layout.shown):
        spots = [Spot(section), *(Spot(section, cell) for cell in range(shown))]
        for spot in spots:
            box = layout.box(spot)
            assert 0 <= box.top < box.top + box.height <= layout.height
            if box.left + box.width // 2 < width:
                assert layout.hit(box.left + box.width // 2, box.top + box.height // 2) == spot
            seen.add(spot)
    drawn = {Spot(section, cell) for section, cells in layout.visible(0, layout.height) for cell in cells}
    assert drawn == {spot for spot in seen if spot.cell != IN_HEADER}


@given(
    counts=st.lists(st.integers(1, 40), min_size=1, max_size=8),
    width=st.integers(100, 1500),
    steps=st.lists(st.sampled_from([(1, 0), (-1, 0), (0, 1), (0, -1)]), max_size=60),
)
def test_arrow_keys_never_leave_the_grid(counts, width, steps):
    layout, spot = GridLayout(counts, width=width), Spot(0)
    for across, down in steps:
        spot = layout.step(spot, across=across, down=down)
        assert 0 <= spot.section < len(counts)
        assert IN_HEADER <= spot.cell < layout.shown[spot.section]


def test_down_walks_through_everything_shown():
    layout, spot, seen = GridLayout([3, 9, 1], width=300), Spot(0, 0), []
    while spot not in seen:
        seen.append(spot)
        spot = layout.step(spot, down=1)
        spot = layout.step(spot, across=1) if spot.cell == IN_HEADER else spot
    assert {each.section for each in seen} == {0, 1, 2}


def test_the_grid_of_crops_has_room_for_large_text():
    usual, large = GridLayout((30, 3), width=900), GridLayout((30, 3), width=900, scale=2.0)
    assert (large.cell_side, large.header_height) == (2 * usual.cell_side, 2 * usual.header_height)
    for section, cell in ((0, 0), (0, 3), (1, 2)):
        box = large.cell(section, cell)
        assert large.hit(box.left + box.width // 2, box.top + box.height - 1) == Spot(section, cell)
    assert large.columns == usual.columns // 2
