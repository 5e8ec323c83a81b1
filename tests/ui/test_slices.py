"""Slices along directions and through points, with numbers known by hand."""

from __future__ import annotations

import numpy as np
import pytest

from gdstudio import engine
from gdstudio.document.model import Document, DocumentError, LandscapeSettings, RacerSettings, RaceSettings
from gdstudio.ui import commands
from gdstudio.ui.results import compute_grid
from gdstudio.ui.session import Session
from gdstudio.ui.slices import PRINCIPAL, RANDOM, Paths, Slice
from gdstudio.ui.worker import Progress, Worker
from tests.ui.helpers import wait_settled


def bowl(**settings) -> Document:
    """a² + 4 b² + 9 c² at (1, 2, 3), with one racer from there and one from (3, 0, 0)."""
    graph = engine.parse("loss = a**2 + 4*b**2 + 9*c**2", parameters={"a": 1.0, "b": 2.0, "c": 3.0})
    racers = (
        RacerSettings("One", "sgd", {"learning_rate": 0.05}),
        RacerSettings("Two", "sgd", {"learning_rate": 0.05}, start=(3.0, 0.0, 0.0)),
    )
    return Document("Bowl", graph, LandscapeSettings(**settings), RaceSettings(20, racers=racers))


@pytest.fixture
def opened(qtbot):
    """Sessions on documents, settled."""
    sessions = []

    def open_one(document: Document) -> Session:
        session = Session(document)
        sessions.append(session)
        wait_settled(qtbot, session)
        return session

    yield open_one
    for session in sessions:
        session.close()


def loss(point) -> float:
    a, b, c = point
    return a**2 + 4 * b**2 + 9 * c**2


def test_the_slice_goes_through_the_given_point() -> None:
    landscape, _, _ = Slice(bowl(at=(7.0, 8.0, -1.0))).landscape()
    assert landscape.value_and_gradient(0.0, 0.0)[0] == 9.0
    assert landscape.value_and_gradient(1.0, 1.0)[0] == 14.0


def test_a_racers_point_comes_before_the_given_one() -> None:
    landscape, _, _ = Slice(bowl(at=(7.0, 8.0, -1.0), follow=True), point=(0.0, 0.0, 2.0)).landscape()
    assert landscape.value_and_gradient(0.0, 0.0)[0] == 36.0


def test_random_directions_are_those_of_the_seed() -> None:
    document = bowl(directions="random", seed=4)
    landscape, _, chosen = Slice(document).landscape()
    wanted = engine.random_directions(document.graph.compile(), 2, seed=4)
    assert np.array_equal(landscape.directions, wanted)
    assert chosen
    point = np.array([1.0, 2.0, 3.0]) + 0.5 * wanted[0] - 0.25 * wanted[1]
    assert landscape.value_and_gradient(0.5, -0.25)[0] == pytest.approx(loss(point), rel=1e-12)


def test_random_ranges_hold_every_start() -> None:
    landscape, _, _ = Slice(bowl(directions="random", seed=4)).landscape()
    (low, high), _ = landscape.ranges
    x, y = landscape.project(np.array([3.0, 0.0, 0.0]))
    assert low < x < high and low < y < high


def test_following_along_directions_moves_the_slice_off_its_plane_alone() -> None:
    document = bowl(directions="random", seed=1, follow=True)
    landscape, _, _ = Slice(document, point=(2.0, -1.0, 0.5)).landscape()
    still, _, _ = Slice(document).landscape()
    at = landscape.project(np.array([2.0, -1.0, 0.5]))
    assert at == pytest.approx(still.project(np.array([2.0, -1.0, 0.5])), abs=1e-12)
    assert landscape.point(*at) == pytest.approx([2.0, -1.0, 0.5], abs=1e-12)


def test_main_directions_are_those_of_the_paths() -> None:
    paths = Paths([np.array([[4.0, 0.0, 0.0], [0.0, 0.0, 0.0]]), np.array([[0.0, 0.0, 1.0]])])
    landscape, explained, chosen = Slice(bowl(directions="principal"), paths).landscape()
    # Spread 4 along a and 1 along c about the end of the first path, the origin.
    assert np.abs(landscape.directions) == pytest.approx(np.array([[1, 0, 0], [0, 0, 1]]), abs=1e-12)
    assert explained == pytest.approx((16 / 17, 1 / 17))
    assert chosen
    assert landscape.at == pytest.approx([0.0, 0.0, 0.0])


def test_without_a_race_there_are_no_main_directions() -> None:
    with pytest.raises(DocumentError, match="no race whose main directions could be the axes; add a racer"):
        Slice(bowl(directions="principal")).landscape()


def test_one_coordinate_has_no_directions() -> None:
    graph = engine.parse("loss = a**2", parameters={"a": 1.0})
    document = Document("", graph, LandscapeSettings(directions="random"))
    with pytest.raises(DocumentError, match="at least two coordinates; the graph has 1"):
        Slice(document).landscape()


def test_a_long_race_of_many_coordinates_is_thinned_and_keeps_its_end() -> None:
    path = np.linspace(1.0, 0.0, 3000)[:, None] * np.arange(1.0, 1001.0)
    main = Paths([path]).principal(None)
    assert main.center == pytest.approx(np.zeros(1000))
    assert main.explained[0] == pytest.approx(1.0)


def test_a_session_waits_for_the_race_and_shows_its_main_directions(opened) -> None:
    session = opened(bowl(directions="principal"))
    grid, paths = session.grid, session.race_result.paths
    assert grid.axes == PRINCIPAL
    assert grid.chosen
    wanted = engine.principal_directions(paths, 2)
    assert grid.landscape.directions == pytest.approx(wanted.axes)
    spots = np.concatenate([wanted.project(path) for path in paths])
    for (low, high), along in zip(grid.ranges, spots.T, strict=True):
        assert low < along.min() and along.max() < high


def test_the_main_directions_turn_with_the_race(opened, qtbot) -> None:
    session = opened(bowl(directions="principal"))
    before = session.grid.landscape.directions
    session.edit("Move", commands.set_start(session.document, 1, (0.0, 0.0, 9.0)))
    wait_settled(qtbot, session)
    wanted = engine.principal_directions(session.race_result.paths, 2).axes
    assert session.grid.landscape.directions == pytest.approx(wanted)
    assert not np.allclose(before, wanted)


def test_a_session_without_racers_says_why_there_is_nothing(opened) -> None:
    document = bowl(directions="principal")
    session = opened(document.replace(race=document.race.replace(racers=())))
    assert session.grid is None
    assert "add a racer" in session.problems["grid"]


def test_the_slice_follows_the_selected_racer_step_by_step(opened, qtbot) -> None:
    session = opened(bowl(follow=True))
    assert session.grid.landscape.at[2] == 3.0
    session.select_racer(1)
    wait_settled(qtbot, session)
    assert session.grid.landscape.at == pytest.approx(session.race_result.paths[1][session.step])
    session.select_racer(0)
    session.set_step(1)
    wait_settled(qtbot, session)
    # One step of 0.05 against 18 c takes c from 3 to 0.3.
    assert session.grid.landscape.at[2] == pytest.approx(0.3)
    assert session.grid.point == pytest.approx(session.race_result.paths[0][1])


def test_a_region_holds_until_the_axes_change(opened, qtbot) -> None:
    session = opened(bowl(directions="random"))
    assert session.grid.axes == RANDOM
    region = ((-0.5, 0.5), (-0.25, 0.25))
    session.request_grid(RANDOM, region)
    wait_settled(qtbot, session)
    assert session.grid.ranges == region
    session.edit("Seed", commands.set_directions(session.document, "random", seed=1))
    wait_settled(qtbot, session)
    assert session.grid.ranges != region


def test_a_computed_surface_equals_the_loss_at_its_points(qtbot) -> None:
    worker = Worker(("grid",))
    try:
        grids = []
        worker.finished.connect(lambda kind, version, grid: grids.append(grid))
        wanted = Slice(bowl(directions="random", seed=2))

        def job(progress: Progress):
            return compute_grid(wanted, 16, progress)

        worker.ask("grid", 1, job)
        qtbot.waitUntil(lambda: bool(grids), timeout=30_000)
    finally:
        worker.close()
    (grid,) = grids
    point = grid.landscape.point(grid.xs[3], grid.ys[11])
    assert grid.z[3, 11] == pytest.approx(loss(point), rel=1e-10)
