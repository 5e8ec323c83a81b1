"""The graph follows the selected racer, in the real window."""

from __future__ import annotations

import dataclasses as dc

import numpy as np
import pytest
from PySide6.QtWidgets import QFrame, QLabel, QToolButton

from gdstudio import engine
from gdstudio.document.model import Document, RacerSettings, RaceSettings
from gdstudio.ui import commands
from gdstudio.ui.race.following import graph_at
from tests.ui.helpers import find, wait_settled


@pytest.fixture
def window(open_window, chain, qtbot):
    """loss = |4 − (2w + b)|, Slow from (3, 1) and Adam from (1, −2), at step 0."""
    window = open_window(chain)
    window.session.reset()
    return window


def follow(window, qtbot, act) -> tuple:
    with qtbot.waitSignal(window.following.changed, timeout=20_000) as caught:
        act()
    return caught.args


def values(window, id: str) -> float:
    return float(window.graph.scene.maker.value(id))


def test_the_graph_shows_the_values_at_the_selected_racer(window, qtbot):
    assert values(window, "loss") == 3.0
    follow(window, qtbot, lambda: window.session.select_racer(1))
    # At (1, −2): 2w + b = 0, so the loss is 4 and its slopes are −2 and −1.
    assert (values(window, "w"), values(window, "b"), values(window, "loss")) == (1.0, -2.0, 4.0)
    assert float(window.graph.scene.maker.gradient("w")) == -2.0
    whose = find(window, "graphWhose", QLabel)
    qtbot.waitUntil(lambda: whose.text() == "Adam at step 0", timeout=20_000)  # it may have to be given room
    assert "w = 1   ∂loss/∂w = −2" in window.inspector.toPlainText()


def test_it_follows_from_step_to_step_and_goes_back(window, qtbot):
    session = window.session
    follow(window, qtbot, lambda: session.select_racer(0))
    follow(window, qtbot, lambda: session.set_step(2))
    path = session.race_result.paths[0]
    assert values(window, "w") == path[2][0]
    assert values(window, "loss") == pytest.approx(session.race_result.losses[0][2], rel=1e-12)
    assert session.document.graph.nodes["w"].value == 3.0
    trace, words = follow(window, qtbot, lambda: session.select_racer(None))
    assert (trace, words) == (None, "")
    assert values(window, "loss") == 3.0
    assert find(window, "graphWhose", QLabel).text() == ""


def test_its_words_follow_another_name_of_the_racer(window, qtbot):
    session = window.session
    follow(window, qtbot, lambda: session.select_racer(1))
    racers = (session.document.race.racers[0], session.document.race.racers[1].replace(name="Eve"))
    renamed = session.document.replace(race=dc.replace(session.document.race, racers=racers))
    _, words = follow(window, qtbot, lambda: session.edit("Rename", renamed))
    assert words == "Eve at step 0"


def test_the_trace_of_the_document_stays_its_own(window, qtbot):
    follow(window, qtbot, lambda: window.session.select_racer(1))
    assert float(window.session.trace.values["loss"]) == 3.0


def test_another_graph_lets_go_until_its_race_is_there(window, qtbot):
    session = window.session
    follow(window, qtbot, lambda: session.select_racer(1))
    node = commands.new_node(session.document, "square")
    trace, _ = follow(window, qtbot, lambda: session.edit("", commands.add_node(session.document, node)))
    assert trace is None
    wait_settled(qtbot, session)


def test_a_racer_on_batches_shows_its_batch():
    graph = engine.parse(
        "loss = mean((a*x - y)**2)", parameters={"a": 1.0}, data={"x": [0.0, 1.0, 2.0], "y": [1.0, 2.0, 3.0]}
    )
    racer = RacerSettings("SGD", "sgd", {"learning_rate": 0.1}, batch_size=1)
    document = Document("Rows", graph, race=RaceSettings(5, racers=(racer,)))
    result = engine.Race(graph.compile(), document.race_inputs(), 5, seed=0).run()
    for step in range(5):
        seen = graph_at(document, racer, result.paths[0][step], step).trace()
        move = result.paths[0][step + 1] - result.paths[0][step]
        assert np.allclose(move, -0.1 * seen.gradients["a"], rtol=1e-12)


def test_nodes_say_how_many_rows_a_batch_has(open_window, qtbot):
    graph = engine.parse(
        "loss = mean((a*x - y)**2)", parameters={"a": 1.0}, data={"x": [0.0, 1.0, 2.0], "y": [1.0, 2.0, 3.0]}
    )
    racer = RacerSettings("SGD", "sgd", {"learning_rate": 0.1}, batch_size=2)
    window = open_window(Document("Rows", graph, race=RaceSettings(5, racers=(racer,))))
    assert window.graph.scene.maker.face("x").shape == "3"
    follow(window, qtbot, lambda: window.session.select_racer(0))
    assert window.graph.scene.maker.face("x").shape == "2"
    assert window.graph.scene.maker.face("a").shape == ""
    follow(window, qtbot, lambda: window.session.select_racer(None))
    assert window.graph.scene.maker.face("x").shape == "3"


def test_whose_numbers_these_are_is_told_in_full_in_a_narrow_pane(window, qtbot):
    follow(window, qtbot, lambda: window.session.select_racer(1))
    words, tools = find(window, "graphWhose", QLabel), find(window, "graphTools", QFrame)
    backward = find(window, "graphBackward", QToolButton)
    for sizes, below in (([2000, 0], False), ([0, 2000], True)):
        window.upper.setSizes(sizes)
        qtbot.waitUntil(
            lambda below=below: (words.y() > backward.geometry().center().y()) == below, timeout=30_000
        )
        assert words.text() == "Adam at step 0"
        assert tools.rect().contains(words.geometry())


def test_whose_numbers_these_are_is_told_in_full_at_every_width(window, qtbot):
    follow(window, qtbot, lambda: window.session.select_racer(1))
    words = find(window, "graphWhose", QLabel)
    backward = find(window, "graphBackward", QToolButton)
    places = set()
    for width in range(560, 380, -12):
        window.upper.setSizes([width, window.upper.width() - width])
        qtbot.waitUntil(lambda: words.text() == "Adam at step 0", timeout=30_000)
        places.add(words.y() > backward.geometry().center().y())
    assert places == {False, True}
