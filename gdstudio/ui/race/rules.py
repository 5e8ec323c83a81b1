"""The engine's optimizers as a person chooses them: grouped, with titles, and their options as short text.

A rule that no group names still appears, in the last group, so a new row of the engine's table needs nothing
here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication

from gdstudio.document.model import RacerSettings
from gdstudio.engine import optimizers
from gdstudio.ui.race.numbers import format_value

_GROUPS: tuple[tuple[str, str], ...] = (
    (
        "Gradient descent and momentum",
        "sgd momentum nesterov heavy_ball qhm optimistic_gradient_descent asgd",
    ),
    ("Only the sign counts", "rprop sign_sgd signum lion cautious_lion"),
    ("Scaled by squared gradients", "adagrad rmsprop adadelta ftrl sm3 madgrad adafactor novograd"),
    (
        "Adam and its family",
        "adam adamw adamax adamaxw nadam nadamw amsgrad radam adabelief yogi adan qhadam ademamix"
        " simplified_ademamix acprop adopt cautious_adamw sparse_adam",
    ),
    ("Layer by layer", "lars lamb muon"),
    ("Little or nothing to tune", "prodigy dadapt_adamw dog cocob schedule_free_sgd schedule_free_adamw"),
)
_PLAIN = frozenset([*_GROUPS[0][1].split(), "schedule_free_sgd"])
_CLASSICAL = "Line search and second order"
_LAST_GROUP = "More rules"


@dataclass(frozen=True)
class Group:
    """A heading and the optimizers under it as (name, title)."""

    title: str
    rules: tuple[tuple[str, str], ...]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Rules", text)


def groups() -> list[Group]:
    """Every optimizer of the engine, once."""
    left = {name: optimizers.get(name) for name in optimizers.names()}
    found = []

    def add(title: str, names: list[str]) -> None:
        if names:
            found.append(Group(_tr(title), tuple((name, left.pop(name).title) for name in names)))

    for title, names in _GROUPS:
        add(title, [name for name in names.split() if name in left])
    # Rules that are no formula evaluate the loss or the Hessian themselves, and say so.
    add(_CLASSICAL, [name for name, rule in left.items() if hasattr(rule, "needs")])
    add(_LAST_GROUP, sorted(left))
    return found


def short_title(optimizer: str) -> str:
    """A title that fits a narrow column: `SGD` for `Gradient descent (SGD)`."""
    title, _, inside = optimizers.get(optimizer).title.partition(" (")
    inside = inside.rstrip(")")
    return inside if inside and len(inside) < len(title) else title.partition(", ")[0]


def family(optimizer: str) -> str:
    """How a rule takes its learning rate: "plain" (times the gradient), "scaled", or "line search"."""
    if hasattr(optimizers.get(optimizer), "needs"):
        return "line search"
    return "plain" if optimizer in _PLAIN else "scaled"


def option_of(optimizer: str, name: str) -> Any | None:
    """The engine's Option `name` of an optimizer, or None."""
    return next((option for option in optimizers.get(optimizer).options if option.name == name), None)


def value_of(racer: RacerSettings, name: str) -> Any | None:
    """What a racer uses for an option: its own value or the default; None when the rule lacks the option."""
    option = option_of(racer.optimizer, name)
    return None if option is None else racer.options.get(name, option.default)


def is_switch(option: Any) -> bool:
    return isinstance(option.default, bool)


def is_choice(option: Any) -> bool:
    return bool(option.choices)


def spoken(name: str) -> str:
    """An option's name as words: `weight decay`, `beta1`."""
    return name.replace("_", " ")


def refusal(name: str, sentence: str) -> str:
    """The whole sentence about a number that an option cannot take."""
    return f"{spoken(name)}: {sentence}"


def summary(optimizer: str, options: Mapping[str, Any]) -> str:
    """The hyper-parameters but the learning rate as short text, changed ones first."""
    changed: list[str] = []
    usual: list[str] = []
    for option in optimizers.get(optimizer).options:
        if option.name == "learning_rate":
            continue
        value = options.get(option.name, option.default)
        own = option.name in options and options[option.name] != option.default
        if is_switch(option):
            if value:
                (changed if own else usual).append(spoken(option.name))
            elif own:
                changed.append(_tr("no {0}").format(spoken(option.name)))
        elif is_choice(option):
            if own:
                changed.append(f"{spoken(option.name)} {value}")
        elif own:
            changed.append(f"{spoken(option.name)} {format_value(value)}")
        elif value != 0:
            usual.append(f"{spoken(option.name)} {format_value(value)}")
    return ", ".join(changed + usual)
