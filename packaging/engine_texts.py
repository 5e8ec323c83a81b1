"""The texts of the engine and of documents that are shown to people: meanings in tables, and sentences of errors.

The engine knows no Qt, so its texts are not marked. They are collected here from its tables and from its source, as
messages of the context "engine", and `gdstudio/wording.py` translates them where they are shown. A sentence with values
in it becomes a pattern: "no operation {0}".
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

from source_texts import ENGINE, ROOT, Message

FOLDERS = ("engine", "document", "ui", "cli")
MODULES = ("animation.py", "race_files.py")
_MOST_VARIANTS = 8
# Errors of the program itself, which no person meets as a sentence.
_INTERNAL = ("AssertionError", "KeyError", "NotImplementedError", "RuntimeError", "TypeError")
# How a racer may end, and what a challenge may have one change, as words.
_WORDS = (
    "converged",
    "diverged",
    "oscillating",
    "running",
    "stalled",
    "graph",
    "steps",
    "values",
    "seed",
    "start",
    "optimizer",
    "convention",
    "schedule",
    "gradient",
    "noise",
    "batch size",
    "batch order",
    "average decay",
)
# What stands around other sentences, and is put together elsewhere; and a sentence too short to be told from others.
_FRAMES = (
    "line {0}, column {1}: {2}",
    "{0} or {1}",
    "{0}, or None",
    "{0} settings for each racer, {1} steps each, from {2}, seed {3}; judged by the mean final loss",
    "{0} and {1} more",
)
# What the system says of files, as `OSError.strerror` with a small first letter.
_SYSTEM = (
    "disk quota exceeded",
    "file name too long",
    "input/output error",
    "is a directory",
    "no space left on device",
    "no such file or directory",
    "not a directory",
    "permission denied",
    "read-only file system",
    "too many open files",
)
# What Python's json says of a file that is cut off or was edited by hand.
_JSON = (
    "Expecting ',' delimiter",
    "Expecting ':' delimiter",
    "Expecting property name enclosed in double quotes",
    "Expecting value",
    "Extra data",
    "Invalid \\escape",
    "Invalid control character at",
    "Unterminated string starting at",
)
# What the engine says of formulas that cannot be parsed (`syntax._syntax_message`).
_SYNTAX = (
    "a number stands right before a name; write products with *, as in 2*x",
    "invalid syntax: a name, a number or an operation is missing here, or one too many",
    "unmatched {0}",
    "{0} was never closed",
)
# What Python's argparse says of a command line.
_ARGUMENTS = (
    "argument {0}: {1}",
    "argument {0}: expected one argument",
    "argument {0}: invalid choice: {1} (choose from {2})",
    "argument {0}: not allowed with argument {1}",
    "expected one argument",
    "one of the arguments {0} is required",
    "the following arguments are required: {0}",
    "unrecognized arguments: {0}",
)
_TOO_SHORT = ("{0} for {1}{2}", "{0} @ {1}")


def messages() -> set[Message]:
    """Every text of the engine and of documents that the interface may show."""
    texts = {
        text
        for text in (*table_texts(), *sentences(), *_FRAMES, *_SYSTEM, *_JSON, *_SYNTAX, *_ARGUMENTS, *_WORDS)
        if any(map(str.isalpha, text))
    }
    texts.difference_update(_TOO_SHORT)
    return {Message(ENGINE, text) for text in texts}


def table_texts() -> Iterator[str]:
    """What the engine's tables say of operations, optimizers, options, schedules and test functions."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    from gdstudio.engine import functions, operations, optimizers, schedules

    for operation in operations.values():
        yield from (operation.meaning, operation.category)
    yield from optimizers.LIBRARIES.values()
    for function in map(functions.get, functions.names()):
        yield from (function.title, function.teaches)
    rules = [optimizers.get(name) for name in optimizers.names()]
    rows = [schedules.row(name) for name in schedules.names()]
    for row in (*rules, *rows):
        yield from (row.title, row.meaning)
        for option in row.options:
            yield from (option.meaning, option.unit, option.name.replace("_", " "))
            yield from getattr(option, "choices", ())


def sentences() -> Iterator[str]:
    """What errors, judgements of racers and faults of nodes say, as patterns."""
    for folder in FOLDERS:
        for path in sorted((ROOT / "gdstudio" / folder).rglob("*.py")):
            yield from sentences_of(path)
    for name in MODULES:
        yield from sentences_of(ROOT / "gdstudio" / name)


def sentences_of(path: Path) -> Iterator[str]:
    """The patterns of one module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        yield from _kinds(node)
        for text in _told(node):
            for pattern in patterns(text):
                if " " in pattern.strip():
                    yield pattern


def _told(node: ast.AST) -> Iterable[ast.expr]:
    """The expressions by which a statement tells a person something."""
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
        return () if ast.unparse(node.exc.func) in _INTERNAL else node.exc.args[:1]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Verdict":
        return node.args[1:2]
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
        if ast.unparse(node.targets[0].value) == "self.problems":
            return (node.value,)
    if isinstance(node, ast.Return) and isinstance(node.value, ast.JoinedStr | ast.IfExp):
        head = next(iter(patterns(node.value)), "")
        return (node.value,) if head.startswith(("; ", "at ", "below", "finite", "it ")) else ()
    return ()


def _kinds(node: ast.AST) -> Iterator[str]:
    """What the kinds of arguments that an expression makes are called; see `gdstudio/engine/given.py`.

    "{0}, or None" stands among the frames. It cannot be told from what comes before where that ends in a value or has a
    colon, and a single word is no value that is translated, so these come with what is around them.
    """
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return
    texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if node.func.id == "whole":
        yield f"a whole number from {{0}} to {{1}}{''.join(texts)}"
    elif node.func.id == "optional" and "whole(" in ast.unparse(node):
        yield from (f"{words}, or None" for kind in node.args for words in _kinds(kind))
    elif node.func.id in ("Kind", "instance", "several"):
        for words in texts:
            yield words if " " in words else f"{{0}} must be {words}, not {{1}}"
            if " " not in words or ": " in words:
                yield f"{words}, or None"


def patterns(text: ast.expr) -> Iterator[str]:
    """What an expression may say, a hole {0}, {1}, … for each value; each way that conditions may turn."""
    for parts in _variants(text):
        pattern, holes = "", 0
        for part in parts:
            if part is None:
                pattern += f"{{{holes}}}"
                holes += 1
            else:
                pattern += part.replace("{", "{{").replace("}", "}}") if None in parts else part
        yield pattern


def _variants(text: ast.expr) -> list[list[str | None]]:
    """The ways in which an expression may turn out, each as its literal parts with None for values."""
    if isinstance(text, ast.Constant) and isinstance(text.value, str):
        return [[text.value]]
    if isinstance(text, ast.FormattedValue):
        return _variants(text.value)
    if isinstance(text, ast.IfExp):
        return _variants(text.body) + _variants(text.orelse)
    pieces: list[ast.expr] = []
    if isinstance(text, ast.JoinedStr):
        pieces = list(text.values)
    elif isinstance(text, ast.BinOp) and isinstance(text.op, ast.Add):
        pieces = [text.left, text.right]
    found: list[list[str | None]] = [[None]]
    if pieces:
        ways = [_variants(piece) for piece in pieces]
        found = [[part for way in chosen for part in way] for chosen in product(*ways)][:_MOST_VARIANTS]
    return found
