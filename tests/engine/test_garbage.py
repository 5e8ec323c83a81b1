"""Nothing that the engine makes waits for the cyclic garbage collector: references alone let go of it.

The window collects in the thread that draws it, and a large collection there is felt as a pause.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import numpy.ma  # noqa: F401 - numpy imports it when it is first needed, which leaves garbage of Python's own
import pytest

from gdstudio import engine
from gdstudio.document import library
from gdstudio.engine import batch_noise, codegen, optimizers, prediction, schedules, survey, swarm, tuning

SMALL = """
    y = x**2 + 3*sin(x*z)**3
    h = where(y > 1, y, abs(z)) + tanh(W)
    loss = mean(h**2) + sqrt(exp(-z**2))
"""
SMALL_VALUES = {"x": 1.0, "z": 2.0, "W": [[0.5, -1.0], [2.0, 0.25]]}
NETWORK = """
    hidden = relu(inputs @ W + b)
    loss = cross_entropy(hidden @ V, classes)
"""


@contextmanager
def collected() -> Iterator[list[object]]:
    """What the collector finds of what is made here; the list is filled at the end."""
    found: list[object] = []
    was_enabled = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        yield found
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        found += gc.garbage
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        if was_enabled:
            gc.enable()


def small_graph() -> engine.Graph:
    return engine.parse(SMALL, SMALL_VALUES)


def network() -> engine.Program:
    """Too large for generated Python on floats."""
    random = np.random.default_rng(0)
    parameters = {"W": random.normal(size=(2, 40)), "b": np.zeros(40), "V": random.normal(size=(40, 3))}
    rows = {"inputs": random.normal(size=(12, 2)), "classes": np.tile(np.eye(3), (4, 1))}
    return engine.parse(NETWORK, parameters, data=rows).compile()


def surface(name: str = "beale") -> engine.Landscape:
    return engine.functions.get(name).landscape()


def edits_of_a_value() -> None:
    document = library.get("line_fit")
    for value in (0.25, 0.5, 0.75):
        document = document.replace(graph=document.graph.with_value(document.graph.parameters[0], value))
        _ = document.graph.trace(partial=True).gradients
        axes, ranges = document.axes_and_ranges()
        landscape = engine.Landscape(document.graph.compile(), axes, ranges)
        landscape.grid(16)
        landscape.grid(40, picture=True)
        landscape.value_and_gradient(*np.meshgrid(*landscape.positions(5)))
        engine.Race(document.graph.compile(), document.race_inputs(), steps=5).run()


def edits_of_the_graph() -> None:
    graph = small_graph()
    graph = graph.renamed("y", "q").connected("h", 1, "x").without("q").with_output(None)
    assert graph.problems
    graph.refusal("loss", "h", 0)
    _ = graph.trace(partial=True).values


def questions_about_a_graph() -> None:
    graph = small_graph()
    engine.to_text(graph)
    engine.latex(graph)
    trace = graph.trace()
    trace.paths("x")
    trace.forward("x")
    list(trace.edges())
    engine.check_gradients(graph)
    for write in (codegen.to_numpy, codegen.to_torch, codegen.to_jax):
        write(graph)


def programs() -> None:
    for program in (small_graph().compile(), network()):
        program.value(program.start)
        program.value_and_gradient(program.start)
        program.hessian(program.start)


def surfaces() -> None:
    for name in ("beale", "ackley", "rastrigin", "d1_double_well"):
        landscape = surface(name)
        for picture in (False, True):
            landscape.grid(24, picture=picture)
            landscape.field(24, picture=picture)
    surface("ackley").field(512)  # by several threads
    for program in (small_graph().compile(), network()):
        axes = engine.random_directions(program, 2)
        engine.Landscape(program, tuple(axes), ((-1, 1), (-1, 1))).field(8)


def smoothing() -> None:
    for name in ("beale", "rastrigin"):
        engine.SmoothLandscape(surface(name), 0.5).field(8)
    engine.smoothed(engine.functions.get("rastrigin").graph(), 0.5)


def critical_points() -> None:
    engine.critical_points(surface("himmelblau"))
    kinks = engine.parse("loss = abs(x) + abs(y - 1)", {"x": 1.0, "y": 2.0})
    engine.critical_points(engine.Landscape(kinks.compile(), ("x", "y"), ((-2, 2), (-2, 2))))


def races() -> None:
    for program in (engine.functions.get("rosenbrock").program(), small_graph().compile(), network()):
        racers = [engine.Racer(name) for name in ("adam", "lbfgs", "bfgs", "coordinate_descent")]
        racers += [
            engine.Racer("adam", schedule=("cosine", {})),
            engine.Racer("sgd", schedule=("reduce_on_plateau", {})),
            engine.Racer("adam", noise=0.1, clip_norm=1.0, average_decay=0.9),
            engine.Racer("sgd", gradient="numerical", clip_value=1.0),
        ]
        result = engine.Race(program, racers, steps=4).run(lambda share: None, lambda: False)
        for number, racer in enumerate(racers):
            if isinstance(racer.rule, optimizers.UpdateRule) and not racer.noise:
                engine.inside(program, result, number)
        engine.principal_directions(result.paths, 2)


def races_on_data() -> None:
    for program in (library.get("logistic4").graph.compile(), network()):
        racers = [
            engine.Racer("sgd", batch_size=2),
            engine.Racer("sgd", batch_size=2, batch_order="curriculum"),
        ]
        engine.Race(program, racers, steps=3).run()
        batch_noise.cloud(program, program.start, 2, draws=4)
        found = prediction.find(program.graph)
        assert found is not None
        found.at(program.start, found.features)


def surveys() -> None:
    landscape = surface("himmelblau")
    program = landscape.program
    for name in ("adam", "sgd", "lbfgs", "bfgs", "newton", "backtracking", "coordinate_descent"):
        survey.last(survey.basins(landscape, engine.Racer(name), steps=5, resolution=4))
    for racer in (engine.Racer("adam"), engine.Racer("sgd", noise=0.1), engine.Racer("bfgs")):
        swarm.swarm(landscape, racer, swarm.starts(landscape, 9), steps=5)
    survey.last(survey.sweep(program, engine.Racer("adam"), {"learning_rate": [0.1, 1.0]}, steps=5))
    survey.last(tuning.tune(program, [engine.Racer("adam"), engine.Racer("sgd")], steps=5, budget=8))


def surveys_that_are_stopped() -> None:
    landscape = surface("himmelblau")
    for _first in survey.basins(landscape, engine.Racer("adam"), steps=5, resolution=16):
        break
    answers = iter([False, True])
    stopped = survey.basins(
        landscape, engine.Racer("bfgs"), steps=5, resolution=16, cancelled=lambda: next(answers, True)
    )
    assert survey.last(stopped) is None


def steps_by_hand() -> None:
    x = np.array([1.0, 2.0])
    for name in optimizers.names():
        rule = optimizers.get(name)
        if isinstance(rule, optimizers.UpdateRule) or rule.needs == "gradient":
            optimizers.create(name).step(x, x)
    for name in schedules.names():
        schedules.get(name)


def refusals() -> None:
    for text in ("x = ", "y = foo(1)", "y = x + z", "y = sum(x, axis=7)", "y = x @ [1, 2, 3]"):
        with pytest.raises(engine.EngineError):
            engine.parse(text, {"x": [1.0, 2.0]})
    program = surface().program
    with pytest.raises(engine.EngineError):
        engine.Race(program, [engine.Racer("nope")])
    with pytest.raises(engine.EngineError):
        program.value("text")


DEEDS = [
    edits_of_a_value,
    edits_of_the_graph,
    questions_about_a_graph,
    programs,
    surfaces,
    smoothing,
    critical_points,
    races,
    races_on_data,
    surveys,
    surveys_that_are_stopped,
    steps_by_hand,
    refusals,
]


@pytest.mark.parametrize("deed", DEEDS)
def test_references_alone_let_go_of_everything(deed: Callable[[], None]) -> None:
    with collected() as found:
        deed()
    assert Counter(map(type, found)) == {}
