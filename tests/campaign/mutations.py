"""Damage to files, as it happens and as somebody makes it: one mutation of some bytes by one seed, always the same."""

import random
import struct
from collections.abc import Callable

HOSTILE = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 10**6, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 2**40, 2**63 - 1)
"""Numbers that programs stumble over."""
_DIGITS = b"0123456789"


def mutated(data: bytes, chance: random.Random, *, text: bool = False) -> bytes:
    """One to four mutations, drawn by ``chance``; now and then the whole file is something else.

    Args:
        data: The whole file.
        chance: What is drawn from.
        text: Rather mutations after which it still is text.
    """
    choices = _TEXT_MUTATIONS if text and chance.random() < 0.85 else _MUTATIONS
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        data = chance.choice(choices)(data, chance)
    return data


def _place(data: bytes, chance: random.Random) -> int:
    """Rather in the first bytes, where headers are, and sometimes in the last, where directories are."""
    spot = chance.random()
    spot = spot**4 if chance.random() < 0.7 else 1 - spot**4 if chance.random() < 0.3 else spot
    return min(int(spot * len(data)), max(0, len(data) - 1))


def _flip_bits(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8)) if data else 0):
        changed[_place(data, chance)] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut_short(data: bytes, chance: random.Random) -> bytes:
    return data[: _place(data, chance)]


def _swap_blocks(data: bytes, chance: random.Random) -> bytes:
    size = min(chance.choice((1, 4, 16, 64, 512, 4096)), len(data) // 2)
    first, second = sorted((_place(data, chance), _place(data, chance)))
    if second - first < size or size == 0:
        return data[len(data) // 2 :] + data[: len(data) // 2]
    one, other = data[first : first + size], data[second : second + size]
    return data[:first] + other + data[first + size : second] + one + data[second + size :]


def _zero_block(data: bytes, chance: random.Random) -> bytes:
    at, size = _place(data, chance), chance.choice((1, 4, 16, 512, 4096))
    gone = data[at : at + size]
    return data[:at] + bytes([chance.choice((0, 0xFF))]) * len(gone) + data[at + size :]


def _take_out(data: bytes, chance: random.Random) -> bytes:
    at = _place(data, chance)
    return data[:at] + data[at + chance.choice((1, 2, 4, 64, 1024)) :]


def _put_in(data: bytes, chance: random.Random) -> bytes:
    at = _place(data, chance)
    return data[:at] + chance.randbytes(chance.choice((1, 2, 4, 64, 1024))) + data[at:]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    at = _place(data, chance)
    return data[:at] + data[at : at + chance.choice((1, 8, 64, 1024))] * chance.choice((2, 3, 50)) + data[at:]


def _hostile_number(data: bytes, chance: random.Random) -> bytes:
    """A number of 1, 2, 4 or 8 bytes, where it is likely to be one."""
    width = chance.choice((1, 2, 4, 4, 4, 8))
    order, letter = chance.choice("<>"), {1: "B", 2: "H", 4: "I", 8: "Q"}[width]
    at = _place(data, chance)
    at -= at % chance.choice((1, 2, 4))
    packed = struct.pack(order + letter, chance.choice(HOSTILE) % 256**width)
    return data[:at] + packed + data[at + width :]


def _other_digit(data: bytes, chance: random.Random) -> bytes:
    """Another digit in a number that is written out, or so many of them; a bit flipped if there is none."""
    places = [at for at, byte in enumerate(data[: 1 << 14]) if byte in _DIGITS]
    if not places:
        return _flip_bits(data, chance)
    at = chance.choice(places)
    digits = chance.choice((b"0", b"-1", b"9", b"7", b"1e9", b"99999999", b"9" * 5000, b"0.5", b"nan"))
    return data[:at] + digits + data[at + 1 :]


def _deep_nest(data: bytes, chance: random.Random) -> bytes:
    at = _place(data, chance)
    return data[:at] + chance.choice((b"[", b"{", b'{"a":', b"- ")) * chance.choice((5, 2000, 100_000)) + data[at:]


def _other_text(data: bytes, chance: random.Random) -> bytes:
    """Signs that mean something to some format, encoding or terminal."""
    at = _place(data, chance)
    texts = (
        "\0",
        "\n",
        "\r",
        "\t",
        '"',
        "'",
        ",",
        ":",
        "}",
        "]",
        "\ufeff",
        "\u202e",
        "\U0001f408",
        "&a",
        "*a",
        "<b>",
        "\x1b[31m",
    )
    text = chance.choice(texts).encode() if chance.random() < 0.8 else b"\xff\xfe" + b"\xed\xa0\x80"
    return data[:at] + text + data[at + chance.choice((0, 1)) :]


def _noise(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.choice((0, 0, 8, 32))] + chance.randbytes(chance.choice((0, 1, 100, 5000)))


_MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(_flip_bits, _flip_bits, _cut_short, _swap_blocks, _zero_block, _take_out, _put_in, _repeat),
    *(_hostile_number, _hostile_number, _other_digit, _other_text, _deep_nest, _noise),
)
_TEXT_MUTATIONS = (_cut_short, _swap_blocks, _take_out, _repeat, _other_digit, _other_text, _other_text, _deep_nest)
