"""Commands of the models of a project: seen with what each made, compared, adopted, renamed, deleted."""

from __future__ import annotations

from acseg_desktop.language.words import Words

tr = Words("Models")

_FRESHEN_MS = 300
