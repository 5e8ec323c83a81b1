"""Exported programs are run and compared with values and gradients computed by torch."""

from __future__ import annotations

import numpy as np
import pytest

from gdstudio.engine import codegen, ops
from gdstudio.engine.formula import parse
from gdstudio.engine.graph import Graph
from gdstudio.engine.node import Node

from .oracle_graphs import RECORDS, graph_of

CASES = [pytest.param(case, id=case["name"]) for case in RECORDS]


def run(source: str) -> dict:
    scope: dict = {"__name__": "exported"}
    exec(compile(source, "exported", "exec"), scope)
    return scope


@pytest.mark.parametrize("case", CASES)
def test_the_numpy_program_gives_every_value(case: dict) -> None:
    program = run(codegen.to_numpy(graph_of(case)))
    values = program["values"](**program["parameters"])
    for id in values:
        np.testing.assert_allclose(values[id], case["values"][id], rtol=1e-11, atol=1e-13, err_msg=id)


@pytest.mark.parametrize("case", CASES)
def test_the_numpy_program_agrees_with_the_trace(case: dict) -> None:
    graph = graph_of(case)
    program = run(codegen.to_numpy(graph))
    values = program["values"](**program["parameters"])
    trace = graph.trace()
    assert set(values) == graph.upstream(graph.output)
    for id in values:
        np.testing.assert_allclose(values[id], trace.values[id], rtol=1e-12, atol=1e-14, err_msg=id)


@pytest.mark.parametrize("library", ["torch", "jax"])
@pytest.mark.parametrize("case", CASES)
def test_the_other_programs_give_values_and_gradients(case: dict, library: str) -> None:
    pytest.importorskip(library)
    graph = graph_of(case)
    program = run(codegen.to_torch(graph) if library == "torch" else codegen.to_jax(graph))
    output, gradient = program["value_and_gradient"](**program["parameters"])
    np.testing.assert_allclose(output, np.sum(case["values"][graph.output]), rtol=1e-11)
    for name, value in gradient.items():
        expected = np.array(case["gradients"][name])
        np.testing.assert_allclose(
            np.asarray(value), expected, rtol=1e-9, atol=1e-12 * (1 + abs(expected).max())
        )


@pytest.mark.parametrize("name", [name for name, row in ops.operations.items() if row.category != "leaf"])
@pytest.mark.parametrize("column", range(3))
def test_every_operation_has_a_spelling(name: str, column: int) -> None:
    variants = {"gelu": ("gelu none", "gelu tanh"), "dot": ("matmul", "multiply")}.get(name, (name,))
    assert all(variant in codegen._SPELLINGS for variant in variants)


# Operations and shapes that the oracle graphs leave out.
MORE = [
    "y = dot(u, v)",
    "y = dot(s, s)",
    "y = gelu(u, approximate='tanh') @ v",
    "y = sum(huber(u, v, delta=0.5))",
    "y = sum(leaky_relu(u, slope=0.2) + elu(v, alpha=2.0))",
    "y = sum(clip(u, min=0.0) + clip(v, max=1.0) + clip(u))",
    "y = sum(where(u > v, u, v)) + sum(u < v) + sum(equal(u, u))",
    "y = u[0] * u[2] + s",
    "y = sum(erf(u) + sign(v) + floor(u) + log1p(u**2) + expm1(v))",
    "y = logsumexp(u) + logsumexp(outer(u, v), axis=1)[0] + logsumexp(s)",
    "y = softmax(s) + log_softmax(s)",
    "y = cross_entropy(u, [0.0, 1.0, 0.0]) + binary_cross_entropy(v, [0.0, 1.0, 1.0])",
    "y = sum(stop_gradient(u) * v)",
    "y = sum(transpose(outer(u, v)) @ reshape(v, shape=[3, 1]))",
    "y = sum(concatenate(u, v) * 2) + norm(u) + max(u) + min(v)",
    # Nothing here has a slope, of which PyTorch makes an error of its own.
    "y = sum(stop_gradient(u) + (u > v))",
    "y = sum(softplus(800 * u) + sigmoid(-800 * v))",
    "y = mean(batch_norm(outer(u, v), [1.0, 2.0, 3.0], v) * layer_norm(outer(v, u), u, v))",
]


@pytest.mark.parametrize("formula", MORE)
@pytest.mark.parametrize("library", ["numpy", "torch", "jax"])
def test_more_operations_agree_with_the_trace(formula: str, library: str) -> None:
    pytest.importorskip(library)
    graph = parse(formula, {"u": [0.3, -1.2, 2.1], "v": [1.5, 0.4, -0.7], "s": 0.8})
    trace = graph.trace()
    program = run(getattr(codegen, f"to_{library}")(graph))
    with np.errstate(over="ignore"):
        values = program["values"](**program["parameters"])
    for id, value in values.items():
        np.testing.assert_allclose(np.asarray(value), trace.values[id], rtol=1e-11, atol=1e-13, err_msg=id)
    if library != "numpy":
        _, gradient = program["value_and_gradient"](**program["parameters"])
        for name, value in gradient.items():
            np.testing.assert_allclose(np.asarray(value), trace.gradients[name], rtol=1e-9, atol=1e-12)


def test_the_source_reads_like_the_graph() -> None:
    graph = parse(
        "x1 = x*w\nx2 = x1 + b\nloss = abs(y_true - x2)", {"w": 3.0, "b": 1.0}, {"x": 2.0, "y_true": 4.0}
    )
    source = codegen.to_numpy(graph)
    assert "    x1 = x * w\n    x2 = x1 + b\n" in source
    program = run(source)
    assert program["values"](**program["parameters"])["loss"] == 3.0
    assert program["values"](w=1.0, b=2.0)["loss"] == 0.0


@pytest.mark.parametrize("export", [codegen.to_numpy, codegen.to_torch, codegen.to_jax])
def test_any_name_becomes_a_python_name(export) -> None:
    ids = [
        "lambda",
        "np",
        "x₁",
        "2nd",
        "values",
        "a b",
        'quo"te',
        "ﬁ",
        "fi",
        "torch",
        "_",
        "σ'",
        "数",
        "print",
    ]
    nodes = [Node(id, "parameter", value=np.array(float(i))) for i, id in enumerate(ids)]
    rows = [Node(f"r{i}", "reshape", (id,), {"shape": [1]}) for i, id in enumerate(ids)]
    graph = Graph([*nodes, *rows, Node("all", "concatenate", tuple(row.id for row in rows))], "all")
    source = export(graph)
    compile(source, "exported", "exec")
    if export is codegen.to_numpy:
        program = run(source)
        values = program["values"](**program["parameters"])
        assert values["all"].tolist() == list(map(float, range(len(ids))))
        assert [values[id] for id in ids] == list(range(len(ids)))


def test_numbers_keep_every_bit() -> None:
    value = np.array([0.1 + 0.2, 1e-310, -0.0, np.inf, np.nan])
    graph = Graph([Node("p", "parameter", value=value)], "p")
    program = run(codegen.to_numpy(graph))
    assert program["parameters"]["p"].tobytes()[:32] == value.tobytes()[:32]
    assert np.isnan(program["parameters"]["p"][4])


def test_another_output_exports_only_what_it_needs() -> None:
    graph = parse("a = 2*x\nloss = a**2 + y", {"x": 3.0, "y": 1.0})
    program = run(codegen.to_numpy(graph, output="a"))
    assert set(program["parameters"]) == {"x"}
    assert "loss" not in program["values"](x=3.0)
