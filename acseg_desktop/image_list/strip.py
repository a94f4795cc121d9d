"""The list of images: thumbnails with their status, what to search for, and in which order they come."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from acseg_core.errors import SearchError
from acseg_core.store.queries.image_search import ImageSearch, Mark, NameKey, Queue
from acseg_core.store.records import name_key
from acseg_core.types import ImageStatus
from acseg_desktop.appearance.icons import SMALL, icon, status_text, swatch_icon
from acseg_desktop.appearance.plain_text import PlainLabel
from acseg_desktop.image_list.listing import Listing, Sorting
from acseg_desktop.image_list.model import ImageListModel
from acseg_desktop.image_list.search_box import ImageSearchBox
from acseg_desktop.image_list.thumbnail_delegate import cell_size
from acseg_desktop.image_list.thumbnails import ThumbnailCache
from acseg_desktop.image_list.view import ThumbnailView
from acseg_desktop.language.core_messages import translated
from acseg_desktop.language.words import Words, number
from acseg_desktop.panels.filter_box import FilterBox
from acseg_desktop.panels.fitting_label import FittingLabel
from acseg_desktop.session import Session

tr = Words("Image list")

_QUEUE_TEXT = {
    Queue.OPEN: tr.mark("Unfinished"),
    Queue.REVIEW: tr.mark("Waiting for review"),
    Queue.SUGGESTED: tr.mark("With suggested names"),
    Queue.UNNAMED: tr.mark("With unnamed regions"),
    Queue.PROBLEM: tr.mark("File missing or changed"),
    Queue.MISSING: tr.mark("File missing"),
    Queue.CHANGED: tr.mark("File changed"),
    Queue.UNREADABLE: tr.mark("File cannot be read"),
}
_MARK_TEXT = {Mark.REVIEWED: tr.mark("Reviewed"), Mark.COMMENTED: tr.mark("With a comment")}
_SORTING_TEXT = {
    Sorting.PATH: tr.mark("By path"),
    Sorting.INFORMATIVE: tr.mark("By learning value"),
    Sorting.STATUS: tr.mark("By status"),
    Sorting.REGIONS: tr.mark("By region count"),
    Sorting.CONFIDENCE: tr.mark("By confidence"),
    Sorting.CHANGED: tr.mark("By last change"),
}
_TALL_ROWS = 3


class ImageStrip(QWidget):
    """Thumbnails below a line to search, filter and sort them.

    Signals:
        image_chosen(int): The user clicked an image or moved to it.
        focus_released(): The search is done with; the keys belong to the canvas again.
        menu_requested(QPoint): A menu for the selected images, at this place of the screen.
        height_requested(int): This many pixels would be good.
        removal_requested(): The selected images are to be removed from the project.
        regions_switched(bool): Thumbnails are to show their regions, or not.
    """

    image_chosen = Signal(int)
    focus_released = Signal()
    menu_requested = Signal(QPoint)
    height_requested = Signal(int)
    removal_requested = Signal()
    regions_switched = Signal(bool)

    def __init__(
        self, session: Session, model: ImageListModel, thumbnails: ThumbnailCache, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.model = model
        self._session = session
        self._selected = 0
        self.search = ImageSearchBox()
        self.filter = QToolButton()
        self.filter.setText(tr("Filter"))
        self.filter.setToolTip(tr("Filter by status, queue or label"))
        self.filter.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.filter.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.filter.setMenu(self.menu)
        self.order = FilterBox()
        self.order.setAccessibleName(tr("Order of the images"))
        self.order.addItems([tr(text) for text in _SORTING_TEXT.values()])
        self.order.setToolTip(tr("Order of the images, here and when reviewing"))
        self.direction = QToolButton()
        self.overlays = QToolButton()
        self.overlays.setCheckable(True)
        self.overlays.setToolTip(tr("Show regions on the thumbnails"))
        self.taller = QToolButton()
        self.taller.setCheckable(True)
        self.taller.setToolTip(tr("Show several rows of thumbnails"))
        for button in (self.direction, self.overlays, self.taller):
            button.setAccessibleName(button.toolTip())
        for button in (self.filter, self.direction, self.overlays, self.taller):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setIconSize(SMALL)
        self.count = FittingLabel()
        self.count.setProperty("role", "muted")
        self.complaint = PlainLabel(wordWrap=True)
        self.complaint.setProperty("role", "error")
        self.complaint.hide()
        self.view = ThumbnailView(model)
        # Before the key filter of the window, to which Del means the region on the canvas.
        self.remove_key = QShortcut(
            QKeySequence.StandardKey.Delete, self.view, context=Qt.ShortcutContext.WidgetShortcut
        )
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.empty = QWidget()
        self.nothing = PlainLabel()
        self.nothing.setProperty("role", "muted")
        self.show_all = QPushButton(tr("Clear search"))
        self._pages = QStackedLayout()
        self._lay_out()
        self._connect(thumbnails)
        self.refresh_icons()
        self._show_direction()

    def follow(self, image_id: int | None) -> None:
        """Mark the image on the canvas and bring it into view."""
        self.view.follow(self.model.row_of(image_id) if image_id is not None else None)

    def clear_filter(self) -> None:
        """Show all images."""
        self.search.search_for(ImageSearch())

    def take_focus(self) -> None:
        """Let the user type what to search for."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def set_taller(self, taller: bool) -> None:
        """Ask for the height of several rows, or of one."""
        rows = _TALL_ROWS if taller else 1
        self.height_requested.emit(
            self.height() - self.view.height() + self.view.sizeHint().height() + (rows - 1) * cell_size().height()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button tells how many rows there are, however that came to be."""
        super().resizeEvent(event)
        self.taller.setChecked(self.view.wraps)

    def refresh_icons(self) -> None:
        """Make the icons anew in the colours in use."""
        self.filter.setIcon(icon("filter-variant"))
        self.overlays.setIcon(icon("layers-outline"))
        self.taller.setIcon(icon("view-grid-outline"))
        self._show_direction()
        self.view.viewport().update()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.search, 5)
        for part in (self.filter, self.order, self.direction, self.overlays, self.taller):
            row.addWidget(part)
        row.addSpacing(6)
        row.addWidget(self.count, 3)
        self.search.setMinimumWidth(180)
        middle = QHBoxLayout(self.empty)
        middle.setSpacing(12)
        middle.addStretch(1)
        middle.addWidget(self.nothing)
        middle.addWidget(self.show_all)
        middle.addStretch(1)
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self.complaint)
        layout.addLayout(self._pages, 1)

    def _connect(self, thumbnails: ThumbnailCache) -> None:
        self.search.searched.connect(self._on_searched)
        self.search.complained.connect(self._on_complaint)
        self.search.left.connect(self.focus_released)
        self.search.descended.connect(self.view.setFocus)
        self.order.activated.connect(self._on_order)
        self.direction.clicked.connect(self._on_direction)
        self.overlays.toggled.connect(self.regions_switched)
        self.taller.clicked.connect(self.set_taller)
        self.show_all.clicked.connect(self.clear_filter)
        self.show_all.clicked.connect(self.focus_released)
        self.remove_key.activated.connect(self.removal_requested)
        self.view.image_chosen.connect(self.image_chosen)
        self.view.selection_counted.connect(self._on_selection)
        self.view.customContextMenuRequested.connect(self._on_menu)
        self.model.listed.connect(self._on_listed)
        self.model.modelReset.connect(self._on_listed)
        self.model.refused.connect(self._on_refused)
        self._session.closing.connect(self.clear_filter)
        self._session.counts_changed.connect(self._show_count)
        for signal in (self._session.opened, self._session.changed):
            signal.connect(self._take_labels)
        self.regions_switched.connect(thumbnails.show_regions)
        thumbnails.outdated.connect(self.view.viewport().update)

    def _take_labels(self, *_: object) -> None:
        self.search.set_labels(label.name for label in self._session.labels.values())

    def _list(self, listing: Listing) -> None:
        if listing != self.model.listing or self.complaint.text():
            self.model.show(listing)

    def _on_searched(self, search: ImageSearch) -> None:
        listing = self.model.listing
        self._list(Listing(search, listing.sorting, listing.descending))

    def _on_order(self, index: int) -> None:
        sorting = list(Sorting)[index]
        self._list(Listing(self.model.listing.search, sorting, sorting.starts_descending))
        self._show_direction()
        self.focus_released.emit()

    def _on_direction(self) -> None:
        listing = self.model.listing
        self._list(Listing(listing.search, listing.sorting, not listing.descending))
        self._show_direction()
        self.focus_released.emit()

    def _show_direction(self) -> None:
        down = self.model.listing.descending
        self.direction.setIcon(icon("sort-descending" if down else "sort-ascending"))
        self.direction.setToolTip(tr("Descending") if down else tr("Ascending"))
        self.direction.setAccessibleName(self.direction.toolTip())

    def _fill_menu(self) -> None:
        """What can be filtered by; it is written into the search, where it can be read and changed."""
        self.menu.clear()
        search = self.search.search()
        present = search if search is not None else ImageSearch()
        self._add_section(
            self.menu, tr("Status"), NameKey.STATUS, {s.value: status_text(s) for s in ImageStatus}, present
        )
        self.menu.addSeparator()
        self._add_section(self.menu, tr("Queue"), NameKey.QUEUE, {q.value: tr(_QUEUE_TEXT[q]) for q in Queue}, present)
        marks = {mark.value: tr(_MARK_TEXT[mark]) for mark in Mark}
        self._add_section(self.menu, "", NameKey.IS, marks, present)
        self.menu.addSeparator()
        labels = self.menu.addMenu(tr("Label"))
        names = {label.name: label.name for label in self._session.labels.values()}
        self._add_section(labels, "", NameKey.LABEL, names, present)
        colors = {label.name: label.color for label in self._session.labels.values()}
        for action in labels.actions():
            if action.data() in colors and not action.isChecked():
                action.setIcon(swatch_icon(colors[action.data()]))
        labels.setEnabled(bool(names))
        self.menu.addSeparator()
        self.menu.addAction(tr("Clear search"), self.clear_filter).setEnabled(bool(self.search.text()))

    def _add_section(self, menu: QMenu, title: str, key: NameKey, texts: dict[str, str], present: ImageSearch) -> None:
        if title:
            menu.addAction(title).setEnabled(False)
        chosen = {name_key(name) for name in present.names(key)}
        for name, text in texts.items():
            action = menu.addAction(text.replace("&", "&&"))
            action.setData(name)
            action.setCheckable(True)
            action.setChecked(name_key(name) in chosen)
            action.triggered.connect(
                lambda _checked=False, name=name: self.search.search_for(present.switched(key, name))
            )

    def _on_complaint(self, message: str) -> None:
        self.complaint.setText(message)
        self.complaint.setVisible(bool(message))

    def _on_refused(self, error: SearchError) -> None:
        self.search.complain(translated(error))

    def _on_selection(self, count: int) -> None:
        self._selected = count
        self._show_count()

    def _on_menu(self, at: QPoint) -> None:
        if not self.view.indexAt(at).isValid():  # by the keyboard
            at = self.view.visualRect(self.view.currentIndex()).center()
        if self.view.selectionModel().hasSelection():
            self.menu_requested.emit(self.view.viewport().mapToGlobal(at))

    def _on_listed(self) -> None:
        shown = self.model.rowCount()
        self._pages.setCurrentIndex(0 if shown or not self._session.is_open else 1)
        self.nothing.setText(tr("No images match.") if self.model.is_filtered else tr("The folder contains no images."))
        self.show_all.setVisible(self.model.is_filtered)
        self._show_count()

    def _show_count(self) -> None:
        shown, summary = self.model.rowCount(), self._session.summary
        if self._selected > 1:
            text = tr("{count} of %Ln image(s) selected", shown).format(count=number(self._selected))
            self.count.say(text, f"{number(self._selected)} / {number(shown)}")
        elif self.model.is_filtered and summary is not None:
            text = tr("{count} of %Ln image(s)", summary.images).format(count=number(shown))
            self.count.say(text, f"{number(shown)} / {number(summary.images)}")
        else:
            self.count.say(tr("%Ln image(s)", shown), number(shown))
