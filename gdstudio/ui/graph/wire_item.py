"""A wire on the canvas: a curve, its local derivative, and in films a spot that travels along it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from functools import lru_cache
from typing import Protocol

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform

from gdstudio.ui import theme
from gdstudio.ui.graph.lettering import advance, fitting, font, readable
from gdstudio.ui.graph.looks import NAMES_ONLY, SYMBOLS_ONLY, Light
from gdstudio.ui.graph.selection import Selectable

_LABEL_PIXELS = 11
_LABEL_ROOM = 240.0
# How far a label reaches beyond the line at most, sideways and up and down.
LABEL_REACH = (_LABEL_ROOM / 2, 13.0)
# How far light and spots reach beyond the line.
AROUND = 8.0
PLAIN_WIDTH = 1.7
# Two lines, each this far from the middle in both directions, look like one of the plain width at 100 %.
_HALF = 0.3


WireKey = tuple[str, int]


class Canvas(Protocol):
    """Where wires are drawn."""

    def stands_out(self, wire: WireItem, how: Standing) -> None:
        """Paint the wire over the background from now on, or no more."""

    def repaint(self, wire: WireItem) -> None:
        """Paint anew what lies over the background where the wire runs."""

    def repaint_ground(self, wire: WireItem) -> None:
        """Paint the background anew where the wire runs."""


class Standing(Enum):
    """How a wire stands out of the background, where all wires lie as plain lines."""

    PLAIN = 0
    OVER_WIRES = 1
    OVER_NODES = 2


class WireItem(Selectable):
    """The wire into `slot` of `target`. The scene gives it its ends and its label.

    It is no item of Qt's: thousands of those take seconds to make, select and remove.
    """

    __slots__ = (
        "_bounds", "_canvas", "_chord", "_hovered", "_is_grounded", "_is_shown", "_label", "_lifted", "_light", "_lines",
        "_make_label", "_middle", "_path", "_selected", "_spans", "_spot", "_standing", "slot", "source", "target",
    )  # fmt: skip

    def __init__(self, source: str, target: str, slot: int, canvas: Canvas | None = None) -> None:
        self.source, self.target, self.slot = source, target, slot
        self._canvas = canvas
        self._path = QPainterPath()
        self._bounds = QRectF()
        self._is_grounded = self._is_shown = True
        self._selected = self._lifted = self._hovered = False
        self._lines: np.ndarray | None = None
        self._spans: np.ndarray | None = None  # of each piece: (left, top, -right, -bottom)
        self._middle: QPointF | None = None
        self._chord: QLineF | None = None
        self._make_label: Callable[[], str] | None = None
        self._label: str | None = None
        self._light = Light.PLAIN
        self._spot: float | None = None
        self._standing = Standing.PLAIN

    @property
    def key(self) -> WireKey:
        return self.target, self.slot

    @property
    def path(self) -> QPainterPath:
        return self._path

    @property
    def label(self) -> str:
        """The local derivative as shown, empty while it is hidden. Made when it is first asked for."""
        if self._label is None:
            self._label = self._make_label() if self._make_label is not None else ""
        return self._label

    def set_path(self, path: QPainterPath, quiet: bool = False) -> None:
        """Run along `path`; `quiet` = the background is painted anew by somebody else."""
        if path == self._path:
            return
        exposes = self._is_grounded and not quiet
        if exposes:
            self._expose()
        self._repaint()
        self._path = path
        self._bounds = path.boundingRect()
        self._lines = self._spans = self._middle = self._chord = None
        if exposes:
            self._expose()
        self._restyle()

    @property
    def chord(self) -> QLineF:
        """From end to end."""
        if self._chord is None:
            first = self._path.elementAt(0)
            self._chord = QLineF(QPointF(first.x, first.y), self._path.currentPosition())
        return self._chord

    def move_by(self, shift: QPointF) -> None:
        """Run elsewhere in the same way; the background is painted anew by somebody else."""
        self._repaint()
        self._path = self._path.translated(shift)
        self._bounds = self._bounds.translated(shift)
        self._lines = self._spans = self._middle = self._chord = None
        self._repaint()

    @property
    def _pieces(self) -> np.ndarray:
        """The curve as straight pieces, shape (n, 2, 2): beginning and end of each, (x, y)."""
        if self._lines is None:
            polygons = self._path.toSubpathPolygons()
            points = [(at.x(), at.y()) for line in polygons for at in map(line.at, range(line.count()))]
            self._lines = np.array(list(zip(points, points[1:], strict=False))).reshape(-1, 2, 2)
        return self._lines

    def set_label(self, make: Callable[[], str] | None) -> None:
        """What makes the text of the local derivative once it comes into view; None hides it."""
        if make is None and self._make_label is None:
            return
        self._repaint()
        self._make_label, self._label = make, None
        self._restyle()

    def set_light(self, light: Light) -> None:
        if light is not self._light:
            self._light = light
            self._restyle()

    def set_hover(self, hovered: bool) -> None:
        if hovered != self._hovered:
            self._hovered = hovered
            self._restyle()

    def set_spot(self, at: float | None) -> None:
        """Where a spot travels, 0 at the source to 1 at the target; None = nowhere."""
        if at != self._spot:
            self._spot = at
            self._restyle()

    @property
    def is_grounded(self) -> bool:
        """Whether the scene draws its plain line with the background, where views keep it."""
        return self._is_grounded

    def set_lifted(self, lifted: bool) -> None:
        """Take the line out of the background while it moves, which would be drawn anew at every step."""
        if lifted != self._lifted:
            self._lifted = lifted
            self._restyle()

    def _follow_selection(self) -> None:
        self._restyle()

    @property
    def is_shown(self) -> bool:
        """Whether the wire is drawn at all."""
        return self._is_shown

    def set_shown(self, shown: bool) -> None:
        """Draw the wire, or not while it is picked up."""
        if shown != self._is_shown:
            self._repaint()
            self._is_shown = shown
            self._restyle()

    def remove(self) -> None:
        """Have what shows the wire painted anew: it is gone."""
        if self._is_grounded:
            self._expose()
        self._repaint()
        if self._canvas is not None and self._standing is not Standing.PLAIN:
            self._canvas.stands_out(self, Standing.PLAIN)
        self._canvas = None  # what else it is told shows nowhere

    def _restyle(self) -> None:
        """Paint anew what lies over the plain line, or the line itself while it is not in the background."""
        grounded = self._is_shown and not self._lifted
        if grounded != self._is_grounded:
            self._is_grounded = grounded
            self._expose()
        standing = self._how_it_stands()
        if standing is not self._standing:
            self._repaint()
            self._standing = standing
            if self._canvas is not None:
                self._canvas.stands_out(self, standing)
        self._repaint()

    def _how_it_stands(self) -> Standing:
        if not self._is_shown:
            return Standing.PLAIN
        if self._make_label is not None:
            # Labels lie above all wires and nodes that they touch.
            return Standing.OVER_NODES
        over = self._lifted or self._is_coloured or self._spot is not None
        return Standing.OVER_WIRES if over else Standing.PLAIN

    @property
    def _is_coloured(self) -> bool:
        return self._light is not Light.PLAIN or self._hovered or self._selected

    def _repaint(self) -> None:
        """Have painted anew what lies over the line."""
        if self._standing is not Standing.PLAIN and self._canvas is not None:
            self._canvas.repaint(self)

    def _expose(self) -> None:
        """Have the background painted anew where the wire runs."""
        if self._canvas is not None:
            self._canvas.repaint_ground(self)

    @property
    def bounds(self) -> QRectF:
        """Where the line runs, without its label."""
        return self._bounds

    @property
    def line_room(self) -> QRectF:
        """All that the wire may cover, with its light but without its label."""
        return self._bounds.adjusted(-AROUND, -AROUND, AROUND, AROUND)

    @property
    def room(self) -> QRectF:
        """All that the wire may cover, with its light and label."""
        rect = self.line_room
        return rect if self._make_label is None else rect.united(self._label_room())

    def distance(self, point: QPointF) -> float:
        """How far `point` (scene coordinates) is from the curve."""
        pieces = self._pieces
        if not len(pieces):
            return float("inf")
        start, along = pieces[:, 0], pieces[:, 1] - pieces[:, 0]
        away = np.array([point.x(), point.y()]) - start
        length = np.maximum((along**2).sum(axis=1), 1e-12)
        at = np.clip((away * along).sum(axis=1) / length, 0.0, 1.0)
        return float(np.sqrt(((away - at[:, None] * along) ** 2).sum(axis=1).min()))

    def passes(self, areas: Sequence[QRectF]) -> bool:
        """Whether the wire's bounds meet one of the areas."""
        if not areas:
            return False
        own = self._bounds.adjusted(0, -1, 0, 1)
        return any(own.intersects(area) for area in areas)

    def crosses(self, line: QLineF) -> bool:
        """Whether a straight line (scene coordinates) crosses the curve."""
        bounded = QLineF.IntersectionType.BoundedIntersection
        return any(line.intersects(QLineF(*a, *b))[0] == bounded for a, b in self._pieces.tolist())

    def piece(self, limits: np.ndarray) -> list[QPointF]:
        """The points of the curve from where it first comes near an area to where it last leaves it.

        Args:
            limits: of the area, (right, bottom, -left, -top).
        """
        if self._spans is None:
            pieces = self._pieces
            self._spans = np.hstack([pieces.min(axis=1), -pieces.max(axis=1)])
        inside = np.flatnonzero((self._spans <= limits).all(axis=1))
        if not len(inside):
            return []
        lines = self._pieces[inside[0] : inside[-1] + 1]
        return [QPointF(*point) for point in (*lines[:, 0].tolist(), lines[-1, 1].tolist())]

    @property
    def _label_place(self) -> QPointF:
        if self._middle is None:
            self._middle = self._path.pointAtPercent(0.5)
        return self._middle

    def _label_room(self) -> QRectF:
        """Where a label of any usual length lies."""
        middle = self._label_place
        return QRectF(
            middle.x() - _LABEL_ROOM / 2, middle.y() - LABEL_REACH[1], _LABEL_ROOM, 2 * LABEL_REACH[1]
        )

    def _label_rect(self, pixels: int) -> QRectF:
        width = min(advance(self.label, pixels) + 12, _LABEL_ROOM)
        height = pixels + 7
        middle = self._label_place
        return QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)

    def paint(self, painter: QPainter, scale: float, areas: Sequence[QRectF]) -> None:
        """Draw what stands out of the background in these areas."""
        colors = theme.current()
        color, width = self._stroke(colors)
        if self._is_coloured or not self._is_grounded:
            painter.setPen(wire_pen(color.rgb(), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(self._path)
        if self._spot is not None:
            self._paint_spot(painter, color)
        if scale >= NAMES_ONLY and self._shows_label(areas) and self.label:
            self._paint_label(painter, colors, readable(_LABEL_PIXELS, scale))

    def _shows_label(self, areas: Sequence[QRectF]) -> bool:
        """Whether there is a label, and in one of these areas."""
        if self._make_label is None:
            return False
        room = self._label_room()
        return any(room.intersects(area) for area in areas)

    def _stroke(self, colors: theme.Theme) -> tuple[QColor, float]:
        if self._light is Light.VALUE:
            return colors.value, 3.0
        if self._light is Light.GRADIENT:
            return colors.gradient, 3.0
        if self._selected:
            return colors.accent, 3.0
        return (colors.text, 2.2) if self._hovered else (colors.muted, PLAIN_WIDTH)

    def _paint_spot(self, painter: QPainter, color: QColor) -> None:
        center = self._path.pointAtPercent(min(max(self._spot or 0.0, 0.0), 1.0))
        halo = QColor(color)
        halo.setAlphaF(0.3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(halo)
        painter.drawEllipse(center, 8, 8)
        painter.setBrush(color)
        painter.drawEllipse(center, 4.5, 4.5)

    def _paint_label(self, painter: QPainter, colors: theme.Theme, pixels: int) -> None:
        tag = self._label_rect(pixels)
        painter.setPen(QPen(colors.gradient, 1))
        painter.setBrush(colors.panel)
        painter.drawRoundedRect(tag, 9, 9)
        painter.setFont(font(pixels))
        painter.setPen(colors.gradient)
        text = fitting([self.label], tag.width() - 8, pixels)
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, text)


def draw_plain(painter: QPainter, wires: Sequence[WireItem], area: QRectF, fine: bool = True) -> None:
    """Draw lines alone, as they are or, in a hurry, by two thin ones that Qt draws ten times faster."""
    pen = wire_pen(theme.current().muted.rgb())
    base = painter.worldTransform()
    width = PLAIN_WIDTH * base.m11()
    if fine:
        painter.setPen(pen)
        limits = np.array([area.right(), area.bottom(), -area.left(), -area.top()])
        for wire in wires:
            if width <= 1 or area.contains(wire.bounds):
                painter.drawPath(wire.path)
            else:
                # Qt takes as long for what is out of view as for what is in it.
                painter.drawPolyline(wire.piece(limits))
        return
    paths = [wire.path for wire in wires]
    thin = QPen(pen.color(), 1.0)
    thin.setCosmetic(True)
    painter.setPen(thin)
    if base.m11() < SYMBOLS_ONLY:
        painter.drawLines([wire.chord for wire in wires])
        return
    for shift in (-_HALF, _HALF) if width > 1 else (0.0,):
        painter.setWorldTransform(base * QTransform.fromTranslate(shift, shift))
        for path in paths:
            painter.drawPath(path)
    painter.setWorldTransform(base)


@lru_cache(maxsize=64)
def wire_pen(rgb: int, width: float = PLAIN_WIDTH) -> QPen:
    """The pen of a wire in a colour."""
    return QPen(QColor(rgb), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
