"""The score table of the simulated annotator against a slow literal count."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acseg_core.evaluate.effort.costs import NAME, STROKE, VIEW
from acseg_core.evaluate.effort.score_table import NAMELESS, Piece, Point, ScoreTable

CLASSES = 4


def piece(*known: int, image: int = 0) -> Piece:
    """A piece of one leaf with so many pixels of each class."""
    return Piece(image, np.array([0]), np.array([known], np.int64))


def literal(truth: list[int], given: list[int]) -> tuple[float, float]:
    """Accuracy and mean IoU, pixel by pixel."""
    right = sum(one == other for one, other in zip(truth, given, strict=True))
    ious = []
    for label in sorted(set(truth)):
        both = sum(one == other == label for one, other in zip(truth, given, strict=True))
        either = sum(label in pair for pair in zip(truth, given, strict=True))
        ious.append(both / either)
    return right / len(truth), sum(ious) / len(ious)


@given(st.data())
def test_figures_are_those_of_a_literal_count(data: st.DataObject) -> None:
    """Random names, suggestions, splits and strokes; every pixel is also kept by itself."""
    tables = data.draw(
        st.lists(st.lists(st.integers(0, 5), min_size=CLASSES, max_size=CLASSES), min_size=1, max_size=6)
    )
    tables[0][0] += 1
    leaves = [np.array([table, table[::-1]], np.int64) for table in tables]
    pieces = [Piece(0, np.array([2 * n, 2 * n + 1]), table) for n, table in enumerate(leaves)]
    table = ScoreTable(pieces, CLASSES)
    pixels = [
        [number, leaf, label, NAMELESS]
        for number, table in enumerate(leaves)
        for leaf in range(2)
        for label in range(CLASSES)
        for _ in range(table[leaf, label])
    ]
    for _ in range(data.draw(st.integers(0, 8))):
        number = data.draw(st.integers(0, len(table.pieces) - 1))
        match data.draw(st.sampled_from(["name", "assume", "split"])):
            case "name":
                table.name([number])
            case "assume":
                table.assume([number], [data.draw(st.integers(NAMELESS, CLASSES - 1))])
            case "split" if len(table.pieces[number].leaves) == 2:
                halves = [Piece(0, np.array([n]), table.pieces[number].pixels[n : n + 1]) for n in range(2)]
                first, second = table.split(number, halves)
                assert first == number
                for pixel in pixels:
                    pixel[0] = second if pixel[0] == number and pixel[1] == 1 else pixel[0]
        for pixel in pixels:
            pixel[3] = table.names[pixel[0]]
        expected = literal([pixel[2] for pixel in pixels], [pixel[3] for pixel in pixels])
        assert (table.curve[-1].accuracy, table.curve[-1].miou) == pytest.approx(expected)
    wrong = [pixel for pixel in pixels if pixel[2] == 0 and pixel[3] != 0]
    covered = np.bincount([pixel[3] % (CLASSES + 1) for pixel in wrong], minlength=CLASSES + 1)
    table.stroke(0, covered.astype(np.int64))
    for pixel in wrong:
        pixel[3] = 0
    expected = literal([pixel[2] for pixel in pixels], [pixel[3] for pixel in pixels])
    assert (table.curve[-1].accuracy, table.curve[-1].miou) == pytest.approx(expected)


def test_what_actions_cost() -> None:
    table = ScoreTable([piece(8, 2, 0, 0), piece(0, 5, 5, 0), piece(0, 0, 0, 0)], CLASSES)
    assert table.curve == [Point("names", 0, 0, 0.0, 0.0, 0.0)]
    table.view()
    table.name([0])
    table.name([1, 2])
    assert table.names == [0, 1, 1]
    table.name([2])
    assert table.names == [0, 1, NAMELESS]  # nothing known: rejected
    table.stage = "strokes"
    table.stroke(2, np.array([0, 5, 0, 0, 0]))
    last = table.curve[-1]
    assert (last.stage, last.actions, last.names) == ("strokes", 5, 3)
    assert last.seconds == VIEW + 3 * NAME + STROKE
    assert last.accuracy == pytest.approx(18 / 20)
    assert [point.actions for point in table.curve] == list(range(6))
