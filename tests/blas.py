"""How many threads NumPy's products use, and setting that as if the machine had so many cores."""

import contextlib
import threading
from collections.abc import Iterator

from threadpoolctl import threadpool_info, threadpool_limits


def blas_threads() -> set[int]:
    """The numbers of all BLAS libraries that are loaded; usually one."""
    return {each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"}


@contextlib.contextmanager
def usual_blas_threads(number: int) -> Iterator[None]:
    """As if the machine had so many cores."""
    import scipy.linalg  # noqa: F401 - has a BLAS of its own

    before = max(blas_threads())
    _set_blas_threads(number)
    assert blas_threads() == {number}
    yield
    _set_blas_threads(before)


def _set_blas_threads(number: int) -> None:
    """Set it from a thread that ends: threadpoolctl lets no other thread change it while that one lives."""
    thread = threading.Thread(target=threadpool_limits, kwargs={"limits": number, "user_api": "blas"})
    thread.start()
    thread.join()
