"""What the command line prints: a leaderboard, an evaluation, and the same as JSON and CSV.

Takes results of the engine and returns text or plain values; prints and computes nothing itself.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Sequence
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from gdstudio.text_table import table
from gdstudio.wording import from_engine, say

if TYPE_CHECKING:
    from gdstudio.engine import RaceResult, Trace

# The local derivative of an operation on n numbers has n² entries, and n² numbers go through it on the way.
LOCAL_LIMIT = 1_000_000


def number(value: float) -> str:
    """A number for people, six digits."""
    return f"{value + 0.0:.6g}"


def tensor(value: np.ndarray, length: int = 60) -> str:
    """An array on one line; a long one as its shape, its first numbers and its last."""
    if value.ndim == 0:
        return number(float(value))
    text = _nested(value.tolist()) if value.size <= length else ""
    if text and len(text) <= length:
        return text
    flat = value.ravel()
    ends = [number(float(flat[i])) for i in (0, 1, -1) if -flat.size <= i < flat.size]
    return f"{'×'.join(map(str, value.shape))} [{', '.join(ends[:2])}, …, {ends[-1]}]"


def _nested(value: Any) -> str:
    return f"[{', '.join(map(_nested, value))}]" if isinstance(value, list) else number(value)


def evaluation(trace: Trace, width: int | None = None) -> str:
    """Every node with its value and gradient, and every wire with its local derivative."""
    nodes = [
        (name, node.op, _known(trace.values.get(name)), _known(trace.gradients.get(name)))
        for name, node in trace.graph.nodes.items()
    ]
    text = table((say("node"), say("operation"), say("value"), say("gradient")), nodes, (2, 3), width)
    wires = [(source, target, str(slot), _known(local)) for source, target, slot, local in _wires(trace)]
    if wires:
        header = (say("from"), say("to"), say("slot"), say("local derivative"))
        text += "\n\n" + table(header, wires, (2, 3), width)
    return text


def _known(value: np.ndarray | None) -> str:
    return "–" if value is None else tensor(np.asarray(value))


def evaluation_json(trace: Trace) -> dict[str, Any]:
    """`{"values": {id: nested lists}, "gradients": {...}, "edges": [{"from", "to", "slot", "local"}]}`.

    A local derivative between large tensors (more than `LOCAL_LIMIT` numbers) is null.
    """
    return {
        "values": {name: plain(value) for name, value in trace.values.items()},
        "gradients": {name: plain(value) for name, value in trace.gradients.items()},
        "edges": [
            {"from": source, "to": target, "slot": slot, "local": plain(local)}
            for source, target, slot, local in _wires(trace)
        ],
    }


def _wires(trace: Trace) -> Iterator[tuple[str, str, int, np.ndarray | None]]:
    """(source, target, slot, local derivative) of every wire; None for one too large to write down."""
    for target, node in trace.graph.nodes.items():
        for slot, source in enumerate(node.inputs):
            if source in trace.values and target in trace.values:
                sizes = trace.values[source].size, trace.values[target].size
                large = sizes[1] * max(sizes) > LOCAL_LIMIT
                yield source, target, slot, None if large else trace.local(target, source, slot)


def plain(value: Any) -> Any:
    """Arrays as nested lists, and null for numbers that JSON has no word for."""
    value = value.tolist() if isinstance(value, np.ndarray | np.generic) else value
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def ranking(result: RaceResult) -> list[int]:
    """Racers by final loss, the diverged last."""

    def key(i: int) -> tuple[bool, float]:
        loss = float(result.losses[i][-1])
        return result.status[i] == "diverged", loss if math.isfinite(loss) else math.inf

    return sorted(range(len(result.paths)), key=key)


def leaderboard(result: RaceResult, names: Sequence[str], width: int | None = None) -> str:
    """The racers by rank: status, steps taken, final and best loss, where they ended, and the reason."""
    rows = []
    for place, i in enumerate(ranking(result), start=1):
        final = result.paths[i][-1]
        point = ", ".join(number(x) for x in final[:4]) + (", …" if len(final) > 4 else "")
        rows.append(
            (
                str(place),
                names[i],
                from_engine(result.status[i]),
                str(len(result.paths[i]) - 1),
                number(float(result.losses[i][-1])),
                number(_best(result.losses[i])),
                f"({point})",
                from_engine(result.reasons[i]),
            )
        )
    coordinates = ", ".join(result.coordinates[:4]) + (", …" if len(result.coordinates) > 4 else "")
    where = say("({0}) at the end").format(coordinates)
    words = (say("racer"), say("status"), say("steps"), say("loss"), say("best loss"))
    header = ("", *words, where, say("why"))
    return table(header, rows, (0, 3, 4, 5), width)


def race_json(result: RaceResult, names: Sequence[str]) -> dict[str, Any]:
    """`{"racers": [{"name", "status", "steps", "final", "loss", "best_loss"}]}` in document order.

    A racer that averages its path also has its "average" at the end.
    """
    return {
        "racers": [
            {
                "name": name,
                "status": result.status[i],
                "steps": len(result.paths[i]) - 1,
                "final": plain(result.paths[i][-1]),
                "loss": plain(result.losses[i][-1]),
                "best_loss": plain(_best(result.losses[i])),
            }
            | ({"average": plain(result.average(i)[-1])} if result.racers[i].average_decay else {})
            for i, name in enumerate(names)
        ]
    }


def _best(losses: np.ndarray) -> float:
    finite = losses[np.isfinite(losses)]
    return float(finite.min()) if finite.size else math.nan


def write_csv(result: RaceResult, names: Sequence[str], file: IO[str]) -> None:
    """Every racer at every step; numbers in full precision."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("racer", "step", "loss", "gradient_norm", "learning_rate", *result.coordinates))
    for i, name in enumerate(names):
        columns = (result.losses[i], result.gradient_norms[i], result.learning_rates[i])
        for step, point in enumerate(result.paths[i]):
            numbers = (float(column[step]) if step < len(column) else math.nan for column in columns)
            writer.writerow((name, step, *(_field(x) for x in (*numbers, *point.tolist()))))


def _field(value: float) -> str:
    return "" if math.isnan(value) else repr(value)
