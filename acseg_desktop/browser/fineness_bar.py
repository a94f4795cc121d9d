"""The slider over the number of clusters, in the concept browser's bar."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from acseg_desktop.appearance.plain_text import PlainLabel
from acseg_desktop.language.words import Words
from acseg_desktop.panels.granularity_bar import JumpSlider

tr = Words("Concept browser")

MOST_CLUSTERS = 1000
_STEPS = 100


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
        self.slider.setFixedWidth(84)
        self.slider.setPageStep(10)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setAccessibleName(tr("Number of clusters"))
        self.slider.setToolTip(tr("Fewer, larger clusters or more, smaller ones; names do not change"))
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
        """Number of clusters at a place of the slider: each step multiplies it."""
        return round(float(2 * (self._most / 2) ** (value / _STEPS)))

    def _value_of(self, clusters: int) -> int:
        return min(range(_STEPS + 1), key=lambda value: abs(self.clusters_at(value) - clusters))

    def _on_value(self, value: int) -> None:
        self._write(self.clusters_at(value))
        self.moved.emit(self.clusters_at(value))

    def _write(self, clusters: int) -> None:
        self.count.setText(cluster_count(clusters))


def cluster_count(count: int) -> str:
    """A number of clusters in words."""
    return tr("%Ln cluster(s)", count)
