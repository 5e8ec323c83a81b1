"""Reading formula text: lines of `name = expression`, checked against a whitelist; nothing is ever executed.

What an expression means is up to a `Reader`: formula.py builds graph nodes, update.py terms, typeset.py LaTeX.
"""

from __future__ import annotations

import ast
import math
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from keyword import iskeyword
from typing import Any, Generic, TypeVar

import numpy as np

from . import ops
from .bounded import bounded
from .errors import FormulaError, suggestion
from .numeric import numbers

Value = TypeVar("Value")

NUMBERS = {"pi": math.pi, "e": math.e, "inf": math.inf, "nan": math.nan}
LENGTH_LIMIT = 10_000_000

# Python's grammar knows no subscript digits; runes stand in for them while a text is parsed, one character for one
# so that columns stay true.
_SUBSCRIPTS = {ord("₀") + i: chr(0x16A0 + i) for i in range(10)}
_TRANSLATION = _SUBSCRIPTS | {ord("·"): "*", ord("×"): "*", ord("−"): "-", ord("÷"): "/", ord("≔"): "="}
_BACK = {ord(rune): chr(digit) for digit, rune in _SUBSCRIPTS.items()}

_BINARY: dict[type, str] = {
    ast.Add: "add", ast.Sub: "subtract", ast.Mult: "multiply", ast.Div: "divide", ast.Pow: "power", ast.MatMult: "matmul",
}  # fmt: skip
_COMPARE: dict[type, str] = {ast.Lt: "less", ast.Gt: "greater"}


def is_name(text: str) -> bool:
    """Whether `text` can stand on the left of an assignment."""
    if text.isascii():
        return text.isidentifier() and not iskeyword(text)
    inner = text.translate(_SUBSCRIPTS)
    if not inner.isidentifier():
        return False
    try:
        return isinstance(ast.parse(inner, mode="eval").body, ast.Name)
    except SyntaxError:
        return False


def is_expression(text: str) -> bool:
    """Whether `text` is an expression by itself, with no name before it, and more than a name."""
    try:
        return not isinstance(ast.parse(text.strip().translate(_TRANSLATION), mode="eval").body, ast.Name)
    except (SyntaxError, RecursionError, MemoryError, ValueError):
        return False


@dataclass(frozen=True)
class Statement:
    """One line: `target = expression`; `target` is None for a bare name on the last line."""

    target: str | None
    expression: ast.expr
    source: _Source

    def error(self, message: str, node: ast.expr | None = None) -> FormulaError:
        return FormulaError(message, *self.place(self.expression if node is None else node))

    def place(self, node: ast.expr) -> tuple[int, int]:
        """Line and column of a part of the expression, both counted from 1."""
        return self.source.place(node)

    @property
    def text(self) -> str:
        """The expression as it was written."""
        return self.source.segment(self.expression)


class _Source:
    """Where things stand in a text; `ast` counts columns in UTF-8 bytes, people count characters."""

    def __init__(self, text: str, indent: int) -> None:
        self._lines = [line.encode() for line in text.split("\n")]
        self._indent = indent

    def place(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        before = self._lines[node.lineno - 1][: node.col_offset]
        return node.lineno, len(before.decode()) + 1 + self._indent

    def segment(self, node: ast.expr) -> str:
        lines = self._lines[node.lineno - 1 : node.end_lineno]
        lines[-1] = lines[-1][: node.end_col_offset]
        lines[0] = lines[0][node.col_offset :]
        return b"\n".join(lines).decode().translate(_BACK)


@bounded(lambda text: len(text), 1 << 20)
def statements(text: str) -> tuple[Statement, ...]:
    """The lines of a formula.

    Raises:
        FormulaError: at the first thing that is no `name = expression`, with its line and column.
    """
    if len(text) > LENGTH_LIMIT:
        raise FormulaError(f"the text has {len(text):,} characters; at most {LENGTH_LIMIT:,} are read")
    if "\0" in text:
        raise FormulaError("the text holds a null character")
    # What pages and spreadsheets put before and between words looks like nothing and like a space.
    text = text.removeprefix("\ufeff").replace("\u00a0", " ").expandtabs(4)
    dedented = textwrap.dedent(text)
    first = next((line for line in text.splitlines() if line.strip()), "")
    kept = next((line for line in dedented.splitlines() if line.strip()), "")
    indent = len(first) - len(kept)
    source = dedented.translate(_TRANSLATION).replace("\r", "\n").replace("\f", " ")
    try:
        body = ast.parse(source).body
    except SyntaxError as error:
        message = _syntax_message(error, source)
        raise FormulaError(message, error.lineno or 1, (error.offset or 1) + indent) from None
    except (RecursionError, MemoryError, ValueError):
        raise FormulaError("the expression is nested too deeply; write it in several lines") from None
    places = _Source(source, indent)
    result = []
    for number, node in enumerate(body):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Name) and number == len(body) - 1:
            result.append(Statement(None, node.value, places))
            continue
        if not isinstance(node, ast.Assign):
            raise FormulaError("every line must read `name = expression`", *places.place(node))
        if len(node.targets) != 1 or not isinstance(node.targets[0], ast.Name):
            raise FormulaError("the left side of = must be one name", *places.place(node))
        result.append(Statement(name_of(node.targets[0]), node.value, places))
    return tuple(result)


def _syntax_message(error: SyntaxError, source: str) -> str:
    line = (
        source.splitlines()[error.lineno - 1]
        if error.lineno and error.lineno <= len(source.splitlines())
        else ""
    )
    if "²" in line or "³" in line:
        return "write powers with **, as in x**2"
    reason = error.msg or "this cannot be read"
    # Python's own words for what happens most, said so that they are translated and tell what would be right.
    if reason.startswith("invalid syntax"):
        return "invalid syntax: a name, a number or an operation is missing here, or one too many"
    if reason == "invalid decimal literal":
        return "a number stands right before a name; write products with *, as in 2*x"
    if bracket := re.fullmatch(r"'(.)' was never closed", reason):
        return f"{bracket[1]!r} was never closed"
    if bracket := re.fullmatch(r"unmatched '(.)'", reason):
        return f"unmatched {bracket[1]!r}"
    return f"{reason[0].lower()}{reason[1:]}"


def name_of(node: ast.Name) -> str:
    return node.id.translate(_BACK)


def literal(node: ast.expr) -> Any:
    """The number, string, truth value, None or nested list written at `node`.

    Raises:
        ValueError: when it is something else.
    """
    if isinstance(node, ast.Constant) and (
        node.value is None or isinstance(node.value, bool | int | float | str)
    ):
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        value = literal(node.operand)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return -value if isinstance(node.op, ast.USub) else value
    if isinstance(node, ast.List | ast.Tuple):
        return [literal(entry) for entry in node.elts]
    if isinstance(node, ast.Name) and node.id in NUMBERS:
        return NUMBERS[node.id]
    raise ValueError("not a literal")


class Reader(Generic[Value]):
    """Turns an expression into values of some kind; subclasses say what a number, a name and a call become."""

    statement: Statement

    def read(self, statement: Statement) -> Value:
        """The value of the statement's expression.

        Raises:
            FormulaError: for anything outside the language.
        """
        self.statement = statement
        try:
            return self._expression(statement.expression)
        except RecursionError:
            raise statement.error("the expression is nested too deeply; write it in several lines") from None

    def number(self, value: float) -> Value:
        raise NotImplementedError

    def tensor(self, value: np.ndarray) -> Value:
        raise NotImplementedError

    def name(self, name: str, node: ast.expr) -> Value:
        raise NotImplementedError

    def call(self, op: str, args: list[Value], attributes: dict[str, Any], node: ast.expr) -> Value:
        raise NotImplementedError

    def open_slot(self, node: ast.expr) -> Value:
        raise self.statement.error(
            "None stands for an input that is not connected and is only allowed in graphs", node
        )

    def _expression(self, node: ast.expr) -> Value:
        handler = self._handlers.get(type(node))
        if handler is None:
            raise self.statement.error(f"{_words(node)} is not part of the formula language", node)
        return handler(self, node)

    def _constant(self, node: ast.Constant) -> Value:
        if node.value is None:
            return self.open_slot(node)
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            raise self.statement.error(f"{node.value!r} is not a number", node)
        try:
            return self.number(float(node.value))
        except OverflowError:
            raise self.statement.error("this number is too large for float64", node) from None

    def _name(self, node: ast.Name) -> Value:
        return self.name(name_of(node), node)

    def _binary(self, node: ast.BinOp) -> Value:
        if isinstance(node.op, ast.BitXor):
            raise self.statement.error("write powers with **, as in x**2", node)
        op = _BINARY.get(type(node.op))
        if op is None:
            raise self.statement.error("the operators are + - * / ** @ < and >", node)
        return self.call(op, [self._expression(node.left), self._expression(node.right)], {}, node)

    def _unary(self, node: ast.UnaryOp) -> Value:
        if isinstance(node.op, ast.USub):
            if isinstance(node.operand, ast.Constant):
                try:
                    return self.number(float(literal(node)))
                except (ValueError, TypeError):
                    pass
            return self.call("negative", [self._expression(node.operand)], {}, node)
        if isinstance(node.op, ast.UAdd):
            return self._expression(node.operand)
        raise self.statement.error("the operators are + - * / ** @ < and >", node)

    def _compare(self, node: ast.Compare) -> Value:
        op = _COMPARE.get(type(node.ops[0])) if len(node.ops) == 1 else None
        if op is None:
            raise self.statement.error("compare two values with < or >, or call equal(a, b)", node)
        return self.call(op, [self._expression(node.left), self._expression(node.comparators[0])], {}, node)

    def _choice(self, node: ast.IfExp) -> Value:
        return self.call(
            "where", [self._expression(part) for part in (node.test, node.body, node.orelse)], {}, node
        )

    def _list(self, node: ast.List | ast.Tuple) -> Value:
        try:
            array = numbers(literal(node))
        except (ValueError, TypeError, OverflowError):
            raise self.statement.error(
                "a list must hold numbers only, in rows of equal length", node
            ) from None
        return self.tensor(array)

    def _subscript(self, node: ast.Subscript) -> Value:
        try:
            index = literal(node.slice)
        except ValueError:
            raise self.statement.error("an index must be whole numbers, as in x[0, 1]", node.slice) from None
        return self.call("index", [self._expression(node.value)], {"index": index}, node)

    def _attribute(self, node: ast.Attribute) -> Value:
        if node.attr == "T":
            return self.call("transpose", [self._expression(node.value)], {}, node)
        raise self.statement.error(f".{node.attr} is not part of the formula language (only .T is)", node)

    def _call(self, node: ast.Call) -> Value:
        if not isinstance(node.func, ast.Name):
            raise self.statement.error("only operations can be called, as in exp(x)", node)
        op = name_of(node.func)
        row = ops.operations.get(op)
        if row is None:
            raise self.statement.error(f"there is no operation {op!r}{suggestion(op, ops.operations)}", node)
        attributes: dict[str, Any] = {}
        for keyword in node.keywords:
            if keyword.arg is None:
                raise self.statement.error("** is not allowed in a call", node)
            attributes[keyword.arg] = self._attribute_value(keyword.value)
        if op in ops.LEAF_OPS:
            return self.leaf(op, node, attributes)
        args = node.args
        if row.arity is None and len(args) == 1 and isinstance(args[0], ast.List | ast.Tuple):
            args = args[0].elts
        elif row.arity is not None and len(args) > row.arity:
            # sum(x, 0) means sum(x, axis=0).
            free = [name for name in row.attributes if name not in attributes]
            extra = args[row.arity :]
            if len(extra) > len(free):
                raise self.statement.error(f"{op} takes {row.arity} inputs, not {len(args)}", node)
            try:
                attributes.update(zip(free, map(literal, extra), strict=False))
            except ValueError:
                two = "; of two values take maximum(a, b) or minimum(a, b)" if op in ("max", "min") else ""
                raise self.statement.error(
                    f"{op} takes {row.arity} inputs, not {len(args)}{two}", node
                ) from None
            args = args[: row.arity]
        if row.arity is not None and len(args) < row.arity:
            raise self.statement.error(
                f"{op} takes {row.arity} inputs ({', '.join(row.inputs)}), not {len(args)}", node
            )
        return self.call(op, [self._expression(arg) for arg in args], attributes, node)

    def leaf(self, op: str, node: ast.Call, attributes: dict[str, Any]) -> Value:
        raise self.statement.error(f"{op}(...) declares a leaf and is only allowed in graphs", node)

    def _attribute_value(self, node: ast.expr) -> Any:
        try:
            return literal(node)
        except ValueError:
            raise self.statement.error(
                "an attribute must be a number, a list, a text, True, False or None", node
            ) from None

    _handlers: dict[type, Callable] = {
        ast.Constant: _constant,
        ast.Name: _name,
        ast.BinOp: _binary,
        ast.UnaryOp: _unary,
        ast.Compare: _compare,
        ast.IfExp: _choice,
        ast.List: _list,
        ast.Tuple: _list,
        ast.Subscript: _subscript,
        ast.Attribute: _attribute,
        ast.Call: _call,
    }


def _words(node: ast.expr) -> str:
    return {
        "Lambda": "a lambda",
        "ListComp": "a comprehension",
        "BoolOp": "and/or",
        "JoinedStr": "an f-string",
    }.get(type(node).__name__, f"this ({type(node).__name__})")
