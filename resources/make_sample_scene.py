"""Paints the sample scene, an orthophoto of a country that is nowhere, and writes it as GeoTIFF.

    python resources/make_sample_scene.py [FILE]

The same seed paints the same picture; without a file it is the one that is bundled. A map of colours and one of heights
are painted first, twice as large; the sun then gives light and shadows from the heights, and a camera blur and noise.
It needs rasterio, and takes most of a minute. One picture is one module, although it is long.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

BUNDLED = Path(__file__).parent / "acseg_resources" / "scenes" / "village.tif"

WIDTH, HEIGHT = 2080, 1536
PIXEL = 0.25
"""Metres on the ground."""
EPSG = 32633
CORNER = (552_000.0, 5_402_000.0)
"""Easting and northing of the upper left corner."""

_FINE = 8
"""Painted pixels a metre: twice as many each way as are written."""
_SUN = (0.62, 0.48, 0.62)
"""To the right, down and up, where the light goes to: it comes from the upper left."""
_MOST_BYTES = 290_000

FINE_SPOTS, LUMPS, SPOTS, COARSE_SPOTS = 0.55, 1.0, 9.0, 32.0
"""Metres between light and dark."""

Colour = tuple[float, float, float]
Points = NDArray[np.float64]
Place = Sequence[float] | Points
Plane = NDArray[np.float32]

CROPS: tuple[Colour, ...] = (
    (92, 118, 58),
    (116, 134, 66),
    (74, 104, 54),
    (176, 160, 104),
    (134, 112, 84),
    (198, 182, 122),
    (112, 96, 72),
    (142, 146, 74),
)
ROOFS: tuple[Colour, ...] = ((142, 88, 70), (128, 76, 64), (150, 102, 82), (104, 82, 72), (92, 92, 96), (126, 90, 76))
CARS: tuple[Colour, ...] = ((226, 226, 226), (40, 42, 48), (150, 152, 156), (150, 36, 36), (44, 70, 128))
WATER, GRASS, MEADOW, EARTH = (58, 78, 72), (98, 116, 62), (112, 128, 68), (152, 128, 98)
ASPHALT, GRAVEL, PAVING, MARKING = (116, 116, 114), (166, 158, 144), (150, 146, 140), (224, 224, 218)


@dataclass(slots=True)
class Canvas:
    """What is on the ground.

    Attributes:
        colour: (H, W, 3) float32, 0..255, as in even light.
        height: (H, W) float32, metres above the ground.
        random: Where all chance comes from.
    """

    colour: NDArray[np.float32]
    height: Plane
    random: np.random.Generator = field(default_factory=lambda: np.random.default_rng(21))
    _noises: dict[float, Plane] = field(default_factory=dict)

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.height.shape[0], self.height.shape[1]

    def mask(self, outline: Points) -> NDArray[np.bool_]:
        """(H, W): what is inside of an outline, (n, 2) metres."""
        filled = np.zeros(self.size, np.uint8)
        cv2.fillPoly(filled, [np.rint(outline * _FINE).astype(np.int32)], 1)
        return filled.astype(bool)

    def band(self, line: Points, width: float) -> NDArray[np.bool_]:
        """(H, W): what is no farther from a line than half of a width."""
        drawn = np.zeros(self.size, np.uint8)
        points = np.rint(line * _FINE).astype(np.int32)
        cv2.polylines(drawn, [points], isClosed=False, color=1, thickness=max(1, round(width * _FINE)))
        return drawn.astype(bool)

    def fill(self, mask: NDArray[np.bool_], colour: Colour, *, grain: float = 6.0) -> None:
        """Paint, with fine and with coarse differences of brightness."""
        rough = grain * (self.noise(FINE_SPOTS)[mask] + self.noise(SPOTS)[mask])
        self.colour[mask] = np.asarray(colour, np.float32) + rough[:, None]

    def noise(self, metres: float) -> Plane:
        """(H, W) about -1..1, soft, with spots of some size; the same whenever it is asked for."""
        if metres not in self._noises:
            self._noises[metres] = self._spots(metres)
        return self._noises[metres]

    def _spots(self, metres: float) -> Plane:
        rows, columns = (math.ceil(side / (metres * _FINE)) + 3 for side in self.size)
        coarse = self.random.normal(0.0, 0.6, (rows, columns)).astype(np.float32)
        height, width = self.size
        step = metres * _FINE
        place = np.array([[step, 0, -0.4 * step], [0, step, -0.6 * step]])
        return np.asarray(cv2.warpAffine(coarse, place, (width, height), flags=cv2.INTER_CUBIC), np.float32)


def paint() -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """The picture.

    Returns:
        (H, W, 3) uint8; (H, W) bool, where there is data: a corner was not flown over.
    """
    ground = (HEIGHT * PIXEL * _FINE, WIDTH * PIXEL * _FINE)
    rows, columns = map(round, ground)
    canvas = Canvas(np.zeros((rows, columns, 3), np.float32), np.zeros((rows, columns), np.float32))
    canvas.fill(np.ones(canvas.size, bool), GRASS)
    country(canvas)
    return photograph(canvas), _flown_over()


# Lines of the country, in metres to the right and down.
RIVER = np.array(
    [
        (-20, 262),
        (60, 246),
        (120, 268),
        (180, 300),
        (236, 296),
        (290, 318),
        (330, 354),
        (390, 370),
        (545, 352),
    ]
)
ROAD = np.array([(-20, 66), (80, 92), (170, 132), (250, 150), (330, 190), (386, 260), (420, 330), (440, 420)])
STREETS = (
    np.array([(250, 150), (300, 108), (352, 82), (420, 74), (545, 64)]),
    np.array([(330, 190), (392, 168), (440, 140), (452, 70)]),
    np.array([(300, 108), (318, 60), (312, -10)]),
)
TRACKS = (
    np.array([(80, 92), (70, 160), (92, 252), (112, 300), (100, 420)]),
    np.array([(170, 132), (192, 60), (180, -10)]),
    np.array([(112, 300), (200, 340), (260, 372), (300, 420)]),
)
VILLAGE = np.array(
    [
        (222, 134),
        (238, 96),
        (282, 84),
        (284, -10),
        (545, -10),
        (545, 146),
        (462, 168),
        (398, 204),
        (340, 208),
        (286, 186),
    ]
)


def country(canvas: Canvas) -> None:
    """Paint everything, the lowest first."""
    river, road = curve(RIVER), curve(ROAD)
    streets, tracks = [curve(each) for each in STREETS], [curve(each) for each in TRACKS]
    for outline, place in parcels(canvas.random):
        plough(canvas, outline, CROPS[place % len(CROPS)])
    village = canvas.mask(VILLAGE)
    canvas.fill(village, GRASS, grain=9)
    lawns(canvas, village)
    near_river = canvas.band(river, 52)
    canvas.fill(near_river, MEADOW, grain=8)
    canvas.fill(canvas.mask(np.array([(0, 330), (64, 318), (88, 400), (0, 400)])), (84, 92, 52))
    for track in tracks:
        wheels(canvas, track)
    flow(canvas, river)
    ford(canvas, tracks[0], river)
    canvas.fill(canvas.band(road, 10.5), (122, 122, 78), grain=9)
    for width, colour in ((7.5, PAVING), (5.0, ASPHALT)):
        for street in streets:
            canvas.fill(canvas.band(street, width), colour, grain=4)
            canvas.height[canvas.band(street, width)] = 0
    highway(canvas, road)
    keep_out = near_river | canvas.band(road, 11)
    for each in [*streets, *tracks]:
        keep_out |= canvas.band(each, 8)
    yard(canvas)
    settle(canvas, [road[(road[:, 0] > 252) & (road[:, 0] < 345)], *streets], keep_out)
    green(canvas, river, road, tracks, keep_out, village)


def curve(points: Points) -> Points:
    """A soft line through points, (n, 2) metres."""
    from scipy.interpolate import CubicSpline

    steps = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    return np.asarray(CubicSpline(steps, points)(np.arange(0.0, steps[-1], 1.0)))


def beside(line: Points, distance: float) -> Points:
    """A line along another one, to its right."""
    along = np.gradient(line, axis=0)
    along /= np.hypot(*along.T)[:, None]
    return np.asarray(line + distance * np.stack([-along[:, 1], along[:, 0]], 1))


def parcels(random: np.random.Generator) -> Iterator[tuple[Points, int]]:
    """Outlines of fields: a large quadrangle, divided again and again across its longer side."""
    pending = [np.array([(-60.0, -90.0), (590.0, -20.0), (570.0, 470.0), (-90.0, 440.0)])]
    place = 0
    while pending:
        corners = pending.pop()
        across, down = np.hypot(*(corners[1] - corners[0])), np.hypot(*(corners[3] - corners[0]))
        if across * down < random.uniform(5_500, 16_000):
            yield corners, (place := place + int(random.integers(1, 4)))
            continue
        if across < down:
            corners = np.roll(corners, -1, axis=0)
        one, other = random.uniform(0.36, 0.64) + random.uniform(-0.02, 0.02, 2)
        upper = corners[0] + one * (corners[1] - corners[0])
        lower = corners[3] + other * (corners[2] - corners[3])
        pending += [np.array([corners[0], upper, lower, corners[3]]), np.array([upper, corners[1], corners[2], lower])]


def plough(canvas: Canvas, outline: Points, colour: Colour) -> None:
    """A field: rows of what grows there, lanes of the tractor, and a margin of grass."""
    middle = outline.mean(axis=0)
    inner = canvas.mask(middle + (outline - middle) * (1 - 2.2 / np.hypot(*(outline - middle).T)[:, None]))
    if not inner.any():
        return
    random = canvas.random
    sides = np.diff(np.vstack([outline, outline[:1]]), axis=0)
    along = sides[np.argmax(np.hypot(*sides.T))]
    right, down = along / np.hypot(*along)
    rows, columns = np.nonzero(inner)
    distance = ((columns * -down + rows * right) / _FINE).astype(np.float32)
    tint = np.asarray(colour, np.float32) * random.uniform(0.92, 1.08) + random.uniform(-5, 5, 3).astype(np.float32)
    wet = canvas.noise(COARSE_SPOTS)[inner] * 9 + canvas.noise(SPOTS)[inner] * 4 + canvas.noise(FINE_SPOTS)[inner] * 5
    period, depth = random.uniform(1.1, 2.2), random.uniform(3, 9)
    wet += depth * np.sin(2 * np.pi * distance / period)
    lane = distance % random.uniform(15, 21)
    wet -= random.uniform(6, 16) * ((lane < 0.5) | ((lane > 1.8) & (lane < 2.3)))
    canvas.colour[inner] = tint + wet[:, None]


def wheels(canvas: Canvas, line: Points) -> None:
    """A track: two ruts, and grass between them."""
    canvas.fill(canvas.band(line, 4.2), MEADOW)
    for side in (-0.9, 0.9):
        canvas.fill(canvas.band(beside(line, side), 0.9), GRAVEL, grain=8)


def flow(canvas: Canvas, line: Points) -> None:
    """The river: banks of earth and gravel, and water that is darker in the middle."""
    wobble = 2.5 * canvas.noise(SPOTS)
    distance = distance_to(canvas, line) + wobble
    canvas.fill(distance < 11.5, (104, 104, 66), grain=10)
    canvas.fill(distance < 9.2, (150, 140, 116), grain=9)
    water = distance < 7.8
    depth = np.clip((7.8 - distance[water]) / 5, 0, 1)
    shallow, deep = np.array([96, 104, 84], np.float32), np.array(WATER, np.float32)
    ripple = 2.2 * canvas.noise(LUMPS)[water] + 2.5 * canvas.noise(SPOTS)[water]
    canvas.colour[water] = shallow + depth[:, None] * (deep - shallow) + ripple[:, None]
    canvas.height[water] = -0.6


def ford(canvas: Canvas, track: Points, river: Points) -> None:
    """A bridge of planks where the track meets the river."""
    near = np.array([np.hypot(*(river - place).T).min() for place in track])
    planks = canvas.band(track[near < 10], 4.6)
    canvas.fill(planks, (150, 138, 120), grain=4)
    canvas.height[planks] = 1.6
    canvas.colour[planks & ~canvas.band(track[near < 10], 4.0)] = (112, 102, 90)


def lawns(canvas: Canvas, village: NDArray[np.bool_]) -> None:
    """Gardens and paddocks between the houses, each mown at another time, with hedges here and there."""
    random = canvas.random
    for number in range(34):
        middle = np.array([random.uniform(240, 500), random.uniform(0, 200)])
        outline = rectangle(middle, random.uniform(16, 40), random.uniform(14, 30), random.uniform(-0.5, 0.3))
        inside = canvas.mask(outline) & village & (canvas.height == 0)
        tint = random.uniform(-12, 14, 3)
        canvas.fill(inside, (104 + tint[0], 122 + tint[1], 66 + tint[2]), grain=7)
        if number % 3 == 0:
            hedge(canvas, outline[0], outline[1])


def hedge(canvas: Canvas, start: Points, end: Points) -> None:
    """Bushes in a row."""
    for share in np.arange(0, 1, 1.3 / np.hypot(*(end - start))):
        tree(
            canvas, start + share * (end - start) + canvas.random.uniform(-0.2, 0.2, 2), canvas.random.uniform(0.7, 1.1)
        )


def distance_to(canvas: Canvas, line: Points) -> Plane:
    """(H, W) metres from a line."""
    far = np.where(canvas.band(line, 0.2), 0, 1).astype(np.uint8)
    return np.asarray(cv2.distanceTransform(far, cv2.DIST_L2, 5) / _FINE, np.float32)


def highway(canvas: Canvas, line: Points) -> None:
    """A road with its verge, edges, middle line, and a bridge over the river."""
    bridge = canvas.band(line[(line[:, 1] > 346) & (line[:, 1] < 378)], 9.4)
    canvas.fill(bridge, (174, 170, 162), grain=3)
    canvas.height[bridge] = 3.0
    tarmac = canvas.band(line, 7.2)
    canvas.fill(tarmac, ASPHALT, grain=4)
    for side in (-1.7, 1.7):
        canvas.colour[canvas.band(beside(line, side), 1.1)] -= 5
    for side in (-3.2, 3.2):
        canvas.colour[canvas.band(beside(line, side), 0.24)] = MARKING
    for start in range(0, len(line) - 4, 9):
        canvas.colour[canvas.band(line[start : start + 4], 0.26)] = MARKING
    for place in range(40, len(line) - 20, 83):
        side = 1.8 if place % 2 else -1.8
        car(canvas, beside(line, side)[place], heading(line, place))


def heading(line: Points, place: int) -> float:
    """Radians from right towards down, of a line at one of its points."""
    right, down = line[min(place + 1, len(line) - 1)] - line[max(place - 1, 0)]
    return math.atan2(down, right)


def rectangle(middle: Place, length: float, width: float, angle: float) -> Points:
    """Its corners; the length lies along the angle."""
    right, down = np.array([math.cos(angle), math.sin(angle)]), np.array([-math.sin(angle), math.cos(angle)])
    half = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
    return np.array([np.asarray(middle) + x * right * length / 2 + y * down * width / 2 for x, y in half])


def car(canvas: Canvas, middle: Place, angle: float) -> None:
    """A body, and windows."""
    colour = CARS[int(canvas.random.integers(len(CARS)))]
    body = canvas.mask(rectangle(middle, 4.3, 1.8, angle))
    canvas.colour[body] = colour
    canvas.height[body] = 1.2
    for along, length in ((0.75, 0.7), (-1.2, 0.6)):
        place = np.asarray(middle) + along * np.array([math.cos(angle), math.sin(angle)])
        canvas.colour[canvas.mask(rectangle(place, length, 1.5, angle))] = (52, 58, 66)


def house(canvas: Canvas, middle: Place, angle: float, *, size: tuple[float, float], colour: Colour) -> None:
    """A roof of two slopes, with tiles, a ridge, and perhaps a chimney and a window."""
    length, width = size
    roof = canvas.mask(rectangle(middle, length, width, angle))
    rows, columns = np.nonzero(roof)
    if not len(rows):
        return
    across = (rows / _FINE - middle[1]) * math.cos(angle) - (columns / _FINE - middle[0]) * math.sin(angle)
    canvas.height[roof] = 4.0 + 0.75 * (width / 2 - np.abs(across))
    tiles = 3.5 * np.sin(2 * np.pi * across / 0.55) + 5 * canvas.noise(LUMPS)[roof]
    canvas.colour[roof] = np.asarray(colour, np.float32) + tiles[:, None]
    canvas.colour[canvas.mask(rectangle(middle, length, 0.35, angle))] += 16
    chance = canvas.random.uniform()
    if chance > 0.8 and width < 12:
        place = np.asarray(middle) + 0.22 * width * np.array([math.sin(angle), -math.cos(angle)])
        canvas.colour[canvas.mask(rectangle(place, 0.6 * length, 0.3 * width, angle))] = (50, 58, 82)
    elif chance < 0.6:
        place = np.asarray(middle) + 0.25 * length * np.array([math.cos(angle), math.sin(angle)])
        chimney = canvas.mask(rectangle(place, 0.9, 0.9, angle))
        canvas.colour[chimney] = (120, 96, 88)
        canvas.height[chimney] = 9.5


def settle(canvas: Canvas, streets: Sequence[Points], taken: NDArray[np.bool_]) -> None:
    """Houses on both sides of streets, each with its drive, garden, and what stands in it."""
    taken = taken.copy()
    for street in streets:
        place = 12
        while place < len(street) - 6:
            for side in (-1, 1):
                plot(canvas, street, place, side, taken)
            place += int(canvas.random.integers(17, 25))


def plot(canvas: Canvas, street: Points, place: int, side: int, taken: NDArray[np.bool_]) -> None:
    """One house and its ground, unless something is there."""
    random, angle = canvas.random, heading(street, place)
    deep = random.uniform(13, 17)
    middle = beside(street, side * deep)[place]
    footprint = canvas.mask(rectangle(middle, 17, 14, angle))
    if not footprint.any() or (footprint & taken).any():
        return
    taken |= canvas.mask(rectangle(middle, 20, 18, angle))
    garden = canvas.mask(rectangle(beside(street, side * (deep + 5))[place], 18, 27, angle))
    canvas.fill(
        garden & ~canvas.band(street, 8), (100 + random.uniform(-8, 8), 124 + random.uniform(-8, 8), 66), grain=7
    )
    drive = rectangle(beside(street, side * (deep / 2 + 1))[place] + _along(angle, 6.5), 3.6, deep - 2, angle)
    canvas.fill(canvas.mask(drive), GRAVEL if random.uniform() < 0.4 else PAVING, grain=5)
    if random.uniform() < 0.5:
        car(canvas, beside(street, side * (deep * 0.55))[place] + _along(angle, 6.5), angle + math.pi / 2)
    terrace = rectangle(beside(street, side * (deep + 6.5))[place], 7, 4, angle)
    canvas.fill(canvas.mask(terrace), (176, 166, 150), grain=4)
    turned = angle + (math.pi / 2 if random.uniform() < 0.35 else 0)
    size = random.uniform(10.5, 13.5), random.uniform(7.5, 9)
    house(canvas, middle, turned, size=size, colour=ROOFS[int(random.integers(len(ROOFS)))])
    back = beside(street, side * (deep + 14))[place]
    chance = random.uniform()
    if chance < 0.35:
        shed = random.uniform(-5, 5)
        house(canvas, back + _along(angle, shed), angle, size=(4.5, 3.2), colour=(120, 108, 96))
    elif chance < 0.5:
        canvas.fill(canvas.mask(rectangle(back, 7.4, 4.4, angle)), (196, 190, 178), grain=2)
        canvas.fill(canvas.mask(rectangle(back, 6.4, 3.4, angle)), (86, 168, 178), grain=2)
    for _ in range(int(random.integers(1, 4))):
        tree(canvas, back + random.uniform(-7, 7, 2), random.uniform(1.2, 2.8))


def _along(angle: float, distance: float) -> Points:
    return distance * np.array([math.cos(angle), math.sin(angle)])


def yard(canvas: Canvas) -> None:
    """A farm beside the road: two halls, a silo, bare ground, and a heap of earth."""
    ground = np.array([(176, 146), (222, 158), (236, 172), (226, 222), (170, 208)])
    canvas.fill(canvas.mask(ground), EARTH, grain=11)
    canvas.fill(canvas.mask(rectangle((204, 176), 36, 26, 0.27)), (172, 164, 152), grain=6)
    house(canvas, (196, 168), 0.27, size=(34, 15), colour=(150, 152, 154))
    house(canvas, (192, 196), 0.27, size=(26, 13), colour=(126, 74, 58))
    x, y = np.meshgrid(np.arange(canvas.size[1]) / _FINE, np.arange(canvas.size[0]) / _FINE)
    for middle, radius, high, colour in (
        ((222, 186), 4.0, 11.0, (188, 190, 190)),
        ((222, 196), 4.0, 11.0, (180, 182, 184)),
    ):
        far = np.hypot(x - middle[0], y - middle[1])
        canvas.colour[far < radius] = colour
        canvas.height[far < radius] = high + 0.4 * (radius - far[far < radius])
    for middle in ((214, 208), (206, 212)):
        heap = np.clip(4.5 - np.hypot(x - middle[0], y - middle[1]), 0, None) * 0.7
        canvas.height += (heap * (1 + 0.2 * canvas.noise(LUMPS))).astype(np.float32)
    for number in range(3):
        car(canvas, (216 + 3.1 * number, 170 + 0.9 * number), 0.27 + math.pi / 2)


def tree(canvas: Canvas, middle: Place, radius: float) -> None:
    """A crown: a dome with lumps, in a green of its own."""
    random = canvas.random
    reach = math.ceil(1.4 * radius * _FINE)
    column, row = round(middle[0] * _FINE), round(middle[1] * _FINE)
    top, left = max(0, row - reach), max(0, column - reach)
    bottom, right = min(canvas.size[0], row + reach), min(canvas.size[1], column + reach)
    if top >= bottom or left >= right:
        return
    y, x = np.mgrid[top:bottom, left:right].astype(np.float32)
    x, y = (x - column) / (radius * _FINE), (y - row) / (radius * _FINE)
    lumps = cv2.resize(random.normal(0, 1, (9, 9)).astype(np.float32), x.shape[::-1], interpolation=cv2.INTER_CUBIC)
    leaves = cv2.GaussianBlur(random.normal(0, 1, x.shape).astype(np.float32), (0, 0), 2.4) * 5
    edge = 1 + 0.14 * lumps
    dome = 1 - (x**2 + y**2) / edge**2
    inside = dome > 0
    high = radius * (0.9 + 1.1 * np.sqrt(np.clip(dome, 0, 1))) + radius * (0.10 * lumps + 0.10 * leaves)
    place = canvas.height[top:bottom, left:right], canvas.colour[top:bottom, left:right]
    shown = inside & (high > place[0])
    green = np.array([66, 88, 44], np.float32) * random.uniform(0.8, 1.2) + random.uniform(-7, 7, 3).astype(np.float32)
    place[1][shown] = green + 6 * leaves[shown][:, None]
    place[0][shown] = high[shown]


def green(
    canvas: Canvas,
    river: Points,
    road: Points,
    tracks: Sequence[Points],
    taken: NDArray[np.bool_],
    village: NDArray[np.bool_],
) -> None:
    """Trees: along the river and the road, a wood, an orchard, and some in the village."""
    random = canvas.random
    for place in range(0, len(river), 5):
        for side in (-1, 1):
            where = beside(river, side * random.uniform(12, 19))[place]
            if random.uniform() < 0.55 and min(np.hypot(*(line - where).T).min() for line in (road, *tracks)) > 8:
                tree(canvas, where, random.uniform(1.6, 4.2))
    for place in range(6, len(road) - 6, 13):
        if not 200 < road[place, 0] < 345 and not 342 < road[place, 1] < 384:
            tree(canvas, beside(road, 8.5)[place], random.uniform(2.2, 3.2))
    wood(canvas, np.array([(-10, 322), (40, 312), (78, 330), (94, 372), (84, 420), (-10, 420)]))
    wood(canvas, np.array([(440, 196), (540, 172), (540, 290), (470, 286), (448, 250)]))
    for row in range(7):
        for column in range(8):
            if random.uniform() < 0.93:
                where = np.array([352 + 7.5 * column + 1.6 * row, 14 + 6.8 * row - 1.2 * column])
                tree(canvas, where + random.uniform(-0.5, 0.5, 2), random.uniform(1.7, 2.5))
    for track in tracks:
        for place in range(4, len(track), 6):
            if random.uniform() < 0.35:
                where = beside(track, random.choice([-4.5, 4.5]))[place]
                if min(np.hypot(*(river - where).T).min(), np.hypot(*(road - where).T).min()) > 9:
                    tree(canvas, where, random.uniform(0.9, 2.4))
    free = village & ~taken & (canvas.height == 0)
    rows, columns = np.nonzero(free)
    for number in random.integers(0, len(rows), 70):
        tree(canvas, (columns[number] / _FINE, rows[number] / _FINE), random.uniform(1.4, 3.6))


def wood(canvas: Canvas, outline: Points) -> None:
    """Trees close together."""
    canvas.fill(canvas.mask(outline), (70, 78, 46))
    (left, top), (right, bottom) = outline.min(axis=0), outline.max(axis=0)
    for x in np.arange(left, right, 4.3):
        for y in np.arange(top, bottom, 4.3):
            where = np.array([x, y]) + canvas.random.uniform(-1.8, 1.8, 2)
            if cv2.pointPolygonTest(outline.astype(np.float32), where.tolist(), False) > 0:
                tree(canvas, where, canvas.random.uniform(2.2, 4.0))


def photograph(canvas: Canvas) -> NDArray[np.uint8]:
    """What a camera above sees when the sun shines.

    Returns:
        (H, W, 3) uint8.
    """
    relief = cv2.GaussianBlur(canvas.height, (0, 0), 1.2)
    down, right = np.gradient(relief * _FINE)
    sun_right, sun_down, sun_up = _SUN
    facing = (sun_up + right * sun_right + down * sun_down) / np.sqrt(1 + right**2 + down**2)
    light = np.clip(facing / sun_up, 0.0, 1.6)
    shade = cv2.GaussianBlur(shadows(canvas.height).astype(np.float32), (0, 0), 1.5)
    direct = light * (1 - shade)
    sky = np.array([0.36, 0.40, 0.46], np.float32)
    sun = np.array([0.66, 0.62, 0.55], np.float32)
    lit = canvas.colour * (sky + sun * direct[..., None]) + np.array([7, 9, 12], np.float32)
    small = cv2.resize(lit, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    blurred = cv2.GaussianBlur(small, (0, 0), 0.6)
    grain = canvas.random.normal(0.0, 1.4, blurred.shape).astype(np.float32)
    return np.asarray(np.clip(np.rint(blurred + grain), 0, 255), np.uint8)


def shadows(height: Plane) -> NDArray[np.bool_]:
    """(H, W): where something stands between the place and the sun."""
    sun_right, sun_down, sun_up = _SUN
    flat = math.hypot(sun_right, sun_down)
    fall = sun_up / flat / _FINE
    dark = np.zeros(height.shape, bool)
    for step in range(2, math.ceil(float(height.max()) / fall), 2):
        right, down = round(step * sun_right / flat), round(step * sun_down / flat)
        above = height[: height.shape[0] - down, : height.shape[1] - right] - step * fall
        dark[down:, right:] |= above > height[down:, right:] + 0.15
    return dark


def _flown_over() -> NDArray[np.bool_]:
    """(H, W): all but a corner, along the slanted edge of a strip."""
    outside = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.fillPoly(outside, [np.array([(0, 1150), (96, 1536), (0, 1536)], np.int32)], 1)
    return np.asarray(outside == 0)


def write(path: Path, rgb: NDArray[np.uint8], valid: NDArray[np.bool_]) -> None:
    """Write a GeoTIFF: tiled JPEG as cameras' software writes it, a mask inside, smaller copies behind.

    Args:
        path: Of the file; its folder is made.
        rgb: (H, W, 3) uint8.
        valid: (H, W) bool.
    """
    import rasterio
    from rasterio.enums import Resampling

    profile: dict[str, Any] = {
        "driver": "GTiff", "width": WIDTH, "height": HEIGHT, "count": 3, "dtype": "uint8", "crs": f"EPSG:{EPSG}",
        "transform": rasterio.Affine.from_gdal(CORNER[0], PIXEL, 0, CORNER[1], 0, -PIXEL),
        "tiled": True, "blockxsize": 256, "blockysize": 256,
        "compress": "JPEG", "photometric": "YCBCR", "jpeg_quality": QUALITY,
    }  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    settings = {"GDAL_TIFF_INTERNAL_MASK": True, "JPEG_QUALITY_OVERVIEW": QUALITY, "COMPRESS_OVERVIEW": "JPEG"}
    with rasterio.Env(**settings, PHOTOMETRIC_OVERVIEW="YCBCR"):
        with rasterio.open(path, "w", **profile) as file:
            file.write(np.moveaxis(np.where(valid[..., None], rgb, 0), 2, 0).astype(np.uint8))
            file.write_mask(valid)
            file.update_tags(TIFFTAG_IMAGEDESCRIPTION="Painted by resources/make_sample_scene.py; shows no real place")
        with rasterio.open(path, "r+") as file:
            file.build_overviews([4], Resampling.average)


QUALITY = 43


def main() -> None:
    """Paint and write."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else BUNDLED
    write(path, *paint())
    size = path.stat().st_size
    if size > _MOST_BYTES:
        sys.exit(f"{path}: larger than {_MOST_BYTES:,} bytes, which no tracked file may be; lower its quality")


if __name__ == "__main__":
    main()
