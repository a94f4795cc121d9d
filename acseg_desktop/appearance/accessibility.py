"""Roles of painted widgets for screen readers: Qt knows them of its own widgets only."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_ROLES = {
    "ImageCanvas": QAccessible.Role.Canvas,
    "ClusterGrid": QAccessible.Role.List,
    "SplitBar": QAccessible.Role.Chart,
    "BarRows": QAccessible.Role.Chart,
    "Columns": QAccessible.Role.Chart,
}
"""Role by the name of the class; this module needs to import none of them."""

_kept: list[QAccessibleInterface] = []
"""Interfaces that Qt deletes with their widgets; Python must not do so before."""
_is_installed = False


def describe_roles() -> None:
    """Tell Qt, once, what painted widgets are; names and descriptions are those the widgets have."""
    global _is_installed  # noqa: PLW0603 - Qt has one list of factories for the whole program
    if not _is_installed:
        _is_installed = True
        QAccessible.installFactory(_interface)


def _interface(class_name: str, thing: QObject) -> QAccessibleInterface | None:
    role = _ROLES.get(class_name)
    if role is None or not isinstance(thing, QWidget):
        return None
    made = QAccessibleWidget(thing, role, thing.accessibleName())
    _kept.append(made)
    return made
