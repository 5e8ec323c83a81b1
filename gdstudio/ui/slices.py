"""Which slice of the loss is wanted: along which axes, over which ranges, and through which point.

A session holds one `Slicing`; what it hands to the worker is a `Slice`, a value that is complete in itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gdstudio.document.model import Document, DocumentError, Range
from gdstudio.engine import EngineError, Landscape
from gdstudio.engine.directions import Principal, principal_directions, random_directions
from gdstudio.ui import results
from gdstudio.ui.change import Change

RANDOM = ("direction 1", "direction 2")
PRINCIPAL = ("main direction 1", "main direction 2")

_MARGIN = 0.15
# Principal directions of more numbers than these are found from evenly chosen points of the paths.
_MOST_NUMBERS = 2_000_000
_MOST_POINTS = 400


class Paths:
    """The paths of a race, and the directions in which they spread most, found when they are first asked for."""

    def __init__(self, paths: Sequence[np.ndarray]) -> None:
        self._paths = [np.asarray(path) for path in paths]
        self._found: dict[tuple[float, ...] | None, Principal] = {}

    def principal(self, center: tuple[float, ...] | None) -> Principal:
        """Two directions about `center`, by default the end of the first path.

        Raises:
            EngineError: there is no path, or only one coordinate.
        """
        if center not in self._found:
            middle = None if center is None else np.array(center)
            self._found[center] = principal_directions(self._thinned(), 2, middle)
        return self._found[center]

    def extent(self, main: Principal) -> tuple[Range, ...]:
        """Ranges along principal directions that show the paths with a margin."""
        spots = np.concatenate([main.project(path) for path in self._paths])
        spots = np.concatenate([spots[np.isfinite(spots).all(axis=1)], np.zeros((1, 2))])
        low, high = spots.min(axis=0), spots.max(axis=0)
        room = np.maximum(high - low, max(1e-9, 0.05 * float((high - low).max())))
        room = np.where(room > 1e-9, room, 1.0)
        return tuple(zip((low - _MARGIN * room).tolist(), (high + _MARGIN * room).tolist(), strict=True))

    def _thinned(self) -> list[np.ndarray]:
        total = sum(map(np.size, self._paths))
        if total <= _MOST_NUMBERS:
            return self._paths
        stride = max(1, -(-sum(map(len, self._paths)) // _MOST_POINTS))
        # Counted from the end, which principal directions cross.
        return [path[::-1][::stride][::-1] for path in self._paths]


@dataclass(frozen=True)
class Slice:
    """A document's landscape, complete.

    Attributes:
        document: with the region that is wanted; its `ranges` may be None.
        paths: of the newest race, for principal directions.
        point: the point of the racer that the slice follows, one number for each coordinate.
    """

    document: Document
    paths: Paths | None = None
    point: tuple[float, ...] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the axes."""
        kind = self.document.landscape.directions
        return RANDOM if kind == "random" else PRINCIPAL if kind == "principal" else self._named()[0]

    def key(self) -> Any:
        """A value that is equal for slices that show the same surface.

        Raises:
            DocumentError: there is nothing to show.
        """
        settings = self.document.landscape
        if settings.directions == "coordinates":
            axes, _ = self._named()
            return results.surface_key(self.document, self._base(axes))
        kind = settings.directions, settings.seed, settings.ranges, settings.at
        moving = self.paths if settings.directions == "principal" else self.document.start
        starts = [racer.start for racer in self.document.race.racers if racer.enabled]
        return kind, moving, self.point, starts, results.surface_key(self.document)[2:-1]

    def landscape(self) -> tuple[Landscape, tuple[float, ...], bool]:
        """The landscape, how much of the paths' spread its axes explain, and whether the ranges are chosen here.

        Raises:
            DocumentError, EngineError: one sentence for a person.
        """
        program, settings = self.document.graph.compile(), self.document.landscape
        if settings.directions == "coordinates":
            axes, ranges = self._named()
            return Landscape(program, axes, ranges, at=self._base(axes)), (), False
        if program.size < 2:
            raise DocumentError(
                f"directions lead through at least two coordinates; the graph has {program.size}"
            )
        if settings.directions == "random":
            middle = np.array(self.document.start if settings.at is None else settings.at)
            directions = random_directions(program, 2, settings.seed, at=middle)
            free = settings.ranges is None
            ranges = settings.ranges or self._around_starts(directions, middle)
            made = Landscape(program, tuple(directions), ranges, at=self._through(directions, middle))
            return made, (), free
        if self.paths is None:
            raise DocumentError("there is no race whose main directions could be the axes; add a racer")
        main = self.paths.principal(settings.at)
        ranges = settings.ranges or self.paths.extent(main)
        made = Landscape(program, tuple(main.axes), ranges, at=self._through(main.axes, main.center))
        return made, tuple(main.explained.tolist()), settings.ranges is None

    def _named(self) -> tuple[tuple[str, ...], tuple[Range, ...]]:
        return self.document.axes_and_ranges()

    def _base(self, axes: Sequence[str]) -> tuple[float, ...]:
        """The point that fixes the coordinates which are no axis."""
        if self.point is not None and len(self.document.coordinates) > len(axes):
            return self.point
        at = self.document.landscape.at
        return self.document.start if at is None else at

    def _through(self, directions: np.ndarray, middle: np.ndarray) -> np.ndarray:
        """`middle`, moved off its plane to that of the racer; along the directions nothing moves."""
        if self.point is None:
            return middle
        away = np.array(self.point) - middle
        inside = away @ np.linalg.pinv(directions) @ directions
        return middle + (away - inside)

    def _around_starts(self, directions: np.ndarray, middle: np.ndarray) -> tuple[Range, ...]:
        """Ranges of -1 to 1, or wider where a start would be outside."""
        racers = self.document.race.racers
        starts = [np.array(racer.start) for racer in racers if racer.enabled and racer.start is not None]
        sized = [start - middle for start in starts if len(start) == len(middle)]
        reach = np.abs(np.array(sized).reshape(-1, len(middle)) @ np.linalg.pinv(directions))
        size = max(1.0, float(f"{1.3 * reach.max(initial=0.0):.2g}"))
        return ((-size, size), (-size, size))


class Slicing:
    """The slice that a session wants: the document's own settings, and what the view and the race add."""

    def __init__(self) -> None:
        self._region: tuple[tuple[str, ...], tuple[Range, ...] | None] | None = None
        self._paths: Paths | None = None
        self._key: Any = None

    def forget(self) -> None:
        """Another document was opened."""
        self._region = self._paths = self._key = None

    def take_over(self, other: Slicing) -> None:
        """Want the region that another session wants."""
        self._region = other._region

    def want(self, axes: tuple[str, ...], ranges: tuple[Range, ...] | None) -> None:
        """Want another region than the document's own; ranges of None are the document's own."""
        self._region = None if ranges is None else (axes, ranges)

    def follow_race(self, paths: Sequence[np.ndarray] | None) -> None:
        """There are other paths, or none."""
        self._paths = None if paths is None else Paths(paths)

    def follow(self, change: Change) -> None:
        """Give up a region whose axes are gone or that the document itself has changed."""
        before, after = change.before.landscape, change.after.landscape
        if _course(before) != _course(after):
            self._region = None
        elif self._region is not None and after.directions == "coordinates":
            if not set(self._region[0]) <= set(change.after.coordinates):
                self._region = None

    def slice(self, document: Document, point: Sequence[float] | np.ndarray | None) -> Slice:
        """The slice of a document, through a racer's point where it follows one."""
        settings = document.landscape
        if self._region is not None:
            axes, ranges = self._region
            named = settings.directions == "coordinates"
            settings = settings.replace(axes=axes if named else settings.axes, ranges=ranges)
            document = document.replace(landscape=settings)
        known = point is not None and settings.follow and len(point) == len(document.coordinates)
        paths = self._paths if settings.directions == "principal" else None
        return Slice(document, paths, tuple(map(float, point)) if known and point is not None else None)

    def is_new(self, wanted: Slice) -> bool:
        """Whether this slice shows another surface than the last one that was asked about."""
        key = _key(wanted)
        new = key != self._key
        self._key = key
        return new

    def differs(self, wanted: Slice) -> bool:
        """As `is_new`, and remembers nothing."""
        return _key(wanted) != self._key

    def invalidate(self) -> None:
        """Have the next slice be new, whatever it is."""
        self._key = None


def has_own_region(document: Document, axes: tuple[str, ...], ranges: Any, chosen: bool) -> bool:
    """Whether axes and ranges, chosen by `Slice.landscape` or not, are those that the document asks for."""
    wanted = Slice(document)
    try:
        if axes != wanted.names:
            return False
        settings = document.landscape
        if settings.directions == "coordinates":
            return ranges == document.axes_and_ranges()[1]
    except DocumentError:
        return False
    return ranges == settings.ranges if settings.ranges is not None else chosen


def _course(settings: Any) -> tuple[Any, ...]:
    return settings.axes, settings.ranges, settings.directions, settings.seed


def _key(wanted: Slice) -> Any:
    try:
        return wanted.key()
    except (EngineError, DocumentError):
        return object()  # the worker finds the same fault and reports it
