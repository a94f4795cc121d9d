"""Pointer tools of the canvas: each a small object that gets its mouse and wheel events and draws its own preview."""
