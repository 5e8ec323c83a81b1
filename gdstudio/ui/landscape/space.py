"""The space view: the loss as a relief that can be turned, with contour lines, trails and marbles (OpenGL).

It shows what the plane shows, from the same results, and asks for none of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph.opengl as gl
from OpenGL import GL
from PySide6.QtGui import QColor, QMouseEvent, QSurfaceFormat, QVector3D
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gdstudio.ui import theme
from gdstudio.ui.landscape import space_shapes as shapes
from gdstudio.ui.landscape.colour_scale import ColourScale, number_text
from gdstudio.ui.landscape.contours import contours
from gdstudio.ui.landscape.drawing import CONTOUR_COUNT, Surface
from gdstudio.ui.landscape.pin import TangentPlane
from gdstudio.ui.landscape.trails import Trail
from gdstudio.ui.results import GridResult

_HOME = {"distance": 3.7, "elevation": 32, "azimuth": -62}
_TOP = {"distance": 3.7, "elevation": 90, "azimuth": -90}
_MARBLE = 0.032
_SHEET = 0.22
_TRAIL_WIDTH = 3.0
# In a bowl the tangent plane lies below the surface, so it is drawn through it.
_FAINT = 0.45
_THROUGH = {
    GL.GL_DEPTH_TEST: False,
    GL.GL_BLEND: True,
    "glBlendFunc": (GL.GL_SRC_ALPHA, GL.GL_ONE_MINUS_SRC_ALPHA),
}


class _Camera(gl.GLViewWidget):
    """Left drag turns, middle drag pans, the wheel zooms, a double click goes home."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        smooth = QSurfaceFormat(self.format())
        smooth.setSamples(4)
        self.setFormat(smooth)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.go(_HOME)

    def go(self, where: dict[str, float]) -> None:
        self.setCameraPosition(pos=QVector3D(0.0, 0.0, 0.2 * shapes.HEIGHT), **where)


class SpaceView(QWidget):
    """A relief of the grid that was computed last, with the race of the plane's trails."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.camera = _Camera(self)
        self.camera.setObjectName("landscapeSpacePlot")
        self.camera.setAccessibleName(self.tr("Relief of the loss; drag to turn, wheel to zoom"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.camera)
        self.box: shapes.Box | None = None
        self._grid: GridResult | None = None
        self._trails: Sequence[Trail] = ()
        self._companions: Sequence[Trail] = ()
        self._step = 0
        self._selected: int | None = None
        self._colour_map = "viridis"
        self._show_contours = True
        self._levels: tuple[float, float] | None = None
        self._pinned: TangentPlane | None = None

        # A mesh counts as smooth so that its vertices are shared; its light is in its colours already.
        self._relief = gl.GLMeshItem(smooth=True, computeNormals=False, glOptions="opaque")
        self._raised, self._floor, self._edges, self._net = _lines(), _lines(), _lines(), _lines()
        self._sheet = gl.GLMeshItem(smooth=True, computeNormals=False, glOptions=_THROUGH)
        # Drawn after the relief and before the racers.
        self._relief.setDepthValue(-2)
        self._sheet.setDepthValue(-1)
        self._texts = [gl.GLTextItem(glOptions="translucent") for _ in range(8)]
        self._runners: list[_Runner] = []
        self._faint: list[gl.GLLinePlotItem] = []
        lines = (self._net, self._raised, self._floor, self._edges)
        for item in (self._relief, *lines, self._sheet, *self._texts):
            item.setVisible(False)
            self.camera.addItem(item)
        self.camera.go(_HOME)
        self.dress()

    def home(self) -> None:
        self.camera.go(_HOME)

    def from_above(self) -> None:
        self.camera.go(_TOP)

    # What is shown

    def dress(self) -> None:
        """Take the colours of the theme in use."""
        self.camera.setBackgroundColor(theme.current().background)
        self.show_grid(self._grid)

    def set_colour_map(self, name: str) -> None:
        self._colour_map = name
        self._draw_relief()

    def set_levels(self, levels: tuple[float, float] | None) -> None:
        """The losses at both ends of the colours and of the box; None = all."""
        if levels != self._levels:
            self._levels = levels
            self.show_grid(self._grid)

    def set_contours(self, shown: bool) -> None:
        self._show_contours = shown
        self._draw_relief()

    def show_grid(self, grid: GridResult | None) -> None:
        """Show losses over two coordinates; None, or losses over one, show nothing."""
        self._grid, self.box = None, None
        if grid is not None and len(grid.axes) == 2:
            scale = ColourScale.of(grid.z, grid.scale, self._levels)
            self._grid = grid
            self.box = None if scale.empty else shapes.Box(grid.ranges[0], grid.ranges[1], scale)
        self._draw_relief()
        self._draw_box()
        self._draw_race()

    def show_race(
        self, trails: Sequence[Trail], step: int, selected: int | None, companions: Sequence[Trail] = ()
    ) -> None:
        """Show the racers after `step` steps, with a tangent plane at the selected one, and whole trails faintly."""
        same = trails is self._trails and companions is self._companions
        self._trails, self._step, self._selected = trails, step, selected
        self._companions = companions
        if same:
            self._draw_step()
        else:
            self._draw_race()

    def show_pin(self, plane: TangentPlane | None) -> None:
        """Show a pinned tangent plane where no racer is selected that has one."""
        self._pinned = plane
        self._draw_step()

    def _draw_relief(self) -> None:
        grid, box = self._grid, self.box
        for item in (self._relief, self._raised, self._floor, self._net):
            item.setVisible(False)
        if grid is None or box is None:
            return
        surface = Surface(grid.xs, grid.ys, grid.z)
        _draw(self._net, shapes.grid_lines(surface, box), (1.0, 1.0, 1.0, 0.16))
        mesh = shapes.relief(surface, box, self._colour_map)
        self._relief.setVisible(len(mesh.faces) > 0)
        if len(mesh.faces):
            _fill(self._relief, mesh)
        if self._show_contours:
            lines = contours(grid.xs, grid.ys, grid.z, box.scale.levels(grid.z, CONTOUR_COUNT))
            raised, floor = shapes.contour_lines(lines, box)
            _draw(self._raised, raised, (0.0, 0.0, 0.0, 0.38))
            _draw(self._floor, floor, _rgba(theme.current().muted, 0.45))

    def _draw_box(self) -> None:
        """The edges of the floor, the axes' names and the numbers at their ends."""
        box, grid, now = self.box, self._grid, theme.current()
        self._edges.setVisible(box is not None)
        for text in self._texts:
            text.setVisible(box is not None)
        if box is None or grid is None:
            return
        corners = np.array([[-1.0, -1.0, 0.0], [1.0, -1.0, 0.0], [1.0, 1.0, 0.0], [-1.0, 1.0, 0.0]])
        up = corners[[0]] + [[0.0, 0.0, 0.0], [0.0, 0.0, shapes.HEIGHT]]
        ring = np.stack([corners, np.roll(corners, -1, axis=0)], axis=1).reshape(-1, 3)
        self._edges.setData(pos=np.concatenate([ring, up]), color=_rgba(now.muted, 0.7))
        places = [
            (grid.axes[0], (0.0, -1.22, 0.0)),
            (grid.axes[1], (1.22, 0.0, 0.0)),
            (number_text(box.x[0]), (-0.97, -1.12, 0.0)),
            (number_text(box.x[1]), (0.97, -1.12, 0.0)),
            (number_text(box.y[0]), (1.1, -0.97, 0.0)),
            (number_text(box.y[1]), (1.1, 0.97, 0.0)),
            (number_text(float(f"{box.scale.low:.3g}")), (-1.1, -1.06, 0.0)),
            (number_text(float(f"{box.scale.high:.3g}")), (-1.1, -1.06, shapes.HEIGHT)),
        ]
        for number, (item, (text, at)) in enumerate(zip(self._texts, places, strict=True)):
            color = now.text if number < 2 else now.muted
            item.setData(pos=np.array(at), text=text, color=color, font=theme.small_font())

    def _draw_race(self) -> None:
        for runner in self._runners:
            runner.leave(self.camera)
        self._draw_companions()
        self._runners = (
            [] if self.box is None else [_Runner(trail, self.box, self.camera) for trail in self._trails]
        )
        self._draw_step()

    def _draw_companions(self) -> None:
        """Trails that go along with the racers' own; they move with no step."""
        for item in self._faint:
            self.camera.removeItem(item)
        self._faint, box = [], self.box
        if box is None:
            return
        for trail in self._companions:
            item = _lines(_TRAIL_WIDTH)
            lines, _ = shapes.trail_lines(trail.x, trail.y, trail.losses, box)
            _draw(item, lines, _rgba(trail.style.color, _FAINT))
            self.camera.addItem(item)
            self._faint.append(item)

    def _draw_step(self) -> None:
        for runner in self._runners:
            runner.go(self._step, chosen=runner.trail.racer == self._selected)
        self._draw_sheet(next((trail for trail in self._trails if trail.racer == self._selected), None))

    def _draw_sheet(self, trail: Trail | None) -> None:
        """The tangent plane at a racer, else the pinned one."""
        corners = np.empty((0, 3))
        if trail is None and self._pinned is not None and self.box is not None:
            pinned = self._pinned
            corners = shapes.tangent_sheet(self.box, *pinned.at, pinned.loss, pinned.gradient, _SHEET)
        elif trail is not None and self.box is not None and self._grid is not None:
            last = min(self._step, len(trail.x) - 1)
            x, y = float(trail.x[last]), float(trail.y[last])
            loss, *slope = (float(v) for v in self._grid.landscape.value_and_gradient(x, y))
            corners = shapes.tangent_sheet(self.box, x, y, loss, (slope[0], slope[1]), _SHEET)
        self._sheet.setVisible(len(corners) > 0)
        if len(corners):
            colour = _rgba(theme.current().gradient, 0.45)
            faces = np.array([[0, 1, 2], [0, 2, 3]], dtype=np.uint32)
            self._sheet.setMeshData(
                vertexes=corners.astype(np.float32), faces=faces, vertexColors=np.tile(colour, (4, 1))
            )


class _Runner:
    """One racer in the relief: its path so far and its marble."""

    def __init__(self, trail: Trail, box: shapes.Box, camera: gl.GLViewWidget) -> None:
        self.trail = trail
        self._line, self._count = shapes.trail_lines(trail.x, trail.y, trail.losses, box)
        self._places = box.place(trail.x, trail.y, trail.losses, _MARBLE)
        self._path = _lines(_TRAIL_WIDTH)
        self._marble = gl.GLMeshItem(smooth=True, computeNormals=False, glOptions="opaque")
        mesh = shapes.marble(_MARBLE)
        mesh.colours[:, :3] *= _rgba(trail.style.color, 1.0)[:3]
        _fill(self._marble, mesh)
        for item in (self._path, self._marble):
            camera.addItem(item)

    def go(self, step: int, chosen: bool) -> None:
        """Stand where the racer is after `step` steps."""
        last = min(step, len(self._count) - 1)
        _draw(self._path, self._line[: 2 * self._count[last]], _rgba(self.trail.style.color, 1.0))
        place = self._places[last]
        self._marble.setVisible(bool(np.isfinite(place).all()))
        if self._marble.visible():
            size = 1.3 if chosen else 1.0
            self._marble.resetTransform()
            self._marble.translate(*place)
            self._marble.scale(size, size, size)

    def leave(self, camera: gl.GLViewWidget) -> None:
        for item in (self._path, self._marble):
            camera.removeItem(item)


def _lines(width: float = 1.0) -> gl.GLLinePlotItem:
    return gl.GLLinePlotItem(mode="lines", antialias=True, width=width, glOptions="translucent")


def _draw(item: gl.GLLinePlotItem, segments: np.ndarray, color: tuple[float, ...]) -> None:
    """Show segments (2 m, 3); hide the item when there are none."""
    item.setVisible(len(segments) > 0)
    if len(segments):
        item.setData(pos=segments, color=color)


def _fill(item: gl.GLMeshItem, mesh: shapes.Mesh) -> None:
    item.setMeshData(vertexes=mesh.vertices, faces=mesh.faces, vertexColors=mesh.colours)


def _rgba(color: QColor, alpha: float) -> tuple[float, float, float, float]:
    return color.redF(), color.greenF(), color.blueF(), alpha
