"""The landscape of the loss: the plane over two coordinates, the line over one. Draws and asks; computes
nothing.
"""

from __future__ import annotations

from gdstudio.ui.landscape.view import LandscapeView

__all__ = ["LandscapeView"]
