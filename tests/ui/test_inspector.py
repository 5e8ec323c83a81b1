"""What the inspector says about a node, with numbers from paper."""

from __future__ import annotations

import re

import numpy as np
import pytest

from gdstudio import engine
from gdstudio.document.model import Document
from gdstudio.engine import typeset
from gdstudio.ui import theme as themes
from gdstudio.ui.inspector import formulas
from gdstudio.ui.inspector.text import MOST_ON_THE_WAY, MOST_PATHS, NodeText, local_text, slope_line
from tests.ui.helpers import find


def plain(html: str) -> str:
    return re.sub(r"<[^>]*>", " ", html.replace("<br>", "\n")).replace("&nbsp;", " ")


def words(html: str) -> str:
    return " ".join(plain(html).split())


def about(document: Document, id: str) -> NodeText:
    return NodeText(document.graph, document.graph.trace(partial=True), id, themes.DARK)


def test_a_value_shows_the_numbers_that_it_is_made_of(chain):
    assert words(about(chain, "x2").value()) == "6 + 1 = 7"
    assert words(about(chain, "loss").value()) == "abs( −3 ) = 3"


def test_a_gradient_is_the_chain_rule_with_numbers(chain):
    # d loss/d difference = sign(-3) = -1, d difference/d x2 = -1.
    assert words(about(chain, "x2").gradient()) == "∂loss/∂x2 = ( −1 ) · (−1) = 1"
    assert words(about(chain, "w").gradient()) == "∂loss/∂w = 1 · 2 = 2"


def test_words_say_which_way_the_loss_goes(chain):
    assert words(about(chain, "w").sentence()) == "When w grows a little, loss grows 2 times as much."
    falls = words(about(chain, "y_true").sentence())
    assert falls == "When y_true grows a little, loss falls 1 times as much."
    assert about(chain, "loss").sentence() == ""


def test_the_paths_product_is_the_gradient(chain):
    assert words(about(chain, "w").paths()) == "w → x1 → x2 → difference → loss 2 · 1 · (−1) · (−1) = 2"


def test_several_paths_are_added_up():
    # x*x at 3: two paths with 3 each, together 6.
    graph = engine.parse("loss = x * x", parameters={"x": 3.0})
    text = words(about(Document(graph=graph), "x").paths())
    assert text.endswith("Together: 3 + 3 = 6")


def test_too_many_paths_are_counted_not_listed():
    lines = "\n".join(f"y{i + 1} = y{i} + y{i}" for i in range(5))
    graph = engine.parse(f"y0 = x + 0\n{lines}\nloss = y5", parameters={"x": 1.0})
    text = words(about(Document(graph=graph), "x").paths())
    assert "32 paths" in text and str(MOST_PATHS) in text


def test_a_path_over_hundreds_of_nodes_is_measured_not_listed():
    def chain_of(nodes: int) -> str:
        lines = "\n".join(f"y{i + 1} = sin(y{i})" for i in range(nodes - 2))
        graph = engine.parse(f"y0 = sin(x)\n{lines}\nloss = y{nodes - 2} + 0", parameters={"x": 1.0})
        return words(about(Document(graph=graph), "x").paths())

    # x, so many y and the loss.
    assert chain_of(MOST_ON_THE_WAY - 1).startswith("x → y0 → y1")
    text = chain_of(MOST_ON_THE_WAY)
    assert text.startswith(f"{MOST_ON_THE_WAY + 1} nodes lie on the way") and "→" not in text


def test_local_derivatives_belong_to_each_input(chain):
    assert plain(about(chain, "x1").locals()).splitlines() == ["∂x1/∂x = 3", "∂x1/∂w = 2"]


def test_a_broken_node_says_why_and_shows_no_numbers(chain):
    broken = chain.replace(graph=chain.graph.connected("x2", 1, None))
    text = about(broken, "x2")
    assert "not connected" in text.problem()
    assert text.value() == text.gradient() == text.paths() == ""


def test_a_node_beside_the_output_has_no_chain_rule(chain):
    graph = chain.graph.with_output("x1")
    assert about(chain.replace(graph=graph), "x2").paths() == ""
    assert formulas.backward(graph, "x2") is None


@pytest.mark.parametrize(
    ("local", "target", "source", "text"),
    [
        (np.array(3.0), (), (), "3"),
        (np.eye(3), (3,), (3,), "1"),
        (np.diag([2.0, 4.0, 6.0]), (3,), (3,), "diag [2, 4, 6]"),
        (np.array([1.0, 2.0]), (), (2,), "[1, 2]"),
    ],
)
def test_local_derivatives_of_tensors_are_told_briefly(local, target, source, text):
    assert local_text(local, target, source) == text


def test_a_parameter_fits_on_a_line(chain):
    trace = chain.graph.trace()
    assert words(slope_line(chain.graph, trace, "w", themes.DARK)) == "w = 3 ∂loss/∂w = 2"


def test_the_formula_of_an_operation_and_its_chain_rule(chain):
    assert typeset.node_latex(chain.graph, "x2") == "x_{2} = x_{1} + b"
    assert typeset.node_latex(chain.graph, "w") is None
    assert formulas.backward(chain.graph, "x1") == (
        r"\frac{\partial \mathrm{loss}}{\partial x_{1}} = "
        r"\frac{\partial \mathrm{loss}}{\partial x_{2}} \cdot \frac{\partial x_{2}}{\partial x_{1}}"
    )


def test_what_feeds_the_loss_alone_has_no_chain(chain):
    # Its gradient is its local derivative: ∂loss/∂difference alone would be no equation.
    assert formulas.backward(chain.graph, "difference") is None


def test_formulas_are_typeset_off_the_gui_thread(open_window, chain, qtbot):
    window = open_window(chain)
    inspector = find(window, "inspector")
    window.session.select_node("x2")
    qtbot.waitUntil(lambda: inspector.toHtml().count("<img") == 2, timeout=20_000)


def test_the_inspector_follows_a_value(open_window, chain, qtbot):
    from gdstudio.ui import commands

    window = open_window(chain)
    window.session.select_node("w")
    with qtbot.waitSignal(window.session.settled):
        window.session.edit("edit", commands.set_value(chain, "x", 5.0))
    assert "∂loss/∂w = 1 · 5 = 5" in find(window, "inspector").toPlainText()


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("\n".join(f"x{i} = abs(x{i - 1})" for i in range(1, 400)), range(1)),
        ("y = " + "abs(" * 30 + "x0" + ")" * 30, range(1, 17)),
    ],
    ids=["lines", "nested"],
)
def test_a_deep_graph_asks_for_no_formula_that_takes_minutes(open_window, qtbot, formula, shown):
    """The typesetter's time doubles with each level of nesting, and nobody reads 399 lines."""
    window = open_window(Document(graph=engine.parse(formula, parameters={"x0": 3.0})))
    qtbot.waitUntil(lambda: window.inspector.typesetter.is_idle, timeout=30_000)
    assert window.inspector.toHtml().count("<img") in shown
