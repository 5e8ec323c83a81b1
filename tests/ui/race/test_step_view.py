from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QTextBrowser, QToolButton

from gdstudio import engine
from gdstudio.engine import Race, optimizers
from gdstudio.ui.race.explain import Explainer, lines_as_text
from gdstudio.ui.race.formula_html import formula_html, name_html
from gdstudio.ui.race.racers_model import Column
from tests.ui.race.support import ADAM, MOMENTUM, SGD, bowl, child, line_fit


def path_of(document, row: int = 0) -> np.ndarray:
    return Race(document.graph.compile(), document.race_inputs(), steps=document.race.steps).run().paths[row]


def test_the_lines_of_momentum_carry_the_numbers_of_the_textbook():
    # v1 = (8, 6), so x1 = (1.84, 1.88), where the gradient is (6.84, 5.16) and v2 = 0.9·v1 + g1.
    document = line_fit(MOMENTUM)
    velocity, point = Explainer(document, MOMENTUM, path_of(document)).explain(1).lines
    assert (velocity.name, point.name) == ("v", "x")
    assert np.allclose(velocity.known["v"], (8, 6))
    assert np.allclose(velocity.value, (14.04, 10.56))
    assert np.allclose(point.value, (1.5592, 1.6688))


@pytest.mark.parametrize("racer", [SGD, MOMENTUM, ADAM])
def test_an_explained_step_ends_where_the_race_went(racer):
    document = line_fit(racer)
    path = path_of(document)
    explainer = Explainer(document, racer, path)
    for step in (0, 5, 38, 12):
        explanation = explainer.explain(step)
        assert np.allclose(explanation.lines[-1].value, path[step + 1], rtol=1e-12)
        assert np.array_equal(explanation.after, path[step + 1])


@pytest.mark.parametrize("name", [name for name in optimizers.names() if name != "muon"])
def test_every_rule_can_be_explained(name):
    racer = SGD.replace(optimizer=name, options={})
    document = bowl(racer, steps=6)
    path = path_of(document)
    explanation = Explainer(document, racer, path).explain(min(4, len(path) - 2))
    assert explanation.lines or explanation.note
    assert "nan" not in lines_as_text(explanation.lines).lower()


def test_numerical_gradients_are_those_that_the_racer_saw():
    racer = SGD.replace(gradient="numerical")
    document = bowl(racer, steps=3)
    path = path_of(document)
    assert np.allclose(Explainer(document, racer, path).explain(1).lines[-1].value, path[2], rtol=1e-12)


def test_scalars_move_together_and_each_tensor_by_itself(open_panel, qtbot):
    graph = engine.parse("loss = sum((W + b)**2)", parameters={"W": [[1.0, 2.0], [3.0, 4.0]], "b": 0.5})
    panel = open_panel(line_fit(MOMENTUM).replace(graph=graph))
    panel.session.select_racer(0)
    panel.show_why(True)
    qtbot.waitUntil(lambda: panel.why.explanation is not None)
    assert panel.why.explanation.coordinates == ("b",)
    blocks = child(panel, QComboBox, "stepViewBlock")
    assert [blocks.itemText(k) for k in range(blocks.count())] == ["b", "W"]
    QTest.keyClick(blocks, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: panel.why.explanation.block == 1)
    assert panel.why.explanation.coordinates == ("W[0,0]", "W[0,1]", "W[1,0]", "W[1,1]")
    # ∂loss/∂W = 2·(W + b)
    assert np.array_equal(panel.why.explanation.gradient, (3.0, 5.0, 7.0, 9.0))


def test_the_step_as_plain_text():
    document = line_fit(SGD)
    lines = Explainer(document, SGD, path_of(document)).explain(0).lines
    assert lines_as_text(lines) == "x = x - learning_rate*g\n  = (2, 2) − 0.1·(8, 6)\n  = (1.2, 1.4)"


@pytest.mark.parametrize(
    ("text", "rich"),
    [
        ("beta1*m", "<i>β</i><sub>1</sub>·<i>m</i>"),
        ("g**2", "<i>g</i><sup>2</sup>"),
        ("beta2**(t - 1)", "<i>β</i><sub>2</sub><sup><i>t</i> − 1</sup>"),
        ("sqrt(v_hat)", "√(<i>v\N{COMBINING CIRCUMFLEX ACCENT}</i>)"),
        ("a < 1e-8", "<i>a</i> &lt; 1e-8"),
        ("2**-t*3", "2<sup>−<i>t</i></sup>·3"),
    ],
)
def test_formulas_as_rich_text(text, rich):
    assert formula_html(text) == rich


def test_names_as_rich_text():
    assert name_html("learning_rate") == "<i>η</i>"
    assert name_html("v_max") == "<i>v</i><sub>max</sub>"


def page(panel) -> str:
    return child(panel, QTextBrowser, "stepViewPage").toPlainText()


def test_the_view_follows_racer_and_step(panel, qtbot):
    panel.session.select_racer(0)
    child(panel, QToolButton, "racerWhy").click()
    qtbot.waitUntil(lambda: panel.why.explanation is not None)
    assert "= (2, 2) − 0.1·(8, 6)" in page(panel)
    assert "(1.2, 1.4)" in page(panel)
    panel.session.set_step(1)
    qtbot.waitUntil(lambda: panel.why.explanation.step == 1)
    assert "(0.98, 1.22)" in page(panel)
    panel.session.select_racer(2)
    qtbot.waitUntil(lambda: len(panel.why.explanation.lines) == 6)
    child(panel, QToolButton, "stepViewCopy").click()
    assert QApplication.clipboard().text().startswith("m = beta1*m + (1 - beta1)*g")


def test_the_title_follows_another_name(panel, qtbot):
    panel.session.select_racer(0)
    child(panel, QToolButton, "racerWhy").click()
    qtbot.waitUntil(lambda: panel.why.explanation is not None)
    panel.model.setData(panel.model.index(0, Column.NAME), "Plain")
    assert child(panel, QLabel, "stepViewTitle").text() == "Plain: from step 0 to 1"


def test_a_rule_that_is_no_formula_says_so(open_panel, qtbot):
    panel = open_panel(line_fit(SGD.replace(optimizer="newton", options={})))
    panel.session.select_racer(0)
    panel.show_why(True)
    qtbot.waitUntil(lambda: panel.why.explanation is not None)
    assert "is no formula" in page(panel)


def test_without_a_racer_the_view_asks_for_one(open_panel):
    panel = open_panel(line_fit())
    panel.show_why(True)
    assert "Select a racer" in page(panel)


def test_the_curvature_gives_the_largest_stable_learning_rate():
    # The Hessian of the line fit is ((5, 3), (3, 3)), with eigenvalues 4 ± √10.
    document = line_fit(SGD)
    explanation = Explainer(document, SGD, path_of(document)).explain(0)
    assert np.allclose(explanation.curvatures, (4 - np.sqrt(10), 4 + np.sqrt(10)))
    assert explanation.stable_rate == pytest.approx(2 / (4 + np.sqrt(10)))
    assert explanation.best_rate == pytest.approx(0.25)


def test_a_saddle_has_no_best_rate():
    graph = engine.parse("loss = x**2 - y**2", parameters={"x": 1.0, "y": 1.0})
    document = line_fit(SGD, steps=3).replace(graph=graph)
    explanation = Explainer(document, SGD, path_of(document)).explain(0)
    assert (explanation.stable_rate, explanation.best_rate) == (1.0, None)


def marked_line(panel) -> str | None:
    """What the line computes that the walk has come to; None where no line is marked."""
    frames = child(panel, QTextBrowser, "stepViewPage").document().rootFrame().childFrames()
    marked = [frame for frame in frames if frame.format().background().style() != Qt.BrushStyle.NoBrush]
    return marked[0].firstCursorPosition().block().text().split(" ")[0] if marked else None


@pytest.fixture
def walking(open_panel, qtbot):
    """Momentum's first step on the line fit, walked line by line: v = 0.9·v + g, then x = x − 0.02·v."""
    panel = open_panel(line_fit(MOMENTUM))
    panel.session.select_racer(0)
    panel.show_why(True)
    qtbot.waitUntil(lambda: panel.why.explanation is not None, timeout=30_000)
    child(panel, QToolButton, "stepViewWalk").click()
    return panel


def test_a_walk_shows_the_numbers_of_one_line_after_the_other(walking):
    assert marked_line(walking) == "v"
    # The velocity is (8, 6); where it leads is not said yet.
    assert "(8, 6)" in page(walking)
    assert "(1.84, 1.88)" not in page(walking)
    child(walking, QToolButton, "stepViewForward").click()
    assert marked_line(walking) == "x"
    assert "(1.84, 1.88)" in page(walking)


def test_a_walk_goes_on_into_the_next_step_and_back(walking, qtbot):
    forward, back = (child(walking, QToolButton, f"stepView{name}") for name in ("Forward", "Back"))
    back.click()
    assert (walking.session.step, marked_line(walking)) == (0, "v")
    forward.click()
    forward.click()
    qtbot.waitUntil(lambda: walking.why.explanation.step == 1, timeout=30_000)
    assert (walking.session.step, marked_line(walking)) == (1, "v")
    assert "(14.04, 10.56)" in page(walking)
    back.click()
    qtbot.waitUntil(lambda: walking.why.explanation.step == 0, timeout=30_000)
    assert (walking.session.step, marked_line(walking)) == (0, "x")


def test_the_end_of_the_walk_shows_the_whole_step_again(walking):
    child(walking, QToolButton, "stepViewWalk").click()
    assert marked_line(walking) is None
    assert not child(walking, QToolButton, "stepViewForward").isVisible()
    assert "(8, 6)" in page(walking) and "(1.84, 1.88)" in page(walking)


def test_a_walk_ends_at_the_last_step(walking, qtbot):
    walking.session.set_step(39)
    qtbot.waitUntil(lambda: walking.why.explanation.step == 39, timeout=30_000)
    forward = child(walking, QToolButton, "stepViewForward")
    forward.click()
    forward.click()
    assert (walking.session.step, marked_line(walking)) == (39, "x")
