"""The concept browser's page: bar with filters and slider, the grid, and what can be done with the selection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from acseg_core.types import Label, RegionStatus
from acseg_core.workflows.cluster_reading import ClusterFilter
from acseg_desktop.appearance.icons import SMALL, icon, swatch_icon
from acseg_desktop.appearance.plain_text import PlainLabel, tip
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.browser.crop_grid import ClusterGrid
from acseg_desktop.browser.crops import CropCache
from acseg_desktop.browser.model import ClusterModel
from acseg_desktop.language.words import Words, number
from acseg_desktop.panels.filter_box import FilterBox
from acseg_desktop.panels.granularity_bar import JumpSlider, count_text
from acseg_desktop.panels.region_panel import status_name
from acseg_desktop.session import Session

tr = Words("Concept browser")

MOST_CLUSTERS = 1000
_STEPS = 100
_UNNAMED, _DOUBTFUL = -1, -2
_WIDEST_FILTER = 160
_LETTERS = 6
"""Letters of a filter that are seen in the narrowest window."""
_SPACING, _MARGIN = 8, 8
_READABLE = 420
"""Width of a text that is read in one glance, in pixels."""


class FinenessBar(QWidget):
    """How many clusters there are, and the slider that makes them coarser or finer.

    Signals:
        moved(int): The user moved the slider; clusters wanted.
        released(): The mouse let the handle go.
    """

    moved = Signal(int)
    released = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = MOST_CLUSTERS
        self.slider = JumpSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _STEPS)
        self.slider.setFixedWidth(120)
        self.slider.setPageStep(10)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setAccessibleName(tr("Number of clusters"))
        self.slider.setToolTip(tr("Fewer, coarser clusters, or more and finer ones; names stay as they are"))
        self.count = PlainLabel()
        self.count.setProperty("role", "muted")
        self.count.setMinimumWidth(self.count.fontMetrics().horizontalAdvance(cluster_count(1000)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.slider, self.count):
            row.addWidget(widget)
        self.slider.valueChanged.connect(self._on_value)
        self.slider.sliderReleased.connect(self.released)

    @property
    def is_held(self) -> bool:
        """Whether the mouse holds the handle."""
        return self.slider.isSliderDown()

    def show_clusters(self, clusters: int, *, regions: int) -> None:
        """Show how many clusters there are of how many regions, without telling that it moved."""
        self._most = max(3, min(MOST_CLUSTERS, regions))
        with QSignalBlocker(self.slider):
            self.slider.setValue(self._value_of(clusters))
        self._write(clusters)

    def clusters_at(self, value: int) -> int:
        """Clusters that a place of the slider stands for: each step multiplies them."""
        return round(float(2 * (self._most / 2) ** (value / _STEPS)))

    def _value_of(self, clusters: int) -> int:
        return min(range(_STEPS + 1), key=lambda value: abs(self.clusters_at(value) - clusters))

    def _on_value(self, value: int) -> None:
        self._write(self.clusters_at(value))
        self.moved.emit(self.clusters_at(value))

    def _write(self, clusters: int) -> None:
        self.count.setText(cluster_count(clusters))


class FilterBar(QWidget):
    """Which clusters and members are shown.

    Signals:
        changed(ClusterFilter): The user chose another filter, or what was chosen is not there any more.
        doubts_requested(): The user chose the doubtful names, which are a list of their own; the filter stays.
    """

    changed = Signal(object)
    doubts_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image_id: int | None = None
        self._label_row = 0
        self.boxes = self.label, self.status, self.image, self.ground = tuple(FilterBox() for _ in range(4))
        self.label.setAccessibleName(tr("Show regions of this label"))
        self.status.setAccessibleName(tr("Show regions of this status"))
        self.image.setAccessibleName(tr("Show regions of this image"))
        self.status.addItem(tr("Any status"), None)
        for status in RegionStatus:
            self.status.addItem(status_name(status).capitalize(), status.value)
        self.ground.setAccessibleName(tr("Show regions of the foreground or background"))
        self.ground.setToolTip(tr("What the model attends to in each image, and the rest"))
        for text, in_front in ((tr("Any ground"), None), (tr("Foreground"), True), (tr("Background"), False)):
            self.ground.addItem(text, in_front)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for box in self.boxes:
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            box.setMinimumContentsLength(_LETTERS)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.currentTextChanged.connect(box.setToolTip)
            box.activated.connect(lambda _row: self._on_activated())
            row.addWidget(box)
        self._fit()
        self.show_labels({})
        self.show_image(None, "")

    @property
    def chosen(self) -> ClusterFilter:
        """What is chosen."""
        label, status = self.label.currentData(), self.status.currentData()
        return ClusterFilter(
            unnamed_only=label == _UNNAMED,
            label_id=label if isinstance(label, int) and label != _UNNAMED else None,
            status=RegionStatus(status) if status else None,
            image_id=self._image_id if self.image.currentIndex() == 1 else None,
            in_front=self.ground.currentData(),
        )

    def wanted_width(self) -> int:
        """Pixels at which what is chosen can be read."""
        return max(self._wanted_width(box) for box in self.boxes) * len(self.boxes) + _SPACING * (len(self.boxes) - 1)

    def changeEvent(self, event: QEvent) -> None:
        """Text of another size needs other room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        for box in self.boxes:
            box.setMaximumWidth(scaled(_WIDEST_FILTER))
        self.setMaximumWidth(len(self.boxes) * (scaled(_WIDEST_FILTER) + _SPACING) - _SPACING)

    def _wanted_width(self, box: QComboBox) -> int:
        metrics = box.fontMetrics()
        around = box.sizeHint().width() - _LETTERS * metrics.horizontalAdvance("X")
        return min(scaled(_WIDEST_FILTER), around + metrics.horizontalAdvance(f"{box.currentText()} "))

    def show_labels(self, labels: Mapping[int, Label]) -> None:
        """Offer these labels; what is chosen stays chosen while it is there."""
        before, chosen = self.chosen, self.label.currentData()
        self.label.clear()
        self.label.addItem(tr("All regions"), None)
        self.label.addItem(tr("To be named"), _UNNAMED)
        self.label.addItem(tr("Doubtful names"), _DOUBTFUL)
        for label in sorted(labels.values(), key=lambda label: label.name.casefold()):
            self.label.addItem(swatch_icon(label.color), label.name, label.id)
        self.label.setCurrentIndex(max(0, self.label.findData(chosen)))
        self._label_row = self.label.currentIndex()
        self._tell_if_other(before)

    def show_image(self, image_id: int | None, path: str) -> None:
        """Offer this image; another one that was chosen is not any more."""
        before = self.chosen
        chosen = self.image.currentIndex() == 1 and image_id == self._image_id
        self._image_id = image_id
        self.image.clear()
        self.image.addItem(tr("All images"))
        if image_id is not None:
            self.image.addItem(tr("This image"))
            self.image.setItemData(1, tip(path), Qt.ItemDataRole.ToolTipRole)
        self.image.setCurrentIndex(int(chosen))
        self._tell_if_other(before)

    def reset(self) -> None:
        """Hide nothing."""
        before = self.chosen
        for box in self.boxes:
            box.setCurrentIndex(0)
        self._label_row = 0
        self._tell_if_other(before)

    def _on_activated(self) -> None:
        if self.label.currentData() == _DOUBTFUL:
            self.label.setCurrentIndex(self._label_row)
            self.doubts_requested.emit()
        else:
            self._label_row = self.label.currentIndex()
            self.changed.emit(self.chosen)

    def _tell_if_other(self, before: ClusterFilter) -> None:
        if self.chosen != before:
            self.changed.emit(self.chosen)


class EmptyState(QWidget):
    """What there is to do when there is nothing to see."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = "shape-outline"
        self.setMinimumWidth(1)  # the text gives way to a narrow window
        self.picture, self.title, self.text = PlainLabel(), PlainLabel(), PlainLabel(wordWrap=True)
        self.title.setProperty("role", "heading")
        self.text.setProperty("role", "muted")
        self.button = QPushButton()
        self.button.setProperty("primary", True)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        for widget in (self.picture, self.title, self.text, self.button):
            if isinstance(widget, QLabel):
                widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._action: QAction | None = None
        self.button.clicked.connect(self._on_clicked)

    def tell(self, image: str, title: str, text: str, action: QAction | None = None, button: str = "") -> None:
        """Say what is the matter, and offer an action."""
        self._image, self._action = image, action
        if action is None:
            self._keep_keys()
        self.title.setText(title)
        self.text.setText(text)
        self.button.setText(button)
        self.button.setVisible(action is not None)
        self.follow()
        self.refresh_icons()

    def follow(self) -> None:
        """The action can or cannot be done now."""
        is_possible = self._action is not None and self._action.isEnabled()
        if not is_possible:
            self._keep_keys()
        self.button.setEnabled(is_possible)

    def focus_target(self) -> QWidget:
        """What takes the keys: the button where it can be pressed."""
        return self.button if self._action is not None and self._action.isEnabled() else self

    def refresh_icons(self) -> None:
        """Make the picture anew in the colours in use, and room for the text in its size."""
        self.picture.setPixmap(icon(self._image, tone="faint").pixmap(QSize(56, 56)))
        self._fit_text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The text is as wide as can be read in one glance, and there is room for."""
        super().resizeEvent(event)
        self._fit_text()

    def _fit_text(self) -> None:
        width = max(1, min(scaled(_READABLE), self.width() - 2 * _MARGIN))
        self.text.setMinimumHeight(0)  # else it would count as what the text needs
        self.text.setFixedSize(width, self.text.heightForWidth(width) if self.text.text() else 0)

    def _keep_keys(self) -> None:
        """Before the button that has the keys cannot have them any more: Qt would give them to another panel."""
        if self.button.hasFocus():
            self.setFocus()

    def _on_clicked(self) -> None:
        if self._action is not None:
            self._action.trigger()


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
        verbs: Sequence[QAction],
        doubt_verbs: Sequence[QAction],
        parent: QWidget | None = None,
    ) -> None:
        """Make the page.

        Args:
            session: The open project.
            group: Groups all regions.
            propose: Proposes regions.
            verbs: What can be done with a selection; the first one is the usual one.
            doubt_verbs: The same among doubtful names.
            parent: The window.
        """
        super().__init__(parent)
        self._session, self._group, self._propose = session, group, propose
        self._attend = QAction(tr("Look at the images"), self)
        self._show_all = QAction(self)
        self.model = ClusterModel(session, self)
        self.crops = CropCache(session, self)
        self.grid = ClusterGrid(self.model, self.crops, lambda: session.labels)
        self.filters, self.fineness, self.empty = FilterBar(), FinenessBar(), EmptyState()
        self.back, self.title, self.facts = QToolButton(), PlainLabel(tr("Concept browser")), PlainLabel()
        self.note, self.selection_text = QPushButton(), PlainLabel()
        self._verbs, self._doubt_verbs = list(verbs), list(doubt_verbs)
        self._all_buttons: list[QToolButton] = []
        self._buttons: list[QToolButton] = []
        """Those that are offered now."""
        self.body = QStackedWidget()
        self.body.addWidget(self.grid)
        self.body.addWidget(self.empty)
        self._lay_out()
        self.back.clicked.connect(self.back_requested)
        self.filters.changed.connect(self.model.set_filter)
        self.filters.doubts_requested.connect(self.model.show_doubts)
        for box in self.filters.boxes:
            box.activated.connect(lambda _row: self.take_focus())
        self._show_all.triggered.connect(self.filters.reset)
        self._attend.triggered.connect(self.model.attention_wanted)
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
        self.back.setToolTip(tr("Back to what was shown before") if is_flat else tr("Back to the image"))
        has_clusters = overview is not None and overview.grouped > 0
        for widget in (self.filters, self.fineness):
            widget.setVisible(has_clusters and not is_flat)
        self.note.setVisible(has_clusters and not is_flat and model.ungrouped > 0)
        self.note.setAccessibleName(tr("Group %Ln region(s) more", model.ungrouped))
        self.facts.setText(self._facts(has_clusters=has_clusters))
        if overview is not None and not model.filter.is_on and not self.is_recutting:
            clusters = sum(len(section.cluster_ids) for section in overview.sections)
            self.fineness.show_clusters(clusters, regions=overview.grouped)
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
        if self.model.is_doubting:
            return tr("Doubtful names")
        return tr("Regions like this one") if self.model.is_flat else tr("Concept browser")

    def _choose_verbs(self) -> None:
        """Offer what makes sense among clusters, or among doubtful names."""
        wanted = self._doubt_verbs if self.model.is_doubting else self._verbs
        for button in self._all_buttons:
            button.setVisible(button.defaultAction() in wanted)
        self._buttons = [button for button in self._all_buttons if button.defaultAction() in wanted]

    def _facts(self, *, has_clusters: bool) -> str:
        sections, doubts = self.model.sections, self.model.doubts
        if self.model.is_doubting and doubts.regions:
            count = len(doubts.names)
            facts = tr("%Ln name(s) in doubt", count)
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

    def _tell_why_empty(self) -> None:
        overview, empty = self.model.overview, self.empty
        if self.model.is_doubting:
            self._tell_of_no_doubts()
        elif overview is None:
            empty.tell("timer-sand", tr("Reading the regions…"), "")
        elif not overview.regions:
            empty.tell(
                "creation-outline",
                tr("There are no regions yet"),
                tr(
                    "Let the model propose regions for your images first; then those that look alike can be named at "
                    "once."
                ),
                self._propose,
                tr("Propose regions…"),
            )
        elif not overview.grouped:
            empty.tell(
                "group",
                tr("Name what looks alike, once"),
                tr(
                    "%Ln region(s) will be put into clusters by their looks, whatever image they are in. "
                    "A name given to a cluster is given to all of its regions.",
                    overview.regions,
                ),
                self._group,
                tr("Group similar regions"),
            )
        elif not overview.is_ground_known and self.model.is_attending:
            empty.tell(
                "image-filter-center-focus",
                tr("Not known yet"),
                tr("The model looks at the images to know what is in their foreground."),
            )
        elif not overview.is_ground_known:
            empty.tell(
                "image-filter-center-focus",
                tr("Not known yet"),
                tr(
                    "The model has to look at the images once more to know what is in their foreground. "
                    "Regions and names stay as they are."
                ),
                self._attend if self._session.can_edit else None,
                self._attend.text(),
            )
        else:
            empty.tell(
                "filter-outline",
                tr("Nothing passes the filter"),
                tr("Choose other labels, statuses or images above."),
                self._show_all,
                tr("Show all regions"),
            )

    def _tell_of_no_doubts(self) -> None:
        if self.model.doubts.is_busy:
            self.empty.tell("timer-sand", tr("Looking for doubtful names…"), tr("All names are compared."))
        else:
            self.empty.tell(
                "check-circle-outline",
                tr("No name is in doubt"),
                tr(
                    "Names given to many regions at once are shown here when the names of all others speak against "
                    "them. Names given to regions one by one, and names you kept, are not."
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
        self.note.setToolTip(tr("These regions came after the clusters were made; group all of them again"))
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
        self.is_recutting = False
        """The slider is being moved: it is the user's, not the project's."""
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words where there is room for them."""
        super().resizeEvent(event)
        self._spread_out()

    def _spread_out(self) -> None:
        """In a narrow window, title and facts make room for the filters, and the last buttons have no words."""
        always = (self.back, self.fineness)
        room = (
            self.width() - 2 * _MARGIN - sum(_SPACING + each.sizeHint().width() for each in always if _is_meant(each))
        )
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
        if _is_meant(self.note):
            room -= self._write_note(most=room - (widths[long][0] - widths[short][0])) + _SPACING
        for place, button in enumerate(self._buttons):
            room -= widths[long][place] - widths[short][place]
            button.setToolButtonStyle(long if room >= 0 or place == 0 else short)

    def _write_note(self, *, most: int) -> int:
        """Say how many regions are in no cluster, in a number where words have no room; returns the pixels it takes."""
        self.note.setText(self.note.accessibleName())
        if self.note.sizeHint().width() + _SPACING > most:
            self.note.setText(f"+ {number(self.model.ungrouped)}")
        return self.note.sizeHint().width()


def cluster_count(count: int) -> str:
    """A number of clusters in words."""
    return tr("%Ln cluster(s)", count)


def _is_meant(widget: QWidget) -> bool:
    """Whether a widget takes room, once its window is shown."""
    return not widget.isHidden()


def _row(parent: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(parent)
    row.setContentsMargins(_MARGIN, 4, _MARGIN, 4)
    row.setSpacing(_SPACING)
    return row
