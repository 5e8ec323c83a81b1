"""Pictures of widgets as PNG or SVG files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QPoint, QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QWidget

# Pixels of a PNG for each pixel on the screen: sharp in print and on slides.
PNG_SCALE = 2


def export_picture(parent: QWidget, widget: QWidget, suggested: Path) -> str | None:
    """Ask for a file and save a picture of `widget` in it; a sentence when that failed."""
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
        write_picture(widget, path)
    except OSError as error:
        return _translate("{0} cannot be written: {1}").format(path.name, error)
    return None


def write_picture(widget: QWidget, path: Path, scale: float = PNG_SCALE) -> None:
    """Draw a widget as it is into `path`, SVG when the name ends so, else PNG.

    Raises:
        OSError: the file cannot be written.
    """
    if path.suffix.lower() == ".svg":
        _write_svg(widget, path)
    elif not picture(widget, scale).save(str(path), "PNG"):
        raise OSError(_translate("no PNG file can be written there"))


def picture(widget: QWidget, scale: float = 1.0) -> QImage:
    """A picture of a widget with `scale` pixels for each of its own."""
    image = QImage(widget.size() * scale, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    image.fill(widget.palette().window().color())
    painter = QPainter(image)
    widget.render(painter, QPoint(0, 0))
    painter.end()
    return image


def _write_svg(widget: QWidget, path: Path) -> None:
    generator = QSvgGenerator()
    generator.setFileName(str(path))
    generator.setSize(widget.size())
    generator.setViewBox(QRect(QPoint(0, 0), widget.size()))
    generator.setTitle(widget.window().windowTitle().replace("[*]", ""))
    painter = QPainter()
    if not painter.begin(generator):
        raise OSError(_translate("no SVG file can be written there"))
    widget.render(painter, QPoint(0, 0))
    painter.end()


def _translate(text: str) -> str:
    return QCoreApplication.translate("export", text)
