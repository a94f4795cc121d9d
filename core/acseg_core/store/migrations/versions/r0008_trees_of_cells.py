"""Concept trees of cells are stored in another form; see `proposals.tree_bytes`.

No table changes, and the trees of before stay as they are: both forms are read. The number is for the versions before,
which would take a tree of cells for damage: they say instead that the project is from a newer version.
"""

from __future__ import annotations

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Change nothing."""
