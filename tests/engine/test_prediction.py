"""Which node of a graph predicts, and what, by hand and beside graphs that are given other inputs."""

from __future__ import annotations

import numpy as np
import pytest

from gdstudio import engine
from gdstudio.document import library
from gdstudio.engine.prediction import find

X = np.array([[0.0, 1.0], [1.0, 0.0], [1.0, 1.0], [-1.0, 2.0]])


def test_the_line_of_the_line_fit_is_found() -> None:
    found = find(library.get("line_fit").graph)
    assert (found.node, found.inputs, found.target) == ("fit", ("x",), "y")
    assert found.features.tolist() == [[0.0], [1.0], [2.0]] and found.targets.tolist() == [1.0, 2.0, 3.0]
    assert not found.classes
    # a = 0.5, b = −1 at x = 4 and −2.
    np.testing.assert_allclose(found.at(np.array([0.5, -1.0]), np.array([[4.0], [-2.0]])), [1.0, -2.0])


@pytest.mark.parametrize("name", ["curriculum", "batch_size", "batch_norm", "generalisation", "pretraining"])
def test_the_fits_of_the_lessons_are_found(name: str) -> None:
    graph = library.get(name).graph
    found = find(graph)
    assert found.node == "fit" and found.features.shape == (len(found.targets), 1)
    np.testing.assert_allclose(
        found.at(graph.compile().start, found.features), graph.trace().values["fit"], rtol=1e-12
    )


def test_a_network_for_three_classes() -> None:
    graph = library.get("training_loop").graph
    found = find(graph)
    assert found.classes and found.features.shape == (18, 2) and found.targets.shape == (18, 3)
    scores = found.at(graph.compile().start, found.features)
    assert scores.shape == (18, 3)
    np.testing.assert_array_equal(found.label(scores), scores.argmax(axis=1))


def test_logits_change_class_at_zero_and_probabilities_half_way() -> None:
    data = {"X": X, "y": np.array([0.0, 0.0, 1.0, 1.0])}
    start = {"w": np.array([1.0, 2.0])}
    logits = find(engine.parse("loss = binary_cross_entropy(X @ w, y)", parameters=start, data=data))
    assert logits.boundary == 0.0 and logits.classes
    np.testing.assert_allclose(logits.at(np.array([1.0, -3.0]), X), X @ [1.0, -3.0])
    assert logits.label(np.array([-0.1, 0.1])).tolist() == [0, 1]
    signs = {"X": X, "y": np.array([0.0, 0.0, 1.0, 1.0])}
    fitted = find(engine.parse("loss = mse(sigmoid(X @ w), y)", parameters=start, data=signs))
    assert fitted.boundary == 0.5


def test_two_leaves_of_one_feature_each_make_a_plane() -> None:
    data = {"u": X[:, 0], "v": X[:, 1], "y": np.arange(4.0)}
    graph = engine.parse("loss = mean((a*u + b*v - y)**2)", parameters={"a": 1.0, "b": 2.0}, data=data)
    found = find(graph)
    assert set(found.inputs) == {"u", "v"}
    np.testing.assert_allclose(found.at(np.array([2.0, -1.0]), found.features), 2 * X[:, 0] - X[:, 1])


def test_targets_may_stand_first_in_a_difference() -> None:
    graph = engine.parse(
        "loss = sum((y - a*x)**2)", parameters={"a": 2.0}, data={"x": [1.0, 2.0], "y": [3.0, 5.0]}
    )
    assert find(graph).target == "y"


def test_graphs_without_a_fit_have_none() -> None:
    assert find(library.get("rosenbrock").graph) is None
    # One vector through a matrix: its elements are not rows of data.
    assert find(library.get("tensor_gradient").graph) is None
    # Each prediction depends on the whole column.
    data = {"x": [1.0, 2.0, 4.0], "y": [0.0, 1.0, 2.0]}
    centred = engine.parse("loss = mean((a*(x - mean(x)) - y)**2)", parameters={"a": 1.0}, data=data)
    assert find(centred) is None
