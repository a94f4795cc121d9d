"""Image files to mutate, of every kind that is read, and mutations that know the format, so that they get past it."""

import io
import random
import struct
import zlib
from functools import cache

import numpy as np
from campaign.mutations import HOSTILE, mutated
from image_bytes import bad_files, encoded, good_files, oriented, picture
from PIL import Image, PngImagePlugin
from tiff_files import DEFLATE, FAX4, JPEG, LZMA, LZW, PACKBITS, Written, tiff_file, tiff_pages

_PNG_SIGNATURE_BYTES = 8
_CHUNKS = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"eXIf", b"iCCP", b"zTXt", b"acTL", b"fcTL", b"fdAT")
_TAGS = (254, 256, 257, 258, 259, 262, 266, 273, 277, 278, 284, 317, 320, 322, 338, 339, 347, 530)


def hostile_image(chance: random.Random) -> tuple[str, bytes]:
    """A name, and the bytes of a mutated file."""
    files = samples()
    name = chance.choice(sorted(files))
    data = files[name]
    kind = name.rsplit(".", 1)[1]
    if kind == "tif" and chance.random() < 0.6:
        for _ in range(chance.choice((1, 1, 2, 3))):
            data = _hostile_tag(data, chance)
    elif kind == "png" and chance.random() < 0.6:
        data = _hostile_chunk(data, chance)
    elif kind in ("jpg", "webp", "bmp") and chance.random() < 0.2:
        data = _hostile_size(data, chance)
    else:
        data = mutated(data, chance)
    if kind == "png" and chance.random() < 0.5:
        data = _with_right_checksums(data)
    if chance.random() < 0.05:  # the name says something else
        name = f"{name.rsplit('.', 1)[0]}.{chance.choice(('jpg', 'png', 'tif', 'bmp', 'webp', 'JPEG'))}"
    return name, data


@cache
def samples() -> dict[str, bytes]:
    """Small files, by name."""
    rgb = picture()
    grey = rgb[..., :1]
    deep, deep_grey = rgb.astype(np.uint16) * 257, grey.astype(np.uint16) * 200
    image = Image.fromarray(rgb)
    rgba = np.dstack((rgb, rgb[..., 0]))
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "x" * 300, zip=True)
    files = dict(good_files())
    files |= {name: data for name, (data, _) in bad_files().items()}
    files |= {
        "turned.jpg": oriented(rgb, "JPEG", 6),
        "exif.webp": oriented(rgb, "WEBP", 8),
        "grey.jpg": encoded(grey[..., 0], "JPEG"),
        "fine.jpg": encoded(rgb, "JPEG", subsampling=0, comment=b"made by hand", dpi=(72, 72)),
        "restarts.jpg": encoded(rgb, "JPEG", restart_marker_blocks=2),
        "rgba.png": encoded(rgba, "PNG", exif=_exif(3)),
        "transparent.png": encoded(image.quantize(16), "PNG", transparency=3),
        "grey.png": encoded(grey[..., 0], "PNG"),
        "bits.png": encoded(image.convert("1"), "PNG"),
        "text.png": encoded(rgb, "PNG", pnginfo=text, icc_profile=bytes(200)),
        "moving.png": _moving("PNG"),
        "moving.webp": _moving("WEBP"),
        "alpha.webp": encoded(rgba, "WEBP"),
        "palette.bmp": encoded(image.quantize(16), "BMP"),
        "bits.bmp": encoded(image.convert("1"), "BMP"),
        "rle.bmp": _run_length_bitmap(),
        "tiled.tif": tiff_file(deep, Written(tile=(16, 32), compression=DEFLATE, predictor=2)),
        "big.tif": tiff_file(deep, Written(big=True, order=">", planar=2)),
        "lzw-deep.tif": tiff_file(deep_grey, Written(compression=LZW)),
        "packed.tif": tiff_file(rgb, Written(compression=PACKBITS, order=">")),
        "lzma.tif": tiff_file(deep_grey, Written(compression=LZMA)),
        "fax.tif": tiff_file(np.asarray(grey > 128), Written(compression=FAX4, bits=1, rows=48)),
        "floats.tif": tiff_file(grey.astype(np.float32), Written(compression=DEFLATE, predictor=3)),
        "twelve.tif": tiff_file(deep_grey >> 4, Written(bits=12)),
        "signed.tif": tiff_file(deep_grey.astype(np.int16), Written()),
        "ycc.tif": tiff_file(rgb, Written(photometric=6, subsampling=(2, 2), rows=16)),
        "jpegs.tif": tiff_file(rgb, Written(photometric=6, compression=JPEG, tile=(16, 16), subsampling=(2, 2))),
        "alpha.tif": tiff_file(rgba, Written(extra=(2,), compression=DEFLATE)),
        "nodata.tif": tiff_file(deep_grey, Written(tags={42113: ("B", b"-9999\0")})),
        "pages.tif": tiff_pages([(rgb, Written()), (grey, Written()), (deep, Written(compression=DEFLATE))]),
        "map.tif": _palette_tiff(),
    }
    return files


def _exif(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def _moving(kind: str) -> bytes:
    frames = [Image.fromarray(picture(seed=seed)) for seed in range(3)]
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:])


def _palette_tiff() -> bytes:
    file = io.BytesIO()
    Image.fromarray(picture()).quantize(200).save(file, "TIFF")
    return file.getvalue()


def _run_length_bitmap() -> bytes:
    """8 bits, compressed by run lengths: each row is one run."""
    width, height = 64, 48
    rows = b"".join(bytes([width, row % 2, 0, 0]) for row in range(height)) + b"\0\1"
    palette = bytes([0, 0, 0, 0, 255, 255, 255, 0])
    start = 14 + 40 + len(palette)
    header = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 8, 1, len(rows), 0, 0, 2, 0)
    return b"BM" + struct.pack("<IHHI", start + len(rows), 0, 0, start) + header + palette + rows


def _hostile_tag(data: bytes, chance: random.Random) -> bytes:
    """One field of one entry of a directory of a TIFF."""
    if len(data) < 16:
        return data
    order = "<" if data[:2] == b"II" else ">"
    is_big = data[2:4] in (b"+\0", b"\0+")
    (at,) = struct.unpack_from(order + ("Q" if is_big else "I"), data, 8 if is_big else 4)
    head, step = (8, 20) if is_big else (2, 12)
    if at + head + step > len(data):
        return mutated(data, chance)
    (count,) = struct.unpack_from(order + ("Q" if is_big else "H"), data, at)
    entry = at + head + step * chance.randrange(max(1, min(count, 40)))
    place, letter = chance.choice(((0, "H"), (2, "H"), (4, "I"), (8, "I"), (8, "I"), (8, "H")))
    width = struct.calcsize(letter)
    if is_big and place > 2:
        place += chance.choice((0, 4))
    value = chance.choice(HOSTILE) if chance.random() < 0.6 else chance.randrange(1 << chance.choice((3, 6, 16)))
    if place == 0:
        value = chance.choice(
            (254, 256, 257, 258, 259, 262, 266, 273, 277, 278, 284, 317, 320, 322, 338, 339, 347, 530)
        )
    at = entry + place
    return data[:at] + struct.pack(order + letter, value % 256**width) + data[at + width :]


def _hostile_chunk(data: bytes, chance: random.Random) -> bytes:
    """Mutate what is in one chunk of a PNG, with its checksum; or its name, or its place."""
    chunks = _chunks(data)
    if not chunks:
        return mutated(data, chance)
    at = chance.randrange(len(chunks)) if chance.random() < 0.6 else 0
    name, body = chunks[at]
    match chance.randrange(6):
        case 0:
            chunks.insert(chance.randrange(len(chunks)), (name, body))
        case 1:
            del chunks[at]
        case 2:
            name = chance.choice(
                (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"eXIf", b"iCCP", b"zTXt", b"acTL", b"fcTL", b"fdAT")
            )
            chunks[at] = name, body
        case 3 if name == b"IHDR" and len(body) == 13:
            field = chance.choice((0, 4))
            size = struct.pack(">I", chance.choice((0, 1, 5, 10_000, 60_000, 100_000_000, 0x7FFFFFFF, 0xFFFFFFFF)))
            chunks[at] = name, body[:field] + size + body[field + 4 :]
        case 4 if name == b"IDAT":
            try:
                rows = zlib.decompress(body)
            except zlib.error:
                rows = bytes(100)
            chunks[at] = name, zlib.compress(mutated(rows, chance))
        case _:
            chunks[at] = name, mutated(body, chance)
    return data[:_PNG_SIGNATURE_BYTES] + _joined(chunks)


def _with_right_checksums(data: bytes) -> bytes:
    return data[:_PNG_SIGNATURE_BYTES] + _joined(_chunks(data)) if _chunks(data) else data


def _chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], _PNG_SIGNATURE_BYTES
    while at + 8 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        found.append((name, data[at + 8 : at + 8 + length]))
        at += 12 + length
    return found


def _joined(chunks: list[tuple[bytes, bytes]]) -> bytes:
    return b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


def _hostile_size(data: bytes, chance: random.Random) -> bytes:
    """Another width and height where the format has them: many small pictures claim to be large."""
    wide, high = (chance.choice((0, 1, 100, 8000, 10_900, 16_000, 65_535)) for _ in range(2))
    if data[:2] == b"BM" and len(data) > 26:
        wide, high = chance.choice((wide, wide, -wide, 2**31 - 1)), chance.choice((high, -high, -(2**31)))
        return data[:18] + struct.pack("<ii", wide, high) + data[26:]
    if data[:2] == b"\xff\xd8":
        for marker in (b"\xff\xc0", b"\xff\xc2"):
            at = data.find(marker)
            if at > 0:
                return data[: at + 5] + struct.pack(">HH", high, wide) + data[at + 9 :]
    if data[8:12] == b"WEBP" and len(data) > 30:
        return data[:26] + struct.pack("<HH", wide & 0x3FFF, high & 0x3FFF) + data[30:]
    return mutated(data, chance)
