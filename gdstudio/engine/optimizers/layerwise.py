"""Rules that look at a parameter as a whole: its norm, mean square, rows and columns, singular values."""

from __future__ import annotations

from ..options import Option
from .common import (
    BETA1,
    BETA2,
    NESTEROV,
    SINGLE_PRECISION,
    decay,
    epsilon,
    learning_rate,
    momentum,
    rounded,
    weight_decay,
)
from .rule import State, UpdateRule

LARS = UpdateRule(
    "lars", "LARS",
    "Momentum whose steps are a fixed share of the length of the parameter, whatever the gradient's length.",
    "You, Gitman & Ginsburg, 2017",
    (
        learning_rate(0.1),
        momentum(0.9),
        NESTEROV,
        weight_decay(),
        Option(
            "trust_coefficient", 0.001, 1e-9, 10.0, meaning="length of a step over the parameter's", log=True,
        ),
    ),
    (State("v"),),
    """\
if weight_decay != 0: g = g + weight_decay*x
ratio = where(norm(x)*norm(g) > 0, trust_coefficient*norm(x)/norm(g), 1)
step = learning_rate*ratio*g
v = momentum*v + step
if not nesterov: x = x - v
if nesterov: x = x - (step + momentum*v)
""",
    {"optax": {}},
)  # fmt: skip

LAMB = UpdateRule(
    "lamb", "LAMB",
    "AdamW whose step is stretched to the length of the parameter, so that huge batches stay stable.",
    "You et al., ICLR 2020",
    (
        learning_rate(0.001), BETA1, BETA2, epsilon(1e-6), weight_decay(),
        Option("decoupled_weight_decay", False, meaning="shrink x first, out of reach of the stretching"),
    ),
    (State("m"), State("v")),
    """\
if weight_decay != 0 and decoupled_weight_decay: x = x - learning_rate*weight_decay*x
m = beta1*m + (1 - beta1)*g
v = beta2*v + (1 - beta2)*g**2
m_hat = m / (1 - beta1**t)
v_hat = v / (1 - beta2**t)
step = m_hat / (sqrt(v_hat) + epsilon)
if weight_decay != 0 and not decoupled_weight_decay: step = step + weight_decay*x
ratio = where(norm(x)*norm(step) > 0, norm(x)/norm(step), 1)
x = x - learning_rate*ratio*step
""",
    {"keras": {"epsilon": 1e-7, "decoupled_weight_decay": True}, "optax": {}},
)  # fmt: skip

NOVOGRAD = UpdateRule(
    "novograd", "NovoGrad",
    "Momentum on gradients divided by a running mean of their length: one scale for the whole parameter.",
    "Ginsburg et al., 2019",
    (
        learning_rate(0.001), BETA1,
        decay("beta2", 0.25, "share of the mean squared length that is kept"),
        epsilon(1e-6), weight_decay(),
    ),
    (State("m"), State("v", scalar=True)),
    """\
v = where(t > 1, beta2*v + (1 - beta2)*sum(g**2), sum(g**2))
step = g / (sqrt(v) + epsilon)
if weight_decay != 0: step = step + weight_decay*x
m = beta1*m + step
x = x - learning_rate*m
""",
    {"optax": {}},
)  # fmt: skip

ADAFACTOR = UpdateRule(
    "adafactor", "Adafactor",
    "Adam without momentum whose mean square is kept as one number for each row and column of a matrix.",
    "Shazeer & Stern, ICML 2018",
    (
        learning_rate(0.01),
        Option(
            "beta2_decay", -0.8, -2.0, 0.0,
            meaning="t to this power is the share of the newest g² in the average",
        ),
        Option("epsilon1", 2.220446049250313e-16, 0.0, 1.0, meaning="keeps the root away from 0", log=True),
        Option(
            "epsilon2", 0.001, 0.0, 1.0, meaning="smallest size of a parameter that steps are scaled to",
            log=True,
        ),
        Option("clip_threshold", 1.0, 1e-9, 1e6, meaning="largest root mean square of a step", log=True),
        Option("relative_step", True, meaning="let the learning rate fall as 1/√t once that is smaller"),
        Option(
            "epsilon_place", "floor", choices=("floor", "square"),
            meaning="epsilon1 as a floor, or added to g²",
        ),
        Option("factored", True, meaning="rows and columns for matrices; off: one number for every entry"),
        weight_decay(),
        SINGLE_PRECISION,
    ),
    (State("v"), State("rows"), State("columns")),
    """\
exponent = beta2_decay
""" + rounded("exponent") + """\
new = t**exponent
""" + rounded("new") + """\
kept = 1 - new
""" + rounded("kept") + """\
if single_precision: new = 1 - kept
""" + rounded("new") + """\
if relative_step: rate = minimum(learning_rate, 1/sqrt(t))
if not relative_step: rate = learning_rate
rate = rate*maximum(epsilon2, sqrt(mean(x**2)))
if weight_decay != 0: x = x - learning_rate*weight_decay*x
if epsilon_place == "floor": squares = g**2
if epsilon_place == "square": squares = g**2 + epsilon1
if ndim == 2 and factored: rows = kept*rows + new*mean(squares, axis=1, keepdims=True)
if ndim == 2 and factored: columns = kept*columns + new*mean(squares, axis=0, keepdims=True)
if ndim == 2 and factored and epsilon_place == "floor": v_hat = rows*columns / maximum(mean(rows), epsilon1)
if ndim == 2 and factored and epsilon_place == "square": v_hat = rows*columns / mean(rows)
if ndim != 2 or not factored: v = kept*v + new*squares; v_hat = v
if epsilon_place == "floor": step = g / sqrt(maximum(v_hat, epsilon1**2))
if epsilon_place == "square": step = g / sqrt(v_hat)
x = x - rate*step / maximum(1, sqrt(mean(step**2))/clip_threshold)
""",
    {
        "torch": {},
        "keras": {"learning_rate": 0.001, "epsilon1": 1e-30, "epsilon_place": "square"},
        "optax": {
            "epsilon1": 1e-30, "epsilon_place": "square", "relative_step": False, "factored": False,
            "single_precision": True,
        },
        "textbook": {"epsilon1": 1e-30, "epsilon_place": "square"},
    },
)  # fmt: skip

_MOST_ITERATIONS = 10
# One iteration pulls every singular value of `o` towards 1 (Jordan et al. 2024); unrolled, it is a formula.
_NEWTON_SCHULZ = "".join(
    f"if ndim == 2 and ns_steps >= {k}: p = o @ transpose(o); o = a*o + (b*p + c*p @ p) @ o\n"
    for k in range(1, _MOST_ITERATIONS + 1)
)

MUON = UpdateRule(
    "muon", "Muon",
    "Momentum for matrices, all singular values of its step near 1; vectors get Adam.",
    "Jordan et al., 2024; scaling for AdamW's learning rates: Liu et al., 2025",
    (
        learning_rate(0.001),
        momentum(0.95, "share of the gradient average that is kept"),
        Option("nesterov", True, meaning="mix the newest gradient in once more"),
        weight_decay(0.1),
        Option(
            "ns_steps", 5.0, 1.0, float(_MOST_ITERATIONS), "iterations",
            "rounds that even out the singular values",
        ),
        Option("a", 3.4445, -10.0, 10.0, meaning="coefficient of the iteration: first power"),
        Option("b", -4.775, -10.0, 10.0, meaning="coefficient of the iteration: third power"),
        Option("c", 2.0315, -10.0, 10.0, meaning="coefficient of the iteration: fifth power"),
        epsilon(1e-7),
        Option(
            "averaging", "mean", choices=("mean", "sum", "corrected"),
            meaning="momentum as running mean, running sum, or corrected mean",
        ),
        Option(
            "shape_factor", "tall", choices=("tall", "wide", "adamw", "none"),
            meaning="step times √(rows/columns), √(columns/rows), or 0.2·√(longer side) as for AdamW",
        ),
        decay("beta1", 0.9, "vectors: share of the gradient average that is kept"),
        decay("beta2", 0.999, "vectors: share of the squared-gradient average that is kept"),
    ),
    (State("m"), State("v")),
    """\
if weight_decay != 0: x = x - learning_rate*weight_decay*x
if ndim != 2: m = beta1*m + (1 - beta1)*g
if ndim != 2: v = beta2*v + (1 - beta2)*g**2
if ndim != 2: x = x - learning_rate*m/(1 - beta1**t) / (sqrt(v/(1 - beta2**t)) + epsilon)
if ndim == 2 and averaging == "sum": m = momentum*m + g; o = m
if ndim == 2 and averaging == "sum" and nesterov: o = momentum*m + g
if ndim == 2 and averaging == "mean": m = momentum*m + (1 - momentum)*g; o = m
if ndim == 2 and averaging == "mean" and nesterov: o = momentum*m + (1 - momentum)*g
if ndim == 2 and averaging == "corrected": m = momentum*m + (1 - momentum)*g; o = m / (1 - momentum**t)
if ndim == 2 and averaging == "corrected" and nesterov: now = (1 - momentum)*g / (1 - momentum**t)
if ndim == 2 and averaging == "corrected" and nesterov: o = now + momentum*m / (1 - momentum**(t + 1))
if ndim == 2: o = o / (norm(o) + epsilon)
""" + _NEWTON_SCHULZ + """\
if ndim == 2 and shape_factor != "none": rows = max(sum(equal(x, x), axis=0))
if ndim == 2 and shape_factor != "none": columns = max(sum(equal(x, x), axis=1))
if ndim == 2 and shape_factor == "tall": o = o*sqrt(maximum(1, rows/columns))
if ndim == 2 and shape_factor == "wide": o = o*sqrt(maximum(1, columns/rows))
if ndim == 2 and shape_factor == "adamw": o = o*0.2*sqrt(maximum(rows, columns))
if ndim == 2: x = x - learning_rate*o
""",
    {
        "torch": {},
        "keras": {"averaging": "sum", "shape_factor": "adamw", "weight_decay": 0.004},
        "optax": {"averaging": "corrected", "shape_factor": "wide", "weight_decay": 0.0, "epsilon": 1e-8},
    },
)  # fmt: skip

RULES = (LARS, LAMB, NOVOGRAD, ADAFACTOR, MUON)
