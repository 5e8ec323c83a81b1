"""Pictures of views as PNG or SVG files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QCoreApplication, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QWidget

from gdstudio.ui import theme as themes

# Pixels of a PNG for each unit on the screen: sharp in print and on slides.
PNG_SCALE = 2.0


@dataclass(frozen=True)
class Picture:
    """Something that can be painted, and the size that suits it."""

    size: QSize
    paint: Callable[[QPainter, QRectF], None]

    @classmethod
    def of_widget(cls, widget: QWidget) -> Picture:
        """A widget as it is on the screen."""
        return cls(widget.size(), lambda painter, _target: widget.render(painter, QPoint(0, 0)))

    def image(self, size: QSize | None = None, scale: float = 1.0) -> QImage:
        """The picture in the middle of `size` units (its own when None), with `scale` pixels for each."""
        size = self.size if size is None else size
        target = QRectF(QPoint(0, 0), self.size.scaled(size, Qt.AspectRatioMode.KeepAspectRatio))
        target.moveCenter(QRectF(QPoint(0, 0), size).center())
        image = QImage(size * scale, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(scale)
        image.fill(themes.current().background)
        painter = QPainter(image)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.paint(painter, target)
        painter.end()
        return image


def export_picture(parent: QWidget, picture: Picture, suggested: Path) -> str | None:
    """Ask for a file and save a picture in it; a sentence when that failed."""
    dialog = QFileDialog(parent, _translate("Export Picture"), str(suggested.parent))
    dialog.setObjectName("exportDialog")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([_translate("PNG picture (*.png)"), _translate("SVG drawing (*.svg)")])
    dialog.setDefaultSuffix("png")
    dialog.filterSelected.connect(lambda text: dialog.setDefaultSuffix("svg" if "svg" in text else "png"))
    dialog.selectFile(suggested.name)
    if not dialog.exec():
        return None
    path = Path(dialog.selectedFiles()[0])
    try:
        write_picture(picture, path)
    except OSError as error:
        return _translate("{0} cannot be written: {1}").format(path.name, error)
    return None


def write_picture(picture: Picture, path: Path) -> None:
    """Write a picture to `path`, as SVG when the name ends so, else as PNG.

    Raises:
        OSError: the file cannot be written.
    """
    if path.suffix.lower() == ".svg":
        _write_svg(picture, path)
    else:
        write_png(picture.image(scale=PNG_SCALE), path)


def write_png(image: QImage, path: Path) -> None:
    """Write a PNG file, whatever its name ends in.

    Raises:
        OSError: the file cannot be written.
    """
    writer = QImageWriter(str(path), QByteArray(b"png"))
    if not writer.write(image):
        raise OSError(writer.errorString())


def _write_svg(picture: Picture, path: Path) -> None:
    target = QRect(QPoint(0, 0), picture.size)
    generator = QSvgGenerator()
    generator.setFileName(str(path))
    generator.setSize(picture.size)
    generator.setViewBox(target)
    painter = QPainter()
    if not painter.begin(generator):
        raise OSError(_translate("no SVG file can be written there"))
    painter.fillRect(target, themes.current().background)
    picture.paint(painter, QRectF(target))
    painter.end()


def _translate(text: str) -> str:
    return QCoreApplication.translate("export", text)
