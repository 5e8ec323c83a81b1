"""The parts without widgets: numbers as text, layout, edits, faces."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PySide6.QtCore import QPointF, QRectF

from gdstudio.document.model import Document
from gdstudio.engine import FormulaError, Graph, Node, parse
from gdstudio.ui.graph import clipboard, edits, geometry, layering, numbers
from gdstudio.ui.graph.faces import FaceMaker, slot_names
from gdstudio.ui.graph.layout import layered
from gdstudio.ui.graph.room import free_shift
from gdstudio.ui.graph.routing import wire_path


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (6.0, "6"),
        (0.0, "0"),
        (-3.0, "−3"),
        (2 / 3, "0.6667"),
        (123.456, "123.5"),
        (1e-12, "1e−12"),
        (-1.25e-5, "−1.25e−5"),
        (123456789.0, "1.23e8"),
        (float("nan"), "NaN"),
        (float("inf"), "∞"),
        (-float("inf"), "−∞"),
    ],
)
def test_short_numbers(number, text):
    assert numbers.short(number) == text


@pytest.mark.parametrize(
    ("number", "shortest"),
    [(-3.3e-16, "−3e−16"), (9.6e-5, "1e−4"), (2.5e7, "2e7"), (0.0123, "0.012"), (31.4159, "31")],
)
def test_where_room_is_short_a_number_keeps_its_exponent_and_one_digit(number, shortest):
    texts = numbers.summaries(np.array(number))
    assert texts[-1] == shortest
    assert len(texts[0]) >= len(texts[-1])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2.5", 2.5),
        ("−1e-3", -0.001),
        ("1/4", 0.25),
        ("2*pi", 2 * np.pi),
        ("[1, 2, 3]", [1.0, 2.0, 3.0]),
        ("1 2 3", [1.0, 2.0, 3.0]),
        ("1, 2", [1.0, 2.0]),
        ("[[1, 2], [3, 4]]", [[1.0, 2.0], [3.0, 4.0]]),
        ("inf", np.inf),
    ],
)
def test_typed_values(text, value):
    assert np.array_equal(numbers.parse_value(text), np.array(value))


@pytest.mark.parametrize(
    "text",
    ["", "   ", "abc", "[1, [2, 3]]", "__import__('os')", "[]", "1/0", "True", "9**9**9", "(" * 500, "x.y"],
)
def test_text_that_is_no_value_is_one_sentence(text):
    with pytest.raises(ValueError) as caught:
        numbers.parse_value(text)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


@given(
    arrays(
        np.float64, st.sampled_from([(), (1,), (3,), (2, 2), (2, 1, 3)]), elements=st.floats(allow_nan=False)
    )
)
def test_full_text_is_read_back_exactly(array):
    assert np.array_equal(numbers.parse_value(numbers.full_text(array)), array)


def _rectangles(places, heights):
    return [(x, y, x + geometry.NODE_WIDTH, y + heights[id]) for id, (x, y) in places.items()]


@given(st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=40), st.integers(1, 15))
def test_a_layout_covers_nothing_and_lies_on_the_grid(pairs, count):
    names = [f"n{i}" for i in range(15)]
    wires = [(names[min(p)], names[max(p)], slot) for slot, p in enumerate(pairs) if p[0] != p[1]]
    heights = {name: 80.0 + 16 * (i % 3) for i, name in enumerate(names)}
    places = layered(wires, heights)
    assert set(places) == set(names)
    boxes = _rectangles(places, heights)
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
    assert all(x % 8 == 0 and y % geometry.GRID == 0 for x, y in places.values())


def test_the_flag_of_the_output_has_room_below_the_node_above():
    wires = [("x", "a", 0), ("x", "b", 0), ("x", "c", 0)]
    heights = dict.fromkeys("xabc", 80.0)

    def gaps(flagged):
        tops = sorted(y for id, (_, y) in layered(wires, heights, flagged=flagged).items() if id != "x")
        return [below - above - 80 for above, below in zip(tops, tops[1:], strict=False)]

    column = sorted("abc", key=lambda id: layered(wires, heights)[id][1])
    assert gaps(()) == [16, 16]
    assert gaps(column[1]) == [32, 16]
    assert gaps(column[0]) == [16, 16]


def test_a_layout_is_the_same_every_time_and_runs_to_the_right():
    graph = parse(
        "x1 = x * w\nx2 = x1 + b\nloss = x2**2", parameters={"w": 1.0, "b": 1.0}, constants={"x": 1.0}
    )
    wires = [(s, n.id, i) for n in graph.nodes.values() for i, s in enumerate(n.inputs)]
    heights = dict.fromkeys(graph.nodes, 80.0)
    places = layered(wires, heights, (2000, 1000))
    assert places == layered(wires, heights, (2000, 1000))
    assert all(places[source][0] < places[target][0] for source, target, _ in wires)


def test_nodes_of_thousands_of_inputs_are_laid_out_without_looking_at_every_pair_of_wires():
    """Two nodes of 4,000 inputs have 16 million pairs, and are compared again and again."""
    wires = [("ab"[(slot + k) % 2], f"c{k}", slot) for k in range(4) for slot in range(4_000)]
    places = layered(wires, dict.fromkeys(["a", "b", "c0", "c1", "c2", "c3"], 80.0), (2000, 1000))
    assert {places["a"][0], places["b"][0]} == {0.0}
    assert len({places[f"c{k}"] for k in range(4)}) == 4


def test_a_wide_graph_is_folded_to_fit_a_narrow_view():
    names = [f"n{i}" for i in range(12)]
    wires = [(a, b, 0) for a, b in zip(names, names[1:], strict=False)]
    places = layered(wires, dict.fromkeys(names, 80.0), (640, 600))
    assert max(x for x, _ in places.values()) + geometry.NODE_WIDTH <= 640


def test_a_layout_of_a_thousand_nodes_covers_nothing_and_is_folded_to_the_shape_of_the_view():
    names = [f"n{i}" for i in range(1000)]
    # Groups of five feed a chain, and the first node feeds them all.
    wires = [("n0", names[i], 1) for i in range(1, 1000, 5)]
    wires += [(names[i + k], names[i + k + 1], 0) for i in range(0, 995, 5) for k in range(4)]
    wires += [(names[i + 4], names[i + 9], 2) for i in range(0, 990, 5)]
    heights = dict.fromkeys(names, 80.0)
    places = layered(wires, heights, (1600, 1000))
    boxes = np.array(_rectangles(places, heights))
    order = boxes[np.lexsort((boxes[:, 1], boxes[:, 0]))]
    same = order[1:, 0] == order[:-1, 0]
    assert np.all(order[1:, 1][same] >= order[:-1, 3][same])
    assert np.all(np.diff(np.unique(boxes[:, 0])) >= geometry.NODE_WIDTH)
    width, height = boxes[:, 2].max() - boxes[:, 0].min(), boxes[:, 3].max() - boxes[:, 1].min()
    assert 0.8 < width / height < 3.2


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=60))
def test_columns_lead_to_the_right_and_rows_lie_apart(pairs):
    edges = sorted({(min(p), max(p)) for p in pairs if p[0] != p[1]} or {(0, 1)})
    for part in layering.parts(edges):
        own = [edge for edge in edges if edge[0] in part]
        ranks = layering.ranked(own)
        columns, heights = layering.layered_columns(own, ranks)
        assert sorted(node for column in columns for node in column) == part
        of = {node: i for i, column in enumerate(columns) for node in column}
        assert all(of[a] < of[b] for a, b in own)
        for column in columns:
            rows = [heights[node] for node in column]
            assert all(b - a >= 1 - 1e-9 for a, b in pairwise(rows))


def test_a_node_stands_beside_the_first_one_that_it_feeds():
    # 0 feeds 1 → 2 → 3, and 4 feeds 3 alone.
    assert layering.ranked([(0, 1), (1, 2), (2, 3), (4, 3)]) == {0: 0, 1: 1, 2: 2, 3: 3, 4: 2}


def test_things_move_the_shortest_way_to_where_they_cover_nothing():
    body = [QRectF(0, 0, 120, 80)]
    assert free_shift(body, []) == (0, 0)
    assert free_shift(body, [QRectF(300, 0, 120, 80)]) == (0, 0)
    # 30 units over the left edge of something, 34 with the room that is kept: three steps of 16 to the left.
    assert free_shift(body, [QRectF(90, -500, 120, 1000)]) == (-48, 0)
    # Walls on both sides and below: only up is out.
    walls = [QRectF(-130, -900, 120, 1800), QRectF(130, -900, 120, 1800), QRectF(-10, 50, 140, 40)]
    assert free_shift(body, walls) == (0, -48)
    # Everything near is taken: below all of it, on the grid.
    assert free_shift(body, [QRectF(-5000, -5000, 10000, 10000)]) == (0, 5008)


@given(
    st.lists(st.tuples(st.integers(-30, 30), st.integers(-20, 20)), min_size=1, max_size=12),
    st.integers(1, 6),
)
def test_nothing_is_covered_where_things_move_to(corners, count):
    bodies = [QRectF(130 * i, 16 * i, 120, 80) for i in range(count)]
    taken = [QRectF(16 * x, 16 * y, 120, 96) for x, y in corners]
    shift = QPointF(*free_shift(bodies, taken))
    assert not any(body.translated(shift).intersects(other) for body in bodies for other in taken)


def _points(path):
    return [path.pointAtPercent(i / 200) for i in range(201)]


def test_a_wire_goes_round_the_node_between_its_ends():
    body = np.array([[200.0, 0.0, 320.0, 80.0]])
    straight = wire_path(QPointF(100, 40), QPointF(420, 40))
    assert {round(p.y(), 6) for p in _points(straight)} == {40.0}
    around = wire_path(QPointF(100, 40), QPointF(420, 40), body)
    assert not any(200 < p.x() < 320 and 0 < p.y() < 80 for p in _points(around))
    assert (around.elementAt(0).x, around.elementAt(0).y) == (100, 40)
    assert (around.currentPosition().x(), around.currentPosition().y()) == (420, 40)


def test_a_wire_that_returns_runs_between_the_rows():
    bodies = np.array([[0.0, 0.0, 120.0, 80.0], [160.0, 0.0, 280.0, 80.0], [0.0, 128.0, 120.0, 208.0]])
    path = wire_path(QPointF(280, 40), QPointF(0, 168), bodies)
    inside = [
        (p.x(), p.y())
        for p in _points(path)
        for left, top, right, bottom in bodies
        if left < p.x() < right and top < p.y() < bottom
    ]
    assert inside == []


def _document(text: str, **leaves: float) -> Document:
    return Document(graph=parse(text, parameters=leaves))


def test_fitting_ports_agree_with_the_refusals_of_the_graph():
    graph = parse(
        "m = A @ v\nn = m + u\ns = sum(n)\nloss = s * k",
        parameters={
            "A": [[1.0, 2.0], [3.0, 4.0]],
            "v": [1.0, 1.0],
            "u": [1.0, 2.0],
            "k": 2.0,
            "t": [1.0, 2.0, 3.0],
        },
    )
    document = Document(graph=graph)
    slots = {id: len(slot_names(node)) for id, node in graph.nodes.items()}
    for id in graph.nodes:
        fits = edits.fitting(document, (id, -1), slots)
        for target, count in slots.items():
            expected = {s for s in range(count) if edits.refusal(document, id, target, s) is None}
            assert fits[target] == expected, (id, target)


def test_operations_on_any_number_of_inputs_have_one_port_to_spare():
    graph = Graph([Node("c", "concatenate", ("a", "b")), Node("a", "constant"), Node("b", "constant")])
    assert slot_names(graph.nodes["c"]) == ("values[0]", "values[1]", "values[2]")
    cut = edits.disconnected(Document(graph=graph), [("c", 0)])
    assert cut.graph.nodes["c"].inputs == ("b",)


def test_a_pasted_formula_reads_the_nodes_that_are_there():
    document = _document("y = w * w", w=3.0)
    changed, added = edits.with_formula(document, "y = w + 1\nz = y * q")
    nodes = changed.graph.nodes
    assert "y" not in added and document.graph.nodes["y"] == nodes["y"]
    z = nodes["z"]
    assert nodes[z.inputs[0]].op == "add"
    assert nodes["q"].op == "parameter" and float(nodes["q"].value) == 1.0
    assert changed.graph.output == "y"


def test_an_expression_without_a_name_becomes_the_loss_or_a_node_with_a_free_name():
    document = Document(graph=Graph([Node("w", "parameter", value=np.zeros(()))]))
    document, added = edits.with_formula(document, "(w − 3)**2 + 2·v**2")
    assert document.graph.output == "loss" and document.graph.nodes["v"].op == "parameter"
    document, added = edits.with_formula(document, " abs(w - v)")
    assert document.graph.nodes["y1"].op == "abs" and "y1" in added
    assert document.graph.output == "loss"
    with pytest.raises(FormulaError) as caught:
        edits.with_formula(document, "w + foo(v)")
    assert (caught.value.line, caught.value.column) == (1, 5)
    assert str(caught.value).startswith("line 1, column 5: ")


def test_copied_nodes_come_back_with_their_values_and_attributes():
    graph = parse("m = mean(W, axis=0)\nloss = sum(m)", parameters={"W": [[1.0, 2.0], [3.0, 5.0]]})
    data, formula = clipboard.copied(Document(graph=graph), ["W", "m"], [], {})
    assert formula.splitlines() == ["W = parameter([[1.0, 2.0], [3.0, 5.0]])", "m = mean(W, axis=0)"]
    pasted, ids, _ = clipboard.pasted(Document(), clipboard.read(data))
    copy = pasted.graph.nodes[ids[1]]
    assert (copy.op, dict(copy.attrs), copy.inputs) == ("mean", {"axis": 0}, (ids[0],))
    assert pasted.graph.nodes[ids[0]].value.tolist() == [[1.0, 2.0], [3.0, 5.0]]


def test_faces_mark_numbers_that_are_not_finite():
    graph = parse("q = log(w)\nloss = q * 2", parameters={"w": 0.0})
    face = FaceMaker(graph, graph.trace(partial=True)).face("q")
    assert face.values == ("−∞",)
    assert face.finite[0] is False


def test_the_tooltip_has_the_numbers_as_a_table():
    graph = parse("loss = sum(W)", parameters={"W": [[1.0, 2.5], [3.0, 4.0]]})
    text = FaceMaker(graph, graph.trace()).tooltip("W")
    assert "<table>" in text and "2.5" in text and "2×2" in text
