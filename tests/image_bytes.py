"""Image files of every kind as bytes, made by hand where no library on this machine writes them; good ones and bad."""

import io
import struct
import zlib
from functools import cache

import numpy as np
from PIL import Image

ORIENTATION = 0x0112

PEAK_MEMORY = """
from pathlib import Path
def peak():  # bytes; of this program alone, while ru_maxrss starts with what its parent had
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024
"""
"""Source of a function for programs started by tests, on Linux."""


def picture(height: int = 48, width: int = 64, seed: int = 0) -> np.ndarray:
    """(H, W, 3) uint8, smooth, different in all four corners."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:height, :width]
    waves = [128 + 60 * np.sin(x / (5 + 2 * c) + rng.uniform(0, 6)) + 60 * np.cos(y / (6 + c)) for c in range(3)]
    return np.clip(np.stack(waves, axis=-1), 0, 255).astype(np.uint8)


def encoded(image: Image.Image | np.ndarray, kind: str, **options) -> bytes:
    image = Image.fromarray(image) if isinstance(image, np.ndarray) else image
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def oriented(pixels: np.ndarray, kind: str, orientation: int, **options) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    return encoded(pixels, kind, exif=exif, **options)


def png(pixels: np.ndarray, *, size: tuple[int, int] | None = None, ancillary: tuple[tuple[bytes, bytes], ...] = ()):
    """PNG of (H, W, channels) uint8 or uint16; ``size`` lies about (width, height) in the header."""
    height, width, channels = pixels.shape
    header = (*(size or (width, height)), 8 * pixels.dtype.itemsize, {1: 0, 2: 4, 3: 2, 4: 6}[channels], 0, 0, 0)
    rows = pixels.astype(pixels.dtype.newbyteorder(">")).reshape(height, -1)
    body = b"".join(b"\0" + row.tobytes() for row in rows)
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", *header)), *ancillary, (b"IDAT", zlib.compress(body)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


def tiff(pixels: np.ndarray, *, photometric: int | None = None, size: tuple[int, int] | None = None, **tags: int):
    """Uncompressed little-endian TIFF of (H, W) or (H, W, channels); ``size`` lies about (width, height)."""
    height, width = pixels.shape[:2]
    channels = pixels.shape[2] if pixels.ndim == 3 else 1
    data = pixels.astype(pixels.dtype.newbyteorder("<")).tobytes()
    shown = size or (width, height)
    bits = 8 * pixels.dtype.itemsize
    entries: dict[int, list[int]] = {
        0x0100: [shown[0]],
        0x0101: [shown[1]],
        0x0102: [bits] * channels,
        0x0103: [1],
        0x0106: [photometric if photometric is not None else (2 if channels >= 3 else 1)],
        0x0111: [8],
        0x0115: [channels],
        0x0116: [shown[1]],
        0x0117: [len(data)],
        0x0153: [{"u": 1, "i": 2, "f": 3}[pixels.dtype.kind]] * channels,
    }
    if channels == 4:
        entries[0x0152] = [2]
    entries |= {int(name[1:], 16): [value] for name, value in tags.items()}
    table, extra = b"", b""
    start = 8 + len(data)
    after = start + 2 + 12 * len(entries) + 4
    for tag, values in sorted(entries.items()):
        long = max(values) > 0xFFFF
        packed = struct.pack(f"<{len(values)}{'I' if long else 'H'}", *values)
        if len(packed) > 4:
            field, extra = struct.pack("<I", after + len(extra)), extra + packed
        else:
            field = packed.ljust(4, b"\0")
        table += struct.pack("<HHI", tag, 4 if long else 3, len(values)) + field
    directory = struct.pack("<H", len(entries)) + table + struct.pack("<I", 0)
    return b"II*\0" + struct.pack("<I", start) + data + directory + extra


def webp_of_size(width: int, height: int) -> bytes:
    """A few bytes that promise a lossless WebP of this size."""
    signature = struct.pack("<BI", 0x2F, (width - 1) | (height - 1) << 14) + bytes(16)
    body = b"WEBPVP8L" + struct.pack("<I", len(signature)) + signature + bytes(len(signature) % 2)
    return b"RIFF" + struct.pack("<I", len(body)) + body


@cache
def good_files() -> dict[str, bytes]:
    """One small file of each kind and compression, by name."""
    rgb = picture()
    deep = rgb.astype(np.uint16) * 257
    image = Image.fromarray(rgb)
    return {
        "baseline.jpg": encoded(rgb, "JPEG", quality=90),
        "progressive.jpg": encoded(rgb, "JPEG", quality=90, progressive=True),
        "cmyk.jpg": encoded(image.convert("CMYK"), "JPEG"),
        "rgb.png": encoded(rgb, "PNG"),
        "palette.png": encoded(image.quantize(200), "PNG"),
        "deep.png": png(deep),
        "rgb.bmp": encoded(rgb, "BMP"),
        "lossy.webp": encoded(rgb, "WEBP"),
        "lossless.webp": encoded(rgb, "WEBP", lossless=True),
        "raw.tif": encoded(rgb, "TIFF"),
        "lzw.tif": encoded(rgb, "TIFF", compression="tiff_lzw"),
        "deflate.tif": encoded(rgb, "TIFF", compression="tiff_adobe_deflate"),
        "jpeg.tif": encoded(rgb, "TIFF", compression="jpeg"),
        "deep.tif": tiff(deep),
    }


@cache
def bad_files() -> dict[str, tuple[bytes, str]]:
    """Files that no program can show, by name: their bytes, and the reason we give (a regular expression)."""
    huge = 60_000
    good = good_files()
    jpeg = good["baseline.jpg"]
    frame = jpeg.index(b"\xff\xc0")
    bmp = bytearray(good["rgb.bmp"])
    struct.pack_into("<ii", bmp, 18, huge, huge)
    cut = {
        f"cut-{name}": (data[: len(data) * 2 // 3], rf"^truncated {kind} file$")
        for name, data in good.items()
        for kind in [{"jpg": "JPEG", "png": "PNG", "bmp": "BMP", "webp": "WebP", "tif": "TIFF"}[name.split(".")[1]]]
    }
    pixel = np.zeros((1, 1, 3), np.uint8)
    no_picture = "^not a JPEG, PNG, TIFF, BMP or WebP image$"
    damaged = "^damaged .* file$"
    return cut | {
        "empty.jpg": (b"", "^empty file$"),
        "text.jpg": (b"Dear diary,\nthis is no picture.\n" * 9, no_picture),
        "zeros.png": (bytes(5000), no_picture),
        "gif.jpg": (encoded(Image.new("P", (4, 4)), "GIF"), no_picture),
        "BM.bmp": (b"BMW is a maker of cars and not a bitmap" * 9, no_picture),
        "header-only.jpg": (jpeg[:frame], "truncated JPEG|damaged JPEG"),
        "noise.png": (
            good["rgb.png"][:60] + bytes(range(256)) * 3 + good["rgb.png"][-12:],
            f"^truncated PNG|{damaged}",
        ),
        "checksum.png": (good["rgb.png"][:-20] + b"\x55" + good["rgb.png"][-19:], damaged),
        "no-rows.png": (png(pixel, size=(0, 0)), "^has no pixels$|^damaged PNG"),
        "no-rows.tif": (tiff(pixel, size=(0, 5)), "^has no pixels$"),
        "bomb.png": (png(pixel, size=(huge, huge)), "^too large: 60000 x 60000 pixels, at most 120 megapixels$"),
        "bomb-deep.png": (png(pixel.astype(np.uint16), size=(huge, huge)), "^too large: 60000 x 60000"),
        "bomb.tif": (tiff(pixel, size=(huge, huge)), "^too large: 60000 x 60000"),
        "bomb-deep.tif": (tiff(pixel.astype(np.uint16), size=(huge, huge)), "^too large: 60000 x 60000"),
        "bomb-tile.tif": (tiff(pixel, x0142=huge, x0143=huge), "^too large: 60000 x 60000"),
        "bomb.bmp": (bytes(bmp), "^too large: 60000 x 60000"),
        "bomb.jpg": (
            jpeg[: frame + 5] + struct.pack(">HH", huge, huge) + jpeg[frame + 9 :],
            "^too large: 60000 x 60000",
        ),
        "bomb.webp": (webp_of_size(16383, 16383), "^too large: 16383 x 16383|^damaged WebP"),
        "offsets.tif": (tiff(pixel, x0111=0xFFFFFFF0), "^truncated TIFF file$"),
        "strange.tif": (tiff(np.zeros((2, 2), np.uint8), photometric=32803), "^TIFF with 1 band of 8 bits, not compr"),
    }
