"""`acseg doctor`: checks of versions, Qt, OpenCV, the device, and the bundled files."""

from __future__ import annotations

import importlib.util
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata

import typer

from acseg_core.version import __version__
from acseg_desktop.cli.terminal import fail

_PACKAGES = ("PySide6_Essentials", "torch", "timm", "numpy", "opencv-contrib-python-headless", "pillow", "SQLAlchemy")


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the report.

    Attributes:
        subject: What was checked.
        finding: What was found, or what is wrong and how to mend it.
        ok: False when the program cannot work as it is.
    """

    subject: str
    finding: str
    ok: bool = True


def check() -> Iterator[Check]:
    """Check one thing after the other; the slow ones (Qt, torch) come last."""
    yield Check("acseg", f"{__version__}, Python {platform.python_version()} at {sys.prefix}")
    yield Check("system", platform.platform())
    for package in _PACKAGES:
        yield _package(package)
    yield from _resources()
    yield _tried("OpenCV", _opencv)
    yield _tried("Qt", _qt)
    yield _tried("device", _device)


def _package(name: str) -> Check:
    try:
        return Check(name.split("_")[0].split("-")[0], metadata.version(name))
    except metadata.PackageNotFoundError:
        return Check(name, "not installed; run `pip install acseg-desktop` again", ok=False)


def _resources() -> Iterator[Check]:
    from acseg_core.config import DEFAULT_BACKBONE
    from acseg_resources import resource_path

    bundled = {
        "backbone": f"{DEFAULT_BACKBONE}.safetensors",
        "generator": "acg_default.safetensors",
        "projection": "projection_default.safetensors",
    }
    for kind, file in bundled.items():
        try:
            path = resource_path("weights", file)
            yield Check(kind, f"{path} ({path.stat().st_size / 1e6:.0f} MB)")
        except OSError as error:
            yield Check(kind, str(error), ok=False)


def _tried(subject: str, check: Callable[[], Check]) -> Check:
    try:
        return check()
    except Exception as error:  # whatever is broken is the finding
        return Check(subject, f"{type(error).__name__}: {error}", ok=False)


def _opencv() -> Check:
    import cv2

    if not hasattr(getattr(cv2, "ximgproc", None), "createFastGlobalSmootherFilter"):
        remedy = "uninstall all opencv packages, then `pip install opencv-contrib-python-headless`"
        return Check(
            "OpenCV", f"{cv2.__version__} lacks ximgproc: another opencv package is in its place; {remedy}", ok=False
        )
    return Check("OpenCV", f"{cv2.__version__} with ximgproc")


def _qt() -> Check:
    if importlib.util.find_spec("PySide6") is None:
        return Check("Qt", "PySide6 is not installed", ok=False)
    from acseg_desktop.app import qt_platform

    return Check("Qt", qt_platform())


def _device() -> Check:
    import torch

    from acseg_core.nets.device import choose_device, choose_precision

    device = choose_device("auto")
    precision = str(choose_precision("auto", device)).removeprefix("torch.")
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else f"{torch.get_num_threads()} threads"
    return Check("device", f"{device.type} ({name}), {precision}")


def doctor() -> None:
    """Check versions, Qt, device and bundled files."""
    checks = list(check())
    for line in checks:
        typer.echo(f"{'ok  ' if line.ok else 'FAIL'} {line.subject:<12} {line.finding}")
    if not all(line.ok for line in checks):
        fail("something is wrong with this installation; see the lines marked FAIL")
