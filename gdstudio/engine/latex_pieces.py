"""Pieces of LaTeX formulas: names, numbers, matrices, and what an operation makes of its arguments.

Brackets stand only where the reader needs them: each piece knows how tightly it holds together, and what stands at its
edges.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from . import ops

# How tightly the outermost operation of a piece holds together; an operand looser than its place allows is bracketed.
_LOOSE, _SUM, _SUMMATION, _PRODUCT, _APPLIED, _FRACTION, _POWER, ATOM = range(8)

# Operations that are neither calls with brackets of their own nor written by a method below:
# name -> (how tight the result is, how tight each argument must be).
_TIGHTNESS: dict[str, tuple[int, tuple[int, ...]]] = {
    "exp": (_POWER, (_LOOSE,)), "expm1": (_SUM, (_LOOSE,)), "log1p": (ATOM, (_PRODUCT,)),
    "transpose": (_POWER, (ATOM,)), "sum": (_SUMMATION, (_PRODUCT,)), "half_squared_error": (_SUMMATION, (_SUM, _PRODUCT)),
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

_MATRIX_LIMIT = 6
_SUBSCRIPT_DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


@dataclass(frozen=True)
class Piece:
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
    positive: Piece | None = None
    bare: str | None = None
    function: tuple[str, str] | None = None
    tensor: bool = False


OPEN = Piece(r"\text{?}", ATOM)


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
    return number_piece(value, digits).text


def number_piece(value: float, digits: int = 17) -> Piece:
    value = float(value)
    if value < 0:
        return _negated(number_piece(-value, digits))
    if value in _CONSTANTS:
        return Piece(_CONSTANTS[value], ATOM)
    if not math.isfinite(value):
        return Piece(r"\infty" if value == math.inf else r"\mathrm{NaN}", ATOM)
    rounded = value if digits >= 17 else float(f"{value:.{digits}g}")
    mantissa, exponent = np.format_float_scientific(abs(rounded), trim="-").split("e")
    power = int(exponent)
    # A whole number with many digits of its own is no clearer as a power of ten.
    if rounded == 0 or -4 < power < 6 or (power < 15 and rounded.is_integer() and len(mantissa) > 6):
        return Piece(np.format_float_positional(abs(rounded), trim="-"), ATOM, "number", "number")
    if mantissa == "1":
        return Piece(f"10^{{{power}}}", _POWER, "number", "number")
    return Piece(rf"{mantissa} \times 10^{{{power}}}", _PRODUCT, "number", "number")


def tensor_piece(value: np.ndarray, digits: int = 17) -> Piece:
    if value.size == 1:
        return number_piece(float(value.reshape(())), digits)
    if value.ndim > 2 or value.size == 0:
        shape = r" \times ".join(map(str, value.shape))
        return Piece(rf"\mathrm{{tensor}}_{{{shape}}}", ATOM, tensor=True)
    rows = [[number(entry, digits) for entry in row] for row in _shown(np.atleast_2d(value)).tolist()]
    if np.atleast_2d(value).shape[1] > _MATRIX_LIMIT:
        rows = [[*row[:-1], r"\cdots", row[-1]] for row in rows]
    if len(np.atleast_2d(value)) > _MATRIX_LIMIT:
        dots = [r"\vdots" if entry != r"\cdots" else r"\ddots" for entry in rows[0]]
        rows = [*rows[:-1], dots, rows[-1]]
    inside = r"\\ ".join(" & ".join(row) for row in rows)
    return Piece(rf"\begin{{pmatrix}}{inside}\end{{pmatrix}}", ATOM, "bracket", "bracket", tensor=True)


def _shown(matrix: np.ndarray) -> np.ndarray:
    """The rows and columns that are written: all, or the first four and the last."""
    for axis in (0, 1):
        if matrix.shape[axis] > _MATRIX_LIMIT:
            matrix = np.take(matrix, [*range(_MATRIX_LIMIT - 2), -1], axis)
    return matrix


def _bracketed(piece: Piece) -> Piece:
    # Two numbers side by side want a dot between them, also where one is in brackets for its sign.
    starts = "number" if piece.starts == "minus" and piece.ends == "number" else "bracket"
    return Piece(rf"\left({piece.text}\right)", ATOM, starts, "bracket", tensor=piece.tensor)


def _held(piece: Piece, level: int) -> Piece:
    """The piece, in brackets where it is looser than `level`."""
    return piece if piece.level >= level else _bracketed(piece)


def _negated(piece: Piece) -> Piece:
    inner = _held(piece, _SUMMATION)
    return Piece(f"{{-{inner.text}}}", _SUM, "minus", inner.ends, positive=inner)


def operation(op: str, args: list[Piece], attributes: Mapping[str, Any]) -> Piece:
    piece, row = _written(op, args, attributes), ops.table.get(op)
    if row is not None and row.category not in ("reduce", "loss") and any(arg.tensor for arg in args):
        return replace(piece, tensor=True)
    return piece


def _written(op: str, args: list[Piece], attributes: Mapping[str, Any]) -> Piece:
    special = _SPECIAL.get(op)
    if special is not None:
        return special(*args)
    if op == "index":
        return _indexed(args[0], attributes["index"])
    if op in ("greater", "less", "equal"):
        held = [_held(arg, _SUM).text for arg in args]
        bracketed = ops.table[op].latex.format(*held)
        return Piece(bracketed, ATOM, "bracket", "bracket", bare=bracketed[1:-1])
    return as_in_table(op, args, attributes)


def as_in_table(op: str, args: list[Piece], attributes: Mapping[str, Any]) -> Piece:
    """An operation as its row writes it; one that does not exist as a call."""
    row = ops.table.get(op)
    if row is None:
        return Piece(rf"{_word(op)}\left({_listed(args).text}\right)", ATOM, "name", "bracket")
    if row.arity is None:
        args = [_listed(args)]
    template = row.latex.replace("(", r"\left(").replace(")", r"\right)")
    level, needed = _TIGHTNESS.get(op, (ATOM, (_LOOSE,) * len(args)))
    held = [_held(arg, least) for arg, least in zip(args, needed, strict=True)]
    text = _with_attributes(op, template.format(*[arg.text for arg in held]), attributes)
    if level == _APPLIED:
        head = template.removesuffix(" {0}")
        return Piece(text, level, "name", "applied", function=(head, held[0].text))
    if op in ("matmul", "dot", "outer"):
        return Piece(text, level, held[0].starts, held[-1].ends)
    return Piece(text, level, "name", "applied" if level == _SUMMATION else "bracket")


def _listed(args: Iterable[Piece]) -> Piece:
    return Piece(", ".join(arg.text for arg in args), _LOOSE)


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


def _add(a: Piece, b: Piece) -> Piece:
    a, b = _held(a, _SUM), _held(b, _SUM)
    b = _bracketed(b) if b.starts == "minus" else b
    return Piece(f"{a.text} + {b.text}", _SUM, a.starts, b.ends)


def _subtract(a: Piece, b: Piece) -> Piece:
    a, b = _held(a, _SUM), _held(b, _SUMMATION)
    return Piece(f"{a.text} - {b.text}", _SUM, a.starts, b.ends)


def _multiply(a: Piece, b: Piece) -> Piece:
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
    return Piece(f"{a.text}{sign}{b.text}", _PRODUCT, a.starts, b.ends)


def _divide(a: Piece, b: Piece) -> Piece:
    if a.positive is not None:
        return _negated(_divide(a.positive, b))
    return Piece(ops.table["divide"].latex.format(a.text, b.text), _FRACTION, "name", "fraction")


def _power(base: Piece, exponent: Piece) -> Piece:
    if base.function is not None and exponent.text.isdigit():
        head, argument = base.function
        return replace(base, text=f"{head}^{{{exponent.text}}} {argument}", function=None)
    base = _held(base, ATOM)
    ends = "name" if base.ends == "name" else "bracket"
    if base.text.startswith(r"\begin"):
        base = replace(base, text=f"{{{base.text}}}")  # the exponent belongs to all of it
    return Piece(f"{base.text}^{{{exponent.text}}}", _POWER, base.starts, ends)


def _where(condition: Piece, a: Piece, b: Piece) -> Piece:
    test = condition.bare or rf"{_held(condition, _SUM).text} \neq 0"
    text = ops.table["where"].latex.format(rf"\text{{if }} {test}", a.text, b.text)
    return Piece(text, _LOOSE, "bracket", "bracket")


def _indexed(x: Piece, index: tuple) -> Piece:
    places = ", ".join(f"{e[0]}{{:}}{e[1]}" if isinstance(e, tuple) else str(e) for e in index)
    if re.fullmatch(r"\\?\w+", x.text):
        return Piece(f"{x.text}_{{{places}}}", ATOM)
    return Piece(f"{_held(x, ATOM).text}[{places}]", ATOM, x.starts, "bracket")


_SPECIAL: dict[str, Callable[..., Piece]] = {
    "add": _add, "subtract": _subtract, "multiply": _multiply, "divide": _divide, "power": _power, "where": _where,
    "negative": _negated, "square": lambda x: _power(x, number_piece(2)),
}  # fmt: skip
