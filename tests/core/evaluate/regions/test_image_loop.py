"""The loop over images in threads: in order, a few at a time, and with an end.

What it does with each image is tested with the whole protocol.
"""

import threading

import pytest

from acseg_core.evaluate.regions.image_loop import in_threads


def test_results_come_in_the_order_of_the_items() -> None:
    gates = [threading.Event() for _ in range(4)]

    def work(number: int) -> int:
        gates[number].wait(10)
        return number * number

    found = in_threads(work, range(4), 4)
    for gate in reversed(gates):
        gate.set()
    assert list(found) == [0, 1, 4, 9]


def test_few_items_are_under_way_at_a_time() -> None:
    taken = []

    def items():
        for number in range(100):
            taken.append(number)
            yield number

    found = in_threads(lambda number: number, items(), 2)
    assert next(found) == 0
    assert len(taken) == 5
    found.close()
    assert len(taken) == 5


def test_a_fault_in_one_item_is_the_callers_and_no_thread_is_left() -> None:
    before = threading.active_count()

    def work(number: int) -> int:
        if number == 3:
            raise ValueError("three")
        return number

    found = []
    with pytest.raises(ValueError, match="three"):
        found.extend(in_threads(work, range(100), 2))
    assert threading.active_count() == before
