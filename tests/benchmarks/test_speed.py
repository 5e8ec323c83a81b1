"""How long our engine takes for what a person waits for; `python -m tests.benchmarks` sets it beside its peers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from . import ours, peers_plain, problems
from .measure import Case, Contender, Stopwatch, disagreement, measure, ratio

GRID = 512


@pytest.mark.parametrize("task", problems.SURFACES, ids=lambda task: task.name)
def test_surface(benchmark: Callable, task: problems.Surface) -> None:
    z, gx, gy = benchmark(ours.surface(task, GRID))
    assert z.shape == gx.shape == gy.shape == (GRID, GRID)
    assert disagreement((z, gx, gy), peers_plain.surface(task, GRID)()) < 1e-9


@pytest.mark.parametrize("task", problems.SURFACES, ids=lambda task: task.name)
def test_edit_to_first_surface(benchmark: Callable, task: problems.Surface) -> None:
    assert np.isfinite(benchmark(ours.first_surface(task, GRID))[0]).all()


def test_race_of_eight(benchmark: Callable) -> None:
    losses = benchmark(ours.race(1000))
    # Rosenbrock at (-1.2, 1) by hand: 2.2² + 100·0.44².
    assert losses[:, 0] == pytest.approx(24.2)
    assert (losses[:, -1] < 24.2).all()


def test_edit_to_first_race(benchmark: Callable) -> None:
    assert benchmark(ours.first_race(1000)).shape == (8, 1001)


def test_adam_from_many_starts(benchmark: Callable) -> None:
    points = benchmark(ours.adam_starts(256, 20))
    assert disagreement(points, peers_plain.adam_starts(256, 20)()) < 1e-9


def test_graph_of_many_scalars(benchmark: Callable) -> None:
    operations = problems.scalar_graph()
    answer = benchmark(ours.scalar_graph(operations))
    assert disagreement(answer, peers_plain.scalar_graph(operations)()) < 1e-9


def test_training_of_a_network(benchmark: Callable) -> None:
    losses = benchmark(ours.training(problems.network(), 50))
    assert losses[-1] < losses[0]


def test_slice_of_a_network(benchmark: Callable) -> None:
    net = problems.network()
    z, gx, gy = benchmark(ours.network_slice(net, (17, 33)))
    # The middle of the slice is the network itself.
    program = ours.network_program(net)
    value, gradient = program.value_and_gradient(program.start)
    along = [gradient @ direction for direction in net.directions()]
    assert [z[8, 16], gx[8, 16], gy[8, 16]] == pytest.approx([float(value), *along])


def test_measuring_takes_turns_and_refuses_other_answers() -> None:
    turns: list[str] = []

    def contender(name: str, answer: Any) -> Contender:
        def run() -> Any:
            turns.append(name)
            return answer

        return Contender(run, units=2.0)

    result = measure(
        Case("case", contender("ours", 1.0), {"peer": contender("peer", 1.0)}),
        0.0,
        Stopwatch(iter(range(10**9)).__next__, max),
    )
    assert result.ours == result.peers["peer"] == 0.5
    assert ratio([result], "peer") == 1.0
    assert turns[-2:] == ["ours", "peer"]
    with pytest.raises(AssertionError, match="disagrees"):
        measure(Case("case", contender("ours", 1.0), {"peer": contender("peer", 1.1)}), 0.0)
