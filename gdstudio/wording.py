"""What the engine, the documents and the command line say, in the language of the person. Imports no Qt.

They speak English; what they say is translated where it is shown, by a catalogue that `packaging/translations.py` writes.
The window's own texts go through Qt (`gdstudio/ui/translation.py`), which shares the catalogue for the engine's.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import Literal, get_args

from gdstudio.paths import resource_path, settings_text

_log = logging.getLogger(__name__)

Language = Literal["en", "zh_CN"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_HOLE = re.compile(r"\{(\d+)\}")
# A hole with the spaces that stand between it and Chinese.
_SPACED_HOLE = re.compile(r"((?<=[一-鿿]) )?\{(\d+)\}( (?=[一-鿿]))?")
_CHINESE = re.compile(r"[一-鿿]")
_LONGEST = 2000  # letters of a sentence
_CHOICE = re.compile(r"^language=(\w+)$", re.MULTILINE)
_SIMPLIFIED = re.compile(r"zh([-_](hans|cn|sg)\b.*)?", re.IGNORECASE)


class Wording:
    """The texts of one language.

    Args:
        engine: English texts of the engine, of documents and of errors with their translations; "{0}" is a value.
        commands: those of the command line.
    """

    def __init__(self, engine: Mapping[str, str] = {}, commands: Mapping[str, str] = {}) -> None:
        self._engine = engine
        self._commands = commands
        patterns = [(text, said) for text, said in engine.items() if _HOLE.search(text)]
        self._patterns = sorted(map(_pattern, patterns), key=lambda row: -len(_words(row[0])))
        # Tables ask for the same texts whenever they are painted.
        self.sentence = lru_cache(maxsize=4096)(self._sentence)

    def command(self, text: str) -> str:
        """A text of the command line."""
        return self._commands.get(text, text)

    def _sentence(self, text: str) -> str:
        """A text of the engine or a document: a meaning, a title, or a sentence with values.

        What is not known stays as it is. Values in a sentence stay too, unless they are sentences themselves.
        """
        if not self._engine or text in self._engine:
            return self._engine.get(text, text)
        if len(text) > _LONGEST:
            return text
        for pattern, translation in self._patterns:
            found = pattern.fullmatch(text)
            # A place before the sentence is no part of its first value; see below.
            if found and (found.start(1) > 0 or ": " not in f"{found[1]} "):
                values = [(value, self._value(value)) for value in found.groups()]
                return _SPACED_HOLE.sub(partial(_filled, values), translation)
        # What comes after a place in a file or before a suggestion is a sentence of its own.
        place, colon, sentence = text.partition(": ")
        if colon:
            return f"{place}{colon}{self.sentence(sentence)}"
        word, _, suggestion = text.partition("; ")
        return f"{word}{self.sentence(f'; {suggestion}')}" if word and suggestion else text

    def _value(self, text: str) -> str:
        """A value in a sentence: a single word may be a name that a person gave."""
        return self.sentence(text) if " " in text.strip() else text


def _pattern(row: tuple[str, str]) -> tuple[re.Pattern[str], str]:
    text, said = row
    parts = [re.escape(_unescaped(part)) for part in _HOLE.split(text)[::2]]
    return re.compile("(.*?)".join(parts), re.DOTALL), _unescaped(said)


def _words(pattern: re.Pattern[str]) -> str:
    return pattern.pattern.replace("(.*?)", "")


def _unescaped(text: str) -> str:
    return text.replace("{{", "{").replace("}}", "}")


def _filled(values: Sequence[tuple[str, str]], hole: re.Match[str]) -> str:
    """A value, given as it was and as it is said; between Chinese and Chinese there is no space."""
    value, said = values[int(hole[2])]
    before, after = hole[1] or "", hole[3] or ""
    if said != value:
        before = "" if _CHINESE.match(said[:1]) else before
        after = "" if _CHINESE.match(said[-1:]) else after
    return f"{before}{said}{after}"


@cache
def of(language: Language) -> Wording:
    """The texts of a language; those of English are the source's own."""
    if language == "en":
        return Wording()
    path = resource_path("translations", f"wording_{language}.json")
    try:
        return Wording(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        _log.warning("no texts of the engine in %s: %s", path, error)
        return Wording()


# The command line


class _Spoken:
    """What the command line speaks."""

    language: Language = "en"


def speak(language: Language) -> None:
    """Have the command line speak a language from now on."""
    _Spoken.language = language


def spoken() -> Language:
    """What the command line speaks."""
    return _Spoken.language


def say(text: str) -> str:
    """A text of the command line, in the language that it speaks."""
    return of(_Spoken.language).command(text)


def from_engine(text: str) -> str:
    """A text of the engine or a document, in the language that the command line speaks."""
    return of(_Spoken.language).sentence(text)


def reason(strerror: str) -> str:
    """What the system says of an error, such as "No space left on device", in the language of the command line."""
    small = strerror[:1].lower() + strerror[1:]
    said = from_engine(small)
    return strerror if said == small else said


def chosen() -> Language:
    """What is chosen in the window, else what the system speaks, as far as the terminal has the letters for it."""
    found = _CHOICE.search(settings_text())
    language = next((known for known in LANGUAGES if found and known == found[1]), None) or of_system()
    try:
        "赛".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return "en"
    return language


def of_system() -> Language:
    """The first of the system's languages that there is; English where there is none."""
    for name in _preferred():
        if _SIMPLIFIED.fullmatch(name):
            return "zh_CN"
        if re.match(r"en\b|en_", name, re.IGNORECASE):
            return "en"
    return "en"


def _preferred() -> Iterator[str]:
    """Names such as "zh_CN" or "en", without encoding; see "Locale Environment Variables" of gettext."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, names), "")
    # LANGUAGE is a list of wishes that counts where there is a locale at all.
    if locale.partition(".")[0] not in ("", "C", "POSIX"):
        wishes = os.environ.get("LANGUAGE", "").split(":")
        yield from (name.partition(".")[0] for name in (*wishes, locale) if name)
    elif sys.platform == "win32":
        import ctypes
        import locale as names_of

        yield names_of.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
