"""What the data view shows, computed from a document and its race off the GUI thread. No widgets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdstudio.document.model import Document
from gdstudio.engine import EngineError, Graph, batch_noise, prediction
from gdstudio.engine.batch_noise import Cloud
from gdstudio.engine.minibatches import data_rows
from gdstudio.engine.prediction import Prediction
from gdstudio.ui.landscape.contours import contours
from gdstudio.ui.translation import of_error

Array = np.ndarray

_CURVE_POINTS = 240
_PIXELS = 96
_MARGIN = 0.12


@dataclass(frozen=True, eq=False)
class Place:
    """Where a racer is: its row in the table (None = the graph's own point) and its point (n,)."""

    row: int | None
    point: Array


@dataclass(frozen=True, eq=False)
class Fit:
    """The fit at one step.

    Attributes:
        source: where inputs and targets are.
        xs: the inputs along the one feature, or along the first of two.
        ys: along the second feature; empty when there is one.
        curves: with one feature, (row, predictions at xs) of each racer; the last one is the chosen racer's.
        surface: with two, the chosen racer's predictions, (len(xs), len(ys)), or class numbers.
        border: with two features and two classes, the line between these, (points, 2); NaN separates its parts.
        right: with classes, the share of rows that are on the right side; else NaN.
    """

    source: Prediction
    xs: Array
    ys: Array
    curves: tuple[tuple[int | None, Array], ...]
    surface: Array | None
    border: Array
    right: float


def fit(source: Prediction, places: list[Place]) -> Fit:
    """The predictions of racers; `places` ends with the chosen one."""
    spans = [_span(column) for column in source.features.T]
    chosen = places[-1]
    right = float("nan")
    if source.classes:
        found = source.label(source.at(chosen.point, source.features))
        right = float(np.mean(found == truth(source)))
    if len(spans) == 1:
        xs = np.linspace(*spans[0], _CURVE_POINTS)
        curves = tuple((place.row, source.at(place.point, xs[:, None])) for place in places)
        return Fit(source, xs, np.empty(0), curves, None, np.empty((0, 2)), right)
    xs, ys = (np.linspace(*span, _PIXELS) for span in spans)
    mesh = np.stack(np.meshgrid(xs, ys, indexing="ij"), axis=-1).reshape(-1, 2)
    values = source.at(chosen.point, mesh)
    border = np.empty((0, 2))
    if source.classes and values.ndim == 1:
        lines = contours(xs, ys, values.reshape(len(xs), len(ys)), [source.boundary])
        border = np.concatenate([border, *(np.stack([line.x, line.y], axis=1) for line in lines)])
    if source.classes or values.ndim == 2:
        values = source.label(values)
    return Fit(source, xs, ys, (), values.reshape(len(xs), len(ys)), border, right)


def truth(source: Prediction) -> Array:
    """The class number of each row, (N,)."""
    if source.targets.ndim == 2:
        return source.targets.argmax(axis=1)
    return (source.targets > source.targets.min()).astype(int)


def cloud(document: Document, place: Place, size: int) -> Cloud | str:
    """The gradients of batches at a place, or a sentence that says why there are none."""
    try:
        return batch_noise.cloud(document.graph.compile(), place.point, size, seed=document.race.seed)
    except EngineError as error:
        return of_error(error)


def source_of(graph: Graph) -> Prediction | None:
    """The fit of a graph; None where it has none."""
    try:
        return prediction.find(graph)
    except EngineError:
        return None


def rows_of_data(graph: Graph) -> int:
    """How many rows batches are drawn from; 0 for none."""
    return data_rows(graph)[1]


def _span(column: Array) -> tuple[float, float]:
    low, high = float(column.min()), float(column.max())
    margin = _MARGIN * (high - low) or 1.0
    return low - margin, high + margin
