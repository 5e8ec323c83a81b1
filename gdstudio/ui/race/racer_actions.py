"""What a person does to the racers of a document: add, copy, remove, move, spread, recolour; one undo step each."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Signal

from gdstudio.document.model import Document, DocumentError
from gdstudio.ui import commands
from gdstudio.ui.race import edits
from gdstudio.ui.race.presets import Preset
from gdstudio.ui.session import Session
from gdstudio.ui.translation import of_error


class RacerActions(QObject):
    """Edits of the selected racer, or of the racer in a row.

    Signals:
        refused(str): what cannot be done, in one sentence.
    """

    refused = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def selected(self) -> int | None:
        """The row of the selected racer, None when no racer is."""
        row = self._session.selected_racer
        return row if row is not None and row < len(self._session.document.race.racers) else None

    def _edit(self, text: str, document: Document) -> None:
        self._session.edit(text, document)

    def add(self) -> None:
        """Add a racer below the selected one, or at the end."""
        document, row = self._session.document, self.selected()
        index = len(document.race.racers) if row is None else row + 1
        racer = edits.another_racer(document, row)
        self._edit(self.tr("Add racer {0}").format(racer.label), commands.add_racer(document, racer, index))
        self._session.select_racer(index)

    def duplicate(self) -> None:
        row = self.selected()
        if row is not None:
            document = self._session.document
            text = self.tr("Duplicate racer {0}").format(document.race.racers[row].label)
            self._edit(text, commands.duplicate_racer(document, row))
            self._session.select_racer(row + 1)

    def remove(self) -> None:
        row = self.selected()
        if row is not None:
            document = self._session.document
            text = self.tr("Remove racer {0}").format(document.race.racers[row].label)
            self._edit(text, commands.remove_racer(document, row))
            left = len(self._session.document.race.racers)
            self._session.select_racer(min(row, left - 1) if left else None)

    def move(self, by: int) -> None:
        """Move the selected racer `by` rows down (negative = up)."""
        row, document = self.selected(), self._session.document
        if row is not None and 0 <= row + by < len(document.race.racers):
            text = self.tr("Move racer {0}").format(document.race.racers[row].label)
            self._edit(text, commands.move_racer(document, row, row + by))
            self._session.select_racer(row + by)

    def use_preset(self, preset: Preset) -> None:
        """Replace all racers by those of a preset."""
        document = self._session.document
        racers = preset.racers(document, self.selected())
        self._edit(self.tr("Preset: {0}").format(preset.title), edits.set_racers(document, racers))
        self._session.select_racer(None)

    def spread(self, row: int, kind: Literal["ring", "grid", "random"]) -> None:
        document = self._session.document
        text = self.tr("Spread starts of {0}").format(document.race.racers[row].label)
        try:
            self._edit(text, edits.spread_starts(document, row, kind))
        except DocumentError as error:
            self.refused.emit(of_error(error))

    def reset_options(self, row: int) -> None:
        document = self._session.document
        text = self.tr("Reset hyper-parameters of {0}").format(document.race.racers[row].label)
        self._edit(text, edits.reset_options(document, row))

    def share_start(self, row: int) -> None:
        document = self._session.document
        text = self.tr("Move start of {0}").format(document.race.racers[row].label)
        self._edit(text, commands.set_start(document, row, None))

    def set_color(self, row: int, color: str | None) -> None:
        document = self._session.document
        text = self.tr("Recolour {0}").format(document.race.racers[row].label)
        edited = commands.set_color(document, row, color)
        if edited is not document:
            self._edit(text, edited)
