"""What is remembered of lessons between runs: which steps are done, where one was, which lesson was last."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSettings, Signal


class Progress(QObject):
    """Progress in lessons by their names, kept in a `QSettings`; unreadable entries count as missing.

    Signals:
        changed(str): the progress of a lesson.
    """

    changed = Signal(str)

    def __init__(self, store: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store

    @property
    def last(self) -> str | None:
        """The lesson that was open last."""
        name = self._store.value("lessons/last", "")
        return name if isinstance(name, str) and name else None

    def step(self, name: str) -> int:
        """The step of a lesson where one was, from 0."""
        numbers = _numbers(self._store.value(_key(name, "step"), ""))
        return numbers[0] if numbers else 0

    def done(self, name: str) -> frozenset[int]:
        """The steps of a lesson that are done."""
        return frozenset(_numbers(self._store.value(_key(name, "done"), "")))

    def enter(self, name: str, step: int) -> None:
        """Remember where one is."""
        self._store.setValue("lessons/last", name)
        self._store.setValue(_key(name, "step"), str(step))
        self.changed.emit(name)

    def finish(self, name: str, step: int) -> None:
        """Remember that a step is done."""
        done = self.done(name)
        if step not in done:
            self._store.setValue(_key(name, "done"), " ".join(map(str, sorted(done | {step}))))
            self.changed.emit(name)


def _key(name: str, what: str) -> str:
    # A slash in a title would open a group; a name as long as a page is no key.
    plain = name.replace("/", "-").replace("\\", "-")[:100]
    return f"lessons/{plain}/{what}"


def _numbers(stored: object) -> list[int]:
    return [int(word) for word in str(stored).split() if word.isdecimal() and len(word) < 6]
