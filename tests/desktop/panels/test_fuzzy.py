"""Labels found by a few letters: those that are meant before those that only have the letters."""

from acseg_desktop.panels.fuzzy import is_meant, rank, score


def test_fuzzy_search_ranks():
    from acseg_core.types import Label

    labels = [Label(i, name, "#000000") for i, name in enumerate(("traffic light", "tree", "light", "street", "Car"))]
    assert [label.name for label in rank("light", labels)] == ["light", "traffic light"]
    assert [label.name for label in rank("tr", labels)][:2] == ["tree", "traffic light"]
    assert [label.name for label in rank("tl", labels)] == ["traffic light"]
    assert [label.name for label in rank("car", labels)] == ["Car"]
    assert rank("xyz", labels) == []
    assert is_meant("tl", "traffic light")
    assert is_meant("LIGHT", "traffic light")
    assert not is_meant("tail", "traffic light")


def test_fuzzy_search_takes_an_accent_as_a_letter_or_as_a_mark():
    """File names and lists from a Mac have marks, its keyboard types letters."""
    from acseg_core.types import Label

    label = Label(1, "cafe\u0301", "#000000")
    assert rank("Caf\u00e9", [label]) == [label]


def test_better_answers_score_higher():
    names = "light", "lights", "traffic light", "slightly", "headlight", "l i g h t"
    found = [score("light", name) for name in names]
    assert found == sorted(found, reverse=True)
    assert score("lx", "light") is None
    assert score("", "light") == 0
