"""numpy's matrix products keep to one thread while the engine's own threads share the work."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import numpy as np
import pytest

from gdstudio.engine import Race, Racer, blas
from gdstudio.engine.expression import Tape
from gdstudio.engine.kernel import PointSteps
from gdstudio.engine.plan import ArrayPlan

from .oracle_graphs import LOSSES, random_network

TIMEOUT = 30.0


@pytest.fixture(autouse=True)
def two_threads() -> Iterator[None]:
    before = blas.threads()
    if before is None:
        pytest.skip("this numpy does not use OpenBLAS")
    blas.set_threads(2)
    yield
    blas.set_threads(before)


def test_products_take_one_thread_until_the_last_who_asked_is_done() -> None:
    with blas.one_thread():
        assert blas.threads() == 1
        with blas.one_thread():
            assert blas.threads() == 1
        assert blas.threads() == 1
    assert blas.threads() == 2


def test_threads_that_leave_in_any_order_give_back_what_was_set() -> None:
    inside, one_left = Barrier(2), Barrier(2)

    def first() -> None:
        with blas.one_thread():
            inside.wait(TIMEOUT)
        one_left.wait(TIMEOUT)

    def second() -> int | None:
        with blas.one_thread():
            inside.wait(TIMEOUT)
            one_left.wait(TIMEOUT)
            return blas.threads()

    with ThreadPoolExecutor(2) as pool:
        leaving, staying = pool.submit(first), pool.submit(second)
        leaving.result(TIMEOUT)
        assert staying.result(TIMEOUT) == 1
    assert blas.threads() == 2


def test_what_raises_gives_the_threads_back() -> None:
    with pytest.raises(ZeroDivisionError), blas.one_thread():
        _ = 1 / 0
    assert blas.threads() == 2


def products(rows: int, threads: int) -> list[int | None]:
    """How many threads a product took in the blocks of a plan with `rows` rows of 256 points."""
    tape = Tape()
    seen: list[int | None] = []

    class Watching(ArrayPlan):
        def _run_block(self, *arguments: Any) -> None:
            seen.append(blas.threads())
            super()._run_block(*arguments)

    x = tape.input("x", (32, 32))
    plan = Watching([x @ x], {"x": 3}, 2, threads)
    plan.run({"x": np.ones((32, 32, rows, 256))}, (rows, 256))
    return seen


def test_blocks_that_share_the_cores_take_one_thread_for_each_product(monkeypatch) -> None:
    monkeypatch.setattr("gdstudio.engine.plan.THREADS", 2)
    assert set(products(rows=16, threads=2)) == {1}
    assert blas.threads() == 2


def test_a_single_thread_takes_one_for_each_product_too() -> None:
    assert set(products(rows=2, threads=1)) == {1}
    assert blas.threads() == 2


def test_races_of_networks_take_one_thread(monkeypatch) -> None:
    seen: list[int | None] = []
    step = PointSteps.step

    def watched(self: PointSteps, t: float) -> Any:
        seen.append(blas.threads())
        return step(self, t)

    monkeypatch.setattr(PointSteps, "step", watched)
    program = random_network(0, [2, 8, 3], 8, "relu", LOSSES[0], apart=False).compile()
    Race(program, [Racer("sgd", batch_size=4)], steps=2).run()
    assert seen == [1, 1, 1]
    assert blas.threads() == 2


def test_the_program_runs_products_on_one_thread() -> None:
    code = "from gdstudio.cli import main; main(['--version']); from gdstudio.engine import blas; print(blas.threads())"
    given = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=given, timeout=120)
    assert run.stdout.split()[-1] == "1", run.stderr
