"""The lessons dock of the main window: opened from the menu, the start page, and by a document with steps.

It stands beside everything else, at the window's full height, since a text needs height more than width.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDockWidget

from gdstudio.document import library
from gdstudio.ui.lessons.panel import LessonPanel
from gdstudio.ui.lessons.presentation import Presentation

if TYPE_CHECKING:
    from gdstudio.ui.main_window import MainWindow

# Below this width graph and surface would be too narrow with the inspector on the other side.
WIDE = 1900


class LessonsDock(QDockWidget):
    """Holds the lesson panel of a window, at the window's left; hidden until a lesson is opened."""

    def __init__(self, window: MainWindow, panel: LessonPanel) -> None:
        super().__init__(window.tr("Lessons"), window)
        self.setObjectName("lessonsDock")
        self._window = window
        self.panel = panel
        self.setWidget(self.panel)
        window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self)
        self.hide()
        self.presentation = Presentation(window, self.panel)
        self.panel.page.presentation_asked.connect(self.presentation.set_on)
        self.panel.lesson_chosen.connect(self.open_lesson)
        self.panel.lesson_begun.connect(self._present)
        # The film of the step before is over; a step that has one begins it when its numbers are there.
        self.panel.guide.step_entered.connect(lambda _index: window.graph.player.close())
        self._strip_shown = False
        self.panel.guide.step_entered.connect(lambda _index: self._show_strip())
        self.panel.graph_replaced.connect(window.graph.framing.arrange_anew)
        self.panel.graph_replaced.connect(window.landscape.arrange_anew)
        self.panel.pass_asked.connect(self._play_pass)

    def sizeHint(self) -> QSize:
        return QSize(340, 600)

    def fit(self) -> None:
        """Stand beside a document that is a lesson, and leave other documents the room."""
        if self.panel.has_lesson:
            self._present()
        else:
            self.hide()

    def toggle(self) -> None:
        """Show the lessons, or hide them where they are in sight."""
        if self.isVisible():
            self.hide()
        else:
            self._present()

    def open_lesson(self, name: str) -> None:
        """Open a bundled lesson, after the question about the open document."""
        self._window.files.show_document(library.get(name))

    def resume(self) -> None:
        """Open the lesson to go on with, at the step where one was."""
        self.open_lesson(self.panel.browser.next_lesson())

    def _present(self) -> None:
        self.show()
        self.raise_()
        if self._window.width() < WIDE:
            self._window.inspector_dock.hide()

    def _show_strip(self) -> None:
        """The strip of gradient norms comes and goes with the steps that show it; one opened by hand stays."""
        step, graph = self.panel.guide.step, self._window.graph
        wanted = step is not None and step.show == "norms"
        if wanted and not graph.norms_shown:
            self._strip_shown = True
            graph.show_norms(True)
        elif self._strip_shown and not wanted:
            self._strip_shown = False
            graph.show_norms(False)

    def _play_pass(self, direction: str) -> None:
        graph = self._window.graph
        graph.play_forward() if direction == "forward" else graph.play_backward()
