"""Text of a lesson: markdown that is as high as it needs to be, with formulas between `$$` typeset."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QImage,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from gdstudio.ui import theme as themes
from gdstudio.ui.inspector.typeset import Typesetter

TEXT_PIXELS = 14
_FORMULA = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
_LINE_HEIGHT = 135.0
_INDENT = 18.0
_CLOSE, _APART = 3.0, 9.0


class Prose(QTextBrowser):
    """Shows markdown. Pictures, links and HTML of a text are left alone: a document is data."""

    def __init__(self, typesetter: Typesetter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typesetter = typesetter
        self._markdown = ""
        self._is_good = False
        self._pixels = TEXT_PIXELS
        self._pictures: dict[str, QImage] = {}
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.document().setIndentWidth(_INDENT)
        self.set_pixels(TEXT_PIXELS)
        typesetter.typeset.connect(self._refresh)
        themes.switch().follow(self._dress)

    def text(self) -> str:
        """The markdown that is shown."""
        return self._markdown

    def set_text(self, markdown: str, good: bool = False) -> None:
        """Show another text, in the colour of what is right if it is `good`."""
        self._markdown, self._is_good = markdown, good
        self._refresh()

    def set_pixels(self, pixels: int) -> None:
        """Use type of this size, at the text size of 100 %."""
        self._pixels = pixels
        self._dress()

    def _dress(self, *_: object) -> None:
        """Take on the theme and the text size."""
        font = self.font()
        font.setPixelSize(themes.scaled(self._pixels))
        self.setFont(font)
        self._refresh()

    def loadResource(self, kind: int, url: QUrl | str) -> Any:
        # Formulas only; nothing is fetched from a disk or a net.
        return self._pictures.get(url if isinstance(url, str) else url.toString())

    def wheelEvent(self, event: Any) -> None:
        # The page around it scrolls.
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._pictures and event.size().width() != event.oldSize().width():
            self._refresh()
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(280, self.height())

    def _refresh(self, *_: object) -> None:
        theme = themes.current()
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.Text, theme.good if self._is_good else theme.text)
        self.setPalette(palette)
        self._pictures.clear()
        self.clear()
        text = _FORMULA.sub(self._formula, self._markdown)
        features = (
            QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
        )
        self.document().setMarkdown(text, QTextDocument.MarkdownFeature(features))
        self._space()
        self._fit()

    def _formula(self, found: re.Match[str]) -> str:
        latex = found[1].strip()
        ratio = self.devicePixelRatioF()
        larger = self.font().pixelSize() / TEXT_PIXELS
        picture = self._typesetter.picture(latex, themes.current().text.name(), round(ratio * larger, 3))
        if picture is None:
            return f"`{latex}`"
        room = round(self.viewport().width() * ratio)
        if picture.width() > room > 0:
            picture = picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        else:
            picture = picture.copy()
        picture.setDevicePixelRatio(ratio)
        url = f"formula:{len(self._pictures)}"
        self._pictures[url] = picture
        return f"![formula]({url})"  # without a text Qt leaves the picture out

    def _space(self) -> None:
        """Room between lines and paragraphs, which markdown has no word for."""
        block = self.document().begin()
        while block.isValid():
            cursor = QTextCursor(block)
            shape = QTextBlockFormat()
            shape.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            shape.setTopMargin(0)
            together = block.textList() or (_is_code(block) and _is_code(block.next()))
            shape.setBottomMargin(_CLOSE if together else _APART)
            cursor.mergeBlockFormat(shape)
            block = block.next()

    def _fit(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        self.setFixedHeight(max(1, round(self.document().size().height()) + 2))
        # A widget that is just being shown gets no event for this, and its viewport would cut off the last lines.
        self.setViewportMargins(0, 0, 0, 0)


def _is_code(block: QTextBlock) -> bool:
    return block.isValid() and block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)
