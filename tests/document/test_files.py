"""Documents on the disk: what is written is read again, and nothing is lost when saving fails."""

from __future__ import annotations

import copy
import errno
import json
import os
import stat
import types
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdstudio.document import (
    Document,
    DocumentError,
    LandscapeSettings,
    Limits,
    RacerSettings,
    RaceSettings,
    from_json,
    read,
    to_json,
    write,
)
from gdstudio.document.files import from_text, to_text
from gdstudio.document.limits import HIGHEST, LIMITS
from gdstudio.engine import Graph, Node

# The example of the file format, with keys that this version does not know in every object.
WITH_UNKNOWN_KEYS: dict[str, Any] = {
    "format": "gdstudio",
    "version": 1,
    "title": "|y − (w·x + b)|",
    "graph": {
        "output": "m",
        "nodes": [
            {"id": "w", "op": "parameter", "value": 3.0, "pos": [0.0, 0.0], "note": "weight"},
            {"id": "x", "op": "constant", "value": [[2.0, 1.0]]},
            {"id": "x1", "op": "multiply", "inputs": ["x", "w"], "pos": [180.0, 0.5]},
            {"id": "m", "op": "mean", "inputs": ["x1"], "attrs": {"axis": [0, 1], "keepdims": False}},
        ],
        "zoom": 1.5,
    },
    "landscape": {"axes": ["w"], "ranges": [[-4.0, 4.0]], "scale": "log", "palette": "viridis"},
    "race": {
        "steps": 20,
        "seed": 3,
        "racers": [
            {
                "name": "Adam",
                "optimizer": "adam",
                "options": {"learning_rate": 0.1},
                "start": [3.0],
                "enabled": False,
                "color": "#e69f00",
                "style": 5,
                "gradient": "numerical",
                "convention": "keras",
                "schedule": ["cosine", {"steps": 50}],
                "batch_size": 4,
                "weather": "fine",
            },
            {"optimizer": "sgd"},
        ],
        "target": 0.25,
        "budget": 400,
        "loop": True,
    },
    "lesson": {"text": "One *step*.", "steps": [{"play": True}]},
    "author": {"name": "Ünal", "tags": [None, 1, 0.25, "λ"]},
}


def test_a_document_comes_back_as_it_was_with_unknown_keys_in_their_objects() -> None:
    assert to_json(from_json(copy.deepcopy(WITH_UNKNOWN_KEYS))) == WITH_UNKNOWN_KEYS


def test_an_edit_keeps_unknown_keys() -> None:
    document = from_json(WITH_UNKNOWN_KEYS)
    edited = document.replace(graph=document.graph.with_value("w", 5.0), race=document.race.replace(steps=9))
    data = to_json(edited)
    assert data["graph"]["nodes"][0] == {**WITH_UNKNOWN_KEYS["graph"]["nodes"][0], "value": 5.0}
    assert (data["race"]["steps"], data["race"]["loop"], data["author"]) == (
        9,
        True,
        WITH_UNKNOWN_KEYS["author"],
    )


def test_defaults_are_left_out() -> None:
    assert to_json(Document()) == {"format": "gdstudio", "version": 1, "graph": {"output": None, "nodes": []}}


def test_the_text_has_a_node_on_each_line() -> None:
    lines = to_text(from_json(WITH_UNKNOWN_KEYS)).splitlines()
    assert '      {"id": "x", "op": "constant", "value": [[2.0, 1.0]]},' in lines
    assert max(map(len, lines)) <= 110


def test_long_lists_of_numbers_fill_the_lines() -> None:
    numbers = [i / 8 for i in range(2_000)]
    graph = Graph([Node("x", "constant", value=np.array(numbers))])
    text = to_text(Document(graph=graph))
    assert json.loads(text)["graph"]["nodes"][0]["value"] == numbers
    assert len(text.splitlines()) < 200


finite = st.floats(allow_nan=False, allow_infinity=False)
names = st.sampled_from(["w", "b", "x1", "θ", "W_0", "loss"])
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | finite | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
# No word that the format knows has a ! in it.
unknown = st.dictionaries(texts.map(lambda text: text + "!"), plain, max_size=2)


@st.composite
def tensors(draw: st.DrawFn) -> np.ndarray:
    shape = tuple(draw(st.lists(st.integers(1, 3), max_size=3)))
    size = int(np.prod(shape))
    return np.array(draw(st.lists(finite, min_size=size, max_size=size))).reshape(shape)


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Nodes wired to earlier ones or to none; shapes need not fit."""
    nodes: list[Node] = []
    for name in draw(st.lists(names, unique=True)):
        sources = st.none() | st.sampled_from([node.id for node in nodes]) if nodes else st.none()
        pos = draw(st.none() | st.tuples(st.floats(-1e5, 1e5), st.floats(-1e5, 1e5)))
        more = {"pos": pos, "extra": draw(unknown)}
        op = draw(st.sampled_from(["parameter", "constant", "add", "sum", "concatenate"]))
        if op in ("parameter", "constant"):
            nodes.append(Node(name, op, value=draw(tensors()), **more))
        elif op == "add":
            nodes.append(Node(name, op, (draw(sources), draw(sources)), **more))
        elif op == "sum":
            attrs = draw(st.sampled_from([{}, {"axis": 0}, {"axis": (0, 1), "keepdims": True}]))
            nodes.append(Node(name, op, (draw(sources),), attrs, **more))
        else:
            nodes.append(Node(name, op, tuple(draw(st.lists(sources, max_size=3))), **more))
    output = draw(st.none() | st.sampled_from([node.id for node in nodes])) if nodes else None
    return Graph(nodes, output)


ranges = st.tuples(st.floats(-1e6, -1.0), st.floats(1.0, 1e6))
landscapes = st.builds(
    LandscapeSettings,
    axes=st.none() | st.lists(names, min_size=2, max_size=2, unique=True).map(tuple),
    ranges=st.none() | st.tuples(ranges, ranges),
    scale=st.sampled_from(["linear", "log", "rank"]),
    directions=st.sampled_from(["coordinates", "random", "principal"]),
    seed=st.integers(0, 2**63 - 1),
    follow=st.booleans(),
    levels=st.none() | ranges,
    colour_map=st.sampled_from(["viridis", "cividis", "gray"]),
    smoothing=st.floats(0.0, 0.3),
    view=st.sampled_from(["plane", "space"]),
    contours=st.booleans(),
    critical=st.booleans(),
    field=st.sampled_from(["none", "arrows", "streamlines"]),
    secant=st.none() | st.floats(1e-15, 1.0),
    extra=unknown,
)
racers = st.builds(
    RacerSettings,
    name=texts,
    optimizer=st.sampled_from(["sgd", "adam"]),
    options=st.dictionaries(st.just("learning_rate"), st.floats(1e-8, 1.0)),
    start=st.none() | st.lists(finite, max_size=3).map(tuple),
    enabled=st.booleans(),
    color=st.none() | st.sampled_from(["#000000", "#e69F00"]),
    style=st.none() | st.integers(0, 20),
    gradient=st.sampled_from(["analytic", "numerical"]),
    convention=st.none() | st.just("torch"),
    schedule=st.none() | st.just(("cosine", {"steps": 50.0})),
    clip_norm=st.none() | st.floats(0.0, 1e6),
    batch_size=st.none() | st.integers(1, 100),
    batch_order=st.sampled_from(["shuffle", "replacement", "sequential", "curriculum"]),
    batch_scores=st.none() | st.just("x"),
    batch_opening=st.floats(0.01, 1.0),
    batch_ramp=st.integers(0, 1000),
    noise=st.just(0.0) | st.floats(0.0, 10.0),
    average_decay=st.just(0.0) | st.floats(0.0, 0.999),
    extra=unknown,
)
races = st.builds(
    RaceSettings,
    steps=st.integers(1, 1000),
    seed=st.integers(0, 2**63 - 1),
    racers=st.lists(racers, max_size=3).map(tuple),
    target=st.none() | finite,
    budget=st.none() | st.integers(1, 10**12),
    extra=unknown,
)
documents = st.builds(
    Document,
    title=texts,
    graph=graphs(),
    landscape=landscapes,
    race=races,
    lesson=st.none() | st.dictionaries(texts, plain, max_size=2),
    extra=unknown,
    graph_extra=unknown,
)


@given(documents)
def test_every_document_comes_back_from_its_text(document: Document) -> None:
    again = from_text(to_text(document))
    assert again == document
    assert to_text(again) == to_text(document)
    for name, node in document.graph.nodes.items():
        if node.value is not None:
            # Equal to the bit, the sign of zero included.
            assert again.graph.nodes[name].value.tobytes() == node.value.tobytes()


@given(st.binary(max_size=200) | st.text(max_size=200) | plain.map(json.dumps))
def test_any_other_content_is_refused_in_one_line(content: bytes | str) -> None:
    with pytest.raises(DocumentError) as caught:
        from_text(content)
    assert "\n" not in str(caught.value)


@given(st.data())
def test_any_entry_replaced_by_anything_is_taken_or_refused_in_one_line(data: st.DataObject) -> None:
    tree = copy.deepcopy(WITH_UNKNOWN_KEYS)
    inner: Any = tree
    while True:
        key = data.draw(st.sampled_from(list(inner if isinstance(inner, dict) else range(len(inner)))))
        if not isinstance(inner[key], dict | list) or not inner[key] or data.draw(st.booleans()):
            break
        inner = inner[key]
    inner[key] = data.draw(plain)
    try:
        document = from_json(tree)
    except DocumentError as error:
        assert "\n" not in str(error)
    else:
        assert from_json(to_json(document)) == document


def document_of(value: float) -> Document:
    return Document(graph=Graph([Node("w", "parameter", value=np.array(value))], "w"))


def value_in(path: Path) -> float:
    return float(read(path).graph.nodes["w"].value)


def test_a_saved_file_replaces_the_old_one_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "fit.gdstudio"
    write(document_of(1.0), path)
    path.chmod(0o640)
    write(document_of(2.0), path)
    assert value_in(path) == 2.0
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["fit.gdstudio"]


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root may give files away")
def test_a_file_of_another_owner_stays_theirs(tmp_path: Path) -> None:
    path = tmp_path / "fit.gdstudio"
    write(document_of(1.0), path)
    os.chown(path, 12345, 23456)
    write(document_of(2.0), path)
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 23456)


@pytest.mark.parametrize(
    ("step", "error"), [("chmod", errno.EPERM), ("chown", errno.EPERM), ("fsync", errno.EINVAL)]
)
def test_what_a_file_system_cannot_do_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: int
) -> None:
    """Memory sticks know no permissions, and some network folders no syncing."""
    path = tmp_path / "fit.gdstudio"
    write(document_of(1.0), path)

    def unable(*_: Any) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, step, unable)
    write(document_of(2.0), path)
    assert value_in(path) == 2.0


def test_a_write_protected_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "fit.gdstudio"
    write(document_of(1.0), path)
    path.chmod(0o444)
    # Root may write to every file, so the system's answer to anyone else is put in its mouth.
    monkeypatch.setattr(os, "access", lambda asked, mode: not Path(asked).samefile(path))
    with pytest.raises(DocumentError, match=r"^cannot save .*fit\.gdstudio: permission denied$"):
        write(document_of(2.0), path)
    assert value_in(path) == 1.0
    assert os.listdir(tmp_path) == ["fit.gdstudio"]


@pytest.mark.skipif(not hasattr(os, "statvfs"), reason="the system does not tell")
def test_a_file_on_a_read_only_disk_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "fit.gdstudio"
    write(document_of(1.0), path)
    monkeypatch.setattr(os, "access", lambda asked, mode: not Path(asked).samefile(path))
    monkeypatch.setattr(os, "statvfs", lambda asked: types.SimpleNamespace(f_flag=os.ST_RDONLY))
    with pytest.raises(DocumentError, match=r"^cannot save .*fit\.gdstudio: read-only file system$"):
        write(document_of(2.0), path)
    assert value_in(path) == 1.0


def test_a_name_as_long_as_names_may_be_is_saved(tmp_path: Path) -> None:
    path = tmp_path / f"{'梯' * 80}.gdstudio"
    assert len(path.name.encode()) == 249
    for value in (1.0, 2.0):
        write(document_of(value), path)
    assert value_in(path) == 2.0
    assert len(os.listdir(tmp_path)) == 1


def test_what_was_opened_with_raised_limits_can_be_saved(tmp_path: Path) -> None:
    rows = [RacerSettings(optimizer="sgd")] * (LIMITS.racers + 1)
    document = document_of(1.0).replace(race=RaceSettings(racers=tuple(rows)))
    path = tmp_path / "crowd.gdstudio"
    write(document, path)
    with pytest.raises(DocumentError, match="at most 1,000 are allowed"):
        read(path)
    assert len(read(path, HIGHEST).race.racers) == 1_001


def test_a_new_file_has_the_mode_that_the_system_gives(tmp_path: Path) -> None:
    write(document_of(1.0), tmp_path / "fit.gdstudio")
    (tmp_path / "other").touch()
    assert (tmp_path / "fit.gdstudio").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.gdstudio", tmp_path / "link.gdstudio"
    write(document_of(1.0), real)
    link.symlink_to(real)
    write(document_of(2.0), link)
    assert link.is_symlink()
    assert value_in(real) == 2.0


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_save_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "fit.gdstudio"
    write(document_of(1.0), path)

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, step, full)
    with pytest.raises(DocumentError, match=r"^cannot save .*fit\.gdstudio: no space left on device$"):
        write(document_of(2.0), path)
    assert value_in(path) == 1.0
    assert os.listdir(tmp_path) == ["fit.gdstudio"]


def test_a_document_that_no_file_can_hold_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "fit.gdstudio"
    write(document_of(1.0), path)
    with pytest.raises(DocumentError, match=r"^graph\.nodes\[0\]\.value: must be a finite number, not nan$"):
        write(document_of(float("nan")), path)
    assert value_in(path) == 1.0


def test_what_could_not_be_read_again_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "fit.gdstudio"
    bad = Document(race=RaceSettings(racers=(RacerSettings(optimizer="no such"),)))
    with pytest.raises(DocumentError, match=r"^race\.racers\[0\]\.optimizer: "):
        write(bad, path)
    assert not path.exists()


def test_saving_into_no_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"^cannot save .*: no such file or directory$"):
        write(document_of(1.0), tmp_path / "missing" / "fit.gdstudio")


def test_a_name_that_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"^cannot read .*fit\.gdstudio: no such file or directory$"):
        read(tmp_path / "fit.gdstudio")
    with pytest.raises(DocumentError, match=r"is a folder, not a document$"):
        read(tmp_path)
    with pytest.raises(DocumentError, match=r"^cannot read "):
        read("a\0b")


def test_a_device_is_not_read() -> None:
    with pytest.raises(DocumentError, match=r"^/dev/zero is not an ordinary file$"):
        read("/dev/zero")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "big.gdstudio"
    path.write_text(" " * 2_000)
    with pytest.raises(DocumentError, match=r"has 2,000 bytes; at most 1,000 are read$"):
        read(path, Limits(bytes=1_000))


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="needs files that the system makes up")
def test_no_more_is_read_of_a_file_that_claims_to_be_empty() -> None:
    assert Path("/proc/self/maps").stat().st_size == 0
    with pytest.raises(DocumentError, match=r"has 101 bytes; at most 100 are read$"):
        read("/proc/self/maps", Limits(bytes=100))


def test_what_is_no_ordinary_file_is_never_replaced(tmp_path):
    pipe = tmp_path / "pipe.gdstudio"
    os.mkfifo(pipe)
    for target in (pipe, tmp_path):
        with pytest.raises(DocumentError, match="no ordinary file|directory"):
            write(Document(), target)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
