"""The formula language: reading, errors with line and column, writing."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdstudio import engine
from gdstudio.engine import FormulaError, Graph, GraphError, Node, to_text

from .oracle_graphs import RECORDS, graph_of, random_graph


def value_of(expression: str, **parameters: object) -> np.ndarray:
    return engine.parse(f"y = {expression}", parameters=parameters).trace(seed=1.0).values["y"]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("2 + 3*x", 8.0),
        ("-x**2", -4.0),
        ("(x + 1) / (x - 1)", 3.0),
        ("x ** -1", 0.5),
        ("2 ** x ** 2", 16.0),
        ("x > 1", 1.0),
        ("3 < x", 0.0),
        ("10 if x < 1 else 20", 20.0),
        ("sum([[1, 2], [3, 4]], axis=0)[1]", 6.0),
        ("sum([[1, 2], [3, 4]], 1)[0] * x", 6.0),
        ("[1, 2, 3] @ [4, 5, 6]", 32.0),
        ("(([[1, 2], [3, 4]]).T)[0, 1]", 3.0),
        ("x·x − 1 × 3", 1.0),
        ("1e-3 * x", 0.002),
        ("pi", math.pi),
        ("log(e)", 1.0),
        ("clip(x, min=0, max=1.5)", 1.5),
        ("concatenate(reshape(x, shape=[1]), [5.0])[1]", 5.0),
    ],
)
def test_expressions(expression, expected):
    assert float(value_of(expression, x=2.0)) == pytest.approx(expected, rel=1e-15)


def test_names_on_the_left_become_ids_and_the_last_is_the_output():
    graph = engine.parse(
        "# a comment\nu = x + 1; v = u * u  # two on a line\nloss = (v\n  + u)", parameters={"x": 1.0}
    )
    assert [id for id in graph.nodes if id in "uv" or id == "loss"] == ["u", "v", "loss"]
    assert graph.output == "loss"
    assert float(graph.trace().values["loss"]) == 6.0


def test_greek_letters_and_subscripts():
    graph = engine.parse("σ₁ = β₁ * λ\nloss = σ₁ ** 2", parameters={"β₁": 3.0, "λ": 2.0})
    assert float(graph.trace().gradients["β₁"]) == 24.0
    assert engine.parse(to_text(graph)) == graph


def test_a_bare_name_is_an_alias_and_can_name_the_output():
    graph = engine.parse("u = x * 2\nv = sin(u)\nu", parameters={"x": 1.0})
    assert graph.output == "u"
    alias = engine.parse("u = x\nloss = u * u", parameters={"x": 3.0})
    assert set(alias.nodes) == {"x", "loss"}


def test_marks_that_look_like_nothing_are_read_as_nothing():
    # A byte order mark, and the space that web pages put between words.
    assert engine.parse("\ufeffloss =\u00a0x * 2", parameters={"x": 3.0}).trace().values["loss"] == 6


@pytest.mark.parametrize("value", [None, [1.0, None], "3", ["1", "2"], 2j, [[1], [2, 3]], 10**400])
def test_what_is_no_number_is_no_value(value):
    with pytest.raises(GraphError, match="w: the value must be a number or nested lists"):
        engine.parse("loss = w", parameters={"w": value})


def test_leaves_can_be_declared_in_the_text():
    graph = engine.parse("w = parameter([1, 2])\nx = constant(3)\nloss = sum(w * x)")
    assert graph.parameters == ("w",)
    np.testing.assert_array_equal(graph.trace().gradients["w"], [3.0, 3.0])


ERRORS = [
    ("loss = x +* 2", 1, 11, "invalid syntax: a name, a number or an operation is missing here"),
    ("loss = 2x", 1, None, r"write products with \*, as in 2\*x"),
    ("loss = (x + 2", 1, 8, r"'\(' was never closed"),
    ("loss = x + 2)", 1, 13, r"unmatched '\)'"),
    ("a = x\n  b = 2", 2, None, "indent"),
    ("loss = sni(x)", 1, 8, "no operation 'sni'; did you mean \"sin\""),
    ("u = x\nloss = uu + y", 2, 8, "'uu' is not defined"),
    ("loss = v\nv = x", 1, 8, "'v' is used before"),
    ("u = x + 1\nu = x + 2", 2, None, "'u' is already defined"),
    ("loss = x ^ 2", 1, 8, r"powers with \*\*"),
    ("loss = x²", 1, None, r"powers with \*\*"),
    ("loss = exp(x, x, x)", 1, 8, "exp takes 1 inputs"),
    ("loss = add(x)", 1, 8, r"add takes 2 inputs \(a, b\), not 1"),
    ("loss = sum(x, axes=1)", 1, 8, "sum has no attribute 'axes'"),
    ("loss = sum(x, axis=x)", 1, 20, "an attribute must be"),
    ("loss = x >= 2", 1, 8, "compare two values with < or >"),
    ("loss = __import__('os')", 1, 8, "no operation '__import__'"),
    ("loss = x.__class__", 1, 8, ".__class__ is not part"),
    ("loss = (lambda: 1)()", 1, 8, "only operations can be called"),
    ("loss = [x for x in y]", 1, 8, "a comprehension is not part"),
    ("import os", 1, 1, "every line must read"),
    ("x + 1", 1, 1, "every line must read"),
    ("loss = 'text'", 1, 8, "'text' is not a number"),
    ("loss = [[1, 2], [3]]", 1, 8, "rows of equal length"),
    ("loss = [1, None]", 1, 8, "a list must hold numbers only"),
    ("w = parameter(None)", 1, 5, "parameter takes a number"),
    ("d = data(dataset=3)", 1, 5, "given by its name, not by 3"),
    ("loss = x*e\ne = x", 1, 10, "'e' is used before the line that defines it"),
    ("loss = max(x, x*2)", 1, 8, r"max takes 1 inputs, not 2; of two values take maximum\(a, b\)"),
    ("loss = max(x, 0)", None, None, r"axis 0 does not exist in shape scalar; of two values take maximum"),
    ("loss = x * None", None, None, "its input 'b' is not connected"),
    ("", 1, 1, "the formula is empty"),
    ("αβ = x\nloss = αβ + ββ", 2, 13, "'ββ' is not defined"),
]


@pytest.mark.parametrize(
    ("text", "line", "column", "message"), ERRORS, ids=[repr(case[0]) for case in ERRORS]
)
def test_errors_say_where_and_what(text, line, column, message):
    with pytest.raises((FormulaError, GraphError), match=message) as failure:
        engine.parse(text, parameters={"x": 1.0})
    if line is not None:
        assert failure.value.line == line
    if column is not None:
        assert failure.value.column == column


def test_columns_count_the_indentation_of_the_text():
    with pytest.raises(FormulaError) as failure:
        engine.parse("\n    a = x\n    b = a + zz\n", parameters={"x": 1.0})
    assert (failure.value.line, failure.value.column) == (3, 13)


def test_deep_nesting_is_refused_with_a_sentence():
    with pytest.raises(FormulaError, match="nested too deeply|too many nested"):
        engine.parse("loss = " + "(" * 5000 + "x" + ")" * 5000, parameters={"x": 1.0})
    with pytest.raises(FormulaError, match="nested too deeply"):
        engine.parse("loss = " + " + ".join(["x"] * 20_000), parameters={"x": 1.0})


def test_shapes_that_do_not_fit_name_the_node():
    with pytest.raises(GraphError, match=r"p: shapes \(2,\) and \(3,\)") as failure:
        engine.parse("p = a + b\nloss = sum(p)", parameters={"a": [1.0, 2.0], "b": [1.0, 2.0, 3.0]})
    assert failure.value.node == "p"


@pytest.mark.parametrize("record", RECORDS, ids=[record["name"] for record in RECORDS])
def test_graph_to_text_to_graph_is_the_same_graph(record):
    graph = graph_of(record)
    assert engine.parse(to_text(graph)) == graph


@given(st.integers(0, 10**6), st.integers(1, 30))
@settings(max_examples=40, deadline=None)
def test_random_graphs_survive_the_way_through_text(seed, size):
    graph = random_graph(seed, size, shape=(2,))
    assert engine.parse(to_text(graph)) == graph


def test_a_graph_under_construction_can_be_written():
    graph = Graph(
        [
            Node("x", "parameter", value=np.array(1.0)),
            Node("y", "add", ("x", None)),
            Node("z", "exp", ("x",)),
        ],
        "y",
    )
    assert to_text(graph) == "x = parameter(1.0)\ny = add(x, None)\nz = exp(x)\ny\n"


def test_an_index_may_cut_slices():
    graph = engine.parse("y = index(x, index=[[1, 3]])", parameters={"x": [5.0, 6.0, 7.0, 8.0]})
    np.testing.assert_array_equal(graph.trace(seed=1.0).values["y"], [6.0, 7.0])
    assert engine.parse(to_text(graph)) == graph
    with pytest.raises(FormulaError, match="an integer or a pair"):
        engine.parse("y = index(x, index=[[1, 2, 3]])", parameters={"x": [5.0, 6.0, 7.0, 8.0]})


def test_a_cycle_cannot_be_written():
    graph = Graph([Node("a", "exp", ("b",)), Node("b", "exp", ("a",))], "a")
    with pytest.raises(GraphError, match="cycle"):
        to_text(graph)


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_no_text_does_anything_but_parse_or_fail_with_a_sentence(text):
    try:
        engine.parse(text, parameters={"x": 1.0})
    except (FormulaError, GraphError) as error:
        assert str(error)


def test_unnamed_nodes_are_numbered_in_order_past_names_that_are_taken():
    graph = engine.parse("c2 = x**2 + 3\nc4 = 5*x**2 + 7\nloss = c2*c4 + 2**x", parameters={"x": 1.0})
    constants = {id: float(node.array) for id, node in graph.nodes.items() if node.op == "constant"}
    assert constants == {"c1": 3.0, "c3": 5.0, "c5": 7.0, "c6": 2.0}


def test_reading_takes_time_in_proportion_to_the_length():
    def seconds(lines: int) -> float:
        text = "\n".join(["a0 = x", *(f"a{i} = a{i - 1} + sin(x)*{i}" for i in range(1, lines))])
        begin = time.process_time()
        engine.parse(text, parameters={"x": 1.0})
        return time.process_time() - begin

    assert min(seconds(2400) for _ in range(3)) < 20 * min(seconds(300) for _ in range(3))
