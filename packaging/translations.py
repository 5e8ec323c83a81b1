"""Keep the translations in step with the source: `python packaging/translations.py`.

Reads the texts of the program (`source_texts.py`, `engine_texts.py`, `command_texts.py`), brings the Qt Linguist files
in resources/translations up to date, compiles them, writes the texts that are shown without Qt into JSON files, and tells
what is not translated or cannot be. A translation is written into the .ts file by hand or with Qt Linguist; a text that
has changed loses its translation.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path

import command_texts
import engine_texts
import source_texts
from source_texts import ROOT, Fault, Message

FOLDER = ROOT / "resources" / "translations"
# The contexts that are shown without Qt, and what `gdstudio.wording.Wording` calls them.
UNSEEN = {source_texts.ENGINE: "engine", command_texts.COMMANDS: "commands"}
# The language of the source needs translations of what counts alone: "%n step" and "%n steps".
FORMS = {"en": 2, "zh_CN": 1}
Known = Mapping[Message, tuple[str, ...]]


def main() -> int:
    parser = argparse.ArgumentParser(description="Bring the translations up to date, compile and check them.")
    parser.add_argument("--check", action="store_true", help="change nothing; only tell what is missing")
    request = parser.parse_args()
    wanted, faults = texts()
    for language in FORMS:
        known = read(file_of(language))
        known = known if request.check else moved(wanted, known)
        if not request.check:
            write(file_of(language), language, of_language(wanted, language), known)
            compile_file(file_of(language))
            if language != "en":
                wording_of(language).write_text(wording(wanted, known), encoding="utf-8")
        missing = unfinished(of_language(wanted, language), known)
        faults += [source_texts.Fault(f"{language}, {row.context}", row.text) for row in missing]
    print("\n".join(map(str, faults)) or "Every text is translatable and translated.")
    return 1 if faults else 0


def texts() -> tuple[set[Message], list[Fault]]:
    """All texts of the program, and what is not marked as it should be."""
    wanted, faults = source_texts.interface()
    commands, wrong = command_texts.messages()
    return wanted | engine_texts.messages() | commands, faults + wrong


def wording(wanted: Iterable[Message], known: Known) -> str:
    """What the file for the texts without Qt holds: {"engine": {English: translation}, "commands": {...}}."""
    said: dict[str, dict[str, str]] = {name: {} for name in UNSEEN.values()}
    for message in sorted(wanted):
        translation = known.get(message, ("",))[0]
        if message.context in UNSEEN and translation not in ("", message.text):
            said[UNSEEN[message.context]][message.text] = translation
    return json.dumps(said, ensure_ascii=False, indent=0) + "\n"


def wording_of(language: str) -> Path:
    return FOLDER / f"wording_{language}.json"


def file_of(language: str) -> Path:
    return FOLDER / f"gdstudio_{language}.ts"


def of_language(wanted: Iterable[Message], language: str) -> list[Message]:
    """What a language needs, in order."""
    return sorted(message for message in wanted if language != "en" or message.plural)


def unfinished(wanted: Iterable[Message], known: Known) -> list[Message]:
    """The messages without a whole translation."""
    return [message for message in wanted if not all(known.get(message, ("",)))]


def read(path: Path) -> dict[Message, tuple[str, ...]]:
    """The messages of a .ts file with their translations, one for each plural form; "" where there is none."""
    found = {}
    for context in ET.parse(path).getroot().iter("context") if path.exists() else ():
        name = context.findtext("name") or ""
        for row in context.iter("message"):
            translation = row.find("translation")
            assert translation is not None
            plural = row.get("numerus") == "yes"
            forms = [form.text or "" for form in translation.iter("numerusform")]
            texts = forms if plural else [translation.text or ""]
            found[Message(name, row.findtext("source") or "", plural)] = tuple(texts)
    return found


def moved(wanted: Iterable[Message], known: Known) -> dict[Message, tuple[str, ...]]:
    """`known`, and for messages that moved to another class the translation that their text has elsewhere."""
    elsewhere: dict[tuple[str, bool], set[tuple[str, ...]]] = {}
    for message, forms in known.items():
        if all(forms):
            elsewhere.setdefault((message.text, message.plural), set()).add(forms)
    found = {message: elsewhere.get((message.text, message.plural), set()) for message in wanted}
    return {message: min(forms) for message, forms in found.items() if len(forms) == 1} | {
        message: forms for message, forms in known.items() if all(forms)
    }


def write(path: Path, language: str, wanted: Iterable[Message], known: Known) -> None:
    """Write a .ts file with these messages, and what is known of their translations."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    for name, rows in groupby(sorted(wanted), lambda message: message.context):
        context = ET.SubElement(root, "context")
        ET.SubElement(context, "name").text = name
        for row in rows:
            message = ET.SubElement(context, "message", {"numerus": "yes"} if row.plural else {})
            ET.SubElement(message, "source").text = row.text
            translation = ET.SubElement(message, "translation")
            forms = known.get(row, ("",) * (FORMS[language] if row.plural else 1))
            if not all(forms):
                translation.set("type", "unfinished")
            if row.plural:
                for form in forms:
                    ET.SubElement(translation, "numerusform").text = form
            else:
                translation.text = forms[0]
    ET.indent(root, "    ")
    text = ET.tostring(root, encoding="unicode", short_empty_elements=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', encoding="utf-8")


def compile_file(path: Path) -> Path:
    """Make the .qm file beside a .ts file, and return it.

    It takes the old one's place at once: Qt maps these files into memory, and a program that runs would crash where one
    changes under it.
    """
    import PySide6

    made = path.with_suffix(".qm")
    fresh = path.with_suffix(".new.qm")
    tool = Path(PySide6.__file__).parent / ("lrelease.exe" if sys.platform == "win32" else "lrelease")
    subprocess.run([tool, "-silent", path, "-qm", fresh], check=True)
    fresh.replace(made)
    return made


def compile_all() -> None:
    """Make the .qm files of all languages; what a build begins with."""
    for language in FORMS:
        compile_file(file_of(language))


if __name__ == "__main__":
    sys.exit(main())
