"""The language of the program: which there are, which is used, and the texts of the engine in it.

The interface's own texts go through Qt (`self.tr`). The engine and the documents know no Qt and speak English; what
they say is translated where it is shown, by `from_engine` (`gdstudio/wording.py`). `packaging/translations.py` keeps the
files that both use.
"""

from __future__ import annotations

import logging
from collections.abc import Container, Iterator
from typing import Literal, get_args

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QGuiApplication

from gdstudio import wording
from gdstudio.paths import resource_path
from gdstudio.wording import Language

_log = logging.getLogger(__name__)

LanguageChoice = Literal["system", "en", "zh_CN"]
LANGUAGE_CHOICES: tuple[LanguageChoice, ...] = get_args(LanguageChoice)
# What languages call themselves: a person finds the own one in a menu that is in another.
NAMES: dict[Language, str] = {"en": "English", "zh_CN": "简体中文"}

# Fonts with Chinese letters in their Chinese shapes: a system in another language takes the first it finds, which may
# have the Japanese ones.
FAMILIES: dict[Language, tuple[str, ...]] = {
    "en": (),
    "zh_CN": (
        "Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC",
        "Source Han Sans CN", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Droid Sans Fallback",
    ),
}  # fmt: skip


class _State:
    """What is installed in the application."""

    language: Language = "en"
    translators: tuple[QTranslator, ...] = ()
    families: list[str] | None = None  # of the system's own font


def current() -> Language:
    """The language that the interface speaks."""
    return _State.language


def of_system() -> Language:
    """The first of the system's languages that there is; English where there is none."""
    for name in QLocale.system().uiLanguages():
        locale = QLocale(name)
        if locale.language() == QLocale.Language.English:
            return "en"
        if locale.script() == QLocale.Script.SimplifiedHanScript:
            return "zh_CN"
    return "en"


def choose(choice: LanguageChoice) -> bool:
    """Speak a language from now on; whether that is another one than before.

    Texts that are on the screen stay as they are: a window has to be built again (`Preferences.language_changed`).
    """
    language = of_system() if choice == "system" else choice
    system = QLocale.system()
    follows = (
        system.language() == QLocale(language).language() and system.script() == QLocale(language).script()
    )
    QLocale.setDefault(system if follows else QLocale(language))
    is_new = language != _State.language
    if is_new or not _State.translators:
        for translator in _State.translators:
            QCoreApplication.removeTranslator(translator)
        _State.language, _State.translators = language, tuple(_translators(language))
        for translator in _State.translators:
            QCoreApplication.installTranslator(translator)
        _use_font(language)
    return is_new


def _use_font(language: Language) -> None:
    """Have letters that the application's font lacks taken from a font that is made for the language."""
    font = QFont(QGuiApplication.font())
    if _State.families is None:
        _State.families = font.families()
    known = set(QFontDatabase.families()) if FAMILIES[language] else set()
    found = next((family for family in FAMILIES[language] if family in known), None)
    # A name such as "Sans Serif" is no family: what stands behind it has to come first by its own name.
    families = _State.families if found is None else [QFontInfo(font).family(), found]
    if families != font.families():
        font.setFamilies(families)
        QGuiApplication.setFont(font)


def _translators(language: Language) -> Iterator[QTranslator]:
    """What is installed for a language; Qt asks the last one first."""
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    files = {
        f"gdstudio_{name}": str(resource_path("translations")) for name in dict.fromkeys(("en", language))
    }
    if language != "en":
        files = {f"qtbase_{language}": qt} | files
    for name, folder in files.items():
        translator = QTranslator()
        if translator.load(name, folder):
            yield translator
        else:
            _log.warning("no translations %s in %s", name, folder)


def from_engine(text: str) -> str:
    """A text of the engine or a document in the program's language: a meaning, a title, or a sentence with values.

    What is not known stays as it is. Values in a sentence stay too, unless they are sentences themselves.
    """
    return wording.of(_State.language).sentence(text)


def as_sentence(text: str, names: Container[str] = ()) -> str:
    """A text with a capital letter, unless it begins with one of the names, and a full stop unless it has an end."""
    if text.partition(" ")[0].rstrip(":,") not in names:
        text = text[:1].upper() + text[1:]
    ends = (".", "!", "?", "…", "。", "！", "？")
    return (
        text
        if not text or text.endswith(ends)
        else QCoreApplication.translate("Sentence", "{0}.").format(text)
    )


def sentences(*parts: str) -> str:
    """Sentences one after the other, as the program's language sets them; empty ones are left out."""
    return ("" if _State.language == "zh_CN" else " ").join(filter(None, parts))


def of_error(error: Exception) -> str:
    """What an error says, in the program's language; the system's are told by their reason alone."""
    if isinstance(error, OSError) and error.strerror:
        return from_engine(error.strerror[:1].lower() + error.strerror[1:])
    return from_engine(str(error))


def marked(context: str, text: str) -> str:
    """A text in a table, as it is: marked to be translated in a context, where it is shown."""
    return text
