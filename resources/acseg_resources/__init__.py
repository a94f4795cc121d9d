"""Data files that travel with the program, and the one function that finds them."""

from __future__ import annotations

from pathlib import Path

_ROOT = Path(__file__).parent


def resource_path(*parts: str) -> Path:
    """Return the path of a bundled file or folder, such as ``resource_path("weights", "acg_default.safetensors")``.

    Raises:
        FileNotFoundError: It is not bundled: the installation is incomplete.
    """
    path = _ROOT.joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: the installation is incomplete, reinstall acseg-desktop")
    return path
