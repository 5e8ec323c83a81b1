"""The strip above the canvas: add, arrange, frame, derivatives, passes, and what the colours mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout

from gdstudio.ui import icons, theme
from gdstudio.ui.giving_way import ShorteningLabel
from gdstudio.ui.messages import ElidedLabel

if TYPE_CHECKING:
    from gdstudio.ui.graph.editor import GraphEditor


# Of a button, in pixels: where there is room, and beside two docks on a small screen.
_BUTTON, _LEAST_BUTTON = QSize(32, 30), QSize(23, 30)
# Between the words on whose numbers are shown and the buttons beside them, in pixels.
_LEAST_MARGIN = 20


class _Tool(QToolButton):
    """A button that gives up a part of its margin in a narrow strip."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return _BUTTON

    def minimumSizeHint(self) -> QSize:
        return _LEAST_BUTTON


class ToolStrip(QFrame):
    """Buttons for the graph editor, and the legend of values and gradients."""

    def __init__(self, editor: GraphEditor) -> None:
        super().__init__(editor)
        self.setObjectName("graphTools")
        self.setAccessibleName(self.tr("Graph tools"))
        self._icons: dict[QToolButton, str] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(6, 3, 10, 3)
        self._column.setSpacing(2)
        self._row = QHBoxLayout()
        self._row.setSpacing(2)
        self._column.addLayout(self._row)
        tr = self.tr
        self._button("graphAdd", tr("Add a node (Space)"), "add-node", editor.add_node)
        self.shelf = self._button("graphShelf", tr("List of all nodes, to drag from"), "", lambda: None)
        self.shelf.setText(tr("☰"))
        self.shelf.setCheckable(True)
        self.shelf.toggled.connect(editor.shelf.setVisible)
        self._button("graphLayout", tr("Arrange the nodes in layers"), "layout", editor.framing.auto_layout)
        self._button("graphFrame", tr("Show the whole graph (Home)"), "frame", editor.framing.frame_all)
        self.locals = self._button("graphLocals", tr("Local derivative on every wire (L)"), "", lambda: None)
        self.locals.setText("∂")
        self.locals.setCheckable(True)
        self.locals.toggled.connect(editor.scene.labels.show_all)
        self.formula = self._button("graphFormula", tr("The graph as a formula (Ctrl+K)"), "", lambda: None)
        self.formula.setText("ƒ")
        self.formula.setCheckable(True)
        self.formula.toggled.connect(editor.show_formula)
        self._button(
            "graphPaths", tr("All paths between two nodes (P)"), "", editor.studies.explore_paths
        ).setText("⇉")
        self._button(
            "graphCheck", tr("Numerical beside analytic gradient (G)"), "", editor.studies.check_gradients
        ).setText("≈")
        self.norms = self._button("graphNorms", tr("Gradient norm layer by layer (S)"), "norms", lambda: None)
        self.norms.setCheckable(True)
        self.norms.toggled.connect(editor.show_norms)
        self._button("graphForward", tr("Play the forward pass"), "forward", editor.play_forward)
        self._button("graphBackward", tr("Play the backward pass"), "backward", editor.play_backward)
        self._whose = ElidedLabel()
        self._whose.setObjectName("graphWhose")
        self._whose.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._row.addSpacing(8)
        self._place_of_whose = self._row.count()
        self._row.addWidget(self._whose, 1)
        self._row.addStretch()
        self._row.addSpacing(8)
        self._legend = ShorteningLabel()
        self._legend.setObjectName("graphLegend")
        self._legend.setToolTip(
            tr("Blue: values of the forward pass. Orange: gradients of the backward pass.")
        )
        self._row.addWidget(self._legend)
        theme.switch().follow(self._dress)
        self._dress()

    def _button(self, name: str, label: str, icon: str, call: Callable[[], object]) -> QToolButton:
        button = _Tool()
        button.setObjectName(name)
        button.setAccessibleName(label)
        button.setToolTip(label)
        button.setIconSize(QSize(20, 20))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: call())
        self._icons[button] = icon
        self._row.addWidget(button)
        return button

    def say_whose(self, words: str) -> None:
        """Say at which racer the numbers are, in the place of the legend; nothing = the graph's own."""
        self._legend.setVisible(not words)
        self._whose.set_full_text(words)
        self._place_whose()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_whose()

    def _place_whose(self) -> None:
        """Put the words on whose numbers these are beside the buttons, or below them where they would be cut off."""
        words = QFontMetrics(self._whose.font()).horizontalAdvance(self._whose.full_text())
        # Of the label itself the row asks nothing, and the legend is hidden while there are words. Buttons have the
        # width that they like before the label gets any.
        taken = self._row.sizeHint().width() + self._column.contentsMargins().left()
        fits = self._legend.isVisibleTo(self) or words + _LEAST_MARGIN <= self.width() - taken
        beside = self._row.indexOf(self._whose) >= 0
        if fits == beside:
            return
        if fits:
            self._column.removeWidget(self._whose)
            self._row.insertWidget(self._place_of_whose, self._whose, 1)
        else:
            self._row.removeWidget(self._whose)
            self._column.addWidget(self._whose)

    def _dress(self, *_: object) -> None:
        colors = theme.current()
        for button, name in self._icons.items():
            if name:
                button.setIcon(icons.icon(name))
        long, short = (
            f"<span style='color:{colors.value.name()}'>●{value}</span> &nbsp; "
            f"<span style='color:{colors.gradient.name()}'>●{gradient}</span>"
            for value, gradient in ((f" {self.tr('value')}", f" {self.tr('gradient')}"), ("", ""))
        )
        self._legend.set_forms(long, short)
        self.setStyleSheet(
            f"#graphTools {{ background: {colors.panel.name()};"
            f" border-bottom: 1px solid {colors.line.name()}; }}"
            " #graphWhose { font-weight: 600; }"
            " #graphLocals, #graphFormula, #graphShelf, #graphPaths, #graphCheck { font-size: 16px; }"
        )
