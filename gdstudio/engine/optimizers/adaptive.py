"""Rules that scale each coordinate by the size of its own past gradients, without Adam's momentum."""

from __future__ import annotations

from ..options import Option
from .common import (
    DECAY_LINES,
    NESTEROV,
    decay,
    decoupled,
    epsilon,
    epsilon_place,
    learning_rate,
    momentum,
    weight_decay,
)
from .rule import State, UpdateRule


def _initial_accumulator(default: float) -> Option:
    return Option(
        "initial_accumulator", default, 0.0, 100.0, meaning="where the sum of squares begins", log=True
    )


ADAGRAD = UpdateRule(
    "adagrad", "AdaGrad",
    "Divides each coordinate by the root of the sum of all its squared gradients; steps only ever shrink.",
    "Duchi, Hazan & Singer, JMLR 2011",
    (
        learning_rate(0.01),
        Option(
            "learning_rate_decay", 0.0, 0.0, 100.0, meaning="learning rate / (1 + this·(t − 1))", log=True,
        ),
        _initial_accumulator(0.0),
        epsilon(1e-10),
        epsilon_place("outside"),
        weight_decay(),
        decoupled(),
    ),
    (State("s", "initial_accumulator"),),
    DECAY_LINES + """\
s = s + g**2
if epsilon_place == "outside": step = g / (sqrt(s) + epsilon)
if epsilon_place == "inside": step = g / sqrt(s + epsilon)
if learning_rate_decay == 0: x = x - learning_rate*step
if learning_rate_decay != 0: x = x - learning_rate/(1 + learning_rate_decay*(t - 1)) * step
""",
    {
        "torch": {},
        "keras": {
            "learning_rate": 0.001, "initial_accumulator": 0.1, "epsilon": 1e-7, "epsilon_place": "inside",
            "decoupled_weight_decay": True,
        },
        "optax": {"initial_accumulator": 0.1, "epsilon": 1e-7, "epsilon_place": "inside"},
        "textbook": {"epsilon": 1e-8, "epsilon_place": "inside"},
    },
)  # fmt: skip

ADADELTA = UpdateRule(
    "adadelta", "AdaDelta",
    "Scales gradients to the size of recent steps, so that its unit is right without a learning rate.",
    "Zeiler, 2012",
    (
        learning_rate(1.0),
        decay("rho", 0.9, "share of both averages that is kept"),
        epsilon(1e-6, "inside both roots; also sets the size of the first step"),
        weight_decay(),
        decoupled(),
    ),
    (State("v"), State("u")),
    DECAY_LINES + """\
v = rho*v + (1 - rho)*g**2
step = sqrt(u + epsilon) / sqrt(v + epsilon) * g
u = rho*u + (1 - rho)*step**2
x = x - learning_rate*step
""",
    {
        "torch": {},
        "keras": {"learning_rate": 0.001, "rho": 0.95, "epsilon": 1e-7, "decoupled_weight_decay": True},
        "optax": {},
        "textbook": {"rho": 0.95},
    },
)  # fmt: skip

RMSPROP = UpdateRule(
    "rmsprop", "RMSprop",
    "Divides each coordinate by the root of a running mean of its squared gradients.",
    "Tieleman & Hinton, Coursera lecture 6e, 2012; centered: Graves 2013",
    (
        learning_rate(0.01),
        decay("rho", 0.99, "share of the squared-gradient average that is kept"),
        epsilon(1e-8),
        epsilon_place("outside"),
        momentum(0.0),
        NESTEROV,
        Option(
            "centered", False, meaning="divide by the standard deviation: subtract the squared mean gradient",
        ),
        Option(
            "velocity", "gradients", choices=("gradients", "steps"),
            meaning="what the velocity sums: scaled gradients, or steps with the learning rate of their time",
        ),
        weight_decay(),
        decoupled(),
    ),
    (State("v"), State("m"), State("velocity_sum")),
    DECAY_LINES + """\
v = rho*v + (1 - rho)*g**2
if not centered: variance = v
if centered: m = rho*m + (1 - rho)*g; variance = maximum(v - m**2, 0)
if epsilon_place == "outside": step = g / (sqrt(variance) + epsilon)
if epsilon_place == "inside": step = g / sqrt(variance + epsilon)
if velocity == "steps": step = learning_rate*step
if momentum != 0: velocity_sum = momentum*velocity_sum + step
if momentum != 0 and not nesterov: step = velocity_sum
if momentum != 0 and nesterov: step = step + momentum*velocity_sum
if velocity == "gradients": x = x - learning_rate*step
if velocity == "steps": x = x - step
""",
    {
        "torch": {},
        "keras": {
            "learning_rate": 0.001, "rho": 0.9, "epsilon": 1e-7, "epsilon_place": "inside",
            "velocity": "steps",
            "decoupled_weight_decay": True,
        },
        "optax": {"rho": 0.9, "epsilon_place": "inside", "velocity": "steps"},
        "textbook": {"rho": 0.9, "epsilon_place": "inside"},
    },
)  # fmt: skip

RPROP = UpdateRule(
    "rprop", "Rprop",
    "Each coordinate has its own step, which grows while the gradient keeps its sign and shrinks otherwise.",
    "Riedmiller & Braun, 1993",
    (
        Option("learning_rate", 0.01, 1e-12, 1e6, meaning="the first step of every coordinate", log=True),
        Option("eta_minus", 0.5, 1e-6, 1.0, meaning="factor when the gradient changes sign", below_high=True),
        Option("eta_plus", 1.2, 1.0, 100.0, meaning="factor while it keeps its sign"),
        Option("min_step_size", 1e-6, 0.0, meaning="no step is shorter", log=True),
        Option("max_step_size", 50.0, 0.0, meaning="no step is longer", log=True),
        Option("delayed", False, meaning="take each step one step late, as optax 0.2 does"),
    ),
    (State("size", "learning_rate"), State("g_last"), State("step_last")),
    """\
turn = sign(g*g_last)
size = size*where(turn > 0, eta_plus, where(turn < 0, eta_minus, 1))
size = minimum(maximum(size, min_step_size), max_step_size)
g_last = where(turn < 0, 0, g)
step = size*sign(g_last)
if not delayed: x = x - step
if delayed: x = x - where(turn < 0, 0, step_last); step_last = step
""",
    {"torch": {}, "optax": {"delayed": True}},
)  # fmt: skip

FTRL = UpdateRule(
    "ftrl", "FTRL-Proximal",
    "The best point for all gradients so far plus a penalty; with l1, small coordinates are exactly 0.",
    "McMahan et al., KDD 2013; as in Keras",
    (
        learning_rate(0.001),
        Option("learning_rate_power", -0.5, -2.0, 0.0, meaning="exponent of the sum of squares in the step"),
        _initial_accumulator(0.1),
        Option("l1", 0.0, 0.0, 100.0, meaning="penalty on |x|", log=True),
        Option("l2", 0.0, 0.0, 100.0, meaning="penalty on x²", log=True),
        Option("l2_shrinkage", 0.0, 0.0, 100.0, meaning="penalty on x² added to the gradient", log=True),
        Option("beta", 0.0, 0.0, 100.0, meaning="added to the root in the step"),
    ),
    (State("s", "initial_accumulator"), State("z")),
    """\
s_new = s + g**2
if l2_shrinkage != 0: g = g + 2*l2_shrinkage*x
z = z + g - (s_new**(-learning_rate_power) - s**(-learning_rate_power))/learning_rate * x
s = s_new
curvature = s**(-learning_rate_power)/learning_rate + 2*l2 + beta/learning_rate
x = (minimum(maximum(z, -l1), l1) - z) / curvature
""",
    {"keras": {}},
)  # fmt: skip

SM3 = UpdateRule(
    "sm3", "SM3",
    "AdaGrad that remembers one number for each row and column of a matrix; with momentum on the result.",
    "Anil et al., NeurIPS 2019",
    (
        learning_rate(0.01),
        momentum(0.9, "share of the average of scaled gradients that is kept"),
        epsilon(1e-8),
    ),
    (State("s"), State("rows"), State("columns"), State("m")),
    """\
if ndim != 2: s = s + g**2; total = s
if ndim == 2: total = minimum(rows, columns) + g**2
if ndim == 2: rows = max(total, axis=1, keepdims=True)
if ndim == 2: columns = max(total, axis=0, keepdims=True)
m = momentum*m + (1 - momentum)*where(total > 0, g / sqrt(total + epsilon), 0)
x = x - learning_rate*m
""",
    {"optax": {}},
)  # fmt: skip

MADGRAD = UpdateRule(
    "madgrad", "MADGRAD",
    "Dual averaging with a cube root of the summed squares: AdaGrad's guarantee with momentum.",
    "Defazio & Jelassi, JMLR 2022",
    (learning_rate(0.01), momentum(0.9), epsilon(1e-6), weight_decay()),
    (State("s"), State("v"), State("start", "x")),
    """\
if weight_decay != 0: g = g + weight_decay*x
weight = learning_rate*sqrt(t)
s = s + weight*g
v = v + weight*g**2
z = start - s / (v**(1/3) + epsilon)
x = momentum*x + (1 - momentum)*z
""",
)  # fmt: skip

RULES = (ADAGRAD, ADADELTA, RMSPROP, RPROP, FTRL, SM3, MADGRAD)
