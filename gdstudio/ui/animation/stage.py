"""What is filmed: a copy of a view, off the screen, on a session of its own.

The window goes on meanwhile; nobody sees its steps jump. Building goes in slices that are short enough for the
GUI thread to serve a person between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args

from PySide6.QtCore import QCoreApplication, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QImage, QPainter
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QComboBox, QSplitter, QWidget

from gdstudio.document.model import Document
from gdstudio.ui import theme as themes
from gdstudio.ui.graph import GraphEditor
from gdstudio.ui.landscape import LandscapeView
from gdstudio.ui.race import RacePanel
from gdstudio.ui.race.following import Following
from gdstudio.ui.session import Session

View = Literal["landscape", "race", "curves", "graph", "window"]
VIEWS: tuple[View, ...] = get_args(View)

_PARTS: dict[View, tuple[str, ...]] = {
    "landscape": ("landscape",),
    "race": ("race",),
    "curves": ("race",),
    "graph": ("graph",),
    "window": ("graph", "landscape", "race"),
}
_RACE_SHARE = 0.3
# The height of the text that says the step, in pixels, and how many such lines a frame would have.
_SMALLEST_TEXT, _LARGEST_TEXT, _LINES = 11, 28, 34
_BESIDE_MENU = 48
# In pixels; what the parts need to be seen whole.
_LEAST = {"window": QSize(1400, 860), "race": QSize(1100, 220), "landscape": QSize(420, 300)}


class Stage:
    """A view of a document, shown at one step after the other.

    Args:
        view: "window" is graph and surface above the race.
        size: of a frame in pixels.
    """

    def __init__(self, document: Document, view: View, size: QSize) -> None:
        self.session = Session(document)
        self._view = view
        self._size = size
        self._parts: dict[str, Any] = {}
        self._drawn: list[QWidget] = []
        self._following = Following(self.session)
        self._root: QWidget | None = None

    def build(self) -> Iterator[None]:
        """Make the copy, slice by slice, while the session computes."""
        makers = {"graph": GraphEditor, "landscape": LandscapeView, "race": RacePanel}
        for name in _PARTS[self._view]:
            self._parts[name] = makers[name](self.session)
            yield
        if "landscape" in self._parts:
            # Choices, and hints for a mouse, say nothing in a film.
            for widget in (self._parts["landscape"].controls, self._parts["landscape"].readout):
                widget.hide()
        if "graph" in self._parts:
            self._following.changed.connect(self._parts["graph"].show_racer)
        self._root = self._arranged()
        self._drawn = [self._root] if self._view == "curves" else list(self._parts.values())
        self._root.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self._root.resize(self._room())
        self._root.show()
        yield

    def imitate(self, looks: Mapping[str, QWidget], selected: int | None) -> Iterator[None]:
        """Make the copy look like the views on the screen, slice by slice; call when the session has settled.

        Args:
            looks: the views by their names.
            selected: the racer that is selected there.
        """
        racers = self.session.document.race.racers
        if self._view == "graph" and selected is None:
            # Only with a racer to follow does anything move in the graph.
            selected = next((row for row, racer in enumerate(racers) if racer.enabled), None)
        self.session.select_racer(selected)
        yield
        for name, part in self._parts.items():
            if name in looks:
                mirror(looks[name], part)
                yield
        original = looks.get("landscape")
        if "landscape" in self._parts and isinstance(original, LandscapeView):
            mirror_landscape(original, self._parts["landscape"])
            yield

    @property
    def is_still(self) -> bool:
        """Whether everything that the step shown depends on has arrived."""
        landscape = self._parts.get("landscape")
        rested = landscape is None or landscape.is_idle
        return self.session.is_settled and rested and self._following.is_idle

    def show_step(self, step: int) -> None:
        self.session.set_step(step)

    def blank(self) -> QImage:
        """A picture to draw on."""
        image = QImage(self._size, QImage.Format.Format_RGB32)
        image.fill(themes.current().panel)
        return image

    def draw(self, image: QImage) -> Iterator[None]:
        """Draw what is shown now, one part in each slice."""
        assert self._root is not None, "the stage is built"
        for part in self._drawn:
            painter = QPainter(image)
            if isinstance(part, GraphEditor) and self._view == "graph":
                painter.fillRect(image.rect(), themes.current().background)
                painter.setRenderHints(
                    QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
                )
                part.paint_graph(painter, QRectF(QPoint(0, 0), self._size))
            else:
                share = self._size.width() / max(1, self._root.width())
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.scale(share, share)
                painter.translate(part.mapTo(self._root, QPoint(0, 0)))
                part.render(painter, QPoint(0, 0))
            painter.end()
            yield
        if "race" not in _PARTS[self._view] or self._view == "curves":
            self._write_step(image)

    def _write_step(self, image: QImage) -> None:
        """Write the step in the lower right corner, or above curves; the whole race says it by itself."""
        words = QCoreApplication.translate("Stage", "step {0} of {1}")
        text, theme = words.format(self.session.step, self.session.last_step), themes.current()
        painter = QPainter(image)
        font = painter.font()
        font.setPixelSize(min(_LARGEST_TEXT, max(_SMALLEST_TEXT, image.height() // _LINES)))
        painter.setFont(font)
        plate = painter.fontMetrics().boundingRect(text).adjusted(-5, -2, 5, 2)
        if self._view == "curves":
            # Between the choices and the menu, for the ends of the axis are below.
            plate.moveTopRight(image.rect().topRight() + QPoint(-_BESIDE_MENU, 4))
        else:
            plate.moveBottomRight(image.rect().bottomRight() - QPoint(4, 4))
        painter.fillRect(plate, theme.panel)
        painter.setPen(theme.text)
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()

    def close(self) -> None:
        """End the threads and let go of the widgets."""
        self._following.close()
        for name in ("graph", "race"):
            if name in self._parts:
                self._parts[name].close_workers()
        if "landscape" in self._parts:
            self._parts["landscape"].critical.finder.close()
        self.session.cancel_work()
        self.session.close()
        for widget in (*self._parts.values(), self._root):
            if widget is not None:
                widget.deleteLater()
        self._root = None
        self._parts.clear()
        self._drawn.clear()

    def _room(self) -> QSize:
        """The size at which the widgets are laid out: that of a frame, or a larger one of the same shape, to be drawn
        smaller, where the parts would not fit side by side.
        """
        least = _LEAST.get(self._view, QSize(1, 1))
        times = max(1.0, least.width() / self._size.width(), least.height() / self._size.height())
        return self._size * times

    def _arranged(self) -> QWidget:
        if self._view == "curves":
            curves = self._parts["race"].curves
            curves.setParent(None)
            return curves
        if self._view != "window":
            return self._parts[self._view]
        upper, whole = QSplitter(Qt.Orientation.Horizontal), QSplitter(Qt.Orientation.Vertical)
        for name in ("graph", "landscape"):
            upper.addWidget(self._parts[name])
        for widget in (upper, self._parts["race"]):
            whole.addWidget(widget)
        width, height = self._room().width(), self._room().height()
        upper.setSizes([width // 2, width // 2])
        race = round(_RACE_SHARE * height)
        whole.setSizes([height - race, race])
        return whole


def mirror(original: QWidget, copy: QWidget) -> None:
    """Set the switches, choices and sliders of a copy as those of the same names stand in the original."""
    for button in original.findChildren(QAbstractButton):
        twin = _twin(button, copy, QAbstractButton)
        if twin is not None and button.isCheckable() and button.isChecked() != twin.isChecked():
            twin.click()
    for action in original.findChildren(QAction):
        twin = _twin(action, copy, QAction)
        if twin is not None and action.isCheckable() and action.isChecked() != twin.isChecked():
            twin.trigger()
    for combo in original.findChildren(QComboBox):
        twin = _twin(combo, copy, QComboBox)
        if twin is not None and twin.currentIndex() != combo.currentIndex() < twin.count():
            twin.setCurrentIndex(combo.currentIndex())
            twin.activated.emit(combo.currentIndex())
    for slider in original.findChildren(QAbstractSlider):
        twin = _twin(slider, copy, QAbstractSlider)
        if twin is not None:
            twin.setValue(slider.value())


def mirror_landscape(original: LandscapeView, copy: LandscapeView) -> None:
    """Give a landscape the region, the colours and the camera of another one of the same document."""
    copy.plane.set_colour_map(original.plane.surface.colour_map)
    for one, other in ((original.plane, copy.plane), (original.pages.line, copy.pages.line)):
        if one.axes and one.axes == other.axes and one.grid is not None:
            other.show_ranges(one.frame.ranges)
    relief, twin = original.pages.space, copy.pages.space
    if relief is not None and twin is not None:
        twin.set_colour_map(original.plane.surface.colour_map)
        seen = relief.camera.opts
        twin.camera.setCameraPosition(
            pos=seen["center"],
            distance=seen["distance"],
            elevation=seen["elevation"],
            azimuth=seen["azimuth"],
        )


def _twin(child: Any, copy: QWidget, kind: type) -> Any:
    return copy.findChild(kind, child.objectName()) if child.objectName() else None
