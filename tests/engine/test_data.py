"""Datasets, tables and mini-batches."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdstudio.engine import FormulaError, data, parse, to_text
from gdstudio.engine.data import Batches, DataError, parse_csv

IRIS = """sepal_length,sepal_width,petal_length,petal_width,species
5.1,3.5,1.4,0.2,setosa
7.0,3.2,4.7,1.4,versicolor
6.3,3.3,6.0,2.5,virginica

4.9,3.0,1.4,0.2,setosa
"""


def test_three_points_are_the_textbook_ones() -> None:
    points = data.make("three_points")
    assert points.inputs.tolist() == [0.0, 1.0, 2.0]
    assert points.targets.tolist() == [1.0, 2.0, 3.0]


@pytest.mark.parametrize("name", data.names())
def test_a_dataset_is_a_function_of_its_seed(name: str) -> None:
    first, again, other = data.make(name, seed=3), data.make(name, seed=3), data.make(name, seed=4)
    np.testing.assert_array_equal(first.inputs, again.inputs)
    np.testing.assert_array_equal(first.targets, again.targets)
    if first.options.get("noise"):
        assert not np.array_equal(first.inputs, other.inputs)


@pytest.mark.parametrize("name", data.names())
def test_arrays_cannot_be_changed(name: str) -> None:
    dataset = data.make(name)
    for column in dataset.columns:
        with pytest.raises(ValueError, match="read-only"):
            dataset.column(column)[...] = 0.0


def test_noise_is_a_standard_deviation() -> None:
    line = data.make("noisy_line", size=20000, noise=0.3, slope=2.0, intercept=-1.0)
    error = line.targets - (2.0 * line.inputs - 1.0)
    assert error.std() == pytest.approx(0.3, rel=0.03)
    assert abs(error.mean()) < 0.01


def test_without_noise_points_lie_on_their_curves() -> None:
    circles = data.make("circles", size=50, noise=0.0, factor=0.5)
    radius = np.hypot(*circles.inputs.T)
    np.testing.assert_allclose(radius, np.where(circles.targets == 0, 1.0, 0.5))
    sine = data.make("sine", noise=0.0)
    np.testing.assert_allclose(sine.targets, np.sin(sine.inputs))
    moons = data.make("moons", size=60, noise=0.0)
    upper = moons.inputs[moons.targets == 0]
    lower = moons.inputs[moons.targets == 1]
    np.testing.assert_allclose(np.hypot(*upper.T), 1.0)
    np.testing.assert_allclose(np.hypot(lower[:, 0] - 1, lower[:, 1] - 0.5), 1.0)


def test_exclusive_or_is_the_truth_table() -> None:
    xor = data.make("xor")
    assert xor.inputs.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert xor.targets.tolist() == [0, 1, 1, 0]
    assert xor.column("one_hot").tolist() == [[1, 0], [0, 1], [0, 1], [1, 0]]
    assert xor.column("sign").tolist() == [-1, 1, 1, -1]


@pytest.mark.parametrize(
    ("name", "classes"), [("moons", 2), ("circles", 2), ("spirals", 2), ("blobs", 3), ("xor", 2)]
)
def test_classes_are_balanced(name: str, classes: int) -> None:
    labels = data.make(name, size=60).targets
    assert np.bincount(labels.astype(int)).tolist() == [60 // classes] * classes


def test_a_split_loses_no_row() -> None:
    whole = data.make("blobs", size=50)
    train, test = whole.split(0.8, seed=1)
    assert (len(train), len(test)) == (40, 10)
    together = np.concatenate([train.inputs, test.inputs])
    np.testing.assert_array_equal(np.sort(together, axis=0), np.sort(whole.inputs, axis=0))


def test_a_data_leaf_is_made_from_its_attributes() -> None:
    value = data.column({"dataset": "moons", "column": "one_hot", "size": 10, "seed": 2})
    np.testing.assert_array_equal(value, data.make("moons", seed=2, size=10).column("one_hot"))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: data.make("moon"), 'no dataset "moon"; did you mean "moons"'),
        (lambda: data.make("moons", nois=0.1), 'no option "nois"; did you mean "noise"'),
        (lambda: data.make("three_points", size=5), "it takes no options"),
        (lambda: data.make("moons", size=2.5), "whole number"),
        (lambda: data.make("moons", size=10**9), "1,000,000"),
        (lambda: data.make("moons", noise=-1.0), "must not be negative"),
        (lambda: data.make("moons", noise=math.nan), "must be a number"),
        (lambda: data.make("moons", seed=-1), "a seed is a whole number"),
        (lambda: data.make("sine").column("one_hot"), "it has x, y"),
        (lambda: data.column({}), 'needs a value, or the attribute "dataset"'),
    ],
)
def test_wrong_requests_say_what_would_be_right(call, message: str) -> None:
    with pytest.raises(DataError, match=message):
        call()


def test_a_table_of_numbers_and_words() -> None:
    table = parse_csv(IRIS)
    assert table.columns == ("sepal_length", "sepal_width", "petal_length", "petal_width", "species")
    assert table.column("petal_length").tolist() == [1.4, 4.7, 6.0, 1.4]
    assert table.categories == {"species": ("setosa", "versicolor", "virginica")}
    dataset = table.dataset()
    assert dataset.inputs.shape == (4, 4)
    assert dataset.targets.tolist() == [0, 1, 2, 0]
    assert dataset.classes == ("setosa", "versicolor", "virginica")
    assert table.dataset("sepal_width", ("sepal_length",)).inputs.tolist() == [5.1, 7.0, 6.3, 4.9]


@pytest.mark.parametrize(
    ("text", "columns", "first"),
    [
        ("1,2\n3,4\n", ("column1", "column2"), [1.0, 2.0]),
        ("5.1,3.5,setosa\n7.0,3.2,versicolor\n", ("column1", "column2", "column3"), [5.1, 3.5, 0.0]),
        ("x,2020\n1,2\n", ("x", "2020"), [1.0, 2.0]),
        ("a;b\n1;2\n", ("a", "b"), [1.0, 2.0]),
        ("a\tb\n1\t2e3\n", ("a", "b"), [1.0, 2000.0]),
        ('"a, first", b\n 1, 2\n', ("a, first", "b"), [1.0, 2.0]),
        ("a,b\r\n1,2\r\n", ("a", "b"), [1.0, 2.0]),
        ("\ufeffa,b\n1,2\n", ("a", "b"), [1.0, 2.0]),
        # As spreadsheets write them where the comma is the decimal point.
        ("a;b\n1,5;-0,25\n2,5;3\n", ("a", "b"), [1.5, -0.25]),
        ("1,5;2,5\n2,5;3,5\n", ("column1", "column2"), [1.5, 2.5]),
        ("a\tb\n1,250\t2e3\n", ("a", "b"), [1.25, 2000.0]),
        ("sep=;\na;b\n1;2\n", ("a", "b"), [1.0, 2.0]),
        ('"x; y",b\n1,2\n', ("x; y", "b"), [1.0, 2.0]),
        ("a,b\n−1,2\n", ("a", "b"), [-1.0, 2.0]),
    ],
)
def test_separators_and_headings(text: str, columns: tuple[str, ...], first: list[float]) -> None:
    table = parse_csv(text)
    assert table.columns == columns
    assert table.values[0].tolist() == first


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        ("", "is empty", None, None),
        ("a,b\n", "no values below", 1, None),
        ("a,b\n1,2\n3\n", "1 values where 2 columns", 3, None),
        ("a,b\n1,2\n\n3,four\n", '"four" is not a finite number; the column "b" holds numbers', 4, 2),
        ("a,b\n1,\n", 'a value is missing; the column "b"', 2, 2),
        ("a,b\n1,nan\n", "not a finite number", 2, 2),
        ("a,b\n1,one\n2,\n", "a value is missing", 3, 2),
        ("a,b\nNA,2\n3,4\n", 'a value is missing; the column "a" holds numbers', 2, 1),
        ("a,b\n1,?\n3,4\n", 'a value is missing; the column "b" holds numbers', 2, 2),
        ('a,b\n"1,000",2\n', '"1,000" cannot be read as a number; write it with digits and one', 2, 1),
        ("a;b\n1;1.000,5\n", '"1.000,5" cannot be read as a number', 2, 2),
        ("a,b\n12%,3\n", '"12%" cannot be read as a number', 2, 1),
        ("a,,c\n1,2,3\n", "a heading is missing", 1, 2),
        ("a,a\n1,2\n", 'the heading "a" occurs twice', 1, 2),
        ('a,b\n1,"2\n', "not a well-formed table", 2, None),
    ],
)
def test_a_bad_table_says_where(text: str, message: str, line: int | None, column: int | None) -> None:
    with pytest.raises(DataError, match=message) as caught:
        parse_csv(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    if line is not None:
        assert f"line {line}" in str(caught.value)


def test_reading_a_file(tmp_path: Path) -> None:
    path = tmp_path / "iris.csv"
    path.write_text("\ufeff" + IRIS, encoding="utf-8")
    assert data.read_csv(path).columns[0] == "sepal_length"
    path.write_bytes(b"a,b\n\xff,1\n")
    with pytest.raises(DataError, match=r"iris.csv is not UTF-8 text \(byte 5\); save it as UTF-8"):
        data.read_csv(path)
    with pytest.raises(DataError, match="cannot be read: No such file"):
        data.read_csv(tmp_path / "none.csv")


def test_a_wrong_column_gets_a_suggestion() -> None:
    with pytest.raises(DataError, match='did you mean "species"'):
        parse_csv(IRIS, "iris.csv").column("specie")
    with pytest.raises(DataError, match="needs an input"):
        parse_csv("a\n1\n").dataset()


@given(count=st.integers(1, 40), part=st.floats(0, 1), seed=st.integers(0, 5), epochs=st.integers(1, 4))
def test_shuffled_batches_see_every_row_once_an_epoch(
    count: int, part: float, seed: int, epochs: int
) -> None:
    size = max(1, round(part * count))
    batches = Batches(count, size, seed=seed)
    steps = -(-epochs * count // size)
    stream = np.concatenate([batches.rows(step) for step in range(steps)])
    assert all(len(batches.rows(step)) == size for step in range(steps))
    for epoch in range(epochs):
        assert sorted(stream[epoch * count : (epoch + 1) * count]) == list(range(count))


def test_epochs_differ_and_steps_can_be_looked_up_alone() -> None:
    batches = Batches(100, 10, seed=5)
    first = np.concatenate([batches.rows(step) for step in range(10)])
    second = np.concatenate([batches.rows(step) for step in range(10, 20)])
    assert not np.array_equal(first, second)
    np.testing.assert_array_equal(Batches(100, 10, seed=5).rows(13), batches.rows(13))
    assert not np.array_equal(Batches(100, 10, seed=6).rows(13), batches.rows(13))
    assert (batches.epoch(9), batches.epoch(10)) == (0, 1)


def test_the_full_batch_is_all_rows_in_order() -> None:
    assert Batches(5).rows(7).tolist() == [0, 1, 2, 3, 4]
    assert Batches(5, 5).rows(7).tolist() == [0, 1, 2, 3, 4]


def test_replacement_repeats_rows() -> None:
    rows = Batches(50, 50, order="replacement").rows(0)
    assert len(set(rows.tolist())) < 50
    draws = np.concatenate([Batches(4, 1, order="replacement").rows(step) for step in range(4000)])
    np.testing.assert_allclose(np.bincount(draws) / 4000, 0.25, atol=0.03)


def test_sequential_batches_wrap_around() -> None:
    batches = Batches(5, 2, order="sequential")
    assert [batches.rows(step).tolist() for step in range(3)] == [[0, 1], [2, 3], [4, 0]]


def test_a_curriculum_begins_with_the_easy_rows_and_ends_with_all() -> None:
    scores = np.arange(100)[::-1]
    batches = Batches(100, 5, order="curriculum", scores=scores, opening=0.1, ramp=50)
    assert min(batches.rows(0)) >= 90
    assert min(batches.rows(25)) >= 45
    late = np.concatenate([batches.rows(step) for step in range(50, 250)])
    assert set(late.tolist()) == set(range(100))
    assert len(set(batches.rows(60).tolist())) == 5


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"count": 0}, "at least one row"),
        ({"count": 10, "size": 11}, "between 1 and the 10 rows"),
        ({"count": 10, "size": 0}, "between 1 and the 10 rows"),
        ({"count": 10, "size": 2.5}, "between 1 and the 10 rows there are, not 2.5"),
        ({"count": "ten"}, "at least one row, not ten"),
        ({"count": 10, "order": "random"}, "one of shuffle, replacement, sequential, curriculum"),
        ({"count": 10, "order": "curriculum"}, "needs a score for each row"),
        ({"count": 10, "order": "curriculum", "scores": [1.0, 2.0]}, "needs 10 scores"),
        ({"count": 10, "seed": -1}, "a seed is a whole number"),
    ],
)
def test_impossible_batches_are_refused(options: dict, message: str) -> None:
    with pytest.raises(DataError, match=message):
        Batches(**options)


def test_a_formula_may_name_a_dataset() -> None:
    text = "x = data(dataset='moons', size=6, seed=2)\nloss = sum(x*w)"
    graph = parse(text, {"w": 1.0})
    moons = data.make("moons", seed=2, size=6)
    np.testing.assert_array_equal(graph.nodes["x"].value, moons.inputs)
    assert parse(to_text(graph)) == graph
    with pytest.raises(
        FormulaError, match='line 1, column 5: there is no dataset "moon"; did you mean "moons"'
    ):
        parse("x = data(dataset='moon')\nloss = sum(x)")
