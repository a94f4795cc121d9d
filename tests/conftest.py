"""Fixtures every test may use."""

import gc
import os
import sys
from collections.abc import Generator
from pathlib import Path

import hypothesis
import pytest
import translations

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Millions of objects come with the modules and stay: looking for garbage among them takes half of the collection.
gc.disable()

# On a busy machine examples take long to make; that is no fault of a test.
hypothesis.settings.register_profile(
    "busy",
    parent=hypothesis.settings.get_profile("ci" if os.environ.get("CI") else "default"),
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("busy")

_SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The labelled image sets beside the repository; the test is skipped where they are missing."""
    if not _SHARED_DATA.is_dir():
        pytest.skip(f"needs the labelled image sets in {_SHARED_DATA}")
    return _SHARED_DATA


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """From now on garbage is collected, but looked for only among what the tests make."""
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Shuffle the tests alike for everybody, unless another seed was asked for (`--randomly-seed=N`)."""
    if getattr(config.option, "randomly_seed", None) == "default":
        config.option.randomly_seed = 15


def pytest_sessionstart() -> None:
    """Make the translation files that a build would make, so that the tests run in a checkout that was never built."""
    translations.build_translations.release_stale(translations.FOLDER)


@pytest.fixture(autouse=True)
def _same_weights() -> None:
    """Networks that a test makes start alike, whatever ran before; pytest-randomly sees to NumPy and Python only."""
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.manual_seed(0)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew instead of comparing")
    parser.addoption("--campaign", type=int, metavar="N", help="so many cases of each kind in tests/campaign")
    parser.addoption("--campaign-seed", type=int, default=16, metavar="SEED", help="of these cases")
    parser.addoption("--campaign-case", type=int, metavar="NUMBER", help="only this case")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written anew."""
    return bool(request.config.getoption("--update-golden"))
