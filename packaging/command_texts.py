"""The texts of the command line: what stands in `say("…")` in its modules (`gdstudio/wording.py` translates it).

What is printed, put into a table, a help text or a finding without `say` is a fault. Sentences of errors are not marked:
they are patterns, as those of the engine are (`engine_texts.py`).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from source_texts import ROOT, Fault, Message, called, is_words

COMMANDS = "commands"
MODULES = ("cli/*.py", "doctor.py", "report.py", "system.py")
# Functions whose plain texts a person reads, and which of their arguments are such texts.
_SHOWN = {"print": slice(None), "Finding": slice(0, 2), "table": slice(0, 1), "progress_bar": slice(1, 2)}
_SHOWN_WORDS = ("help", "description", "epilog", "remedy", "title")


def messages() -> tuple[set[Message], list[Fault]]:
    """The texts of the command line, and what is not marked."""
    found: set[Message] = set()
    faults: list[Fault] = []
    folder = ROOT / "gdstudio"
    for path in sorted(path for pattern in MODULES for path in folder.glob(pattern)):
        texts, wrong = of_source(path.read_text(encoding="utf-8"), path.relative_to(folder).as_posix())
        found |= texts
        faults += wrong
    return found, faults


def of_source(source: str, name: str) -> tuple[set[Message], list[Fault]]:
    """The marked texts of one module and its faults; `name` is what faults call it."""
    found: set[Message] = set()
    faults: list[Fault] = []
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        if called(call.func) == "say":
            text = call.args[0]
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                found.add(Message(COMMANDS, text.value))
            else:
                faults.append(Fault(f"{name}:{call.lineno}", f"no plain text: {ast.unparse(text)}"))
        faults += [
            Fault(f"{name}:{call.lineno}", f"not translatable: {text!r}")
            for argument in _shown(call)
            for text in _plain(argument)
            if is_words(text)
        ]
    return found, faults


def _shown(call: ast.Call) -> Iterator[ast.expr]:
    """The arguments of a call that a person reads."""
    yield from call.args[_SHOWN.get(called(call.func), slice(0))]
    yield from (word.value for word in call.keywords if word.arg in _SHOWN_WORDS)


def _plain(argument: ast.expr) -> Iterator[str]:
    """The texts in an expression that go through no function."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value
    elif not isinstance(argument, ast.Call):
        for child in ast.iter_child_nodes(argument):
            if isinstance(child, ast.expr):
                yield from _plain(child)
