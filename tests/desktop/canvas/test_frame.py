"""Whatever was scrolled or recoloured piece by piece looks like a frame made at once."""

import numpy as np
import pytest
from desktop.canvas.samples import noise_photo
from hypothesis import given, settings
from hypothesis import strategies as st

from acseg_desktop.canvas.frame import MANY, Frame
from acseg_desktop.canvas.overlay import OverlayStyle, RegionLook, make_tables
from acseg_desktop.canvas.pyramid import Pyramid
from acseg_desktop.canvas.region_map import RegionGrid
from acseg_desktop.canvas.viewport import Viewport

LOOKS = [RegionLook("#ff0000"), RegionLook("#00ff00", 0.5, hatched=True), RegionLook("#0000ff"), RegionLook("#888888")]
LABELS = np.random.default_rng(1).integers(-1, 4, (9, 12)).astype(np.int32).repeat(20, axis=0).repeat(20, axis=1)
PYRAMID = Pyramid(noise_photo(180, 240))
GRID = RegionGrid(LABELS, 4)

moves = st.one_of(
    st.tuples(st.just("pan"), st.integers(-90, 90), st.integers(-90, 90)),
    st.tuples(st.just("zoom"), st.sampled_from([0.4, 0.8, 1.25, 2.5]), st.just(0)),
    st.tuples(st.just("select"), st.integers(0, 3), st.just(0)),
    st.tuples(st.just("highlight"), st.integers(0, 3), st.just(0)),
    st.tuples(st.just("hide"), st.integers(0, 3), st.just(0)),
    st.tuples(st.just("resize"), st.integers(20, 160), st.integers(20, 160)),
    st.tuples(st.just("draw"), st.just(0), st.just(0)),
)


def pixels(frame: Frame, viewport: Viewport) -> tuple[np.ndarray, np.ndarray]:
    """Photo and overlay where the picture is; the overlay everywhere."""
    left, top, right, bottom = viewport.picture
    photo = frame._photo[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
    return photo.copy(), frame._overlay.copy()


@settings(max_examples=120, deadline=None)
@given(st.lists(moves, max_size=12))
def test_piece_by_piece_is_the_same_as_at_once(steps):
    viewport, frame = Viewport(), Frame()
    viewport.resize(width=120, height=90)
    viewport.show(width=240, height=180, keep=False)
    states: dict[str, set[int]] = {"select": set(), "highlight": set(), "hide": set()}

    def tables():
        return make_tables(
            LOOKS,
            OverlayStyle(),
            selected=states["select"],
            highlighted=states["highlight"],
            hidden=states["hide"],
        )

    for kind, a, b in steps:
        if kind == "pan":
            viewport.pan(a, b)
        elif kind == "zoom":
            viewport.zoom_to(viewport.zoom * a, x=50, y=30)
        elif kind == "resize":
            viewport.resize(width=a, height=b)
        elif kind == "draw":
            frame.update(viewport, PYRAMID, GRID, tables())
        else:
            states[kind] ^= {a}
            frame.recolor(viewport, tables(), frozenset({a}))
    frame.update(viewport, PYRAMID, GRID, tables())
    fresh = Frame()
    fresh.update(viewport, PYRAMID, GRID, tables())
    photo, overlay = pixels(frame, viewport)
    fresh_photo, fresh_overlay = pixels(fresh, viewport)
    assert np.array_equal(overlay, fresh_overlay)
    # Interpolation in fixed point may differ by a step or two with where a strip begins.
    difference = photo.view(np.uint8).astype(int) - fresh_photo.view(np.uint8)
    assert np.abs(difference).max(initial=0) <= 16


def test_recolouring_tells_the_part_that_changed():
    viewport, frame = Viewport(), Frame()
    viewport.resize(width=240, height=180)
    viewport.show(width=240, height=180, keep=False)
    labels = np.full((180, 240), -1, np.int32)
    labels[50:60, 100:130] = 0
    grid = RegionGrid(labels, 1)
    plain = make_tables(LOOKS[:1], OverlayStyle())
    assert frame.recolor(viewport, plain, frozenset({0})) is None  # nothing drawn yet
    frame.update(viewport, PYRAMID, grid, plain)
    assert frame.recolor(viewport, plain, frozenset({0})) == (100 - 4, 50 - 4, 130 + 4, 60 + 4)
    assert frame.recolor(viewport, plain, frozenset(range(MANY + 1))) is None
    frame.update(viewport, PYRAMID, grid, plain)
    assert frame.shows(frozenset({0}))
    viewport.zoom_to(4.0, x=0, y=0)
    assert frame.recolor(viewport, plain, frozenset({0})) is None  # the view moved since
    frame.update(viewport, PYRAMID, grid, plain)
    assert not frame.shows(frozenset({0}))
    extent = frame.recolor(viewport, plain, frozenset({0}))
    assert extent is not None
    assert extent.is_empty


def test_going_from_few_regions_to_many():
    viewport, frame = Viewport(), Frame()
    viewport.resize(width=60, height=50)
    viewport.show(width=60, height=50, keep=False)
    labels = np.arange(3000, dtype=np.int32).reshape(50, 60)
    looks = [RegionLook(f"#{i:06x}") for i in range(3000)]
    style = OverlayStyle(opacity=1.0, outlines=False)
    pyramid = Pyramid(noise_photo(50, 60))
    frame.update(viewport, pyramid, RegionGrid(labels // 3000, 1), make_tables(looks[:1], style))
    frame.invalidate()
    frame.invalidate_looks()
    frame.update(viewport, pyramid, RegionGrid(labels, 3000), make_tables(looks, style))
    assert np.array_equal(frame._overlay, 0xFF000000 + labels.astype(np.uint32))


@pytest.mark.parametrize("zoom", [0.3, 1.0, 7.0])
def test_without_regions_the_overlay_is_clear(zoom):
    viewport, frame = Viewport(), Frame()
    viewport.resize(width=60, height=50)
    viewport.show(width=240, height=180, keep=False)
    viewport.zoom_to(zoom, x=0, y=0)
    frame.update(viewport, PYRAMID, GRID, make_tables(LOOKS, OverlayStyle()))
    frame.invalidate()
    frame.update(viewport, PYRAMID, None, None)
    assert (frame._overlay == 0).all()
