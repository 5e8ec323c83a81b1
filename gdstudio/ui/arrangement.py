"""How a window and its parts share the room: as they were left, else as they fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, QTimer

from gdstudio.ui import theme as themes

if TYPE_CHECKING:
    from gdstudio.ui.main_window import MainWindow

# Below this width the inspector would leave the graph and the surface too little room.
WIDE = 1500
DEFAULT_SIZE = QSize(1600, 1000)


class Arrangement(QObject):
    """Arranges docks and splitters of a window when they come into sight, and remembers how a person left them."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._is_restored = False

    def place_window(self) -> None:
        """Put the window where it was left, else where the screen has room."""
        window = self._window
        geometry = window.settings.state("geometry")
        if geometry is None or not window.restoreGeometry(geometry):
            room = window.screen().availableSize()
            window.resize(
                min(DEFAULT_SIZE.width(), room.width()), min(DEFAULT_SIZE.height(), room.height() - 40)
            )

    def restore_soon(self) -> None:
        """Arrange the views as they were left when they come into sight; before, they have not the room for it."""
        window = self._window
        shown = window.isVisible() and window.pages.currentWidget() is window.studio
        if window.is_complete and shown and not self._is_restored:
            self._is_restored = True
            themes.switch().wave.unveil(window)
            QTimer.singleShot(0, self, self._restore_views)

    def _restore_views(self) -> None:
        window = self._window
        state = window.settings.state("docks")
        if state is None or not window.upper_window.restoreState(state):
            self._fit_views()
        race = window.race.sizeHint().height()
        halves = [window.upper.width()] * 2
        for splitter, sizes in (
            (window.upper, halves),
            (window.studio, [window.studio.height() - race, race]),
        ):
            state = window.settings.state(splitter.objectName())
            if state is None or not splitter.restoreState(state):
                splitter.setSizes(sizes)

    def fit(self) -> None:
        """Show the docks that fit the window's width."""
        self._fit_views()
        self._window.lessons_dock.fit()

    def _fit_views(self) -> None:
        window = self._window
        window.inspector_dock.setVisible(window.width() >= WIDE)
        window.history_dock.hide()
        window.data_dock.hide()

    def remember(self) -> None:
        """Keep how the window and its parts stand."""
        window = self._window
        window.settings.set_state("geometry", window.saveGeometry())
        if self._is_restored:
            window.settings.set_state("docks", window.upper_window.saveState())
            for splitter in (window.upper, window.studio):
                window.settings.set_state(splitter.objectName(), splitter.saveState())
        window.settings.sync()
