"""What a document holds: a graph, how its landscape is shown, and a race. Frozen values; no Qt, no files.

An edit makes a new document that shares what did not change, so undo keeps the documents themselves. `extra`
holds the keys of a file that this version does not know; they are written back into the same object.
"""

from __future__ import annotations

import dataclasses
import itertools
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Self, get_args

from gdstudio import engine
from gdstudio.engine import Graph, optimizers
from gdstudio.engine.data import Order
from gdstudio.engine.optimizers import UpdateRule

Scale = Literal["linear", "log", "rank"]
Directions = Literal["coordinates", "random", "principal"]
View = Literal["plane", "space"]
FieldLines = Literal["none", "arrows", "streamlines"]
Gradient = Literal["analytic", "numerical"]
Range = tuple[float, float]

SCALES: tuple[str, ...] = get_args(Scale)
DIRECTIONS: tuple[str, ...] = get_args(Directions)
VIEWS: tuple[str, ...] = get_args(View)
FIELD_LINES: tuple[str, ...] = get_args(FieldLines)
COLOUR_MAPS = ("viridis", "cividis", "magma", "inferno", "plasma", "gray")
WIDEST_SMOOTHING = 0.3
LARGEST_BUDGET = 10**12
LARGEST_STYLE = 9_999
# Newton's method and its like keep several matrices of coordinates by coordinates, of 72 MB each at this number.
MATRIX_COORDINATES = 3_000
GRADIENTS: tuple[str, ...] = ("analytic", "numerical")
BATCH_ORDERS: tuple[str, ...] = get_args(Order)
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


# A sentence about a file may quote a piece of the file; more than this is no sentence.
_LONGEST = 400


class DocumentError(ValueError):
    """A document that cannot be read, written or used as it stands; always one printable line.

    Attributes:
        entry: where the fault is, such as `graph.nodes[3].inputs[1]`; empty when it is the whole.
        reason: what is wrong there.
    """

    def __init__(self, message: str, entry: str = "") -> None:
        self.reason = _printable(message if len(message) <= _LONGEST else f"{message[: _LONGEST - 1]}…")
        self.entry = _printable(entry)
        super().__init__(f"{self.entry}: {self.reason}" if entry else self.reason)


def _printable(text: str) -> str:
    """`text` with line ends and control characters written as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _extra() -> Any:
    return field(default_factory=dict, hash=False)


class _Value:
    """What the parts of a document share."""

    def replace(self, **changes: Any) -> Self:
        """A copy with the named fields changed."""
        return dataclasses.replace(self, **changes)  # type: ignore[type-var]


@dataclass(frozen=True)
class LandscapeSettings(_Value):
    """How the loss is shown along one or two axes.

    Attributes:
        axes: names of coordinates; None = the first two of the graph. One name makes a line.
        ranges: (low, high) of each axis; None = around the starts. Along a direction, the distance from `at` in
            lengths of the direction.
        scale: how loss becomes colour.
        directions: what the axes are: "coordinates" = `axes`; "random" = two directions scaled filter by filter
            (Li et al., 2018); "principal" = the two in which the paths of the race spread most.
        seed: of the random directions.
        at: the point through which the slice goes, one number for each coordinate; None = the values stored in
            the parameters, or the end of the first path where the directions are principal.
        follow: whether the slice goes through the selected racer, where it is at the step shown.
        levels: the losses at both ends of the colours; None = the lowest and the highest in view.
        colour_map: one of `COLOUR_MAPS`.
        smoothing: the width σ of a Gaussian blur as a share of each range, up to `WIDEST_SMOOTHING`; 0 = none.
        view: "plane" = the map; "space" = the relief. One axis is always shown as a line.
        contours, critical: whether contour lines and critical points are drawn.
        field: the descent directions as "arrows" or "streamlines", or "none".
        secant: the distance ε of the secant's two points on a line; None = no secant.
    """

    axes: tuple[str, ...] | None = None
    ranges: tuple[Range, ...] | None = None
    scale: Scale = "linear"
    directions: Directions = "coordinates"
    seed: int = 0
    at: tuple[float, ...] | None = None
    follow: bool = False
    levels: Range | None = None
    colour_map: str = "viridis"
    smoothing: float = 0.0
    view: View = "plane"
    contours: bool = True
    critical: bool = True
    field: FieldLines = "none"
    secant: float | None = None
    extra: Mapping[str, Any] = _extra()


@dataclass(frozen=True)
class RacerSettings(_Value):
    """One racer: an optimizer with its options, and where it starts.

    Attributes:
        optimizer: a name, or a rule of a person's own (`optimizers.parse_rule`).
        options: only those that differ from the optimizer's defaults.
        start: one number for each coordinate of the graph; None = the values stored in its parameters.
        color: "#rrggbb"; None = the theme's, by `style`.
        style: which of the theme's colours, dashes and markers it has, from 0; None = that of its row.
        gradient: "numerical" takes central differences instead of the graph's gradient.
        convention, schedule, clip_norm, clip_value, batch_size, batch_order, batch_scores, batch_opening,
            batch_ramp, noise, average_decay: as `engine.Racer` has them.
    """

    name: str = ""
    optimizer: str | UpdateRule = "sgd"
    options: Mapping[str, Any] = field(default_factory=dict, hash=False)
    start: tuple[float, ...] | None = None
    enabled: bool = True
    color: str | None = None
    style: int | None = None
    gradient: Gradient = "analytic"
    convention: str | None = None
    schedule: tuple[str, Mapping[str, Any]] | None = field(default=None, hash=False)
    clip_norm: float | None = None
    clip_value: float | None = None
    batch_size: int | None = None
    batch_order: Order = "shuffle"
    batch_scores: str | None = None
    batch_opening: float = 0.2
    batch_ramp: int = 100
    noise: float = 0.0
    average_decay: float = 0.0
    extra: Mapping[str, Any] = _extra()

    def __post_init__(self) -> None:
        if self.color is not None and not _COLOR.fullmatch(self.color):
            raise DocumentError(f'a colour is written "#rrggbb", not "{self.color}"', "color")

    def look(self, row: int) -> tuple[int, str | None]:
        """The style and the own colour of the racer when it stands in this row of the table."""
        return row if self.style is None else self.style, self.color

    def is_same(self, other: RacerSettings) -> bool:
        """Whether both are one racer, though its style may have been written down when it changed its row."""
        return self is other or self.replace(style=None) == other.replace(style=None)

    def plain(self, **changes: Any) -> RacerSettings:
        """The racer without its name and looks, and with these changes: what a race depends on."""
        return self.replace(name="", color=None, style=None, extra={}, **changes)

    @property
    def label(self) -> str:
        """The name, or the optimizer's own when none was given."""
        return self.name or optimizers.get(self.optimizer).title

    def engine_racer(self, start: Sequence[float]) -> engine.Racer:
        """This racer as the engine takes it, at a start."""
        return engine.Racer(
            self.optimizer,
            dict(self.options),
            start=start,
            name=self.label,
            convention=self.convention,
            schedule=self.schedule,
            clip_norm=self.clip_norm,
            clip_value=self.clip_value,
            batch_size=self.batch_size,
            batch_order=self.batch_order,
            batch_scores=self.batch_scores,
            batch_opening=self.batch_opening,
            batch_ramp=self.batch_ramp,
            gradient=self.gradient,
            noise=self.noise,
            average_decay=self.average_decay,
        )


@dataclass(frozen=True)
class RaceSettings(_Value):
    """Racers, how long they run, and what they are compared by.

    Attributes:
        seed: fixes every random number of the race.
        target: the loss to be reached on the leaderboard; None = one that every racer reaches.
        budget: gradient evaluations after which the leaderboard compares the racers, up to `LARGEST_BUDGET`;
            None = after the whole race.
    """

    steps: int = 200
    seed: int = 0
    racers: tuple[RacerSettings, ...] = ()
    target: float | None = None
    budget: int | None = None
    extra: Mapping[str, Any] = _extra()


@dataclass(frozen=True)
class Document(_Value):
    """All that a file holds.

    Attributes:
        lesson: text and steps as the file has them, or None.
        graph_extra: unknown keys of the file's `graph` object (a Graph has no place for them).
    """

    title: str = ""
    graph: Graph = field(default_factory=Graph)
    landscape: LandscapeSettings = field(default_factory=LandscapeSettings)
    race: RaceSettings = field(default_factory=RaceSettings)
    lesson: Mapping[str, Any] | None = field(default=None, hash=False)
    extra: Mapping[str, Any] = _extra()
    graph_extra: Mapping[str, Any] = _extra()

    @property
    def coordinates(self) -> tuple[str, ...]:
        """Names of the numbers that a racer moves, in the order of a start: "w", "b", "W[0,1]"."""
        return tuple(itertools.chain.from_iterable(coordinates_of(self.graph).values()))

    @property
    def start(self) -> tuple[float, ...]:
        """The values stored in the parameters, one for each coordinate."""
        values = (node.value for node in self.graph.nodes.values() if node.op == "parameter")
        numbers: list[Any] = [
            value.tolist() if value.ndim == 0 else value for value in values if value is not None
        ]
        if all(isinstance(number, float) for number in numbers):
            return tuple(numbers)
        return tuple(itertools.chain.from_iterable(map(_flat, numbers)))

    def with_graph(self, graph: Graph) -> Document:
        """This document with another graph; starts, axes and the slice follow their coordinates by name.

        A new coordinate gets its stored value in every start; one that is gone leaves starts and axes.
        """
        after = self.replace(graph=graph)
        old, new = self.coordinates, after.coordinates
        if old == new:
            return after
        stored = dict(zip(new, after.start, strict=True))

        def moved(point: tuple[float, ...] | None) -> tuple[float, ...] | None:
            if point is None or len(point) != len(old):
                return point
            known = dict(zip(old, point, strict=True))
            return tuple(known.get(name, stored[name]) for name in new)

        racers = tuple(racer.replace(start=moved(racer.start)) for racer in self.race.racers)
        landscape = self.landscape
        if landscape.at is not None:
            landscape = landscape.replace(at=moved(landscape.at))
        if landscape.axes and not set(landscape.axes) <= set(new):
            landscape = landscape.replace(axes=None, ranges=None)
        elif landscape.directions != "coordinates":
            landscape = landscape.replace(ranges=None)
        return after.replace(race=self.race.replace(racers=racers), landscape=landscape)

    def axes_and_ranges(self) -> tuple[tuple[str, ...], tuple[Range, ...]]:
        """The coordinates of the landscape and the range of each, with defaults filled in.

        Where the axes are directions, these are the coordinates that would be shown instead.

        Raises:
            DocumentError: the graph has no parameter, or an axis is not one of its coordinates.
        """
        names = self.coordinates
        if not names:
            raise DocumentError(
                "the graph has no parameter, so its loss has nothing to vary; add a parameter node"
            )
        axes = self.landscape.axes or names[:2]
        for i, axis in enumerate(axes):
            if axis not in names:
                known = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
                raise DocumentError(f'no coordinate "{axis}"; the graph has {known}', f"landscape.axes[{i}]")
        ranges = self.landscape.ranges if self.landscape.directions == "coordinates" else None
        if ranges is None or len(ranges) != len(axes):
            start, indices = self.start, [names.index(axis) for axis in axes]
            ranges = tuple(self._range_around(index, start[index]) for index in indices)
        return axes, ranges

    def _range_around(self, index: int, stored: float) -> Range:
        """A range that shows the stored value of a coordinate, every start, and as much again on both sides."""
        starts = [racer.start for racer in self.race.racers if racer.enabled and racer.start is not None]
        numbers = [stored, *(start[index] for start in starts if index < len(start))]
        low, high = min(numbers), max(numbers)
        margin = max(high - low, abs(low), abs(high), 1.0)
        low, high = low - margin, high + margin
        return (low, high) if math.isfinite(high - low) else (-4.0, 4.0)

    def race_inputs(self) -> list[engine.Racer]:
        """The enabled racers as the engine takes them, starts resolved, in the order of the document.

        Raises:
            DocumentError: a start has another length than the graph has coordinates, or an option is wrong.
        """
        names = self.coordinates
        racers = []
        for i, racer in enumerate(self.race.racers):
            if not racer.enabled:
                continue
            entry = f"race.racers[{i}]"
            start = self.start if racer.start is None else racer.start
            if len(start) != len(names):
                listed = f" ({', '.join(names)})" if 0 < len(names) <= 8 else ""
                raise DocumentError(
                    f"{_count(len(start), 'number')} for {_count(len(names), 'coordinate')}{listed}",
                    f"{entry}.start",
                )
            racers.append(racer.engine_racer(start))
            try:
                racers[-1].resolved()
            except engine.EngineError as error:
                raise DocumentError(str(error), entry) from error
            what = _with_matrices(racers[-1])
            if what and len(names) > MATRIX_COORDINATES:
                raise DocumentError(
                    f"{what} works with matrices of {len(names):,} × {len(names):,} numbers; "
                    f"it is for at most {MATRIX_COORDINATES:,} coordinates",
                    entry,
                )
        return racers


def _with_matrices(racer: engine.Racer) -> str:
    """What of a racer takes matrices of coordinates by coordinates; empty = nothing."""
    if racer.gradient == "numerical":
        return '"gradient": "numerical"'
    rule = racer.rule
    return rule.title if rule.name == "bfgs" or getattr(rule, "needs", "") == "hessian" else ""


def _flat(value: Any) -> Sequence[float]:
    """The numbers of a value of a parameter."""
    return (value,) if isinstance(value, float) else value.ravel().tolist()


def coordinates_of(graph: Graph) -> dict[str, tuple[str, ...]]:
    """The coordinates of each parameter: its name for a scalar, "W[0,1]" for an element of a tensor."""
    kept = graph.structure.plans.get(coordinates_of)
    if kept is not None:
        return kept
    found = {}
    for name in graph.parameters:
        value = graph.nodes[name].value
        if value is None:
            continue
        indices = itertools.product(*(range(size) for size in value.shape))
        found[name] = tuple(f"{name}[{','.join(map(str, index))}]" if index else name for index in indices)
    graph.structure.plans[coordinates_of] = found  # graphs that differ in values share it
    return found


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
