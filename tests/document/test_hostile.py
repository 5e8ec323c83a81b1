"""Hostile files: one clear sentence, no crash, no memory taken for what is refused.

Every case is small or at most some megabytes; what it announces is not.
"""

# ruff: noqa: E501
from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdstudio.document import Document, DocumentError, Limits, library, to_json
from gdstudio.document.files import from_text, read
from gdstudio.engine import EngineError, Race


def parameter(name: str, value: Any) -> dict[str, Any]:
    return {"id": name, "op": "parameter", "value": value}


def text_of(nodes: list[Any], **more: Any) -> str:
    return json.dumps({"format": "gdstudio", "version": 1, "graph": {"output": None, "nodes": nodes}} | more)


def wide(name: str, inputs: int) -> dict[str, Any]:
    return {"id": name, "op": "concatenate", "inputs": ["a"] * inputs}


def with_rule(formula: str) -> str:
    rule = {"name": "mine", "formula": formula}
    return text_of([parameter("a", 1.0)], race={"racers": [{"optimizer": rule}]})


def refusal(text: str | bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        from_text(text)
    message = str(caught.value)
    assert message.isprintable() and len(message) < 600
    return message


# Sizes


# fmt: off
CROWDS = {
    "nodes": (
        lambda: text_of([parameter(f"a{i}", 1.0) for i in range(20_001)]),
        "graph.nodes: there are 20,001; at most 20,000 are allowed",
    ),
    "inputs": (
        lambda: text_of([parameter("a", 1.0), {"id": "c", "op": "concatenate", "inputs": ["a"] * 10_001}]),
        "graph.nodes[1].inputs: there are 10,001; at most 10,000 are allowed",
    ),
    "wires": (
        lambda: text_of([parameter("a", 1.0)] + [wide(f"c{i}", 5_000) for i in range(21)]),
        "graph.nodes[21].inputs: up to here there are 105,000 wires; at most 100,000 are allowed",
    ),
    "values": (
        lambda: text_of([parameter("a", 1.0)], notes=[[]] * 1_000_000),
        "there are about 2,000,010 values in it; at most 2,000,000 are read",
    ),
    "attribute": (
        lambda: text_of([parameter("a", [1.0]), {"id": "c", "op": "sum", "inputs": ["a"], "attrs": {"axis": [0] * 1001}}]),
        "graph.nodes[1].attrs.axis: there are 1,001; at most 1,000 are allowed",
    ),
    "numbers": (
        lambda: text_of([parameter("a", [1.0] * 1_000_001)]),
        "graph.nodes[0].value: its 1,000,001 numbers are too many; there is room for 1,000,000",
    ),
    "numbers of several nodes": (
        lambda: text_of([parameter("a", [1.0] * 600_000), parameter("b", [1.0] * 600_000)]),
        "graph.nodes[1].value: its 600,000 numbers are too many; there is room for 400,000",
    ),
    "racers": (
        lambda: text_of([parameter("a", 1.0)], race={"racers": [{"optimizer": "sgd"}] * 1001}),
        "race.racers: there are 1,001; at most 1,000 are allowed",
    ),
    "axes": (
        lambda: text_of([parameter("a", 1.0)], landscape={"axes": ["a"] * 100_000}),
        "landscape.axes: a landscape has one or two axes, not 100000",
    ),
    "title": (lambda: text_of([], title="x" * 1_000_000), "title: is longer than 1,000 characters"),
    "axes of a tensor": (
        lambda: text_of([parameter("a", json.loads("[" * 20 + "1" + "]" * 20))]),
        "graph.nodes[0].value: a tensor has at most 16 axes",
    ),
    "keys": (
        lambda: json.dumps({f"k{i}": 1 for i in range(100_000)}),
        'format: is missing; a gdstudio document has "format": "gdstudio"',
    ),
    "a key among many that stands twice": (
        lambda: '{"format": "gdstudio", ' + "".join(f'"k{i}": 1, ' for i in range(100_000)) + '"k99999": 1}',
        "k99999: this key stands twice",
    ),
}
# fmt: on


@pytest.mark.parametrize("case", CROWDS)
def test_crowds_are_refused(case: str) -> None:
    text, message = CROWDS[case]
    assert refusal(text()) == message


@pytest.mark.parametrize(
    "nodes",
    [
        [parameter("a", [1.0] * 5000), {"id": "b", "op": "outer", "inputs": ["a", "a"]}],
        [
            parameter("a", [[1.0]] * 5000),
            parameter("b", [[1.0] * 5000]),
            {"id": "c", "op": "add", "inputs": ["a", "b"]},
        ],
        [parameter("x0", [1.0] * 100)]
        + [{"id": f"x{i}", "op": "concatenate", "inputs": [f"x{i - 1}"] * 10} for i in range(1, 9)],
    ],
    ids=["outer", "broadcast", "concatenate"],
)
def test_a_small_file_that_announces_a_large_array_takes_no_memory(nodes: list[Any]) -> None:
    text = text_of(nodes)
    tracemalloc.start()
    try:
        assert "elements; at most 20,000,000 are allowed" in refusal(text)
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "make",
    [
        lambda: text_of([parameter("a", 1.0)], notes=[[]] * 1_000_000),
        lambda: text_of([parameter("a", [0.5] * 2_500_000)]),
        lambda: text_of([{}] * 1_000_000),
    ],
    ids=["notes", "numbers", "nodes"],
)
def test_masses_are_refused_before_they_are_made(make: Callable[[], str]) -> None:
    text = make()
    tracemalloc.start()
    try:
        assert "values in it; at most 2,000,000 are read" in refusal(text)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_limits_can_be_raised() -> None:
    text = text_of([parameter(f"a{i}", 1.0) for i in range(20_001)])
    assert len(from_text(text, Limits(nodes=30_000)).graph.nodes) == 20_001


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (
            [[1.0, 2.0], [3.0]],
            "graph.nodes[0].value[1]: must be a list of 2 like its neighbours, not a list of 1",
        ),
        (
            [[[1], [2]], [[3], 4]],
            "graph.nodes[0].value[1][1]: must be a list of 1 like its neighbours, not 4",
        ),
        ([[[1], [2]], [[3], [True]]], "graph.nodes[0].value[1][1][0]: must be a number, not true"),
        ([[1, 2], [3, [4]]], "graph.nodes[0].value[1][1]: must be a number, not a list of 1"),
        ("1", 'graph.nodes[0].value: must be a number, not "1"'),
    ],
)
def test_the_first_row_that_does_not_fit_is_named(value: Any, message: str) -> None:
    assert refusal(text_of([parameter("a", value)])) == message


@pytest.mark.parametrize(
    ("notes", "message"),
    [
        ([[1.0], [1e999]], "notes[1][0]: must be a finite number, not inf"),
        ([1, True, None, 10**400], "notes[3]: is too large for a float64 number"),
        ({"a": [{"b": "\ud800"}]}, "notes.a[0].b: holds half of a character (a lone surrogate)"),
        ({"\udfff": 1}, "holds half of a character (a lone surrogate)"),
    ],
)
def test_what_no_entry_may_be_is_named(notes: Any, message: str) -> None:
    assert refusal(text_of([parameter("a", 1.0)], notes=notes)).endswith(message)


def test_a_shape_that_cannot_be_is_a_problem_of_its_node() -> None:
    row = {"id": "b", "op": "reshape", "inputs": ["a"], "attrs": {"shape": [10**9, -1]}}
    document = from_text(text_of([parameter("a", [1.0] * 4), row]))
    assert "b" in document.graph.problems


@pytest.mark.parametrize("text", ["[" * 1_000_000, '{"a":' * 300_000, "[[" * 50_000 + "]]" * 50_000])
def test_depth_without_end_is_refused(text: str) -> None:
    message = refusal(text)
    assert "nested" in message or "must be an object" in message


def test_a_long_cycle_is_named_by_its_ends() -> None:
    ring = [{"id": f"a{i}", "op": "abs", "inputs": [f"a{(i - 1) % 20_000}"]} for i in range(20_000)]
    assert "makes a cycle: a0 → a1 → a2 → a3 → … → a19998 → a19999 → a0" in refusal(text_of(ring))


# Formulas


@pytest.mark.parametrize(
    "formula",
    [
        "x = __import__('os').system('true')",
        "x = eval('1')",
        "x = open('/etc/passwd')",
        "x = x.__class__.__mro__",
        "x = (lambda: x)()",
        "x = [y for y in x]",
        "x = f'{g}'",
        "x = getattr(g, 'sum')",
        "__builtins__ = x",
        "x = globals",
        "import os",
        "if __import__('os'): x = g",
        "if ().__class__: x = g",
        "x = x; exec('1')",
        "x = " + "(" * 5000 + "x" + ")" * 5000,
        "x = " + "-" * 20_000 + "x",
        "x = " + "+".join(["x"] * 20_000),
        "if " + "(" * 3000 + "1" + ")" * 3000 + ": x = g",
        "x = x\0",
        "x = \ud800",
    ],
)
def test_a_formula_reaches_nothing_but_operations(formula: str) -> None:
    assert refusal(with_rule(formula))


def test_a_tower_of_powers_is_a_number_like_any_other() -> None:
    """9**9**9**9 as a whole number would never end; as float64 it is infinite."""
    document = from_text(with_rule("x = x - 9**9**9**9 * g"))
    graph = document.graph.with_output("a")
    result = Race(graph.compile(), document.replace(graph=graph).race_inputs(), steps=3).run()
    assert result.status[0] == "diverged"


# Anything at all


SOUND = json.dumps(to_json(library.get("line_fit")), ensure_ascii=False).encode()


def survive(content: bytes) -> Document | None:
    """The document in `content`, which must be taken or refused in one sentence; None = refused."""
    try:
        document = from_text(content)
    except DocumentError as error:
        assert str(error).isprintable() and len(str(error)) < 600
        return None
    document.graph.trace(partial=True)
    for question in (document.axes_and_ranges, document.race_inputs):
        try:
            question()
        except (DocumentError, EngineError) as error:
            assert str(error)
    return document


@given(st.integers(0, len(SOUND) - 2))
def test_every_truncation_is_refused(length: int) -> None:
    assert survive(SOUND[:length]) is None


@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_flipped_bytes_are_survived(flips: list[tuple[int, int]]) -> None:
    content = bytearray(SOUND)
    for place, byte in flips:
        content[place] = byte
    survive(bytes(content))


@given(st.integers(0, len(SOUND)), st.integers(0, len(SOUND)), st.integers(0, len(SOUND)))
def test_pieces_that_are_moved_are_survived(start: int, end: int, to: int) -> None:
    piece = SOUND[start:end]
    survive(SOUND[:to] + piece + SOUND[to:])


@given(st.binary(max_size=2000))
def test_random_bytes_in_a_file_are_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path: Path = tmp_path_factory.getbasetemp() / "random.gdstudio"
    path.write_bytes(content)
    with pytest.raises(DocumentError):
        read(path)


numbers = st.sampled_from([0, -1, 1e308, -1e308, 5e-324, 2**63, 10**300, 0.1, True, None, "1", [], {}])


@given(
    st.sampled_from(["steps", "seed", "noise", "clip_norm", "batch_size", "start", "learning_rate"]),
    numbers | st.lists(numbers, max_size=3),
)
def test_strange_numbers_of_a_race_are_survived(key: str, value: Any) -> None:
    data = json.loads(SOUND)
    race, racer = data["race"], data["race"]["racers"][0]
    if key in ("steps", "seed"):
        race[key] = value
    elif key == "learning_rate":
        racer.setdefault("options", {})[key] = value
    else:
        racer[key] = value
    survive(json.dumps(data).encode())
