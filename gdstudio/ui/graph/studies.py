"""The tables about a graph below its canvas: paths between nodes, and the numerical beside the analytic gradient."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from gdstudio.ui.graph.check_bar import CheckBar
from gdstudio.ui.graph.path_bar import PathBar
from gdstudio.ui.graph.study_bar import StudyBar

if TYPE_CHECKING:
    from gdstudio.ui.graph.editor import GraphEditor


class Studies(QObject):
    """Opens one table at a time, and says why where one cannot be.

    Attributes:
        paths: the table of paths.      check: the table of gradients.
        bars: both.
    """

    def __init__(self, editor: GraphEditor) -> None:
        super().__init__(editor)
        self._editor, self._scene = editor, editor.scene
        self.paths = PathBar(editor.scene, editor)
        self.check = CheckBar(editor.scene, editor)
        self.bars: tuple[StudyBar, ...] = (self.paths, self.check)
        for bar in self.bars:
            bar.closed.connect(lambda: editor.view.setFocus(Qt.FocusReason.OtherFocusReason))

    @property
    def any_open(self) -> bool:
        """Whether a table is in view."""
        return any(bar.is_open for bar in self.bars)

    def refresh(self) -> None:
        """The graph or its numbers have changed."""
        for bar in self.bars:
            bar.refresh()

    def explore_paths(self) -> None:
        """Show every path between two selected nodes, or from one to the output."""
        chosen = self._scene.selected_nodes()
        output = self._editor.session.document.graph.output
        if len(chosen) == 1 and output is not None and chosen[0] != output:
            chosen = [chosen[0], output]
        if len(chosen) != 2:
            self._editor.notices.show_hint(self.tr("Select two nodes to see the paths between them."))
        elif not self.paths.open_between(*chosen):
            self._editor.notices.show_refusal(
                self.tr("No path leads from {0} to {1} or back.").format(*chosen)
            )
        else:
            self._begin(self.paths)

    def check_gradients(self) -> None:
        """Show the numerical beside the analytic gradient of every parameter, or hide the table."""
        reason = self.check.refusal()
        if self.check.is_open:
            self.check.close_study()
        elif reason is not None:
            self._editor.notices.show_refusal(reason)
        else:
            self._begin(self.check)
            self.check.open_study()

    def _begin(self, study: StudyBar) -> None:
        """One table at a time, and no film beside it."""
        self._editor.notices.clear()
        self._editor.framing.touch()
        self._editor.player.close()
        for other in self.bars:
            if other is not study:
                other.close_study()

    def close_all(self) -> None:
        """Close what is open."""
        for study in self.bars:
            study.close_study()

    def close_workers(self) -> None:
        """Stop computing for good."""
        for bar in self.bars:
            bar.close_worker()
