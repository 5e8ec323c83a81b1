"""Where the window speaks to a person: a bar for what went wrong, and the status bar's fields.

Neither moves anything else: the bar floats over the lower edge of its parent, and the fields keep their room.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from gdstudio.ui import icons
from gdstudio.ui import theme as themes


class MessageBar(QFrame):
    """A sentence, with a button where something can be done about it; stays until closed, replaced or settled."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self.setAccessibleName(self.tr("Message"))
        self._icon = QLabel()
        self._text = QLabel(wordWrap=True, textInteractionFlags=Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setObjectName("messageText")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._answer = QPushButton()
        self._answer.setObjectName("messageAnswer")
        self._answer.clicked.connect(self._act)
        self._action: Callable[[], object] | None = None
        self._is_note = False
        self._matter = ""
        self._beside: tuple[QWidget, ...] = ()
        self._close = QToolButton(autoRaise=True)
        self._close.setToolTip(self.tr("Close this message"))
        self._close.setObjectName("messageClose")
        self._close.setAccessibleName(self.tr("Close this message"))
        self._close.clicked.connect(self.hide)
        self._parent = parent
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._answer)
        row.addWidget(self._close)
        parent.installEventFilter(self)
        themes.switch().follow(self._paint)
        self._paint()
        self.hide()

    def text(self) -> str:
        return self._text.text()

    def show_message(
        self, sentence: str, answer: str = "", action: Callable[[], object] | None = None, matter: str = ""
    ) -> None:
        """Show what went wrong at the lower edge of the parent.

        Args:
            answer: what a button says that does `action`. The offer stands where that returns False: it was not done.
            matter: what it is about, for `settle`.
        """
        self._show(sentence, answer, action, matter, is_note=False)

    def show_note(self, sentence: str) -> None:
        """Show an answer that is no fault of anybody, without the colour of errors."""
        self._show(sentence, "", None, "", is_note=True)

    def settle(self, matter: str) -> None:
        """Put away a message about this matter: it is in order again."""
        if self._matter == matter:
            self.hide()

    def stay_above(self, *others: QWidget) -> None:
        """Leave these, the lowest one first, their room while they are shown: another message, what plays the race."""
        self._beside = others
        for other in others:
            other.installEventFilter(self)

    def _show(
        self, sentence: str, answer: str, action: Callable[[], object] | None, matter: str, *, is_note: bool
    ) -> None:
        if is_note != self._is_note:
            self._is_note = is_note
            self._paint()
        self._matter = matter
        self._text.setText(sentence)
        self._action = action
        self._answer.setText(answer)
        self._answer.setAccessibleName(answer)
        self._answer.setVisible(action is not None)
        self.setAccessibleDescription(sentence)
        self.show()
        self.raise_()
        self._place()

    def _act(self) -> None:
        action, self._action = self._action, None
        self.hide()
        # What is done may show another message.
        if action is not None and action() is False and self.isHidden():
            self._action = action
            self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        moves = event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)
        if moves and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        width = min(720, self._parent.width() - 32)
        # A wrapped label knows its height only for a width, so the width is fixed first.
        self.setFixedWidth(width)
        self.resize(width, max(self._row.totalHeightForWidth(width), self._close.sizeHint().height() + 16))
        place = QRect(0, 0, width, self.height())
        place.moveBottomLeft(QPoint((self._parent.width() - width) // 2, self._parent.height() - 17))
        for other in self._beside:
            there = QRect(other.mapTo(self._parent, QPoint(0, 0)), other.size())
            if other.isVisible() and there.intersects(place):
                place.moveBottom(there.top() - 9)
        self.move(place.topLeft())

    def _paint(self) -> None:
        theme = themes.current()
        self._icon.setPixmap(icons.icon("info" if self._is_note else "warning").pixmap(20, 20))
        edge = theme.line if self._is_note else theme.error
        self._close.setIcon(icons.icon("close"))
        self.setStyleSheet(
            f"#messageBar {{ background: {theme.raised.name()}; border: 1px solid {edge.name()};"
            f" border-radius: 8px; }} #messageText {{ color: {theme.text.name()}; }}"
        )


class ElidedLabel(QLabel):
    """One line that ends in an ellipsis where room is short; the whole text is its tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._full = ""

    def full_text(self) -> str:
        return self._full

    def set_full_text(self, text: str) -> None:
        self._full = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        metrics = QFontMetrics(self.font())
        self.setText(metrics.elidedText(self._full, Qt.TextElideMode.ElideRight, max(self.width() - 4, 0)))


class FolderButton(QToolButton):
    """Beside the status bar's message about a file that was written: shows its folder."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("openFolder")
        self.setText(self.tr("Open Folder"))
        self.setAccessibleName(self.tr("Open Folder"))
        self.setAutoRaise(True)
        self.setStyleSheet("margin: 0 4px; padding: 0 8px; color: palette(link);")  # the status bar is low
        self._folder = Path()
        self.clicked.connect(lambda _=False: self._open())
        self.hide()

    def offer(self, folder: Path) -> None:
        """Show the button, for this folder."""
        self._folder = folder
        self.setToolTip(str(folder))
        self.show()

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


class WorkField(QWidget):
    """Progress of long work and a button that stops it. Takes its room even when nothing is going on.

    Signals:
        cancelled(): the button was clicked.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setObjectName("workProgress")
        self._bar.setAccessibleName(self.tr("Computing"))
        self._bar.setFixedSize(140, 8)
        self._stop = QToolButton(autoRaise=True)
        self._stop.setToolTip(self.tr("Stop computing"))
        self._stop.setObjectName("workCancel")
        self._stop.setAccessibleName(self.tr("Stop computing"))
        self._stop.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 4, 0)
        row.addWidget(QLabel(self.tr("Computing…")))
        row.addWidget(self._bar)
        row.addWidget(self._stop)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        policy.setHorizontalPolicy(QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        themes.switch().follow(self._paint)
        self._paint()
        self.hide()

    def set_busy(self, busy: bool) -> None:
        self._bar.setRange(0, 0)  # moves to and fro until a fraction is known
        self.setVisible(busy)

    def set_fraction(self, fraction: float) -> None:
        self._bar.setRange(0, 1000)
        self._bar.setValue(round(1000 * fraction))

    def _paint(self) -> None:
        self._stop.setIcon(icons.icon("close"))
