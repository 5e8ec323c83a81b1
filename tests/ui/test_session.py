"""The session: one undo history, changes that say what differs, results that follow, playback."""

from __future__ import annotations

import gc
import threading
import weakref

import numpy as np
import pytest

from gdstudio import engine
from gdstudio.document import files
from gdstudio.document.model import Document, DocumentError
from gdstudio.ui import commands, results
from gdstudio.ui.session import Change, Session
from tests.ui.helpers import wait_settled


def edit(session: Session, document: Document, **more) -> None:
    session.edit("edit", document, **more)


def counted(*signals) -> list[int]:
    """How often each signal has fired since; updated as they fire."""
    counts = [0] * len(signals)
    for i, signal in enumerate(signals):

        def count(*_args, i=i):
            counts[i] += 1

        signal.connect(count)
    return counts


# Results


def test_opening_computes_everything(session):
    assert float(session.trace.gradients["w"]) == 2.0
    assert float(session.trace.values["loss"]) == 3.0
    assert session.grid.fine
    assert session.grid.z.shape == (results.FINE, results.FINE)
    assert [len(losses) for losses in session.race_result.losses] == [21, 21]
    assert session.problems == {}


def test_the_surface_is_the_loss_at_its_points(session):
    i, j = 10, 200
    w, b = session.grid.xs[i], session.grid.ys[j]
    assert session.grid.z[i, j] == pytest.approx(abs(4.0 - (2.0 * w + b)), rel=1e-12)


def test_a_slow_surface_comes_in_strips_and_is_the_same(session, qtbot, monkeypatch):
    monkeypatch.setattr(results, "SLOW", -1.0)
    whole = session.grid
    session.request_grid(("w", "b"), ((-4.0, 4.0), (-4.0, 4.000001)))
    wait_settled(qtbot, session)
    assert session.grid.z == pytest.approx(whole.z, rel=1e-5, abs=1e-5)
    assert session.grid.xs == pytest.approx(whole.xs)


def test_a_value_changes_trace_surface_and_race(session, qtbot):
    edit(session, commands.set_value(session.document, "x", 5.0))
    wait_settled(qtbot, session)
    # |4 - (3*5 + 1)| = 12, and its slope along w is 5.
    assert float(session.trace.values["loss"]) == 12.0
    assert float(session.trace.gradients["w"]) == 5.0
    assert session.grid.z[0, 0] == pytest.approx(abs(4.0 - (5.0 * -4.0 - 4.0)))
    assert session.race_result.losses[0][0] == 12.0


def test_places_on_the_canvas_compute_nothing(session, qtbot):
    counts = counted(session.trace_computed, session.grid_computed, session.race_computed)
    edit(session, commands.move_nodes(session.document, {"w": (50.0, 60.0)}))
    wait_settled(qtbot, session)
    assert counts == [0, 0, 0]


def test_names_and_colours_of_racers_compute_nothing(session, qtbot):
    counts = counted(session.trace_computed, session.grid_computed, session.race_computed)
    edit(session, commands.set_color(session.document, 0, "#ff0000"))
    edit(session, commands.set_racer_name(session.document, 0, "Snail"))
    wait_settled(qtbot, session)
    assert counts == [0, 0, 0]


def test_a_learning_rate_computes_the_race_alone(session, qtbot):
    counts = counted(session.trace_computed, session.grid_computed)
    before = session.race_result
    edit(session, commands.set_option(session.document, 0, "learning_rate", 0.5))
    wait_settled(qtbot, session)
    assert counts == [0, 0]
    assert session.race_result is not before


def test_a_parameter_along_an_axis_leaves_the_surface_as_it_is(session, qtbot):
    grid = session.grid
    edit(session, commands.set_value(session.document, "w", -1.0))
    wait_settled(qtbot, session)
    assert session.grid is grid
    assert float(session.trace.values["loss"]) == 5.0


def test_another_colour_scale_comes_without_computing(session, qtbot):
    z = session.grid.z
    edit(session, commands.set_scale(session.document, "log"))
    wait_settled(qtbot, session)
    assert session.grid.scale == "log"
    assert session.grid.z is z


def test_another_region_is_no_edit_and_ends_with_the_documents_own(session, qtbot):
    session.request_grid(("w", "b"), ((0.0, 1.0), (0.0, 1.0)))
    wait_settled(qtbot, session)
    assert session.grid.ranges == ((0.0, 1.0), (0.0, 1.0))
    assert not session.is_modified
    edit(session, commands.set_ranges(session.document, ((-1.0, 1.0), (-1.0, 1.0))))
    wait_settled(qtbot, session)
    assert session.grid.ranges == ((-1.0, 1.0), (-1.0, 1.0))


def test_a_broken_graph_keeps_the_values_before_the_break_and_says_why(session, qtbot):
    with qtbot.waitSignal(session.failed) as failed:
        edit(session, commands.disconnect_wire(session.document, "x2", 1))
    wait_settled(qtbot, session)
    assert float(session.trace.values["x1"]) == 6.0
    assert "loss" not in session.trace.values
    assert session.grid is None and session.race_result is None
    assert "x2" in failed.args[0]
    session.undo_stack.undo()
    wait_settled(qtbot, session)
    assert session.problems == {}
    assert session.grid is not None and session.race_result is not None


def test_a_surface_that_stays_away_for_another_reason_says_so(session, qtbot, monkeypatch):
    monkeypatch.setattr(results, "QUICK", float("inf"))  # no coarse surface comes before the fine one
    edit(session, commands.disconnect_wire(session.document, "x2", 1))
    wait_settled(qtbot, session)
    told: list[str] = []
    session.grid_computed.connect(lambda _grid: told.append(session.problems["grid"]))
    edit(session, session.document.replace(graph=engine.Graph()))
    wait_settled(qtbot, session)
    assert told == ["the graph is empty; begin with a parameter and an operation on it"]


def test_one_fault_is_told_once(session, qtbot):
    sentences: list[str] = []
    session.failed.connect(sentences.append)
    edit(session, commands.disconnect_wire(session.document, "x2", 1))
    wait_settled(qtbot, session)
    assert len(sentences) == 1


def test_racers_that_are_off_are_not_in_the_result(session, qtbot):
    edit(session, commands.set_enabled(session.document, 0, False))
    wait_settled(qtbot, session)
    assert session.race_rows == (1,)
    assert len(session.race_result.losses) == 1
    edit(session, commands.set_enabled(session.document, 1, False))
    wait_settled(qtbot, session)
    assert session.race_result is None and session.race_rows == ()
    assert session.last_step == 0


def test_of_many_edits_in_a_row_the_last_is_computed(session, qtbot):
    for value in range(50):
        edit(session, commands.set_value(session.document, "x", float(value)))
    wait_settled(qtbot, session)
    assert float(session.trace.values["x"]) == 49.0
    assert session.race_result.losses[0][0] == pytest.approx(abs(4.0 - (3.0 * 49.0 + 1.0)))


def test_results_of_the_document_before_never_arrive(session, qtbot, monkeypatch):
    """A race that is still running when another document opens must not be shown for it."""
    running, go_on = threading.Event(), threading.Event()
    compute = results.compute_race

    def slow_once(document, progress):
        outcome = compute(document, progress)
        if document.title == "Chain rule":
            running.set()
            go_on.wait(10.0)
        return outcome

    monkeypatch.setattr(results, "compute_race", slow_once)
    edit(session, commands.set_steps(session.document, 7))
    qtbot.waitUntil(running.is_set)
    seen: list[object] = []
    session.race_computed.connect(seen.append)
    other = session.document.replace(title="Other", race=session.document.race.replace(steps=3))
    session.open(other)
    go_on.set()
    wait_settled(qtbot, session)
    assert [len(result.losses[0]) for result in seen] == [4]


def test_stopping_the_work_settles_and_says_so(session, qtbot, monkeypatch):
    started = threading.Event()

    def endless(document, progress):
        started.set()
        while True:
            progress.check()
            progress.report(0.5)

    monkeypatch.setattr(results, "compute_race", endless)
    with qtbot.waitSignal(session.progressed, timeout=10_000) as progressed:
        edit(session, commands.set_steps(session.document, 9))
    assert progressed.args == [0.5]
    session.cancel_work()
    wait_settled(qtbot, session)
    assert "stopped" in session.problems["race"]


def test_long_work_is_announced_and_its_end_too(session, qtbot, monkeypatch):
    go_on = threading.Event()
    compute = results.compute_race
    monkeypatch.setattr(
        results, "compute_race", lambda document, progress: go_on.wait(10.0) and compute(document, progress)
    )
    with qtbot.waitSignal(session.busy_changed, timeout=10_000) as begun:
        edit(session, commands.set_steps(session.document, 9))
    assert begun.args == [True]
    with qtbot.waitSignal(session.busy_changed, timeout=10_000) as ended:
        go_on.set()
    assert ended.args == [False]


# History


def test_undo_and_redo_go_through_the_same_documents(session):
    first = session.document
    second = commands.set_value(first, "w", 5.0)
    third = commands.set_steps(second, 50)
    edit(session, second)
    edit(session, third)
    session.undo_stack.undo()
    assert session.document is second
    session.undo_stack.undo()
    assert session.document is first
    session.undo_stack.redo()
    session.undo_stack.redo()
    assert session.document is third


def test_a_drag_is_one_step(session):
    first = session.document
    for x in range(10):
        edit(session, commands.move_nodes(session.document, {"w": (x, x)}), merge="drag w")
    assert session.undo_stack.count() == 1
    session.undo_stack.undo()
    assert session.document is first


def test_a_drag_keeps_only_where_it_began_and_ended(session):
    """Undo keeps documents; those that a drag went through in between are let go of."""
    began = session.document
    passed = []
    for x in range(10):
        edit(session, commands.move_nodes(session.document, {"w": (x, x)}), merge="drag w")
        passed.append(weakref.ref(session.document.graph.nodes["w"]))
    session.undo_stack.undo()
    assert session.document is began
    session.undo_stack.redo()
    gc.collect()
    assert [node() is not None for node in passed] == [False] * 9 + [True]


def test_a_drag_that_goes_on_after_undo_is_another_step(session):
    """What was undone is let go of by the edit, and both steps by the edits that follow."""
    edit(session, commands.set_value(session.document, "w", 4.0), merge="drag w")
    edit(session, commands.set_steps(session.document, 50))
    session.undo_stack.undo()
    edit(session, commands.set_value(session.document, "w", 5.0), merge="drag w")
    passed = weakref.ref(session.document.graph.nodes["w"])
    assert (session.undo_stack.count(), session.undo_stack.canRedo()) == (2, False)
    session.undo_stack.undo()
    assert float(session.document.graph.nodes["w"].value) == 4.0
    session.undo_stack.undo()
    edit(session, commands.set_steps(session.document, 60))
    gc.collect()
    assert passed() is None


def test_a_drag_that_goes_on_after_saving_is_another_step(session, tmp_path):
    edit(session, commands.set_value(session.document, "w", 4.0), merge="drag w")
    session.save(tmp_path / "saved.gdstudio")
    edit(session, commands.set_value(session.document, "w", 5.0), merge="drag w")
    assert session.is_modified
    session.undo_stack.undo()
    assert not session.is_modified
    assert float(session.document.graph.nodes["w"].value) == 4.0


def test_history_forgets_its_oldest_steps(session):
    """1,000 steps can be undone, the 5 before them cannot."""
    for x in range(1005):
        edit(session, commands.move_nodes(session.document, {"w": (x, 0.0)}))
    while session.undo_stack.canUndo():
        session.undo_stack.undo()
    assert session.document.graph.nodes["w"].pos == (4.0, 0.0)


def test_two_drags_are_two_steps(session):
    for _ in range(2):
        for x in range(3):
            value = float(session.document.graph.nodes["w"].value) + x + 1
            edit(session, commands.set_value(session.document, "w", value), merge="drag w")
        session.end_merge()
    assert session.undo_stack.count() == 2


def test_the_open_document_is_no_edit(session):
    edit(session, session.document)
    assert session.undo_stack.count() == 0


def test_a_change_says_what_differs(session):
    changes: list[Change] = []
    session.document_changed.connect(changes.append)
    document = session.document
    cases = (
        (commands.move_nodes(document, {"w": (9.0, 9.0)}), "positions"),
        (commands.set_value(document, "w", 9.0), "values"),
        (commands.disconnect_wire(document, "x2", 0), "graph"),
        (commands.rename_node(document, "x1", "product"), "graph"),
        (commands.set_scale(document, "rank"), "landscape"),
        (commands.set_steps(document, 9), "race"),
    )
    for edited, _name in cases:
        edit(session, edited)
        session.undo_stack.undo()
    questions = ("positions", "values", "graph", "landscape", "race")
    for (_edited, name), change in zip(cases, changes[::2], strict=True):
        assert [q for q in questions if getattr(change, q)] == [name]


def test_opening_begins_another_history(session, qtbot):
    edit(session, commands.set_value(session.document, "w", 9.0))
    with qtbot.waitSignals([session.document_opened, session.path_changed]):
        session.open(Document(title="Empty"))
    assert session.undo_stack.count() == 0
    assert not session.is_modified
    assert session.trace is None and session.race_result is None


# Files


def test_saving_makes_it_unmodified(session, tmp_path):
    path = tmp_path / "chain.gdstudio"
    edit(session, commands.set_value(session.document, "w", 9.0))
    assert session.is_modified
    session.save(path)
    assert not session.is_modified
    assert session.path == path
    assert float(files.read(path).graph.nodes["w"].value) == 9.0
    session.undo_stack.undo()
    assert session.is_modified


def test_what_cannot_be_saved_stays_modified(session, tmp_path):
    edit(session, commands.set_value(session.document, "w", 9.0))
    with pytest.raises(DocumentError):
        session.save(tmp_path / "nowhere" / "chain.gdstudio")
    assert session.is_modified
    assert session.path is None


def test_a_document_without_a_file_asks_for_one(session):
    with pytest.raises(DocumentError, match="choose"):
        session.save()


# Selection


def test_a_deleted_node_is_not_selected_any_more(session):
    session.select_node("x1")
    edit(session, commands.delete_nodes(session.document, ["x1"]))
    assert session.selected_node is None


def test_a_removed_racer_is_not_selected_any_more(session):
    session.select_racer(1)
    edit(session, commands.remove_racer(session.document, 1))
    assert session.selected_racer is None


# Playback


def test_a_race_is_shown_to_its_end_first(session, qtbot):
    assert session.step == session.last_step == 20
    edit(session, commands.set_steps(session.document, 35))
    wait_settled(qtbot, session)
    assert session.step == 35


def test_a_scrubbed_step_stays_where_it_is(session, qtbot):
    session.set_step(5)
    edit(session, commands.set_steps(session.document, 35))
    wait_settled(qtbot, session)
    assert session.step == 5
    edit(session, commands.set_steps(session.document, 3))
    wait_settled(qtbot, session)
    assert session.step == 3


def test_stepping_stops_at_both_ends(session):
    session.step_forward()
    assert session.step == 20
    session.step_back()
    assert session.step == 19
    session.reset()
    session.step_back()
    assert session.step == 0
    session.set_step(1000)
    assert session.step == 20


def test_playing_goes_from_the_start_to_the_end_and_stops(session, qtbot):
    steps: list[int] = []
    session.step_changed.connect(steps.append)
    session.speed = 1000.0
    session.play()
    assert session.playing and session.step == 0
    with qtbot.waitSignal(session.playing_changed, timeout=10_000) as stopped:
        pass
    assert stopped.args == [False]
    assert session.step == 20
    assert steps == sorted(steps)


def test_playing_in_a_loop_begins_again(session, qtbot):
    steps: list[int] = []
    session.step_changed.connect(steps.append)
    session.speed, session.loop = 2000.0, True
    session.play()
    qtbot.waitUntil(lambda: steps.count(20) >= 2, timeout=10_000)
    session.pause()
    assert not session.playing
    assert steps.count(0) >= 1


def test_nothing_runs_while_nothing_plays(session):
    from PySide6.QtCore import QTimer

    assert not any(timer.isActive() for timer in session.findChildren(QTimer))


def test_a_document_without_racers_cannot_play(qtbot):
    session = Session(Document(graph=engine.parse("loss = w ** 2", parameters={"w": 3.0})))
    wait_settled(qtbot, session)
    session.play()
    assert not session.playing
    assert np.asarray(session.grid.z).ndim == 1
    session.close()
