"""What a test function is: a formula with a domain, a start, known minima and a lesson.

The functions themselves stand in the tables beside this file; none is evaluated here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, NamedTuple

if TYPE_CHECKING:
    from ..graph import Graph
    from ..landscape import Landscape
    from ..program import Program

Domain = tuple[tuple[float, float], ...]

TAGS: Mapping[str, str] = {
    "convex": "every segment between two points of the surface lies above it",
    "unimodal": "one minimum, but not convex or not evidently so",
    "ravine": "much steeper across than along",
    "valley": "a long, curved and narrow floor",
    "plateau": "regions where the gradient almost vanishes",
    "multi": "several minima",
    "waves": "ripples with many small minima",
    "deceptive": "the good minima lie far from where the slope leads",
    "steep": "values over many orders of magnitude",
    "saddle": "a saddle stands between the start and the minima",
    "cliff": "a wall that flings a plain step far away",
    "nonsmooth": "kinks, where the gradient jumps",
}


class Minimum(NamedTuple):
    """A known minimum: its coordinates, in the order of `TestFunction.coordinates`, and the value there."""

    point: tuple[float, ...]
    value: float


@dataclass(frozen=True, kw_only=True)
class TestFunction:
    """A surface that is known in full, as a formula.

    Attributes:
        name: the identifier under which `functions.get` finds it.
        title: the name that a person reads.
        formula: text of the formula language; the last line assigns `loss`.
        domain: (low, high) for each coordinate: the usual view.
        start: a point from which the lesson can be seen.
        minima: known minima, the lowest first; global ones have the lowest value. Where the minima are not
            isolated, one of them is given and `minimum_set` describes all. Empty: there is none.
        minimum_set: the equation of all minima where they form a curve, else empty.
        teaches: one sentence on what the surface shows.
        tags: kinds it belongs to, keys of `TAGS`.
        smooth: whether the gradient is continuous wherever the formula is defined.
        coordinates: parameter names, in the order of the points.
        constants, data: values of the other leaves by name; data has rows, which mini-batches may draw from.
    """

    __test__: ClassVar[bool] = False  # no test case, whatever pytest thinks of the name

    name: str
    title: str
    formula: str
    domain: Domain
    start: tuple[float, ...]
    teaches: str
    tags: tuple[str, ...]
    minima: tuple[Minimum, ...] = ()
    minimum_set: str = ""
    smooth: bool = True
    coordinates: tuple[str, ...] = ("x", "y")
    constants: Mapping[str, object] = field(default_factory=dict)
    data: Mapping[str, object] = field(default_factory=dict)

    @property
    def dimension(self) -> int:
        """The number of coordinates, 1 or 2."""
        return len(self.coordinates)

    @property
    def lowest(self) -> float | None:
        """The value at the global minima; None where there is no minimum."""
        return min((minimum.value for minimum in self.minima), default=None)

    def graph(self) -> Graph:
        """The formula as a graph, its parameters at `start`."""
        from ..formula import parse

        parameters = dict(zip(self.coordinates, self.start, strict=True))
        return parse(self.formula, parameters=parameters, constants=self.constants, data=self.data)

    def program(self) -> Program:
        """The compiled graph; `program.coordinates` equals `coordinates`."""
        return self.graph().compile(wrt=list(self.coordinates))

    def landscape(self) -> Landscape:
        """The surface over its whole domain."""
        from ..landscape import Landscape

        return Landscape(self.program(), axes=self.coordinates, ranges=self.domain)


def minima(*entries: tuple[tuple[float, ...], float]) -> tuple[Minimum, ...]:
    """Minima from (point, value) pairs, the lowest first."""
    return tuple(sorted((Minimum(*entry) for entry in entries), key=lambda minimum: minimum.value))
