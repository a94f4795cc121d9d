"""What cannot be used is counted by reason, and only the first places are kept."""

from acseg_core.formats.labelled import Unused


def test_reasons_are_counted_and_some_places_named():
    left = Unused()
    for number in range(7):
        left.add("without an outline", f"annotation {number}")
    left.add("of nobody", "annotation 9")
    assert left.lines() == [
        "7 without an outline: annotation 0, annotation 1, annotation 2, annotation 3, annotation 4, …",
        "1 of nobody: annotation 9",
    ]
