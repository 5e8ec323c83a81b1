"""Goals that a document can be judged by: numbers of its graph and results of its race. No Qt.

As challenges of lessons write them:

    {"racer": "SGD", "loss_below": 0.01, "by_step": 20}         a loss, by that step at the latest
    {"racer": "SGD", "status": "diverged"}                      how a racer ends
    {"racer": "SGD", "near": [1, 1], "within": 0.1}             where it ends
    {"racer": "Adam", "beats": "SGD"}                           with less loss than another
    {"value": "loss", "equals": 3}, {"gradient": "w", "below": 0}, {"local": ["y", "x"], "above": 1}
    {"slopes": [{"at": {"x": 1}, "are": {"x": 2}}]}             gradients of the loss at points
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from gdstudio import engine
from gdstudio.document.entries import Entry
from gdstudio.document.model import Document, DocumentError
from gdstudio.engine import Graph, RaceResult, Trace
from gdstudio.engine.errors import suggestion

STATUSES = ("converged", "stalled", "running", "diverged")


@dataclass(frozen=True)
class Outcome:
    """What the engine makes of a document, to be judged by goals.

    Attributes:
        race: None when nothing raced.
        rows: racer i of the race is racer rows[i] of the document.
    """

    document: Document
    trace: Trace
    race: RaceResult | None
    rows: tuple[int, ...]

    def path(self, racer: int) -> np.ndarray:
        """The path of a racer of the document, (steps + 1, n); (0, n) when it did not race."""
        if self.race is None or racer not in self.rows:
            return np.empty((0, len(self.document.coordinates)))
        return self.race.paths[self.rows.index(racer)]

    def losses(self, racer: int) -> np.ndarray:
        """The losses of a racer of the document, empty when it did not race."""
        if self.race is None or racer not in self.rows:
            return np.empty(0)
        return self.race.losses[self.rows.index(racer)]

    def status(self, racer: int) -> str | None:
        """The status of a racer of the document, None when it did not race."""
        return (
            None if self.race is None or racer not in self.rows else self.race.status[self.rows.index(racer)]
        )


def outcome(document: Document) -> Outcome:
    """Evaluate a document and run its race.

    Raises:
        EngineError, DocumentError: it cannot be evaluated or raced.
    """
    racers = document.race_inputs()
    rows = tuple(i for i, racer in enumerate(document.race.racers) if racer.enabled)
    race = None
    if racers:
        settings = document.race
        race = engine.Race(document.graph.compile(), racers, settings.steps, settings.seed).run()
    return Outcome(document, document.graph.trace(partial=True), race, rows)


@dataclass(frozen=True)
class Measure:
    """A number that the graph shows: the value or gradient of a node, or the derivative on a wire.

    Attributes:
        kind: "value", "gradient" or "local".
        nodes: the node; for "local" the output and the input of the wire.
        index: the element of a tensor.
    """

    kind: str
    nodes: tuple[str, ...]
    index: tuple[int, ...] = ()

    def of(self, trace: Trace) -> float | None:
        """The number; None when it is not there."""
        try:
            match self.kind:
                case "value":
                    array = trace.values[self.nodes[0]]
                case "gradient":
                    array = trace.gradients[self.nodes[0]]
                case _:
                    output, source = self.nodes
                    array = trace.local(output, source)
            return float(np.asarray(array)[self.index])
        except (KeyError, IndexError, TypeError, engine.EngineError):
            return None


class Goal(Protocol):
    """Something to reach; `now` is the number that shows how far one is, None when there is none."""

    def met(self, outcome: Outcome) -> bool: ...

    def now(self, outcome: Outcome) -> float | None: ...


@dataclass(frozen=True)
class LossBelow:
    """A racer's loss falls below a limit, at the given step at the latest."""

    racer: int
    limit: float
    by_step: int | None = None

    def now(self, outcome: Outcome) -> float | None:
        losses = outcome.losses(self.racer)
        losses = losses if self.by_step is None else losses[: self.by_step + 1]
        return float(np.min(losses)) if len(losses) else None

    def met(self, outcome: Outcome) -> bool:
        now = self.now(outcome)
        return now is not None and now < self.limit


@dataclass(frozen=True)
class EndsAs:
    """A racer ends with a status."""

    racer: int
    status: str

    def now(self, outcome: Outcome) -> float | None:
        return None

    def met(self, outcome: Outcome) -> bool:
        return outcome.status(self.racer) == self.status


@dataclass(frozen=True)
class EndsNear:
    """A racer ends within a distance of a point."""

    racer: int
    point: tuple[float, ...]
    within: float

    def now(self, outcome: Outcome) -> float | None:
        path = outcome.path(self.racer)
        if not len(path) or path.shape[1] != len(self.point):
            return None
        return float(np.linalg.norm(path[-1] - self.point))

    def met(self, outcome: Outcome) -> bool:
        now = self.now(outcome)
        return now is not None and now <= self.within and outcome.status(self.racer) != "diverged"


@dataclass(frozen=True)
class Beats:
    """A racer ends with less loss than another."""

    racer: int
    other: int

    def now(self, outcome: Outcome) -> float | None:
        losses = outcome.losses(self.racer)
        return float(losses[-1]) if len(losses) else None

    def met(self, outcome: Outcome) -> bool:
        mine, theirs = outcome.losses(self.racer), outcome.losses(self.other)
        if not len(mine) or not len(theirs) or outcome.status(self.racer) == "diverged":
            return False
        return bool(mine[-1] < theirs[-1])


@dataclass(frozen=True)
class HasSlopes:
    """The graph's loss has given gradients at given points: pairs of {leaf: value} and {leaf: gradient}."""

    points: tuple[tuple[Mapping[str, float], Mapping[str, float]], ...]

    def now(self, outcome: Outcome) -> float | None:
        """The share of the points where all gradients agree."""
        return sum(self._agrees(outcome.document.graph, *point) for point in self.points) / len(self.points)

    def met(self, outcome: Outcome) -> bool:
        return self.now(outcome) == 1.0

    def _agrees(self, graph: Graph, at: Mapping[str, float], wanted: Mapping[str, float]) -> bool:
        try:
            for name, value in at.items():
                graph = graph.with_value(name, np.asarray(value, dtype=np.float64))
            gradients = graph.trace().gradients
        except (KeyError, engine.EngineError):
            return False
        return all(
            name in gradients and np.allclose(gradients[name], slope, rtol=1e-9, atol=1e-9)
            for name, slope in wanted.items()
        )


@dataclass(frozen=True)
class Equals:
    """A number of the graph has a given size."""

    measure: Measure
    number: float
    tolerance: float

    def now(self, outcome: Outcome) -> float | None:
        return self.measure.of(outcome.trace)

    def met(self, outcome: Outcome) -> bool:
        now = self.now(outcome)
        return now is not None and abs(now - self.number) <= self.tolerance


@dataclass(frozen=True)
class Beyond:
    """A number of the graph is below or above a limit."""

    measure: Measure
    limit: float
    below: bool

    def now(self, outcome: Outcome) -> float | None:
        return self.measure.of(outcome.trace)

    def met(self, outcome: Outcome) -> bool:
        now = self.now(outcome)
        return now is not None and (now < self.limit if self.below else now > self.limit)


# Reading


def racer_index(entry: Entry, document: Document) -> int:
    """The place of the racer that an entry names."""
    names = [racer.label for racer in document.race.racers]
    if entry.text(200) not in names:
        entry.fail(f'no racer is called "{entry.value}"{suggestion(entry.value, names)}')
    return names.index(entry.value)


def read_measure(entry: Entry, document: Document) -> Measure:
    """`{"value": "loss"}`, `{"gradient": "w", "index": [0, 1]}` or `{"local": ["x1", "w"]}`."""
    kinds = [kind for kind in ("value", "gradient", "local") if kind in entry.mapping()]
    if len(kinds) != 1:
        entry.wrong('an object with "value", "gradient" or "local"')
    named = entry[kinds[0]]
    nodes = list(named.items(2)) if kinds[0] == "local" else [named]
    for node in nodes:
        if node.text(200) not in document.graph.nodes:
            node.fail(f'no node "{node.value}"{suggestion(node.value, document.graph.nodes)}')
    index = entry.get("index")
    places = () if index is None else tuple(place.whole(0, 10**9) for place in index.items())
    return Measure(kinds[0], tuple(node.value for node in nodes), places)


def read_goal(entry: Entry, document: Document) -> Goal:
    """The goal at `entry`, of a challenge that starts from `document`."""
    keys = entry.mapping()
    if "slopes" in keys:
        rows = [(row["at"].mapping(), row["are"].mapping()) for row in entry["slopes"].items()]
        return HasSlopes(tuple(rows))
    if "equals" in keys:
        tolerance = entry.get("tolerance")
        limit = 1e-9 if tolerance is None else tolerance.size()
        return Equals(read_measure(entry, document), entry["equals"].number(), limit)
    for side in ("below", "above"):
        if side in keys:
            return Beyond(read_measure(entry, document), entry[side].number(), side == "below")
    racer = racer_index(entry["racer"], document)
    if "loss_below" in keys:
        step = entry.get("by_step")
        last = None if step is None else step.whole(0, 10**7)
        return LossBelow(racer, entry["loss_below"].number(), last)
    if "status" in keys:
        return EndsAs(racer, entry["status"].choice(*STATUSES))
    if "near" in keys:
        point = tuple(number.number() for number in entry["near"].items(len(document.coordinates)))
        return EndsNear(racer, point, entry["within"].size())
    if "beats" in keys:
        return Beats(racer, racer_index(entry["beats"], document))
    raise DocumentError("no goal is known by these keys: " + ", ".join(keys), entry.path)
