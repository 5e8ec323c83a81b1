"""Graphs as values: edits, shapes, problems, refusals."""

from __future__ import annotations

import numpy as np
import pytest

from gdstudio import engine
from gdstudio.engine import Graph, GraphError, Node


def small() -> Graph:
    return engine.parse("p = a * b\nloss = sum(p)", parameters={"a": [1.0, 2.0, 3.0], "b": 2.0})


def test_edits_leave_the_original_as_it_was():
    graph = small()
    changed = graph.renamed("a", "weights").with_value("b", 5.0).without("p")
    assert list(graph.nodes) == ["a", "b", "p", "loss"]
    assert graph.nodes["p"].inputs == ("a", "b")
    assert changed.nodes["loss"].inputs == (None,)
    assert float(graph.nodes["b"].value) == 2.0
    with pytest.raises(ValueError, match="read-only"):
        changed.nodes["b"].value[...] = 3


def test_equal_graphs_are_equal_whatever_the_order_of_their_nodes():
    graph = small()
    shuffled = Graph(list(graph.nodes.values())[::-1], "loss")
    assert shuffled.parameters != graph.parameters and shuffled != graph
    same = Graph([graph.nodes[id] for id in ("loss", "p", "a", "b")], "loss")
    assert same == graph
    assert graph.with_value("b", 2.5) != graph


def test_removing_the_output_leaves_none():
    assert small().without("loss").output is None


@pytest.mark.parametrize(
    ("nodes", "sentence"),
    [
        ([Node("y", "add", ("x",))], "its input 'b' is not connected"),
        ([Node("y", "add", ("x", "z"))], "its input 'b' is wired to 'z', which does not exist"),
        ([Node("y", "adds", ("x", "x"))], "there is no operation 'adds'; did you mean"),
        ([Node("y", "exp", ("x", "x"))], r"exp takes 1 inputs \(x\), not 2"),
        ([Node("y", "sum", ("x",), {"axis": 3})], "axis 3 does not exist in shape"),
        ([Node("y", "sum", ("x",), {"axes": 0})], "sum has no attribute 'axes'.*did you mean"),
        ([Node("y", "sum", ("x",), {"axis": "rows"})], "axis is 'rows', but must be an integer"),
        ([Node("y", "parameter")], "it is a parameter without a value"),
        (
            [Node("v", "constant", value=np.ones(3)), Node("y", "add", ("x", "v"))],
            r"\(2,\) and \(3,\) do not fit",
        ),
        ([Node("y", "exp", ("z",)), Node("z", "exp", ("y",))], "cycle"),
    ],
)
def test_problems_say_what_is_wrong(nodes, sentence):
    graph = Graph([Node("x", "parameter", value=np.array([1.0, 2.0])), *nodes], "y")
    assert pytest.raises(GraphError, graph.check).match(sentence)
    assert "x" not in graph.problems


def test_ids_are_unique_and_the_output_exists():
    node = Node("x", "parameter", value=np.array(1.0))
    with pytest.raises(GraphError, match="two nodes are called 'x'"):
        Graph([node, node])
    with pytest.raises(GraphError, match="the output 'y' is no node"):
        Graph([node], "y")


def test_a_wire_that_closes_a_cycle_is_refused():
    graph = engine.parse("u = exp(x)\nv = sin(u)\nloss = u + v", parameters={"x": 1.0})
    assert graph.refusal("v", "u", 0) == "u already feeds v; this wire would close a cycle"
    assert graph.refusal("u", "u", 0) == "u already feeds u; this wire would close a cycle"
    assert graph.refusal("x", "v", 0) is None


def test_a_wire_whose_shapes_do_not_fit_is_refused_with_both_shapes():
    graph = Graph(
        [
            Node("a", "parameter", value=np.ones((2, 3))),
            Node("b", "parameter", value=np.ones((4, 3))),
            Node("p", "matmul", ("a", None)),
            Node("s", "add", ("a", None)),
        ]
    )
    assert graph.refusal("b", "p", 1) == "(2, 3) @ (4, 3): the last axis of the first, 3, must equal 4"
    assert "(2, 3) and (4, 3)" in graph.refusal("b", "s", 1)
    assert graph.refusal("a", "s", 1) is None


def test_a_wire_that_breaks_a_later_node_is_refused_there():
    graph = engine.parse(
        "u = exp(x)\nv = u + w", parameters={"x": 1.0, "w": [1.0, 2.0]}, constants={"z": [1.0, 2.0, 3.0]}
    )
    assert graph.refusal("z", "u", 0).startswith("v: shapes (3,) and (2,)")


def test_connecting_an_operation_of_any_number_of_inputs_grows_and_closes_up():
    graph = Graph(
        [Node(id, "parameter", value=np.ones(2)) for id in "abc"] + [Node("y", "concatenate", ("a", "b"))],
        "y",
    )
    grown = graph.connected("y", 2, "c")
    assert grown.nodes["y"].inputs == ("a", "b", "c")
    assert grown.connected("y", 1, None).nodes["y"].inputs == ("a", "c")


def test_upstream_and_downstream():
    graph = engine.parse(
        "u = x * y\nv = sin(u)\nw = cos(z)\nloss = v + w", parameters={"x": 1.0, "y": 2.0, "z": 3.0}
    )
    assert graph.upstream("v") == {"v", "u", "x", "y"}
    assert graph.downstream("u") == {"u", "v", "loss"}
    assert graph.consumers["u"] == (("v", 0),)
    assert graph.fresh_id("u") == "u1"


def test_only_leaves_hold_values():
    with pytest.raises(GraphError, match="p is computed by multiply"):
        small().with_value("p", 1.0)
    with pytest.raises(GraphError, match="rows of equal length"):
        small().with_value("a", [[1.0], [1.0, 2.0]])
    with pytest.raises(GraphError, match="no node 'los'; did you mean \"loss\""):
        small().with_output("los")
