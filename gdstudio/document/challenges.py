"""Questions with checked answers and challenges with checked goals, as the steps of lessons hold them. No Qt.

    {"ask": "…", "answer": 6, "tolerance": 0.01, "hint": "…", "why": "…"}     a number
    {"ask": "…", "answer": {"gradient": "w"}}                                 a number, computed from the graph
    {"ask": "…", "choices": ["…", "…"], "answer": 1}                          one of several

    {"goals": [{"racer": "SGD", "loss_below": 0.01, "by_step": 20}],          all must be met
     "may_change": ["learning_rate"], "hint": "…",
     "first_try": {…}, "solution": {…}}                                       changes, as steps have them

A challenge carries its solution and the first thing that most people try, so that a test can prove that the
one meets the goals and the other does not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Protocol

import numpy as np

from gdstudio import engine
from gdstudio.document.entries import Entry
from gdstudio.document.model import Document, DocumentError, RacerSettings
from gdstudio.engine import Graph, RaceResult, Trace
from gdstudio.engine.errors import suggestion

Changes = Mapping[str, Any]
STATUSES = ("converged", "stalled", "running", "diverged")
# Of a racer: what a challenge may leave open besides the options of its optimizer.
_ASPECTS = tuple(
    part.name
    for part in fields(RacerSettings)
    if part.name not in ("name", "color", "enabled", "options", "extra")
)


@dataclass(frozen=True)
class Words:
    """A text, and the same in other languages by their codes."""

    text: str = ""
    others: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.text

    def in_language(self, code: str) -> str:
        """The text in a language such as "zh_CN", or as it was written first where there is none."""
        return self.others.get(code, self.text)


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


# Measures: numbers of a graph


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


# Questions


@dataclass(frozen=True)
class Question:
    """Something to answer with a number or a choice.

    Attributes:
        answer: the number; of a choice, its place in `choices`.
        tolerance: how far a number may be off, relative to the answer; absolute below 1e-9.
        hint: what is said to a wrong answer.
        why: what is said to the right one.
    """

    ask: Words
    answer: float
    choices: tuple[Words, ...] = ()
    tolerance: float = 0.01
    hint: Words = Words()
    why: Words = Words()

    def is_right(self, answer: float) -> bool:
        """Whether an answer is right."""
        return abs(answer - self.answer) <= max(abs(self.answer) * self.tolerance, 1e-9)


def parse_number(text: str) -> float | None:
    """A number as people write it (a comma or a true minus sign, a fraction like 4/9); None if it is none."""
    plain = text.strip().replace("−", "-").replace(",", ".").replace(" ", "")
    top, slash, bottom = plain.partition("/")
    try:
        number = float(top) / float(bottom) if slash else float(top)
    except (ValueError, ZeroDivisionError):
        return None
    return number if np.isfinite(number) else None


# Goals


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


@dataclass(frozen=True)
class Challenge:
    """Goals to reach by changing only what may be changed.

    Attributes:
        start: the document of the step.
        may_change: "graph", "values", "steps", the name of a leaf, or of the racers that have goals: "start",
            "optimizer", "schedule", "clip_norm", "batch_size", … or the name of an option.
        solution, first_try: documents that meet the goals and that do not.
    """

    start: Document
    goals: tuple[Goal, ...]
    may_change: tuple[str, ...]
    hint: Words
    solution: Document
    first_try: Document

    def solved(self, outcome: Outcome) -> bool:
        """Whether all goals are met within the rules."""
        return not self.offences(outcome.document) and all(goal.met(outcome) for goal in self.goals)

    def offences(self, document: Document) -> tuple[str, ...]:
        """What was changed that may not be: "graph", "steps", "racers", the name of a leaf, or "Adam: start"."""
        allowed, before, after = self.may_change, self.start, document
        found = []
        if "graph" not in allowed:
            if _structure(before.graph) != _structure(after.graph):
                found.append("graph")
            elif "values" not in allowed:
                found += [name for name in _changed_leaves(before.graph, after.graph) if name not in allowed]
        for key in ("steps", "seed"):
            if key not in allowed and getattr(before.race, key) != getattr(after.race, key):
                found.append(key)
        if len(after.race.racers) < len(before.race.racers):
            return (*found, "racers")
        mine = {goal.racer for goal in self.goals if isinstance(goal, LossBelow | EndsAs | EndsNear | Beats)}
        for i, racer in enumerate(before.race.racers):
            for aspect in _differences(before, racer, after, after.race.racers[i]):
                if i not in mine or not {aspect, "optimizer"} & set(allowed):
                    found.append(f"{racer.label}: {aspect}")
        return tuple(found)


def _structure(graph: Graph) -> Any:
    rows = [(node.id, node.op, node.inputs, sorted(node.attrs.items())) for node in graph.nodes.values()]
    return graph.output, sorted(rows, key=lambda row: row[0])


def _changed_leaves(before: Graph, after: Graph) -> list[str]:
    """The leaves whose values differ between two graphs of the same structure."""
    return [
        id
        for id, node in before.nodes.items()
        if (old := node.value) is not None
        and ((new := after.nodes[id].value) is None or not np.array_equal(old, new))
    ]


def _differences(
    before: Document, one: RacerSettings, after: Document, other: RacerSettings
) -> tuple[str, ...]:
    """The aspects and options in which two racers differ."""
    if one.optimizer != other.optimizer:
        return ("optimizer",)
    found = [
        aspect for aspect in _ASPECTS if aspect != "start" and getattr(one, aspect) != getattr(other, aspect)
    ]
    if before.coordinates == after.coordinates and (one.start or before.start) != (
        other.start or after.start
    ):
        found.append("start")
    mine, theirs = one.engine_racer(()).resolved(), other.engine_racer(()).resolved()
    aspects = {"clip_norm", "clip_value"} & set(found)
    return (*found, *(name for name in mine if mine[name] != theirs.get(name) and name not in aspects))


# Reading


def words(entry: Entry, key: str, required: bool = False) -> Words:
    """The text at `key` with its translations `key.zh_CN`, …"""
    found = entry[key] if required else entry.get(key)
    prefix = f"{key}."
    others = {
        name.removeprefix(prefix): entry[name].text() for name in entry.mapping() if name.startswith(prefix)
    }
    return Words("" if found is None else found.text(), others)


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


def read_question(entry: Entry, document: Document) -> Question:
    """The question at `entry`; an answer that is a measure is computed from `document`."""
    answer, choices, tolerance = entry["answer"], entry.get("choices"), entry.get("tolerance")
    options: tuple[Words, ...] = ()
    if choices is not None:
        options = _choices(entry, choices)
        number = float(answer.whole(0, len(options) - 1))
    elif isinstance(answer.value, dict):
        measured = read_measure(answer, document).of(document.graph.trace(partial=True))
        if measured is None:
            answer.fail("the graph has no such number")
        number = measured
    else:
        number = answer.number()
    return Question(
        ask=words(entry, "ask", required=True),
        answer=number,
        choices=options,
        tolerance=0.0 if options else 0.01 if tolerance is None else tolerance.size(),
        hint=words(entry, "hint"),
        why=words(entry, "why"),
    )


def _choices(entry: Entry, choices: Entry) -> tuple[Words, ...]:
    texts = [choice.text() for choice in choices.items()]
    if len(texts) < 2:
        choices.fail("a choice needs at least two answers")
    others: list[dict[str, str]] = [{} for _ in texts]
    for key in entry.mapping():
        if key.startswith("choices."):
            for i, choice in enumerate(entry[key].items(len(texts))):
                others[i][key.removeprefix("choices.")] = choice.text()
    return tuple(Words(text, other) for text, other in zip(texts, others, strict=True))


def read_challenge(
    entry: Entry, document: Document, changed: Callable[[Document, Changes, str], Document]
) -> Challenge:
    """The challenge at `entry`, starting from `document`; `changed` applies the changes of a step."""

    def attempt(key: str) -> Document:
        return changed(document, entry[key].mapping(), entry[key].path)

    goals = tuple(_goal(goal, document) for goal in entry["goals"].items())
    if not goals:
        entry["goals"].fail("a challenge has at least one goal")
    return Challenge(
        start=document,
        goals=goals,
        may_change=tuple(name.text(100) for name in entry["may_change"].items()),
        hint=words(entry, "hint"),
        solution=attempt("solution"),
        first_try=attempt("first_try"),
    )


def _goal(entry: Entry, document: Document) -> Goal:
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
