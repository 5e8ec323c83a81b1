"""Gradient descent and what remembers a direction: momentum, averages of the path, signs."""

from __future__ import annotations

from ..options import Option
from .common import (
    CAUTIOUS_LINES,
    DECAY_LINES,
    NESTEROV,
    SINGLE_PRECISION,
    cautious,
    decay,
    decoupled,
    learning_rate,
    momentum,
    rounded,
    weight_decay,
)
from .rule import State, UpdateRule

SGD = UpdateRule(
    "sgd", "Gradient descent (SGD)",
    "A step against the gradient; with momentum, along a running sum of gradients.",
    "Robbins & Monro 1951; momentum as in Sutskever et al., ICML 2013",
    (
        learning_rate(0.001),
        momentum(),
        Option("dampening", 0.0, 0.0, 1.0, meaning="share of each new gradient kept out of the velocity"),
        NESTEROV,
        weight_decay(),
        decoupled(),
        Option(
            "velocity", "gradients", choices=("gradients", "steps"),
            meaning="what the velocity sums: gradients, or steps with the learning rate of their time",
        ),
    ),
    (State("v"),),
    DECAY_LINES + """\
if momentum == 0: x = x - learning_rate*g
if momentum != 0 and velocity == "gradients" and dampening == 0: v = momentum*v + g
if momentum != 0 and velocity == "gradients" and dampening != 0: fresh = where(t > 1, 1 - dampening, 1)
if momentum != 0 and velocity == "gradients" and dampening != 0: v = momentum*v + fresh*g
if momentum != 0 and velocity == "gradients" and not nesterov: x = x - learning_rate*v
if momentum != 0 and velocity == "gradients" and nesterov: x = x - learning_rate*(g + momentum*v)
if momentum != 0 and velocity == "steps": v = momentum*v - learning_rate*(1 - dampening)*g
if momentum != 0 and velocity == "steps" and not nesterov: x = x + v
if momentum != 0 and velocity == "steps" and nesterov: x = x + momentum*v - learning_rate*(1 - dampening)*g
""",
    {
        "torch": {"learning_rate": 0.001},
        "keras": {"learning_rate": 0.01, "velocity": "steps", "decoupled_weight_decay": True},
        "optax": {},
        "textbook": {"learning_rate": 0.01, "velocity": "steps"},
    },
)  # fmt: skip

MOMENTUM = SGD.variant(
    "momentum", "Momentum",
    "Gradient descent whose velocity keeps 9/10 of itself each step: sgd with momentum 0.9.",
    momentum=0.9,
)  # fmt: skip

NESTEROV_MOMENTUM = SGD.variant(
    "nesterov", "Nesterov momentum",
    "Momentum that looks ahead before it steps: sgd with momentum 0.9 and nesterov on.",
    "Nesterov 1983; in the form of Sutskever et al., ICML 2013", momentum=0.9, nesterov=True,
)  # fmt: skip

HEAVY_BALL = UpdateRule(
    "heavy_ball", "Heavy ball",
    "A gradient step plus a share of the last move, like a ball with mass.",
    "Polyak, USSR Comp. Math. 1964",
    (
        learning_rate(0.001), momentum(0.9, "share of the last move that is repeated"), weight_decay(),
        decoupled(),
    ),
    (State("previous", "x"),),
    DECAY_LINES + """\
move = momentum*(x - previous) - learning_rate*g
previous = x
x = x + move
""",
)  # fmt: skip

QHM = UpdateRule(
    "qhm", "Quasi-hyperbolic momentum (QHM)",
    "A weighted mean of plain descent and momentum with a long memory.",
    "Ma & Yarats, ICLR 2019",
    (
        learning_rate(0.01),
        decay("beta", 0.999, "share of the gradient average that is kept"),
        Option("nu", 0.7, 0.0, 1.0, meaning="weight of the average; 0 is plain descent, 1 is momentum"),
        weight_decay(),
        decoupled(),
    ),
    (State("m"),),
    DECAY_LINES + """\
m = beta*m + (1 - beta)*g
x = x - learning_rate*((1 - nu)*g + nu*m)
""",
)  # fmt: skip

OPTIMISTIC = UpdateRule(
    "optimistic_gradient_descent", "Optimistic gradient descent",
    "Guesses the next gradient from the change of the last one; calms games that plain descent circles in.",
    "Daskalakis et al., ICLR 2018; optax",
    (
        learning_rate(0.001),
        Option("alpha", 1.0, 0.0, 10.0, meaning="weight of the gradient"),
        Option("beta", 1.0, 0.0, 10.0, meaning="weight of the change of the gradient"),
    ),
    (State("g_last"),),
    """\
change = where(t > 1, g - g_last, 0)
g_last = g
x = x - learning_rate*(alpha*g + beta*change)
""",
    {"optax": {}},
)  # fmt: skip

SIGN_SGD = UpdateRule(
    "sign_sgd", "Sign descent",
    "A step of the same size along every coordinate; only the sign of the gradient counts.",
    "Bernstein et al., ICML 2018",
    (learning_rate(0.001),),
    (),
    "x = x - learning_rate*sign(g)\n",
    {"optax": {}},
)  # fmt: skip

SIGNUM = UpdateRule(
    "signum", "Signum",
    "Sign descent on an average of the gradients, so that noise rarely turns a sign.",
    "Bernstein et al., ICML 2018",
    (
        learning_rate(0.001), momentum(0.9, "share of the gradient average that is kept"), weight_decay(),
        decoupled(True),
    ),
    (State("m"),),
    DECAY_LINES + """\
m = momentum*m + (1 - momentum)*g
x = x - learning_rate*sign(m)
""",
)  # fmt: skip

LION = UpdateRule(
    "lion", "Lion",
    "The sign of a mix of gradient and momentum, found by a program search: every step has full size.",
    "Chen et al., NeurIPS 2023",
    (
        learning_rate(0.0001),
        decay("beta1", 0.9, "share of the momentum in the step"),
        decay("beta2", 0.99, "share of the momentum that is kept"),
        weight_decay(),
        decoupled(True),
        cautious(),
    ),
    (State("m"),),
    DECAY_LINES + """\
step = sign(beta1*m + (1 - beta1)*g)
m = beta2*m + (1 - beta2)*g
""" + CAUTIOUS_LINES + """\
x = x - learning_rate*step
""",
    {"keras": {"learning_rate": 0.001}, "optax": {"weight_decay": 0.001}, "textbook": {}},
)  # fmt: skip

CAUTIOUS_LION = LION.variant(
    "cautious_lion", "Cautious Lion",
    "Lion that leaves out coordinates where its step points up the gradient.",
    "Liang et al., Cautious Optimizers, 2024", cautious=True,
)  # fmt: skip

ASGD = UpdateRule(
    "asgd", "Averaged descent (ASGD)",
    "Descent with a slowly falling step, and beside it the mean of the path, which forgets noise.",
    "Polyak & Juditsky, SIAM J. Control 1992; as in PyTorch",
    (
        learning_rate(0.01),
        Option("lambd", 1e-4, 0.0, 10.0, meaning="pull towards 0, and how fast the step falls", log=True),
        Option("alpha", 0.75, 0.0, 2.0, meaning="exponent with which the step falls"),
        Option("t0", 1e6, 0.0, unit="steps", meaning="when the mean begins to remember", log=True),
        weight_decay(),
        SINGLE_PRECISION,
    ),
    (State("average", "x"),),
    """\
if weight_decay != 0: g = g + weight_decay*x
step_size = learning_rate / (1 + lambd*learning_rate*(t - 1))**alpha
share = 1 / maximum(1, t - 1 - t0)
""" + rounded("step_size") + rounded("share") + """\
x = (1 - lambd*step_size)*x - step_size*g
average = average + share*(x - average)
""",
    {"torch": {"single_precision": True}},
)  # fmt: skip

RULES = (
    SGD, MOMENTUM, NESTEROV_MOMENTUM, HEAVY_BALL, QHM, OPTIMISTIC, SIGN_SGD, SIGNUM, LION, CAUTIOUS_LION,
    ASGD,
)  # fmt: skip
