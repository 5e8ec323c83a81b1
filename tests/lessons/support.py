"""What tests of the lessons share: a lesson by its name, and what the engine makes of one of its steps."""

from __future__ import annotations

from functools import cache

import numpy as np

from gdstudio.document import goals, lessons, library
from gdstudio.document.goals import Outcome
from gdstudio.document.lessons import Lesson


@cache
def lesson(name: str) -> Lesson:
    return lessons.read_lesson(library.get(name))


@cache
def outcome(name: str, step: int) -> Outcome:
    """The values, gradients and race of a step, counted from 1 as a person does."""
    return goals.outcome(lesson(name).steps[step - 1].document)


def index(name: str, step: int, racer: str) -> int:
    names = [row.label for row in lesson(name).steps[step - 1].document.race.racers]
    return names.index(racer)


def path(name: str, step: int, racer: str) -> np.ndarray:
    """The path of a racer of a step, (steps + 1, n)."""
    return outcome(name, step).path(index(name, step, racer))


def losses(name: str, step: int, racer: str) -> np.ndarray:
    return outcome(name, step).losses(index(name, step, racer))


def status(name: str, step: int, racer: str) -> str | None:
    return outcome(name, step).status(index(name, step, racer))


def value(name: str, step: int, node: str) -> np.ndarray:
    return outcome(name, step).trace.values[node]


def gradient(name: str, step: int, node: str) -> np.ndarray:
    return outcome(name, step).trace.gradients[node]
