"""A ring in the widget that the keyboard is at: seen after a key has moved the focus, and not after a click.

Whoever works with the mouse sees no frames around plots and lists; whoever works with the keyboard always sees where
it is. That is the rule of `:focus-visible` in CSS. The ring lies on the widget and changes neither its size nor its
picture otherwise. Fields to write in show a cursor, and a frame of their own.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QRegion, QWindow
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

NAME = "focusRing"
_WIDTH = 2
_HELD = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


class FocusRings(QObject):
    """Puts the ring into the widget that gets the focus, in every window of an application."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._by_key = False
        self._ring: _Ring | None = None
        self._window: QWindow | None = None
        app.focusChanged.connect(self._follow)
        app.focusWindowChanged.connect(self._watch)
        self._watch(app.focusWindow())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See whether keys or the mouse are in use; what a window gets comes here before its widgets."""
        if isinstance(event, QKeyEvent):
            self._by_key = self._by_key or event.key() not in _HELD
        elif event.type() == QEvent.Type.MouseButtonPress:
            self._by_key = False
            self._take_away()
        return False

    def _watch(self, window: QWindow | None) -> None:
        if self._window is not None and shiboken6.isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = window
        if window is not None:
            window.installEventFilter(self)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        self._take_away()
        if self._by_key and now is not None and not _shows_focus(now) and not _is_ground(now):
            self._ring = _Ring(now)

    def _take_away(self) -> None:
        if self._ring is not None and shiboken6.isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = None


def _is_ground(widget: QWidget) -> bool:
    """Whether no key or click leads to a widget: it has the focus while nothing in it has."""
    return widget.focusPolicy() == Qt.FocusPolicy.NoFocus


def _shows_focus(widget: QWidget) -> bool:
    if isinstance(widget, QLineEdit | QAbstractSpinBox | QTextEdit | QPlainTextEdit):
        return not widget.isReadOnly()
    return isinstance(widget, QMenu | QMenuBar)


class _Ring(QWidget):
    """The ring in one widget, or in the chosen tab of a tab bar."""

    def __init__(self, around: QWidget) -> None:
        super().__init__(around)
        self.setObjectName(NAME)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._around = around
        around.installEventFilter(self)
        if isinstance(around, QTabBar):
            around.currentChanged.connect(self._fit)
        self._fit()
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self.palette().highlight())

    def _fit(self, *_: object) -> None:
        around = self._around
        place = around.tabRect(around.currentIndex()) if isinstance(around, QTabBar) else around.rect()
        self.setGeometry(place)
        # What is within the ring is painted without it.
        outer = QRect(QPoint(0, 0), place.size())
        self.setMask(QRegion(outer).subtracted(QRegion(outer.adjusted(_WIDTH, _WIDTH, -_WIDTH, -_WIDTH))))
