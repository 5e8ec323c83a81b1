"""The bundled documents: ready to be shown and raced, and true to what the lessons say of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from gdstudio import engine
from gdstudio.document import DocumentError, from_json, library, to_json, write
from gdstudio.engine import functions


def run(name: str) -> engine.RaceResult:
    document = library.get(name)
    racers, race = document.race_inputs(), document.race
    return engine.Race(document.graph.compile(), racers, steps=race.steps, seed=race.seed).run()


def test_every_test_function_is_a_document_and_has_a_row_of_its_own() -> None:
    assert set(library.names()) == {"line_fit", "abs_graph", "sum_of_squares"} | set(functions.names())
    assert len(set(library.names())) == len(library.names())
    assert set(functions.names()) == set(library._RACES)


@pytest.mark.parametrize("name", library.names())
def test_a_bundled_document_is_ready(name: str) -> None:
    document = library.get(name)
    assert document.title
    assert 3 <= len(document.race_inputs()) <= 5
    axes, ranges = document.axes_and_ranges()
    assert axes == document.coordinates
    for number, (low, high) in zip(document.start, ranges, strict=True):
        assert low <= number <= high
    assert document.graph.problems == {}
    assert from_json(to_json(document)) == document


@pytest.mark.parametrize("name", functions.names())
def test_a_test_function_keeps_its_domain_and_start(name: str) -> None:
    document, function = library.get(name), functions.get(name)
    assert document.coordinates == function.coordinates
    if name not in library.lessons():
        assert document.start == function.start
        assert document.landscape.ranges == function.domain


def test_the_line_fit_is_the_graph_of_the_first_lesson() -> None:
    graph = library.get("line_fit").graph
    trace = graph.trace()
    assert [node.op for node in graph.nodes.values() if not node.is_leaf] == [
        "multiply", "add", "subtract", "square", "sum", "multiply",
    ]  # fmt: skip
    # By hand: 2·x + 2 - y = 1, 2, 3; half the sum of squares is 7; the gradient is (Σ e·x, Σ e) = (8, 6).
    assert trace.values["error"].tolist() == [1.0, 2.0, 3.0]
    assert trace.values["loss"] == 7.0
    assert (trace.gradients["a"], trace.gradients["b"]) == (8.0, 6.0)


def test_descent_on_the_line_fit_takes_the_steps_of_the_textbook() -> None:
    path = run("line_fit").paths[0]
    table = [(1.2, 1.4), (0.98, 1.22), (0.924, 1.16), (0.914, 1.1348), (0.9166, 1.1202), (0.9222, 1.1091),
             (0.9284, 1.0997)]  # fmt: skip
    np.testing.assert_allclose(path[1:8], table, atol=5.1e-5)


def test_the_chain_rule_graph_has_the_numbers_of_its_lesson() -> None:
    trace = library.get("abs_graph").graph.trace()
    assert [float(trace.values[name]) for name in ("x1", "x2", "loss")] == [6.0, 7.0, 3.0]
    assert (trace.gradients["w"], trace.gradients["b"]) == (2.0, 1.0)


def test_the_sum_of_squares_ends_where_its_learning_rates_lead() -> None:
    result = run("sum_of_squares")
    final = [path[-1] for path in result.paths]
    # (1 - 2·0.1)^100 of the start; (1 - 2e-10)^100; (1 - 20)^100.
    np.testing.assert_allclose(final[0], [-3 * 0.8**100, 4 * 0.8**100], rtol=1e-12)
    np.testing.assert_allclose(final[2], [-2.99999994, 3.99999992], atol=5e-9)
    np.testing.assert_allclose(final[3], [-3 * 19.0**100, 4 * 19.0**100], rtol=1e-12)
    np.testing.assert_allclose(final[4], [-25898374737328.363, -1295248616896.5398], rtol=1e-12)
    assert result.status[3] == result.status[4] == "diverged"


@pytest.mark.parametrize("name", ["rosenbrock", "himmelblau", "beale", "quadratic_k100", "booth"])
def test_most_racers_come_far_down(name: str) -> None:
    result = run(name)
    ratios = [float(losses[-1] / losses[0]) for losses in result.losses]
    assert sum(ratio < 0.01 for ratio in ratios) >= 3
    assert all(ratio < 0.2 for ratio in ratios)


def test_names_are_found_and_misspelt_ones_get_a_suggestion() -> None:
    assert library.find("rosenbrock") is library.get("rosenbrock")
    for ask in (library.get, library.find):
        with pytest.raises(DocumentError, match=r'"rosenbrok"; did you mean "rosenbrock"\?$'):
            ask("rosenbrok")


def test_a_file_goes_before_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(library.get("beale").replace(title="Mine"), "sphere")
    assert library.find("sphere").title == "Mine"
    assert library.path_of("sphere") == Path("sphere")
    assert library.path_of("booth") is None
    assert library.path_of("x" * 5000) is None
    assert library.path_of("") is None


def test_a_folder_does_not_hide_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sphere").mkdir()
    assert library.find("sphere") is library.get("sphere")
    (tmp_path / "other").mkdir()
    with pytest.raises(DocumentError, match="other is a folder"):
        library.find("other")
