"""Every wrong entry of a file is refused with its path and with what would be right."""

# ruff: noqa: E501
from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from gdstudio.document import DocumentError, Limits, from_json
from gdstudio.document.files import from_text

SOUND: dict[str, Any] = {
    "format": "gdstudio",
    "version": 1,
    "title": "A sound one",
    "graph": {
        "output": "loss",
        "nodes": [
            {"id": "w", "op": "parameter", "value": [1.0, 2.0], "pos": [0, 0]},
            {"id": "b", "op": "parameter", "value": 3.0},
            {"id": "e", "op": "add", "inputs": ["w", "b"]},
            {"id": "loss", "op": "mean", "inputs": ["e"], "attrs": {"axis": 0}},
        ],
    },
    "landscape": {"axes": ["w[0]", "b"], "ranges": [[-4, 4], [-4, 4]], "scale": "log"},
    "race": {
        "steps": 20,
        "seed": 7,
        "racers": [
            {"name": "Adam", "optimizer": "adam", "options": {"learning_rate": 0.1}, "start": [1, 2, 3]}
        ],
    },
    "lesson": {"text": "Look.", "steps": []},
}

MISSING = object()


def changed(path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    """`SOUND` with one entry replaced, or taken out."""
    data = copy.deepcopy(SOUND)
    inner: Any = data
    for key in path[:-1]:
        inner = inner[key]
    if value is MISSING:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return data


def refusal(data: Any, limits: Limits | None = None) -> str:
    with pytest.raises(DocumentError) as caught:
        from_json(data, limits or Limits())
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_sound_document_is_taken() -> None:
    document = from_json(SOUND)
    assert document.coordinates == ("w[0]", "w[1]", "b")
    assert document.start == (1.0, 2.0, 3.0)


N = ("graph", "nodes")


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("format",), "gds", 'format: must be "gdstudio", not "gds"'),
        (("format",), MISSING, 'format: is missing; a gdstudio document has "format": "gdstudio"'),
        (("version",), 2, "version: 2 was written by a newer gdstudio; this one reads version 1; update it"),
        (("version",), 0, "version: must be 1, not 0"),
        (("version",), True, "version: must be 1, not true"),
        (("version",), "1", 'version: must be 1, not "1"'),
        (("title",), 5, "title: must be a text, not 5"),
        (("graph",), MISSING, "graph: is missing"),
        (("graph",), [], "graph: must be an object, not a list of 0"),
        (("graph", "nodes"), MISSING, "graph.nodes: is missing"),
        (("graph", "nodes"), {}, "graph.nodes: must be a list, not an object"),
        (("graph", "output"), "los", 'graph.output: no node "los"; did you mean "loss"?'),
        (("graph", "output"), 3, "graph.output: must be a text, not 3"),
        ((*N, 1), None, "graph.nodes[1]: must be an object, not null"),
        ((*N, 1, "id"), MISSING, "graph.nodes[1].id: is missing"),
        ((*N, 1, "id"), "w", 'graph.nodes[1].id: another node has the id "w"; each id stands once'),
        ((*N, 1, "id"), "a b", 'graph.nodes[1].id: "a b" is not a name; a name has letters, digits and _, '
                               "and does not begin with a digit"),
        ((*N, 1, "op"), "parametr", 'graph.nodes[1].op: no operation "parametr"; did you mean "parameter"?'),
        ((*N, 1, "value"), MISSING, "graph.nodes[1].value: is missing; a parameter has a number or nested lists "
                                    "of numbers"),
        ((*N, 1, "value"), "3", 'graph.nodes[1].value: must be a number, not "3"'),
        ((*N, 1, "value"), True, "graph.nodes[1].value: must be a number, not true"),
        ((*N, 1, "value"), [], "graph.nodes[1].value: an empty list holds no number"),
        ((*N, 1, "value"), [[1, 2], [3]], "graph.nodes[1].value[1]: must be a list of 2 like its neighbours, "
                                          "not a list of 1"),
        ((*N, 1, "value"), [[1, 2], [3, [4]]], "graph.nodes[1].value[1][1]: must be a number, not a list of 1"),
        ((*N, 1, "value"), [1, float("nan")], "graph.nodes[1].value[1]: must be a finite number, not nan"),
        ((*N, 1, "value"), float("-inf"), "graph.nodes[1].value: must be a finite number, not -inf"),
        ((*N, 1, "value"), 10**400, "graph.nodes[1].value: is too large for a float64 number"),
        ((*N, 2, "value"), 3.0, "graph.nodes[2].value: only parameter, constant and data have a value; add computes it"),
        ((*N, 2, "inputs"), ["w"], "graph.nodes[2].inputs: add takes 2 inputs (a, b), not 1; "
                                   "null stands for one that is not connected"),
        ((*N, 2, "inputs", 1), "x9", 'graph.nodes[2].inputs[1]: no node "x9"'),
        ((*N, 2, "inputs", 1), 4, "graph.nodes[2].inputs[1]: must be a text, not 4"),
        ((*N, 1, "inputs"), ["w"], "graph.nodes[1].inputs: parameter takes 0 inputs, not 1"),
        ((*N, 2, "inputs", 0), "e", "graph.nodes[2].inputs[0]: makes a cycle: e → e"),
        ((*N, 2, "inputs", 0), "loss", "graph.nodes[3].inputs[0]: makes a cycle: e → loss → e"),
        ((*N, 3, "attrs"), {"axes": 0}, "graph.nodes[3].attrs.axes: mean has no such attribute; it has axis, "
                                        'keepdims; did you mean "axis"?'),
        ((*N, 0, "pos"), [1], "graph.nodes[0].pos: must be a list of 2, not a list of 1"),
        ((*N, 0, "pos"), [1, 1e9], "graph.nodes[0].pos: is further than 1,000,000 from the middle of the canvas"),
        (("landscape", "axes"), ["b", "b"], 'landscape.axes: both axes are "b"; they must differ'),
        (("landscape", "axes"), ["a", "b", "c"], "landscape.axes: a landscape has one or two axes, not 3"),
        (("landscape", "ranges"), [[-4, 4]], "landscape.ranges: must be a list of 2, not a list of 1"),
        (("landscape", "ranges", 1), [4, -4], "landscape.ranges[1]: must run from low to high, not from 4 to -4"),
        (("landscape", "ranges", 1), [-1e308, 1e308], "landscape.ranges[1]: is too wide for float64 numbers"),
        (("landscape", "scale"), "cubic", 'landscape.scale: must be "linear" or "log" or "rank", not "cubic"'),
        (("landscape", "directions"), "pca", 'landscape.directions: must be "coordinates" or "random" or "principal", '
                                             'not "pca"'),
        (("landscape", "seed"), -1, "landscape.seed: must be between 0 and 9223372036854775807, not -1"),
        (("landscape", "at"), [1, 2], "landscape.at: must be 3 numbers, one for each coordinate of the graph, not 2"),
        (("landscape", "at"), [1, 2, None], "landscape.at[2]: must be a number, not null"),
        (("landscape", "follow"), "Adam", 'landscape.follow: must be true or false, not "Adam"'),
        (("landscape", "levels"), [1, 1], "landscape.levels: must run from low to high, not from 1 to 1"),
        (("landscape", "colour_map"), "jet", 'landscape.colour_map: must be "viridis" or "cividis" or "magma" or '
                                             '"inferno" or "plasma" or "gray", not "jet"'),
        (("landscape", "smoothing"), 0.5, "landscape.smoothing: must be at most 0.3, a share of the ranges, not 0.5"),
        (("landscape", "smoothing"), -0.1, "landscape.smoothing: must be at least 0, "
                                           "not -0.10000000000000001"),
        (("landscape", "view"), "line", 'landscape.view: must be "plane" or "space", not "line"'),
        (("landscape", "contours"), 0, "landscape.contours: must be true or false, not 0"),
        (("landscape", "field"), "lines", 'landscape.field: must be "none" or "arrows" or "streamlines", not "lines"'),
        (("landscape", "secant"), 0, "landscape.secant: must be above 0 and at most 1, not 0"),
        (("race", "steps"), 0, "race.steps: must be between 1 and 1000000, not 0"),
        (("race", "steps"), 2.5, "race.steps: must be a whole number, not 2.5"),
        (("race", "seed"), -1, "race.seed: must be between 0 and 9223372036854775807, not -1"),
        (("race", "target"), "low", 'race.target: must be a number, not "low"'),
        (("race", "budget"), 0, "race.budget: must be between 1 and 1000000000000, not 0"),
        (("race", "budget"), 1.5, "race.budget: must be a whole number, not 1.5"),
        (("race", "racers"), "adam", 'race.racers: must be a list, not "adam"'),
        (("race", "racers", 0, "optimizer"), MISSING, "race.racers[0].optimizer: is missing"),
        (("race", "racers", 0, "start"), [1, None], "race.racers[0].start[1]: must be a number, not null"),
        (("race", "racers", 0, "enabled"), 1, "race.racers[0].enabled: must be true or false, not 1"),
        (("race", "racers", 0, "color"), "red", 'race.racers[0].color: a colour is written "#rrggbb", not "red"'),
        (("race", "racers", 0, "style"), -1, "race.racers[0].style: must be between 0 and 9999, not -1"),
        (("race", "racers", 0, "gradient"), "exact", 'race.racers[0].gradient: must be "analytic" or "numerical", '
                                                     'not "exact"'),
        (("lesson",), "text", 'lesson: must be an object, not "text"'),
        (("notes",), {"a b": [0.5, float("inf")]}, 'notes["a b"][1]: must be a finite number, not inf'),
        (("notes",), "\ud800", "notes: holds half of a character (a lone surrogate)"),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_named(path: tuple[str | int, ...], value: Any, message: str) -> None:
    assert refusal(changed(path, value)) == message


@pytest.mark.parametrize(
    ("path", "value", "begins", "holds"),
    [
        (("optimizer",), "adm", "race.racers[0].optimizer: ", "adam"),
        (("options",), {"learnig_rate": 0.1}, "race.racers[0].options.learnig_rate: ", "learning_rate"),
        (("options",), {"learning_rate": "fast"}, "race.racers[0].options.learning_rate: ", "number"),
        (("options",), {"beta1": 1.5}, "race.racers[0].options.beta1: ", "1"),
        (("convention",), "pytorch", 'race.racers[0].convention: must be "torch" or ', 'not "pytorch"'),
        (("schedule",), "cosine", "race.racers[0].schedule: ", "must be a list of 2"),
        (("schedule",), ["cosin", {}], "race.racers[0].schedule[0]: ", "cosine"),
        (("schedule",), ["cosine", {"step": 5}], "race.racers[0].schedule[1].step: ", "steps"),
        (("clip_norm",), -1, "race.racers[0].clip_norm: ", "must be at least 0, not -1"),
        (("batch_size",), 0, "race.racers[0].batch_size: ", "must be between 1 and"),
        (("batch_order",), "random", "race.racers[0].batch_order: ", 'must be "shuffle" or "replacement" or'),
        (("batch_scores",), 3, "race.racers[0].batch_scores: ", "must be a text"),
        (("batch_opening",), 0, "race.racers[0].batch_opening: ", "must be above 0 and at most 1, not 0"),
        (("batch_ramp",), -1, "race.racers[0].batch_ramp: ", "must be between 0 and"),
        (("noise",), "much", "race.racers[0].noise: ", "must be a number"),
        (("average_decay",), 1.0, "race.racers[0].average_decay: ", "must be at least 0 and below 1, not 1"),
        (("options",), {"self": 1}, "race.racers[0].options.self: ", "no such option"),
    ],
)
def test_a_wrong_racer_is_named(path: tuple[str, ...], value: Any, begins: str, holds: str) -> None:
    message = refusal(changed(("race", "racers", 0, *path), value))
    assert message.startswith(begins)
    assert holds in message.removeprefix(begins)


def test_a_wrong_attribute_value_is_named() -> None:
    message = refusal(changed((*N, 3, "attrs"), {"axis": "rows"}))
    assert message.startswith("graph.nodes[3].attrs.axis: ")


def test_an_unfinished_graph_is_taken_with_its_problems() -> None:
    document = from_json(changed((*N, 2, "inputs", 1), None))
    assert document.graph.nodes["e"].inputs == ("w", None)
    assert "e" in document.graph.problems


def test_a_racer_for_other_coordinates_is_taken_and_refused_when_it_races() -> None:
    document = from_json(changed(("race", "racers", 0, "start"), [1, 2]))
    with pytest.raises(
        DocumentError, match=r"^race\.racers\[0\]\.start: 2 numbers for 3 coordinates \(w\[0\], w\[1\], b\)$"
    ):
        document.race_inputs()


@pytest.mark.parametrize("data", [None, 3, "text", [], [SOUND]])
def test_what_is_no_object_is_refused(data: Any) -> None:
    assert refusal(data).startswith("not a gdstudio document")


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (Limits(nodes=3), "graph.nodes: there are 4; at most 3 are allowed"),
        (Limits(numbers=1), "graph.nodes[0].value: its 2 numbers are too many; there is room for 1"),
        (Limits(numbers=2), "graph.nodes[1].value: its 1 numbers are too many; there is room for 0"),
        (Limits(elements=4), 'graph.nodes[2]: up to "e", the nodes would have 5 elements; at most 4 are allowed'),
        (Limits(racers=0), "race.racers: there are 1; at most 0 are allowed"),
        (Limits(steps=19), "race.steps: must be between 1 and 19, not 20"),
        (Limits(moments=59), "race: racers × steps × coordinates are 1 × 20 × 3 numbers to keep; "
                             "at most 59 are allowed"),
    ],
)  # fmt: skip
def test_sizes_are_limited(limits: Limits, message: str) -> None:
    assert refusal(SOUND, limits) == message


def test_a_short_chain_that_doubles_itself_is_refused() -> None:
    nodes = [{"id": "x0", "op": "parameter", "value": [1.0, 2.0]}]
    nodes += [{"id": f"x{i}", "op": "concatenate", "inputs": [f"x{i - 1}"] * 2} for i in range(1, 200)]
    message = refusal({"format": "gdstudio", "version": 1, "graph": {"output": None, "nodes": nodes}})
    # 2 + 4 + … + 2^24 is the first sum beyond the limit.
    assert message.startswith('graph.nodes[23]: up to "x23", the nodes would have 33,554,430 elements')


def test_a_small_file_that_would_fill_the_memory_is_refused() -> None:
    row = {"id": "x", "op": "parameter", "value": [1.0] * 20_000}
    nodes = [row, {"id": "y", "op": "outer", "inputs": ["x", "x"]}]
    message = refusal({"format": "gdstudio", "version": 1, "graph": {"output": None, "nodes": nodes}})
    assert (
        message
        == 'graph.nodes[1]: up to "y", the nodes would have 400,020,000 elements; at most 20,000,000 are allowed'
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not a gdstudio document: it is empty"),
        (b"\xef\xbb\xbf \n", "not a gdstudio document: it is empty"),
        ("nothing", "not a gdstudio document: line 1, column 1: Expecting value"),
        ('{"format": "gdstudio",\n  version: 1}', "not a gdstudio document: line 2, column 3: "),
        (json.dumps(SOUND)[:-1], "not a gdstudio document: line 1, column "),
        (b"\xff\xfe\x00", "not a gdstudio document: byte 0 is not UTF-8 text"),
        ("[" * 100_000, "not a gdstudio document: nested too deeply"),
        (
            '{"format": "gdstudio", "version": ' + "1" * 5_000 + "}",
            "not a gdstudio document: a number has too many digits",
        ),
        (
            '{"format": "gdstudio", "version": 1, "graph": {"nodes": [], "nodes": []}}',
            "graph.nodes: this key stands twice",
        ),
        ('{"format": "gdstudio", "version": 1, "x": ' + "[" * 80 + "]" * 80 + "}", "x[0][0]"),
    ],
)
def test_text_that_is_no_sound_json_is_refused(text: str | bytes, message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        from_text(text)
    assert str(caught.value).startswith(message)
    assert len(str(caught.value)) < 400


def test_a_byte_order_mark_is_no_fault() -> None:
    assert from_text(b"\xef\xbb\xbf" + json.dumps(SOUND).encode()).title == "A sound one"
