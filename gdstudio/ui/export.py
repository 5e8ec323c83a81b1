"""Pictures of views as PNG, SVG or PDF files, and on the clipboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pyqtgraph import ScatterPlotItem
from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QMarginsF,
    QPoint,
    QRect,
    QRectF,
    QSize,
    QSizeF,
    Qt,
)
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QGraphicsItem, QGraphicsView, QWidget

from gdstudio.document.replacing import replacing
from gdstudio.ui import theme as themes
from gdstudio.ui.folders import asked
from gdstudio.ui.translation import of_error

SUFFIXES = (".png", ".svg", ".pdf")
# Pixels of a PNG for each unit on the screen: sharp in print and on slides.
PNG_SCALE = 2.0
UNITS_PER_INCH = 96


class PictureError(ValueError):
    """What was asked for cannot be a picture; one sentence says why."""


@dataclass(frozen=True)
class Picture:
    """Something that can be painted, and the size that suits it."""

    size: QSize
    paint: Callable[[QPainter, QRectF], None]

    @classmethod
    def of_widget(cls, widget: QWidget) -> Picture:
        """A widget as it is on the screen."""

        def paint(painter: QPainter, target: QRectF) -> None:
            themes.switch().wave.finish()
            painter.save()
            painter.translate(target.topLeft())
            painter.scale(target.width() / widget.width(), target.height() / widget.height())
            with _uncached(widget):
                # A graphics view has a method of its own under this name.
                QWidget.render(widget, painter, QPoint(0, 0))
            painter.restore()

        return cls(widget.size(), paint)

    def image(self, size: QSize | None = None, scale: float = 1.0) -> QImage:
        """The picture in the middle of `size` units (its own when None), with `scale` pixels for each."""
        size = self.size if size is None else size
        image = QImage(size * scale, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(scale)
        painter = QPainter(image)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.draw(painter, size)
        painter.end()
        return image

    def draw(self, painter: QPainter, size: QSize) -> None:
        """Draw the picture in the middle of `size` units, on the background of the theme."""
        target = QRectF(QPoint(0, 0), self.size.scaled(size, Qt.AspectRatioMode.KeepAspectRatio))
        target.moveCenter(QRectF(QPoint(0, 0), size).center())
        painter.fillRect(QRect(QPoint(0, 0), size), themes.current().background)
        self.paint(painter, target)


@contextmanager
def _uncached(widget: QWidget) -> Iterator[None]:
    """Have items draw themselves with lines and letters, not copy the pixels that they keep for the screen."""
    kept, marks = [], []
    for view in widget.findChildren(QGraphicsView):
        for item in view.items():
            if isinstance(item, ScatterPlotItem):
                marks.append(item)
                item.setExportMode(True)
            if item.cacheMode() != QGraphicsItem.CacheMode.NoCache:
                kept.append((item, item.cacheMode()))
                item.setCacheMode(QGraphicsItem.CacheMode.NoCache)
    try:
        yield
    finally:
        for item, mode in kept:
            item.setCacheMode(mode)
        for item in marks:
            item.setExportMode(False)


def export_picture(
    parent: QWidget, picture: Picture, suggested: Path, written: Callable[[Path], object]
) -> str | None:
    """Ask for a file, save a picture in it, and tell `written` where it is; a sentence when that failed."""
    dialog = QFileDialog(parent, _translate("Export Picture"), str(suggested.parent))
    dialog.setObjectName("exportDialog")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    filters = {
        _translate("PNG picture (*.png)"): "png",
        _translate("SVG drawing (*.svg)"): "svg",
        _translate("PDF page (*.pdf)"): "pdf",
    }
    dialog.setNameFilters(list(filters))
    dialog.setDefaultSuffix("png")
    dialog.filterSelected.connect(lambda text: dialog.setDefaultSuffix(filters[text]))
    dialog.selectFile(suggested.name)
    path = asked(dialog)
    if path is None:
        return None
    try:
        write_picture(picture, path)
    except (OSError, PictureError) as error:
        return _translate("{0} cannot be written: {1}").format(path.name, of_error(error))
    written(path)
    return None


def check_suffix(path: Path) -> None:
    """Raise a PictureError where a name ends as that of no picture that can be written."""
    if path.suffix and path.suffix.lower() not in SUFFIXES:
        raise PictureError(f'a picture is a .png, .svg or .pdf, not "{path.suffix}"')


def copy_picture(picture: Picture) -> None:
    """Put a picture on the clipboard, as sharp as a PNG."""
    image = picture.image(scale=PNG_SCALE)
    image.setDevicePixelRatio(1.0)
    QGuiApplication.clipboard().setImage(image)


def write_picture(picture: Picture, path: Path, size: QSize | None = None) -> None:
    """Write a picture to `path`, as PNG, SVG or PDF as the name ends; as PNG where it has no end.

    Args:
        size: of the picture in units: the pixels of a PNG. None = its own size, and a PNG with twice as many pixels.

    Raises:
        PictureError: the name has another end.
        OSError: the file cannot be written.
    """
    check_suffix(path)
    drawn = picture.size if size is None else size
    match path.suffix.lower():
        case ".svg":
            content = _svg(picture, drawn)
        case ".pdf":
            content = pdf(picture, drawn)
        case _:
            content = _png(picture.image(scale=PNG_SCALE) if size is None else picture.image(size))
    with replacing(path) as temporary:
        temporary.write_bytes(content)


@contextmanager
def _in_memory() -> Iterator[QBuffer]:
    """What Qt draws into. Into a file it would go on though the disk is full, and say nothing."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    yield buffer
    buffer.close()


def _png(image: QImage) -> bytes:
    with _in_memory() as buffer:
        QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def _svg(picture: Picture, size: QSize) -> bytes:
    with _in_memory() as buffer:
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(size)
        generator.setViewBox(QRect(QPoint(0, 0), size))
        painter = QPainter(generator)
        picture.draw(painter, size)
        painter.end()
    return bytes(buffer.data().data())


def pdf(picture: Picture, size: QSize) -> bytes:
    """One page of the picture's size, with a unit of the screen as 1/96 inch."""
    with _in_memory() as buffer:
        writer = QPdfWriter(buffer)
        writer.setResolution(UNITS_PER_INCH)
        page = QPageSize(
            QSizeF(size) / UNITS_PER_INCH,
            QPageSize.Unit.Inch,
            "picture",
            QPageSize.SizeMatchPolicy.ExactMatch,
        )
        writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
        painter = QPainter(writer)
        picture.draw(painter, size)
        painter.end()
    return bytes(buffer.data().data())


def _translate(text: str) -> str:
    return QCoreApplication.translate("export", text)
