"""What is one thing on both sides of a seam."""

import numpy as np
import pytest

from acseg_core.proposals.seams import (
    CONTACT,
    LEAST,
    NOBODY,
    Link,
    Thing,
    contacts,
    linked,
    linked_by_overlap,
    possible_links,
)


def towards(cosine: float) -> np.ndarray:
    """A descriptor with that cosine to (1, 0)."""
    return np.array([cosine, (1 - cosine**2) ** 0.5], np.float16)


def thing(cosine: float | None = 1.0, *, area: int = 100, name: int | None = None, is_open: bool = True) -> Thing:
    return Thing(area, None if cosine is None else towards(cosine), name, is_open)


def test_contact_is_the_share_of_the_longer_stretch():
    first = np.array([1] * 6 + [2] * 4)
    second = np.array([3] * 3 + [4] * 7)
    assert contacts(first, second) == {
        (1, 3): pytest.approx(3 / 6),
        (1, 4): pytest.approx(3 / 7),
        (2, 4): pytest.approx(4 / 7),
    }


def test_void_breaks_contact():
    first = np.array([1, 1, NOBODY, NOBODY, 2])
    second = np.array([NOBODY, 3, 3, NOBODY, NOBODY])
    assert contacts(first, second) == {(1, 3): 1.0}
    assert contacts(np.full(4, NOBODY), np.full(4, 3)) == {}


def test_looks_and_contact_together_link():
    first, second = np.array([1] * 10), np.array([2] * 10)
    alike = LEAST - CONTACT  # is enough where both share the whole seam
    for cosine, expected in ((alike + 0.01, 1), (alike - 0.01, 0)):
        assert len(possible_links(first, second, {1: thing(), 2: thing(cosine)})) == expected
    shorter = np.array([2] * 5 + [NOBODY] * 5)
    assert len(possible_links(first, shorter, {1: thing(), 2: thing(alike + 0.01)})) == 1, "void is no stretch"
    others = np.array([2] * 5 + [3] * 5)
    unlike = {1: thing(), 2: thing(alike + 0.01), 3: thing(LEAST + 0.01)}
    assert [(link.first, link.second) for link in possible_links(first, others, unlike)] == [(1, 3)]


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        (thing(name=5, is_open=False), thing(-0.5, name=5, is_open=False), True),
        (thing(name=5, is_open=False), thing(name=6, is_open=False), False),
        (thing(name=5, is_open=False), thing(), False),
        (thing(is_open=False), thing(is_open=False), False),
        (thing(), thing(is_open=False), False),
        (thing(), thing(None), False),
        (thing(None, name=5, is_open=False), thing(None, name=5, is_open=False), True),
    ],
)
def test_what_a_person_decided_is_linked_by_its_name_only(here, there, expected):
    links = possible_links(np.array([1] * 4), np.array([2] * 4), {1: here, 2: there})
    component = linked(links, {1: here, 2: there})
    assert (component == {1: 1, 2: 1}) is expected


def test_things_are_named_by_their_smallest_region():
    things = {id_: thing() for id_ in (9, 4, 7, 2)}
    assert linked([Link(9, 7, 1.0), Link(7, 4, 1.0)], things) == {9: 4, 4: 4, 7: 4, 2: 2}


def test_no_chain_of_weak_links_makes_one_thing_of_all():
    """Each is like the next, but the last hardly like the first: the surest links hold, the one between does not."""
    angles = (0, 3, 60, 63)
    things = {
        id_: Thing(100, np.array([np.cos(np.deg2rad(angle)), np.sin(np.deg2rad(angle))], np.float16), None, True)
        for id_, angle in enumerate(angles)
    }
    links = [Link(0, 1, 0.2), Link(1, 2, 0.22), Link(2, 3, 0.2)]
    assert linked(links[1:2], things) == {0: 0, 1: 1, 2: 1, 3: 3}
    assert linked(links, things) == {0: 0, 1: 0, 2: 2, 3: 2}
    assert linked([*links, Link(0, 3, 1.0)], things) == {0: 0, 1: 0, 2: 0, 3: 0}, "unless they share a whole seam"


def test_partitions_that_overlap_are_linked_where_they_share_half_of_the_smaller():
    first = np.repeat([0, 0, 0, 1, 1, 2], 10)[None].repeat(5, axis=0)
    second = np.repeat([0, 1, 1, 1, 1, 2], 10)[None].repeat(5, axis=0)
    one, other = linked_by_overlap(first, second)
    assert one[0] == other[0], "one is in the other"
    assert one[0] == other[1] == one[1], "and half of what is larger reaches into it"
    assert one[2] == other[2] != one[0]
    assert (one[first] == other[second]).all()
