"""The image canvas: a photo, its regions in colour, and selecting and drawing them by mouse and keyboard."""
