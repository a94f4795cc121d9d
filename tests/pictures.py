"""Pictures of the window as files: small, only rewritten where something changed, and tracked only where shown."""

from __future__ import annotations

import io
import re
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
TRACKED = ROOT / "docs" / "screenshots"
REST = ROOT / "build" / "screenshots"
"""Where pictures go that no document shows; git ignores it."""

MOST_BYTES = 150_000
_COLOURS = (256, 192, 160, 128, 96, 64)


def shown() -> set[str]:
    """Names (without .png) of the pictures that README and the documents show."""
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return {
        name
        for document in documents
        for name in re.findall(r"!\[[^]]*\]\([^)]*screenshots/([\w-]+)\.png\)", document.read_text(encoding="utf-8"))
    }


def file_of(name: str) -> Path:
    """Where a picture belongs: among the tracked ones only if a document shows it."""
    return (TRACKED if name in shown() else REST) / f"{name}.png"


def save(picture: Image.Image, path: Path, *, small: bool) -> bool:
    """Write a PNG unless the file shows just that already; returns whether it was written.

    Args:
        picture: Of any mode.
        path: Its folder is made.
        small: With a palette, below `MOST_BYTES`, as tracked ones have to be.

    Raises:
        ValueError: Even with few colours it is not as small as that.
    """
    data = (_packed if small else _plain)(picture.convert("RGB"))
    if path.is_file() and _pixels(path.read_bytes()) == _pixels(data):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return True


def _plain(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def _packed(picture: Image.Image) -> bytes:
    """The picture with as many colours as fit."""
    for colours in _COLOURS:
        file = io.BytesIO()
        picture.quantize(colours, method=Image.Quantize.FASTOCTREE).save(file, "PNG", optimize=True)
        if file.tell() < MOST_BYTES:
            return file.getvalue()
    raise ValueError(f"a picture of {picture.width} x {picture.height} has {file.tell():,} bytes; take a smaller one")


def _pixels(data: bytes) -> tuple[tuple[int, int], bytes]:
    with Image.open(io.BytesIO(data)) as picture:
        return picture.size, picture.convert("RGB").tobytes()
