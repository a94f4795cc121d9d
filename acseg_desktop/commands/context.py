"""Command context: the parts of one window that every command may work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from acseg_desktop.canvas.view import ImageCanvas
from acseg_desktop.canvas.viewer import ImageViewer
from acseg_desktop.commands.drawing_session import DrawingSession
from acseg_desktop.image_list.model import ImageListModel
from acseg_desktop.jobs import Jobs
from acseg_desktop.operations.proposing import SegmenterCache
from acseg_desktop.panels.banner_stack import BannerStack
from acseg_desktop.panels.label_search import LabelSearch
from acseg_desktop.preferences import Preferences
from acseg_desktop.session import Session


@dataclass(frozen=True, slots=True)
class CommandContext:
    """The parts of one window.

    Attributes:
        drawing: The label of regions that are drawn.
        say: Shows a passing message in the status bar.
        refresh: Enables the actions that make sense now.
        action_of: An action of the menus by its id.
        key_of: How the key of an action is written, for hints; where it has none, its place in the menus.
    """

    window: QMainWindow
    jobs: Jobs
    session: Session
    canvas: ImageCanvas
    viewer: ImageViewer
    images: ImageListModel
    search: LabelSearch
    banners: BannerStack
    preferences: Preferences
    segmenters: SegmenterCache
    drawing: DrawingSession
    say: Callable[[str], None]
    refresh: Callable[[], None]
    key_of: Callable[[str], str]
    action_of: Callable[[str], QAction]
