"""The tour of the window: four steps, each a frame around a part of it and a few words beside.

Nothing is dimmed or blocked for good: Escape and "Skip" end it at any time, arrow keys and Enter walk through it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gdstudio.ui import theme as themes

WIDTH = 340
GAP = 14
_VEIL = 110  # opacity of what is not meant, of 255


@dataclass(frozen=True)
class Stop:
    """One step: the widget that is meant, a heading, and a sentence or two."""

    widget: QWidget
    title: str
    text: str


class Tour(QWidget):
    """Lies over a window and shows one stop after the other.

    Signals:
        ended(): it was walked through or skipped.
    """

    ended = Signal()

    def __init__(self, window: QWidget, stops: Sequence[Stop]) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("tour")
        self.setAccessibleName(self.tr("Tour of the window"))
        self._stops = stops
        self._index = 0
        self._framed = QRect()  # what is meant, as it is painted
        self._callout = QFrame(self)
        self._callout.setObjectName("tourCallout")
        self._title = QLabel()
        self._title.setObjectName("tourTitle")
        self._text = QLabel(wordWrap=True)
        self._text.setObjectName("tourText")
        self._place = QLabel()
        self._place.setObjectName("tourPlace")
        self._skip = self._button("tourSkip", self.tr("Skip"), self.finish)
        self._back = self._button("tourBack", self.tr("Back"), lambda: self.go_to(self._index - 1))
        self._next = self._button("tourNext", self.tr("Next"), lambda: self.go_to(self._index + 1))
        self._skip.setFlat(True)
        font = self._title.font()
        font.setBold(True)
        font.setPixelSize(font.pixelSize() + 2)
        self._title.setFont(font)
        row = QHBoxLayout()
        row.addWidget(self._place)
        row.addStretch(1)
        for button in (self._skip, self._back, self._next):
            row.addWidget(button)
        self._column = column = QVBoxLayout(self._callout)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addLayout(row)
        self._callout.setFixedWidth(WIDTH)
        window.installEventFilter(self)
        themes.switch().follow(self._paint_callout)
        self._paint_callout()
        self.go_to(0)
        self.show()
        self.raise_()
        self._next.setFocus()

    @property
    def index(self) -> int:
        """Which stop is shown, from 0."""
        return self._index

    def go_to(self, index: int) -> None:
        """Show a stop; after the last one the tour ends."""
        if index >= len(self._stops):
            self.finish()
            return
        self._index = max(index, 0)
        stop = self._stops[self._index]
        self._title.setText(stop.title)
        self._text.setText(stop.text)
        self._place.setText(self.tr("{0} of {1}").format(self._index + 1, len(self._stops)))
        last = self._index == len(self._stops) - 1
        self._next.setText(self.tr("Done") if last else self.tr("Next"))
        self._next.setAccessibleName(self._next.text())
        self._back.setEnabled(self._index > 0)
        self._skip.setVisible(not last)
        self._callout.setAccessibleName(stop.title)
        self._callout.setAccessibleDescription(stop.text)
        self._arrange()

    def finish(self) -> None:
        """Go away."""
        self.hide()
        self._window.removeEventFilter(self)
        self.ended.emit()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._arrange()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self.finish()
            case Qt.Key.Key_Right | Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self.go_to(self._index + 1)
            case Qt.Key.Key_Left:
                self.go_to(self._index - 1)

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Tab stays among the buttons: what lies under the veil would have the keys unseen.
        reached = [
            button
            for button in (self._skip, self._back, self._next)
            if button.isVisible() and button.isEnabled()
        ]
        if not reached:  # it is going away
            return super().focusNextPrevChild(forward)
        at = next((place for place, button in enumerate(reached) if button.hasFocus()), -1 if forward else 0)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        reached[(at + (1 if forward else -1)) % len(reached)].setFocus(reason)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QPainterPath()
        veil.addRect(self.rect())
        veil.addRoundedRect(self._framed, 6, 6)
        painter.fillPath(veil, QColor(0, 0, 0, _VEIL))
        painter.setPen(QPen(themes.current().accent, 2))
        painter.drawRoundedRect(self._framed, 6, 6)

    def _button(self, name: str, text: str, handler: object) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setAutoDefault(True)  # Enter presses the button that has the keys
        button.clicked.connect(handler)
        button.installEventFilter(_Arrows(self))
        return button

    def _meant(self) -> QRect:
        widget = self._stops[self._index].widget
        if not widget.isVisible():
            return QRect()
        corner = widget.mapTo(self._window, QPoint(0, 0))
        return QRect(corner, widget.size()).adjusted(2, 2, -2, -2) & self.rect().adjusted(2, 2, -2, -2)

    def _arrange(self) -> None:
        """Lay the callout beside what is meant: right, left, below, above, else in its middle."""
        self.setGeometry(self._window.rect())
        meant, room = self._meant(), self.rect().adjusted(GAP, GAP, -GAP, -GAP)
        height = max(self._column.totalHeightForWidth(WIDTH), self._column.sizeHint().height())
        middle = QRect(0, 0, WIDTH, height)
        middle.moveCenter(meant.center() if meant.isValid() else self.rect().center())
        middle.moveLeft(min(max(middle.left(), room.left()), room.right() - WIDTH))
        middle.moveTop(min(max(middle.top(), room.top()), room.bottom() - height))
        places = [
            QPoint(meant.right() + GAP, middle.top()),
            QPoint(meant.left() - GAP - WIDTH, middle.top()),
            QPoint(middle.left(), meant.bottom() + GAP),
            QPoint(middle.left(), meant.top() - GAP - height),
        ]
        boxes = (QRect(place, middle.size()) for place in places)
        self._callout.setGeometry(next((box for box in boxes if room.contains(box)), middle))
        if meant != self._framed:
            # All of the window lies under the veil, and is painted with it.
            self._framed = meant
            self.update()

    def _paint_callout(self) -> None:
        theme = themes.current()
        self._callout.setStyleSheet(
            f"#tourCallout {{ background: {theme.raised.name()}; border: 1px solid {theme.accent.name()};"
            f" border-radius: 8px; }} #tourPlace {{ color: {theme.muted.name()}; }}"
        )


class _Arrows(QObject):
    """Hands the keys of the tour on from a button, which would keep the arrows for moving the focus."""

    def __init__(self, tour: Tour) -> None:
        super().__init__(tour)
        self._tour = tour

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                self._tour.keyPressEvent(event)
                return True
        return False
