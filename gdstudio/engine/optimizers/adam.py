"""Adam and its kin: a running mean of gradients divided by the root of a running mean of their squares."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..options import Option
from .common import (
    BETA1,
    BETA2,
    CAUTIOUS_LINES,
    DECAY_LINES,
    SINGLE_PRECISION,
    cautious,
    decay,
    decoupled,
    epsilon,
    epsilon_place,
    learning_rate,
    rounded,
    weight_decay,
)
from .rule import State, UpdateRule

_EPSILON_PLACE = epsilon_place("outside", "outside", "inside", "uncorrected")
# Keras folds both bias corrections into the learning rate, so its epsilon meets the uncorrected root.
_ADAM_STEP = """\
if epsilon_place == "outside": step = m_hat / (sqrt(v_hat) + epsilon)
if epsilon_place == "inside": step = m_hat / sqrt(v_hat + epsilon)
if epsilon_place == "uncorrected": step = m_hat / (sqrt(v_hat) + epsilon/sqrt(1 - beta2**t))
"""

ADAM = UpdateRule(
    "adam", "Adam",
    "Every coordinate gets its own step: the mean gradient over the root of the mean square.",
    "Kingma & Ba, ICLR 2015",
    (
        learning_rate(0.001), BETA1, BETA2, epsilon(1e-8), weight_decay(), decoupled(),
        Option("amsgrad", False, meaning="divide by the largest v so far, so that steps never grow again"),
        Option(
            "largest_of", "v", choices=("v", "v_hat"),
            meaning="amsgrad: the largest before or after bias correction",
        ),
        _EPSILON_PLACE,
        cautious(),
    ),
    (State("m"), State("v"), State("v_max")),
    DECAY_LINES + """\
m = beta1*m + (1 - beta1)*g
v = beta2*v + (1 - beta2)*g**2
m_hat = m / (1 - beta1**t)
if not amsgrad: v_hat = v / (1 - beta2**t)
if amsgrad and largest_of == "v": v_max = maximum(v_max, v); v_hat = v_max / (1 - beta2**t)
if amsgrad and largest_of == "v_hat": v_max = maximum(v_max, v / (1 - beta2**t)); v_hat = v_max
""" + _ADAM_STEP + CAUTIOUS_LINES + """\
x = x - learning_rate*step
""",
    {
        "torch": {},
        "keras": {"epsilon": 1e-7, "epsilon_place": "uncorrected", "decoupled_weight_decay": True},
        "optax": {"largest_of": "v_hat"},
        "textbook": {"epsilon_place": "inside", "largest_of": "v_hat"},
    },
)  # fmt: skip

AMSGRAD = ADAM.variant(
    "amsgrad", "AMSGrad", "Adam that never forgets a large gradient: adam with amsgrad on.",
    "Reddi, Kale & Kumar, ICLR 2018", amsgrad=True,
)  # fmt: skip


def _with_decay(
    rule: UpdateRule, name: str, title: str, meaning: str, source: str, **settings: Any
) -> UpdateRule:
    """A variant with decoupled weight decay; `settings`: library -> the defaults that are its own."""
    variant = rule.variant(name, title, meaning, source, decoupled_weight_decay=True, weight_decay=0.01)
    conventions = {library: {**variant.conventions[library], **own} for library, own in settings.items()}
    return replace(variant, conventions=conventions)


ADAMW = _with_decay(
    ADAM, "adamw", "AdamW", "Adam with weight decay that its scaling does not touch.",
    "Loshchilov & Hutter, ICLR 2019",
    torch={}, keras={"weight_decay": 0.004}, optax={"weight_decay": 1e-4}, textbook={},
)  # fmt: skip

CAUTIOUS_ADAMW = ADAMW.variant(
    "cautious_adamw", "Cautious AdamW",
    "AdamW that leaves out coordinates where its step points up the gradient.",
    "Liang et al., Cautious Optimizers, 2024", cautious=True,
)  # fmt: skip

SPARSE_ADAM = UpdateRule(
    "sparse_adam", "Sparse Adam",
    "Adam that leaves a coordinate, and what it remembers of it, alone while its gradient is exactly 0.",
    "PyTorch",
    (learning_rate(0.001), BETA1, BETA2, epsilon(1e-8)),
    (State("m"), State("v")),
    """\
absent = equal(g, 0)
m = where(absent, m, beta1*m + (1 - beta1)*g)
v = where(absent, v, beta2*v + (1 - beta2)*g**2)
step = m/(1 - beta1**t) * sqrt(1 - beta2**t) / (sqrt(v) + epsilon)
x = x - learning_rate*where(absent, 0, step)
""",
    {"torch": {}},
)  # fmt: skip

ADAMAX = UpdateRule(
    "adamax", "Adamax",
    "Adam with the largest recent gradient in place of the root mean square.",
    "Kingma & Ba, ICLR 2015",
    (
        learning_rate(0.002), BETA1, BETA2, epsilon(1e-8), weight_decay(), decoupled(),
        Option(
            "epsilon_place", "gradient", choices=("gradient", "norm"),
            meaning="epsilon added to |g| or to the norm",
        ),
    ),
    (State("m"), State("u")),
    DECAY_LINES + """\
m = beta1*m + (1 - beta1)*g
if epsilon_place == "gradient": u = maximum(beta2*u, abs(g) + epsilon)
if epsilon_place == "gradient": x = x - learning_rate/(1 - beta1**t) * m/u
if epsilon_place == "norm": u = maximum(beta2*u, abs(g))
if epsilon_place == "norm": x = x - learning_rate/(1 - beta1**t) * m/(u + epsilon)
""",
    {
        "torch": {},
        "keras": {
            "learning_rate": 0.001, "epsilon": 1e-7, "epsilon_place": "norm", "decoupled_weight_decay": True,
        },
        "optax": {},
    },
)  # fmt: skip

ADAMAXW = _with_decay(
    ADAMAX, "adamaxw", "AdamaxW", "Adamax with weight decay that its scaling does not touch.",
    "Kingma & Ba, ICLR 2015; optax", optax={"weight_decay": 1e-4},
)  # fmt: skip

NADAM = UpdateRule(
    "nadam", "NAdam",
    "Adam with Nesterov's look ahead.",
    "Dozat, ICLR workshop 2016",
    (
        learning_rate(0.002), BETA1, BETA2, epsilon(1e-8), weight_decay(), decoupled(),
        Option("warm_momentum", True, meaning="let the momentum grow from beta1/2 to beta1"),
        Option("momentum_decay", 0.004, 0.0, 10.0, meaning="how fast it grows", log=True),
        SINGLE_PRECISION,
    ),
    (State("m"), State("v"), State("mu_product", "1", scalar=True)),
    DECAY_LINES + """\
if warm_momentum: mu = beta1*(1 - 0.5*0.96**(t*momentum_decay))
if warm_momentum: mu_next = beta1*(1 - 0.5*0.96**((t + 1)*momentum_decay))
if not warm_momentum: mu = beta1; mu_next = beta1
if single_precision: mu_exact = mu
""" + rounded("mu") + """\
mu_product = mu_product*mu
""" + rounded("mu_product") + """\
if single_precision: mu = mu_exact
m = beta1*m + (1 - beta1)*g
v = beta2*v + (1 - beta2)*g**2
m_hat = mu_next*m/(1 - mu_product*mu_next) + (1 - mu)*g/(1 - mu_product)
v_hat = v / (1 - beta2**t)
x = x - learning_rate*m_hat / (sqrt(v_hat) + epsilon)
""",
    {
        "torch": {"single_precision": True},
        "keras": {
            "learning_rate": 0.001, "epsilon": 1e-7, "momentum_decay": 1.0, "decoupled_weight_decay": True,
        },
        "optax": {"warm_momentum": False},
    },
)  # fmt: skip

NADAMW = _with_decay(
    NADAM, "nadamw", "NAdamW", "NAdam with weight decay that its scaling does not touch.",
    "Dozat 2016; Loshchilov & Hutter 2019",
    torch={}, keras={"weight_decay": 0.004}, optax={"weight_decay": 1e-4},
)  # fmt: skip

RADAM = UpdateRule(
    "radam", "RAdam",
    "Adam that begins as plain momentum and turns on its scaling once it has seen enough gradients.",
    "Liu et al., ICLR 2020",
    (
        learning_rate(0.001), BETA1, BETA2, epsilon(1e-8), weight_decay(), decoupled(),
        Option(
            "threshold", 5.0, 4.0, 100.0,
            meaning="length of the average from which its square root is trusted",
        ),
        epsilon_place("uncorrected", "outside", "uncorrected"),
    ),
    (State("m"), State("v")),
    DECAY_LINES + """\
m = beta1*m + (1 - beta1)*g
v = beta2*v + (1 - beta2)*g**2
m_hat = m / (1 - beta1**t)
rho_max = 2/(1 - beta2) - 1
rho = rho_max - 2*t*beta2**t / (1 - beta2**t)
r = sqrt(maximum((rho - 4)*(rho - 2)*rho_max / ((rho_max - 4)*(rho_max - 2)*rho), 0))
if epsilon_place == "outside": scale = r / (sqrt(v/(1 - beta2**t)) + epsilon)
if epsilon_place == "uncorrected": scale = r*sqrt(1 - beta2**t) / (sqrt(v) + epsilon)
x = x - learning_rate*m_hat*where(rho > threshold, scale, 1)
""",
    {"torch": {}, "optax": {"epsilon_place": "outside"}},
)  # fmt: skip

ADABELIEF = UpdateRule(
    "adabelief", "AdaBelief",
    "Adam that divides by how far gradients stray from their mean: long steps where they agree.",
    "Zhuang et al., NeurIPS 2020",
    (
        learning_rate(0.001), BETA1, BETA2, epsilon(1e-16),
        Option("epsilon_root", 1e-16, 0.0, 1.0, meaning="added to the variance at every step", log=True),
    ),
    (State("m"), State("s")),
    """\
m = beta1*m + (1 - beta1)*g
s = beta2*s + (1 - beta2)*(g - m)**2 + epsilon_root
m_hat = m / (1 - beta1**t)
s_hat = s / (1 - beta2**t)
x = x - learning_rate*m_hat / (sqrt(s_hat) + epsilon)
""",
    {"optax": {}},
)  # fmt: skip

YOGI = UpdateRule(
    "yogi", "Yogi",
    "Adam whose second moment may only change by a small amount a step, in either direction.",
    "Zaheer et al., NeurIPS 2018",
    (
        learning_rate(0.01), BETA1, BETA2, epsilon(1e-3),
        Option("initial_accumulator", 1e-6, 0.0, 10.0, meaning="where both averages begin", log=True),
    ),
    (State("m", "initial_accumulator"), State("v", "initial_accumulator")),
    """\
m = beta1*m + (1 - beta1)*g
v = v - (1 - beta2)*sign(v - g**2)*g**2
m_hat = m / (1 - beta1**t)
v_hat = v / (1 - beta2**t)
x = x - learning_rate*m_hat / (sqrt(v_hat) + epsilon)
""",
    {"optax": {}},
)  # fmt: skip

ADAN = UpdateRule(
    "adan", "Adan",
    "Adam with an average of how gradients change, as Nesterov's momentum estimated from them.",
    "Xie et al., TPAMI 2024",
    (
        learning_rate(0.001),
        decay("beta1", 0.98, "share of the gradient average that is kept"),
        decay("beta2", 0.92, "share of the average of gradient changes that is kept"),
        decay("beta3", 0.99, "share of the squared average that is kept"),
        epsilon(1e-8),
        Option("epsilon_root", 1e-8, 0.0, 1.0, meaning="added inside the square root", log=True),
        weight_decay(),
    ),
    (State("m"), State("d"), State("n"), State("g_last")),
    """\
change = where(t > 1, g - g_last, 0)
g_last = g
m = beta1*m + (1 - beta1)*g
d = beta2*d + (1 - beta2)*change
n = beta3*n + (1 - beta3)*(g + (1 - beta2)*change)**2
step = m/(1 - beta1**t) + (1 - beta2)*d/(1 - beta2**t)
step = step / (sqrt(n/(1 - beta3**t) + epsilon_root) + epsilon)
if weight_decay != 0: step = step + weight_decay*x
x = x - learning_rate*step
""",
    {"optax": {}},
)  # fmt: skip

QHADAM = UpdateRule(
    "qhadam", "QHAdam",
    "Adam whose mean and mean square are each mixed with the newest gradient.",
    "Ma & Yarats, ICLR 2019",
    (
        learning_rate(0.001),
        decay("beta1", 0.995, "share of the gradient average that is kept"),
        BETA2,
        Option("nu1", 0.7, 0.0, 1.0, meaning="weight of the average beside the gradient"),
        Option("nu2", 1.0, 0.0, 1.0, meaning="weight of the average beside the squared gradient"),
        epsilon(1e-8),
        weight_decay(),
        decoupled(),
    ),
    (State("m"), State("v")),
    DECAY_LINES + """\
m = beta1*m + (1 - beta1)*g
v = beta2*v + (1 - beta2)*g**2
m_hat = m / (1 - beta1**t)
v_hat = v / (1 - beta2**t)
x = x - learning_rate*((1 - nu1)*g + nu1*m_hat) / (sqrt((1 - nu2)*g**2 + nu2*v_hat) + epsilon)
""",
)  # fmt: skip

ADEMAMIX = UpdateRule(
    "ademamix", "AdEMAMix",
    "Adam with two memories of the gradient, one short and one very long.",
    "Pagliardini, Ablin & Grangier, ICLR 2025",
    (
        learning_rate(0.001), BETA1, BETA2,
        decay("beta3", 0.9999, "share of the long gradient average that is kept"),
        Option("alpha", 5.0, 0.0, 100.0, meaning="weight of the long average"),
        epsilon(1e-8),
        weight_decay(),
    ),
    (State("m"), State("m_long"), State("v")),
    """\
m = beta1*m + (1 - beta1)*g
m_long = beta3*m_long + (1 - beta3)*g
v = beta2*v + (1 - beta2)*g**2
m_hat = m / (1 - beta1**t)
v_hat = v / (1 - beta2**t)
step = (m_hat + alpha*m_long) / (sqrt(v_hat) + epsilon)
if weight_decay != 0: step = step + weight_decay*x
x = x - learning_rate*step
""",
    {"optax": {}},
)  # fmt: skip

SIMPLIFIED_ADEMAMIX = UpdateRule(
    "simplified_ademamix", "Simplified AdEMAMix",
    "One long sum of gradients plus the newest one, scaled as in Adam.",
    "Morwani et al., 2025",
    (
        learning_rate(0.001),
        decay("beta1", 0.99, "share of the gradient sum that is kept"),
        decay("beta2", 0.95, "share of the squared-gradient average that is kept"),
        Option("alpha", 0.0, 0.0, 100.0, meaning="weight of the newest gradient"),
        epsilon(1e-8),
        weight_decay(),
    ),
    (State("m"), State("v")),
    """\
m = beta1*m + g
v = beta2*v + (1 - beta2)*g**2
v_hat = v / (1 - beta2**t)
step = (m + alpha*g) / (sqrt(v_hat) + epsilon)
if weight_decay != 0: step = step + weight_decay*x
x = x - learning_rate*step
""",
    {"optax": {}},
)  # fmt: skip

ACPROP = UpdateRule(
    "acprop", "ACProp",
    "Divides the newest gradient by how surprising earlier ones were; it has no say in its own scale.",
    "Zhuang et al., NeurIPS 2021",
    (
        learning_rate(0.001), BETA1, BETA2, epsilon(1e-16),
        Option("epsilon_root", 1e-16, 0.0, 1.0, meaning="added to the variance at every step", log=True),
        weight_decay(),
    ),
    (State("m"), State("s")),
    """\
s_hat = where(t > 1, s / (1 - beta2**maximum(t - 1, 1)), 1)
step = g / (sqrt(s_hat) + epsilon)
s = beta2*s + (1 - beta2)*(g - m)**2 + epsilon_root
m = beta1*m + (1 - beta1)*g
if weight_decay != 0: step = step + weight_decay*x
x = x - learning_rate*step
""",
    {"optax": {}},
)  # fmt: skip

ADOPT = UpdateRule(
    "adopt", "ADOPT",
    "Adam with its two averages in the other order, which makes it converge for any beta2.",
    "Taniguchi et al., NeurIPS 2024",
    (
        learning_rate(0.001), BETA1,
        decay("beta2", 0.9999, "share of the squared-gradient average that is kept"),
        epsilon(1e-6), weight_decay(), decoupled(),
    ),
    (State("m"), State("v")),
    DECAY_LINES + """\
scaled = g / maximum(sqrt(v), epsilon)
limit = (t - 1)**0.25
scaled = minimum(maximum(scaled, -limit), limit)
m = beta1*m + (1 - beta1)*scaled
v = where(t > 1, beta2*v + (1 - beta2)*g**2, g**2)
x = x - learning_rate*m
""",
)  # fmt: skip

RULES = (
    ADAM, AMSGRAD, ADAMW, CAUTIOUS_ADAMW, SPARSE_ADAM, ADAMAX, ADAMAXW, NADAM, NADAMW, RADAM, ADABELIEF, YOGI,
    ADAN,
    QHADAM, ADEMAMIX, SIMPLIFIED_ADEMAMIX, ACPROP, ADOPT,
)  # fmt: skip
