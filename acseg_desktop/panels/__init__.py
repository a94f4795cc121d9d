"""Docks and pages of the window: image strip, labels, regions, start page."""
