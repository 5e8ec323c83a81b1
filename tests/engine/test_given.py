"""Wrong arguments to the public functions: one clear sentence of the engine's own, and nothing computed from them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gdstudio import engine
from gdstudio.document import library
from gdstudio.engine import (
    Graph,
    Landscape,
    Node,
    Race,
    Racer,
    batch_noise,
    codegen,
    functions,
    optimizers,
    prediction,
    schedules,
    survey,
    swarm,
    tuning,
)
from gdstudio.engine.given import NAME, takes, whole

WRONG = (
    None,
    True,
    -1,
    3,
    1.5,
    float("nan"),
    float("inf"),
    1j,
    10**8,
    10**30,
    10**400,
    np.complex128(1j),
    "",
    "x",
    b"x",
    (1,),
    [],
    ["a"],
    [[1], [1, 2]],
    {},
    {1: 2},
    {"a": None},
    {1},
    np.array([]),
    np.array([np.nan, np.nan]),
    np.ones((2, 3)),
    np.array(["a"]),
    np.array([None, 1], dtype=object),
    object(),
)

GRAPH = engine.parse(
    "y = x*w + b\nloss = y**2 + mean(W)", {"w": 1.0, "b": 2.0, "W": [[1.0, 2.0]]}, {"x": 3.0}
)
PROGRAM = GRAPH.compile()
TRACE = GRAPH.trace()
BOWL = engine.parse("loss = x**2 + 3*y**2", {"x": 1.0, "y": 2.0}).compile()
VIEW = Landscape(BOWL, ("x", "y"), ((-1, 1), (-1, 1)))
ADAM = Racer("adam")
RATE = optimizers.get("adam").option("learning_rate")
FITTED = library.get("logistic4").graph.compile()
RESULT = Race(BOWL, [ADAM], steps=3).run()


def race(**settings: Any) -> None:
    Race(BOWL, [Racer(**{"optimizer": "adam", **settings})], steps=2).run()


def last(function: Callable, **arguments: Any) -> None:
    survey.last(function(**arguments))


# Each with arguments that are right; one of them at a time is replaced.
CALLS: dict[str, tuple[Callable, dict[str, Any]]] = {
    "parse": (engine.parse, {"text": "y=x*c+d", "parameters": {"x": 1.0}, "constants": {"c": 2.0}, "data": {"d": [1.0]}}),
    "Graph": (Graph, {"nodes": list(GRAPH.nodes.values()), "output": "loss"}),
    "Node": (lambda **fields: Graph([Node(**fields)]).problems, {"id": "a", "op": "add", "inputs": ("b", "c")}),
    "attributes": (
        lambda **attrs: Graph([*GRAPH.nodes.values(), Node("a", "clip", ("W",), attrs)], "a").trace(),
        {"min": 0.5, "max": 1.0},
    ),
    "axis": (
        lambda axis: Graph([*GRAPH.nodes.values(), Node("a", "sum", ("W",), {"axis": axis})], "a").trace(),
        {"axis": 0},
    ),
    "with_nodes": (lambda node: GRAPH.with_nodes(node), {"node": GRAPH.nodes["w"]}),
    "without": (lambda id: GRAPH.without(id), {"id": "w"}),
    "renamed": (GRAPH.renamed, {"old": "w", "new": "q"}),
    "with_output": (GRAPH.with_output, {"id": "y"}),
    "with_value": (GRAPH.with_value, {"id": "w", "value": 2.0}),
    "connected": (GRAPH.connected, {"id": "y", "slot": 0, "source": "w"}),
    "upstream": (lambda id: GRAPH.upstream(id), {"id": "y"}),
    "downstream": (lambda id: GRAPH.downstream(id), {"id": "y"}),
    "refusal": (GRAPH.refusal, {"source": "w", "target": "y", "slot": 0}),
    "fresh_id": (GRAPH.fresh_id, {"stem": "x"}),
    "check": (GRAPH.check, {"output": "y"}),
    "trace": (GRAPH.trace, {"seed": 1.0, "output": "loss", "partial": False}),
    "local": (TRACE.local, {"output": "y", "input": "b", "slot": None}),
    "paths": (TRACE.paths, {"id": "w", "limit": 100}),
    "forward": (TRACE.forward, {"id": "w", "tangent": 1.0}),
    "compile": (GRAPH.compile, {"output": "loss", "wrt": ["w"]}),
    "Program": (engine.Program, {"graph": GRAPH, "output": "loss", "wrt": ["w"]}),
    "value": (PROGRAM.value, {"points": PROGRAM.start}),
    "value_and_gradient": (PROGRAM.value_and_gradient, {"points": PROGRAM.start}),
    "hessian": (PROGRAM.hessian, {"points": PROGRAM.start}),
    "product": (PROGRAM.hessian_vector_product, {"points": PROGRAM.start, "vectors": PROGRAM.start}),
    "coordinate": (PROGRAM.coordinate, {"name": "w"}),
    "Landscape": (
        Landscape,
        {"program": PROGRAM, "axes": ("w", "b"), "ranges": ((-1, 1), (-1, 1)), "at": PROGRAM.start},
    ),
    "grid": (VIEW.grid, {"n": 8}),
    "field": (VIEW.field, {"n": 8}),
    "point": (lambda x, y: VIEW.point(x, y), {"x": 1.0, "y": 2.0}),
    "project": (VIEW.project, {"points": [1.0, 2.0]}),
    "probe": (lambda x, y: VIEW.value_and_gradient(x, y), {"x": 1.0, "y": 2.0}),
    "curvature": (lambda x, y: VIEW.hessian(x, y), {"x": 1.0, "y": 2.0}),
    "critical_points": (engine.critical_points, {"landscape": VIEW, "resolution": 20, "limit": 9}),
    "SmoothLandscape": (engine.SmoothLandscape, {"landscape": VIEW, "sigma": 0.5}),
    "smoothed": (engine.smoothed, {"graph": BOWL.graph, "sigma": 0.5, "coordinates": ["x"], "output": None}),
    "check_gradients": (engine.check_gradients, {"graph": BOWL.graph, "leaves": ["x"], "steps": [0.1], "tolerance": 1.0}),
    "to_text": (engine.to_text, {"graph": GRAPH}),
    "latex": (engine.latex, {"graph": GRAPH}),
    "to_numpy": (codegen.to_numpy, {"graph": GRAPH, "output": "loss"}),
    "to_torch": (codegen.to_torch, {"graph": GRAPH, "output": "loss"}),
    "to_jax": (codegen.to_jax, {"graph": GRAPH, "output": "loss"}),
    "random_directions": (
        engine.random_directions,
        {"program": PROGRAM, "count": 2, "seed": 0, "normalise": "filter", "at": None},
    ),
    "principal_directions": (engine.principal_directions, {"paths": RESULT.paths, "count": 2, "center": None}),
    "inside": (engine.inside, {"program": BOWL, "result": RESULT, "index": 0}),
    "Race": (lambda **given: Race(**given).run(), {"program": BOWL, "racers": [ADAM], "steps": 2, "seed": 0}),
    "run": (Race(BOWL, [ADAM], steps=2).run, {"progress": None, "cancelled": None}),
    "Racer": (
        race,
        {
            "optimizer": "adam", "options": {"learning_rate": 0.1}, "start": [0.0, 0.0], "convention": "torch",
            "schedule": ("cosine", {}), "clip_norm": 1.0, "clip_value": 1.0, "batch_size": None, "gradient": "analytic",
            "noise": 0.0, "average_decay": 0.0,
        },
    ),
    "Racer on data": (
        lambda **given: Race(FITTED, [Racer("sgd", **given)], steps=2).run(),
        {"batch_size": 2, "batch_order": "curriculum", "batch_scores": "x", "batch_opening": 0.2, "batch_ramp": 5},
    ),
    "learning_rate": (lambda rate: race(options={"learning_rate": rate}), {"rate": 0.1}),
    "test function": (functions.get, {"name": "beale"}),
    "optimizer": (optimizers.get, {"name": "adam"}),
    "schedule": (schedules.get, {"name": "cosine"}),
    "create": (optimizers.create, {"rule": "adam", "convention": "torch", "shape": (2,), "learning_rate": 0.1}),
    "step": (lambda x, g: optimizers.create("adam").step(x, g), {"x": [1.0], "g": [1.0]}),
    "step of a schedule": (
        lambda learning_rate, value: optimizers.create("polyak").step([1.0], [1.0], learning_rate, value),
        {"learning_rate": 0.1, "value": 1.0},
    ),
    "classical step": (
        lambda x, g: optimizers.create("barzilai_borwein").step(x, g), {"x": [1.0], "g": [1.0]},
    ),
    "switch": (lambda amsgrad: optimizers.create("adam", amsgrad=amsgrad), {"amsgrad": True}),
    "choice": (lambda place: optimizers.create("adam", epsilon_place=place), {"place": "inside"}),
    "schedule option": (lambda steps: schedules.get("cosine", steps=steps), {"steps": 5}),
    "schedule options": (lambda options: race(schedule=("cosine", options)), {"options": {"steps": 5}}),
    "parse_rule": (optimizers.parse_rule, {"text": "x = x - 0.1*g", "options": None, "state": None, "name": "own"}),
    "rate at a step": (schedules.get("cosine"), {"step": 3}),
    "basins": (
        lambda **given: last(survey.basins, **given),
        {"landscape": VIEW, "racer": ADAM, "steps": 2, "resolution": 4, "seed": 0, "reach": 0.01},
    ),
    "sweep": (
        lambda **given: last(survey.sweep, **given),
        {"program": BOWL, "racer": ADAM, "options": {"learning_rate": [0.1]}, "steps": 2, "target": None, "seed": 0},
    ),
    "swept values": (
        lambda values: last(survey.sweep, program=BOWL, racer=ADAM, options={"learning_rate": values}, steps=2),
        {"values": [0.1]},
    ),
    "spaced": (survey.spaced, {"option": RATE, "low": 0.1, "high": 1.0, "count": 3}),
    "starts": (swarm.starts, {"landscape": VIEW, "count": 9, "spread": "grid", "seed": 0}),
    "swarm": (swarm.swarm, {"landscape": VIEW, "racer": ADAM, "starts": np.zeros((3, 2)), "steps": 2, "seed": 0}),
    "tune": (
        lambda **given: last(tuning.tune, **given),
        {
            "program": BOWL, "racers": [ADAM], "steps": 2, "budget": 8, "options": ("learning_rate",), "ranges": None,
            "starts": None, "seed": 0,
        },
    ),
    "prediction": (prediction.find, {"graph": GRAPH}),
    "cloud": (batch_noise.cloud, {"program": FITTED, "point": FITTED.start, "size": 2, "draws": 4, "seed": 0}),
    "batch_gradients": (
        batch_noise.batch_gradients,
        {"program": FITTED, "point": FITTED.start, "batches": np.array([[0, 1]])},
    ),
}  # fmt: skip
# These go on for long where they are allowed to.
LARGE = {"steps", "seed", "limit", "tolerance", "rate", "learning_rate", "low", "high", "batch_ramp"}


# Where nothing may be given, by argument, or by call and argument.
OPTIONAL = {
    "at", "batch_scores", "batch_size", "cancelled", "center", "clip_norm", "clip_value", "convention", "leaves", "output",
    "progress", "schedule", "shape", "slot", "start", "starts", "target", "wrt", "parse_rule options", "parse_rule state",
    "with_output id", "connected source", "trace seed", "smoothed coordinates", "tune ranges", "axis axis", "attributes min",
    "attributes max", "step of a schedule learning_rate",
}  # fmt: skip
REQUIRED = {"local output", "connected slot", "refusal slot", "refusal target", "swarm starts"}
# What else may be given where the right argument is nothing.
INSTEAD = {
    "smoothed output": "text", "check output": "text", "sweep target": "numbers", "parse_rule options": "mapping",
    "parse_rule state": "mapping", "tune ranges": "mapping", "Racer batch_size": "numbers", "local slot": "numbers",
}  # fmt: skip


def kind(value: Any) -> str:
    """What sort of argument a value is."""
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return "text"
    if isinstance(value, bool | int | float):
        return "numbers"
    if isinstance(value, dict):
        return "mapping"
    if isinstance(value, list | tuple) and not value:
        return "empty"
    try:
        is_numbers = np.asarray(value).dtype.kind in "biuf"
    except ValueError:
        is_numbers = False
    return "numbers" if is_numbers else "objects" if isinstance(value, list | tuple) else "other"


def kinds_taken(call: str, argument: str) -> set[str]:
    """The sorts of values of which some may be right; every value of another sort must be refused."""
    right, name = kind(CALLS[call][1][argument]), f"{call} {argument}"
    kinds = {right, INSTEAD[name]} if name in INSTEAD else {right}
    if name in OPTIONAL or (argument in OPTIONAL and name not in REQUIRED):
        kinds.add("nothing")
    else:
        kinds.discard("nothing")
    # A right object says nothing of other ones, and a list of some may be empty.
    kinds -= {"other"}
    return kinds - {"objects"} | {"empty"} if kinds & {"objects", "numbers"} else kinds


@pytest.mark.parametrize(
    ("call", "argument"), [(call, name) for call, (_f, given) in CALLS.items() for name in given]
)
def test_wrong_arguments_get_one_sentence(call, argument):
    function, given = CALLS[call]
    kinds = kinds_taken(call, argument)
    with np.errstate(all="ignore"):
        function(**given)
        for value in WRONG:
            if argument in LARGE and isinstance(value, int) and value == 10**8:
                continue
            try:
                function(**{**given, argument: value})
            except engine.EngineError as error:
                sentence = str(error)
                assert sentence.strip() and "\n" not in sentence and len(sentence) < 300
            else:
                assert kind(value) in kinds, f"{value!r} is taken"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (lambda: engine.parse(None), r'text must be text, lines such as "loss = x\*\*2", not None'),
        (lambda: engine.parse("y = x", {1: 2.0}), "1 cannot be a name"),
        (
            lambda: Race(BOWL, ["adam"]),
            r"racers must be a list of racers, such as \[Racer\('adam'\)\], not \['adam'\]",
        ),
        (lambda: Race(BOWL, [ADAM], steps=-1), "steps must be a whole number from 0 to 10,000,000, not -1"),
        (lambda: Race(BOWL, [Racer("adan!")]), 'no optimizer \'adan!\'; did you mean "adan" or "adam"'),
        (lambda: VIEW.grid(10**8), "at most 33,554,432 positions, not 10,000,000,000,000,000"),
        (
            lambda: Landscape(GRAPH, ("w", "b"), ((0, 1), (0, 1))),
            "program must be a Program, such as graph.compile",
        ),
        (lambda: survey.basins(VIEW, "adam"), r"racer must be a racer, such as Racer\('adam'\), not 'adam'"),
        (
            lambda: swarm.swarm(VIEW, ADAM, np.zeros((3, 5))),
            r"shape \(racers, 2\), a point for each racer, not \(3, 5\)",
        ),
        (lambda: race(options={"learning_rate": 10**400}), "learning_rate is inf; it must be at least 1e-12"),
        (
            lambda: optimizers.create("polyak").step([1.0, 2.0], [1.0, 1.0], value=[1.0, 2.0]),
            r"value has shape \(2,\); it must be one number, or one for each point, \(\)",
        ),
        (
            lambda: engine.critical_points(VIEW, resolution=1),
            "a single grid point shows no slope; resolution must be 0, or 2 or more",
        ),
        (lambda: PROGRAM.value("text"), "points must be numbers, not 'text'"),
        (lambda: GRAPH.upstream("loos"), "there is no node 'loos'; did you mean \"loss\""),
        (lambda: GRAPH.upstream(np.ones((30, 30))), r"there is no node array\(\[\[1\., 1\., .*…"),
    ],
)
def test_what_would_be_right_is_said(given, sentence):
    with pytest.raises(engine.EngineError, match=sentence) as error:
        given()
    assert len(str(error.value)) < 200


def test_points_without_coordinates_and_points_without_end_need_no_special_care():
    assert optimizers.create("barzilai_borwein").step(np.ones((3, 0)), np.ones((3, 0))).shape == (3, 0)
    with np.errstate(all="raise"):
        assert VIEW.point(np.inf, 1.0)[0] == np.inf


def test_each_of_any_number_of_arguments_is_checked():
    @takes(ids=NAME, count=whole(1, 9))
    def work(*ids: str, count: int = 1) -> tuple[tuple[str, ...], int]:
        return ids, count

    assert work("a", "b", "c", count=2) == (("a", "b", "c"), 2)
    with pytest.raises(engine.EngineError, match="ids must be a name, which is text, not 3"):
        work("a", "b", 3)
    with pytest.raises(engine.EngineError, match="count must be a whole number from 1 to 9, not 10"):
        work("a", count=10)


def test_checked_functions_keep_their_names_and_signatures():
    assert engine.parse.__name__ == "parse" and "formula" in str(engine.parse.__doc__)
    assert list(inspect.signature(engine.parse).parameters) == ["text", "parameters", "constants", "data"]
