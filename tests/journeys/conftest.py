"""The window and its projects, as in the tests of the desktop."""

from desktop.conftest import *  # noqa: F403 - fixtures
from desktop.conftest import _own_settings  # noqa: F401 - every window has its own
