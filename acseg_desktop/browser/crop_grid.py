"""The grid of crops: sections one below another, painted where they are seen, walked by keys and mouse.

It stays one module although it is long: keys, mouse and painting all go by where one is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from acseg_core.store.queries.cluster_queries import NO_CLUSTER
from acseg_core.types import DoubtfulName, Label, Region, RegionStatus
from acseg_desktop.appearance.scaling import text_scale
from acseg_desktop.browser.crop_texts import CellText, cell_text, crop_in_words, header_in_words
from acseg_desktop.browser.crops import CropCache
from acseg_desktop.browser.delegate import CellState, paint_cell, paint_header
from acseg_desktop.browser.layout import CELL, IN_HEADER, LEAST_CELL, MOST_CELL, GridLayout, Spot
from acseg_desktop.browser.model import FLAT, ClusterModel
from acseg_desktop.jobs import Job
from acseg_desktop.language.words import Words

tr = Words("Concept browser")

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ADDING = Qt.KeyboardModifier.ControlModifier
_EXTENDING = Qt.KeyboardModifier.ShiftModifier
_CELL_STEP = 12
"""By how much a notch of the wheel makes tiles larger or smaller, in pixels."""


class ClusterGrid(QAbstractScrollArea):
    """Shows the model's sections; whole clusters are selected by their headers, or single regions by their crops.

    Signals:
        selection_changed(): Other clusters or regions are selected.
        region_activated(Region): A crop was double-clicked.
        menu_requested(QPoint): The right button was pressed, or the menu key; a point of the screen.
        cell_changed(int): Tiles have another size now.
    """

    selection_changed = Signal()
    region_activated = Signal(object)
    menu_requested = Signal(object)
    cell_changed = Signal(int)

    def __init__(
        self,
        model: ClusterModel,
        crops: CropCache,
        labels: Callable[[], Mapping[int, Label]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model, self._crops, self._labels = model, crops, labels
        self.clusters: frozenset[int] = frozenset()
        """Sections selected as wholes, by key."""
        self.regions: frozenset[int] = frozenset()
        """Regions selected one by one; never beside clusters."""
        self._place = Spot(0)
        self._place_key: int | None = None
        self._anchor = Spot(0)
        self._unfolded: set[int] = set()
        self._hovered: Spot | None = None
        self._toggles: dict[int, QRect] = {}
        self.cell = CELL
        """Side of a tile in text of the usual size, in pixels."""
        self._layout = GridLayout((), width=1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(tr("Clusters"))
        model.listed.connect(self._on_listed)
        model.members_changed.connect(self.viewport().update)
        crops.loaded.connect(self.viewport().update)

    # Selection

    @property
    def place(self) -> Spot:
        """Where the keys are."""
        return self._place

    @property
    def current_region(self) -> Region | None:
        """The region the keys are on; on a header, the cluster's most typical one."""
        if not self._layout.sections:
            return None
        return self._model.region(self._place.section, max(0, self._place.cell))

    @property
    def grid_layout(self) -> GridLayout:
        """Where everything is."""
        return self._layout

    def spot_rect(self, spot: Spot) -> QRect:
        """Where a spot is in the viewport."""
        box = self._layout.box(spot)
        return QRect(box.left, box.top - self.verticalScrollBar().value(), box.width, box.height)

    def go(self, spot: Spot, *, add: bool = False, extend: bool = False) -> None:
        """Move to a spot and select it, add it to the selection, or select up to it from where one was."""
        if not self._layout.sections:
            return
        if not extend:
            self._anchor = spot
        self._set_place(spot)
        self._reveal(spot)
        key = self._model.sections[spot.section].key
        if spot.cell == IN_HEADER and extend and self._anchor.cell == IN_HEADER and key not in FLAT:
            first, last = sorted((min(self._anchor.section, self._layout.sections - 1), spot.section))
            between = {section.key for section in self._model.sections[first : last + 1]}
            self._choose(clusters=self.clusters | between if add else between)
        elif spot.cell == IN_HEADER:
            self._choose(
                clusters=self.clusters ^ {key} if add else frozenset({key}) if key not in FLAT else frozenset()
            )
        elif extend and self._anchor.section == spot.section and self._anchor.cell != IN_HEADER:
            first, last = sorted((self._anchor.cell, spot.cell))
            before = self.regions if add else frozenset()
            self._model.between(
                spot.section, first, last, lambda found: self._choose(regions=before | {each.id for each in found})
            )
        else:
            region = self._model.region(spot.section, spot.cell)
            if region is None:
                self._model.between(spot.section, spot.cell, spot.cell, lambda found: self._choose_late(spot, found))
            else:
                self._choose(regions=self.regions ^ {region.id} if add else frozenset({region.id}))

    def select_all(self) -> None:
        """Select the whole cluster the keys are in; among regions like one, all of them."""
        if not self._layout.sections:
            return
        section = self._model.sections[self._place.section]
        if section.key not in FLAT:
            self._choose(clusters=frozenset({section.key}))
            return
        self._model.between(
            self._place.section, 0, section.count - 1, lambda found: self._choose(regions={each.id for each in found})
        )

    def go_on(self) -> None:
        """Select the cluster after those selected, without waiting for what is done with these."""
        places = [place for place, section in enumerate(self._model.sections) if section.key in self.clusters]
        if places and places[-1] + 1 < self._layout.sections:
            self.go(Spot(places[-1] + 1))

    def go_back(self, keys: frozenset[int], *, unless_left: frozenset[int]) -> None:
        """Select sections that were left for others, unless the user is elsewhere by now."""
        places = [place for place, section in enumerate(self._model.sections) if section.key in keys]
        if places and self.clusters == unless_left and keys != unless_left:
            self.go(Spot(places[0]))
            self._choose(clusters=keys)

    def set_cell(self, side: int) -> None:
        """Make the tiles larger or smaller; where the keys are stays where it is on the screen."""
        side = min(MOST_CELL, max(LEAST_CELL, side))
        if side == self.cell:
            return
        bar, has_place = self.verticalScrollBar(), self._place.section < self._layout.sections
        top = self._layout.box(self._place).top - bar.value() if has_place else 0
        self.cell = side
        self._lay_out()
        if has_place:
            shown = int(self._layout.shown[self._place.section])
            self._set_place(Spot(self._place.section, min(self._place.cell, shown - 1)))
            bar.setValue(self._layout.box(self._place).top - top)
            self._reveal(self._place)
        self.cell_changed.emit(side)

    def drop_decided(self, region_ids: Collection[int], saving: Job) -> None:
        """Take away doubtful names that were decided about, and go on to the one that comes into their place."""
        cells = [cell for cell, region in enumerate(self._model.doubts.regions) if region.id in set(region_ids)]
        self._model.doubts.drop(region_ids, saving)
        if self._model.doubts.regions:
            self.go(Spot(0, min(cells[0] if cells else 0, len(self._model.doubts.regions) - 1)))

    def unfold(self, section: int) -> None:
        """Show all of a section, or only its first rows again."""
        self._unfolded ^= {self._model.sections[section].key}
        self._lay_out()

    def _choose_late(self, spot: Spot, found: list[Region]) -> None:
        if spot == self._place:
            self._choose(regions={each.id for each in found})

    def _choose(self, *, clusters: Collection[int] = (), regions: Collection[int] = ()) -> None:
        before = self.clusters, self.regions
        self.clusters, self.regions = frozenset(clusters), frozenset(regions)
        self._describe()
        self.viewport().update()
        if before != (self.clusters, self.regions):
            self.selection_changed.emit()

    def _set_place(self, spot: Spot) -> None:
        self._place = spot
        sections = self._model.sections
        self._place_key = sections[spot.section].key if spot.section < len(sections) else None
        self._model.held.place_key = self._place_key

    def _describe(self) -> None:
        if not self._layout.sections:
            return
        section, cell = self._model.sections[self._place.section], self._place.cell
        if cell == IN_HEADER:
            self.setAccessibleDescription(header_in_words(section))
            return
        region = self._model.region(self._place.section, cell)
        doubt = self._doubt_of(region) if region is not None else None
        words = crop_in_words(region, self._labels(), doubt=doubt, cell=cell, section=section)
        self.setAccessibleDescription(words)

    def _doubt_of(self, region: Region) -> DoubtfulName | None:
        return self._model.doubts.of(region.id) if self._model.shows_doubtful_names else None

    # Following the model

    def _on_listed(self) -> None:
        """Stay where one was: with the same cluster, wherever it is now, or where it was if it is gone."""
        top = self._layout.box(self._place).top if self._place.section < self._layout.sections else 0
        self._lay_out()
        sections = self._model.sections
        known = {section.key for section in sections}
        if not sections:
            self._set_place(Spot(0))
            self._choose()
            return
        place = self._place
        if self._place_key in known:
            section = self._model.section_of(self._place_key) or 0
            cell = min(place.cell, int(self._layout.shown[section]) - 1)
            place = Spot(section, cell)
        elif FLAT & known:
            place = Spot(0, 0)
            self.verticalScrollBar().setValue(0)
        else:
            place = Spot(min(place.section, len(sections) - 1))
        same = self._place_key == sections[place.section].key
        if same:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self._layout.box(place).top - top)
        self._set_place(place)
        self._anchor = self._anchor if same and self._anchor.section == place.section else place
        if same and (self.regions or not self.clusters or self.clusters & known):
            self._choose(clusters=self.clusters & known, regions=self.regions)
            if self.regions:
                # Those taken out are shown below all clusters: the next key must not be for them.
                in_rest = self._place_key == NO_CLUSTER
                self._model.still_shown(self.regions, partial(self._keep_shown, self.regions), with_rest=in_rest)
            return
        self.go(place)

    def _keep_shown(self, asked: frozenset[int], shown: frozenset[int]) -> None:
        """Deselect what left: taken out, gone, or hidden by the filter; the next key must not be for it."""
        if self.regions == asked and shown != asked:
            self._choose(regions=shown)

    def _lay_out(self) -> None:
        sections = self._model.sections
        unfolded = [i for i, section in enumerate(sections) if section.key in self._unfolded | FLAT]
        self._layout = GridLayout(
            [section.count for section in sections],
            width=self.viewport().width(),
            unfolded=unfolded,
            scale=text_scale(),
            cell=self.cell,
        )
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._layout.height - self.viewport().height()))
        side = self._layout.cell_side
        bar.setSingleStep(side // 2)
        bar.setPageStep(max(side, self.viewport().height() - side))
        self._hovered = None
        self.viewport().update()

    def _reveal(self, spot: Spot) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(self._layout.reveal(spot, top=bar.value(), height=self.viewport().height()))

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew; what was at the top stays there."""
        top = self._layout.hit(20, self.verticalScrollBar().value())
        super().resizeEvent(event)
        self._lay_out()
        if top is not None and top.section < self._layout.sections:
            self.verticalScrollBar().setValue(self._layout.header(top.section).top)

    def changeEvent(self, event: QEvent) -> None:
        """Text of another size needs other room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._layout.sections:
            self._lay_out()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sections that are seen; crops that are not there yet are asked for."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        offset = self.verticalScrollBar().value()
        self._toggles.clear()
        labels = self._labels()
        for section, cells in self._layout.visible(offset, offset + self.viewport().height()):
            self._paint_header(painter, section, labels)
            for cell in cells:
                self._paint_cell(painter, Spot(section, cell), labels)
        painter.end()

    def _paint_header(self, painter: QPainter, number: int, labels: Mapping[int, Label]) -> None:
        section, spot = self._model.sections[number], Spot(number)
        state = CellState(
            selected=section.key in self.clusters,
            current=self.hasFocus() and spot == self._place,
            hovered=spot == self._hovered,
        )
        toggle = ""
        if section.key not in FLAT and section.count > self._layout.shown[number]:
            toggle = tr("Show all %Ln", section.count)
        elif section.key in self._unfolded:
            toggle = tr("Show fewer")
        found = paint_header(painter, self.spot_rect(spot), section, labels, state, toggle=toggle)
        if toggle:
            self._toggles[number] = found

    def _paint_cell(self, painter: QPainter, spot: Spot, labels: Mapping[int, Label]) -> None:
        region = self._model.region(spot.section, spot.cell)
        state = CellState(
            selected=region is not None and region.id in self.regions,
            current=self.hasFocus() and spot == self._place,
            hovered=spot == self._hovered,
        )
        if region is None:
            paint_cell(painter, self.spot_rect(spot), None, CellText(), state)
            return
        text = cell_text(region, labels, similarity=self._model.similarity(spot.cell), doubt=self._doubt_of(region))
        is_dim = region.status is RegionStatus.REJECTED
        paint_cell(painter, self.spot_rect(spot), self._crops.get(region), text, state, dim=is_dim)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl tiles become larger or smaller."""
        self._model.held.go_on()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            notches = event.angleDelta().y() / 120
            self.set_cell(self.cell + round(_CELL_STEP * notches))
            event.accept()
            return
        super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of what is selected; the right button selects what is under it before, if it is not."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            spot = self._spot_at(event.pos())
            if spot is None or not self._is_chosen(spot):
                self.go(spot) if spot is not None else self._choose()
        self.menu_requested.emit(event.globalPos())

    def _is_chosen(self, spot: Spot) -> bool:
        if spot.cell == IN_HEADER:
            return self._model.sections[spot.section].key in self.clusters
        region = self._model.region(spot.section, spot.cell)
        return region is not None and region.id in self.regions

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select, unfold, or drop the selection."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        spot = self._spot_at(event.position().toPoint())
        if spot is None:
            return
        if spot.cell == IN_HEADER and self._toggle_at(event.position().toPoint()) == spot.section:
            self.unfold(spot.section)
            return
        self.go(spot, add=bool(event.modifiers() & _ADDING), extend=bool(event.modifiers() & _EXTENDING))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Tell which crop it was."""
        spot = self._spot_at(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or spot is None or event.modifiers() & (_ADDING | _EXTENDING):
            self.mousePressEvent(event)
            return
        if spot.cell == IN_HEADER:
            self.unfold(spot.section)
            return
        region = self._model.region(spot.section, spot.cell)
        if region is not None:
            self.region_activated.emit(region)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark what is under the cursor; it stays there while one is on the way to it."""
        self._model.held.go_on()
        self._hover(self._spot_at(event.position().toPoint()))
        over_toggle = self._toggle_at(event.position().toPoint()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over_toggle else Qt.CursorShape.ArrowCursor)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the cursor."""
        self._hover(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Home and End jump, Space unfolds, Ctrl+A selects all."""
        if not self._layout.sections:
            super().keyPressEvent(event)
            return
        modifiers = event.modifiers()
        arrow = _ARROWS.get(Qt.Key(event.key()))
        if arrow is not None:
            spot = self._layout.step(self._place, across=arrow[0], down=arrow[1])
            self.go(spot, extend=bool(modifiers & _EXTENDING))
        elif event.key() == Qt.Key.Key_Home:
            self.go(Spot(0))
        elif event.key() == Qt.Key.Key_End:
            self.go(Spot(self._layout.sections - 1))
        elif event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._turn_page(down=event.key() == Qt.Key.Key_PageDown)
        elif event.key() == Qt.Key.Key_Space:
            self.unfold(self._place.section)
            self._reveal(self._place)
        elif event.key() == Qt.Key.Key_A and modifiers & _ADDING:
            self.select_all()
        else:
            super().keyPressEvent(event)

    def _turn_page(self, *, down: bool) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + (bar.pageStep() if down else -bar.pageStep()))
        section = self._layout.section_at(bar.value() + (0 if bar.value() == 0 else self._layout.cell_side))
        if section is not None:
            self.go(Spot(section))

    def focusInEvent(self, event: QEvent) -> None:
        """Show where the keys are."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.viewport().update()

    def focusOutEvent(self, event: QEvent) -> None:
        """Show that they are elsewhere."""
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.viewport().update()

    def _hover(self, spot: Spot | None) -> None:
        if spot != self._hovered:
            self._hovered = spot
            self.viewport().update()

    def _spot_at(self, point: QPoint) -> Spot | None:
        return self._layout.hit(point.x(), point.y() + self.verticalScrollBar().value())

    def _toggle_at(self, point: QPoint) -> int | None:
        return next((section for section, box in self._toggles.items() if box.contains(point)), None)
