"""Where the grid scrolls to: what the keys are on is seen, and no more moves than has to."""

from acseg_desktop.browser.layout import GridLayout, Spot


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
