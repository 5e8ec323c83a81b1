"""The engine's optimizers as a person chooses them: grouped, with titles, and their options as short text.

A rule that no group names still appears, in the last group, so a new row of the engine's table needs nothing
here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QCoreApplication

from gdstudio.document.model import RacerSettings
from gdstudio.engine import optimizers
from gdstudio.ui.race.numbers import format_value
from gdstudio.ui.translation import Language, current, from_engine, marked

_GROUPS: tuple[tuple[str, str], ...] = (
    (
        marked("Rules", "Gradient descent and momentum"),
        "sgd momentum nesterov heavy_ball qhm optimistic_gradient_descent asgd",
    ),
    (marked("Rules", "Only the sign counts"), "rprop sign_sgd signum lion cautious_lion"),
    (
        marked("Rules", "Scaled by squared gradients"),
        "adagrad rmsprop adadelta ftrl sm3 madgrad adafactor novograd",
    ),
    (
        marked("Rules", "Adam and its family"),
        "adam adamw adamax adamaxw nadam nadamw amsgrad radam adabelief yogi adan qhadam ademamix"
        " simplified_ademamix acprop adopt cautious_adamw sparse_adam",
    ),
    (marked("Rules", "Layer by layer"), "lars lamb muon"),
    (
        marked("Rules", "Little or nothing to tune"),
        "prodigy dadapt_adamw dog cocob schedule_free_sgd schedule_free_adamw",
    ),
)
_PLAIN = frozenset([*_GROUPS[0][1].split(), "schedule_free_sgd"])
_CLASSICAL = marked("Rules", "Line search and second order")
_LAST_GROUP = marked("Rules", "More rules")
# What a racer's own settings and its options both have; the former count.
CLIPS = ("clip_norm", "clip_value")

Optimizer = str | optimizers.UpdateRule


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
            found.append(Group(_tr(title), tuple((name, shown_title(left.pop(name).name)) for name in names)))

    for title, names in _GROUPS:
        add(title, [name for name in names.split() if name in left])
    # Rules that are no formula evaluate the loss or the Hessian themselves, and say so.
    add(_CLASSICAL, [name for name, rule in left.items() if hasattr(rule, "needs")])
    add(_LAST_GROUP, sorted(left))
    return found


def shown_title(optimizer: Optimizer) -> str:
    """A rule's title in the program's language; a rule of one's own is called what it was called."""
    title = optimizers.get(optimizer).title
    return from_engine(title) if isinstance(optimizer, str) else title


def shown_meaning(optimizer: Optimizer) -> str:
    """What a rule does, in the program's language."""
    return from_engine(optimizers.get(optimizer).meaning)


def short_title(optimizer: Optimizer) -> str:
    """A title that names a racer: `SGD` for `Gradient descent (SGD)`; the same in every language."""
    return _shortened(optimizers.get(optimizer).title)


def shown_short_title(optimizer: Optimizer) -> str:
    """A title that fits a narrow column, in the program's language."""
    return _shortened(shown_title(optimizer))


def _shortened(title: str) -> str:
    title, _, inside = title.partition(" (")
    inside = inside.rstrip(")")
    return inside if inside and len(inside) < len(title) else title.partition(", ")[0].partition("（")[0]


def family(optimizer: Optimizer) -> str:
    """How a rule takes its learning rate: "plain" (times the gradient), "scaled", or "line search"."""
    if hasattr(optimizers.get(optimizer), "needs"):
        return "line search"
    return "plain" if optimizer in _PLAIN else "scaled"


def option_of(optimizer: Optimizer, name: str) -> Any | None:
    """The engine's Option `name` of an optimizer, or None."""
    return next((option for option in optimizers.get(optimizer).options if option.name == name), None)


def defaults_of(racer: RacerSettings) -> dict[str, Any]:
    """Every option of a racer's rule as its convention has it."""
    return optimizers.get(racer.optimizer).resolve(racer.convention)


def values_of(racer: RacerSettings) -> dict[str, Any]:
    """Every option of a racer's rule as the racer uses it."""
    clips = {name: getattr(racer, name) for name in CLIPS if getattr(racer, name) is not None}
    return defaults_of(racer) | dict(racer.options) | clips


def value_of(racer: RacerSettings, name: str) -> Any | None:
    """What a racer uses for an option: its own value or the default; None when the rule lacks the option."""
    return values_of(racer).get(name)


def is_switch(option: Any) -> bool:
    return isinstance(option.default, bool)


def is_choice(option: Any) -> bool:
    return bool(option.choices)


def spoken(name: str) -> str:
    """An option's name as words in the program's language: `weight decay`, `beta1`."""
    return from_engine(name.replace("_", " "))


def refusal(name: str, sentence: str) -> str:
    """The whole sentence about a number that an option cannot take."""
    return f"{spoken(name)}: {from_engine(sentence)}"


def full_name(racer: RacerSettings) -> str:
    """A racer's name and what its gradients go through on the way: `Adam (clip norm 1, noise 0.1)`.

    What is compared by name must not hide that one racer was helped or held back.
    """
    clipped = [f"{spoken(name)} {format_value(value)}" for name in CLIPS if (value := value_of(racer, name))]
    through = ", ".join([*clipped, *_gradients_of(racer)])
    return _tr("{0} ({1})").format(racer.label, through) if through else racer.label


def _gradients_of(racer: RacerSettings) -> list[str]:
    """How a racer's gradients differ from those of all data, without its clipping."""
    words = [] if racer.batch_size is None else [_tr("batch {0}").format(racer.batch_size)]
    words += [_tr("noise {0}").format(format_value(racer.noise))] if racer.noise else []
    return [*words, _tr("differences")] if racer.gradient == "numerical" else words


def summary(racer: RacerSettings) -> str:
    """What a racer has been told beside its learning rate, as short text, the unusual first."""
    return _summary(racer, current())


@lru_cache(maxsize=512)
def _summary(racer: RacerSettings, _language: Language) -> str:
    changed = [_tr("{0} schedule").format(spoken(racer.schedule[0]))] if racer.schedule else []
    if racer.batch_size is not None:
        changed.append(_tr("batch {0}").format(racer.batch_size))
        changed += {
            "replacement": [_tr("drawn at random")],
            "sequential": [_tr("rows in order")],
            "curriculum": [_tr("easy rows first")],
        }.get(racer.batch_order, [])
    if racer.noise:
        changed.append(_tr("noise {0}").format(format_value(racer.noise)))
    if racer.average_decay:
        changed.append(_tr("path average {0}").format(format_value(racer.average_decay)))
    if racer.gradient == "numerical":
        changed.append(_tr("differences"))
    if racer.convention is not None:
        changed.append(from_engine(optimizers.LIBRARIES[racer.convention]))
    usual: list[str] = []
    defaults, values = defaults_of(racer), values_of(racer)
    for option in optimizers.get(racer.optimizer).options:
        if option.name == "learning_rate":
            continue
        value = values[option.name]
        own = value != defaults[option.name]
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
