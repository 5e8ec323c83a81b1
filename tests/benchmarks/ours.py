"""Our engine at each task."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gdstudio import engine
from gdstudio.engine.crowd import Crowd
from gdstudio.engine.program import Program
from gdstudio.engine.scalar_kernel import ScalarFunction

from . import problems

Run = Callable[[], Any]


def landscape(formula: str, span: tuple[float, float]) -> engine.Landscape:
    """The landscape of a formula of x and y."""
    program = engine.parse(formula, parameters={"x": 0.0, "y": 0.0}).compile()
    return engine.Landscape(program, axes=("x", "y"), ranges=(span, span))


def surface(task: problems.Surface, n: int) -> Run:
    """Value and gradient on n x n points, everything prepared."""
    land = landscape(task.formula, task.span)
    return lambda: land.field(n, picture=True)[2:]


def first_surface(task: problems.Surface, n: int) -> Run:
    """From an edited text to value and gradient; each run edits a number anew."""
    edits = iter(range(1, 1_000_000))

    def run() -> Any:
        text = f"{task.formula} + {next(edits)}*1e-12"
        return landscape(text, task.span).field(n, picture=True)[2:]

    return run


def racers() -> list[engine.Racer]:
    return [
        engine.Racer(name, options, start=problems.RACE_START, convention="torch")
        for name, options in problems.RACERS
    ]


def rosenbrock() -> Program:
    return engine.parse(problems.ROSENBROCK.formula, parameters={"x": 0.0, "y": 0.0}).compile()


def race(steps: int) -> Run:
    """The eight racers on Rosenbrock with everything recorded, prepared; gives their losses (8, steps + 1)."""
    ready = engine.Race(rosenbrock(), racers(), steps=steps)
    return lambda: np.array(ready.run().losses)


def first_race(steps: int) -> Run:
    """The same from the graph on: derivatives, code, race."""
    return lambda: np.array(engine.Race(rosenbrock(), racers(), steps=steps).run().losses)


def adam_starts(n: int, steps: int) -> Run:
    """Adam on Himmelblau from n x n starts; gives the last points (n * n, 2)."""
    program = engine.parse(problems.HIMMELBLAU.formula, parameters={"x": 0.0, "y": 0.0}).compile()
    axis = problems.HIMMELBLAU.axes(n)
    starts = np.stack(np.meshgrid(axis, axis, indexing="ij"), axis=-1).reshape(-1, 2)
    crowd = Crowd(program, engine.Racer("adam", problems.ADAM, convention="torch"), steps)
    return lambda: crowd.run(starts).points


def scalar_graph(operations: list[tuple[str, tuple[int, ...]]]) -> Run:
    """Value and gradient of a graph of scalars."""
    lines = [
        f"v{i + 2} = {name}({', '.join(f'v{a}' for a in args)})" for i, (name, args) in enumerate(operations)
    ]
    program = engine.parse("\n".join(lines), parameters={"v0": 0.5, "v1": -0.3}).compile()
    function = ScalarFunction(program)

    def run() -> Any:
        value, gradient = function.value_and_gradient(program.start)
        return [value, *gradient]

    return run


def network_program(net: problems.Network) -> Program:
    graph = engine.parse(net.formula, net.weights, data={"X": net.inputs, "Y": net.targets})
    return graph.compile()


def training(net: problems.Network, steps: int) -> Run:
    """A race of plain gradient descent on a network; gives the losses (steps + 1,)."""
    racer = engine.Racer("sgd", {"learning_rate": 0.1})
    ready = engine.Race(network_program(net), [racer], steps=steps)
    return lambda: ready.run().losses[0]


def network_slice(net: problems.Network, shape: tuple[int, int]) -> Run:
    """Loss and derivative along two directions on a grid of points."""
    spans = (problems.SLICE_SPAN, problems.SLICE_SPAN)
    land = engine.Landscape(network_program(net), net.directions(), spans)
    return lambda: land.field(shape)[2:]
