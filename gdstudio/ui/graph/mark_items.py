"""Frames and notes on the canvas, behind the wires and nodes."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gdstudio.ui import theme
from gdstudio.ui.graph.geometry import CORNER
from gdstudio.ui.graph.lettering import fitting, font, metrics, readable, wrapped
from gdstudio.ui.graph.marks import Frame, Key, Note
from gdstudio.ui.graph.selection import Selectable

_TITLE_PIXELS = 13
FRAME_TITLE = 26.0
FRAME_AROUND = 16.0
_NOTE_PIXELS = 13
_NOTE_WIDTH = 208.0
# What a note of a few words takes, for finding a place for a new one.
NOTE_SIZE = QSizeF(_NOTE_WIDTH, 64.0)
_NOTE_MARGIN = 10.0
_NOTE_FLAGS = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignVCenter)
_SMALLEST_TEXT_SCALE = 0.5


class MarkItem(Selectable, QGraphicsItem):
    """What frames and notes share: a key, a rectangle in scene coordinates, selection."""

    def __init__(self, key: Key, depth: float) -> None:
        super().__init__()
        self.key = key
        self._rect = QRectF()
        self._selected = False
        self.setZValue(depth)

    @property
    def rect(self) -> QRectF:
        """The whole box in scene coordinates."""
        return self._rect

    def _follow_selection(self) -> None:
        self.update()

    def handle(self) -> QRectF:
        """Where a press takes hold of it."""
        return self._rect

    def set_rect(self, rect: QRectF) -> None:
        if rect != self._rect:
            self.prepareGeometryChange()
            self._rect = rect

    def boundingRect(self) -> QRectF:
        return self._rect.adjusted(-3, -3, 3, 3)

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        path.addRect(self.handle())
        return path

    def _edge(self) -> QPen:
        colors = theme.current()
        return QPen(colors.accent, 2.0) if self._selected else QPen(colors.line, 1.0)


class FrameItem(MarkItem):
    """A titled box; its title strip is what the mouse takes hold of."""

    def __init__(self, key: Key, frame: Frame) -> None:
        super().__init__(key, -2)
        self.frame = frame

    def set_frame(self, frame: Frame) -> None:
        if frame != self.frame:
            self.frame = frame
            self.update()

    def fit(self, bodies: Iterable[QRectF]) -> None:
        """Lie around these rectangles."""
        self.set_rect(_around(bodies))

    def handle(self) -> QRectF:
        return _strip(self._rect)

    @staticmethod
    def handle_around(bodies: Iterable[QRectF]) -> QRectF:
        """Where the title would be if it lay around these rectangles."""
        return _strip(_around(bodies))

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        colors = theme.current()
        scale = QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(colors.muted)
        ground.setAlphaF(0.08)
        painter.setPen(self._edge())
        painter.setBrush(ground)
        painter.drawRoundedRect(self._rect, CORNER + 4, CORNER + 4)
        pixels = readable(_TITLE_PIXELS, scale)
        area = self.handle().adjusted(12, 4, -12, 0)
        painter.setFont(font(pixels, bold=True))
        painter.setPen(colors.accent if self._selected else colors.muted)
        title = fitting([self.frame.title], area.width(), pixels)
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)


def _around(bodies: Iterable[QRectF]) -> QRectF:
    rect = QRectF()
    for body in bodies:
        rect = rect.united(body)
    return rect.adjusted(-FRAME_AROUND, -FRAME_AROUND - FRAME_TITLE, FRAME_AROUND, FRAME_AROUND)


def _strip(box: QRectF) -> QRectF:
    return QRectF(box.left(), box.top(), box.width(), FRAME_TITLE)


class NoteItem(MarkItem):
    """A free text on a quiet ground; as wide as its longest line, up to a limit."""

    def __init__(self, key: Key, note: Note) -> None:
        super().__init__(key, -1)
        self.note = note
        self._place()

    def set_note(self, note: Note) -> None:
        if note != self.note:
            self.note = note
            self._place()
            self.update()

    def show_at(self, place: QPointF) -> None:
        """Lie elsewhere for as long as it is dragged."""
        self.set_rect(QRectF(place, self._rect.size()))

    def _place(self) -> None:
        limit = QRectF(0, 0, _NOTE_WIDTH, 10_000)
        needed = metrics(_NOTE_PIXELS).boundingRect(limit, _NOTE_FLAGS, self.note.text or " ")
        margin = 2 * _NOTE_MARGIN
        self.set_rect(QRectF(*self.note.pos, max(needed.width(), 30) + margin + 4, needed.height() + margin))

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        colors = theme.current()
        scale = QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._edge())
        painter.setBrush(colors.panel)
        painter.drawRoundedRect(self._rect, 4, 4)
        if scale < _SMALLEST_TEXT_SCALE:
            return
        margin = _NOTE_MARGIN
        pixels = readable(_NOTE_PIXELS, scale)
        area = self._rect.adjusted(margin, margin, -margin, -margin)
        text = self.note.text
        if pixels > _NOTE_PIXELS:
            # Letters that stay readable need more room than the note has.
            lines = max(1, int((area.height() + margin) / metrics(pixels).lineSpacing()))
            text = wrapped(text, area.width(), lines, pixels)
        painter.setFont(font(pixels))
        painter.setPen(colors.muted)
        painter.drawText(area, _NOTE_FLAGS, text)
