"""The colours of a plain plot, as the theme in use has them."""

from __future__ import annotations

import pyqtgraph as pg

from gdstudio.ui import theme as themes


def dress_plot(plot: pg.PlotWidget) -> None:
    """Background and axes of a plot, with small text that follows the size of text."""
    now = themes.current()
    plot.setBackground(now.background)
    for side in ("left", "bottom"):
        axis = plot.getAxis(side)
        axis.setPen(pg.mkPen(now.line))
        axis.setTextPen(pg.mkPen(now.muted))
        axis.setStyle(tickFont=themes.small_font(), tickLength=-4, maxTickLevel=1)
