"""`acseg doctor`: checks of versions, Qt, OpenCV, the device, and the bundled files."""

from __future__ import annotations

import importlib.util
import platform
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer

from acseg_core.version import __version__
from acseg_desktop.cli.terminal import fail, follow, opened_project

_OPENCV = "opencv-contrib-python-headless"
_CUDA = ("nvidia-", "triton", "cuda-")
_CPU_ONLY = (
    "you can save that by starting a new environment with `pip install torch --index-url "
    "https://download.pytorch.org/whl/cpu`"
)
_NAME = re.compile(r"[A-Za-z0-9._-]+")
"""A package's name, at the beginning of what another one needs."""
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
    place = "virtual environment" if sys.prefix != sys.base_prefix else "no virtual environment"
    yield Check("acseg", f"{__version__}, Python {platform.python_version()} at {sys.prefix} ({place})")
    yield Check("system", platform.platform())
    for package in _PACKAGES:
        yield _package(package)
    yield from _resources()
    yield _tried("disk space", _disk_space)
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
        "ACSeg": "acg_paper.safetensors",
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


def _disk_space() -> Check:
    """What the packages take, and what can be spared where no GPU uses it; sizes are those that pip wrote down."""
    there = {_normal(each.metadata["Name"] or "") for each in metadata.distributions()}
    cuda_packages = {name for name in there if name.startswith(_CUDA)}  # torch asks for them in ways of many kinds
    sizes = {name: _size_of(name) for name in _needed(_PACKAGES) | cuda_packages}
    total, cuda = sum(sizes.values()), sum(size for name, size in sizes.items() if name.startswith(_CUDA))
    finding = f"{total / 1e9:.1f} GB for ACSeg Desktop and the packages it needs"
    if not cuda:
        return Check("disk space", finding)
    finding += f", {cuda / 1e9:.1f} GB of it CUDA, for NVIDIA GPUs"
    return Check("disk space", f"{finding}; without one, {_CPU_ONLY}")


def _needed(roots: Iterable[str]) -> set[str]:
    """Installed packages among some and those they need, extras left out."""
    found: set[str] = set()
    waiting = [_normal(name) for name in roots]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        try:
            needs = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue
        found.add(name)
        waiting += [_normal(_NAME.match(need).group()) for need in needs if "extra ==" not in need]  # type: ignore[union-attr]
    return found


def _size_of(name: str) -> int:
    return sum(file.size or 0 for file in metadata.files(name) or ())


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _second_opencv(names: Iterable[str]) -> str:
    """What to do about more than one package of OpenCV, or ""."""
    found = sorted({_normal(name) for name in names if _normal(name).startswith("opencv-")})
    if len(found) < 2:
        return ""
    return (
        f"; {' and '.join(found)} all provide the package cv2, and the one installed last is used; run "
        f"`pip uninstall {' '.join(found)}`, then `pip install {_OPENCV}`"
    )


def _opencv() -> Check:
    import cv2

    second = _second_opencv(each.metadata["Name"] or "" for each in metadata.distributions())
    if not hasattr(getattr(cv2, "ximgproc", None), "createFastGlobalSmootherFilter"):
        remedy = f"uninstall all opencv packages, then `pip install {_OPENCV}`"
        return Check(
            "OpenCV",
            f"{cv2.__version__} lacks ximgproc: another opencv package is in its place{second or '; ' + remedy}",
            ok=False,
        )
    return Check("OpenCV", f"{cv2.__version__} with ximgproc{second}")


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


def doctor(
    project: Annotated[
        Path | None,
        typer.Argument(help="Also read the files of this project's scenes whole.", show_default=False),
    ] = None,
) -> None:
    """Check the installation: versions, Qt, device, bundled files.

    With a project, the files of its scenes are read whole, once: later scans know by that whether they have changed.
    """
    checks = list(check())
    if project is not None:
        checks += _scenes(project)
    for line in checks:
        typer.echo(f"{'ok  ' if line.ok else 'FAIL'} {line.subject:<12} {line.finding}")
    if not all(line.ok for line in checks):
        fail("something is wrong; see the lines marked FAIL")


def _scenes(folder: Path) -> list[Check]:
    """Of a project: whether the file of each scene is as it was, and hashed."""
    from acseg_core.store.queries.scene_queries import scenes
    from acseg_core.workflows.scenes import hash_scenes, is_untouched

    found = []
    with opened_project(folder) as project:
        follow("Reading scenes", hash_scenes(project))
        for scene in scenes(project):
            size = f"{scene.width} x {scene.height} pixels, {scene.file_size / 1e6:,.0f} MB"
            try:
                if is_untouched(project.image_root / scene.path, scene):
                    found.append(Check("scene", f"{scene.path}: {size}, as it was when it was added"))
                    continue
                reason = f"has another time or size; run `acseg init {folder} --images {project.image_root}`"
            except OSError as error:
                reason = f"{error.strerror or error}; if it has moved, run `acseg relocate`"
            found.append(Check("scene", f"{scene.path}: {reason}", ok=False))
    return found
