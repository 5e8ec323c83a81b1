"""How long a thousand nodes keep the window busy for each step of a hand: the time of its thread, 30 times.

`pytest tests/benchmarks/test_canvas.py --benchmark-enable --benchmark-columns=median,max -s` prints the table; set
QT_QPA_PLATFORM=xcb to measure on a screen. A frame has 16 ms.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from .canvas import LEAF, NODE, SCALES, Canvas

ROUNDS = 30
pytestmark = pytest.mark.benchmark(timer=time.thread_time)


@pytest.fixture(scope="module")
def canvas(qapp: Any) -> Iterator[Canvas]:
    made = Canvas()
    yield made
    made.close()


@pytest.fixture(params=SCALES, ids=lambda name: name.replace(" ", ""))
def looked_at(canvas: Canvas, request: pytest.FixtureRequest) -> Iterator[Canvas]:
    canvas.look_at(SCALES[request.param])
    yield canvas
    canvas.view.cancel_interaction()
    canvas.settle()


def measure(benchmark: Any, step: Callable[[], None], canvas: Canvas, settled: bool = False) -> None:
    benchmark.pedantic(step, setup=canvas.settle if settled else None, rounds=ROUNDS, warmup_rounds=3)


def test_repaint(benchmark: Any, looked_at: Canvas) -> None:
    assert len(looked_at.scene.nodes) == 1001
    measure(benchmark, looked_at.repaint, looked_at)


def test_drag_of_a_node(benchmark: Any, looked_at: Canvas) -> None:
    before = looked_at.scene.nodes[NODE].pos()
    looked_at.take()
    measure(benchmark, looked_at.drag, looked_at)
    assert looked_at.scene.nodes[NODE].pos() != before


def test_value_edit(benchmark: Any, looked_at: Canvas) -> None:
    before = looked_at.scene.nodes["loss"].face.values
    measure(benchmark, looked_at.edit, looked_at, settled=True)
    value = float(looked_at.session.document.graph.nodes[LEAF].value)
    assert float(looked_at.session.trace.values[LEAF]) == value
    assert looked_at.scene.nodes["loss"].face.values != before


def test_pan(benchmark: Any, looked_at: Canvas) -> None:
    before = looked_at.view.mapFromScene(0, 0)
    looked_at.pan()
    assert (looked_at.view.mapFromScene(0, 0) - before).manhattanLength() == 14
    measure(benchmark, looked_at.pan, looked_at)


def test_zoom_step(benchmark: Any, looked_at: Canvas) -> None:
    scales = [looked_at.view.scale_now]
    for _ in range(2):
        looked_at.zoom()
        scales.append(looked_at.view.scale_now)
    assert max(scales) / min(scales) == pytest.approx(1.0015**120)
    measure(benchmark, looked_at.zoom, looked_at)
