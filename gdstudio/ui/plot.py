"""What all plots of the program have in common."""

from __future__ import annotations

from collections.abc import Mapping

import pyqtgraph as pg
from PySide6.QtWidgets import QWidget

from gdstudio.ui.plot_axes import NumberAxis


class Plot(pg.PlotWidget):
    """A plot without pyqtgraph's menu and buttons.

    Args:
        axes: by side, where an axis is another than one of plain numbers.
    """

    def __init__(self, parent: QWidget | None = None, axes: Mapping[str, pg.AxisItem] | None = None) -> None:
        numbers = {side: NumberAxis(side) for side in ("left", "bottom")}
        super().__init__(parent, enableMenu=False, axisItems=numbers | dict(axes or {}))
        self.hideButtons()
