"""Which rows of a graph's data each step of a racer sees, and how hard each row is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .data import Batches
from .errors import EngineError, shown
from .expression import Tape
from .graph import Graph
from .optimizers import ClassicalRule
from .plan import ArrayPlan
from .program import Program

if TYPE_CHECKING:
    from .racer import Racer


def data_rows(graph: Graph) -> tuple[list[str], int]:
    """The data leaves that batches are drawn from, those with as many rows as the largest, and that number.

    None and 0 for a graph without rows of data.
    """
    rows = {
        id: len(node.value)
        for id, node in graph.nodes.items()
        if node.op == "data" and node.value is not None and node.value.ndim
    }
    count = max(rows.values(), default=0)
    return [id for id, n in rows.items() if n == count], count


def batches_of(program: Program, racer: Racer, seed: int) -> tuple[Batches, list[str]] | None:
    """The batches of a racer and the data leaves they are drawn from: those with as many rows as the largest.

    None for a racer without a batch size, which sees all rows at each step.

    Raises:
        EngineError: for a batch size, an order or scores that this graph or this rule cannot have.
    """
    if racer.batch_size is None:
        return None
    names, count = data_rows(program.graph)
    if not names:
        raise EngineError("batch_size needs leaves of kind data with rows; this graph has none")
    if not isinstance(racer.batch_size, int) or not 1 <= racer.batch_size <= count:
        raise EngineError(
            f"batch_size must be a whole number from 1 to {count}, not {shown(racer.batch_size)}"
        )
    if isinstance(racer.rule, ClassicalRule):
        raise EngineError(f"{racer.rule.title} searches along lines and cannot race on mini-batches")
    if not isinstance(racer.batch_order, str):
        raise EngineError(f'batch_order must be a name, such as "shuffle", not {shown(racer.batch_order)}')
    scores = _scores(program, racer.batch_scores, names) if racer.batch_order == "curriculum" else None
    opening, ramp = racer.batch_opening, racer.batch_ramp
    return Batches(count, racer.batch_size, racer.batch_order, seed, scores, opening, ramp), names


def _scores(program: Program, leaf: str | None, names: list[str]) -> np.ndarray:
    """How hard each row is, (rows,): the numbers of a data leaf, or the loss of each row alone."""
    if leaf is None:
        return row_losses(program, names)
    if not isinstance(leaf, str) or leaf not in names:
        listed = ", ".join(names[:6]) + (", …" if len(names) > 6 else "")
        raise EngineError(
            f"batch_scores must name data with a number for each row ({listed}), not {shown(leaf)}"
        )
    values = program.graph.nodes[leaf].array
    if values.size != len(values):
        raise EngineError(
            f"batch_scores: {leaf} has {values.size // len(values)} numbers a row; one is right"
        )
    return values.reshape(-1)


def row_losses(program: Program, names: list[str]) -> np.ndarray:
    """The loss of each row alone, (rows,), at the values stored in the parameters.

    Args:
        names: the data leaves whose rows belong together.
    """
    key = ("row losses", *names)
    if key not in program.kernels:
        data = {name: program.graph.nodes[name].array for name in names}
        tape = Tape()
        row = {name: tape.input(name, (1, *values.shape[1:])) for name, values in data.items()}
        leaves = program.split(program.start)
        loss = program.lowered(tape, lambda name, _shape: tape.constant(leaves[name]), row)
        columns = {name: np.ascontiguousarray(np.moveaxis(v, 0, -1)[None]) for name, v in data.items()}
        count = len(data[names[0]])
        (losses,) = ArrayPlan([loss], dict.fromkeys(names, 1)).run(columns, (count,))
        program.kernels[key] = np.broadcast_to(losses, (count,))
    return program.kernels[key]
