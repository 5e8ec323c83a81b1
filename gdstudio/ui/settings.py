"""What the program remembers between runs: theme, window, recent files. Documents are not settings."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from gdstudio.paths import config_folder
from gdstudio.ui.theme import TEXT_PERCENTS, ThemeChoice
from gdstudio.ui.translation import LANGUAGE_CHOICES, LanguageChoice

RECENT_FILES = 10
# How many times the usual limits a file may reach.
LIMIT_FACTORS = (1, 4, 16)
# Seconds from a change to its draft.
DRAFT_SECONDS = range(1, 61)
USUAL_DRAFT_SECONDS = 3


def data_folder() -> Path:
    """The user's folder for what the program writes by itself; it need not exist."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    return Path(folder) if folder else Path.home()


class Settings:
    """Typed access to a `QSettings`; unreadable entries count as missing."""

    def __init__(self, store: QSettings | None = None) -> None:
        """`store` defaults to `settings.ini` in the user's folder for settings."""
        own = str(config_folder() / "settings.ini")
        self._store = QSettings(own, QSettings.Format.IniFormat) if store is None else store
        self._is_own = store is None

    @property
    def store(self) -> QSettings:
        """The storage itself, for parts that remember things of their own under a group of their own."""
        return self._store

    @property
    def data_folder(self) -> Path:
        """Where drafts and error reports are kept; beside the settings when those are not the user's own."""
        return data_folder() if self._is_own else Path(self._store.fileName()).parent

    @property
    def theme(self) -> ThemeChoice:
        stored = self._store.value("theme", "system")
        known: tuple[ThemeChoice, ...] = get_args(ThemeChoice)
        return next((choice for choice in known if choice == stored), "system")

    @theme.setter
    def theme(self, choice: ThemeChoice) -> None:
        self._store.setValue("theme", choice)

    @property
    def language(self) -> LanguageChoice:
        stored = self._store.value("language", "system")
        return next((choice for choice in LANGUAGE_CHOICES if choice == stored), "system")

    @language.setter
    def language(self, choice: LanguageChoice) -> None:
        self._store.setValue("language", choice)

    @property
    def text_percent(self) -> int:
        stored = str(self._store.value("text_percent", 100))
        return next((percent for percent in TEXT_PERCENTS if str(percent) == stored), TEXT_PERCENTS[0])

    @text_percent.setter
    def text_percent(self, percent: int) -> None:
        self._store.setValue("text_percent", percent)

    @property
    def reduced_motion(self) -> bool:
        return self._is_set("reduced_motion")

    @reduced_motion.setter
    def reduced_motion(self, reduced: bool) -> None:
        self._set("reduced_motion", reduced)

    @property
    def limit_factor(self) -> int:
        """How many times the usual limits a file may reach."""
        stored = str(self._store.value("limit_factor", 1))
        return next((factor for factor in LIMIT_FACTORS if str(factor) == stored), LIMIT_FACTORS[0])

    @limit_factor.setter
    def limit_factor(self, factor: int) -> None:
        self._store.setValue("limit_factor", factor)

    @property
    def draft_seconds(self) -> int:
        """Seconds from a change to its draft."""
        stored = str(self._store.value("draft_seconds", USUAL_DRAFT_SECONDS))
        return next((s for s in DRAFT_SECONDS if str(s) == stored), USUAL_DRAFT_SECONDS)

    @draft_seconds.setter
    def draft_seconds(self, seconds: int) -> None:
        self._store.setValue("draft_seconds", seconds)

    @property
    def always_new_window(self) -> bool:
        """Whether a file from the desktop or a terminal never goes to a window that runs already."""
        return self._is_set("always_new_window")

    @always_new_window.setter
    def always_new_window(self, always: bool) -> None:
        self._set("always_new_window", always)

    @property
    def tour_seen(self) -> bool:
        """Whether the tour of the window was taken or skipped."""
        return self._is_set("tour_seen")

    @tour_seen.setter
    def tour_seen(self, seen: bool) -> None:
        self._set("tour_seen", seen)

    @property
    def course_begun(self) -> bool:
        """Whether a lesson was ever open; which one, the lessons' own `Progress` says."""
        return bool(self._store.value("lessons/last", ""))

    @property
    def recent_files(self) -> list[Path]:
        """The newest first."""
        stored = self._store.value("recent_files", [])
        # An ini file gives a list of one entry back as that entry.
        names = stored if isinstance(stored, list) else [stored]
        return [Path(name) for name in names if isinstance(name, str) and name]

    def add_recent_file(self, path: Path) -> None:
        path = Path(path).resolve()
        files = [path, *(other for other in self.recent_files if other != path)][:RECENT_FILES]
        self._store.setValue("recent_files", [str(file) for file in files])

    def forget_recent_file(self, path: Path) -> None:
        self._store.setValue("recent_files", [str(file) for file in self.recent_files if file != path])

    def clear_recent_files(self) -> None:
        self._store.remove("recent_files")

    @property
    def folder(self) -> Path:
        """Where the file dialogs begin."""
        folder = Path(str(self._store.value("folder", "")) or Path.home())
        return folder if folder.is_dir() else Path.home()

    @folder.setter
    def folder(self, folder: Path) -> None:
        self._store.setValue("folder", str(folder))

    def state(self, name: str) -> QByteArray | None:
        """A widget's saved geometry or layout."""
        state = self._store.value(f"window/{name}")
        return state if isinstance(state, QByteArray) and not state.isEmpty() else None

    def set_state(self, name: str, state: QByteArray) -> None:
        self._store.setValue(f"window/{name}", state)

    def _is_set(self, name: str) -> bool:
        return str(self._store.value(name, "false")).lower() == "true"

    def _set(self, name: str, on: bool) -> None:
        self._store.setValue(name, "true" if on else "false")

    def sync(self) -> None:
        """Write to the disk now."""
        self._store.sync()
