"""The offer to split a region in several parts when it gets the name of a thing: each may be one of its own."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QObject

from acseg_core.types import Label, OpChanges, Region
from acseg_core.verbs import Verb
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.language.words import Words
from acseg_desktop.operations import shapes
from acseg_desktop.panels.banner import Notice

tr = Words("Shapes")

_NAMING = frozenset({Verb.NAME_REGIONS, Verb.ACCEPT_SUGGESTIONS})


class PartsOffer(QObject):
    """Asks in the bar above the image, once a region; no more when the image changes or nothing is left to split."""

    def __init__(self, context: CommandContext, split_all: Callable[[Collection[int]], None]) -> None:
        """Make it; ``split_all`` splits regions of the image."""
        super().__init__(context.window)
        self._context, self._split_all = context, split_all
        self._named: frozenset[int] = frozenset()
        self._asked: frozenset[int] = frozenset()
        context.session.edited.connect(self._on_edited)
        context.session.closing.connect(self._on_closing)
        context.viewer.regions_shown.connect(self._on_regions)
        context.viewer.image_shown.connect(lambda _record: self._ask(frozenset()))

    def _on_edited(self, changes: OpChanges) -> None:
        if changes.verb in _NAMING and self._context.viewer.image_id in changes.image_ids:
            self._named = changes.region_ids

    def _on_closing(self) -> None:
        self._named = self._asked = frozenset()

    def _on_regions(self) -> None:
        wanted, self._named = self._named | self._asked, frozenset()
        if wanted or self._asked:
            self._ask(frozenset(region.id for region in self._in_parts(wanted)))

    def _in_parts(self, region_ids: frozenset[int]) -> list[Region]:
        parts, viewer = self._context.viewer.parts, self._context.viewer
        return [
            region
            for region in viewer.regions
            if region.id in region_ids
            and not region.is_together
            and parts.get(region.id, 1) > 1
            and (label := self._label(region)) is not None
            and label.is_thing
        ]

    def _label(self, region: Region) -> Label | None:
        return self._context.session.labels.get(region.label_id or 0)

    def _ask(self, region_ids: frozenset[int]) -> None:
        self._asked = region_ids
        regions = self._in_parts(region_ids)
        banner = self._context.banners.parts
        if not regions:
            banner.show_notice(None)
            return
        label = self._label(regions[0])
        count = self._context.viewer.parts[regions[0].id]
        if len(regions) == 1 and label is not None:
            text = tr("This “{label}” has %Ln part(s). Is each one a separate object?", count).format(label=label.name)
        else:
            text = tr("%Ln of these regions (has,have) several parts. Is each part a separate object?", len(regions))
        split = tr("Split ({key})").format(key=self._context.key_of("region.components"))
        banner.show_notice(
            Notice(
                text,
                "scatter-plot-outline",
                ((split, self._split), (tr("Keep together"), self._keep)),
                can_dismiss=False,
            )
        )

    def _split(self) -> None:
        regions, self._asked = self._asked, frozenset()
        self._context.banners.parts.show_notice(None)
        if self._context.session.can_edit:
            self._split_all(regions)

    def _keep(self) -> None:
        regions = [region.id for region in self._in_parts(self._asked)]
        self._ask(frozenset())
        if regions and self._context.session.can_edit:
            shapes.keep_together(self._context.session, regions)
