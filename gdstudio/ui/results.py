"""What the worker computes from a document, and the values in which it arrives.

Each function runs in the worker thread, takes an immutable document and raises `EngineError` or
`DocumentError` with one sentence for a person when there is nothing to compute.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from gdstudio import engine
from gdstudio.document.model import Document
from gdstudio.ui.worker import Cancelled, Progress

if TYPE_CHECKING:
    from gdstudio.engine import Landscape, RaceResult, Trace
    from gdstudio.ui.slices import Slice

# Where the surface takes fewer seconds than this, a coarse one before it would only cost time.
QUICK = 0.03
COARSE = 64
FINE = 256
ARROWS = 48

# A grid that would take longer than SLOW seconds, going by one of PROBE x PROBE points, is computed STRIP rows at a
# time.
SLOW = 0.4
PROBE = 16
STRIP = 8


@dataclass(frozen=True)
class GridResult:
    """The surface of a document: the loss along one or two axes. Arrays are not to be written to.

    Attributes:
        axes, ranges: the names of one or two axes and the (low, high) of each.
        xs, ys: the points along the axes; `ys` is empty when there is one axis.
        z: the loss, z[i, j] at xs[i], ys[j] (or z[i]); nan or inf where there is none.
        arrow_xs, arrow_ys, gx, gy: the gradient on a coarser grid (ys and gy empty on one axis). Its points
            are fixed to the axes whatever the ranges, so that arrows stay in place while the region moves.
        scale: "linear", "log" or "rank", as the document has it now.
        fine: whether this is the final picture or a coarse one that came first.
        landscape: answers for single points, `landscape.value_and_gradient(x, y)`.
        explained: the share of the paths' spread along each principal direction; empty for other axes.
        chosen: whether the ranges were chosen to show the paths, since the document names none.
        point: the point of the racer through which the slice goes, when it follows one.
        seconds: how long computing it took.
        drawing: what a view has asked for to be drawn of it, in advance.
    """

    axes: tuple[str, ...]
    ranges: tuple[tuple[float, float], ...]
    xs: np.ndarray
    ys: np.ndarray
    z: np.ndarray
    arrow_xs: np.ndarray
    arrow_ys: np.ndarray
    gx: np.ndarray
    gy: np.ndarray
    scale: str
    fine: bool
    landscape: Landscape
    explained: tuple[float, ...] = ()
    chosen: bool = False
    point: tuple[float, ...] | None = None
    seconds: float = math.inf
    drawing: object = None


@dataclass(frozen=True)
class RaceOutcome:
    """A race and whose it was: `rows[i]` is the place in `document.race.racers` of racer i of the result."""

    result: RaceResult | None
    rows: tuple[int, ...]


def compute_trace(document: Document, seed: np.ndarray | None = None) -> Trace:
    """Values and gradients of every node, as far as the graph is sound; `seed` is the v of a tensor output."""
    trace = document.graph.trace(seed=seed, partial=True)
    _ = trace.gradients  # computed on demand, and this is the thread for it
    return trace


def compute_grid(
    wanted: Slice, n: int, progress: Progress, draw: Callable[[GridResult], object] | None = None
) -> GridResult:
    """The surface on n by n points, or the curve on 4 n; `draw` makes its `drawing`."""
    started = time.monotonic()
    landscape, explained, chosen = wanted.landscape()
    ranges = landscape.ranges
    progress.check()
    none = np.empty(0)
    if len(ranges) == 1:
        xs, z = landscape.grid(4 * n)
        arrow_xs = _stations(*ranges[0])
        _, gx = landscape.value_and_gradient(arrow_xs)
        ys = arrow_ys = gy = none
    else:
        xs, ys, z = _surface(landscape, n, progress)
        arrow_xs, arrow_ys = _stations(*ranges[0]), _stations(*ranges[1])
        losses, *slopes = landscape.value_and_gradient(arrow_xs[:, None], arrow_ys[None, :])
        # Where there is no loss, as of a logarithm below 0, its formula may have a slope all the same.
        gx, gy = (np.where(np.isfinite(losses), slope, np.nan) for slope in slopes)
    grid = GridResult(
        axes=wanted.names,
        ranges=ranges,
        xs=xs,
        ys=ys,
        z=z,
        arrow_xs=arrow_xs,
        arrow_ys=arrow_ys,
        gx=gx,
        gy=gy,
        scale=wanted.document.landscape.scale,
        fine=n >= FINE,
        landscape=landscape,
        explained=explained,
        chosen=chosen,
        point=wanted.point,
        seconds=time.monotonic() - started,
    )
    return grid if draw is None else replace(grid, drawing=draw(grid))


def _surface(landscape: Landscape, n: int, progress: Progress) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """`landscape.grid(n)`; when that takes long, strip by strip with progress, and so that it can be stopped."""
    landscape.grid(PROBE)  # the first time includes making the plan
    started = time.monotonic()
    landscape.grid(PROBE)
    if (time.monotonic() - started) * (n / PROBE) ** 2 < SLOW:
        xs, ys, z = landscape.grid(n, picture=True)
        return xs, ys, z
    (x_range, y_range), ys = landscape.ranges, np.empty(0)
    xs = np.linspace(*x_range, n)
    z = np.empty((n, n))
    for first in range(0, n, STRIP):
        progress.report(first / n)
        progress.check()
        part = xs[first : first + STRIP]
        ranges = ((part[0], part[-1]), y_range)
        strip = engine.Landscape(landscape.program, landscape.axes, ranges, at=landscape.at)
        _, ys, z[first : first + STRIP] = strip.grid((len(part), n))
    return xs, ys, z


def _stations(low: float, high: float) -> np.ndarray:
    """About `ARROWS` even points over a range: odd multiples of half a step that fits the range's length."""
    step = 2.0 ** (math.ceil(4.0 * math.log2((high - low) / ARROWS)) / 4.0)
    return (np.arange(math.floor(low / step), math.ceil(high / step)) + 0.5) * step


def surface_key(document: Document, at: Sequence[float] | None = None) -> Any:
    """A value that is equal for documents with the same surface along coordinates.

    The value of a coordinate along an axis is left out: dragging it must not recompute the surface.

    Args:
        at: the point that fixes the other coordinates; by default the values stored in the parameters.
    """
    axes, ranges = document.axes_and_ranges()
    graph = document.graph
    structure = graph.structure.plans.get(surface_key)
    if structure is None:
        structure = tuple((n.id, n.op, n.inputs, repr(dict(n.attrs))) for n in graph.nodes.values())
        graph.structure.plans[surface_key] = structure  # graphs that differ in values share it
    fixed = tuple(
        (id, node.value.shape, node.value.tobytes())
        for id, node in graph.nodes.items()
        if node.value is not None and node.op != "parameter"
    )
    shapes = tuple((id, graph.shapes.get(id)) for id in graph.parameters)
    point = document.start if at is None else at
    others = tuple(v for name, v in zip(document.coordinates, point, strict=True) if name not in axes)
    return axes, ranges, graph.output, structure, fixed, shapes, others


def compute_race(document: Document, progress: Progress) -> RaceOutcome:
    """The race of the racers that are on; no result when there is none."""
    rows = tuple(i for i, racer in enumerate(document.race.racers) if racer.enabled)
    if not rows:
        return RaceOutcome(None, ())
    racers = document.race_inputs()
    race = engine.Race(document.graph.compile(), racers, steps=document.race.steps, seed=document.race.seed)
    result = race.run(progress=progress.report, cancelled=progress.cancelled)
    if result is None or progress.cancelled():
        raise Cancelled
    return RaceOutcome(result, rows)
