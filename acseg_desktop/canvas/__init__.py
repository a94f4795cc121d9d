"""The image canvas: a photo, its regions in colour, and selecting them by mouse and keyboard."""

from acseg_desktop.canvas.view import ImageCanvas

__all__ = ["ImageCanvas"]
