"""What can be had without any library: numpy written down as it comes, and an object for every scalar."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from gdstudio import engine
from gdstudio.engine.derivative import gradients
from gdstudio.engine.expression import Evaluation, Tape

from . import problems

Run = Callable[[], Any]


def surface(task: problems.Surface, n: int) -> Run:
    """Value and gradient on full arrays, one numpy call for each node forward and its derivatives backward."""
    program = engine.parse(task.formula, parameters={"x": 0.0, "y": 0.0}).compile()
    tape = Tape(simplify=False)
    leaves = {name: tape.input(name) for name in ("x", "y")}
    loss = program.lowered(tape, lambda name, _shape: leaves[name])
    evaluate = Evaluation([loss, *gradients(loss, list(leaves.values()))], batch_ndim=2)
    x, y = np.meshgrid(task.axes(n), task.axes(n), indexing="ij")
    return lambda: evaluate({"x": x, "y": y})


def adam_starts(n: int, steps: int) -> Run:
    """Adam on Himmelblau as a person would write it down, all starts in one array."""
    start = np.stack(np.meshgrid(problems.HIMMELBLAU.axes(n), problems.HIMMELBLAU.axes(n), indexing="ij"))
    rate, beta1, beta2, epsilon = problems.ADAM.values()

    def run() -> Any:
        p = start.copy()
        m = np.zeros_like(p)
        v = np.zeros_like(p)
        for t in range(1, steps + 1):
            x, y = p
            a = x**2 + y - 11
            b = x + y**2 - 7
            g = np.stack([4 * x * a + 2 * b, 2 * a + 4 * y * b])
            m = beta1 * m + (1 - beta1) * g
            v = beta2 * v + (1 - beta2) * g**2
            p = p - rate * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + epsilon)
        return p.reshape(2, -1).T

    return run


class Scalar:
    """A number that remembers how it was made: an object, a set and a closure for each, as in micrograd."""

    def __init__(self, data: float, parents: tuple[Scalar, ...] = (), operation: str = "") -> None:
        self.data = data
        self.gradient = 0.0
        self.parents = set(parents)
        self.operation = operation
        self.backward: Callable[[], None] = lambda: None

    def _function(self, operation: str, data: float, slope: float) -> Scalar:
        result = Scalar(data, (self,), operation)

        def backward() -> None:
            self.gradient += slope * result.gradient

        result.backward = backward
        return result

    def add(self, other: Scalar | float) -> Scalar:
        other = other if isinstance(other, Scalar) else Scalar(other)
        result = Scalar(self.data + other.data, (self, other), "+")

        def backward() -> None:
            self.gradient += result.gradient
            other.gradient += result.gradient

        result.backward = backward
        return result

    def multiply(self, other: Scalar | float) -> Scalar:
        other = other if isinstance(other, Scalar) else Scalar(other)
        result = Scalar(self.data * other.data, (self, other), "*")

        def backward() -> None:
            self.gradient += other.data * result.gradient
            other.gradient += self.data * result.gradient

        result.backward = backward
        return result

    def subtract(self, other: Scalar) -> Scalar:
        return self.add(other.multiply(-1.0))

    def square(self) -> Scalar:
        return self._function("square", self.data**2, 2.0 * self.data)

    def sin(self) -> Scalar:
        return self._function("sin", math.sin(self.data), math.cos(self.data))

    def cos(self) -> Scalar:
        return self._function("cos", math.cos(self.data), -math.sin(self.data))

    def tanh(self) -> Scalar:
        value = math.tanh(self.data)
        return self._function("tanh", value, 1.0 - value**2)


def scalar_graph(operations: list[tuple[str, tuple[int, ...]]]) -> Run:
    """Value and gradient of a graph of scalars; the order of the nodes is found by a sort, as for any graph."""

    def run() -> Any:
        values = [Scalar(0.5), Scalar(-0.3)]
        for name, args in operations:
            values.append(getattr(Scalar, name)(*[values[a] for a in args]))
        order = _sorted(values[-1])
        values[-1].gradient = 1.0
        for node in reversed(order):
            node.backward()
        return [values[-1].data, values[0].gradient, values[1].gradient]

    return run


def _sorted(output: Scalar) -> list[Scalar]:
    order: list[Scalar] = []
    seen = set()
    stack = [(output, False)]
    while stack:
        node, done = stack.pop()
        if done:
            order.append(node)
        elif node not in seen:
            seen.add(node)
            stack.append((node, True))
            stack.extend((parent, False) for parent in node.parents)
    return order
