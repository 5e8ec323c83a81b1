"""The cloud on the surface: from where a racer stands, the descent of all data and that of every batch.

The arrow is −∇loss over all rows, the dots are the tips of the batches' own arrows, all to one scale that makes them
visible; only directions and proportions are to be read.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from gdstudio.ui import theme as themes
from gdstudio.ui.landscape.arrowheads import draw_arrow
from gdstudio.ui.landscape.frame import Frame
from gdstudio.ui.landscape.layers import Layer

Array = np.ndarray

_REACH = 90.0
_TRUSTED = 0.9
_DOT = 2.4
_RIM = QColor(0, 0, 0, 130)


@dataclass(frozen=True, eq=False)
class SurfaceCloud:
    """Gradients along the two axes of a plane.

    Attributes:
        axes: their names.
        x, y: where the racer stands.
        full: the gradient of all rows, (2,).
        batches: those of the batches, (B, 2).
    """

    axes: tuple[str, ...]
    x: float
    y: float
    full: Array
    batches: Array


def tips(cloud: SurfaceCloud, frame: Frame) -> tuple[Array, Array]:
    """Where the arrow of all rows and those of the batches end, in pixels: (2,) and (B, 2).

    Nine of ten arrows are at most `_REACH` pixels long.
    """
    moves = -np.concatenate([cloud.full[None], cloud.batches]) * frame.scale
    lengths = np.hypot(moves[:, 0], moves[:, 1])
    lengths = lengths[np.isfinite(lengths)]
    longest = float(np.quantile(lengths, _TRUSTED)) if lengths.size else 0.0
    origin = np.array(frame.to_pixels(cloud.x, cloud.y))
    ends = origin + moves * (_REACH / longest if longest > 0 else 0.0)
    return ends[0], ends[1:]


class CloudLayer(Layer):
    """Draws a `SurfaceCloud` over a plane."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, z=7.0)
        self.cloud: SurfaceCloud | None = None

    def set_cloud(self, cloud: SurfaceCloud | None) -> None:
        self.cloud = cloud
        self.update()

    def draw(self, painter: QPainter, frame: Frame) -> None:
        if self.cloud is None:
            return
        full, batches = tips(self.cloud, frame)
        px, py = (float(v) for v in frame.to_pixels(self.cloud.x, self.cloud.y))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(_RIM)
        painter.setBrush(themes.current().gradient)
        for x, y in batches[np.isfinite(batches).all(axis=1)].tolist():
            painter.drawEllipse(QRectF(x - _DOT, y - _DOT, 2 * _DOT, 2 * _DOT))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if np.isfinite(full).all():
            draw_arrow(painter, QPointF(px, py), QPointF(*full.tolist()), themes.current().gradient)
