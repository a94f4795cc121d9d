"""How many threads: half of the cores that the process may use, within bounds."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from blas import blas_threads, usual_blas_threads

from acseg_core import cpu
from acseg_core.cpu import half_the_cores, hold_blas, usable_cores, when_all_end


@pytest.mark.parametrize(("there", "threads"), [(1, 2), (2, 2), (4, 2), (6, 3), (8, 4), (16, 8), (96, 8)])
def test_half_of_the_cores_within_bounds(monkeypatch, there, threads):
    monkeypatch.setattr(cpu, "usable_cores", lambda: there)
    assert half_the_cores(least=2, most=8) == threads


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="processes cannot be bound to cores here")
def test_cores_that_the_process_is_not_bound_to_do_not_count():
    code = (
        "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\n"
        "from acseg_core.cpu import usable_cores; print(usable_cores())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"
    assert 1 <= usable_cores() <= (os.cpu_count() or 1)


def test_blas_is_as_before_when_the_last_lets_go():
    with usual_blas_threads(2):
        first, second = hold_blas(), hold_blas()
        assert blas_threads() == {1}
        first()
        first()
        assert blas_threads() == {1}, "the second still holds it"
        second()
        assert blas_threads() == {2}


def test_all_end_once_also_those_that_fail_or_never_begin():
    gate, calls = threading.Event(), []
    with ThreadPoolExecutor(2) as pool:
        works = [gate.wait, gate.wait, int, lambda: 1 / 0, gate.wait]
        when_all_end([pool.submit(work) for work in works], lambda: calls.append(True))
        assert not calls
        gate.set()
        pool.shutdown(cancel_futures=True)
    assert calls == [True]
    when_all_end([], lambda: calls.append(True))
    assert calls == [True, True]
