"""How far the gradient of a mini-batch strays from that of all data, at one point.

The mean of n rows drawn from N without replacement has the standard error S/√n · √(1 − n/N), with S the standard
deviation of the rows' own gradients (divisor N − 1); drawn with replacement, σ/√n with divisor N. (W. G. Cochran,
Sampling Techniques, 1977, theorem 2.2.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from .derivative import gradients, or_zeros
from .errors import EngineError
from .expression import Tape
from .given import SEED, Kind, floats, takes, whole
from .minibatches import data_rows
from .plan import ArrayPlan
from .program import A_PROGRAM, Program

Array = np.ndarray

# Numbers that one evaluation may hold; more batches go in parts.
_AT_ONCE = 1 << 21
# Rows that the deviation of single gradients is estimated from, and those that tell a mean of losses from a sum.
_MOST_ROWS = 4096
_SAMPLE = 32


def standard_error(rows: Array, size: int, replacement: bool = False) -> Array:
    """The standard error of the mean of `size` of the rows, for each coordinate.

    Args:
        rows: the gradients of single rows, (N, n).
        replacement: whether a row can be drawn twice.

    Returns:
        (n,); zeros for all N rows without replacement.
    """
    count = len(rows)
    if not 1 <= size <= count:
        raise EngineError(f"a batch has 1 to {count} rows, not {size}")
    if replacement or count == 1:
        return rows.std(axis=0) / np.sqrt(size)
    return rows.std(axis=0, ddof=1) * np.sqrt((1.0 - size / count) / size)


def _are_rows(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.ndim == 2 and value.dtype.kind in "iu" and value.size > 0


_ROWS = Kind("an array of row numbers, of shape (batches, size)", _are_rows)


def _data_rows(program: Program) -> tuple[list[str], int]:
    names, count = data_rows(program.graph)
    if not names:
        raise EngineError("batches are drawn from leaves of kind data with rows; this graph has none")
    return names, count


@takes(program=A_PROGRAM, batches=_ROWS)
def batch_gradients(program: Program, point: Any, batches: Array) -> Array:
    """The gradient of the loss over each batch, at one point.

    Args:
        point: (n,).
        batches: row numbers, (B, size).

    Returns:
        (B, n).

    Raises:
        EngineError: there is no data, or the graph does not take batches of this size.
    """
    names, count = _data_rows(program)
    point = floats(point, "the point")
    size = batches.shape[1]
    key = ("batch gradients", size)
    if key not in program.kernels:
        program.kernels[key] = _plan(program, names, size)
    plan = program.kernels[key]
    data = {name: program.graph.nodes[name].array for name in names}
    if batches.min() < 0 or batches.max() >= count:
        raise EngineError(f"rows are numbered from 0 to {count - 1}, and the batches name others")
    if point.shape != (program.size,):
        raise EngineError(
            f"the point must be {program.size} numbers, one for each coordinate, not shape {point.shape}"
        )
    numbers = program.size + size * sum(values[0].size for values in data.values())
    part = max(1, _AT_ONCE // numbers)
    result = np.empty((len(batches), program.size))
    position = np.asarray(point, dtype=np.float64)[:, None]
    for begin in range(0, len(batches), part):
        chosen = batches[begin : begin + part]
        spread = np.ascontiguousarray(np.broadcast_to(position, (program.size, len(chosen))))
        given = {
            name: np.ascontiguousarray(np.moveaxis(values[chosen], 0, -1)) for name, values in data.items()
        }
        with np.errstate(all="ignore"):
            found = plan.run(program.split(spread) | given, (len(chosen),))
        blocks = [
            np.broadcast_to(block, (*block.shape[:-1], len(chosen))).reshape(-1, len(chosen))
            for block in found
        ]
        result[begin : begin + part] = np.concatenate(blocks).T
    return result


def _plan(program: Program, names: list[str], size: int) -> ArrayPlan:
    tape = Tape()
    leaves = {name: tape.input(name, shape) for name, shape in program.shapes.items()}
    rows = {name: tape.input(name, (size, *program.graph.nodes[name].array.shape[1:])) for name in names}
    loss = program.lowered(tape, lambda name, _shape: leaves[name], rows)
    moving = list(leaves.values())
    found = [or_zeros(g, x) for g, x in zip(gradients(loss, moving), moving, strict=True)]
    return ArrayPlan(found, dict.fromkeys([*leaves, *rows], 1))


@dataclass(frozen=True, eq=False)
class Cloud:
    """Gradients of many batches at one point.

    Attributes:
        size: rows of a batch.
        count: rows of the data.
        full: the gradient over all data, (n,).
        batches: the gradients of the batches drawn, (B, n).
        spread: the root mean square distance of these from their mean: what is observed.
        error: the standard error that the rows' own gradients foretell: the length of `standard_error`; NaN where the
            loss is neither a mean nor a sum over rows.
        sizes, errors: the same for other sizes of a batch, to draw the curve.
    """

    size: int
    count: int
    full: Array
    batches: Array
    spread: float
    error: float
    sizes: Array
    errors: Array


@takes(program=A_PROGRAM, size=whole(1, 1 << 40), draws=whole(1, 100_000), seed=SEED)
def cloud(program: Program, point: Any, size: int, draws: int = 300, seed: int = 0) -> Cloud:
    """The gradients of `draws` batches of `size` rows without replacement, drawn with a seed.

    Raises:
        EngineError: there is no data, or the graph does not take batches of this size.
    """
    _names, count = _data_rows(program)
    if not 1 <= size <= count:
        raise EngineError(f"a batch has 1 to {count} rows, not {size}")
    generator = np.random.default_rng([seed, size])
    drawn = np.array([generator.choice(count, size, replace=False, shuffle=False) for _ in range(draws)])
    found = batch_gradients(program, point, drawn)
    full = batch_gradients(program, point, np.arange(count)[None])[0]
    rows = np.arange(count) if count <= _MOST_ROWS else generator.choice(count, _MOST_ROWS, replace=False)
    singles = batch_gradients(program, point, rows[:, None])
    sizes = np.unique(np.round(np.geomspace(1, count, 24)).astype(int))
    power = _power(singles, batch_gradients(program, point, rows[None, :_SAMPLE])[0])
    deviation = float(np.linalg.norm(singles.std(axis=0, ddof=1))) if count > 1 else 0.0
    deviation = float("nan") if np.isnan(power) else deviation
    # What one row strays, times what drawing n of N leaves of it.
    errors = deviation * _share(sizes, count) * sizes.astype(float) ** power
    error = float(deviation * _share(np.array(size), count) * float(size) ** power)
    spread = float(np.sqrt(np.square(found - found.mean(axis=0)).sum(axis=1).mean()))
    return Cloud(size, count, full, found, spread, error, sizes, errors)


def _share(size: Array, count: int) -> Array:
    """The standard error of the mean of `size` of `count` rows over the deviation of one."""
    return np.sqrt((1.0 - size / count) / size)


def _power(singles: Array, together: Array) -> float:
    """How the gradient of a batch grows with its size: 0 for a mean of losses, 1 for their sum, NaN for neither."""
    part = singles[:_SAMPLE]
    small = 1e-9 * float(np.abs(part).max(initial=0.0))
    for power, foretold in ((0.0, part.mean(axis=0)), (1.0, part.sum(axis=0))):
        if np.allclose(foretold, together, rtol=1e-6, atol=small):
            return power
    return float("nan")
