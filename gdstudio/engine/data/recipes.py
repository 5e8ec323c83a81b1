"""The datasets that are made by name, each drawn from a seed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..errors import shown, suggestion
from .dataset import MOST_POINTS, Array, DataError, Dataset, checked_seed


@dataclass(frozen=True)
class Recipe:
    """How a dataset is made: `make(generator, **options)` returns inputs and targets."""

    name: str
    title: str
    meaning: str
    options: Mapping[str, float]
    make: Callable[..., tuple[Array, Array]]
    classes: tuple[str, ...] = ()


def _three_points(generator: np.random.Generator) -> tuple[Array, Array]:
    return np.array([0.0, 1.0, 2.0]), np.array([1.0, 2.0, 3.0])


def _line(
    generator: np.random.Generator, size: int, noise: float, slope: float, intercept: float
) -> tuple[Array, Array]:
    x = generator.uniform(-1, 1, size)
    return x, slope * x + intercept + noise * generator.standard_normal(size)


def _sine(generator: np.random.Generator, size: int, noise: float) -> tuple[Array, Array]:
    x = np.sort(generator.uniform(-math.pi, math.pi, size))
    return x, np.sin(x) + noise * generator.standard_normal(size)


def _labels(size: int, classes: int) -> Array:
    """Class numbers in turn, so that every prefix is balanced."""
    return np.arange(size) % classes


def _moons(generator: np.random.Generator, size: int, noise: float) -> tuple[Array, Array]:
    label = _labels(size, 2)
    angle = generator.uniform(0, math.pi, size)
    upper = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    lower = np.stack([1 - np.cos(angle), 0.5 - np.sin(angle)], axis=1)
    points = np.where(label[:, None] == 0, upper, lower)
    return points + noise * generator.standard_normal((size, 2)), label


def _circles(generator: np.random.Generator, size: int, noise: float, factor: float) -> tuple[Array, Array]:
    label = _labels(size, 2)
    angle = generator.uniform(0, 2 * math.pi, size)
    radius = np.where(label == 0, 1.0, factor)
    points = radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return points + noise * generator.standard_normal((size, 2)), label


def _spirals(generator: np.random.Generator, size: int, noise: float, turns: float) -> tuple[Array, Array]:
    label = _labels(size, 2)
    radius = np.sqrt(generator.uniform(0.01, 1, size))
    angle = 2 * math.pi * turns * radius + math.pi * label
    points = radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return points + noise * generator.standard_normal((size, 2)), label


def _blobs(generator: np.random.Generator, size: int, noise: float) -> tuple[Array, Array]:
    label = _labels(size, 3)
    angle = 2 * math.pi * label / 3 + math.pi / 2
    centres = 2 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return centres + noise * generator.standard_normal((size, 2)), label


def _xor(generator: np.random.Generator, size: int, noise: float) -> tuple[Array, Array]:
    corner = np.arange(size) % 4
    points = np.stack([corner // 2, corner % 2], axis=1).astype(np.float64)
    return points + noise * generator.standard_normal((size, 2)), np.isin(corner, (1, 2)).astype(np.float64)


_TWO = ("class 0", "class 1")
_RECIPES: Mapping[str, Recipe] = {
    recipe.name: recipe
    for recipe in (
        Recipe(
            "three_points", "Three points", "(0, 1), (1, 2), (2, 3), on the line y = x + 1", {}, _three_points
        ),
        Recipe(
            "noisy_line",
            "Noisy line",
            "points beside a straight line",
            {"size": 20, "noise": 0.2, "slope": 1.0, "intercept": 1.0},
            _line,
        ),
        Recipe("sine", "Sine", "points beside one period of a sine", {"size": 40, "noise": 0.1}, _sine),
        Recipe(
            "moons", "Two moons", "two interlocking half circles", {"size": 100, "noise": 0.1}, _moons, _TWO
        ),
        Recipe(
            "circles",
            "Two circles",
            "a circle around another",
            {"size": 100, "noise": 0.05, "factor": 0.5},
            _circles,
            _TWO,
        ),
        Recipe(
            "spirals",
            "Two spirals",
            "two arms wound around each other",
            {"size": 200, "noise": 0.02, "turns": 1.5},
            _spirals,
            _TWO,
        ),
        Recipe(
            "blobs",
            "Three blobs",
            "three round clouds",
            {"size": 90, "noise": 0.6},
            _blobs,
            ("class 0", "class 1", "class 2"),
        ),
        Recipe(
            "xor",
            "Exclusive or",
            "the corners of a square, by turns",
            {"size": 4, "noise": 0.0},
            _xor,
            ("0", "1"),
        ),
    )
}


def names() -> tuple[str, ...]:
    """The names that `make` knows."""
    return tuple(_RECIPES)


def get(name: str) -> Recipe:
    """The recipe of that name, with its title, meaning and options."""
    if name not in _RECIPES:
        near = suggestion(name, _RECIPES) or f"; there are {', '.join(_RECIPES)}"
        raise DataError(f'there is no dataset "{name}"{near}')
    return _RECIPES[name]


def make(name: str, seed: int = 0, **options: float) -> Dataset:
    """A dataset by name.

    Args:
        name: one of `names()`.
        seed: of the `numpy.random.Generator` that draws it.
        options: those of `get(name).options`: `size` (number of points), `noise` (standard deviation), ….
    """
    recipe = get(name)
    for option, value in options.items():
        if option not in recipe.options:
            known = ", ".join(recipe.options) or "no options"
            near = suggestion(option, recipe.options)
            raise DataError(f'the dataset "{name}" has no option "{option}"{near or f"; it takes {known}"}')
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float | np.number)
            or not math.isfinite(value)
        ):
            raise DataError(
                f'the option "{option}" of the dataset "{name}" must be a number, not {shown(value)}'
            )
    chosen = {**recipe.options, **options}
    if "size" in chosen:
        if chosen["size"] != int(chosen["size"]) or not 1 <= chosen["size"] <= MOST_POINTS:
            raise DataError(
                f"size must be a whole number from 1 to {MOST_POINTS:,}, not {shown(chosen['size'])}"
            )
        chosen["size"] = int(chosen["size"])
    if chosen.get("noise", 0) < 0:
        raise DataError(
            f"noise is a standard deviation and must not be negative, not {shown(chosen['noise'])}"
        )
    inputs, targets = recipe.make(np.random.default_rng(checked_seed(seed)), **chosen)
    return Dataset(name, inputs, targets, recipe.classes, {**chosen, "seed": seed} if recipe.options else {})


def column(attributes: Mapping[str, Any]) -> Array:
    """The value of a `data` node by its attributes: `dataset`, `column` (default `x`), `seed`, options."""
    options = {key: value for key, value in attributes.items() if key not in ("dataset", "column")}
    if "dataset" not in attributes:
        raise DataError('a data node needs a value, or the attribute "dataset" with the name of one')
    name = attributes["dataset"]
    if not isinstance(name, str):
        raise DataError(f"the dataset of a data node is given by its name, not by {shown(name)}")
    return make(name, **options).column(attributes.get("column", "x"))
