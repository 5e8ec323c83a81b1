"""What a person chooses for all windows: theme, size of text, motion and language. It is used and remembered."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from gdstudio.ui import theme as themes
from gdstudio.ui import translation
from gdstudio.ui.actions import Actions
from gdstudio.ui.settings import Settings


def use(settings: Settings) -> None:
    """Use what is remembered, before a window is built."""
    translation.choose(settings.language)
    themes.switch().choose(settings.theme)
    themes.switch().choose_text_size(settings.text_percent)
    themes.switch().reduced_motion = settings.reduced_motion


class Preferences(QObject):
    """Takes choices, and keeps the ticks of a window's actions in step with them.

    Signals:
        language_changed(): texts are in another language from now on; those on the screen stay as they are.
    """

    language_changed = Signal()

    def __init__(self, settings: Settings, actions: Actions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings, self._actions = settings, actions
        themes.switch().follow(self.show)
        self.show()

    def choose_theme(self, choice: themes.ThemeChoice) -> None:
        """Use a theme and remember it."""
        themes.switch().choose(choice)
        self._settings.theme = choice
        self.show()

    def choose_text_size(self, percent: int) -> None:
        """Use a size of text and remember it."""
        themes.switch().choose_text_size(percent)
        self._settings.text_percent = percent

    def choose_motion(self) -> None:
        """Use what the action says about motion, and remember it."""
        reduced = self._actions["actionReducedMotion"].isChecked()
        themes.switch().reduced_motion = self._settings.reduced_motion = reduced

    def choose_language(self, choice: translation.LanguageChoice) -> None:
        """Speak a language and remember it; `language_changed` where it is another one."""
        self._settings.language = choice
        if translation.choose(choice):
            self.language_changed.emit()

    def show(self, *_: object) -> None:
        """Tick the actions that stand for what is chosen."""
        choice = themes.switch().choice
        for name, own in (
            ("actionThemeSystem", "system"),
            ("actionThemeDark", "dark"),
            ("actionThemeLight", "light"),
        ):
            self._actions[name].setChecked(choice == own)
        for percent in themes.TEXT_PERCENTS:
            self._actions[f"actionText{percent}"].setChecked(themes.switch().text_percent == percent)
        self._actions["actionReducedMotion"].setChecked(themes.switch().reduced_motion)
        for name, language in (
            ("actionLanguageSystem", "system"),
            ("actionLanguageEnglish", "en"),
            ("actionLanguageChinese", "zh_CN"),
        ):
            self._actions[name].setChecked(self._settings.language == language)
