"""The small plot below the plane: the loss along a cross-section, from A to B."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from gdstudio.ui import theme
from gdstudio.ui.landscape.section import Profile
from gdstudio.ui.plot import Plot
from gdstudio.ui.plot_colours import dress_plot
from gdstudio.ui.race.named import named
from gdstudio.ui.race.numbers import format_measured

_LOWEST, _HIGHEST, _SHARE = 104, 170, 0.28
_LEFT_AXIS_WIDTH = 62


class SectionPlot(QWidget):
    """The loss along a line of the plane, against the way from A.

    Signals:
        pointed(float or None): the mouse is over a share of the way, 0 to 1; it left.
        closed(): a person closes the section.
    """

    pointed = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("landscapeSection")
        self.setAccessibleName(self.tr("Loss along the cross-section"))
        self.fit(0)
        self.profile: Profile | None = None
        self.label = named(QLabel(), "landscapeSectionText", self.tr("The ends of the cross-section"))
        close = named(QToolButton(), "landscapeSectionClose", self.tr("Close the cross-section"))
        close.setText("✕")
        close.setToolTip(self.tr("Close the cross-section (Esc)"))
        close.clicked.connect(self.closed)
        self.plot = named(Plot(), "landscapeSectionPlot", self.accessibleName())
        self.plot.getPlotItem().layout.setContentsMargins(0, 6, 14, 2)
        self.plot.setMouseEnabled(False, False)
        self.plot.showGrid(x=True, y=True, alpha=0.15)
        self.curve = self.plot.plot([], [], connect="finite")
        self._mark = pg.InfiniteLine(angle=90, movable=False)
        self._mark.hide()
        self.plot.addItem(self._mark, ignoreBounds=True)
        self.plot.scene().sigMouseMoved.connect(self._move)
        row = QHBoxLayout()
        row.setContentsMargins(10, 2, 6, 0)
        row.addWidget(self.label, 1)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.plot, 1)
        self.dress()

    def fit(self, height: int) -> None:
        """Take a share of the height of the view that it is a part of."""
        self.setFixedHeight(min(max(_LOWEST, round(_SHARE * height)), _HIGHEST))

    def dress(self) -> None:
        """Take the colours and fonts of the theme in use."""
        now = theme.current()
        dress_plot(self.plot)
        self.curve.setPen(pg.mkPen(now.value, width=2))
        self._mark.setPen(pg.mkPen(now.muted))
        for name in ("left", "bottom"):
            self.plot.getAxis(name).enableAutoSIPrefix(False)
        self.plot.getAxis("left").setWidth(_LEFT_AXIS_WIDTH)

    def show_profile(self, profile: Profile) -> None:
        """Show losses that have arrived."""
        self.profile = profile
        section = profile.section
        way = profile.shares * section.length
        losses = np.where(np.isfinite(profile.losses), profile.losses, np.nan)
        self.curve.setData(way, losses)
        self.plot.setXRange(0.0, max(section.length, 1e-300), padding=0.0)
        finite = losses[np.isfinite(losses)]
        if finite.size:
            low, high = float(finite.min()), float(finite.max())
            room = (high - low) or max(abs(high), 1.0)
            self.plot.setYRange(low - 0.06 * room, high + 0.08 * room, padding=0.0)
        self._tell(None)

    def leaveEvent(self, event: object) -> None:
        self._point_at(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _move(self, at: QPointF) -> None:
        box = self.plot.getViewBox()
        if self.profile is None or not box.sceneBoundingRect().contains(at):
            self._point_at(None)
            return
        length = self.profile.section.length
        self._point_at(min(max(box.mapSceneToView(at).x() / length, 0.0), 1.0) if length else None)

    def _point_at(self, share: float | None) -> None:
        self._mark.setVisible(share is not None)
        if share is not None and self.profile is not None:
            self._mark.setValue(share * self.profile.section.length)
        self._tell(share)
        self.pointed.emit(share)

    def _tell(self, share: float | None) -> None:
        """Say where both ends are, or what is under the mouse."""
        if self.profile is None:
            return
        section = self.profile.section
        if share is None:
            ends = (", ".join(format_measured(v, 4) for v in end) for end in (section.start, section.end))
            self.label.setText(self.tr("From A ({0}) to B ({1}); drag the ends on the map").format(*ends))
            return
        where = ", ".join(format_measured(float(v), 4) for v in section.at(share))
        loss = float(np.interp(share, self.profile.shares, self.profile.losses))
        self.label.setText(self.tr("({0}): loss = {1}").format(where, format_measured(loss, 4)))
