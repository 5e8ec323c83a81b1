"""The texts of the program that a person reads, found in its source: what `translations.py` has translated.

The interface marks its texts as Qt does: `self.tr("…")`, `QCoreApplication.translate("Context", "…")`, a function of
the module that returns the latter, and `marked("Context", "…")` for texts in tables. Qt's own `lupdate`
knows neither such functions nor local names for them, so the source is read here. What looks like a text and is not
marked is a fault; so is a mark whose context or text cannot be known from the source alone.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INTERFACE = ROOT / "gdstudio" / "ui"

# Functions that show texts to a person, and which of their arguments are such texts.
_SHOWN = {
    **dict.fromkeys(
        """setText setToolTip setStatusTip setWhatsThis setWindowTitle setAccessibleName setAccessibleDescription
        setPlaceholderText setTitle setInformativeText setHeaderLabels setHorizontalHeaderLabels setSuffix setPrefix
        setEmptyLabel setLabelText setSpecialValueText setNameFilters addAction addMenu addRow addButton QLabel
        QPushButton QAction QCheckBox QRadioButton QGroupBox QDockWidget QToolBar QMenu edit show_message show_refusal
        say""".split(),
        slice(None),
    ),
    **dict.fromkeys(("addItem", "addItems"), slice(0, 1)),
    **dict.fromkeys(("addTab", "setTabText", "setTabToolTip", "setItemText", "QFileDialog"), slice(1, 2)),
    "named": slice(2, None),
}
# Objects whose `tr` is used by others, as they are named everywhere, and their classes.
_OWNERS = {"window": "MainWindow", "editor": "GraphEditor", "session": "Session"}
# Its texts are collected elsewhere.
ENGINE = "engine"
# Names that are the same in every language.
_NAMES = frozenset(
    "gdstudio PyTorch JAX NumPy numpy Keras optax LaTeX OpenGL Python PySide6 PySide pyqtgraph NaN".split()
)
_WORD = re.compile(r"[A-Za-z]{2,}")
_MARKUP = re.compile(r"<[^<>]*>?|&[a-z]+;|[^<>\s]*\{[^}]*\}?|\S*(?:://|=)\S*|#\w+")


@dataclass(frozen=True, order=True)
class Message:
    """A text to translate; `plural` when it counts something with %n."""

    context: str
    text: str
    plural: bool = False


@dataclass(frozen=True, order=True)
class Fault:
    """Something in the source that would never be translated."""

    place: str
    why: str

    def __str__(self) -> str:
        return f"{self.place}: {self.why}"


def interface(folder: Path = INTERFACE) -> tuple[set[Message], list[Fault]]:
    """The marked texts of the interface, and what is not marked as it should be."""
    messages: set[Message] = set()
    faults: list[Fault] = []
    for path in sorted(folder.rglob("*.py")):
        name = path.relative_to(folder.parent).as_posix()
        found, wrong = of_source(path.read_text(encoding="utf-8"), name)
        messages |= found
        faults += wrong
    return messages, sorted(faults)


def of_source(source: str, name: str) -> tuple[set[Message], list[Fault]]:
    """The marked texts of one module and its faults; `name` is what faults call it."""
    reader = _Reader(ast.parse(source), name)
    reader.read()
    return reader.messages, reader.faults


class _Reader:
    """Reads one module."""

    def __init__(self, module: ast.Module, name: str) -> None:
        self._module = module
        self._name = name
        self._helpers = dict(_helpers(module))
        self._seen: set[int] = set()  # constants that are marked, or need no translation
        self.messages: set[Message] = set()
        self.faults: list[Fault] = []

    def read(self) -> None:
        self._visit(self._module, None, {})
        tables = {ENGINE} | {message.context for message in self.messages}
        self.faults = [
            fault for fault in self.faults if fault.why not in {_unknown(table) for table in tables}
        ]
        self._check_errors()
        for call in (node for node in ast.walk(self._module) if isinstance(node, ast.Call)):
            name = called(call.func)
            for argument in call.args[_SHOWN[name]] if name in _SHOWN else ():
                self._check_shown(argument)

    def _visit(self, node: ast.AST, owner: str | None, known: dict[str, str]) -> None:
        """Walk the tree. `owner` is the class around the node, `known` maps local names to contexts."""
        if isinstance(node, ast.ClassDef):
            owner = node.name
        elif isinstance(node, ast.FunctionDef):
            known = {**known, **dict(self._aliases(node, owner))}
        elif isinstance(node, ast.Call):
            self._read_call(node, owner, known)
        for child in ast.iter_child_nodes(node):
            self._visit(child, owner, known)

    def _aliases(self, function: ast.FunctionDef, owner: str | None) -> Iterator[tuple[str, str]]:
        """Local names for a marking function: `t = self.tr`."""
        for node in ast.walk(function):
            if not isinstance(node, ast.Assign) or len(node.targets) != 1:
                continue
            target = node.targets[0]
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = list(zip(target.elts, node.value.elts, strict=False))
            for name, value in pairs:
                if not isinstance(name, ast.Name):
                    continue
                if isinstance(value, ast.Attribute) and value.attr == "tr":
                    yield name.id, self._context_of_tr(value, owner)
                elif isinstance(value, ast.Name) and value.id in self._helpers:
                    yield name.id, self._helpers[value.id]

    def _context_of_tr(self, function: ast.Attribute, owner: str | None) -> str:
        name = called(function.value)
        return owner or "" if name == "self" else _OWNERS.get(name.removeprefix("_"), "")

    def _read_call(self, call: ast.Call, owner: str | None, known: dict[str, str]) -> None:
        function, arguments = call.func, call.args
        name = called(function)
        if isinstance(function, ast.Attribute) and name == "tr":
            context = self._context_of_tr(function, owner)
        elif isinstance(function, ast.Name) and name in {**self._helpers, **known}:
            context = known.get(name) or self._helpers.get(name, "")
        elif name == "marked" or (name == "translate" and _is_application(function)):
            first = arguments[0] if arguments else None
            if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
                self._blame(call, "the context is no plain text")
                return
            context, arguments = first.value, arguments[1:]
            self._seen.add(id(first))
        else:
            return
        if not arguments:
            return
        text = arguments[0]
        if not context:
            self._blame(
                call, f"the context is not known: use self.tr or translate, not {ast.unparse(function)}"
            )
        elif isinstance(text, ast.Constant) and isinstance(text.value, str):
            self._seen.add(id(text))
            plural = len(arguments) > 2 or any(keyword.arg == "n" for keyword in call.keywords)
            if plural != ("%n" in text.value):
                self._blame(call, "a text that counts has %n and a number as the third argument")
            self.messages.add(Message(context, text.value, plural))
        elif not self._is_helper_itself(call):
            self._blame(call, _unknown(context))

    def _is_helper_itself(self, call: ast.Call) -> bool:
        return any(
            isinstance(node, ast.FunctionDef) and node.name in self._helpers and call in ast.walk(node)
            for node in self._module.body
        )

    def _check_errors(self) -> None:
        """An error goes through `of_error`, or its sentence stays English."""
        for handler in (node for node in ast.walk(self._module) if isinstance(node, ast.ExceptHandler)):
            for call in (node for node in ast.walk(handler) if isinstance(node, ast.Call)):
                # With the name of its class it is no sentence, but what a developer wants to know.
                if called(call.func) not in (*_SHOWN, "format", "emit") or "__name__" in ast.unparse(call):
                    continue
                if any(
                    ast.unparse(argument) in (handler.name, f"str({handler.name})") for argument in call.args
                ):
                    self._blame(call, "an error is shown as it is: use of_error")

    def _check_shown(self, argument: ast.expr) -> None:
        for part in _constants(argument):
            if id(part) not in self._seen and is_words(str(part.value)):
                self._blame(part, f"not translatable: {part.value!r}")

    def _blame(self, node: ast.expr, why: str) -> None:
        self.faults.append(Fault(f"{self._name}:{node.lineno}", why))


def _unknown(context: str) -> str:
    return f"no plain text, and no table of texts is marked for {context}"


def _helpers(module: ast.Module) -> Iterator[tuple[str, str]]:
    """Functions of a module that translate their argument, with their contexts."""
    for node in module.body:
        if not isinstance(node, ast.FunctionDef) or not node.args.args:
            continue
        for call in ast.walk(node):
            if (
                isinstance(call, ast.Call)
                and called(call.func) == "translate"
                and _is_application(call.func)
                and len(call.args) >= 2
                and isinstance(call.args[0], ast.Constant)
                and isinstance(call.args[1], ast.Name)
                and call.args[1].id == node.args.args[0].arg
            ):
                yield node.name, str(call.args[0].value)


def is_words(text: str) -> bool:
    """Whether a person reads words in a text, and not signs, markup and names alone."""
    return any(word not in _NAMES for word in _WORD.findall(_MARKUP.sub(" ", text)))


def called(function: ast.expr) -> str:
    """The last part of what is called."""
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _is_application(function: ast.expr) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id in ("QCoreApplication", "QApplication", "QGuiApplication")
    )


def _constants(expression: ast.expr) -> Iterator[ast.Constant]:
    """The texts that an expression may be or begin with, through conditions, sums, formats and f-strings."""
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        yield expression
    children: Iterable[ast.expr] = ()
    if isinstance(expression, ast.IfExp):
        children = (expression.body, expression.orelse)
    elif isinstance(expression, ast.BinOp):
        children = (expression.left, expression.right)
    elif isinstance(expression, ast.BoolOp):
        children = expression.values
    elif isinstance(expression, ast.JoinedStr):
        children = expression.values
    elif isinstance(expression, ast.FormattedValue):
        children = (expression.value,)
    elif isinstance(expression, ast.List | ast.Tuple):
        children = expression.elts
    elif isinstance(expression, ast.Call) and called(expression.func) in ("format", "join"):
        assert isinstance(expression.func, ast.Attribute)
        children = (expression.func.value,)
    for child in children:
        yield from _constants(child)
