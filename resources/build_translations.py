"""Makes the translation files that Qt reads (.qm) of their sources (.ts) when the package is built.

hatchling calls `TranslationsHook` for wheels, source distributions and editable installs. The files land beside their
sources, where git ignores them. `lrelease` comes with PySide6; scripts and tests call `release` and `release_stale`.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDER = Path("resources", "acseg_resources", "translations")
"""Where sources and results are, below the project's root."""


class TranslationError(Exception):
    """A translation file cannot be made; the message is one line with the remedy."""


class TranslationsHook(BuildHookInterface[BuilderConfig]):
    """Makes every .qm file anew before anything is packed; ends the build with one line where that fails."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Make the files; `artifacts` in pyproject.toml lets them in although git ignores them."""
        try:
            for source in sources(Path(self.root) / FOLDER):
                release(source)
        except TranslationError as error:
            self.app.abort(str(error))


def sources(folder: Path) -> list[Path]:
    """The .ts files of a folder.

    Raises:
        TranslationError: There is none.
    """
    found = sorted(folder.glob("*.ts"))
    if not found:
        raise TranslationError(f"{folder}: no .ts file there; the source tree is not complete")
    return found


def release(source: Path, target: Path | None = None) -> Path:
    """Make a .qm file of a .ts file, by default beside it; whoever reads meanwhile sees the old one or the new one.

    Raises:
        TranslationError: `lrelease` cannot be run, or does not take the file.
    """
    target = target or source.with_suffix(".qm")
    made = target.with_name(f".{target.stem}-{os.getpid()}.qm")
    try:
        run_tool("lrelease", "-silent", str(source), "-qm", str(made))
        made.replace(target)
    finally:
        made.unlink(missing_ok=True)
    return target


def release_stale(folder: Path) -> list[Path]:
    """Make the .qm files that are missing or older than their sources; returns them.

    Raises:
        TranslationError: As `release` does.
    """
    return [release(source) for source in sources(folder) if _is_stale(source)]


def run_tool(name: str, *arguments: str) -> None:
    """Run one of the translators' programs that come with PySide6.

    Raises:
        TranslationError: It is missing, cannot be started, or fails.
    """
    try:
        done = subprocess.run([str(_program(name)), *arguments], capture_output=True, text=True, check=False)
    except OSError as error:
        raise TranslationError(f"{name} cannot be run ({error.strerror}); install pyside6-essentials") from error
    if done.returncode != 0:
        told = " ".join((done.stderr or done.stdout).split()) or f"exit status {done.returncode}"
        raise TranslationError(f"{name} failed on {' '.join(arguments)}: {told}")


def _program(name: str) -> Path:
    spec = importlib.util.find_spec("PySide6")
    places = list(spec.submodule_search_locations or ()) if spec is not None else []
    if not places:
        raise TranslationError(f"{name} is missing: it comes with PySide6; install pyside6-essentials")
    return Path(places[0]) / (f"{name}.exe" if sys.platform == "win32" else name)


def _is_stale(source: Path) -> bool:
    made = source.with_suffix(".qm")
    return not made.is_file() or made.stat().st_mtime_ns < source.stat().st_mtime_ns
