"""Styles that QGIS finds in a GeoPackage, so that its layers have the colours of the labels when they are opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping
from contextlib import closing
from pathlib import Path
from xml.sax.saxutils import quoteattr

_OPACITY = 0.6
_TABLE = """CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT, f_table_schema TEXT, f_table_name TEXT,
    f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
    owner TEXT, ui TEXT, update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))"""
STYLES = "layer_styles"
"""The table, which is among the layers of the file."""


def add_styles(file: Path, layers: Collection[str], *, field: str, colors: Mapping[str, str]) -> None:
    """Give each layer a style as its default.

    Args:
        file: A GeoPackage that nobody has open.
        layers: Their names.
        field: That tells features apart.
        colors: "#rrggbb" by value of the field.

    Raises:
        OSError: It cannot be written.
    """
    style = style_text(field, colors)
    rows = [("", "", layer, "geom", "labels", style, "", True, "", "") for layer in layers]
    try:
        with closing(sqlite3.connect(file)) as database, database:
            database.execute(_TABLE)
            database.executemany(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName,"
                " styleQML, styleSLD, useAsDefault, description, owner) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows,
            )
            database.execute(
                "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES (?, 'attributes', ?)",
                (STYLES, STYLES),
            )
    except sqlite3.OperationalError as error:
        raise OSError(None, f"the styles cannot be written: {error}") from error


def style_text(field: str, colors: Mapping[str, str]) -> str:
    """A style in QGIS's own form: a colour for each value of a field."""
    categories = "".join(
        f"<category value={_text(value)} label={_text(value)} symbol={_text(str(number))} render='true'/>"
        for number, value in enumerate(colors)
    )
    symbols = "".join(_symbol(number, color) for number, color in enumerate(colors.values()))
    return (
        "<!DOCTYPE qgis><qgis version='3.22' styleCategories='Symbology'>"
        f"<renderer-v2 type='categorizedSymbol' attr={_text(field)} symbollevels='0' enableorderby='0' forceraster='0'>"
        f"<categories>{categories}</categories><symbols>{symbols}</symbols></renderer-v2></qgis>"
    )


def _symbol(number: int, color: str) -> str:
    """A filled polygon; the settings are there twice, as versions of QGIS before 3.26 look for ``prop``."""
    red, green, blue = bytes.fromhex(color[1:])
    settings = {
        "color": f"{red},{green},{blue},255",
        "outline_color": f"{red // 2},{green // 2},{blue // 2},255",
        "outline_style": "solid",
        "outline_width": "0.2",
        "outline_width_unit": "MM",
        "style": "solid",
    }
    new = "".join(f"<Option type='QString' name='{name}' value='{value}'/>" for name, value in settings.items())
    old = "".join(f"<prop k='{name}' v='{value}'/>" for name, value in settings.items())
    return (
        f"<symbol type='fill' name='{number}' alpha='{_OPACITY}' clip_to_extent='1'>"
        f"<layer class='SimpleFill' enabled='1' locked='0' pass='0'><Option type='Map'>{new}</Option>{old}</layer>"
        "</symbol>"
    )


def _text(value: str) -> str:
    """As an attribute, without what XML cannot hold."""
    return quoteattr("".join(each if each >= " " else "?" for each in value).encode("utf-8", "replace").decode())
