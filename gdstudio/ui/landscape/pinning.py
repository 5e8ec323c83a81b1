"""The menu's entry for the tangent plane: it belongs to the place where the menu was opened."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt

from gdstudio.ui.landscape.controls import Controls
from gdstudio.ui.landscape.plane import PlaneView


class Pinning(QObject):
    """Opens the menu on the map and pins the tangent plane there when that is chosen."""

    def __init__(self, plane: PlaneView, controls: Controls, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plane, self._menu = plane, controls.menu
        self._mouse: tuple[float, ...] | None = None
        self._opened_at: tuple[float, ...] | None = None
        plane.hovered.connect(self._follow)
        controls.pin.triggered.connect(self._pin)
        # The entry is told of its choice after the menu has begun to hide.
        self._menu.aboutToHide.connect(self._forget, Qt.ConnectionType.QueuedConnection)

    def open_menu(self, screen: QPoint) -> None:
        """Open the menu, and remember the place below the mouse."""
        self._opened_at = self._mouse
        self._menu.popup(screen)

    def _follow(self, at: tuple[float, ...] | None) -> None:
        self._mouse = at

    def _forget(self) -> None:
        self._opened_at = None

    def _pin(self) -> None:
        """Pin the place where the menu was opened; from the button, the middle."""
        at = self._opened_at
        if at is None or len(at) != 2:
            (x0, x1), (y0, y1) = self._plane.frame.ranges
            at = (x0 + x1) / 2.0, (y0 + y1) / 2.0
        self._plane.pin_at((at[0], at[1]))
