"""Layers of the plane: items above a view box that keep their finished picture and repaint it only when they
must.

A playback frame then costs the copy of a few pixmaps, whatever the layers show. What they show is in
surface.py, trails.py and marks.py.
"""

from __future__ import annotations

from collections.abc import Callable

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPaintEngine, QPainter, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gdstudio.ui.landscape.frame import Frame


class Layer(QGraphicsItem):
    """Covers a view box and draws in its pixels; draws anew at each paint."""

    def __init__(self, box: pg.ViewBox, z: float) -> None:
        super().__init__(box)
        self._box = box
        self.setZValue(z)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsToShape)
        box.sigResized.connect(self._resized)

    @property
    def frame(self) -> Frame:
        return Frame.of(self._box)

    def boundingRect(self) -> QRectF:
        return self._box.rect()

    def _resized(self) -> None:
        self.prepareGeometryChange()
        self.update()

    def draw(self, painter: QPainter, frame: Frame) -> None:
        """Draw everything, in pixels of `frame`."""
        raise NotImplementedError

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        self.draw(painter, self.frame)


class CachedLayer(Layer):
    """Keeps its picture until `changed()` is called or the frame is another."""

    def __init__(self, box: pg.ViewBox, z: float) -> None:
        super().__init__(box, z)
        self._picture: QPixmap | None = None
        self._key: tuple[Frame, float] | None = None

    def changed(self) -> None:
        """Call when what the layer shows is another."""
        self._picture = None
        self.update()

    def extend(self, painter: QPainter, frame: Frame) -> None:
        """Draw on top of the finished picture what came since; called before each copy."""

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        frame = self.frame
        if not _on_screen(painter):
            self.draw(painter, frame)
            # What `extend` remembers belongs to this drawing now, no longer to the kept picture.
            self._picture = None
            return
        ratio = painter.device().devicePixelRatioF()
        if self._picture is None or self._key != (frame, ratio):
            self._key = (frame, ratio)
            self._picture = _blank(frame, ratio)
            _paint_on(self._picture, self.draw, frame)
        _paint_on(self._picture, self.extend, frame)
        # Pixel for pixel: a fraction of a pixel of offset would blur every line.
        at = painter.worldTransform().map(QPointF(0.0, 0.0))
        painter.translate(round(at.x()) - at.x(), round(at.y()) - at.y())
        painter.drawPixmap(0, 0, self._picture)


def _paint_on(picture: QPixmap, draw: Callable[[QPainter, Frame], None], frame: Frame) -> None:
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw(painter, frame)
    painter.end()


def _blank(frame: Frame, ratio: float) -> QPixmap:
    picture = QPixmap(max(1, round(frame.width * ratio)), max(1, round(frame.height * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    return picture


def _on_screen(painter: QPainter) -> bool:
    """Whether a picture of the view's own resolution serves (not a vector file, not enlarged)."""
    kinds = QTransform.TransformationType
    plain = painter.worldTransform().type() in (kinds.TxNone, kinds.TxTranslate)
    return plain and painter.paintEngine().type() == QPaintEngine.Type.Raster
