"""Every text is translatable and translated, and a translation has the holes, marks and keys of its text."""

from __future__ import annotations

import re
from pathlib import Path

import command_texts
import engine_texts
import pytest
import source_texts
import translations
from PySide6.QtCore import QTranslator
from source_texts import Message, of_source

WANTED, FAULTS = translations.texts()
KNOWN = {language: translations.read(translations.file_of(language)) for language in translations.FORMS}
HOLE = re.compile(r"\{[^{}]*\}|%n")
TAG = re.compile(r"<[a-z/][^<>]*>|&[a-z]+;")
MNEMONIC = re.compile(r"&(?=\w)(?![a-z]+;)")


# The program


def test_every_text_is_translatable():
    assert FAULTS == []


@pytest.mark.parametrize("language", translations.FORMS)
def test_every_text_is_translated(language):
    missing = translations.unfinished(translations.of_language(WANTED, language), KNOWN[language])
    assert missing == [], "they are in the .ts file after `python packaging/translations.py`"


@pytest.mark.parametrize("language", translations.FORMS)
def test_no_translation_is_left_of_a_text_that_is_gone(language):
    assert set(KNOWN[language]) - set(translations.of_language(WANTED, language)) == set()


@pytest.mark.parametrize("language", translations.FORMS)
def test_the_compiled_file_says_what_the_source_file_says(language):
    translator = QTranslator()
    assert translator.load(str(translations.file_of(language).with_suffix(".qm")))
    for message, forms in KNOWN[language].items():
        # The first form is for one, the last for many.
        numbers = (1, 5) if message.plural else (-1, -1)
        for number, form in zip(numbers, (forms[0], forms[-1]), strict=True):
            said = translator.translate(message.context, message.text, "", number)
            assert said == form, message


def test_the_texts_without_qt_are_those_of_the_source_file():
    written = translations.wording_of("zh_CN").read_text(encoding="utf-8")
    assert written == translations.wording(WANTED, KNOWN["zh_CN"])
    assert '"no operation {0}{1}": "' in written and '"print JSON": "' in written


@pytest.mark.parametrize("language", translations.FORMS)
def test_a_text_that_counts_has_every_form_of_the_language(language):
    counts = {len(forms) for message, forms in KNOWN[language].items() if message.plural}
    assert counts == {translations.FORMS[language]}


def misfits(message: Message, said: str) -> list[str]:
    """What of a text is not in its translation as it should be."""
    holes, needed = sorted(HOLE.findall(said)), sorted(HOLE.findall(message.text))
    # A sentence of the engine may say in words what is a value in English.
    same_holes = set(holes) <= set(needed) if message.context == source_texts.ENGINE else holes == needed
    fits = {
        "holes": same_holes,
        "mnemonic": len(MNEMONIC.findall(said)) == len(MNEMONIC.findall(message.text)) <= 1,
        "markup": sorted(TAG.findall(said)) == sorted(TAG.findall(message.text)),
        "lines": said.count("\n") == message.text.count("\n"),
        "spaces": said == said.strip() or message.text != message.text.strip(),
        "dots": said.endswith("…") == message.text.endswith("…"),
    }
    return [what for what, right in fits.items() if not right]


def test_a_translation_has_the_holes_marks_and_keys_of_its_text():
    found = {message: misfits(message, forms[0]) for message, forms in KNOWN["zh_CN"].items() if all(forms)}
    assert {message.text: wrong for message, wrong in found.items() if wrong} == {}


def test_chinese_sentences_end_in_a_chinese_full_stop():
    ends = re.compile(r"[一-鿿”）][.?!:;,]$")
    wrong = [forms[0] for forms in KNOWN["zh_CN"].values() if ends.search(forms[0])]
    assert wrong == []


# How texts are found


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("class Page:\n    def f(self):\n        self.tr('Open')", Message("Page", "Open")),
        ("class Page:\n    def f(self):\n        t = self.tr\n        t('Open')", Message("Page", "Open")),
        ("class Page:\n    def f(self):\n        t, n = self.tr, 3\n        t('Open')", Message("Page", "Open")),
        ("class Page:\n    def f(self, n):\n        self.tr('%n step(s)', '', n)", Message("Page", "%n step(s)", True)),
        ("QCoreApplication.translate('Page', 'Open')", Message("Page", "Open")),
        ("ROWS = (marked('Page', 'Open'),)", Message("Page", "Open")),
        ("def _tr(text):\n    return QCoreApplication.translate('Page', text)\n_tr('Open')", Message("Page", "Open")),
        ("def f(window):\n    window.tr('Open')", Message("MainWindow", "Open")),
        ("class Page:\n    def f(self):\n        self._editor.tr('Open')", Message("GraphEditor", "Open")),
    ],
)  # fmt: skip
def test_a_marked_text_is_found(source, message):
    assert of_source(source, "page.py") == ({message}, [])


@pytest.mark.parametrize(
    "source",
    [
        "label.setText('Open a file')",
        "label.setText(f'Open {name}')",
        "label.setToolTip('Open' if new else closed)",
        "QLabel('<b>Open</b>')",
        "session.edit('Open ' + name, document)",
        "tabs.addTab(page, 'Open')",
        "class Page:\n    def f(self):\n        self.tr(f'Open {name}')",
        "class Page:\n    def f(self):\n        self.tr('%n steps')",
        "class Page:\n    def f(self):\n        other.tr('Open')",
        "try:\n    f()\nexcept ValueError as error:\n    self.refused.emit(str(error))",
        "try:\n    f()\nexcept OSError as problem:\n    told.format(path, problem)",
        "QCoreApplication.translate(context, 'Open')",
        "def _tr(text):\n    return QCoreApplication.translate('Page', text)\n_tr(row.title)",
    ],
)
def test_a_text_that_cannot_be_translated_is_a_fault(source):
    _, faults = of_source(source, "page.py")
    assert [fault.place.partition(":")[0] for fault in faults] == ["page.py"]


@pytest.mark.parametrize(
    "source",
    [
        "label.setText('')",
        "label.setText('×')",
        "label.setText(f'<span style=\"color:{color}\">{value}</span>')",
        "label.setText('gdstudio')",
        "choice.addItem(title, 'own_rule')",
        "tabs.addTab(page, title)",
        "try:\n    f()\nexcept ValueError as error:\n    self.refused.emit(of_error(error))",
        "try:\n    f()\nexcept Exception as error:\n    told.format(type(error).__name__, error)",
    ],
)
def test_signs_and_names_need_no_translation(source):
    assert of_source(source, "page.py") == (set(), [])


def test_a_sentence_of_an_error_becomes_a_pattern(tmp_path: Path):
    module = tmp_path / "module.py"
    module.write_text(
        'raise EngineError(f"no {kind} called {name!r}" if name else "there is no name")\n'
        'raise AssertionError("the program is wrong")\n',
        encoding="utf-8",
    )
    assert set(engine_texts.sentences_of(module)) == {"no {0} called {1}", "there is no name"}


def test_what_kinds_of_arguments_are_called_is_found(tmp_path: Path):
    module = tmp_path / "module.py"
    module.write_text(
        'A = instance(Graph, "a graph")\nB = instance(str, "text")\n'
        'C = optional(whole(0, 9, ", a slot"))\nD = whole(1, N)\n',
        encoding="utf-8",
    )
    assert set(engine_texts.sentences_of(module)) == {
        "a graph",
        "{0} must be text, not {1}",
        "text, or None",
        "a whole number from {0} to {1}, a slot",
        "a whole number from {0} to {1}, a slot, or None",
        "a whole number from {0} to {1}",
    }


# How files are kept


def test_what_is_written_is_read_again(tmp_path: Path):
    plain, plural = Message("A", "a & <b>\n“c”"), Message("B", "%n step(s)", True)
    known = {plain: ("甲",), plural: ("%n step", "%n steps")}
    path = tmp_path / "gdstudio_en.ts"
    translations.write(path, "en", known, known)
    assert translations.read(path) == known


def test_a_new_text_is_unfinished_and_an_old_one_goes(tmp_path: Path):
    path = tmp_path / "gdstudio_zh_CN.ts"
    new, old = Message("A", "new"), Message("A", "old")
    translations.write(path, "zh_CN", [new], {old: ("旧",)})
    assert translations.read(path) == {new: ("",)}
    assert 'type="unfinished"' in path.read_text(encoding="utf-8")
    assert translations.unfinished([new], translations.read(path)) == [new]


def test_a_text_that_moves_keeps_its_translation():
    here, there = Message("Here", "Open"), Message("There", "Open")
    assert translations.moved([there], {here: ("打开",)})[there] == ("打开",)


def test_a_text_with_two_translations_is_asked_for_again():
    known = {Message("A", "Step"): ("步",), Message("B", "Step"): ("阶梯",)}
    assert Message("C", "Step") not in translations.moved([Message("C", "Step")], known)


def test_texts_of_the_command_line_stand_in_say():
    source = """
parser.add_argument("--json", help=say("print JSON"))
print(say("{0} lessons").format(len(names)), name, f"{name}: {fault}")
Finding("numpy", say("not installed"), remedy=remedy)
"""
    texts = {"print JSON", "{0} lessons", "not installed"}
    assert command_texts.of_source(source, "cli.py") == ({Message("commands", text) for text in texts}, [])


@pytest.mark.parametrize(
    "source",
    [
        'print("No screen here")',
        'print(f"{count} lessons")',
        'parser.add_argument("--json", help="print JSON")',
        'table(("name", "what"), rows)',
        'Finding(name, "not installed" if gone else version)',
        "print(say(text))",
    ],
)
def test_a_text_of_the_command_line_without_say_is_a_fault(source):
    _, faults = command_texts.of_source(source, "cli.py")
    assert {fault.place for fault in faults} == {"cli.py:1"}
