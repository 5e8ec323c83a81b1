"""The wires that stand out of the background, as one item before the wires and one before the nodes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QStyleOptionGraphicsItem, QWidget

from gdstudio.ui.graph.boxes import Boxes
from gdstudio.ui.graph.exposure import EVERYWHERE, Exposure
from gdstudio.ui.graph.looks import NAMES_ONLY
from gdstudio.ui.graph.wire_item import AROUND, LABEL_REACH, Standing, WireItem, WireKey


class WireLayer(QGraphicsItem):
    """Draws wires, those that came last on top."""

    def __init__(self, exposure: Exposure, boxes: Boxes[WireKey], depth: float) -> None:
        super().__init__()
        self.wires: dict[WireItem, None] = {}
        self._exposure, self._boxes = exposure, boxes
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setZValue(depth)

    def boundingRect(self) -> QRectF:
        return EVERYWHERE

    def shape(self) -> QPainterPath:
        return QPainterPath()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if not self.wires:
            return
        scale = QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform())
        areas = self._exposure.areas or [option.exposedRect]
        reach, height = LABEL_REACH if scale >= NAMES_ONLY else (AROUND, AROUND)
        near = [area.adjusted(-reach, -height, reach, height) for area in areas]
        met = set(self._boxes.meeting_any(near))
        for wire in self.wires:
            if wire.key in met:
                # Views and pictures ask for smooth lines; asking again for each wire would cost as much as drawing it.
                wire.paint(painter, scale, areas)


class WireLayers:
    """The `Canvas` of a scene's wires.

    Attributes:
        over_wires: those that are lit, chosen or moved.
        over_nodes: those with labels, which lie above all that they touch.
    """

    def __init__(self, scene: QGraphicsScene, exposure: Exposure, boxes: Boxes[WireKey]) -> None:
        """`boxes`: where the wires run that have a way."""
        self._exposure = exposure
        self.over_wires, self.over_nodes = WireLayer(exposure, boxes, 0), WireLayer(exposure, boxes, 2)
        self._layers = {Standing.OVER_WIRES: self.over_wires, Standing.OVER_NODES: self.over_nodes}
        for layer in self._layers.values():
            scene.addItem(layer)

    def stands_out(self, wire: WireItem, how: Standing) -> None:
        """Paint the wire over the background from now on, or no more."""
        for standing, layer in self._layers.items():
            if standing is how:
                layer.wires[wire] = None
            else:
                layer.wires.pop(wire, None)

    def clear(self) -> None:
        """All wires are gone."""
        for layer in self._layers.values():
            layer.wires.clear()

    def repaint(self, wire: WireItem) -> None:
        """Paint anew what lies over the background where the wire runs."""
        if not self._exposure.is_whole:
            self._exposure.place(wire.room)

    def repaint_ground(self, wire: WireItem) -> None:
        """Paint the background anew where the wire runs."""
        if not self._exposure.is_whole_ground:
            self._exposure.ground(wire.line_room)
