"""The models of a project: listed, added, renamed, deleted; and another one adopted."""

from __future__ import annotations
