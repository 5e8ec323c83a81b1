"""Rules that do without a schedule or a learning rate: averages replace its decay, estimates its size."""

from __future__ import annotations

from ..options import Option
from .common import BETA1, BETA2, decay, epsilon, learning_rate, weight_decay
from .rule import State, UpdateRule

_SCHEDULE_FREE_OPTIONS = (
    decay(
        "beta1",
        0.9,
        "how near the average gradients are taken: 0 at the moving point z, 1 at the average",
    ),
    weight_decay(),
    Option(
        "weight_lr_power",
        2.0,
        0.0,
        10.0,
        meaning="a step counts in the average with its learning rate to this power",
    ),
)
_SCHEDULE_FREE_LINES = """\
rate_max = maximum(rate_max, learning_rate)
weight = rate_max**weight_lr_power
weight_sum = weight_sum + weight
average = average + weight/weight_sum*(z - average)
x = beta1*average + (1 - beta1)*z
"""
_SCHEDULE_FREE_STATE = (
    State("z", "x"), State("average", "x"), State("rate_max", scalar=True), State("weight_sum", scalar=True),
)  # fmt: skip
_SCHEDULE_FREE_SOURCE = "Defazio et al., The Road Less Scheduled, NeurIPS 2024; as in optax"

SCHEDULE_FREE_SGD = UpdateRule(
    "schedule_free_sgd", "Schedule-free SGD",
    "Descent for z, gradients taken between z and its running average; the average is the answer.",
    _SCHEDULE_FREE_SOURCE,
    (learning_rate(0.01), *_SCHEDULE_FREE_OPTIONS),
    _SCHEDULE_FREE_STATE,
    """\
if weight_decay != 0: g = g + weight_decay*x
z = z - learning_rate*g
""" + _SCHEDULE_FREE_LINES,
    {"optax": {"learning_rate": 1.0}},
)  # fmt: skip

SCHEDULE_FREE_ADAMW = UpdateRule(
    "schedule_free_adamw", "Schedule-free AdamW",
    "As schedule-free SGD, with steps scaled as in Adam; the average is the answer.",
    _SCHEDULE_FREE_SOURCE,
    (learning_rate(0.0025), *_SCHEDULE_FREE_OPTIONS, BETA2, epsilon(1e-8)),
    (*_SCHEDULE_FREE_STATE, State("v")),
    """\
v = beta2*v + (1 - beta2)*g**2
step = g / (sqrt(v/(1 - beta2**t)) + epsilon)
if weight_decay != 0: step = step + weight_decay*x
z = z - learning_rate*step
""" + _SCHEDULE_FREE_LINES,
    {"optax": {}},
)  # fmt: skip

PRODIGY = UpdateRule(
    "prodigy", "Prodigy",
    "Adam that estimates its own step from how far it has come along the gradients.",
    "Mishchenko & Defazio, ICML 2024",
    (
        Option(
            "learning_rate", 1.0, 1e-12, 1e6, meaning="factor on the estimated step; leave it at 1", log=True,
        ),
        BETA1, BETA2, epsilon(1e-8), weight_decay(),
        Option("d0", 1e-6, 1e-30, 1.0, meaning="first estimate of the distance to the minimum", log=True),
        Option("d_coef", 1.0, 1e-6, 1e6, meaning="factor on the estimate", log=True),
        Option(
            "beta3", 0.0, 0.0, 1.0, meaning="share of the estimate's sums that is kept; 0 = √beta2",
            below_high=True,
        ),
        Option(
            "safeguard_warmup", False, meaning="weigh gradients without the learning rate, for long warm-ups",
        ),
    ),
    (
        State("m"), State("v"), State("s"), State("start", "x"), State("d", "d0", scalar=True),
        State("distance", scalar=True),
    ),
    """\
if beta3 == 0: keep = sqrt(beta2)
if beta3 != 0: keep = beta3
rate = d*learning_rate*sqrt(1 - beta2**t) / (1 - beta1**t)
m = beta1*m + (1 - beta1)*d*g
v = beta2*v + (1 - beta2)*(d*g)**2
if not safeguard_warmup: s = keep*s + rate*d/d0*g
if safeguard_warmup: s = keep*s + d**2/d0*g
distance = keep*distance + d/d0*rate*sum(g*(start - x))
length = sum(abs(s))
d = maximum(d, where(length > 0, d_coef*distance/length, 0))
if weight_decay != 0: x = x - rate*weight_decay*x
x = x - rate*m / (sqrt(v) + d*epsilon)
""",
    {"optax": {}},
)  # fmt: skip

DADAPT_ADAMW = UpdateRule(
    "dadapt_adamw", "D-Adaptation AdamW",
    "AdamW that estimates its learning rate from the gradients' own geometry.",
    "Defazio & Mishchenko, ICML 2023",
    (
        Option(
            "learning_rate", 1.0, 1e-12, 1e6, meaning="factor on the estimated step; leave it at 1", log=True,
        ),
        BETA1, BETA2, epsilon(1e-8), weight_decay(),
        Option("d0", 1e-6, 1e-30, 1.0, meaning="first estimate of the distance to the minimum", log=True),
    ),
    (State("m"), State("v"), State("s"), State("d", "d0", scalar=True), State("distance", scalar=True)),
    """\
keep = sqrt(beta2)
rate = d*learning_rate*sqrt(1 - beta2**t) / (1 - beta1**t)
distance = keep*distance + (1 - keep)*rate*sum(g*s / (sqrt(v) + epsilon))
m = beta1*m + (1 - beta1)*rate*g
v = beta2*v + (1 - beta2)*g**2
s = keep*s + (1 - keep)*rate*g
length = (1 - keep)*sum(abs(s))
d = maximum(d, where(length > 0, distance/length, 0))
if weight_decay != 0: x = x - rate*weight_decay*x
x = x - m / (sqrt(v) + epsilon)
""",
    {"optax": {}},
)  # fmt: skip

COCOB = UpdateRule(
    "cocob", "COCOB",
    "Bets a growing purse on every coordinate's next gradient, like tossing coins; nothing to tune.",
    "Orabona & Tommasi, NeurIPS 2017",
    (
        Option("learning_rate", 1.0, 1e-12, 1e6, meaning="factor on the gradient", log=True),
        Option("alpha", 100.0, 1.0, 1e6, meaning="bounds the first bets", log=True),
        epsilon(1e-8, "smallest gradient that counts"),
        weight_decay(),
    ),
    (
        State("start", "x"), State("largest", "epsilon"), State("absolute"), State("total"), State("reward"),
    ),
    """\
if weight_decay != 0: g = g + weight_decay*x
g = learning_rate*g
largest = maximum(largest, abs(g))
absolute = absolute + abs(g)
reward = maximum(reward - g*(x - start), 0)
total = total - g
bet = total / (largest*maximum(absolute + largest, alpha*largest))
x = start + bet*(largest + reward)
""",
    {"optax": {}},
)  # fmt: skip

DOG = UpdateRule(
    "dog", "DoG (distance over gradients)",
    "Descent whose step is the farthest distance travelled over the root of all squared gradients.",
    "Ivgi, Hinder & Carmon, ICML 2023",
    (
        Option("learning_rate", 1.0, 1e-12, 1e6, meaning="factor on the step; leave it at 1", log=True),
        Option(
            "first_move", 1e-6, 1e-30, 1.0, meaning="length of the first step, relative to 1 + |x|", log=True,
        ),
        epsilon(1e-8),
        weight_decay(),
    ),
    (State("start", "x"), State("farthest", scalar=True), State("s", scalar=True)),
    """\
if weight_decay != 0: g = g + weight_decay*x
s = s + sum(g**2)
farthest = maximum(maximum(farthest, norm(x - start)), first_move*(1 + norm(start)))
x = x - learning_rate*farthest / sqrt(s + epsilon) * g
""",
)  # fmt: skip

POLYAK = UpdateRule(
    "polyak", "Polyak's step",
    "Descent that steps as far as the loss is above its known minimum: right at once, if that is known.",
    "Polyak, USSR Comp. Math. 1969",
    (
        Option("learning_rate", 1.0, 1e-12, 1e6, meaning="factor on the step; leave it at 1", log=True),
        Option("minimum", 0.0, meaning="the loss at the minimum"),
        epsilon(1e-12),
    ),
    (),
    """\
if not maximize: gap = value - minimum
if maximize: gap = minimum - value
x = x - learning_rate*gap / (sum(g**2) + epsilon) * g
""",
)  # fmt: skip

RULES = (SCHEDULE_FREE_SGD, SCHEDULE_FREE_ADAMW, PRODIGY, DADAPT_ADAMW, COCOB, DOG, POLYAK)
