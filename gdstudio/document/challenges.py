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
from typing import Any

import numpy as np

from gdstudio.document.entries import Entry
from gdstudio.document.goals import Beats, EndsAs, EndsNear, Goal, LossBelow, Outcome, read_goal, read_measure
from gdstudio.document.model import Document, RacerSettings
from gdstudio.engine import Graph

Changes = Mapping[str, Any]
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


def words(entry: Entry, key: str, required: bool = False) -> Words:
    """The text at `key` with its translations `key.zh_CN`, …"""
    found = entry[key] if required else entry.get(key)
    prefix = f"{key}."
    others = {
        name.removeprefix(prefix): entry[name].text() for name in entry.mapping() if name.startswith(prefix)
    }
    return Words("" if found is None else found.text(), others)


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


# Challenges


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


def read_challenge(
    entry: Entry, document: Document, changed: Callable[[Document, Changes, str], Document]
) -> Challenge:
    """The challenge at `entry`, starting from `document`; `changed` applies the changes of a step."""

    def attempt(key: str) -> Document:
        return changed(document, entry[key].mapping(), entry[key].path)

    goals = tuple(read_goal(goal, document) for goal in entry["goals"].items())
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
