"""Results as Label Studio writes them, of a picture of 8 x 6 pixels."""

import numpy as np


def result(kind, value, labels=("cat",), **more):
    """A result as Label Studio writes it, of a picture of 8 x 6 pixels."""
    return {
        "id": "r1",
        "type": kind,
        "from_name": "label",
        "to_name": "image",
        "original_width": 8,
        "original_height": 6,
        "image_rotation": 0,
        "value": {**value, kind: list(labels)} if labels else value,
        "origin": "manual",
        **more,
    }


def polygon(*points, kind="polygonlabels", **more):
    """A polygon given in pixels."""
    percents = [[100 * x / 8, 100 * y / 6] for x, y in points]
    return result(kind, {"points": percents, "closed": True}, **more)


def box(x, y, width, height, rotation=0, **more):
    """A rectangle given in pixels."""
    value = {"x": 12.5 * x, "y": y / 0.06, "width": 12.5 * width, "height": height / 0.06, "rotation": rotation}
    return result("rectanglelabels", value, **more)


def brush(mask, **more):
    """A brush mask as the window of Label Studio packs it: all channels are the opacity."""
    rle = list(packed(np.repeat(np.asarray(mask, int).ravel() * 255, 4).tolist()))
    return result("brushlabels", {"format": "rle", "rle": rle}, **more)


SQUARE = (1, 2), (4, 2), (4, 5), (1, 5)


def packed(values, *, word=8, widths=(3, 4, 8, 16), literal=False):
    """Bits as the form says them: runs, or everything as literal pieces."""
    bits = f"{len(values):032b}{word - 1:05b}" + "".join(f"{width - 1:04b}" for width in widths)
    at = 0
    while at < len(values):
        end = at + 1
        while end < len(values) and values[end] == values[at] and not literal:
            end += 1
        if literal:
            end = min(at + 2 ** widths[2], len(values))
        choice = next((n for n, width in enumerate(widths) if end - at <= 2**width), 3)
        end = min(end, at + 2 ** widths[choice])
        bits += f"{int(not literal)}{choice:02b}{end - at - 1:0{widths[choice]}b}"
        bits += "".join(f"{value:0{word}b}" for value in (values[at:end] if literal else values[at : at + 1]))
        at = end
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[n : n + 8], 2) for n in range(0, len(bits), 8))
