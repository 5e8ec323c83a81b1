"""Continuation: the surface blurred by a Gaussian of width σ, so that its minima merge as σ grows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QWidget

from gdstudio.document.model import WIDEST_SMOOTHING
from gdstudio.engine import EngineError, SmoothLandscape
from gdstudio.ui import theme
from gdstudio.ui.race.named import named
from gdstudio.ui.race.numbers import format_measured
from gdstudio.ui.results import GridResult
from gdstudio.ui.translation import of_error
from gdstudio.ui.worker import Progress, Worker

_KIND = "smooth"
_NOTCHES = 60
# Of the document's own ranges: less than a pixel. At the other end hardly anything is left.
_NARROWEST = 0.002
_COARSE, _FINE = 64, 160


class SmoothBar(QWidget):
    """The slider of σ.

    Signals:
        share_changed(float): a person chose another width, as a share of the axes' ranges.
    """

    share_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("smoothBar")
        self.slider = named(
            QSlider(Qt.Orientation.Horizontal),
            "smoothWidth",
            self.tr("Width σ of the blur"),
            self.tr("How far the surface is blurred; minima that are closer together merge"),
        )
        self.slider.setRange(0, _NOTCHES)
        self.slider.setValue(_NOTCHES // 2)
        self.slider.setMinimumWidth(110)
        self.slider.setMaximumWidth(240)
        self.label = named(QLabel(), "smoothText", self.tr("Width of the blur"))
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.label.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 2, 10, 2)
        row.addWidget(QLabel("σ"))
        row.addWidget(self.slider)
        row.addWidget(self.label, 1)
        self.slider.valueChanged.connect(lambda _: self.share_changed.emit(self.share))

    @property
    def share(self) -> float:
        """The width as a share of the axes' ranges."""
        return float(_NARROWEST * (WIDEST_SMOOTHING / _NARROWEST) ** (self.slider.value() / _NOTCHES))

    def show_share(self, share: float) -> None:
        """Put the slider where a width is, without asking for it."""
        notch = _NOTCHES * math.log(share / _NARROWEST) / math.log(WIDEST_SMOOTHING / _NARROWEST)
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(notch))

    def show_widths(self, axes: Sequence[str], widths: Sequence[float]) -> None:
        """Say how wide the blur is along each axis."""
        numbers = ", ".join(f"{a}: {format_measured(w, 3)}" for a, w in zip(axes, widths, strict=True))
        words = self.tr("The surface is blurred; racers feel the sharp one.")
        self.label.setText(
            f"{numbers} &nbsp; <span style='color:{theme.current().muted.name()}'>{words}</span>"
        )
        self.label.setToolTip(words)


class Smoother(QObject):
    """Blurs the grids it is given in a thread of its own; the newest wins.

    Signals:
        blurred(GridResult): a grid with blurred losses and a landscape that answers for the blurred surface.
        failed(str): one sentence.
    """

    blurred = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = Worker((_KIND,), self)
        self._worker.finished.connect(self._receive)
        self._worker.failed.connect(self._fail)
        self._version = self._answered = 0
        self._oldest = 0

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being blurred."""
        return self._answered == self._version or self._oldest > self._version

    def ask(self, grid: GridResult, widths: Sequence[float]) -> None:
        """Have a grid blurred, with a width for each axis."""
        self._version += 1
        self._worker.ask(_KIND, self._version, partial(_blurred, grid, tuple(widths)))

    def forget(self) -> None:
        """Drop what is under way."""
        self._oldest = self._version + 1

    def _receive(self, _kind: str, version: int, grid: GridResult) -> None:
        self._answered = version
        if version >= self._oldest:
            self.blurred.emit(grid)

    def _fail(self, _kind: str, version: int, error: Exception) -> None:
        self._answered = version
        if version >= self._oldest and isinstance(error, EngineError):
            self.failed.emit(of_error(error))


def _blurred(grid: GridResult, widths: tuple[float, ...], _progress: Progress) -> GridResult:
    """The grid of the blurred surface, with the scale and the region of the sharp one."""
    landscape = SmoothLandscape(grid.landscape, widths)
    if len(grid.axes) == 1:
        xs, z = landscape.grid(4 * _FINE)
        _, gx = landscape.value_and_gradient(grid.arrow_xs)
        return replace(grid, xs=xs, z=z, gx=gx, landscape=landscape)
    xs, ys, z, *slopes = landscape.field(_FINE if grid.fine else _COARSE)
    # The arrows stand where they did; the nearest slopes of the blurred grid are near enough to see by.
    columns, rows = _nearest(xs, grid.arrow_xs), _nearest(ys, grid.arrow_ys)
    gx, gy = (slope[np.ix_(columns, rows)] for slope in slopes)
    landscape.value_and_gradient(float(xs[0]), float(ys[0]))  # makes the rule that the mouse will ask for
    return replace(grid, xs=xs, ys=ys, z=z, gx=gx, gy=gy, landscape=landscape)


def _nearest(values: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    return np.abs(values[:, None] - wanted).argmin(axis=0)
