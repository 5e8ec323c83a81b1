"""Templates inserted as framed groups, and the graph written in other languages."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from gdstudio.document import files
from gdstudio.document.model import Document
from gdstudio.engine import check_gradients, parse
from gdstudio.ui.graph import exports
from gdstudio.ui.graph.search import matches, template_entries
from gdstudio.ui.graph.templates import MOST, TEMPLATES, get

Key = Qt.Key


def choose(hand, text):
    """Add what the palette finds first for `text`."""
    hand.key(Key.Key_Space)
    QTest.keyRelease(hand.view, Key.Key_Space)
    QTest.keyClicks(hand.field("nodePaletteSearch"), text)
    QTest.keyClick(hand.field("nodePaletteSearch"), Key.Key_Return)


@pytest.fixture
def empty(hand):
    hand.session.open(Document())
    hand.settle()
    return hand


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_every_template_works_at_once_in_an_empty_graph(empty, template):
    choose(empty, template.title)
    graph = empty.graph()
    assert graph.problems == {}
    assert graph.shapes[graph.output] == ()
    assert check_gradients(graph).ok
    frame = empty.editor.scene.marks["frame", 0].frame
    assert frame.title == template.title and set(frame.nodes) == set(graph.nodes)
    assert empty.view.shows(empty.editor.scene.bounds())
    assert empty.session.undo_stack.count() == 1
    assert files.from_text(files.to_text(empty.session.document)) == empty.session.document
    empty.undo_all()
    assert empty.session.document == Document()


def test_the_number_behind_the_title_sizes_a_template(empty):
    choose(empty, "sigmoid chain 7")
    graph = empty.graph()
    assert len(graph.parameters) == 7
    expected = 1.0
    for _ in range(7):
        expected = 1 / (1 + np.exp(-expected))
    assert float(graph.trace().values["s7"]) == pytest.approx(expected, rel=1e-14)


def test_a_number_beyond_all_measure_is_limited():
    assert matches("sigmoid chain 9999", template_entries())[0].number == MOST
    assert len(get("sigmoid_chain").graph(9999).parameters) == MOST


def test_w_applied_t_times_is_the_power_of_the_matrix():
    graph = get("matrix_power").graph(3)
    power = np.linalg.matrix_power(np.array([[0.9, -0.5], [0.5, 0.9]]), 3)
    assert graph.trace(seed=np.ones(2)).values["h3"] == pytest.approx(power @ [1.0, 0.5])


def test_batch_norm_by_steps_is_the_operation():
    graph = get("batch_norm_steps").graph()
    rows = graph.nodes["x"].value
    one = parse(
        "y = batch_norm(x, gamma, beta)",
        parameters={"gamma": np.ones(2), "beta": np.zeros(2)},
        constants={"x": rows},
    )
    assert graph.trace(partial=True).values["y"] == pytest.approx(one.trace(partial=True).values["y"])


def test_a_wire_dropped_on_the_canvas_feeds_a_template(hand):
    hand.session.open(Document(graph=parse("loss = sum(v**2)", parameters={"v": np.array([1.0, 2.0])})))
    hand.settle()
    hand.drag(hand.output("v"), hand.nowhere())
    QTest.keyClicks(hand.field("nodePaletteSearch"), "dense layer 4")
    QTest.keyClick(hand.field("nodePaletteSearch"), Key.Key_Return)
    graph = hand.graph()
    assert graph.nodes["matmul1"].inputs == ("v", "W")
    assert graph.shapes["a"] == (4,)
    assert graph.output == "loss"
    new = hand.editor.scene.marks["frame", 0].rect
    assert not any(
        new.intersects(hand.editor.scene.nodes[id].scene_body()) for id in ("v", "loss", "square1")
    )


def test_only_templates_that_take_the_shape_are_offered():
    assert {entry.key for entry in template_entries(())} == {"sigmoid_chain"}
    assert {entry.key for entry in template_entries((3,))} == {"dense", "matrix_power"}


def test_names_that_are_taken_are_changed(hand):
    choose(hand, "dense layer")
    choose(hand, "dense layer")
    nodes = hand.graph().nodes
    assert {"W", "W1", "z", "z1"} <= nodes.keys()
    assert nodes["z1"].inputs[1] != "b"
    hand.settle()
    assert hand.shown("loss") == ("3", "1")


# Exports


def test_the_graph_is_copied_as_a_program_that_runs(hand):
    point = hand.nowhere()
    hand.editor.open_menu(hand.view.mapToScene(point), hand.viewport.mapToGlobal(point))
    menu = QApplication.activePopupWidget()
    copies = next(a.menu() for a in menu.actions() if a.menu() and a.menu().objectName() == "graphMenuCopyAs")
    next(a for a in copies.actions() if a.objectName() == "graphMenuCopyAsNumpy").trigger()
    menu.close()
    space: dict = {"__name__": "exported"}
    exec(QApplication.clipboard().text(), space)
    assert float(space["values"](**space["parameters"])["loss"]) == 3.0


def test_every_language_writes_the_graph(hand):
    texts = {row.name: row.write(hand.graph()) for row in exports.formats()}
    assert "import torch" in texts["torch"] and "import jax" in texts["jax"]
    assert texts["latex"].startswith("\\[\n\\begin{aligned}") and r"\mathrm{loss}" in texts["latex"]
    assert parse(texts["formula"]) is not None


def test_a_graph_that_cannot_be_written_says_why(empty):
    exports.copy_as(empty.editor, exports.formats()[0])
    assert empty.field("graphRefusal").text()


def test_files_of_every_format_are_written(hand, tmp_path):
    for row in exports.formats():
        path = tmp_path / f"{row.name}.{row.suffix}"
        exports.export(hand.editor, path, row)
        assert path.read_text(encoding="utf-8")
    assert (tmp_path / "latex.tex").read_text().startswith(r"\documentclass")
    exports.export(hand.editor, tmp_path / "graph.pdf", None)
    assert (tmp_path / "graph.pdf").read_bytes().startswith(b"%PDF")


def test_a_page_that_does_not_fit_on_the_disk_leaves_the_old_one(hand, tmp_path, monkeypatch):
    path = tmp_path / "graph.pdf"
    path.write_bytes(b"old")

    def refuse(file: Path, _content: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(file))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(OSError):
        exports.export(hand.editor, path, None)
    assert path.read_bytes() == b"old"


def test_a_folder_that_is_not_there_is_named(hand, tmp_path):
    with pytest.raises(OSError):
        exports.export(hand.editor, tmp_path / "nowhere" / "x.py", exports.formats()[0])
    with pytest.raises(OSError):
        exports.export(hand.editor, tmp_path / "nowhere" / "x.pdf", None)


def test_the_dialog_writes_the_format_that_is_chosen(hand, tmp_path, monkeypatch):
    def answer(dialog):
        dialog.selectNameFilter("NumPy program (*.py)")
        dialog.selectFile(str(tmp_path / "mine.py"))
        return 1

    monkeypatch.setattr(QFileDialog, "exec", answer)
    hand.editor.export_program()
    assert "import numpy" in (tmp_path / "mine.py").read_text()


def test_a_page_that_cannot_be_written_is_told_in_one_sentence(hand, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: 1)
    monkeypatch.setattr(QFileDialog, "selectedNameFilter", lambda dialog: "PDF picture (*.pdf)")
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda dialog: [str(tmp_path / "no" / "x.pdf")])
    hand.editor.export_program()
    said = hand.field("graphRefusal").text()
    assert said == "x.pdf cannot be written: no such file or directory."
