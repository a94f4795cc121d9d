"""The concept browser's page: bar with filters and slider, the grid, and what can be done with the selection.

It stays one module although it is long: the room that its bars share is reckoned in one place.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSlider,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from acseg_core.store.queries.cluster_queries import NO_CLUSTER
from acseg_desktop.appearance.icons import SMALL, icon
from acseg_desktop.appearance.plain_text import PlainLabel, tip
from acseg_desktop.browser.crop_grid import ClusterGrid
from acseg_desktop.browser.crops import CropCache
from acseg_desktop.browser.empty_state import EmptyState
from acseg_desktop.browser.filter_bar import FilterBar
from acseg_desktop.browser.fineness_bar import FinenessBar, cluster_count
from acseg_desktop.browser.layout import LEAST_CELL, MOST_CELL
from acseg_desktop.browser.model import ClusterModel
from acseg_desktop.language.words import Words, number
from acseg_desktop.panels.granularity_bar import count_text
from acseg_desktop.session import Session

tr = Words("Concept browser")

_SPACING, _MARGIN = 8, 8
_TILE_SLIDER = 44
"""Width of the slider for the size of tiles, in pixels."""


class ConceptBrowser(QWidget):
    """The page that takes the canvas's place.

    Signals:
        back_requested(): To where one was.
    """

    back_requested = Signal()

    def __init__(
        self,
        session: Session,
        *,
        group: QAction,
        propose: QAction,
        leave: QAction,
        verbs: Sequence[QAction],
        doubt_verbs: Sequence[QAction],
        parent: QWidget | None = None,
    ) -> None:
        """Make the page.

        Args:
            session: The open project.
            group: Groups all regions.
            propose: Proposes regions.
            leave: Goes back; its key is said.
            verbs: What can be done with a selection; the first one is the usual one.
            doubt_verbs: The same among doubtful names.
            parent: The window.
        """
        super().__init__(parent)
        self._session, self._group, self._propose, self._leave = session, group, propose, leave
        self._find_salience = QAction(tr("Analyse images"), self)
        self._show_all = QAction(self)
        self.model = ClusterModel(session, self)
        self.crops = CropCache(session, self)
        self.grid = ClusterGrid(self.model, self.crops, lambda: session.labels)
        self.filters, self.fineness, self.empty = FilterBar(), FinenessBar(), EmptyState()
        self.back, self.title, self.facts = QToolButton(), PlainLabel(tr("Concept browser")), PlainLabel()
        self.note, self.selection_text, self.progress = QPushButton(), PlainLabel(), PlainLabel()
        self.tile_size = QSlider(Qt.Orientation.Horizontal)
        self._verbs, self._doubt_verbs = list(verbs), list(doubt_verbs)
        self._named: tuple[int, int] | None = None
        self._all_buttons: list[QToolButton] = []
        self._buttons: list[QToolButton] = []
        """Buttons that are offered now."""
        self.body = QStackedWidget()
        self.body.addWidget(self.grid)
        self.body.addWidget(self.empty)
        self._lay_out()
        self.back.clicked.connect(self.back_requested)
        self.filters.changed.connect(self.model.set_filter)
        self.filters.doubtful_names_requested.connect(self.model.show_doubtful_names)
        for box in self.filters.boxes:
            box.activated.connect(lambda _row: self.take_focus())
        self._show_all.triggered.connect(self.filters.reset)
        self._find_salience.triggered.connect(self.model.salience_wanted)
        for action in (group, propose):
            action.enabledChanged.connect(self.empty.follow)
        self.model.listed.connect(self.refresh)
        self.grid.selection_changed.connect(self._show_selection)
        session.changed.connect(lambda changes: self.filters.show_labels(session.labels) if changes.labels else None)
        session.opened.connect(lambda: self.filters.show_labels(session.labels))
        session.closing.connect(self._on_closing)
        self.refresh_icons()
        self.refresh()

    def refresh(self) -> None:
        """Show what the model has."""
        model, overview = self.model, self.model.overview
        is_flat = model.is_flat
        self.title.setText(self._heading())
        self.back.setToolTip(self._leave.toolTip())
        has_clusters = overview is not None and overview.clustered > 0
        for widget in (self.filters, self.fineness):
            widget.setVisible(has_clusters and not is_flat)
        self.note.setVisible(has_clusters and not is_flat and model.ungrouped > 0)
        self.note.setAccessibleName(tr("Group %Ln more region(s)", model.ungrouped))
        self.note.setToolTip(tip(f"{tr('These regions are newer than the clusters')}\n{self._group.toolTip()}"))
        self.facts.setText(self._facts(has_clusters=has_clusters))
        self._named = self._named_clusters() if has_clusters else None
        self.tile_size.setVisible(bool(model.sections))
        if overview is not None and not model.filter.is_on and not self.is_recutting:
            clusters = sum(len(each.cluster_ids) for each in overview.sections if each.key != NO_CLUSTER)
            self.fineness.show_clusters(clusters, regions=overview.clustered)
        self._spread_out()
        had_focus = self.isVisible() and self._has_focus()
        self.body.setCurrentWidget(self.grid if model.sections else self.empty)
        self.verbs.setVisible(bool(model.sections) if is_flat else has_clusters)
        self._choose_verbs()
        if not model.sections:
            self._tell_why_empty()
        if had_focus:
            self.take_focus()
        self._show_selection()

    def take_focus(self) -> None:
        """Give the keys to the grid, or to the button that is there instead."""
        self.focus_target().setFocus()

    def focus_target(self) -> QWidget:
        """What takes the keys: the grid, or the button that is there instead."""
        return self.grid if self.model.sections else self.empty.focus_target()

    def refresh_icons(self) -> None:
        """Make the icons anew in the colours in use."""
        self.back.setIcon(icon("arrow-left"))
        self.empty.refresh_icons()
        self.grid.viewport().update()

    def _has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus in (self.grid, self.empty, self.empty.button, self.back, None)

    def _heading(self) -> str:
        if self.model.shows_doubtful_names:
            return tr("Doubtful names")
        return tr("Similar regions") if self.model.is_flat else tr("Concept browser")

    def _choose_verbs(self) -> None:
        """Offer what makes sense among clusters, or among doubtful names."""
        wanted = self._doubt_verbs if self.model.shows_doubtful_names else self._verbs
        for button in self._all_buttons:
            button.setVisible(button.defaultAction() in wanted)
        self._buttons = [button for button in self._all_buttons if button.defaultAction() in wanted]

    def _facts(self, *, has_clusters: bool) -> str:
        sections, doubts = self.model.sections, self.model.doubts
        if self.model.shows_doubtful_names and doubts.regions:
            count = len(doubts.names)
            facts = tr("%Ln doubtful name(s)", count)
            shown = len(doubts.regions)
            return (
                facts
                if shown == count
                else tr("{facts}, the first {count} shown").format(facts=facts, count=number(shown))
            )
        if self.model.is_flat or not has_clusters:
            return ""
        regions = sum(section.count for section in sections)
        unnamed = sum(section.record.unnamed for section in sections if section.record is not None)
        rest = tr("%Ln unnamed", unnamed) if unnamed else tr("all named")
        return f"{count_text(regions)}, {rest}" if sections else ""

    def _named_clusters(self) -> tuple[int, int] | None:
        """How many clusters are named, of how many; a filter hides some, so nothing is said then."""
        model = self.model
        if model.is_flat or model.filter.is_on:
            return None
        records = [each.record for each in model.sections if each.record is not None and each.key != NO_CLUSTER]
        return sum(record.unnamed == 0 for record in records), len(records)

    def _tell_why_empty(self) -> None:
        overview, empty = self.model.overview, self.empty
        if self.model.shows_doubtful_names:
            self._tell_of_no_doubtful_names()
        elif overview is None:
            empty.tell("timer-sand", tr("Reading the regions…"), "")
        elif not overview.regions:
            empty.tell(
                "creation-outline",
                tr("No regions yet"),
                tr("First let the model propose regions. Then you can name look-alikes at once."),
                self._propose,
                tr("Propose regions…"),
            )
        elif not overview.clustered:
            empty.tell(
                "group",
                tr("Name look-alikes at once"),
                tr(
                    "%Ln region(s) will be grouped by appearance, across all images. Naming a cluster names all of "
                    "its regions.",
                    overview.regions,
                ),
                self._group,
                tr("Group similar regions"),
            )
        elif not overview.is_ground_known and self.model.is_finding_salience:
            empty.tell(
                "image-filter-center-focus",
                tr("Foreground not known yet"),
                tr("The model is analysing the images to find their foreground."),
            )
        elif not overview.is_ground_known:
            empty.tell(
                "image-filter-center-focus",
                tr("Foreground not known yet"),
                tr(
                    "The model has to analyse the images once more to find their foreground. Regions and names do "
                    "not change."
                ),
                self._find_salience if self._session.can_edit else None,
                self._find_salience.text(),
            )
        else:
            empty.tell(
                "filter-outline",
                tr("No regions match the filter"),
                tr("Choose other labels, statuses or images above."),
                self._show_all,
                tr("Show all regions"),
            )

    def _tell_of_no_doubtful_names(self) -> None:
        if self.model.doubts.is_busy:
            self.empty.tell("timer-sand", tr("Looking for doubtful names…"), tr("Comparing all names."))
        else:
            self.empty.tell(
                "check-circle-outline",
                tr("No doubtful names"),
                tr(
                    "Names given to many regions at once appear here when they do not fit the other named regions. "
                    "Names you gave one by one, or chose to keep, are not listed."
                ),
            )

    def _show_selection(self) -> None:
        grid, model = self.grid, self.model
        if grid.regions:
            text = tr("%Ln region(s) selected", len(grid.regions))
        elif grid.clusters:
            chosen = model.chosen(grid.clusters)
            regions = sum(section.count for section in chosen)
            text = tr("Cluster of %Ln region(s)", regions)
            if len(chosen) > 1:
                text = tr("{clusters} of %Ln region(s)", regions).format(clusters=cluster_count(len(chosen)))
        else:
            text = tr("Nothing selected")
        self.selection_text.setText(text)
        self._give_words()

    def _on_closing(self) -> None:
        self.filters.reset()
        self.filters.show_labels({})
        self.filters.show_image(None, "")

    def _lay_out(self) -> None:
        self.back.setProperty("large", True)
        self.back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.back.setAccessibleName(tr("Back"))
        self.title.setProperty("role", "heading")
        self.facts.setProperty("role", "muted")
        self.note.setProperty("flat", True)
        self.note.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.note.clicked.connect(self._group.trigger)
        self.progress.setProperty("role", "muted")
        self.tile_size.setRange(LEAST_CELL, MOST_CELL)
        self.tile_size.setValue(self.grid.cell)
        self.tile_size.setPageStep(24)
        self.tile_size.setFixedWidth(_TILE_SLIDER)
        self.tile_size.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tile_size.setAccessibleName(tr("Thumbnail size"))
        self.tile_size.setToolTip(tr("Thumbnail size (Ctrl+wheel)"))
        self.tile_size.valueChanged.connect(self.grid.set_cell)
        self.grid.cell_changed.connect(self.tile_size.setValue)
        header, second_bar = QFrame(), QFrame()
        for bar in (header, second_bar):
            bar.setObjectName("CanvasHeader")
            bar.setMinimumWidth(1)  # else the window could not be made narrower than the words of all buttons
        first = _row(header)
        for widget in (self.back, self.title, self.facts):
            first.addWidget(widget)
        first.addStretch(1)
        first.addWidget(self.filters, 100)  # as wide as they may be, before the stretch gets anything
        first.addWidget(self.fineness)
        first.addWidget(self.tile_size)
        self.is_recutting = False
        """Whether the slider is being moved: it is the user's then, not the project's."""
        self.verbs = second_bar
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(second_bar)
        column.addWidget(self.body, 1)
        second = _row(second_bar)
        second.addWidget(self.selection_text)
        second.addSpacing(8)
        for action in dict.fromkeys((*self._doubt_verbs[:3], *self._verbs, *self._doubt_verbs)):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setIconSize(SMALL)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(action.iconText())
            second.addWidget(button)
            self._all_buttons.append(button)
        second.addStretch(1)
        second.addWidget(self.note)
        second.addWidget(self.progress)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words where there is room for them."""
        super().resizeEvent(event)
        self._spread_out()

    def _spread_out(self) -> None:
        """In a narrow window, title and facts make room for the filters, and the last buttons have no words."""
        always = (self.back, self.fineness, self.tile_size)
        room = self.width() - 2 * _MARGIN - sum(_SPACING + _width(each) for each in always if _is_meant(each))
        room -= self.filters.wanted_width() + _SPACING if _is_meant(self.filters) else 0
        for words in (self.title, self.facts):
            room -= words.sizeHint().width() + _SPACING
            words.setVisible(room >= 0 or (words is self.title and not _is_meant(self.filters)))
        self._give_words()

    def _give_words(self) -> None:
        """Words on as many of the buttons as there is room for, the usual ones first; on the first in any case."""
        short, long = Qt.ToolButtonStyle.ToolButtonIconOnly, Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        widths = {}
        for style in (short, long):
            for button in self._buttons:
                button.setToolButtonStyle(style)
            widths[style] = [button.sizeHint().width() + _SPACING for button in self._buttons]
        room = self.width() - 2 * _MARGIN - self.selection_text.sizeHint().width() - 2 * _SPACING - sum(widths[short])
        first = widths[long][0] - widths[short][0] if self._buttons else 0
        if _is_meant(self.note):
            room -= self._write_note(most=room - first) + _SPACING
        room -= self._write_progress(most=room - first)
        for place, button in enumerate(self._buttons):
            room -= widths[long][place] - widths[short][place]
            button.setToolButtonStyle(long if room >= 0 or place == 0 else short)

    def _write_progress(self, *, most: int) -> int:
        """Say how many clusters are named, in numbers where words have no room; returns the pixels it takes."""
        self.progress.setVisible(self._named is not None)
        if self._named is None:
            return 0
        named, count = self._named
        words = tr("{count} of %Ln cluster(s) named", count).format(count=number(named))
        self.progress.setToolTip(tip(words))
        for text in (words, f"{number(named)} / {number(count)}"):
            self.progress.setText(text)
            if self.progress.sizeHint().width() + _SPACING <= most:
                return self.progress.sizeHint().width() + _SPACING
        self.progress.hide()
        return 0

    def _write_note(self, *, most: int) -> int:
        """Say how many regions are in no cluster, in a number where words have no room; returns the pixels it takes."""
        self.note.setText(self.note.accessibleName())
        if self.note.sizeHint().width() + _SPACING > most:
            self.note.setText(f"+ {number(self.model.ungrouped)}")
        return self.note.sizeHint().width()


def _width(widget: QWidget) -> int:
    """What a widget takes: a slider of fixed width wants more than that."""
    return min(widget.sizeHint().width(), widget.maximumWidth())


def _is_meant(widget: QWidget) -> bool:
    """Whether a widget takes room, once its window is shown."""
    return not widget.isHidden()


def _row(parent: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(parent)
    row.setContentsMargins(_MARGIN, 4, _MARGIN, 4)
    row.setSpacing(_SPACING)
    return row
