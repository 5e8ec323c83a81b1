"""The language of the program: which there are, which is used, and the texts of the engine in it.

The interface's own texts go through Qt (`self.tr`). The engine and the documents know no Qt and speak English; what
they say is translated where it is shown, by `from_engine`. `packaging/translations.py` keeps the files that both use.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Literal, get_args

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QGuiApplication

from gdstudio.paths import resource_path

_log = logging.getLogger(__name__)

Language = Literal["en", "zh_CN"]
LanguageChoice = Literal["system", "en", "zh_CN"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
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
_HOLE = re.compile(r"\{(\d+)\}")
_LONGEST = 2000  # letters of a sentence


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

    Texts that are on the screen stay as they are: a window has to be built again, as `MainWindow.choose_language` does.
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
    return text if _State.language == "en" or not text else _translated(text, _State.language)


@lru_cache(maxsize=4096)
def _translated(text: str, _language: Language) -> str:
    """Kept, since tables ask for the same texts whenever they are painted."""
    translated = QCoreApplication.translate("engine", text)
    return translated if translated != text else _by_pattern(text)


def of_error(error: Exception) -> str:
    """What an error says, in the program's language; the system's are told by their reason alone."""
    if isinstance(error, OSError) and error.strerror:
        return from_engine(error.strerror[:1].lower() + error.strerror[1:])
    return from_engine(str(error))


def marked(context: str, text: str) -> str:
    """A text in a table, as it is: marked to be translated in a context, where it is shown."""
    return text


def _by_pattern(text: str) -> str:
    if len(text) > _LONGEST:
        return text
    for pattern, translation in _patterns(_State.language):
        found = pattern.fullmatch(text)
        if found:
            values = tuple(map(_value, found.groups()))
            return _HOLE.sub(partial(_filled, values), translation)
    # What comes after a place in a file or before a suggestion is a sentence of its own.
    place, colon, sentence = text.partition(": ")
    if colon:
        return f"{place}{colon}{from_engine(sentence)}"
    word, _, suggestion = text.partition("; ")
    return f"{word}{from_engine(f'; {suggestion}')}" if word and suggestion else text


def _filled(values: tuple[str, ...], hole: re.Match[str]) -> str:
    return values[int(hole[1])]


def _value(text: str) -> str:
    """A value in a sentence: a single word may be a name that a person gave."""
    return from_engine(text) if " " in text.strip() else text


@lru_cache(maxsize=len(LANGUAGES))
def _patterns(_language: Language) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The sentences with values, those with the most words first: an expression for each, and its translation."""
    path = resource_path("translations", "sentences.txt")
    try:
        sources = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        _log.warning("no list of the engine's sentences: %s", error)
        return ()
    found = []
    for source in sources:
        translation = QCoreApplication.translate("engine", source)
        if translation != source:
            parts = [re.escape(_unescaped(part)) for part in _HOLE.split(source)[::2]]
            found.append((re.compile("(.*?)".join(parts), re.DOTALL), _unescaped(translation)))
    return tuple(sorted(found, key=lambda row: -len(_words(row[0]))))


def _words(pattern: re.Pattern[str]) -> str:
    return pattern.pattern.replace("(.*?)", "")


def _unescaped(text: str) -> str:
    return text.replace("{{", "{").replace("}}", "}")
