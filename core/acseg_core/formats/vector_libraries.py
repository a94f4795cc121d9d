"""The libraries for shapes on maps, which the extra ``geo`` brings; loaded at first use."""

from __future__ import annotations

from typing import Any

from acseg_core.errors import ExtraMissingError
from acseg_core.images.scenes.raster import INSTALL_HINT


def load_shapely() -> Any:
    """The module.

    Raises:
        ExtraMissingError: It is not installed.
    """
    try:
        import shapely
    except ModuleNotFoundError as error:
        raise _missing("shapely", error) from error
    return shapely


def load_pyogrio() -> Any:
    """The module, with its part ``raw``.

    Raises:
        ExtraMissingError: It is not installed.
    """
    try:
        import pyogrio
        import pyogrio.raw
    except ModuleNotFoundError as error:
        raise _missing("pyogrio", error) from error
    return pyogrio


def _missing(name: str, error: ModuleNotFoundError) -> ExtraMissingError:
    return ExtraMissingError(
        f"shapes on maps need {name}, which is not installed ({error.name}); install it with: {INSTALL_HINT}"
    )
