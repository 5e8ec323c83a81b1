"""A node on the canvas: its face, its state of the moment (lit, selected, ports), and how both are drawn."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gdstudio.ui import theme
from gdstudio.ui.graph import geometry
from gdstudio.ui.graph.exposure import Exposure
from gdstudio.ui.graph.faces import Face
from gdstudio.ui.graph.lettering import (
    advance,
    font,
    metrics,
    readable,
    wrapped,
)
from gdstudio.ui.graph.looks import NAMES_ONLY, BlockStyle, Level, Light, glow
from gdstudio.ui.graph.node_parts import (
    NUMBERS_RECT,
    SMALL_PIXELS,
    SYMBOL_PIXELS,
    Row,
    flag_rect,
    number_rows,
    number_sizes,
    paint_band,
    paint_flag,
    paint_slot_name,
    paint_symbol,
    symbol_rect,
)
from gdstudio.ui.graph.selection import Selectable

_TITLE_PIXELS = 13
_LARGE_PIXELS = 20
_HEAT_HEIGHT = 16.0
GLOW_WIDTH = 7.0
# How far a node reaches beyond its body: ports and glow, flags above it, names of inputs on its left.
EDGE_ROOM = 8.0
TOP_ROOM = 24.0
SIDE_ROOM = 66.0

Look = tuple[Any, ...]


class NodeItem(Selectable):
    """One node: its face, lights and place. A `NodeLayer` draws it with the methods that begin with `paint`.

    What does not follow from the numbers, the outline, is drawn apart from them, since it changes seldom and costs most.
    It is no item of Qt's: thousands of those take seconds to make, select and remove.
    """

    __slots__ = (
        "_body", "_face", "_fitting", "_hovered", "_hovered_port", "_is_outline_old", "_light", "_looks", "_make_face",
        "_make_outline", "_pos", "_rows", "_scene_body", "_selected", "_symbol_area", "canvas", "id", "is_face_old",
    )  # fmt: skip

    def __init__(
        self,
        id: str,
        slots: tuple[str, ...],
        make_face: Callable[[str], Face],
        make_outline: Callable[[str], Face] | None = None,
    ) -> None:
        """`make_face` gives the face, by id, when it is missing or old and somebody looks.

        `make_outline` gives one that may lack the numbers, for who looks from afar.
        """
        self.id = id
        self._face = Face(id, "", "operation", slots=slots)
        self._make_face, self._make_outline = make_face, make_outline or make_face
        self.is_face_old = True  # numbers may differ, the slots do not
        self._is_outline_old = True
        self._body = geometry.node_rect(len(slots))
        self._scene_body = self._body
        self._pos = QPointF()
        self._light = Light.PLAIN
        self._selected = self._hovered = False
        self._hovered_port: int | None = None
        self._fitting: frozenset[int] | None = None
        self._looks: dict[Level, Look] = {}
        self._rows: tuple[tuple[int, int], list[Row]] | None = None
        self._symbol_area: QRectF | None = None
        self.canvas: Exposure | None = None  # told the place to paint anew

    @property
    def face(self) -> Face:
        if self.is_face_old:
            self.is_face_old = self._is_outline_old = False
            self._take(self._make_face(self.id))
        return self._face

    @property
    def outline(self) -> Face:
        """A face whose name, symbol, ports and marks hold, though perhaps not its numbers."""
        if self._is_outline_old:
            self._is_outline_old = False
            self._take(self._make_outline(self.id))
        return self._face

    @property
    def has_outline(self) -> bool:
        """Whether an outline was made that is not known to be old."""
        return not self._is_outline_old

    @property
    def has_flag(self) -> bool:
        """Whether the output's flag stands on the upper edge."""
        return bool(self.outline.output)

    def expect_outline(self, slots: tuple[str, ...] | None = None) -> None:
        """The face is old, and more of it may differ than numbers; its slots are these (None: the same)."""
        self.is_face_old = self._is_outline_old = True
        if slots is not None and len(slots) != len(self._face.slots):
            self._resize(len(slots))
            self._face = replace(self._face, slots=slots)
        self.redraw()

    def set_face(self, face: Face) -> None:
        """Show another face; does nothing when it is the same."""
        self.is_face_old = self._is_outline_old = False
        if face == self._face:
            return
        if len(face.slots) != len(self._face.slots):
            self._resize(len(face.slots))
        numbers_alone = face.outline == self._face.outline
        self._take(face)
        if not numbers_alone:
            self.redraw()
        elif self.canvas is not None:
            self.canvas.place(NUMBERS_RECT.translated(self._pos))

    def _resize(self, ports: int) -> None:
        self.redraw()
        self._body = geometry.node_rect(ports)
        self._scene_body = self._body.translated(self._pos)

    def _take(self, face: Face) -> None:
        if face.symbol != self._face.symbol:
            self._symbol_area = None
        self._face = face
        self._looks.clear()
        self._rows = None

    def is_at(self, x: float, y: float) -> bool:
        """Whether the top left corner is there, in scene coordinates."""
        return self._pos.x() == x and self._pos.y() == y

    def place(self, point: QPointF) -> None:
        """Stand elsewhere; the place where it stood is painted anew, too."""
        if point != self._pos:
            self.redraw()
            self._pos = point
            self._scene_body = self._body.translated(point)
            self.redraw()

    def redraw(self) -> None:
        """Have the place of the node painted anew, with another look."""
        self._looks.clear()
        if self.canvas is not None and not self.canvas.is_whole:
            self.canvas.place(self.exposure)

    @property
    def exposure(self) -> QRectF:
        """All that the node may cover, in scene coordinates."""
        return self._scene_body.adjusted(-SIDE_ROOM, -TOP_ROOM, EDGE_ROOM, EDGE_ROOM)

    @property
    def reaches_out(self) -> bool:
        """Whether flags or names of inputs are drawn farther from the body than the light around it."""
        return self._shows_slot_names or bool(self.outline.output or self.outline.begins)

    def forget_looks(self) -> None:
        """Another theme or font has come."""
        self._looks.clear()
        self._rows = self._symbol_area = None

    def _follow_selection(self) -> None:
        self.redraw()

    def set_light(self, light: Light) -> None:
        if light is not self._light:
            self._light = light
            self.redraw()

    def set_hover(self, hovered: bool, port: int | None = None) -> None:
        """Whether the mouse is over the node, and over which port (-1 = the output)."""
        if (hovered, port) != (self._hovered, self._hovered_port):
            self._hovered, self._hovered_port = hovered, port
            self.redraw()

    def set_fitting(self, ports: frozenset[int] | None) -> None:
        """While a wire is dragged: the ports it may end at (-1 = the output); None = no wire is dragged."""
        if ports != self._fitting:
            self._fitting = ports
            self.redraw()

    @property
    def fitting_ports(self) -> frozenset[int] | None:
        """The ports that are lit because a dragged wire may end there; None while no wire is dragged."""
        return self._fitting

    @property
    def ports(self) -> int:
        return len(self._face.slots)  # a face that is still expected has as many

    def pos(self) -> QPointF:
        """The top left corner in scene coordinates."""
        return QPointF(self._pos)

    def body(self) -> QRectF:
        """The node's rectangle in its own coordinates."""
        return self._body

    def scene_body(self) -> QRectF:
        return self._scene_body

    def port(self, slot: int) -> QPointF:
        """Centre of a port in scene coordinates; -1 = the output."""
        own = geometry.output_port(self.ports) if slot < 0 else geometry.input_port(slot, self.ports)
        return own + self._pos

    def drawn_rect(self, level: Level) -> QRectF:
        """The room that the outline takes, in the node's own coordinates."""
        side = SIDE_ROOM if level is Level.FULL and self._shows_slot_names else EDGE_ROOM
        top = TOP_ROOM if level is Level.FULL and (self.outline.output or self.outline.begins) else EDGE_ROOM
        return self._body.adjusted(-side, -top, EDGE_ROOM, EDGE_ROOM)

    @property
    def _shows_slot_names(self) -> bool:
        return self._hovered or bool(self._fitting)

    @property
    def _is_dimmed(self) -> bool:
        return self._fitting == frozenset()

    def look(self, level: Level) -> Look:
        """All that the outline follows from; two nodes of one look are drawn alike."""
        found = self._looks.get(level)
        if found is None:
            found = self._looks[level] = self._look(level)
        return found

    def _look(self, level: Level) -> Look:
        face = self.face if level is Level.FULL else self.outline
        look: Look = (
            level, self._light, self._selected, self._hovered, self._is_dimmed, face.kind, bool(face.problem),
            face.waiting, bool(face.begins), bool(face.output),
        )  # fmt: skip
        if level >= Level.SYMBOL:
            look += (face.symbol, len(face.slots))
        if level >= Level.NAME:
            look += (face.name, face.wired, face.feeds, self._hovered_port, self._fitting)
        if level >= Level.FULL:
            names = face.slots if self._shows_slot_names else ()
            look += (face.shape, names, face.problem, face.begins, face.output, face.heat is None)
        return look

    # Drawing, in the node's own coordinates

    def paint_outline(self, painter: QPainter, level: Level, scale: float) -> None:
        """Draw everything but the numbers."""
        colors = theme.current()
        if self._is_dimmed:
            painter.setOpacity(0.45)
        self._paint_body(painter, colors, scale)
        if level is Level.SYMBOL:
            paint_symbol(
                painter, self.outline.symbol, self.body().adjusted(6, 4, -6, -4), self._symbol_ink(colors), 44
            )
        elif level is Level.NAME:
            self._paint_large_name(painter, colors)
            paint_symbol(
                painter,
                self.outline.symbol,
                self.body().adjusted(8, 32, -8, -6),
                self._symbol_ink(colors),
                34,
                _least(scale),
            )
            self._paint_ports(painter, colors, names=False)
        elif level is Level.FULL:
            self._paint_title(painter, colors, scale)
            if self._tells_problem:
                self._paint_problem(painter, colors, scale)
            else:
                self._paint_sign(painter, colors, scale)
            self._paint_flags(painter, colors, scale)
            painter.setOpacity(1.0)
            self._paint_ports(painter, colors, names=self._shows_slot_names)
        painter.setOpacity(1.0)

    def paint_numbers(self, painter: QPainter, scale: float) -> None:
        """Draw value, gradient and the picture of a tensor, at `Level.FULL`."""
        face = self.face
        if face.problem and not face.waiting:
            return
        colors = theme.current()
        if self._is_dimmed:
            painter.setOpacity(0.45)
        if face.heat is not None:
            area = self._heat_rect()
            face.heat.paint(painter, area, colors.panel, colors.value, colors.error, colors.line)
        sizes = number_sizes(scale)
        if self._rows is None or self._rows[0] != sizes:
            left = self._symbol_rect().right()
            self._rows = sizes, number_rows(face, left, colors, sizes)
        for text, set_in, corner, color in self._rows[1]:
            painter.setFont(set_in)
            painter.setPen(color)
            painter.drawStaticText(corner, text)
        if self._is_dimmed:
            painter.setOpacity(1.0)

    @property
    def _tells_problem(self) -> bool:
        return bool(self.face.problem) and not self.face.waiting

    @property
    def block_style(self) -> BlockStyle:
        """How the node is drawn as a plain block."""
        colors = theme.current()
        edge, width = self._edge(colors)
        ground = colors.hover if self._hovered and not self._selected else colors.raised
        return BlockStyle(
            edge, width, glow(edge, width), ground, self._band(colors), self.outline.waiting, self._is_dimmed
        )

    def _paint_body(self, painter: QPainter, colors: theme.Theme, scale: float) -> None:
        body = self.body()
        edge, width = self._edge(colors)
        light = glow(edge, width)
        # However small, an edge of at least a pixel: in the light theme it alone tells a node from the ground.
        width = max(width, 1.0 / scale)
        if light is not None:
            painter.setPen(QPen(light, GLOW_WIDTH))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(body, geometry.CORNER, geometry.CORNER)
        painter.setPen(
            QPen(edge, width, Qt.PenStyle.DashLine if self.outline.waiting else Qt.PenStyle.SolidLine)
        )
        painter.setBrush(colors.hover if self._hovered and not self._selected else colors.raised)
        painter.drawRoundedRect(body, geometry.CORNER, geometry.CORNER)
        band = self._band(colors)
        if band is not None:
            paint_band(painter, self.body(), band)

    def _edge(self, colors: theme.Theme) -> tuple[QColor, float]:
        if self._light is Light.VALUE:
            return colors.value, 2.5
        if self._light is Light.GRADIENT:
            return colors.gradient, 2.5
        if self._selected:
            return colors.accent, 2.0
        if self.outline.problem:
            return (colors.line, 1.2) if self.outline.waiting else (colors.error, 2.0)
        if self.outline.begins:
            return colors.error, 1.5
        return (colors.muted, 1.5) if self.outline.output else (colors.line, 1.0)

    def _band(self, colors: theme.Theme) -> QColor | None:
        """The band at the left edge of a leaf: solid for what training changes, faint for what is given."""
        kind = self.outline.kind
        if kind == "operation":
            return None
        band = QColor(colors.value if kind == "parameter" else colors.muted)
        band.setAlphaF(0.9 if kind == "parameter" else 0.45)
        return band

    def _paint_title(self, painter: QPainter, colors: theme.Theme, scale: float) -> None:
        area = geometry.title_rect().adjusted(11, 2, -10, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        pixels, small = readable(_TITLE_PIXELS, scale), readable(SMALL_PIXELS, scale)
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
        name, sizes = self.outline.name, (_LARGE_PIXELS, _LARGE_PIXELS - 2)
        pixels = next((size for size in sizes if advance(name, size, bold=True) <= area.width()), sizes[-1])
        painter.setFont(font(pixels, bold=True))
        painter.setPen(colors.text)
        # As at full size, the end of a long name stays: it tells two of a kind apart.
        name = metrics(pixels, bold=True).elidedText(name, Qt.TextElideMode.ElideMiddle, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, name)

    def _symbol_ink(self, colors: theme.Theme) -> QColor:
        return colors.muted if self.outline.kind != "operation" else colors.text

    def _symbol_rect(self) -> QRectF:
        """The room of the symbol left of the numbers, wider where its longest word needs it."""
        if self._symbol_area is None:
            self._symbol_area = symbol_rect(self.outline.symbol)
        return self._symbol_area

    def _paint_sign(self, painter: QPainter, colors: theme.Theme, scale: float) -> None:
        """The symbol left of the numbers; a tensor's picture goes below it, or in its place for a leaf."""
        area, symbol, ink = self._symbol_rect(), self.face.symbol, self._symbol_ink(colors)
        if self.face.heat is None:
            paint_symbol(painter, symbol, area, ink, SYMBOL_PIXELS[0], _least(scale))
        elif self.face.kind == "operation":
            above = area.adjusted(0, 0, 0, -_HEAT_HEIGHT)
            paint_symbol(painter, symbol, above, ink, SYMBOL_PIXELS[1], _least(scale))

    def _heat_rect(self) -> QRectF:
        """The room for the picture of a tensor."""
        area = self._symbol_rect()
        picture = area.adjusted(3, 5, -1, -5)
        if self.face.kind == "operation":
            picture.setTop(area.bottom() - _HEAT_HEIGHT)
            picture.setBottom(area.bottom() - 3)
        return picture

    def _paint_problem(self, painter: QPainter, colors: theme.Theme, scale: float) -> None:
        pixels = readable(SMALL_PIXELS, scale)
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
        return "…" in self._problem_text(readable(SMALL_PIXELS, scale))

    def _paint_flags(self, painter: QPainter, colors: theme.Theme, scale: float) -> None:
        """Small flags on the upper edge: the output, and where numbers cease to be finite."""
        pixels = readable(SMALL_PIXELS, scale)
        body = self.body()
        if self.face.output:
            text, edge = "◎ " + self.face.output, self._edge(colors)[0]
            ground = colors.muted if edge == colors.line else edge
            flag = flag_rect(body, text, pixels, Qt.AlignmentFlag.AlignRight)
            paint_flag(painter, flag, text, ground, colors.background, pixels)
        if self.face.begins:
            text = "⚠ " + self.face.begins
            flag = flag_rect(body, text, pixels, Qt.AlignmentFlag.AlignLeft)
            paint_flag(painter, flag, text, colors.error, colors.background, pixels)

    def _paint_ports(self, painter: QPainter, colors: theme.Theme, names: bool) -> None:
        for slot in range(-1, self.ports):
            self._paint_port(painter, colors, slot)
        if names:
            for slot in range(self.ports):
                if self._fitting is None or slot in self._fitting:
                    paint_slot_name(painter, colors, self.port(slot) - self._pos, self.face.slots[slot])

    def _paint_port(self, painter: QPainter, colors: theme.Theme, slot: int) -> None:
        center = self.port(slot) - self._pos
        wired = self.outline.feeds if slot < 0 else self.outline.wired[slot]
        fits = self._fitting is not None and slot in self._fitting
        radius = geometry.PORT_RADIUS * (1.35 if fits or self._hovered_port == slot else 0.9)
        edge = colors.accent if fits or self._hovered_port == slot else colors.muted
        if slot >= 0 and not wired and self.outline.problem and self._fitting is None:
            edge = colors.error
        painter.setPen(QPen(edge, 1.6))
        painter.setBrush(edge if fits or (wired and self._fitting is None) else colors.background)
        painter.setOpacity(0.35 if self._fitting is not None and not fits else 1.0)
        painter.drawEllipse(center, radius, radius)
        painter.setOpacity(1.0)


def _least(scale: float) -> int:
    """The size in canvas units that has 11 pixels on the screen."""
    return math.ceil(SMALL_PIXELS / scale - 1e-6)
