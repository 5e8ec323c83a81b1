"""A node on the canvas: draws its face and its state of the moment (lit, selected, ports)."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from itertools import chain

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gdstudio.ui import theme
from gdstudio.ui.graph import geometry
from gdstudio.ui.graph.faces import Face
from gdstudio.ui.graph.lettering import (
    advance,
    fitting,
    fitting_number,
    font,
    largest_that_fits,
    metrics,
    readable,
    wrapped,
)
from gdstudio.ui.graph.numbers import DASH

# Below the first scale a node shows only name and symbol, in larger letters, below the second the symbol,
# below the third it is a plain block.
NAMES_ONLY = 0.6
SYMBOLS_ONLY = 0.36
BLOCKS_ONLY = 0.16

_TITLE_PIXELS = 13
_NUMBER_PIXELS = 13
_SMALL_PIXELS = 11
_LARGE_PIXELS = 20
_SYMBOL_PIXELS = (26, 20, 16, 13, 11)
_SYMBOL_WIDTHS = (34.0, 50.0)
_HEAT_HEIGHT = 16.0
_MARGIN = 22.0


class Light(Enum):
    """How a film or an interaction lights a node or wire."""

    PLAIN = 0
    VALUE = 1
    GRADIENT = 2


class NodeItem(QGraphicsItem):
    """Draws one node. Set `face` and the lights; positions and selection are the scene's business."""

    def __init__(self, id: str, face: Face) -> None:
        super().__init__()
        self.id = id
        self._face = face
        self._pending: Callable[[], Face] | None = None
        self._body = geometry.node_rect(len(face.slots))
        self._light = Light.PLAIN
        self._hovered = False
        self._hovered_port: int | None = None
        self._fitting: frozenset[int] | None = None
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsSelectable)
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self.setZValue(1)

    @property
    def face(self) -> Face:
        if self._pending is not None:
            make, self._pending = self._pending, None
            self._face = make()
        return self._face

    @property
    def has_flag(self) -> bool:
        """Whether the output's flag stands on the upper edge."""
        return bool(self._face.output)

    def expect_face(self, make: Callable[[], Face], anew: bool) -> None:
        """Take another face, of the same slots, once somebody looks; `anew` = what was drawn is out of date."""
        self._pending = make
        if anew:
            self.update()

    def set_face(self, face: Face) -> None:
        """Show another face; does nothing when it is the same."""
        self._pending = None
        if face == self._face:
            return
        if len(face.slots) != len(self._face.slots):
            self.prepareGeometryChange()
        self._face = face
        self._body = geometry.node_rect(len(face.slots))
        self.update()

    def set_light(self, light: Light) -> None:
        if light is not self._light:
            self._light = light
            self.update()

    def set_hover(self, hovered: bool, port: int | None = None) -> None:
        """Whether the mouse is over the node, and over which port (-1 = the output)."""
        if (hovered, port) != (self._hovered, self._hovered_port):
            self._hovered, self._hovered_port = hovered, port
            self.update()

    def set_fitting(self, ports: frozenset[int] | None) -> None:
        """While a wire is dragged: the ports it may end at (-1 = the output); None = no wire is dragged."""
        if ports != self._fitting:
            self._fitting = ports
            self.update()

    @property
    def fitting_ports(self) -> frozenset[int] | None:
        """The ports that are lit because a dragged wire may end there; None while no wire is dragged."""
        return self._fitting

    @property
    def ports(self) -> int:
        return len(self._face.slots)  # a face that is still expected has as many

    def body(self) -> QRectF:
        """The node's rectangle in its own coordinates."""
        return self._body

    def scene_body(self) -> QRectF:
        return self.body().translated(self.pos())

    def port(self, slot: int) -> QPointF:
        """Centre of a port in scene coordinates; -1 = the output."""
        own = geometry.output_port(self.ports) if slot < 0 else geometry.input_port(slot, self.ports)
        return own + self.pos()

    def boundingRect(self) -> QRectF:
        return self.body().adjusted(-_MARGIN * 3, -_MARGIN, _MARGIN, _MARGIN / 2)

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        path.addRect(self.body())
        return path

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        colors = theme.current()
        scale = QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform())
        # The cache paints with a painter of its own, which no view has told to draw smoothly.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._fitting == frozenset():
            painter.setOpacity(0.45)
        self._paint_body(painter, colors)
        if scale < BLOCKS_ONLY:
            return
        if scale < SYMBOLS_ONLY:
            self._paint_symbol(painter, colors, self.body().adjusted(6, 4, -6, -4), 44)
            return
        if scale < NAMES_ONLY:
            self._paint_large_name(painter, colors)
            self._paint_symbol(painter, colors, self.body().adjusted(8, 32, -8, -6), 34)
            self._paint_ports(painter, colors, names=False)
            return
        self._paint_title(painter, colors, scale)
        if self.face.problem and not self.face.waiting:
            self._paint_problem(painter, colors, scale)
        else:
            self._paint_sign(painter, colors)
            self._paint_numbers(painter, colors, scale)
        self._paint_flags(painter, colors, scale)
        painter.setOpacity(1.0)
        self._paint_ports(painter, colors, names=self._hovered or bool(self._fitting))

    def _paint_body(self, painter: QPainter, colors: theme.Theme) -> None:
        body = self.body()
        edge, width = self._edge(colors)
        if width > 1.5:
            glow = QColor(edge)
            glow.setAlphaF(0.22)
            painter.setPen(QPen(glow, 7))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(body, geometry.CORNER, geometry.CORNER)
        painter.setPen(
            QPen(edge, width, Qt.PenStyle.DashLine if self.face.waiting else Qt.PenStyle.SolidLine)
        )
        painter.setBrush(colors.hover if self._hovered and not self.isSelected() else colors.raised)
        painter.drawRoundedRect(body, geometry.CORNER, geometry.CORNER)
        if self.face.kind != "operation":
            self._paint_leaf_band(painter, colors)

    def _edge(self, colors: theme.Theme) -> tuple[QColor, float]:
        if self._light is Light.VALUE:
            return colors.value, 2.5
        if self._light is Light.GRADIENT:
            return colors.gradient, 2.5
        if self.isSelected():
            return colors.accent, 2.0
        if self.face.problem:
            return (colors.line, 1.2) if self.face.waiting else (colors.error, 2.0)
        if self.face.begins:
            return colors.error, 1.5
        return (colors.muted, 1.5) if self.face.output else (colors.line, 1.0)

    def _paint_leaf_band(self, painter: QPainter, colors: theme.Theme) -> None:
        """A band at the left edge: solid for what training changes, faint for what is given."""
        band = QColor(colors.value if self.face.kind == "parameter" else colors.muted)
        band.setAlphaF(0.9 if self.face.kind == "parameter" else 0.45)
        clip = QPainterPath()
        clip.addRoundedRect(self.body().adjusted(1, 1, -1, -1), geometry.CORNER - 1, geometry.CORNER - 1)
        painter.save()
        painter.setClipPath(clip, Qt.ClipOperation.IntersectClip)
        painter.fillRect(QRectF(0, 0, 4, self.body().height()), band)
        painter.restore()

    def _paint_title(self, painter: QPainter, colors: theme.Theme, scale: float) -> None:
        area = geometry.title_rect().adjusted(11, 2, -10, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        pixels, small = readable(_TITLE_PIXELS, scale), readable(_SMALL_PIXELS, scale)
        measure = metrics(pixels, bold=True)
        shape = f"[{self.face.shape}]" if self.face.shape else ""
        needed = advance(self.face.name, pixels, bold=True) + advance(shape, small) + 6
        # The name matters more than the shape, which the tooltip has, too.
        if shape and needed <= area.width():
            painter.setFont(font(small))
            painter.setPen(colors.muted)
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | middle, shape)
        painter.setFont(font(pixels, bold=True))
        painter.setPen(colors.text)
        name = measure.elidedText(self.face.name, Qt.TextElideMode.ElideMiddle, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | middle, name)

    def _paint_large_name(self, painter: QPainter, colors: theme.Theme) -> None:
        area = self.body().adjusted(10, 4, -8, 0)
        area.setHeight(28)
        painter.setFont(font(_LARGE_PIXELS, bold=True))
        painter.setPen(colors.text)
        painter.drawText(
            area, Qt.AlignmentFlag.AlignCenter, fitting([self.face.name], area.width(), _LARGE_PIXELS)
        )

    def _symbol_rect(self) -> QRectF:
        """The room of the symbol left of the numbers, wider where its longest word needs it."""
        longest = max(advance(word, _SYMBOL_PIXELS[-1]) for word in self.face.symbol.split())
        width = min(max(longest, _SYMBOL_WIDTHS[0]), _SYMBOL_WIDTHS[1])
        return QRectF(9, geometry.TITLE_HEIGHT, width, 2 * geometry.ROW_HEIGHT + 4)

    def _paint_sign(self, painter: QPainter, colors: theme.Theme) -> None:
        """The symbol left of the numbers; a tensor's picture below it, or in its place for a leaf."""
        area, heat = self._symbol_rect(), self.face.heat
        if heat is None:
            self._paint_symbol(painter, colors, area, _SYMBOL_PIXELS[0])
            return
        picture = area.adjusted(3, 5, -1, -5)
        if self.face.kind == "operation":
            self._paint_symbol(painter, colors, area.adjusted(0, 0, 0, -_HEAT_HEIGHT), _SYMBOL_PIXELS[1])
            picture.setTop(area.bottom() - _HEAT_HEIGHT)
            picture.setBottom(area.bottom() - 3)
        heat.paint(painter, picture, colors.panel, colors.value, colors.error, colors.line)

    def _paint_symbol(self, painter: QPainter, colors: theme.Theme, area: QRectF, largest: int) -> None:
        """The symbol as large as fits; long ones are set in several lines."""
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        text = self.face.symbol
        sizes = (largest, *(p for p in _SYMBOL_PIXELS if p < largest))
        pixels = largest_that_fits(text, area.width(), area.height(), sizes)
        ink = colors.muted if self.face.kind != "operation" else colors.text
        if text == "·":
            # As a letter the dot of a product would hardly be seen.
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(area.center(), largest / 7, largest / 7)
            return
        painter.setFont(font(pixels))
        painter.setPen(ink)
        painter.drawText(area, int(flags), text)

    def _paint_numbers(self, painter: QPainter, colors: theme.Theme, scale: float) -> None:
        rows = (
            (geometry.value_rect(), self.face.values, colors.value, self.face.finite[0]),
            (geometry.gradient_rect(), self.face.gradients, colors.gradient, self.face.finite[1]),
        )
        sizes = dict.fromkeys((readable(_NUMBER_PIXELS, scale), readable(_SMALL_PIXELS, scale)))
        left = self._symbol_rect().right() + 3
        for area, texts, color, finite in rows:
            area.setLeft(left)
            area.setRight(area.right() - 3)
            painter.setPen(color if finite else colors.error)
            texts = texts or (DASH,)
            # A scalar gives up digits before size, a tensor keeps the text that tells most.
            by_text = ((text, size) for text in texts for size in sizes)
            by_size = ((text, size) for size in sizes for text in texts)
            smaller = range(min(sizes) - 1, _SMALL_PIXELS - 1, -1)
            last = ((text, size) for size in smaller for text in texts[-1:])
            attempts = chain(by_text if self.face.shape else by_size, last)
            text, pixels = fitting_number(attempts, area.width())
            painter.setFont(font(pixels))
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_problem(self, painter: QPainter, colors: theme.Theme, scale: float) -> None:
        pixels = readable(_SMALL_PIXELS, scale)
        painter.setFont(font(pixels))
        painter.setPen(colors.error)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self._problem_rect(), flags, self._problem_text(pixels))

    def _problem_rect(self) -> QRectF:
        return QRectF(11, geometry.TITLE_HEIGHT - 1, geometry.NODE_WIDTH - 18, self.body().height() - 30)

    def _problem_text(self, pixels: int) -> str:
        lines = 3 if pixels < 15 else 2
        return wrapped(self.face.problem, self._problem_rect().width(), lines, pixels)

    def hidden_words(self, scale: float) -> str:
        """The sentence on a problem, or on what ails the numbers, that the node does not show in full itself."""
        return self.face.problem if self._hides_problem(scale) else self.face.trouble

    def _hides_problem(self, scale: float) -> bool:
        if not self.face.problem or self.face.waiting or scale < NAMES_ONLY:
            return bool(self.face.problem)
        return "…" in self._problem_text(readable(_SMALL_PIXELS, scale))

    def _paint_flags(self, painter: QPainter, colors: theme.Theme, scale: float) -> None:
        """Small flags on the upper edge: the output, and where numbers cease to be finite."""
        pixels = readable(_SMALL_PIXELS, scale)
        if self.face.output:
            edge = self._edge(colors)[0]
            self._paint_flag(
                painter,
                "◎ " + self.face.output,
                colors.muted if edge == colors.line else edge,
                colors.background,
                pixels,
                right=True,
            )
        if self.face.begins:
            self._paint_flag(
                painter, "⚠ " + self.face.begins, colors.error, colors.background, pixels, right=False
            )

    def _paint_flag(
        self, painter: QPainter, text: str, ground: QColor, ink: QColor, pixels: int, right: bool
    ) -> None:
        width, height = advance(text, pixels) + 14, pixels + 6
        left = self.body().right() - width - 8 if right else self.body().left() + 8
        flag = QRectF(left, self.body().top() - height, width, height)
        path = QPainterPath()
        path.addRoundedRect(flag.adjusted(0, 0, 0, 4), 5, 5)
        painter.save()
        painter.setClipRect(flag, Qt.ClipOperation.IntersectClip)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawPath(path)
        painter.restore()
        painter.setFont(font(pixels))
        painter.setPen(ink)
        painter.drawText(flag, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_ports(self, painter: QPainter, colors: theme.Theme, names: bool) -> None:
        for slot in range(-1, self.ports):
            self._paint_port(painter, colors, slot)
        if names:
            for slot in range(self.ports):
                self._paint_slot_name(painter, colors, slot)

    def _paint_port(self, painter: QPainter, colors: theme.Theme, slot: int) -> None:
        center = self.port(slot) - self.pos()
        wired = self.face.feeds if slot < 0 else self.face.wired[slot]
        fits = self._fitting is not None and slot in self._fitting
        radius = geometry.PORT_RADIUS * (1.35 if fits or self._hovered_port == slot else 0.9)
        edge = colors.accent if fits or self._hovered_port == slot else colors.muted
        if slot >= 0 and not wired and self.face.problem and self._fitting is None:
            edge = colors.error
        painter.setPen(QPen(edge, 1.6))
        painter.setBrush(edge if fits or (wired and self._fitting is None) else colors.background)
        painter.setOpacity(0.35 if self._fitting is not None and not fits else 1.0)
        painter.drawEllipse(center, radius, radius)
        painter.setOpacity(1.0)

    def _paint_slot_name(self, painter: QPainter, colors: theme.Theme, slot: int) -> None:
        if self._fitting is not None and slot not in self._fitting:
            return
        name = self.face.slots[slot]
        width = advance(name, _SMALL_PIXELS) + 10
        center = self.port(slot) - self.pos()
        tag = QRectF(center.x() - width - 9, center.y() - 9, width, 18)
        painter.setPen(QPen(colors.line, 1))
        painter.setBrush(colors.panel)
        painter.drawRoundedRect(tag, 4, 4)
        painter.setFont(font(_SMALL_PIXELS))
        painter.setPen(colors.text)
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, name)
