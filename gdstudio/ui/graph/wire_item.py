"""A wire on the canvas: a curve, its local derivative, and in films a spot that travels along it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPen, QTransform
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QStyleOptionGraphicsItem, QWidget

from gdstudio.ui import theme
from gdstudio.ui.graph import geometry
from gdstudio.ui.graph.lettering import fitting, font, metrics, readable
from gdstudio.ui.graph.looks import NAMES_ONLY, SYMBOLS_ONLY, Light

_LABEL_PIXELS = 11
_LABEL_ROOM = 240.0
# How far light and spots reach beyond the line.
_AROUND = 8.0
PLAIN_WIDTH = 1.7
# Two lines, each this far from the middle in both directions, look like one of the plain width at 100 %.
_HALF = 0.3
_RESTYLING = (
    QGraphicsItem.GraphicsItemChange.ItemSelectedHasChanged,
    QGraphicsItem.GraphicsItemChange.ItemVisibleHasChanged,
)
_SELECTABLE = QGraphicsItem.GraphicsItemFlag.ItemIsSelectable
_NO_CONTENTS = QGraphicsItem.GraphicsItemFlag.ItemHasNoContents


class WireItem(QGraphicsItem):
    """Draws the wire into `slot` of `target`. The scene gives it its ends and its label."""

    def __init__(self, source: str, target: str, slot: int) -> None:
        super().__init__()
        self.source, self.target, self.slot = source, target, slot
        self._path = QPainterPath()
        self._bounds = QRectF()
        self._is_grounded = True
        self._lifted = False
        self._lines: np.ndarray | None = None
        self._middle: QPointF | None = None
        self._chord: QLineF | None = None
        self._make_label: Callable[[], str] | None = None
        self._label: str | None = None
        self._light = Light.PLAIN
        self._hovered = False
        self._spot: float | None = None
        self._is_plain = True
        self.setFlags(_SELECTABLE | _NO_CONTENTS)

    @property
    def key(self) -> tuple[str, int]:
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
        self.prepareGeometryChange()
        exposes = self._is_grounded and not quiet
        if exposes:
            self._expose()
        self._path = path
        self._bounds = path.boundingRect()
        self._lines = self._middle = self._chord = None
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
        if (make is None) != (self._make_label is None):
            self._wipe()
            self.prepareGeometryChange()
            # Labels lie above all wires and nodes that they touch.
            self.setZValue(0 if make is None else 2)
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

    def itemChange(self, change: QGraphicsItem.GraphicsItemChange, value: object) -> object:
        if change in _RESTYLING:
            self._restyle()
        return super().itemChange(change, value)

    def _restyle(self) -> None:
        """Paint anew what lies over the plain line, or the line itself while it is not in the background."""
        grounded = self.isVisible() and not self._lifted
        if grounded != self._is_grounded:
            self._is_grounded = grounded
            self._expose()
        plain = grounded and not self._stands_out and self._spot is None and self._make_label is None
        if plain != self._is_plain:
            self._is_plain = plain
            if plain:
                self._wipe()
            self.setFlag(_NO_CONTENTS, plain)
        if not plain:
            self.update()

    def _wipe(self) -> None:
        """Have painted anew what lies over the line: Qt forgets to, for an item that has no contents any more."""
        scene = self.scene()
        if scene is not None:
            scene.update(self.boundingRect())

    @property
    def _stands_out(self) -> bool:
        return self._light is not Light.PLAIN or self._hovered or self.isSelected()

    def _expose(self) -> None:
        """Have the background painted anew where the wire runs."""
        scene = self.scene()
        if scene is not None:
            scene.invalidate(
                self._bounds.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND),
                QGraphicsScene.SceneLayer.BackgroundLayer,
            )

    @property
    def bounds(self) -> QRectF:
        """Where the line runs, without its label."""
        return self._bounds

    def boundingRect(self) -> QRectF:
        rect = self._bounds.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)
        return rect if self._make_label is None else rect.united(self._label_room())

    def shape(self) -> QPainterPath:
        stroker = QPainterPathStroker()
        stroker.setWidth(2 * geometry.WIRE_REACH)
        return stroker.createStroke(self._path)

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

    def piece(self, area: QRectF) -> list[QPointF]:
        """The points of the curve from where it first comes near `area` to where it last leaves it."""
        pieces = self._pieces
        low, high = pieces.min(axis=1), pieces.max(axis=1)
        near = (low <= (area.right(), area.bottom())) & (high >= (area.left(), area.top()))
        inside = np.flatnonzero(near.all(axis=1))
        if not len(inside):
            return []
        lines = pieces[inside[0] : inside[-1] + 1]
        return [QPointF(*point) for point in (*lines[:, 0].tolist(), lines[-1, 1].tolist())]

    @property
    def _label_place(self) -> QPointF:
        if self._middle is None:
            self._middle = self._path.pointAtPercent(0.5)
        return self._middle

    def _label_room(self) -> QRectF:
        """Where a label of any usual length lies."""
        middle = self._label_place
        return QRectF(middle.x() - _LABEL_ROOM / 2, middle.y() - 13, _LABEL_ROOM, 26)

    def _label_rect(self, pixels: int) -> QRectF:
        width = min(metrics(pixels).horizontalAdvance(self.label) + 12, _LABEL_ROOM)
        height = pixels + 7
        middle = self._label_place
        return QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        # Views and pictures ask for smooth lines; asking again for every wire would cost as much as drawing it.
        colors = theme.current()
        color, width = self._stroke(colors)
        if self._stands_out or not self._is_grounded:
            painter.setPen(wire_pen(color.rgb(), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(self._path)
        if self._spot is not None:
            self._paint_spot(painter, color)
        if self._make_label is not None:
            scale = QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform())
            if scale >= NAMES_ONLY and self.label:
                self._paint_label(painter, colors, readable(_LABEL_PIXELS, scale))

    def _stroke(self, colors: theme.Theme) -> tuple[QColor, float]:
        if self._light is Light.VALUE:
            return colors.value, 3.0
        if self._light is Light.GRADIENT:
            return colors.gradient, 3.0
        if self.isSelected():
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
        for wire in wires:
            if width <= 1 or area.contains(wire.bounds):
                painter.drawPath(wire.path)
            else:
                # Qt takes as long for what is out of view as for what is in it.
                painter.drawPolyline(wire.piece(area))
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
