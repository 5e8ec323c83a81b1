"""The status bar of a window: what was done, what could not be computed, and the work that goes on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtWidgets import QStatusBar, QWidget

from gdstudio.ui import theme as themes
from gdstudio.ui.messages import ElidedLabel, FolderButton, WorkField
from gdstudio.ui.settings import Settings

_SHORTLY_MS = 4000
_WRITTEN_MS = 15_000


class StatusBar(QStatusBar):
    """Says things in one line.

    Attributes:
        work: shows that something is being computed, and lets a person stop it.
    """

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._problem = ElidedLabel()
        self._problem.setObjectName("statusProblem")
        self.work = WorkField()
        self.work.setObjectName("workField")
        self._folder = FolderButton()
        self.setSizeGripEnabled(False)
        self.setFixedHeight(26)
        self.addWidget(self._problem, 1)
        self.addPermanentWidget(self.work)
        self.addPermanentWidget(self._folder)
        self.messageChanged.connect(lambda text: None if text else self._folder.hide())
        themes.switch().follow(self._dress)
        self._dress()

    def tell(self, sentence: str) -> None:
        """Say for a moment what was done."""
        self.showMessage(sentence, _SHORTLY_MS)
        self._folder.hide()

    def tell_written(self, path: Path) -> None:
        """Say that a file was written and where; the next dialog begins in its folder."""
        folder = path.resolve().parent
        self._settings.folder = folder
        self.showMessage(self.tr("Saved {0} in {1}").format(path.name, folder), _WRITTEN_MS)
        self._folder.offer(folder)

    def show_problems(self, sentences: Iterable[str]) -> None:
        """Say what could not be computed, each sentence once."""
        self._problem.set_full_text("   ".join(dict.fromkeys(sentences)))

    def _dress(self, *_: object) -> None:
        self._problem.setStyleSheet(f"color: {themes.current().error.name()}; padding-left: 8px;")
