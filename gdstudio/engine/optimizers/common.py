"""Options and lines that many rules share, so that a word means the same everywhere."""

from __future__ import annotations

from ..options import Option


def learning_rate(default: float = 0.001) -> Option:
    return Option("learning_rate", default, 1e-12, 1e6, meaning="size of a step", log=True)


def decay(name: str, default: float, meaning: str) -> Option:
    """A number in [0, 1) that says how much of an average is kept each step."""
    return Option(name, default, 0.0, 1.0, meaning=meaning, below_high=True)


def epsilon(default: float, meaning: str = "keeps the division away from 0") -> Option:
    return Option("epsilon", default, 0.0, 1.0, meaning=meaning, log=True)


def weight_decay(default: float = 0.0) -> Option:
    return Option("weight_decay", default, 0.0, 100.0, meaning="pull towards 0", log=True)


def decoupled(default: bool = False) -> Option:
    return Option(
        "decoupled_weight_decay",
        default,
        meaning="shrink x itself by learning_rate·weight_decay; off: add to g",
    )


def epsilon_place(default: str, *choices: str) -> Option:
    return Option(
        "epsilon_place", default, choices=choices or ("outside", "inside"),
        meaning="epsilon added outside or inside the square root",
    )  # fmt: skip


def momentum(default: float = 0.0, meaning: str = "share of the last velocity that is kept") -> Option:
    return decay("momentum", default, meaning)


def cautious(default: bool = False) -> Option:
    return Option("cautious", default, meaning="leave out coordinates where the step points up the gradient")


SINGLE_PRECISION = Option(
    "single_precision", False, meaning="round one scalar to 24 bits, where the library keeps it as a float32"
)


def rounded(name: str) -> str:
    """A line that rounds `name` to float32's 24 bits, as in a library that keeps it in single precision.

    Veltkamp 1968: adding and subtracting a multiple by 2**29 + 1 pushes the lower bits of a float64 out.
    """
    return f"if single_precision: wide = 536870913*{name}; {name} = wide - (wide - {name})\n"


NESTEROV = Option("nesterov", False, meaning="look ahead: step along the velocity as it will be next time")
BETA1 = decay("beta1", 0.9, "share of the gradient average that is kept")
BETA2 = decay("beta2", 0.999, "share of the squared-gradient average that is kept")

DECAY_LINES = """\
if weight_decay != 0 and not decoupled_weight_decay: g = g + weight_decay*x
if weight_decay != 0 and decoupled_weight_decay: x = x - learning_rate*weight_decay*x
"""
# Kaizhao Liang et al., "Cautious Optimizers", 2024: what is left is scaled up by the share that was dropped.
CAUTIOUS_LINES = """\
if cautious: agrees = (step*g > 0)
if cautious: step = step*agrees / maximum(mean(agrees), 0.001)
"""
