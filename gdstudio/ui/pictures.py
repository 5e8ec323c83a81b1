"""Pictures and films of a window and its views: saved, copied, and how the race is filmed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gdstudio.ui import theme as themes
from gdstudio.ui.export import Picture, copy_picture, export_picture
from gdstudio.ui.files import title
from gdstudio.ui.folders import file_name

# What failed pictures are to the window's messages.
_MATTER = "picture"

if TYPE_CHECKING:
    from gdstudio.ui.animation.dialog import AnimationDialog
    from gdstudio.ui.main_window import MainWindow


class Pictures(QObject):
    """Takes the pictures that a person asks a window for.

    Attributes:
        animation: the dialog that films the race; None until it is wanted.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.animation: AnimationDialog | None = None

    def of(self, view: str) -> Picture:
        """A picture of the "window", or of a view: "graph", "landscape", "race" or "curves"."""
        if view == "graph":
            graph = self._window.graph
            return Picture(graph.scene.bounds().size().toSize(), graph.paint_graph)
        return Picture.of_widget(self._window if view == "window" else self._views()[view])

    def _views(self) -> dict[str, QWidget]:
        window = self._window
        return {
            "graph": window.graph,
            "landscape": window.landscape,
            "race": window.race,
            "curves": window.race.curves,
        }

    def export(self, view: str) -> None:
        """Ask for a file and save a picture in it."""
        suggested = self._window.settings.folder / f"{file_name(title(self._window.session))} {view}.png"
        error = export_picture(self._window, self.of(view), suggested, self._tell_written)
        if error:
            self._tell_failure(error)

    def copy(self, view: str) -> None:
        """Put a picture on the clipboard."""

        def take() -> None:
            copy_picture(self.of(view))
            self._window.status.tell(self.tr("The picture is on the clipboard."))

        themes.switch().wave.when_still(self, take)

    def ask_animation(self) -> None:
        """Ask how to film the race, and film it."""
        window = self._window
        if self.animation is None:
            # Made when it is first wanted: Pillow is no part of the way to the first race.
            from gdstudio.ui.animation.dialog import AnimationDialog

            self.animation = AnimationDialog(window.session, self._views(), window)
            self.animation.written.connect(self._tell_written)
            self.animation.ended.connect(lambda why: self._tell_failure(why) if why else None)
        self.animation.open_for_race(window.settings.folder / file_name(title(window.session)))

    def _tell_written(self, path: Path) -> None:
        self._window.message_bar.settle(_MATTER)
        self._window.status.tell_written(path)

    def _tell_failure(self, why: str) -> None:
        self._window.message_bar.show_message(why, matter=_MATTER)

    def close_worker(self) -> None:
        """Stop filming for good: the window closes."""
        if self.animation is not None:
            self.animation.close_worker()
