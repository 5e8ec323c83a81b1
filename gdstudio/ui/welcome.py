"""The start page: documents to begin with, each with a small picture of its surface, and the recent files.

It is what the program shows first, so it imports nothing but Qt; the pictures come when the engine is there.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFont, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gdstudio.ui import icons
from gdstudio.ui import theme as themes
from gdstudio.ui.settings import Settings

if TYPE_CHECKING:
    from gdstudio.ui.thumbnails import Thumbnails

RECENT_SHOWN = 6
# Pixels of a card below its picture, at the usual size of text.
_TEXT_HEIGHT = 60


class WelcomePage(QScrollArea):
    """What is shown when no document is open.

    Signals:
        chosen(str): a card was clicked; the name of a bundled document.
        file_chosen(Path): a recent file was clicked.
        open_asked(): the button that opens a file was clicked.
        lessons_asked(), lesson_asked(): the list of lessons, or the one to go on with.
    """

    chosen = Signal(str)
    file_chosen = Signal(Path)
    open_asked = Signal()
    lessons_asked = Signal()
    lesson_asked = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcomePage")
        self.setAccessibleName(self.tr("Start page"))
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self._settings = settings
        self._thumbnails: Thumbnails | None = None
        self._cards: dict[str, Card] = {}
        t = self.tr
        # fmt: off
        rows = (
            ("welcomeLineFit", "line_fit", t("Line fit"), t("y = a·x + b through three points")),
            ("welcomeAbsGraph", "abs_graph", t("Chain rule"), t("|y − (w·x + b)|, step by step")),
            ("welcomeRosenbrock", "rosenbrock", t("Rosenbrock"), t("A long, curved, flat valley")),
            ("welcomeHimmelblau", "himmelblau", t("Himmelblau"), t("Four minima, equally deep")),
            ("welcomeBeale", "beale", t("Beale"), t("Plateaus and steep corners")),
            ("welcomeSumOfSquares", "sum_of_squares", t("Sum of squares"), t("x0² + x1², the plainest bowl")),
        )
        # fmt: on
        # What can be chosen takes the focus; the page as a whole has nothing for keys.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        self.setWidget(page)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addStretch(1)
        column.addLayout(self._heading())
        column.addSpacing(14)
        column.addWidget(_caption(t("Learn")))
        column.addLayout(self._course())
        column.addSpacing(14)
        column.addWidget(_caption(t("Begin with")))
        grid = QGridLayout()
        grid.setSpacing(16)
        for i, (object_name, name, title, line) in enumerate(rows):
            card = Card(title, line)
            card.setObjectName(object_name)
            card.clicked.connect(lambda _checked=False, name=name: self.chosen.emit(name))
            grid.addWidget(card, i // 3, i % 3)
            self._cards[name] = card
        column.addLayout(grid)
        column.addSpacing(14)
        self._recent_caption = _caption(t("Recent files"))
        column.addWidget(self._recent_caption)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        column.addLayout(self._recent)
        column.addStretch(2)
        outer = QHBoxLayout(page)
        outer.setContentsMargins(32, 16, 32, 16)
        outer.addStretch(1)
        outer.addLayout(column)
        outer.addStretch(1)
        # Who is new has no file to open: the course has the focus first.
        self.setTabOrder(self._lessons, self._opening)
        self.refresh()

    def _size_title(self, *_: object) -> None:
        font = QFont(self._title.font())
        font.setPixelSize(themes.scaled(28))
        font.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(font)

    def _heading(self) -> QHBoxLayout:
        title = QLabel(self.tr("Gradient Descent Studio"))
        self._title = title
        self._size_title()
        themes.switch().follow(self._size_title)
        line = QLabel(
            self.tr("A computation graph, its loss surface and a race of optimizers that move together.")
        )
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(title)
        texts.addWidget(line)
        picture = QLabel()
        picture.setPixmap(icons.application_icon().pixmap(QSize(64, 64), self.devicePixelRatioF()))
        opening = self._opening = QPushButton(self.tr("Open a File…"))
        opening.setObjectName("welcomeOpen")
        opening.setAutoDefault(True)  # Enter presses it
        opening.setAccessibleName(self.tr("Open a file"))
        opening.clicked.connect(self.open_asked)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(picture)
        row.addLayout(texts)
        row.addStretch(1)
        row.addWidget(opening, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _course(self) -> QHBoxLayout:
        line = QLabel(self.tr("From the derivative to Adam and beyond, every step live in the window."))
        row = QHBoxLayout()
        row.setSpacing(8)
        self._next_lesson, self._lessons = QPushButton(), QPushButton(self.tr("All Lessons"))
        self._lessons.setAccessibleName(self.tr("All Lessons"))
        for name, button, signal in (
            ("welcomeCourse", self._next_lesson, self.lesson_asked),
            ("welcomeLessons", self._lessons, self.lessons_asked),
        ):
            button.setObjectName(name)
            button.setAutoDefault(True)
            button.clicked.connect(signal)
            row.addWidget(button)
        row.addSpacing(8)
        row.addWidget(line)
        row.addStretch(1)
        return row

    def refresh(self) -> None:
        """Show the recent files as they are now, and whether the course has begun."""
        begun = self._settings.course_begun
        words = self.tr("Go on with the Course") if begun else self.tr("Begin the Course")
        self._next_lesson.setText(words)
        self._next_lesson.setAccessibleName(words)
        while (item := self._recent.takeAt(0)) is not None:
            if (button := item.widget()) is not None:
                button.deleteLater()
        files = [path for path in self._settings.recent_files if path.is_file()][:RECENT_SHOWN]
        for number, path in enumerate(files):
            self._recent.addWidget(self._recent_button(number, path))
        self._recent_caption.setVisible(bool(files))

    def draw_surfaces(self) -> None:
        """Compute the pictures that are still missing; this imports the engine."""
        missing = [name for name, card in self._cards.items() if not card.has_picture]
        if missing and self._thumbnails is None:
            from gdstudio.ui.thumbnails import Thumbnails

            self._thumbnails = Thumbnails(missing, self)
            self._thumbnails.drawn.connect(lambda name, picture: self._cards[name].set_picture(picture))
            self._thumbnails.finished.connect(self.close_worker)

    def close_worker(self) -> None:
        """Stop computing pictures."""
        if self._thumbnails is not None:
            self._thumbnails.close()
            self._thumbnails = None

    def _recent_button(self, number: int, path: Path) -> QPushButton:
        button = QPushButton(f"{path.stem}   –   {path.parent}".replace("&", "&&"))
        button.setFlat(True)
        button.setToolTip(str(path))
        button.setObjectName(f"welcomeRecent{number}")
        button.setAccessibleName(self.tr("Open {0}").format(path))
        button.setStyleSheet("text-align: left; padding: 5px 8px;")
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: self.file_chosen.emit(path))
        return button


class Card(QAbstractButton):
    """A button with a picture, a title and a line of text."""

    def __init__(self, title: str, line: str) -> None:
        super().__init__()
        self._line = line
        self._picture = QImage()
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(line)
        self.setToolTip(line)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        themes.switch().follow(self._follow)

    def _follow(self, *_: object) -> None:
        self.updateGeometry()
        self.update()

    @property
    def has_picture(self) -> bool:
        return not self._picture.isNull()

    def set_picture(self, picture: QImage) -> None:
        self._picture = picture
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(themes.scaled(280), 124 + themes.scaled(_TEXT_HEIGHT))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        card = QPainterPath()
        card.addRoundedRect(frame, 8, 8)
        hot = self.underMouse() or self.hasFocus()
        painter.fillPath(card, theme.hover if self.isDown() or self.underMouse() else theme.raised)
        top = QRectF(frame.left(), frame.top(), frame.width(), frame.height() - themes.scaled(_TEXT_HEIGHT))
        painter.setClipPath(card)
        painter.fillRect(top, theme.background)
        if self.has_picture:
            painter.drawImage(top, self._picture)  # stretched: the whole domain is to be seen
        painter.setClipping(False)
        painter.setPen(QPen(theme.accent if hot else theme.line, 2 if self.hasFocus() else 1))
        painter.drawPath(card)
        self._draw_text(
            painter,
            QRect(14, int(top.bottom()) + 9, self.width() - 28, themes.scaled(_TEXT_HEIGHT) - 19),
            theme.text,
            theme.muted,
        )

    def _draw_text(self, painter: QPainter, room: QRect, text: QColor, muted: QColor) -> None:
        font = QFont(self.font())
        font.setPixelSize(themes.scaled(15))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(text)
        # On the lines of the application's own font, whatever font the letters are taken from.
        painter.drawText(room.left(), room.top() + painter.fontMetrics().ascent(), self.text())
        font = QFont(self.font())
        font.setPixelSize(themes.scaled(12))
        painter.setFont(font)
        painter.setPen(muted)
        painter.drawText(room.left(), room.bottom() - painter.fontMetrics().descent(), self._line)


def _caption(text: str) -> QLabel:
    label = QLabel(text)
    font = QFont(label.font())
    font.setWeight(QFont.Weight.DemiBold)
    label.setFont(font)
    return label
