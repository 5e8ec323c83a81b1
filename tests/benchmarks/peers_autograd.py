"""HIPS autograd at the tasks that it can do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import autograd
import autograd.numpy as anp
import numpy as np

from . import problems

Run = Callable[[], Any]


def surface(task: problems.Surface, n: int) -> Run:
    """Value and gradient on full arrays: the gradient of the sum is that of every point."""
    x, y = np.meshgrid(task.axes(n), task.axes(n), indexing="ij")

    def run() -> Any:
        pullback, z = autograd.make_vjp(lambda points: task.function(anp, *points))((x, y))
        return [z, *pullback(np.ones_like(z))]

    return run


def scalar_graph(operations: list[tuple[str, tuple[int, ...]]]) -> Run:
    """Value and gradient of a graph of scalars."""

    def function(inputs: tuple[float, float]) -> Any:
        values = list(inputs)
        for name, args in operations:
            values.append(getattr(anp, name)(*[values[a] for a in args]))
        return values[-1]

    both = autograd.value_and_grad(function)

    def run() -> Any:
        value, gradient = both((0.5, -0.3))
        return [value, *gradient]

    return run
