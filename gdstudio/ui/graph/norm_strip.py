"""The strip of gradient norms: one bar for each layer of the graph on a log scale, and a dot for each of its nodes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gdstudio.engine.trace import Trace
from gdstudio.ui import theme
from gdstudio.ui.graph import numbers
from gdstudio.ui.graph.lettering import font, metrics
from gdstudio.ui.graph.norms import Layer, Layers, Mark, NodeNorm

_HEIGHT = 112
_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 10.0, 26.0, 18.0
_WIDEST_BAR = 34.0
_NARROWEST_NAME = 30.0
# Between hundreds of layers there is no room for dots; the bars alone show where the gradient goes.
_NARROWEST_DOTS = 4.0
_DOT = 3.0
_EDGE = 1.2
# Smaller than this part of the largest counts as nothing: the scale would have no room for the rest.
_DECADES = 24
_PIXELS = 11


@dataclass(frozen=True)
class Scale:
    """The decades `low` to `high` that are shown; a norm of 0 stands at the bottom."""

    low: int
    high: int

    @classmethod
    def around(cls, norms: Sequence[float]) -> Scale:
        known = np.asarray(norms, dtype=float)
        known = known[np.isfinite(known) & (known > 0)]
        if not known.size:
            return cls(-1, 0)
        high = math.ceil(math.log10(known.max()) + 1e-9)
        low = math.floor(math.log10(known.min()) - 1e-9)
        return cls(max(low, high - _DECADES), high)

    def parts(self, norms: Sequence[float]) -> list[float]:
        """How high norms stand, 0 to 1, to a thousandth; what is not finite fills the strip."""
        known = np.asarray(norms, dtype=float)
        with np.errstate(divide="ignore", invalid="ignore"):
            heights = np.clip((np.log10(known) - self.low) / (self.high - self.low), 0.0, 1.0)
        return np.where(np.isfinite(known), heights, 1.0).round(3).tolist()


class NormStrip(QWidget):
    """Draws the layers of a trace; a click or Enter on a dot chooses its node.

    Signals:
        chosen(str): a node.    left(): Escape.
    """

    chosen = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("normStrip")
        self.setAccessibleName(self.tr("Gradient norm layer by layer"))
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._finder = Layers()
        self._layers: list[Layer] = []
        self._scale = Scale(-1, 0)
        self._parts: list[list[float]] = []  # how high each node stands
        self._spot: tuple[int, int] | None = None
        self._selected: str | None = None
        self._revealed: frozenset[str] | None = None
        theme.switch().follow(self.update)
        self.hide()

    @property
    def layers(self) -> list[Layer]:
        """What is in view, from the farthest layer to the output."""
        return self._layers

    @property
    def sentence(self) -> str:
        """The words above the bars: the node under the mouse, else how far the norms lie apart."""
        node = self._node_at_spot()
        if node is not None and self._spot is not None:
            return self._spoken(self._layers[self._spot[0]], node)
        if self._revealed is not None:
            return ""
        if not self._layers:
            return self.tr("No gradient flows: choose an output that depends on a parameter.")
        norms = [layer.largest for layer in self._layers]
        odd = next((node for node in reversed(norms) if not math.isfinite(node.norm)), None)
        if odd is not None:
            return self.tr("From {0} on, the gradient is not finite.").format(odd.id)
        positive = [node for node in norms if node.norm > 0]
        if not positive:
            return self.tr("The gradient is zero in every layer.")
        low = min(positive, key=lambda node: node.norm)
        high = max(positive, key=lambda node: node.norm)
        return self.tr("Largest {0} at {1}, smallest {2} at {3}").format(
            numbers.short(high.norm, 3), high.id, numbers.short(low.norm, 3), low.id
        )

    def show_trace(self, trace: Trace | None) -> None:
        """Show the gradients of a trace; hidden, nothing is computed."""
        if self.isHidden():
            return
        self._layers = [] if trace is None else self._finder.of(trace)
        norms = [node.norm for layer in self._layers for node in layer.nodes]
        self._scale = Scale.around(norms)
        parts = iter(self._scale.parts(norms))
        self._parts = [list(islice(parts, len(layer.nodes))) for layer in self._layers]
        if self._node_at_spot() is None:
            self._spot = None
        self._describe()
        self.update()

    def select(self, id: str | None) -> None:
        """Ring the dot of the node that is selected in the graph."""
        if id != self._selected:
            self._selected = id
            self.update()

    def reveal(self, ids: frozenset[str] | None) -> None:
        """Show the gradients of these nodes alone, those that a film has brought so far; None = all."""
        if ids != self._revealed:
            self._revealed = ids
            self._describe()
            self.update()

    def _describe(self) -> None:
        self.setAccessibleDescription(self.sentence)

    def _spoken(self, layer: Layer, node: NodeNorm) -> str:
        words = self.tr("{0}: gradient norm {1}, layer {2} of {3}").format(
            node.id,
            numbers.short(node.norm, 3),
            self._layers.index(layer) + 1,
            len(self._layers),
        )
        ailing = {
            "vanishing": self.tr("it vanishes"),
            "exploding": self.tr("it explodes"),
            "odd": self.tr("it is not finite"),
        }
        return f"{words}; {ailing[node.mark]}" if node.mark else words

    # Places

    def _field(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_LEFT, _TOP, -_RIGHT, -_BOTTOM)

    def _column(self, index: int) -> QRectF:
        return self._columns([index])[0]

    def _columns(self, indices: Iterable[int]) -> list[QRectF]:
        """The rooms of layers."""
        field = self._field()
        left, top, height = field.left(), field.top(), field.height()
        width = field.width() / max(len(self._layers), 1)
        return [QRectF(left + index * width, top, width, height) for index in indices]

    def place(self, layer: int, node: int) -> QPointF:
        """Where the dot of a node stands; its place in the layer, the largest first."""
        column = self._column(layer)
        part = self._parts[layer][node]
        return QPointF(column.center().x(), column.bottom() - part * column.height())

    def _nearest(self, point: QPointF) -> tuple[int, int] | None:
        field = self._field().adjusted(0, -_TOP / 2, 0, _BOTTOM)
        if not self._layers or not field.contains(point):
            return None
        count = len(self._layers)
        layer = min(int((point.x() - field.left()) / field.width() * count), count - 1)
        nodes = range(len(self._layers[layer].nodes))
        return layer, min(nodes, key=lambda i: abs(self.place(layer, i).y() - point.y()))

    def _node_at_spot(self) -> NodeNorm | None:
        if self._spot is None or self._spot[0] >= len(self._layers):
            return None
        nodes = self._layers[self._spot[0]].nodes
        return nodes[self._spot[1]] if self._spot[1] < len(nodes) else None

    def _go_to(self, spot: tuple[int, int] | None) -> None:
        if spot != self._spot:
            self._spot = spot
            self._describe()
            self.update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), colors.panel)
        painter.setPen(colors.line)
        painter.drawLine(QPointF(0, 0.5), QPointF(self.width(), 0.5))
        self._paint_head(painter, colors)
        self._paint_scale(painter, colors)
        dots = _Dots()
        for index, column in enumerate(self._columns(range(len(self._layers)))):
            self._paint_layer(painter, colors, index, column, dots)
        dots.paint(painter, colors)
        self._paint_rings(painter, colors)
        if self.hasFocus():
            painter.setPen(QPen(colors.accent, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _paint_head(self, painter: QPainter, colors: theme.Theme) -> None:
        area = QRectF(10, 4, self.width() - 20, 18)
        title = self.tr("Gradient norm by layer") + "   "
        painter.setFont(font(_PIXELS + 1, bold=True))
        painter.setPen(colors.text)
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        area.setLeft(area.left() + metrics(_PIXELS + 1, bold=True).horizontalAdvance(title))
        painter.setFont(font(_PIXELS + 1))
        painter.setPen(colors.muted if self._node_at_spot() is None else colors.gradient)
        words = metrics(_PIXELS + 1).elidedText(
            self.sentence, Qt.TextElideMode.ElideRight, round(area.width())
        )
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_scale(self, painter: QPainter, colors: theme.Theme) -> None:
        field, scale = self._field(), self._scale
        painter.setFont(font(_PIXELS))
        step = max(1, math.ceil((scale.high - scale.low) / 4))
        decades = range(scale.high, scale.low - 1, -step)
        for decade, part in zip(decades, scale.parts([10.0**decade for decade in decades]), strict=True):
            y = field.bottom() - part * field.height()
            painter.setPen(QPen(colors.line, 1))
            painter.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))
            painter.setPen(colors.muted)
            label = QRectF(0, y - 8, field.left() - 6, 16)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(label, right, _decade_text(decade))

    def _seen(self, layer: Layer) -> list[int]:
        """The places in a layer of the nodes whose gradients are in view."""
        revealed = self._revealed
        if revealed is None:
            return list(range(len(layer.nodes)))
        return [i for i, node in enumerate(layer.nodes) if node.id in revealed]

    def _paint_layer(
        self, painter: QPainter, colors: theme.Theme, index: int, column: QRectF, dots: _Dots
    ) -> None:
        """The bar and the words of a layer; its dots are left to `dots`."""
        layer, lit = self._layers[index], self._spot is not None and self._spot[0] == index
        seen = self._seen(layer)
        center, bottom, height = column.center().x(), column.bottom(), column.height()
        top = bottom - height * (self._parts[index][seen[0]] if seen else 0.0)
        width = max(min(_WIDEST_BAR, column.width() * 0.6), 1.0)
        ink = _faint(_ink(layer.nodes[seen[0] if seen else 0].mark, colors).rgb(), 0.55 if lit else 0.3)
        painter.fillRect(QRectF(center - width / 2, top, width, bottom - top), ink)
        if column.width() < _NARROWEST_DOTS:
            return
        marked = math.inf
        parts, drawn = self._parts[index], set()
        for number in seen:
            node, part = layer.nodes[number], parts[number]
            # Many nodes of a layer have the very same gradient, and one dot shows it.
            alike = node.mark, node.is_leaf, part
            if alike in drawn:
                continue
            drawn.add(alike)
            place = QPointF(center, bottom - height * part)
            dots.add(node, place)
            if node.mark and abs(place.y() - marked) > _PIXELS:
                marked = place.y()
                _paint_mark(painter, colors, place, node)
        if column.width() >= _NARROWEST_NAME:
            painter.setFont(font(_PIXELS))
            painter.setPen(colors.text if lit else colors.muted)
            name = metrics(_PIXELS).elidedText(
                layer.title, Qt.TextElideMode.ElideRight, round(column.width() - 4)
            )
            below = QRectF(column.left(), column.bottom() + 1, column.width(), _BOTTOM - 2)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, name)

    def _paint_rings(self, painter: QPainter, colors: theme.Theme) -> None:
        """A larger dot under the mouse, and a ring around the dot of the selected node."""
        if self._column(0).width() < _NARROWEST_DOTS:
            return
        for index, layer in enumerate(self._layers):
            if self._selected is None and (self._spot is None or self._spot[0] != index):
                continue
            for number in self._seen(layer):
                node, lit = layer.nodes[number], (index, number) == self._spot
                if not lit and node.id != self._selected:
                    continue
                place, size = self.place(index, number), _DOT + (1.0 if lit else 0.0)
                if lit:
                    larger = _Dots(size)
                    larger.add(node, place)
                    larger.paint(painter, colors)
                if node.id == self._selected:
                    painter.setPen(QPen(colors.accent, 1.5))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawEllipse(place, size + 3, size + 3)

    # Mouse and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go_to(self._nearest(event.position()))
        if self._spot is not None:
            QToolTip.showText(event.globalPosition().toPoint(), self.sentence, self)

    def leaveEvent(self, event: QEvent) -> None:
        self._go_to(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._go_to(self._nearest(event.position()))
            self._choose()

    def _choose(self) -> None:
        node = self._node_at_spot()
        if node is not None:
            self.chosen.emit(node.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        moves: dict[int, tuple[int, int]] = {
            Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
        }  # fmt: skip
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        elif key in moves and self._layers:
            self._walk(*moves[key])
        else:
            super().keyPressEvent(event)

    def _walk(self, across: int, down: int) -> None:
        """To the next layer, or the next smaller norm of the layer; first to the output's."""
        if self._spot is None:
            self._go_to((len(self._layers) - 1, 0))
            return
        layer = min(max(self._spot[0] + across, 0), len(self._layers) - 1)
        node = min(max((0 if across else self._spot[1]) + down, 0), len(self._layers[layer].nodes) - 1)
        self._go_to((layer, node))


class _Dots:
    """Dots of one size, drawn all at once by kind: one by one a thousand of them take longer than a frame."""

    def __init__(self, size: float = _DOT) -> None:
        self._size = size
        self._places: dict[tuple[Mark, bool, bool], list[QPointF]] = {}

    def add(self, node: NodeNorm, place: QPointF) -> None:
        self._places.setdefault((node.mark, node.is_leaf, node.norm == 0), []).append(place)

    def paint(self, painter: QPainter, colors: theme.Theme) -> None:
        """Round dots for operations, squares for parameters, hollow where the gradient is zero."""
        for (mark, is_leaf, hollow), places in self._places.items():
            cap = Qt.PenCapStyle.SquareCap if is_leaf else Qt.PenCapStyle.RoundCap
            painter.setPen(QPen(_ink(mark, colors), 2 * self._size + _EDGE, Qt.PenStyle.SolidLine, cap))
            painter.drawPoints(places)
            if hollow:
                painter.setPen(QPen(colors.panel, 2 * self._size - _EDGE, Qt.PenStyle.SolidLine, cap))
                painter.drawPoints(places)


def _paint_mark(painter: QPainter, colors: theme.Theme, place: QPointF, node: NodeNorm) -> None:
    """The arrow that the node itself bears, or what its gradient is in place of a number."""
    painter.setFont(font(_PIXELS, bold=True))
    painter.setPen(_ink(node.mark, colors))
    mark = {"vanishing": "↓", "exploding": "↑"}.get(node.mark) or numbers.short(node.norm)
    painter.drawText(place + QPointF(_DOT + 4, 4), mark)


def _decade_text(decade: int) -> str:
    return numbers.short(10.0**decade) if -3 <= decade <= 3 else f"1e{decade}".replace("-", "−")


def _ink(mark: Mark, colors: theme.Theme) -> QColor:
    """Orange; red for what is not finite, the colour of warnings for what vanishes or explodes."""
    return {"odd": colors.error, "vanishing": colors.warning, "exploding": colors.warning}.get(
        mark, colors.gradient
    )


@lru_cache(maxsize=64)
def _faint(rgb: int, alpha: float) -> QColor:
    """A colour that lets the ground through."""
    ink = QColor(rgb)
    ink.setAlphaF(alpha)
    return ink
