"""Label Studio's brush masks: run lengths packed into bits, of the four channels of a picture.

The bits, the highest of each byte first: 32 of how many values there are; 5 of how many bits a value has, less one;
four times 4 of how many bits a length has, less one. Then pieces until there are all values: one bit that says whether
it is a run, two that choose one of the four widths, the length, less one, in that many bits, and one value if it is a
run, else as many values as the length says. Values are red, green, blue and opacity of each pixel, row by row; a pixel
is in the mask when its opacity is not 0.
"""

from __future__ import annotations

import numpy as np

from acseg_core.shapes import masks
from acseg_core.types import MAX_PIXELS, Rle

_CHANNELS, _OPACITY = 4, 3
_BYTE = 8


def brush_mask(packed: bytes, *, height: int, width: int) -> Rle | None:
    """Unpack a mask of an image of that size; None where it is damaged, or of another size."""
    if not 0 < height * width <= MAX_PIXELS:
        return None
    bits = _Bits(packed)
    inside = np.zeros(height * width, np.bool_)
    try:
        values = bits.read(32)
        if values != height * width * _CHANNELS:
            return None
        word = bits.read(5) + 1
        widths = [bits.read(4) + 1 for _ in range(4)]
        done = 0
        while done < values:
            is_run, length = bits.read(1), bits.read(widths[bits.read(2)]) + 1
            end = done + length
            if end > values:
                return None
            if is_run:
                if bits.read(word):
                    inside[done // _CHANNELS : end // _CHANNELS] = True  # pixels whose opacity is in the run
            else:
                opacity = bits.read_many(length, word)[(_OPACITY - done) % _CHANNELS :: _CHANNELS]
                first = done // _CHANNELS
                inside[first : first + len(opacity)] = opacity != 0
            done = end
    except EOFError:
        return None
    return masks.encode(inside.reshape(height, width))


class _Bits:
    """Bytes that are read bit by bit."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def read(self, count: int) -> int:
        """The next number of up to 32 bits.

        Raises:
            EOFError: There are not so many.
        """
        first, offset = divmod(self._at, _BYTE)
        piece = self._content[first : first + 5]
        left = len(piece) * _BYTE - offset - count
        if left < 0:
            raise EOFError
        self._at += count
        return (int.from_bytes(piece, "big") >> left) & ((1 << count) - 1)

    def read_many(self, number: int, count: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """The next numbers, each of up to 32 bits."""
        if count != _BYTE:
            return np.array([self.read(count) for _ in range(number)], np.int64)
        first, offset = divmod(self._at, _BYTE)
        piece = np.frombuffer(self._content, np.uint8)[first : first + number + 1].astype(np.int64)
        if len(piece) * _BYTE < offset + number * _BYTE:
            raise EOFError
        self._at += number * _BYTE
        if not offset:
            return piece[:number]
        return ((piece[:number] << offset) | (piece[1 : number + 1] >> (_BYTE - offset))) & 0xFF
