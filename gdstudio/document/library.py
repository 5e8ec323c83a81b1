"""The documents that come with the program: every test function as a race, and those of the first lessons.

A document is made when it is asked for, from a formula and a row of the table of races; nothing is stored.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

from gdstudio.document import lessons as course
from gdstudio.document.files import read
from gdstudio.document.limits import LIMITS, Limits
from gdstudio.document.model import (
    Document,
    DocumentError,
    LandscapeSettings,
    RacerSettings,
    RaceSettings,
    Scale,
)
from gdstudio.engine import functions, parse
from gdstudio.engine.errors import suggestion
from gdstudio.engine.functions import TestFunction

# How each test function is raced: steps, colour scale, and the learning rates of descent, momentum, RMSprop
# and Adam. They are chosen so that the race shows what the function teaches: most arrive, some are caught.
# fmt: off
_RACES: dict[str, tuple[int, Scale, float, float, float, float]] = {
    "sphere":            (100, "linear", 0.1,    0.02,   0.1,   0.3),
    "quadratic_k100":    (150, "linear", 0.0185, 0.004,  0.05,  0.2),
    "rotated_bowl":      (150, "linear", 0.035,  0.005,  0.05,  0.2),
    "line_fit":          (100, "linear", 0.1,    0.02,   0.05,  0.1),
    "logistic4":         (200, "linear", 1.0,    0.2,    0.1,   0.5),
    "booth":             (150, "log",    0.05,   0.005,  0.2,   0.5),
    "matyas":            (200, "log",    0.5,    0.1,    0.2,   0.5),
    "zakharov":          (200, "log",    0.002,  0.0005, 0.1,   0.5),
    "rosenbrock":        (500, "log",    0.002,  0.001,  0.02,  0.2),
    "beale":             (300, "log",    0.01,   0.005,  0.02,  0.2),
    "dixon_price":       (200, "log",    0.005,  0.001,  0.05,  0.2),
    "freudenstein_roth": (300, "log",    0.0002, 0.0002, 0.1,   0.5),
    "goldstein_price":   (200, "log",    2e-6,   1e-6,   0.05,  0.2),
    "himmelblau":        (150, "linear", 0.01,   0.005,  0.1,   0.3),
    "three_hump_camel":  (150, "log",    0.05,   0.02,   0.05,  0.2),
    "six_hump_camel":    (150, "linear", 0.02,   0.01,   0.05,  0.2),
    "mccormick":         (150, "linear", 0.05,   0.02,   0.1,   0.3),
    "styblinski_tang":   (150, "linear", 0.01,   0.01,   0.1,   0.2),
    "branin":            (150, "log",    0.02,   0.02,   0.2,   0.5),
    "holder_table":      (200, "linear", 0.1,    0.1,    0.1,   0.3),
    "cross_in_tray":     (200, "linear", 2.0,    0.2,    0.2,   0.5),
    "dropwave":          (200, "linear", 0.02,   0.02,   0.1,   0.2),
    "rastrigin":         (200, "linear", 0.002,  0.01,   0.02,  0.2),
    "griewank":          (200, "linear", 0.5,    0.2,    0.1,   0.5),
    "levy":              (200, "linear", 0.1,    0.1,    0.1,   0.5),
    "levy13":            (200, "linear", 0.002,  0.001,  0.05,  0.5),
    "schwefel":          (200, "linear", 2.0,    1.0,    5.0,   20.0),
    "eggholder":         (200, "linear", 1.0,    1.0,    5.0,   20.0),
    "schaffer2":         (300, "linear", 0.5,    0.01,   0.05,  0.05),
    "schaffer4":         (300, "linear", 0.2,    0.02,   0.05,  0.05),
    "shubert":           (150, "linear", 0.0005, 0.0002, 0.02,  0.1),
    "bohachevsky1":      (200, "linear", 0.01,   0.01,   0.02,  0.2),
    "trefethen":         (200, "linear", 0.0001, 0.0001, 0.005, 0.05),
    "ackley":            (200, "linear", 0.05,   0.05,   0.1,   0.5),
    "michalewicz":       (200, "linear", 0.1,    0.05,   0.01,  0.1),
    "easom":             (200, "linear", 0.5,    0.5,    0.02,  0.1),
    "plateau_gm":        (200, "linear", 0.5,    0.2,    0.05,  0.3),
    "sigmoid_chain3":    (200, "linear", 5.0,    2.0,    0.1,   0.2),
    "saddle":            (150, "linear", 0.02,   0.002,  0.005, 0.01),
    "monkey_saddle":     (200, "linear", 0.01,   0.001,  0.005, 0.01),
    "bounded_saddle":    (150, "linear", 0.05,   0.02,   0.02,  0.1),
    "deep_linear":       (200, "log",    0.05,   0.02,   0.02,  0.1),
    "cliff":             (200, "linear", 0.05,   0.01,   0.05,  0.1),
    "rnn_power10":       (200, "log",    0.01,   0.005,  0.005, 0.05),
    "abs_sum":           (150, "linear", 0.07,   0.01,   0.05,  0.1),
    "abs_graph":         (100, "linear", 0.05,   0.005,  0.02,  0.05),
    "cd_trap":           (150, "linear", 0.07,   0.005,  0.05,  0.1),
    "bukin6":            (200, "linear", 0.0005, 0.0001, 0.01,  0.05),
    "d1_quadratic":      (60,  "linear", 0.1,    0.02,   0.1,   0.2),
    "d1_double_well":    (150, "linear", 0.01,   0.01,   0.02,  0.1),
    "d1_plateau":        (200, "linear", 0.5,    0.2,    0.05,  0.2),
    "d1_quartic":        (200, "linear", 0.05,   0.01,   0.02,  0.1),
    "d1_abs":            (100, "linear", 0.1,    0.01,   0.05,  0.1),
    "d1_rastrigin":      (150, "linear", 0.002,  0.01,   0.02,  0.5),
    "d1_gramacy_lee":    (150, "linear", 0.0005, 0.001,  0.005, 0.05),
    "d1_forrester":      (150, "linear", 0.0005, 0.001,  0.005, 0.02),
    "d1_narrow_vs_broad": (200, "linear", 0.02,  0.01,   0.02,  0.1),
    "d1_sigmoid_mse":    (200, "linear", 20.0,   2.0,    0.1,   0.5),
    "d1_cliff":          (200, "linear", 0.05,   0.01,   0.05,  0.1),
}
# fmt: on
_OPTIMIZERS = (("SGD", "sgd"), ("Momentum", "momentum"), ("RMSprop", "rmsprop"), ("Adam", "adam"))

_LINE_FIT = """
ax = a*x
fit = ax + b
error = fit - y
squared = square(error)
total = sum(squared)
loss = half*total
"""
_ABS_GRAPH = """
x1 = x*w
x2 = x1 + b
x3 = y_true - x2
loss = abs(x3)
"""


def _line_fit() -> Document:
    points = {"x": [0.0, 1.0, 2.0], "y": [1.0, 2.0, 3.0], "half": 0.5}
    return Document(
        title="A line through three points",
        graph=parse(_LINE_FIT, parameters={"a": 2.0, "b": 2.0}, constants=points),
        landscape=LandscapeSettings(axes=("a", "b"), ranges=((-1.0, 3.0), (-1.0, 3.0))),
        race=_race(100, ("SGD", "sgd", 0.1), ("Momentum", "momentum", 0.02), ("AdaGrad", "adagrad", 0.5),
                   ("RMSprop", "rmsprop", 0.05), ("Adam", "adam", 0.1)),
        lesson=_lesson(
            "The line y = a·x + b shall pass through (0, 1), (1, 2) and (2, 3). The loss is half the sum "
            "of the squared errors; a = b = 1 makes it 0. From a = b = 2 with a learning rate of 0.1, "
            "descent goes to (1.2, 1.4), (0.98, 1.22), (0.924, 1.16), …",
            "过三点的直线",
            "直线 y = a·x + b 应过 (0, 1)、(1, 2) 和 (2, 3)。损失是误差平方和的一半；a = b = 1 时为 0。从 a = b = 2 出发、"
            "学习率为 0.1 时，下降依次走到 (1.2, 1.4)、(0.98, 1.22)、(0.924, 1.16)、…",
        ),
    )  # fmt: skip


def _abs_graph() -> Document:
    constants = {"x": 2.0, "y_true": 4.0}
    return Document(
        title="The graph |y_true − (w·x + b)|",
        graph=parse(_ABS_GRAPH, parameters={"w": 3.0, "b": 1.0}, constants=constants),
        landscape=LandscapeSettings(axes=("w", "b"), ranges=((-1.0, 5.0), (-4.0, 6.0))),
        race=_race(100, ("SGD", "sgd", 0.05), ("Momentum", "momentum", 0.005), ("RMSprop", "rmsprop", 0.02),
                   ("Adam", "adam", 0.05)),
        lesson=_lesson(
            "Forward, the graph computes x·w = 6, + b = 7, and the loss |4 − 7| = 3. Backward, the "
            "derivatives along the path multiply: ∂loss/∂w = 2 and ∂loss/∂b = 1.",
            "计算图 |y_true − (w·x + b)|",
            "前向：图依次算出 x·w = 6、加 b 得 7，以及损失 |4 − 7| = 3。反向：路径上的导数相乘，得 ∂loss/∂w = 2、"
            "∂loss/∂b = 1。",
        ),
    )  # fmt: skip


def _sum_of_squares() -> Document:
    def descent(name: str, learning_rate: float, **more: Any) -> RacerSettings:
        return RacerSettings(name, "sgd", {"learning_rate": learning_rate}, **more)

    racers = (
        descent("0.1: arrives", 0.1),
        descent("0.01: slow", 0.01),
        descent("1e-10: hardly moves", 1e-10),
        descent("10: diverges", 10.0),
        descent("10 with central differences", 10.0, gradient="numerical"),
    )
    return Document(
        title="x0² + x1² and the learning rate",
        graph=parse("loss = x0**2 + x1**2", parameters={"x0": -3.0, "x1": 4.0}),
        landscape=LandscapeSettings(axes=("x0", "x1"), ranges=((-5.0, 5.0), (-5.0, 5.0))),
        race=RaceSettings(steps=100, racers=racers),
        lesson=_lesson(
            "Descent from (−3, 4), 100 steps. A learning rate of 0.1 ends at (−6.1e−10, 8.1e−10), one of "
            "1e−10 has not left, and one of 10 is flung out further with every step.",
            "x0² + x1² 与学习率",
            "从 (−3, 4) 出发下降 100 步。学习率 0.1 停在 (−6.1e−10, 8.1e−10)，1e−10 没有离开起点，10 则每一步都被甩得更远。",
        ),
    )


def _lesson(text: str, chinese_title: str, chinese_text: str) -> dict[str, Any]:
    return {"text": text, "title.zh_CN": chinese_title, "text.zh_CN": chinese_text, "steps": []}


def _race(steps: int, *racers: tuple[str, str, float]) -> RaceSettings:
    """Racers from (name, optimizer, learning rate)."""
    settings = (RacerSettings(name, optimizer, {"learning_rate": rate}) for name, optimizer, rate in racers)
    return RaceSettings(steps=steps, racers=tuple(settings))


_LESSONS = {"line_fit": _line_fit, "abs_graph": _abs_graph, "sum_of_squares": _sum_of_squares}


def names() -> tuple[str, ...]:
    """The names of the bundled documents apart from the course, those with a text first."""
    return (*_LESSONS, *(name for name in functions.names() if name not in _LESSONS))


def lessons() -> tuple[str, ...]:
    """The names of those that have a text: the documents to begin with, and the course."""
    return (*_LESSONS, *course.names())


@cache
def get(name: str) -> Document:
    """The bundled document of that name.

    Raises:
        DocumentError: there is none; names the nearest.
    """
    if name in _LESSONS:
        return _LESSONS[name]()
    if name in course.names():
        return read(course.path_of(name))
    if name not in functions.names():
        raise DocumentError(f'no bundled document "{name}"{suggestion(name, _all_names())}')
    return _of_function(functions.get(name))


def find(text: str, limits: Limits = LIMITS) -> Document:
    """The document in the file `text`, which is read within `limits`, or the bundled one of that name.

    Raises:
        DocumentError: it is neither, or the file is no sound document.
    """
    path = path_of(text)
    if path is not None:
        return read(path, limits)
    if text in _all_names():
        return get(text)
    raise DocumentError(f'no file and no bundled document is called "{text}"{suggestion(text, _all_names())}')


def path_of(text: str | None) -> Path | None:
    """The file that `text` names; None when there is none and it can only be a bundled name."""
    if text is None or "\0" in text:
        return None
    path = Path(text)
    return path if os.path.exists(text) and not (path.is_dir() and text in _all_names()) else None


def _all_names() -> tuple[str, ...]:
    return (*names(), *course.names())


def _of_function(function: TestFunction) -> Document:
    steps, scale, *rates = _RACES.get(function.name) or _default_race(function)
    racers = ((*names, rate) for names, rate in zip(_OPTIMIZERS, rates, strict=True) if rate is not None)
    return Document(
        title=function.title,
        graph=function.graph(),
        landscape=LandscapeSettings(axes=function.coordinates, ranges=function.domain, scale=scale),
        race=_race(steps, *racers),
    )


def _default_race(function: TestFunction) -> tuple[int, Scale, None, None, float, float]:
    """For a function without a row: only optimizers whose steps do not grow with the gradient."""
    width = max(high - low for low, high in function.domain)
    return 200, "linear", None, None, width / 200, width / 50
