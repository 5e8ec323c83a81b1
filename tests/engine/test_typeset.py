"""LaTeX of formulas: what is written, where brackets stand, and that a typesetter takes it."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdstudio.engine import (
    FormulaError,
    Graph,
    Node,
    functions,
    latex_pieces,
    operations,
    optimizers,
    parse,
    typeset,
)
from gdstudio.engine.syntax import statements


@pytest.mark.parametrize(
    ("name", "latex"),
    [
        ("w", "w"),
        ("x1", "x_{1}"),
        ("x₁", "x_{1}"),
        ("beta1", r"\beta_{1}"),
        ("β₁", r"\beta_{1}"),
        ("y_true", r"y_{\mathrm{true}}"),
        ("m_hat", r"\hat{m}"),
        ("v0_hat", r"\hat{v}_{0}"),
        ("W_1_true", r"W_{1,\mathrm{true}}"),
        ("rho_max", r"\rho_{\mathrm{max}}"),
        ("loss", r"\mathrm{loss}"),
        ("x_1_2", "x_{1,2}"),
        ("my node", r"\mathrm{my\ node}"),
        ("50%", r"\mathrm{50\%}"),
    ],
)
def test_names_get_indices_hats_and_greek_letters(name: str, latex: str) -> None:
    assert latex_pieces.symbol(name) == latex


def test_rules_write_the_learning_rate_as_eta() -> None:
    assert typeset.latex_of("x = x - learning_rate*g") == [r"x = x - \eta \, g"]
    assert latex_pieces.symbol("learning_rate") == r"\mathrm{learning}_{\mathrm{rate}}"


@pytest.mark.parametrize(
    ("value", "latex"),
    [
        (1e-8, "10^{-8}"),
        (2.5e-7, r"2.5 \times 10^{-7}"),
        (0.001, "0.001"),
        (0.0001, "10^{-4}"),
        (100, "100"),
        (1e6, "10^{6}"),
        (1234567, "1234567"),
        (-0.5, "{-0.5}"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.30000000000000004"),
        (5e-324, r"5 \times 10^{-324}"),
        (math.pi, r"\pi"),
        (math.inf, r"\infty"),
        (-math.inf, r"{-\infty}"),
        (math.nan, r"\mathrm{NaN}"),
    ],
)
def test_numbers_are_written_without_zeros_to_count(value: float, latex: str) -> None:
    assert latex_pieces.number(value) == latex


def test_numbers_are_rounded_to_the_digits_asked_for() -> None:
    assert latex_pieces.number(1 / 3, digits=4) == "0.3333"
    assert latex_pieces.number(123456789.0, digits=3) == r"1.23 \times 10^{8}"


@pytest.mark.parametrize(
    ("expression", "latex"),
    [
        ("(1 - x)**2 + 100*(y - x**2)**2", r"\left(1 - x\right)^{2} + 100 \left(y - x^{2}\right)^{2}"),
        ("-x**2", "{-x^{2}}"),
        ("(-x)**2", r"\left({-x}\right)^{2}"),
        ("a - (b - c)", r"a - \left(b - c\right)"),
        ("a + (b + c)", "a + b + c"),
        ("a + -b", r"a + \left({-b}\right)"),
        ("-2*x", "{-2 x}"),
        ("2*3", r"2 \cdot 3"),
        ("2*pi*x", r"2 \pi \, x"),
        ("x*(1 - y)", r"x \cdot \left(1 - y\right)"),
        ("(a + b)/2", r"\frac{a + b}{2}"),
        ("(a/b)**2", r"\left(\frac{a}{b}\right)^{2}"),
        ("(a**b)**c", r"\left(a^{b}\right)^{c}"),
        ("beta1**t", r"\beta_{1}^{t}"),
        ("sin(x)*cos(2*x)", r"\sin x \cdot \cos \left(2 x\right)"),
        ("sin(x*y)**3", r"\sin^{3} \left(x \, y\right)"),
        ("exp(-x)", "e^{{-x}}"),
        ("sqrt(x)*abs(y)", r"\sqrt{x} \, \left|y\right|"),
        ("sum(x*y)*z", r"\left(\sum x \, y\right) \, z"),
        ("log1p(-x)", r"\ln\left(1 + \left({-x}\right)\right)"),
        ("where(x > 0, a, b)", r"\begin{cases}a & \text{if } x > 0\\ b & \text{else}\end{cases}"),
        ("where(x, a, b)", r"\begin{cases}a & \text{if } x \neq 0\\ b & \text{else}\end{cases}"),
        ("(a < b)*c", r"[a < b] \, c"),
        ("W @ x", r"W \, x"),
        ("W.T @ (x + y)", r"{W}^{T} \, \left(x + y\right)"),
        ("W[0, 1]", "W_{0, 1}"),
        ("x1[0]", "x_{1}[0]"),
        ("sum(x, axis=0)", r"\sum_{\mathrm{axis}=0} x"),
        ("huber(p, t, delta=2)", r"\operatorname{huber}\left(p, t;\, \delta=2\right)"),
        ("huber(p, t, delta=1)", r"\operatorname{huber}\left(p, t\right)"),
        ("concatenate([a, b, c])", r"\operatorname{concatenate}\left(a, b, c\right)"),
        ("[[1, 2], [3, 4e-9]]", r"\begin{pmatrix}1 & 2\\ 3 & 4 \times 10^{-9}\end{pmatrix}"),
    ],
)
def test_expressions_read_as_they_were_written(expression: str, latex: str) -> None:
    assert typeset.latex_of(f"y = {expression}") == [f"y = {latex}"]


def test_large_matrices_show_their_corners() -> None:
    latex = typeset.value_latex(np.arange(64.0).reshape(8, 8))
    rows = latex.removeprefix(r"\begin{pmatrix}").removesuffix(r"\end{pmatrix}").split(r"\\ ")
    assert len(rows) == 6
    assert rows[0] == r"0 & 1 & 2 & 3 & \cdots & 7"
    assert rows[4] == r"\vdots & \vdots & \vdots & \vdots & \ddots & \vdots"
    assert rows[5] == r"56 & 57 & 58 & 59 & \cdots & 63"
    assert typeset.value_latex(np.zeros((2, 3, 4))) == r"\mathrm{tensor}_{2 \times 3 \times 4}"


def test_rosenbrock_is_one_line() -> None:
    graph = parse("loss = (1 - x)**2 + 100*(y - x**2)**2", parameters={"x": 0.0, "y": 0.0})
    assert typeset.graph_lines(graph) == [
        (r"\mathrm{loss}", r"\left(1 - x\right)^{2} + 100 \left(y - x^{2}\right)^{2}")
    ]
    assert typeset.latex(graph).startswith(r"\begin{aligned}\mathrm{loss} &= ")


def test_named_and_shared_nodes_have_lines_of_their_own() -> None:
    graph = parse(
        "x1 = x*w\nx2 = x1 + b\nloss = abs(y_true - x2)", {"w": 3.0, "b": 1.0}, {"x": 2.0, "y_true": 4.0}
    )
    assert typeset.graph_lines(graph) == [
        ("x_{1}", r"x \, w"),
        ("x_{2}", "x_{1} + b"),
        (r"\mathrm{loss}", r"\left|y_{\mathrm{true}} - x_{2}\right|"),
    ]
    shared = Graph(
        [
            Node("x", "parameter", value=np.array(1.0)),
            Node("sin1", "sin", ("x",)),
            Node("y", "multiply", ("sin1", "sin1")),
        ],
        "y",
    )
    assert [left for left, _ in typeset.graph_lines(shared)] == [r"\mathrm{sin}_{1}", "y"]


def test_lines_break_at_unnamed_values_when_they_grow_too_long() -> None:
    graph = parse("loss = (1 - x)**2 + 100*(y - x**2)**2", parameters={"x": 0.0, "y": 0.0})
    lines = typeset.graph_lines(graph, longest=10)
    assert lines[-1] == (r"\mathrm{loss}", r"\mathrm{square}_{1} + \mathrm{multiply}_{1}")
    assert all(len(right) <= 50 for _, right in lines)


def test_one_node_is_written_with_the_names_of_its_inputs() -> None:
    graph = parse("loss = (1 - x)**2 * 3", parameters={"x": 0.0})
    assert typeset.node_latex(graph, "loss") == r"\mathrm{loss} = \mathrm{square}_{1} \, c_{2}"
    assert typeset.node_latex(graph, "x") is None


def test_unfinished_and_broken_nodes_are_written_as_far_as_they_go() -> None:
    leaf = Node("a", "parameter", value=np.array(1.0))
    nodes = [
        leaf,
        Node("y", "add", ("a", None)),
        Node("z", "no such {op}", ("a",)),
        Node("v", "huber", ("a", "a"), {"delta": "x"}),
    ]
    assert typeset.graph_lines(Graph(nodes)) == [
        ("y", r"a + \text{?}"),
        ("z", r"\mathrm{no\ such\ \{op\}}\left(a\right)"),
        ("v", r"\operatorname{huber}\left(a, a\right)"),
    ]


def test_long_chains_neither_recurse_nor_grow_without_end() -> None:
    nodes = [Node("x", "parameter", value=np.array(1.0))]
    nodes += [Node(f"sin{i}", "sin", (nodes[-1].id if i == 1 else f"sin{i - 1}",)) for i in range(1, 5001)]
    lines = typeset.graph_lines(Graph(nodes, "sin5000"))
    assert len(lines) > 1
    assert max(len(right) for _, right in lines) < 1000


def test_adam_as_in_the_paper() -> None:
    rule = optimizers.get("adam")
    assert typeset.latex_of(rule.text(rule.resolve())) == [
        r"m = \beta_{1} \, m + \left(1 - \beta_{1}\right) \, g",
        r"v = \beta_{2} \, v + \left(1 - \beta_{2}\right) \, g^{2}",
        r"\hat{m} = \frac{m}{1 - \beta_{1}^{t}}",
        r"\hat{v} = \frac{v}{1 - \beta_{2}^{t}}",
        r"\mathrm{step} = \frac{\hat{m}}{\sqrt{\hat{v}} + \epsilon}",
        r"x = x - \eta \, \mathrm{step}",
    ]


def test_numbers_take_the_place_of_the_names_that_are_read() -> None:
    values = {"beta1": 0.9, "m": -0.25, "g": 1 / 3}
    assert typeset.latex_with_numbers("m = beta1*m + (1 - beta1)*g", values) == [
        r"m = 0.9 \cdot \left({-0.25}\right) + \left(1 - 0.9\right) \cdot 0.3333"
    ]
    assert typeset.latex_with_numbers("x = x - learning_rate*g", {"g": 2.0}) == [r"x = x - \eta \cdot 2"]


def test_numbers_can_be_coloured_by_name() -> None:
    (line,) = typeset.latex_with_numbers("x = x - 2*g", {"g": 3.0, "x": 1.0}, colors={"g": "#d55e00"})
    assert line == r"x = 1 - 2 \cdot \textcolor{#d55e00}{3}"


@pytest.mark.parametrize(
    "text", ["y = lambda: 0", "y = x[0.5]", "y = nonsense(x)", "y = huber(a, b, gamma=2)"]
)
def test_text_outside_the_language_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(FormulaError) as error:
        typeset.latex_of(text)
    assert error.value.line == 1


# What a reader makes of the LaTeX of arithmetic, by the usual conventions; braces group, but nobody sees them.

_TOKEN = re.compile(r"\\frac|\\left\(|\\right\)|\\cdot|\\,|\d+|[a-z]|[-+^{}]")


class _Sight:
    def __init__(self, latex: str, values: dict[str, float]) -> None:
        self._tokens = [token for token in _TOKEN.findall(latex) if token not in (r"\,", r"\cdot")]
        self._values = values
        self._place = 0

    def value(self) -> float:
        result = self._sum()
        assert self._place == len(self._tokens)
        return result

    def _peek(self) -> str:
        # A brace that is not an argument's is invisible.
        while self._place < len(self._tokens) and self._tokens[self._place] == "{":
            self._close_invisible()
        return self._tokens[self._place] if self._place < len(self._tokens) else ""

    def _close_invisible(self) -> None:
        depth = 0
        for place in range(self._place, len(self._tokens)):
            depth += (self._tokens[place] == "{") - (self._tokens[place] == "}")
            if depth == 0:
                del self._tokens[place], self._tokens[self._place]
                return

    def _take(self, token: str) -> None:
        assert self._tokens[self._place] == token
        self._place += 1

    def _argument(self) -> float:
        self._take("{")
        result = self._sum()
        self._take("}")
        return result

    def _sum(self) -> float:
        sign = 1.0
        if self._peek() == "-":
            self._place += 1
            sign = -1.0
        result = sign * self._product()
        while self._peek() in ("+", "-"):
            sign = 1.0 if self._tokens[self._place] == "+" else -1.0
            self._place += 1
            result += sign * self._product()
        return result

    def _product(self) -> float:
        result = self._power()
        while self._peek() and (self._peek() in (r"\frac", r"\left(") or self._peek().isalnum()):
            result *= self._power()
        return result

    def _power(self) -> float:
        token = self._peek()
        self._place += 1
        if token == r"\frac":
            return self._argument() / self._argument()
        if token == r"\left(":
            base = self._sum()
            self._take(r"\right)")
        else:
            base = self._values[token] if token in self._values else float(token)
        if self._place < len(self._tokens) and self._tokens[self._place] == "^":
            self._place += 1
            return base ** self._argument()
        return base


_VALUES = {"a": 1.7, "b": 0.6, "c": 2.3}
_EXPRESSIONS = st.recursive(
    st.sampled_from([*_VALUES, "2", "3"]),
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*/"), inner),
        st.builds("(-{})".format, inner),
        st.builds("({})**2".format, inner),
        st.builds("({})**(-{})".format, st.sampled_from([*_VALUES]), inner),
    ),
    max_leaves=8,
)


@given(_EXPRESSIONS)
def test_brackets_keep_the_meaning(expression: str) -> None:
    try:
        expected = eval(expression, {"__builtins__": {}}, _VALUES)
    except (ZeroDivisionError, OverflowError):
        return
    if isinstance(expected, complex) or not 1e-12 < abs(expected) < 1e12:
        return
    (latex,) = typeset.latex_of(f"y = {expression}")
    assert _Sight(latex.removeprefix("y = "), _VALUES).value() == pytest.approx(expected, rel=1e-6)


# The typesetter of the window must take everything.


def _accepted(latex: str) -> bool:
    ziamath = pytest.importorskip("ziamath")
    return "<svg" in ziamath.Latex(latex).svg()


@pytest.mark.parametrize("name", [name for name, row in operations.items() if row.category != "leaf"])
def test_every_operation_can_be_drawn(name: str) -> None:
    count = operations[name].arity or 3
    (line,) = typeset.latex_of(f"y = {name}({', '.join(['a - b'] * count)})**2 * c")
    assert _accepted(line)


_RULES = [name for name in optimizers.names() if isinstance(optimizers.get(name), optimizers.UpdateRule)]


@pytest.mark.parametrize("name", _RULES)
def test_every_rule_can_be_written(name: str) -> None:
    rule = optimizers.get(name)
    for ndim in (1, 2):
        text = rule.text(rule.resolve(), ndim)
        assert len(typeset.latex_of(text)) == len(statements(text))


@pytest.mark.parametrize("name", ["radam", "prodigy", "adafactor"])
def test_rules_can_be_drawn(name: str) -> None:
    rule = optimizers.get(name)
    assert all(map(_accepted, typeset.latex_of(rule.text(rule.resolve(), 2))))


@pytest.mark.parametrize("name", functions.names()[::10])
def test_test_functions_can_be_drawn(name: str) -> None:
    assert _accepted(typeset.latex(functions.get(name).graph()))


def test_odd_names_and_numbers_can_be_drawn() -> None:
    assert _accepted(latex_pieces.symbol(r"a\b{c}#$%&^~ é漢"))
    assert _accepted(typeset.value_latex([[1.0, math.nan], [-math.inf, 1e-300]]))
    (line,) = typeset.latex_with_numbers("x = x - g", {"g": [1.0, -2.0]}, colors={"g": "#d55e00"})
    assert _accepted(line)


def test_elementwise_products_of_tensors_are_no_matrix_products() -> None:
    graph = parse("p = a * b\nq = a @ b\nr = 2 * a", parameters={"a": np.eye(2), "b": np.ones((2, 2))})
    assert typeset.node_latex(graph, "p") == r"p = a \odot b"
    assert typeset.node_latex(graph, "q") == r"q = a \, b"
    assert r"\odot" not in typeset.latex(parse("p = a * b", parameters={"a": 1.0, "b": 2.0}))
    slope = typeset.latex_of("p = (1 - x**2) * y", {}, tensors=("x", "y"))
    assert slope == [r"p = \left(1 - x^{2}\right) \odot y"]
    assert typeset.latex_of("p = x * y * 2", {}, tensors=("x", "y")) == [r"p = x \odot y \cdot 2"]


def test_a_node_is_written_with_the_numbers_of_its_inputs() -> None:
    graph = parse("y = (a - b)**2\nz = a * w", parameters={"a": 2.0, "b": -1.0, "w": [1.0, 3.0]})
    values = graph.trace(seed=[1.0, 1.0]).values
    assert typeset.node_with_numbers(graph, "z", values) == r"2 \begin{pmatrix}1 & 3\end{pmatrix}"
    assert typeset.node_with_numbers(graph, "a", values) is None
    assert typeset.node_with_numbers(graph, "z", {"a": values["a"]}) == r"2 w"


def test_the_exponent_of_a_matrix_belongs_to_all_of_it() -> None:
    graph = parse("y = w**2", parameters={"w": [1.0, 3.0]})
    written = typeset.node_with_numbers(graph, "y", {"w": np.array([1.0, 3.0])})
    assert written == r"{\begin{pmatrix}1 & 3\end{pmatrix}}^{2}"
