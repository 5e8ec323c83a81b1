"""Numbers as short text and text as numbers, for node faces, wire labels and the in-place editor."""

from __future__ import annotations

import ast
import html
import math
import operator
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QCoreApplication

DASH = "–"
_BINARY = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_NAMES = {"pi": math.pi, "e": math.e, "inf": math.inf, "nan": math.nan}
_TABLE_LIMIT = 8


def short(number: float, digits: int = 4) -> str:
    """`number` with about `digits` significant digits: `6`, `0.6667`, `−1.2e−5`, `NaN`, `∞`."""
    x = float(number)
    if math.isnan(x):
        return "NaN"
    if math.isinf(x):
        return "∞" if x > 0 else "−∞"
    size = abs(x)
    if x == int(x) and size < 1e6:
        text = str(int(x))
    elif 1e-3 <= size < 1e5:
        places = max(0, digits - 1 - math.floor(math.log10(size)))
        text = f"{x:.{places}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        mantissa, exponent = f"{x:.{max(digits - 2, min(digits - 1, 1))}e}".split("e")
        mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
        text = f"{mantissa}e{int(exponent)}"
    return text.replace("-", "−")


def shape_text(shape: tuple[int, ...]) -> str:
    """`3`, `3×2`; nothing for a scalar."""
    return "×".join(str(n) for n in shape)


def summaries(array: np.ndarray) -> tuple[str, ...]:
    """One-line texts for `array`, the most telling first; a face takes the first that fits."""
    if array.ndim == 0 or array.size == 1:
        return _number_texts(float(array.reshape(())))
    if array.size == 0:
        return (_tr("empty"),)
    low, high = float(np.min(array)), float(np.max(array))
    if low == high:
        return tuple(_tr("all {0}").format(text) for text in _equal_texts(low))
    texts = []
    if array.ndim == 1 and array.size <= 6:
        texts = [", ".join(short(x, digits) for x in array) for digits in (4, 3, 2)]
    texts += [f"{short(low, digits)} … {short(high, digits)}" for digits in (3, 2)]
    texts.append(f"{short(low, 2)}…{short(high, 2)}")
    largest = short(max(abs(low), abs(high)), 2)
    texts += [f"|x| ≤ {largest}", f"≤ {largest}"]
    return tuple(dict.fromkeys(texts))


def _equal_texts(x: float) -> tuple[str, ...]:
    return tuple(dict.fromkeys(short(x, digits) for digits in (4, 3, 2)))


@lru_cache(maxsize=8192)
def _number_texts(x: float) -> tuple[str, ...]:
    texts = [short(x, digits) for digits in (5, 4, 3, 2)]
    # Cut short, a number would lose its exponent; with one digit it keeps it.
    return tuple(dict.fromkeys([*texts, short(x, 1)] if "e" in texts[-1] else texts))


def local_summaries(local: np.ndarray) -> tuple[str, ...]:
    """One-line texts for a local derivative of shape (*output shape, *input shape), the most telling first.

    An elementwise operation has zeros off the diagonal; its diagonal alone is shown, once where it is all the
    same.
    """
    half = local.ndim // 2
    if local.ndim and local.ndim % 2 == 0 and local.shape[:half] == local.shape[half:]:
        size = math.prod(local.shape[:half])
        matrix = local.reshape(size, size)
        diagonal = np.diagonal(matrix)
        if size > 1 and np.array_equal(matrix, np.diag(diagonal), equal_nan=True):
            same = diagonal.min() == diagonal.max()
            return _equal_texts(float(diagonal[0])) if same else summaries(diagonal)
    return summaries(local)


def full_text(array: np.ndarray) -> str:
    """`array` as text that `parse_value` reads back to the very same numbers."""
    if array.ndim == 0:
        x = float(array)
        return str(int(x)) if abs(x) < 1e15 and x == int(x) else repr(x)
    return "[" + ", ".join(full_text(part) for part in array) + "]"


def odd_number(array: np.ndarray) -> str:
    """The first number of `array` that is not finite: "NaN", "∞" or "−∞"."""
    odd = array[~np.isfinite(array)]
    return short(float(odd.flat[0])) if odd.size else ""


def statistics(array: np.ndarray) -> str:
    """`6 numbers · min −0.7 · max 0.2 · mean −0.1 · standard deviation 0.3`, over what is finite."""
    finite = array[np.isfinite(array)]
    parts = [QCoreApplication.translate("Numbers", "%n number(s)", "", array.size)]
    if finite.size:
        with np.errstate(all="ignore"):
            known = {
                _tr("min"): finite.min(),
                _tr("max"): finite.max(),
                _tr("mean"): finite.mean(),
                _tr("std"): finite.std(),
            }
        parts += [f"{name} {short(float(number))}" for name, number in known.items()]
    if finite.size < array.size:
        parts.append(_tr("{0} not finite").format(array.size - finite.size))
    return " · ".join(parts)


def table_html(array: np.ndarray) -> str:
    """A small HTML table of the numbers in `array` (at most 8 by 8; what is left out is marked by …)."""
    if array.ndim == 0:
        return html.escape(short(float(array), 8))
    rows = array.reshape(1, -1) if array.ndim == 1 else array.reshape(-1, array.shape[-1])
    lines = []
    for row in rows[:_TABLE_LIMIT]:
        cells = [f"<td align='right'>&nbsp;{short(x, 5)}</td>" for x in row[:_TABLE_LIMIT]]
        lines.append("<tr>" + "".join(cells) + ("<td>…</td>" if row.size > _TABLE_LIMIT else "") + "</tr>")
    if len(rows) > _TABLE_LIMIT:
        lines.append("<tr><td>…</td></tr>")
    return "<table>" + "".join(lines) + "</table>"


def drag_unit(value: float) -> float:
    """How much a number changes by one step of dragging: about a hundredth of its size, a power of ten."""
    size = abs(value) if math.isfinite(value) and value != 0 else 1.0
    return 10.0 ** (math.floor(math.log10(size)) - 1)


def turned(value: float, by: float, grain: float) -> float:
    """`value + by` on the nearest multiple of `grain`, without the dust of binary fractions."""
    return float(f"{round((value + by) / grain) * grain:.12g}")


def parse_value(text: str) -> np.ndarray:
    """The number or nested list in `text` as float64.

    Numbers may be simple arithmetic (`1/3`, `2*pi`); a list needs brackets or is numbers with spaces or
    commas between.

    Raises:
        ValueError: one sentence that says what would be right.
    """
    plain = text.strip().replace("−", "-").replace("∞", "inf")
    if not plain:
        raise ValueError("Type a number such as 2.5, or a list such as [1, 2, 3].")
    try:
        data = _evaluate(ast.parse(plain, mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        data = _spaced_numbers(plain)
    if data is None:
        raise ValueError(
            f"“{_clipped(text)}” is no number; type one such as 2.5, or a list such as [1, 2, 3]."
        )
    return _array(data)


def _clipped(text: str, limit: int = 24) -> str:
    text = text.strip()
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _spaced_numbers(text: str) -> list[float] | None:
    try:
        numbers = [float(word) for word in text.replace(",", " ").split()]
    except ValueError:
        return None
    return numbers if len(numbers) > 1 else None


def _evaluate(tree: ast.expr):
    """The value of numbers, lists, signs and arithmetic on numbers; ValueError for anything else."""
    match tree:
        case ast.Constant(value=int() | float() as x) if not isinstance(x, bool):
            return float(x)
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return [_evaluate(part) for part in parts]
        case ast.Name(id=name) if name in _NAMES:
            return _NAMES[name]
        case ast.UnaryOp(op=ast.USub(), operand=part):
            return -_number(part)
        case ast.UnaryOp(op=ast.UAdd(), operand=part):
            return _number(part)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            return _calculated(_BINARY[type(op)], _number(left), _number(right))
    raise ValueError("no number")


def _number(tree: ast.expr) -> float:
    value = _evaluate(tree)
    if not isinstance(value, float):
        raise ValueError("no number")
    return value


def _calculated(operation, a: float, b: float) -> float:
    try:
        result = operation(a, b)
    except (ZeroDivisionError, OverflowError) as error:
        raise ValueError("no finite number") from error
    if isinstance(result, complex):
        raise ValueError("no real number")
    return result


def _array(data) -> np.ndarray:
    try:
        array = np.array(data, dtype=np.float64)
    except (ValueError, OverflowError):
        raise ValueError("The rows of a list must be equally long, such as [[1, 2], [3, 4]].") from None
    if array.size == 0:
        raise ValueError("A list needs at least one number, such as [1, 2, 3].")
    return array


def _tr(text: str) -> str:
    return QCoreApplication.translate("Numbers", text)
