"""Formulas as LaTeX: graphs, update rules, and single lines with numbers in the place of names.

What is written follows the text: nothing is simplified, brackets stand only where the reader needs them. The result is
plain LaTeX mathematics; who draws it is no business of this module.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from . import ops
from .errors import ShapeError
from .given import takes
from .graph import A_GRAPH, Graph
from .node import Node
from .shapes import checked_attributes
from .syntax import NUMBERS, Reader, statements

# How tightly the outermost operation of a piece holds together; an operand looser than its place allows is bracketed.
_LOOSE, _SUM, _SUMMATION, _PRODUCT, _APPLIED, _FRACTION, _POWER, _ATOM = range(8)

# Operations that are neither calls with brackets of their own nor written by a method below:
# name -> (how tight the result is, how tight each argument must be).
_TIGHTNESS: dict[str, tuple[int, tuple[int, ...]]] = {
    "exp": (_POWER, (_LOOSE,)), "expm1": (_SUM, (_LOOSE,)), "log1p": (_ATOM, (_PRODUCT,)),
    "transpose": (_POWER, (_ATOM,)), "sum": (_SUMMATION, (_PRODUCT,)), "half_squared_error": (_SUMMATION, (_SUM, _PRODUCT)),
    "matmul": (_PRODUCT, (_PRODUCT, _PRODUCT)), "dot": (_PRODUCT, (_APPLIED, _APPLIED)),
    "outer": (_PRODUCT, (_APPLIED, _APPLIED)),
} | dict.fromkeys(("log", "sin", "cos", "tan", "arctan", "tanh"), (_APPLIED, (_FRACTION,)))  # fmt: skip

_GREEK_WORDS = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega "
    "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
).split()
_GREEK = {word: rf"\{word}" for word in _GREEK_WORDS} | {"lambd": r"\lambda"}
_GREEK |= dict(zip("αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ", (rf"\{word}" for word in _GREEK_WORDS), strict=True))
_ACCENTS = ("hat", "bar", "tilde", "dot")
_CONSTANTS = {math.pi: r"\pi", math.e: "e"}
# Names of options as papers write them; only rules know these options.
RULE_SYMBOLS = {"learning_rate": r"\eta"}

_MATRIX_LIMIT = 6
# A value inside a line that has grown longer than this gets a line of its own.
_INLINE_LENGTH = 400
_SUBSCRIPT_DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


@dataclass(frozen=True)
class _Piece:
    """A part of a formula.

    Attributes:
        starts, ends: what stands at its edges, for products: "name", "number", "bracket", "applied" (a function's argument
            without brackets) or "minus".
        positive: the piece without its minus sign, where it has one that governs it all.
        bare: a comparison without its brackets.
        function: (function, argument) of something like `\\sin x`.
        tensor: whether it is known to hold several numbers; the product of two such is elementwise and says so.
    """

    text: str
    level: int
    starts: str = "name"
    ends: str = "name"
    positive: _Piece | None = None
    bare: str | None = None
    function: tuple[str, str] | None = None
    tensor: bool = False


def symbol(name: str, symbols: Mapping[str, str] | None = None) -> str:
    """A name as LaTeX: `x1` is x with an index, `m_hat` wears a hat, `y_true` has a word as its index.

    Args:
        symbols: names that are written in a way of their own, such as `RULE_SYMBOLS`.
    """
    if symbols is not None and name in symbols:
        return symbols[name]
    first, *indices = [part for part in name.translate(_SUBSCRIPT_DIGITS).split("_") if part] or ["_"]
    stem = first.rstrip("0123456789") or first
    digits = first[len(stem) :]
    accent = indices.pop() if indices and indices[-1] in _ACCENTS else None
    indices = [*([digits] if digits else []), *indices]
    base = _word(stem)
    if accent:
        base = rf"\{accent}{{{base}}}"
    return f"{base}_{{{','.join(map(_word, indices))}}}" if indices else base


def _word(text: str) -> str:
    if text in _GREEK:
        return _GREEK[text]
    if (len(text) == 1 and text.isalpha()) or text.isdecimal():
        return text
    return rf"\mathrm{{{''.join(map(_escaped, text))}}}"


def _escaped(character: str) -> str:
    """A character of a name; a node of a graph may be called anything."""
    if character in "#$%&_{}":
        return f"\\{character}"
    return {"\\": r"\backslash ", "^": r"\wedge ", "~": r"\sim ", " ": r"\ "}.get(character, character)


def number(value: float, digits: int = 17) -> str:
    """A number as LaTeX, with powers of ten where zeros would have to be counted.

    Args:
        digits: significant digits at most; 17 leave every number as it was written.
    """
    return _number(value, digits).text


def _number(value: float, digits: int = 17) -> _Piece:
    value = float(value)
    if value < 0:
        return _negated(_number(-value, digits))
    if value in _CONSTANTS:
        return _Piece(_CONSTANTS[value], _ATOM)
    if not math.isfinite(value):
        return _Piece(r"\infty" if value == math.inf else r"\mathrm{NaN}", _ATOM)
    rounded = value if digits >= 17 else float(f"{value:.{digits}g}")
    mantissa, exponent = np.format_float_scientific(abs(rounded), trim="-").split("e")
    power = int(exponent)
    # A whole number with many digits of its own is no clearer as a power of ten.
    if rounded == 0 or -4 < power < 6 or (power < 15 and rounded.is_integer() and len(mantissa) > 6):
        return _Piece(np.format_float_positional(abs(rounded), trim="-"), _ATOM, "number", "number")
    if mantissa == "1":
        return _Piece(f"10^{{{power}}}", _POWER, "number", "number")
    return _Piece(rf"{mantissa} \times 10^{{{power}}}", _PRODUCT, "number", "number")


def _tensor(value: np.ndarray, digits: int = 17) -> _Piece:
    if value.size == 1:
        return _number(float(value.reshape(())), digits)
    if value.ndim > 2 or value.size == 0:
        shape = r" \times ".join(map(str, value.shape))
        return _Piece(rf"\mathrm{{tensor}}_{{{shape}}}", _ATOM, tensor=True)
    rows = [[number(entry, digits) for entry in row] for row in _shown(np.atleast_2d(value)).tolist()]
    if np.atleast_2d(value).shape[1] > _MATRIX_LIMIT:
        rows = [[*row[:-1], r"\cdots", row[-1]] for row in rows]
    if len(np.atleast_2d(value)) > _MATRIX_LIMIT:
        dots = [r"\vdots" if entry != r"\cdots" else r"\ddots" for entry in rows[0]]
        rows = [*rows[:-1], dots, rows[-1]]
    inside = r"\\ ".join(" & ".join(row) for row in rows)
    return _Piece(rf"\begin{{pmatrix}}{inside}\end{{pmatrix}}", _ATOM, "bracket", "bracket", tensor=True)


def _shown(matrix: np.ndarray) -> np.ndarray:
    """The rows and columns that are written: all, or the first four and the last."""
    for axis in (0, 1):
        if matrix.shape[axis] > _MATRIX_LIMIT:
            matrix = np.take(matrix, [*range(_MATRIX_LIMIT - 2), -1], axis)
    return matrix


def _bracketed(piece: _Piece) -> _Piece:
    # Two numbers side by side want a dot between them, also where one is in brackets for its sign.
    starts = "number" if piece.starts == "minus" and piece.ends == "number" else "bracket"
    return _Piece(rf"\left({piece.text}\right)", _ATOM, starts, "bracket", tensor=piece.tensor)


def _held(piece: _Piece, level: int) -> _Piece:
    """The piece, in brackets where it is looser than `level`."""
    return piece if piece.level >= level else _bracketed(piece)


def _negated(piece: _Piece) -> _Piece:
    inner = _held(piece, _SUMMATION)
    return _Piece(f"{{-{inner.text}}}", _SUM, "minus", inner.ends, positive=inner)


def _operation(op: str, args: list[_Piece], attributes: Mapping[str, Any]) -> _Piece:
    piece, row = _written(op, args, attributes), ops.table.get(op)
    if row is not None and row.category not in ("reduce", "loss") and any(arg.tensor for arg in args):
        return replace(piece, tensor=True)
    return piece


def _written(op: str, args: list[_Piece], attributes: Mapping[str, Any]) -> _Piece:
    special = _SPECIAL.get(op)
    if special is not None:
        return special(*args)
    if op == "index":
        return _indexed(args[0], attributes["index"])
    if op in ("greater", "less", "equal"):
        held = [_held(arg, _SUM).text for arg in args]
        bracketed = ops.table[op].latex.format(*held)
        return _Piece(bracketed, _ATOM, "bracket", "bracket", bare=bracketed[1:-1])
    return _from_table(op, args, attributes)


def _from_table(op: str, args: list[_Piece], attributes: Mapping[str, Any]) -> _Piece:
    """An operation as its row writes it; one that does not exist as a call."""
    row = ops.table.get(op)
    if row is None:
        return _Piece(rf"{_word(op)}\left({_listed(args).text}\right)", _ATOM, "name", "bracket")
    if row.arity is None:
        args = [_listed(args)]
    template = row.latex.replace("(", r"\left(").replace(")", r"\right)")
    level, needed = _TIGHTNESS.get(op, (_ATOM, (_LOOSE,) * len(args)))
    held = [_held(arg, least) for arg, least in zip(args, needed, strict=True)]
    text = _with_attributes(op, template.format(*[arg.text for arg in held]), attributes)
    if level == _APPLIED:
        head = template.removesuffix(" {0}")
        return _Piece(text, level, "name", "applied", function=(head, held[0].text))
    if op in ("matmul", "dot", "outer"):
        return _Piece(text, level, held[0].starts, held[-1].ends)
    return _Piece(text, level, "name", "applied" if level == _SUMMATION else "bracket")


def _listed(args: Iterable[_Piece]) -> _Piece:
    return _Piece(", ".join(arg.text for arg in args), _LOOSE)


def _with_attributes(op: str, text: str, attributes: Mapping[str, Any]) -> str:
    """`text` with what differs from the defaults: inside the brackets of a call, else as an index."""
    defaults = ops.table[op].attributes
    told = [
        rf"{_word(key)}={_literal(value)}"
        for key, value in attributes.items()
        if key != "keepdims" and value != defaults[key]
    ]
    if not told or op == "transpose":
        return text
    if op == "sum":
        return text.replace(r"\sum", rf"\sum_{{{', '.join(told)}}}", 1)
    call = text.removesuffix(r"\right)")
    return f"{text}_{{{', '.join(told)}}}" if call == text else rf"{call};\, {', '.join(told)}\right)"


def _literal(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"({', '.join(map(_literal, value))})"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number(value)
    return rf"\text{{{''.join(map(_escaped, str(value)))}}}"


def _add(a: _Piece, b: _Piece) -> _Piece:
    a, b = _held(a, _SUM), _held(b, _SUM)
    b = _bracketed(b) if b.starts == "minus" else b
    return _Piece(f"{a.text} + {b.text}", _SUM, a.starts, b.ends)


def _subtract(a: _Piece, b: _Piece) -> _Piece:
    a, b = _held(a, _SUM), _held(b, _SUMMATION)
    return _Piece(f"{a.text} - {b.text}", _SUM, a.starts, b.ends)


def _multiply(a: _Piece, b: _Piece) -> _Piece:
    if a.positive is not None:
        return _negated(_multiply(a.positive, b))
    a, b = _held(a, _PRODUCT), _held(b, _PRODUCT)
    dot = (
        b.starts == "number"
        or a.ends == "applied"
        # x (1 - y) would read as a function called x.
        or (a.ends == "name" and b.starts == "bracket")
    )
    thin = a.ends == "number" or (a.ends == b.starts == "bracket")
    sign = r" \odot " if a.tensor and b.tensor else r" \cdot " if dot else " " if thin else r" \, "
    return _Piece(f"{a.text}{sign}{b.text}", _PRODUCT, a.starts, b.ends)


def _divide(a: _Piece, b: _Piece) -> _Piece:
    if a.positive is not None:
        return _negated(_divide(a.positive, b))
    return _Piece(ops.table["divide"].latex.format(a.text, b.text), _FRACTION, "name", "fraction")


def _power(base: _Piece, exponent: _Piece) -> _Piece:
    if base.function is not None and exponent.text.isdigit():
        head, argument = base.function
        return replace(base, text=f"{head}^{{{exponent.text}}} {argument}", function=None)
    base = _held(base, _ATOM)
    ends = "name" if base.ends == "name" else "bracket"
    if base.text.startswith(r"\begin"):
        base = replace(base, text=f"{{{base.text}}}")  # the exponent belongs to all of it
    return _Piece(f"{base.text}^{{{exponent.text}}}", _POWER, base.starts, ends)


def _where(condition: _Piece, a: _Piece, b: _Piece) -> _Piece:
    test = condition.bare or rf"{_held(condition, _SUM).text} \neq 0"
    text = ops.table["where"].latex.format(rf"\text{{if }} {test}", a.text, b.text)
    return _Piece(text, _LOOSE, "bracket", "bracket")


def _indexed(x: _Piece, index: tuple) -> _Piece:
    places = ", ".join(f"{e[0]}{{:}}{e[1]}" if isinstance(e, tuple) else str(e) for e in index)
    if re.fullmatch(r"\\?\w+", x.text):
        return _Piece(f"{x.text}_{{{places}}}", _ATOM)
    return _Piece(f"{_held(x, _ATOM).text}[{places}]", _ATOM, x.starts, "bracket")


_SPECIAL: dict[str, Callable[..., _Piece]] = {
    "add": _add, "subtract": _subtract, "multiply": _multiply, "divide": _divide, "power": _power, "where": _where,
    "negative": _negated, "square": lambda x: _power(x, _number(2)),
}  # fmt: skip


class _LatexReader(Reader[_Piece]):
    """Formula text as pieces.

    Args:
        symbols: names that are written in a way of their own.
        values: names that are written as these numbers.
        colors: of those numbers, by name.
        tensors: names that stand for several numbers each.
    """

    def __init__(
        self,
        symbols: Mapping[str, str],
        values: Mapping[str, Any] | None = None,
        digits: int = 17,
        colors: Mapping[str, str] | None = None,
        tensors: Collection[str] = (),
    ) -> None:
        self._symbols = symbols
        self._tensors = tensors
        self._values = values or {}
        self._digits = digits
        self._colors = colors or {}

    def number(self, value: float) -> _Piece:
        return _number(value)

    def tensor(self, value: np.ndarray) -> _Piece:
        return _tensor(value)

    def name(self, name: str, node: ast.expr) -> _Piece:
        if name in self._values:
            piece = _tensor(np.asarray(self._values[name], dtype=np.float64), self._digits)
            color = self._colors.get(name)
            return (
                piece
                if color is None
                else replace(piece, text=rf"\textcolor{{{color}}}{{{piece.text}}}", positive=None)
            )
        if name in NUMBERS:
            return _number(NUMBERS[name])
        return _Piece(symbol(name, self._symbols), _ATOM, tensor=name in self._tensors)

    def call(self, op: str, args: list[_Piece], attributes: dict[str, Any], node: ast.expr) -> _Piece:
        try:
            return _operation(op, args, checked_attributes(op, ops.table[op].attributes, attributes))
        except ShapeError as error:
            raise self.statement.error(str(error), node) from None

    def open_slot(self, node: ast.expr) -> _Piece:
        return _OPEN

    def leaf(self, op: str, node: ast.Call, attributes: dict[str, Any]) -> _Piece:
        if len(node.args) != 1:
            raise self.statement.error(f"{op} takes one value, a number or nested lists", node)
        return self._expression(node.args[0])


_OPEN = _Piece(r"\text{?}", _ATOM)


def latex_of(
    text: str, symbols: Mapping[str, str] = RULE_SYMBOLS, tensors: Collection[str] = ()
) -> list[str]:
    """The lines of a formula or update rule, each `left = right`.

    Args:
        tensors: names that stand for several numbers each; a product of two of them is written with ⊙.

    Raises:
        FormulaError: with line and column, where the text is not of the formula language.
    """
    return _lines(text, _LatexReader(symbols, tensors=tensors), symbols)


def latex_with_numbers(
    text: str,
    values: Mapping[str, Any],
    digits: int = 4,
    colors: Mapping[str, str] | None = None,
    symbols: Mapping[str, str] = RULE_SYMBOLS,
) -> list[str]:
    """The lines of a rule with numbers in the place of the names that are read; names on the left stay.

    Args:
        values: numbers or arrays by name; names that are not among them stay names.
        digits: significant digits of the values.
        colors: "#rrggbb" for the numbers of some names.

    Raises:
        FormulaError: as `latex_of`.
    """
    return _lines(text, _LatexReader(symbols, values, digits, colors), symbols)


def _lines(text: str, reader: _LatexReader, symbols: Mapping[str, str]) -> list[str]:
    result = []
    for statement in statements(text):
        right = reader.read(statement).text
        result.append(right if statement.target is None else f"{symbol(statement.target, symbols)} = {right}")
    return result


def value_latex(value: Any, digits: int = 4) -> str:
    """A number, vector or matrix as LaTeX; of large ones the corners."""
    return _tensor(np.asarray(value, dtype=np.float64), digits).text


def node_latex(graph: Graph, id: str) -> str | None:
    """What one node computes from its inputs by name, `left = right`; None for a leaf."""
    node = graph.nodes[id]
    if node.is_leaf:
        return None
    args = [_OPEN if source is None else _named(graph, source) for source in node.inputs]
    return f"{symbol(id)} = {_node_piece(node, args).text}"


def node_with_numbers(graph: Graph, id: str, values: Mapping[str, np.ndarray], digits: int = 4) -> str | None:
    """What one node computes, with the values of its inputs in the place of their names; None for a leaf.

    Args:
        values: arrays by id; inputs that are not among them keep their names.
    """
    node = graph.nodes[id]
    if node.is_leaf:
        return None
    args = [
        _OPEN
        if source is None
        else _tensor(np.asarray(values[source]), digits)
        if source in values
        else _named(graph, source)
        for source in node.inputs
    ]
    return _node_piece(node, args).text


@takes(graph=A_GRAPH)
def graph_lines(graph: Graph, longest: int = _INLINE_LENGTH) -> list[tuple[str, str]]:
    """(left, right) for each named node that is computed, inputs first.

    Values that were never given a name, and that are used once, are written where they are used, up to `longest`
    characters of LaTeX.
    """
    pieces: dict[str, _Piece] = {}
    lines = []
    for id in graph.order:
        node = graph.nodes[id]
        if node.is_leaf:
            pieces[id] = _named(graph, id)
            if _is_unnamed(node) and node.value is not None and node.value.size == 1:
                pieces[id] = _tensor(node.value)
            continue
        args = [_OPEN if source is None else pieces.get(source, _OPEN) for source in node.inputs]
        piece = _node_piece(node, args)
        single = len(graph.consumers[id]) == 1 and id != graph.output
        if single and _is_unnamed(node) and len(piece.text) <= longest:
            pieces[id] = piece
        else:
            lines.append((symbol(id), piece.text))
            pieces[id] = _named(graph, id)
    return lines


def latex(graph: Graph) -> str:
    """The whole graph, one aligned line for each named node; see `graph_lines`."""
    lines = r"\\ ".join(f"{left} &= {right}" for left, right in graph_lines(graph))
    return rf"\begin{{aligned}}{lines}\end{{aligned}}" if lines else ""


def _named(graph: Graph, id: str) -> _Piece:
    """A node's name as a piece."""
    return _Piece(symbol(id), _ATOM, tensor=math.prod(graph.shapes.get(id, ())) > 1)


def _is_unnamed(node: Node) -> bool:
    """Whether the id is one that reading a formula makes up: the operation, or c for a number, and a count."""
    stem = "c" if node.op == "constant" else node.op
    return re.fullmatch(rf"{stem}\d+", node.id) is not None


def _node_piece(node: Node, args: list[_Piece]) -> _Piece:
    row = ops.operations.get(node.op)
    if row is None:
        return _from_table(node.op, args, {})
    if row.arity is not None:
        args = (args + [_OPEN] * row.arity)[: row.arity]
    try:
        attributes = checked_attributes(node.op, row.attributes, node.attrs)
    except ShapeError:
        # The graph says what is wrong with them; the rest of the formula is still worth reading.
        attributes = dict(row.attributes)
    return _operation(node.op, args, attributes)
