"""All nodes as one item: their outlines are kept as pixels, their numbers are drawn over them.

A node drawn by lines and letters costs a fifth of a millisecond, copied a hundredth, so a thousand of them follow the
mouse. While a view is zoomed the pixels of the scale before are stretched; `sharpen` draws them anew, a few at a time.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Sequence
from time import perf_counter
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPaintEngine, QPainter, QPainterPath, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gdstudio.ui import theme
from gdstudio.ui.graph.boxes import Boxes
from gdstudio.ui.graph.exposure import EVERYWHERE, Exposure
from gdstudio.ui.graph.looks import Level
from gdstudio.ui.graph.node_item import EDGE_ROOM, GLOW_WIDTH, SIDE_ROOM, TOP_ROOM, Look, NodeItem
from gdstudio.ui.graph.node_items import NodeItems
from gdstudio.ui.graph.node_parts import BAND_WIDTH

# What the pixels may take; a screen full of nodes needs a tenth of it.
_MOST_BYTES = 128 * 2**20
# In a hurry no more than this goes into drawing outlines anew, in seconds.
_HURRY = 0.004
_DIMMED = 0.45


class Kept(NamedTuple):
    """The pixels of a node's outline: what they show, at how many for a unit, and their room in the node's units."""

    look: Look
    grain: float
    x: float
    y: float
    width: float
    height: float
    pixels: QPixmap


class Looking(NamedTuple):
    """How the layer is looked at: pixels of the window for a unit, dots of the screen for a pixel and for a unit."""

    scale: float
    ratio: float
    grain: float
    level: Level

    @classmethod
    def at(cls, scale: float, ratio: float) -> Looking:
        return cls(scale, ratio, scale * ratio, Level.at(scale))


class NodeLayer(QGraphicsItem):
    """Draws the nodes of a scene, selected ones last.

    Attributes:
        hurry: whether stretched pixels and plain blocks will do where nodes would have to be drawn anew.
    """

    def __init__(self, nodes: NodeItems, boxes: Boxes[str], exposure: Exposure) -> None:
        super().__init__()
        self.hurry = False
        self._nodes, self._boxes, self._exposure = nodes, boxes, exposure
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._bytes = 0
        self._alike: dict[Look, Kept] = {}
        self._alike_for = 0.0
        self._rough: set[str] = set()
        self._looking = Looking.at(1.0, 1.0)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setZValue(1)

    def boundingRect(self) -> QRectF:
        return EVERYWHERE

    def shape(self) -> QPainterPath:
        return QPainterPath()

    def forget(self, id: str | None = None) -> None:
        """Keep no pixels of a node that is gone; None: of any, since another theme or font has come."""
        if id is None:
            self._kept.clear()
            self._alike.clear()
            self._rough.clear()
            self._bytes = 0
            for item in self._nodes.all_made():
                item.forget_looks()
        else:
            self._rough.discard(id)
            gone = self._kept.pop(id, None)
            self._bytes -= _size(gone)

    def sharpen(self, seconds: float) -> bool:
        """Draw nodes anew that were drawn in a hurry, for about so long; whether all are done."""
        end = perf_counter() + seconds
        while self._rough and perf_counter() < end:
            item = self._nodes.made(self._rough.pop())
            if item is not None:
                self._keep(item, self._looking)
                self._exposure.place(item.exposure)
        return not self._rough

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        base = painter.worldTransform()
        scale = QStyleOptionGraphicsItem.levelOfDetailFromTransform(base)
        areas = self._exposure.areas or [option.exposedRect]
        items = self._reaching(areas)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._nodes.waiting:
            waiting = [id for id in self._boxes.meeting_any(areas) if id in self._nodes.waiting]
            _draw_bodies(painter, [self._boxes[id] for id in waiting])
        if painter.paintEngine().type() is not QPaintEngine.Type.Raster:
            # Files of lines and letters have no use for pixels.
            _draw(painter, items, base, scale)
        elif Level.at(scale) is Level.BLOCK:
            _draw_blocks(painter, items)
        else:
            self._copy(painter, items, base, Looking.at(scale, painter.device().devicePixelRatioF()))
        painter.restore()

    def _reaching(self, areas: Sequence[QRectF]) -> list[NodeItem]:
        """The nodes of which some part may lie in one of these areas: flags over other nodes, selected ones last."""
        near = [area.adjusted(-EDGE_ROOM, -EDGE_ROOM, EDGE_ROOM, EDGE_ROOM) for area in areas]
        far = [area.adjusted(0, 0, SIDE_ROOM, TOP_ROOM) for area in areas]
        made = self._nodes.made
        found = {id: item for id in self._boxes.meeting_any(near) if (item := made(id)) is not None}
        for id in self._boxes.meeting_any(far):
            if id not in found and (item := made(id)) is not None and item.reaches_out:
                found[id] = item
        items = list(found.values())
        items.sort(key=lambda item: (item.is_selected, item.has_flag))
        return items

    def _copy(self, painter: QPainter, items: Sequence[NodeItem], base: QTransform, looking: Looking) -> None:
        """Copy the pixels of the outlines, and draw the numbers over them."""
        if not self.hurry or looking != self._looking:
            self._rough.clear()
        self._looking = looking
        level, scale, ratio = looking.level, looking.scale, looking.ratio
        end = perf_counter() + _HURRY
        found = [(item, self._pixels_of(item, looking, perf_counter() < end)) for item in items]
        _draw_blocks(painter, [item for item, kept in found if kept is None])
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        left, top = base.dx(), base.dy()
        for item, kept in found:
            if kept is None:
                continue
            body = item.scene_body()
            # On whole dots, or letters would be blurred.
            x = round((body.x() * scale + left) * ratio) / ratio
            y = round((body.y() * scale + top) * ratio) / ratio
            if kept.grain == looking.grain:
                painter.drawPixmap(QPointF(x + kept.x * scale, y + kept.y * scale), kept.pixels)
            else:
                room = QRectF(x + kept.x * scale, y + kept.y * scale, kept.width * scale, kept.height * scale)
                painter.drawPixmap(room, kept.pixels, QRectF(kept.pixels.rect()))
            if level is Level.FULL and kept.look[0] is Level.FULL:
                painter.setWorldTransform(QTransform(scale, 0, 0, scale, x, y))
                item.paint_numbers(painter, scale)
                painter.resetTransform()

    def _pixels_of(self, item: NodeItem, looking: Looking, in_time: bool) -> Kept | None:
        """The pixels of a node's outline, those for another scale where there is no time; None = there are none."""
        look = item.look(looking.level)
        if looking.level is Level.SYMBOL:
            return self._shared(item, look, looking)
        kept = self._kept.get(item.id)
        old = kept is None or kept.look != look
        if kept is not None and not old and kept.grain == looking.grain:
            return kept
        if not self.hurry or (old and in_time):
            return self._keep(item, looking)
        self._rough.add(item.id)
        return kept

    def _shared(self, item: NodeItem, look: Look, looking: Looking) -> Kept:
        """Pixels for all nodes of a look: without their names most nodes look like some other one."""
        if self._alike_for != looking.grain:
            self._alike, self._alike_for = {}, looking.grain
        kept = self._alike.get(look)
        if kept is None:
            kept = self._alike[look] = _drawn(item, looking)
        return kept

    def _keep(self, item: NodeItem, looking: Looking) -> Kept:
        """Pixels for the outline of a node as it is looked at."""
        kept = _drawn(item, looking)
        self.forget(item.id)
        self._kept[item.id] = kept
        self._bytes += _size(kept)
        while self._bytes > _MOST_BYTES:
            self._bytes -= _size(self._kept.popitem(last=False)[1])
        return kept


def _drawn(item: NodeItem, looking: Looking) -> Kept:
    """Draw the outline of a node into pixels."""
    grain, level = looking.grain, looking.level
    need = item.drawn_rect(level)
    left, top = math.floor(need.left() * grain), math.floor(need.top() * grain)
    width, height = math.ceil(need.right() * grain) - left, math.ceil(need.bottom() * grain) - top
    pixels = QPixmap(width, height)
    pixels.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixels)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setWorldTransform(QTransform(grain, 0, 0, grain, -left, -top))
    item.paint_outline(painter, level, looking.scale)
    painter.end()
    pixels.setDevicePixelRatio(looking.ratio)
    return Kept(item.look(level), grain, left / grain, top / grain, width / grain, height / grain, pixels)


def _size(kept: Kept | None) -> int:
    return 0 if kept is None else 4 * kept.pixels.width() * kept.pixels.height()


def _draw(painter: QPainter, items: Sequence[NodeItem], base: QTransform, scale: float) -> None:
    """Draw the nodes by lines and letters."""
    level = Level.at(scale)
    for item in items:
        painter.setWorldTransform(QTransform.fromTranslate(item.pos().x(), item.pos().y()) * base)
        item.paint_outline(painter, level, scale)
        if level is Level.FULL:
            item.paint_numbers(painter, scale)


def _draw_bodies(painter: QPainter, bodies: Sequence[QRectF]) -> None:
    """Draw nodes of which nothing is known yet but where they stand."""
    colors = theme.current()
    edge = QPen(colors.line, 1)
    edge.setCosmetic(True)
    painter.setPen(edge)
    painter.setBrush(colors.raised)
    painter.drawRects(bodies)


def _draw_blocks(painter: QPainter, items: Sequence[NodeItem]) -> None:
    """Draw the nodes as plain blocks, all of one look at once; those that stand out come last."""
    groups: dict[Look, list[NodeItem]] = {}
    for item in items:
        groups.setdefault(item.look(Level.BLOCK), []).append(item)
    for alike in sorted(groups.values(), key=lambda group: group[0].block_style.width):
        style = alike[0].block_style
        painter.setOpacity(_DIMMED if style.dimmed else 1.0)
        line = Qt.PenStyle.DashLine if style.dashed else Qt.PenStyle.SolidLine
        # However small, a block has an edge of at least a pixel.
        edge = QPen(style.edge, max(style.width * painter.worldTransform().m11(), 1.0), line)
        edge.setCosmetic(True)
        painter.setBrush(style.ground)
        bodies = [item.scene_body() for item in alike]
        if style.glow is not None:
            painter.setPen(QPen(style.glow, GLOW_WIDTH))
            painter.drawRects(bodies)
        painter.setPen(edge)
        painter.drawRects(bodies)
        if style.band is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(style.band)
            painter.drawRects([QRectF(body.topLeft(), QSizeF(BAND_WIDTH, body.height())) for body in bodies])
    painter.setOpacity(1.0)
