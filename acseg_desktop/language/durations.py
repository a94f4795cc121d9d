"""Durations as people say them; no Qt, so that the command line says them alike."""

from __future__ import annotations


def clock_text(seconds: float) -> str:
    """A running time: "0:05", "12:30", "1:02:03"."""
    whole = int(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


def duration_text(seconds: float) -> str:
    """A length of time, as exactly as it matters: "45 s", "3 min 20 s", "12 min", "1 h 05 min", "30 h"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 600:
        minutes, rest = divmod(whole, 60)
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 600:
        return f"{minutes // 60} h {minutes % 60:02} min" if minutes % 60 else f"{minutes // 60} h"
    return f"{round(seconds / 3600):,} h"


def pace_text(images_per_hour: float) -> str:
    """How many images an hour: "34 images/h", "1.5 images/h"."""
    count = f"{images_per_hour:,.0f}" if images_per_hour >= 10 else f"{images_per_hour:.1f}".removesuffix(".0")
    return f"{count} {'image' if count == '1' else 'images'}/h"
