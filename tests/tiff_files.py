"""TIFF files of every layout as bytes, written by hand: the other side of what `acseg_core.images` reads.

Nothing here shares code with the product, nor a library with it where the standard library has one.
"""

import io
import lzma
import struct
import zlib
from dataclasses import dataclass, field

import numpy as np
from PIL import Image

NONE, LZW, JPEG, DEFLATE, PACKBITS, LZMA, FAX4 = 1, 5, 7, 8, 32773, 34925, 4


@dataclass(frozen=True)
class Written:
    """How a page is written.

    Attributes:
        order: "<" or ">".
        big: BigTIFF.
        tile: Height and width of tiles; None for strips.
        rows: Of a strip.
        planar: 1 pixel by pixel, 2 plane by plane.
        compression: See the constants; others are written uncompressed under a wrong name.
        predictor: 1, 2 or 3.
        photometric: By default 1 of one sample, else 2.
        bits: Of a sample; by default those of the array's type.
        sample_format: By default that of the array's type.
        subsampling: Of YCbCr, across and down.
        reverse: FillOrder 2: the lowest bit of a byte comes first.
        extra: ExtraSamples; None to leave the tag out.
        tags: Others: number to a type's letter and its values.
    """

    order: str = "<"
    big: bool = False
    tile: tuple[int, int] | None = None
    rows: int = 7
    planar: int = 1
    compression: int = NONE
    predictor: int = 1
    photometric: int | None = None
    bits: int | None = None
    sample_format: int | None = None
    subsampling: tuple[int, int] | None = None
    reverse: bool = False
    extra: tuple[int, ...] | None = None
    tags: dict[int, tuple[str, tuple[float, ...] | bytes]] = field(default_factory=dict)


def tiff_file(pixels: np.ndarray, how: Written | None = None) -> bytes:
    """A file of one page, of (H, W) or (H, W, samples) in native byte order."""
    return tiff_pages([(pixels, how or Written())])


def tiff_pages(pages: list[tuple[np.ndarray, Written]]) -> bytes:
    """A file of several pages; byte order and kind of file are those of the first."""
    order, big = pages[0][1].order, pages[0][1].big
    out = io.BytesIO()
    mark = b"II" if order == "<" else b"MM"
    out.write(mark + (struct.pack(order + "HHHQ", 43, 8, 0, 0) if big else struct.pack(order + "HI", 42, 0)))
    link = out.tell() - (8 if big else 4)
    for pixels, how in pages:
        link = _write_page(out, np.atleast_3d(pixels), how, link, order, big=big)
    return out.getvalue()


def _write_page(out: io.BytesIO, pixels: np.ndarray, how: Written, link: int, order: str, *, big: bool) -> int:
    offsets, lengths = [], []
    for segment in _segments(pixels, how, order):
        out.write(bytes(out.tell() % 2))
        offsets.append(out.tell())
        lengths.append(len(segment))
        out.write(segment)
    entries = _entries(pixels, how) | (
        {324: ("I", tuple(offsets)), 325: ("I", tuple(lengths))}
        if how.tile
        else {273: ("I", tuple(offsets)), 279: ("I", tuple(lengths))}
    )
    return _write_directory(out, entries | how.tags, link, order, big=big)


def _entries(pixels: np.ndarray, how: Written) -> dict[int, tuple[str, tuple[float, ...] | bytes]]:
    height, width, samples = pixels.shape
    bits = how.bits or 8 * pixels.dtype.itemsize
    kind = how.sample_format or {"u": 1, "i": 2, "f": 3, "c": 6, "b": 1}[pixels.dtype.kind]
    photometric = how.photometric if how.photometric is not None else (2 if samples >= 3 else 1)
    entries = {
        256: ("I", (width,)),
        257: ("I", (height,)),
        258: ("H", (bits,) * samples),
        259: ("H", (how.compression,)),
        262: ("H", (photometric,)),
        277: ("H", (samples,)),
        284: ("H", (how.planar,)),
        339: ("H", (kind,) * samples),
    }
    if how.reverse:
        entries[266] = ("H", (2,))
    if how.predictor != 1:
        entries[317] = ("H", (how.predictor,))
    if how.tile:
        entries |= {322: ("I", (how.tile[1],)), 323: ("I", (how.tile[0],))}
    else:
        entries[278] = ("I", (how.rows,))
    if how.extra is not None:
        entries[338] = ("H", how.extra)
    if how.subsampling is not None:
        entries[530] = ("H", how.subsampling)
    return entries


def _segments(pixels: np.ndarray, how: Written, order: str):
    height, width, samples = pixels.shape
    planes = [pixels[..., s : s + 1] for s in range(samples)] if how.planar == 2 else [pixels]
    high, wide = how.tile or (how.rows, width)
    for plane in planes:
        for top in range(0, height, high):
            for left in range(0, width, wide):
                part = plane[top : top + high, left : left + wide]
                if how.tile:
                    room = ((0, high - part.shape[0]), (0, wide - part.shape[1]), (0, 0))
                    part = np.pad(part, room, mode="edge")
                yield _compressed(part, how, order)


def _compressed(part: np.ndarray, how: Written, order: str) -> bytes:
    if how.compression == JPEG:
        return _jpeg(part, how)
    if how.compression == FAX4:
        return _by_pillow(part, "group4")
    data = _raw(part, how, order)
    if how.reverse:
        data = bytes(int(f"{byte:08b}"[::-1], 2) for byte in data)
    if how.compression == DEFLATE or how.compression == 32946:
        data = zlib.compress(data)
    elif how.compression == LZMA:
        data = lzma.compress(data)
    elif how.compression == PACKBITS:
        data = b"".join(bytes([len(data[at : at + 128]) - 1]) + data[at : at + 128] for at in range(0, len(data), 128))
    elif how.compression == LZW:
        data = _by_pillow(np.frombuffer(data, np.uint8)[None, :, None], "tiff_lzw")
    return data


def _by_pillow(part: np.ndarray, compression: str) -> bytes:
    """Of a codec that only libtiff has: the one strip of a file that Pillow writes."""
    file = io.BytesIO()
    image = Image.fromarray(part[..., 0])
    image.save(file, "TIFF", compression=compression, tiffinfo={278: part.shape[0]})
    with Image.open(file) as written:
        (offset,), (length,) = written.tag_v2[273], written.tag_v2[279]
    return file.getvalue()[offset : offset + length]


def _jpeg(part: np.ndarray, how: Written) -> bytes:
    """A stream without a word about its colours: these are what the TIFF says."""
    file = io.BytesIO()
    samples = part.shape[2]
    if samples == 1:
        Image.fromarray(part[..., 0]).save(file, "JPEG", quality=100)
    elif how.photometric == 6:
        subsampling = {(1, 1): 0, (2, 1): 1, (2, 2): 2}[how.subsampling or (2, 2)]
        Image.fromarray(part).save(file, "JPEG", quality=100, subsampling=subsampling)
    else:
        Image.fromarray(part).save(file, "JPEG", quality=100, keep_rgb=True)
    data = file.getvalue()
    for marker in (b"\xff\xe0", b"\xff\xee"):
        while (at := data.find(marker)) > 0 and at < 200:
            length = struct.unpack(">H", data[at + 2 : at + 4])[0]
            data = data[:at] + data[at + 2 + length :]
    return data


def _raw(part: np.ndarray, how: Written, order: str) -> bytes:
    if how.photometric == 6 and how.subsampling not in (None, (1, 1)):
        return _units(part, *how.subsampling)
    bits = how.bits or 8 * part.dtype.itemsize
    if bits not in (8, 16, 32, 64, 128) or (part.dtype == bool):
        return b"".join(_packed(row.ravel(), bits, order) for row in part)
    if how.predictor == 2:
        whole = part.view(f"u{part.dtype.itemsize}")
        steps = whole.copy()
        steps[:, 1:] = whole[:, 1:] - whole[:, :-1]
        part = steps
    elif how.predictor == 3:
        return b"".join(_float_steps(row) for row in part)
    return part.astype(part.dtype.newbyteorder(order)).tobytes()


def _packed(values: np.ndarray, bits: int, order: str) -> bytes:
    """One number after the other, the highest bit first; of 24 bits, in the order of bytes."""
    if bits == 24:
        return b"".join(int(value).to_bytes(3, "little" if order == "<" else "big") for value in values)
    text = "".join(f"{int(value):0{bits}b}" for value in values)
    text += "0" * (-len(text) % 8)
    return bytes(int(text[at : at + 8], 2) for at in range(0, len(text), 8))


def _float_steps(row: np.ndarray) -> bytes:
    """TIFF technical note 3: the bytes of a row's floats, highest first, as differences."""
    width, samples = row.shape
    size = row.dtype.itemsize
    swapped = row.astype(row.dtype.newbyteorder(">")).tobytes()
    planes = bytearray()
    for byte in range(size):
        planes += swapped[byte::size]
    return bytes(
        (planes[at] - (planes[at - samples] if at >= samples else 0)) % 256 for at in range(width * samples * size)
    )


def _units(part: np.ndarray, across: int, down: int) -> bytes:
    """YCbCr: the brightness of every pixel of a unit, then its two differences, which are those of its first pixel."""
    high, wide = -(-part.shape[0] // down) * down, -(-part.shape[1] // across) * across
    part = np.pad(part, ((0, high - part.shape[0]), (0, wide - part.shape[1]), (0, 0)), mode="edge")
    out = bytearray()
    for top in range(0, high, down):
        for left in range(0, wide, across):
            out += part[top : top + down, left : left + across, 0].tobytes()
            out += part[top, left, 1:].tobytes()
    return bytes(out)


_WIDTHS = {"B": (1, 1), "s": (2, 1), "H": (3, 2), "I": (4, 4), "Q": (16, 8), "d": (12, 8)}


def _write_directory(out: io.BytesIO, entries, link: int, order: str, *, big: bool) -> int:
    offset, inline = ("Q", 8) if big else ("I", 4)
    bodies = {}
    for tag, (letter, values) in entries.items():
        type_, _ = _WIDTHS[letter]
        count = len(values)
        body = bytes(values) if letter == "s" else struct.pack(f"{order}{count}{letter}", *values)
        if len(body) > inline:
            out.write(bytes(out.tell() % 2))
            place = out.tell()
            out.write(body)
            body = struct.pack(order + offset, place)
        bodies[tag] = struct.pack(order + ("HHQ" if big else "HHI"), tag, type_, count) + body.ljust(inline, b"\0")
    out.write(bytes(out.tell() % 2))
    start = out.tell()
    out.write(struct.pack(order + ("Q" if big else "H"), len(bodies)))
    out.write(b"".join(bodies[tag] for tag in sorted(bodies)))
    after = out.tell()
    out.write(struct.pack(order + offset, 0))
    out.seek(link)
    out.write(struct.pack(order + offset, start))
    out.seek(0, 2)
    return after
