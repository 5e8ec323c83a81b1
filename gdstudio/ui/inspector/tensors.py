"""The numbers of the selected tensor in full: statistics, histogram and table, of its value or its gradient."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSizePolicy,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gdstudio.ui import theme as themes
from gdstudio.ui.graph import numbers
from gdstudio.ui.graph.health import Health
from gdstudio.ui.graph.tensor_model import TensorModel
from gdstudio.ui.inspector.histogram import Histogram
from gdstudio.ui.inspector.panel import Inspector
from gdstudio.ui.session import Session

if TYPE_CHECKING:
    from gdstudio.engine import Trace

_COLUMN, _ROW = 78, 24


class TensorPanel(QFrame):
    """Shows the value or gradient of the node that is selected, where it holds more than one number."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspectorTensor")
        self.setAccessibleName(self.tr("The numbers of the tensor"))
        self._session = session
        self._at_racer: Trace | None = None
        self._shown: np.ndarray | None = None
        self._stale = True
        self._kind = QComboBox()
        self._kind.setObjectName("inspectorTensorKind")
        self._kind.setAccessibleName(self.tr("Value or gradient"))
        self._kind.addItem(self.tr("Value"), "value")
        self._kind.addItem(self.tr("Gradient"), "gradient")
        self._kind.currentIndexChanged.connect(self._dress)
        self._shape = QLabel()
        self._shape.setObjectName("inspectorShape")
        self._statistics = self._label("inspectorStatistics")
        self._odd = self._label("inspectorOdd")
        self._odd.setTextFormat(Qt.TextFormat.RichText)
        self._odd.linkActivated.connect(session.select_node)
        self.histogram = Histogram("inspectorHistogram")
        self.cells = QTableView()
        self.cells.setObjectName("inspectorCells")
        self.cells.setAccessibleName(self.tr("The numbers as a table"))
        self.cells.setFrameShape(QFrame.Shape.NoFrame)
        for header, size in ((self.cells.horizontalHeader(), _COLUMN), (self.cells.verticalHeader(), _ROW)):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setDefaultSectionSize(size)
        self._build()
        for changed in (session.node_selected, session.trace_computed, session.document_opened):
            changed.connect(self._refresh)
        session.document_changed.connect(self._refresh)
        themes.switch().follow(self._dress)
        self._dress()

    def _label(self, name: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        return label

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._kind)
        head.addWidget(self._shape)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._statistics)
        column.addWidget(self._odd)
        column.addWidget(self.histogram)
        column.addWidget(self.cells, 1)

    def minimumSizeHint(self) -> QSize:
        # A splitter knows nothing of words that wrap, and would push what stands below them into one another.
        hint, layout = super().minimumSizeHint(), self.layout()
        if layout is not None and self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            hint.setHeight(max(hint.height(), layout.minimumHeightForWidth(self.width())))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _dress(self, *_: object) -> None:
        colors = themes.current()
        self.setStyleSheet(
            f"#inspectorTensor {{ background: {colors.field.name()}; border-top: 1px solid {colors.line.name()}; }}"
            f" #inspectorStatistics, #inspectorShape {{ color: {colors.muted.name()}; }}"
            f" #inspectorOdd {{ color: {colors.error.name()}; }}"
            f" #inspectorCells {{ background: {colors.field.name()}; color: {self._ink().name()}; }}"
        )
        self._shown = None
        self._refresh()

    def _ink(self) -> QColor:
        colors = themes.current()
        return colors.value if self._kind.currentData() == "value" else colors.gradient

    def show_racer(self, trace: Trace | None, _words: str) -> None:
        """Show the numbers at a racer's point; None = the graph's own again."""
        self._at_racer = trace
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh()

    @property
    def _trace(self) -> Trace | None:
        return self._session.trace if self._at_racer is None else self._at_racer

    def _array(self) -> np.ndarray | None:
        """What is to be shown; None where the node is no tensor or not computed."""
        id, trace = self._session.selected_node, self._trace
        if (
            id is None
            or trace is None
            or id not in trace.values
            or id not in self._session.document.graph.nodes
        ):
            return None
        if trace.values[id].size < 2:
            return None
        return trace.values[id] if self._kind.currentData() == "value" else trace.gradients.get(id)

    def _refresh(self, *_: object) -> None:
        id, trace = self._session.selected_node, self._trace
        values = {} if trace is None else trace.values
        is_tensor = id in values and values[id].size > 1 and id in self._session.document.graph.nodes
        self.setVisible(is_tensor)
        self._stale = not self.isVisible()
        if self._stale:
            return
        array = self._array()
        self._odd.setText("" if array is None else self._odd_words(array))
        self._odd.setVisible(bool(self._odd.text()))
        if array is None:
            self._shown = None
            self._shape.clear()
            self._statistics.setText(self.tr("No gradient yet: it needs an output that can be computed."))
            self.histogram.hide()
            self.cells.hide()
            return
        if array is self._shown:
            return
        self._shown = array
        self._shape.setText(numbers.shape_text(array.shape))
        self._statistics.setText(numbers.statistics(array))
        self.histogram.show_array(array, self._ink())
        self.histogram.setVisible(self.histogram.bins is not None)
        self._show_cells(array)

    def _show_cells(self, array: np.ndarray) -> None:
        places = self.cells.horizontalScrollBar().value(), self.cells.verticalScrollBar().value()
        before = self.cells.model()
        model = TensorModel(array, editable=False, refused=lambda _reason: None)
        model.setParent(self.cells)
        self.cells.setModel(model)
        if before is not None:
            before.deleteLater()
        self.cells.show()
        self.cells.horizontalScrollBar().setValue(places[0])
        self.cells.verticalScrollBar().setValue(places[1])

    def _odd_words(self, array: np.ndarray) -> str:
        """How many numbers are not finite, and where the first of them came to be; that node is a link."""
        nans, infinite = int(np.isnan(array).sum()), int(np.isinf(array).sum())
        counts = [f"{count} {name}" for count, name in ((nans, "NaN"), (infinite, "∞")) if count]
        id, trace = self._session.selected_node, self._trace
        if not counts or trace is None or id is None:
            return ""
        health = Health(trace)
        origins = health.value_origins if self._kind.currentData() == "value" else health.gradient_origins
        origin = origins.get(id)
        if origin is None or origin == id:
            return self.tr("{0}: they begin here.").format(", ".join(counts))
        color, name = themes.current().error.name(), html.escape(origin)
        link = f'<a href="{name}" style="color:{color}">{name}</a>'
        return self.tr("{0}: they come from {1}.").format(", ".join(counts), link)


class InspectorPane(QSplitter):
    """The inspector's text above, and for tensors their numbers below."""

    def __init__(self, inspector: Inspector, session: Session) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.setObjectName("inspectorPane")
        self.setChildrenCollapsible(False)
        self.tensors = TensorPanel(session)
        self.addWidget(inspector)
        self.addWidget(self.tensors)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 1)
