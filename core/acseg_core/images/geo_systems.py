"""Coordinate systems of maps, as far as a file says which: by GeoTIFF's keys, or by a text in WKT.

No table of systems is at hand, so that nothing is known of a system but what the file says, and of the commonest its
unit. A system that somebody defined by parameters has no number: it keeps the name that the file gives it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

_MODEL, _CITATION, _GEOGRAPHIC, _GEOGRAPHIC_CITATION, _ANGULAR = 1024, 1026, 2048, 2049, 2054
_PROJECTED, _PROJECTED_CITATION, _LINEAR, _LINEAR_SIZE = 3072, 3073, 3076, 3077
_RASTER_TYPE, _POINT = 1025, 2
_USER_DEFINED = 32767
_SHORTS_AT, _DOUBLES_AT, _TEXTS_AT = 0, 34736, 34737
_ESRI_TEXT = "ESRI PE String = "

_LENGTHS = {
    9001: ("metre", 1.0),
    9002: ("foot", 0.3048),
    9003: ("US survey foot", 1200 / 3937),
    9030: ("nautical mile", 1852.0),
    9036: ("kilometre", 1000.0),
    9093: ("mile", 1609.344),
    9096: ("yard", 0.9144),
}
_ANGLES = {9101: "radian", 9102: "degree", 9105: "grad", 9106: "grad", 9122: "degree"}
_IN_METRES = (
    range(2154, 2155), range(2056, 2057), range(3034, 3036), range(3857, 3858), range(5514, 5515), range(21781, 21782),
    range(25828, 25839), range(26901, 26924), range(27700, 27701), range(28992, 28993), range(31465, 31470),
    range(32601, 32661), range(32701, 32761),
)  # fmt: skip
"""Numbers of well-known systems in metres: UTM, and some national ones; for files that leave the unit out."""
_STRETCHED = (900913, 3785, 3857, 54004, 3395, 102100, 102113)
"""Mercator's: a metre of the map is less than one on the ground, the less the farther from the equator."""
_UTM_NAMES = {
    r"WGS_1984_UTM_Zone_(\d+)N": 32600,
    r"WGS_1984_UTM_Zone_(\d+)S": 32700,
    r"ETRS_1989_UTM_Zone_(\d+)N": 25800,
}
"""What Esri calls systems in texts without numbers."""


@dataclass(frozen=True, slots=True)
class CoordinateSystem:
    """Which coordinate system a map has.

    Attributes:
        epsg: Its number, or None.
        wkt: Its definition as a text, or "".
        name: What the file calls it, or "".
        unit: Of the coordinates, in English and singular, such as "metre" or "degree"; "" where the file does not say.
        metres: Length of one unit; None of an angle, and where it is not known.
    """

    epsg: int | None = None
    wkt: str = ""
    name: str = ""
    unit: str = ""
    metres: float | None = None

    @property
    def title(self) -> str:
        """As short as it can be said; "" where nothing is known."""
        return f"EPSG:{self.epsg}" if self.epsg is not None else self.name

    @property
    def is_true_to_scale(self) -> bool:
        """Whether areas on the map are, nearly, those on the ground; of maps in metres or feet, Mercator's are not."""
        is_stretched = self.epsg in _STRETCHED or _is_mercator(self.wkt) or _is_mercator(self.name)
        return self.metres is not None and not is_stretched


def _is_mercator(text: str) -> bool:
    plain = re.sub(r"[\s_]+", " ", text.casefold())
    return bool(re.search(r"(?<!transverse )(?<!oblique )mercator", plain))


class GeoKeys:
    """The keys of a GeoTIFF; what is wrong in the directory counts as not there.

    Args:
        directory: Values of tag 34735.
        doubles: Of tag 34736.
        texts: Of tag 34737.
    """

    def __init__(self, directory: Sequence[int], doubles: Sequence[float] = (), texts: str = "") -> None:
        self._values: dict[int, int | float | str] = {}
        if len(directory) < 4 or directory[0] != 1:
            return
        entries = directory[4 : 4 + 4 * directory[3]]
        for place in range(0, len(entries) - 3, 4):
            key, where, count, value = entries[place : place + 4]
            if where == _SHORTS_AT and count == 1:
                self._values[key] = value
            elif where == _DOUBLES_AT and value < len(doubles):
                self._values[key] = doubles[value]
            elif where == _TEXTS_AT:
                self._values[key] = texts[value : value + count].split("\0")[0].rstrip("|").strip()

    @property
    def is_point(self) -> bool:
        """Whether coordinates are of the centres of pixels."""
        return self._values.get(_RASTER_TYPE) == _POINT

    def system(self) -> CoordinateSystem | None:
        """The coordinate system; None if nothing is said of one."""
        projected, geographic = self._code(_PROJECTED), self._code(_GEOGRAPHIC)
        kind = self._values.get(_MODEL) or (1 if projected else 2 if geographic else 0)
        if kind == 1:
            return self._projected(projected)
        if kind == _USER_DEFINED:  # as GDAL writes texts of Esri
            text = self._text(_PROJECTED_CITATION)
            esri = system_of_wkt(text.removeprefix(_ESRI_TEXT)) if text.startswith(_ESRI_TEXT) else None
            if esri is not None:
                return esri
        if kind == 2:
            return self._described(geographic, _GEOGRAPHIC_CITATION, self._angle(), None)
        name = self._text(_CITATION)
        return CoordinateSystem(name=name) if name else None

    def _projected(self, code: int | None) -> CoordinateSystem:
        unit, metres = self._length(code)
        return self._described(code, _PROJECTED_CITATION, unit, metres)

    def _described(self, code: int | None, citation: int, unit: str, metres: float | None) -> CoordinateSystem:
        names = [text for text in (self._text(citation), self._text(_CITATION)) if text]
        for text in names:
            if text.startswith(_ESRI_TEXT):
                found = system_of_wkt(text.removeprefix(_ESRI_TEXT))
                if found is not None:
                    number = found.epsg if code in (None, _USER_DEFINED) else code
                    return CoordinateSystem(number, found.wkt, found.name, unit or found.unit, metres or found.metres)
        is_own = code is None or code == _USER_DEFINED
        return CoordinateSystem(None if is_own else code, "", names[0] if names else "", unit, metres)

    def _length(self, code: int | None) -> tuple[str, float | None]:
        unit, size = self._code(_LINEAR), self._values.get(_LINEAR_SIZE)
        if unit in _LENGTHS:
            return _LENGTHS[unit]
        if unit == _USER_DEFINED and isinstance(size, float) and math.isfinite(size) and size > 0:
            return next(((name, one) for name, one in _LENGTHS.values() if math.isclose(one, size)), ("unit", size))
        if unit is None and code is not None and any(code in numbers for numbers in _IN_METRES):
            return "metre", 1.0
        return "", None

    def _angle(self) -> str:
        unit = self._code(_ANGULAR)
        return "degree" if unit is None else _ANGLES.get(unit, "")

    def _code(self, key: int) -> int | None:
        value = self._values.get(key)
        return value if isinstance(value, int) and value > 0 else None

    def _text(self, key: int) -> str:
        value = self._values.get(key)
        return value if isinstance(value, str) else ""


_UNIT = re.compile(r'[\[\](),]|"(?:[^"]|"")*"|[A-Za-z]+')
_ROOTS = {"PROJCS": False, "PROJCRS": False, "GEOGCS": True, "GEOGCRS": True, "GEODCRS": True}
_NUMBER = re.compile(r'(?:AUTHORITY\s*\[\s*"EPSG"\s*,\s*"(\d+)"|ID\s*\[\s*"EPSG"\s*,\s*(\d+))[^\]]*\]\s*\]\s*$', re.I)
_SIZED = re.compile(r'\s*[\[(]\s*"([^"]*)"\s*,\s*([-+.\deE]+)')


def system_of_wkt(text: str) -> CoordinateSystem | None:
    """The coordinate system of a text in WKT, of either version or Esri's; None if it is none."""
    text = text.strip("\ufeff\0 \t\r\n")
    root = re.match(r'([A-Za-z_]+)\s*[\[(]\s*"([^"]*)"', text)
    if root is None:
        return None
    kinds = [kind for kind in re.findall(r"[A-Z]+", re.sub(r'"[^"]*"', "", text).upper()) if kind in _ROOTS]
    if not kinds:
        return None
    found = _NUMBER.search(text)
    epsg = int(found[1] or found[2]) if found else _by_name(root[2])
    unit, size = _unit(text)
    if _ROOTS[kinds[0]]:
        return CoordinateSystem(epsg, text, root[2], "degree" if "deg" in unit.casefold() else unit, None)
    name = next((name for name, one in _LENGTHS.values() if size is not None and math.isclose(one, size)), unit)
    return CoordinateSystem(epsg, text, root[2], name, size)


def _by_name(name: str) -> int | None:
    if name in ("GCS_WGS_1984", "WGS_1984"):
        return 4326
    for pattern, first in _UTM_NAMES.items():
        found = re.fullmatch(pattern, name)
        if found and 1 <= int(found[1]) <= 60:
            return first + int(found[1])
    return None


def _unit(text: str) -> tuple[str, float | None]:
    """The outermost unit, which is that of the coordinates, and its size."""
    depth, best = 0, 1 << 30
    unit: tuple[str, float | None] = ("", None)
    for part in _UNIT.finditer(text):
        word = part[0]
        depth += (word in "[(") - (word in "])")
        if word.upper() in ("UNIT", "LENGTHUNIT", "ANGLEUNIT") and depth < best:
            sized = _SIZED.match(text, part.end())
            if sized is not None:
                best, unit = depth, (sized[1], _positive(sized[2]))
    return unit


def _positive(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and value > 0 else None
